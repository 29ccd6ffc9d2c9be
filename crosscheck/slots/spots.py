"""What a clause puts in a place: a deed or a thing, with all who have a part in it.

Where ``whereabouts`` asks for an event or a verb that its rules know, a spot is any locative with
its clause: the verb, the nouns between it and the place ("the hospital in Halden"), and the
subject, objects and other complements. It says something only beside a spot of another account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crosscheck.grammar.spans import name_at, names_between
from crosscheck.language import Sentence, Token
from crosscheck.slots.event_words import events_of
from crosscheck.slots.frames import LIGHT, Frame
from crosscheck.slots.happenings import Happening, happening
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.place_phrases import Reader, Told
from crosscheck.slots.place_words import place_words
from crosscheck.slots.shapes import names_up_to
from crosscheck.values.moments import MONTHS, WEEKDAYS
from crosscheck.values.places import Place, Site

_DEPTH = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d[\d.,]*\d")
_NESTED = frozenset({"in", "of", "at", "near", "on", "off", "outside"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "nsubjpass", "nsubj", "npadvmod"})
_KNOWN = frozenset({"the", "its", "their", "his", "her", "this"})
_CALENDAR = frozenset(word.lower() for word in (*WEEKDAYS, *MONTHS))
_BUILT = frozenset({"building", "dwelling", "artifact"})
_HEADING = frozenset({"to", "into", "towards", "from"})
_EVENTS = frozenset({"event", "act"})
_IDLE = frozenset({"time", "measure", "quantity", "number"})


@dataclass(frozen=True, slots=True)
class Party:
    """A bearer's id or a noun's lemma, told apart by ``named``; ``suffers`` tells that the deed is
    done to it, ``single`` that it is one thing."""

    value: str
    named: bool
    definite: bool = False
    person: bool = False
    suffers: bool = False
    single: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """``deed`` is the class of the event or the lemma of the verb (empty: none that tells
    anything); ``holders`` are the nouns that are in the place, ``parties`` all others of the
    clause. A statement (``deed`` is speech) has the ``figures`` of its sentence;
    ``heading`` tells that the place is where something came to or from.
    ``sentence`` is the index of the sentence."""

    told: Told
    deed: str
    verb: str
    holders: tuple[Party, ...]
    parties: tuple[Party, ...]
    figures: frozenset[str]
    event: Happening | None
    heading: bool
    sentence: int

    @property
    def again(self) -> bool:
        """Whether the same people may do it on another day in another place."""
        return self.event is None or self.event.often


def spots(frame: Frame, reader: Reader, before: Sentence | None = None) -> Iterator[Spot]:
    """The spots of a sentence, one for each place; ``before`` is the sentence before it."""
    read: set[int] = set()
    words = place_words(reader.rules).spot.strings("words")
    for prep in frame.tokens:
        if prep.lower not in words or prep.dep not in {"prep", "advmod", "prt"}:
            continue
        for told, through in _below(frame, prep, reader, _DEPTH):
            if told.start not in read:
                holders, verb = _above(frame, prep)
                found = _spot(frame, prep, told, [*through, *holders], verb, reader)
                spoken = _spoken_of(frame, verb, before, reader)
                yield replace(found, parties=(*found.parties, *spoken))
            read.add(told.start)
            break


def _spot(
    frame: Frame, prep: Token, told: Told, holders: list[Token], verb: Token | None, reader: Reader
) -> Spot:
    events = events_of(reader.rules)
    event = happening(frame, prep.start, told.end, events)
    deed, lemma = "", ""
    if event is not None and event.how != "lemma":
        deed = event.event
    if verb is not None and verb.lemma not in LIGHT | events.speech:
        lemma = verb.lemma
    apart = {t.i for t in (*holders, prep)}
    own = [t for t in _clause(frame, verb) if t.i not in apart and not _is_inside(t, told)]
    return Spot(
        told,
        deed,
        lemma,
        tuple(_parties(frame, holders, None, reader)),
        tuple(_parties(frame, own, verb, reader)),
        frozenset(_figures(frame.sentence.text)) if deed == "speech" else frozenset(),
        event,
        prep.lower in _HEADING,
        frame.sentence.index,
    )


def _spoken_of(
    frame: Frame, verb: Token | None, before: Sentence | None, reader: Reader
) -> Iterator[Party]:
    """What "it" stands for as an object: the event of which the sentence before spoke last."""
    own = frame.children.get(verb.i, ()) if verb is not None else ()
    if before is None or before.is_headline:
        return
    if not any(t.lower == "it" and t.dep == "dobj" for t in own):
        return
    nouns, words = events_of(reader.rules).nouns, lexicon(reader.rules)
    events = [
        t
        for t in before.tokens
        if t.tag == "NN" and (t.lemma in nouns or words.noun_class(t.lemma) in _EVENTS)
    ]
    last = events[-1] if events else None
    if last is not None:
        yield Party(last.lemma, False, True)


def _figures(text: str) -> Iterator[str]:
    """Numbers that are not met with twice by chance, decimal commas as points."""
    for number in _NUMBER.findall(text):
        if sum(c.isdigit() for c in number) > 2 and not _YEAR.fullmatch(number):
            yield number.replace(",", ".")


def _is_inside(token: Token, told: Told) -> bool:
    return told.start <= token.start < told.end


def _below(
    frame: Frame, prep: Token, reader: Reader, depth: int
) -> Iterator[tuple[Told, tuple[Token, ...]]]:
    """The names that a preposition leads to, with the nouns of places on the way: "the port of
    Halden"."""
    for noun in frame.children.get(prep.i, ()):
        if noun.dep not in {"pobj", "npadvmod", "pcomp"} or not depth:
            continue
        if noun.pos == "PROPN":
            told = _name(frame, noun, reader)
            if told is not None:
                yield told, ()
            continue
        for child in frame.children.get(noun.i, ()):
            beside = child.dep == "appos" or (child.dep == "compound" and child.i == noun.i - 1)
            if child.pos == "PROPN" and beside:
                told = _name(frame, child, reader)
                if told is not None:
                    yield _sorted(told, noun, reader), (noun,)
            elif child.dep == "prep" and child.lower in _NESTED and _is_place(noun, reader):
                for told, through in _below(frame, child, reader, depth - 1):
                    named = _sorted(told, noun, reader) if child.lower == "of" else told
                    yield named, (noun, *through)


def _is_place(noun: Token, reader: Reader) -> bool:
    words = place_words(reader.rules)
    kind = lexicon(reader.rules).noun_class(noun.lemma)
    listed = noun.lower in words.part.strings("nouns") or noun.lemma in words.sorts
    return listed or kind in {"building", "dwelling", "place", "artifact", "object"}


def _sorted(told: Told, noun: Token, reader: Reader) -> Told:
    words = place_words(reader.rules)
    if noun.lemma not in words.sorts or told.place.sort:
        return told
    return replace(told, place=replace(told.place, sort=noun.lemma))


def _name(frame: Frame, token: Token, reader: Reader) -> Told | None:
    """The place that a name is, whether the gazetteer knows it or not; None for the name of
    somebody."""
    run = names_up_to(frame, token.i)
    start, end = run[0].start, token.end
    for first, last, _ in names_between(reader.names, frame.sentence.start, token.end):
        if first <= token.start < last:
            start, end = min(first, start), max(last, end)
    text = frame.text(start, end)
    kinds = reader.bearers.get(name_at(reader.names, token.start), frozenset())
    somebody = bool(kinds & {"person", "organisation"}) and "place" not in kinds
    if somebody or _is_time(text) or reader.map.is_adjective(text):
        return None
    if not text[:1].isupper() or text.isupper():
        return None
    if frame.text(end, min(end + 2, frame.sentence.end)) in {"'s", "’s"}:
        return None
    sites = reader.map.sites(text) or _town_of(text, reader)
    return Told(Place(reader.map.key(text), text, sites), start, end)


def _town_of(text: str, reader: Reader) -> tuple[Site, ...]:
    """Where a building stands that is called after its town: "Halden Town Hall"."""
    words, lasts = text.split(), lexicon(reader.rules)
    for size in range(len(words) - 1, 0, -1):
        rest = words[size:]
        if all(lasts.noun_class(w.lower()) in _BUILT for w in rest[-1:]):
            sites = reader.map.sites(" ".join(words[:size]))
            if sites:
                return sites
    return ()


def _is_time(text: str) -> bool:
    plain = text.lower().rstrip(".")
    return len(plain) > 2 and any(word.startswith(plain) for word in _CALENDAR)


def _above(frame: Frame, prep: Token) -> tuple[list[Token], Token | None]:
    """The nouns on which a preposition hangs, nearest first, and the verb above them."""
    holders: list[Token] = []
    at = prep
    while at.head != at.i:
        at = frame.tokens[at.head]
        if at.pos in {"VERB", "AUX"}:
            return holders, at
        if at.pos in {"NOUN", "PROPN"}:
            holders.append(at)
    return holders, None


def _clause(frame: Frame, verb: Token | None) -> Iterator[Token]:
    """Subject, objects and the nouns behind the prepositions of a verb."""
    if verb is None:
        return
    subject = frame.doer(verb)
    chain = [verb]
    while chain[-1].dep == "xcomp":
        chain.append(frame.tokens[chain[-1].head])
    found = {} if subject is None else {subject.i: subject}
    for above in chain:
        for child in frame.children.get(above.i, ()):
            if child.dep in _OBJECTS:
                found.setdefault(child.i, child)
            elif child.dep in {"prep", "agent", "dative"}:
                found |= {t.i: t for t in _objects_of(frame, child)}
    for token in list(found.values()):
        for child in frame.children.get(token.i, ()):
            if child.dep in {"conj", "appos"}:
                found.setdefault(child.i, child)
            elif child.dep == "prep" and child.lower == "of":
                for inner in frame.children.get(child.i, ()):
                    found.setdefault(inner.i, inner)
    yield from (found[i] for i in sorted(found))


def _objects_of(frame: Frame, prep: Token) -> Iterator[Token]:
    """The nouns behind a preposition, or behind two: "out of the cave"."""
    for inner in frame.children.get(prep.i, ()):
        if inner.dep == "pobj":
            yield inner
        elif inner.dep == "prep" and inner.i == prep.i + 1:
            yield from _objects_of(frame, inner)


def _parties(
    frame: Frame, tokens: Sequence[Token], verb: Token | None, reader: Reader
) -> Iterator[Party]:
    words = lexicon(reader.rules)
    for token in tokens:
        beside = frame.children.get(token.i, ())
        bearer = name_at(reader.names, token.start)
        if not bearer:
            run = [token, *(t for t in beside if t.pos == "PROPN")]
            bearer = next((b for t in run if (b := name_at(reader.names, t.start))), "")
        kinds = reader.bearers.get(bearer, frozenset())
        suffers = _suffers(frame, token, verb)
        if bearer and kinds != {"place"}:
            yield Party(bearer, True, True, "person" in kinds, suffers)
        if token.pos == "NOUN" and words.noun_class(token.lemma) not in _IDLE:
            definite = any(t.lower in _KNOWN for t in beside) or bool(bearer)
            single = token.tag == "NN"
            yield Party(token.lemma, False, definite and single, False, suffers, single)


def _suffers(frame: Frame, token: Token, verb: Token | None) -> bool:
    """Whether something is done to it: an object, or the subject of a passive."""
    if verb is None:
        return False
    own = frame.children.get(verb.i, ())
    passive = any(t.dep in {"nsubjpass", "auxpass"} for t in own)
    return token.dep == "dobj" or (passive and token == frame.doer(verb))
