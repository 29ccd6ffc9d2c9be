"""What is promised, refused or done: the deed, its class, what it is done to; one deed or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crosscheck.language import Token
from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.actors import ALIKE
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import Lexicon
from crosscheck.slots.steps import end_of_phrase, phrase_table

_STEM = 5
_STEM_REST = 5
_CONTENT = frozenset({"NOUN", "PROPN"})
_INTO = frozenset({"dobj", "prep", "pobj", "compound", "poss", "attr", "oprd", "nmod", "nsubjpass"})
_NOTHING = frozenset("nothing anything none something everything".split())
_TIMES = frozenset(
    "day week month year hour minute morning evening night today tomorrow monday tuesday wednesday "
    "thursday friday saturday sunday time moment".split()
)


@dataclass(frozen=True, slots=True)
class DeedClass:
    """A class of deeds as the rules name it; ``opposite`` tells that the words say the contrary.
    ``only`` are the objects that its verbs may have, if given, ``idle`` those that make another
    thing of them ("pay attention")."""

    name: str
    rule: str
    who: str
    bare: bool
    opposite: bool = False
    only: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()

    def fits(self, thing: Token | None) -> bool:
        """Whether the verbs mean this deed with such a direct object, or none."""
        if thing is None:
            return True
        named = thing.pos == "PROPN" or thing.lemma in self.only
        return thing.lemma not in self.idle and (not self.only or named)


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed read from a sentence.

    ``verb`` is its lemma, or that of the noun that names it, empty where only a thing is named;
    ``patient`` is the token of what it is done to, ``words`` the nouns of its object, ``head`` the
    first of them, ``marks`` what says of which sort that is ("fishing treaty"), ``direct`` the
    direct object; ``end`` is the offset behind its last word, ``how`` says by what it is named: a
    verb, a noun, a thing alone or a pronoun.
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


@dataclass(frozen=True, eq=False)
class Deeds:
    """The classes of the rules by verb, phrase and noun."""

    verbs: Mapping[str, DeedClass]
    phrases: Mapping[str, tuple[tuple[str, DeedClass], ...]]
    nouns: Mapping[str, DeedClass]
    objects: Mapping[str, str]
    """The rule that has a noun among those for one thing."""

    def of_verb(self, frame: Frame, verb: Token) -> tuple[DeedClass | None, int]:
        """The class of a verb, and the index of the last word that says so."""
        for rest, kind in self.phrases.get(verb.lemma, ()):
            last = end_of_phrase(frame, verb, rest)
            if last is not None:
                return kind, last
        listed = self.verbs.get(verb.lemma)
        if listed is None:
            return None, verb.i
        thing = _object(frame, verb) or (frame.subject(verb) if listed.idle else None)
        return (listed if listed.fits(thing) else None), verb.i


@cache
def deeds_of(rules: Rulebook) -> Deeds:
    """The classes of deeds, compiled once for each rulebook."""
    verbs: dict[str, DeedClass] = {}
    nouns: dict[str, DeedClass] = {}
    phrases: list[tuple[str, DeedClass]] = []
    for rule in rules.section("deeds"):
        said, contrary = (
            DeedClass(rule.id.split(".", 1)[1], rule.id, rule.string("who", "subject"),
                      bool(rule.data.get("bare", False)), opposite,
                      frozenset(rule.strings("only")), frozenset(rule.strings("idle")))
            for opposite in (False, True)
        )  # fmt: skip
        for word in rule.strings("verbs"):
            verbs.setdefault(word, said)
        nouns.update(dict.fromkeys(rule.strings("nouns"), said))
        phrases += [(phrase, said) for phrase in rule.strings("phrases")]
        for words in rule.strings("opposite"):
            if " " in words:
                phrases.append((words, contrary))
            else:
                verbs.setdefault(words, contrary)
    objects = {w: rule.id for rule in rules.section("deed-objects") for w in rule.strings("words")}
    return Deeds(verbs, phrase_table(phrases), nouns, objects)


def deed_of_verb(frame: Frame, verb: Token, deeds: Deeds) -> Deed:
    kind, last = deeds.of_verb(frame, verb)
    thing = _object(frame, verb)
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
    return Deed(name, kind, patient, words, end, "verb", head, marks, direct)


def _particles(frame: Frame, verb: Token) -> list[str]:
    return [t.lower for t in frame.children.get(verb.i, ()) if t.dep == "prt"]


def deed_of_noun(frame: Frame, noun: Token, deeds: Deeds) -> Deed:
    """ "A sale of the mill": the deed is named, its object follows; else the noun is the object."""
    kind = deeds.nouns.get(noun.lemma)
    below = [w for t in frame.children.get(noun.i, ()) for w in _below(frame, t)]
    of = next((t for t in frame.children.get(noun.i, ()) if t.lower == "of"), None)
    inner = frame.children.get(of.i, ()) if of is not None else ()
    patient = next((t for t in inner if t.dep == "pobj"), None)
    words = below if kind else [noun.lemma, *below]
    end = max(t.end for t in (noun, *(t for t in (patient,) if t is not None)))
    how = "noun" if kind else "thing"
    head, marks = _sort(frame, patient if kind else noun)
    name = noun.lemma if kind else ""
    return Deed(name, kind, patient, tuple(dict.fromkeys(words)), end, how, head, marks)


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
            return next((t for t in frame.children.get(prep.i, ()) if t.dep == "pobj"), None)
    return None


def _sort(frame: Frame, noun: Token | None) -> tuple[str, tuple[str, ...]]:
    """The lemma of a noun and the words before it that say of which sort it is."""
    if noun is None:
        return "", ()
    before = [t for t in frame.children.get(noun.i, ()) if t.i < noun.i]
    return noun.lemma, tuple(t.lemma for t in before if t.dep in {"compound", "amod", "nmod"})


def _object(frame: Frame, verb: Token) -> Token | None:
    own = frame.children.get(verb.i, ())
    return next((t for t in own if t.dep == "dobj" and t.lower not in _NOTHING), None)


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


def _below(frame: Frame, token: Token) -> list[str]:
    """The nouns of a phrase, as lemmas, clauses left out."""
    if token.dep in {"relcl", "acl", "advcl", "ccomp", "appos", "conj"} and token.pos == "VERB":
        return []
    mine = [token.lemma] if token.pos in _CONTENT and _tells(token) else []
    return mine + [w for t in frame.children.get(token.i, ()) for w in _below(frame, t)]


def _tells(token: Token) -> bool:
    return not {token.lower, token.lemma} & (_TIMES | _NOTHING) and len(token.text) > 1


def _end(frame: Frame, verb: Token) -> int:
    """Where the object ends, or the first phrase behind the verb."""
    behind = [t for t in frame.children.get(verb.i, ()) if t.i > verb.i and t.dep in _INTO]
    ends = [t.end for t in behind if t.dep != "prep"]
    for prep in (t for t in behind if t.dep == "prep"):
        ends += [t.end for t in frame.children.get(prep.i, ()) if t.dep == "pobj"]
    return min((e for e in ends if e > verb.end), default=verb.end)


# --- one deed or two ----------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Likeness:
    """Whether two deeds are one, by the relations of their words."""

    words: Lexicon
    deeds: Deeds

    def shared(self, a: Claim, b: Claim) -> tuple[str, ...]:
        """What two deeds have in common that makes them one; empty: they are two."""
        one, other = _listed(a, "object"), _listed(b, "object")
        shared, least = self._count(one, other), min(len(one), len(other))
        if self._sorts_differ(a, b):
            return ()
        if "pronoun" in {a.filled("named"), b.filled("named")}:
            return ("object",) if shared and shared >= min(2, least) else ()
        verbs = a.filled("verb"), b.filled("verb")
        heads = a.filled("head"), b.filled("head")
        about = all(heads) and self.alike(*heads)
        if not any(verbs) and about:
            return ("object",)
        if not all(verbs):
            return ("object",) if shared >= 2 and 2 * shared >= least else ()
        if not self._verbs_alike(a, b):
            return ()
        one_class = self._one_class(a, b)
        if one_class and a.filled("bare"):
            return () if self._things_differ(a, b, shared) else ("deed",)
        if not one and not other:
            return ("deed",) if one_class or verbs[0] == verbs[1] else ()
        closely = one_class or verbs[0] == verbs[1]
        enough = (shared and shared == least) or shared >= 2 or (closely and about)
        return ("deed", "object") if enough else ()

    def one_patient(self, a: Claim, b: Claim) -> bool:
        """Whether two described things, neither of which has a name, can be one."""
        slots = a.slot("patient"), b.slot("patient")
        if any(slot is None or not slot.how.endswith("noun") for slot in slots):
            return False
        (*marks, head), (*marks2, head2) = (slot.value.split() for slot in slots if slot)
        return marks == marks2 and self.alike(head, head2)

    def alike(self, one: str, other: str) -> bool:
        """Whether two nouns can stand for one thing."""
        group = self.deeds.objects.get(one)
        if group is not None and group == self.deeds.objects.get(other):
            return True
        return self.words.nouns_relate(one, other) in ALIKE

    def rules(self, a: Claim, b: Claim) -> frozenset[str]:
        """The rules by which nouns of two objects are alike."""
        groups = [{self.deeds.objects.get(w) for w in _listed(c, "object")} for c in (a, b)]
        return frozenset(rule for rule in groups[0] & groups[1] if rule)

    def _one_class(self, a: Claim, b: Claim) -> bool:
        return bool(a.filled("deed")) and a.filled("deed") == b.filled("deed")

    def _verbs_alike(self, a: Claim, b: Claim) -> bool:
        one, other = a.filled("verb"), b.filled("verb")
        if a.filled("deed") and b.filled("deed"):
            return self._one_class(a, b)
        if one == other or self.words.verbs_relate(one, other):
            return True
        stem = len(one) >= _STEM and other.startswith(one[:_STEM])
        return stem and max(len(one), len(other)) - _STEM <= _STEM_REST

    def _things_differ(self, a: Claim, b: Claim, shared: int) -> bool:
        things = a.filled("direct"), b.filled("direct")
        return all(things) and not self.alike(*things) and not shared

    def _sorts_differ(self, a: Claim, b: Claim) -> bool:
        """Whether one noun is of two sorts: the fishing treaty is not the border treaty."""
        marks = [_listed(c, "marks") for c in (a, b)]
        if a.filled("head") != b.filled("head") or not all(marks):
            return False
        return not any(self.alike(x, y) for x in marks[0] for y in marks[1])

    def _count(self, one: Sequence[str], other: Sequence[str]) -> int:
        """How many nouns of one object have their like in the other."""
        rest = list(other)
        for word in one:
            same = [w for w in rest if w == word] or [w for w in rest if self.alike(word, w)]
            rest = [w for i, w in enumerate(rest) if not same or i != rest.index(same[0])]
        return len(other) - len(rest)


def _listed(claim: Claim, slot: str) -> list[str]:
    return [w for w in claim.filled(slot).split("|") if w]
