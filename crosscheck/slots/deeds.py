"""What is promised, refused or done: the deed, its class, what it is done to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from crosscheck.language import Token, lemma
from crosscheck.rulebook import Rulebook
from crosscheck.slots.frames import Frame
from crosscheck.slots.steps import end_of_phrase, phrase_table
from crosscheck.values.moments import MONTHS, WEEKDAYS

_CONTENT = frozenset({"NOUN", "PROPN"})
_CALENDAR = frozenset(word.lower() for word in (*WEEKDAYS, *MONTHS))
_INTO = frozenset({"dobj", "prep", "pobj", "compound", "poss", "attr", "oprd", "nmod", "nsubjpass"})
_NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass"})
_STANDING_FOR = {"it": frozenset({"NN", "NNP"}), "them": frozenset({"NNS", "NNPS"})}
_TALKING = frozenset({"talk", "speak"})
_PHASES = frozenset("continue stop halt cease resume restart suspend proceed".split())
_NOTHING = frozenset("nothing anything none something everything".split())
TIMES = frozenset(
    "day week month year hour minute morning evening night today tomorrow monday tuesday wednesday "
    "thursday friday saturday sunday time moment".split()
)


@dataclass(frozen=True, slots=True)
class DeedClass:
    """A class of deeds as the rules name it; ``opposite`` tells that the words say the contrary.
    ``only`` are the objects that its verbs may have, if given, ``idle`` those that make another
    thing of them ("pay attention"); a ``narrow`` one needs its object, for its verbs mean another
    deed without; what ``each`` of several may do is one only if the same one does it."""

    name: str
    rule: str
    who: str
    bare: bool
    opposite: bool = False
    only: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    narrow: bool = False
    each: bool = False

    def fits(self, thing: Token | None) -> bool:
        """Whether the verbs mean this deed with such a direct object, or none."""
        if thing is None:
            return True
        named = (thing.pos == "PROPN" and not self.narrow) or thing.lemma in self.only
        return thing.lemma not in self.idle and (not self.only or named)


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed read from a sentence.

    ``verb`` is its lemma, or that of the noun that names it, empty where only a thing is named;
    ``patient`` is the token of what it is done to, ``words`` the nouns of its object, ``head`` the
    first of them, ``marks`` what says of which sort that is ("fishing treaty"), ``direct`` the
    direct object, ``goal`` to whom or where it goes, ``names`` those in the object;
    ``end`` is the offset behind its last word, ``how`` says by what it is named: a verb, a noun, a
    thing alone or a pronoun.
    """

    verb: str
    kind: DeedClass | None
    patient: Token | None
    words: tuple[str, ...]
    end: int
    how: str
    head: str = ""
    marks: tuple[str, ...] = ()
    direct: str = ""
    goal: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Deeds:
    """The classes of the rules by verb, phrase and noun."""

    verbs: Mapping[str, tuple[DeedClass, ...]]
    phrases: Mapping[str, tuple[tuple[str, DeedClass], ...]]
    nouns: Mapping[str, DeedClass]
    objects: Mapping[str, str]
    """The rule that has a noun among those for one thing."""
    others: Mapping[str, str]
    """The rule that has a word among those that make a thing another one."""
    light: Mapping[str, str]
    """The rule that has a verb among those that say no more than that the thing comes about."""
    receiving: frozenset[str]
    """Those of them whose subject is given the thing."""

    def of_verb(self, frame: Frame, verb: Token) -> tuple[DeedClass | None, int]:
        """The class of a verb, and the index of the last word that says so."""
        for rest, kind in self.phrases.get(verb.lemma, ()):
            last = end_of_phrase(frame, verb, rest)
            if last is not None and not _is_adverbial(frame, verb, rest, last):
                return kind, last
        if verb.lemma in _PHASES and any(
            t.dep == "xcomp" and t.pos == "VERB" for t in frame.children.get(verb.i, ())
        ):
            return None, verb.i  # "continued to pay" is paying
        own = _object(frame, verb)
        if own is None and is_passive(frame, verb):
            own = frame.subject(verb)
        for listed in self.verbs.get(verb.lemma, ()):
            thing = own or (frame.subject(verb) if listed.idle else None)
            if listed.fits(thing) and not (thing is None and listed.narrow):
                return listed, verb.i
        return None, verb.i


@cache
def deeds_of(rules: Rulebook) -> Deeds:
    """The classes of deeds, compiled once for each rulebook."""
    verbs: dict[str, tuple[DeedClass, ...]] = {}
    nouns: dict[str, DeedClass] = {}
    phrases: list[tuple[str, DeedClass]] = []
    for rule in rules.section("deeds"):
        name = rule.string("as", rule.id.split(".", 1)[1])
        said, contrary = (
            DeedClass(name, rule.id, rule.string("who", "subject"),
                      bool(rule.data.get("bare", False)), opposite,
                      frozenset(rule.strings("only")), frozenset(rule.strings("idle")),
                      "as" in rule.data, bool(rule.data.get("each", False)))
            for opposite in (False, True)
        )  # fmt: skip
        for word in rule.strings("verbs"):
            verbs[word] = (*verbs.get(word, ()), said)
        nouns.update(dict.fromkeys(rule.strings("nouns"), said))
        nouns.update(dict.fromkeys(rule.strings("opposite_nouns"), contrary))
        phrases += [(phrase, said) for phrase in rule.strings("phrases")]
        for words in rule.strings("opposite"):
            if " " in words:
                phrases.append((words, contrary))
            else:
                verbs[words] = (*verbs.get(words, ()), contrary)
    objects = {w: rule.id for rule in rules.section("deed-objects") for w in rule.strings("words")}
    others = {w: rule.id for rule in rules.section("deed-others") for w in rule.strings("words")}
    light = {w: rule.id for rule in rules.section("deed-light") for w in rule.strings("verbs")}
    receiving = frozenset(
        w for rule in rules.section("deed-light") if rule.data.get("received")
        for w in rule.strings("verbs")
    )  # fmt: skip
    for word, kinds in verbs.items():
        verbs[word] = tuple(sorted(kinds, key=lambda kind: not kind.narrow))
    return Deeds(verbs, phrase_table(phrases), nouns, objects, others, light, receiving)


def deed_of_verb(frame: Frame, verb: Token, deeds: Deeds) -> Deed:
    kind, last = deeds.of_verb(frame, verb)
    thing = _object_of_phrase(frame, verb, last) or _object(frame, verb)
    if thing is not None and thing.lower in _STANDING_FOR:
        return _of_pronoun_object(frame, verb, thing, kind)
    suffers = thing is None or thing.i == last
    patient = frame.subject(verb) if suffers or is_passive(frame, verb) else thing
    words = _words(frame, verb, last)
    if is_passive(frame, verb) or (suffers and kind is not None and kind.who == "patient"):
        words = (*(_below(frame, patient) if patient is not None else ()), *words)
    end = max(frame.tokens[last].end, _end(frame, verb))
    core = thing if thing is not None and not suffers else _core(frame, verb, patient, kind)
    head, marks = _sort(frame, core)
    name = " ".join((verb.lemma, *_particles(frame, verb)))
    direct = thing.lemma if thing is not None and thing.i != last else ""
    words = tuple(dict.fromkeys(words))
    goal, names = _goal(frame, verb, thing), _names(frame, verb, last)
    return Deed(name, kind, patient, words, end, "verb", head, marks, direct, goal, names)


def _goal(frame: Frame, verb: Token, thing: Token | None) -> str:
    """ "Sent tents to Korvel", "paid the fishermen damages"."""
    heads = [verb] if thing is None else [verb, thing]
    own = [t for head in heads for t in frame.children.get(head.i, ())]
    for child in own:
        if child.dep == "dative" and child.pos in _CONTENT:
            return child.lemma
        if child.dep in {"prep", "dative"} and child.lower == "to":
            for inner in frame.children.get(child.i, ()):
                if inner.dep == "pobj" and inner.pos in _CONTENT and _tells(inner):
                    return inner.lemma
    return ""


def given_to(deed: Deed, receiver: Token) -> Deed:
    """The deed with whoever is given the thing: another one, if it is somebody else of name."""
    words = tuple(dict.fromkeys((*deed.words, receiver.lemma)))
    named = {receiver.lower} if receiver.pos == "PROPN" else set[str]()
    return replace(deed, words=words, names=tuple(sorted({*deed.names, *named})))


def _of_pronoun_object(frame: Frame, verb: Token, pronoun: Token, kind: DeedClass | None) -> Deed:
    """ "The owner of the mill would not sell it": the thing named last that it may stand for."""
    subject = frame.subject(verb)
    thing = meant(frame, pronoun, subject)
    name = " ".join((verb.lemma, *_particles(frame, verb)))
    end = max(pronoun.end, _end(frame, verb))
    if thing is None:
        return Deed(name, kind, subject, (), end, "verb", direct=pronoun.lemma)
    head, marks = _sort(frame, thing)
    words = tuple(dict.fromkeys(_below(frame, thing)))
    goal = _goal(frame, verb, None)
    return Deed(name, kind, thing, words, end, "verb", head, marks, head, goal)


def meant(frame: Frame, pronoun: Token, but: Token | None = None) -> Token | None:
    """The thing that "it", or the things that "them", stands for: named last in the sentence."""
    number = _STANDING_FOR[pronoun.lower]
    for token in reversed(frame.tokens[: pronoun.i]):
        thing = token.tag in number and token.dep not in {"compound", "poss", "nmod"}
        if thing and _tells(token) and (but is None or token.i != but.i):
            return token
    return None


def _particles(frame: Frame, verb: Token) -> list[str]:
    return [t.lower for t in frame.children.get(verb.i, ()) if t.dep == "prt"]


def deed_of_noun(frame: Frame, noun: Token, deeds: Deeds) -> Deed:
    """ "A sale of the mill": the deed is named, its object follows; else the noun is the object."""
    kind, name = _named_deed(frame, noun, deeds)
    below = [w for t in frame.children.get(noun.i, ()) for w in _below(frame, t)]
    of = next((t for t in frame.children.get(noun.i, ()) if t.lower == "of"), None)
    inner = frame.children.get(of.i, ()) if of is not None else ()
    patient = next((t for t in inner if t.dep == "pobj"), None)
    words = below if name else [noun.lemma, *below]
    end = max(t.end for t in (noun, *(t for t in (patient,) if t is not None)))
    head, marks = _sort(frame, patient if name else noun)
    how = "noun" if name else "thing"
    return Deed(name, kind, patient, tuple(dict.fromkeys(words)), end, how, head, marks)


def _named_deed(frame: Frame, noun: Token, deeds: Deeds) -> tuple[DeedClass | None, str]:
    """The class of a noun for a deed, and its name; "no revoking of the permit" names one, too."""
    kind = deeds.nouns.get(noun.lemma)
    if kind is not None:
        return kind, noun.lemma
    verb = lemma(noun.lower, "VBG") if noun.lower.endswith("ing") else ""
    of = any(t.lower == "of" for t in frame.children.get(noun.i, ()))
    if not verb or verb == noun.lower or not of:
        return None, ""
    return next((k for k in deeds.verbs.get(verb, ()) if not k.narrow), None), verb


def deed_of_pronoun(pronoun: Token, before: Frame | None) -> Deed | None:
    """ "She would not rule it out": what the sentence before speaks of."""
    if before is None:
        return None
    words = [t.lemma for t in before.tokens if t.pos == "NOUN" and _tells(t)]
    return Deed("", None, None, tuple(dict.fromkeys(words)), pronoun.end, "pronoun")


def _core(frame: Frame, verb: Token, patient: Token | None, kind: DeedClass | None) -> Token | None:
    """What the deed is about: what suffers it, else the noun behind the first preposition."""
    if is_passive(frame, verb) or (kind is not None and kind.who == "patient"):
        return patient
    for prep in frame.children.get(verb.i, ()):
        if prep.dep == "prep" and prep.i > verb.i:
            inner = frame.children.get(prep.i, ())
            return next((t for t in inner if t.dep == "pobj" and _tells(t)), None)
    return None


def _sort(frame: Frame, noun: Token | None) -> tuple[str, tuple[str, ...]]:
    """The lemma of a noun and the words before it that say of which sort it is."""
    if noun is None:
        return "", ()
    before = [t for t in frame.children.get(noun.i, ()) if t.i < noun.i]
    return noun.lemma, tuple(t.lemma for t in before if t.dep in {"compound", "amod", "nmod"})


def _object_of_phrase(frame: Frame, verb: Token, last: int) -> Token | None:
    """The object of the preposition that ends a phrase: "stick to the plan"."""
    if last == verb.i or frame.tokens[last].dep != "prep":
        return None
    inner = frame.children.get(last, ())
    return next((t for t in inner if t.dep == "pobj" and t.pos in _CONTENT and _tells(t)), None)


def _is_adverbial(frame: Frame, verb: Token, rest: str, last: int) -> bool:
    """Whether "on" is no particle: "went on Tuesday", "went aboard on a rope"."""
    if rest != "on" or verb.lemma in _TALKING or frame.tokens[last].dep != "prep":
        return False
    return any(t.dep == "pobj" for t in frame.children.get(last, ()))


def _object(frame: Frame, verb: Token) -> Token | None:
    own = frame.children.get(verb.i, ())
    thing = next((t for t in own if t.dep == "dobj" and t.lower not in _NOTHING), None)
    if thing is None:  # "make the letter public": a small clause
        small = next((t for t in own if t.dep == "ccomp" and t.pos == "ADJ"), None)
        inner = frame.children.get(small.i, ()) if small is not None else ()
        thing = next((t for t in inner if t.dep == "nsubj" and t.i > verb.i), None)
    return thing


def is_passive(frame: Frame, verb: Token) -> bool:
    children = frame.children.get(verb.i, ())
    return any(t.dep in {"auxpass", "nsubjpass"} for t in children)


def _words(frame: Frame, verb: Token, last: int) -> tuple[str, ...]:
    """The nouns of the object and of what hangs on the verb behind its phrase."""
    found: list[str] = []
    agent = "by" if is_passive(frame, verb) else ""
    for child in frame.children.get(verb.i, ()):
        if child.i > verb.i and child.dep in _INTO | {"acomp", "xcomp"} and child.lower != agent:
            found += _below(frame, child) if child.i > last or child.dep == "prep" else ()
            if child.i <= last and child.dep == "dobj":
                found += [w for t in frame.children.get(child.i, ()) for w in _below(frame, t)]
    return tuple(found)


def _names(frame: Frame, verb: Token, last: int) -> tuple[str, ...]:
    """The names behind a verb, calendar and agents left out."""
    own = [t for t in frame.children.get(verb.i, ()) if t.i > verb.i and t.dep in _INTO]
    agent = "by" if is_passive(frame, verb) else ""
    below = [t for child in own if child.lower != agent for t in frame.subtree(child)]
    named = (t.lower for t in below if t.pos == "PROPN" and t.i > last and t.tag != "NNS")
    return tuple(sorted(set(named) - _CALENDAR - TIMES))


def _below(frame: Frame, token: Token) -> list[str]:
    """The nouns of a phrase, as lemmas, clauses left out."""
    if token.dep in {"relcl", "acl", "advcl", "ccomp", "appos", "conj"} and token.pos == "VERB":
        return []
    noun = token.pos in _CONTENT or (token.pos == "ADJ" and token.dep in _NOMINAL)  # "the final"
    mine = [token.lemma] if noun and _tells(token) else []
    return mine + [w for t in frame.children.get(token.i, ()) for w in _below(frame, t)]


def _tells(token: Token) -> bool:
    return not {token.lower, token.lemma} & (TIMES | _NOTHING) and len(token.text) > 1


def _end(frame: Frame, verb: Token) -> int:
    """Where the object ends, or the first phrase behind the verb."""
    behind = [t for t in frame.children.get(verb.i, ()) if t.i > verb.i and t.dep in _INTO]
    ends = [t.end for t in behind if t.dep != "prep"]
    for prep in (t for t in behind if t.dep == "prep"):
        ends += [t.end for t in frame.children.get(prep.i, ()) if t.dep == "pobj"]
    return min((e for e in ends if e > verb.end), default=verb.end)
