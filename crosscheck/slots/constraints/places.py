"""Where, and whether one of them counts everywhere."""

from __future__ import annotations

from crosscheck.model import Claim
from crosscheck.slots.likeness import counted, is_owned, same_place, state_of, state_told
from crosscheck.slots.slips import slipped
from crosscheck.slots.surroundings import Surroundings


def scope(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("scope"), b.filled("scope")
    if one == other:
        return ""
    if "world" in {one, other} or "elsewhere" in {one, other}:
        plain = b if one else a
        counts_all = {one, other} == {"world", ""} and _either_spread(a, b, around)
        if counts_all and plain.slot("state") and not plain.filled("place"):
            return ""  # where cities are counted one by one, what names none counts all
        return "one counts the whole world, or elsewhere"
    total, share = (a, b) if one == "total" else (b, a)
    if _either_spread(a, b, around):
        return "a total is not the count of one place"
    owned = is_owned(share, around) and share.slot("owner") and not total.slot("owner")
    return "a total is not one owner's share" if owned else ""


def place(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _away(a, around), _away(b, around)
    if one and other:
        return "" if same_place(one, other, around) else f"{one}, not {other}"
    lone = one or other
    spread = _either_spread(a, b, around)
    if spread and not (lone or a.filled("scope") or b.filled("scope") or slipped(a, b)):
        return "counted in several places, and neither account says in which"
    if not a.value.unit.dimension.startswith("count"):
        return ""
    state = state_told(a, b, around)
    whole = lone.lower() in around.countries and state is not None and state.evolves
    if not lone or (whole and not spread):
        return ""
    return f"one is about {lone}, the other does not say so"


def _either_spread(a: Claim, b: Claim, around: Surroundings) -> bool:
    return _is_spread(a, around) or _is_spread(b, around)


def _is_spread(claim: Claim, around: Surroundings) -> bool:
    """Whether people in this state are counted place by place."""
    event = around.events.get(claim.mention.article, "")
    people = counted(claim, around.lexicon) in {"", "person"}
    return people and (event, state_of(claim, around)) in around.spread


def _away(claim: Claim, around: Surroundings) -> str:
    """The place of a claim, unless it is the place of the whole event."""
    place, home = claim.filled("place"), around.home.get(claim.mention.article, "")
    if _is_spread(claim, around):
        return place
    return "" if home and place and same_place(place, home, around) else place


def rival_places(a: Claim, b: Claim, around: Surroundings) -> str:
    """Both accounts say where, and it is not one place."""
    told = _away(a, around) and _away(b, around)
    return place(a, b, around) if told else ""
