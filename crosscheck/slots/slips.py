"""Whether one figure may be a slip of another: wrong digits, another scale or currency."""

from __future__ import annotations

from crosscheck.model import Claim

_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def other_currency(a: Claim, b: Claim) -> bool:
    """One number with two currencies: 200 million euros here, 200 million dollars there."""
    one, other = a.value.unit.dimension, b.value.unit.dimension
    both = one.startswith("money:") and other.startswith("money:") and one[:9] != other[:9]
    same: bool = a.value.stated == b.value.stated
    return both and same


def other_period(a: Claim, b: Claim) -> bool:
    """One number of two digits or more for two stretches of time: 25 lorries a day here, a year
    there."""
    one, other = _rates(a), _rates(b)
    same: bool = a.value.stated == b.value.stated
    return same and len(written(a).strip("0.")) > 1 and bool(one and other) and not one & other


def _rates(claim: Claim) -> frozenset[str]:
    return frozenset(name for name in claim.filled("period").split("|") if name.startswith("a-"))


def slipped(a: Claim, b: Claim) -> bool:
    """Whether one figure may be a slip of the other: two neighbouring digits swapped (482/428), one
    digit of a number of five or more significant digits mistaken, or million for billion."""
    if _other_scale(a, b):
        return True
    one, other = written(a), written(b)
    if len(one) != len(other) or one == other:
        return False
    wrong = [i for i in range(len(one)) if one[i] != other[i]]
    places = [i for i in range(len(one)) if one[i] != "."]
    if len(wrong) == 2 and len(places) >= 3:
        first, second = (places.index(i) if i in places else -9 for i in wrong)
        return second == first + 1 and sorted(one) == sorted(other)
    return len(wrong) == 1 and all(len(x.strip("0").replace(".", "")) >= 5 for x in (one, other))


def named(a: Claim, b: Claim) -> str:
    """How one of two figures may have come from the other by a slip, in words; else empty."""
    if other_currency(a, b):
        return "one number in two currencies"
    if _other_scale(a, b):
        small, large = sorted((a.value.low, b.value.low))
        scales = [next(name for size, name in _SCALES if x >= size) for x in (small, large)]
        return f"one is a thousand times the other, {scales[0]} or {scales[1]}"
    if not slipped(a, b):
        return ""
    swapped = sorted(written(a)) == sorted(written(b))
    return "two digits are swapped" if swapped else "one digit is another one"


def garbled(a: Claim, b: Claim) -> bool:
    """The same, or two figures of two digits that are each other's mirror image (13/31)."""
    one, other = written(a), written(b)
    mirrored = len(one) == len(other) == 2 and one == other[::-1] and one != other
    return mirrored or slipped(a, b) or other_currency(a, b)


def _other_scale(a: Claim, b: Claim) -> bool:
    """Million for billion: one number a thousand times the other."""
    one, other = a.value.low, b.value.low
    if not one or not other or a.value.high != one or b.value.high != other:
        return False
    return bool(max(one, other) == 1000 * min(one, other) and min(one, other) >= 1000)


def digits_of(claim: Claim) -> str:
    """The significant digits of an exact figure; empty for others."""
    return written(claim).replace(".", "").strip("0")


def written(claim: Claim) -> str:
    """An exact figure in digits; empty for others."""
    value = claim.value
    exact = value.low is not None and value.low == value.high
    return format(float(value.low), ".10f").rstrip("0").rstrip(".") if exact else ""
