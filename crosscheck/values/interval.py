"""Sets of possibilities on a line, and the five ways in which two of them relate.

An interval stands for what a claim leaves possible: ``{39}`` is closed at both ends, "more than
30" is open at 30 and unbounded above. The ends may be of any ordered type (fractions for figures,
instants for dates); ``None`` means that there is no end on that side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

End = TypeVar("End")


class Relation(Enum):
    """How the set of possibilities of one claim lies to that of another."""

    SAME = "same"
    INSIDE = "inside"
    CONTAINS = "contains"
    OVERLAP = "overlap"
    APART = "apart"

    @property
    def mirrored(self) -> Relation:
        return {Relation.INSIDE: Relation.CONTAINS, Relation.CONTAINS: Relation.INSIDE}.get(
            self, self
        )


@dataclass(frozen=True, slots=True)
class Interval(Generic[End]):
    """All points from ``low`` to ``high``.

    Raises:
        ValueError: the ends are reversed, or equal without both being part of the set.
    """

    low: End | None
    high: End | None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        low: Any = self.low
        high: Any = self.high
        if low is None or high is None:
            return
        if low > high or (low == high and not (self.low_closed and self.high_closed)):
            raise ValueError(f"an empty interval: {self}")

    @classmethod
    def point(cls, at: End) -> Interval[End]:
        return cls(at, at)

    def holds(self, other: Interval[End]) -> bool:
        """Whether every point of ``other`` is a point of this interval."""
        return _low_covers(self, other) and _high_covers(self, other)

    def relate(self, other: Interval[End]) -> Relation:
        covers, covered = self.holds(other), other.holds(self)
        if covers and covered:
            return Relation.SAME
        if covered:
            return Relation.INSIDE
        if covers:
            return Relation.CONTAINS
        return Relation.APART if _before(self, other) or _before(other, self) else Relation.OVERLAP


def _low_covers(outer: Interval[Any], inner: Interval[Any]) -> bool:
    if outer.low is None:
        return True
    if inner.low is None:
        return False
    if inner.low == outer.low:
        return outer.low_closed or not inner.low_closed
    return bool(inner.low > outer.low)


def _high_covers(outer: Interval[Any], inner: Interval[Any]) -> bool:
    if outer.high is None:
        return True
    if inner.high is None:
        return False
    if inner.high == outer.high:
        return outer.high_closed or not inner.high_closed
    return bool(inner.high < outer.high)


def _before(a: Interval[Any], b: Interval[Any]) -> bool:
    """Whether all of ``a`` lies below all of ``b``."""
    if a.high is None or b.low is None:
        return False
    return bool(a.high < b.low or (a.high == b.low and not (a.high_closed and b.low_closed)))
