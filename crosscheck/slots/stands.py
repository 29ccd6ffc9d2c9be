"""Reads how far somebody has gone towards a deed from a parsed sentence.

Four shapes: a word of the scale with the deed as its complement ("refused to sign", "ready for a
sale", "gave no sign of stepping down") or as its subject ("a sale was ruled out"), an auxiliary
("will not sign"), and the plain fact ("signed", "has not signed"), the last only of deeds that the
rules list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crosscheck.language import Token
from crosscheck.model import Slot
from crosscheck.slots.complements import (
    CLAUSES,
    agent,
    asks_whether,
    auxiliaries,
    deed_token,
    depends,
    giver,
    has_no,
    is_denied,
    is_finite,
    is_hypothetical,
    is_ongoing,
    is_yet_to_come,
    teller,
)
from crosscheck.slots.deeds import (
    Deed,
    Deeds,
    deed_of_noun,
    deed_of_pronoun,
    deed_of_verb,
    deeds_of,
    given_to,
    is_passive,
)
from crosscheck.slots.frames import Frame
from crosscheck.slots.parties import Parties
from crosscheck.slots.steps import (
    DENIED,
    DONE,
    INTENDED,
    Step,
    Steps,
    end_of_phrase,
    steps_of,
)
from crosscheck.slots.world import World
from crosscheck.values.commitment import CONSIDERED, READY, REFUSED, SILENT, contrary, span

_WILL = frozenset({"will", "wo", "'ll", "’ll", "shall", "sha"})
_WOULD = frozenset({"would"})
_HOLDING = frozenset(
    "have give make show express declare announce confirm reiterate repeat renew take "
    "assume accept undertake".split()
)
_AHEAD = frozenset({"be", "go", "set", "due"})
_STATES = frozenset(
    "be have know see hear find lack need wear say tell comment want mean seem".split()
)
_NUMBERS = frozenset({"group", "plural noun", "definite plural noun"})
_PRONOUNS = frozenset({"it", "this", "that", "so"})


@dataclass(frozen=True, slots=True)
class StandRead:
    """What a sentence says of how far a deed has gone: the steps left open, what that is called,
    who acts, what is acted upon, the tokens of the word of the scale and of the deed, the rules,
    and the steps of the verb itself (``own``) where it says the contrary of the deed."""

    steps: frozenset[int]
    label: str
    deed: Deed
    actor: Slot | None
    patient: Slot | None
    word: Token
    verb: Token
    start: int
    rules: tuple[str, ...]
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads the stands of one article's sentences. Of deeds that no rule lists, facts are read
    only if their verbs are among the ``contested``: what nobody doubts is no claim of this kind."""

    world: World
    steps: Steps
    deeds: Deeds
    parties: Parties
    contested: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    """Nouns for what another account denies: "gave no consent"."""

    @classmethod
    def of(cls, world: World, organisations: frozenset[str]) -> Reader:
        parties = Parties(world, organisations)
        return cls(world, steps_of(world.rules), deeds_of(world.rules), parties)

    def doubting(self, verbs: frozenset[str], things: frozenset[str]) -> Reader:
        return replace(self, contested=verbs, things=things)

    def read(self, frame: Frame, before: Frame | None) -> Iterator[StandRead]:
        taken: set[int] = set()
        for token in frame.tokens:
            found = self._of_word(frame, token, before) or self._of_subject(frame, token)
            if found is None and token.i not in taken:
                found = self._of_fact(frame, token)
            if found is not None:
                taken.add(found.verb.i)
            if found is not None and (found.actor or found.patient):
                yield found
                yield from self._of_members(frame, found)

    def _of_members(self, frame: Frame, read: StandRead) -> Iterator[StandRead]:
        """The same of those whom the sentence singles out of the number that acts."""
        many = read.actor is not None and read.actor.how in _NUMBERS
        if many and read.verb.pos in {"VERB", "AUX"}:
            for start, member in self.parties.members(frame, frame.sentence.start):
                yield replace(read, actor=member, start=min(start, read.start))

    # --- a word of the scale with its deed ------------------------------------------------------

    def _of_word(self, frame: Frame, token: Token, before: Frame | None) -> StandRead | None:
        found = self._word(frame, token)
        if found is None:
            return None
        step, last, verb = found
        target = deed_token(frame, token, last, step.objects)
        if target is None or is_hypothetical(frame, verb):
            return None
        deed = self._deed(frame, target, before)
        if deed is None or self._is_word(frame, target):
            return None
        read = self._steps(frame, step, token, verb, target)
        if read is None:
            return None
        steps, label, rules = read
        actor = self.parties.of(frame, self._subject(frame, token, verb), verb)
        inner = target if target.pos in {"VERB", "AUX"} else None
        doer = frame.subject(inner) if inner is not None and inner.dep == "ccomp" else None
        given = doer is not None and self._is_received(deed)
        if doer is not None and given:
            deed = given_to(deed, doer)
        elif doer is not None and inner is not None and not is_passive(frame, inner):
            named = self.parties.of(frame, doer, inner)
            actor = named if named is not None and deed.kind is None else named or actor
        patient = self.parties.of(frame, deed.patient, inner) if deed.patient else None
        start = min(token.start, self._start(frame, verb))
        return self._turned(
            StandRead(steps, label, deed, actor, patient, token, target, start, rules),
            is_denied(frame, target) if inner is not None else False,
        )

    # --- a deed that is a subject ---------------------------------------------------------------

    def _of_subject(self, frame: Frame, token: Token) -> StandRead | None:
        """ "A sale of the mill was ruled out", "is off the table", "there will be no sale"."""
        if token.pos not in {"VERB", "AUX"} or is_hypothetical(frame, token):
            return None
        found = self._predicate_of_deed(frame, token)
        if found is None:
            return None
        target, steps, label, rule, last = found
        person = self.world.lexicon.noun_class(target.lemma) == "person"
        if target.pos != "NOUN" or person or target.lemma in self.steps.nouns:
            return None
        deed = deed_of_noun(frame, target, self.deeds)
        owner = next((t for t in frame.children.get(target.i, ()) if t.dep == "poss"), None)
        doer = agent(frame, token)
        by_subject = deed.kind is not None and deed.kind.who == "subject"
        doer = doer or (owner if by_subject else None)
        thing = deed.patient or (target if deed.kind is None else None if by_subject else owner)
        actor, patient = (self.parties.of(frame, t) if t else None for t in (doer, thing))
        deed = replace(deed, end=max(frame.tokens[last].end, target.end))
        start = min(target.start, self._start(frame, token))
        read = StandRead(steps, label, deed, actor, patient, token, target, start, (rule,))
        return self._turned(read, False)

    def _predicate_of_deed(
        self, frame: Frame, verb: Token
    ) -> tuple[Token, frozenset[int], str, str, int] | None:
        """The deed, the steps left open, what that is called, the rule, and the last word."""
        subject = next(
            (t for t in frame.children.get(verb.i, ()) if t.dep in {"nsubj", "nsubjpass"}), None
        )
        if verb.lemma == "be" and subject is None:
            return self._there_is(frame, verb)
        if subject is None:
            return None
        passive = subject.dep == "nsubjpass" and verb.tag == "VBN"
        found = self.steps.of_verb(frame, verb) if passive else None
        if found is not None and not found[0].objects:
            return None
        for rest, step in self.steps.of_subject.get(verb.lemma, ()) if found is None else ():
            last = end_of_phrase(frame, verb, rest)
            if last is not None and found is None:
                found = step, last
        if found is None:
            return None
        step, last = found
        denied = is_denied(frame, verb)
        return subject, step.steps(denied), step.called(denied), step.rule, last

    def _there_is(
        self, frame: Frame, verb: Token
    ) -> tuple[Token, frozenset[int], str, str, int] | None:
        """ "There will be a vote"; "there was no vote", but not "there was no fire"."""
        children = frame.children.get(verb.i, ())
        thing = next((t for t in children if t.dep == "attr"), None)
        if thing is None or not any(t.dep == "expl" for t in children):
            return None
        ahead = bool(auxiliaries(frame, verb) & (_WILL | _WOULD))
        none = has_no(frame, thing) or is_denied(frame, verb)
        step = self.steps.by_rule[INTENDED if ahead else DONE]
        if not ahead and (not none or self.deeds.nouns.get(thing.lemma) is None):
            return None
        if not none:
            return thing, step.said, step.label, step.rule, thing.i
        steps = frozenset({REFUSED}) if ahead else step.denied
        return thing, steps, step.label_denied, step.rule, thing.i

    # --- the words of the scale -----------------------------------------------------------------

    def _word(self, frame: Frame, token: Token) -> tuple[Step, int, Token] | None:
        """The step, the index of the phrase's last word, and the predicate that may be denied."""
        above = frame.tokens[token.head]
        if token.pos == "NOUN" and token.lemma in self.steps.nouns:
            owned = any(t.dep == "poss" for t in frame.children.get(token.i, ()))
            held = token.dep == "dobj" and above.lemma in _HOLDING
            there = token.dep == "attr" and above.lemma == "be"
            step = self.steps.nouns[token.lemma]
            return (step, token.i, above) if owned or held or there else None
        if token.lower in self.steps.adjectives and token.pos in {"ADJ", "VERB"}:
            copular = token.dep in {"acomp", "attr", "oprd"}
            if copular or auxiliaries(frame, token) & {"is", "are", "was", "were", "be", "been"}:
                return self.steps.adjectives[token.lower], token.i, above if copular else token
        if token.pos != "VERB" or (is_passive(frame, token) and token.tag == "VBN"):
            return None
        found = self.steps.of_verb(frame, token)
        if found is None or not self._is_said(frame, token):
            return None
        if found[0].clauses and not any(t.dep == "xcomp" for t in frame.children.get(token.i, ())):
            return None
        return (*found, token)

    def _is_word(self, frame: Frame, token: Token) -> bool:
        """Whether the deed is itself a word of the scale: "agreed to consider a sale"."""
        found = self._word(frame, token)
        if found is None:
            return False
        return deed_token(frame, token, found[1], found[0].objects) is not None

    def _is_said(self, frame: Frame, verb: Token) -> bool:
        aux = auxiliaries(frame, verb)
        told = is_finite(frame, verb) or bool(aux & (_WILL | _WOULD))
        return told or is_ongoing(frame, verb) or verb.dep in CLAUSES or verb.tag == "VB"

    def _steps(
        self, frame: Frame, step: Step, token: Token, verb: Token, target: Token
    ) -> tuple[frozenset[int], str, tuple[str, ...]] | None:
        denied = is_denied(frame, verb) or (token is not verb and has_no(frame, token))
        ahead = bool(auxiliaries(frame, verb) & (_WILL | _WOULD))
        low = min(step.said)
        if step.rule == "step.decided" and asks_whether(frame, target):
            denied = True
        elif ahead and not denied and low > CONSIDERED:
            return None
        steps, label = step.steps(denied), step.called(denied)
        if step.rule == DENIED and auxiliaries(frame, target) & (_WILL | _WOULD):
            steps = span(REFUSED, SILENT)
        if ahead and denied and low >= READY:
            steps, label = frozenset({REFUSED}), "refused"
        rules = [step.rule]
        firm = self.steps.firmness(frame, token)
        if firm is not None and not denied and low >= READY:
            steps, label = firm[0].said, firm[0].label
            rules.append(firm[0].rule)
        if max(steps) < READY and CONSIDERED not in steps and depends(frame, verb):
            return None
        return steps, label, tuple(rules)

    def _subject(self, frame: Frame, token: Token, verb: Token) -> Token | None:
        if token.pos == "NOUN":
            poss = next((t for t in frame.children.get(token.i, ()) if t.dep == "poss"), None)
            if poss is not None and poss.lower not in {"its", "their"}:
                return poss
        return frame.subject(verb)

    def _deed(self, frame: Frame, target: Token, before: Frame | None) -> Deed | None:
        if target.lower in _PRONOUNS:
            return deed_of_pronoun(target, before)
        if target.pos in {"VERB", "AUX"}:
            return deed_of_verb(frame, target, self.deeds)
        if target.pos in {"NOUN", "PROPN"}:
            return deed_of_noun(frame, target, self.deeds)
        return None

    def _is_received(self, deed: Deed) -> bool:
        """Whether the subject of a deed is given the thing: "the families will get a refund"."""
        return deed.verb in self.deeds.receiving and deed.kind is None and bool(deed.direct)

    def _turned(self, read: StandRead, denied: bool) -> StandRead | None:
        """Of a deed that is not to be done, or of its opposite, the contrary holds."""
        kind = read.deed.kind
        opposite = kind is not None and kind.opposite
        rules = (*read.rules, kind.rule) if kind is not None else read.rules
        if not denied and not opposite:
            return replace(read, rules=rules)
        if denied and opposite:
            return None
        label = self._called_contrary(read)
        own = read.steps if opposite else frozenset[int]()
        return replace(read, steps=contrary(read.steps), label=label, rules=rules, own=own)

    def _called_contrary(self, read: StandRead) -> str:
        told = self.steps.by_rule[read.rules[0]]
        plain = read.label == told.label
        if plain and told.rule in {DONE, INTENDED}:
            return told.label_denied
        return f"{read.label} not to" if plain else f"{read.label}: {read.deed.verb}"

    # --- auxiliaries and facts ------------------------------------------------------------------

    def _of_fact(self, frame: Frame, verb: Token) -> StandRead | None:
        if verb.pos not in {"VERB", "AUX"} or is_hypothetical(frame, verb):
            return None
        if self._is_word(frame, verb):
            return None
        deed = deed_of_verb(frame, verb, self.deeds)
        if verb.pos == "AUX" and deed.kind is None:
            return None
        by_object = deed.kind is not None or deed.verb in self.deeds.light
        denied = is_denied(frame, verb, by_object)
        step = self._aspect(frame, verb, denied, deed)
        if step is None or (denied and depends(frame, verb)):
            return None
        subject = frame.subject(verb)
        if is_passive(frame, verb):
            subject = agent(frame, verb)
        elif self._is_received(deed) and subject is not None:
            deed = given_to(deed, subject)
            subject = giver(frame, verb)
        actor = self.parties.of(frame, subject, verb)
        patient = self.parties.of(frame, deed.patient, verb) if deed.patient else None
        if deed.kind is None and not self._may_act(actor, step, denied, deed):
            return None
        steps, label = step.steps(denied), step.called(denied)
        if step.rule == INTENDED and denied:
            steps = frozenset({REFUSED})
        start = self._start(frame, verb)
        read = StandRead(steps, label, deed, actor, patient, verb, verb, start, (step.rule,))
        return self._turned(read, False)

    def _aspect(self, frame: Frame, verb: Token, denied: bool, deed: Deed) -> Step | None:
        aux = auxiliaries(frame, verb)
        intended, done = self.steps.by_rule[INTENDED], self.steps.by_rule[DONE]
        if aux & _WILL:
            return intended
        if aux & _WOULD:
            return (
                intended if denied or teller(frame, verb, self.world.lexicon) is not None else None
            )
        above = frame.tokens[verb.head]
        if is_yet_to_come(frame, verb):
            return done
        if verb.dep == "xcomp" and "to" in aux and above.lemma in _AHEAD:
            return intended if above.tag in {"VBZ", "VBP", "VBD", "VBG", "VBN", "JJ"} else None
        if frame.sentence.is_headline and "to" in aux and verb.head == verb.i:
            return intended
        if deed.kind is not None and "to" not in aux and is_ongoing(frame, verb):
            return intended
        if verb.dep in {"xcomp", "pcomp", "acl"} or not is_finite(frame, verb):
            return None
        return done

    def _may_act(self, actor: Slot | None, step: Step, denied: bool, deed: Deed) -> bool:
        """Whether a deed that no rule lists is a matter of will: somebody's, who intends it or
        not, or who has left something undone."""
        if step.rule != INTENDED:
            made = deed.verb in self.deeds.light and deed.direct in self.things
            contested = deed.verb in self.contested or made
            if deed.verb in _STATES - {"have"} or not (denied or contested):
                return False
            if deed.verb == "have" and not made:
                return False
            if not denied:
                return True
        if actor is None:
            return deed.patient is not None
        if actor.how in {"name", "group", "owned"}:
            return True
        return self.parties.acts(actor.value.rsplit(" ", 1)[-1])

    def _start(self, frame: Frame, verb: Token) -> int:
        own = frame.children.get(verb.i, ())
        marks = [t.start for t in own if t.dep in {"aux", "auxpass", "neg"} and t.i < verb.i]
        return min([verb.start, *marks])
