"""Whether a quotation in an English text can be the words as they were spoken."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from crosscheck.grammar.bearers import bearers
from crosscheck.grammar.names import NameMention, Reading
from crosscheck.grammar.spans import names_between
from crosscheck.grammar.titles import Lexicon, lexicon
from crosscheck.grammar.words import Word, words_of
from crosscheck.kinds.base import Context
from crosscheck.kinds.name import readings_of
from crosscheck.language import Document
from crosscheck.rulebook import Rulebook

_BEFORE = 5
"""Words before a name that describe its bearer: "the American singer"."""

_MOST = 0.5
"""The share of all countries that an article names, from which on it is set in one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How sure it is that the words were spoken in English: 2 or 1 if it is said or presumed, -2
    or -1 that they were not, 0 if nothing is known; with the rule and a word for people."""

    english: int
    how: str
    rule: str


@dataclass(frozen=True, eq=False)
class _Languages:
    english: frozenset[str]
    mixed: frozenset[str]
    rules: dict[str, str]
    said: tuple[tuple[int, re.Pattern[str], str], ...]


@cache
def _languages(rules: Rulebook) -> _Languages:
    section = {rule.string("role"): rule for rule in rules.section("quote-languages")}
    said = tuple(
        (sure, re.compile(pattern), section[role].id)
        for role, sure in (("said-english", 2), ("said-other", -2))
        for pattern in section[role].strings("patterns")
    )
    return _Languages(
        frozenset(section["english"].strings("countries")),
        frozenset(section["mixed"].strings("countries")),
        {role: rule.id for role, rule in section.items()},
        said,
    )


def origin(document: Document, person: str, beside: str, context: Context) -> Origin:
    """Judged by what stands beside the quotation, else by the speaker's country, else by the
    country in which the article is set."""
    known = _languages(context.rules)
    for sure, pattern, rule in known.said:
        if pattern.search(beside):
            return Origin(sure, "said beside it", rule)
    country = _home(person, context) if person else ""
    how = "the speaker's country" if country else "the country of the article"
    country = country or _setting(document, context)
    if not country:
        return Origin(0, "", "")
    if country in known.english:
        return Origin(1, how, known.rules["english"])
    if country in known.mixed:
        return Origin(0, how, known.rules["mixed"])
    return Origin(-1, how, "")


def _home(person: str, context: Context) -> str:
    """The country of which all accounts most often call a person; empty if none does."""
    if "homes" not in context.memo:
        context.memo["homes"] = _homes(context)
    homes: dict[str, Counter[str]] = context.memo["homes"]
    return _foremost(homes.get(person, Counter()), 0.0)


def _homes(context: Context) -> dict[str, Counter[str]]:
    lex = lexicon(context.rules)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for document in context.documents:
        names = context.names.get(document.article.id, ())
        for reading in readings_of(document, context):
            scopes = {b.name.start: b.title.scope for b in bearers(reading, context.rules)}
            for name in reading.names:
                here = names_between(names, name.start, name.start + 1)
                if here and name.kind in {"person", "unknown"}:
                    told = _told(name, scopes.get(name.start, ""), reading, lex)
                    found[here[0][2]].update(told)
    return found


def _told(name: NameMention, scope: str, reading: Reading, lex: Lexicon) -> Iterator[str]:
    """The countries of a person's office, else the demonym before the name."""
    of_office = list(_countries(words_of(scope.title()), lex)) if scope else []
    if of_office:
        yield from of_office
        return
    first = name.first
    while first > max(0, name.first - _BEFORE) and reading.words[first].joined:
        first -= 1
    yield from list(_countries(reading.words[first : name.first], lex))[-1:]


def _setting(document: Document, context: Context) -> str:
    """The country that an article names more often than all others together."""
    kept: dict[str, str] = context.memo.setdefault("settings", {})
    article = document.article.id
    if article not in kept:
        lex = lexicon(context.rules)
        named = (c for r in readings_of(document, context) for c in _countries(r.words, lex))
        kept[article] = _foremost(Counter(named), _MOST)
    return kept[article]


def _foremost(counted: Counter[str], share: float) -> str:
    if not counted:
        return ""
    country, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
    return country if count > share * counted.total() else ""


def _countries(words: Iterable[Word], lex: Lexicon) -> Iterator[str]:
    listed = tuple(words)
    at = 0
    while at < len(listed):
        country, end = lex.country(listed, at) if listed[at].capital else ("", at)
        if country:
            yield country
        at = max(end, at + 1)
