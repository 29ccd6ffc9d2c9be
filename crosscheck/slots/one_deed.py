"""Whether two accounts tell of one deed: what the words of two deeds share, whose they are, and the
named constraints that part them, read top-down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from crosscheck.model import Claim, Link, Refusal
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import Accounts
from crosscheck.slots.actors import ALIKE
from crosscheck.slots.deeds import Deeds, deeds_of
from crosscheck.slots.lexicon import Lexicon, lexicon
from crosscheck.slots.parties import OF, same_party
from crosscheck.values.commitment import relate
from crosscheck.values.interval import Relation

_DESCRIBED = frozenset({"noun", "plural noun", "definite noun", "definite plural noun", "owned"})
_STEM = 5
_STEM_REST = 5
_MANY = 2
_NO_WORD_GIVEN = frozenset({"step.done", "step.intended"})


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
            made = about and any(verb in self.deeds.light for verb in verbs)
            enough = shared == least if made else shared >= _MANY and 2 * shared >= least
            return ("object",) if shared and enough else ()
        if not self._verbs_alike(a, b):
            return ()
        one_class = self._one_class(a, b)
        if self._goals_differ(a, b) or _names_differ(a, b):
            return ()
        if one_class and a.filled("bare"):
            return () if self._things_differ(a, b, shared) else ("deed",)
        if self._things_differ(a, b, 0):
            return ()
        if not one and not other:
            return ("deed",) if one_class or verbs[0] == verbs[1] else ()
        closely = one_class or verbs[0] == verbs[1]
        enough = (shared and shared == least) or shared >= 2 or (closely and about)
        return ("deed", "object") if enough else ()

    def one_patient(self, a: Claim, b: Claim) -> bool:
        """Whether two described things, neither of which has a name, can be one: "the flu vaccine"
        and "the vaccine"; "Norrland's offer" and "the offer"."""
        slots = [c.slot("patient") for c in (a, b)]
        things = [slot for slot in slots if slot is not None and slot.how in _DESCRIBED]
        if len(things) < 2 or all(slot.how == "owned" for slot in things):
            return False
        (*marks, head), (*marks2, head2) = (s.value.split(OF)[0].split() for s in things)
        if not self.alike(head, head2):
            return False
        owned = [slot for slot in things if slot.how == "owned"]
        bare = next((s for s, m in zip(things, (marks, marks2), strict=True) if not m), None)
        if owned:
            return all(s.how != "noun" for s in things if s.how != "owned")
        return marks == marks2 or (bare is not None and bare.how.startswith("definite"))

    def alike(self, one: str, other: str) -> bool:
        """Whether two nouns can stand for one thing."""
        group = self.deeds.objects.get(one)
        if group is not None and group == self.deeds.objects.get(other):
            return True
        return self.words.nouns_relate(one, other) in ALIKE

    def closely(self, a: Claim, b: Claim) -> bool:
        """Whether two deeds are named by one verb or class and done to the same, so that they are
        one whoever does them."""
        verbs = a.filled("verb"), b.filled("verb")
        heads = a.filled("head"), b.filled("head")
        if not all(heads) or not self.alike(*heads) or a.filled("bare") or any(verbs) != all(verbs):
            return False
        one, other = _listed(a, "object"), _listed(b, "object")
        shared = self._count(one, other)
        named = verbs[0] == verbs[1] or self._one_class(a, b)
        return named and (shared == min(len(one), len(other)) or shared >= _MANY)

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

    def _goals_differ(self, a: Claim, b: Claim) -> bool:
        """Whether it goes to two: "sent tents to Korvel" and "to Jarn"."""
        goals = a.filled("goal"), b.filled("goal")
        if not all(goals) or self.alike(*goals):
            return False
        return goals[0] not in _listed(b, "object") and goals[1] not in _listed(a, "object")

    def _sorts_differ(self, a: Claim, b: Claim) -> bool:
        """Whether one noun is of two sorts: the fishing treaty is not the border treaty, the first
        offer not the improved one."""
        marks = [_listed(c, "marks") for c in (a, b)]
        if a.filled("other") != b.filled("other"):
            return True
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


def _names_differ(a: Claim, b: Claim) -> bool:
    """Whether the objects have names, and not one in common: the flight to Malta, to Crete."""
    one, other = (set(_listed(claim, "names")) for claim in (a, b))
    return bool(one and other) and not one & other


def _listed(claim: Claim, slot: str) -> list[str]:
    return [w for w in claim.filled(slot).split("|") if w]


# --- the same party, the same deed --------------------------------------------------------------


@dataclass(eq=False)
class Undertakings:
    """What all accounts together tell of commitments."""

    around: Accounts
    like: Likeness

    @classmethod
    def of(cls, around: Accounts) -> Undertakings:
        return cls(around, _likeness(around.rules))

    @cached_property
    def by_article(self) -> Mapping[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.around.claims:
            if claim.kind == "commitment":
                found.setdefault(claim.mention.article, []).append(claim)
        return found

    def party(self, a: Claim, b: Claim, role: str) -> bool | None:
        """Whether one party acts, or one thing suffers it; None where that is not known."""
        one = same_party(a.slot(role), b.slot(role), self.around)
        if role == "patient" and not one and self.like.one_patient(a, b):
            return True
        return one

    def is_nearest(self, a: Claim, b: Claim) -> bool:
        """Whether the other account tells of no deed like the first that it could be instead: one
        that the same party does, or one of which it says the contrary."""
        for rival in self.by_article.get(b.mention.article, ()):
            if rival is b or not self.like.shared(a, rival):
                continue
            known = self.party(a, rival, role_of(a, rival))
            if known or (known is None and relate(rival.value, b.value) is Relation.APART):
                return False
        return True

    def is_of_several(self, a: Claim, b: Claim) -> bool:
        """Whether somebody else does such a deed, too, as far as the accounts of the event name
        them: of many countries that cut their emissions, none can be told by the cut."""
        for rival in (c for claims in self.by_article.values() for c in claims):
            if self.around.event(rival) == self.around.event(a) and rival not in (a, b):
                for claim in (a, b):
                    differs = same_party(claim.slot("actor"), rival.slot("actor"), self.around)
                    if differs is False and self.like.shared(claim, rival):
                        return True
        return False


def one_deed(a: Claim, b: Claim, told: Undertakings) -> Link | Refusal | None:
    """The first constraint that forbids a link is the reason given."""
    around, like = told.around, told.like
    if around.event(a) != around.event(b):
        return None
    role = role_of(a, b)
    party = told.party(a, b, role)
    shared = like.shared(a, b) if party is not False else ()
    group = party and a.slot(role) == b.slot(role) and _is_group(a) and _both_said(a, b)
    if not shared and not group:
        return None
    by_thing = role == "patient" and not (_by_patient(a) and _by_patient(b))
    if by_thing and relate(a.value, b.value) is Relation.SAME:
        return None  # one who is not named, and the same said of it: no more than a coincidence
    if role == "patient" and shared and _agents_differ(a, b, around):
        return Refusal("done by different ones", 0.5)
    if any(claim.in_headline for claim in (a, b)) and not _named(a, b, role):
        return Refusal("a headline without a name", 0.4)
    if not party and not _is_sure(a, b, told):
        why = "nothing says that the same one acts"
        return Refusal(why, 0.4) if _named(a, b, role) else None
    for constraint in _CONSTRAINTS:
        why = constraint(a, b)
        if why:
            return Refusal(why, 0.6)
    return Link((0.8 if party else 0.5) if shared else 0.6, (role, *shared))


def role_of(a: Claim, b: Claim) -> str:
    """Whether it is who acts or what suffers the deed that makes two deeds one."""
    if _by_patient(a) and _by_patient(b):
        return "patient"
    suffering = all(c.slot("patient") is not None for c in (a, b))
    acting = all(c.slot("actor") is not None for c in (a, b))
    return "patient" if suffering and not acting else "actor"


def _by_patient(claim: Claim) -> bool:
    suffering = claim.filled("who") == "patient" or claim.slot("actor") is None
    return suffering and claim.slot("patient") is not None


def _is_sure(a: Claim, b: Claim, told: Undertakings) -> bool:
    """Whether the deed alone, done to the same thing, shows that it is one, whoever is said to act:
    in either account it is the only one of its sort."""
    slots = [c.slot("actor") for c in (a, b)]
    some = any(slot is not None and slot.how == "plural noun" for slot in slots)
    if some or not told.like.closely(a, b):
        return False
    return told.is_nearest(a, b) and told.is_nearest(b, a) and not told.is_of_several(a, b)


@cache
def _likeness(rules: Rulebook) -> Likeness:
    return Likeness(lexicon(rules), deeds_of(rules))


def rules_of(a: Claim, b: Claim, rules: Rulebook) -> frozenset[str]:
    """The rules by which nouns of two objects are alike."""
    return _likeness(rules).rules(a, b)


def _agents_differ(a: Claim, b: Claim, around: Accounts) -> bool:
    """Whether what happens to one thing is done by two parties, as far as they are named."""
    one, other = (c.slot("actor") if c.slot("actor") != c.slot("patient") else None for c in (a, b))
    same = same_party(one, other, around)
    several = bool(a.filled("each") and b.filled("each")) and one is not None and other is not None
    return same is False or (same is None and several)


def _is_group(claim: Claim) -> bool:
    slot = claim.slot("actor")
    return slot is not None and slot.how == "group"


def _both_said(a: Claim, b: Claim) -> bool:
    """Whether both tell of a word given, not of a deed."""
    return all(claim.rule not in _NO_WORD_GIVEN for claim in (a, b))


def _named(a: Claim, b: Claim, role: str) -> bool:
    return any((slot := c.slot(role)) is not None and slot.how == "name" for c in (a, b))


def _one_account(a: Claim, b: Claim) -> str:
    one = a.mention.article == b.mention.article
    return "one account says both, in stronger and weaker words" if one else ""


def _other_day(a: Claim, b: Claim) -> str:
    days = a.filled("when"), b.filled("when")
    if all(days) and days[0] != days[1]:
        return "the deed is foreseen for different days"
    return ""


def _other_year(a: Claim, b: Claim) -> str:
    years = [claim.value.at.year for claim in (a, b) if claim.value.at is not None]
    return "said of different years" if len(set(years)) > 1 else ""


_CONSTRAINTS = (_one_account, _other_day, _other_year)
