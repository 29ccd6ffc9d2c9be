"""A duration beside the days or years that it lasts from and to, and anniversaries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from crosscheck.grammar.times import TimeMention
from crosscheck.language import Token
from crosscheck.slots.arithmetic.derived import Derived, rules_by_id, significant
from crosscheck.slots.arithmetic.lines import VERBAL, Line, Stated, has
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval
from crosscheck.values.quantity import Quantity, label

_RULE = "derived.duration"
_FROM = re.compile(r"^from\s", re.IGNORECASE)
_LINKS = frozenset({"to", "until", "till", "through"})
_ANY_YEAR = 2001
_DAYS = {"day": 1, "week": 7, "night": 1}
_OTHERWISE = frozenset(
    ["after", "before", "ago", "later", "earlier", "older", "younger", "since", "from", "behind"]
)
"""Words behind a duration that make it one from some other day."""
_NEAR = 8  # words between a duration and its ends


def wrong_durations(line: Line, world: World) -> Iterator[Derived]:
    """ "A ten-day visit from 3 to 9 May"; "for 12 years, from 1995 to 2003"."""
    lasting = [s for s in line.stated if s.quantity.unit.dimension == "duration"]
    if len(lasting) != 1 or lasting[0].quantity.hedge or lasting[0].quantity.change:
        return
    stated = lasting[0]
    unit = stated.quantity.unit.name
    ends = _years(line, world) if unit == "year" else _days(line, world)
    if ends is None or (unit != "year" and unit not in _DAYS):
        return
    start, end, least, most = ends
    rule = rules_by_id(world.rules)[_RULE]
    behind = line.words(stated.end, len(line.text))[:1]
    quiet = set(rule.strings("quiet"))
    if (
        not _lasts(line, stated, start, end)
        or has(line.words(0, len(line.text)), quiet)
        or has(behind, _OTHERWISE)
    ):
        return
    size, slack = _DAYS.get(unit, 1), int(rule.number("slack"))
    whole = Interval.point(significant(Fraction(most, size)))
    bounds = Interval(Fraction(least - slack, size), Fraction(most + slack, size))
    made = Quantity(whole, bounds, stated.quantity.unit)
    span = _FROM.sub("", line.text[start:end]).replace(" and ", " to ")
    yield Derived(
        stated.claim, line.sentence.start + start, line.sentence.start + end, made,
        f"From {span} it is {_told(most, unit)}, not {label(stated.quantity)}.", _RULE,
    )  # fmt: skip


def _told(number: int, unit: str) -> str:
    return f"{number} {'year' if unit == 'year' else 'day'}{'' if number == 1 else 's'}"


def _lasts(line: Line, stated: Stated, start: int, end: int) -> bool:
    """Whether nothing else that could have a beginning and an end stands between a duration and
    its ends, and no other clause."""
    noun = stated.noun
    behind = stated.start < start
    gap = line.words(stated.end, start) if behind else line.words(end, stated.start)
    own = (noun.start, noun.end) if noun is not None else (0, 0)
    others = [t for t in gap if not (own[0] <= t.start and t.end <= own[1])]
    if len(gap) > _NEAR or any(t.pos in {"NOUN", "NUM"} for t in others):
        return False
    if sum(t.tag in VERBAL for t in gap) > 1 or any(t.tag in {"CC", ":"} for t in gap):
        return False
    return behind or has(gap, {"last"}) or [t.text for t in gap] == [","]


def _days(line: Line, world: World) -> tuple[int, int, int, int] | None:
    """Where the sentence gives a first and a last day, and how many days they make: without the
    last one, and with it."""
    found = list(_day_pairs(line, world))
    if len(found) != 1:
        return None
    start, end, days = found[0]
    return (start, end, days, days + 1) if days > 0 else None


def _day_pairs(line: Line, world: World) -> Iterator[tuple[int, int, int]]:
    """First and last days: in one phrase ("from 3 to 9 May"), or two ("from 3 May to 9 June")."""
    times = [m for m in world.times(line.sentence) if _is_day(m)]
    for mention in times:
        said = mention.said
        if said.day is not None and said.day2 is not None:
            yield mention.start, mention.end, said.day2 - said.day
    for one, other in pairwise(times):
        joined = line.text[one.end : other.start].strip() in _LINKS
        single = one.said.day2 is None and other.said.day2 is None
        if joined and single and one.text.lower().startswith("from "):
            yield one.start, other.end, _days_from(one, other)


def _is_day(mention: TimeMention) -> bool:
    said = mention.said
    exact = said.hedge is None or said.hedge.shape == "since"
    return exact and said.month is not None and said.day is not None


def _days_from(one: TimeMention, other: TimeMention) -> int:
    """How many days lie between two, the year of either holding for both."""
    last = other.said.year or one.said.year or _ANY_YEAR
    first = one.said.year or last
    try:
        start = date(first, one.said.month or 1, one.said.day or 1)
        end = date(last, other.said.month or 1, other.said.day or 1)
    except ValueError:
        return 0
    turned = end < start and not (one.said.year and other.said.year)
    return (end - start).days + (365 if turned else 0)


def _years(line: Line, world: World) -> tuple[int, int, int, int] | None:
    """Where the sentence gives a first and a last year, and how many years lie between."""
    found = list(_year_pairs(line.sentence.tokens))
    if len(found) != 1:
        return None
    first, last = found[0]
    low, high = int(first.text), int(last.text)
    if high <= low:
        return None
    at = line.sentence.start
    return first.start - at, last.end - at, high - low, high - low


def _year_pairs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for token in tokens[: len(tokens) - 3]:
        first, link, last = (tokens[token.i + n] for n in (1, 2, 3))
        opened = token.lower == "from" and link.lower in _LINKS
        if (opened or (token.lower == "between" and link.lower == "and")) and all(
            _is_year(t) for t in (first, last)
        ):
            yield first, last


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 4 and "1000" <= token.text <= "2100"
