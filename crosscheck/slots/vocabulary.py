"""The words of ``rules/slots`` that mark modality, parts, totals, causes, aspects and reminders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from crosscheck.rulebook import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Marker:
    """A word or phrase found in a text, the value it stands for and the rule that says so."""

    start: int
    end: int
    value: str
    rule: str


@dataclass(frozen=True, eq=False)
class Phrases:
    """Phrases of several rules in one pattern; the longest match wins."""

    pattern: re.Pattern[str]
    meaning: Mapping[str, tuple[str, str]]

    def find(self, text: str) -> tuple[Marker, ...]:
        return tuple(
            Marker(hit.start(), hit.end(), *self.meaning[squeezed(hit.group())])
            for hit in self.pattern.finditer(text)
        )


@dataclass(frozen=True, eq=False)
class Vocabulary:
    modal_phrases: Phrases
    modal_words: Mapping[str, tuple[str, str]]
    modal_verbs: Mapping[str, tuple[str, str]]
    part_before: Phrases
    part_after: Phrases
    totals: Phrases
    causes: Mapping[str, tuple[str, str]]
    kin: Mapping[str, frozenset[str]]
    reminders: Phrases
    reminder_labels: Mapping[str, str]
    aspects: Mapping[str, tuple[tuple[str, str, frozenset[str]], ...]]
    event_aspects: frozenset[str]
    change_aspects: frozenset[str]
    stand_ins: frozenset[str]
    """Common nouns that stand for a name: the company, the party."""


@cache
def vocabulary(rules: Rulebook) -> Vocabulary:
    """Compiled once for each rulebook."""
    modality, parts, totals = (rules.section(name) for name in ("modality", "parts", "totals"))
    causes, reminders = rules.section("causes"), rules.section("elsewhere")
    aspects = rules.section("aspects")
    return Vocabulary(
        modal_phrases=phrases(modality, "phrases", "modality"),
        modal_words=_words(modality, "words", "modality"),
        modal_verbs=_words(modality, "verbs", "modality"),
        part_before=phrases(parts, "before", ""),
        part_after=phrases(parts, "after", ""),
        totals=phrases(totals, "words", "scope"),
        causes=_words(causes, "words", ""),
        kin={_tail(r.id): frozenset(map(_tail, r.strings("kin"))) for r in causes},
        reminders=phrases(reminders, "phrases", ""),
        reminder_labels={w: r.id for r in reminders for w in r.strings("labels")},
        aspects=_aspects(aspects),
        event_aspects=frozenset(_tail(r.id) for r in aspects if r.data.get("of_event")),
        change_aspects=frozenset(_tail(r.id) for r in aspects if r.data.get("of_change")),
        stand_ins=frozenset(rules.rule("name-words.kind").strings("words")),
    )


def _tail(rule_id: str) -> str:
    return rule_id.split(".", 1)[1]


def _meaning(rule: Rule, key: str) -> tuple[str, str]:
    return (rule.string(key) if key else _tail(rule.id), rule.id)


def _words(rules: Iterable[Rule], key: str, value: str) -> dict[str, tuple[str, str]]:
    return {word: _meaning(rule, value) for rule in rules for word in rule.strings(key)}


def phrases(rules: Iterable[Rule], key: str, value: str) -> Phrases:
    meaning = {squeezed(k): v for k, v in _words(rules, key, value).items()}
    ordered = sorted(meaning, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered) or "(?!)"
    return Phrases(re.compile(rf"\b(?:{body})\b", re.IGNORECASE), meaning)


def _aspects(
    rules: Iterable[Rule],
) -> dict[str, tuple[tuple[str, str, frozenset[str]], ...]]:
    found: dict[str, tuple[tuple[str, str, frozenset[str]], ...]] = {}
    for rule in rules:
        for word in rule.strings("words"):
            entry = (_tail(rule.id), rule.id, frozenset(rule.strings("dimensions")))
            found[word] = (*found.get(word, ()), entry)
    return found


def squeezed(text: str) -> str:
    """A phrase as a key for look-up: lower case, single spaces."""
    return " ".join(text.lower().split())
