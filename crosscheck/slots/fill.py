"""Fills the slots of a figure's topic, each with a note of how it was filled.

==========  =====================================================================================
slot        what it holds
==========  =====================================================================================
state       what happened to the things that are counted (``dead``, ``pledged`` ...)
predicate   the lemma of the governing verb
quality     what the counted things are said to be (invalid)
aspect      what of a thing is measured (height, depth, distance)
thing       the thing that is measured or priced, as a lemma
owner       the people and organisations in the figure's own segment (ids, ``|`` between them)
place       where, from a locative or a label, never from a demonym
scope       ``total``, ``world`` or ``elsewhere``
part        a marker that the figure is one part of a larger one
year        a year in the sentence
day         a weekday in the figure's segment
period      over which time, since or by when, against which time before
earlier     its own account has ``replaced`` or ``corrected`` it, or only ``compared`` with it
basis       on which basis it is reckoned: net, before tax, in real terms
population  among whom a share was found
without     whom the count leaves out, and ``with`` whom it counts in
cause       the kind of event that did it
reminder    a marker that the passage is about another event
label       the heading or label under which the figure stands
==========  =====================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.history import earlier_of
from crosscheck.slots.manner import modality_of, polarity_of
from crosscheck.slots.moments import day_said, stood_at, year_said
from crosscheck.slots.owners import owner_of
from crosscheck.slots.parts import part_of, scope_of
from crosscheck.slots.periods import period_of
from crosscheck.slots.places import place_of
from crosscheck.slots.scopes import basis_of, population_of, sides_of
from crosscheck.slots.shapes import COUNTS, MONEY
from crosscheck.slots.states import state_of
from crosscheck.slots.subgroups import AMONG, group_state
from crosscheck.slots.things import aspect_of, predicate_of, quality_of, thing_of
from crosscheck.slots.world import LABEL, World


@dataclass(frozen=True, slots=True)
class Filled:
    slots: tuple[tuple[str, Slot], ...]
    modality: str
    polarity: Literal["affirmed", "denied"]
    as_of: datetime | None
    rules: tuple[str, ...]


def fill(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Filled:
    """The slots of figure ``k``; ``before`` holds the states of the sentence's earlier figures."""
    state = state_of(frame, k, world, before)
    part = part_of(frame, k, world, state, before)
    if part is not None and part.value == AMONG and state is None:
        state = _shared(frame, k, world, before)
    owner = owner_of(frame, k, world)
    world.owners = {**(world.owners if k else {}), k: owner}
    slots: dict[str, Slot | None] = {
        "state": state,
        "predicate": predicate_of(frame, k),
        "quality": quality_of(frame, k),
        "aspect": None if _counts_people(frame, k, world, state) else aspect_of(frame, k, world),
        "thing": thing_of(frame, k, world),
        "owner": owner,
        "place": place_of(frame, k, world),
        "scope": scope_of(frame, k, world),
        "part": part,
        "year": year_said(frame, k, world, state),
        "day": day_said(frame, k, world),
        "period": period_of(frame, k, world),
        "earlier": earlier_of(frame, k, world, state),
        "basis": basis_of(frame, k, world),
        "population": population_of(frame, k, world),
        **dict(sides_of(frame, k, world)),
        "cause": _cause(frame, k, world),
        "reminder": _reminder(frame, k, world),
        "label": _label(frame, k),
    }
    if state is not None:
        before[k] = state
        world.memory.append((frame.sentence.index, frame.anchors[k].dimension, state))
    modality, modal_rule = modality_of(frame, k, world)
    filled = tuple((name, slot) for name, slot in slots.items() if slot is not None)
    rules = tuple(sorted({s.rule for _, s in filled if s.rule} | ({modal_rule} - {""})))
    return Filled(
        filled,
        modality,
        polarity_of(frame, k, world, state),
        stood_at(frame, k, world, state if modality == "done" else None),
        rules,
    )


def _counts_people(frame: Frame, k: int, world: World, state: Slot | None) -> bool:
    """ "Quake kills 40": no magnitude, nor anything else that is measured."""
    told = world.lexicon.state(state.value) if state is not None else None
    counts = frame.anchors[k].dimension in COUNTS
    return counts and told is not None and told.evolves and "person" in told.counted


def _shared(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Slot | None:
    """The state of the larger group, which holds for the subgroup too."""
    state = world.lexicon.state(group_state(frame, k, world, before))
    return Slot(state.name, "ellipsis", state.rule) if state is not None else None


def _cause(frame: Frame, k: int, world: World) -> Slot | None:
    """The kind of event named nearest to the figure in its sentence."""
    if not frame.anchors[k].dimension.startswith(("count", MONEY)):
        return None
    verb = frame.governor(k)
    subject = frame.subject(verb)
    nearby = [*frame.right(k), *frame.left(k)]
    for how, tokens in (
        ("subject", frame.subtree(subject) if subject else []),
        ("segment", nearby),
        ("sentence", list(frame.tokens)),
    ):
        for token in tokens:
            cause = world.vocabulary.causes.get(token.lemma)
            if cause and token.pos != "VERB" and not _describes(frame, token, world):
                return Slot(cause[0], how, cause[1])
    return None


def _describes(frame: Frame, token: Token, world: World) -> bool:
    """ "The fire brigade put the toll at 35": the word only says what sort of organisation, vehicle
    or official it is; "flood victims" are those of a flood."""
    head = frame.tokens[token.head]
    if token.dep not in {"compound", "amod", "nmod"} or head.pos not in {"NOUN", "PROPN"}:
        return False
    known = world.lexicon.noun_class(head.lemma)
    victims = world.lexicon.state_of(head.lemma, "NOUN") is not None
    return not victims and known in {"person", "organisation", "group", "vehicle", "building"}


def _reminder(frame: Frame, k: int, world: World) -> Slot | None:
    marks = world.vocabulary.reminders.find(frame.sentence.text)
    if marks and frame.sentence.start + marks[0].start < frame.anchors[k].start:
        return Slot(marks[0].value, "words", marks[0].rule)
    for word in frame.sentence.zone.label.lower().split():
        rule = world.vocabulary.reminder_labels.get(word.strip(":.,"))
        if rule:
            return Slot("label", "label", rule)
    return None


def _label(frame: Frame, k: int) -> Slot | None:
    label = LABEL.match(frame.sentence.text)
    if label and label.end(1) <= frame.anchors[k].start - frame.sentence.start:
        return Slot(label.group(1).strip().lower(), "label")
    zone = frame.sentence.zone
    return Slot(zone.label.lower(), "heading") if zone.label else None
