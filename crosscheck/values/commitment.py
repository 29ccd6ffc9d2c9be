"""How far somebody has gone towards a deed: sets of steps on one scale, and how two relate.

The scale runs from a refusal (0) over silence, consideration, readiness, agreement in principle,
promise and commitment to the deed itself (7). A statement leaves some of the steps open: who
promises may have signed already, who agrees in principle has not promised. What is left open is
the set; two statements that share no step cannot both say how far it went.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from crosscheck.values.interval import Relation

REFUSED, SILENT, CONSIDERED, READY, IN_PRINCIPLE, PLEDGED, COMMITTED, DONE = range(8)
STEPS = frozenset(range(REFUSED, DONE + 1))


@dataclass(frozen=True, slots=True)
class Stand:
    """The steps that a statement leaves open, at least one.

    ``own`` is given where the deed was told by its contrary ("vetoed" for not approved): the steps
    of that contrary; two that are told so are compared by these. ``at`` is
    the moment of which it speaks, to the hour if ``timed``, else to the day; it does not count in
    comparisons.

    Raises:
        ValueError: no step, or one that the scale does not have.
    """

    steps: frozenset[int]
    own: frozenset[int] = frozenset()
    at: datetime | None = field(default=None, compare=False)
    timed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if not self.steps or not self.steps <= STEPS:
            raise ValueError(f"not a set of steps: {sorted(self.steps)}")

    @property
    def is_done(self) -> bool:
        return self.steps == {DONE}

    @property
    def excludes_deed(self) -> bool:
        return DONE not in self.steps


def span(low: int, high: int) -> frozenset[int]:
    """All steps from ``low`` to ``high``, both included."""
    return frozenset(range(low, high + 1))


def denial(low: int, below: int | None = None) -> frozenset[int]:
    """What is left open by a denial that a step was reached: all that lie under it, up to ``below``
    if that is given; of a denied refusal, all above it."""
    if low == REFUSED:
        return STEPS - {REFUSED}
    return span(REFUSED, low - 1 if below is None else below)


def contrary(steps: Iterable[int]) -> frozenset[int]:
    """What a statement about not doing a deed says of the deed: to have refrained is not to have
    done it, to promise not to do it is to refuse it. Of what is merely thought about, both are
    open."""
    low = min(steps)
    if low == DONE:
        return span(REFUSED, COMMITTED)
    if low == REFUSED:
        return STEPS - {REFUSED}
    return frozenset({REFUSED}) if low >= READY else span(REFUSED, CONSIDERED)


def relate(a: Stand, b: Stand) -> Relation:
    """How what is left open relates; mirrors."""
    one, other = (a.own, b.own) if a.own and b.own else (a.steps, b.steps)
    if one == other:
        return Relation.SAME
    if not one & other:
        return Relation.APART
    if one < other:
        return Relation.INSIDE
    return Relation.CONTAINS if one > other else Relation.OVERLAP


def has_moved(earlier: Stand, later: Stand) -> bool:
    """Whether two stands that exclude each other can follow one another in time: whoever did not
    do it, refused or thought about it may do it later, and a promise can be broken by a refusal;
    but what is done is done, and nobody goes back from a commitment to an agreement in
    principle."""
    if earlier.is_done:
        return False
    return max(later.steps) > max(earlier.steps) or later.steps == {REFUSED}
