"""The words for what can happen at a time, from ``rules/times/events.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.lexicon import Lexicon, lexicon
from crosscheck.slots.vocabulary import Vocabulary, vocabulary

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Event:
    """A class of events as the rules name it; ``who`` is whose part tells two of them apart."""

    name: str
    rule: str
    noun: str
    who: str
    often: bool
    subjects: frozenset[str]


@dataclass(frozen=True, eq=False)
class Events:
    """The events of the rules by verb, phrase (verb lemma, rest) and noun."""

    verbs: Mapping[str, tuple[Event, ...]]
    phrases: Mapping[str, tuple[tuple[str, Event], ...]]
    nouns: Mapping[str, Event]
    aspects: Mapping[str, tuple[str, str]]
    aspect_phrases: Mapping[str, tuple[tuple[str, str, str], ...]]
    light: frozenset[str]
    speech: frozenset[str]
    games: frozenset[str]
    lasting: Mapping[str, Event]
    words: Lexicon
    modal: Vocabulary


@cache
def events_of(rules: Rulebook) -> Events:
    """The vocabulary of events, compiled once for each rulebook."""
    section = rules.section("time-events")
    known = [(rule, _event(rule)) for rule in section if rule.string("role") == "event"]
    aspects = [rule for rule in section if rule.string("role") == "aspect"]
    return Events(
        verbs=_gathered((verb, event) for rule, event in known for verb in rule.strings("verbs")),
        phrases=_gathered(
            (phrase.split()[0], (phrase.partition(" ")[2], event))
            for rule, event in known
            for phrase in rule.strings("phrases")
        ),
        nouns={noun: event for rule, event in known for noun in rule.strings("nouns")},
        aspects={v: (r.string("aspect"), r.id) for r in aspects for v in r.strings("verbs")},
        aspect_phrases=_gathered(
            (phrase.split()[0], (phrase.partition(" ")[2], rule.string("aspect"), rule.id))
            for rule in aspects
            for phrase in rule.strings("phrases")
        ),
        light=_verbs_of(section, "light"),
        speech=_verbs_of(section, "speech"),
        games=_verbs_of(section, "game"),
        lasting=_lasting(section, known),
        words=lexicon(rules),
        modal=vocabulary(rules),
    )


def _event(rule: Rule) -> Event:
    return Event(
        rule.string("noun"),
        rule.id,
        rule.string("noun"),
        rule.string("who", "none"),
        bool(rule.data.get("often", False)),
        frozenset(rule.strings("subjects")),
    )


def _lasting(section: Sequence[Rule], known: Sequence[tuple[Rule, Event]]) -> dict[str, Event]:
    """The event since which what a verb tells lasts, by verb."""
    named = {event.name: event for _, event in known}
    rules = [rule for rule in section if rule.string("role") == "lasting"]
    return {
        verb: replace(named[rule.string("noun")], rule=rule.id)
        for rule in rules
        for verb in rule.strings("verbs")
    }


def _verbs_of(section: Sequence[Rule], role: str) -> frozenset[str]:
    return frozenset(v for r in section if r.string("role") == role for v in r.strings("verbs"))


def _gathered(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, tuple[Item, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found
