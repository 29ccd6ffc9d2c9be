"""Which event, and when: figures of another event, account, year or day are other figures."""

from __future__ import annotations

from datetime import date

from crosscheck.model import Claim
from crosscheck.slots.history import COMPARED, CORRECTED, replaces
from crosscheck.slots.likeness import state_of, state_told
from crosscheck.slots.surroundings import Surroundings
from crosscheck.values.moments import WEEKDAYS

LONG = 7
"""Days after which an account that names no day may be about another day's gathering or prices."""


def one_account(a: Claim, b: Claim, around: Surroundings) -> str:
    """Two figures of one article are about one thing only if it says so itself: in its headline,
    in posts of different times, or from rival sources."""
    if a.mention.article != b.mention.article:
        return ""
    if a.in_headline != b.in_headline or a.as_of != b.as_of or replaces(a, b):
        return ""
    rivals = a.attributed_to and b.attributed_to and a.attributed_to != b.attributed_to
    told = [around.lexicon.state(claim.filled("state")) for claim in (a, b)]
    evolves = any(state and state.evolves for state in told)
    return "" if rivals or evolves else "two figures of one account"


def earlier(a: Claim, b: Claim, around: Surroundings) -> str:
    """A figure of another time with which an account compares its own, or a mistake that it has
    corrected: both only meet what says the same."""
    one, other = a.filled("earlier"), b.filled("earlier")
    if one == other or replaces(a, b):
        return ""
    if COMPARED in {one, other}:
        return "a figure of an earlier time, with which the account compares its own"
    owned_up = CORRECTED in {one, other} and a.value.bounds != b.value.bounds
    return "a mistake that its own account has corrected" if owned_up else ""


def superseded(a: Claim, b: Claim, around: Surroundings) -> str:
    """A live page's running count at another time of the day."""
    passing = a.key in around.passing or b.key in around.passing
    return "a running count at another time of the day" if passing else ""


def event(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = around.events.get(a.mention.article), around.events.get(b.mention.article)
    if one != other:
        return "another event: the articles are about different ones"
    recalled = (a.key in around.aside) != (b.key in around.aside)
    return (
        "another event: one account is about another one and only recalls this" if recalled else ""
    )


def reminder(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.slot("reminder"), b.slot("reminder")
    return "another event, which one account mentions in passing" if one or other else ""


def year(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _other_year(a, around), _other_year(b, around)
    if one == other:
        return ""
    lone = one or other if not (one and other) else ""
    if lone and any(_is_ahead(lone, claim, around) for claim in (a, b)):
        return ""
    silent = b if one else a
    return "" if lone and _of_that_year(silent, lone, around) else "another year"


def _of_that_year(silent: Claim, year: str, around: Surroundings) -> bool:
    """Whether an account that names no year was written in the year that the other one looks back
    at."""
    published = around.published.get(silent.mention.article)
    return published is not None and str(published.year) == year


def _is_ahead(year: str, claim: Claim, around: Surroundings) -> bool:
    """A year still to come ("from 2031") is a term; an account may leave it out."""
    published = around.published.get(claim.mention.article)
    return published is not None and int(year) > published.year and year == claim.filled("year")


def _other_year(claim: Claim, around: Surroundings) -> str:
    year = claim.filled("year")
    published = around.published.get(claim.mention.article)
    return "" if year and published and int(year) == published.year else year


def cause(a: Claim, b: Claim, around: Surroundings) -> str:
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


def day(a: Claim, b: Claim, around: Surroundings) -> str:
    """Prices and gatherings are those of a day."""
    state = state_told(a, b, around)
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
