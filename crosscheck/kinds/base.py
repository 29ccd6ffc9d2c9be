"""What a kind of claim has to offer: how it is found, compared and shown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crosscheck.language import Document
from crosscheck.model import Claim, KindName, Link, Refusal, Verdict
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import Accounts
from crosscheck.values.interval import Relation

__all__ = [
    "Context",
    "Disagreement",
    "Kind",
    "Link",
    "Pair",
    "Positions",
    "Refusal",
    "accounts",
]


Pair = tuple[Claim, Claim]
Positions = Sequence[tuple[str, tuple[Claim, ...]]]
"""Positions as label and claims, in the order in which they are shown."""


class Disagreement(NamedTuple):
    """Positions ``first`` and ``second`` (first < second) disagree; ``evidence`` says why."""

    first: int
    second: int
    evidence: str = ""


@dataclass(eq=False)
class Context:
    """What the kinds may know beyond one sentence: the rules, all documents and who is who.

    ``people`` maps (article id, form of the name as written) to the person's id; it is filled by
    the names, which are read before the other kinds. ``names`` holds, per article, the offsets of
    the names found in it with the id of their bearer, in the order of the text. ``bearers`` maps
    an id to what its mentions look like (person, place, organisation, unknown), ``events`` an
    article to its event.
    ``claims`` are all claims, known once they are compared; ``memo`` keeps what a kind works out
    of the articles, ``across`` what it works out of all claims, for as long as these stay the same.
    """

    rules: Rulebook
    documents: Sequence[Document]
    people: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    bearers: dict[str, set[str]] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    claims: Sequence[Claim] = ()
    memo: dict[str, Any] = field(default_factory=dict)
    across: dict[str, Any] = field(default_factory=dict)


def accounts(context: Context) -> Accounts:
    """What all the accounts tell, gathered once for a comparison."""
    if "accounts" not in context.across:
        people = frozenset(n for n, kinds in context.bearers.items() if "person" in kinds)
        context.across["accounts"] = Accounts(context.rules, context.events, context.claims, people)
    found: Accounts = context.across["accounts"]
    return found


class Kind(ABC):
    """One kind of claim: how it is found, what makes two of it comparable, how it is shown.

    Implementations are stateless; ``kinds.ALL`` lists them. The first four methods are all that a
    kind needs; the others have defaults that suffice for most.
    """

    name: KindName

    @abstractmethod
    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        """The claims of one article, in the order of the text."""

    @abstractmethod
    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        """Keys; only claims that share one are ever compared with each other."""

    @abstractmethod
    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        """Whether two claims are about the same thing; symmetric. None: they do not look alike."""

    @abstractmethod
    def relate(self, a: Claim, b: Claim) -> Relation:
        """How the values relate; mirrors: relate(b, a) is relate(a, b).mirrored."""

    @abstractmethod
    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        """A short plain name for what the claims are about."""

    def groups(self, claims: Sequence[Claim], context: Context) -> list[list[Claim]] | None:
        """The topics, where the kind knows them without links (who is who); None: by links."""
        return None

    def left_alone(self, claims: Sequence[Claim], context: Context) -> list[tuple[Pair, Refusal]]:
        """Pairs that looked alike and were told apart before any link was asked for."""
        return []

    def positions(self, claims: Sequence[Claim]) -> Positions:
        """Each claim in exactly one position: values that are the same, or of one label."""
        groups: list[list[Claim]] = []
        for claim in claims:
            home = next((g for g in groups if self._same_value(g[0], claim)), None)
            if home is None:
                groups.append([claim])
            else:
                home.append(claim)
        return [(group[0].label, tuple(group)) for group in groups]

    def _same_value(self, a: Claim, b: Claim) -> bool:
        return a.label == b.label or self.relate(a, b) is Relation.SAME

    def disagreeing(self, positions: Positions) -> list[Disagreement] | None:
        """The pairs of positions that disagree, where the kind knows; None: by links and values."""
        return None

    def telling(
        self, positions: Positions, pairs: Sequence[tuple[int, int]]
    ) -> Sequence[tuple[int, int]]:
        """Of the pairs that disagree, those that tell an editor something."""
        return pairs

    def verdict(self, one: Sequence[Claim], other: Sequence[Claim]) -> Verdict | None:
        """The verdict on two positions that disagree, where it does not hang on time."""
        return None

    def evolves(self, claims: Sequence[Claim], rules: Rulebook) -> bool:
        """Whether later accounts may revise the value without either being wrong."""
        return False

    def disputed(self, claims: Sequence[Claim], rules: Rulebook) -> bool:
        """Whether rivals give different values, so that another's later one is no revision."""
        return False

    def why(self, positions: Positions, pairs: Sequence[tuple[int, int]], verdict: str) -> str:
        """One plain sentence; empty: the usual one."""
        return ""

    def remark(self, one: Sequence[Claim], other: Sequence[Claim]) -> str:
        """What is striking about two values that exclude each other, as a clause; mostly empty."""
        return ""

    def words(self, a: Claim, b: Claim, rules: Rulebook) -> Mapping[str, str]:
        """What two linked claims have in common, by the names that ``rules/verdicts/ties.toml``
        puts into its clauses; here the slots that agree, and the topic of the two."""
        alike = {name: slot.value for name, slot in a.slots if slot.value == b.filled(name)}
        return {**alike, "topic": self.topic([a, b], rules)}

    def rules_behind(self, claims: Sequence[Claim], rules: Rulebook) -> frozenset[str]:
        """The rules that made the claims comparable, beyond those by which they were read."""
        return frozenset()
