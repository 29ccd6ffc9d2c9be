"""Who is meant by the words for a speaker: one id for "Macron" and "the French president"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crosscheck.grammar.titles import DETERMINERS, Title, lexicon, scoped, titles_in
from crosscheck.grammar.words import Word, words_of
from crosscheck.kinds.base import Context
from crosscheck.model import Claim
from crosscheck.origins.credits import Houses
from crosscheck.rulebook import Rulebook

_VAGUE, _OUTLET, _OFFICE = "origin.nobody-in-particular", "origin.outlet", "origin.office"
_LINKS = frozenset("of for to by from with at in on who that whose familiar close near".split())

Office = tuple[str, str, str, str]
"""Concept, portfolio, rank and tense of an office."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """``name`` is empty for a speaker of whom every outlet may have its own."""

    name: str
    rule: str = ""


@dataclass(frozen=True, eq=False)
class Speakers:
    """Tells who is meant by ``Claim.attributed_to``; ``holders`` are, per event and office, the
    scopes with the persons said to hold it, ``spelled`` one spelling of every other speaker."""

    context: Context
    houses: Houses
    holders: Mapping[tuple[str, Office], Mapping[str, frozenset[str]]]
    spelled: Mapping[str, str]

    @classmethod
    def of(cls, context: Context, houses: Houses) -> Speakers:
        forms = sorted({plain(claim.attributed_to) for claim in context.claims}, reverse=True)
        return cls(context, houses, _holders(context), {_folded(form): form for form in forms})

    def speaker(self, claim: Claim) -> Speaker:
        """Whom a claim is ascribed to; the empty name if to nobody."""
        said = " ".join(claim.attributed_to.split())
        if not said:
            return Speaker("")
        article = claim.mention.article
        words = words_of(said)
        if not words:
            return Speaker(said)
        person = self._person(article, said, words)
        if person:
            return Speaker(person)
        house = self.houses.named(said)
        if house:
            return Speaker(house, _OUTLET)
        holder = self._holder(article, words)
        if holder:
            return Speaker(holder, _OFFICE)
        if _head(words) in _vague(self.context.rules):
            return Speaker("", _VAGUE)
        bare = plain(said)
        return Speaker(self.spelled.get(_folded(bare), bare))

    def _person(self, article: str, said: str, words: Sequence[Word]) -> str:
        """The one whose name is the head of the phrase: not "an aide to Macron"."""
        if "person" in self.context.bearers.get(said, ()):
            return said
        for start in range(len(words)):
            if start and words[start - 1].lower in _LINKS:
                return ""
            for end in range(len(words), start, -1):
                form = said[words[start].start : words[end - 1].end]
                known = self.context.people.get((article, form))
                if known and "person" in self.context.bearers.get(known, ()):
                    return "" if words[end - 1].possessive else known
        return ""

    def _holder(self, article: str, words: Sequence[Word]) -> str:
        """The only person of the event who holds the office that the phrase is all about."""
        lex = lexicon(self.context.rules)
        found = [scoped(t, words, lex, len(words)) for t in titles_in(words, lex)]
        title = next((t for t in found if t.last == len(words) and not t.plural), None)
        start = 1 if words[0].lower in DETERMINERS else 0
        if title is None or title.first != start:
            return ""
        event = self.context.events.get(article, "")
        scopes = self.holders.get((event, _office(title)), {})
        meant = [scope for scope in scopes if title.scope in ("", scope)]
        people = {person for scope in meant for person in scopes[scope]}
        return next(iter(people)) if len(people) == 1 else ""


def _folded(speaker: str) -> str:
    return speaker.casefold().replace("’", "'")


def plain(speaker: str) -> str:
    """The words for a speaker, without an article or the like before them."""
    words = speaker.split()
    return " ".join(words[1:] if words and words[0].lower() in DETERMINERS else words)


def _office(title: Title) -> Office:
    return (title.concept, title.portfolio, title.rank, title.tense)


def _holders(context: Context) -> dict[tuple[str, Office], dict[str, frozenset[str]]]:
    held: dict[tuple[str, Office], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in context.claims:
        if claim.kind == "role":
            role = claim.value.role
            office = (role.concept, role.portfolio, role.rank, role.tense)
            event = context.events.get(claim.mention.article, "")
            held[event, office][role.scope].add(claim.value.person)
    return {
        key: {scope: frozenset(people) for scope, people in scopes.items()}
        for key, scopes in held.items()
    }


def _head(words: Sequence[Word]) -> str:
    """The noun that a phrase is about: "source" in "a source close to the talks"."""
    last = next((i for i, w in enumerate(words) if i and w.lower in _LINKS), len(words))
    return words[last - 1].lower


@cache
def _vague(rules: Rulebook) -> frozenset[str]:
    return frozenset(rules.rule(_VAGUE).strings("heads"))
