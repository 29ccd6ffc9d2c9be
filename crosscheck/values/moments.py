"""Times as sets of instants: dated moments, times of day, and days that come round again.

A *moment* is every instant that a dated expression leaves possible: "4 August 2020" is that day,
"early September 2015" its first days, "about 18:30 on Monday" a band. A clock time without a date
is a *time of day*; a weekday or "15 June" without a year is *recurring*, any such day.
All times are naive local times of the place of the event, unless a zone was stated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from crosscheck.values.interval import Interval, Relation

Granularity = Literal[
    "minute", "hour", "daypart", "day", "weekend", "week", "month", "season", "year", "decade"
]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_CLOCKED: frozenset[str] = frozenset({"minute", "hour"})
_FINE: frozenset[str] = frozenset({"minute", "hour", "daypart"})
_DAY = 24 * 60
# Offsets from Greenwich run from -12 to +14 hours.
_ANY_ZONE = timedelta(hours=26)
_LONGEST_SCAN = 400


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated time. ``span`` is what instants are possible, tolerances included; ``stated`` what
    was said, before tolerances (None: the same). ``hedge`` is as written, ``offset`` counts from
    Greenwich."""

    span: Interval[datetime]
    granularity: Granularity
    approx: bool = False
    hedge: str = ""
    zone: str = ""
    offset: timedelta | None = None
    stated: Interval[datetime] | None = None
    daypart: str = ""

    @property
    def nominal(self) -> Interval[datetime]:
        return self.stated or self.span

    @property
    def day(self) -> date | None:
        """The one calendar day that was stated, if it was one."""
        low = self.nominal.low
        fine = self.granularity in _FINE or self.granularity == "day"
        return low.date() if low and fine and not self.approx else None


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A clock time on an unknown day; ``span`` and ``stated`` count minutes from midnight."""

    span: Interval[int]
    stated: Interval[int]
    approx: bool = False
    hedge: str = ""
    zone: str = ""
    offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """Any day that fits: ``weekday`` 0 (Monday) to 6, ``month`` 1 to 12, ``day`` of the month."""

    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    hedge: str = ""
    daypart: str = ""

    def fits(self, on: date) -> bool:
        return (
            self.weekday in {None, on.weekday()}
            and self.month in {None, on.month}
            and self.day in {None, on.day}
        )

    @property
    def fields(self) -> dict[str, int]:
        pairs = {"weekday": self.weekday, "month": self.month, "day": self.day}
        return {key: value for key, value in pairs.items() if value is not None}


When = Moment | TimeOfDay | Recurring


def day_moment(on: date) -> Moment:
    start = datetime(on.year, on.month, on.day)
    return Moment(Interval(start, start + timedelta(days=1), True, False), "day")


def time_of_day(when: When) -> TimeOfDay | None:
    """The clock time of a value, without its date; None if it has none."""
    if isinstance(when, TimeOfDay):
        return when
    if not isinstance(when, Moment) or when.granularity not in _CLOCKED:
        return None
    start = when.nominal.low
    if start is None or when.span.low is None or when.span.high is None:
        return None
    midnight = datetime(start.year, start.month, start.day)
    span = Interval(
        _minutes(when.span.low - midnight),
        _minutes(when.span.high - midnight),
        when.span.low_closed,
        when.span.high_closed,
    )
    end = when.nominal.high
    stated = Interval(_minutes(start - midnight), _minutes((end or start) - midnight))
    return TimeOfDay(span, stated, when.approx, when.hedge, when.zone, when.offset)


def day_of(when: When) -> When | None:
    """The date of a value without its clock time; None if it has no date."""
    if isinstance(when, Moment) and when.granularity in _CLOCKED:
        return day_moment(when.nominal.low.date()) if when.nominal.low else None
    return None if isinstance(when, TimeOfDay) else when


def relate(a: When, b: When) -> Relation:
    """How the instants that ``a`` leaves possible lie to those of ``b``; mirrors."""
    if isinstance(a, Moment) and isinstance(b, Moment):
        return _relate_moments(a, b)
    if isinstance(a, Recurring) and isinstance(b, Recurring):
        return _relate_recurring(a, b)
    if isinstance(a, Recurring) and isinstance(b, Moment):
        return _recurring_to_moment(a, b)
    if isinstance(a, Moment) and isinstance(b, Recurring):
        return _recurring_to_moment(b, a).mirrored
    if isinstance(a, Recurring) or isinstance(b, Recurring):
        return Relation.OVERLAP
    clock_a, clock_b = time_of_day(a), time_of_day(b)
    if clock_a is None or clock_b is None:
        return Relation.OVERLAP
    return _relate_clocks(clock_a, clock_b)


def label(when: When) -> str:
    """The value in words: "Tuesday 4 August 2020", "18:50", "about 18:30", "early May 2015"."""
    if isinstance(when, TimeOfDay):
        words = _clocks(when.stated.low or 0, when.stated.high, when.zone)
    elif isinstance(when, Recurring):
        words = _recurring_words(when)
    else:
        words = _moment_words(when)
    return _with_hedge(when.hedge, words) if when.hedge else words


def _with_hedge(hedge: str, words: str) -> str:
    if hedge in {"early", "mid", "late"} and words.startswith("the "):
        return f"the {hedge} {words[4:]}"
    return f"mid-{words}" if hedge == "mid" else f"{hedge} {words}"


def _minutes(gap: timedelta) -> int:
    return int(gap.total_seconds() // 60)


def _relate_moments(a: Moment, b: Moment) -> Relation:
    if a.zone == b.zone and a.offset == b.offset:
        return a.span.relate(b.span)
    if a.offset is not None and b.offset is not None:
        return _moved(a.span, -a.offset).relate(_moved(b.span, -b.offset))
    return _loosely(a.span, b.span, _ANY_ZONE)


def _relate_clocks(a: TimeOfDay, b: TimeOfDay) -> Relation:
    if a.zone == b.zone and a.offset == b.offset:
        return _around_the_clock(a.span, b.span)
    if a.offset is None or b.offset is None:
        return Relation.OVERLAP
    return _around_the_clock(
        _moved(a.span, -_minutes(a.offset)), _moved(b.span, -_minutes(b.offset))
    )


def _around_the_clock(a: Interval[int], b: Interval[int]) -> Relation:
    """Ten to midnight and ten past are twenty minutes apart, whichever is called earlier."""
    turns = (0, _DAY, -_DAY)
    relations = [a.relate(_moved(b, turn)) for turn in turns]
    return next((r for r in relations if r is not Relation.APART), Relation.APART)


def _moved(span: Interval[Any], by: Any) -> Interval[Any]:
    low = None if span.low is None else span.low + by
    high = None if span.high is None else span.high + by
    return replace(span, low=low, high=high)


def _loosely(a: Interval[datetime], b: Interval[datetime], slack: timedelta) -> Relation:
    """Apart only if no shift of up to ``slack`` brings the two together."""
    wide = Interval(
        None if a.low is None else a.low - slack, None if a.high is None else a.high + slack
    )
    return Relation.APART if wide.relate(b) is Relation.APART else Relation.OVERLAP


def _relate_recurring(a: Recurring, b: Recurring) -> Relation:
    mine, theirs = a.fields, b.fields
    if any(mine[key] != theirs[key] for key in mine.keys() & theirs.keys()):
        return Relation.APART
    if mine == theirs:
        return Relation.SAME
    if theirs.items() <= mine.items():
        return Relation.INSIDE
    return Relation.CONTAINS if mine.items() <= theirs.items() else Relation.OVERLAP


def _recurring_to_moment(a: Recurring, b: Moment) -> Relation:
    if b.day is not None:
        return Relation.CONTAINS if a.fits(b.day) else Relation.APART
    low, high = b.span.low, b.span.high
    if low is None or high is None or (high - low).days > _LONGEST_SCAN:
        return Relation.OVERLAP
    days = (low.date() + timedelta(days=n) for n in range((high - low).days + 1))
    return Relation.OVERLAP if any(a.fits(day) for day in days) else Relation.APART


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _clocks(low: int, high: int | None, zone: str) -> str:
    words = _clock(low) if high in {None, low} else f"{_clock(low)} to {_clock(high or 0)}"
    return f"{words} {zone}" if zone else words


def _day_words(on: date) -> str:
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


def _recurring_words(when: Recurring) -> str:
    parts = [
        WEEKDAYS[when.weekday] if when.weekday is not None else "",
        str(when.day) if when.day else "",
        MONTHS[when.month - 1] if when.month else "",
        when.daypart,
    ]
    return " ".join(part for part in parts if part)


def _moment_words(when: Moment) -> str:
    low, high = when.nominal.low, when.nominal.high
    if low is None:
        return _day_words(high.date()) if high else "any time"
    if when.granularity in _CLOCKED:
        clock = time_of_day(replace(when, hedge="", span=when.nominal))
        return f"{label(clock) if clock else ''} on {_day_words(low.date())}"
    if when.granularity == "daypart":
        return f"{_day_words(low.date())}, {when.daypart or 'part of the day'}"
    if when.granularity in {"day", "weekend"}:
        return _days_words(low, high)
    return _long_words(when, low, high)


def _days_words(low: datetime, high: datetime | None) -> str:
    last = (high - timedelta(minutes=1)).date() if high else low.date()
    if last == low.date():
        return _day_words(last)
    return f"{_day_words(low.date())} to {_day_words(last)}"


def _long_words(when: Moment, low: datetime, high: datetime | None) -> str:
    if when.granularity == "week":
        return f"the week of {low.day} {MONTHS[low.month - 1]} {low.year}"
    if when.granularity == "month":
        return f"{MONTHS[low.month - 1]} {low.year}"
    if when.granularity == "season":
        return f"{when.daypart or 'season'} {low.year}"
    if when.granularity == "decade":
        return f"the {low.year // 10 * 10}s"
    last = (high - timedelta(minutes=1)).year if high else low.year
    return str(low.year) if last == low.year else f"{low.year}-{last}"
