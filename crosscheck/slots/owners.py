"""Whose a figure is: who gives, pays, has or does it, or whose age it is."""

from __future__ import annotations

from crosscheck.grammar.spans import names_between
from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.shapes import (
    FIGURES,
    NAMELIKE,
    is_base,
    is_compound,
    is_coordinated,
    names_in,
    names_up_to,
    speaks,
)
from crosscheck.slots.things import thing_of
from crosscheck.slots.world import World

_FAR = 5
"""Sentences back within which a name is looked for that "the firm" stands for."""


def owner_of(frame: Frame, k: int, world: World) -> Slot | None:
    """Who gives, pays, has or does it, or whose age it is: names of the segment, then the subject.

    Who merely says so is no owner."""
    if frame.anchors[k].dimension == "age":
        return _bearer(frame, k, world)
    if is_base(frame, k) or is_compound(frame, k):
        return None
    for tokens in (frame.left(k), frame.right(k)):
        found = names_in(frame, tokens, world)
        if found:
            return Slot("|".join(found), "name in the segment")
    if k and not frame.left(k) and is_coordinated(frame, k) and world.owners.get(k - 1):
        return world.owners[k - 1]
    gapped = _gapped(frame, k, world)
    if gapped:
        return gapped
    holder = _holder_above(frame, k, world)
    if holder:
        return holder
    subject = frame.doer(frame.governor(k))
    if subject is None or subject.i in set(frame.own(k)) or speaks(frame, subject, world.lexicon):
        return None
    if subject.lower in {"he", "she"}:
        return person_before(frame, world)
    if subject.lower in {"it", "they"}:
        return _holder_before(frame, world, plural=subject.lower == "they")
    if subject.pos == "PROPN" and not _is_mere_word(frame, subject, world):
        run = names_up_to(frame, subject.i)
        names = names_in(frame, run, world)
        return Slot("|".join(names) or frame.text(run[0].start, run[-1].end), "subject")
    names = names_in(frame, frame.subtree(subject), world)
    if names:
        return Slot("|".join(names), "subject")
    meant = _stood_for(frame, subject, world)
    if meant:
        return meant
    figure = subject.lemma in FIGURES or world.lexicon.state_of(subject.lemma, "NOUN")
    if subject.pos in {"NOUN", "PROPN"} and world.lexicon.noun_class(subject.lemma) in NAMELIKE:
        return None if figure else Slot(subject.lemma, "subject")
    return None


def _gapped(frame: Frame, k: int, world: World) -> Slot | None:
    """ "Dalton bid 9 million euros and Marsh 7 million": a verb that is left out keeps its object
    and changes its subject. A name that no other sentence tells to be one is as written."""
    run = frame.left(k)[::-1]
    joint = run[0].i - 1 if run else 0
    if not k or not run or joint <= 0 or any(token.pos != "PROPN" for token in run):
        return None
    before = frame.tokens[joint].lower in {"and", "while", "but", ",", ";"}
    since = frame.own(k - 1)
    left_out = not any(t.pos in {"VERB", "AUX"} for t in frame.tokens[since[-1] : run[-1].i + 1])
    place = frame.text(run[0].start, run[-1].end) in world.places
    if not before or not left_out or place or frame.doer(frame.governor(k)) in (None, *run):
        return None
    return Slot(frame.text(run[0].start, run[-1].end), "verb left out")


def _holder_above(frame: Frame, k: int, world: World) -> Slot | None:
    """ "Dawn, with its 77 seats": the name on which the figure depends."""
    token = frame.anchor_token(k)
    for up in frame.ancestors(token) if token is not None else ():
        if up.pos in {"VERB", "AUX"}:
            return None
        if up.pos == "PROPN" and up.i not in frame.taken:
            run = names_up_to(frame, up.i)
            names = names_in(frame, run, world)
            return Slot("|".join(names), "name above") if names else None
    return None


def _holder_before(frame: Frame, world: World, plural: bool) -> Slot | None:
    """To whom "it" or "they" points: the last fitting subject of the sentence before."""
    index = frame.sentence.index
    for sentence in reversed(world.sentences[max(0, index - 1) : index]):
        beside = Frame(sentence, ())
        for subject in reversed(sentence.tokens):
            if subject.dep not in {"nsubj", "nsubjpass"} or subject.pos not in {"NOUN", "PROPN"}:
                continue
            several = subject.tag in {"NNS", "NNPS"} or any(
                t.dep == "conj" for t in beside.children.get(subject.i, ())
            )
            if several == plural:
                names = names_in(beside, names_up_to(beside, subject.i), world)
                meant = None if names else _stood_for(beside, subject, world)
                return meant or Slot("|".join(names) or subject.lemma, "subject before")
    return None


def _is_mere_word(frame: Frame, subject: Token, world: World) -> bool:
    """ "Turnout was 61 percent": a common noun, with the capital of the sentence."""
    name = subject.text in {n for _, _, n in world.names} - world.mere_words
    return subject.i == 0 and not name and world.is_common(subject.lower)


def _stood_for(frame: Frame, subject: Token, world: World) -> Slot | None:
    """Whom "the firm" or "its profit" means: the last organisation that was the subject of one of
    the sentences before."""
    tied = frame.children.get(subject.i, [])
    holder = next((t for t in tied if t.dep == "poss"), subject)
    if holder.lower in {"its", "their"}:
        return _holder_before(frame, world, plural=holder.lower == "their")
    if holder.lemma not in world.vocabulary.stand_ins or holder.tag != "NN":
        return None
    if not any(t.lower == "the" for t in frame.children.get(holder.i, ())):
        return None
    index = frame.sentence.index
    for sentence in reversed(world.sentences[max(0, index - _FAR) : index]):
        beside = Frame(sentence, ())
        for subject in reversed(sentence.tokens):
            if subject.dep in {"nsubj", "nsubjpass"} and subject.pos == "PROPN":
                found = set(names_in(beside, names_up_to(beside, subject.i), world))
                names = sorted(found - world.people - world.places)
                if names:
                    return Slot("|".join(names), "subject before")
    return None


def person_before(frame: Frame, world: World) -> Slot | None:
    person = world.last_person(frame.sentence.start)
    return Slot(person, "person named before") if person else None


def _meant(frame: Frame, start: int, world: World) -> Slot | None:
    """Whom "he" or "she" means: the only person named since the sentence before began."""
    index = frame.sentence.index
    since = world.sentences[index - 1].start if index else frame.sentence.start
    named = {n[2] for n in names_between(world.names, since, start) if n[2] in world.people}
    return Slot(named.pop(), "person named before") if len(named) == 1 else None


def _bearer(frame: Frame, k: int, world: World) -> Slot | None:
    """Whose age it is: the name beside it, else the person named last."""
    anchor = frame.anchors[k]
    if anchor.size is None:
        return None  # ages from 11 to 17 are those of several
    sentence = frame.sentence
    thing = thing_of(frame, k, world)
    if thing and world.lexicon.noun_class(thing.value) not in {"person", ""}:
        return None
    named = names_between(world.names, sentence.start, sentence.end)
    beside = [n for n in named if n[2] in world.people]
    after = [n for n in beside if 0 <= n[0] - anchor.end <= 40]
    before = [n for n in beside if 0 <= anchor.start - n[1] <= 25]
    if before or after:
        name = before[-1] if before else after[0]
        return Slot(name[2], "name beside")
    subject = frame.doer(frame.governor(k))
    if subject is not None and subject.lower in {"he", "she"}:
        return _meant(frame, subject.start, world)
    person = world.last_person(anchor.start)
    return Slot(person, "name before") if person else None
