"""The words of a quotation as they are compared with those of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crosscheck.grammar.quantities import read
from crosscheck.grammar.spans import Names, names_between
from crosscheck.language import lemma
from crosscheck.rulebook import Rulebook
from crosscheck.values.quantity import label
from crosscheck.values.quotations import Word

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")
_LISTED = ("fillers", "negation", "function")


@dataclass(frozen=True, eq=False)
class _Words:
    listed: Mapping[str, frozenset[str]]
    contractions: Mapping[str, str]
    spellings: tuple[tuple[re.Pattern[str], str], ...]

    def levelled(self, word: str) -> str:
        for pattern, other in self.spellings:
            word = pattern.sub(other, word)
        return word


@cache
def _words(rules: Rulebook) -> _Words:
    section = {rule.string("role"): rule for rule in rules.section("quote-words")}
    rows = {
        role: [row.partition("=") for row in section[role].strings("rows")]
        for role in ("contractions", "spellings")
    }
    return _Words(
        {role: frozenset(section[role].strings("words")) for role in _LISTED},
        {form: full for form, _, full in rows["contractions"]},
        tuple((re.compile(form), other) for form, _, other in rows["spellings"]),
    )


def wording(
    text: str, offset: int, names: Names, rules: Rulebook
) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words of a passage that begins at ``offset`` of its article, and the rules by which they
    were levelled."""
    known = _words(rules)
    used: set[str] = set()
    wholes: list[tuple[int, int, Word]] = [
        (start - offset, end - offset, Word(f"name:{bearer}", "name"))
        for start, end, bearer in names_between(names, offset, offset + len(text))
    ]
    wholes += [
        (figure.start, figure.end, Word(label(figure.quantity), "figure", figure.quantity))
        for figure in read(text, rules)
        if not any(start < figure.end and figure.start < end for start, end, _ in wholes)
    ]
    found: list[tuple[int, Word]] = [(start, word) for start, _, word in wholes]
    for match in _TOKEN.finditer(text):
        if not any(start <= match.start() < end for start, end, _ in wholes):
            found += [(match.start(), word) for word in _read(match.group(), known, used)]
    words = tuple(word for _, word in sorted(found, key=lambda item: item[0]))
    return words, tuple(f"quote-words.{role}" for role in sorted(used))


def _read(token: str, known: _Words, used: set[str]) -> Iterator[Word]:
    plain = token.lower().replace("’", "'")
    full = _undone(plain, known.contractions)
    used |= {"contractions"} if full != plain else set()
    for word in full.split():
        role = next((r for r, words in known.listed.items() if word in words), "")
        used |= {role} - {""}
        if role in {"function", "negation"}:
            yield Word(word, "function" if role == "function" else "negation")
        elif word[0].isdigit():
            yield Word(word, "figure")
        elif not role:
            key = lemma(word, "VB")
            used |= {"spellings"} if known.levelled(key) != key else set()
            yield Word(known.levelled(key), "content")


def _undone(word: str, contractions: Mapping[str, str]) -> str:
    if word in contractions:
        return contractions[word]
    for ending, full in contractions.items():
        if not ending[0].isalpha() and word.endswith(ending):
            return word[: -len(ending)] + full
        if ending == "n't" and word.endswith(ending):
            return word[: -len(ending)] + full
    return word
