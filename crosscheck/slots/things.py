"""The verb that governs a figure, the thing that is measured and what of it."""

from __future__ import annotations

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import LIGHT, Anchor, Frame
from crosscheck.slots.shapes import COUNTS, FIGURES, MONEY, NAMELIKE, names_in
from crosscheck.slots.world import World

_MEASURING = LIGHT | frozenset(
    "measure weigh cost span cover stretch last hold drop lose gain tumble plunge jump soar".split()
)

_REACHING = frozenset("to at until till".split())
_POINTING = frozenset("it its they their this that which".split())


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
    anchor, words = frame.anchors[k], world.vocabulary
    near = [*frame.right(k)[:3], *(frame.tokens[i] for i in frame.own(k)), *frame.left(k)[:6]]
    level = _is_level(frame, k)
    verb = frame.governor(k)
    subject = frame.doer(verb) if verb is not None and verb.lemma in LIGHT else None
    said = [subject] if subject is not None and _is_aspect(subject, anchor, world) else []
    for token in [*said, *near, *([verb] if verb is not None else [])]:
        for name, rule, dimensions in words.aspects.get(token.lemma, ()):
            moves = name in words.change_aspects
            mere = moves and (level or _is_hedge(frame, k, token))
            if anchor.dimension in dimensions and not (mere or _leads_on(frame, k, token)):
                return Slot(name, f"the word {token.lower!r}", rule)
    if anchor.change and not level:
        return _of_dimension(anchor.dimension, words.change_aspects, world, "up or down")
    return None


def _is_level(frame: Frame, k: int) -> bool:
    """ "Fell to 15 percent": the level that was reached."""
    before = next((t for t in frame.left(k) if t.tag != "RB"), None)
    return before is not None and before.lower in _REACHING


def _is_hedge(frame: Frame, k: int, token: Token) -> bool:
    """ "Not less than 50 percent" tells of no fall."""
    anchor = frame.anchors[k]
    following = frame.tokens[token.i + 1 : token.i + 2]
    inside = anchor.start <= token.start < anchor.end
    return inside or bool(following and following[0].lower == "than")


def _of_dimension(dimension: str, names: frozenset[str], world: World, how: str) -> Slot | None:
    found = (
        (name, rule)
        for readings in world.vocabulary.aspects.values()
        for name, rule, dimensions in readings
        if name in names and dimension in dimensions
    )
    name, rule = next(found, ("", ""))
    return Slot(name, how, rule) if name else None


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
    aspect = next((t for t in frame.left(k)[:3] if _is_aspect(t, anchor, world)), None)
    had = _having(frame, aspect, world) if aspect is not None else None
    if had is not None and not world.vocabulary.aspects.get(had.value):
        return had
    for up in frame.ancestors(token):
        if up.pos in {"VERB", "AUX"}:
            break
        if up.pos in {"NOUN", "PROPN"} and up.i not in frame.taken:
            return Slot(up.lemma, "noun measured")
    before = _noun_beside(frame, k, world)
    if before is not None:
        return Slot(before.lemma, "noun before")
    verb = frame.governor(k)
    subject = frame.doer(verb)
    if verb is None or subject is None or subject.i in own or verb.lemma not in _MEASURING:
        return None
    if subject.lower in _POINTING:
        return _antecedent(frame, world)
    if _is_aspect(subject, anchor, world) and _is_of_something(frame, subject):
        return _having(frame, subject, world)
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


def _is_aspect(token: Token, anchor: Anchor, world: World) -> bool:
    """Whether a noun says what of a thing is measured: a height, an area."""
    known = world.vocabulary.aspects.get(token.lemma, ())
    return token.pos == "NOUN" and any(anchor.dimension in row[2] for row in known)


def _noun_beside(frame: Frame, k: int, world: World) -> Token | None:
    """ "The mast, 40 metres tall", "a mast 40 metres tall"."""
    own = frame.own(k)
    comma = bool(own and own[0]) and frame.tokens[own[0] - 1].text == ","
    at = own[0] - 1 - comma if own else -1
    if at < 0 or frame.tokens[at].pos != "NOUN" or not aspect_of(frame, k, world):
        return None
    after = frame.tokens[own[-1] + 1 : own[-1] + 2]
    adjective = bool(after) and after[0].lemma in world.vocabulary.aspects
    return frame.tokens[at] if comma or adjective else None


def _having(frame: Frame, aspect: Token, world: World) -> Slot | None:
    """ "The height of the mast is 40 metres", "its height", "a mast of that height": the thing
    that has it."""
    link = frame.tokens[aspect.head]
    if aspect.dep == "pobj" and link.lower in {"of", "with"}:
        return _named(frame.tokens[link.head], "noun measured")
    for tied in frame.children.get(aspect.i, ()):
        if tied.dep == "poss":
            pointing = tied.lower in _POINTING
            return _antecedent(frame, world) if pointing else _named(tied, "possessor")
        if tied.lower == "of":
            inside = next((t for t in frame.children.get(tied.i, ()) if t.dep == "pobj"), None)
            if inside is not None and inside.i not in frame.taken:
                return _named(inside, "subject")
    return None


def _is_of_something(frame: Frame, aspect: Token) -> bool:
    tied = frame.children.get(aspect.i, ())
    return any(t.dep == "poss" or t.lower == "of" for t in tied)


def _named(token: Token, how: str) -> Slot | None:
    return Slot(token.lemma, how) if token.pos == "NOUN" else None


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
