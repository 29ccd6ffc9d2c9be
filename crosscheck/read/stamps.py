"""Dates and clock times as pages print them beside an article: stamps, datelines, live posts.

Only the stamps of a page are read here, by shape and without a parser; what the sentences of an
article say about time is read in ``grammar``. A stamp may lack its year or its time of day.
Numeric dates with dots are day first (DIN 5008); with slashes they are read only where one order
is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_CLOCK = (
    r"(?P<{0}h>[01]?\d|2[0-3])[:.](?P<{0}m>[0-5]\d)(?::[0-5]\d)?(?![.:]?\d)"
    r"(?:\s*(?P<{0}ap>[ap])\.?m\b\.?)?"
)
_ZONE = (
    r"(?:\s*\(?(?:gmt|utc|z|[ecmp]s?t|[ecmp]dt|ces?t|ees?t|bst|ist|msk|hrs?|h"
    r"|local(?: time)?)\b\)?)?"
)
_GAP = r"(?:\s*[,|–—-]?\s*(?:at\s+)?)"
_YEAR = r"(?P<{0}y>(?:19|20)\d\d)\b"

_DATE = (
    r"(?P<iy>(?:19|20)\d\d)-(?P<im>0[1-9]|1[0-2])-(?P<id>[0-2]\d|3[01])(?!\d)"
    r"(?:[T ](?P<ih>[01]\d|2[0-3]):(?P<imin>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"(?P<iz>Z|[+-]\d\d:?\d\d)?)?"
    r"|\b(?P<nd>\d{1,2})(?P<sep>[./])(?P<nm>\d{1,2})(?P=sep)(?P<ny>(?:19|20)\d\d)\b"
    rf"|(?:(?P<w1>{_WEEKDAY}),?\s+)?\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})"
    rf"(?:,?\s+{_YEAR.format('y1')})?"
    rf"|(?:(?P<w2>{_WEEKDAY}),?\s+)?\b(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)"
    rf"(?:,?\s+{_YEAR.format('y2')})?"
)
# A weekday may be glued to the byline before it ("Jane DoeFriday, 21 March"): hence no \b there.
_STAMP = re.compile(
    rf"(?:\b{_CLOCK.format('b')}{_ZONE}{_GAP})?(?:{_DATE})(?:{_GAP}{_CLOCK.format('a')}{_ZONE})?",
    re.IGNORECASE,
)
_BARE_CLOCK = re.compile(rf"\b{_CLOCK.format('c')}{_ZONE}", re.IGNORECASE)
_RANGE = re.compile(
    rf"\b(?P<low>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:[-–—]|to|and)\s*(?=\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})"
    rf"|\b(?P<m>{_MONTH})\s+(?P<low2>\d{{1,2}})\s*[-–—]\s*(?P<high2>\d{{1,2}})\b"
    rf"(?:,?\s+{_YEAR.format('r')})?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"\d(?:[:.]\d\d|\d{{3}}-\d\d|/\d|(?:st|nd|rd|th)?,?\s+(?:of\s+)?{_MONTH})", re.IGNORECASE
)
_WORD_DIGIT = re.compile(r"([A-Za-z]{3,9})\.?,?\s+\d")
_POST_CLOCK = (
    r"(?P<ph>[01]?\d|2[0-3])(?:[:.h](?P<pm>[0-5]\d)(?![.:]?\d)|(?=\s?[ap]\.?m\b))"
    r"(?:\s*(?P<pap>[ap])\.?m\b\.?)?"
)
POST = re.compile(
    rf"[\[(]?(?:(?P<w>{_WEEKDAY})\s*,?\s*)?"
    rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*(?P<mo>{_MONTH})?\s*,?\s+"
    rf"|(?P<mo2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+)?(?:at\s+)?"
    rf"{_POST_CLOCK}{_ZONE}[\])]?(?P<sep>\s*:?$|\s*[-–—|:•.]\s+|[ \t]+)",
    re.IGNORECASE,
)

_SAME_STORY, _HALF_A_YEAR = 31, 183  # days

LONGEST = 300
"""Stamps are looked for in at most this many characters of a line."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as printed, at ``start``-``end`` of its line; weekdays count from Monday = 0."""

    start: int
    end: int
    month: int
    day: int
    year: int | None = None
    clock: time | None = None
    weekday: int | None = None
    zone: timezone | None = None

    def at(self, year: int) -> datetime | None:
        """The moment in a year; None on 29 February of a common year."""
        try:
            day = date(year, self.month, self.day)
        except ValueError:
            return None
        return datetime.combine(day, self.clock or time(), self.zone)


@dataclass(frozen=True, slots=True)
class PostHead:
    """The stamp at the head of a live page's post; ``end`` is where the post's words start."""

    end: int
    clock: time
    weekday: int | None
    day: int | None
    month: int | None
    separator: str


def month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def weekday_number(name: str | None) -> int | None:
    return _WEEKDAYS.index(name[:3].lower()) if name else None


def stamps(text: str) -> tuple[Stamp, ...]:
    """The dates in a line, in their order."""
    found = (_stamp(match) for match in _STAMP.finditer(text[:LONGEST]))
    return tuple(stamp for stamp in found if stamp is not None)


def without_stamps(text: str) -> str:
    """The line with its dates and clock times blanked out."""
    return _BARE_CLOCK.sub(" ", _STAMP.sub(" ", text))


def may_hold_stamp(text: str) -> bool:
    """A fast check: False where there is neither a date nor a clock time."""
    text = text[:LONGEST]
    if _DAY_FIRST.search(text):
        return True
    return any(m[1][:3].lower() in _MONTHS for m in _WORD_DIGIT.finditer(text))


def has_clock(text: str) -> bool:
    return _BARE_CLOCK.search(text[:LONGEST]) is not None


def _stamp(match: re.Match[str]) -> Stamp | None:
    part = match.groupdict()
    if part["iy"]:
        fields = (int(part["im"]), int(part["id"]), int(part["iy"]))
    elif part["ny"]:
        order = _numeric_order(int(part["nd"]), int(part["nm"]), part["sep"])
        if order is None:
            return None
        fields = (*order, int(part["ny"]))
    else:
        return _written(match, part)
    return _valid(match, *fields, None)


def _written(match: re.Match[str], part: dict[str, str | None]) -> Stamp | None:
    side = "1" if part["m1"] else "2"
    year = part[f"y{side}y"]
    month, day = month_number(part[f"m{side}"] or ""), int(part[f"d{side}"] or 0)
    return _valid(match, month, day, int(year) if year else None, part[f"w{side}"])


def _numeric_order(first: int, second: int, separator: str) -> tuple[int, int] | None:
    """Month and day of ``first`` and ``second``; None where both orders are possible."""
    if separator == "." or first > 12 or first == second:
        return (second, first)
    return (first, second) if second > 12 else None


def _valid(
    match: re.Match[str], month: int, day: int, year: int | None, weekday: str | None
) -> Stamp | None:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return Stamp(
        match.start(),
        match.end(),
        month,
        day,
        year,
        _clock(match),
        weekday_number(weekday),
        _zone(match["iz"]),
    )


def _clock(match: re.Match[str]) -> time | None:
    if match["ih"]:
        return time(int(match["ih"]), int(match["imin"]))
    for side in ("a", "b"):
        if match[f"{side}h"]:
            return _time_of(match, side)
    return None


def _time_of(match: re.Match[str], side: str) -> time:
    hour, half = int(match[f"{side}h"]), (match[f"{side}ap"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match[f"{side}m"] or 0))


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written in "Zz":
        return timezone.utc  # noqa: UP017
    sign = -1 if written[0] == "-" else 1
    digits = written[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def moment(text: str) -> datetime | None:
    """A moment in a field of its own (ISO 8601 or a printed date with a year)."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    found = next((s for s in stamps(text) if s.year is not None), None)
    return found.at(found.year) if found and found.year else None


def prints_clock(text: str) -> bool:
    """Whether a field that holds a date holds a time of day too."""
    return has_clock(text) or re.search(r"\d[T ]\d\d:?\d\d", text) is not None


def with_year(stamp: Stamp, near: Sequence[datetime]) -> datetime | None:
    """The moment of a stamp; a missing year is the one that brings it within a month of most of
    ``near``, and among equals closest: one look back a year later does not decide.

    The printed weekday must fit; a stamp more than half a year away from all of ``near`` stays
    without a year, and so without a moment.
    """
    if stamp.year is not None:
        return stamp.at(stamp.year)
    known = [each.date() for each in near]
    years = sorted({day.year + step for day in known for step in (-1, 0, 1)})
    tried = [found for year in years if (found := stamp.at(year)) is not None]
    fitting = [t for t in tried if stamp.weekday in (None, t.weekday())]
    gaps = {t: [abs((t.date() - day).days) for day in known] for t in fitting}
    best = min(
        fitting,
        key=lambda t: (-sum(gap <= _SAME_STORY for gap in gaps[t]), min(gaps[t]), t.date()),
        default=None,
    )
    return best if best is not None and min(gaps[best]) <= _HALF_A_YEAR else None


def days(text: str) -> tuple[Stamp, ...]:
    """The days a line spans: its dates, the first day of a range such as '7-8 August' included."""
    text = text[:LONGEST]
    found = list(stamps(text))
    for match in _RANGE.finditer(text):
        found.extend(_range_ends(match, found))
    years = [stamp.year for stamp in found if stamp.year is not None]
    return tuple(s if s.year or not years else replace(s, year=years[0]) for s in found)


def _range_ends(match: re.Match[str], found: Sequence[Stamp]) -> Iterator[Stamp]:
    if match["low"]:
        upper = next((s for s in found if s.start <= match.end() <= s.end), None)
        if upper is not None and int(match["low"]) < upper.day:
            yield replace(upper, day=int(match["low"]), weekday=None, clock=None)
        return
    year = int(match["ry"]) if match["ry"] else None
    for day in (match["low2"], match["high2"]):
        if 1 <= int(day) <= 28 or _valid(match, month_number(match["m"]), int(day), year, None):
            yield Stamp(match.start(), match.end(), month_number(match["m"]), int(day), year)


def post_head(text: str) -> PostHead | None:
    """The stamp at the head of a post: 'Sat 16.45 - ', 'MON 19:03  ', 'WED 23, 17:05', '00:50'."""
    match = POST.match(text[:60]) if text[:1].isalnum() or text[:1] in "[(" else None
    if match is None:
        return None
    day = match["d"] or match["d2"]
    month = match["mo"] or match["mo2"]
    separator = match["sep"].strip() or (
        "  " if len(match["sep"]) > 1 or "\t" in match["sep"] else ""
    )
    whole = match.end() == len(text)
    return PostHead(
        match.end(),
        _time_of(match, "p"),
        weekday_number(match["w"]),
        int(day) if day else None,
        month_number(month) if month else None,
        "end" if whole else separator or " ",
    )
