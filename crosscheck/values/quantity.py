"""Figures as sets of possibilities: rounding, "about", bounds, ranges, and how two figures relate.

How wide "about" and rounding are is a choice, argued in ``rules/figures/tolerances.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Literal

from crosscheck.rulebook import Rulebook
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.units import COUNT, PART, Unit, in_base

Change = Literal["up", "down", ""]
Bound = Literal[
    "", "exactly", "above", "at-least", "at-most", "below", "about", "nearly",
    "just-over", "just-under",
]  # fmt: skip
Form = Literal["digits", "scaled", "fraction"]

_OLDEST = 130  # years; what is older than any human being is dated like other durations
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it was written.

    ``place`` is the worth of its last digit (1 for ``39``, 100 million for ``1.2bn``),
    ``round_place`` that of its last digit other than nought (10 for ``240``). ``form`` is
    ``scaled`` for numbers that end in a word or letter for a power of ten, ``fraction`` for words
    such as "a third".
    """

    value: Fraction
    place: Fraction
    round_place: Fraction
    form: Form = "digits"

    @classmethod
    def whole(cls, value: int) -> Numeral:
        """A whole number written in full."""
        return cls(Fraction(value), _ONE, round_place(Fraction(value), _ONE))

    def times(self, factor: Fraction, form: Form = "scaled") -> Numeral:
        return Numeral(self.value * factor, self.place * factor, self.round_place * factor, form)


def round_place(value: Fraction, place: Fraction) -> Fraction:
    """The worth of the last digit that is not nought; ``place`` itself for nought."""
    while value and (value / (place * 10)).denominator == 1:
        place *= 10
    return place


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure. ``stated`` is what is written and ``bounds`` what it leaves possible, both in
    ``unit``; ``hedge`` is the hedge as written; ``change`` marks the amount of a rise or fall;
    ``word`` is the word that stands for the whole number, where one does ("dozens")."""

    stated: Interval[Fraction]
    bounds: Interval[Fraction]
    unit: Unit = COUNT
    approx: bool = False
    hedge: str = ""
    change: Change = ""
    word: str = ""

    @property
    def possible(self) -> Interval[Fraction]:
        """What the figure leaves possible, in the base unit of its dimension."""
        return in_base(self.bounds, self.unit, differences=bool(self.change))

    @property
    def low(self) -> Fraction | None:
        return self.stated.low

    @property
    def high(self) -> Fraction | None:
        return self.stated.high

    @property
    def closed(self) -> Literal["both", "left", "right", "neither"]:
        """Which ends of ``stated`` belong to it; an end that does not exist does not."""
        left = self.low is not None and self.stated.low_closed
        right = self.high is not None and self.stated.high_closed
        if left and right:
            return "both"
        return "left" if left else "right" if right else "neither"


def relate(a: Quantity, b: Quantity) -> Relation:
    """How the possibilities of two figures relate.

    Raises:
        ValueError: the two measure different things.
    """
    if a.unit.dimension != b.unit.dimension:
        raise ValueError(f"{a.unit.dimension} and {b.unit.dimension} cannot be compared")
    if a.unit == b.unit:
        return a.bounds.relate(b.bounds)
    return a.possible.relate(b.possible)


def normalised(quantity: Quantity) -> Quantity:
    """The figure in the base unit of its dimension."""
    differences = bool(quantity.change)
    base = Unit(f"base unit of {quantity.unit.dimension}", quantity.unit.dimension)
    return replace(
        quantity,
        stated=in_base(quantity.stated, quantity.unit, differences),
        bounds=in_base(quantity.bounds, quantity.unit, differences),
        unit=base,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written number leaves possible, and the rules that say so."""

    stated: Interval[Fraction]
    bounds: Interval[Fraction]
    rules: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Tolerances:
    """The widths of ``rules/figures/tolerances.toml``, by the id of their rule."""

    widths: Mapping[str, Fraction] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Rulebook) -> Tolerances:
        return _tolerances(rules)

    def __getitem__(self, name: str) -> Fraction:
        return self.widths[f"tolerance.{name}"]


@cache
def _tolerances(rules: Rulebook) -> Tolerances:
    found = rules.section("tolerances")
    return Tolerances({r.id: Fraction(str(r.data["width"])) for r in found})


def read_number(low: Numeral, high: Numeral, bound: Bound, unit: Unit, by: Tolerances) -> Reading:
    """What a number (``low is high``) or a range leaves possible, under a hedge.

    A bound on a range is one on its nearer end for "more than", on its farther one for "up to".
    """
    rounded_low, first = _rounded(low, unit, by)
    rounded_high, second = _rounded(high, unit, by)
    hull = _hull(rounded_low, rounded_high)
    stated = Interval(low.value, high.value)
    rules = tuple(dict.fromkeys(filter(None, (first, second))))
    if bound == "exactly":
        return Reading(stated, stated, ())
    if bound in {"about", "nearly"}:
        return _vaguer(low, high, bound, hull, by)
    if bound:
        return _bounded(low.value, high.value, bound, by)
    return Reading(stated, hull, rules)


def _hull(low: Interval[Fraction], high: Interval[Fraction]) -> Interval[Fraction]:
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def _vaguer(
    low: Numeral, high: Numeral, bound: Bound, rounded: Interval[Fraction], by: Tolerances
) -> Reading:
    stated = Interval(low.value, high.value)
    if bound == "about":
        (below, first), (above, second) = _about(low, by), _about(high, by)
        band = Interval(low.value - below, high.value + above, True, below + above == 0)
        return Reading(stated, _union(band, rounded), tuple(dict.fromkeys((first, second))))
    single = "tolerance.nearly-round" if _single_digit(low) else "tolerance.nearly"
    band = Interval(low.value - abs(low.value) * by.widths[single], high.value)
    return Reading(stated, band, (single,))


def _union(a: Interval[Fraction], b: Interval[Fraction]) -> Interval[Fraction]:
    """The wider of two intervals round one number."""
    return a if a.holds(b) else b if b.holds(a) else Interval(
        min(x for x in (a.low, b.low) if x is not None),
        max(x for x in (a.high, b.high) if x is not None),
    )  # fmt: skip


def _about(number: Numeral, by: Tolerances) -> tuple[Fraction, str]:
    """Half of the last digit's worth: "about 600" is what rounds to 600, within limits."""
    size = abs(number.value)
    least, most = size * by["about"], size * by["about-round"]
    if number.round_place / 2 <= least:
        return least, "tolerance.about"
    return min(number.round_place / 2, most), "tolerance.about-round"


def _single_digit(number: Numeral) -> bool:
    return abs(number.value) < 10 * number.round_place


def _bounded(low: Fraction, high: Fraction, bound: Bound, by: Tolerances) -> Reading:
    if bound in {"above", "at-least"}:
        half_line = Interval(low, None, bound == "at-least")
        return Reading(half_line, half_line, ())
    if bound in {"at-most", "below"}:
        half_line = Interval(None, high, True, bound == "at-most")
        return Reading(half_line, half_line, ())
    slack = by["just"]
    if bound == "just-over":
        band = Interval(low, low + max(abs(low) * slack, _tiny(low)), False)
        return Reading(Interval(low, None, False), band, ("tolerance.just",))
    band = Interval(high - max(abs(high) * slack, _tiny(high)), high, True, False)
    return Reading(Interval(None, high, True, False), band, ("tolerance.just",))


def _tiny(number: Fraction) -> Fraction:
    return Fraction(1) if number == 0 else Fraction(0)


def _rounded(number: Numeral, unit: Unit, by: Tolerances) -> tuple[Interval[Fraction], str]:
    """Everything that would be written as this number, and the tolerance that says so."""
    value = number.value
    if unit.dimension == "age" and number.form == "digits" and abs(value) <= _OLDEST:
        return Interval(value, value + number.place, True, False), ""
    half, rule = _half_width(number, unit, by)
    if half == 0:
        return Interval.point(value), ""
    return Interval(value - half, value + half, True, False), rule


def _half_width(number: Numeral, unit: Unit, by: Tolerances) -> tuple[Fraction, str]:
    size = abs(number.value)
    if number.form == "fraction":
        if unit.dimension == "percent":
            return by["fraction"], "tolerance.fraction"
        return size * by["about-round"], "tolerance.about-round"
    if number.form == "scaled":
        return min(number.place / 2, size * by["scale"]), "tolerance.scale"
    if unit.dimension.startswith("count") and number.value.denominator == 1 and number.place >= 1:
        return Fraction(0), ""
    if unit.dimension.startswith(("count", "money", "ratio")):
        return number.place / 2, ""
    return _with_noughts(number, by)


def _with_noughts(number: Numeral, by: Tolerances) -> tuple[Fraction, str]:
    """Trailing noughts of a measured number count as rounding as far as they stay small."""
    place = number.place
    while place < number.round_place and place * 5 <= abs(number.value) * by["noughts"]:
        place *= 10
    return place / 2, "tolerance.noughts" if place > number.place else ""


def label(quantity: Quantity) -> str:
    """The figure in words for people: "more than 30", "15,000 to 30,000", "6.5 billion EUR"."""
    low, high = quantity.low, quantity.high
    ends = [end for end in (low, high) if end is not None]
    if quantity.word:
        text = quantity.word
    elif quantity.unit == PART:
        text = " to ".join(dict.fromkeys(map(str, ends)))
    elif low is None or high is None or low == high:
        text = _written(ends[0])
    else:
        text = _span(low, high)
    return f"{_opening(quantity)}{text}{_symbol(quantity.unit)}"


def _symbol(unit: Unit) -> str:
    tight = unit.symbol.startswith(("%", "°"))
    return f"{'' if tight or not unit.symbol else ' '}{unit.symbol}"


def _opening(quantity: Quantity) -> str:
    stated = quantity.stated
    if stated.low is None:
        words = "at most" if stated.high_closed else "less than"
        return f"{'fewer than' if words == 'less than' and _counts(quantity) else words} "
    if stated.high is None:
        return "at least " if stated.low_closed else "more than "
    if quantity.approx:
        return "nearly " if quantity.bounds.high == stated.high else "about "
    return ""


def _counts(quantity: Quantity) -> bool:
    return quantity.unit.dimension.startswith("count")


def _span(low: Fraction, high: Fraction) -> str:
    for size, word in _WORDS:
        if low >= size and high >= size:
            return f"{_plain(low / size)} to {_plain(high / size)} {word}"
    return f"{_written(low)} to {_written(high)}"


_WORDS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def _written(number: Fraction) -> str:
    for size, word in _WORDS:
        if abs(number) >= size and (number * 1000 / size).denominator == 1:
            return f"{_plain(number / size)} {word}"
    return _plain(number)


def _plain(number: Fraction) -> str:
    if number.denominator == 1:
        return f"{number.numerator:,}"
    if 10**6 % number.denominator == 0:
        return f"{float(number):,.6f}".rstrip("0")
    return f"{number.numerator}/{number.denominator}"
