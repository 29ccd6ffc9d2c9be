"""Numbers that are no figures: dates, labels, scores, the pronoun "one"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from crosscheck.grammar.numbers import Written
from crosscheck.rulebook import Rulebook

_PLURAL = re.compile(
    r"\s+(?:[a-z][\w’'-]*\s+){0,2}?(?:people|men|women|children|dead|persons|staff|[a-z][\w-]{2,}s)\b"
)
_WORD_BEFORE = re.compile(r"([\w’'.&№#-]+)[\s\u00a0]*$")
_TITLE = re.compile(r"\b[A-Za-z][a-z]+\b")


@dataclass(frozen=True, slots=True)
class Veto:
    start: int
    end: int
    rule: str


class Vetoes:
    """Knows what is no figure; compiled once for a rulebook."""

    def __init__(self, rules: Rulebook) -> None:
        section = rules.section("not-figures")
        self._patterns = [
            (re.compile(pattern), rule.id)
            for rule in section
            for pattern in rule.strings("patterns")
        ]
        self._labels = frozenset(rules.rule("not.label").strings("words"))
        self._openers = frozenset(rules.rule("not.name").strings("words"))
        self._after_one = frozenset(rules.rule("not.one").strings("words"))
        self._before_one = frozenset(rules.rule("not.one").strings("after"))
        self._year_after = frozenset(rules.rule("not.bare-year").strings("after"))

    @classmethod
    def of(cls, rules: Rulebook) -> Vetoes:
        return _vetoes(rules)

    def spans(self, text: str) -> tuple[Veto, ...]:
        """What the patterns cover, sorted; may overlap."""
        found = [
            Veto(*match.span(), rule)
            for pattern, rule in self._patterns
            for match in pattern.finditer(text)
        ]
        return tuple(sorted(found, key=lambda veto: (veto.start, veto.end, veto.rule)))

    def covering(self, spans: tuple[Veto, ...], start: int, end: int) -> str:
        """The rule whose pattern touches the number, or an empty string."""
        last = bisect_right(spans, end, key=lambda veto: veto.start)
        return next((v.rule for v in spans[:last] if v.start < end and v.end > start), "")

    def bare(self, text: str, number: Written, titled: bool) -> str:
        """The rule by which a number with neither unit nor hedge is no figure, or an empty string."""
        word = _word_before(text, number.start)
        checks = (
            ("not.one", self._is_pronoun(text, number, word)),
            ("not.label", self._is_label(text, number, word)),
            ("not.bare-year", self._is_year(text, number, word)),
            ("not.name", not titled and self._is_name(text, number, word)),
            ("not.phone", self._in_brackets(text, number)),
        )
        return next((rule for rule, holds in checks if holds), "")

    def is_label(self, text: str, number: Written) -> bool:
        """Whether a label stands in front, whatever follows ("flight 12 minutes late" aside)."""
        return self._is_label(text, number, _word_before(text, number.start))

    def _is_pronoun(self, text: str, number: Written, word: str) -> bool:
        if text[number.start : number.end].lower() not in {"one", "zero"}:
            return False
        following = re.match(r"[\s\u00a0]+([\w’']+)", text[number.end :])
        if following is None or word.lower() in self._before_one:
            return True
        return following.group(1).lower() in self._after_one

    def _is_label(self, text: str, number: Written, word: str) -> bool:
        if not (word.lower() in self._labels or word.lower().rstrip(".") in self._labels):
            return False
        if (
            number.scaled
            or number.low.value.denominator != 1
            or "," in text[number.start : number.end]
        ):
            return False
        return not (word.islower() and _PLURAL.match(text, number.end))

    def _is_year(self, text: str, number: Written, word: str) -> bool:
        raw = text[number.start : number.end]
        if not number.bare or len(raw) != 4 or not raw.isdigit():
            return False
        if _PLURAL.match(text, number.end) and word.lower() not in {"in", "since", "until", "the"}:
            return False
        if 1900 <= number.low.value < 2100:
            return True
        return 1000 <= number.low.value < 2100 and word.lower() in self._year_after and not re.match(
            r"[\s\u00a0]+[a-z]", text[number.end :]
        )  # fmt: skip

    def _is_name(self, text: str, number: Written, word: str) -> bool:
        if not word[:1].isupper():
            return False
        raw = text[number.start : number.end]
        if number.scaled or "," in raw or word.lower() in self._openers:
            return raw[:1].isupper() and not number.scaled and not _opens(text, number.start)
        if _PLURAL.match(text, number.end):
            return False
        head = text[: number.start].rstrip()[: -len(word)].rstrip()
        if not head or head[-1] in '.:;!?"“–—(':
            return not re.match(r"[\s\u00a0]+[a-z]", text[number.end :])
        return True

    def _in_brackets(self, text: str, number: Written) -> bool:
        return (
            text[number.start - 1 : number.start] == "("
            and text[number.end : number.end + 1] == ")"
        )


@cache
def _vetoes(rules: Rulebook) -> Vetoes:
    return Vetoes(rules)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a clause behind a colon starts here."""
    before = text[:start].rstrip(" \u00a0“\"'‘(")
    return not before or before[-1] in ".:;!?–—|*•"


def _word_before(text: str, start: int) -> str:
    match = _WORD_BEFORE.search(text[max(0, start - 32) : start])
    return match.group(1) if match else ""


def is_titled(text: str) -> bool:
    """Whether a text is set in title case or capitals, as headlines are."""
    words = _TITLE.findall(text)
    long = [word for word in words if len(word) > 3]
    if not long:
        return text.isupper()
    return sum(word[0].isupper() for word in long) / len(long) > 0.7
