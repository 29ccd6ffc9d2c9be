"""Which words of one name correspond to which of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crosscheck.values.names.parse import Part
from crosscheck.values.names.record import Explanation

_RANKS = {
    "equal": 0, "style": 1, "house style": 1, "romanisation": 1, "transliteration": 1,
    "nickname": 2, "misspelling": 3, "initials": 4, "gendered": 5, "different": 6,
}  # fmt: skip
_LONGEST_JOIN = 3
_JOIN_SLACK = 2
_SHORTEST_JOIN = 5

Relate = Callable[[Part, Part, int, int], Explanation | None]
"""How two parts at two places of their names relate."""


@dataclass(frozen=True, slots=True)
class Match:
    """Indices of the words that correspond (several if one side writes them apart) and how."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    how: Explanation

    @property
    def shorter(self) -> int:
        """The letters of the shorter word."""
        return min(len(self.how.left), len(self.how.right))

    @property
    def exonym(self) -> bool:
        """Whether the words are two names by a list, not by their letters."""
        return any(step.rule.startswith("names.exonym.") for step in self.how.steps)


@dataclass(frozen=True, slots=True)
class Pairing:
    matches: tuple[Match, ...]
    left_rest: tuple[int, ...]
    right_rest: tuple[int, ...]


def paired(a: Sequence[Part], b: Sequence[Part], relate: Relate) -> Pairing:
    """Match the words of two names, the surest matches first; each word is matched once."""
    found = sorted(_candidates(a, b, relate), key=_order)
    left, right, matches = set(range(len(a))), set(range(len(b))), []
    for match in found:
        if left.issuperset(match.left) and right.issuperset(match.right):
            matches.append(match)
            left.difference_update(match.left)
            right.difference_update(match.right)
    matches.sort(key=lambda match: (match.left, match.right))
    return Pairing(tuple(matches), tuple(sorted(left)), tuple(sorted(right)))


def _order(match: Match) -> tuple[int, int, int, int, int, tuple[int, ...], tuple[int, ...]]:
    joined = max(len(match.left), len(match.right))
    return (
        _RANKS[match.how.kind] if joined == 1 or match.how.kind == "equal" else 2,
        len(match.how.steps),
        joined,
        -len(match.how.left),
        abs(match.left[0] - match.right[0]),
        match.left,
        match.right,
    )


def _candidates(a: Sequence[Part], b: Sequence[Part], relate: Relate) -> Iterator[Match]:
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            how = relate(left, right, i, j)
            if how is not None:
                yield Match((i,), (j,), how)
    for places, at, how in _joined(a, b, relate):
        yield Match(places, (at,), how)
    for places, at, how in _joined(b, a, lambda x, y, i, j: relate(y, x, j, i)):
        yield Match((at,), places, how)


def _joined(
    many: Sequence[Part], one: Sequence[Part], relate: Relate
) -> Iterator[tuple[tuple[int, ...], int, Explanation]]:
    """Neighbouring words of one name, or a word and its particles, that the other runs together."""
    for places, text in _runs(many):
        for at, single in enumerate(one):
            slack = abs(len(text) - len(single.text))
            if slack > _JOIN_SLACK or len(single.text) < _SHORTEST_JOIN:
                continue
            raw = " ".join(many[i].raw for i in places)
            how = relate(Part(text, raw), single, places[0], at)
            if how is not None and not how.slips and how.strong and _RANKS[how.kind] < 2:
                yield places, at, how


def _runs(parts: Sequence[Part]) -> Iterator[tuple[tuple[int, ...], str]]:
    for start in range(len(parts)):
        if parts[start].before:
            yield (start,), parts[start].glued
        text = parts[start].text
        for end in range(start + 1, min(start + _LONGEST_JOIN, len(parts))):
            text += parts[end].glued
            yield tuple(range(start, end + 1)), text
