"""Two names read and paired, what is noted about them, and what is decided."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crosscheck.values.names.pairing import Match, Pairing
from crosscheck.values.names.parse import Name
from crosscheck.values.names.record import Evidence, Relation, Step
from crosscheck.values.names.tables import Tables


@dataclass(frozen=True, slots=True)
class Note:
    """A rule that was used on two passages; ``said`` comes after them, or after the steps."""

    rule: str
    left: str
    right: str
    steps: tuple[Step, ...] = ()
    said: str = ""

    @property
    def mirrored(self) -> Note:
        steps = tuple(step.mirrored for step in self.steps)
        return replace(self, left=self.right, right=self.left, steps=steps)

    @property
    def evidence(self) -> Evidence:
        path = ", ".join(step.phrase for step in self.steps)
        sides = " ~ ".join(side for side in (self.left, self.right) if side)
        said = f"{path} ({self.said})" if path else self.said
        return Evidence(self.rule, f"{sides}: {said}" if sides else said)


@dataclass(frozen=True, slots=True)
class Decision:
    relation: Relation
    same: bool
    variant: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def mirrored(self) -> Decision:
        return replace(self, notes=tuple(note.mirrored for note in self.notes))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names read and paired: what the levels look at."""

    a: Name
    b: Name
    tables: Tables
    gates: frozenset[str]
    pairing: Pairing

    @property
    def matches(self) -> tuple[Match, ...]:
        return self.pairing.matches

    def of(self, *kinds: str) -> list[Match]:
        return [match for match in self.matches if match.how.kind in kinds]

    def shown(self, match: Match) -> tuple[str, str]:
        left = " ".join(dict.fromkeys(self.a.parts[i].raw for i in match.left))
        right = " ".join(dict.fromkeys(self.b.parts[j].raw for j in match.right))
        return left, right

    @property
    def left_rest(self) -> str:
        return " ".join(self.a.parts[i].raw for i in self.pairing.left_rest)

    @property
    def right_rest(self) -> str:
        return " ".join(self.b.parts[j].raw for j in self.pairing.right_rest)

    @property
    def single(self) -> bool:
        return len(self.a.parts) == len(self.b.parts) == 1

    @property
    def native(self) -> bool:
        """Whether both names are of one script other than Latin."""
        return self.a.script == self.b.script != "latin"

    @property
    def by_length(self) -> tuple[Name, Name, tuple[int, ...]]:
        """The name with parts that the other lacks, the other, and the indices of those parts."""
        if self.pairing.left_rest:
            return self.a, self.b, self.pairing.left_rest
        return self.b, self.a, self.pairing.right_rest

    @property
    def lone(self) -> bool:
        """Whether one name is a single word and the other is not."""
        return (len(self.a.parts) == 1) != (len(self.b.parts) == 1) and self.partial

    @property
    def partial(self) -> bool:
        return bool(self.pairing.left_rest) != bool(self.pairing.right_rest)

    @property
    def across(self) -> bool:
        """Whether the names are written in two scripts."""
        return self.a.script != self.b.script
