"""How a figure is said: as done, planned or possible, affirmed or denied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Literal

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.shapes import is_definite
from crosscheck.slots.world import World

_SUBORDINATING = frozenset("as after when while before because until since".split())

_PERMITTED = "permitted"
"""What is permitted stands behind the permission: "eight storeys with permission for five"."""


def modality_of(frame: Frame, k: int, world: World) -> tuple[str, str]:
    words = world.vocabulary
    for verb in frame.predicates(k):
        if _beyond_a_comma(frame, k, verb):
            continue
        if verb.lemma in words.modal_verbs:
            return words.modal_verbs[verb.lemma]
        for child in frame.children.get(verb.i, ()):
            if child.dep == "aux" and child.lower in words.modal_words:
                return words.modal_words[child.lower]
    for token in [*frame.left(k), *_own_clause(frame.right(k)[:4])]:
        if token.lower in words.modal_words and token.pos not in {"AUX", "PROPN"}:
            return words.modal_words[token.lower]
        if token.pos == "VERB" and token.lemma in words.modal_verbs:
            return words.modal_verbs[token.lemma]
    start, text = frame.segment_text(k)
    ahead = frame.anchors[k].start - start
    marks = [
        mark
        for mark in words.modal_phrases.find(text)
        if mark.value != _PERMITTED or mark.end <= ahead
    ]
    if marks:
        return marks[0].value, marks[0].rule
    return ("planned", "") if _headline_future(frame, k) else ("done", "")


def _own_clause(tokens: list[Token]) -> Iterator[Token]:
    """The tokens up to a subordinate clause: "90 moved out as the dam threatened to burst"."""
    return takewhile(lambda token: token.lower not in _SUBORDINATING, tokens)


def _beyond_a_comma(frame: Frame, k: int, verb: Token) -> bool:
    """ "Fire toll now 17, more feared": in a headline each stretch between commas speaks for
    itself, unless the comma closes what the one before it opened, and so does a clause."""
    own = frame.own(k)
    if not frame.sentence.is_headline or not own:
        return False
    start, end = sorted((own[0], verb.i))
    between = frame.tokens[start:end]
    commas = sum(token.text == "," for token in between)
    return commas % 2 == 1 or any(token.lower in _SUBORDINATING for token in between)


def _headline_future(frame: Frame, k: int) -> bool:
    """ "Firm to cut 900 jobs", "900 jobs to go": in headlines "to" stands for "will"."""
    if not frame.sentence.is_headline:
        return False
    right = frame.right(k)
    if len(right) > 1 and right[0].lower == "to":  # not "12% to 3 million", "13 out, 5 to go"
        return frame.anchors[k].noun != "" or right[1].lower != "go"
    verb = frame.governor(k)
    beside = {t.i for t in (*frame.left(k), *right)}
    tied = frame.children.get(verb.i, []) if verb is not None else []
    return any(
        t.lower == "to" and t.dep == "aux" and t.i in beside and not _still_open(frame, t)
        for t in tied
    )


def _still_open(frame: Frame, to: Token) -> bool:
    """ "12 still to be found": what has not come about yet, said of a count that stands now."""
    return to.i > 0 and frame.tokens[to.i - 1].lower in {"still", "yet"}


def polarity_of(
    frame: Frame, k: int, world: World, state: Slot | None
) -> Literal["affirmed", "denied"]:
    """Denied where a negation belongs to the verb of which the figure is an argument, or to a word
    of the segment that gave the state; but a state may itself lie in the negation ("did not
    survive"). "The 12 missing were not found" denies neither that they are 12 nor that they are
    missing: what is spoken of as known is denied only by the word that says what became of it."""
    anchor, verb = frame.anchor_token(k), frame.governor(k)
    presupposed = is_definite(frame, k)
    given_by_words = state is not None and state.how in {"words after", "words before"}
    beside = {t.i for t in (*frame.left(k), *frame.right(k))} if given_by_words else set()
    for token in frame.tokens:
        if token.dep != "neg" and token.lower not in {"never", "not", "n't"}:
            continue
        if state is not None and _lies_in(frame, k, token, state, world):
            continue
        denies = frame.tokens[token.head]
        if presupposed and not _names(denies, state, world):
            continue
        argument = anchor is not None and verb == denies and anchor.head == denies.i
        by_predicate = state is not None and state.how == "predicate" and verb == denies
        if argument or by_predicate or (denies.i in beside and token.i in beside):
            return "denied"
    return "affirmed"


def _names(word: Token, state: Slot | None, world: World) -> bool:
    known = world.lexicon.states_of(word.lemma, word.pos)
    return state is not None and state.value in {found.name for found in known}


def _lies_in(frame: Frame, k: int, negation: Token, state: Slot, world: World) -> bool:
    """Whether a negation belongs to the phrase that names the state."""
    for side in (frame.left(k), frame.right(k)):
        if negation not in side:
            continue
        start, end = min(t.start for t in side), max(t.end for t in side)
        at = negation.start - start
        for hit in world.lexicon.phrases(frame.text(start, end)):
            if hit.start <= at < hit.end and state.value in {s.name for s in hit.states}:
                return True
    return False
