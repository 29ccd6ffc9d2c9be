"""Whether a figure is a part of a larger one, or a total."""

from __future__ import annotations

from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.places import place_of
from crosscheck.slots.shapes import COUNTS, MONEY, NAMELIKE, is_base
from crosscheck.slots.world import LABEL, World

_IDLE = frozenset("final latest closing first total new last overall official full".split())
_SUMMING = frozenset("come total amount add make sum reach be".split())
_DEFINITE = ("the", "its", "their", "those", "these", "his", "her", "them")


def scope_of(frame: Frame, k: int, world: World) -> Slot | None:
    if is_base(frame, k):
        return Slot("total", "the figure before")
    _, text = frame.segment_text(k)
    marks = world.vocabulary.totals.find(text) or world.vocabulary.totals.find(
        frame.sentence.text[:20]
    )
    return Slot(marks[0].value, "words beside", marks[0].rule) if marks else None


def part_of(frame: Frame, k: int, world: World, state: Slot | None) -> Slot | None:
    own = frame.own(k)
    if frame.anchors[k].dimension.startswith(MONEY):
        return _some(frame, k, world)
    if not own or frame.anchors[k].dimension not in {"count", "percent"}:
        return None
    start, end = frame.tokens[own[0]].start, frame.tokens[own[-1]].end
    if frame.anchors[k].dimension in COUNTS and _of_them(frame, k):
        return Slot("among", "words after")
    if frame.anchors[k].dimension in COUNTS and _is_summand(frame, k, world):
        return Slot("one of several", "list after a colon")
    special = _special_label(frame, k)
    if special:
        return Slot(special, "label")
    if k + 1 < len(frame.anchors) and is_base(frame, k + 1):
        return Slot("of a whole", "the figure after")
    before = frame.text(max(frame.sentence.start, start - 24), start)
    after = frame.text(start, min(frame.sentence.end, end + 16))
    for mark in world.vocabulary.part_before.find(before):
        near = len(before) - mark.end <= 4
        if near and (mark.value != "others" or _continues(frame, world, state)):
            return Slot(mark.value, "words before", mark.rule)
    for mark in world.vocabulary.part_after.find(after):
        if "," in after[: mark.start] and " among " in f" {after[mark.start : mark.end]} ":
            continue  # "900 people, among them 60 teachers": the whole of which parts follow
        if mark.value == "more" and (mark.start == 0 or " than" in after[mark.end :][:5]):
            continue  # "more than 600" is a hedge
        if mark.value != "others" or _continues(frame, world, state):
            return Slot(mark.value, "words after", mark.rule)
    return None


def _is_summand(frame: Frame, k: int, world: World) -> bool:
    """ "Nine died: six in Arle, two in Bost and one at sea": a part without a place of its own."""
    anchors, base = frame.anchors, frame.sentence.start
    colon = frame.sentence.text.rfind(":", 0, anchors[k].start - base)
    if colon < 0 or anchors[k].noun or place_of(frame, k, world) is not None:
        return False
    listed = [a for a in anchors if a.start - base > colon and a.dimension == anchors[k].dimension]
    return anchors[0].end - base <= colon and anchors[0].noun != "" and len(listed) >= 2


def _of_them(frame: Frame, k: int) -> bool:
    """ "Two of the victims": a part of a group that is known already."""
    end = frame.anchors[k].end
    behind = [t.lower for t in frame.tokens if t.start >= end][:2]
    return behind[:1] == ["of"] and behind[1:] in [[word] for word in _DEFINITE]


def _special_label(frame: Frame, k: int) -> str:
    """ "Ordinary shares: down 3 percent": an adjective in the label singles out a part."""
    label = LABEL.match(frame.sentence.text)
    if not label or label.end(1) > frame.anchors[k].start - frame.sentence.start:
        return ""
    words = [t for t in frame.tokens if t.end <= frame.sentence.start + label.end(1)]
    if len(words) == 2 and words[0].pos == "ADJ" and words[1].pos == "NOUN":
        return "" if words[0].lemma in _IDLE else words[0].lemma
    return ""


def _some(frame: Frame, k: int, world: World) -> Slot | None:
    """ "The four biggest pledges come to", "two families have given": the sum of some givers."""
    verb = frame.governor(k)
    subject = frame.subject(verb)
    if verb is None or subject is None or subject.i in frame.own(k):
        return None
    givers = world.lexicon.noun_class(subject.lemma) in NAMELIKE
    if verb.lemma not in _SUMMING and not givers:
        return None
    tied = frame.children.get(subject.i, [])
    chosen = next((t for t in tied if t.dep == "nummod" or t.tag == "JJS"), None)
    return Slot("some of them", f"the word {chosen.lower!r}") if chosen is not None else None


def _continues(frame: Frame, world: World, state: Slot | None) -> bool:
    """Whether "others" leaves out somebody of this very state, and not, as in "14 were killed,
    another 20 hurt", those of whom something else was said just before."""
    near = {s.value for index, _, s in world.memory if frame.sentence.index - index <= 1}
    return not near or (state.value in near if state is not None else len(near) <= 1)
