"""The circumstances of a finding, on which its severity and the advice to an editor depend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crosscheck.model import Article, Claim, Finding, Position
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.moments import Moment, TimeOfDay, time_of_day
from crosscheck.values.quantity import Quantity

_DAY = 24 * 60.0


@dataclass(frozen=True, slots=True)
class Facts:
    """``headline``: a value that disagrees stands in the headline of an account. ``own``: outlets
    that give two such values in their own words. ``alone``: the one outlet that disagrees with at
    least two others, which agree; ``against`` counts the origins of those. ``origin``: whom all
    values go back to, if to one. ``gap``: how far apart figures are at most, as a share of the
    larger (None: no figures). ``size``: the smallest figure. ``days``: the same for times.
    ``states``: what happened to the counted."""

    headline: bool = False
    own: tuple[str, ...] = ()
    alone: str = ""
    against: int = 0
    origin: str = ""
    gap: float | None = None
    size: float | None = None
    days: float | None = None
    states: frozenset[str] = frozenset()


def facts_of(finding: Finding, articles: Mapping[str, Article]) -> Facts:
    """What the circumstances of a finding are; all empty if nothing disagrees."""
    pairs = [(finding.positions[i], finding.positions[j]) for i, j in finding.disagree]
    sides = [p for k, p in enumerate(finding.positions) if any(k in d for d in finding.disagree)]
    claims = [claim for side in sides for claim in side.claims]
    alone, against = _alone(finding)
    origins = {origin for side in sides for origin in side.origins}
    spans = [span for a, b in pairs for span in _between(a, b)]
    return Facts(
        any(_in_headline(claim, articles) for claim in claims),
        tuple(sorted({name for a, b in pairs for name in _own(a, b, articles)})),
        alone,
        against,
        min(origins) if len(origins) == 1 and len(sides) > 1 else "",
        max((gap for gap, _ in spans if gap is not None), default=None),
        min((size for c in claims if (size := _size(c)) is not None), default=None),
        max((days for _, days in spans if days is not None), default=None),
        frozenset(state for c in claims if (state := c.filled("state"))),
    )


def _in_headline(claim: Claim, articles: Mapping[str, Article]) -> bool:
    """Whether a claim stands in the headline of its article; a crosshead is none."""
    article = articles.get(claim.mention.article)
    zones = article.zones if article else ()
    first = next((zone for zone in zones if zone.role == "headline"), None)
    return first is not None and first.start <= claim.mention.start < first.end


def _own(one: Position, other: Position, articles: Mapping[str, Article]) -> Iterator[str]:
    """The outlets that give both values and ascribe them alike, so that they contradict
    themselves and not merely quote two people."""

    def voices(position: Position) -> set[tuple[str, str]]:
        return {(_outlet(c, articles), c.attributed_to) for c in position.claims}

    yield from (outlet for outlet, _ in voices(one) & voices(other))


def _outlet(claim: Claim, articles: Mapping[str, Article]) -> str:
    article = articles.get(claim.mention.article)
    return article.name if article else claim.mention.article


def _alone(finding: Finding) -> tuple[str, int]:
    """The outlet that has all the others against it, who agree, and how many origins those are."""
    torn = sorted({k for pair in finding.disagree for k in pair})
    lonely = [
        k
        for k in torn
        if all(k in pair for pair in finding.disagree)
        and len(finding.positions[k].outlets) == 1
        and len(_others(finding, torn, k)) > 1
    ]
    if len(lonely) != 1:
        return "", 0
    others = [finding.positions[n] for n in torn if n != lonely[0]]
    outlet = finding.positions[lonely[0]].outlets[0]
    return outlet, len({origin for position in others for origin in position.origins})


def _others(finding: Finding, torn: Sequence[int], k: int) -> set[str]:
    """The outlets of the other positions; none if the lone outlet holds one of those as well."""
    outlets = {outlet for n in torn if n != k for outlet in finding.positions[n].outlets}
    return set() if outlets & set(finding.positions[k].outlets) else outlets


def _between(one: Position, other: Position) -> Iterator[tuple[float | None, float | None]]:
    """How far apart the values of two positions are: as a share of the larger, and in days."""
    for what, a in _spans(one):
        for like, b in _spans(other):
            if what != like or a.relate(b) is not Relation.APART:
                continue
            if what == "clock":
                yield None, _gap(a, b) / _DAY
            elif what == "clocked day":
                yield None, _gap(a, b) / timedelta(days=1)
            elif what == "day":
                yield None, _days(a, b)
            else:
                ends = (a.low, a.high, b.low, b.high)
                yield float(_gap(a, b) / max(abs(end) for end in ends if end)), None


def _gap(a: Interval[Any], b: Interval[Any]) -> Any:
    """What lies between two intervals that are apart."""
    upward = a.high is not None and b.low is not None and a.high <= b.low
    return b.low - a.high if upward else a.low - b.high  # type: ignore[operator]


def _days(a: Interval[datetime], b: Interval[datetime]) -> float | None:
    """How many days lie between the beginnings, so that a day and the next are one apart."""
    if a.low is None or b.low is None:
        return None
    return abs((a.low - b.low) / timedelta(days=1))


def _spans(position: Position) -> set[tuple[str, Interval[Any]]]:
    """What the values leave possible, with what it is that they measure."""
    return {found for claim in position.claims if (found := _span(claim.value)) is not None}


def _span(value: object) -> tuple[str, Interval[Any]] | None:
    if isinstance(value, Quantity):
        return value.unit.dimension, value.possible
    if isinstance(value, TimeOfDay):
        return "clock", value.span
    if not isinstance(value, Moment):
        return None
    return "day" if time_of_day(value) is None else "clocked day", value.span


def _size(claim: Claim) -> float | None:
    low = claim.value.stated.low if isinstance(claim.value, Quantity) else None
    return None if low is None else float(low)
