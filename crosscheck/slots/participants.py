"""Who was there: the bearers of the names that a subject, an object or a pronoun stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crosscheck.grammar.quantities import read
from crosscheck.grammar.spans import name_at, names_between
from crosscheck.language import Token
from crosscheck.slots.frames import Frame
from crosscheck.slots.gatherings import Scene

_AMONG = frozenset({"among", "including", "like"})
_NOBODY = frozenset({"nobody", "none"})
_SEVERAL = frozenset({"those"})
_BACK = 2
LISTED = "complete list"


@dataclass(frozen=True, slots=True)
class Participant:
    """``name`` is the bearer's id, ``start`` and ``end`` the offsets of what stands for it."""

    name: str
    how: str
    start: int
    end: int


def participants(frame: Frame, verb: Token, head: Token, scene: Scene) -> list[Participant]:
    """Everyone a noun phrase names, those joined by "and" included; the names alone, once each."""
    found: dict[str, Participant] = {}
    first = _antecedent(frame, head, verb)
    for token in _joined(frame, first):
        for one in _named(frame, token, scene):
            found.setdefault(one.name, one)
    if found and first is head and head.i < verb.i:
        for start, end, name in _trailing(frame, head, verb, scene):
            found.setdefault(name, Participant(name, "list", start, end))
    return list(found.values())


def _joined(frame: Frame, token: Token) -> Iterator[Token]:
    yield token
    for child in frame.children.get(token.i, ()):
        if child.dep == "conj" and child.pos in {"NOUN", "PROPN"}:
            yield from _joined(frame, child)


def _trailing(
    frame: Frame, head: Token, verb: Token, scene: Scene
) -> Iterator[tuple[int, int, str]]:
    """The names that end a long subject, "..., Premier Carl Dorn and Mayor Edda Korr, 52, sat",
    where the parser has lost the thread of the list."""
    named = names_between(scene.world.names, head.end, verb.start)
    here = [n for n in named if n[2] in scene.world.people]
    if len(here) < 2:
        return
    rest = frame.text(here[-1][1], verb.start).strip()
    aside = rest.startswith(",") and rest.count(",") > 1
    if (rest and not aside) or not _leads(frame, here[-2], here[-1], {"and"}):
        return
    for i in range(len(here) - 1, -1, -1):
        yield here[i]
        if i and not _leads(frame, here[i - 1], here[i], {"and", ","}):
            return


def _leads(
    frame: Frame, one: tuple[int, int, str], other: tuple[int, int, str], marks: set[str]
) -> bool:
    """Whether nothing but a mark of a list, and a title, stands between two names."""
    first, *title = frame.text(one[1], other[0]).replace(",", " , ").split() or [""]
    return first in marks and all(word[0].isupper() for word in title)


def _antecedent(frame: Frame, head: Token, verb: Token) -> Token:
    """For whom "who" stands: the name or noun that ends right before it."""
    if head.lower not in {"who", "that", "which", "whom"}:
        return _among(frame, head)
    before = [t for t in frame.tokens[max(0, head.i - 3) : head.i] if t.text not in {",", "–", "—"}]
    if before and before[-1].pos == "PROPN":
        return before[-1]
    at: Token | None = verb
    while at is not None and at.dep not in {"relcl", "acl"}:
        at = frame.tokens[at.head] if at.head != at.i else None
    if at is None:
        return head
    above = frame.tokens[at.head]
    if above.dep == "appos":
        above = frame.tokens[above.head]
    return _among(frame, above)


def _among(frame: Frame, token: Token) -> Token:
    """ "Among those who came was Bolt", "Bolt was one of those who came": Bolt."""
    if token.lower not in _SEVERAL or token.dep != "pobj":
        return token
    up = next((t for t in frame.ancestors(token) if t.pos in {"VERB", "AUX", "PROPN"}), None)
    if up is None or up.pos == "PROPN":
        return up or token
    for child in frame.children.get(up.i, ()):
        if child.dep in {"attr", "nsubj", "dobj"} and token not in frame.subtree(child):
            return child
    return token


def _named(frame: Frame, token: Token, scene: Scene) -> Iterator[Participant]:
    names, people = scene.world.names, scene.world.people
    if token.lower in _NOBODY or token.lemma in scene.words.envoys:
        body = _sender(frame, token, scene)
        if body is not None:
            yield body
            return
    if token.pos == "PRON" or token.tag == "PRP":
        if token.lower in {"he", "she"} and (name := person_meant(frame, token, scene)):
            yield Participant(name, "pronoun", token.start, token.end)
        return
    bearer = name_at(names, token.start)
    if bearer and (bearer in people or bearer in scene.bodies):
        yield Participant(bearer, "name", *_span(frame, token, scene))
        return
    if token.tag == "NNS" or (token.tag in {"CD", "DT"} and token.dep.startswith("nsubj")):
        yield from _listed(frame, token, scene)
        return
    inside = _own_names(frame, token, scene)
    if len(inside) == 1:
        start, end, name = inside[0]
        yield Participant(name, "apposition", min(start, token.start), max(end, token.end))
    elif token.pos == "NOUN" and not inside:
        name = holder(frame, token, scene)
        if name:
            yield Participant(name, "office", token.start, token.end)


def _sender(frame: Frame, token: Token, scene: Scene) -> Participant | None:
    """The body for which an envoy is there, or nobody: "observers from Norvania"."""
    for prep in frame.children.get(token.i, ()):
        for inner in frame.children.get(prep.i, ()) if prep.lower in {"from", "of"} else ():
            name = name_at(scene.world.names, inner.start)
            if inner.pos == "PROPN" and name in scene.bodies:
                return Participant(name, "envoy", token.start, inner.end)
    return None


def _span(frame: Frame, token: Token, scene: Scene) -> tuple[int, int]:
    here = names_between(scene.world.names, frame.sentence.start, token.start + 1)
    start, end, _ = here[-1]
    return start, end


def _own_names(frame: Frame, token: Token, scene: Scene) -> list[tuple[int, int, str]]:
    """The persons named in a noun phrase, relative clauses and owners left out: "the mayor of
    Halden, Anna Bolt"."""
    person = scene.world.lexicon.noun_class(token.lemma) in {"person", ""}
    if not (person or token.pos == "PROPN" or _is_titled(frame, token)):
        return []
    phrase = [t for t in _phrase(frame, token) if t.pos == "PROPN"]
    here = names_between(scene.world.names, frame.sentence.start, frame.sentence.end)
    return [
        n for n in here
        if n[2] in scene.world.people and any(n[0] <= t.start < n[1] for t in phrase)
    ]  # fmt: skip


def _after_comma(frame: Frame, name: Token) -> bool:
    """Whether the run of names that a token ends stands behind a comma."""
    at = name.i
    while at and frame.tokens[at - 1].pos == "PROPN":
        at -= 1
    return at > 0 and frame.tokens[at - 1].text == ","


def _is_titled(frame: Frame, token: Token) -> bool:
    """Whether a name follows at once, to which the noun is a title: "coach Ruben Salas"."""
    after = frame.tokens[token.i + 1 : token.i + 2]
    return bool(after) and after[0].pos == "PROPN" and token.tag == "NN"


def _phrase(frame: Frame, token: Token) -> Iterator[Token]:
    """A noun phrase without those to whom it belongs: not Bolt in "the lawyer of Anna Bolt", but in
    "the mayor of Halden, Anna Bolt"."""
    yield token
    for child in frame.children.get(token.i, ()):
        if child.dep in {"compound", "appos", "nmod"}:
            yield from _phrase(frame, child)
        elif child.dep == "prep":
            held = [t for t in frame.children.get(child.i, ()) if t.dep == "pobj"]
            aside = [t for h in held for t in frame.children.get(h.i, ()) if t.dep == "appos"]
            for apposed in aside:
                if frame.tokens[apposed.i - 1].text == "," or _after_comma(frame, apposed):
                    yield from _phrase(frame, apposed)


def _listed(frame: Frame, token: Token, scene: Scene) -> Iterator[Participant]:
    """ "Four people, among them Anna Bolt", "leaders including Anna Bolt", "all three: Bolt"."""
    whole = _whole(frame, token, scene)
    if whole:
        yield from whole
        return
    here = names_between(scene.world.names, token.end, frame.sentence.end)
    for start, end, name in here:
        between = frame.text(token.end, start).lower()
        direct = [w for w in between.replace(",", " ").split() if w in _AMONG]
        if direct and name in scene.world.people and len(between) < 60:
            yield Participant(name, "list", start, end)
            return


def _whole(frame: Frame, token: Token, scene: Scene) -> list[Participant]:
    """The names behind a colon, if they are as many as "all five leaders" says."""
    said = [token, *(t for t in frame.children.get(token.i, ()) if t.i < token.i)]
    colon = next((t for t in frame.tokens[token.i :] if t.text == ":"), None)
    if colon is None or not any(t.lower in {"all", "both"} for t in said):
        return []
    here = names_between(scene.world.names, colon.end, frame.sentence.end)
    figures = [f for t in said if t.tag == "CD" for f in read(t.text, scene.world.rules)]
    number = figures[0].quantity.stated.low if figures else 2
    if not here or number != len({name for _, _, name in here}):
        return []
    return [Participant(name, LISTED, start, end) for start, end, name in here]


def holder(frame: Frame, token: Token, scene: Scene) -> str:
    """The one person of the article who bears an office: "the prime minister"."""
    children = frame.children.get(token.i, ())
    if not any(t.lower in {"the", "its", "their", "his", "her", "our"} for t in children):
        return ""
    before = [t.lower for t in children if t.dep in {"compound", "amod"} and t.i < token.i]
    beside = [t for t in frame.subtree(token) if t.i < token.i and t.dep != "det"]
    if any(t.text[0].isupper() and t.i for t in beside):
        return ""  # "the Norvanian president" is perhaps not the one who bears the office here
    for words in (" ".join([*before, token.lower]), token.lower):
        found = scene.offices.get(words, frozenset())
        if len(found) == 1:
            return next(iter(found))
        if found:
            return ""
    return ""


def person_meant(frame: Frame, token: Token, scene: Scene) -> str:
    """Whom "he" or "she" means: the only person named since the sentence before began, else the
    last one that was a subject there."""
    world, index = scene.world, frame.sentence.index
    for back in range(_BACK + 1):
        if index - back < 0:
            break
        sentence = world.sentences[index - back]
        end = token.start if back == 0 else sentence.end
        named = [n for n in names_between(world.names, sentence.start, end) if n[2] in world.people]
        if not named:
            continue
        if len({n[2] for n in named}) == 1:
            return named[0][2]
        return _subject_named(frame if back == 0 else Frame(sentence, ()), end, named)
    return ""


def _subject_named(frame: Frame, end: int, named: Iterable[tuple[int, int, str]]) -> str:
    subjects = [
        name
        for start, stop, name in named
        for t in frame.tokens
        if start <= t.start < stop and t.start < end and t.dep in {"nsubj", "nsubjpass"}
    ]
    return subjects[0] if subjects else ""
