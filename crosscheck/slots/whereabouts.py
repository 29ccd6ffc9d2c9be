"""Where events happened, from where to where things went, and which part of a country it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crosscheck.language import Token
from crosscheck.slots.event_words import Events, events_of
from crosscheck.slots.frames import Frame
from crosscheck.slots.happenings import Happening, happening
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.place_phrases import Reader, Told
from crosscheck.slots.place_words import place_words
from crosscheck.values.places import Place, Route

_AUDIENCE = "person"
_DIRECT = 3
_EARLY = 2
"""Sentences of the body in which an account says where it all happened."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event and where it happened; ``told`` the passage."""

    event: Happening
    told: Told
    verb: Token | None


@dataclass(frozen=True, slots=True)
class Went:
    """A journey: who or what went, as a token, and the offsets of the passage."""

    route: Route
    bearer: Token | None
    start: int
    end: int
    rule: str = ""


def happened(frame: Frame, reader: Reader) -> Iterator[Happened]:
    """The events of a sentence that a locative puts somewhere, in the order of the text."""
    events = events_of(reader.rules)
    words = place_words(reader.rules)
    locatives = set(words.happening.strings("words"))
    for prep in _locatives(frame, locatives | {"on"}):
        governor = frame.tokens[prep.head]
        if not _governs(frame, governor, events):
            continue
        told = reader.under(frame, prep)
        if told is None or (prep.lower == "on" and told.start == frame.tokens[prep.i].end + 1):
            continue
        found = happening(frame, prep.start, told.end, events)
        if found is None:
            continue
        told_there = _told_there(frame, found, words.posture, events)
        yield Happened(told_there or found, told, found.verb)


def _locatives(frame: Frame, words: set[str]) -> Iterator[Token]:
    for token in frame.tokens:
        if token.dep == "prep" and token.lower in words:
            yield token


def _governs(frame: Frame, governor: Token, events: Events) -> bool:
    """A verb, an event, or those whom a speaker told something; not a thing that is merely there."""
    if governor.pos in {"VERB", "AUX"} or governor.lemma in events.nouns:
        return True
    above = frame.tokens[governor.head]
    audience = events.words.noun_class(governor.lemma) == _AUDIENCE
    return audience and governor.dep in {"dobj", "conj", "pobj"} and (
        above.lemma in events.speech or frame.tokens[above.head].lemma in events.speech
    )


def _told_there(
    frame: Frame, found: Happening, posture: frozenset[str], events: Events
) -> Happening | None:
    """ "He stood on a stage in Halden and told them": what he told was told there."""
    if found.verb is None or found.verb.lemma not in posture:
        return None
    for child in frame.children.get(found.verb.i, ()):
        if child.dep == "conj" and child.lemma in events.speech:
            used = ("place.posture", *found.rules)
            return replace(
                found, event="speech", noun="statement", how="speech", thing=None, rules=used
            )
    return None


def went(frame: Frame, reader: Reader) -> Iterator[Went]:
    """ "From Genoa to Palermo", "out of Genoa for Palermo", of what moves."""
    words = place_words(reader.rules).journey
    for prep in frame.tokens:
        out = prep.lower == "of" and prep.i > 0 and frame.tokens[prep.i - 1].lower == "out"
        if prep.dep != "prep" or not (prep.lower == "from" or out):
            continue
        origin = reader.under(frame, prep, unknown=True)
        goal = _goal(frame, origin, reader) if origin is not None else None
        if origin is None or goal is None:
            continue
        if not any(told.place.sites for told in (origin, goal)):
            continue
        head = frame.tokens[frame.tokens[prep.head].head if out else prep.head]
        verb = head if head.pos in {"VERB", "AUX"} else _verb_above(frame, head)
        moves = head.lemma in words.strings("nouns") or (
            verb is head and head.lemma in words.strings("verbs")
        )
        if moves:
            route = Route(origin.place, goal.place)
            bearer = head if _is_vehicle(head, reader) else _mover(frame, head, verb)
            yield Went(route, bearer, origin.start, goal.end)


def _goal(frame: Frame, origin: Told, reader: Reader) -> Told | None:
    """The place behind "to" or "for" that follows the origin at once."""
    after = [t for t in frame.tokens if t.start >= origin.end][:_DIRECT]
    prep = next((t for t in after if t.lower in {"to", "for", "towards"}), None)
    return reader.under(frame, prep, unknown=True) if prep is not None else None


def _verb_above(frame: Frame, token: Token) -> Token | None:
    return next((t for t in frame.ancestors(token) if t.pos in {"VERB", "AUX"}), None)


def _is_vehicle(token: Token, reader: Reader) -> bool:
    return token.pos != "VERB" and lexicon(reader.rules).noun_class(token.lemma) == "vehicle"


def _mover(frame: Frame, head: Token, verb: Token | None) -> Token | None:
    """The subject; in "it is the Aurelia, out of Genoa" the name that it is said to be."""
    subject = frame.subject(verb)
    if verb is not None and verb.lemma == "be" and (subject is None or subject.pos == "PRON"):
        return next((t for t in frame.children.get(verb.i, ()) if t.dep == "attr"), None)
    return subject


def scenes(frame: Frame, reader: Reader, order: int) -> Iterator[Told]:
    """The parts of a country where the event of the account happened: told in its first sentences
    (``order`` counts those of the body), or pointed at ("this corner of")."""
    scene = place_words(reader.rules).scene.strings("words")
    for prep in _locatives(frame, {"in", "across", "on", "over", "of"}):
        told = reader.under(frame, prep)
        if told is None or not told.place.part or not _is_wide(told.place):
            continue
        noun = frame.tokens[prep.head]
        pointed = noun.lemma in scene and any(
            t.lower == "this" for t in frame.children.get(noun.i, ())
        )
        if (prep.lower != "of" and order < _EARLY) or pointed:
            yield told


def _is_wide(place: Place) -> bool:
    return any(site.kind in {"country", "region"} for site in place.sites)
