"""Whether two accounts tell of one deed: whose two deeds of like words are, and the named
constraints that part them, read top-down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from crosscheck.model import Claim, Link, Refusal
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import Accounts
from crosscheck.slots.bodies import seat_rules
from crosscheck.slots.like_deeds import Likeness, likeness
from crosscheck.slots.parties import same_party
from crosscheck.values.commitment import relate
from crosscheck.values.interval import Relation

_NO_WORD_GIVEN = frozenset({"step.done", "step.intended"})
_FACT = "step.done"


# --- the same party, the same deed --------------------------------------------------------------


@dataclass(eq=False)
class Undertakings:
    """What all accounts together tell of commitments."""

    around: Accounts
    like: Likeness

    @classmethod
    def of(cls, around: Accounts) -> Undertakings:
        return cls(around, likeness(around.rules))

    @cached_property
    def by_article(self) -> Mapping[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.around.claims:
            if claim.kind == "commitment":
                found.setdefault(claim.mention.article, []).append(claim)
        return found

    def party(self, a: Claim, b: Claim, role: str) -> bool | None:
        """Whether one party acts, or one thing suffers it; None where that is not known."""
        slots = a.slot(role), b.slot(role)
        one = same_party(*slots, self.around)
        if role == "patient" and not one and self.like.one_patient(a, b):
            return True
        if not one and self.one_speaker(a, b):
            named = all(slot is not None and slot.how == "name" for slot in slots)
            return False if named else None if one is False else True
        return one

    def one_speaker(self, a: Claim, b: Claim) -> bool:
        """Whether both accounts quote one person on it."""
        return bool(a.attributed_to) and a.attributed_to == b.attributed_to in self.around.people

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
    if party and not shared and role == "actor" and _both_ahead(a, b) and like.bare(a, b):
        shared = ("deed",)
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
    """Whether it is who acts or what suffers the deed that makes two deeds one. A thing that
    names the deed itself ("no compensation") suffers nothing."""
    if any(c.filled("named") == "thing" and c.slot("actor") is None for c in (a, b)):
        return "actor"
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


def rules_of(a: Claim, b: Claim, rules: Rulebook) -> frozenset[str]:
    """The rules by which nouns of two objects, or the names of two parties, are alike."""
    seats = seat_rules(a.filled("actor"), b.filled("actor"), rules)
    return seats | likeness(rules).rules(a, b)


def _agents_differ(a: Claim, b: Claim, around: Accounts) -> bool:
    """Whether what happens to one thing is done by two parties, as far as they are named."""
    one, other = (c.slot("actor") if c.slot("actor") != c.slot("patient") else None for c in (a, b))
    same = same_party(one, other, around)
    several = bool(a.filled("each") and b.filled("each")) and one is not None and other is not None
    return same is False or (same is None and several)


def _is_group(claim: Claim) -> bool:
    slot = claim.slot("actor")
    return slot is not None and slot.how == "group"


def _both_ahead(a: Claim, b: Claim) -> bool:
    return all(claim.rule != _FACT for claim in (a, b))


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
