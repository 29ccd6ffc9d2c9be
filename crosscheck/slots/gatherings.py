"""What somebody was at: a gathering, a place, a vehicle, or the people who were addressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from crosscheck.grammar.spans import name_at
from crosscheck.grammar.titles import parts_of_speech
from crosscheck.grammar.words import Word, words_of
from crosscheck.language import Sentence, Token, lemma
from crosscheck.slots.frames import Frame
from crosscheck.slots.presence_words import PresenceWords, Presiding, presence_words
from crosscheck.slots.world import World
from crosscheck.values.moments import MONTHS, WEEKDAYS

_TO = frozenset("at in from of to on for during throughout with into before".split())
_BACK = 2
_LEAD = 3
_OTHER = frozenset(
    {"second", "third", "fourth", "another", "other", "previous", "earlier", "next", "later"}
    | {"similar", "last", "first", "final", "separate", "parallel", "follow-up", "annual", "every"}
)
_PLACES = frozenset({"place", "building", "dwelling", "artifact", "object"})
_NO_PLACE = frozenset(
    {"home", "phone", "telephone", "line", "screen", "television", "media", "track"}
)
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acomp", "oprd", "attr", "dobj"})
_WITHIN = frozenset({"in", "at", "on"})
_SINGLE = frozenset({"single", "one", "any"})
_NOMINAL = frozenset({"pobj", "dobj", "nsubj", "nsubjpass"})
_CALENDAR = frozenset({*WEEKDAYS, *MONTHS})
_MODIFYING = frozenset({"compound", "amod", "poss", "nmod", "nn"})


@dataclass(frozen=True, slots=True)
class Target:
    """``sort`` is gathering, place, vehicle or people; ``value`` a noun's lemma or the bearer of a
    name, empty if not said; ``which`` the words that tell it from others of its sort, ``ordinal``
    one that makes it another; ``idle`` the rule by which words beside it were passed over,
    ``before`` the preposition before a place, ``during`` the gathering spoken of there."""

    sort: str
    value: str
    how: str
    token: Token | None = None
    which: tuple[str, ...] = ()
    ordinal: str = ""
    rule: str = ""
    idle: str = ""
    before: str = ""
    during: str = ""


@dataclass(eq=False)
class Scene:
    """An article as far as presence is read from it: ``offices`` maps the words of an office to
    the persons who bear it there, ``bodies`` are names of what is no person."""

    world: World
    offices: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    bodies: AbstractSet[str] = frozenset()

    @cached_property
    def words(self) -> PresenceWords:
        return presence_words(self.world.rules)

    @cached_property
    def main(self) -> str:
        """The gathering of which the article speaks most, its head counting more."""
        counted: Counter[str] = Counter()
        for sentence in self.world.sentences:
            weight = _LEAD if sentence.is_headline or sentence.index < _LEAD else 1
            counted.update(dict.fromkeys(set(self.nouns_in(sentence)), weight))
        best = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        if not best or (len(best) > 1 and best[1][1] == best[0][1]):
            return ""
        return best[0][0]

    def may_be_seen(self, sentence: Sentence) -> bool:
        """Whether a sentence may tell what somebody does before others; cheap."""
        return _has_verb(sentence, self.words.seen)

    def may_arrive(self, sentence: Sentence) -> bool:
        """Whether a sentence may tell that somebody came; cheap."""
        return _has_verb(sentence, self.words.arrivals)

    def nouns_in(self, sentence: Sentence, end: int | None = None) -> list[str]:
        """The nouns of gatherings in a sentence, up to an offset, in the order of the text."""
        text = sentence.text if end is None else sentence.text[: end - sentence.start]
        known, found = self.words.gatherings, []
        seen = words_of(text)
        for i, word in enumerate(seen):
            noun = known.noun_in(word.lower)
            pair = f"{seen[i - 1].lower} {noun}" if i else ""
            if noun in known.families and not _describes(seen[i + 1 : i + 2]):
                found.append(pair if pair in known.families else noun)
            elif verb := known.verb_in(word.lower):
                found.append(known.verbs[verb])
        return found


def _describes(after: Sequence[Word]) -> bool:
    """Whether a noun stands right behind, which it then describes: "conference rooms"."""
    if not after or not after[0].joined or after[0].capital:
        return False
    kinds = parts_of_speech(after[0].lower)
    return "NOUN" in kinds and not kinds - {"NOUN", "PROPN"}


def _has_verb(sentence: Sentence, verbs: Collection[str]) -> bool:
    return any(lemma(word.lower, "VBD") in verbs for word in words_of(sentence.text))


def targets_of(
    frame: Frame, verb: Token, used: Sequence[Token], phrase: Presiding, scene: Scene
) -> list[Target]:
    """What follows a phrase that its rule allows for, the first of each sort."""
    if "implied" in phrase.at:
        return _implied(phrase, scene)
    if "itself" in phrase.at:
        return [Target("gathering", phrase.implies, "verb", rule=phrase.rule)]
    if "elsewhere" in phrase.at:
        return _elsewhere(frame, verb, scene)
    followers = list(_followers(frame, verb, used, phrase.who in {"object", "agent"}))
    found: dict[str, Target] = {}
    for token in followers:
        target = sort_of(frame, verb, token, phrase.at, scene)
        if target is not None and (target.sort != "place" or _reached(frame, token, used)):
            found.setdefault(target.sort, _in_company(frame, verb, target, scene))
    if found:
        return list(found.values())
    if "aboard" in phrase.at:
        return [Target("vehicle", "", "unsaid")]
    own = {t.i for t in used}
    said = any(t.dep in _COMPLEMENTS and t.i not in own for t in frame.children.get(verb.i, ()))
    if "open" not in phrase.at or said or any(_is_object(frame, t) for t in followers):
        return []
    return [spoken_of(frame, verb, scene)]


def _elsewhere(frame: Frame, verb: Token, scene: Scene) -> list[Target]:
    """What somebody who stays in a named place is away from."""
    things = [t for t in frame.children.get(verb.i, ()) if t.dep == "dobj" and t.pos == "PROPN"]
    named = any(_named_place(t, scene) for t in things)
    return [spoken_of(frame, verb, scene)] if named else []


def sort_of(
    frame: Frame, verb: Token, token: Token, at: AbstractSet[str], scene: Scene
) -> Target | None:
    """What a noun names, of the sorts that a rule allows for."""
    found = of_sort(frame, token, at, scene)
    if found is None and "participants" in at and token.lower == "those":
        return spoken_of(frame, verb, scene)
    if found is None and "participants" in at and token.tag == "NNS":
        return _of_people(frame, verb, token, scene)
    return found


def _in_company(frame: Frame, verb: Token, target: Target, scene: Scene) -> Target:
    """A place where people are at a gathering, or those who are, with the gathering that the text
    has just spoken of."""
    families = scene.words.gatherings
    told = families.where(target.value) if target.sort == "place" else ""
    if not told and not (target.sort == "people" and target.value in families.people):
        return target
    at = spoken_of(frame, verb, scene)
    return replace(target, during=at.value) if at.value else target


def _reached(frame: Frame, token: Token, used: Sequence[Token]) -> bool:
    """Whether a place is what the phrase leads to, and not where or when something else was."""
    if used[-1].pos in {"ADP", "PART"} or token.dep in {"dobj", "nsubjpass"}:
        return True
    prep = frame.tokens[token.head]
    return prep.head in {t.i for t in (used if prep.lower == "to" else used[1:])}


def _of_people(frame: Frame, verb: Token, token: Token, scene: Scene) -> Target | None:
    """ "Among the mourners": at the funeral."""
    families = scene.words.gatherings
    if token.lemma not in families.people:
        return None
    noun = families.people[token.lemma]
    if not noun:
        return spoken_of(frame, verb, scene)
    return Target("gathering", noun, "people", rule=sorted(families.families[noun])[0])


def _is_object(frame: Frame, token: Token) -> bool:
    """Whether a noun says at what, so that nothing is left open: "attended school"."""
    return token.dep == "dobj" or frame.tokens[token.head].lower in {"from", "at", "of", "to"}


def _implied(phrase: Presiding, scene: Scene) -> list[Target]:
    """What a verb itself names, in an article that is about just that."""
    families = scene.words.gatherings
    known = bool(scene.main) and families.one(scene.main, phrase.implies)
    return [Target("gathering", scene.main, "verb", rule=phrase.rule)] if known else []


def _followers(frame: Frame, verb: Token, used: Sequence[Token], beside: bool) -> Iterator[Token]:
    """Objects of the verb, and of the prepositions tied to it or to the words of the phrase; of a
    preposition that ends the phrase, its own, unless what follows it stands ``beside``."""
    own, last = {t.i for t in used}, used[-1]
    ties = _TO if verb.tag.startswith("V") else _TO - {"of"}
    closed = last.pos == "ADP" and last.i != verb.i and not beside
    heads = [last] if closed else [*used]
    found: list[Token] = []
    for head in heads:
        for child in frame.children.get(head.i, ()):
            if child.i in own:
                continue
            if child.dep in {"pobj", "dobj"} or (child.dep == "nsubjpass" and head.i == verb.i):
                found.append(child)
            elif child.dep in {"prep", "agent"} and child.lower in ties:
                found += [t for t in frame.children.get(child.i, ()) if t.dep == "pobj"]
    found += [inner for token in found for inner in _at(frame, token)]
    if closed and not found:
        found += _next_noun(frame, last)
    found.sort(key=lambda t: (t.i < verb.i, t.i))
    for token in found:
        yield from _meant(frame, token, verb)
    if verb.dep == "relcl" and any(
        t.lower == "where" for t in frame.children.get(verb.i, ()) if t.i < verb.i
    ):
        yield frame.tokens[verb.head]


def _at(frame: Frame, noun: Token) -> list[Token]:
    """ "In the second row at the funeral": the funeral."""
    preps = [t for t in frame.children.get(noun.i, ()) if t.dep == "prep" and t.lower == "at"]
    return [t for prep in preps for t in frame.children.get(prep.i, ()) if t.dep == "pobj"]


def _next_noun(frame: Frame, after: Token) -> list[Token]:
    """The noun that ends the phrase after a word, where the parser ties it to something else."""
    last = None
    for token in frame.tokens[after.i + 1 : after.i + 7]:
        if token.pos in {"NOUN", "PROPN"}:
            last = token
        elif last is not None or token.pos not in {"DET", "ADJ", "NUM", "ADV"}:
            break
    return [last] if last is not None else []


def _meant(frame: Frame, token: Token, verb: Token) -> Iterator[Token]:
    """The token, or for a relative pronoun the nouns before the clause, nearest first."""
    if token.lower not in {"which", "that", "whom"}:
        yield token
        return
    at: Token | None = verb
    while at is not None and at.dep not in {"relcl", "acl"}:
        at = frame.tokens[at.head] if at.head != at.i else None
    if at is not None:
        above = frame.tokens[at.head]
        yield from (above, *(t for t in frame.ancestors(above) if t.pos in {"NOUN", "PROPN"}))


def of_sort(frame: Frame, token: Token, at: AbstractSet[str], scene: Scene) -> Target | None:
    if "gathering" in at and (found := gathering_at(frame, token, scene)):
        return found
    if token.pos not in {"NOUN", "PROPN"}:
        return None
    noun_class = scene.world.lexicon.noun_class(token.lemma)
    rides = noun_class == "vehicle" or token.lemma == "flight"
    if "vehicle" in at and token.tag == "NN" and rides:
        return Target("vehicle", token.lemma, "noun", token)
    if "people" in at and noun_class == "person" and _are_several(frame, token):
        return Target("people", token.lemma, "noun", token)
    if "people" in at and token.lemma in scene.words.gatherings.bodies:
        return Target("people", token.lemma, "noun", token, _which(frame, token, scene)[0])
    if "place" not in at:
        return None
    if token.pos == "PROPN":
        return _named_place(token, scene)
    bare = not any(t.dep in {"det", "poss"} for t in frame.children.get(token.i, ()))
    bare = bare and noun_class not in {"building", "dwelling"}
    listed = scene.words.gatherings.where(token.lemma)
    known = listed or (noun_class in _PLACES and token.lemma not in _NO_PLACE)
    if known and not bare:
        which = _which(frame, token, scene)[0]
        above = frame.tokens[token.head].lower
        before = above if above in _WITHIN else ""
        return Target("place", token.lemma, "noun", token, which, rule=listed, before=before)
    return None


def _are_several(frame: Frame, token: Token) -> bool:
    """Many, or none of them: "a single resident"."""
    if token.tag == "NNS":
        return True
    return any(t.lower in _SINGLE for t in frame.children.get(token.i, ()))


def _named_place(token: Token, scene: Scene) -> Target | None:
    bearer = name_at(scene.world.names, token.start) or token.text
    if bearer in scene.world.people or token.text.capitalize() in _CALENDAR:
        return None
    return Target("place", bearer, "name", token)


def gathering_at(frame: Frame, token: Token, scene: Scene) -> Target | None:
    """The gathering that a noun names, with what tells it from others."""
    families = scene.words.gatherings.families
    noun = next((w for w in (_hyphened(frame, token), token.lower) if w in families), token.lemma)
    nominal = token.pos in {"NOUN", "PROPN"} or token.dep in _NOMINAL
    if not nominal or noun not in families:
        return None
    before = frame.tokens[token.i - 1] if token.i else token
    pair = f"{before.lower} {noun}"
    which, ordinal, idle = _which(frame, token, scene)
    if pair in families:
        noun, which = pair, tuple(w for w in which if w != before.lemma)
    rule = sorted(families[noun])[0]
    return Target("gathering", noun, "noun", token, which, ordinal, rule, idle)


def _hyphened(frame: Frame, token: Token) -> str:
    """The whole of a word that the tokenizer cuts at its hyphens: "prize-giving"."""
    first = token.i
    while first > 1 and frame.tokens[first - 1].text == "-":
        first -= 2
    last = token.i
    while last + 2 < len(frame.tokens) and frame.tokens[last + 1].text == "-":
        last += 2
    return frame.text(frame.tokens[first].start, frame.tokens[last].end).lower()


def _which(frame: Frame, token: Token, scene: Scene) -> tuple[tuple[str, ...], str, str]:
    idle = scene.words.gatherings.idle
    children = frame.children.get(token.i, ())
    words = [t for t in children if t.dep in _MODIFYING and t.i < token.i]
    ordinal = next((t.lower for t in (*words, *children) if t.lower in _OTHER), "")
    telling = [
        t for t in words
        if (t.pos in {"NOUN", "PROPN"} or t.dep == "compound") and t.lemma not in idle
    ]  # fmt: skip
    for child in children:
        if child.dep == "prep" and child.lower in {"of", "on"}:
            telling += [
                t for t in frame.children.get(child.i, ())
                if t.dep == "pobj" and t.tag in {"NN", "NNS"}
            ]  # fmt: skip
    passed = next((idle[t.lemma] for t in words if t.lemma in idle), "")
    return tuple(sorted({t.lemma for t in telling})), ordinal, passed


def spoken_of(frame: Frame, verb: Token, scene: Scene) -> Target:
    """The gathering of which the text has just spoken, else that which the article is about."""
    sentences, index = scene.world.sentences, frame.sentence.index
    here = scene.nouns_in(frame.sentence, verb.start)
    if here:
        return Target("gathering", here[-1], "sentence")
    for sentence in reversed(sentences[max(0, index - _BACK) : index]):
        if sentence.is_headline:
            break
        before = scene.nouns_in(sentence)
        if before:
            return Target("gathering", before[-1], "sentence before")
    return Target("gathering", scene.main, "main" if scene.main else "unsaid")
