"""Hedges in front of a figure and behind it, and the words that make it a rise or a fall."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from crosscheck.grammar.numbers import alternatives
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.quantity import Bound, Change
from crosscheck.values.units import Unit

_WINDOW = 48  # characters in front of a figure in which its hedge stands
_SHARE = re.compile(r"\s+of\s")
_SMALL_COIN = ("percent", "percentage point", "point", "money:cent")
_WORDS = re.compile(r"[\w’'.]+|[~≈∼<>≤≥⩾⩽]=?|[^\w\s]")
_ARTICLES = frozenset({"a", "an", "another"})
_STRENGTH: tuple[Bound, ...] = (
    "above", "at-least", "at-most", "below", "just-over", "just-under", "nearly", "about",
    "exactly",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge as written, the bound it makes, its offsets and its rule."""

    bound: Bound
    start: int
    end: int
    rule: str


class Hedges:
    """Knows the hedges of a rulebook; compiled once."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules: dict[str, Rule] = {}
        self._closing: dict[str, Rule] = {}
        for rule in rules.section("hedges"):
            self._rules.update((word, rule) for word in rule.strings("before"))
            self._closing.update((word, rule) for word in rule.strings("after"))
        self._longest = max(len(word.split()) for word in self._rules)
        after = alternatives(self._closing)
        self._after = re.compile(
            rf"(?:,?\s+|-|(?=\+))(?:(?!or\b|at\b)[a-z]+\s+(?=or\s|at\s(?:least|most)))?"
            rf"(?P<hedge>{after})(?![\w-])(?!\s+\d|\s+(?:one|two|three|to)\b)",
            re.IGNORECASE,
        )

    @classmethod
    def of(cls, rules: Rulebook) -> Hedges:
        return _hedges(rules)

    def before(self, text: str, start: int, unit: Unit) -> Hedge | None:
        """The hedge in front of a figure; of several that follow each other, the strongest."""
        found: list[Hedge] = []
        at = start
        while len(found) < 3 and (hedge := self._one_before(text, at, unit)):
            found.append(hedge)
            at = hedge.start
        if not found:
            return None
        strongest = min(found, key=lambda hedge: _STRENGTH.index(hedge.bound))
        return Hedge(strongest.bound, at, found[0].end, strongest.rule)

    def _one_before(self, text: str, start: int, unit: Unit) -> Hedge | None:
        low = max(0, start - _WINDOW)
        words = [(m.group(), low + m.start()) for m in _WORDS.finditer(text[low:start].rstrip("-"))]
        if len(words) > 1 and words[-1][0].lower() in _ARTICLES:
            words.pop()
        for size in range(min(self._longest, len(words)), 0, -1):
            phrase = " ".join(word for word, _ in words[-size:]).lower()
            if phrase in self._rules:
                end = words[-1][1] + len(words[-1][0])
                found = Hedge("", words[-size][1], end, phrase)
                return self._checked(found, words[:-size], unit)
        return None

    def _checked(self, found: Hedge, before: Sequence[tuple[str, int]], unit: Unit) -> Hedge | None:
        """The hedge with its bound, unless the word in front makes it something else."""
        rule = self._rules[found.rule]
        last = before[-1][0].lower() if before else ""
        if last in rule.strings("not_after"):
            return None
        if unit.dimension == "duration" and self._is_period(found.rule, last, rule):
            return None
        return replace(found, bound=_bound(rule), rule=rule.id)

    def _is_period(self, hedge: str, last: str, rule: Rule) -> bool:
        """ "over five days" is a period, "lasted over five days" is not."""
        return hedge.lower() == "over" and last not in rule.strings("lasting")

    def after(self, text: str, number_end: int, end: int) -> Hedge | None:
        """The hedge behind the number itself ("30+") or behind number and unit."""
        for at in dict.fromkeys((number_end, end)):
            match = self._after.match(text, at)
            if match is not None:
                rule = self._closing[_folded(match.group("hedge"))]
                return Hedge(_bound(rule), match.start("hedge"), match.end("hedge"), rule.id)
        return None


class Changes:
    """Knows the words for rises and falls of a rulebook; compiled once."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules.section("changes")
        self._directions: dict[str, Rule] = {}
        self._picky: set[str] = set()
        self._not_after = {w for rule in self._rules for w in rule.strings("not_after")}
        for rule in self._rules:
            for key in ("verbs", "money_verbs", "by_verbs", "nouns", "after"):
                self._directions.update((word, rule) for word in rule.strings(key))
            self._picky.update(rule.strings("money_verbs"))
        verbs = [
            w for rule in self._rules for k in ("verbs", "money_verbs") for w in rule.strings(k)
        ]
        by_verbs = [w for rule in self._rules for w in rule.strings("by_verbs")]
        nouns = [w for rule in self._rules for w in rule.strings("nouns")]
        self._all = {word.split()[0] for word in [*verbs, *by_verbs, *nouns]}
        self._all |= {f"{noun}s" for noun in nouns}
        closing = [w for rule in self._rules for w in rule.strings("after")]
        self._before = re.compile(
            rf"(?:(?:(?P<last>[\w’']+)\s+)?(?<![\w-])(?P<verb>{alternatives(verbs)})(?:\s+\w+ly)?(?:\s+down|\s+up)?"
            r"(?P<by>\s+by)?(?:\s+(?:an?|another|a further|an additional|as much as))?"
            rf"|(?<![\w-])(?P<over>{alternatives([*verbs, *by_verbs])})(?:\s+[\w’'-]+){{0,4}}\s+by"
            rf"|(?<![\w-])(?P<noun>{alternatives(nouns)})s?\s+of)\s*$",
            re.IGNORECASE,
        )
        self._after = re.compile(rf"\s+(?P<after>{alternatives(closing)})(?![\w-])", re.IGNORECASE)
        moving = [w for rule in self._rules for w in rule.strings("moving")]
        self.moving = re.compile(
            rf"\b(?:{alternatives([*verbs, *by_verbs, *nouns, *moving])})\b", re.IGNORECASE
        )

    @classmethod
    def of(cls, rules: Rulebook) -> Changes:
        return _changes(rules)

    def around(self, text: str, start: int, end: int, unit: Unit) -> tuple[Change, str]:
        """Whether the figure is the amount of a rise or fall, and by which rule."""
        match = self._search(text, start)
        word = match and (match.group("verb") or match.group("over") or match.group("noun"))
        if match is not None and word:
            share = unit.dimension == "percent" and _SHARE.match(text, end)
            return ("", "") if share else self._judged(match, word, unit)
        closing = self._after.match(text, end)
        if closing is not None and unit.dimension in _SMALL_COIN:
            return self._change(closing.group("after"))
        return "", ""

    def _judged(self, match: re.Match[str], word: str, unit: Unit) -> tuple[Change, str]:
        word = _folded(word)
        coin = unit.dimension in _SMALL_COIN or (
            unit.dimension.startswith("money") and unit.measure != ("1",)
        )
        if word in self._picky and not coin and not (match.group("by") or match.group("over")):
            return "", ""
        if (match.group("last") or "").lower() in self._not_after:
            return "", ""
        direction, rule = self._change(word)
        if unit.dimension == "ratio" and direction == "up":
            return "", ""  # "grew sixfold": six is no amount of a rise, and by itself says "more"
        return direction, rule

    def _change(self, word: str) -> tuple[Change, str]:
        rule = self._directions[_folded(word)]
        return cast(Change, rule.string("direction")), rule.id

    def starts_level(self, text: str, start: int) -> bool:
        """Whether a word of change stands directly in front ("rose 5% to 10")."""
        return self._search(text, start) is not None

    def _search(self, text: str, start: int) -> re.Match[str] | None:
        """The words of change that end where the figure starts."""
        window = text[max(0, start - _WINDOW) : start]
        if self._all.isdisjoint(_WORDS.findall(window.lower())):
            return None
        return self._before.search(window)


@cache
def _hedges(rules: Rulebook) -> Hedges:
    return Hedges(rules)


@cache
def _changes(rules: Rulebook) -> Changes:
    return Changes(rules)


def _folded(form: str) -> str:
    return re.sub(r"\s+", " ", form.lower())


def _bound(rule: Rule) -> Bound:
    return cast(Bound, rule.string("bound"))
