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
_DONE = frozenset({"communication", "act", "event"})
_STANDING = frozenset({"building", "dwelling", "artifact", "place"})
_ONE_IN_MANY = ("talks", "negotiations", "consultations", "celebrations")
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
    yield from _shaken(frame, reader, events)
    for prep in _locatives(frame, locatives | {"on", "from", "to"}):
        governor = _governor(frame, prep)
        taken = governor.lemma in words.taken.strings("verbs")
        if (prep.lower == "to") > taken or not _governs(frame, governor, reader, events):
            continue
        told = reader.under(frame, prep)
        if told is None or (prep.lower == "on" and told.start == frame.tokens[prep.i].end + 1):
            continue
        found = happening(frame, prep.start, told.end, events)
        if found is None or _are_many(frame, found, prep):
            continue
        if prep.lower == "from" and found.noun not in words.origin.strings("nouns"):
            continue
        if prep.lower == "to" and (found.how != "lemma" or found.thing is None):
            continue
        if taken and found.how == "lemma":
            told = replace(told, rule=told.rule or words.taken.id)
        if prep.lower == "from":
            told = replace(told, rule=told.rule or words.origin.id)
        if governor.dep == "dobj" and _is_made(frame, governor, reader):
            told = replace(told, rule=told.rule or words.made.id)
        told_there = _told_there(frame, found, words.posture, events)
        yield Happened(told_there or found, told, found.verb)


def _are_many(frame: Frame, found: Happening, prep: Token) -> bool:
    """Several events, or several places of one: "the fires in Porto and in Braga"."""
    if found.core is not None and found.core.tag in {"NNS", "NNPS"}:
        return not found.core.lower.endswith(_ONE_IN_MANY)
    below = [prep, *(t for t in frame.children.get(prep.i, ()) if t.dep == "pobj")]
    return any(t.dep == "conj" for b in below for t in frame.children.get(b.i, ()))


def _locatives(frame: Frame, words: set[str]) -> Iterator[Token]:
    for token in frame.tokens:
        if token.dep == "prep" and token.lower in words:
            yield token


def _governor(frame: Frame, prep: Token) -> Token:
    """What a locative belongs to; "taken to hospital in Halden" that to which "to" does."""
    head = frame.tokens[prep.head]
    above = frame.tokens[head.head]
    through = head.dep == "pobj" and above.lower == "to"
    return frame.tokens[above.head] if through else head


def _shaken(frame: Frame, reader: Reader, events: Events) -> Iterator[Happened]:
    """ "An earthquake shook Halden": the object of a verb that only says that it took place."""
    for verb in frame.tokens:
        if verb.lemma not in events.aspects or verb.pos != "VERB":
            continue
        subject = frame.subject(verb)
        for thing in frame.children.get(verb.i, ()):
            if thing.dep == "dobj" and subject is not None and subject.lemma in events.nouns:
                told = reader.named(frame, thing)
                found = happening(frame, subject.start, subject.end, events) if told else None
                if told is not None and found is not None:
                    yield Happened(found, told, verb)


def _governs(frame: Frame, governor: Token, reader: Reader, events: Events) -> bool:
    """A verb, an event, a person, or what is done or told rather than standing somewhere."""
    if governor.pos in {"VERB", "AUX"} or governor.lemma in events.nouns:
        return True
    above = frame.tokens[governor.head]
    if _is_struck(frame, governor, above, events) or _acts_there(frame, governor, above, events):
        return True
    head = above if governor.dep == "appos" else governor
    if governor.pos == "PROPN" and head.dep in {"dobj", "pobj", "conj"}:
        return reader.is_person(governor)
    if governor.dep == "dobj" and _is_made(frame, governor, reader):
        return True
    noun = events.words.noun_class(governor.lemma)
    if governor.dep == "dobj" and noun in _DONE:
        return True
    return (
        noun == _AUDIENCE
        and governor.dep in {"dobj", "conj", "pobj"}
        and (above.lemma in events.speech or frame.tokens[above.head].lemma in events.speech)
    )


def _is_made(frame: Frame, thing: Token, reader: Reader) -> bool:
    """ "Will build a mill in Halden": it will stand there."""
    made = place_words(reader.rules).made.strings("verbs")
    standing = lexicon(reader.rules).noun_class(thing.lemma) in _STANDING
    return standing and frame.tokens[thing.head].lemma in made


def _is_struck(frame: Frame, thing: Token, verb: Token, events: Events) -> bool:
    """A thing that stands somewhere and to which the event happens: "a bridge in Halden collapsed",
    "the fire destroyed a tower in Halden"."""
    if verb.pos != "VERB" or events.words.noun_class(thing.lemma) not in _STANDING:
        return False
    if thing.dep in {"nsubj", "nsubjpass"}:
        return verb.lemma in events.verbs or verb.lemma in events.phrases
    subject = frame.subject(verb)
    return thing.dep == "dobj" and subject is not None and subject.lemma in events.nouns


def _acts_there(frame: Frame, agent: Token, verb: Token, events: Events) -> bool:
    """ "Police in Halden arrested a man": those who do it where they are."""
    many = agent.tag == "NNS" or events.words.noun_class(agent.lemma) == "group"
    if agent.dep != "nsubj" or not many:
        return False
    people = events.words.noun_class(agent.lemma) in {"person", "group", "organisation"}
    return people and any(event.who == "patient" for event in events.verbs.get(verb.lemma, ()))


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


def bound(frame: Frame, reader: Reader) -> Iterator[Went]:
    """ "Bound for Palermo", "on its way to Palermo", "travelled to Palermo"."""
    words = place_words(reader.rules).journey
    for prep in frame.tokens:
        if prep.dep not in {"prep", "dative"} or prep.lower not in {"to", "for", "towards"}:
            continue
        head = frame.tokens[prep.head]
        moving = head.lower in words.strings("words") or (
            prep.lower == "to" and head.lemma in {"way", "route", "travel", "fly", "sail"}
        )
        told = reader.under(frame, prep) if moving else None
        if told is None or any(t.lower in {"from", "out"} for t in frame.tokens[head.i : prep.i]):
            continue
        verb = head if head.pos in {"VERB", "AUX"} else _verb_above(frame, head)
        modified = frame.tokens[head.head] if head.dep in {"acl", "amod"} else None
        noun = modified if modified is not None and modified.pos in {"NOUN", "PROPN"} else None
        bearer = noun or _mover(frame, head, verb)
        if bearer is not None:
            origin = _origin(frame, prep, told, reader)
            start, end = told.start, max(told.end, origin.end if origin else 0)
            place = origin.place if origin is not None else None
            yield Went(Route(place, told.place), bearer, start, end)


def _origin(frame: Frame, prep: Token, goal: Told, reader: Reader) -> Told | None:
    """The place behind "from" that follows the goal at once."""
    after = [t for t in frame.tokens if t.start >= goal.end][:_DIRECT]
    out = next((t for t in after if t.lower == "from"), None)
    return reader.under(frame, out, unknown=True) if out is not None else None


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
