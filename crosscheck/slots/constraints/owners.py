"""Whose the figure is: who has, gives or did it."""

from __future__ import annotations

from crosscheck.model import Claim
from crosscheck.slots.likeness import (
    filled_alike,
    is_in,
    is_owned,
    owners_of,
    share_owner,
    state_told,
)
from crosscheck.slots.slips import other_currency, slipped
from crosscheck.slots.surroundings import Surroundings


def owners_agree(a: Claim, b: Claim, around: Surroundings) -> bool:
    return (
        is_owned(a, around)
        and bool(owners_of(a))
        and share_owner(owners_of(a), owners_of(b), around)
    )


def rival_owners(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = owners_of(a), owners_of(b)
    if not (one and other and (is_owned(a, around) or is_owned(b, around))):
        return ""
    if share_owner(one, other, around) or _may_be_one(one, other, around):
        return ""
    return f"{' and '.join(sorted(one))}, not {' and '.join(sorted(other))}"


def no_owner(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = owners_of(a), owners_of(b)
    owned = is_owned(a, around) or is_owned(b, around)
    if not owned or (one and other) or slipped(a, b) or other_currency(a, b):
        return ""
    if a.filled("part") and filled_alike("part", a, b):
        return ""  # "the remaining 40 seats" are those of nobody who was named
    hero = _plain_id(around.hero.get(a.mention.article, ""))
    counts = a.value.unit.dimension.startswith("count")
    if (hero and hero in map(_plain_id, one | other)) or not (one or other or counts):
        return ""
    silent = b if one else a
    if (one or other) & around.headlined.get(silent.mention.article, frozenset()):
        return ""
    anybody = all(_collective(name, around) for name in one | other)
    alone = is_in(a, around.single) and is_in(b, around.single)
    if not (one or other) and a.in_headline and b.in_headline:
        return ""  # headlines leave out whom all accounts are about
    return "" if alone and anybody else "whose it is one account does not say"


def _plain_id(name: str) -> str:
    """An id without the number that tells bearers of one name apart."""
    return name.split(" (", 1)[0]


def _collective(owner: str, around: Surroundings) -> bool:
    """Whether an owner is a common noun for people (donors), who need not be named."""
    return owner.islower() and around.lexicon.noun_class(owner) in {"person", "group"}


def _may_be_one(one: frozenset[str], other: frozenset[str], around: Surroundings) -> bool:
    """A common noun ("the company") may stand for a name; two names or two nouns may not."""
    nouns = [all(name.islower() for name in names) for names in (one, other)]
    if nouns[0] == nouns[1]:
        return nouns[0] and any(around.lexicon.nouns_relate(x, y) for x in one for y in other)
    common = one if nouns[0] else other
    return any(around.lexicon.noun_class(noun) in {"organisation", "group"} for noun in common)


def agent(a: Claim, b: Claim, around: Surroundings) -> str:
    """What one person did is a part of what all did."""
    state = state_told(a, b, around)
    if state is None or not state.shared:
        return ""
    alone = [bool(owners_of(c) & around.people) for c in (a, b)]
    return "one person's share is not the whole" if alone[0] != alone[1] else ""
