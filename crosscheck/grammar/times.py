"""Reads dates and clock times into values with offsets.

The forms and words are rules (``rules/times``). A text is scanned once; forms that stand side by
side ("Tuesday, 4 August, at 6:08 p.m.") are joined into one mention. Durations are no times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crosscheck.grammar.time_expression import Daypart, Edge, Expression, Tense, mismatch, resolve
from crosscheck.grammar.time_words import VAGUE, Form, TimeWords, time_words
from crosscheck.rulebook import Rulebook
from crosscheck.values.moments import Moment, When

Span = tuple[int, int]

_BEFORE = 40
_AFTER = 40
_GAP = re.compile(
    r"(?P<open>\s\()|\)?,?\s?(?:(?P<word>on|at|in|of|by)\s)?"
    r"(?:the\s)?"
)
_POSSESSIVE = re.compile(r"[’']s? ")
_SHORT_YEAR = 50


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression of a text, hedge included; spans are offsets into the text, half-open.

    ``value`` is read from the anchor without a tense; ``read`` gives it in a tense. ``off_day`` is
    the day that the weekday names where it does not go with the date beside it.
    """

    start: int
    end: int
    text: str
    value: When | None
    said: Expression
    rules: tuple[str, ...]
    weekday: Span | None = None
    date: Span | None = None
    clock: Span | None = None
    zone: Span | None = None
    off_day: Moment | None = None
    firm: bool = True

    @property
    def hedge(self) -> str:
        return self.said.hedge_words

    @property
    def unhedged(self) -> TimeMention:
        """The same time without "since" and the like."""
        return replace(self, said=replace(self.said, hedge=None, hedge_words=""))

    @property
    def mismatch(self) -> bool:
        """Whether weekday and date of the phrase do not go together."""
        return self.off_day is not None

    def read(self, anchor: datetime | None, tense: Tense) -> When | None:
        """The value as seen from ``anchor`` in a tense; what needs the text before stays as is."""
        if self.said.since == "previous":
            return self.value
        return resolve(self.said, anchor, tense)

    def off_day_in(self, anchor: datetime | None, tense: Tense) -> Moment | None:
        return mismatch(self.said, anchor, tense)


@dataclass(frozen=True, slots=True)
class _Atom:
    """One form as found; ``start`` includes a hedge, ``core`` does not."""

    core: int
    start: int
    end: int
    said: Expression
    slot: str
    rules: tuple[str, ...]
    zone: Span | None = None
    day_span: Span | None = None


def read_times(text: str, anchor: datetime | None, rules: Rulebook) -> tuple[TimeMention, ...]:
    """All dated expressions and clock times of a text, in order. A clock time in
    brackets that restates one before it is a mention of its own inside that one's span.

    Args:
        anchor: the moment of writing, from which "yesterday" or "Tuesday" is counted.
    """
    words = time_words(rules)
    if not words.trigger.search(text):
        return ()
    found: list[TimeMention] = []
    for group in _groups(text, list(_atoms(text, words))):
        previous = found[-1].value if found else None
        found.append(_mention(text, group, anchor, previous, words))
    return tuple(m for m in found if _is_time(m.said))


def _is_time(said: Expression) -> bool:
    """A part of the day alone ('in the evening') tells nothing."""
    return bool(said.said - {"daypart", "edge", "hedge", "hedge_words", "zone", "offset"})


def _atoms(text: str, words: TimeWords) -> Iterator[_Atom]:
    at = 0
    while match := words.pattern.search(text, at):
        index = int((match.lastgroup or "_k0").rsplit("_k", 1)[1])
        form = words.forms[index]
        atom = None if _vetoed(form, text, match) else _atom(form, index, match, words)
        if atom is None:
            at = match.start() + 1
            continue
        yield _with_hedge(text, atom, words)
        at = max(match.end(), match.start() + 1)


def _vetoed(form: Form, text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    after = text[match.end() : match.end() + _AFTER]
    return bool(
        (form.not_after and form.not_after.search(before))
        or (form.not_before and form.not_before.search(after))
    )


def _atom(form: Form, index: int, match: re.Match[str], words: TimeWords) -> _Atom | None:
    spans: dict[str, Span] = {}
    for name, group in words.groups[index]:
        if match.group(group) is not None:
            spans.setdefault(name, match.span(group))
    got = {name: match.string[low:high] for name, (low, high) in spans.items()}
    read = _READERS[form.rule.string("reads")]
    said = read(got, words, form)
    if said is None:
        return None
    start = spans["lead"][1] if "lead" in spans else match.start()
    used = (form.rule.id, *_word_rules(got, said, words))
    return _Atom(
        start,
        start,
        match.end(),
        said,
        _slot(said),
        used,
        spans.get("zone"),
        spans.get("weekday") or spans.get("shortday"),
    )


def _slot(said: Expression) -> str:
    if said.clock is not None and said.day is None:
        return "clock"
    if said.weekday is not None:
        return "weekday"
    if said.day is not None:
        return "date"
    if said.count is not None and said.since == "now" and said.unit == "day":
        return "near"
    if said.daypart is not None and not said.said - {"daypart", "edge"}:
        return "daypart"
    if not said.said - {"zone", "offset"}:
        return "zone"
    if said.since == "previous" and said.unit in {"minute", "hour"}:
        return "later"
    return "offset" if said.since == "base" else "long"


def _word_rules(got: Mapping[str, str], said: Expression, words: TimeWords) -> Iterator[str]:
    if "month" in got:
        yield "time.months"
    if "weekday" in got or "shortday" in got:
        yield "time.weekdays"
    if "count" in got:
        if got["count"].lower() in words.counts:
            yield "time.counts"
        yield "time.units"
    for part in (said.daypart, said.edge, said.season):
        if part is not None:
            yield part.rule
    if "feast" in got:
        yield words.feasts[got["feast"].lower()][2]
    if "dayword" in got:
        yield words.day_words[got["dayword"].lower()][1]
    if said.offset is not None:
        yield next((rule for word, (_, rule) in words.zones.items() if word in said.zone), "")
    if said.rounding is not None:
        yield said.rounding.rule


def _groups(text: str, atoms: list[_Atom]) -> Iterator[list[_Atom]]:
    """Atoms that make one expression together. A clock time in brackets restates the one before
    it in another zone, and what follows the brackets goes on with the first."""
    done: set[int] = set()
    for i, atom in enumerate(atoms):
        if i in done:
            continue
        group, end = [atom], atom.end
        for j in range(i + 1, len(atoms)):
            gap = text[end : atoms[j].start]
            if j in done:
                break
            if atoms[j].slot == "clock" and gap == " (" and group[-1].slot == "clock":
                end = atoms[j].end + (text[atoms[j].end : atoms[j].end + 1] == ")")
            elif _joins(group, atoms[j], gap):
                group.append(atoms[j])
                done.add(j)
                end = atoms[j].end
            else:
                break
        yield group


_FOLLOWS: Mapping[str, frozenset[str]] = {
    "weekday": frozenset({"date", "clock", "daypart", "zone"}),
    "date": frozenset({"weekday", "clock", "daypart", "zone"}),
    "near": frozenset({"clock", "daypart", "zone"}),
    "clock": frozenset({"weekday", "date", "near", "daypart", "zone"}),
    "daypart": frozenset({"weekday", "date", "near", "zone"}),
    "zone": frozenset({"weekday", "date", "near"}),
    "offset": frozenset({"weekday", "date"}),
    "long": frozenset(),
    "later": frozenset(),
}


def _joins(group: list[_Atom], atom: _Atom, gap: str) -> bool:
    if len(gap) > 20 or atom.slot not in _FOLLOWS[group[-1].slot]:
        return False
    if any(other.slot == atom.slot for other in group):
        return False
    if atom.slot in {"date", "near"} and any(o.slot in {"date", "near"} for o in group):
        return False
    match = _GAP.fullmatch(gap)
    if match is None:
        return False
    word = match["word"] or ""
    if match["open"]:
        return {group[-1].slot, atom.slot} == {"weekday", "date"}
    if atom.slot in {"weekday", "date"} and group[-1].slot in {"weekday", "date"}:
        return word == ""
    return bool(word or gap.strip() or gap == " " or group[-1].slot == "offset")


def _mention(
    text: str, group: list[_Atom], anchor: datetime | None, previous: When | None, words: TimeWords
) -> TimeMention:
    said = group[0].said
    if group[0].slot == "offset" and len(group) > 1:
        rest = group[1].said
        for atom in group[2:]:
            rest = rest.joined(atom.said)
        said = replace(said, base=rest)
    else:
        for atom in group[1:]:
            said = said.joined(atom.said)
    start, end = group[0].start, group[-1].end
    used = [rule for atom in group for rule in atom.rules if rule]
    return TimeMention(
        start,
        end,
        text[start:end],
        resolve(said, anchor, "", previous),
        said,
        tuple(dict.fromkeys(used)),
        weekday=next((a.day_span for a in group if a.day_span), None),
        date=_date_span(group),
        clock=next(((a.start, a.end) for a in group if a.slot == "clock"), None),
        zone=next((a.zone for a in group if a.zone), None),
        off_day=mismatch(said, anchor),
        firm=said.since != "previous" or previous is not None,
    )


def _date_span(group: list[_Atom]) -> Span | None:
    return next(
        ((a.start, a.end) for a in group if a.slot in {"date", "near", "long", "offset"}), None
    )


def _with_hedge(text: str, atom: _Atom, words: TimeWords) -> _Atom:
    if atom.slot == "zone":
        return atom  # "by the time of Korvel"
    before = text[max(0, atom.start - _BEFORE) : atom.start]
    match = words.hedge_pattern.search(before)
    if match is None or _POSSESSIVE.match(text, atom.end):
        return atom  # "after Monday's quake" is after the quake
    said, hedge = atom.said, words.hedges[" ".join(match["hedge"].lower().split())]
    if hedge.shape == "around" and said.clock is None and (said.day or said.weekday is not None):
        return atom  # "about Tuesday" is what was talked about
    start = atom.start - len(before) + match.start("hedge")
    written = re.sub(r"^at | at$", "", " ".join(match["hedge"].split()), flags=re.IGNORECASE)
    hedged = replace(said, hedge=hedge, hedge_words=written.lower())
    return replace(atom, start=start, said=hedged, rules=(*atom.rules, hedge.rule))


def _read_calendar(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    month = got.get("month")
    year = int(got["year"]) if "year" in got else None
    if year is not None and year < 100:
        year += 2000 if year < _SHORT_YEAR else 1900
    year2 = int(got["year2"]) if "year2" in got else None
    if year2 is not None and year is not None and year2 < 100:
        year2 += year // 100 * 100
    if year2 is not None and year is not None and not year < year2 < year + 60:
        return None
    number = int(got["monthnumber"]) if "monthnumber" in got else None
    clock = _clock(int(got["hour"]), int(got["minute"])) if "hour" in got else None
    return Expression(
        year=year,
        year2=year2,
        month=words.months[month.strip(".").lower()] if month else number,
        day=int(got["day"]) if "day" in got else None,
        day2=int(got["day2"]) if "day2" in got else None,
        turn=(got.get("turn") or got.get("yearturn") or "").lower().replace("this past", "last"),
        unit="year" if "yearturn" in got else "",
        edge=_edge(got, words),
        clock=(clock, clock) if clock is not None else None,
    )


def _edge(got: Mapping[str, str], words: TimeWords) -> Edge | None:
    return words.edges[" ".join(got["edge"].lower().split())] if "edge" in got else None


def _read_slashed(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    first, second = int(got["first"]), int(got["second"])
    orders = {(d, m) for d, m in ((first, second), (second, first)) if 0 < m < 13 and 0 < d < 32}
    if len(orders) != 1:
        return None
    day, month = orders.pop()
    rest = {"year": got["year"], "day": str(day), "monthnumber": str(month)}
    return _read_calendar(rest, words, form)


def _read_weekday(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    name = (got.get("weekday") or got.get("shortday") or "").strip(".").lower()
    return Expression(
        weekday=words.weekdays[name],
        turn=" ".join(got.get("turn", "").lower().split()),
        week={"last": -1, "this": 0, "next": 1}[got["week"]] if "week" in got else None,
        daypart=_daypart(got, words),
        edge=_edge(got, words),
    )


def _daypart(got: Mapping[str, str], words: TimeWords) -> Daypart | None:
    if "nightly" in got:
        return words.dayparts["night"]
    return words.dayparts[" ".join(got["daypart"].lower().split())] if "daypart" in got else None


def _read_feast(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    month, day, _ = words.feasts[got["feast"].lower()]
    return Expression(month=month, day=day, year=int(got["year"]) if "year" in got else None)


def _read_shift(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    if "count" not in got:
        return Expression(count=form.rule.number("count"), unit="day", since="now")
    count, vague = _count(got["count"], words)
    return Expression(count=-count, unit=_unit(got["unit"]), since="now", vague=vague)


def _unit(written: str) -> str:
    return written.rstrip("s") if written != "days" else "day"


def _count(written: str, words: TimeWords) -> tuple[float, bool]:
    key = " ".join(written.lower().split())
    return words.counts.get(key) or float(key), key in VAGUE


def _read_offset(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    count, vague = _count(got["count"], words)
    sign = -1 if got["side"] == "before" else 1
    return Expression(count=sign * count, unit=_unit(got["unit"]), since="base", vague=vague)


def _read_later(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    count, vague = _count(got["count"], words)
    sign = -1 if got["side"] == "earlier" else 1
    return Expression(count=sign * count, unit=_unit(got["unit"]), since="previous", vague=vague)


def _read_neighbour(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    back = {"day before", "previous day", "day earlier"}
    side = " ".join(got["side"].lower().split())
    return Expression(count=-1 if side in back else 1, unit="day", since="previous")


def _read_dayword(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    word = got["dayword"].lower()
    part = words.dayparts["night"] if word == "tonight" else _daypart(got, words)
    return Expression(count=words.day_words[word][0], unit="day", since="now", daypart=part)


def _read_this_part(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    count = -1 if got["turn"].lower() == "last" else 0
    return Expression(count=count, unit="day", since="now", daypart=_daypart(got, words))


def _read_this_unit(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    turn = got["turn"].lower()
    season = words.seasons[got["season"].lower()] if "season" in got else None
    word = got.get("edgeword", "").lower()
    edge = words.edges.get(word)
    return Expression(turn=turn, unit=got.get("unit", ""), season=season, edge=edge)


def _read_season(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    season = words.seasons[got["season"].lower()]
    if season.name == "fall" and "year" not in got and "the" not in got.get("lead", ""):
        return None
    year = int(got["year"]) if "year" in got else None
    return Expression(season=season, year=year, edge=_edge(got, words))


def _read_decade(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    return Expression(year=int(got["decade"]), decade=True, edge=_edge(got, words))


def _clock(hour: int, minute: int, half: str = "") -> int:
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 60 + minute


def _read_clock(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    half = got.get("half", "")
    first = _clock(int(got["hour"]), int(got.get("minute", 0)), got.get("half1", half))
    last = first
    if "hour2" in got:
        last = _clock(int(got["hour2"]), int(got.get("minute2", 0)), half)
        if last <= first and "half1" not in got:
            first = (first + 720) % 1440
        if last <= first:
            return None
    zone, offset = _zone(got.get("zone", ""), words)
    bare = "minute" not in got and "hour2" not in got
    shape = "round-hour" if bare else "round-five" if first % 5 == 0 else ""
    return Expression(
        clock=(first, last), rounding=words.rounds.get(shape), zone=zone, offset=offset
    )


def _zone(written: str, words: TimeWords) -> tuple[str, timedelta | None]:
    name = re.sub(r"^(?:of |by the )?(?:time of )?", "", written)
    if not name or name == "local time":
        return "", None
    match = re.fullmatch(r"(.*?)(?:([+-])(\d{1,2}):?([0-5]\d)?)?", name)
    assert match is not None
    known = words.zones.get(match[1]) or words.zones.get(name)
    if known is None:
        return name.removesuffix(" time").removesuffix(" Time"), None
    shift = timedelta(hours=int(match[3] or 0), minutes=int(match[4] or 0))
    return name, known[0] + (-shift if match[2] == "-" else shift)


def _read_noon(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    at = int(form.rule.number("count"))
    zone, offset = _zone(got.get("zone", ""), words)
    rounding = words.rounds.get("round-hour")
    return Expression(clock=(at, at), rounding=rounding, zone=zone, offset=offset)


_PAST = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}


def _read_clock_words(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    hour = int(_count(got["number"], words)[0]) % 12
    part = _daypart(got, words)
    late = got.get("half", "").lower() == "p" or _afternoon(part, hour)
    off = _PAST.get(" ".join(got.get("past", "").lower().split()), 25 if "past" in got else 0)
    minute = hour * 60 + (-off if got.get("side") == "to" else off) + (720 if late else 0)
    shape = "round-five" if "past" in got else "round-hour"
    return Expression(
        clock=(minute, minute),
        half_unknown=part is None and "half" not in got,
        rounding=words.rounds.get(shape),
        daypart=part,
    )


def _afternoon(part: Daypart | None, hour: int) -> bool:
    name = part.name if part else ""
    return name in {"afternoon", "evening"} or (name == "night" and hour >= 6)


def _read_zone(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    zone, offset = _zone(got["zone"], words)
    return Expression(zone=zone, offset=offset)


def _read_daypart(got: Mapping[str, str], words: TimeWords, form: Form) -> Expression | None:
    return Expression(daypart=_daypart(got, words), edge=_edge(got, words))


_Reader = Callable[[Mapping[str, str], TimeWords, Form], Expression | None]
_READERS: Mapping[str, _Reader] = {
    "calendar": _read_calendar,
    "slashed": _read_slashed,
    "weekday": _read_weekday,
    "feast": _read_feast,
    "shift": _read_shift,
    "offset": _read_offset,
    "later": _read_later,
    "neighbour": _read_neighbour,
    "dayword": _read_dayword,
    "thispart": _read_this_part,
    "thisunit": _read_this_unit,
    "season": _read_season,
    "decade": _read_decade,
    "clock": _read_clock,
    "noon": _read_noon,
    "clockwords": _read_clock_words,
    "daypart": _read_daypart,
    "zone": _read_zone,
}
