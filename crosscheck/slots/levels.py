"""What two figures share, and the named levels of likeness that it amounts to, the surest first."""

from __future__ import annotations

from crosscheck.model import Claim, Link
from crosscheck.slots.lexicon import Lexicon
from crosscheck.slots.likeness import (
    counted,
    filled_alike,
    is_evolving,
    is_in,
    is_owned,
    measured,
    one_dimension,
    one_state,
    owners_of,
    related,
    same_place,
    share_owner,
    state_of,
)
from crosscheck.slots.slips import garbled, other_currency, slipped, written
from crosscheck.slots.surroundings import Surroundings

CLOSE, LEAST = 1.15, 10
"""How close two counts of one noun must be, and how large, to be taken for one thing without a
shared state."""

ALIKE = 0.75
"""How much two sentences must share to be alike (see ``contexts``): no wrong pair of the clusters
that mirrors digits comes up to it, bar those that a year or a reminder parts."""


def level(a: Claim, b: Claim, around: Surroundings) -> Link | None:
    """The first level that holds, from the surest to the barest likeness."""
    return amounts_to(shared_of(a, b, around)) if comparable(a, b, around) else None


def comparable(a: Claim, b: Claim, around: Surroundings) -> bool:
    return one_dimension(a, b, around.lexicon) or other_currency(a, b)


def amounts_to(shared: frozenset[str]) -> Link | None:
    """The level of likeness that what two claims share amounts to."""
    for score, needed in _LEVELS:
        if needed <= shared:
            return Link(score, tuple(sorted(needed)))
    return None


_LEVELS: tuple[tuple[float, frozenset[str]], ...] = (
    (1.0, frozenset({"slip", "like sentences"})),
    (1.0, frozenset({"mixed currency"})),
    (1.0, frozenset({"state", "noun", "owner"})),
    (0.95, frozenset({"state", "noun", "place"})),
    (0.9, frozenset({"state", "noun"})),
    (0.9, frozenset({"state", "owner", "money"})),
    (0.9, frozenset({"state", "owner", "owned", "counted"})),
    (0.85, frozenset({"thing", "aspect"})),
    (0.85, frozenset({"owner", "age"})),
    (0.85, frozenset({"noun", "slip"})),
    (0.8, frozenset({"place", "slip"})),
    (0.8, frozenset({"state", "slip"})),
    (0.8, frozenset({"state", "thing"})),
    (0.8, frozenset({"noun", "measure"})),
    (0.75, frozenset({"predicate", "noun"})),
    (0.85, frozenset({"noun", "owner"})),
    (0.75, frozenset({"aspect", "owner"})),
    (0.7, frozenset({"owner", "sole"})),
    (0.7, frozenset({"state", "unowned", "money"})),
    (0.7, frozenset({"state", "unowned", "percent", "base"})),
    (0.7, frozenset({"thing", "amount"})),
    (0.7, frozenset({"thing", "predicate"})),
    (0.7, frozenset({"aspect", "event"})),
    (0.7, frozenset({"aspect", "one day", "like sentences"})),
    (0.7, frozenset({"aspect", "predicate"})),
    (0.65, frozenset({"noun", "rare", "presence"})),
    (0.62, frozenset({"noun", "rare", "calm"})),
    (0.6, frozenset({"state", "bare", "anybody's"})),
    (0.6, frozenset({"state", "bare", "single"})),
    (0.6, frozenset({"state", "measure", "single"})),
    (0.55, frozenset({"state", "money"})),
    (0.55, frozenset({"noun", "near", "specific", "calm"})),
)
"""Which slots two claims must share to be about one thing, surest first."""

GARBLED = (("like sentences", "slip"), ("mixed currency",))
"""The evidence that one figure garbles the other, for which accounts need not agree in wording."""


def _close(a: Claim, b: Claim) -> bool:
    """Two unequal figures so close that chance is a poor explanation."""
    sizes = [claim.value.low for claim in (a, b) if claim.value.low == claim.value.high]
    if len(sizes) < 2 or not all(sizes) or min(sizes) < LEAST:
        return False
    return bool(max(sizes) <= CLOSE * min(sizes))


def shared_of(a: Claim, b: Claim, around: Surroundings) -> frozenset[str]:
    """The names of the slots, and of other likenesses, that two claims positively share."""
    lex = around.lexicon
    units = {a.value.unit.dimension, b.value.unit.dimension}
    one_day = filled_alike("day", a, b) and a.filled("scope") == b.filled("scope")
    asked = garbled(a, b) or (one_day and filled_alike("aspect", a, b))
    like = asked and around.shared_context(a, b) >= ALIKE
    tests: tuple[tuple[str, bool], ...] = (
        ("state", one_state(a, b, around)),
        ("aspect", filled_alike("aspect", a, b)),
        ("predicate", _one_verb(a, b, lex)),
        ("noun", a.value.unit.dimension != "percent" and _counts_alike(a, b, lex)),
        ("thing", related(measured(a, lex), measured(b, lex), lex)),
        ("owner", bool(owners_of(a)) and share_owner(owners_of(a), owners_of(b), around)),
        ("unowned", not owners_of(a) and not owners_of(b)),
        ("place", _one_place(a, b, around)),
        ("sole", is_in(a, around.sole) and is_in(b, around.sole) and _may_share(a, b, around)),
        ("slip", slipped(a, b) or other_currency(a, b) or (like and garbled(a, b))),
        ("like sentences", like),
        ("mixed currency", other_currency(a, b) and len(written(a).strip("0.")) > 1),
        ("one day", one_day),
        ("bare", _bare(a, b, around)),
        ("owned", is_owned(a, around) or is_owned(b, around)),
        ("anybody's", not (is_owned(a, around) or is_owned(b, around))),
        ("presence", all(_merely_there(claim, lex) for claim in (a, b))),
        ("calm", not any(is_evolving(claim, lex) for claim in (a, b))),
        ("rare", is_in(a, around.alone) and is_in(b, around.alone)),
        ("single", is_in(a, around.single) and is_in(b, around.single)),
        ("money", all(name.startswith("money") for name in units)),
        ("age", units == {"age"}),
        ("measure", _is_measure(a) and _is_measure(b)),
        ("amount", not any(name.startswith("count") for name in units)),
        ("counted", "percent" not in units),
        ("near", _close(a, b)),
        ("specific", not {counted(a, lex), counted(b, lex)} & {"", "person"}),
        ("percent", units == {"percent"}),
        ("base", counted(a, lex) == counted(b, lex)),
        ("event", {a.filled("aspect"), b.filled("aspect")} <= around.vocabulary.event_aspects),
    )
    return frozenset(name for name, holds in tests if holds)


def _counts_alike(a: Claim, b: Claim, lex: Lexicon) -> bool:
    return related(counted(a, lex), counted(b, lex), lex)


def _may_share(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether the owner alone may tie two figures: shares, sums of money, ages, or one state."""
    if a.filled("aspect") or b.filled("aspect"):
        return False
    if a.value.unit.dimension == "duration" and owners_of(a) & owners_of(b) & around.people:
        states = {a.filled("state"), b.filled("state")}
        return "sentenced" in states <= {"sentenced", ""} and a.value.unit == b.value.unit
    return a.value.unit.dimension.startswith(("percent", "money", "age")) or filled_alike(
        "state", a, b
    )


def _one_verb(a: Claim, b: Claim, lex: Lexicon) -> bool:
    one, other = a.filled("predicate"), b.filled("predicate")
    return bool(one and other) and lex.verbs_relate(one, other)


def _one_place(a: Claim, b: Claim, around: Surroundings) -> bool:
    one, other = a.filled("place"), b.filled("place")
    return bool(one and other) and same_place(one, other, around)


def _bare(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether a figure without a noun may count the people that the other one counts."""
    one, other = counted(a, around.lexicon), counted(b, around.lexicon)
    state = around.lexicon.state(state_of(a, around))
    countable = state is not None and "person" in state.counted
    noun = one or other
    itself = bool(noun) and around.lexicon.state_of(noun, "NOUN") == state
    return countable and not (one and other) and (noun in {"", "person"} or itself)


def _merely_there(claim: Claim, lex: Lexicon) -> bool:
    state = lex.state(claim.filled("state"))
    return state is None or state.presence


def _is_measure(claim: Claim) -> bool:
    dimension = claim.value.unit.dimension
    return not (dimension.startswith(("money", "count")) or dimension in {"age", "percent"})
