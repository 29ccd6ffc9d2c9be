"""What a figure shares with the figures, sentences and nouns before it: ellipsis and pronouns.

"The police said 38 were dead. The fire brigade said 40." "That makes it 41." "TWELVE."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import LIGHT, Anchor, Frame
from crosscheck.slots.lexicon import Lexicon, State
from crosscheck.slots.shapes import COUNTS, MONEY, is_sum
from crosscheck.slots.world import LABEL, World

_IDLE = frozenset(
    "now so far at least still and counting make makes that it is up to already".split()
)

_LARGE = 100_000
"""A bare number below this is no sum of money of which the currency is left out."""


def fits(state: State, anchor: Anchor, lex: Lexicon) -> bool:
    """Whether the state can be said of what is counted."""
    if not state.counted:
        return True
    if anchor.dimension.split(":")[0].split(" per ")[0] in state.counted:
        return True
    if anchor.dimension not in COUNTS:
        return anchor.dimension == "ratio" and "person" in state.counted
    if not anchor.noun:
        large = anchor.size is None or anchor.size >= _LARGE
        return bool(state.counted & {"person", "artifact", "act", *([MONEY] if large else ())})
    if any(state in lex.states_of(anchor.noun, pos) for pos in ("NOUN", "ADJ")):
        return True
    known = lex.noun_class(anchor.noun)
    if not known and any("person" in s.counted for s in lex.states_of(anchor.noun, "ADJ")):
        known = "person"  # "200 aboard", "12 missing"
    return known in {*state.counted, "", "thing"}


def elliptic(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Slot | None:
    """A figure without a verb of its own shares the state of the one before it."""
    earlier = [j for j in before if j < k]
    if earlier and is_sum(frame, k) and not frame.anchors[k].noun:
        first = before[min(earlier)]
        return Slot(first.value, "ellipsis", first.rule)
    if not earlier or frame.anchors[max(earlier)].dimension != frame.anchors[k].dimension:
        return None
    j = max(earlier)
    verb = frame.governor(k)
    shared = verb is None or verb.lemma in world.lexicon.speech or verb == frame.governor(j)
    state = world.lexicon.state(before[j].value)
    if not shared or state is None or not fits(state, frame.anchors[k], world.lexicon):
        return None
    return Slot(before[j].value, "ellipsis", before[j].rule)


def remembered(frame: Frame, k: int, world: World) -> Slot | None:
    """A list item, or a sentence that gives a bare figure, continues what was said before."""
    return (
        _of_last_figure(frame, k, world)
        or _of_pronoun(frame, k, world)
        or _of_noun_before(frame, k, world)
        or _of_main_count(frame, k, world)
    )


def out_or_to_go(frame: Frame, k: int, world: World) -> Slot | None:
    """ "13 out, 5 to go": the rescued and those still trapped, in a headline that has both."""
    if not frame.sentence.is_headline or len(frame.anchors) != 2 or frame.anchors[k].noun:
        return None
    out, rest = ([t.lower for t in frame.right(i)[:2]] for i in (0, 1))
    if out[:1] != ["out"] or rest != ["to", "go"]:
        return None
    state = world.lexicon.state("trapped" if k else "rescued")
    return Slot(state.name, "words after", state.rule) if state is not None else None


def _of_last_figure(frame: Frame, k: int, world: World) -> Slot | None:
    anchor = frame.anchors[k]
    is_list = frame.sentence.zone.role == "list" or LABEL.match(frame.sentence.text) is not None
    if not is_list and (k or anchor.noun or not _says_only_figures(frame, world)):
        return None
    for index, dimension, slot in reversed(world.memory):
        if frame.sentence.index - index > (12 if is_list else 1) or index == frame.sentence.index:
            continue
        if not is_list and world.sentences[index].zone is not frame.sentence.zone:
            return None
        state = world.lexicon.state(slot.value)
        if dimension == anchor.dimension and state is not None:
            found = Slot(slot.value, "previous sentence", slot.rule)
            return found if fits(state, anchor, world.lexicon) else None
    return None


def _says_only_figures(frame: Frame, world: World) -> bool:
    """Whether every verb of the sentence is one of speech or of being."""
    verbs = [t for t in frame.tokens if t.pos == "VERB"]
    return all(t.lemma in world.lexicon.speech | LIGHT for t in verbs)


def _of_pronoun(frame: Frame, k: int, world: World) -> Slot | None:
    """ "They surveyed the damage. It could come to 10 million euros": the state that a noun of the
    sentence before names, its subject first, then the nearest."""
    verb = frame.governor(k)
    subject = frame.subject(verb)
    index = frame.sentence.index
    if subject is None or subject.lower not in {"it", "that", "this"} or not index:
        return None
    if frame.anchors[k].noun and not frame.anchors[k].dimension.startswith(MONEY):
        return None
    before = world.sentences[index - 1]
    if verb is None or verb.lemma not in LIGHT or before.zone is not frame.sentence.zone:
        return None
    nouns = [t for t in reversed(before.tokens) if t.pos == "NOUN"]
    nouns.sort(key=lambda token: token.dep not in {"nsubj", "nsubjpass"})
    return _named_by(nouns, frame.anchors[k], world.lexicon, "previous sentence")


def _of_noun_before(frame: Frame, k: int, world: World) -> Slot | None:
    """ "There were no arrests on Monday; the police had made 230 the day before"."""
    anchor, verb = frame.anchors[k], frame.governor(k)
    token = frame.anchor_token(k)
    if anchor.noun or anchor.dimension not in COUNTS or verb is None or token is None:
        return None
    if (
        verb.lemma not in LIGHT | world.lexicon.speech
        or token.head != verb.i
        or token.dep != "dobj"
    ):
        return None
    nouns = [t for t in reversed(frame.tokens[: verb.i]) if t.tag == "NNS"]
    return _named_by(nouns, anchor, world.lexicon, "ellipsis")


def _named_by(nouns: Iterable[Token], anchor: Anchor, lex: Lexicon, how: str) -> Slot | None:
    for noun in nouns:
        for state in lex.states_of(noun.lemma, "NOUN"):
            if fits(state, anchor, lex) and not lex.is_role(noun.lemma):
                return Slot(state.name, how, state.rule)
    return None


def _of_main_count(frame: Frame, k: int, world: World) -> Slot | None:
    """ "TWELVE.": a post that is nothing but a number gives the toll, else the count that the
    article gives most often."""
    anchor = frame.anchors[k]
    others = [t for t in frame.tokens if t.i not in frame.taken and t.text[:1].isalnum()]
    if anchor.noun or anchor.dimension not in COUNTS or len(frame.anchors) > 1:
        return None
    if any(t.lower not in _IDLE for t in others):
        return None
    told = [(slot, world.lexicon.state(slot.value)) for _, _, slot in reversed(world.memory)]
    kept = [s for _, s in told if s and s.evolves and fits(s, anchor, world.lexicon)]
    counts = Counter(state.name for state in kept)
    final = next((state.name for state in kept if state.final), "")
    main = final or max(counts, key=lambda name: counts[name], default="")
    return next((Slot(main, "previous sentence", s.rule) for s, _ in told if s.value == main), None)
