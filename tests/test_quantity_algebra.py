"""The truth table of figures: every comparator against every comparator, ends, units, rounding."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.grammar.quantities import read
from crosscheck.rulebook import load
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.quantity import (
    Bound,
    Numeral,
    Quantity,
    Tolerances,
    label,
    normalised,
    read_number,
    relate,
)
from crosscheck.values.units import COUNT, Unit, money, scales

RULES = load()
BY = Tolerances.of(RULES)
METRE = Unit("metre", "length", "m", ("meter",))
FOOT = Unit("foot", "length", "ft", ("foot",))
KILOMETRE = Unit("kilometre", "length", "km", ("kilometer",))
CELSIUS = Unit("celsius", "temperature", "°C", ("degC",))
FAHRENHEIT = Unit("fahrenheit", "temperature", "°F", ("degF",))
TON = Unit("ton", "mass", "tons", ("metric_ton", "short_ton"))
TONNE = Unit("tonne", "mass", "t", ("metric_ton",))
UNITS = [COUNT, METRE, FOOT, money("EUR"), Unit("percent", "percent", "%")]
BOUNDS: list[Bound] = [
    "", "exactly", "above", "at-least", "at-most", "below", "about", "nearly", "just-over",
    "just-under",
]  # fmt: skip


def quantity(number: int, bound: Bound = "", unit: Unit = COUNT, to: int | None = None) -> Quantity:
    low = Numeral.whole(number)
    high = low if to is None else Numeral.whole(to)
    reading = read_number(low, high, bound, unit, BY)
    return Quantity(reading.stated, reading.bounds, unit, bound in {"about", "nearly"})


def figure(text: str) -> Quantity:
    (only,) = read(text, RULES)
    return only.quantity


def grid(*intervals: Interval[Fraction]) -> list[Fraction]:
    """All ends, a point between any two of them, and one beyond on either side."""
    ends = sorted({x for i in intervals for x in (i.low, i.high) if x is not None})
    between = [(x + y) / 2 for x, y in pairwise(ends)]
    return [ends[0] - 1, *ends, *between, ends[-1] + 1]


def obvious(a: Interval[Fraction], b: Interval[Fraction]) -> Relation:
    """The relation of two sets of points, each taken as nothing but a set."""
    points = [Interval.point(x) for x in grid(a, b)]
    one = {p.low for p in points if a.holds(p)}
    other = {p.low for p in points if b.holds(p)}
    if one == other:
        return Relation.SAME
    if one < other:
        return Relation.INSIDE
    if one > other:
        return Relation.CONTAINS
    return Relation.OVERLAP if one & other else Relation.APART


@pytest.mark.parametrize(("one", "other"), list(product(BOUNDS, BOUNDS)))
@pytest.mark.parametrize(("a", "b"), [(40, 40), (40, 42), (42, 40), (40, 48), (48, 40), (40, 120)])
def test_every_comparator_against_every_other(one: Bound, other: Bound, a: int, b: int) -> None:
    """The relation is the one of the sets of points, taken as sets."""
    x, y = quantity(a, one), quantity(b, other)
    assert relate(x, y) is obvious(x.bounds, y.bounds)
    assert relate(y, x) is relate(x, y).mirrored


@pytest.mark.parametrize(("one", "other"), list(product(BOUNDS, BOUNDS)))
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_relations_mirror_in_every_unit(one: Bound, other: Bound, unit: Unit) -> None:
    for a, b in product((12, 90, 93, 240), repeat=2):
        x, y = quantity(a, one, unit), quantity(b, other, unit)
        assert relate(y, x) is relate(x, y).mirrored
        assert relate(x, x) is Relation.SAME


CLOSED = {
    "": "both", "exactly": "both", "above": "neither", "at-least": "left", "at-most": "right",
    "below": "neither", "about": "both", "nearly": "both", "just-over": "neither",
    "just-under": "neither",
}  # fmt: skip


@pytest.mark.parametrize("bound", BOUNDS)
def test_ends_as_stated(bound: Bound) -> None:
    q = quantity(30, bound)
    assert q.closed == CLOSED[bound]
    assert {q.low, q.high} - {None} == {Fraction(30)}


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("39 towns", "more than 30 towns", Relation.INSIDE),
        ("30 towns", "more than 30 towns", Relation.APART),
        ("30 towns", "at least 30 towns", Relation.INSIDE),
        ("29 towns", "at least 30 towns", Relation.APART),
        ("900 towns", "at least 30 towns", Relation.INSIDE),
        ("30 towns", "no more than 30 towns", Relation.INSIDE),
        ("30 towns", "fewer than 30 towns", Relation.APART),
        ("300,000 people", "up to 300,000 people", Relation.INSIDE),
        ("310,000 people", "as many as 300,000 people", Relation.APART),
        ("at least 30 towns", "more than 30 towns", Relation.CONTAINS),
        ("fewer than 30 towns", "at least 30 towns", Relation.APART),
        ("no more than 30 towns", "at least 30 towns", Relation.OVERLAP),
        ("about 600 towns", "612 towns", Relation.CONTAINS),
        ("about 600 towns", "about 700 towns", Relation.APART),
        ("about 600 towns", "700 towns", Relation.APART),
        ("nearly 4,000 people", "3,900 people", Relation.CONTAINS),
        ("nearly 4,000 people", "4,000 people", Relation.CONTAINS),
        ("nearly 4,000 people", "4,100 people", Relation.APART),
        ("nearly 4,000 people", "3,100 people", Relation.APART),
        ("just over 600 towns", "612 towns", Relation.CONTAINS),
        ("just over 600 towns", "900 towns", Relation.APART),
        ("just under 600 towns", "600 towns", Relation.APART),
        ("half a million people", "482,000 people", Relation.CONTAINS),
        ("half a million people", "428,000 people", Relation.APART),
        ("1.2 billion euros", "1.217bn euros", Relation.CONTAINS),
        ("1.2 billion euros", "1.26bn euros", Relation.APART),
        ("11 million cars", "10.8 million cars", Relation.CONTAINS),
        ("160 thousand people", "160,000 people", Relation.CONTAINS),
        ("39 towns", "35 towns", Relation.APART),
        ("39 towns", "thirty-nine towns", Relation.SAME),
        ("240 people", "241 people", Relation.APART),
        ("240 km", "241 km", Relation.CONTAINS),
        ("93 metres", "90 metres", Relation.APART),
        ("93 metres", "305 feet", Relation.CONTAINS),
        ("10 km", "6.2 miles", Relation.CONTAINS),
        ("8 miles", "17 km", Relation.APART),
        ("300 tons", "300 tonnes", Relation.CONTAINS),
        ("300 tons", "272 tonnes", Relation.CONTAINS),
        ("300 tons", "400 tonnes", Relation.APART),
        ("20 °C", "68 degrees Fahrenheit", Relation.CONTAINS),
        ("a third of the roof", "33 percent of the roof", Relation.CONTAINS),
        ("two-thirds of the roof", "half of the roof", Relation.APART),
        ("one in five", "20%", Relation.CONTAINS),
        ("$37,500", "$37,000", Relation.APART),
        ("90 minutes", "1.5 hours", Relation.INSIDE),
        ("6 years", "7 years", Relation.APART),
        ("a 68-year-old", "a man aged 67", Relation.APART),
        ("18 months old", "one year old", Relation.INSIDE),
        ("15,000 to 30,000 people", "20,000 people", Relation.CONTAINS),
        ("15,000 to 30,000 people", "25,000 to 40,000 people", Relation.OVERLAP),
        ("15,000 to 30,000 people", "more than 31,000 people", Relation.APART),
        ("dozens of people", "80 people", Relation.CONTAINS),
        ("dozens of people", "13 people", Relation.APART),
        ("hundreds of people", "more than 400 people", Relation.OVERLAP),
        ("tens of thousands of people", "6,000 people", Relation.APART),
        ("a dozen people", "12 people", Relation.CONTAINS),
        ("exactly 240 km", "241 km", Relation.APART),
        ("one of the towns", "five towns", Relation.CONTAINS),
    ],
)
def test_figures_as_written(a: str, b: str, relation: Relation) -> None:
    assert relate(figure(a), figure(b)) is relation
    assert relate(figure(b), figure(a)) is relation.mirrored


@pytest.mark.parametrize(
    ("a", "b"), [("5 km", "5 hours"), ("5 euros", "5 dollars"), ("5 percent", "5 points")]
)
def test_what_measures_different_things_cannot_be_compared(a: str, b: str) -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        relate(figure(a), figure(b))


def test_a_rise_is_converted_without_the_zero_of_its_scale() -> None:
    warmer = Quantity(
        Interval.point(Fraction(2)), Interval.point(Fraction(2)), CELSIUS, change="up"
    )
    same = Quantity(
        Interval.point(Fraction(18, 5)), Interval.point(Fraction(18, 5)), FAHRENHEIT, change="up"
    )
    assert relate(warmer, same) is Relation.SAME


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("more than 30 towns", "more than 30"),
        ("15,000 to 30,000 people", "15,000 to 30,000"),
        ("about 600 towns", "about 600"),
        ("nearly 4,000 towns", "nearly 4,000"),
        ("€6.5 billion", "6.5 billion EUR"),
        ("93 metres", "93 m"),
        ("18.6 percent", "18.6%"),
        ("at least 35 towns", "at least 35"),
        ("up to 26 towns", "at most 26"),
        ("fewer than 26 towns", "fewer than 26"),
        ("less than 26 km", "less than 26 km"),
        ("dozens of towns", "dozens"),
        ("between $10 billion and $15 billion", "10 to 15 billion USD"),
        ("1,001,613 trips", "1,001,613"),
        ("two-thirds of the roof", "2/3"),
    ],
)
def test_labels(text: str, shown: str) -> None:
    assert label(figure(text)) == shown


numbers = st.integers(1, 10**7)
bounds = st.sampled_from(BOUNDS)
lengths = st.sampled_from([METRE, FOOT, KILOMETRE])


@settings(max_examples=60, deadline=None)
@given(numbers, bounds, lengths, numbers, bounds, lengths)
def test_conversion_changes_no_relation(
    a: int, one: Bound, first: Unit, b: int, other: Bound, second: Unit
) -> None:
    x, y = quantity(a, one, first), quantity(b, other, second)
    assert relate(normalised(x), normalised(y)) is relate(x, y)
    assert relate(y, x) is relate(x, y).mirrored


@settings(max_examples=60, deadline=None)
@given(numbers, bounds, st.sampled_from([METRE, FOOT, CELSIUS, FAHRENHEIT, TON, TONNE, COUNT]))
def test_normalising_twice_is_normalising_once(number: int, bound: Bound, unit: Unit) -> None:
    once = normalised(quantity(number, bound, unit))
    assert normalised(once) == once


@settings(max_examples=80, deadline=None)
@given(numbers, numbers, st.sampled_from(["above", "at-least"]))
def test_a_lower_bound_never_disagrees_with_a_higher_figure(a: int, b: int, bound: Bound) -> None:
    low, high = sorted((a, b))
    if low < high:
        assert relate(quantity(low, bound), quantity(high)) is not Relation.APART


@settings(max_examples=80, deadline=None)
@given(numbers, st.sampled_from(UNITS), bounds)
def test_what_is_stated_closed_stays_possible(number: int, unit: Unit, bound: Bound) -> None:
    """No tolerance ever shuts out the number itself, unless the hedge does."""
    q = quantity(number, bound, unit)
    shut_out = bound in {"above", "below", "just-over", "just-under"}
    assert q.bounds.holds(Interval.point(Fraction(number))) is not shut_out


def test_every_unit_of_the_rules_has_a_size() -> None:
    """Pint knows some names in another sense: its decade is a ratio, not ten years."""
    rules = load()
    for rule in rules.section("units"):
        for row in rule.strings("units"):
            name, _, size, *_ = (part.strip() for part in row.split("|"))
            unit = Unit(name, rule.string("dimension"), "", tuple(size.split(" or ")))
            assert all(scale.factor > 0 for scale in scales(unit)), row


@pytest.mark.parametrize(("years", "apart"), [("20 years", False), ("40 years", True)])
def test_two_decades_are_twenty_years(years: str, apart: bool) -> None:
    one, other = (read(text, load())[0].quantity for text in ("two decades", years))
    assert (relate(one, other) is Relation.APART) == apart
