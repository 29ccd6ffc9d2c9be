"""Articles -> events: which accounts are about the same thing that happened.

Two articles are about one event when they speak of a common day, or were published within days
of each other, and name enough of the same people, places and organisations. Articles whose days
are all far apart are about different events, however alike their words: a summit in March and
one in September have the same guests. But an account may look back, months later and without
the day: it joins the event of several accounts with most of which it shares many names, unless
it was published before them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from math import log

from crosscheck.grammar.times import read_times
from crosscheck.kinds.base import Context
from crosscheck.language import Document
from crosscheck.values.moments import Moment, Recurring

SHARED_NAMES = 0.12
"""The least share of the rarer article's weight of names that two accounts must have in common."""

MANY_NAMES = 0.25
"""The least share for accounts that no day ties, but that may follow up or look back."""

NEAR, SOON = 3, 14
"""Days between two publications that count as the same days, and as days of one story."""

Day = tuple[int, int]
"""Month and day of the month: many accounts leave the year out."""


@dataclass(frozen=True, slots=True)
class _Profile:
    days: frozenset[Day]
    years: frozenset[int]
    published: date | None
    names: frozenset[str]


def events(context: Context) -> dict[str, str]:
    """The event of every article: the id of the first article about it."""
    profiles = {d.article.id: _profile(d, context) for d in context.documents}
    weight = _weights(profiles)
    root = {id: id for id in profiles}
    for a, b in combinations(sorted(profiles), 2):
        if _same_event(profiles[a], profiles[b], weight):
            low, high = sorted((_top(root, a), _top(root, b)))
            root[high] = low
    found = {id: _top(root, id) for id in profiles}
    return {id: _looking_back(id, found, profiles, weight) for id in profiles}


def _looking_back(
    id: str,
    found: Mapping[str, str],
    profiles: Mapping[str, _Profile],
    weight: Mapping[str, float],
) -> str:
    """The event of an account: for one that stands alone, that of the accounts it looks back on."""
    accounts: dict[str, list[_Profile]] = defaultdict(list)
    for other, event in sorted(found.items()):
        accounts[event].append(profiles[other])
    if len(accounts[found[id]]) > 1:
        return found[id]
    likeness = {
        event: _likeness(profiles[id], others, weight)
        for event, others in accounts.items()
        if len(others) > 1 and not _before(profiles[id], others)
    }
    best = max(likeness, key=lambda event: (likeness[event], event), default="")
    return best if best and likeness[best] >= MANY_NAMES else found[id]


def _likeness(one: _Profile, others: Sequence[_Profile], weight: Mapping[str, float]) -> float:
    """The share of names that an account has in common with half of the others, or more."""
    return sorted(_alike(one, other, weight) for other in others)[len(others) // 2]


def _before(one: _Profile, others: Sequence[_Profile]) -> bool:
    days = [other.published for other in others if other.published]
    return bool(one.published and days and (min(days) - one.published).days > NEAR)


def _top(root: Mapping[str, str], id: str) -> str:
    while root[id] != id:
        id = root[id]
    return id


def _profile(document: Document, context: Context) -> _Profile:
    article = document.article
    anchor = article.published
    days: set[Day] = set()
    years: set[int] = set()
    for sentence in document.sentences:
        for mention in read_times(sentence.text, sentence.zone.posted or anchor, context.rules):
            day = _day_of(mention.value)
            if isinstance(day, date):
                years.add(day.year)
                days.add((day.month, day.day))
            elif day is not None:
                days.add(day)
    days |= {(z.posted.month, z.posted.day) for z in article.zones if z.posted}
    names = frozenset(name for _, _, name in context.names.get(article.id, ()))
    published = anchor.date() if isinstance(anchor, datetime) else None
    return _Profile(frozenset(days), frozenset(years), published, names)


def _day_of(value: object) -> date | Day | None:
    if isinstance(value, Moment):
        return value.day
    if isinstance(value, Recurring) and value.month and value.day:
        return value.month, value.day
    return None


def _weights(profiles: Mapping[str, _Profile]) -> dict[str, float]:
    """Rare names weigh more; a name that only one article has weighs as much as one of two."""
    seen = Counter(name for profile in profiles.values() for name in profile.names)
    total = len(profiles)
    return {name: log(1 + total / max(2, count)) for name, count in seen.items()}


def _meet(some: frozenset[Day], others: frozenset[Day]) -> bool:
    """Whether two accounts name one day, or days next to each other: dates are often one off."""
    around = {_shifted(day, by) for day in some for by in (-1, 0, 1)}
    return bool(around & others)


def _shifted(day: Day, by: int) -> Day:
    leap = date(2024, *day) + timedelta(days=by)
    return leap.month, leap.day


def _alike(a: _Profile, b: _Profile, weight: Mapping[str, float]) -> float:
    """The share of the rarer account's weight of names that both have."""
    shared = sum(weight[name] for name in sorted(a.names & b.names))
    least = min(sum(weight[name] for name in sorted(p.names)) for p in (a, b))
    return shared / least if least else 1.0


def _same_event(a: _Profile, b: _Profile, weight: Mapping[str, float]) -> bool:
    alike = _alike(a, b, weight)
    gap = abs((a.published - b.published).days) if a.published and b.published else None
    if gap is not None and gap <= SOON:
        return alike >= (SHARED_NAMES / 2 if gap <= NEAR else MANY_NAMES)
    if a.days and b.days:
        return _meet(a.days, b.days) and alike >= SHARED_NAMES
    return alike >= 2 * SHARED_NAMES
