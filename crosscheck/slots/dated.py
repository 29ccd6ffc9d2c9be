"""The slots of a dated event: whose it is, of what, where, and which of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from crosscheck.grammar.spans import name_at, names_between
from crosscheck.language import Sentence, Token
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.happenings import Happening
from crosscheck.values.moments import MONTHS, WEEKDAYS

Names = Sequence[tuple[int, int, str]]
"""Start, end and bearer of the names of an article, in the order of the text."""

_IN = frozenset({"in", "at", "near", "outside", "off", "over"})
_OTHER = frozenset(
    {"second", "third", "fourth", "another", "other", "new", "previous", "earlier", "latest"}
    | {"later", "next", "similar", "last", "final"}
)
_KNOWN = frozenset({"the", "this"})
_CALENDAR = frozenset({*WEEKDAYS, *MONTHS})


def slots_of_event(
    frame: Frame, grain: str, found: Happening | None, names: Names,
    bearers: Mapping[str, AbstractSet[str]],
) -> Iterator[tuple[str, Slot]]:  # fmt: skip
    """``grain`` is that of the time: clock, day or long; ``bearers`` what each of the names is."""
    people = sorted(_people(frame.sentence, names, bearers))
    if people:
        yield "people", Slot("|".join(people), "names of the sentence")
    named = sorted(set(_bearers(frame.sentence, names)))
    if named:
        yield "names", Slot("|".join(named), "names of the sentence")
    if frame.sentence.zone.label:
        yield "section", Slot(frame.sentence.zone.label.lower(), "section heading")
    if found is None:
        return
    rule = found.rules[0] if found.rules else ""
    yield "event", Slot(found.event, found.how, rule)
    aspect = "occur" if found.aspect == "start" and grain != "clock" else found.aspect
    yield "aspect", Slot(aspect, "predicate")
    yield "noun", Slot(found.noun, found.how)
    yield "who", Slot(found.who, "rule", rule)
    if found.often:
        yield "often", Slot("yes", "rule", rule)
    for key, token in (("actor", found.actor), ("thing", found.thing)):
        if token is not None:
            yield key, named_slot(frame, token, names)
    if found.aspect != "occur":
        yield "stage", Slot(found.aspect, "predicate")
    if found.core is not None and _is_definite(frame, found.core):
        yield "core", Slot(found.core.lemma, "definite noun")
    which = _which(frame, found)
    if which:
        yield "which", Slot(which, "modifier")
    places = sorted(set(_places(frame)))
    if places:
        yield "place", Slot("|".join(places), "locative")


def _people(sentence: Sentence, names: Names, bearers: Mapping[str, AbstractSet[str]]) -> set[str]:
    return {name for name in _bearers(sentence, names) if "person" in bearers.get(name, ())}


def _bearers(sentence: Sentence, names: Names) -> Iterator[str]:
    for _, end, bearer in names_between(names, sentence.start, sentence.end):
        if end <= sentence.end:
            yield bearer


def named_slot(frame: Frame, token: Token, names: Names) -> Slot:
    """The bearer of a name, else the noun: definite, or indefinite ("a man")."""
    token = _apposed(frame, token)
    bearer = name_at(names, token.start) or _titled(frame, token, names)
    if bearer:
        return Slot(bearer, "name")
    if token.tag.startswith(("PRP", "W")):
        return Slot("", "pronoun")
    if token.pos == "PROPN":
        return Slot(_full(frame, token), "name")
    children = frame.children.get(token.i, ())
    definite = any(t.lower in {"the", "his", "her", "its", "their"} for t in children)
    plural = token.tag in {"NNS", "NNPS"}
    how = "plural noun" if plural else "definite noun" if definite else "noun"
    return Slot(token.lemma, how)


def _is_definite(frame: Frame, noun: Token) -> bool:
    """Whether a noun stands bare for one thing that the reader knows ("the launch")."""
    before = [t for t in frame.children.get(noun.i, ()) if t.i < noun.i]
    return noun.tag == "NN" and [t.lower in _KNOWN for t in before] == [True]


def _apposed(frame: Frame, token: Token) -> Token:
    """'The mayor, Anna Bolt': the name says more than the office."""
    if token.pos == "PROPN":
        return token
    children = frame.children.get(token.i, ())
    return next((t for t in children if t.dep == "appos" and t.pos == "PROPN"), token)


def _titled(frame: Frame, token: Token, names: Names) -> str:
    """ "The bank robber Anton Kolar": the name right behind a noun."""
    after = frame.tokens[token.i + 1 : token.i + 2]
    if token.tag != "NN" or not after or after[0].pos != "PROPN":
        return ""
    return name_at(names, after[0].start)


def _full(frame: Frame, token: Token) -> str:
    parts = [t for t in frame.children.get(token.i, ()) if t.dep == "compound" and t.pos == "PROPN"]
    return " ".join(t.text for t in sorted([*parts, token], key=lambda t: t.i))


def _which(frame: Frame, found: Happening) -> str:
    """A word that makes the event another one: "the second blast"."""
    heads = [token for token in (found.core, found.actor) if token is not None]
    modifiers = [t for head in heads for t in frame.children.get(head.i, ())]
    words = (t.lower for t in modifiers if t.dep in {"amod", "det"})
    return next((word for word in words if word in _OTHER), "")


def _places(frame: Frame) -> Iterator[str]:
    for token in frame.tokens:
        above = frame.tokens[token.head]
        named = token.pos == "PROPN" and token.text.isalpha()
        named = named and token.text.capitalize() not in _CALENDAR
        if named and token.dep == "pobj" and above.lower in _IN:
            yield _full(frame, token)
