"""A time as it was said, and the instants it stands for, seen from a moment of writing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Literal

from crosscheck.values.interval import Interval
from crosscheck.values.moments import (
    Granularity,
    Moment,
    Recurring,
    TimeOfDay,
    When,
    day_moment,
    time_of_day,
)

Tense = Literal["past", "future", ""]

_MIDNIGHT = 24 * 60
_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_UNIT_MINUTES = {"minute": 1, "hour": 60}
# A weekday elects another year than the nearest only for dates this far from publication.
_FAR = 45


@dataclass(frozen=True, slots=True)
class Daypart:
    """A part of the day; ``low`` and ``high`` are minutes from its midnight, at most 48 hours."""

    rule: str
    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The early, middle or late share of a longer time; shares run from 0 to 1."""

    rule: str
    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Season:
    """A season by its first month and the month after its last (15: March of the next year)."""

    rule: str
    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Hedge:
    rule: str
    shape: str
    minutes: int
    units: int


@dataclass(frozen=True, slots=True)
class Expression:
    """The parts of a time expression; whatever was not said is None or empty.

    ``count`` units of ``unit`` are counted from ``since``: the moment of writing ("now"), the time
    named before in the text ("previous") or ``base``. ``clock`` is minutes from midnight, from and
    to; with ``half_unknown`` it may be in either half of the day.
    """

    year: int | None = None
    year2: int | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    decade: bool = False
    weekday: int | None = None
    turn: str = ""
    week: int | None = None
    count: float | None = None
    unit: str = ""
    since: str = ""
    vague: bool = False
    base: Expression | None = None
    season: Season | None = None
    clock: tuple[int, int] | None = None
    half_unknown: bool = False
    rounding: Hedge | None = None
    daypart: Daypart | None = None
    edge: Edge | None = None
    hedge: Hedge | None = None
    hedge_words: str = ""
    zone: str = ""
    offset: timedelta | None = None

    @property
    def said(self) -> frozenset[str]:
        return frozenset(f.name for f in fields(self) if getattr(self, f.name) != f.default)

    def joined(self, other: Expression) -> Expression:
        """Both sets of parts; those of ``other`` win."""
        return replace(self, **{name: getattr(other, name) for name in other.said})

    @property
    def names_day(self) -> bool:
        """Whether it fixes one day, given the moment of writing."""
        counted = self.count is not None and self.unit in {"day", "night"}
        return self.day is not None or self.weekday is not None or counted


def resolve(
    said: Expression,
    anchor: datetime | None,
    tense: Tense = "",
    previous: When | None = None,
) -> When | None:
    """The instants an expression stands for, written at ``anchor``; None if they cannot be told.

    In the past tense a weekday is the nearest one not after the anchor, in the future the nearest
    not before; a date without a year is the nearest of all unless the tense decides.
    """
    anchor = anchor.replace(tzinfo=None) if anchor else None  # the local time of the account
    try:
        whole = _whole(said, anchor, tense, previous)
    except (ValueError, OverflowError):
        return None
    if whole is None and not said.said & {"clock"}:
        return None
    finer = _with_clock(said, whole)
    return _hedged(said, finer) if finer is not None else None


def mismatch(said: Expression, anchor: datetime | None, tense: Tense = "") -> Moment | None:
    """The day that the weekday names, if weekday and date of one expression do not go together."""
    if said.weekday is None or said.day is None or said.month is None or said.day2 is not None:
        return None
    anchor = anchor.replace(tzinfo=None) if anchor else None
    try:
        found = _calendar(said, anchor, tense)
    except ValueError:
        return None
    if not isinstance(found, Moment) or found.day is None:
        return None
    off = (said.weekday - found.day.weekday() + 3) % 7 - 3
    return day_moment(found.day + timedelta(days=off)) if off else None


def _whole(
    said: Expression, anchor: datetime | None, tense: Tense, previous: When | None
) -> When | None:
    """The day or longer time that was named, before clock times and hedges."""
    if said.base is not None:
        return _counted(said, resolve(said.base, anchor, tense))
    if said.count is not None:
        start = previous if said.since == "previous" else _now(anchor)
        if said.since == "previous" and previous is None and said.unit == "day":
            start = _now(anchor)
        return _counted(said, start)
    if said.decade and said.year is not None:
        return _edged(said, _years(said.year, said.year + 10), "decade")
    if said.season is not None:
        return _season(said, anchor)
    if said.month is not None or said.year is not None:
        return _calendar(said, anchor, tense)
    if said.weekday is not None:
        return _weekday(said, anchor, tense)
    return _turned(said, anchor) if said.turn and said.unit else None


def _now(anchor: datetime | None) -> Moment | None:
    if anchor is None:
        return None
    return Moment(Interval.point(anchor), "minute")


def _counted(said: Expression, start: When | None) -> When | None:
    assert said.count is not None
    if said.unit in _UNIT_MINUTES:
        return _minutes_on(said, start)
    if isinstance(start, Recurring) and start.weekday is not None and said.unit in {"day", "night"}:
        return Recurring(weekday=int(start.weekday + said.count) % 7)
    if not isinstance(start, Moment) or start.nominal.low is None:
        return None
    if said.unit in {"day", "night"} and said.count == int(said.count):
        day = start.nominal.low.date() + timedelta(days=int(said.count))
        return _loose_day(day, 1 if said.vague else 0)
    if said.unit == "decade":
        return None
    return _long_ago(said, start.nominal.low.date())


def _minutes_on(said: Expression, start: When | None) -> When | None:
    clock = time_of_day(start) if start is not None else None
    minutes = round((said.count or 0) * _UNIT_MINUTES[said.unit])
    if clock is None or start is None or said.vague or said.since != "previous":
        return None
    slack = max(2, abs(minutes) // 10)
    if isinstance(start, Moment) and start.nominal.low is not None:
        at = start.nominal.low + timedelta(minutes=minutes)
        wide = timedelta(minutes=slack)
        span = Interval(at - wide, at + wide)
        return replace(start, span=span, stated=Interval.point(at), granularity="minute")
    at_minute = ((clock.stated.low or 0) + minutes) % _MIDNIGHT
    span_of_day = Interval(at_minute - slack, at_minute + slack)
    return replace(clock, span=span_of_day, stated=Interval.point(at_minute))


def _long_ago(said: Expression, start: date) -> Moment:
    """'Three weeks ago' may be a few days off; months and years by a share of their length."""
    count = said.count or 0
    days = count * _UNIT_DAYS[said.unit]
    slack = {"week": 1, "fortnight": 2, "month": 10, "year": 120}[said.unit]
    slack += round(abs(days) * 0.1) if said.unit != "week" or abs(count) > 2 else 0
    return _loose_day(start + timedelta(days=round(days)), slack + (3 if said.vague else 0))


def _loose_day(day: date, slack: int) -> Moment:
    exact = day_moment(day)
    if not slack or exact.span.low is None or exact.span.high is None:
        return exact
    wide = timedelta(days=slack)
    span = Interval(exact.span.low - wide, exact.span.high + wide, True, False)
    return Moment(span, "day", approx=True, stated=exact.span)


def _span(first: date, after: date) -> Interval[datetime]:
    low = datetime(first.year, first.month, first.day)
    high = datetime(after.year, after.month, after.day)
    return Interval(low, high, True, False)


def _years(first: int, after: int) -> Interval[datetime]:
    return _span(date(first, 1, 1), date(after, 1, 1))


def _month_after(year: int, month: int) -> date:
    return date(year + (month > 11), month % 12 + 1, 1)


def _edged(said: Expression, span: Interval[datetime], grain: Granularity) -> Moment:
    if said.edge is None or span.low is None or span.high is None:
        return Moment(span, grain)
    length = (span.high - span.low) / timedelta(days=1)
    low = span.low + timedelta(days=int(length * said.edge.low))
    high = span.low + timedelta(days=max(1, round(length * said.edge.high)))
    inside = Interval(low, high, True, False)
    return Moment(inside, grain, approx=True, hedge=said.edge.name, stated=span)


def _calendar(said: Expression, anchor: datetime | None, tense: Tense) -> When | None:
    if said.month is None:
        if said.year is None:
            return None
        return _edged(said, _years(said.year, (said.year2 or said.year) + 1), "year")
    year = said.year or _turned_year(said, anchor)
    if year is None and anchor is None:
        return Recurring(said.weekday if said.day is None else None, said.month, said.day)
    if said.day is None:
        year = year or _month_year(said.month, said.turn, anchor, tense)
        first = date(year, said.month, 1)
        return _edged(said, _span(first, _month_after(year, said.month)), "month")
    day = date(year, said.month, said.day) if year else _nearest(said, anchor, tense)
    if said.day2 is not None:
        last = date(day.year, said.month, said.day2)
        return Moment(_span(day, last + timedelta(days=1)), "day", approx=True)
    return day_moment(day)


def _turned_year(said: Expression, anchor: datetime | None) -> int | None:
    if anchor is None or said.unit != "year" or not said.turn:
        return None
    return anchor.year + {"last": -1, "next": 1}.get(said.turn, 0)


def _month_year(month: int, turn: str, anchor: datetime | None, tense: Tense) -> int:
    assert anchor is not None
    if turn == "next" or (tense == "future" and turn != "last"):
        return anchor.year + (month < anchor.month or (turn == "next" and month == anchor.month))
    return anchor.year - (month > anchor.month or (turn == "last" and month == anchor.month))


def _nearest(said: Expression, anchor: datetime | None, tense: Tense) -> date:
    """The year of a date without one; a fitting weekday decides where the date lies far off."""
    assert anchor is not None
    assert said.month is not None
    assert said.day is not None
    today = anchor.date()
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            days.append(date(year, said.month, said.day))
        except ValueError:
            continue
    one = timedelta(days=1)
    past = [day for day in days if day <= today + one]
    ahead = [day for day in days if day >= today - one]
    kept = {"past": past, "future": ahead}.get(tense) or days
    if not kept:
        raise ValueError("no such day in the years around")
    best = min(kept, key=lambda day: (abs((day - today).days), day))
    fitting = [day for day in days if said.weekday == day.weekday()]
    if fitting and best not in fitting and abs((best - today).days) > _FAR:
        return min(fitting, key=lambda day: (abs((day - today).days), day))
    return best


def _weekday(said: Expression, anchor: datetime | None, tense: Tense) -> When:
    assert said.weekday is not None
    if anchor is None:
        return Recurring(weekday=said.weekday)
    today = anchor.date()
    if said.week is not None:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=said.week)
        return day_moment(monday + timedelta(days=said.weekday))
    back = (today.weekday() - said.weekday) % 7
    if said.turn in {"last", "past", "this past"}:
        return day_moment(today - timedelta(days=back or 7))
    ahead = (said.weekday - today.weekday()) % 7
    if said.turn == "next":
        return _next_weekday(today, ahead)
    if said.turn in {"coming", "this coming"}:
        return day_moment(today + timedelta(days=ahead or 7))
    if tense == "future" or (said.turn == "this" and tense != "past" and ahead <= back):
        return day_moment(today + timedelta(days=ahead))
    return day_moment(today - timedelta(days=back))


def _next_weekday(today: date, ahead: int) -> Moment:
    """'Next Thursday' said on a Monday is in three days or in ten; said on a Friday, in six."""
    first = today + timedelta(days=ahead or 7)
    if first - timedelta(days=first.weekday()) > today:
        return day_moment(first)
    later = first + timedelta(days=7)
    stated = day_moment(first).span
    return Moment(_span(first, later + timedelta(days=1)), "day", approx=True, stated=stated)


def _season(said: Expression, anchor: datetime | None) -> Moment | None:
    season = said.season
    assert season is not None
    if said.year is None and anchor is None:
        return None
    year = said.year if said.year is not None else _season_year(season, said.turn, anchor)
    # Seasons of the sky start three weeks after those of the calendar; northern half of the globe.
    end_year, end_month = year + (season.high - 1) // 12, (season.high - 1) % 12 + 1
    span = _span(date(year, season.low, 1), date(end_year, end_month, 22))
    found = _edged(said, span, "season")
    return replace(found, daypart=season.name)


def _season_year(season: Season, turn: str, anchor: datetime | None) -> int:
    assert anchor is not None
    started = anchor.month >= season.low
    over = started and anchor.month >= season.high
    if turn == "next":
        return anchor.year + (1 if started else 0)
    if turn == "last":
        return anchor.year if over else anchor.year - 1
    return anchor.year if started or turn == "this" else anchor.year - 1


def _turned(said: Expression, anchor: datetime | None) -> Moment | None:
    """Last week, this month, next year."""
    if anchor is None:
        return None
    step = {"last": -1, "next": 1}.get(said.turn, 0)
    today = anchor.date()
    if said.unit in {"week", "weekend"}:
        return _week(today, step, said.unit)
    if said.unit == "month":
        month = today.year * 12 + today.month - 1 + step
        first = date(month // 12, month % 12 + 1, 1)
        return _edged(said, _span(first, _month_after(first.year, first.month)), "month")
    if said.unit == "year":
        return _edged(said, _years(today.year + step, today.year + step + 1), "year")
    return None


def _week(today: date, step: int, unit: str) -> Moment:
    """Weeks start on Sunday or on Monday, by country: both are possible."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
    if unit == "weekend":
        if step == -1 or (step == 0 and today.weekday() < 3):
            monday = today - timedelta(days=today.weekday()) - timedelta(weeks=1)
        return Moment(_span(monday + timedelta(days=4), monday + timedelta(days=7)), "weekend")
    stated = _span(monday, monday + timedelta(days=7))
    wide = _span(monday - timedelta(days=1), monday + timedelta(days=7))
    return Moment(wide, "week", stated=stated)


def _with_clock(said: Expression, whole: When | None) -> When | None:
    if said.clock is None:
        return _with_daypart(said, whole)
    if said.half_unknown:
        return None
    low, high = said.clock
    slack = said.rounding.minutes if said.rounding else 0
    at = TimeOfDay(
        Interval(low - slack, high + slack),
        Interval(low, high),
        low != high,
        zone=said.zone,
        offset=said.offset,
    )
    if not isinstance(whole, Moment) or whole.day is None or whole.nominal.low is None:
        return at
    midnight = datetime(whole.day.year, whole.day.month, whole.day.day)
    stated = Interval(midnight + timedelta(minutes=low), midnight + timedelta(minutes=high))
    wide = timedelta(minutes=slack)
    assert stated.low is not None
    assert stated.high is not None
    span = Interval(stated.low - wide, stated.high + wide)
    return Moment(span, "minute", low != high, "", said.zone, said.offset, stated)


def _with_daypart(said: Expression, whole: When | None) -> When | None:
    part = said.daypart
    if part is None and said.edge is not None and said.names_day:
        share = said.edge
        low, high = int(_MIDNIGHT * share.low), int(_MIDNIGHT * share.high)
        part = Daypart(share.rule, share.name, low, high)
    if part is None:
        return whole
    if isinstance(whole, Recurring):
        return replace(whole, daypart=part.name)
    if not isinstance(whole, Moment) or whole.day is None:
        return whole
    midnight = datetime(whole.day.year, whole.day.month, whole.day.day)
    low_at, high_at = (midnight + timedelta(minutes=m) for m in (part.low, part.high))
    span = Interval(low_at, high_at, True, False)
    return Moment(span, "daypart", zone=said.zone, offset=said.offset, daypart=part.name)


def _hedged(said: Expression, found: When) -> When:
    hedge = said.hedge
    if hedge is None:
        return found
    if isinstance(found, TimeOfDay):
        span = _bounded(_shaped(found.span, found.stated, hedge, hedge.minutes))
        return replace(found, span=span, approx=True, hedge=said.hedge_words)
    if isinstance(found, Recurring):
        return replace(found, hedge=said.hedge_words)
    unit = _step(found.granularity)
    width = timedelta(minutes=hedge.minutes) if said.clock else unit * hedge.units
    nominal = found.nominal
    words = " ".join(filter(None, (said.hedge_words, found.hedge)))
    low, high = nominal.low, nominal.high
    if low is None or high is None:
        return found
    if found.granularity == "daypart" and hedge.shape == "before":
        start = datetime(low.year, low.month, low.day)  # "before dawn on Tuesday" is on Tuesday
        return replace(found, span=Interval(start, high, True, False), hedge=words)
    try:
        span_at = _shaped(found.span, nominal, hedge, width)
    except (ValueError, OverflowError):
        return found
    return replace(found, span=span_at, stated=nominal, approx=True, hedge=words)


def _step(grain: Granularity) -> timedelta:
    days = {"week": 7, "weekend": 7, "month": 30, "season": 90, "year": 365, "decade": 3650}
    return timedelta(days=days.get(grain, 1))


def _shaped(possible: Interval, nominal: Interval, hedge: Hedge, width: object) -> Interval:  # type: ignore[type-arg]
    """The set that a hedge makes of a time; ends and width are minutes, or instants and a delta."""
    low, high = possible.low, possible.high
    first, last = nominal.low, nominal.high
    if hedge.shape == "around":
        return Interval(first - width, last + width)  # type: ignore[operator]
    if hedge.shape == "soon-after":
        return Interval(first, last + width, False, True)  # type: ignore[operator]
    if hedge.shape == "soon-before":
        return Interval(first - width, last, True, False)  # type: ignore[operator]
    if hedge.shape == "after":
        return Interval(last, None, False, True)
    if hedge.shape == "before":
        return Interval(None, first, True, False)
    if hedge.shape == "until":
        return Interval(None, high)
    return Interval(low, None)


def _bounded(span: Interval[int]) -> Interval[int]:
    """A time of day lies within one day, however open its hedge is."""
    low = span.low if span.low is not None else min(0, (span.high or 0) - 1)
    high = span.high if span.high is not None else max(_MIDNIGHT, (span.low or 0) + 1)
    return Interval(low, high, span.low_closed, span.high_closed)
