"""Over which time a figure is counted, since when, by when, and against which time before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.scope_words import ScopeWords, scope_words
from crosscheck.slots.vocabulary import Marker
from crosscheck.slots.world import World
from crosscheck.values.moments import Moment
from crosscheck.values.quantity import Quantity

_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650}
_DURING = re.compile(
    r"\b(?:over|within|in|during|across|throughout)\s+"
    r"(?:(?:the|its|his|her)\s+)?(?:(?:past|last|next|coming|first|following)\s+)?(?:about\s+)?$",
    re.I,
)
_BY = re.compile(r"\bby\s+(?:the\s+year\s+|the\s+end\s+of\s+)?(20\d\d)\b", re.I)
_PER = re.compile(r" per (year|quarter|month|week|day)$")
_BEHIND = re.compile(r"\s+(?:ago|earlier|later|before|after|old|from now|and a half|of)\b", re.I)
_AHEAD = re.compile(
    r"\b(?:half|in|within|for|than|once|twice|times|about|almost|nearly|after|of|such|what|not|"
    r"every|within)\s+$",
    re.I,
)


def days_of(quantity: Quantity) -> float:
    """How many days a duration lasts; 0 for other figures, for ranges and for less than a day."""
    low, high = quantity.stated.low, quantity.stated.high
    if quantity.unit.dimension != "duration" or low is None or low != high:
        return 0.0
    return float(low) * _DAYS.get(quantity.unit.name, 0)


def period_of(frame: Frame, k: int, world: World) -> Slot | None:
    """Names of periods, ``|`` between them: that of a rule, "days N", "since" and "by" a time."""
    if frame.anchors[k].dimension in {"duration", "age"}:
        return None
    found = list(_periods(frame, k, world))
    names = sorted({name for name, _ in found})
    rule = next((rule for _, rule in found if rule), "")
    return Slot("|".join(names), "words beside", rule) if names else None


def _periods(frame: Frame, k: int, world: World) -> Iterator[tuple[str, str]]:
    words = scope_words(world.rules)
    per = _PER.search(frame.anchors[k].dimension)
    if per:
        yield f"a-{per.group(1)}", ""
    for text in _texts(frame, k):
        marks = [m for m in words.periods.find(text) if _is_said(m, text, frame, k, words)]
        yield from ((mark.value, mark.rule) for mark in marks)
        if marks:
            break
    span = _span(frame, k)
    if span:
        yield f"days {span:g}", ""
    yield from ((since, "") for since in _since(frame, k, world))
    for text in _texts(frame, k):
        by = _BY.search(text)
        if by:
            yield f"by {by.group(1)}", ""
            break


def _texts(frame: Frame, k: int) -> Iterator[str]:
    """The figure's segment; the sentence, if it gives no other figure of this dimension."""
    yield frame.segment_text(k)[1]
    if is_sole(frame, k):
        yield frame.sentence.text


def is_sole(frame: Frame, k: int) -> bool:
    """Whether the sentence gives no other figure of this dimension."""
    return [a.dimension for a in frame.anchors].count(frame.anchors[k].dimension) == 1


def _is_said(mark: Marker, text: str, frame: Frame, k: int, words: ScopeWords) -> bool:
    """Not "a year ago", "half a year", "within a year"."""
    if not words.fits(mark, frame.anchors[k].dimension):
        return False
    if words.lengths[mark.value].of != "stretch":
        return True
    indefinite = text[mark.start : mark.end].lower().startswith("a ")
    if _BEHIND.match(text, mark.end):
        return False
    return not (indefinite and _AHEAD.search(text, 0, mark.start))


def _span(frame: Frame, k: int) -> float:
    """ "3 billion over five years", "Over five years 3 billion"."""
    before, behind = frame.reach(k)
    last = k + 1 == len(frame.anchors)
    if not last and frame.anchors[k + 1].days and "," not in behind and _DURING.search(behind):
        return frame.anchors[k + 1].days
    leads = k == 1 and frame.anchors[0].days > 0 and ";" not in before
    return frame.anchors[0].days if leads and _DURING.fullmatch(frame.reach(0)[0]) else 0.0


def _since(frame: Frame, k: int, world: World) -> Iterator[str]:
    start, text = frame.segment_text(k)
    low = start - frame.sentence.start
    for mention in world.times(frame.sentence):
        inside = low <= mention.start and mention.end <= low + len(text)
        since = mention.hedge.lower().startswith("since") and (inside or is_sole(frame, k))
        if since and isinstance(mention.value, Moment) and mention.value.nominal.low is not None:
            yield f"since {mention.value.nominal.low.date().isoformat()[:7]}"
