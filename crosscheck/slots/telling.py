"""Phrases of presence in a parsed sentence, and whether what they tell came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosscheck.language import Token
from crosscheck.slots.frames import Frame
from crosscheck.slots.gatherings import Scene
from crosscheck.slots.happenings import verb_modality
from crosscheck.slots.shapes import is_over

_GAP = 3
_FILLERS = frozenset({"DET", "ADJ", "ADV", "PRON", "PART", "NUM"})
_OPENING = frozenset({",", ";", ":", "and", "but", "–", "—", "-"})
_TURNING = frozenset({"be", "sit", "stand"})
_OPEN = frozenset({"should", "would", "could", "might", "may", "must", "can"})
_IF = frozenset({"if", "unless", "whether"})
_NO = frozenset({"never", "not", "n't", "n’t", "neither", "nor"})
_DID = frozenset({"did", "does"})
_NOBODY = frozenset({"nobody", "none"})
_LATER = frozenset({"later", "afterwards", "after", "on"})
_VAGUE = frozenset({"only", "yet", "until", "till", "hardly", "barely", "nearly", "almost"})


@dataclass(frozen=True, slots=True)
class Told:
    denied: bool
    modality: str
    rules: tuple[str, ...]


def match(frame: Frame, verb: Token, words: Sequence[str]) -> list[Token] | None:
    """The tokens of a phrase that begins with the verb, or that is turned round before it."""
    helping = verb.dep in {"aux", "auxpass"}
    if helping and (len(words) == 1 or frame.tokens[verb.head].lower != words[1]):
        return None
    used, at, gap = [verb], verb.i, False
    for word in words[1:]:
        if word == "...":
            gap = True
            continue
        at = _beyond(frame, at, word) if gap else _next(frame, at, word)
        if at < 0:
            return _turned(frame, verb, words)
        used.append(frame.tokens[at])
    return used


def _next(frame: Frame, after: int, word: str) -> int:
    for token in frame.tokens[after + 1 : after + 2 + _GAP]:
        if word in {token.lower, token.lemma} and token.dep != "expl":
            return token.i
        if token.pos not in _FILLERS and token.tag != "PRP$":
            break
    return -1


def _beyond(frame: Frame, after: int, word: str) -> int:
    """The word behind an object: "watched the launch from"."""
    for token in frame.tokens[after + 1 : after + 2 + 4 * _GAP]:
        if token.lower == word:
            return token.i
        if token.tag.startswith("V") or token.text in {",", ";", ":"}:
            break
    return -1


def _turned(frame: Frame, verb: Token, words: Sequence[str]) -> list[Token] | None:
    """ "Aboard was also Anna Bolt", "In the hall sat Anna Bolt"."""
    if verb.lemma not in _TURNING or len(words) < 2:
        return None
    for i in range(max(0, verb.i - 8), verb.i):
        opens = i == 0 or frame.tokens[i - 1].lower in _OPENING | {"also", "those"}
        part = frame.tokens[i : i + len(words) - 1]
        said = tuple(t.lower for t in part) == tuple(words[1:])
        if opens and said and part[-1].i < verb.i and part[0].dep != "expl":
            between = frame.tokens[part[-1].i + 1 : verb.i]
            if not any(t.dep == "nsubj" or t.tag.startswith("V") for t in between):
                return [verb, *part]
    return None


def main_verb(frame: Frame, used: Sequence[Token]) -> Token:
    """The verb that has the subject: the participle after "be"."""
    first = used[0]
    return frame.tokens[first.head] if first.dep in {"aux", "auxpass"} else first


def told_by(frame: Frame, verb: Token, scene: Scene) -> Told | None:
    """Whether it came about, is planned or was not so; None where the sentence leaves it open."""
    modality, rule = verb_modality(frame, verb, scene.world.vocabulary)
    denied, used = _negated(frame, verb), [rule] if rule else []
    auxiliaries = {t.lower for t in frame.children.get(verb.i, ()) if t.dep == "aux"}
    if denied and auxiliaries & {"could", "can"}:
        modality, auxiliaries = "done", auxiliaries - {"could", "can"} | {"do"}
    if auxiliaries & _DID:
        modality = "done"  # whatever was intended before: "intended to come but did not"
    wished = verb.tag == "VB" and not auxiliaries  # "asked that she stay away"
    if denied is None or modality == "possible" or wished or _conditional(frame, verb):
        return None
    if _OPEN & auxiliaries and ("have" in auxiliaries or auxiliaries & _OPEN != {"would"}):
        return None
    at = verb
    while at.dep in {"xcomp", "pcomp", "acomp"} or (at.dep == "advcl" and "to" in auxiliaries):
        above = frame.tokens[at.head]
        if at.dep == "pcomp" and above.lower != "from":
            denied ^= above.lower == "without"
            break
        above = frame.tokens[above.head] if at.dep == "pcomp" else above
        step = _step(above, scene)
        if step is None and modality != "planned":
            return None
        turned, why = step or (False, "")
        negated = _negated(frame, above)
        if negated is None:
            return None
        denied ^= turned ^ negated
        used += [why] if why else []
        at = above
    if "to" in auxiliaries and at is verb:
        if not (frame.sentence.is_headline and verb.dep in {"ROOT", "acl", "relcl"}):
            return None
        modality = "planned"
    return Told(denied, modality, tuple(used))


def _step(above: Token, scene: Scene) -> tuple[bool, str] | None:
    """Whether a verb turns the infinitive below it into its opposite; None if it leaves it open."""
    if above.lemma in scene.words.refuse:
        return True, scene.words.refuse[above.lemma]
    if above.lemma in scene.words.carry:
        return False, scene.words.carry[above.lemma]
    return None


def _negated(frame: Frame, verb: Token) -> bool | None:
    """Whether a verb is negated; None where it is so only in part ("not only", "not yet")."""
    children = frame.children.get(verb.i, ())
    words = [t for t in children if t.dep == "neg" or t.lower in _NO]
    subject = frame.subject(verb)
    if subject is not None:
        words += [subject] if subject.lower in _NOBODY else []
        words += [t for t in frame.children.get(subject.i, ()) if t.lower in _NO]
    if words and any(
        t.lower in _VAGUE
        for word in words
        for t in (*children, *frame.tokens[word.i + 1 : word.i + 2])
    ):
        return None
    if any(t.lower in _VAGUE - {"only", "until", "till"} for t in children):
        return None
    return bool(words) or is_over(frame, verb)


def tells_later(frame: Frame, at: int) -> bool:
    """Whether "a month later", "two days afterwards" stands beside or below the verb at an
    offset."""
    for token in frame.tokens:
        counted = any(t.dep in {"npadvmod", "nmod"} for t in frame.children.get(token.i, ()))
        if token.lower in _LATER and counted:
            above = [t.start for t in frame.ancestors(token)]
            return at in above or not above
    return False


def _conditional(frame: Frame, verb: Token) -> bool:
    for token in (verb, *frame.ancestors(verb)):
        if any(t.lower in _IF and t.dep == "mark" for t in frame.children.get(token.i, ())):
            return True
    return False
