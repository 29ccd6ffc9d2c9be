"""What happened to the things that are counted: dead, missing, pledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from crosscheck.language import Token, lemma
from crosscheck.model import Slot
from crosscheck.slots.frames import LIGHT, Frame
from crosscheck.slots.lexicon import Lexicon, State
from crosscheck.slots.recalled import elliptic, fits, out_or_to_go, remembered
from crosscheck.slots.shapes import is_base, is_compound
from crosscheck.slots.world import LABEL, World

_COUNTERS = frozenset("number count toll tally total figure".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FARTHER = frozenset({"predicate", "subject", "label"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})


def state_of(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Slot | None:
    weak: Slot | None = None
    for how, states in _state_readings(frame, k, world):
        if weak is not None and how in _FARTHER:
            break
        if weak is not None and how == "antecedent":
            continue
        for state in states:
            if fits(state, frame.anchors[k], world.lexicon):
                slot = Slot(state.name, how, state.rule)
                if not state.yields:
                    return slot
                weak = weak or slot
    if weak or is_compound(frame, k) or is_base(frame, k):
        return weak
    return (
        out_or_to_go(frame, k, world)
        or elliptic(frame, k, world, before)
        or remembered(frame, k, world)
    )


def _state_readings(frame: Frame, k: int, world: World) -> Iterator[tuple[str, Iterator[State]]]:
    lex = world.lexicon
    of_noun = list(_noun_states(frame, k, lex))
    if is_base(frame, k):
        yield "noun phrase", iter(of_noun)
        return
    yield "words after", _happened_to_them(frame, k, of_noun, lex)
    yield "noun phrase", (s for s in of_noun if s.evolves and not _is_role(frame, k, lex))
    if frame.sentence.is_headline:
        yield "headline verb", _headline_verb(frame, k, lex)
    # a noun behind the figure is mostly a place or an occasion: "on the day of the march"
    right = frame.right(k)
    counting = any(t.lower in {"number", "toll", "count", "total"} for t in right)
    yield "words before", _counted_by_subject(frame, k, lex)
    yield "words around", iter(_around_states(frame, k, lex))
    yield "noun and words after", _phrases_from_noun(frame, k, right, lex)
    yield "words after", _segment_states(frame, right, lex, nouns=counting)
    clause, around = _relative_clause(frame.left(k))
    yield "words before", _segment_states(frame, clause, lex)
    yield "antecedent", _segment_states(frame, around, lex)
    if frame.sentence.is_headline:
        yield "headline verb", _headline_verb_ahead(frame, k, lex)
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


def _happened_to_them(
    frame: Frame, k: int, of_noun: Sequence[State], lex: Lexicon
) -> Iterator[State]:
    """ "Two injured people died", "74 of the injured were taken to hospital": what became of those
    whom the words beside the figure describe by what had become of them before. The dead stay
    dead."""
    anchor, right = frame.anchor_token(k), frame.right(k)
    if anchor is None or anchor.dep not in {"nsubj", "nsubjpass"}:
        return
    verb = next((n for n, t in enumerate(right) if t.tag in _FINITE), len(right))
    described = [*of_noun, *_word_states(right[:verb], lex)]
    known = next((state for state in described if state.evolves), None)
    open_still = any(t.tag == "MD" or t.lower in {"if", "unless"} for t in right[verb:])
    if known is None or known.final or open_still:
        return  # "nine missing people were declared dead only if": still missing
    for state in _segment_states(frame, right[verb:], lex, nouns=False):
        if state.evolves and not state.presence:
            yield state


def _relative_clause(left: list[Token]) -> tuple[list[Token], list[Token]]:
    """The words before a figure (nearest first) in its own relative clause, and those around it:
    "a deal that values the mill at 9 million euros" tells a value."""
    inside = list(takewhile(lambda token: token.tag not in _RELATIVE, left))
    return inside, left[len(inside) :]


def _counted_by_subject(frame: Frame, k: int, lex: Lexicon) -> Iterator[State]:
    """ "The number of people killed has gone up to 26": what the subject says is counted, or, as in
    "turnout reached 46 percent of the electorate", its share."""
    verb = frame.governor(k)
    subject = frame.subject(verb)
    if subject is None or subject.i in frame.own(k):
        return
    if frame.anchors[k].dimension == "percent" and verb is not None and verb.lemma in LIGHT:
        yield from _word_states([subject], lex)
    if subject.lemma not in _COUNTERS:
        return
    tied = frame.children.get(subject.i, [])
    named = [subject, *(t for t in tied if t.dep in {"compound", "amod"})]
    of = [t for t in tied if t.lower == "of" or t.tag == "VBN"]
    for tokens in (named, [t for token in of for t in frame.subtree(token)[::-1]]):
        beside = {t.i for t in tokens}
        if not beside & frame.taken:
            yield from _segment_states(frame, [t for t in frame.left(k) if t.i in beside], lex)


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
    if behind:
        for hit in lex.phrases(frame.text(behind[0].start, frame.sentence.end)):
            yield from hit.states if hit.start == 0 else ()
    yield from _as_verbs([token.lower for token in behind], lex)


def _headline_verb_ahead(frame: Frame, k: int, lex: Lexicon) -> Iterator[State]:
    """ "Landslide buries 20", where the verb was taken for a noun in the plural."""
    left = frame.left(k)[:1]
    yield from _as_verbs([lemma(t.text, "VBZ") for t in left if t.tag == "NNS"], lex)


def _as_verbs(words: Iterable[str], lex: Lexicon) -> Iterator[State]:
    for word in words:
        found = lex.states_of(word, "VERB")
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
        if not states and token.tag == "VB" and not token.i:
            states = lex.states_of(token.lower, "NOUN")  # "Profit up 12%"
        yield from states
