"""What is counted or measured, and what is said of it."""

from __future__ import annotations

from crosscheck.model import Claim
from crosscheck.slots.likeness import (
    counted,
    filled_alike,
    is_evolving,
    is_in,
    measured,
    one_state,
    state_of,
)
from crosscheck.slots.slips import other_currency, slipped
from crosscheck.slots.surroundings import Surroundings

_IDLE = frozenset("much many more other such several last first new big large total whole".split())

NEAR = 1.5
"""How many times larger a count of people may be than one of, say, clerks and be the same."""


def quality(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("quality"), b.filled("quality")
    if one == other or a.value.unit.dimension != "percent":
        return ""
    return f"{one or 'something else'}, not {other or 'something else'}"


def noun(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = counted(a, around.lexicon), counted(b, around.lexicon)
    if not one or not other or a.value.unit.dimension == "age":
        return ""
    relation = around.lexicon.nouns_relate(one, other)
    if relation in {"same", "synonym"}:
        return ""
    if relation in {"broader", "narrower"} and "person" not in {one, other}:
        return ""
    if relation in {"broader", "narrower"}:
        alone = is_in(a, around.single) and is_in(b, around.single)
        if alone and filled_alike("state", a, b) and _near_in_size(a, b):
            return ""  # sixteen clerks held here, about twenty people there
        return f"one counts {one}, the other {other}: a part is not the whole"
    return f"one counts {one}, the other {other}"


def _near_in_size(a: Claim, b: Claim) -> bool:
    """Whether neither figure is much larger: parts are mostly far smaller than their whole."""
    sizes = [claim.value.high or claim.value.low for claim in (a, b)]
    return bool(sizes[0] and sizes[1] and max(sizes) <= NEAR * min(sizes))


def state(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = state_of(a, around), state_of(b, around)
    measured = a.slot("aspect") is not None and b.slot("aspect") is not None
    if slipped(a, b) or measured or not one or not other:
        return ""
    return "" if one_state(a, b, around) else f"{one} is not {other}"


def aspect(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("aspect"), b.filled("aspect")
    if a.value.unit.dimension == "percent" and one != other:
        return "a rise or fall is not a share"
    return f"{one} is not {other}" if one and other and one != other else ""


def thing(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = measured(a, around.lexicon), measured(b, around.lexicon)
    if not one or not other or around.lexicon.nouns_relate(one, other):
        return ""
    if filled_alike("owner", a, b) and not a.filled("aspect"):
        return ""
    return f"of {one}, not of {other}"


def modifiers(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _described(a), _described(b)
    if not one or not other or one & other or slipped(a, b):
        return ""
    return f"{' '.join(sorted(one))}, not {' '.join(sorted(other))}"


def _described(claim: Claim) -> frozenset[str]:
    return frozenset(claim.filled("modifiers").split()) - _IDLE


def change(a: Claim, b: Claim, around: Surroundings) -> str:
    """A rise is not a fall, unless one number is said to be both."""
    one, other = a.value.change, b.value.change
    opposed = one and other and one != other and a.value.stated != b.value.stated
    return "a rise is not a fall" if opposed else ""


def rival_states(a: Claim, b: Claim, around: Surroundings) -> str:
    """Thirteen dead are not the 31 injured: chance mirrors figures of two digits."""
    rivals = is_evolving(a, around.lexicon) and is_evolving(b, around.lexicon)
    return "" if slipped(a, b) or other_currency(a, b) or not rivals else state(a, b, around)


def rival_measures(a: Claim, b: Claim, around: Surroundings) -> str:
    """The depth of one thing is not its width, nor a distance that of another thing."""
    if not (a.filled("aspect") and b.filled("aspect")):
        return ""
    return aspect(a, b, around) or thing(a, b, around)
