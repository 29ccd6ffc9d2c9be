"""Whether a figure is a part of a larger one, or a total."""

from __future__ import annotations

from collections.abc import Mapping

from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.shapes import COUNTS, MONEY, NAMELIKE, is_base
from crosscheck.slots.subgroups import AMONG, NEAR, segment_after, subgroup_of
from crosscheck.slots.world import LABEL, World

_IDLE = frozenset("final latest closing first total new last overall official full".split())
_SUMMING = frozenset("come total amount add make sum reach be".split())


def scope_of(frame: Frame, k: int, world: World) -> Slot | None:
    if is_base(frame, k):
        return Slot("total", "the figure before")
    _, text = frame.segment_text(k)
    marks = world.vocabulary.totals.find(text) or world.vocabulary.totals.find(
        frame.sentence.text[:20]
    )
    return Slot(marks[0].value, "words beside", marks[0].rule) if marks else None


def part_of(
    frame: Frame, k: int, world: World, state: Slot | None, before: Mapping[int, Slot]
) -> Slot | None:
    """Which part of a larger whole the figure is; ``before`` holds the states of the sentence's
    earlier figures."""
    own = frame.own(k)
    if frame.anchors[k].dimension.startswith(MONEY):
        return _some(frame, k, world)
    if not own or frame.anchors[k].dimension not in {"count", "percent"}:
        return None
    subgroup = subgroup_of(frame, k, world, state, before)
    if subgroup is not None:
        return subgroup
    special = _special_label(frame, k)
    if special:
        return Slot(special, "label")
    share = frame.anchors[k].dimension == "percent"  # it is one of some whole always
    if not share and k + 1 < len(frame.anchors) and is_base(frame, k + 1):
        return Slot("of a whole", "the figure after")
    return _marked(frame, k, world, state)


def _marked(frame: Frame, k: int, world: World, state: Slot | None) -> Slot | None:
    """Words beside the figure that make it one place's count, or one that leaves somebody out."""
    start = frame.tokens[frame.own(k)[0]].start
    end = frame.tokens[frame.own(k)[-1]].end
    before = frame.text(max(frame.sentence.start, start - 24), start)
    for mark in world.vocabulary.part_before.find(before):
        near = mark.value != AMONG and len(before) - mark.end <= 4
        if near and _holds(mark.value, frame, world, state):
            return Slot(mark.value, "words before", mark.rule)
    after = segment_after(frame, k)
    for mark in world.vocabulary.part_after.find(after):
        if mark.value == AMONG or mark.start > end - start + NEAR:
            continue
        if mark.value == "more" and (mark.start == 0 or " than" in after[mark.end :][:5]):
            continue  # "more than 600" is a hedge
        if _holds(mark.value, frame, world, state):
            return Slot(mark.value, "words after", mark.rule)
    return None


def _holds(part: str, frame: Frame, world: World, state: Slot | None) -> bool:
    """Whether the mark of a part means one with this state."""
    if part == "remaining":
        left = world.lexicon.state(state.value) if state is not None else None
        return left is not None and left.passing
    return part != "others" or _continues(frame, world, state)


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
    if any(
        a.dimension not in COUNTS and subject.i in frame.own(j) for j, a in enumerate(frame.anchors)
    ):
        return None  # "the 9 million euros are made up of": a sum, and nobody who gives
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
