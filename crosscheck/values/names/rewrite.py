"""From one word to another by the cheapest path of rewrites and at most one slip.

A search by growing cost over pairs of positions (Dijkstra). Unlike words fail early, because the
cost of a path is bounded by the length of the words.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from crosscheck.values.names.letters import SYLLABIC_LANGUAGES
from crosscheck.values.names.record import Explanation, Step
from crosscheck.values.names.tables import SLIP_COST, Rewrite, Tables
from crosscheck.values.names.words import is_word

_LEAST_ALIKE = 0.2
_MOST_STEPS = 5
_SYLLABLE = 3
"""So short a word takes one rewrite, unless its language is written in syllables."""
_SHORT = 5
"""In a word of so many letters a slip has no room for a class beside it."""

_State = tuple[int, int, bool]
_Path = tuple[Step, "_Path | None"] | None


@lru_cache(maxsize=65536)
def respelled(a: str, b: str, tables: Tables, gates: frozenset[str]) -> Explanation | None:
    """How folded word ``a`` is respelled as ``b``: by classes of letters, a slip, or not at all."""
    if a > b:
        mirrored = respelled(b, a, tables, gates)
        return mirrored.mirrored if mirrored else None
    return _spelling(a, b, tables) or _searched(a, b, tables, gates) or _jumbled(a, b, tables)


@lru_cache(maxsize=16384)
def slipped(a: str, b: str, tables: Tables, least: int) -> Explanation | None:
    """A single slip between two words of one script, of at least ``least`` letters each."""
    if min(len(a), len(b)) < least or DamerauLevenshtein.distance(a, b) != 1:
        return None
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), -1)
    at = start if start >= 0 else min(len(a), len(b))
    step = next(
        (s for s in _slips_at(a, b, at, at, tables) if a[at + s[0] :] == b[at + s[1] :]), None
    )
    return Explanation(a, b, "misspelling", (step[2],)) if step else None


def kind_of(steps: tuple[Step, ...]) -> str:
    """The relation that a path amounts to: its most telling step."""
    kinds = {step.kind for step in steps}
    if any(step.rule.startswith("names.slip.") for step in steps):
        return "misspelling"
    order = ("transliteration", "romanisation", "house style", "misspelling", "style")
    return next(kind for kind in order if kind in kinds)


def _spelling(a: str, b: str, tables: Tables) -> Explanation | None:
    """British against American spelling of a common word."""
    for left, right, rule in tables.spellings:
        at = a.find(left, 2)
        if at > 0 and a[:at] + right + a[at + len(left) :] == b and (is_word(a) or is_word(b)):
            return Explanation(a, b, "style", (Step(rule, left, right, "style"),))
    return None


def _searched(a: str, b: str, tables: Tables, gates: frozenset[str]) -> Explanation | None:
    if min(len(a), len(b)) < 2 or Levenshtein.normalized_similarity(a, b) < _LEAST_ALIKE:
        return None
    steps = _cheapest(a, b, tables, gates, _bound(a, b, tables, gates))
    return Explanation(a, b, kind_of(steps), steps) if steps else None


def _bound(a: str, b: str, tables: Tables, gates: frozenset[str]) -> tuple[int, int]:
    """The highest cost of a path: about one usual rewrite for two letters; and with a slip."""
    shorter = min(len(a), len(b))
    short = shorter <= _SYLLABLE and not gates & SYLLABIC_LANGUAGES
    classes = 3 * min(1 if short else _MOST_STEPS, (len(a) + len(b) + 2) // 4)
    beside = 3 if shorter > _SHORT else 0
    return classes, SLIP_COST + beside if shorter >= tables.slips["letter"].least else 0


def _cheapest(
    a: str, b: str, tables: Tables, gates: frozenset[str], bound: tuple[int, int]
) -> tuple[Step, ...] | None:
    queue: list[tuple[int, int, _State, _Path]] = [(0, 0, (0, 0, False), None)]
    done: set[_State] = set()
    count = 0
    while queue:
        cost, _, state, path = heapq.heappop(queue)
        if state[0] == len(a) and state[1] == len(b):
            return _unrolled(path)
        if state in done:
            continue
        done.add(state)
        for extra, following, step in _moves(a, b, state, tables, gates):
            if following not in done and cost + extra <= bound[following[2]]:
                count += 1
                onward = path if step is None else (step, path)
                heapq.heappush(queue, (cost + extra, count, following, onward))
    return None


def _unrolled(path: _Path) -> tuple[Step, ...]:
    steps: list[Step] = []
    while path is not None:
        step, path = path
        steps.append(step)
    return tuple(reversed(steps))


_Move = tuple[int, _State, Step | None]


def _moves(a: str, b: str, state: _State, tables: Tables, gates: frozenset[str]) -> Iterator[_Move]:
    i, j, slip = state
    if i < len(a) and j < len(b) and a[i] == b[j]:
        yield 0, (i + 1, j + 1, slip), None
    for item in _rewrites_at(a, b, i, j, tables, gates):
        step = Step(item.rule, item.left, item.right, item.kind, item.strong)
        yield item.cost, (i + len(item.left), j + len(item.right), slip), step
    if not slip:
        for left, right, step in _slips_at(a, b, i, j, tables):
            yield SLIP_COST, (i + left, j + right, True), step


def _rewrites_at(
    a: str, b: str, i: int, j: int, tables: Tables, gates: frozenset[str]
) -> Iterator[Rewrite]:
    left, right = a[i : i + 1], b[j : j + 1]
    for key in dict.fromkeys(((left, right), (left, ""), ("", right))):
        for item in tables.rewrites.get(key, ()):
            if _fits(item, a, b, i, j) and (not item.gate or item.gate in gates):
                yield item


def _fits(item: Rewrite, a: str, b: str, i: int, j: int) -> bool:
    if (item.start and (i or j)) or (item.inside and not (i and j)):
        return False
    if not (a.startswith(item.left, i) and b.startswith(item.right, j)):
        return False
    ends = i + len(item.left) == len(a) and j + len(item.right) == len(b)
    return ends or not item.end


def _slips_at(a: str, b: str, i: int, j: int, tables: Tables) -> Iterator[tuple[int, int, Step]]:
    letter, transposed = tables.slips["letter"].rule, tables.slips["transposed"].rule
    x, y = a[i : i + 1], b[j : j + 1]
    if x != y and x and y:
        yield 1, 1, Step(letter, x, y, "misspelling", False)
        if a[i : i + 2] == b[j + 1 : j + 2] + y and len(a) > i + 1:
            pair = Step(transposed, a[i : i + 2], b[j : j + 2], "misspelling", False)
            yield 2, 2, pair
    if x:
        yield 1, 0, Step(letter, x, "", "misspelling", False)
    if y:
        yield 0, 1, Step(letter, "", y, "misspelling", False)


def _jumbled(a: str, b: str, tables: Tables) -> Explanation | None:
    slip = tables.slips["jumbled"]
    alike = len(a) >= slip.least and a[0] == b[0] and sorted(a) == sorted(b)
    if not alike or DamerauLevenshtein.distance(a, b) > 2:
        return None
    return Explanation(a, b, "misspelling", (Step(slip.rule, a[1:], b[1:], "misspelling", False),))
