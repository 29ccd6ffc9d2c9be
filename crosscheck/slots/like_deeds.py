"""Whether the words of two deeds can mean one: verbs of one sense, nouns that name what verbs say,
objects that share their nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.actors import ALIKE
from crosscheck.slots.deeds import Deeds, deeds_of
from crosscheck.slots.lexicon import Lexicon, lexicon
from crosscheck.slots.parties import OF

_DESCRIBED = frozenset({"noun", "plural noun", "definite noun", "definite plural noun", "owned"})
_CONCRETE = frozenset(
    "person artifact animal plant substance food body object vehicle building dwelling weapon "
    "money measure place".split()
)
"""Classes of nouns that name no deed: to bring crops is not what to buy crops is."""

_STEM = 5
_STEM_REST = 5
_MANY = 2


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
        by_noun = self._by_noun(a, b)
        if by_noun:
            return by_noun
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
        closer = one_class and shared >= _MANY and self._one_names_both(a, b)
        if self._things_differ(a, b, shared if closer else 0):
            return ()
        if not one and not other:
            neither = not a.filled("deed") and not b.filled("deed")
            return ("deed",) if one_class or (neither and verbs[0] == verbs[1]) else ()
        if one_class and not (one and other):
            return ("deed",)  # "eleven signed the treaty, Norrland did not sign"
        closely = one_class or verbs[0] == verbs[1]
        enough = (shared and shared == least) or shared >= 2 or (closely and about)
        return ("deed", "object") if enough else ()

    def _by_noun(self, a: Claim, b: Claim) -> tuple[str, ...]:
        """What two deeds share of which a noun names at least one: "will pay no compensation" and
        "will compensate"; what is done to whom must not differ."""
        names = [self.named_by(claim) for claim in (a, b)]
        if not all(word for word, _ in names) or all(sort == "verb" for _, sort in names):
            return ()
        if self._goals_differ(a, b):
            return ()
        if bool(a.value.own) != bool(b.value.own):
            return ()  # "to impose a ban" is the contrary of an approval, as is "to ban"
        (one, sort), (other, sort2) = names
        if sort == sort2:
            if not self.alike(one, other):
                return ()
        elif not nominal(*((one, other) if sort == "verb" else (other, one))):
            return ()
        rest = [[w for w in _listed(c, "object") if w != name] for c, (name, _) in
                zip((a, b), names, strict=True)]  # fmt: skip
        if all(rest) and not self._count(*rest):
            return ()
        return ("deed", "object") if all(rest) else ("deed",)

    def named_by(self, claim: Claim) -> tuple[str, str]:
        """The word that names a deed, and its sort: of "hold a vote" the noun, for the verb says no
        more than that it comes about. Empty if none does."""
        verb, noun = claim.filled("verb"), claim.filled("direct") or claim.filled("head")
        if claim.filled("named") in {"noun", "pronoun"}:
            return verb, "noun"
        made = noun and self.words.noun_class(noun) not in _CONCRETE
        if verb and not (verb in self.deeds.light and made):
            return verb, "verb"
        return noun, "noun"

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
        if self._by_noun(a, b):
            return True
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

    def bare(self, a: Claim, b: Claim) -> bool:
        """Whether both name a deed by one verb that takes no object: whatever else they say, of one
        doer it is one deed."""
        verb = a.filled("verb")
        if verb != b.filled("verb") or not verb or verb in self.deeds.light:
            return False
        whole = not any(c.filled("direct") or c.filled("deed") for c in (a, b))
        return whole and not self._goals_differ(a, b) and not _names_differ(a, b)

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

    def _one_names_both(self, a: Claim, b: Claim) -> bool:
        """Whether what is done to in one account is in the other's object: "sign the treaty on
        water", "sign the water deal"."""
        one, other = a.filled("direct"), b.filled("direct")
        return bool(
            self._count([one], _listed(b, "object")) or self._count([other], _listed(a, "object"))
        )

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


_NOMINAL = frozenset("ion ation ition sion tion ment al ance ence ure ing y ery ship".split())
_SHORTEST = 4
_CHANGED = 3


def nominal(verb: str, noun: str) -> bool:
    """Whether a noun is made of a verb: "refund", "compensation", "apology"."""
    if verb == noun:
        return True
    same = next((i for i, (x, y) in enumerate(zip(verb, noun, strict=False)) if x != y), len(verb))
    return same >= max(_SHORTEST, len(verb) - _CHANGED) and noun[same:] in _NOMINAL


def _names_differ(a: Claim, b: Claim) -> bool:
    """Whether the objects have names, and not one in common: the flight to Malta, to Crete."""
    one, other = (set(_listed(claim, "names")) for claim in (a, b))
    return bool(one and other) and not one & other


def _listed(claim: Claim, slot: str) -> list[str]:
    return [w for w in claim.filled(slot).split("|") if w]


@cache
def likeness(rules: Rulebook) -> Likeness:
    return Likeness(lexicon(rules), deeds_of(rules))
