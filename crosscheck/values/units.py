"""Units, what they measure, and how one is turned into another.

Conversions are exact (fractions). Pint knows the factors; it is asked only when two different
units of one dimension meet, because loading it costs as much as reading a long article.
Currencies are known by their ISO 4217 code and never converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from crosscheck.values.interval import Interval


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    ``name`` is canonical and singular (``kilometre``, ``EUR``, ``count`` for things counted);
    ``dimension`` is what two units must share to be compared (``length``, ``money:EUR``);
    ``symbol`` follows the number in a label. ``measure`` holds the size in the base unit of the
    dimension: numbers, or expressions of Pint; two of them where the name is ambiguous, as
    ``ton`` is.
    """

    name: str
    dimension: str
    symbol: str = ""
    measure: tuple[str, ...] = ("1",)

    def per(self, noun: str) -> Unit:
        """The unit of a rate: so many of this unit in every ``noun``."""
        name = f"per {noun}" if self == COUNT else f"{self.name} per {noun}"
        symbol = f"{self.symbol} per {noun}".strip()
        return Unit(name, f"{self.dimension} per {noun}", symbol, self.measure)


COUNT = Unit("count", "count")
PART = Unit("part", "percent", "", ("100",))
"""A fraction of a whole ("two-thirds", "one in five"); its base unit is the percent."""


def money(code: str) -> Unit:
    """A currency by its ISO 4217 code."""
    return Unit(code, f"money:{code}", code)


def is_money(unit: Unit) -> bool:
    return unit.dimension.startswith("money")


_SIGNED = {"USD": "dollar", "EUR": "euro", "GBP": "pound"}


def spoken(unit: Unit) -> str:
    """The English name of a unit of money: ``malaysian ringgit``, ``dollar per barrel``.

    Names are CLDR's; the currencies that a bare $, € or £ stands for go by the plain word.
    """
    name, per, noun = unit.name.partition(" per ")
    return f"{_currency(name)}{per}{noun}"


@cache
def _currency(name: str) -> str:
    from babel.numbers import get_currency_name

    if not name.isupper():
        return name  # a hundredth (penny), or a currency without a country (crown)
    return _SIGNED.get(name) or str(get_currency_name(name, count=1, locale="en")).lower()


@dataclass(frozen=True, slots=True)
class Scale:
    """From a unit to the base unit of its dimension: multiply, then add."""

    factor: Fraction
    offset: Fraction = Fraction(0)

    def __call__(self, number: Fraction) -> Fraction:
        return number * self.factor + self.offset


@cache
def scales(unit: Unit, differences: bool = False) -> tuple[Scale, ...]:
    """How the unit is turned into the base unit, once for every meaning of its name.

    ``differences`` leaves offsets out: a rise of 2 °C is one of 2 K.
    """
    return tuple(_scale(measure, differences) for measure in unit.measure)


def _scale(measure: str, differences: bool) -> Scale:
    if re.fullmatch(r"\d+(?:/\d+)?", measure):
        return Scale(Fraction(measure))
    times, _, single = measure.partition(" * ")
    if single:
        return Scale(Fraction(times) * _scale(single, differences).factor)
    zero, one = _in_base(Fraction(0), measure), _in_base(Fraction(1), measure)
    return Scale(one - zero, Fraction(0) if differences else zero)


def _in_base(number: Fraction, measure: str) -> Fraction:
    return Fraction(_registry().Quantity(number, measure).to_base_units().magnitude)


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)


def in_base(interval: Interval[Fraction], unit: Unit, differences: bool) -> Interval[Fraction]:
    """The interval in the base unit; the smallest one that holds every meaning of the unit."""
    hulls = [_converted(interval, scale) for scale in scales(unit, differences)]
    lows = [h.low for h in hulls if h.low is not None]
    highs = [h.high for h in hulls if h.high is not None]
    return Interval(
        min(lows) if interval.low is not None else None,
        max(highs) if interval.high is not None else None,
        interval.low_closed,
        interval.high_closed,
    )


def _converted(interval: Interval[Fraction], scale: Scale) -> Interval[Fraction]:
    low = None if interval.low is None else scale(interval.low)
    high = None if interval.high is None else scale(interval.high)
    return Interval(low, high, interval.low_closed, interval.high_closed)
