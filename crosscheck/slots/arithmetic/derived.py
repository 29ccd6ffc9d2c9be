"""A figure that follows from others of an article and cannot be true with one of them.

It is a claim of its own, of the topic of the figure that it contradicts, and names that one in a
slot; what an editor reads is the arithmetic: "12 + 20 + 5 = 37, not 39."
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from crosscheck.language import Sentence
from crosscheck.model import Claim, Slot
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.quantity import Quantity, label, relate
from crosscheck.values.units import Unit

FROM = "derived from"
"""The slot that names the claim from which a figure follows, by its key; it is filled with the
arithmetic."""

_ZERO = Fraction(0)
_DIGITS = 3  # significant ones of a quotient


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that follows from others; ``base`` is the claim that it contradicts, ``start`` and
    ``end`` are offsets into the article, ``working`` is the arithmetic in one sentence."""

    base: Claim
    start: int
    end: int
    quantity: Quantity
    working: str
    rule: str
    rules: tuple[str, ...] = ()
    """Further rules that had a hand in it."""
    sentence: Sentence | None = None
    """Where it stands, if not in the sentence of ``base``."""

    @property
    def contradicts(self) -> bool:
        value: Quantity = self.base.value
        if value.unit.dimension != self.quantity.unit.dimension:
            return False
        return relate(value, self.quantity) is Relation.APART

    def claim(self, text: str) -> Claim:
        """The claim that is made with it, given the text of the article."""
        base = self.base
        passage = text[self.start : self.end]
        if self.sentence is not None:
            bounds = (self.sentence.start, self.sentence.end)
            base = replace(base, sentence=bounds, in_headline=self.sentence.is_headline)
        return replace(
            base,
            mention=replace(base.mention, start=self.start, end=self.end, text=passage),
            value=self.quantity,
            label=label(self.quantity),
            rule=self.rule,
            slots=(*base.slots, (FROM, Slot(str(base.key), self.working, self.rule))),
            hedge="",
            rules_used=self.rules,
        )


def is_derived(claim: Claim) -> bool:
    return claim.slot(FROM) is not None


def follows(a: Claim, b: Claim) -> bool:
    """Whether one of two claims is derived from the other."""
    return str(a.key) == b.filled(FROM) or str(b.key) == a.filled(FROM)


def explained(a: Claim, b: Claim) -> str:
    """The arithmetic by which a figure and one derived from it exclude each other; else empty."""
    if not follows(a, b):
        return ""
    other = a if str(b.key) == a.filled(FROM) else b
    slot = other.slot(FROM)
    return slot.how if slot is not None else ""


@cache
def rules_by_id(rules: Rulebook) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules.section("derived")}


# --- intervals added up -------------------------------------------------------------------------


def total(parts: Iterable[Interval[Fraction]], *, open_ended: bool = False) -> Interval[Fraction]:
    """What a sum leaves possible; ``open_ended``: there may be more parts."""
    spans = list(parts)
    low = sum((span.low or _ZERO for span in spans), _ZERO)
    highs = [span.high for span in spans if span.high is not None]
    bounded = len(highs) == len(spans) and not open_ended
    return Interval(low, sum(highs, _ZERO) if bounded else None)


def computed(bounds: Interval[Fraction], unit: Unit) -> Quantity:
    """A quotient, shown as the middle of what it may be, to three digits."""
    ends = [end for end in (bounds.low, bounds.high) if end is not None]
    middle = significant(sum(ends, _ZERO) / len(ends))
    return Quantity(Interval.point(middle), bounds, unit)


def significant(value: Fraction) -> Fraction:
    return Fraction(f"{float(value):.{_DIGITS}g}")


def shown(quantity: Quantity) -> str:
    """A term of a sum as it was written, without words around it."""
    low = quantity.stated.low if quantity.stated.low is not None else quantity.stated.high
    if low is None:
        return label(quantity)
    return label(Quantity(Interval.point(low), Interval.point(low), quantity.unit))
