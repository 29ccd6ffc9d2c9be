"""Who promises, refuses or does something, and when two of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crosscheck.grammar.spans import name_at, names_between
from crosscheck.grammar.titles import lexicon as titles
from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import Accounts
from crosscheck.slots.actors import ALIKE, same_bearer
from crosscheck.slots.antecedents import subject_meant
from crosscheck.slots.bodies import same_body
from crosscheck.slots.deeds import TIMES
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.world import World

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PERSONAL = frozenset({"he", "she", "him", "her", "himself", "herself"})
_POSSESSIVE = frozenset({"his", "her"})
_GENERIC = frozenset({"one"})
_SPEAKING = frozenset({"i", "we"})
_SPOKEN_OF = frozenset({"it", "they"})
_ACTING = frozenset({"person", "organisation", "group", "country", "place", "building"})
_NUMBERED = re.compile(r" \(\d+\)$")
OF = " of "


@cache
def _nouns(rules: Rulebook, role: str) -> dict[str, str]:
    found = (rule for rule in rules.section("parties") if rule.string("role") == role)
    return {word: rule.id for rule in found for word in rule.strings("words")}


@dataclass(frozen=True, eq=False)
class Parties:
    """Reads the parties of one article; ``organisations`` are the names of some."""

    world: World
    organisations: frozenset[str] = frozenset()

    def of(self, frame: Frame, token: Token | None, verb: Token | None = None) -> Slot | None:
        """The party that a subject or object names; ``verb`` is the verb it belongs to."""
        if token is None:
            return None
        if token.lower in _RELATIVE and verb is not None:
            return self.of(frame, self._antecedent(frame, verb, token.lower))
        if token.pos == "PRON" or token.tag == "PRP" or token.lower in _PERSONAL | _GENERIC:
            return self._by_pronoun(frame, token, verb)
        name = self._name(frame, token)
        if name:
            return Slot(name, "name")
        counted = next((t for t in frame.children.get(token.i, ()) if t.dep == "nummod"), None)
        if counted is not None:
            return Slot(f"{counted.lower} {token.lemma}", "group")
        if token.pos not in {"NOUN", "PROPN"}:
            return None
        rule = _nouns(self.world.rules, "deputy").get(token.lemma, "")
        owner = self._owner(frame, token) or (self._country(frame, token) if rule else "")
        if owner:
            if rule:
                return Slot(owner, "name", rule)
            return Slot(f"{token.lemma}{OF}{owner}", "owned")
        if token.pos == "PROPN":
            return Slot(_full(frame, token), "name")
        return self._named_before(frame, token) or self._described(frame, token)

    def acts(self, noun: str) -> bool:
        """Whether a noun is one for those who can want something."""
        if self.world.lexicon.noun_class(noun) in _ACTING:
            return True
        return any(noun in _nouns(self.world.rules, role) for role in ("anaphoric", "house"))

    def members(self, frame: Frame, before: int) -> Iterator[tuple[int, Slot]]:
        """The names of those who are singled out of a number: "eleven states, among them Norrland
        and Torvelana", with their offsets; named behind the offset ``before``."""
        for token in frame.tokens:
            if token.start < before or not self._singles_out(frame, token):
                continue
            end = frame.tokens[token.i + (token.lower == "among")].end
            for start, stop, name in names_between(self.world.names, end, frame.sentence.end):
                if frame.text(end, start).strip(" ,") not in {"", "and", "the", "and the"}:
                    return
                yield start, Slot(_NUMBERED.sub("", name), "name")
                end = stop

    def _singles_out(self, frame: Frame, token: Token) -> bool:
        following = frame.tokens[token.i + 1 : token.i + 2]
        them = any(t.lower == "them" for t in following)
        return token.lower == "including" or (token.lower == "among" and them)

    def _named_before(self, frame: Frame, token: Token) -> Slot | None:
        """ "The company": the organisation named last."""
        rule = _nouns(self.world.rules, "anaphoric").get(token.lemma)
        before = [t for t in frame.children.get(token.i, ()) if t.i < token.i]
        if rule is None or token.tag != "NN" or [t.lower for t in before] != ["the"]:
            return None
        for start, _, name in reversed(names_between(self.world.names, 0, token.start)):
            if start < token.start and name in self.organisations:
                return Slot(_NUMBERED.sub("", name), "name", rule)
        return None

    def _by_pronoun(self, frame: Frame, token: Token, verb: Token | None) -> Slot | None:
        """Whom a pronoun stands for: he and she for the person named last, the others for who says
        so, "one" for whose word stands before the colon."""
        if token.lower in _PERSONAL:
            person = self._person_before(frame, token)
            return Slot(person, "name") if person else None
        if token.lower in _GENERIC:
            return self._before_colon(frame, token)
        if token.lower not in _SPEAKING | _SPOKEN_OF:
            return None
        said = frame.tokens[verb.head] if verb is not None and verb.dep == "ccomp" else None
        speaker = frame.subject(said) if said is not None else None
        if speaker is None and token.lower in _SPEAKING:
            speaker = self._speaker(frame)
        noun = speaker is not None and speaker.pos in {"NOUN", "PROPN"}
        if speaker is not None and (noun or speaker.lower in _PERSONAL):
            return self._behind(frame, speaker) if token.lower == "it" else self.of(frame, speaker)
        if token.lower not in _SPOKEN_OF or token.dep == "expl" or said is not None:
            return None
        meant = subject_meant(frame, token, self.world.sentences, self.world.lexicon)
        found = self.of(*meant) if meant is not None else None
        return None if found is not None and found.value in self.world.people else found

    def _behind(self, frame: Frame, speaker: Token) -> Slot | None:
        """Whom "it" means if a person speaks: "the union's leader said it would strike"."""
        if self.world.lexicon.noun_class(speaker.lemma) == "person":
            own = frame.children.get(speaker.i, ())
            owner = next((t for t in own if t.dep == "poss" and t.pos in {"NOUN", "PROPN"}), None)
            if owner is not None:
                return self.of(frame, owner)
        return self.of(frame, speaker)

    def _speaker(self, frame: Frame) -> Token | None:
        """Whose words a sentence quotes, where it says so."""
        for token in frame.tokens:
            if token.pos == "VERB" and token.lemma in self.world.lexicon.speech:
                subject = frame.subject(token)
                if subject is not None and subject.lower not in _SPEAKING | _SPOKEN_OF:
                    return subject
        return None

    def _before_colon(self, frame: Frame, token: Token) -> Slot | None:
        colon = next((t for t in frame.tokens[: token.i] if t.text == ":"), None)
        if colon is None:
            return None
        bodies = {"organisation", "group", "person"}
        for noun in frame.tokens[: colon.i]:
            named = noun.pos in {"NOUN", "PROPN"}
            if named and self.world.lexicon.noun_class(noun.lemma) in bodies:
                found = self.of(frame, noun)
                if found is not None and found.how in {"owned", "name"}:
                    return found
        return None

    def _antecedent(self, frame: Frame, verb: Token, pronoun: str) -> Token | None:
        """What a relative pronoun stands for; "who" in "Bolt, head of the council, who" for
        Bolt."""
        noun = _antecedent(frame, verb)
        if noun is None or pronoun != "who" or noun.pos == "PROPN":
            return noun
        if self.world.lexicon.noun_class(noun.lemma) in {"person", "group"}:
            return noun
        for above in frame.ancestors(noun):
            if name_at(self.world.names, above.start) in self.world.people:
                return above
            if above.pos in {"VERB", "AUX"}:
                break
        return noun

    def _person_before(self, frame: Frame, token: Token) -> str:
        """Who is named last before a pronoun, subjects of the sentence first."""
        for subject in frame.tokens[: token.i]:
            if subject.dep in {"nsubj", "nsubjpass"} and subject.i < token.i:
                name = self._name(frame, subject)
                if name in self.world.people:
                    return name
        return self._last_person(frame, token.start)

    def _last_person(self, frame: Frame, before: int) -> str:
        """Who is named last before an offset; what stands behind "the" is no person."""
        for start, end, name in reversed(names_between(self.world.names, 0, before)):
            lead = frame.text(max(frame.sentence.start, start - 4), start) if start > 4 else ""
            here = start >= frame.sentence.start
            behind_the = here and lead.strip().lower() == "the"
            if end <= before and name in self.world.people and not behind_the:
                return name
        return ""

    def _name(self, frame: Frame, token: Token) -> str:
        """The bearer of the name at a token, or in apposition to it ("the mayor, Anna Bolt")."""
        own = self._bearer(token)
        if own:
            return own
        for child in frame.children.get(token.i, ()):
            if child.dep in {"appos", "compound", "nmod"}:
                name = self._bearer(child)
                behind = child.dep == "appos" and child.i > token.i
                if name in self.world.people or (name and behind):
                    return name
        return self._name_at_end(frame, token)

    def _bearer(self, token: Token) -> str:
        """The bearer of a name; what tells apart two things of one name, unlike two people, may be
        no more than that one account says less of it."""
        name = name_at(self.world.names, token.start)
        bare = _NUMBERED.sub("", name)
        return name if name in self.world.people and " " in bare else bare

    def _name_at_end(self, frame: Frame, token: Token) -> str:
        """ "The head of the Northern Bloc Habib Orr": a person's name that ends the phrase of a
        noun for persons, behind no preposition."""
        if token.pos != "NOUN" or self.world.lexicon.noun_class(token.lemma) != "person":
            return ""
        phrase = frame.subtree(token)
        for start, _, name in names_between(self.world.names, token.end, phrase[-1].end):
            first = next((t for t in phrase if t.start >= start), None)
            before = frame.tokens[first.i - 1] if first is not None and first.i else None
            if name in self.world.people and before is not None:
                apposed = before.text == "," and first is not None and _heads_to(frame, first)
                close = apposed or before.pos in {"NOUN", "PROPN"} or before.text in {'"', "”", "»"}
                if close or before.i == token.i:
                    return name
        return ""

    def _owner(self, frame: Frame, token: Token) -> str:
        for child in frame.children.get(token.i, ()):
            if child.dep == "poss" and child.lemma not in TIMES:
                if child.lower in _POSSESSIVE:
                    return self._person_before(frame, child)
                return self._bearer(child) or _proper(frame, child)
            deputy = token.lemma in _nouns(self.world.rules, "deputy")
            if child.dep == "prep" and (child.lower == "of" or (deputy and child.lower == "for")):
                inner = frame.children.get(child.i, ())
                held = next((t for t in inner if t.dep == "pobj"), None)
                if held is not None:
                    return self._name(frame, held) or _proper(frame, held)
        return ""

    def _country(self, frame: Frame, token: Token) -> str:
        """ "The French government": France."""
        countries = titles(self.world.rules).countries
        marks = (t for t in frame.children.get(token.i, ()) if t.dep in {"amod", "compound"})
        return next((c.title() for t in marks if (c := countries.get((t.lower,), ""))), "")

    def _described(self, frame: Frame, token: Token) -> Slot:
        children = frame.children.get(token.i, ())
        marks = [t for t in children if _tells_which(t) and t.i < token.i]
        owners = [frame.children.get(m.i, ()) for m in marks if m.dep == "poss"]
        marks += [t for own in owners for t in own if _tells_which(t)]
        words = [*(t.lemma for t in sorted(marks, key=lambda t: t.i)), token.lemma]
        definite = any(t.lower in {"the", "this", "its", "their"} for t in children)
        plural = token.tag in {"NNS", "NNPS"}
        how = f"{'definite ' if definite else ''}{'plural ' if plural else ''}noun"
        return Slot(" ".join(words), how, _nouns(self.world.rules, "house").get(token.lemma, ""))


def _tells_which(token: Token) -> bool:
    """A word before a noun that tells which: "the cabin crew's union"."""
    owner = token.dep == "poss" and token.pos == "NOUN" and token.lemma not in TIMES
    return owner or token.dep in {"amod", "compound"}


def same_party(one: Slot | None, other: Slot | None, around: Accounts) -> bool | None:
    """Whether two slots name one party; None where that is not known."""
    if one is None or other is None:
        return None
    hows = {one.how, other.how}
    if "group" in hows:
        return one.value == other.value if hows == {"group"} else None
    if "owned" in hows:
        return _same_owned(one, other, around) if hows == {"owned"} else None
    if hows == {"name"} and same_body(one.value, other.value, around):
        return True
    if "name" in hows:
        return same_bearer(_bare(one), _bare(other), around)
    return _same_described(one, other, around)


def _bare(slot: Slot) -> Slot:
    return slot if slot.how == "name" else Slot(slot.value.rsplit(" ", 1)[-1], slot.how)


def _same_owned(one: Slot, other: Slot, around: Accounts) -> bool:
    (noun, _, owner), (noun2, _, owner2) = (s.value.partition(OF) for s in (one, other))
    alike = lexicon(around.rules).nouns_relate(noun, noun2) in ALIKE
    return alike and bool(same_bearer(Slot(owner, "name"), Slot(owner2, "name"), around))


def _same_described(one: Slot, other: Slot, around: Accounts) -> bool | None:
    """Both described by nouns alone: one noun, and no word that tells them apart."""
    *marks, head = one.value.split()
    *marks2, head2 = other.value.split()
    if lexicon(around.rules).nouns_relate(head, head2) not in {"same", "synonym"}:
        return None if _may_be_one_body((marks, head), (marks2, head2), around) else False
    definite = all(slot.how.startswith("definite") for slot in (one, other))
    if set(marks) != set(marks2):
        body = lexicon(around.rules).noun_class(head) in {"organisation", "group"}
        return False if marks and marks2 else (True if body and definite else None)
    return True if (definite and one.how == other.how) or marks else None


def _may_be_one_body(
    one: tuple[list[str], str], other: tuple[list[str], str], around: Accounts
) -> bool:
    """ "The pilots" and "the pilots' union", "the government" and "the ministry"."""
    if one[1] in other[0] or other[1] in one[0]:
        return True
    deputies = _nouns(around.rules, "deputy")
    words, offices = lexicon(around.rules), titles(around.rules).titles
    heads = {one[1], other[1]}
    acting = all(
        words.noun_class(head) in {"organisation", "group"} or (head,) in offices for head in heads
    )
    return bool(heads & deputies.keys()) and acting


def _heads_to(frame: Frame, first: Token) -> bool:
    """Whether a name that begins here stands in apposition."""
    return first.dep == "appos" or frame.tokens[first.head].dep == "appos"


def _antecedent(frame: Frame, verb: Token) -> Token | None:
    for _ in range(4):
        if verb.dep == "relcl":
            return frame.tokens[verb.head]
        if verb.dep not in {"conj", "xcomp"}:
            return None
        verb = frame.tokens[verb.head]
    return None


def _proper(frame: Frame, token: Token) -> str:
    return _full(frame, token) if token.pos == "PROPN" else ""


def _full(frame: Frame, token: Token) -> str:
    parts = [t for t in frame.children.get(token.i, ()) if t.dep == "compound" and t.pos == "PROPN"]
    return " ".join(t.text for t in sorted([*parts, token], key=lambda t: t.i))
