"""Which deed a word of the scale takes, and what surrounds a predicate: negation, auxiliaries,
conditions, and the clause it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.language import Token
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import Lexicon
from crosscheck.slots.shapes import is_over

CLAUSES = frozenset({"xcomp", "ccomp", "acl", "pcomp", "relcl"})
PREPOSITIONS = frozenset("to on for of about with".split())
_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "nor", "neither"})
_NONE = frozenset({"no", "neither"})
_OPEN = frozenset("could may might should must can ca need ought 'd ’d".split())
_REFLEXIVE = ("self", "selves")
_YET = frozenset({"have", "be", "remain"})
_WHETHER = frozenset({"whether", "if"})
_CONDITIONS = frozenset({"unless", "until", "till", "before", "without", "if"})
_GUESSING = frozenset({"believe", "reckon", "estimate"})
_REVEALING = frozenset({"reveal", "learn", "emerge", "mean"})
_OPINION = frozenset(
    "hope fear believe think expect want wish demand doubt suspect imagine".split()
)


def deed_token(frame: Frame, token: Token, last: int, things: bool = True) -> Token | None:
    """The verb, noun or pronoun that a word of the scale takes as its deed; ``things`` tells that
    the word takes a direct object too. Whoever commits himself to a deed commits to it."""
    if last != token.i and frame.tokens[last].pos == "ADP":
        inner = frame.children.get(last, ())
        found = next((t for t in inner if t.dep in {"pobj", "pcomp"}), None)
        if found is not None:
            return found
    own = [t for t in _tied(frame, token, last) if t.i > token.i and t.i != last]
    own = [t for t in own if not t.lower.endswith(_REFLEXIVE)]
    for child in own:
        gerund = child.dep == "advcl" and child.tag == "VBG" and child.i == last + 1
        gerund = gerund or (child.dep == "advcl" and asks_whether(frame, child))
        if (child.dep in {"xcomp", "ccomp", "acl"} or gerund) and _is_verb(child):
            return child
    thing = next((t for t in own if t.dep == "dobj"), None)
    if thing is not None:
        return thing if things else None
    for child in own:
        if child.dep in {"prep", "agent", "dative", "aux"} and child.lower in PREPOSITIONS:
            inner = frame.children.get(child.i, ())
            found = next((t for t in inner if t.dep == "pcomp" and _is_verb(t)), None)
            found = found or next((t for t in inner if t.dep == "pobj"), None)
            if found is not None:
                return found
    if last != token.i:
        return next((t for t in frame.children.get(last, ()) if t.dep in {"pobj", "pcomp"}), None)
    return None


def _tied(frame: Frame, token: Token, last: int) -> Iterator[Token]:
    yield from frame.children.get(token.i, ())
    if token.dep == "acomp":
        yield from (t for t in frame.children.get(token.head, ()) if t.dep == "advcl")
    if last != token.i:
        yield from frame.children.get(last, ())


def _is_verb(token: Token) -> bool:
    return token.pos in {"VERB", "AUX"}


def is_denied(frame: Frame, token: Token, by_object: bool = True) -> bool:
    """Whether a predicate is negated, by itself, by a subject or by an object with "no"."""
    if is_yet_to_come(frame, token) or is_over(frame, token):
        return True
    nouns = {"nsubj", "nsubjpass", "dobj"} if by_object else {"nsubj", "nsubjpass"}
    own = frame.children.get(token.i, ())
    if token.pos == "AUX":  # "is not legally binding": parsers tie the negation to either
        own = [*own, *(t for c in own if c.pos == "ADJ" for t in frame.children.get(c.i, ()))]
    for child in own:
        if child.dep == "neg" or child.lower in _NEGATIVE:
            return True
        if child.dep in nouns and has_no(frame, child):
            return True
    return False


def is_yet_to_come(frame: Frame, verb: Token) -> bool:
    """ "Has yet to decide"."""
    above = frame.tokens[verb.head]
    between = frame.tokens[above.i + 1 : verb.i]
    ahead = verb.dep in {"xcomp", "acomp", "ccomp", "advcl"} and above.lemma in _YET
    return ahead and any(t.lower == "yet" for t in between)


def agent(frame: Frame, verb: Token) -> Token | None:
    """By whom something was done, of a passive verb."""
    for by in frame.children.get(verb.i, ()):
        if by.dep in {"agent", "prep"} and by.lower == "by":
            return next((t for t in frame.children.get(by.i, ()) if t.dep == "pobj"), None)
    return None


def giver(frame: Frame, verb: Token) -> Token | None:
    """From whom something is received."""
    own = frame.children.get(verb.i, ())
    for head in (verb, *(t for t in own if t.dep == "dobj")):
        for child in frame.children.get(head.i, ()):
            if child.dep == "prep" and child.lower == "from":
                return next((t for t in frame.children.get(child.i, ()) if t.dep == "pobj"), None)
    return None


def has_no(frame: Frame, noun: Token) -> bool:
    return noun.lower in {"nobody", "none", "nothing"} or any(
        t.lower in _NONE and t.dep in {"det", "neg", "preconj"}
        for t in frame.children.get(noun.i, ())
    )


def auxiliaries(frame: Frame, verb: Token) -> frozenset[str]:
    return frozenset(t.lower for t in frame.children.get(verb.i, ()) if t.dep in {"aux", "auxpass"})


def asks_whether(frame: Frame, verb: Token) -> bool:
    near = frame.tokens[max(0, verb.i - 8) : verb.i]
    own = {t.i for t in frame.children.get(verb.i, ())}
    return any(t.lower in _WHETHER and (t.i in own or t.head == verb.i) for t in near)


def depends(frame: Frame, verb: Token) -> bool:
    """Whether what is denied holds only until or unless something else happens."""
    for token in frame.tokens[verb.i + 1 :]:
        if token.lower in _CONDITIONS:
            return True
    return frame.tokens[0].lower in _CONDITIONS


def is_hypothetical(frame: Frame, verb: Token) -> bool:
    """Whether the predicate is not said to hold: possible, asked, wished or merely thought."""
    if auxiliaries(frame, verb) & _OPEN:
        return True
    for _ in range(4):
        if verb.dep in {"advcl", "ccomp"} and _is_open(frame, verb):
            return True
        if verb.dep in {"ccomp", "xcomp", "conj", "pcomp"} and verb.head != verb.i:
            above = frame.tokens[verb.head]
            if verb.dep != "conj" and above.lemma in _OPINION:
                return True
            verb = above
        else:
            break
    return False


def _is_open(frame: Frame, verb: Token) -> bool:
    marks = {t.lower for t in frame.children.get(verb.i, ()) if t.dep in {"mark", "advmod"}}
    return bool(marks & {"if", "unless", "whether", "until", "how", "why", "when", "before"})


def teller(frame: Frame, verb: Token, words: Lexicon) -> Token | None:
    """The verb of speech in whose clause a predicate stands; what is guessed is not told."""
    above = frame.tokens[verb.head]
    telling = (words.speech - _GUESSING) | _REVEALING
    return above if verb.dep == "ccomp" and above.lemma in telling else None


def is_ongoing(frame: Frame, verb: Token) -> bool:
    forms = {"is", "are", "was", "were", "been", "'s", "’s", "'re", "’re"}
    return verb.tag == "VBG" and bool(auxiliaries(frame, verb) & forms)


def is_finite(frame: Frame, verb: Token) -> bool:
    """Past, perfect or present; in headlines participles too ("Owner acquitted")."""
    aux = auxiliaries(frame, verb)
    if verb.tag == "VBN":
        perfect = bool(aux & {"has", "have", "had", "'ve", "’ve", "'s", "’s"})
        told = bool(aux & {"was", "were", "is", "are", "been", "got"})
        return perfect or told or (frame.sentence.is_headline and verb.head == verb.i)
    if verb.tag == "VB":
        return bool(aux & {"did", "do", "does"})
    return verb.tag in {"VBD", "VBZ", "VBP"}
