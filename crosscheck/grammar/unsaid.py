"""Units that a number leaves unsaid: ages, factors, magnitudes, levels after a rise or fall, the
currency or percentage of the figure before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from crosscheck.grammar.numbers import alternatives
from crosscheck.grammar.pieces import Piece, Pieces
from crosscheck.rulebook import Rulebook
from crosscheck.values.quantity import Quantity
from crosscheck.values.units import COUNT, Unit, is_money

_OLDEST = 125  # years
_INDEX = 100  # points; a lower level may be one of percent
_LIVED = 60  # characters between "life expectancy" and the word in front of its figure
_CALENDAR = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,\s$"
)
_NAMED_OF = re.compile(r"[A-ZÀ-Ž][\w’'-]+\s[A-ZÀ-Ž][\w’'-]+,\sof\s$")
_CLOSED = re.compile(r"\s*[,;.)]|\s*$|\s(?:and|who|whose|from)\b")
_MILLION = 10**6
_LEVELLESS = frozenset({"count", "percent", "ratio", "duration", "age"})


class Unsaid:
    """Knows the words around numbers from which a unit follows; compiled once for a rulebook."""

    def __init__(self, rules: Rulebook) -> None:
        self._vetoes = Pieces.of(rules).vetoes
        units = Pieces.of(rules).measures.words
        self._times, self._magnitude_point = units["times"][0], units["magnitude"][0]
        self._year_of_age, self._percent = units["years old"][0], units["percent"][0]

        def words(rule: str, key: str = "before") -> str:
            return alternatives(rules.rule(rule).strings(key))

        self._aged = _ending(rf"(?<![\w-])(?:{words('number.age')})\s+")
        self._factor = _ending(rf"\b(?:{words('number.factor')})\s")
        self._magnitude = _ending(rf"(?<![\w-])(?:{words('number.magnitude')})[\s-]")
        self._once = _ending(rf"\b(?:{words('number.age-said', 'not_after')})\s")
        self._said = _ending(
            rf"(?<![\w’'])(?:{words('number.age-said')})\s(?:(?:[a-z]+ly|just|about)\s)?"
        )
        self._ages = re.compile(
            rf"(?<!\w)(?:{words('number.ages-said')})\s\d\d?(?:,\s\d\d?)*,?\sand\s\d\d?"
            rf"(?=\s*$|[,.;]|\s(?:{words('number.ages-said', 'after')})\b)",
            re.IGNORECASE,
        )
        self._said_on = _opening([rf"\s(?:{words('number.age-said', 'after')})\b"])
        self._lived = _ending(
            rf"\b(?:{words('number.lifespan')})\b(?:\s[^.;:\d]{{0,{_LIVED}}})??"
            rf"\s(?:{words('number.lifespan', 'after')})\s(?:[a-z]+\s){{0,2}}"
        )
        self._level = re.compile(rf",?\s(?:{words('number.level')})\s", re.IGNORECASE)
        self._level_on = _opening([rf"\s(?:{words('number.level', 'after')})\b"])
        self._sum_on = _opening([rf"\s(?:{words('number.same-currency', 'after')})\b"])
        self._share = re.compile(
            rf"(?:,|;|\s[–—])?(?:\s(?:{words('number.same-percentage')}|[A-Z][\w'’-]*)){{0,4}}\s"
        )

    @classmethod
    def of(cls, rules: Rulebook) -> Unsaid:
        return _unsaid(rules)

    def measured(self, text: str, piece: Piece, before: Sequence[tuple[int, Quantity]]) -> Piece:
        """The piece with its unit where that follows from the words around it.

        ``before`` are the earlier figures of the text, each with its end.
        """
        if piece.unit is not None and piece.unit.dimension != "duration":
            return piece
        head = text[max(0, piece.start - 100) : piece.start]
        if piece.unit is None:
            bare = self._bare(text, head, piece, before)
            if bare is not piece:
                return bare
        if (self._years_of(text, head, piece) or self._aged.search(head)) and _of_age(piece):
            return _as(piece, self._year_of_age, "number.age")
        return piece

    def _bare(
        self, text: str, head: str, piece: Piece, before: Sequence[tuple[int, Quantity]]
    ) -> Piece:
        if self._magnitude.search(head):
            return _as(piece, self._magnitude_point, "number.magnitude")
        if self._factor.search(head):
            return _as(piece, self._times, "number.factor")
        if _of_age(piece):
            rule = self._age_rule(text, head, piece)
            if rule:
                return _as(piece, self._year_of_age, rule)
        level = self._level_unit(text, piece, before)
        if level:
            return _as(piece, level, "number.level")
        currency = self._currency_before(text, piece, before)
        if currency:
            return _as(piece, currency, "number.same-currency")
        if self._is_share(text, piece, before):
            return _as(piece, self._percent, "number.same-percentage")
        return piece

    def _age_rule(self, text: str, head: str, piece: Piece) -> str:
        """The rule by which a bare number is an age, or an empty string."""
        if self._behind_name(text, head, piece):
            return "number.age"
        said = piece.low.low.value > 1 and self._said.search(head)
        other_time = said and self._once.search(head[: said.start()])
        if said and not other_time and self._said_on.match(text, piece.end):
            return "number.age-said"
        if any(m.start() < piece.start < m.end() for m in self._ages.finditer(text)):
            return "number.ages-said"
        if self._lived.search(head) and not self._vetoes.counts_things(text, piece.high):
            return "number.lifespan"
        return ""

    def _years_of(self, text: str, head: str, piece: Piece) -> bool:
        """ "Hugo Brandt, of 35 years, wept": as translations put it."""
        named = text.endswith("years", 0, piece.end) and _NAMED_OF.search(head)
        return bool(named and _CLOSED.match(text, piece.end))

    def _behind_name(self, text: str, head: str, piece: Piece) -> bool:
        tail = text[piece.end : piece.end + 6]
        if piece.low.low.value.denominator != 1 or piece.is_range or text[piece.start].isupper():
            return False
        if re.search(r"[A-ZÀ-Ž][\w’'.-]+\s+[A-ZÀ-Ž][\w’'.-]+\s\($", head) and tail[:1] == ")":
            return piece.low.low.value > 9
        named = re.search(r"(?:[A-ZÀ-Ž][\w’'-]+|Jr\.|Sr\.)(?:[’']s [a-z]+)?,\s$", head)
        closed = re.match(r"[,;.)]|\s*$|\s(?:and|who|whose|from|told|said)\b", tail)
        in_place = re.search(r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Ff]rom|[Nn]ear|[Oo]f)\s[A-Z]\w+,\s$", head)
        return bool(named and closed and not in_place and not _CALENDAR.search(head))

    def _currency_before(
        self, text: str, piece: Piece, before: Sequence[tuple[int, Quantity]]
    ) -> Unit | None:
        """ "Of the $9 million, 6 million are spent": millions of nothing else are of the last
        currency."""
        large = piece.low.scaled and not piece.low.word and piece.low.low.value >= _MILLION
        if not large or not self._sum_on.match(text, piece.end):
            return None
        for _, quantity in reversed(before):
            if is_money(quantity.unit):
                whole = quantity.unit.measure == ("1",)
                return quantity.unit if whole and " per " not in quantity.unit.dimension else None
            if quantity.unit == COUNT and (quantity.stated.low or 0) >= _MILLION:
                return None
        return None

    def _is_share(self, text: str, piece: Piece, before: Sequence[tuple[int, Quantity]]) -> bool:
        """ "The reds won 51.3 percent, the blues 40.4": a number with a fraction counts nothing."""
        value = piece.low.low.value
        if not before or value.denominator == 1 or not 0 < value < 100 or piece.low.word:
            return False
        end, share = before[-1]
        if share.change:
            return False  # "rose 4 percent to 3.65": a price
        parallel = share.unit == self._percent and self._share.fullmatch(text, end, piece.start)
        return bool(parallel) and self._level_on.match(text, piece.end) is not None

    def _level_unit(
        self, text: str, piece: Piece, before: Sequence[tuple[int, Quantity]]
    ) -> Unit | None:
        """ "Rose 64 points to 4,577": the unit of the amount is that of the level reached."""
        if not before or not before[-1][1].change or piece.low.word:
            return None
        end, amount = before[-1]
        if not self._level.fullmatch(text, end, piece.start):
            return None
        if not self._level_on.match(text, piece.end):
            return None
        unit = amount.unit
        if unit.dimension == "percentage point":
            return self._percent
        if unit.dimension == "percent":  # an index, where another one is given in points
            points = (q.unit for _, q in reversed(before) if q.unit.dimension == "point")
            unit = next(points, unit)
        if unit.dimension == "point" and piece.low.low.value <= _INDEX:
            return None
        whole = unit.measure == ("1",) or not unit.dimension.startswith("money")
        return unit if whole and unit.dimension.split(" per ")[0] not in _LEVELLESS else None


@cache
def _unsaid(rules: Rulebook) -> Unsaid:
    return Unsaid(rules)


def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{pattern}$", re.IGNORECASE)


def _opening(patterns: Iterable[str]) -> re.Pattern[str]:
    """What may follow where nothing is counted: the end, a mark, or one of the patterns."""
    return re.compile("|".join([r"\s*$", r"\s?[,.;:)!?–—”\"](?!\d)", *patterns]), re.IGNORECASE)


def _of_age(piece: Piece) -> bool:
    return 0 < piece.low.low.value < _OLDEST and not piece.low.scaled


def _as(piece: Piece, unit: Unit, rule: str) -> Piece:
    return replace(piece, unit=unit, rules=(rule, *piece.rules))
