"""Whether two slots name one person or one thing that acts."""

from __future__ import annotations

from crosscheck.model import Claim, Slot
from crosscheck.slots.accounts import Accounts
from crosscheck.slots.lexicon import lexicon

ALIKE = frozenset({"same", "synonym", "broader", "narrower"})
_MOVING = frozenset({"vehicle"})


def same_actor(a: Claim, b: Claim, around: Accounts) -> bool | None:
    """Whether two events have one actor; None where one account leaves it open."""
    return same_bearer(a.slot("actor"), b.slot("actor"), around)


def same_bearer(one: Slot | None, other: Slot | None, around: Accounts) -> bool | None:
    if one is None or other is None or not one.value or not other.value:
        return None
    if one.how == "name" and other.how == "name":
        return _one_name(one.value, other.value)
    if "plural noun" in {one.how, other.how}:
        return None
    if "name" in {one.how, other.how}:
        return _named_so(one, other, around) if one.how == "name" else _named_so(other, one, around)
    words = lexicon(around.rules)
    related = words.nouns_relate(one.value, other.value) in ALIKE
    if words.noun_class(one.value) == "person" and {one.how, other.how} != {"definite noun"}:
        return None
    return related


def _named_so(name: Slot, noun: Slot, around: Accounts) -> bool | None:
    """Whether "the ship" is the Aurelia, "the mayor" Anna Bolt; None where that is not known."""
    if noun.how != "definite noun":
        return None
    if name.value in around.people or lexicon(around.rules).noun_class(noun.value) == "person":
        return True if around.holds(noun.value, name.value) else None
    return True if lexicon(around.rules).noun_class(noun.value) in _MOVING else None


def _one_name(one: str, other: str) -> bool:
    a, b = one.lower().split(), other.lower().split()
    shorter, longer = sorted((set(a), set(b)), key=len)
    return a[-1] == b[-1] and (shorter <= longer or a[0][0] == b[0][0])
