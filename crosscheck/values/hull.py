"""The narrowest wording that holds whatever any of several values leaves possible.

Every function returns an empty string where no wording of its kind holds all of them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import reduce
from itertools import takewhile

from crosscheck.values.interval import Interval
from crosscheck.values.moments import (
    MONTHS,
    WEEKDAYS,
    Moment,
    TimeOfDay,
    When,
    day_moment,
    time_of_day,
)
from crosscheck.values.moments import label as label_of_time
from crosscheck.values.quantity import Quantity, label

Share = tuple[float, float]
_CLOCKED = frozenset({"minute", "hour"})
_FEWEST_WORDS = 4
NEGLIGIBLE = Fraction(1, 1000)
"""The share of a figure that no reader misses: less is worded as "about"."""
WIDEST = 10
"""Between figures that lie further apart, as multiples, no wording helps: one must be a slip."""
_MARKS = " .,;:!?–—-\"'“”‘’"
_SCALES = frozenset({"million", "billion", "trillion"})


def figures(values: Sequence[Quantity], floor: bool = False) -> str:
    """ "between 35 and 39", "more than 30", "at most 12 km"; ``floor`` asks for the lower end
    alone, as for a toll that only grows: "at least 35"."""
    first, *others = values
    if any((v.unit, v.change) != (first.unit, first.change) for v in others):
        return ""
    wide = reduce(_hull, (v.stated for v in values))
    low, high = _at(values, wide.low, low=True), _at(values, wide.high, low=False)
    if wide.low is None and wide.high is None:
        return ""
    if floor and wide.low is not None:
        wide = Interval(wide.low, None, wide.low_closed)
    if wide.low is None or wide.high is None:
        return _open(wide, low or high or first)
    if low is None or high is None:
        return ""
    if {low.approx, high.approx} == {False} and (rounded := _rounded(wide.low, wide.high)):
        return _end(replace(low, approx=True), rounded)
    if 0 < wide.low * WIDEST <= wide.high:
        return ""
    ends = [_end(low, wide.low), _end(high, wide.high)]
    if wide.low == wide.high:
        return ends[1]
    symbol = first.unit.symbol
    if symbol and ends[0].endswith(symbol):
        ends[0] = ends[0].removesuffix(symbol).rstrip()
    ends[0] = _unscaled(*ends)
    if {low.approx, high.approx} == {False} and _neighbours(wide.low, wide.high):
        return f"{ends[0]} or {ends[1]}"
    return f"between {ends[0]} and {ends[1]}"


def _unscaled(low: str, high: str) -> str:
    """The lower end without the "million" that the upper one says again."""
    number, _, scale = low.rpartition(" ")
    return number if scale in _SCALES and scale in high.split() else low


def _open(wide: Interval[Fraction], value: Quantity) -> str:
    """A wording with one end, as vague as the value whose end it is."""
    at, side = (wide.low, "at least") if wide.low is not None else (wide.high, "at most")
    if value.approx and at is not None:
        return f"{side} {_end(value, at)}"
    return label(Quantity(wide, wide, value.unit, change=value.change))


def _rounded(low: Fraction, high: Fraction) -> Fraction | None:
    """The roundest number for both of two that are all but equal, as 1,001,600 is for 1,001,613
    and 1,001,616; None if they lie further apart, or next to each other."""
    if low <= 0 or not 1 < high - low <= NEGLIGIBLE * high or _neighbours(low, high):
        return None
    steps = (10**power for power in range(1, len(str(int(high)))))
    return next(
        (Fraction(round(high / k) * k) for k in steps if round(low / k) == round(high / k)), None
    )


def _neighbours(low: Fraction, high: Fraction) -> bool:
    return high - low == low.denominator == high.denominator == 1


def _hull(a: Interval[Fraction], b: Interval[Fraction]) -> Interval[Fraction]:
    low, low_closed = _outer(a.low, a.low_closed, b.low, b.low_closed, -1)
    high, high_closed = _outer(a.high, a.high_closed, b.high, b.high_closed, 1)
    return Interval(low, high, low_closed, high_closed)


def _outer(
    a: Fraction | None, a_closed: bool, b: Fraction | None, b_closed: bool, sign: int
) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return None, True
    if a == b:
        return a, a_closed or b_closed
    return (a, a_closed) if sign * a > sign * b else (b, b_closed)


def _at(values: Sequence[Quantity], end: Fraction | None, low: bool) -> Quantity | None:
    """The value whose end it is; a vague one first, since its wording holds the others."""
    having = [v for v in values if (v.stated.low if low else v.stated.high) == end]
    return max(having, key=lambda v: v.approx, default=None) if end is not None else None


def _end(value: Quantity, at: Fraction) -> str:
    """One end in words, with its "about"."""
    point = Interval.point(at)
    return label(Quantity(point, value.bounds, value.unit, value.approx, change=value.change))


# --- times ------------------------------------------------------------------------------------


def times(values: Sequence[When], edges: Mapping[str, Share]) -> str:
    """ "on 12 or 13 May 2025", "in early May 2025", "in 2025", "between 04:25 and 05:30".

    ``edges`` are the shares of a month that "early", "mid" and "late" cover, from 0 to 1.
    """
    clocks = [_clock(value) for value in values]
    moments = [value for value in values if isinstance(value, Moment)]
    one_day = len({m.day for m in moments}) < 2
    if all(clocks) and one_day:
        return _clock_hull([clock for clock in clocks if clock])
    lows = [m.span.low for m in moments if m.span.low]
    highs = [m.span.high for m in moments if m.span.high]
    if not len(lows) == len(highs) == len(values):
        return ""
    low, high = min(lows), max(highs)
    return next(_frames(Interval(low, high, True, False), edges), "")


def _clock(value: When) -> TimeOfDay | None:
    clocked = isinstance(value, TimeOfDay) or getattr(value, "granularity", "") in _CLOCKED
    return time_of_day(value) if clocked else None


def _clock_hull(clocks: Sequence[TimeOfDay]) -> str:
    if len({(c.zone, c.offset) for c in clocks}) > 1:
        return ""
    lows, highs = [c.span.low for c in clocks], [c.span.high for c in clocks]
    if None in lows or None in highs:
        return ""
    low, high = min(low for low in lows if low is not None), max(h for h in highs if h is not None)
    if high - low >= 12 * 60:
        return ""
    ends = [TimeOfDay(Interval.point(at), Interval.point(at)) for at in (low, high)]
    zone = f" {clocks[0].zone}" if clocks[0].zone else ""
    return f"between {label_of_time(ends[0])} and {label_of_time(ends[1])}{zone}"


def _frames(span: Interval[datetime], edges: Mapping[str, Share]) -> Iterator[str]:
    """The wordings that hold a stretch of time, the narrowest first."""
    low, end = span.low, span.high
    if low is None or end is None:
        return
    first, last = low.date(), (end - timedelta(microseconds=1)).date()
    if (last - first).days == 1:
        yield f"on {_either(first, last)}"
    if first.replace(day=1) == last.replace(day=1):
        month = f"{MONTHS[first.month - 1]} {first.year}"
        for name, shares in edges.items():
            if _edge(first, shares).holds(span):
                yield f"in mid-{month}" if name == "mid" else f"in {name} {month}"
        yield f"in {month}"
    if first.year == last.year:
        yield f"in {first.year}"
    yield f"between {first.year} and {last.year}"


def _either(first: date, last: date) -> str:
    """Two days that follow each other: "Monday 12 or Tuesday 13 May 2025"."""
    days = [f"{WEEKDAYS[day.weekday()]} {day.day}" for day in (first, last)]
    months = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    if months[0] == months[1]:
        return f"{days[0]} or {days[1]} {months[1]}"
    return f"{days[0]} {months[0]} or {days[1]} {months[1]}"


def _edge(on: date, shares: Share) -> Interval[datetime]:
    days = monthrange(on.year, on.month)[1]
    start = day_moment(on.replace(day=1)).span.low or datetime(on.year, on.month, 1)
    low, high = (start + timedelta(days=days * share) for share in shares)
    return Interval(low, high, True, False)


# --- words ------------------------------------------------------------------------------------


def last_words(texts: Sequence[str]) -> str:
    """The words with which all texts end; empty if these are a mere phrase."""
    rows = [text.split() for text in texts]
    plain = [[word.casefold().strip(_MARKS) for word in row] for row in rows]
    least = min(map(len, rows), default=0)
    alike = (len({row[-k] for row in plain}) == 1 for k in range(1, least + 1))
    shared = sum(1 for _ in takewhile(bool, alike))
    return " ".join(rows[0][-shared:]).strip(_MARKS) if shared >= _FEWEST_WORDS else ""


def listed(items: Sequence[str], word: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)
