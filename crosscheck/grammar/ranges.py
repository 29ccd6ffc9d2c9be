"""Two numbers that bound a third: ranges, and what their ends lend each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crosscheck.grammar.hedges import Changes
from crosscheck.grammar.pieces import Piece
from crosscheck.values.units import is_money

_RATIO = 3  # "rose 3 to 5 percent" is a range, "rose 3 to 158" is not
_LONGEST_LINK = 30  # characters between the two ends
_COMPARED = frozenset({"percent", "point", "count", "ratio", "duration", "age"})
"""What a vote or a match may be won by: 51 % to 49 %."""

_BETWEEN = re.compile(
    r"\b(?:between|from|in between)\s+(?:about\s|around\s|roughly\s|some\s|an estimated\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:(?:up to|as (?:much|many) as|at least)\s+)?$", re.IGNORECASE)
_LINKS = (
    ("hyphen", re.compile(r"[-–—−]|-to-|\sto-|\s–\s")),
    ("to", re.compile(
        r"\s+(?:to|through|up to|and up to|to as (?:many|much) as"
        r"|to (?:about|around|some|roughly|nearly|almost))\s+"
    )),
    ("and", re.compile(r"\s+and\s+(?:about\s|around\s|roughly\s|as many as\s)?")),
    ("or", re.compile(r"\s+or\s+")),
)  # fmt: skip


def ranges(text: str, pieces: Sequence[Piece], changes: Changes) -> list[Piece]:
    """The pieces with neighbours joined: "$3-5 billion" first, then "from 3 to 5-7 billion"."""
    tight = list(_joining(text, pieces, changes, tight=True))
    return list(_joining(text, tight, changes, tight=False))


def _joining(text: str, pieces: Sequence[Piece], changes: Changes, tight: bool) -> Iterator[Piece]:
    waiting: Piece | None = None
    for piece in pieces:
        if waiting is not None:
            joined = _joined(text, changes, waiting, piece, tight)
            if joined is not None:
                yield from joined[:-1]
                waiting = joined[-1] if joined else None
                continue
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _joined(text: str, changes: Changes, a: Piece, b: Piece, tight: bool) -> list[Piece] | None:
    """The range that two neighbours make, or both with what one lends the other.

    Empty for a score ("2-1"), None where the two have nothing to do with each other.
    """
    link = _link(text, a, b)
    if not link or tight != (link == "hyphen"):
        return None
    lent = link in {"hyphen", "and"} or bool(_FROM.search(text[max(0, a.start - 20) : a.start]))
    a, b = _shared(a, b, lent)
    if a.unit != b.unit:
        return None
    if link == "to" and _is_change(text, changes, a, b):
        return [a, b]
    if link == "to" and _is_descending(text, changes, a, b):
        return [replace(_range(a, b), low=b.low, high=a.high)]
    if not a.low.low.value < b.high.low.value:
        return [] if link == "hyphen" and _is_score(a, b) else None
    if link == "or" and not _is_either(text, a, b):
        return None
    return [_range(a, b)]


def _link(text: str, a: Piece, b: Piece) -> str:
    """How two numbers that may be the ends of a range are linked, or an empty string."""
    gap = text[a.end : b.start]
    vague = a.low.word or b.low.word or a.low.fraction != b.low.fraction
    if vague or a.is_range or len(gap) > _LONGEST_LINK:
        return ""
    link = next((name for name, pattern in _LINKS if pattern.fullmatch(gap)), "")
    if link == "and" and not _BETWEEN.search(text[max(0, a.start - 40) : a.start]):
        return ""
    return link


def _is_score(a: Piece, b: Piece) -> bool:
    return a.unit is None and a.low.bare and b.low.bare


def _is_descending(text: str, changes: Changes, a: Piece, b: Piece) -> bool:
    """ "Wavelengths of 9 mm to 2 mm": a span of measurements told from its upper end."""
    unit = a.unit
    if unit is None or unit.dimension in _COMPARED or is_money(unit) or not a.unit_span:
        return False
    said = text[max(0, a.start - 4) : a.start].endswith(" of ") and bool(b.unit_span)
    return said and not changes.starts_level(text, a.start) and a.low.low.value > b.high.low.value


def _is_either(text: str, a: Piece, b: Piece) -> bool:
    """Whether "a or b" is one vague figure: eight or nine, 20 or 30."""
    near = b.low.low.value <= 2 * a.low.low.value
    return near and "respectively" not in text[b.end : b.end + 80]


def _is_change(text: str, changes: Changes, a: Piece, b: Piece) -> bool:
    """ "fell from 5 to 3", "rose 5% to 10": two figures, the second a level."""
    head = text[max(0, a.start - 60) : a.start]
    if _FROM.search(head):
        clause = re.split(r"[.;:]", head)[-1]
        return bool(changes.moving.search(clause)) or a.low.low.value > b.low.low.value
    if not changes.starts_level(text, a.start):
        return False
    return b.low.low.value > _RATIO * a.low.low.value or a.unit is None


def _shared(a: Piece, b: Piece, lent: bool) -> tuple[Piece, Piece]:
    """Both ends, each with the power of ten and the unit that the other one lends it.

    ``lent`` allows the first to lend the second a unit that stands behind the number.
    """
    low, high = a.low, b.low
    lends = high.scaled and not low.scaled and not high.word and low.mantissa < 1000
    if (
        lends
        and (low.mantissa < high.mantissa)
        and (a.unit is None or a.prefixed or a.unit == b.unit)
    ):
        scaled = low.scaled_by(high)
        a = replace(a, low=scaled, high=scaled, rules=(*a.rules, *high.rules))
    if a.unit is None and b.unit is not None:
        a = replace(a, unit=b.unit)
    elif b.unit is None and a.unit is not None and (a.prefixed or lent):
        b = replace(b, unit=a.unit)
    elif a.unit and b.unit and b.unit.dimension.startswith(f"{a.unit.dimension} per"):
        a = replace(a, unit=b.unit)
    return a, b


def _range(a: Piece, b: Piece) -> Piece:
    rules = tuple(dict.fromkeys((*a.rules, *b.rules, "number.range")))
    return Piece(
        a.start, b.end, (a.number[0], b.number[1]), a.low, b.high, b.unit or a.unit,
        b.unit_span or a.unit_span, rules, a.prefixed,
    )  # fmt: skip
