"""Whether two places are told of one thing: named constraints, read top-down.

A place is compared only through what is there: the head office or the home of one bearer, one
journey of one traveller, or one event with the same persons or things. Whatever can be in several
places at several times needs a day, a second person or the same words to be one occasion.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crosscheck.model import Claim, Link, Refusal, Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import Accounts
from crosscheck.slots.actors import ALIKE, same_bearer
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.occasions import is_unlisted
from crosscheck.slots.place_words import place_words
from crosscheck.slots.strangers import Rivals
from crosscheck.values.interval import Relation
from crosscheck.values.places import Route, relate_places, relate_routes

_STANDING = frozenset({"base", "country", "born", "home", "site", "flag", "centre"})
_ONLY_ONE = frozenset({"scene", "centre"})
_BACKGROUND = "background"
_WORDS = 3
"""Words of a quotation that two accounts of one statement share."""


def relation(a: Claim, b: Claim) -> Relation:
    if isinstance(a.value, Route) and isinstance(b.value, Route):
        return relate_routes(a.value, b.value)
    if isinstance(a.value, Route) or isinstance(b.value, Route):
        return Relation.OVERLAP
    if a.filled("relation") == b.filled("relation") == "spot":
        return Relation.SAME if a.value.key == b.value.key else Relation.APART
    return relate_places(a.value, b.value)


def blocks(claim: Claim) -> Iterator[Hashable]:
    told = claim.filled("relation")
    if told != "happening":
        yield (told,)
        return
    if claim.filled("together"):
        yield from (("together", pair) for pair in [claim.filled("together")])
    if is_unlisted(claim):
        yield ("verb", claim.filled("thing") or claim.filled("actor"))
    else:
        yield ("event", claim.filled("event"))


@dataclass(eq=False)
class Accounted:
    """What all accounts together tell of places; ``rivals`` are spots that exclude each other."""

    around: Accounts
    rivals: Rivals = field(default_factory=dict)

    @cached_property
    def split(self) -> dict[Hashable, set[str]]:
        """The accounts that put one sort of thing in several places at once."""
        found: dict[Hashable, dict[str, list[Claim]]] = {}
        for claim in self.around.claims:
            if claim.kind == "place":
                for key in blocks(claim):
                    of = found.setdefault((self.around.event(claim), key), {})
                    of.setdefault(claim.mention.article, []).append(claim)
        return {
            key: {
                article
                for article, claims in accounts.items()
                if any(_differ(c, d) and self.alike(c, d) for c in claims for d in claims)
            }
            for key, accounts in found.items()
        }

    def claims_at(self, claim: Claim) -> list[Claim]:
        """The other claims of a place that stand where a claim does."""
        at = claim.mention
        near = self._by_article.get(at.article, ())
        return [c for c in near if c.mention.start < at.end and at.start < c.mention.end]

    @cached_property
    def _by_article(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.around.claims:
            if claim.kind == "place" and claim.filled("relation") != "spot":
                found.setdefault(claim.mention.article, []).append(claim)
        return found

    def alike(self, a: Claim, b: Claim) -> bool:
        """Whether nothing tells the bearers of two claims apart."""
        return same_bearer(_bearer(a), _bearer(b), self.around) is not False


def _differ(a: Claim, b: Claim) -> bool:
    """Two places at once, or two legs of a journey."""
    if isinstance(a.value, Route):
        return relation(a, b) is not Relation.SAME
    return relation(a, b) is Relation.APART


def one_thing(a: Claim, b: Claim, told: Accounted) -> Link | Refusal | None:
    """The first constraint that forbids a link is the reason given."""
    if a.mention.article == b.mention.article or a.filled("relation") != b.filled("relation"):
        return None
    if told.around.event(a) != told.around.event(b):
        return None
    kind = a.filled("relation")
    if kind == "spot":
        return _one_spot(a, b, told)
    constraints = _OF_HAPPENINGS if kind == "happening" else _OF_OTHERS
    if kind == "happening" and not _one_class(a, b, told):
        return None
    for constraint in constraints:
        why = constraint(a, b, told)
        if why:
            return Refusal(why, 0.5)
    shared = ("relation", "bearer") if kind in _STANDING else ("relation", *_shared(a, b, told))
    return Link(0.8, shared)


def _one_spot(a: Claim, b: Claim, told: Accounted) -> Link | Refusal | None:
    """Rivals, and those that have a rival in common and name one place."""
    keys = [(c.mention.article, c.mention.start) for c in (a, b)]
    mine, theirs = (told.rivals.get(key, {}) for key in keys)
    common = mine.keys() & theirs.keys() if a.value.key == b.value.key else set()
    if keys[1] not in mine and not common:
        return None
    stays = mine.get(keys[1], False) or any(mine[key] for key in common)
    for constraint in _OF_THINGS if stays else _OF_SPOTS:
        why = constraint(a, b, told)
        if why:
            return Refusal(why, 0.5)
    return Link(0.6, ("relation", "clause"))


def _told_already(a: Claim, b: Claim, told: Accounted) -> str:
    """Whether other rules tie the same two passages, or know of what they tell."""
    for c in told.claims_at(a):
        for d in told.claims_at(b):
            lasting = c.filled("relation") == d.filled("relation") != "happening"
            if lasting or isinstance(one_thing(c, d, told), Link):
                return "other rules tell of it"
    return ""


def _one_class(a: Claim, b: Claim, told: Accounted) -> bool:
    if a.filled("together") and a.filled("together") == b.filled("together"):
        return True
    if a.filled("event") == b.filled("event"):
        return True
    verbs = a.filled("noun"), b.filled("noun")
    return is_unlisted(a) and is_unlisted(b) and lexicon(told.around.rules).verbs_relate(*verbs)


def _bearer(claim: Claim) -> Slot | None:
    return claim.slot("bearer") or claim.slot("actor")


def _whose(a: Claim, b: Claim, told: Accounted) -> str:
    """Standing relations need one bearer by name; a head office, whose nobody says, is that of the
    company that the accounts are about."""
    one, other = a.slot("bearer"), b.slot("bearer")
    same = same_bearer(one, other, told.around)
    if same and "name" in {one.how if one else "", other.how if other else ""}:
        return ""
    unsaid = [s is None or not s.value or s.how == "definite noun" for s in (one, other)]
    if a.filled("relation") in {"base", "journey"} and same is not False and any(unsaid):
        return ""
    said = [slot.value if slot and slot.value else "not named" for slot in (one, other)]
    return f"whose: {said[0]}, {said[1]}" if a.filled("relation") not in _ONLY_ONE else ""


def _trips(a: Claim, b: Claim, told: Accounted) -> str:
    """People travel to many places; of one day they tell one journey, and a ship makes one."""
    if a.filled("relation") != "journey":
        return ""
    one_day = _one_day(a, b)
    if one_day is False:
        return "on different days"
    whole = all(isinstance(c.value, Route) and c.value.origin is not None for c in (a, b))
    bearers = [s for s in (a.slot("bearer"), b.slot("bearer")) if s is not None and s.value]
    vehicle = bool(bearers) and all(_is_vehicle(slot, told) for slot in bearers)
    return "" if whole or vehicle or one_day else "nothing shows it to be one journey"


def _is_vehicle(slot: Slot, told: Accounted) -> bool:
    if slot.how == "name":
        return slot.value not in told.around.people
    return lexicon(told.around.rules).noun_class(slot.value) == "vehicle"


def _planned(a: Claim, b: Claim, told: Accounted) -> str:
    if a.filled("relation") == "base":
        return ""
    return "" if a.modality == b.modality else f"one is {a.modality}, the other {b.modality}"


def _denied(a: Claim, b: Claim, told: Accounted) -> str:
    return "one is denied" if "denied" in {a.polarity, b.polarity} else ""


def _background(a: Claim, b: Claim, told: Accounted) -> str:
    labels = {claim.filled("section") for claim in (a, b)}
    return "one stands in the background" if any(_BACKGROUND in x for x in labels) else ""


def _years(a: Claim, b: Claim, told: Accounted) -> str:
    """A year that one account names in the sentence is the other's, or that of its appearance."""
    one, other = (set(c.filled("years").split("|")) - {""} for c in (a, b))
    named = {slot.how for c in (a, b) if (slot := c.slot("years"))} & {"time expression"}
    return "of another year" if named and not one & other else ""


def _days(a: Claim, b: Claim, told: Accounted) -> str:
    return "on different days" if _one_day(a, b) is False else ""


def _one_day(a: Claim, b: Claim) -> bool | None:
    """Whether two claims name one day; None where one of them names none."""
    for key in ("day", "weekday"):
        one, other = a.filled(key), b.filled(key)
        if one and other:
            return one == other
    return None


def _which(a: Claim, b: Claim, told: Accounted) -> str:
    one, other = a.filled("which"), b.filled("which")
    return "" if one == other else f"the {one or other} {a.filled('noun')} is another one"


def _aspects(a: Claim, b: Claim, told: Accounted) -> str:
    one, other = a.filled("aspect"), b.filled("aspect")
    return "" if one == other else "one tells of another part of it"


def _persons(a: Claim, b: Claim, told: Accounted) -> str:
    """Who acts, or to whom it happens, must be one and the same where either account says it."""
    if a.filled("together") and a.filled("together") == b.filled("together"):
        return ""
    slots = a.slot("actor"), b.slot("actor")
    named = [s for s in slots if s is not None and s.value and s.how == "name"]
    whole = a.filled("who") == "none" and not named and not is_unlisted(a)
    if whole or same_bearer(*slots, told.around) or _one_crowd(a, b, told):
        return ""
    things = a.slot("thing"), b.slot("thing")
    if is_unlisted(a) and same_bearer(*things, told.around) is True:
        unsaid = sum(s is None or not s.value for s in slots)
        if len(named) == 1 or (unsaid and _one_day(a, b)):
            return ""
    said = [slot.value if slot and slot.value else "not named" for slot in slots]
    return f"whose {a.filled('noun')}: {said[0]}, {said[1]}"


def _one_crowd(a: Claim, b: Claim, told: Accounted) -> bool:
    """Nobody's name, but one noun for many: those of whom both accounts tell first."""
    one, other = a.slot("actor"), b.slot("actor")
    if one is None or other is None or {one.how, other.how} != {"plural noun"}:
        return False
    alike = lexicon(told.around.rules).nouns_relate(one.value, other.value) in ALIKE
    early = bool(a.filled("lead") and b.filled("lead") and _one_day(a, b))
    return alike and early and not is_unlisted(a)


def _things(a: Claim, b: Claim, told: Accounted) -> str:
    if not is_unlisted(a) or (
        a.filled("together") and a.filled("together") == b.filled("together")
    ):
        return ""
    one, other = a.slot("thing"), b.slot("thing")
    if one is None and other is None:
        return ""
    return (
        ""
        if same_bearer(one, other, told.around)
        else f"'{a.filled('noun')}' is said of other things"
    )


def _loosely(a: Claim, b: Claim, told: Accounted) -> str:
    """What the same people do on many days needs the day, a second name or the same words."""
    shared = _shared(a, b, told)
    statement = a.filled("event") == "speech"
    if statement:
        quoted = "words" in shared or {"day", "daypart"} <= set(shared)
        return "" if quoted else "nothing shows it to be one statement"
    words = place_words(told.around.rules)
    named = {"actor", "thing"} & set(shared) and any(
        slot.how == "name" for c in (a, b) for key in ("actor", "thing") if (slot := c.slot(key))
    )
    if not named and a.filled("noun") in words.spread.strings("nouns") and "persons" not in shared:
        return f"a {a.filled('noun')} can be in many places at once"
    if "day" not in shared and any(
        s and s.how == "noun" for s in (a.slot("actor"), b.slot("actor"))
    ):
        return f"'a {a.filled('actor') or b.filled('actor')}' may be another one"
    once = words.once.strings("nouns")
    often = (bool(a.filled("often")) and a.filled("noun") not in once) or is_unlisted(a)
    return "" if len(shared) > often else f"too little shared for one {a.filled('noun')}"


def _shared(a: Claim, b: Claim, told: Accounted) -> tuple[str, ...]:
    found = []
    if _one_day(a, b):
        found.append("day")
        if a.filled("daypart") and a.filled("daypart") == b.filled("daypart"):
            found.append("daypart")
    if same_bearer(a.slot("actor"), b.slot("actor"), told.around):
        found.append("actor")
    if same_bearer(a.slot("thing"), b.slot("thing"), told.around):
        found.append("thing")
    if a.filled("together") and a.filled("together") == b.filled("together"):
        found += ["persons", "meeting"]
    if a.filled("core") and a.filled("core") == b.filled("core"):
        found.append("core")
    if a.filled("which"):
        found += ["which", "event"]
    others = _names(a) & _names(b) - {a.filled("actor"), a.filled("thing")}
    if others and a.filled("event") != "speech":
        found.append("names")
    who = {a.filled("actor"), b.filled("actor")}
    if a.filled("lead") and b.filled("lead") and not who & told.around.people:
        found.append("lead")
    if len(_quoted(a) & _quoted(b)) >= _WORDS:
        found.append("words")
    return tuple(found)


def _names(claim: Claim) -> set[str]:
    return set(claim.filled("names").split("|")) - {""} - set(claim.filled("where").split("|"))


def _quoted(claim: Claim) -> set[str]:
    return set(claim.filled("quoted").split())


def _several(a: Claim, b: Claim, told: Accounted) -> str:
    """An account that tells of several places of one sort says that there were several."""
    if relation(a, b) is not Relation.APART:
        return ""
    event = told.around.event(a)
    split: set[str] = set()
    for key in set(blocks(a)) & set(blocks(b)):
        split |= told.split.get((event, key), set())
    if not split or (a.filled("event") == "speech" and _one_day(a, b)):
        return ""
    return "one account tells of several places"


_OF_HAPPENINGS = (
    _denied, _planned, _background, _years, _days, _which, _aspects, _persons, _things,
    _loosely, _several,
)  # fmt: skip
_OF_SPOTS = (_denied, _planned, _background, _years, _days, _which, _told_already)
_OF_THINGS = (_denied, _background, _told_already)
_OF_OTHERS = (_denied, _planned, _background, _whose, _trips, _years, _several)


def rules_behind(claims: Sequence[Claim], rules: Rulebook) -> frozenset[str]:
    """The rules that made the claims comparable, beyond those by which they were read."""
    once = place_words(rules).once
    return frozenset({once.id} if claims[0].filled("noun") in once.strings("nouns") else ())
