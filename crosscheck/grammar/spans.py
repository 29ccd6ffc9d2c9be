"""Where the names of an article stand: look-ups in a sorted list of offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

Names = Sequence[tuple[int, int, str]]
"""The names of an article, in the order of the text: offsets and the id of the bearer."""

_START = itemgetter(0)


def names_between(names: Names, start: int, end: int) -> Names:
    """The names that begin in a stretch of the article."""
    return names[bisect_left(names, start, key=_START) : bisect_left(names, end, key=_START)]


def name_at(names: Names, offset: int) -> str:
    """The bearer of the name that stands at an offset; empty if there is none."""
    last = bisect_right(names, offset, key=_START) - 1
    return names[last][2] if last >= 0 and offset < names[last][1] else ""
