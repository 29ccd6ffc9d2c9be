"""The vocabulary behind the slots: classes of nouns, how two nouns relate, and states.

The tables in ``rules/lexicon`` are compiled from WordNet 3.1; ``rules/slots`` is written by hand.
A state is what happened to the things that are counted: ``dead``, ``injured``, ``attended`` ...
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Literal

from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.vocabulary import squeezed

NounRelation = Literal["same", "synonym", "broader", "narrower", "sibling", ""]

_WORD = re.compile(r"\w+|[^\w\s]")
_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
_TABLES = ("nouns", "hypernyms", "verbs")
ELLIPSIS = "…"
"""Stands, in a phrase, for what is counted."""

_LEFT_OUT = frozenset("the a an their his her its".split())
"""Words that headlines leave out of phrases: "9,000 take to streets"."""

_PARTS = {"verbs": "v", "nouns": "n", "roles": "n", "adjectives": "a"}


@dataclass(frozen=True, slots=True)
class State:
    """A state, with what its rule in ``rules/slots/states.toml`` says of it."""

    name: str
    rule: str
    evolves: bool
    counted: frozenset[str]
    title: str
    presence: bool
    owned: bool
    running: bool
    shared: bool
    disputed: bool
    yields: bool
    final: bool
    passing: bool
    kin: frozenset[str]
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase that names a state, or several; offsets into the text that was searched."""

    start: int
    end: int
    states: tuple[State, ...]

    @property
    def state(self) -> State:
        return self.states[0]


@dataclass(frozen=True, eq=False)
class _Around:
    """Phrases that embrace what is counted, cut in two: "let … go"."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    states: dict[tuple[str, str], tuple[State, ...]]

    def find(self, before: str, after: str) -> tuple[State, ...]:
        left, right = self.before.search(before), self.after.match(after)
        if left is None or right is None:
            return ()
        return self.states.get((squeezed(left.group(1)), squeezed(right.group(1))), ())


class PhraseBook:
    """Thousands of phrases, found by their first word; of those that begin at one place the
    longest wins. Only the phrases of words that a text has are ever compiled."""

    def __init__(self, states: Mapping[str, tuple[State, ...]]) -> None:
        self._states = states
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for phrase in states:
            for first in _WORD.findall(phrase)[:1]:
                self._by_first[first].append(phrase)
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> Iterator[PhraseHit]:
        """The phrases of a text, left to right; none begins inside another."""
        at = 0
        for word in _WORD.finditer(text):
            first = word.group().lower()
            if word.start() < at or first not in self._by_first:
                continue
            hit = self._pattern(first).match(text, word.start())
            if hit:
                at = hit.end()
                yield PhraseHit(hit.start(), at, self._states[squeezed(hit.group())])

    def _pattern(self, first: str) -> re.Pattern[str]:
        if first not in self._patterns:
            body = _any_of(self._by_first[first])
            self._patterns[first] = re.compile(rf"(?:{body})\b", re.IGNORECASE)
        return self._patterns[first]


@dataclass(frozen=True, eq=False)
class Lexicon:
    _nouns: dict[str, str]
    _above: dict[str, str]
    _verbs: dict[str, str]
    _states: dict[tuple[str, str], tuple[State, ...]]
    _phrases: PhraseBook
    _generic: dict[str, str]
    _by_name: dict[str, State]
    _roles: frozenset[str]
    _around: _Around
    speech: frozenset[str] = frozenset()
    """Verbs of speech that frame a figure and say no more of it."""
    guessing: frozenset[str] = frozenset()
    """Verbs by which somebody gives a figure as their own reckoning: "put it at 30"."""

    def noun_class(self, lemma: str) -> str:
        """``person``, ``vehicle``, ``building`` ...; empty for a word that WordNet lacks."""
        row = self._nouns.get(lemma.rsplit(" ", 1)[-1])
        return row.split("\t", 1)[0] if row else ""

    def generic(self, lemma: str) -> str:
        """The group of interchangeable nouns to which a lemma belongs (people ~ persons)."""
        return self._generic.get(lemma, "")

    def nouns_relate(self, a: str, b: str) -> NounRelation:
        """How the things that noun ``b`` names lie to those of noun ``a``: "broader" means that
        every ``a`` is a ``b``."""
        if a == b:
            return "same"
        if self.generic(a) and self.generic(a) == self.generic(b):
            return "synonym"
        mine, theirs = self._synsets(a), self._synsets(b)
        if not mine or not theirs:
            return ""
        if mine & theirs:
            return "synonym"
        if theirs & set(self._chain(mine)):
            return "broader"
        if mine & set(self._chain(theirs)):
            return "narrower"
        parents = {self._above.get(s, s) for s in mine}
        return "sibling" if parents & {self._above.get(s, s) for s in theirs} else ""

    def verbs_relate(self, a: str, b: str) -> bool:
        """Whether two verbs are one, or share a common sense (perish ~ die)."""
        senses = [set(self._verbs.get(verb, "").split()) for verb in (a, b)]
        return a == b or bool(senses[0] & senses[1])

    def like_verbs(self, verb: str) -> frozenset[str]:
        """The verbs that share a common sense with a verb, itself included."""
        senses = self._verbs.get(verb, "").split()
        return frozenset({verb}).union(*(self._by_sense[sense] for sense in senses))

    @cached_property
    def _by_sense(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for verb, senses in self._verbs.items():
            for sense in senses.split():
                found[sense].add(verb)
        return found

    def state_of(self, lemma: str, pos: str) -> State | None:
        """The first state that a word names; ``pos`` is a universal tag (VERB, NOUN, ADJ)."""
        return next(iter(self.states_of(lemma, pos)), None)

    def states_of(self, lemma: str, pos: str) -> tuple[State, ...]:
        """All states that a word may name, in the order of the rules: what is counted decides."""
        return self._states.get((lemma, _POS.get(pos, "")), ())

    def is_role(self, lemma: str) -> bool:
        """Whether a noun says what somebody is, and not what became of them."""
        return lemma in self._roles

    def state(self, name: str) -> State | None:
        return self._by_name.get(name)

    def phrases(self, text: str) -> Iterator[PhraseHit]:
        return self._phrases.find(text)

    def around(self, before: str, after: str) -> tuple[State, ...]:
        """The states of a phrase of which one half ends the text before what is counted and the
        other stands within three words of it: "put … behind bars"."""
        return self._around.find(before, after)

    def _synsets(self, noun: str) -> set[str]:
        row = self._nouns.get(noun)
        return set(row.split("\t", 1)[1].split()) if row else set()

    def _chain(self, synsets: Iterable[str]) -> Iterator[str]:
        for synset in synsets:
            at = synset
            for _ in range(4):
                if at not in self._above:
                    break
                at = self._above[at]
                yield at


@cache
def lexicon(rules: Rulebook) -> Lexicon:
    """The vocabulary compiled from a rulebook; built once for each."""
    nouns, above, verbs = (rules.mapping(f"lexicon/{name}") for name in _TABLES)
    by_rule = {rule.id: _state(rule) for rule in rules.section("states")}
    states: dict[tuple[str, str], tuple[State, ...]] = {}
    phrases: dict[str, tuple[State, ...]] = {}
    for rule in rules.section("states"):
        state = by_rule[rule.id]
        for key in ((word, pos) for part, pos in _PARTS.items() for word in rule.strings(part)):
            states[key] = (*states.get(key, ()), state)
        for phrase in (squeezed(p) for forms in rule.strings("phrases") for p in _forms(forms)):
            phrases[phrase] = (*phrases.get(phrase, ()), state)
    for phrase in list(phrases):
        terse = " ".join(word for word in phrase.split() if word not in _LEFT_OUT)
        if len(terse.split()) > 1:
            phrases.setdefault(terse, phrases[phrase])
    halves = {p: phrases.pop(p) for p in list(phrases) if ELLIPSIS in p}
    _add_unlisted(states, rules, by_rule)
    roles = frozenset(word for rule in rules.section("states") for word in rule.strings("roles"))
    names = {state.name: state for state in by_rule.values()}
    generic = {word: rule.id for rule in rules.section("nouns") for word in rule.strings("words")}
    said = (
        frozenset(verb for rule in rules.section("voices") for verb in rule.strings(key))
        for key in ("framing", "guessing")
    )
    book, around = PhraseBook(phrases), _embracing(halves)
    return Lexicon(nouns, above, verbs, states, book, generic, names, roles, around, *said)


def _embracing(phrases: dict[str, tuple[State, ...]]) -> _Around:
    states = {(a, b): found for p, found in phrases.items() for a, b in [p.split(f" {ELLIPSIS} ")]}
    before, after = (_any_of({pair[i] for pair in states}) for i in (0, 1))
    return _Around(
        re.compile(rf"\b({before})\s*$", re.IGNORECASE),
        re.compile(rf"\s*(?:[\w’'-]+\s+){{0,2}}?({after})\b", re.IGNORECASE),
        states,
    )


def _add_unlisted(
    states: dict[tuple[str, str], tuple[State, ...]], rules: Rulebook, by_rule: dict[str, State]
) -> None:
    """Words that only WordNet gives, and regular participles, which the tagger takes for
    adjectives ("Evacuated were 40 families")."""
    for word, pos, rule in rules.table("lexicon/states"):
        states.setdefault((word, pos), (by_rule[rule],))
    verbs = [(word, found) for (word, pos), found in states.items() if pos == "v"]
    for word, found in verbs:
        states.setdefault((word + ("d" if word.endswith("e") else "ed"), "a"), found)


def _forms(phrase: str) -> Iterator[str]:
    """ "lay/laid off" is "lay off" and "laid off"."""
    yield from map(" ".join, product(*(word.split("/") for word in phrase.split())))


def _state(rule: Rule) -> State:
    return State(
        rule.id.split(".", 1)[1],
        rule.id,
        bool(rule.data.get("evolves", False)),
        frozenset(rule.strings("counted")),
        rule.string("title", "{}"),
        bool(rule.data.get("presence", False)),
        bool(rule.data.get("owned", False)),
        bool(rule.data.get("running", False)),
        bool(rule.data.get("shared", False)),
        bool(rule.data.get("disputed", False)),
        bool(rule.data.get("yields", False)),
        bool(rule.data.get("final", False)),
        bool(rule.data.get("passing", False)),
        frozenset(rule.strings("kin")),
        frozenset(rule.strings("settled")),
    )


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in longest_first) or "(?!)"
