"""Roles: who holds an office, and which titles one person is given."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from crosscheck.grammar.bearers import Bearer, bearers, role_of
from crosscheck.grammar.names import Reading
from crosscheck.kinds.base import Context, Disagreement, Kind, Link, Refusal
from crosscheck.kinds.name import readings_of
from crosscheck.language import Document
from crosscheck.model import Claim, KindName, Mention, Slot
from crosscheck.rulebook import Rulebook
from crosscheck.values.interval import Relation
from crosscheck.values.roles import Role, Taxonomy, relate_roles, taxonomy

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HOLDERS_CHANGE = 7
"""Days after which an office may well have another holder (an election, a resignation)."""

_PATTERN_RULES = {"who": "name-words.leads", "as": "name-words.becomes"}

Grouped = Sequence[tuple[str, tuple[Claim, ...]]]


@dataclass(frozen=True, slots=True)
class Holding:
    """A person (by id) in a role; ``on`` is the day of the account, ``past`` tells that its
    sentence speaks of another year. ``others`` are offices for one holder that the same account
    gives to somebody else and not to this person, so that there they are no one's at once."""

    person: str
    role: Role
    taxonomy: Taxonomy = field(compare=False, repr=False)
    on: date | None = None
    past: bool = False
    others: frozenset[Role] = field(default=frozenset(), compare=False, repr=False)

    @property
    def is_office(self) -> bool:
        """Whether it is an office that one person holds at a time, and of whom is said."""
        return bool(
            self.role.scope
            and not self.past
            and (
                self.role.concept in self.taxonomy.unique
                or (self.role.concept == "minister" and self.role.portfolio)
            )
        )


class RoleKind(Kind):
    """A topic is a person with the titles given, or an office with the persons said to hold it."""

    name: KindName = "role"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        return _with_others(
            [
                self._claim(document, reading, bearer, context)
                for reading in readings_of(document, context)
                for bearer in bearers(reading, context.rules)
            ]
        )

    def _claim(
        self, document: Document, reading: Reading, bearer: Bearer, context: Context
    ) -> Claim:
        article, sentence = document.article, reading.sentence
        role = role_of(bearer, reading)
        person = context.people.get((article.id, bearer.name.text), bearer.name.text)
        published = article.published.date() if article.published else None
        holding = Holding(
            person, role, taxonomy(context.rules), published, _other_year(sentence.text, published)
        )
        rule = bearer.title.rules[0]
        used = dict.fromkeys((*bearer.title.rules, _PATTERN_RULES.get(bearer.how, rule)))
        return Claim(
            Mention(article.id, bearer.start, bearer.end, article.text[bearer.start : bearer.end]),
            (sentence.start, sentence.end),
            "role",
            holding,
            f"{person}, {role.text}",
            rule,
            (
                ("person", Slot(person, bearer.how, rule)),
                ("office", Slot(_office_words(role), bearer.how, rule)),
            ),
            rules_used=tuple(used),
        )

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        yield ("person", claim.value.person)
        if claim.value.is_office:
            yield ("office", claim.value.role.office)

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        if a.value.person == b.value.person:
            return Link(1.0, ("person",))
        if a.value.is_office and b.value.is_office and a.value.role.office == b.value.role.office:
            return Link(0.9, ("office",))
        return None

    def relate(self, a: Claim, b: Claim) -> Relation:
        """Of one person: whether nobody can have both titles. Of one office: APART if two hold
        it."""
        if a.value.person == b.value.person:
            exchanged = _is_others(a.value.role, b.value) or _is_others(b.value.role, a.value)
            related = relate_roles(a.value.role, b.value.role, a.value.taxonomy)
            return Relation.APART if exchanged else related
        return Relation.APART if a.value.role.office == b.value.role.office else Relation.OVERLAP

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        if _of_office(claims):
            return f"who is {_office_words(claims[0].value.role)}"
        return f"the title of {min(claim.value.person for claim in claims)}"

    def groups(self, claims: Sequence[Claim], context: Context) -> list[list[Claim]]:
        """Within each event, one list of claims an office that is given to several persons, and
        of the rest one a person."""
        offices: dict[Hashable, list[Claim]] = defaultdict(list)
        persons: dict[Hashable, list[Claim]] = defaultdict(list)
        ordered = sorted(claims, key=lambda c: (c.order, c.label))
        for claim in ordered:
            if claim.value.is_office:
                offices[_event(claim, context), claim.value.role.office].append(claim)
        shared = [group for group in offices.values() if _of_office(group)]
        taken = {id(claim) for group in shared for claim in group}
        for claim in ordered:
            if id(claim) not in taken:
                persons[_event(claim, context), claim.value.person].append(claim)
        return [*shared, *persons.values()]

    def positions(self, claims: Sequence[Claim]) -> list[tuple[str, tuple[Claim, ...]]]:
        """One position a person (of an office), or one an office (of a person)."""
        by_value: dict[Hashable, list[Claim]] = defaultdict(list)
        holders = _of_office(claims)
        for claim in claims:
            by_value[claim.value.person if holders else claim.value.role.office].append(claim)
        ordered = sorted(by_value.values(), key=lambda g: (-len(g), g[0].order))
        return [
            (group[0].value.person if holders else _usual_title(group), tuple(group))
            for group in ordered
        ]

    def disagreeing(self, positions: Grouped) -> list[Disagreement]:
        return [
            Disagreement(i, j, self._reason(positions[i][1][0], positions[j][1][0]))
            for i, j in combinations(range(len(positions)), 2)
            if self._apart(positions[i][1], positions[j][1])
        ]

    def _apart(self, one: Sequence[Claim], other: Sequence[Claim]) -> bool:
        return any(self.relate(a, b) is Relation.APART for a in one for b in other)

    def _reason(self, a: Claim, b: Claim) -> str:
        if a.value.person != b.value.person:
            return f"one person at a time is {_office_words(a.value.role)}"
        if a.value.role.rank != b.value.role.rank:
            return "one is the other's deputy"
        return "one person does not hold both at a time"

    def why(self, positions: Grouped, pairs: Sequence[tuple[int, int]], verdict: str) -> str:
        if not pairs:
            return "The titles go together." if len(positions) > 1 else "All give the same title."
        one, other = positions[pairs[0][0]], positions[pairs[0][1]]
        reason = self._reason(one[1][0], other[1][0])
        if verdict == "update":
            return f"{one[0]}, elsewhere {other[0]}: the holder may have changed between them."
        return f"{one[0]} / {other[0]}: {reason}."

    def evolves(self, claims: Sequence[Claim], rules: Rulebook) -> bool:
        """Whether the accounts of an office lie so far apart that its holder may have changed."""
        days = [claim.value.on for claim in claims if claim.value.on]
        return _of_office(claims) and bool(days) and (max(days) - min(days)).days >= _HOLDERS_CHANGE


def _with_others(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of one article, each with the offices that it gives to other people only."""
    held: dict[str, set[Role]] = defaultdict(set)
    for claim in claims:
        if claim.value.role.concept in claim.value.taxonomy.unique:
            held[claim.value.person].add(claim.value.role)
    return [
        replace(claim, value=replace(claim.value, others=_of_others(claim.value.person, held)))
        for claim in claims
    ]


def _of_others(person: str, held: Mapping[str, set[Role]]) -> frozenset[Role]:
    mine = {(role.concept, role.tense) for role in held.get(person, ())}
    theirs = (role for other, roles in held.items() if other != person for role in roles)
    return frozenset(role for role in theirs if (role.concept, role.tense) not in mine)


def _is_others(role: Role, holding: Holding) -> bool:
    """Whether another account gives the office to somebody else beside this person's own: one
    about to be filled, or of one organisation."""
    mine = holding.role
    if role.tense != mine.tense or role.concept == mine.concept:
        return False
    shared = role.scope and role.scope == mine.scope
    return mine.concept in holding.taxonomy.unique and any(
        (other.concept, other.tense, other.rank) == (role.concept, role.tense, role.rank)
        and (role.tense == "elect" or (shared and other.scope == role.scope))
        for other in holding.others
    )


def _of_office(claims: Sequence[Claim]) -> bool:
    return len({claim.value.person for claim in claims}) > 1


def _event(claim: Claim, context: Context) -> str:
    return context.events.get(claim.mention.article, "")


def _other_year(sentence: str, published: date | None) -> bool:
    years = {int(year) for year in _YEAR.findall(sentence)}
    return bool(years) and published is not None and published.year not in years


def _usual_title(claims: Sequence[Claim]) -> str:
    counts = Counter(claim.value.role.text for claim in claims)
    return str(min(counts, key=lambda text: (-counts[text], text)))


def _office_words(role: Role) -> str:
    """ "deputy minister of interior of france", from the parts of a role."""
    words: Iterator[str] = iter(
        (
            role.tense,
            role.rank,
            role.portfolio,
            role.concept.replace("-", " "),
            f"of {role.scope.title()}" if role.scope else "",
        )
    )
    return " ".join(word for word in words if word)
