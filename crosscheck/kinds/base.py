"""What a kind of claim has to offer: how it is found, compared and shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from crosscheck.language import Document
from crosscheck.model import Claim, KindName, Link, Refusal
from crosscheck.rulebook import Rulebook
from crosscheck.values.interval import Relation

__all__ = ["Context", "Kind", "Link", "Person", "Refusal"]


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a report: ``id`` is the fullest form, ``forms`` all forms in the articles."""

    id: str
    forms: frozenset[str]


@dataclass(eq=False)
class Context:
    """What the kinds may know beyond one sentence: the rules, all documents and who is who.

    ``people`` maps (article id, form of the name as written) to the person's id; it is filled by
    the names, which are read before the other kinds. ``names`` holds, per article, the offsets of
    the names found in it with the id of their bearer. ``bearers`` maps an id to what its mentions
    look like (person, place, organisation, unknown), ``events`` an article to its event.
    ``claims`` are all claims, known once they are compared; ``memo`` keeps what a kind works out.
    """

    rules: Rulebook
    documents: Sequence[Document]
    people: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    bearers: dict[str, set[str]] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    claims: Sequence[Claim] = ()
    memo: dict[str, Any] = field(default_factory=dict)


class Kind(Protocol):
    """One kind of claim. Implementations are stateless; ``kinds.ALL`` lists them."""

    name: KindName

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        """The claims of one article, in the order of the text."""

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        """Keys; only claims that share one are ever compared with each other."""

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        """Whether two claims are about the same thing; symmetric. None: they do not look alike."""

    def relate(self, a: Claim, b: Claim) -> Relation:
        """How the values relate; mirrors: relate(b, a) is relate(a, b).mirrored."""

    def topic(self, claims: Sequence[Claim]) -> str:
        """A short plain name for what the claims are about."""
