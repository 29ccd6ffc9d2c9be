"""Whether two dated events are one occasion: named constraints, read top-down.

A day is compared only through the event it dates: the same class of event, the same part of it
(start is not end), the same persons or things, and dates so near that it can be one occasion. A
weekday that does not go with its date makes two claims of one phrase; other accounts tell which of
the two days was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crosscheck.model import Claim, Link, Refusal, Slot
from crosscheck.slots.accounts import Accounts, day_named, within_a_day
from crosscheck.slots.actors import ALIKE, same_actor, same_bearer
from crosscheck.slots.lexicon import lexicon
from crosscheck.values.interval import Relation
from crosscheck.values.moments import (
    Moment,
    relate,
    time_of_day,
)

_UNSAID = frozenset({"until", "since"})
_ENDS = frozenset({"until", "since", "from"})
_BACKGROUND = "background"
_PARTIES = ("actor", "thing")


def one_occasion(a: Claim, b: Claim, around: Accounts) -> Link | Refusal | None:
    """The first constraint that forbids a link is the reason given."""
    if a.filled("phrase") and a.filled("phrase") == b.filled("phrase"):
        return Link(1.0, ("phrase",))
    if scale(a) != scale(b):
        return None
    if around.event(a) != around.event(b):
        return None
    if not _same_class(a, b, around):
        return None
    for constraint in _CONSTRAINTS:
        why = constraint(a, b, around)
        if why and a.filled("grain") != b.filled("grain"):
            return None
        if why:
            return Refusal(why, 0.7 if a.filled("aspect") == b.filled("aspect") else 0.5)
    return Link(0.6 + 0.2 * bool(same_actor(a, b, around)), _because(a, b, around))


def relation(a: Claim, b: Claim) -> Relation:
    """Clock times are held against each other as times of day: that their days agree is a
    condition of their being linked. Of two deadlines, each account names its own."""
    one, other = _end(a), _end(b)
    if one is not None and other is not None and a.hedge == b.hedge:
        return relate(one, other)
    if a.filled("grain") == "clock" == b.filled("grain"):
        clocks = time_of_day(a.value), time_of_day(b.value)
        if clocks[0] is not None and clocks[1] is not None:
            return relate(clocks[0], clocks[1])
    return relate(a.value, b.value)


def _end(claim: Claim) -> Moment | None:
    """The end that a claim names of what lasts ("until May"), or the day by which something is
    planned; None if it names none."""
    named = claim.hedge in _ENDS or (claim.hedge == "by" and claim.modality == "planned")
    if not named or not isinstance(claim.value, Moment):
        return None
    return replace(claim.value, span=claim.value.nominal, stated=None, approx=False, hedge="")


def scale(claim: Claim) -> str:
    """What a time can be held against: clock times with each other, days with months and years."""
    return "clock" if claim.filled("grain") == "clock" else "day"


def _same_class(a: Claim, b: Claim, around: Accounts) -> bool:
    """Whether both tell of one class of event: of one that the rules list, or of unlisted verbs
    that have a sense in common."""
    one, other = a.filled("event"), b.filled("event")
    if not (one and other) or not a.polarity == b.polarity == "affirmed" or one == "speech":
        return False
    if one == other:
        return True
    verbs = a.filled("noun"), b.filled("noun")
    return (
        is_unlisted(a)
        and is_unlisted(b)
        and patient(a) is not None
        and lexicon(around.rules).verbs_relate(*verbs)
    )


def patient(claim: Claim) -> Slot | None:
    """To what an unlisted verb happens: its object, or the subject of one without an object. What
    persons do is told of many of their days, and says nothing."""
    thing, actor = claim.slot("thing"), claim.slot("actor")
    if thing is not None and thing.value:
        return thing
    plain = thing is None and actor is not None and actor.value
    acting = actor is not None and actor.value in listed(claim, "people")
    return actor if plain and not acting else None


def is_self(claim: Claim) -> bool:
    return claim.filled("who") == "none"


def kindred(a: Claim, b: Claim, around: Accounts) -> bool:
    """Whether one event is a case of the other: an election is a vote."""
    nouns = a.filled("noun"), b.filled("noun")
    said = "speech" in {a.filled("event"), b.filled("event")}
    return all(nouns) and not said and lexicon(around.rules).nouns_relate(*nouns) in ALIKE


def shares_participant(a: Claim, b: Claim, around: Accounts) -> bool:
    """Whether who acts in one account, or what is acted upon, does or suffers in the other."""
    pairs = [(a.slot(one), b.slot(other)) for one in _PARTIES for other in _PARTIES]
    return any(
        same_bearer(one, other, around)
        or (one and other and one.value and (one.value, one.how) == (other.value, other.how))
        for one, other in pairs
    )


def _aspects_differ(a: Claim, b: Claim, around: Accounts) -> str:
    one, other = a.filled("aspect"), b.filled("aspect")
    if one == other or {one, other} == {"start", "occur"}:
        return ""
    return f"the {one} of the {a.filled('noun')} is not its {other}"


def modality_differs(a: Claim, b: Claim, around: Accounts) -> str:
    return "" if a.modality == b.modality else f"one is {a.modality}, the other {b.modality}"


def background(a: Claim, b: Claim, around: Accounts) -> str:
    labels = {claim.filled("section") for claim in (a, b)}
    return "one stands in the background" if any(_BACKGROUND in x for x in labels) else ""


def _bounds(a: Claim, b: Claim, around: Accounts) -> str:
    hedges = {claim.hedge for claim in (a, b)}
    ends = len(hedges) > 1 and hedges & _UNSAID
    return "one is an end of something that lasted" if ends else ""


def which_differs(a: Claim, b: Claim, around: Accounts) -> str:
    one, other = a.filled("which"), b.filled("which")
    return "" if one == other else f"the {one or other} {a.filled('noun')} is another one"


def _actors_differ(a: Claim, b: Claim, around: Accounts) -> str:
    if is_self(a) or is_unlisted(a) or same_actor(a, b, around):
        return ""
    known = [claim for claim in (a, b) if claim.filled("actor")]
    one_day = not _is_long(a, b) and a.mention.article != b.mention.article
    if (
        one_day
        and len(known) == 1
        and around.only_actor(known[0])
        and any(c.filled("core") for c in (a, b))
    ):
        return ""
    one, other = a.filled("actor") or "not named", b.filled("actor") or "not named"
    return f"whose {a.filled('noun')}: {one}, {other}"


def is_unlisted(claim: Claim) -> bool:
    event = claim.slot("event")
    return event is not None and event.how == "lemma"


def _unlisted_differ(a: Claim, b: Claim, around: Accounts) -> str:
    """Verbs that no rule lists need the same thing done by the same one; a passive names none."""
    if not is_unlisted(a):
        return ""
    things = patient(a), patient(b)
    if not same_bearer(*things, around):
        said = [slot.value if slot else "" for slot in things]
        return f"'{a.filled('noun')}' is said of {said[0]} and of {said[1]}"
    same = same_actor(a, b, around)
    named = all(c.filled("actor") and c.filled("thing") for c in (a, b))
    return "" if same or not named else f"done by {a.filled('actor')} and by {b.filled('actor')}"


def elsewhere(a: Claim, b: Claim, around: Accounts) -> str:
    one, other = (listed(claim, "place") for claim in (a, b))
    if not (is_self(a) or a.filled("often")) or is_unlisted(a) or not (one and other):
        return ""
    return "" if one & other else "in different places"


def _often_loosely(a: Claim, b: Claim, around: Accounts) -> str:
    """What happens every other day is one occasion only if two particulars are shared."""
    if not a.filled("often") or is_unlisted(a) or _is_witness(a, b):
        return ""
    shared = [
        bool(listed(a, "place") & listed(b, "place")),
        bool(same_actor(a, b, around)),
        bool(same_bearer(a.slot("thing"), b.slot("thing"), around)),
        bool(listed(a, "people") & listed(b, "people")),
        bool(a.filled("core")) and a.filled("core") == b.filled("core"),
        bool(a.filled("stage")) and a.filled("stage") == b.filled("stage"),
        bool(a.filled("which")),
    ]
    return "" if sum(shared) > 1 else f"too little shared for one {a.filled('noun')}"


def listed(claim: Claim, slot: str) -> set[str]:
    return set(claim.filled(slot).split("|")) - {""}


def _is_witness(a: Claim, b: Claim) -> bool:
    """Whether one claim names a day that is one of the two of the other's muddled phrase."""
    days = {str(day_named(claim)) for claim in (a, b)}
    return any(days <= set(c.filled("either").split("|")) for c in (a, b) if c.filled("either"))


def _one_article(a: Claim, b: Claim, around: Accounts) -> str:
    """An account seldom contradicts itself; two times in it are mostly two things."""
    if a.mention.article != b.mention.article:
        return ""
    if a.sentence != b.sentence and not is_self(a) and not a.filled("often"):
        return ""
    return f"two {a.filled('noun')}s of one account"


def far(a: Claim, b: Claim, around: Accounts) -> str:
    days = [day_named(c) for c in (a, b)]
    if a.filled("grain") == "clock":
        both = days[0] and days[1] and days[0] != days[1]
        return "clock times of different days" if both else ""
    if _is_long(a, b):
        return "too coarse to be one occasion" if is_self(a) or _is_any(a) or _is_any(b) else ""
    if days[0] is None or days[1] is None:
        return ""
    rule = "time.limit.often" if a.filled("often") else "time.limit.once"
    if a.modality == b.modality == "planned" and not is_self(a) and same_actor(a, b, around):
        return ""  # what has not happened yet has one day
    limit = around.rules.rule(rule).number("days")
    gap = abs((days[0] - days[1]).days)
    return f"{gap} days apart: two occasions" if gap > limit else ""


def _is_any(claim: Claim) -> bool:
    """Whether the event is told of something that is new to the reader ("a bridge fell")."""
    bearer = claim.slot("actor") or claim.slot("thing")
    return bearer is not None and bearer.how == "noun"


def _is_long(a: Claim, b: Claim) -> bool:
    return "long" in {a.filled("grain"), b.filled("grain")}


def _several(a: Claim, b: Claim, around: Accounts) -> str:
    """An account that tells of two occasions says that there were two: one told by others may be
    either, and what fits one of them is no error about the other."""
    if relation(a, b) is not Relation.APART or _is_long(a, b):
        return ""
    if a.filled("either") or b.filled("either"):
        return ""
    told = around.occasions.get((around.event(a), a.filled("event")), {})
    days = [_day_told(claim, told, around) for claim in (a, b)]
    if a.filled("grain") == "clock" and days[0] and days[1] and days[0] != days[1]:
        return "clock times of different days"
    for account, claims in told.items():
        mine = [c for c in claims if is_self(a) or same_actor(a, c, around)]
        apart = any(relation(c, d) is Relation.APART for c in mine for d in mine)
        if apart and (account in {a.mention.article, b.mention.article} or _tells(mine, a, b)):
            return f"one account tells of several {a.filled('noun')}s"
    return ""


def _tells(claims: Sequence[Claim], a: Claim, b: Claim) -> bool:
    """Whether both times are among those that one account tells apart."""
    return a.filled("grain") == "day" and all(
        any(relation(claim, told) is not Relation.APART for told in claims) for claim in (a, b)
    )


def _day_told(claim: Claim, told: dict[str, list[Claim]], around: Accounts) -> date | None:
    """The day of a claim: its own, else the only one on which its account puts the event."""
    own = day_named(claim)
    if own is not None:
        return own
    days = {day_named(c) for c in told.get(claim.mention.article, ()) if within_a_day(c.value)}
    return days.pop() if len(days) == 1 else None


_CONSTRAINTS = (
    _aspects_differ, modality_differs, background, _bounds, which_differs, _actors_differ,
    _unlisted_differ, elsewhere, _often_loosely, far, _one_article, _several,
)  # fmt: skip


def _because(a: Claim, b: Claim, around: Accounts) -> tuple[str, ...]:
    shared = ["event", "aspect", "grain"]
    if same_actor(a, b, around):
        shared.append("actor")
    if a.filled("place") and a.filled("place") == b.filled("place"):
        shared.append("place")
    return tuple(shared)
