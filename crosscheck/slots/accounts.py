"""What all the accounts together tell of dated events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.values.moments import Moment, Recurring, TimeOfDay, When


@dataclass(eq=False)
class Accounts:
    """What a comparison of two dates may know of all the others: ``events`` maps an article to
    the event that it is about, ``claims`` are the claims of all articles, ``people`` the names
    of persons."""

    rules: Rulebook
    events: Mapping[str, str]
    claims: Sequence[Claim]
    people: AbstractSet[str] = frozenset()

    def event(self, claim: Claim) -> str | None:
        return self.events.get(claim.mention.article)

    @cached_property
    def occasions(self) -> _Occasions:
        """The days of each class of events as each account tells them, muddled phrases left out."""
        found: _Occasions = {}
        for claim in self.claims:
            plain = (
                claim.kind == "date" and claim.filled("grain") == "day" and claim.filled("event")
            )
            if plain and claim.modality == "done" and not claim.filled("either"):
                key = (self.event(claim), claim.filled("event"))
                found.setdefault(key, {}).setdefault(claim.mention.article, []).append(claim)
        return found

    def only_actor(self, claim: Claim) -> bool:
        """Whether the accounts tell such an event of nobody else, so that "the launch" is it."""
        return self._actors.get((self.event(claim), claim.filled("event"))) == {
            claim.filled("actor")
        }

    @cached_property
    def _actors(self) -> dict[tuple[str | None, str], set[str]]:
        found: dict[tuple[str | None, str], set[str]] = {}
        for claim in self.claims:
            if claim.kind == "date" and claim.filled("actor"):
                key = (self.event(claim), claim.filled("event"))
                found.setdefault(key, set()).add(claim.filled("actor"))
        return found

    @cached_property
    def _offices(self) -> dict[str, set[str]]:
        """The persons that are given an office, by the words of the office."""
        found: dict[str, set[str]] = {}
        for claim in self.claims:
            if claim.kind == "role":
                for word in claim.filled("office").split():
                    found.setdefault(word, set()).add(claim.filled("person"))
        return found

    def holds(self, noun: str, name: str) -> bool:
        """Whether a noun is the office of a person and of nobody else in the accounts."""
        return self._offices.get(noun) == {name}

    def serves(self, person: str) -> frozenset[str]:
        """The countries and organisations of which a person is said to hold an office, in lower
        case."""
        return frozenset(self._served.get(person, ()))

    @cached_property
    def _served(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for claim in self.claims:
            if claim.kind == "role" and claim.value.role.scope and not claim.value.role.tense:
                found.setdefault(claim.filled("person"), set()).add(claim.value.role.scope)
        return found

    @cached_property
    def _told(self) -> dict[str | None, dict[date, set[str]]]:
        """By event, the accounts that put something that happened on each day."""
        told: dict[str | None, dict[date, set[str]]] = {}
        for claim in self.claims:
            day = day_named(claim) if claim.kind == "date" else None
            if day is None or claim.modality != "done" or claim.filled("either"):
                continue
            if within_a_day(claim.value):
                days = told.setdefault(self.event(claim), {})
                days.setdefault(day, set()).add(claim.mention.article)
        return told

    def main_day(self, event: str | None) -> date | None:
        """The day that more accounts of an event name than any other, if two at least do."""
        days = sorted(self._told.get(event, {}).items(), key=lambda item: (-len(item[1]), item[0]))
        if not days or len(days[0][1]) < 2:
            return None
        evenly = len(days) > 1 and len(days[1][1]) == len(days[0][1])
        return None if evenly else days[0][0]


_Occasions = dict[tuple[str | None, str], dict[str, list[Claim]]]


def day_named(claim: Claim) -> date | None:
    value = claim.value
    if isinstance(value, TimeOfDay | Recurring) or not isinstance(value, Moment):
        return None
    low = value.nominal.low
    return low.date() if low else None


def within_a_day(value: When) -> bool:
    """Not a night, which ends on the next day, nor a day by the clock of another place."""
    if not isinstance(value, Moment) or value.zone or value.span.low is None:
        return False
    midnight = value.span.low.replace(hour=0, minute=0)
    return value.span.high is not None and value.span.high <= midnight + timedelta(days=1)
