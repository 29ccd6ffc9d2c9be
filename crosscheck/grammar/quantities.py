"""Figures in a text: number, unit, hedge, range and change put together.

``read`` is the door. It looks for numbers first; everything else is looked for only beside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from crosscheck.grammar.hedges import Changes, Hedge, Hedges
from crosscheck.grammar.pieces import Piece, Pieces, Span
from crosscheck.grammar.ranges import ranges
from crosscheck.grammar.unsaid import Unsaid
from crosscheck.grammar.vetoes import is_titled
from crosscheck.rulebook import Rulebook
from crosscheck.values.interval import Interval
from crosscheck.values.quantity import (
    Bound,
    Change,
    Numeral,
    Quantity,
    Reading,
    Tolerances,
    read_number,
)
from crosscheck.values.units import COUNT, Unit, is_money

_ONE_OF = ("number.one-of",)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text.

    ``start`` and ``end`` hold hedge and unit too, ``number`` the number alone. ``rules`` are the
    ids of all rules that had a hand in it. ``parenthesis_of`` is the index of the figure that this
    one restates or converts ("60 miles (97 km)").
    """

    start: int
    end: int
    number: Span
    quantity: Quantity
    hedge: Span | None = None
    unit: Span | None = None
    rules: tuple[str, ...] = ()
    parenthesis_of: int | None = None

    @property
    def rule(self) -> str:
        """The rule that says most about the figure: its hedge's, else its number's."""
        hedges = (r for r in self.rules if r.startswith("hedge."))
        return next(hedges, self.rules[0] if self.rules else "")


def read(text: str, rules: Rulebook) -> tuple[Figure, ...]:
    """The figures of a sentence or any other text, in its order; offsets count its characters."""
    return _reader(rules).read(text)


@cache
def _reader(rules: Rulebook) -> _Reader:
    return _Reader(rules)


class _Reader:
    def __init__(self, rules: Rulebook) -> None:
        self.pieces = Pieces.of(rules)
        self.hedges, self.changes = Hedges.of(rules), Changes.of(rules)
        self.vetoes, self.tolerances = self.pieces.vetoes, Tolerances.of(rules)
        self.unsaid = Unsaid.of(rules)

    def read(self, text: str) -> tuple[Figure, ...]:
        pieces, used = self.pieces.find(text)
        if not pieces:
            return ()
        pieces = ranges(text, pieces, self.changes)
        figures = list(self._figures(text, pieces, used))
        return tuple(_with_rules(figure, used) for figure in self._restated(text, figures))

    def _figures(self, text: str, pieces: Sequence[Piece], used: set[str]) -> Iterator[Figure]:
        titled: bool | None = None
        done: list[tuple[int, Quantity]] = []
        for piece in pieces:
            piece = self.unsaid.measured(text, self._with_thousands(text, piece), done)
            unit = piece.unit or COUNT
            if not piece.is_range and self.vetoes.is_one_of(text, piece.low):
                piece = replace(piece, rules=_ONE_OF)
            hedge = self.hedges.before(text, piece.start, unit)
            closing = self.hedges.after(text, piece.number[1], piece.end)
            if piece.unit is None:
                titled = is_titled(text) if titled is None else titled
                veto = self._veto(text, piece, hedge is not None, titled)
                if veto:
                    used.add(veto)
                    continue
            figure = self._figure(text, piece, unit, hedge or closing, hedge, closing)
            done.append((figure.end, figure.quantity))
            yield figure

    def _veto(self, text: str, piece: Piece, hedged: bool, titled: bool) -> str:
        """The rule by which a number without unit is no figure, or an empty string."""
        if self.vetoes.is_label(text, piece.low):
            return "not.label"
        if hedged or piece.is_range:
            return ""
        return self.vetoes.bare(text, piece.low, titled)

    def _figure(
        self,
        text: str,
        piece: Piece,
        unit: Unit,
        chosen: Hedge | None,
        before: Hedge | None,
        after: Hedge | None,
    ) -> Figure:
        start = min(piece.start, before.start if before else piece.start)
        end = max(piece.end, after.end if after else piece.end)
        change, rule = self.changes.around(text, start, end, unit)
        reading = self._reading(piece, chosen.bound if chosen else "", unit)
        bound = chosen.bound if chosen else ""
        quantity = Quantity(
            reading.stated, reading.bounds, unit, bound in {"about", "nearly"},
            _words(text, before, after), change, piece.low.word,
        )  # fmt: skip
        hedges = [h.rule for h in (before, after) if h]
        rules = (*piece.rules, *hedges, *((rule,) if rule else ()), *reading.rules)
        span = (chosen.start, chosen.end) if chosen else None
        return Figure(
            start, end, piece.number, quantity, span, piece.unit_span, tuple(dict.fromkeys(rules))
        )

    def _reading(self, piece: Piece, bound: Bound, unit: Unit) -> Reading:
        if piece.low.word:
            return self._vague(piece, bound)
        if piece.rules == _ONE_OF:
            one = Interval.point(piece.low.low.value)
            return Reading(one, Interval(one.low, None), ())
        return read_number(piece.low.low, piece.high.high, bound, unit, self.tolerances)

    def _vague(self, piece: Piece, bound: Bound) -> Reading:
        """ "Dozens" and the like; their lower end is more than one of them."""
        low, high = piece.low.low.value, piece.low.high.value
        stated = Interval(low, high, True, False)
        if bound in {"above", "at-least"}:
            return Reading(Interval(low, None), Interval(low, None), ())
        if piece.low.rules != ("vague.plural",):
            return Reading(stated, stated, ())
        least = low * self.tolerances["dozens"]
        return Reading(stated, Interval(least, high, True, False), ("tolerance.dozens",))

    def _with_thousands(self, text: str, piece: Piece) -> Piece:
        """ "2.500 people": nobody counts things in thousandths, so the point parts thousands."""
        raw = text[piece.number[0] : piece.number[1]]
        if piece.unit is not None or not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", raw):
            return piece
        if not self.vetoes.counts_things(text, piece.low):
            return piece
        number = Numeral.whole(int(raw.replace(".", "")))
        low = replace(piece.low, low=number, high=number)
        return replace(piece, low=low, high=low)

    def _restated(self, text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
        done: list[Figure] = []
        for index, figure in enumerate(figures):
            other = self._restates(text, done[-1], figure) if done else False
            if other:
                first = done[-1].parenthesis_of
                base = index - 1 if first is None else first
                figure = self._inheriting(done[base], replace(figure, parenthesis_of=base))
            elif done:
                figure = _by_too(text, done[-1], figure)
            done.append(figure)
        yield from done

    def _restates(self, text: str, a: Figure, b: Figure) -> bool:
        gap = text[a.end : b.start]
        if len(gap) > 40 or a.quantity.unit == b.quantity.unit:
            return False
        if re.fullmatch(r"\s?/\s?|(?:\s[a-z]+)?\)?,?\s(?:\(or|or)\s(?:some|about)?\s?", gap):
            first, second = (f.quantity.unit.dimension for f in (a, b))
            other = first.partition(" per ")[0] != second.partition(" per ")[0]
            return a.parenthesis_of is not None or (
                "or" in gap and (other or _convertible(a.quantity.unit, b.quantity.unit))
            )
        if re.fullmatch(r"(?:\s[a-z]+){0,2}\s?\((?:or\s|equal to\s|equivalent to\s|US)?", gap):
            after = text[b.end : b.end + 1]
            return after in {")", ",", ";", " "} and _convertible(a.quantity.unit, b.quantity.unit)
        return False

    def _inheriting(self, base: Figure, figure: Figure) -> Figure:
        """The figure with the hedge and the change of the one that it restates."""
        q, of = figure.quantity, base.quantity
        if not q.change and of.change:
            q = replace(q, change=of.change)
        if figure.hedge or not base.hedge:
            return replace(figure, quantity=q)
        bound = next((r for r in base.rules if r.startswith("hedge.")), "")
        numerals = [_restored(end) for end in (q.stated.low, q.stated.high) if end is not None]
        if not bound or not numerals:
            return replace(figure, quantity=q)
        kind = _bound_of(base)
        reading = read_number(numerals[0], numerals[-1], kind, q.unit, self.tolerances)
        q = replace(
            q, stated=reading.stated, bounds=reading.bounds, approx=of.approx, hedge=of.hedge
        )
        return replace(figure, quantity=q, rules=(*figure.rules, bound))


def _convertible(a: Unit, b: Unit) -> bool:
    """Two lengths, two currencies; a percentage in brackets restates nothing but another share."""
    money = is_money(a) and is_money(b)
    return money or a.dimension == b.dimension or {a.dimension, b.dimension} <= {"mass", "volume"}


def _words(text: str, before: Hedge | None, after: Hedge | None) -> str:
    return " ... ".join(text[h.start : h.end] for h in (before, after) if h)


def _bound_of(figure: Figure) -> Bound:
    stated = figure.quantity.stated
    if stated.high is None:
        return "at-least" if stated.low_closed else "above"
    if stated.low is None:
        return "at-most" if stated.high_closed else "below"
    if not figure.quantity.approx:
        return ""
    return "nearly" if figure.quantity.bounds.high == stated.high else "about"


def _restored(value: Fraction) -> Numeral:
    place = Fraction(1, max(1, 10 ** (len(str(value.denominator)) - 1)))
    return Numeral(value, place, place)


def _by_too(text: str, before: Figure, figure: Figure) -> Figure:
    """ "Burlington fell 2%, Ross by 3%": the second amount shares the verb of the first."""
    change: Change = before.quantity.change
    if not change or figure.quantity.change or figure.quantity.unit != before.quantity.unit:
        return figure
    if not re.search(r"\bby\s$", text[before.end : figure.start]):
        return figure
    return replace(figure, quantity=replace(figure.quantity, change=change))


def _with_rules(figure: Figure, used: set[str]) -> Figure:
    return replace(figure, rules=(*figure.rules, *sorted(used - set(figure.rules))))
