"""The words of ``rules/attendance``: what says that somebody was there, and what gatherings are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crosscheck.language import lemma
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.vocabulary import Phrases, squeezed

_SPOKEN = "spoken"
_UNSAID = "unsaid"
_GATHERED = frozenset({"gathering", "participants"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Presiding:
    """A phrase that says that somebody is somewhere, with what its rule says of it."""

    rule: str
    mode: str
    words: tuple[str, ...]
    at: frozenset[str]
    needs: frozenset[str]
    who: str
    implies: str
    denied: bool
    of: frozenset[str]
    modality: str
    thing: str
    trip: bool


@dataclass(frozen=True, eq=False)
class Gatherings:
    """``families`` maps a noun to the rules that list it; ``people`` those who are at a gathering,
    and ``verbs``, to a noun for it (empty: any); ``any`` are the families of words that may name
    any gathering, ``idle`` words and ``places`` map to their rules, as
    do ``venues``, which hold a whole gathering; before ``bodies`` one speaks, and
    ``scenes`` may all be one place."""

    families: Mapping[str, frozenset[str]]
    people: Mapping[str, str]
    verbs: Mapping[str, str]
    any: frozenset[str]
    idle: Mapping[str, str]
    places: Mapping[str, str]
    venues: Mapping[str, str]
    bodies: frozenset[str]
    scenes: Mapping[str, str]

    def noun_in(self, word: str) -> str:
        """The noun of a gathering, or of those who are at one, of which a word is a form."""
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            if form in self.families or form in self.people:
                return form
        return ""

    def verb_in(self, word: str) -> str:
        """The verb of which a word is a regular form, if it says that there was a gathering."""
        stems = (word.removesuffix(end) for end in ("", "s", "d", "ed", "ing"))
        return next((stem for stem in stems if stem in self.verbs), "")

    def where(self, word: str) -> str:
        """The rule that has a noun for a place where people are at a gathering."""
        found = (self.places, self.venues, self.scenes)
        return next((words[word] for words in found if word in words), "")

    def one(self, a: str, b: str) -> bool:
        """Whether two nouns may name one gathering."""
        mine, theirs = self.families.get(a, frozenset()), self.families.get(b, frozenset())
        return a == b or bool(mine & theirs or (mine and theirs and (mine | theirs) & self.any))


@dataclass(frozen=True, eq=False)
class PresenceWords:
    """``verbs`` maps the lemma with which a phrase begins to the phrases, longest first; so does
    ``seen`` and ``arrivals`` for what tells of presence only where that is asked for; ``trips`` are
    the rules that tell of coming, ``envoys`` nouns for those whom a body sends."""

    verbs: Mapping[str, tuple[Presiding, ...]]
    nouns: Mapping[str, Presiding]
    ways: Phrases
    spots: Mapping[str, str]
    deeds: Mapping[str, Presiding]
    seen: Mapping[str, tuple[Presiding, ...]]
    arrivals: Mapping[str, tuple[Presiding, ...]]
    trips: frozenset[str]
    refuse: Mapping[str, str]
    carry: Mapping[str, str]
    only: frozenset[str]
    envoys: Mapping[str, str]
    gatherings: Gatherings

    def may_tell(self, text: str) -> bool:
        """Whether a sentence has the words of any phrase and, where it must be one of a gathering,
        a noun for it; cheap, and asked before the sentence is parsed."""
        words = _WORD.findall(text.lower())
        seen, verbs = set(words), {lemma(word, "VB") for word in words}
        seen |= verbs | {word.removesuffix("s") for word in words}
        gathers = any(map(self.gatherings.noun_in, words))
        asked = [phrase for verb in sorted(verbs) for phrase in self.verbs.get(verb, ())]
        return not self.nouns.keys().isdisjoint(words) or any(
            (gathers or not phrase.at <= _GATHERED)
            and seen.issuperset(set(phrase.words[1:]) - {"..."})
            and (not phrase.needs or "people" in phrase.at or self.ways.pattern.search(text))
            for phrase in asked
        )


@cache
def presence_words(rules: Rulebook) -> PresenceWords:
    """Compiled once for each rulebook."""
    section = rules.section("presence")
    told = [found for rule in section for found in _phrases(rule)]
    phrases = [found for found in told if not found.at & {_SPOKEN, _UNSAID}]
    nouns = {noun: _presiding(rule, (noun,)) for rule in section for noun in rule.strings("nouns")}
    ways = {
        squeezed(words): (rule.id.split(".", 1)[1], rule.id)
        for rule in rules.section("presence-ways")
        for words in rule.strings("words")
    }
    body = "|".join(re.escape(w) for w in sorted(ways, key=lambda w: (-len(w), w)))
    return PresenceWords(
        _by_verb(phrases),
        nouns,
        Phrases(re.compile(rf"\b(?:{body})\b", re.IGNORECASE), ways),
        {
            word: rule.id
            for rule in rules.section("presence-ways")
            for word in rule.strings("before_place")
        },
        {word: _presiding(rule, (word,)) for rule in section for word in rule.strings("beside")},
        _by_verb(found for found in told if _SPOKEN in found.at),
        _by_verb(found for found in told if _UNSAID in found.at),
        frozenset(found.rule for found in told if found.trip),
        _telling(rules, "refuse"),
        _telling(rules, "carry"),
        frozenset(w for rule in rules.section("presence-lists") for w in rule.strings("words")),
        {w: rule.id for rule in rules.section("gatherings") for w in rule.strings("envoys")},
        _gatherings(rules),
    )


def _by_verb(phrases: Iterable[Presiding]) -> dict[str, tuple[Presiding, ...]]:
    verbs: dict[str, tuple[Presiding, ...]] = {}
    for found in sorted(phrases, key=lambda p: -len(p.words)):
        verbs[found.words[0]] = (*verbs.get(found.words[0], ()), found)
    return verbs


def mode_of_way(rules: Rulebook, rule: str) -> str:
    return rules.rule(rule).string("mode")


def _phrases(rule: Rule) -> Iterator[Presiding]:
    for phrase in rule.strings("phrases"):
        yield _presiding(rule, tuple(phrase.split()))


def _presiding(rule: Rule, words: tuple[str, ...]) -> Presiding:
    return Presiding(
        rule.id,
        rule.string("mode"),
        words,
        frozenset(rule.strings("at")),
        frozenset(rule.strings("needs")),
        rule.string("who", "subject"),
        rule.string("implies"),
        bool(rule.data.get("denied", False)),
        frozenset(rule.strings("of")),
        rule.string("modality"),
        rule.string("object"),
        bool(rule.data.get("trip", False)),
    )


def _telling(rules: Rulebook, role: str) -> dict[str, str]:
    found = (rule for rule in rules.section("presence-verbs") if rule.string("role") == role)
    return {word: rule.id for rule in found for word in rule.strings("words")}


def _gatherings(rules: Rulebook) -> Gatherings:
    section = rules.section("gatherings")
    families: dict[str, frozenset[str]] = {}
    for rule in section:
        for word in rule.strings("words"):
            families[word] = families.get(word, frozenset()) | {rule.id}
    return Gatherings(
        families,
        {word: _noun(rule) for rule in section for word in rule.strings("people")},
        {word: _noun(rule) for rule in section for word in rule.strings("verbs")},
        frozenset(rule.id for rule in section if rule.data.get("any")),
        {word: rule.id for rule in section for word in rule.strings("idle")},
        {word: rule.id for rule in section for word in rule.strings("places")},
        {word: rule.id for rule in section for word in rule.strings("venues")},
        frozenset(word for rule in section for word in rule.strings("bodies")),
        {word: rule.id for rule in section for word in rule.strings("scenes")},
    )


def _noun(rule: Rule) -> str:
    return "" if rule.data.get("any") else next(iter(rule.strings("words")), "")
