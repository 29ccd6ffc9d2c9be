"""Whether two accounts tell of one person at one gathering: named constraints, read top-down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crosscheck.model import Claim, Link, Refusal
from crosscheck.rulebook import Rulebook
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.presence_words import presence_words

_ALIKE = frozenset({"same", "synonym", "broader", "narrower"})
_LOOSE = "main"
_OPEN = frozenset({"main", "unsaid", "sentence", "sentence before"})


@dataclass(frozen=True, eq=False)
class Times:
    """``events`` maps an article to its event, ``published`` to when it was published."""

    rules: Rulebook
    events: Mapping[str, str]
    published: Mapping[str, datetime | None]

    def moment(self, claim: Claim) -> datetime | None:
        found = claim.as_of or self.published.get(claim.mention.article)
        return found.replace(tzinfo=None) if found else None


def one_gathering(a: Claim, b: Claim, times: Times) -> Link | Refusal | None:
    """The first constraint that forbids a link is the reason given."""
    if a.filled("who") != b.filled("who"):
        return None
    if times.events.get(a.mention.article) != times.events.get(b.mention.article):
        return None
    one_sort = a.filled("sort") == b.filled("sort")
    alike = one_sort and _alike(a, b, times.rules)
    if not alike and not _inside(a, b, times.rules) and not _one_trip(a, b):
        return None
    for constraint in _CONSTRAINTS:
        why = constraint(a, b, times)
        if why:
            return Refusal(why, 0.5)
    named = a.filled("at") == b.filled("at")
    return Link(0.8 if named else 0.6, ("who", "sort", *(("at",) if named else ())))


def _alike(a: Claim, b: Claim, rules: Rulebook) -> bool:
    """Whether the words for what they were at may stand for one thing."""
    one, other = a.slot("at"), b.slot("at")
    if one is None or other is None:
        return False
    if one.value == other.value and one.value:
        return True
    if "unsaid" in {one.how, other.how} and a.filled("sort") != "vehicle":
        return False
    if a.filled("sort") == "vehicle" and not (one.value and other.value):
        return True
    loose = [claim for claim, slot in ((a, one), (b, other)) if slot.how == _LOOSE]
    if loose:
        return all(c in loose or c.filled("main") for c in (a, b))
    if a.filled("sort") == "gathering" and presence_words(rules).gatherings.one(
        one.value, other.value
    ):
        return True
    scenes = presence_words(rules).gatherings.scenes
    if one.value in scenes and other.value in scenes:
        return True
    if "name" in {one.how, other.how}:
        return False
    return lexicon(rules).nouns_relate(one.value, other.value) in _ALIKE


def _inside(a: Claim, b: Claim, rules: Rulebook) -> bool:
    """Whether one tells of a place where people are at the gathering that the other tells of, or of
    those who are at it: not at the funeral, but in the front row; not in the hall, but in the front
    row. Who is away from a place is not at the gathering only if the place holds all of it."""
    words = presence_words(rules).gatherings
    at = [_gathering(c) for c in (a, b)]
    if not all(at) or not words.one(*at) or {a.filled("sort"), b.filled("sort")} == {"gathering"}:
        return False
    away = [c for c in (a, b) if getattr(c.value, "is_absence", False)]
    places = [c for c in away if c.filled("sort") == "place"]
    return all(c.filled("at") in words.venues and not c.filled("which") for c in places)


def _one_trip(a: Claim, b: Claim) -> bool:
    """Whether one tells that somebody came and the other that they did not, of which at least one
    does not say where to."""
    if not (a.filled("trip") and b.filled("trip")):
        return False
    away = [getattr(c.value, "is_absence", False) for c in (a, b)]
    open_ = [s is None or s.how in _OPEN for s in (a.slot("at"), b.slot("at"))]
    return away[0] != away[1] and any(open_)


def _gathering(claim: Claim) -> str:
    return claim.filled("at") if claim.filled("sort") == "gathering" else claim.filled("during")


def _one_account(a: Claim, b: Claim, times: Times) -> str:
    same = a.mention.article == b.mention.article and a.in_headline == b.in_headline
    return "two moments of one account" if same else ""


def _another(a: Claim, b: Claim, times: Times) -> str:
    one, other = a.filled("ordinal"), b.filled("ordinal")
    return "" if one == other else f"the {one or other} {a.filled('at')} is another one"


def _which_differs(a: Claim, b: Claim, times: Times) -> str:
    one, other = (set(c.filled("which").split("|")) - {""} for c in (a, b))
    if not one or not other or one & other:
        return ""
    words = lexicon(times.rules)
    if any(words.nouns_relate(x, y) in _ALIKE for x in one for y in other):
        return ""
    return f"another {a.filled('at')}: {' '.join(sorted(one))}, {' '.join(sorted(other))}"


def _day_differs(a: Claim, b: Claim, times: Times) -> str:
    for slot in ("year", "day"):
        one, other = a.filled(slot), b.filled(slot)
        if one and other and one != other:
            return f"on different days: {one}, {other}" if slot == "day" else "in different years"
    years = {c.filled("year") for c in (a, b)}
    return "one is of another year" if len(years) > 1 else ""


def _plans_differ(a: Claim, b: Claim, times: Times) -> str:
    """A plan is held against what came of it, if it was told before."""
    if a.modality == b.modality:
        return ""
    plan, outcome = (a, b) if a.modality == "planned" else (b, a)
    told = times.moment(plan), times.moment(outcome)
    known = told[0] is not None and told[1] is not None and told[0] < told[1]
    return "" if known else "one was expected, the other happened"


def _other_time(a: Claim, b: Claim, times: Times) -> str:
    """ "A month later" is another time than that of the event."""
    later = {bool(claim.filled("later")) for claim in (a, b)}
    return "one is of a later time" if len(later) > 1 else ""


def _came_later(a: Claim, b: Claim, times: Times) -> str:
    """Whoever has not come to a place, or to people, may still come."""
    if a.filled("sort") not in {"place", "people"} or a.modality != "done" or b.modality != "done":
        return ""
    away = [c for c in (a, b) if c.value.is_absence]
    if len(away) != 1:
        return ""
    there = b if away[0] is a else a
    told, then = times.moment(away[0]), times.moment(there)
    if told is None or then is None:
        return ""
    came = there.filled("day") or then.date().isoformat()
    return "may have come later" if told.date().isoformat() < came else ""


_CONSTRAINTS = (
    _one_account, _plans_differ, _another, _which_differs, _day_differs, _other_time, _came_later,
)  # fmt: skip
