"""Shapes of sentences that several fillers ask about: compounds, bases, runs of names, speakers."""

from __future__ import annotations

from collections.abc import Sequence

from crosscheck.grammar.spans import names_between
from crosscheck.language import Token
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import Lexicon
from crosscheck.slots.world import World

LOCATIVE = frozenset(
    ["in", "at", "near", "across", "around", "throughout", "outside", "inside", "over"]
)
FIGURES = frozenset("figure number share rate total sum amount result level cent percent".split())
COUNTS = frozenset({"count", ""})
MONEY = "money"
NAMELIKE = frozenset({"person", "organisation", "group", "country", "place"})


def is_over(frame: Frame, verb: Token) -> bool:
    """ "Is no longer aboard": what is said does not hold any more."""
    below = [verb, *frame.children.get(verb.i, ())]
    near = [t for head in below for t in frame.children.get(head.i, ())]
    return any(
        t.lower == "longer" and t.i and frame.tokens[t.i - 1].lower in {"no", "any"} for t in near
    )


def is_compound(frame: Frame, k: int) -> bool:
    """ "A 60-seat council": the figure describes a thing; the noun it counts says no more."""
    anchor = frame.anchors[k]
    written = frame.text(anchor.start, anchor.end).lower()
    return anchor.dimension in COUNTS and bool(anchor.noun) and written.endswith(f"-{anchor.noun}")


def is_base(frame: Frame, k: int) -> bool:
    """ "78 of 217 seats": the second figure is what the first is a part of."""
    own = frame.own(k)
    gap = (
        [t for t in frame.tokens[max(0, own[0] - 2) : own[0]] if t.i not in frame.taken]
        if own
        else []
    )
    return bool(k and gap) and gap[0].lower == "of" and gap[0].i - 1 in frame.taken


def is_definite(frame: Frame, k: int) -> bool:
    """ "The 12 missing", "its 40 ships": a figure that is spoken of as known."""
    own = frame.own(k)
    before = frame.tokens[own[0] - 1] if own and own[0] else None
    return before is not None and (
        before.lower in {"the", "these", "those"} or before.tag in {"PRP$", "POS"}
    )


def is_sum(frame: Frame, k: int) -> bool:
    """ "Nine more signed, which makes 41": what has just been counted is added up."""
    token, verb = frame.anchor_token(k), frame.governor(k)
    if token is None or verb is None or verb.lemma != "make" or token.head != verb.i:
        return False
    subject = frame.subject(verb)
    return subject is not None and subject.lower in {"which", "that", "this"}


def one_more(frame: Frame, k: int) -> Token | None:
    """The country of "one more country" and "another country", in front of a figure."""
    for token in reversed(frame.tokens[: frame.own(k)[0]]):
        lead = [t.lower for t in frame.tokens[max(0, token.i - 2) : token.i]]
        if token.pos == "NOUN" and (lead == ["one", "more"] or lead[-1:] == ["another"]):
            return token
    return None


def is_coordinated(frame: Frame, k: int) -> bool:
    """ "11.3 per cent and 24": joined to the figure before by nothing but "and"."""
    own = frame.own(k)
    return bool(own) and frame.tokens[own[0] - 1].lower == "and" and own[0] - 2 in frame.taken


def speaks(frame: Frame, subject: Token, words: Lexicon) -> bool:
    """Whether a subject merely says so: "reported that", but not "reported a profit of"."""
    verb = frame.tokens[subject.head]
    if verb.pos != "VERB" or verb.lemma not in words.speech | words.guessing:
        return False
    if verb.lemma in words.guessing:
        return True
    tied = {t.dep for t in frame.children.get(verb.i, ())}
    return "ccomp" in tied or "dobj" not in tied


def names_in(frame: Frame, tokens: Sequence[Token], world: World) -> list[str]:
    spans = [
        (t.start, t.end)
        for t in tokens
        if not is_in_source(frame, t, world.lexicon) and not _is_located(frame, t)
    ]
    here = names_between(world.names, frame.sentence.start, frame.sentence.end)
    return sorted(
        {name for s, e, name in here if any(s < end and start < e for start, end in spans)}
        - world.mere_words
    )


def _is_located(frame: Frame, token: Token) -> bool:
    """Whether a name stands behind a locative preposition: where, not whose."""
    run = names_up_to(frame, token.i) if token.pos == "PROPN" else []
    return bool(run) and run[0].i > 0 and frame.tokens[run[0].i - 1].lower in LOCATIVE


def is_in_source(frame: Frame, token: Token, words: Lexicon) -> bool:
    """Whether a token belongs to the subject of a verb of speech."""
    chain = [token, *frame.ancestors(token)]
    subject = next((t for t in chain if t.dep in {"nsubj", "nsubjpass"}), None)
    return subject is not None and speaks(frame, subject, words)


def names_up_to(frame: Frame, last: int) -> list[Token]:
    first = last
    while first > 0 and frame.tokens[first - 1].pos == "PROPN":
        first -= 1
    return list(frame.tokens[first : last + 1])
