"""Which figures their own account has replaced since, corrected, or only compares its own with."""

from __future__ import annotations

from collections.abc import Sequence

from crosscheck.model import Claim, Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.scope_words import scope_words
from crosscheck.slots.vocabulary import Marker
from crosscheck.slots.world import World

REPLACED, CORRECTED, COMPARED = "replaced", "corrected", "compared"
PAST = frozenset({REPLACED, CORRECTED})
"""What makes a figure an earlier state of the very thing of which the account gives a newer one."""

_AWAY = 2
"""Characters between the words in front and the figure: a space and a bracket."""
_AFTER = 48
_FROM = "history.from"


def earlier_of(frame: Frame, k: int, world: World, state: Slot | None) -> Slot | None:
    """The slot ``earlier``: ``replaced``, ``corrected`` or ``compared``."""
    words = scope_words(world.rules)
    before, behind = frame.reach(k)
    ahead = _mark_ahead(frame, k, before, world)
    texts = [before, behind] if k + 1 == len(frame.anchors) else [before]
    said = next((m for text in texts for m in words.replaced_near.find(text)), None)
    if ahead is None or said is not None:
        return Slot(said.value, "words beside", said.rule) if said is not None else None
    other = words.compared_after.find(behind[:_AFTER])
    if other:
        return Slot(other[0].value, "words after", other[0].rule)
    known = world.lexicon.state(state.value) if state is not None else None
    evolves = known is not None and known.evolves
    return Slot(ahead.value if evolves else COMPARED, "words before", ahead.rule)


def _mark_ahead(frame: Frame, k: int, before: str, world: World) -> Marker | None:
    for mark in scope_words(world.rules).replaced_before.find(before):
        if len(before) - mark.end <= _AWAY:
            return mark
    if not _is_start_of_change(frame, k):
        return None
    rule = next(rule for rule in world.rules.section("history") if rule.id == _FROM)
    return Marker(0, 0, rule.string("becomes"), rule.id)


def _is_start_of_change(frame: Frame, k: int) -> bool:
    """ "from 16 to 14", "to 14 from 16": the figure behind "from" beside one behind "to"."""
    if not _preceded(frame, k, "from"):
        return False
    after, prior = k + 1 < len(frame.anchors), k > 0
    near = [j for j, there in ((k + 1, after), (k - 1, prior)) if there]
    dimension = frame.anchors[k].dimension
    return any(_preceded(frame, j, "to") and frame.anchors[j].dimension == dimension for j in near)


def _preceded(frame: Frame, k: int, word: str) -> bool:
    own = frame.own(k)
    return bool(own) and own[0] > 0 and frame.tokens[own[0] - 1].lower == word


def replaces(a: Claim, b: Claim) -> bool:
    """Whether one account gives one of the figures as the earlier state of the other."""
    return a.mention.article == b.mention.article and is_past(a) != is_past(b)


def is_past(claim: Claim) -> bool:
    """Whether its own account has replaced or corrected a figure."""
    return claim.filled("earlier") in PAST


def tells_history(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether an account itself tells how one value gave way to the other, or a value is nobody's
    any more."""
    if any(all(map(is_past, side)) for side in (one, other)):
        return True
    return any(replaces(a, b) for a in one for b in other)
