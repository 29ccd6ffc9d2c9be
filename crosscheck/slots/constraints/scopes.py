"""What two figures cover, as far as both accounts say: what only one of them says parts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from crosscheck.model import Claim
from crosscheck.slots.scope_words import Period
from crosscheck.slots.slips import other_period
from crosscheck.slots.surroundings import Surroundings

_ANYBODY = frozenset("people person adult respondent voter citizen resident".split())
_WIDTH = 1.1
"""How many times longer one stretch of time may be and count as the other one."""


def basis(a: Claim, b: Claim, around: Surroundings) -> str:
    """Net and gross, before and after tax, real and nominal."""
    one, other = _sides(a), _sides(b)
    for axis in sorted(one.keys() & other.keys()):
        if not one[axis] & other[axis]:
            return f"{_said(one[axis])}, not {_said(other[axis])}"
    return ""


def _sides(claim: Claim) -> Mapping[str, frozenset[str]]:
    told = [pair.partition(": ") for pair in _parts(claim, "basis")]
    axes = {axis for axis, _, _ in told}
    return {axis: frozenset(side for x, _, side in told if x == axis) for axis in axes}


def _parts(claim: Claim, slot: str) -> frozenset[str]:
    return frozenset(claim.filled(slot).split("|")) - {""}


def _said(words: Iterable[str]) -> str:
    return " and ".join(sorted(words))


def population(a: Claim, b: Claim, around: Surroundings) -> str:
    """Shares found among other people."""
    one, other = (_narrowed(_parts(claim, "population")) for claim in (a, b))
    if not one or not other or one & other or _akin(one, other, around):
        return ""
    return f"among others: {_said(one)}, not {_said(other)}"


def _narrowed(words: frozenset[str]) -> frozenset[str]:
    """Without the words for anybody, where something narrower stands beside them."""
    return words - _ANYBODY or words


def _akin(one: AbstractSet[str], other: AbstractSet[str], around: Surroundings) -> bool:
    relate = around.lexicon.nouns_relate
    return any(relate(x, y) in {"same", "synonym"} for x in one for y in other)


def exclusion(a: Claim, b: Claim, around: Surroundings) -> str:
    """One leaves out those whom the other counts in, or they leave out others."""
    for one, other in ((a, b), (b, a)):
        left, counted = _parts(one, "without"), _parts(other, "with")
        if left & counted or _akin(left, counted, around):
            return f"one leaves out {_said(left)}, the other counts them in"
    mine, theirs = _parts(a, "without"), _parts(b, "without")
    if mine and theirs and not mine & theirs and not _akin(mine, theirs, around):
        return f"one leaves out {_said(mine)}, the other {_said(theirs)}"
    return ""


def period(a: Claim, b: Claim, around: Surroundings) -> str:
    """Counted over other stretches of time, in other terms, since or by other times."""
    one, other = _parts(a, "period"), _parts(b, "period")
    added = [name for name in one ^ other if _of(name, around) == "increment"]
    if added:
        return f"one is only what was added in {_in_words(min(added))}"
    if not one or not other or one & other or other_period(a, b):
        return ""
    for x in sorted(one):
        for y in sorted(other):
            if _other_time(x, y, around.periods):
                return f"another period: {_in_words(x)}, not {_in_words(y)}"
    return ""


def _other_time(x: str, y: str, lengths: Mapping[str, Period]) -> bool:
    for word in ("since ", "by "):
        if x.startswith(word) or y.startswith(word):
            return x.startswith(word) and y.startswith(word)
    one, other = _period(x, lengths), _period(y, lengths)
    if one is None or other is None:
        return False
    if "base" in {one.of, other.of}:
        return one.of == other.of
    both = sorted((one.days, other.days))
    return both[1] > _WIDTH * both[0] or one.of == other.of == "term"


def _period(name: str, lengths: Mapping[str, Period]) -> Period | None:
    if name.startswith("days "):
        return Period("stretch", float(name[5:]))
    return lengths.get(name)


def _of(name: str, around: Surroundings) -> str:
    found = _period(name, around.periods)
    return found.of if found is not None else ""


def _in_words(name: str) -> str:
    return f"{name[5:]} days" if name.startswith("days ") else name.replace("-", " ")
