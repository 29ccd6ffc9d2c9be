"""What speaks for and against two times being those of one happening, weighed and added up.

The constraints of ``occasions`` need the happening named alike in both accounts. Where one writes
that the ship "struck a reef at 21:45" and another that she "touched the rocks at 20:45", the times
themselves tell more: two clock times that differ by whole hours, years with their digits turned
round, the time at which a third account puts what the first one tells. Each is a piece of evidence
with a weight (logistic regression), from ``rules/times/evidence.tsv``, fitted by
``benchmarks/fit_dated.py`` to the annotated clusters of ``benchmarks/``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log1p

from crosscheck.model import Claim, Link
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import Accounts, day_named
from crosscheck.slots.actors import same_actor, same_bearer
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.occasions import (
    background,
    elsewhere,
    far,
    is_unlisted,
    kindred,
    listed,
    modality_differs,
    one_occasion,
    relation,
    scale,
    which_differs,
)
from crosscheck.slots.weighing import Weighing
from crosscheck.values.interval import Relation
from crosscheck.values.moments import time_of_day

SURE = 0.6
"""From here on evidence ties two times that the constraints do not."""

_DIGIT = re.compile(r"\d")
_HALF_DAY, _DAY = 720, 1440
_NEAR, _WIDE, _WEEK = 20, 240, 7
_QUARTER = 15
_FEW = 3
"""An account that gives fewer times than these is a short one, and no surer for that."""

Shared = Callable[[Claim, Claim], float]
Told = tuple[str, str, str]
"""A time as an event's accounts tell it: the event, the scale, the time in words."""


@cache
def dated_weights(rules: Rulebook) -> Mapping[str, float]:
    """Evidence by name, with its weight in natural logarithms of the odds."""
    return {name: float(weight) for name, weight in rules.mapping("times/evidence").items()}


@dataclass(eq=False)
class DatedBeliefs(Weighing):
    """The times of some accounts, weighed against each other; ``shared_context`` tells how much
    the sentences of two claims have in common."""

    around: Accounts | None = None
    shared_context: Shared = lambda a, b: 0.0

    def __post_init__(self) -> None:
        self._twins: dict[Told, list[Claim]] = defaultdict(list)
        self._peers: Counter[tuple[str, str]] = Counter()
        for claim in self.claims:
            self._peers[claim.mention.article, scale(claim)] += 1
            if not claim.filled("phrase"):
                self._twins[self._told(claim)].append(claim)

    @property
    def accounts(self) -> Accounts:
        assert self.around is not None
        return self.around

    def event(self, claim: Claim) -> str:
        return self.accounts.event(claim) or ""

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        return nearness(claim)

    def evidence(self, a: Claim, b: Claim) -> Mapping[str, float]:
        """Empty for times that go together, or of which one is muddled in itself."""
        if a.filled("phrase") or b.filled("phrase") or scale(a) != scale(b):
            return {}
        if relation(a, b) is not Relation.APART:
            return {}
        parts = (self._of_events, self._of_particulars, self._of_times, self._of_accounts)
        return {name: value for part in parts for name, value in part(a, b) if value}

    def ties(self, a: Claim, b: Claim) -> bool:
        return super().ties(a, b) and not self._told_apart(a, b)

    def _told_apart(self, a: Claim, b: Claim) -> bool:
        """Whether the texts tell of two happenings; that they name them or whose they are in
        unlike words is outweighed by times that one slip or one source explains."""
        around = self.accounts
        if a.polarity != b.polarity or a.filled("event") == b.filled("event") == "speech":
            return True
        if any(test(a, b, around) for test in _ABSOLUTE):
            return True
        if scale(a) == "clock" and far(a, b, around):
            return True
        return _unlike(a, b, around) and not any(mark in self.evidence(a, b) for mark in _SLIPS)

    def _told(self, claim: Claim) -> Told:
        return self.event(claim), scale(claim), _words(claim)

    def _of_events(self, a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
        around = self.accounts
        one, other = a.filled("event"), b.filled("event")
        alike = one == other not in {"", "speech"}
        unlisted = is_unlisted(a) and is_unlisted(b)
        words = lexicon(around.rules)
        related = unlisted and words.verbs_relate(a.filled("noun"), b.filled("noun"))
        yield "rule", float(isinstance(one_occasion(a, b, around), Link))
        yield "one event", float(alike)
        yield "verbs alike", float(related)
        yield "nouns alike", float(not alike and kindred(a, b, around))
        yield "one noun", float(bool(a.filled("core")) and a.filled("core") == b.filled("core"))
        yield "event untold", float(not (one and other))
        yield "both planned", float(a.modality == b.modality == "planned")

    def _of_particulars(self, a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
        around = self.accounts
        actor = same_actor(a, b, around)
        thing = same_bearer(a.slot("thing"), b.slot("thing"), around)
        yield "one actor", float(actor is True)
        yield "one thing", float(thing is True)
        for kind in ("people", "names", "place"):
            one, other = listed(a, kind), listed(b, kind)
            yield f"common {kind}", float(bool(one & other))
            yield f"no common {kind}", float(bool(one and other) and not one & other)
        yield "like words", self.shared_context(a, b)

    def _of_times(self, a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
        yield "clock", float(scale(a) == "clock")
        yield "alike hedged", float(a.hedge == b.hedge)
        yield "grains differ", float(a.filled("grain") != b.filled("grain"))
        days = day_named(a), day_named(b)
        known = days[0] is not None and days[1] is not None
        if scale(a) == "clock":
            yield "same day", float(known and days[0] == days[1])
            yield "another day", float(known and days[0] != days[1])
            yield from _of_clocks(a, b)
        elif days[0] is None or days[1] is None:
            yield "undated", 1.0
        elif "long" in {a.filled("grain"), b.filled("grain")}:
            yield from _of_years(days[0].year, days[1].year)
        else:
            yield from _of_days(days[0], days[1])
            yield from of_digits(a, b)

    def _of_accounts(self, a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
        one, other = self._twins[self._told(a)], self._twins[self._told(b)]
        tells = [_tells(a, other), _tells(b, one)]
        yield "one account tells both", float(any(tells))
        yield "both accounts tell both", float(all(tells))
        sizes = [max(_FEW, self._peers[c.mention.article, scale(c)]) for c in (a, b)]
        yield "few such times", 1 / (1 + min(sizes))
        yield "few such times in both", 1 / (1 + max(sizes))
        tellers = [len({c.mention.article for c in some}) for some in (one, other)]
        yield "told by several", float(max(tellers) > 1)
        yield "each told by several", float(min(tellers) > 1)
        yield from self._of_twins(a, b, one, other)

    def _of_twins(
        self, a: Claim, b: Claim, one: Sequence[Claim], other: Sequence[Claim]
    ) -> Iterator[tuple[str, float]]:
        """What claims of the same two times have in common, in whatever accounts."""
        pairs = [
            (x, y)
            for x in one
            for y in other
            if x.mention.article != y.mention.article and (x is not a or y is not b)
        ]
        around = self.accounts
        ruled = (isinstance(one_occasion(x, y, around), Link) for x, y in pairs)
        events = (x.filled("event") == y.filled("event") not in {"", "speech"} for x, y in pairs)
        yield "twins by rule", float(any(ruled))
        yield "twins of one event", float(any(events))
        yield "twins' like words", max((self.shared_context(x, y) for x, y in pairs), default=0.0)


def _unlike(a: Claim, b: Claim, around: Accounts) -> bool:
    """Whether two happenings are named, or borne, in words that do not go together."""
    if far(a, b, around):
        return True
    parties = [same_bearer(a.slot(key), b.slot(key), around) for key in ("actor", "thing")]
    if a.filled("event") == b.filled("event"):
        return False in parties
    named = all(c.filled("event") not in {"", "speech"} and not is_unlisted(c) for c in (a, b))
    return named and not kindred(a, b, around)


_ABSOLUTE = (modality_differs, which_differs, elsewhere, background)
_SLIPS = frozenset(
    {"twins by rule", "same odd minute", "an hour or two off", "digits of the year turned round"}
)


def nearness(claim: Claim) -> Iterator[Hashable]:
    """Blocks in which times meet that are near, or that a slip may have made of each other."""
    if scale(claim) == "clock":
        minutes = _minutes(claim)
        if minutes is not None:
            part = minutes // _WIDE
            yield from (("clock", part), ("clock", (part + 1) % (_DAY // _WIDE)))
            yield "minute", minutes % 60
        return
    day = day_named(claim)
    if day is None:
        return
    if claim.filled("grain") == "long":
        yield from (("year", day.year // 3), ("year", day.year // 3 + 1))
        yield "digits", "".join(sorted(str(day.year)))
    else:
        week = day.toordinal() // (2 * _WEEK)
        yield from (("week", week), ("week", week + 1))
        yield "day", day.day


def _words(claim: Claim) -> str:
    minutes = _minutes(claim) if scale(claim) == "clock" else None
    return str(minutes) if minutes is not None else claim.label.removeprefix(f"{claim.hedge} ")


def _minutes(claim: Claim) -> int | None:
    clock = time_of_day(claim.value)
    return None if clock is None or clock.stated.low is None else clock.stated.low % _DAY


def _tells(claim: Claim, twins: Sequence[Claim]) -> bool:
    """Whether the claim's account tells the other time too."""
    return any(twin.mention.article == claim.mention.article for twin in twins)


def of_digits(a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
    dated = [bool(_DIGIT.search(claim.mention.text)) for claim in (a, b)]
    yield "dates named", float(all(dated))
    yield "weekdays only", float(not any(dated))


def _of_clocks(a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
    one, other = _minutes(a), _minutes(b)
    if one is None or other is None:
        return
    apart = min(abs(one - other), _DAY - abs(one - other))
    quarters = one % _QUARTER == 0 or other % _QUARTER == 0
    minute = one % 60 == other % 60
    yield "same odd minute", float(minute and not quarters)
    yield "same round minute", float(minute and quarters)
    yield "an hour or two off", float(apart in {60, 120, _HALF_DAY})
    yield "minutes apart", log1p(apart)
    yield "close", float(apart <= _NEAR)
    yield "to the minute", float(one % 5 != 0 or other % 5 != 0)


def _of_years(one: int, other: int) -> Iterator[tuple[str, float]]:
    digits = str(one), str(other)
    turned = one != other and sorted(digits[0]) == sorted(digits[1])
    yield "digits of the year turned round", float(turned)
    yield "one digit of the year", float(sum(x != y for x, y in zip(*digits, strict=False)) == 1)
    yield "next year", float(abs(one - other) == 1)


def _of_days(one: date, other: date) -> Iterator[tuple[str, float]]:
    apart = abs((one - other).days)
    same_month = (one.year, one.month) == (other.year, other.month)
    yield "days apart", log1p(apart)
    yield "next day", float(apart == 1)
    yield "within a week", float(1 < apart <= _WEEK)
    yield "same day of the month", float(one.day == other.day and apart > 0)
    yield "last digit of the day", float(same_month and one.day % 10 == other.day % 10)
    yield "first digit of the day", float(same_month and one.day // 10 == other.day // 10)
