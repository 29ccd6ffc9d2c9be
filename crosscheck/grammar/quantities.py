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
from crosscheck.grammar.measures import Found, Measures
from crosscheck.grammar.numbers import Numbers, Written, alternatives
from crosscheck.grammar.vetoes import Vetoes, is_titled
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
from crosscheck.values.units import COUNT, PART, Unit

Span = tuple[int, int]

_TOUCHING = re.compile(r"[A-Za-z_]|[-/][A-Za-z\d]")
_ONE_OF = ("number.one-of",)
_RATIO = 3  # "rose 3 to 5 percent" is a range, "rose 3 to 158" is not


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


@dataclass(frozen=True, slots=True)
class _Piece:
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


def read(text: str, rules: Rulebook) -> tuple[Figure, ...]:
    """The figures of a sentence or any other text, in its order; offsets count its characters."""
    return _reader(rules).read(text)


@cache
def _reader(rules: Rulebook) -> _Reader:
    return _Reader(rules)


class _Reader:
    def __init__(self, rules: Rulebook) -> None:
        self.numbers, self.measures = Numbers.of(rules), Measures.of(rules)
        self.hedges, self.changes = Hedges.of(rules), Changes.of(rules)
        self.vetoes, self.tolerances = Vetoes.from_rules(rules), Tolerances.of(rules)
        metres = rules.rule("number.m")
        self._metres_before = _any_of(metres.strings("metres_before"))
        self._metres_after = re.compile(
            rf"\s+(?:{alternatives(metres.strings('metres_after'))})\b", re.IGNORECASE
        )
        ages = alternatives(rules.rule("number.age").strings("before"))
        self._aged = re.compile(rf"(?<![\w-])(?:{ages})\s+$", re.IGNORECASE)
        points = alternatives(rules.rule("number.magnitude").strings("before"))
        self._magnitude = re.compile(rf"(?<![\w-])(?:{points})[\s-]$", re.IGNORECASE)
        self._point = self.measures.words["magnitude"][0]
        self._year_of_age = self.measures.words["years old"][0]

    def read(self, text: str) -> tuple[Figure, ...]:
        numbers = list(self.numbers.find(text))
        if not numbers:
            return ()
        vetoed = self.vetoes.of(text, numbers)
        used = {rule for rule in vetoed if rule}
        pieces = [
            piece
            for number, veto in zip(numbers, vetoed, strict=True)
            if not veto and (piece := self._piece(text, number, used))
        ]
        pieces = list(self._ranges(text, list(self._ranges(text, pieces, tight=True))))
        figures = list(self._figures(text, pieces, used))
        return tuple(_with_rules(figure, used) for figure in self._restated(text, figures))

    # -- a number and its unit

    def _piece(self, text: str, number: Written, used: set[str]) -> _Piece | None:
        number = self._signed(text, number)
        before = self.measures.before(text, number.start)
        if before is None and _touches_letters(text, number):
            used.add("not.attached")
            return None
        number = self._as_metres(text, number, before)
        after = self.measures.after(text, number)
        if after is None and _TOUCHING.match(text, number.end):
            tail = text[number.end : number.end + 8]
            if not _is_joined(tail):
                used.add("not.attached")
                return None
        return self._assembled(text, number, before, after)

    def _assembled(
        self, text: str, number: Written, before: Found | None, after: Found | None
    ) -> _Piece:
        unit, found = self._unit(text, number, before, after)
        start = min(number.start, before.start if before else number.start)
        end = max(number.end, *(f.end for f in (after, found) if f), number.end)
        span = (found.start, found.end) if found and found.unit != COUNT else None
        if before and span is None:
            span = (before.start, before.end)
        rules = (*number.rules, *(before.rules if before else ()), *(found.rules if found else ()))
        return _Piece(
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
        """A minus sign or the word, where it cannot be a dash."""
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

    # -- ranges

    def _ranges(self, text: str, pieces: list[_Piece], tight: bool = False) -> Iterator[_Piece]:
        waiting: _Piece | None = None
        for piece in pieces:
            if waiting is not None:
                joined = self._joined(text, waiting, piece, tight)
                if joined is not None:
                    yield from joined[:-1]
                    waiting = joined[-1] if joined else None
                    continue
                yield waiting
            waiting = piece
        if waiting is not None:
            yield waiting

    def _joined(self, text: str, a: _Piece, b: _Piece, tight: bool) -> list[_Piece] | None:
        """The range that two neighbours make, or both with what one lends the other.

        Empty for a score ("2-1"), None where the two have nothing to do with each other.
        """
        gap = text[a.end : b.start]
        if (
            len(gap) > 30
            or a.is_range
            or a.low.word
            or b.low.word
            or b.low.fraction != a.low.fraction
        ):
            return None
        link = _link(gap)
        if not link or tight != (link == "hyphen"):
            return None
        if link == "and" and not _BETWEEN.search(text[max(0, a.start - 40) : a.start]):
            return None
        lent = link in {"hyphen", "and"} or bool(_FROM.search(text[max(0, a.start - 8) : a.start]))
        a, b = _shared(a, b, lent)
        if not _comparable(a, b):
            return None
        if link == "to" and self._is_change(text, a, b):
            return [a, b]
        if not a.low.low.value < b.high.low.value:
            return [] if link == "hyphen" and a.unit is None and a.low.bare and b.low.bare else None
        if link == "or" and (not _near(a, b) or "respectively" in text[b.end : b.end + 80]):
            return None
        return [_range(a, b)]

    def _is_change(self, text: str, a: _Piece, b: _Piece) -> bool:
        """ "fell from 5 to 3", "rose 5% to 10": two figures, the second a level."""
        head = text[max(0, a.start - 60) : a.start]
        if _FROM.search(head):
            clause = re.split(r"[.;:]", head)[-1]
            return bool(self.changes.moving.search(clause)) or a.low.low.value > b.low.low.value
        if not self.changes.starts_level(text, a.start):
            return False
        return b.low.low.value > _RATIO * a.low.low.value or a.unit is None

    # -- hedges, changes, ages

    def _figures(self, text: str, pieces: Sequence[_Piece], used: set[str]) -> Iterator[Figure]:
        titled: bool | None = None
        for piece in pieces:
            piece = self._aged_piece(text, self._with_thousands(text, piece))
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
            yield self._figure(text, piece, unit, hedge or closing, hedge, closing)

    def _veto(self, text: str, piece: _Piece, hedged: bool, titled: bool) -> str:
        """The rule by which a number without unit is no figure, or an empty string."""
        if self.vetoes.is_label(text, piece.low):
            return "not.label"
        if hedged or piece.is_range:
            return ""
        return self.vetoes.bare(text, piece.low, titled)

    def _figure(
        self,
        text: str,
        piece: _Piece,
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

    def _reading(self, piece: _Piece, bound: Bound, unit: Unit) -> Reading:
        if piece.low.word:
            return self._vague(piece, bound)
        if piece.rules == _ONE_OF:
            one = Interval.point(piece.low.low.value)
            return Reading(one, Interval(one.low, None), ())
        return read_number(piece.low.low, piece.high.high, bound, unit, self.tolerances)

    def _vague(self, piece: _Piece, bound: Bound) -> Reading:
        """ "Dozens" and the like; their lower end is more than one of them."""
        low, high = piece.low.low.value, piece.low.high.value
        stated = Interval(low, high, True, False)
        if bound in {"above", "at-least"}:
            return Reading(Interval(low, None), Interval(low, None), ())
        if piece.low.rules != ("vague.plural",):
            return Reading(stated, stated, ())
        least = low * self.tolerances["dozens"]
        return Reading(stated, Interval(least, high, True, False), ("tolerance.dozens",))

    def _with_thousands(self, text: str, piece: _Piece) -> _Piece:
        """ "2.500 people": nobody counts things in thousandths, so the point parts thousands."""
        raw = text[piece.number[0] : piece.number[1]]
        if piece.unit is not None or not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", raw):
            return piece
        if not self.vetoes.counts_things(text, piece.low):
            return piece
        number = Numeral.whole(int(raw.replace(".", "")))
        low = replace(piece.low, low=number, high=number)
        return replace(piece, low=low, high=low)

    def _aged_piece(self, text: str, piece: _Piece) -> _Piece:
        head = text[max(0, piece.start - 60) : piece.start]
        if piece.unit is not None and piece.unit.dimension != "duration":
            return piece
        if self._magnitude.search(head) and piece.unit is None:
            return _as(piece, self._point, "number.magnitude")
        if not 0 < piece.low.low.value < 125 or piece.low.scaled:
            return piece
        if self._aged.search(head) or (piece.unit is None and self._behind_name(text, head, piece)):
            return _as(piece, self._year_of_age, "number.age")
        return piece

    def _behind_name(self, text: str, head: str, piece: _Piece) -> bool:
        tail = text[piece.end : piece.end + 6]
        if piece.low.low.value.denominator != 1 or piece.is_range or text[piece.start].isupper():
            return False
        if re.search(r"[A-ZÀ-Ž][\w’'.-]+\s+[A-ZÀ-Ž][\w’'.-]+\s\($", head) and tail[:1] == ")":
            return piece.low.low.value > 9
        named = re.search(r"(?:[A-ZÀ-Ž][\w’'-]+|Jr\.|Sr\.)(?:[’']s [a-z]+)?,\s$", head)
        closed = re.match(r"[,;.)]|\s*$|\s(?:and|who|whose|from|told|said)\b", tail)
        in_place = re.search(r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Ff]rom|[Nn]ear|[Oo]f)\s[A-Z]\w+,\s$", head)
        return bool(named and closed and not in_place and not _CALENDAR.search(head))

    # -- figures that restate others

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


_BETWEEN = re.compile(
    r"\b(?:between|from|in between)\s+(?:about\s|around\s|roughly\s|some\s|an estimated\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_CALENDAR = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,\s$"
)
_LINKS = (
    ("hyphen", re.compile(r"[-–—−]|-to-|\sto-|\s–\s")),
    ("to", re.compile(
        r"\s+(?:to|through|up to|and up to|to as (?:many|much) as"
        r"|to (?:about|around|some|roughly|nearly|almost))\s+"
    )),
    ("and", re.compile(r"\s+and\s+(?:about\s|around\s|roughly\s|as many as\s)?")),
    ("or", re.compile(r"\s+or\s+")),
)  # fmt: skip


def _link(gap: str) -> str:
    return next((name for name, pattern in _LINKS if pattern.fullmatch(gap)), "")


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


def _is_money(unit: Unit) -> bool:
    return unit.dimension.startswith("money")


def _same_money(a: Unit, b: Unit) -> bool:
    """Whether "$" in front and "dollars" or "Canadian dollars" behind are one unit."""
    return _is_money(a) and _is_money(b) and a.name[-1:] == b.name[2:3] and b.name.isupper()


def _shared(a: _Piece, b: _Piece, lent: bool) -> tuple[_Piece, _Piece]:
    """Both ends, each with the power of ten and the unit that the other one lends it.

    ``lent`` allows the first to lend the second a unit that stands behind the number.
    """
    low, high = a.low, b.low
    lends = high.scaled and not low.scaled and not high.word and low.mantissa < 1000
    if (
        lends
        and (low.mantissa < high.mantissa)
        and (a.unit is None or a.prefixed or a.unit == b.unit)
    ):
        scaled = low.scaled_by(high)
        a = replace(a, low=scaled, high=scaled, rules=(*a.rules, *high.rules))
    if a.unit is None and b.unit is not None:
        a = replace(a, unit=b.unit)
    elif b.unit is None and a.unit is not None and (a.prefixed or lent):
        b = replace(b, unit=a.unit)
    elif a.unit and b.unit and b.unit.dimension.startswith(f"{a.unit.dimension} per"):
        a = replace(a, unit=b.unit)
    return a, b


def _comparable(a: _Piece, b: _Piece) -> bool:
    return a.unit == b.unit


def _near(a: _Piece, b: _Piece) -> bool:
    """Whether "a or b" may be one vague figure: eight or nine, 20 or 30."""
    return b.low.low.value <= 2 * a.low.low.value


def _range(a: _Piece, b: _Piece) -> _Piece:
    rules = tuple(dict.fromkeys((*a.rules, *b.rules, "number.range")))
    return _Piece(
        a.start, b.end, (a.number[0], b.number[1]), a.low, b.high, b.unit or a.unit,
        b.unit_span or a.unit_span, rules, a.prefixed,
    )  # fmt: skip


def _as(piece: _Piece, unit: Unit, rule: str) -> _Piece:
    return replace(piece, unit=unit, rules=(rule, *piece.rules))


def _convertible(a: Unit, b: Unit) -> bool:
    """Two lengths, two currencies; a percentage in brackets restates nothing but another share."""
    money = _is_money(a) and _is_money(b)
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
