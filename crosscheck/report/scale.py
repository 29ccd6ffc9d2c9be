"""Axes for pictures: where a value lies on a line, and which ticks to print under it.

All values are floats: figures as they are, times as seconds since 1970, clock times as minutes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from crosscheck.report.view import MONTHS

Measure = Literal["number", "time", "clock"]
Tick = tuple[float, str]

EPOCH = datetime(1970, 1, 1)
LOG_FROM = 100  # times between the smallest and the largest value, from which on a line is squeezed
HOUR, DAY = 3600, 86400
_SCALES = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from ``low`` to ``high`` onto pixels from ``left`` to ``right``."""

    low: float
    high: float
    left: float
    right: float
    log: bool = False

    def __call__(self, value: float) -> float:
        low, high, at = (self._bend(v) for v in (self.low, self.high, value))
        return self.left + (at - low) / (high - low) * (self.right - self.left)

    def _bend(self, value: float) -> float:
        return math.log10(value) if self.log else value


def fit(values: Sequence[float], left: float, right: float, measure: Measure) -> Scale:
    """A scale that holds all values (at least one) with a little air at both ends."""
    low, high = min(values), max(values)
    if measure == "number" and low > 0 and high / low >= LOG_FROM:
        return Scale(low / 1.3, high * 1.3, left, right, log=True)
    air = (high - low) * 0.08 or {"time": DAY / 2, "clock": 30.0}.get(measure, abs(high) * 0.1 or 1)
    return Scale(low - air, high + air, left, right)


def seconds(at: date) -> float:
    """Seconds since 1970 in Greenwich for times with a zone, in local time for the others."""
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day)
    offset = at.utcoffset() or timedelta()
    return (at.replace(tzinfo=None) - offset - EPOCH).total_seconds()


def number(value: Any) -> float | None:
    """A value as a place on a line; None for what is none or too large to be drawn."""
    if isinstance(value, date):
        return seconds(value)
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and abs(found) < 1e100 else None


def plain(value: float) -> str:
    """A figure for an axis: ``1,500``, ``1.2 million``, ``0.25``."""
    for size, name in _SCALES:
        if size <= abs(value) < 10**15:
            return f"{value / size:g}{name}"
    return f"{value:,.0f}" if value == round(value) and abs(value) < 10**15 else f"{value:.6g}"


def ticks(scale: Scale, measure: Measure, whole: bool) -> list[Tick]:
    """Up to six ticks or so from left to right; ``whole`` forbids fractions of one
    and times of day."""
    span = scale.high - scale.low
    if measure == "time":
        return _time_ticks(scale, span, whole)
    if measure == "clock":
        return [(at, clock(at)) for at in _steps(scale, _clock_step(span))]
    values = _powers(scale) if scale.log else _steps(scale, _round(span, whole))
    return [(value, plain(value)) for value in values]


def _steps(scale: Scale, step: float) -> list[float]:
    first, last = math.ceil(scale.low / step), math.floor(scale.high / step)
    return [float(f"{n * step:.12g}") for n in range(first, min(last, first + 8) + 1)]


def _round(span: float, whole: bool) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides the span into five or so."""
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * n for n in (1, 2, 5) if power * n >= rough * 0.999), power * 10)
    return max(step, 1.0) if whole else step


def _powers(scale: Scale) -> list[float]:
    low, high = math.ceil(math.log10(scale.low)), math.floor(math.log10(scale.high))
    apart = max(1, -(-(high - low) // 5))
    return [10.0**n for n in range(low, high + 1, apart)]


def _clock_step(span: float) -> float:
    return next((float(m) for m in (5, 10, 15, 30, 60, 120, 180, 360) if span / m <= 6), 720.0)


def clock(at: float) -> str:
    """Minutes from midnight as ``09:30``."""
    return f"{int(at // 60) % 24:02d}:{int(at % 60):02d}"


def _time_ticks(scale: Scale, span: float, whole: bool) -> list[Tick]:
    for step in () if whole else (900, 1800, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR):
        if span / step <= 5:
            return [(at, _clocked(at)) for at in _steps(scale, step)]
    for days in (1, 2, 7, 14):
        if span / (days * DAY) <= 5:
            return [(at, _dated(at)) for at in _steps(scale, days * DAY)]
    return list(_calendar(scale))


def _calendar(scale: Scale) -> Iterator[Tick]:
    """The beginnings of months or years."""
    months = (scale.high - scale.low) / (DAY * 30.4)
    step = next((m for m in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / m <= 5), 6000)
    first, last = instant(scale.low), instant(scale.high)
    for n in range(first.year * 12, last.year * 12 + 12):
        if n % step == 0 and n >= 12:
            at = datetime(n // 12, n % 12 + 1, 1)
            if scale.low <= seconds(at) <= scale.high:
                name = f"{at.year}" if step >= 12 else f"{MONTHS[at.month - 1]} {at.year}"
                yield seconds(at), name


def instant(at: float) -> datetime:
    """The moment of a place on a time line, within the years that a calendar has."""
    low, high = seconds(datetime.min), seconds(datetime(9999, 12, 31))
    return EPOCH + timedelta(seconds=min(max(at, low), high))


def _clocked(at: float) -> str:
    moment = instant(at)
    return f"{_dated(at)}, {moment:%H:%M}"


def _dated(at: float) -> str:
    moment = instant(at)
    return f"{moment.day} {MONTHS[moment.month - 1]}"
