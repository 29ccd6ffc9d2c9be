"""Whether a figure counts a group inside the group that was counted before.

"Twelve died, three of them children": the three are a part of the twelve, and no other account's
toll. A subgroup of which the sentence says something of its own ("20 of them are in a critical
condition") is the whole of those of whom that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import takewhile

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.places import place_of
from crosscheck.slots.shapes import COUNTS
from crosscheck.slots.things import said_to_be
from crosscheck.slots.vocabulary import Marker
from crosscheck.slots.world import World

AMONG = "among"
SUMMAND = "one of several"

NEAR = 16
"""Characters behind a figure and its noun within which a mark of a part still belongs to it."""

_DEFINITE = frozenset("the its their those these his her them whom which".split())
_THESE = frozenset({"these", "those"})
_POINTING = frozenset("them whom which".split())
_BE = frozenset("is are was were be been being".split())
_BETWEEN = _BE | frozenset("at least the some about around nearly also have has had".split())
_OPENINGS = frozenset({",", ";", ":", "-", "–", "—", "and", "but"})
_DERIVED = frozenset({"ellipsis", "previous sentence", "subject", "predicate"})
"""How a state was found that the figure may merely share with the figure before."""


def subgroup_of(
    frame: Frame, k: int, world: World, state: Slot | None, before: Mapping[int, Slot]
) -> Slot | None:
    """The mark of a subgroup; ``before`` holds the states of the sentence's earlier figures."""
    if frame.anchors[k].dimension not in COUNTS | {"percent", "ratio"} or not frame.own(k):
        return None
    found = _summand(frame, k, world, state, before)
    if found is not None:
        return found
    found = _marked(frame, k, world)
    if found is None and k and _continues_list(frame, k, state, before):
        earlier = subgroup_of(frame, k - 1, world, before.get(k - 1), before)
        found = earlier if earlier is not None and earlier.value == AMONG else None
    if found is None and state is not None and _of_one_day(frame, k, world, state):
        return Slot(AMONG, "those of a day")
    if found is None or state is None or state.how in {"ellipsis", "previous sentence"}:
        return found
    return found if state.value == group_state(frame, k, world, before) else None


def group_state(frame: Frame, k: int, world: World, before: Mapping[int, Slot]) -> str:
    """What the larger group's state is: said with it ("of the injured"), or said before."""
    named = _group_words(frame, k)
    for token in named:
        for pos in ("NOUN", "ADJ", "VERB"):
            found = world.lexicon.state_of(token.lemma, pos)
            if found is not None:
                return found.name
    earlier = [j for j in before if j < k]
    if earlier:
        return before[max(earlier)].value
    near = [s.value for i, _, s in world.memory if frame.sentence.index - i == 1]
    return near[-1] if near and not _names_group(named) else ""


def _names_group(words: Sequence[Token]) -> bool:
    return any(t.pos in {"NOUN", "PROPN"} for t in words)


def _group_words(frame: Frame, k: int) -> list[Token]:
    """The words behind the "of" or "among" that makes the figure a subgroup, up to the next
    comma, verb or figure."""
    first = frame.own(k)[0]
    behind = [t.i for t in frame.tokens if t.start >= frame.anchors[k].end][:4]
    for i in [*behind, *range(first)[::-1]]:
        if frame.tokens[i].lower in {"of", "among"}:
            words = frame.tokens[i + 1 : first if i < first else None]
            return list(takewhile(lambda t: not _ends_group(frame, t), words))
    return []


def _ends_group(frame: Frame, token: Token) -> bool:
    alone = token.lower in _THESE and (
        token.i + 1 == len(frame.tokens)
        or frame.tokens[token.i + 1].pos not in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}
    )
    return alone or token.lower in _OPENINGS | _BE | _POINTING


def _marked(frame: Frame, k: int, world: World) -> Slot | None:
    own, base = frame.own(k), frame.sentence.start
    start, end = frame.tokens[own[0]].start, frame.tokens[own[-1]].end
    if frame.anchors[k].dimension in COUNTS and _of_them(frame, k):
        return Slot(AMONG, "words after")
    before = frame.text(max(base, start - 40), start)
    for mark in world.vocabulary.part_before.find(before):
        if mark.value == AMONG and _reaches(before, mark):
            return Slot(AMONG, "words before", mark.rule)
    after = segment_after(frame, k)
    for mark in world.vocabulary.part_after.find(after):
        if mark.value == AMONG and mark.start <= end - start + NEAR:
            return Slot(AMONG, "words after", mark.rule)
    if _out_of_a_group(frame, k):
        return Slot(AMONG, "opening of the clause")
    return Slot(AMONG, "said of them") if _are_something(frame, k, world) else None


def _of_one_day(frame: Frame, k: int, world: World, state: Slot) -> bool:
    """ "The five bodies that were found on Tuesday": a definite group that a day singles out."""
    known, own = world.lexicon.state(state.value), frame.own(k)
    lead = frame.tokens[own[0] - 1].lower if own[0] else ""
    behind = frame.right(k)[:1]
    if (
        known is None
        or not known.final
        or state.how != "noun phrase"
        or lead not in {"the", "those"}
    ):
        return False
    if not behind or not (behind[0].lower in {"that", "which", "who"} or behind[0].tag == "VBN"):
        return False
    start, text = frame.segment_text(k)
    low = start - frame.sentence.start
    return any(low <= m.start < low + len(text) for m in world.times(frame.sentence))


def _are_something(frame: Frame, k: int, world: World) -> bool:
    """ "Twelve died; three were children": who they are is said of some of those counted before."""
    anchor = frame.anchors[k]
    if anchor.noun or anchor.dimension not in COUNTS or said_to_be(frame, k) is None:
        return False
    counted = [(frame.sentence.index, a.dimension) for a in frame.anchors[:k]]
    counted += [(index, dimension) for index, dimension, _ in world.memory]
    return any(i >= frame.sentence.index - 1 and d == anchor.dimension for i, d in counted)


def segment_after(frame: Frame, k: int) -> str:
    """The text from the figure to the end of its segment."""
    own, right = frame.own(k), frame.right(k)
    end = max(frame.tokens[own[-1]].end, *(t.end for t in right), 0)
    return frame.text(frame.tokens[own[0]].start, end)


def _reaches(before: str, mark: Marker) -> bool:
    """Whether nothing but auxiliaries and hedges stands between a mark and the figure."""
    return {word.lower() for word in before[mark.end :].split()} <= _BETWEEN


def _of_them(frame: Frame, k: int) -> bool:
    """ "Two of the victims": a part of a group that is known already."""
    end = frame.anchors[k].end
    behind = [t.lower for t in frame.tokens if t.start >= end][:2]
    return behind[:1] == ["of"] and behind[-1] in _DEFINITE


def _out_of_a_group(frame: Frame, k: int) -> bool:
    """ "Among the dead were three children", "of those hurt, 20 stayed overnight"."""
    at = frame.own(k)[0] - 1
    if at < 0 or frame.tokens[at].lower not in _BE | {","}:
        return False
    inverted = frame.tokens[at].lower in _BE
    while at > 0:
        at -= 1
        token = frame.tokens[at]
        if token.lower in {"among", "of"} and (inverted or token.lower == "of"):
            opens = at == 0 or frame.tokens[at - 1].lower in _OPENINGS
            return opens and frame.tokens[at + 1].lower in _DEFINITE
        if token.lower in _OPENINGS or token.tag in {"VBD", "VBZ", "VBP", "MD"}:
            return False
    return False


def _continues_list(frame: Frame, k: int, state: Slot | None, before: Mapping[int, Slot]) -> bool:
    """ "Of whom 21 are Italians, 31 British": nothing new is said between the two figures."""
    if state is not None and state.how not in _DERIVED and state != before.get(k - 1):
        return False
    last, first = frame.own(k - 1), frame.own(k)
    between = frame.tokens[last[-1] + 1 : first[0]] if last else ()
    marks = [t.lower for t in between if t.lower in {",", "and"}]
    verbs = any(
        (t.pos == "VERB" and t.lower not in _BE) or t.lower in {";", ":", "while", "but"}
        for t in between
    )
    return bool(marks) and not verbs and marks[-1] in {t.lower for t in between[-2:]}


def _summand(
    frame: Frame, k: int, world: World, state: Slot | None, before: Mapping[int, Slot]
) -> Slot | None:
    """ "Twelve died, seven men and five women": figures that add up to an earlier one; "nine died:
    six in Arle, two in Bost and one at sea", whether they add up or not. What has a place of its
    own is the count of that place."""
    if frame.anchors[k].dimension not in COUNTS or place_of(frame, k, world) is not None:
        return None
    whole = _whole_of(frame, k)
    if whole is not None and _says_no_more(state, before.get(whole)):
        return Slot(SUMMAND, "adds up")
    return Slot(SUMMAND, "list after a colon") if _is_listed(frame, k) else None


def _says_no_more(state: Slot | None, whole: Slot | None) -> bool:
    return state is None or (whole is not None and state.value == whole.value)


def _whole_of(frame: Frame, k: int) -> int | None:
    """The earlier figure that this one and its neighbours, all behind it, add up to."""
    for whole in range(k - 1, -1, -1):
        size = frame.anchors[whole].size
        if size is None or frame.anchors[whole].dimension not in COUNTS:
            continue
        total = Fraction(0)
        for j in range(whole + 1, len(frame.anchors)):
            part = frame.anchors[j].size
            if part is None or frame.anchors[j].dimension not in COUNTS or part <= 0:
                break
            total += part
            if total >= size:
                if total == size and whole + 1 < j and j >= k:
                    return whole
                break
    return None


def _is_listed(frame: Frame, k: int) -> bool:
    anchors, base = frame.anchors, frame.sentence.start
    colon = frame.sentence.text.rfind(":", 0, anchors[k].start - base)
    if colon < 0 or anchors[k].noun:
        return False
    listed = [a for a in anchors if a.start - base > colon and a.dimension == anchors[k].dimension]
    return anchors[0].end - base <= colon and anchors[0].noun != "" and len(listed) >= 2
