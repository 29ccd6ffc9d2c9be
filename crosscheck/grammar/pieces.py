"""A number in a text together with the unit beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from crosscheck.grammar.measures import Found, Measures
from crosscheck.grammar.numbers import Numbers, Written, alternatives
from crosscheck.grammar.vetoes import Vetoes
from crosscheck.rulebook import Rulebook
from crosscheck.values.quantity import Numeral
from crosscheck.values.units import COUNT, PART, Unit, is_money

Span = tuple[int, int]

_MARKED = re.compile(r"['’](?=[\s,.;:)]|$)")
_QUOTING = re.compile(r"(?<!\w)['‘’]")
_TOUCHING = re.compile(r"[A-Za-z_]|[-/][A-Za-z\d]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A number or range with its unit, before hedges are looked for."""

    start: int
    end: int
    number: Span
    low: Written
    high: Written
    unit: Unit | None = None
    unit_span: Span | None = None
    rules: tuple[str, ...] = ()
    prefixed: bool = False

    @property
    def is_range(self) -> bool:
        return self.low is not self.high


class Pieces:
    """Finds numbers and their units; compiled once for a rulebook."""

    def __init__(self, rules: Rulebook) -> None:
        self.numbers, self.measures = Numbers.of(rules), Measures.of(rules)
        self.vetoes = Vetoes.from_rules(rules)
        metres = rules.rule("number.m")
        self._metres_before = _any_of(metres.strings("metres_before"))
        self._metres_after = re.compile(
            rf"\s+(?:{alternatives(metres.strings('metres_after'))})\b", re.IGNORECASE
        )

    @classmethod
    def of(cls, rules: Rulebook) -> Pieces:
        return _pieces(rules)

    def find(self, text: str) -> tuple[list[Piece], set[str]]:
        """The numbers that may be figures, and the rules by which others are none."""
        numbers = list(self.numbers.find(text))
        if not numbers:
            return [], set()
        vetoed = self.vetoes.of(text, numbers)
        used = {rule for rule in vetoed if rule}
        pairs = zip(numbers, vetoed, strict=True)
        found = [self._piece(text, number, used) for number, veto in pairs if not veto]
        return [piece for piece in found if piece is not None], used

    def _piece(self, text: str, number: Written, used: set[str]) -> Piece | None:
        number = self._signed(text, number)
        before = self.measures.before(text, number.start)
        if before is None and _touches_letters(text, number):
            used.add("not.attached")
            return None
        number = self._as_metres(text, number, before)
        after = self.measures.after(text, number) or self._feet(text, number)
        if after is None and _TOUCHING.match(text, number.end):
            tail = text[number.end : number.end + 8]
            if not _is_joined(tail):
                used.add("not.attached")
                return None
        return self._assembled(text, number, before, after)

    def _assembled(
        self, text: str, number: Written, before: Found | None, after: Found | None
    ) -> Piece:
        unit, found = self._unit(text, number, before, after)
        start = min(number.start, before.start if before else number.start)
        end = max(number.end, found.end if found else number.end)
        span = (found.start, found.end) if found and found.unit != COUNT else None
        if before and span is None:
            span = (before.start, before.end)
        rules = (*number.rules, *(before.rules if before else ()), *(found.rules if found else ()))
        return Piece(
            start, end, (number.start, number.end), number, number, unit, span,
            tuple(dict.fromkeys(rules)), before is not None,
        )  # fmt: skip

    def _unit(
        self, text: str, number: Written, before: Found | None, after: Found | None
    ) -> tuple[Unit | None, Found | None]:
        if before is not None:
            behind = Found(before.unit, before.start, number.end, before.rules)
            if after is not None and _same_money(before.unit, after.unit):
                return after.unit, after
            rated = self.measures.rated(text, behind)
            return rated.unit, rated if rated is not behind else None
        if after is not None:
            return after.unit, after
        if number.rules == ("number.multiple",):
            return self.measures.words["times"][0], None
        if number.fraction:
            return PART, None
        rate = self.measures.rate_of_things(text, number.end)
        return (rate.unit, rate) if rate else (None, None)

    def _signed(self, text: str, number: Written) -> Written:
        """The number with a minus sign or the word in front, where it cannot be a dash."""
        if number.word:
            return number
        match = re.search(
            r"(?:(?:^|[\s(])[-−–]|(?:^|\s)(?i:minus)[\s-]|[$€£][-−])$",
            text[max(0, number.start - 7) : number.start],
        )
        if match is None or (match.group().strip() == "–" and number.start > 2):
            return number
        sign = len(match.group().lstrip(" (\u00a0\n$€£"))
        low = number.low
        negative = Numeral(-low.value, low.place, low.round_place, low.form)
        start = number.start - sign
        return replace(number, start=start, low=negative, high=negative)

    def _feet(self, text: str, number: Written) -> Found | None:
        """ "At an altitude of 300'": the mark of minutes and quotations means feet beside words
        that measure, where no quotation was opened before it."""
        if text[number.end : number.end + 1] not in {"'", "’"} or not number.bare:
            return None
        if not _MARKED.match(text, number.end) or _QUOTING.search(text, 0, number.start):
            return None
        near = text[max(0, number.start - 40) : number.start]
        if not (self._metres_before.search(near) or self._metres_after.match(text, number.end + 1)):
            return None
        foot = self.measures.words["feet"][0]
        return Found(foot, number.end, number.end + 1, ("number.feet-mark",))

    def _as_metres(self, text: str, number: Written, before: Found | None) -> Written:
        """ "44m" is read as millions; beside words that measure it is metres."""
        if not number.letter_m or before is not None:
            return number
        near = text[max(0, number.start - 40) : number.start]
        measured = self._metres_before.search(near) or self._metres_after.match(text, number.end)
        bracketed = near.endswith("(") and text[number.end : number.end + 1] == ")"
        if not (measured or bracketed):
            return number
        million = 10**6
        low = number.low
        numeral = Numeral(low.value / million, low.place / million, low.round_place / million)
        return replace(
            number, end=number.end - 1, low=numeral, high=numeral, scaled=False,
            letter_m=False, rules=("number.m",),
        )  # fmt: skip


@cache
def _pieces(rules: Rulebook) -> Pieces:
    return Pieces(rules)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(words)})\b", re.IGNORECASE)


def _touches_letters(text: str, number: Written) -> bool:
    """Whether letters stand directly in front ("A320", "COVID-19", "V-6")."""
    before = text[max(0, number.start - 16) : number.start]
    if re.search(r"[A-Za-z_#@]$", before):
        return True
    if not re.search(r"[\w)][-–/]$", before) or text[number.start] in "-−":
        return False
    return not re.search(
        r"(?i)(?:\b(?:sub|minus|magnitude|million|billion|thousand|trillion|bn|now|then|under|over|to|mid|plus|up|non|a)-|\d[\w%]*[-–]|[$€£]-)$",
        before,
    )


def _is_joined(tail: str) -> bool:
    """Whether what touches a number is the other end of a range or a hedge ("30-odd")."""
    return bool(re.match(r"-(?:\d|to-|[$€£]|odd\b|plus\b)|/\d", tail)) or tail[:2] == "m "


def _same_money(a: Unit, b: Unit) -> bool:
    """Whether "$" in front and "dollars" or "Canadian dollars" behind are one unit."""
    return is_money(a) and is_money(b) and a.name[-1:] == b.name[2:3] and b.name.isupper()
