"""Presence as a set of ways in which somebody may have taken part.

"Attended" leaves open whether in the room or on a screen; "in person" and "by video link" have no
way in common, and neither has any with "absent". Whoever is represented by another was not there;
a delegation, a firm or a country is there through those who represent it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from crosscheck.values.interval import Relation

_WHOLE, _BRIEF, _REMOTE, _OTHER, _NONE = "to the end", "briefly", "remotely", "another", "absent"

MODES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "attended": frozenset({_WHOLE, _BRIEF, _REMOTE}),
        "in person": frozenset({_WHOLE, _BRIEF}),
        "to the end": frozenset({_WHOLE}),
        "briefly": frozenset({_BRIEF}),
        "remotely": frozenset({_REMOTE}),
        "represented": frozenset({_OTHER}),
        "absent": frozenset({_OTHER, _NONE}),
    }
)
"""The ways that each mode of presence leaves open to a person."""

_ALL = MODES["attended"] | MODES["absent"]


@dataclass(frozen=True, slots=True)
class Presence:
    """The ways that a claim leaves open."""

    ways: frozenset[str]

    @property
    def denied(self) -> Presence:
        """All the ways that this one rules out."""
        return Presence(_ALL - self.ways)

    @property
    def is_absence(self) -> bool:
        return not self.ways & MODES["attended"] and _NONE in self.ways

    def relate(self, other: Presence) -> Relation:
        if self.ways == other.ways:
            return Relation.SAME
        if not self.ways & other.ways:
            return Relation.APART
        if self.ways < other.ways:
            return Relation.INSIDE
        return Relation.CONTAINS if self.ways > other.ways else Relation.OVERLAP


def presence(mode: str, body: bool = False) -> Presence:
    """The presence that a mode of ``MODES`` says of a person, or of a ``body`` of people.

    Raises:
        KeyError: there is no such mode.
    """
    ways = MODES[mode]
    if body and mode == "attended":
        ways = ways | {_OTHER}
    elif body and mode == "absent":
        ways = ways - {_OTHER}
    return Presence(ways)


@dataclass(frozen=True, slots=True)
class Attendees:
    """All who were there, by name: an account that says that its list is complete."""

    is_absence: ClassVar[bool] = False

    names: frozenset[str]

    def relate(self, other: Attendees) -> Relation:
        return Relation.SAME if self.names == other.names else Relation.APART


def relate_attendance(a: Presence | Attendees, b: Presence | Attendees) -> Relation:
    """How two values of attendance relate; one person and a list have nothing to compare."""
    if isinstance(a, Presence) and isinstance(b, Presence):
        return a.relate(b)
    if isinstance(a, Attendees) and isinstance(b, Attendees):
        return a.relate(b)
    return Relation.OVERLAP
