"""Where: labels, locatives, possessives and the sentence before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.shapes import COUNTS, LOCATIVE, is_in_source, names_up_to
from crosscheck.slots.world import LABEL, World

_WEEKDAY = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b(?=[\s,.;:)]|$)", re.I
)
_OPENING_PLACE = re.compile(
    r"(?:In|At|Near|Over in)\s+([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)(?=[\s,])"
)
_PATHS = frozenset("from to by with for against than as".split())


def place_of(frame: Frame, k: int, world: World) -> Slot | None:
    """Where: a label, a relative clause, a possessive, a locative, or the sentence before."""
    label = LABEL.match(frame.sentence.text)
    ahead = label and label.end(1) <= frame.anchors[k].start - frame.sentence.start
    if label and ahead and label.group(1).strip() in world.places | world.labels:
        return Slot(label.group(1).strip(), "label")
    counts = frame.anchors[k].dimension in COUNTS
    readings: tuple[tuple[str, Callable[[], str]], ...] = (
        ("where", lambda: _antecedent_place(frame, k)),
        ("possessive", lambda: _possessor(frame, k, world) if counts else ""),
        ("segment", lambda: _first_located(frame, [*frame.right(k), *frame.left(k)])),
        ("name in the segment", lambda: _named_place(frame, k, world)),
        ("sentence", lambda: _first_located(frame, _sentence_locatives(frame, k))),
    )
    for how, read in readings:
        name = read()
        if name:
            return Slot(name, how)
    return _place_before(frame, k, world)


def _first_located(frame: Frame, tokens: Iterable[Token]) -> str:
    return next((name for token in tokens if (name := _located(frame, token))), "")


def _named_place(frame: Frame, k: int, world: World) -> str:
    """A name of the segment, or the subject, that is a place elsewhere in the articles; or "there",
    which points at some place that is not the whole event's."""
    beside = [*frame.right(k), *frame.left(k)]
    if frame.anchors[k].dimension in COUNTS and any(
        t.lower == "there" and t.dep == "advmod" and not _opens(frame, t) for t in beside
    ):
        return "there"
    subject = frame.subject(frame.governor(k))
    for token in [*beside, *([subject] if subject else [])]:
        if token.pos == "PROPN":
            run = names_up_to(frame, token.i)
            name = frame.text(run[0].start, run[-1].end)
            lead = frame.tokens[run[0].i - 1].lower if run[0].i else ""
            if (
                world.is_place(name)
                and lead not in _PATHS
                and not is_in_source(frame, token, world.lexicon)
            ):
                return name
    return ""


def _opens(frame: Frame, there: Token) -> bool:
    """ "There had been found 12 of them": a word that only opens the sentence."""
    following = frame.tokens[there.i + 1 : there.i + 2]
    return bool(following) and (following[0].lemma in {"be", "have"} or following[0].tag == "MD")


def _place_before(frame: Frame, k: int, world: World) -> Slot | None:
    """The place at the head of an earlier sentence of the same paragraph or post, unless this
    sentence is about a name of its own."""
    subject = frame.subject(frame.governor(k))
    if subject is not None and subject.pos == "PROPN":
        return None
    zone = frame.sentence.zone
    for sentence in reversed(
        world.sentences[max(0, frame.sentence.index - 3) : frame.sentence.index]
    ):
        if sentence.zone is not zone and (not zone.posted or sentence.zone.posted != zone.posted):
            return None
        opening = _OPENING_PLACE.match(sentence.text)
        if opening:
            return Slot(opening.group(1), "sentence before")
    return None


def _sentence_locatives(frame: Frame, k: int) -> list[Token]:
    """Locatives at the head of the sentence, or tied to the figure's verb."""
    verb = frame.governor(k)
    tied = frame.children.get(verb.i, []) if verb is not None else []
    return [*frame.tokens[:1], *(t for t in tied if t.dep == "prep")]


def _located(frame: Frame, token: Token) -> str:
    """The proper name that a locative preposition governs, or an empty string."""
    if token.lower not in LOCATIVE:
        return ""
    i = token.i + 1
    while i < len(frame.tokens) and frame.tokens[i].pos in {"DET", "ADJ", "NOUN"}:
        if i > token.i + 3:
            return ""
        i += 1
        if frame.tokens[i - 1].pos == "NOUN" and (
            i >= len(frame.tokens) or frame.tokens[i].lower != "of"
        ):
            return ""
        if i < len(frame.tokens) and frame.tokens[i].lower == "of":
            i += 1
    run = []
    while i < len(frame.tokens) and (frame.tokens[i].pos == "PROPN" or frame.tokens[i].text == "-"):
        run.append(frame.tokens[i])
        i += 1
    if run and i < len(frame.tokens) and frame.tokens[i].lower in {"'s", "’s"}:
        return ""  # "at the Women's March": what is theirs, not where
    text = frame.text(run[0].start, run[-1].end) if run else ""
    return "" if _WEEKDAY.fullmatch(text) or _is_month(text) else text


def _is_month(text: str) -> bool:
    months = "january february march april may june july august september october november december"
    return text.lower().rstrip(".")[:3] in {m[:3] for m in months.split()} and len(text) <= 9


def _possessor(frame: Frame, k: int, world: World) -> str:
    """ "London's 100,000", "London's organisers say 100,000": a possessor in the segment."""
    for token in frame.left(k):
        if token.lower in {"'s", "’s"} and token.i and frame.tokens[token.i - 1].pos == "PROPN":
            run = names_up_to(frame, token.i - 1)
            name = frame.text(run[0].start, run[-1].end)
            return name if world.is_place(name) else ""
    return ""


def _antecedent_place(frame: Frame, k: int) -> str:
    """ "Norrhaven, a town of 900, where 30 people marched": the name before the relative clause."""
    left = frame.left(k)
    opening = left[-1].i - 1 if left else (frame.own(k)[0] - 1 if frame.own(k) else -1)
    if opening < 0 or frame.tokens[opening].lower != "where":
        return ""
    for token in reversed(frame.tokens[:opening]):
        if token.pos == "PROPN":
            run = names_up_to(frame, token.i)
            return frame.text(run[0].start, run[-1].end)
    return ""
