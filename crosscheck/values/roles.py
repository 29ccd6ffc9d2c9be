"""Offices and occupations as values: what it takes for one person to hold two of them.

A role stands for everybody who may be called by it. "Minister" is wider than "culture minister";
"deputy interior minister" and "interior minister" have no member in common; "journalist" and
"activist" overlap. Which concepts are wider than which, and which exclude each other, is said by
the rules of the section ``roles``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.interval import Relation

AND = " and "
"""Joins the fields of one office."""


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """Compiled rules: the wider concepts of each (itself included), the pairs of concepts that
    exclude each other, the offices with one holder, and the portfolios that go together."""

    wider: Mapping[str, frozenset[str]]
    apart: frozenset[frozenset[str]]
    unique: frozenset[str]
    near: frozenset[frozenset[str]]

    def exclude(self, a: str, b: str) -> bool:
        """Whether no one is both, directly or through what each is a case of."""
        return any(
            frozenset((x, y)) in self.apart
            for x in self.wider.get(a, frozenset((a,)))
            for y in self.wider.get(b, frozenset((b,)))
            if x != y
        )


@dataclass(frozen=True, slots=True)
class Role:
    """An office, a post or an occupation.

    ``concept`` and ``portfolio`` are names of ``rules/titles``, ``rank`` is "" or "deputy",
    ``tense`` "", "former", "acting" or "elect", ``scope`` the country or organisation in lower
    case, "" if not said. ``text`` is the title as written; it does not count in comparisons.
    """

    concept: str
    portfolio: str = ""
    rank: str = ""
    tense: str = ""
    scope: str = ""
    text: str = field(default="", compare=False)

    @property
    def office(self) -> tuple[str, str, str, str, str]:
        """What two roles share that are one office."""
        return (self.concept, self.portfolio, self.rank, self.tense, self.scope)


@cache
def taxonomy(rules: Rulebook) -> Taxonomy:
    """Compiled once per rulebook."""
    roles = rules.section("roles")
    parents: dict[str, set[str]] = {}
    for rule in roles:
        for edge in rule.strings("broader"):
            narrow, _, wide = edge.partition("<")
            parents.setdefault(narrow.strip(), set()).add(wide.strip())
    concepts = {item.partition(":")[0].strip() for r in roles for item in r.strings("members")}
    return Taxonomy(
        {concept: frozenset(_ancestors(concept, parents)) for concept in concepts},
        frozenset(pair for rule in roles for pair in _pairs(rule)),
        frozenset(concept for rule in roles for concept in rule.strings("unique")),
        frozenset(_near(rules)),
    )


def _ancestors(concept: str, parents: Mapping[str, set[str]]) -> set[str]:
    found, todo = {concept}, [concept]
    while todo:
        new = parents.get(todo.pop(), set()) - found
        found |= new
        todo.extend(sorted(new))
    return found


def _pairs(rule: Rule) -> Iterator[frozenset[str]]:
    for line in rule.strings("apart"):
        for a, b in combinations([part.strip() for part in line.split("|")], 2):
            yield frozenset((a, b))


def _near(rules: Rulebook) -> Iterator[frozenset[str]]:
    for rule in rules.section("portfolios"):
        name = rule.id.split(".", 1)[1]
        yield from (frozenset((name, other)) for other in rule.strings("near"))


def relate_roles(a: Role, b: Role, taxonomy: Taxonomy) -> Relation:
    """How the roles of one person relate: APART if nobody can be both at one time."""
    if _different_times(a, b) or _different_places(a, b):
        return Relation.OVERLAP
    if taxonomy.exclude(a.concept, b.concept):
        return Relation.APART
    below = _within(a, b, taxonomy)
    above = _within(b, a, taxonomy)
    if a.concept == b.concept or below or above:
        return _relate_details(a, b, below, above, taxonomy)
    return Relation.OVERLAP


def _different_times(a: Role, b: Role) -> bool:
    passing = {"former", "elect"}
    return a.tense != b.tense and bool(passing & {a.tense, b.tense})


def _different_places(a: Role, b: Role) -> bool:
    return bool(a.scope and b.scope and a.scope != b.scope)


def _within(a: Role, b: Role, taxonomy: Taxonomy) -> bool:
    return a.concept != b.concept and b.concept in taxonomy.wider.get(a.concept, frozenset())


def _relate_details(a: Role, b: Role, below: bool, above: bool, tax: Taxonomy) -> Relation:
    if a.rank != b.rank and a.portfolio == b.portfolio and a.concept == b.concept:
        return Relation.APART
    if a.portfolio and b.portfolio and a.portfolio != b.portfolio:
        near = frozenset((a.portfolio, b.portfolio)) in tax.near
        near = near or bool({*a.portfolio.split(AND)} & {*b.portfolio.split(AND)})
        return Relation.OVERLAP if near else Relation.APART
    if a.rank != b.rank:
        return Relation.OVERLAP
    narrower = below or bool(a.portfolio and not b.portfolio) or bool(a.scope and not b.scope)
    wider = above or bool(b.portfolio and not a.portfolio) or bool(b.scope and not a.scope)
    narrower, wider = narrower or _acts(a, b), wider or _acts(b, a)
    if narrower and wider:
        return Relation.OVERLAP
    return Relation.INSIDE if narrower else Relation.CONTAINS if wider else Relation.SAME


def _acts(a: Role, b: Role) -> bool:
    return a.tense == "acting" and b.tense != "acting"


def same_office(a: Role, b: Role, taxonomy: Taxonomy) -> bool:
    """Whether two roles may be one office, so that a shared one is evidence for one person."""
    joined = a.concept == b.concept or _within(a, b, taxonomy) or _within(b, a, taxonomy)
    return joined and (
        (a.portfolio, a.rank, a.tense) == (b.portfolio, b.rank, b.tense)
        and not _different_places(a, b)
    )
