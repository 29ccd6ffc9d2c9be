"""The words by which speakers are told, from ``rules/voices``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from crosscheck.language import lemma
from crosscheck.rulebook import Rule, Rulebook


@dataclass(frozen=True, eq=False)
class Speech:
    """``verbs`` maps a role to its lemmas with their rules; ``phrases`` finds what stands before a
    source, ``phrase_of`` says its role and rule; ``labels`` are those at the head of a paragraph,
    ``ends`` those up to which a source answers, ``shapes`` the rules without words, by role."""

    verbs: Mapping[str, Mapping[str, str]]
    phrases: re.Pattern[str]
    phrase_of: Mapping[str, tuple[str, str]]
    labels: re.Pattern[str]
    ends: re.Pattern[str]
    shapes: Mapping[str, str]

    def roles(self, verb: str) -> dict[str, str]:
        """The roles of a lemma, each with its rule."""
        return {role: rules[verb] for role, rules in self.verbs.items() if verb in rules}

    def has_verb(self, words: Iterable[str]) -> bool:
        """Whether one of these lower-case words may be a verb of speech."""
        return any(self._known(lemma(word, "VB")) for word in words)

    def _known(self, verb: str) -> bool:
        return any(verb in rules for rules in self.verbs.values())


@cache
def speech(rules: Rulebook) -> Speech:
    """Compiled once for each rulebook."""
    section = rules.section("voices")
    phrases = {p: (r.string("role"), r.id) for r in section for p in r.strings("phrases")}
    labels, ends = ([w for r in section for w in r.strings(key)] for key in ("labels", "ends"))
    return Speech(
        _verbs(section),
        re.compile(rf"\b(?:{_any_of(phrases)})(?=\s)", re.IGNORECASE),
        phrases,
        re.compile(rf"\W*(?:{_any_of(labels)})\s*:\s*(?=\S)", re.IGNORECASE),
        re.compile(rf"\W*(?:{_any_of(ends)})\s*:", re.IGNORECASE),
        {rule.string("role"): rule.id for rule in section},
    )


def _verbs(section: Iterable[Rule]) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for rule in section:
        for verb in rule.strings("verbs"):
            table.setdefault(rule.string("role"), {})[verb] = rule.id
    return table


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest_first) or "(?!)"
