"""Conversions in parentheses that are wrong: "10 miles (25 km)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from crosscheck.grammar.quantities import Figure
from crosscheck.rulebook import Rulebook
from crosscheck.slots.arithmetic.derived import rules_by_id, significant
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.quantity import Quantity, label, round_place
from crosscheck.values.units import in_base, scales

_LOOSE = frozenset({"duration", "age", "percent", "point", "count", "ratio", "degree", "data"})
"""Dimensions in which what stands in parentheses is mostly another figure, not a conversion."""

_NEAR = 6  # characters between the parts of one measure: "six feet, two"
_COMPOUND = re.compile(r"(?:\d\s?[A-Za-z]{1,6}\.?,?|\b(?:by|x|to|and)|[×–-])\s?$")


def misconverted(text: str, figures: Sequence[Figure], k: int, rules: Rulebook) -> tuple[str, str]:
    """The rule by which figure ``k``, a conversion in parentheses, cannot be the one that it
    converts, and the conversion as it should be; both empty if it can, or if it may be none."""
    figure = figures[k]
    of = figure.parenthesis_of
    if of is None or of != k - 1 or not _alone(text, figures, of, k):
        return "", ""
    one, other = figures[of].quantity, figure.quantity
    if one.unit.dimension != other.unit.dimension or one.unit.dimension in _LOOSE:
        return "", ""
    rule = rules_by_id(rules)["derived.conversion"]
    width = Fraction(str(rule.number("width")))
    as_differences = {bool(one.change), one.unit.dimension == "temperature"}
    if not all(_apart(one, other, width, d) for d in as_differences):
        return "", ""
    return rule.id, f"{label(one)} is {_as(one, other)}, not {label(other)}."


def _as(one: Quantity, other: Quantity) -> str:
    """A figure in the unit of another one, to three digits."""
    differences = bool(one.change)
    span, scale = in_base(one.stated, one.unit, differences), scales(other.unit, differences)[0]

    def turned(end: Fraction | None) -> Fraction | None:
        return None if end is None else significant((end - scale.offset) / scale.factor)

    stated = replace(span, low=turned(span.low), high=turned(span.high))
    return label(Quantity(stated, stated, other.unit, one.approx))


def _alone(text: str, figures: Sequence[Figure], of: int, k: int) -> bool:
    """Whether one plain figure stands before the parentheses and one fills them: "six feet two
    inches (1.88 m)" and "50 by 20 metres (160 feet)" have more to convert."""
    one, other = figures[of], figures[k]
    gap = text[one.end : other.start]
    if "(" not in gap or text[other.end : other.end + 1] != ")":
        return False
    near = of > 0 and len(text[figures[of - 1].end : one.start]) <= _NEAR
    return not near and not _COMPOUND.search(text[: one.start])


def _apart(one: Quantity, other: Quantity, width: Fraction, differences: bool) -> bool:
    sides = [_roomy(quantity, width) for quantity in (one, other)]
    if sides[0] is None or sides[1] is None:
        return False
    low, high = (
        in_base(side, q.unit, differences)
        for side, q in zip((sides[0], sides[1]), (one, other), strict=True)
    )
    return low.relate(high) is Relation.APART


def _roomy(quantity: Quantity, width: Fraction) -> Interval[Fraction] | None:
    """What a number leaves possible if it was rounded from another unit; None if it is open."""
    stated, bounds = quantity.stated, quantity.bounds
    if stated.low is None or stated.high is None:
        return None
    low, high = stated.low - _half(stated.low, width), stated.high + _half(stated.high, width)
    if bounds.low is not None:
        low = min(low, bounds.low)
    if bounds.high is not None:
        high = max(high, bounds.high)
    return Interval(low, high)


def _half(value: Fraction, width: Fraction) -> Fraction:
    place = Fraction(1)
    while (value / place).denominator != 1 and place > Fraction(1, 10**6):
        place /= 10
    return max(place / 2, min(round_place(value, place) / 2, abs(value) * width))
