"""Names as they are sorted into bearers: sightings, the forms they share, respellings, bearers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from crosscheck.grammar.names import NameMention, folded
from crosscheck.values.roles import Role

Form = tuple[str, ...]
"""The folded tokens of a name."""

WEAK = frozenset({"misspelling", "office", "sound", "digit"})
"""Evidence that holds only within one event and never against it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name in an article, its folded tokens, the roles that its sentence gives it, and where
    that sentence starts."""

    article: str
    mention: NameMention
    form: Form
    roles: tuple[Role, ...] = ()
    sentence: int = 0


def sighting(
    article: str, mention: NameMention, roles: tuple[Role, ...] = (), sentence: int = 0
) -> Sighting:
    return Sighting(article, mention, folded(mention.tokens), roles, sentence)


@dataclass(frozen=True, slots=True)
class Respelling:
    """Two forms of one bearer and what speaks for it: the relation and the rules behind it."""

    a: Form
    b: Form
    relation: str
    rules: tuple[str, ...] = ()
    because: str = ""


@dataclass(eq=False)
class Node:
    """All sightings of one form (of a lone word: in one article, until it is known whose), and
    the rules that were applied to it. Complete before any property is asked for."""

    form: Form
    sightings: list[Sighting] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)

    @cached_property
    def articles(self) -> frozenset[str]:
        return frozenset(s.article for s in self.sightings)

    @cached_property
    def sentences(self) -> frozenset[tuple[str, int]]:
        return frozenset((s.article, s.sentence) for s in self.sightings)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for s in self.sightings for role in s.roles)

    @cached_property
    def text(self) -> str:
        """The form as most often written."""
        counts = Counter(s.mention.text for s in self.sightings if s.form == self.form)
        return min(counts, key=lambda t: (-counts[t], t))

    @cached_property
    def kind(self) -> str:
        kinds = Counter(s.mention.kind for s in self.sightings if s.mention.kind != "unknown")
        return min(kinds, key=lambda k: (-kinds[k], k)) if kinds else "unknown"

    @cached_property
    def order(self) -> tuple[object, ...]:
        first = min((s.article, s.mention.start) for s in self.sightings)
        return (self.form, first)


@dataclass(frozen=True, eq=False)
class Bearer:
    """One person, place or organisation: ``id`` is the fullest form as written; ``spellings`` are
    its nodes by spelling, each with the form that stands for it."""

    id: str
    nodes: tuple[Node, ...]
    respellings: tuple[Respelling, ...]
    spellings: tuple[tuple[str, tuple[Node, ...]], ...] = ()
