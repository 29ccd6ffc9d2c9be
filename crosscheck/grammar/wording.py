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


@dataclass(frozen=True, eq=False)
class _Words:
    function: frozenset[str]
    negation: frozenset[str]
    fillers: frozenset[str]
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
    function, negation, fillers = (
        frozenset(section[role].strings("words")) for role in ("function", "negation", "fillers")
    )
    return _Words(
        function,
        negation,
        fillers,
        {form: full for form, _, full in rows["contractions"]},
        tuple((re.compile(form), other) for form, _, other in rows["spellings"]),
    )


def wording(text: str, offset: int, names: Names, rules: Rulebook) -> tuple[Word, ...]:
    """The words of a passage that begins at ``offset`` of its article."""
    known = _words(rules)
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
            found += [(match.start(), word) for word in _read(match.group(), known)]
    return tuple(word for _, word in sorted(found, key=lambda item: item[0]))


def _read(token: str, known: _Words) -> Iterator[Word]:
    for word in _undone(token.lower().replace("’", "'"), known.contractions).split():
        if word in known.fillers:
            continue
        if word in known.negation:
            yield Word(word, "negation")
        elif word in known.function:
            yield Word(word, "function")
        elif word[0].isdigit():
            yield Word(word, "figure")
        else:
            yield Word(known.levelled(lemma(word, "VB")), "content")


def _undone(word: str, contractions: Mapping[str, str]) -> str:
    if word in contractions:
        return contractions[word]
    for ending, full in contractions.items():
        if not ending[0].isalpha() and word.endswith(ending):
            return word[: -len(ending)] + full
        if ending == "n't" and word.endswith(ending):
            return word[: -len(ending)] + full
    return word
