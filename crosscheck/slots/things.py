"""The verb that governs a figure, the thing that is measured and what of it."""

from __future__ import annotations

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import LIGHT, Frame
from crosscheck.slots.shapes import COUNTS, FIGURES, MONEY, NAMELIKE, names_in
from crosscheck.slots.world import World

_MEASURING = LIGHT | frozenset(
    "measure weigh cost span cover stretch last hold drop lose gain tumble plunge jump soar".split()
)


def predicate_of(frame: Frame, k: int) -> Slot | None:
    verb = frame.governor(k)
    return Slot(verb.lemma, "predicate") if verb is not None and verb.lemma not in LIGHT else None


def quality_of(frame: Frame, k: int) -> Slot | None:
    """What the counted things are said to be: "3.9 per cent of the ballots were invalid"."""
    verb = frame.governor(k)
    tied = frame.children.get(verb.i, []) if verb is not None and verb.lemma in LIGHT else []
    found = next((t for t in tied if t.dep == "acomp" and t.pos in {"ADJ", "VERB"}), None)
    if found is None:
        head = frame.anchors[k].head
        after = frame.children.get(head, []) if head is not None else []
        found = next((t for t in after if t.dep == "acl" and t.tag == "VBN"), None)
    return Slot(found.lemma, "said of it") if found is not None else None


def said_to_be(frame: Frame, k: int) -> Slot | None:
    """ "Two of the dead were children", "two of them children": the noun that says who the counted
    are."""
    last = frame.own(k)[-1]
    if [t.lower for t in frame.tokens[last + 1 : last + 3]] in (["of", "them"], ["of", "whom"]):
        named = _noun_of_run(frame, last + 3)
        if named is not None:
            return Slot(named.lemma, "said of them")
    verb = frame.governor(k)
    if verb is None or verb.lemma != "be":
        return None
    for child in frame.children.get(verb.i, ()):
        if child.dep == "attr" and child.pos == "NOUN" and child.i > last:
            return Slot(child.lemma, "said of them")
    return None


def _noun_of_run(frame: Frame, start: int) -> Token | None:
    """The noun at the end of a run of adjectives and nouns."""
    found = None
    for token in frame.tokens[start : start + 4]:
        if token.pos not in {"ADJ", "NOUN"}:
            break
        found = token if token.pos == "NOUN" else found
    return found


def aspect_of(frame: Frame, k: int, world: World) -> Slot | None:
    anchor = frame.anchors[k]
    near = [*frame.right(k)[:3], *(frame.tokens[i] for i in frame.own(k)), *frame.left(k)[:6]]
    level = bool(frame.left(k)) and frame.left(k)[0].lower in {"to", "at"}
    verb = frame.governor(k)
    for token in [*near, *([verb] if verb else [])]:
        for name, rule, dimensions in world.vocabulary.aspects.get(token.lemma, ()):
            reached = level and name in world.vocabulary.change_aspects
            if anchor.dimension in dimensions and not (reached or _leads_on(frame, k, token)):
                return Slot(name, f"the word {token.lower!r}", rule)
    return None


def _leads_on(frame: Frame, k: int, token: Token) -> bool:
    """Whether a word of dimension behind a figure measures what follows: a way "across the sea"
    is no width, and "at a height of 45" gives the height in the next figure."""
    if not frame.own(k) or token.i <= frame.own(k)[-1]:
        return False
    below = frame.children.get(token.i, ())
    if token.lower == "across":
        return any(t.dep == "pobj" for t in below)
    return token.pos == "NOUN" and any(
        t.lower == "of" and t.i + 1 in frame.taken and t.i == token.i + 1 for t in below
    )


def thing_of(frame: Frame, k: int, world: World) -> Slot | None:
    anchor = frame.anchors[k]
    if anchor.dimension in COUNTS:
        return None
    token = frame.anchor_token(k)
    if token is None:
        return None
    own = frame.own(k)
    for up in frame.ancestors(token):
        if up.pos in {"VERB", "AUX"}:
            break
        if up.pos in {"NOUN", "PROPN"} and up.i not in frame.taken:
            return Slot(up.lemma, "noun measured")
    if own and own[0] >= 2 and frame.tokens[own[0] - 1].text == ",":
        before = frame.tokens[own[0] - 2]
        if before.pos == "NOUN" and aspect_of(frame, k, world):
            return Slot(before.lemma, "noun before")
    verb = frame.governor(k)
    subject = frame.subject(verb)
    if verb is None or subject is None or subject.i in own or verb.lemma not in _MEASURING:
        return None
    if subject.lower in {"it", "its", "they", "this", "that", "which"}:
        return _antecedent(frame, world)
    if subject.i in frame.taken:
        return _stuff(frame, subject)
    if names_in(frame, [subject], world) and subject.pos == "PROPN":
        return None  # a person or firm is not measured; what it has or does is
    owner = subject.pos == "PROPN" or world.lexicon.noun_class(subject.lemma) in NAMELIKE
    if owner and anchor.dimension.startswith((MONEY, "percent")):
        return None  # whoever has or pays it is no thing that is priced or measured
    names_state = world.lexicon.state_of(subject.lemma, "NOUN") and not aspect_of(frame, k, world)
    if names_state or subject.lemma in FIGURES:
        return None  # "turnout was 46 percent": what is said of the voters, not a thing
    return Slot(subject.lemma, "subject") if subject.pos in {"NOUN", "PROPN"} else None


def _stuff(frame: Frame, unit: Token) -> Slot | None:
    """ "Ninety millimetres of rain fell in two hours": what is measured is the rain."""
    for of in frame.children.get(unit.i, ()):
        if of.lower == "of":
            inside = next((t for t in frame.children.get(of.i, ()) if t.pos == "NOUN"), None)
            return Slot(inside.lemma, "subject") if inside is not None else None
    return None


def _antecedent(frame: Frame, world: World) -> Slot | None:
    """The subject to which "it" points: of an earlier sentence, singular, not a person."""
    index = frame.sentence.index
    for sentence in reversed(world.sentences[max(0, index - 2) : index]):
        for token in sentence.tokens:
            if (
                token.dep in {"nsubj", "nsubjpass"}
                and token.tag == "NN"
                and world.lexicon.noun_class(token.lemma) != "person"
            ):
                return Slot(token.lemma, "subject before")
    return None
