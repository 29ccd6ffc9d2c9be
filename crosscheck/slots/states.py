"""What happened to the things that are counted: dead, missing, pledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import LIGHT, Anchor, Frame
from crosscheck.slots.lexicon import Lexicon, State
from crosscheck.slots.shapes import COUNTS, MONEY, SPEECH, is_base, is_compound
from crosscheck.slots.world import LABEL, World

_FARTHER = frozenset({"predicate", "subject", "label"})


def state_of(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Slot | None:
    weak: Slot | None = None
    for how, states in _state_readings(frame, k, world):
        if weak is not None and how in _FARTHER:
            break
        for state in states:
            if _fits(state, frame.anchors[k], world.lexicon):
                slot = Slot(state.name, how, state.rule)
                if not state.yields:
                    return slot
                weak = weak or slot
    if weak or is_compound(frame, k) or is_base(frame, k):
        return weak
    return _elliptic(frame, k, world, before) or _remembered(frame, k, world)


def _state_readings(frame: Frame, k: int, world: World) -> Iterator[tuple[str, Iterator[State]]]:
    lex = world.lexicon
    of_noun = list(_noun_states(frame, k, lex))
    if is_base(frame, k):
        yield "noun phrase", iter(of_noun)
        return
    yield "noun phrase", (s for s in of_noun if s.evolves and not _is_role(frame, k, lex))
    if frame.sentence.is_headline:
        yield "headline verb", _headline_verb(frame, k, lex)
    # a noun behind the figure is mostly a place or an occasion: "on the day of the march"
    right = frame.right(k)
    counting = any(t.lower in {"number", "toll", "count", "total"} for t in right)
    yield "words around", iter(_around_states(frame, k, lex))
    yield "noun and words after", _phrases_from_noun(frame, k, right, lex)
    yield "words after", _segment_states(frame, right, lex, nouns=counting)
    yield "words before", _segment_states(frame, frame.left(k), lex)
    yield "noun phrase", iter(of_noun)
    if _is_whole(frame, k):
        return
    yield "predicate", _word_states(frame.predicates(k), lex)
    subject = frame.subject(frame.governor(k))
    yield "subject", _word_states([subject] if subject else [], lex)
    label = LABEL.match(frame.sentence.text)
    if label and label.end(1) <= frame.anchors[k].start - frame.sentence.start:
        words = [t for t in frame.tokens if t.end <= frame.sentence.start + label.end(1)]
        yield "label", _word_states(words, lex)


def _is_role(frame: Frame, k: int, lex: Lexicon) -> bool:
    """Whether the noun says what the counted are (suspects), not what became of them (dead)."""
    own = frame.own(k)
    noun = frame.anchors[k].noun or (frame.tokens[own[-1]].lemma if own else "")
    return lex.is_role(noun)


def _is_whole(frame: Frame, k: int) -> bool:
    """ "Of the 77 people on the ship 71 died": the verb is said of the part, not of the whole."""
    own = frame.own(k)
    before = frame.tokens[max(0, own[0] - 2) : own[0]] if own else ()
    return any(t.lower == "of" and (t.i == 0 or t.text == "Of") for t in before)


def _around_states(frame: Frame, k: int, lex: Lexicon) -> tuple[State, ...]:
    """States of phrases that embrace the figure: "sent 110 people back"."""
    left, right = frame.left(k), frame.right(k)
    if not left or not right:
        return ()
    return lex.around(
        frame.text(left[-1].start, left[0].end), frame.text(right[0].start, right[-1].end)
    )


def _phrases_from_noun(
    frame: Frame, k: int, right: Sequence[Token], lex: Lexicon
) -> Iterator[State]:
    """States of phrases that begin with the counted noun: "jobs to go"."""
    own = frame.own(k)
    if not right or not own or is_compound(frame, k):
        return
    noun = frame.tokens[own[-1]]
    for hit in lex.phrases(frame.text(noun.start, right[-1].end)):
        if hit.start == 0 and hit.end > noun.end - noun.start:
            yield from hit.states


def _noun_states(frame: Frame, k: int, lex: Lexicon) -> Iterator[State]:
    """States named by the counted noun itself (survivors) or by its modifiers (injured people)."""
    if is_compound(frame, k):
        return
    own = [frame.tokens[i] for i in frame.own(k)]
    yield from _segment_states(frame, own[::-1], lex)
    noun = frame.anchors[k].noun
    for pos in ("NOUN", "ADJ") if lex.noun_class(noun) else ("NOUN", "ADJ", "VERB"):
        if noun:
            yield from lex.states_of(noun, pos)


def _headline_verb(frame: Frame, k: int, lex: Lexicon) -> Iterator[State]:
    """ "9,000 flood the city": headlines leave out so much that parsers take verbs for nouns."""
    own = frame.own(k)
    behind = frame.tokens[own[-1] + 1 : own[-1] + 2] if own else ()
    for token in behind:
        found = lex.states_of(token.lower, "VERB")
        yield from sorted(found, key=lambda state: "person" not in state.counted)


def _segment_states(
    frame: Frame, tokens: Sequence[Token], lex: Lexicon, nouns: bool = True
) -> Iterator[State]:
    """Phrases and words of a segment, nearest first; a phrase comes before the words in it."""
    if not tokens:
        return
    start, end = min(t.start for t in tokens), max(t.end for t in tokens)
    hits = list(lex.phrases(frame.text(start, end)))
    for token in tokens:
        at = token.start - start
        inside = next((h for h in hits if h.start <= at < h.end), None)
        if inside:
            yield from inside.states
        elif nouns or token.pos != "NOUN":
            yield from _word_states([token], lex)


def _word_states(tokens: Iterable[Token], lex: Lexicon) -> Iterator[State]:
    for token in tokens:
        if token.pos == "PROPN" and token.i > 0:
            continue
        states = lex.states_of(token.lemma, token.pos)
        if not states and token.pos in {"ADJ", "VERB", "ADV", "NOUN", "ADP", "PROPN"}:
            states = lex.states_of(token.lower, "ADJ")
        yield from states


def _fits(state: State, anchor: Anchor, lex: Lexicon) -> bool:
    """Whether the state can be said of what is counted."""
    if not state.counted:
        return True
    if anchor.dimension.split(":")[0].split(" per ")[0] in state.counted:
        return True
    if anchor.dimension not in COUNTS:
        return anchor.dimension == "ratio" and "person" in state.counted
    if not anchor.noun:
        return bool(state.counted & {"person", "artifact", "act", MONEY})
    return lex.noun_class(anchor.noun) in {*state.counted, "", "thing"} or any(
        state in lex.states_of(anchor.noun, pos) for pos in ("NOUN", "ADJ")
    )


def _elliptic(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Slot | None:
    """A figure without a verb of its own shares the state of the one before it."""
    earlier = [j for j in before if j < k]
    if not earlier or frame.anchors[max(earlier)].dimension != frame.anchors[k].dimension:
        return None
    j = max(earlier)
    verb = frame.governor(k)
    shared = verb is None or verb.lemma in SPEECH or verb == frame.governor(j)
    state = world.lexicon.state(before[j].value)
    if not shared or state is None or not _fits(state, frame.anchors[k], world.lexicon):
        return None
    return Slot(before[j].value, "ellipsis", before[j].rule)


def _remembered(frame: Frame, k: int, world: World) -> Slot | None:
    """A list item, or a sentence that gives a bare figure, continues what was said before."""
    anchor = frame.anchors[k]
    is_list = frame.sentence.zone.role == "list" or LABEL.match(frame.sentence.text) is not None
    if not is_list and (k or anchor.noun or not _says_only_figures(frame)):
        return None
    for index, dimension, slot in reversed(world.memory):
        if frame.sentence.index - index > (12 if is_list else 1) or index == frame.sentence.index:
            continue
        if not is_list and world.sentences[index].zone is not frame.sentence.zone:
            return None
        state = world.lexicon.state(slot.value)
        if dimension == anchor.dimension and state is not None:
            fits = _fits(state, anchor, world.lexicon)
            return Slot(slot.value, "previous sentence", slot.rule) if fits else None
    return None


def _says_only_figures(frame: Frame) -> bool:
    """Whether every verb of the sentence is one of speech or of being."""
    verbs = [t for t in frame.tokens if t.pos == "VERB"]
    return all(t.lemma in SPEECH | LIGHT for t in verbs)
