"""Wordings that fit all sources, and the advice and severity of whole findings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.grammar.quantities import read
from crosscheck.grammar.times import read_times
from crosscheck.language import English
from crosscheck.model import Finding
from crosscheck.pipeline import analyse
from crosscheck.read import article_from_text
from crosscheck.rulebook import load
from crosscheck.values import hull
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.moments import day_moment
from crosscheck.values.moments import relate as relate_times
from crosscheck.values.quantity import Quantity, relate

RULES, ENGLISH = load(), English()
EDGES = {
    name: (RULES.rule(id).number("low"), RULES.rule(id).number("high"))
    for name, id in (("early", "time.early"), ("mid", "time.middle"), ("late", "time.late"))
}


def value(text: str) -> Quantity:
    (figure,) = read(f"They counted {text}.", RULES)
    return figure.quantity


@pytest.mark.parametrize(
    ("texts", "floor", "wording"),
    [
        (["39 boats", "35 boats"], False, "between 35 and 39"),
        (["12 boats", "19 boats"], True, "at least 12"),
        (["50 boats", "51 boats"], False, "50 or 51"),
        (["about 600 boats", "700 boats"], False, "between about 600 and 700"),
        (["39 boats", "more than 30 boats"], False, "more than 30"),
        (["39 boats", "up to 30 boats"], False, "at most 39"),
        (["up to 30 boats", "more than 40 boats"], False, ""),
        (["60 million euros", "80 million euros"], False, "between 60 and 80 million EUR"),
        (["12 km", "17 km"], False, "between 12 and 17 km"),
        (["12 km", "17 miles"], False, ""),
        (["1,001,613 boats", "1,001,616 boats"], False, "about 1,001,600"),
        (["1,001 boats", "1,002 boats"], False, "1,001 or 1,002"),
        (["20 to 30 boats", "40 boats"], False, "between 20 and 40"),
    ],
)
def test_figures_are_worded_as_wide_as_needed(texts: list[str], floor: bool, wording: str) -> None:
    assert hull.figures([value(text) for text in texts], floor) == wording


def exact(number: int) -> Quantity:
    return Quantity(Interval.point(Fraction(number)), Interval.point(Fraction(number)))


def bound(number: int, low: bool) -> Quantity:
    ends = (Fraction(number), None) if low else (None, Fraction(number))
    return Quantity(Interval(*ends), Interval(*ends))


figures = st.one_of(
    st.builds(exact, st.integers(1, 500)), st.builds(bound, st.integers(1, 500), st.booleans())
)


@given(st.lists(figures, min_size=1, max_size=5), st.booleans())
def test_a_wording_of_figures_holds_every_value(values: list[Quantity], floor: bool) -> None:
    worded = hull.figures(values, floor)
    if not worded:
        return
    (wide,) = read(f"They counted {worded.replace(' or ', ' to ')} boats.", RULES)
    for one in values:
        assert relate(wide.quantity, one) in (Relation.CONTAINS, Relation.SAME)


@pytest.mark.parametrize(
    ("days", "wording"),
    [
        ([(12, 5), (13, 5)], "on Monday 12 or Tuesday 13 May 2025"),
        ([(30, 4), (1, 5)], "on Wednesday 30 April 2025 or Thursday 1 May 2025"),
        ([(2, 9), (6, 9)], "in early September 2025"),
        ([(24, 9), (29, 9)], "in late September 2025"),
        ([(1, 9), (29, 9)], "in September 2025"),
        ([(1, 3), (29, 9)], "in 2025"),
    ],
)
def test_days_are_worded_as_wide_as_needed(days: list[tuple[int, int]], wording: str) -> None:
    moments = [day_moment(date(2025, month, day)) for day, month in days]
    assert hull.times(moments, EDGES) == wording


@given(st.lists(st.dates(date(2001, 1, 1), date(2024, 12, 31)), min_size=2, max_size=4))
def test_a_wording_of_days_holds_every_day(days: list[date]) -> None:
    if (max(days) - min(days)) <= timedelta(days=1) or min(days).year < max(days).year:
        return
    moments = [day_moment(day) for day in days]
    worded = hull.times(moments, EDGES)
    (mention,) = read_times(f"The pier closed {worded}.", datetime(2025, 6, 1), RULES)
    assert mention.value is not None
    for moment in moments:
        related = relate_times(mention.value, moment)
        assert related in (Relation.CONTAINS, Relation.SAME)


def test_what_quotations_share_is_how_they_end() -> None:
    versions = [
        "They will never give up this bridge, ever.",
        "we will never give up this bridge, ever",
    ]
    assert hull.last_words(versions) == "will never give up this bridge, ever"
    assert hull.last_words(["the bridge", "the bridge"]) == ""
    assert hull.last_words(["It was a good day for it", "It was a good day for them"]) == ""


def finding(kind: str, *texts: str) -> Finding:
    articles = [
        article_from_text(text, id=f"a{n}", outlet=f"Paper {n}", rules=RULES)
        for n, text in enumerate(texts)
    ]
    (found,) = (f for f in analyse(articles, RULES, ENGLISH).findings if f.kind == kind)
    return found


@pytest.mark.parametrize(
    ("kind", "texts", "advice"),
    [
        (
            "quantity",
            ["The police said the flood killed 12 people.", "The flood killed 19 people."],
            "Ask the sources named: the police. Fits all sources: “at least 12 people killed”.",
        ),
        (
            "quantity",
            ["Korvel police said the mast is 60 metres high.", "The mast is 75 metres high."],
            "Ask the sources named: the Korvel police. Fits all sources: “between 60 and 75 m”.",
        ),
        (
            "quantity",
            [
                "The mast is 60 metres high.",
                "The mast is 60 metres high.",
                "The mast is 75 metres high.",
            ],
            "Ask where Paper 2, which stands alone, has it from. "
            "Fits all sources: “between 60 and 75 m”.",
        ),
        (
            "name",
            ["Chancellor Otto Wittmann spoke.", "Chancellor Otto Vittmann left."],
            "Choose “Otto Wittmann” or “Otto Vittmann” and use it throughout.",
        ),
        (
            "name",
            [
                "Chancellor Otto Wittmann spoke.",
                "Chancellor Otto Wittmann left.",
                "Chancellor Otto Vittmann left.",
            ],
            "Most write “Otto Wittmann”; use one spelling throughout.",
        ),
    ],
)
def test_advice_says_whom_to_ask_and_what_fits_all(
    kind: str, texts: list[str], advice: str
) -> None:
    assert finding(kind, *texts).advice == advice


LAST = "“This is {}the last bridge that we will ever build here,” Mayor Anna Bolt said."


@pytest.mark.parametrize(
    ("kind", "texts", "advice"),
    [
        (
            "attendance",
            [
                f"Otto Wittmann attended the meeting in Tarn {how}."
                for how in ("in person", "by video link")
            ],
            "Ask those who speak for Otto Wittmann, or the organisers. Fits all sources: “Otto "
            "Wittmann took part; accounts differ on whether in person or by video link”.",
        ),
        (
            "attendance",
            ["Otto Wittmann was on board the ferry.", "Otto Wittmann was not on board the ferry."],
            "Look at the passenger list, or ask those who speak for Otto Wittmann. "
            "Fits all sources: “accounts differ on whether Otto Wittmann was on board”.",
        ),
        (
            "commitment",
            [
                f"Anna Bolt has {step} to sign the contract."
                for step in ("agreed in principle", "formally committed")
            ],
            "Ask those who speak for Anna Bolt. "
            "Fits all sources: “Anna Bolt at least agreed in principle to sign the contract”.",
        ),
        (
            "commitment",
            [f"Anna Bolt {step} to sign the contract." for step in ("pledged", "refused")],
            "Ask those who speak for Anna Bolt. "
            "Fits all sources: “accounts differ on how far Anna Bolt went towards signing the "
            "contract”.",
        ),
        (
            "place",
            [f"Anna Bolt died in {city}." for city in ("Singapore", "Tokyo")],
            "Look at pictures of it, or ask somebody who was there. "
            "Fits all sources: “accounts differ on the place of the death of Anna Bolt”.",
        ),
        (
            "quote",
            [LAST.format(""), LAST.format("not ")],
            "Look for a recording or a transcript, or ask those who speak for Anna Bolt. "
            "Until it is settled, print it without quotation marks and say that accounts differ.",
        ),
        (
            "quantity",
            [
                "Some 39 countries attended the summit in Vienna.",
                "35 countries and organisations attended the summit in Vienna.",
            ],
            "Ask where Paper 0 and Paper 1 have it from. "
            "Fits all sources: “at most about 39 countries taking part in Vienna”.",
        ),
    ],
)
def test_every_kind_has_words_that_all_accounts_bear(
    kind: str, texts: list[str], advice: str
) -> None:
    assert finding(kind, *texts).advice == advice


def test_two_speakers_in_one_account_do_not_contradict_their_outlet() -> None:
    found = finding(
        "quantity",
        "The police said the rally drew 9,000 people. The union said the rally drew 15,000 people.",
        "The rally drew 9,000 people.",
    )
    assert found.verdict == "conflict"
    assert "advice.contradicts-itself" not in found.reason["rules"]


def test_days_that_follow_each_other_are_no_mere_minutes_apart() -> None:
    texts = [f"date 2024-05-09\n\nThe dam burst on {day} 2024." for day in ("6 May", "7 May")]
    assert finding("date", *texts).severity == "high"
