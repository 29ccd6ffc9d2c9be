"""What the figures of a sentence make of each other, where it is not what the sentence says.

A figure that follows from another one (the sum of the parts, the length of a list, a conversion) is
read only where it cannot be true with that one, and is compared with it and with what other
accounts give for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from crosscheck.grammar.counted import CountedNoun
from crosscheck.grammar.quantities import Figure
from crosscheck.language import Sentence
from crosscheck.model import Claim, Slot
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.quantity import Quantity, label, round_place
from crosscheck.values.units import in_base

FROM = "derived from"
"""The slot that names the claim from which a figure follows, by its key."""

CONVERSION = "in parentheses"

Read = tuple[Sentence, Figure, CountedNoun | None]


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that follows from others; ``base`` is the index of the one that it contradicts,
    ``start`` and ``end`` are offsets into the sentence."""

    base: int
    start: int
    end: int
    quantity: Quantity
    how: str
    rule: str

    def claim(self, base: Claim, sentence: Sentence) -> Claim:
        """The claim that is made with it, about what ``base`` is about."""
        start, end = sentence.start + self.start, sentence.start + self.end
        text = sentence.text[self.start : self.end]
        return replace(
            base,
            mention=replace(base.mention, start=start, end=end, text=text),
            value=self.quantity,
            label=label(self.quantity),
            rule=self.rule,
            slots=(*base.slots, (FROM, Slot(str(base.key), self.how, self.rule))),
            hedge="",
            rules_used=(),
        )


def is_derived(claim: Claim) -> bool:
    return claim.slot(FROM) is not None


def follows(a: Claim, b: Claim) -> bool:
    """Whether one of two claims is derived from the other."""
    return str(a.key) == b.filled(FROM) or str(b.key) == a.filled(FROM)


def explained(a: Claim, b: Claim) -> str:
    """In one sentence why a figure and one derived from it exclude each other; else empty."""
    if not follows(a, b):
        return ""
    base, other = (b, a) if str(b.key) == a.filled(FROM) else (a, b)
    slot = other.slot(FROM)
    how = slot.how if slot is not None else ""
    if how == CONVERSION:
        return f"{base.label} cannot be {other.label}, the conversion {how}."
    return f"{base.label} is said, but {how} (“{other.mention.text}”) make {other.label}."


@cache
def rules_by_id(rules: Rulebook) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules.section("derived")}


def misconverted(seen: Sequence[Read], k: int, rules: Rulebook) -> str:
    """The rule by which figure ``k``, a conversion in parentheses, cannot be the one that it
    converts; empty if it can, or if it may be no conversion."""
    sentence, figure, _ = seen[k]
    of = figure.parenthesis_of
    if of is None or of != k - 1 or not _alone(sentence.text, seen, of, k):
        return ""
    one, other = seen[of][1].quantity, figure.quantity
    if one.unit.dimension != other.unit.dimension or one.unit.dimension in _LOOSE:
        return ""
    rule = rules_by_id(rules)["derived.conversion"]
    width = Fraction(str(rule.number("width")))
    as_differences = {bool(one.change), one.unit.dimension == "temperature"}
    return rule.id if all(_apart(one, other, width, d) for d in as_differences) else ""


_LOOSE = frozenset({"duration", "age", "percent", "point", "count", "ratio", "degree", "data"})
"""Dimensions in which what stands in parentheses is mostly another figure, not a conversion."""


def _alone(text: str, seen: Sequence[Read], of: int, k: int) -> bool:
    """Whether one plain figure stands before the parentheses and one fills them: "six feet two
    inches (1.88 m)" and "50 by 20 metres (160 feet)" have more to convert."""
    one, other = seen[of][1], seen[k][1]
    gap = text[one.end : other.start]
    if "(" not in gap or text[other.end : other.end + 1] != ")":
        return False
    near = of > 0 and len(text[seen[of - 1][1].end : one.start]) <= _NEAR
    return not near and not _COMPOUND.search(text[: one.start])


_NEAR = 6  # characters between the parts of one measure: "six feet, two"
_COMPOUND = re.compile(r"(?:\d\s?[A-Za-z]{1,6}\.?,?|\b(?:by|x|to|and)|[×–-])\s?$")


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
