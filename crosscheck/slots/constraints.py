"""What forbids that two figures are about the same thing, however much they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crosscheck.model import Claim
from crosscheck.slots.lexicon import State
from crosscheck.slots.likeness import (
    counted,
    filled_alike,
    is_evolving,
    is_in,
    is_owned,
    measured,
    owners_of,
    same_place,
    share_owner,
    state_of,
)
from crosscheck.slots.slips import other_currency, slipped
from crosscheck.slots.surroundings import Surroundings
from crosscheck.values.moments import WEEKDAYS

_IDLE = frozenset("much many more other such several last first new big large total whole".split())

NEAR = 1.5
"""How many times larger a count of people may be than one of, say, clerks and be the same."""

LONG = 7
"""Days after which an account that names no day may be about another day's gathering or prices."""


def forbidden(a: Claim, b: Claim, around: Surroundings, garbled: bool = False) -> str:
    """The first reason against, or an empty string. ``garbled``: one figure is taken for a slip of
    the other; then what accounts merely word differently, or leave out, is no reason."""
    tests = _OF_GARBLED if garbled else _CONSTRAINTS
    return next((why for test in tests if (why := test(a, b, around))), "")


def objections(a: Claim, b: Claim, around: Surroundings) -> Iterator[str]:
    """The names of all constraints that two figures violate."""
    for test in _CONSTRAINTS:
        if test(a, b, around):
            yield test.__name__.strip("_").replace("_", " ")


def _one_account(a: Claim, b: Claim, around: Surroundings) -> str:
    """Two figures of one article are about one thing only if it says so itself: in its headline,
    in posts of different times, or from rival sources."""
    if a.mention.article != b.mention.article:
        return ""
    if a.in_headline != b.in_headline or a.as_of != b.as_of:
        return ""
    rivals = a.attributed_to and b.attributed_to and a.attributed_to != b.attributed_to
    told = [around.lexicon.state(claim.filled("state")) for claim in (a, b)]
    evolves = any(state and state.evolves for state in told)
    return "" if rivals or evolves else "two figures of one account"


def _superseded(a: Claim, b: Claim, around: Surroundings) -> str:
    """A live page's running count at another time of the day."""
    passing = a.key in around.passing or b.key in around.passing
    return "a running count at another time of the day" if passing else ""


def _quality(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("quality"), b.filled("quality")
    if one == other or a.value.unit.dimension != "percent":
        return ""
    return f"{one or 'something else'}, not {other or 'something else'}"


def _event(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = around.events.get(a.mention.article), around.events.get(b.mention.article)
    return "another event: the articles are about different ones" if one != other else ""


def _reminder(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.slot("reminder"), b.slot("reminder")
    return "another event, which one account mentions in passing" if one or other else ""


def _year(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _other_year(a, around), _other_year(b, around)
    if one == other:
        return ""
    lone = one or other if not (one and other) else ""
    ahead = [claim for claim in (a, b) if lone and _is_ahead(lone, claim, around)]
    return "" if ahead else "another year"


def _is_ahead(year: str, claim: Claim, around: Surroundings) -> bool:
    """A year still to come ("from 2031") is a term; an account may leave it out."""
    published = around.published.get(claim.mention.article)
    return published is not None and int(year) > published.year and year == claim.filled("year")


def _other_year(claim: Claim, around: Surroundings) -> str:
    year = claim.filled("year")
    published = around.published.get(claim.mention.article)
    return "" if year and published and int(year) == published.year else year


def _cause(a: Claim, b: Claim, around: Surroundings) -> str:
    """What did it separates only where an account counts one state by several causes: the storm
    in which a ferry sank and the wreck itself are one event."""
    if not any(_several_causes(claim, around) for claim in (a, b)):
        return ""
    one, other = a.filled("cause"), b.filled("cause")
    kin = around.vocabulary.kin
    if one and other:
        apart = one != other and other not in kin.get(one, frozenset())
        return f"another cause: {one}, not {other}" if apart else ""
    for claim in (a, b):
        main = around.main_cause.get(claim.mention.article, "")
        cause = claim.filled("cause")
        if cause and main and cause != main and main not in kin.get(cause, frozenset()):
            return f"another cause: {cause}, not {main}"
    return ""


def _several_causes(claim: Claim, around: Surroundings) -> bool:
    event = around.events.get(claim.mention.article, "")
    return (event, state_of(claim, around)) in around.causes


def _modality(a: Claim, b: Claim, around: Surroundings) -> str:
    if a.modality == b.modality or a.value.unit.dimension == "age":
        return ""
    return f"one is {_said(a.modality)}, the other {_said(b.modality)}"


def _said(modality: str) -> str:
    return "a count" if modality == "done" else modality


def _polarity(a: Claim, b: Claim, around: Surroundings) -> str:
    if a.value.unit.dimension == "age":
        return ""
    return "one of them is negated" if a.polarity != b.polarity else ""


def _part(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("part"), b.filled("part")
    if one == other:
        return ""
    if {one, other} == {"of a whole", ""} and _owners_agree(a, b, around):
        return ""  # "Dawn took 78 of 217 seats" is Dawn's own count
    return "a part is not the whole"


def _owners_agree(a: Claim, b: Claim, around: Surroundings) -> bool:
    return (
        is_owned(a, around)
        and bool(owners_of(a))
        and share_owner(owners_of(a), owners_of(b), around)
    )


def _scope(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("scope"), b.filled("scope")
    if one == other:
        return ""
    if "world" in {one, other} or "elsewhere" in {one, other}:
        plain = b if one else a
        counts_all = {one, other} == {"world", ""} and _either_spread(a, b, around)
        if counts_all and plain.slot("state") and not plain.filled("place"):
            return ""  # where cities are counted one by one, what names none counts all
        return "one counts the whole world, or elsewhere"
    total, share = (a, b) if one == "total" else (b, a)
    if _either_spread(a, b, around):
        return "a total is not the count of one place"
    owned = is_owned(share, around) and share.slot("owner") and not total.slot("owner")
    return "a total is not one owner's share" if owned else ""


def _noun(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = counted(a, around.lexicon), counted(b, around.lexicon)
    if not one or not other or a.value.unit.dimension == "age":
        return ""
    relation = around.lexicon.nouns_relate(one, other)
    if relation in {"same", "synonym"}:
        return ""
    if relation in {"broader", "narrower"} and "person" not in {one, other}:
        return ""
    if relation in {"broader", "narrower"}:
        alone = is_in(a, around.single) and is_in(b, around.single)
        if alone and filled_alike("state", a, b) and _near_in_size(a, b):
            return ""  # sixteen clerks held here, about twenty people there
        return f"one counts {one}, the other {other}: a part is not the whole"
    return f"one counts {one}, the other {other}"


def _state(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = state_of(a, around), state_of(b, around)
    measured = a.slot("aspect") is not None and b.slot("aspect") is not None
    if slipped(a, b) or measured or not one or not other:
        return ""
    return f"{one} is not {other}" if one != other else ""


def _aspect(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("aspect"), b.filled("aspect")
    if a.value.unit.dimension == "percent" and one != other:
        return "a rise or fall is not a share"
    return f"{one} is not {other}" if one and other and one != other else ""


def _thing(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = measured(a, around.lexicon), measured(b, around.lexicon)
    if not one or not other or around.lexicon.nouns_relate(one, other):
        return ""
    if filled_alike("owner", a, b) and not a.filled("aspect"):
        return ""
    return f"of {one}, not of {other}"


def _rival_owners(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = owners_of(a), owners_of(b)
    if not (one and other and (is_owned(a, around) or is_owned(b, around))):
        return ""
    if share_owner(one, other, around) or _may_be_one(one, other, around):
        return ""
    return f"{' and '.join(sorted(one))}, not {' and '.join(sorted(other))}"


def _no_owner(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = owners_of(a), owners_of(b)
    owned = is_owned(a, around) or is_owned(b, around)
    if not owned or (one and other) or slipped(a, b) or other_currency(a, b):
        return ""
    if a.filled("part") and filled_alike("part", a, b):
        return ""  # "the remaining 40 seats" are those of nobody who was named
    hero = _plain_id(around.hero.get(a.mention.article, ""))
    counts = a.value.unit.dimension.startswith("count")
    if (hero and hero in map(_plain_id, one | other)) or not (one or other or counts):
        return ""
    silent = b if one else a
    if (one or other) & around.headlined.get(silent.mention.article, frozenset()):
        return ""
    anybody = all(_collective(name, around) for name in one | other)
    alone = is_in(a, around.single) and is_in(b, around.single)
    if not (one or other) and a.in_headline and b.in_headline:
        return ""  # headlines leave out whom all accounts are about
    return "" if alone and anybody else "whose it is one account does not say"


def _plain_id(name: str) -> str:
    """An id without the number that tells bearers of one name apart."""
    return name.split(" (", 1)[0]


def _collective(owner: str, around: Surroundings) -> bool:
    """Whether an owner is a common noun for people (donors), who need not be named."""
    return owner.islower() and around.lexicon.noun_class(owner) in {"person", "group"}


def _may_be_one(one: frozenset[str], other: frozenset[str], around: Surroundings) -> bool:
    """A common noun ("the company") may stand for a name; two names or two nouns may not."""
    nouns = [all(name.islower() for name in names) for names in (one, other)]
    if nouns[0] == nouns[1]:
        return nouns[0] and any(around.lexicon.nouns_relate(x, y) for x in one for y in other)
    common = one if nouns[0] else other
    return any(around.lexicon.noun_class(noun) in {"organisation", "group"} for noun in common)


def _near_in_size(a: Claim, b: Claim) -> bool:
    """Whether neither figure is much larger: parts are mostly far smaller than their whole."""
    sizes = [claim.value.high or claim.value.low for claim in (a, b)]
    return bool(sizes[0] and sizes[1] and max(sizes) <= NEAR * min(sizes))


def _modifiers(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _described(a), _described(b)
    if not one or not other or one & other or slipped(a, b):
        return ""
    return f"{' '.join(sorted(one))}, not {' '.join(sorted(other))}"


def _described(claim: Claim) -> frozenset[str]:
    return frozenset(claim.filled("modifiers").split()) - _IDLE


def _day(a: Claim, b: Claim, around: Surroundings) -> str:
    """Prices and gatherings are those of a day."""
    state = _state_told(a, b, around)
    daily = state is not None and (state.disputed or state.running or state.name == "shares")
    if a.value.unit.dimension not in {"percent", "point"} and not daily:
        return ""
    one, other = a.filled("day"), b.filled("day")
    if one and other:
        return "" if _may_be_one_day(one, other) else "another day"
    published = [around.published.get(claim.mention.article) for claim in (a, b)]
    if daily and published[0] and published[1]:
        apart = abs((published[0] - published[1]).days) > LONG
        return "accounts far apart in time, and one does not name the day" if apart else ""
    return ""


def _may_be_one_day(one: str, other: str) -> bool:
    """Days are ISO dates, or weekdays where no date is known."""
    if one[:1].isdigit() and other[:1].isdigit():
        return one == other
    return _weekday(one) == _weekday(other)


def _weekday(day: str) -> str:
    return WEEKDAYS[date.fromisoformat(day).weekday()] if day[:1].isdigit() else day


def _place(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _away(a, around), _away(b, around)
    if one and other:
        return "" if same_place(one, other, around) else f"{one}, not {other}"
    lone = one or other
    spread = _either_spread(a, b, around)
    if spread and not (lone or a.filled("scope") or b.filled("scope") or slipped(a, b)):
        return "counted in several places, and neither account says in which"
    if not a.value.unit.dimension.startswith("count"):
        return ""
    state = _state_told(a, b, around)
    whole = lone.lower() in around.countries and state is not None and state.evolves
    if not lone or (whole and not spread):
        return ""
    return f"one is about {lone}, the other does not say so"


def _state_told(a: Claim, b: Claim, around: Surroundings) -> State | None:
    """The state of which one account or both tell; of two, the first by name."""
    told = sorted({state_of(a, around), state_of(b, around)} - {""})
    return around.lexicon.state(told[0]) if told else None


def _either_spread(a: Claim, b: Claim, around: Surroundings) -> bool:
    return _is_spread(a, around) or _is_spread(b, around)


def _is_spread(claim: Claim, around: Surroundings) -> bool:
    """Whether people in this state are counted place by place."""
    event = around.events.get(claim.mention.article, "")
    people = counted(claim, around.lexicon) in {"", "person"}
    return people and (event, state_of(claim, around)) in around.spread


def _away(claim: Claim, around: Surroundings) -> str:
    """The place of a claim, unless it is the place of the whole event."""
    place, home = claim.filled("place"), around.home.get(claim.mention.article, "")
    if _is_spread(claim, around):
        return place
    return "" if home and place and same_place(place, home, around) else place


def _change(a: Claim, b: Claim, around: Surroundings) -> str:
    """A rise is not a fall, unless one number is said to be both."""
    one, other = a.value.change, b.value.change
    opposed = one and other and one != other and a.value.stated != b.value.stated
    return "a rise is not a fall" if opposed else ""


def _agent(a: Claim, b: Claim, around: Surroundings) -> str:
    """What one person did is a part of what all did."""
    state = _state_told(a, b, around)
    if state is None or not state.shared:
        return ""
    alone = [bool(owners_of(c) & around.people) for c in (a, b)]
    return "one person's share is not the whole" if alone[0] != alone[1] else ""


_CONSTRAINTS = (
    _event, _reminder, _year, _cause, _modality, _polarity, _part, _scope, _noun, _state, _aspect,
    _thing, _rival_owners, _no_owner, _day, _place, _quality, _one_account,
    _superseded, _change, _modifiers, _agent,
)  # fmt: skip

_WORDINGS = (_modality, _noun, _state, _thing, _quality, _modifiers, _scope, _no_owner)
"""What accounts may word differently, or leave out, and yet mean one figure."""


def _rival_states(a: Claim, b: Claim, around: Surroundings) -> str:
    """Thirteen dead are not the 31 injured: chance mirrors figures of two digits."""
    rivals = is_evolving(a, around.lexicon) and is_evolving(b, around.lexicon)
    return "" if slipped(a, b) or other_currency(a, b) or not rivals else _state(a, b, around)


_OF_GARBLED = (*(test for test in _CONSTRAINTS if test not in _WORDINGS), _rival_states)


def _rival_places(a: Claim, b: Claim, around: Surroundings) -> str:
    """Both accounts say where, and it is not one place."""
    told = _away(a, around) and _away(b, around)
    return _place(a, b, around) if told else ""


def _remainder(a: Claim, b: Claim, around: Surroundings) -> str:
    """What is left beside somebody who was named ("21 others") is one less than the whole."""
    others = "others" in {a.filled("part"), b.filled("part")}
    return _part(a, b, around) if others else ""


def _rival_measures(a: Claim, b: Claim, around: Surroundings) -> str:
    """The depth of one thing is not its width, nor a distance that of another thing."""
    if not (a.filled("aspect") and b.filled("aspect")):
        return ""
    return _aspect(a, b, around) or _thing(a, b, around)


_ABSOLUTE = (
    _event, _reminder, _year, _remainder, _rival_measures, _modality, _polarity, _rival_owners,
    _rival_places, _one_account, _superseded, _change, _rival_states,
)  # fmt: skip
"""What no evidence outweighs: the two are told of other events, moments, places or owners."""


def excluded(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether the texts themselves say that the two figures are about two things."""
    return any(test(a, b, around) for test in _ABSOLUTE)
