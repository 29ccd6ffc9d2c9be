"""When: the year and day that a sentence names, and the moment at which a figure stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from crosscheck.grammar.times import TimeMention
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.world import World
from crosscheck.values.moments import WEEKDAYS, Moment, Recurring

_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "pcomp"})
_BY = frozenset(["by", "as of", "as at"])
_YEAR_HEADING = re.compile(r"^\W*(1[5-9]\d\d|20\d\d)\b\s*[:–—-]")


def year_said(frame: Frame, k: int, world: World, state: Slot | None) -> Slot | None:
    """A year, before the figure or in its segment, that is not that of the publication; of what
    became of people, also that of the sentence before."""
    own = frame.sentence.zone.posted or world.published
    heading = _YEAR_HEADING.match(frame.sentence.text)
    if heading and (own is None or heading.group(1) != str(own.year)):
        return Slot(heading.group(1), "heading of the item")
    start, text = frame.segment_text(k)
    end = start + len(text) - frame.sentence.start
    for mention in world.times(frame.sentence):
        aside = _said_of_another(frame, k, mention)
        year = _year_of(mention.value) if mention.start < end and not aside else None
        if year and (own is None or year != own.year):
            return Slot(str(year), f"the time {mention.text!r}")
    known = world.lexicon.state(state.value) if state is not None else None
    fates = known is not None and known.evolves and "person" in known.counted and not known.disputed
    return _year_before(frame, world) if fates and not world.times(frame.sentence) else None


def _year_before(frame: Frame, world: World) -> Slot | None:
    """ "In 1987 a ferry sank off Arle. Some 190 people drowned." """
    sentence = frame.sentence
    before = world.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.zone is not sentence.zone:
        return None
    own = sentence.zone.posted or world.published
    years = {year for m in world.times(before) if (year := _year_of(m.value))}
    year = years.pop() if len(years) == 1 else None
    if year is None or own is None or year >= own.year:
        return None
    return Slot(str(year), "sentence before")


def _said_of_another(frame: Frame, k: int, mention: TimeMention) -> bool:
    """ "The ship, built in 1997, sank in 40 minutes": the time belongs to a participle or relative
    clause beside the figure, not to what is said of it, or, as in "it was built in 1997 and weighs
    900 tonnes", to the first of two verbs."""
    start = frame.sentence.start + mention.start
    token = next((t for t in frame.tokens if t.start >= start), None)
    verb = None
    if token is not None:
        verb = next((t for t in frame.ancestors(token) if t.pos in {"VERB", "AUX"}), None)
    own = frame.anchor_token(k)
    if verb is None or own is None or frame.governor(k) == verb:
        return False
    above = [own, *frame.ancestors(own)]
    if verb in above:
        below = above[above.index(verb) - 1]
        return below.dep == "conj" and verb.start < start < below.start
    return verb.dep in {"acl", "relcl"}


def _year_of(value: object) -> int | None:
    if isinstance(value, Moment) and value.granularity in {"day", "month", "season", "year"}:
        low = value.nominal.low
        return low.year if low else None
    return None


def day_said(frame: Frame, k: int, world: World) -> Slot | None:
    """The day named nearest to the figure: ISO date, or a weekday where no date is known; else that
    of the sentence before, if it names one day. The day on which somebody spoke is left out."""
    start, text = frame.segment_text(k)
    low, sentence = start - frame.sentence.start, frame.sentence
    times = [m for m in world.times(sentence) if not _spoken(frame, m, world)]
    inside = [m for m in times if low <= m.start and m.end <= low + len(text)]
    first, last = (x - sentence.start for x in (frame.anchors[k].start, frame.anchors[k].end))
    inside.sort(key=lambda m: m.start - last if m.start >= last else first - m.end)
    for mention in [*inside, *(times if len(frame.anchors) == 1 else ())]:
        day = _day_of(mention.value)
        if day:
            return Slot(day, f"the time {mention.text!r}")
    if sentence.zone.posted:
        return Slot(sentence.zone.posted.date().isoformat(), "time of the post")
    before = world.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.zone is not sentence.zone or times:
        return None
    days = {day for m in world.times(before) if (day := _day_of(m.value))}
    return Slot(days.pop(), "sentence before") if len(days) == 1 else None


def _spoken(frame: Frame, mention: TimeMention, world: World) -> bool:
    """Whether a time belongs to a verb of speech."""
    return _governing(frame, mention) in world.lexicon.speech


def _governing(frame: Frame, mention: TimeMention) -> str:
    """The lemma of the verb to which a time belongs; empty if there is none."""
    at = frame.sentence.start + mention.start
    token = next((t for t in frame.tokens if t.start >= at), None)
    verb = next((t for t in frame.ancestors(token) if t.pos == "VERB"), None) if token else None
    return verb.lemma if verb is not None else ""


def _day_of(value: object) -> str:
    if isinstance(value, Moment) and value.day:
        return value.day.isoformat()
    if isinstance(value, Recurring) and value.weekday is not None:
        return WEEKDAYS[value.weekday]
    return ""


def stood_at(frame: Frame, k: int, world: World, state: Slot | None) -> datetime | None:
    """When the figure was given: a time that belongs to a verb of speech, or one by which a count
    that goes on stood so, in the figure's segment where the sentence gives several figures; else
    the post's."""
    known = world.lexicon.state(state.value) if state is not None else None
    goes_on = known is not None and (known.evolves or known.running)
    start, text = frame.segment_text(k)
    low = start - frame.sentence.start
    for mention in world.times(frame.sentence):
        value = mention.value
        inside = low <= mention.start and mention.end <= low + len(text)
        if not inside and len(frame.anchors) > 1:
            continue
        if not isinstance(value, Moment) or not value.nominal.low:
            continue
        stood = goes_on and _by_then(frame, mention, value) and not _to_come(frame, value, world)
        if stood or _spoken(frame, mention, world):
            return value.nominal.low
    return frame.sentence.zone.posted


def _to_come(frame: Frame, when: Moment, world: World) -> bool:
    own, low = frame.sentence.zone.posted or world.published, when.nominal.low
    if own is None or low is None:
        return False
    return low.replace(tzinfo=None) > own.replace(tzinfo=None)


def _by_then(frame: Frame, mention: TimeMention, when: Moment) -> bool:
    """ "By Monday evening 21 bodies had been found", "at noon the toll stood at 12"."""
    if when.granularity in {"month", "season", "year", "decade"}:
        return False
    before = frame.sentence.text[max(0, mention.start - 8) : mention.start].lower()
    named = (mention.hedge.lower(), *before.split()[-1:], " ".join(before.split()[-2:]))
    return any(word in _BY for word in named) or _governing(frame, mention) == "stand"


def time_beside(frame: Frame, at: int, world: World) -> Iterator[tuple[str, str]]:
    """The slots "day" and "year" of what the verb or noun at an offset tells: the nearest day,
    times that belong to another clause left out, and a year that is not that of the account."""
    sentence = frame.sentence
    own = sentence.zone.posted or world.published
    near = at - sentence.start
    times = [m for m in world.times(sentence) if not _elsewhere(frame, m, at, world)]
    times.sort(key=lambda m: (max(m.start - near, near - m.end), m.start))
    day = next((found for m in times if (found := _day_of(m.value))), "")
    years = (_year_of(m.value) for m in times)
    year = next((found for found in years if found), None)
    if day:
        yield "day", day
    if year and (own is None or year != own.year):
        yield "year", str(year)


def _elsewhere(frame: Frame, mention: TimeMention, at: int, world: World) -> bool:
    """Whether a time belongs to a verb of speech, or to a clause other than that at an offset."""
    start = frame.sentence.start + mention.start
    token = next((t for t in frame.tokens if t.start >= start), None)
    verb = next((t for t in frame.ancestors(token) if t.pos == "VERB"), None) if token else None
    if verb is None or verb.start == at:
        return False
    told = next((t for t in frame.tokens if t.start == at), None)
    while told is not None and told != verb and told.head != told.i and told.dep != "ccomp":
        told = frame.tokens[told.head]
    below = told is not None and told.dep == "ccomp" and told != verb
    return below or verb.lemma in world.lexicon.speech or verb.dep in _CLAUSES
