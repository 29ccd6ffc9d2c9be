"""Dates and clock times: what is read, where it stands, and how two of them relate."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.grammar.times import TimeMention, read_times
from crosscheck.rulebook import load
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.moments import (
    Moment,
    Recurring,
    TimeOfDay,
    When,
    day_moment,
    day_of,
    label,
    relate,
    time_of_day,
)

THURSDAY = datetime(2020, 8, 6, 12, 0)
"""The moment of publication in the tables below, if they name no other."""


def read(text: str, anchor: datetime | None = THURSDAY) -> tuple[TimeMention, ...]:
    return read_times(text, anchor, load())


def labels(text: str, anchor: datetime | None = THURSDAY) -> list[str]:
    return [label(m.value) if m.value else "?" for m in read(text, anchor)]


ABSOLUTE = {
    "Friday 4 September 2020": [
        "on September 4", "on Sept. 4", "on Sep 4, 2020", "on 4 September 2020", "on 4th September",
        "on the 4th of September 2020", "on 2020-09-04", "on 04.09.2020", "on 4. 9. 2020",
        "on Friday, 4 September", "on SEPTEMBER 4, 2020", "on September 4th",
    ],
    "Thursday 13 August 2020": ["on 13/8/2020", "on 8/13/20"],
    "Thursday 31 December 2020": ["on New Year's Eve 2020"],
    "Friday 25 December 2020": ["on Christmas Day 2020"],
    "November 2013": ["in November 2013", "of November, 2013"],
    "early September 2015": ["in early September 2015"],
    "2015": ["in 2015", "It dates back to the elections of 2015."],
    "1859": ["in 1859"],
    "mid-2014": ["mid-2014"],
    "the 1990s": ["in the 1990s"],
    "the early 1960s": ["in the early 1960s"],
    "autumn 2019": ["in the autumn of 2019", "last autumn"],
    "2014-2016": ["in 2014-16"],
    "Friday 7 August 2020 to Saturday 8 August 2020": ["on 7-8 August", "August 7-8"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [(t, value) for value, texts in ABSOLUTE.items() for t in texts]
)
def test_absolute_dates_in_all_newsroom_forms(text: str, expected: str) -> None:
    assert labels(text) == [expected]


CLOCKS = {
    "18:50": [
        "at 6:50 p.m.", "at 6.50pm", "at 6:50 PM", "at 18:50", "at 18.50.", "at 18h50",
        "at 18 hours 50 minutes of local time", "at ten to seven in the evening",
    ],
    "18:00": ["at 6 p.m.", "at six in the evening", "at six o'clock in the evening"],
    "08:00": ["at 8 a.m.", "at eight o'clock in the morning"],
    "12:00": ["at noon", "at 12 noon", "at 12:00"],
    "00:00": ["at midnight", "at 12 a.m."],
    "16:50 GMT": ["at 1650 GMT", "at 16.50 GMT", "at 16:50 GMT"],
    "18:30": ["at half past six in the evening"],
    "18:00 to 19:00": ["between 6 and 7 p.m.", "6-7 p.m."],
    "about 18:30": ["about 18:30", "at about 6:30 p.m."],
    "shortly after 18:00": ["shortly after 6 p.m."],
    "by 21:55": ["By 21:55"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [(t, value) for value, texts in CLOCKS.items() for t in texts]
)
def test_clock_times(text: str, expected: str) -> None:
    assert labels(text) == [expected]


RELATIVE = [
    ("on Tuesday", "Tuesday 4 August 2020"),
    ("on Thursday", "Thursday 6 August 2020"),
    ("Tuesday evening", "Tuesday 4 August 2020, evening"),
    ("late on Monday", "Monday 3 August 2020, late"),
    ("last Sunday", "Sunday 2 August 2020"),
    ("last Thursday", "Thursday 30 July 2020"),
    ("next Sunday", "Sunday 9 August 2020"),
    ("Thursday next week", "Thursday 13 August 2020"),
    ("yesterday", "Wednesday 5 August 2020"),
    ("the day before yesterday", "Tuesday 4 August 2020"),
    ("tomorrow morning", "Friday 7 August 2020, morning"),
    ("this morning", "Thursday 6 August 2020, morning"),
    ("last night", "Wednesday 5 August 2020, night"),
    ("a week ago", "Thursday 30 July 2020"),
    ("two days ago", "Tuesday 4 August 2020"),
    ("the day before", "Wednesday 5 August 2020"),
    ("last week", "the week of 27 July 2020"),
    ("next month", "September 2020"),
    ("earlier this month", "August 2020"),
    ("last year", "2019"),
    ("two days after 4 August", "Thursday 6 August 2020"),
    ("on the night of 3 August", "Monday 3 August 2020, night"),
]


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_relative_times_against_the_publication(text: str, expected: str) -> None:
    assert labels(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 4 August and two days later", ["Tuesday 4 August 2020", "Thursday 6 August 2020"]),
        (
            "at 10 p.m. on Monday and a quarter of an hour later",
            ["22:00 on Monday 3 August 2020", "22:15 on Monday 3 August 2020"],
        ),
        (
            "on 4 August, and the following day",
            ["Tuesday 4 August 2020", "Wednesday 5 August 2020"],
        ),
    ],
)
def test_times_counted_from_the_time_just_named(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


NO_TIMES = [
    "for six years, five days and 40 minutes",
    "at Expo 2020 the Boeing 737 carried 1500 people and 2,570 tons",
    "on 8/5/20",
    "the vote was ten to six, the score 3-1",
    "soldiers march past, and she may stay",
    "shops filled on Black Friday; the Sunday Times said so",
    "it happens on Sundays and every Monday",
    "shares closed at 18.08 and rose 3.45 percent",
    "she won the race in 18:08",
    "in May 15 people died; call 555-2014-16",
    "a fall in prices, a spring in the hills",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_durations_figures_and_names_are_no_times(text: str) -> None:
    assert [m.text for m in read(text) if m.text not in {"May"}] == []


@pytest.mark.parametrize(
    ("text", "tense", "expected"),
    [
        ("on Friday", "past", "Friday 31 July 2020"),
        ("on Friday", "future", "Friday 7 August 2020"),
        ("on Thursday", "future", "Thursday 6 August 2020"),
        ("on 10 September", "past", "Tuesday 10 September 2019"),
        ("on 10 September", "", "Thursday 10 September 2020"),
        ("on 10 May", "future", "Monday 10 May 2021"),
        ("in September", "past", "September 2019"),
        ("in September", "future", "September 2020"),
    ],
)
def test_the_tense_decides_which_one(text: str, tense: str, expected: str) -> None:
    [mention] = read(text)
    value = mention.read(THURSDAY, tense)  # type: ignore[arg-type]
    assert value is not None
    assert label(value) == expected


def test_without_a_publication_a_weekday_stays_any_such_day() -> None:
    [weekday], [day] = read("on Tuesday", None), read("on 4 August", None)
    assert weekday.value == Recurring(weekday=1)
    assert day.value == Recurring(month=8, day=4)
    assert labels("yesterday", None) == ["?"]


def test_next_thursday_leaves_two_days_open_within_one_week() -> None:
    monday = datetime(2020, 8, 3, 9, 0)
    [mention] = read("next Thursday", monday)
    for day in (date(2020, 8, 6), date(2020, 8, 13)):
        assert relate(mention.value, day_moment(day)) is Relation.CONTAINS  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "anchor", "off"),
    [
        ("on Sunday, 15 June", datetime(2019, 6, 16), date(2019, 6, 16)),
        ("on Saturday, 15 June", datetime(2019, 6, 16), None),
        ("on Saturday, January 22, 2017", None, date(2017, 1, 21)),
        ("on Sunday, January 22", None, None),
        # A Friday in the year before, told seven months later: the weekday decides the year.
        ("on Friday, 5 July", datetime(2025, 2, 2), None),
    ],
)
def test_weekday_against_date(text: str, anchor: datetime | None, off: date | None) -> None:
    [mention] = read(text, anchor)
    assert mention.mismatch == (off is not None)
    assert (mention.off_day.day if mention.off_day else None) == off
    assert mention.weekday
    assert mention.date


def test_a_clock_time_in_brackets_is_a_claim_of_its_own_zone() -> None:
    text = "The fire broke out at 6:50 p.m. (1650 GMT) on Monday in the mill."
    first, second = read(text)
    assert label(first.value) == "18:50 on Monday 3 August 2020"  # type: ignore[arg-type]
    assert label(second.value) == "16:50 GMT"  # type: ignore[arg-type]
    assert relate(first.value, second.value) is Relation.OVERLAP  # type: ignore[arg-type]


def test_parts_of_a_mention_have_their_own_spans() -> None:
    text = "It was at about 6:08 p.m. local time on Tuesday, 4 August, that the dam broke."
    [mention] = read(text)
    spans = (mention.weekday, mention.date, mention.clock)
    assert [text[s[0] : s[1]] for s in spans if s] == [
        "Tuesday", "4 August", "at about 6:08 p.m. local time",
    ]  # fmt: skip
    assert mention.hedge == "about"
    assert set(mention.rules) >= {"time.form.clock-12", "time.hedge.about", "time.weekdays"}


# --- the algebra --------------------------------------------------------------------------------


def value(text: str, anchor: datetime | None = THURSDAY) -> When:
    found = read(text, anchor)[0].value
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Tuesday", "4 August 2020", Relation.SAME),
        ("Tuesday", "Wednesday", Relation.APART),
        ("Tuesday evening", "Tuesday", Relation.INSIDE),
        ("Tuesday evening", "Tuesday morning", Relation.APART),
        ("August 2020", "4 August", Relation.CONTAINS),
        ("early September 2020", "28 September", Relation.APART),
        ("early September 2020", "4 September", Relation.CONTAINS),
        ("6:08 p.m.", "18:08", Relation.SAME),
        ("shortly after 6 p.m.", "18:08", Relation.CONTAINS),
        ("shortly after 6 p.m.", "17:45", Relation.APART),
        ("about 18:30", "18:43", Relation.CONTAINS),
        ("about 18:30", "18:50", Relation.APART),
        ("18:43", "18:50", Relation.APART),
        ("after 18:43", "18:50", Relation.CONTAINS),
        ("before 18:43", "18:50", Relation.APART),
        ("6 p.m.", "18:08", Relation.CONTAINS),
        ("6 p.m.", "18:30", Relation.APART),
        ("18:50 GMT", "18:50", Relation.OVERLAP),
        ("18:50 GMT", "19:50 CET", Relation.SAME),
        ("18:50 GMT", "18:50 CET", Relation.APART),
        ("0315 GMT", "22:15 EST", Relation.SAME),
        ("since 2014", "2016", Relation.CONTAINS),
        ("2015", "2014", Relation.APART),
        ("the 1990s", "1994", Relation.CONTAINS),
        ("by Friday", "Tuesday", Relation.APART),
    ],
)
def test_how_two_times_relate(one: str, other: str, relation: Relation) -> None:
    texts = [text if text[0].isdigit() and ":" in text else f"in {text}" for text in (one, other)]
    a, b = value(texts[0]), value(texts[1])
    assert relate(a, b) is relation
    assert relate(b, a) is relation.mirrored


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (Recurring(weekday=1), day_moment(date(2020, 8, 4)), Relation.CONTAINS),
        (Recurring(weekday=2), day_moment(date(2020, 8, 4)), Relation.APART),
        (Recurring(month=8, day=4), day_moment(date(2020, 8, 4)), Relation.CONTAINS),
        (Recurring(weekday=1), Recurring(weekday=1, month=8), Relation.CONTAINS),
        (Recurring(month=8, day=4), Recurring(month=8, day=5), Relation.APART),
        (Recurring(weekday=1), Recurring(month=8), Relation.OVERLAP),
    ],
)
def test_days_that_come_round_again(a: When, b: When, relation: Relation) -> None:
    assert relate(a, b) is relation
    assert relate(b, a) is relation.mirrored


def test_ten_to_midnight_and_five_to_are_five_minutes_apart_across_the_day() -> None:
    late, past = value("about 23:55"), value("at 0:05")
    assert relate(late, past) is Relation.CONTAINS


days = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(day_moment)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2030, 12, 31))
offsets = st.sampled_from([None, timedelta(0), timedelta(hours=2), timedelta(hours=-5)])


@st.composite
def minutes(draw: st.DrawFn) -> Moment:
    at, offset = draw(instants), draw(offsets)
    wide = timedelta(minutes=draw(st.integers(0, 30)))
    zone = "" if offset is None else str(offset)
    stated = Interval.point(at)
    return Moment(Interval(at - wide, at + wide), "minute", False, "", zone, offset, stated)


@st.composite
def clocks(draw: st.DrawFn) -> TimeOfDay:
    at, slack = draw(st.integers(0, 1439)), draw(st.integers(0, 30))
    offset = draw(offsets)
    zone = "" if offset is None else str(offset)
    span = Interval(at - slack, at + slack)
    return TimeOfDay(span, Interval.point(at), zone=zone, offset=offset)


recurring = st.builds(
    Recurring,
    st.none() | st.integers(0, 6),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 28),
)
whens = st.one_of(days, minutes(), clocks(), recurring)


@settings(max_examples=150, deadline=None)
@given(whens, whens)
def test_relating_mirrors(a: When, b: When) -> None:
    assert relate(b, a) is relate(a, b).mirrored


@settings(max_examples=80, deadline=None)
@given(whens)
def test_a_time_is_the_same_as_itself_and_splits_once(a: When) -> None:
    assert relate(a, a) is Relation.SAME or isinstance(a, Recurring)
    assert label(a) or a == Recurring()
    day, clock = day_of(a), time_of_day(a)
    assert day is None or day_of(day) == day
    assert clock is None or time_of_day(clock) == clock


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "on at about Tuesday 4 August 2020 6:50 p.m. the night of , ( ) 18.08 GMT in a few "
            "days later early last week May 2015 next noon by since 99 é \u2009".split(" ")
        ),
        max_size=14,
    ).map(" ".join),
    st.none() | instants,
)
def test_spans_slice_the_text_and_nothing_crashes(text: str, anchor: datetime | None) -> None:
    found = read(text, anchor)
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.rules
    tops = [m for m in found if not any(o.start < m.start and m.end <= o.end for o in found)]
    assert all(a.end <= b.start for a, b in pairwise(tops))


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2015, 1, 1), date(2025, 12, 31)), instants)
def test_a_written_date_is_read_back(day: date, anchor: datetime) -> None:
    for text in (f"on {day:%d %B %Y}", f"on {day:%B} {day.day}, {day.year}", f"on {day}"):
        [mention] = read(text, anchor)
        assert mention.value == day_moment(day)


@pytest.mark.parametrize(
    "text", ["1:" * 50_000, "4 and 5 " * 10_000, "Monday, " * 10_000, "x" * 10**6]
)
def test_hostile_texts_are_read_in_seconds(text: str) -> None:
    read_times(text, THURSDAY, load())
