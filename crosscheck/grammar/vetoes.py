"""Numbers that are no figures: dates, labels, scores, the pronoun "one"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from crosscheck.grammar.numbers import Written, alternatives
from crosscheck.rulebook import Rulebook

_FUNCTION = (
    r"(?:on|in|at|of|to|by|for|from|with|as|is|was|has|its|his|this|and|or|but|after|before|when|"
    r"which|who|that|says|does|than|is|are|were|had|have|will|would|goes|shows|the|a|an)\b"
)
_PLURAL = re.compile(
    r"\s+(?:(?!" + _FUNCTION + r")[a-z][\w’'-]*\s+){0,2}?(?!" + _FUNCTION + r")"
    r"(?:people|men|women|children|dead|persons|staff|[a-z][\w-]{2,}s)\b"
)
_SECOND = re.compile(  # chapters 3 and 4, "iPhone 8 Plus and 9"
    r"([\w.]+)\s+\d+(?:\s[A-Z][a-z]+)?(?:,\s\d+)*,?\s(?:and|or|to)\s$"
)
_MIXED = re.compile(r"[a-z][A-Z]")
_LOWER = re.compile(r"[\s\u00a0]+[a-z]")
_ONE_OF = re.compile(
    r"\s+of\s+(?!them\b|us\b|you\b|which\b|whom\b|it\b|those\s+who\b)[\w“\"‘]", re.IGNORECASE
)
_WORD_BEFORE = re.compile(r"([\w’'.&№#-]+)[\s\u00a0]*$")
_TITLE_WORDS = 3  # fewer long words say nothing about how a text is set
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
            (rule.id, re.compile(rule.string("needs")), list(map(re.compile, patterns)))
            for rule in section
            if (patterns := rule.strings("patterns"))
        ]
        self._labels = frozenset(rules.rule("not.label").strings("words"))
        self._openers = frozenset(rules.rule("not.name").strings("words"))
        self._after_one = frozenset(rules.rule("not.one").strings("words"))
        self._before_one = frozenset(rules.rule("not.one").strings("after"))
        yearly = alternatives(rules.rule("not.bare-year").strings("yearly"))
        self._of_year = re.compile(rf"\s(?:[a-z]+\s)?(?:{yearly})\b")
        self._year_after = frozenset(rules.rule("not.bare-year").strings("after"))

    @classmethod
    def from_rules(cls, rules: Rulebook) -> Vetoes:
        return _vetoes(rules)

    def of(self, text: str, numbers: Sequence[Written]) -> list[str]:
        """For each number, the rule whose pattern touches it, or an empty string."""
        spans = self._spans(text)
        starts = [span.start for span in spans]
        return [_touching(spans, starts, number) for number in numbers]

    def _spans(self, text: str) -> list[Veto]:
        """What the patterns cover, sorted; of two that overlap, the first takes in the second."""
        found = sorted(
            (*match.span(), rule)
            for rule, needs, patterns in self._patterns
            if needs.search(text)
            for pattern in patterns
            for match in pattern.finditer(text)
        )
        spans: list[Veto] = []
        for start, end, rule in found:
            if spans and start < spans[-1].end:
                spans[-1] = replace(spans[-1], end=max(end, spans[-1].end))
            else:
                spans.append(Veto(start, end, rule))
        return spans

    def bare(self, text: str, number: Written, titled: bool) -> str:
        """The rule by which a number with neither unit nor hedge is no figure, or nothing."""
        word = _word_before(text, number.start)
        checks = (
            ("not.one", self._is_pronoun(text, number, word)),
            ("not.label", self._is_label(text, number, word)),
            ("not.bare-year", self._is_year(text, number, word)),
            ("not.name", not titled and self._is_name(text, number, word)),
            ("not.phone", self._in_brackets(text, number)),
        )
        return next((rule for rule, holds in checks if holds), "")

    def is_one_of(self, text: str, number: Written) -> bool:
        """ "One of the ferries": at least one of them."""
        one = text[number.start : number.end].lower() == "one"
        return one and _ONE_OF.match(text, number.end) is not None

    def counts_things(self, text: str, number: Written) -> bool:
        """Whether a noun in the plural stands behind the number."""
        return _PLURAL.match(text, number.end) is not None

    def is_label(self, text: str, number: Written) -> bool:
        """Whether a label stands in front, whatever follows ("flight 12 minutes late" aside)."""
        return self._is_label(text, number, _word_before(text, number.start))

    def _is_pronoun(self, text: str, number: Written, word: str) -> bool:
        if text[number.start : number.end].lower() not in {"one", "zero"}:
            return False
        if self.is_one_of(text, number):
            return False
        following = re.match(r"[\s\u00a0]+([\w’']+)", text[number.end : number.end + 24])
        if following is None or word.lower() in self._before_one:
            return True
        return following.group(1).lower() in self._after_one or following.group(1)[0].isdigit()

    def _is_label(self, text: str, number: Written, word: str) -> bool:
        second = _SECOND.search(text[max(0, number.start - 40) : number.start])
        lower = (second.group(1) if second else word).lower()
        if self._labels.isdisjoint((lower, lower.rstrip("."), lower.removesuffix("s"))):
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
        year = 1900 <= number.low.value < 2100
        if year and re.search(r"[’']s?$|^(?:its|their|his|her|our|the|this)$", word.lower()):
            return True
        if year and self._of_year.match(text, number.end):
            return True
        if _PLURAL.match(text, number.end):
            return False
        early = 1000 <= number.low.value < 2100 and word.lower() in self._year_after
        return year or (early and _LOWER.match(text, number.end) is None)

    def _is_name(self, text: str, number: Written, word: str) -> bool:
        raw = text[number.start : number.end]
        if raw[:1].isupper() and not number.scaled:  # BBC One, the Group of Seven
            return not _opens(text, number.start)
        if not word[:1].isupper():
            return False
        if number.scaled or "," in raw or word.lower() in self._openers:
            return False
        if _PLURAL.match(text, number.end):
            return False
        if _MIXED.search(word) or not _opens(text, number.start - len(word) - 1):
            return True
        return not _LOWER.match(text, number.end)

    def _in_brackets(self, text: str, number: Written) -> bool:
        return (
            text[number.start - 1 : number.start] == "("
            and text[number.end : number.end + 1] == ")"
        )


def _touching(spans: Sequence[Veto], starts: Sequence[int], number: Written) -> str:
    last = bisect_left(starts, number.end) - 1
    return spans[last].rule if last >= 0 and spans[last].end > number.start else ""


@cache
def _vetoes(rules: Rulebook) -> Vetoes:
    return Vetoes(rules)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a clause behind a colon starts here."""
    window = text[max(0, start - 16) : max(0, start)]
    before = window.rstrip(" \u00a0“\"'‘(")
    return not before or before[-1] in ".:;!?–—|*•" or window.endswith("  ")


def _word_before(text: str, start: int) -> str:
    match = _WORD_BEFORE.search(text[max(0, start - 32) : start])
    return match.group(1) if match else ""


def is_titled(text: str) -> bool:
    """Whether a text is set in title case or capitals, as headlines are."""
    words = _TITLE.findall(text)
    long = [word for word in words if len(word) > 3]
    if len(long) < _TITLE_WORDS:
        return text.isupper()
    capitals: int = sum(word[0].isupper() for word in long)
    return capitals > 0.7 * len(long)
