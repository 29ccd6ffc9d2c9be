"""Small pictures of a finding's positions, as SVG: a number line, or a line of time.

Each position has a lane of its own, so that no label can lie over another; its mark stands where
the value stands on the axis at the bottom. A dot is a value, a hollow dot one that is itself left
out ("more than"), an arrow an end that is open, a pale band what "about" leaves possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from markupsafe import Markup, escape

from crosscheck.report import safe
from crosscheck.report.scale import (
    DAY,
    Measure,
    Scale,
    clock,
    fit,
    instant,
    number,
    plain,
    seconds,
    ticks,
)
from crosscheck.report.view import Side, claims, moment
from crosscheck.values.interval import Interval
from crosscheck.values.quantity import Quantity, normalised
from crosscheck.values.units import COUNT, Unit

WIDTH, LANE, AXIS, EDGE = 330, 36, 22, 16
COLOURS = 6  # letters A to F have colours of their own, then they come round again
_MOST_LANES = 16
_GLYPH = 7.0  # the width of a character of the labels, generously


@dataclass(frozen=True, slots=True)
class Picture:
    """``svg`` carries its own title and description; ``caption`` says what kind of line it is."""

    svg: Markup
    caption: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the axis; None stands for an end that is open. It is drawn by its ``form``: a
    line between dots, a solid bar (of days), a pale band (a tolerance)."""

    low: float | None
    high: float | None
    low_closed: bool = True
    high_closed: bool = True
    form: Literal["line", "solid", "band"] = "line"

    @property
    def ends(self) -> tuple[float, ...]:
        return tuple(end for end in (self.low, self.high) if end is not None)


@dataclass(frozen=True, slots=True)
class Lane:
    side: Side
    bars: tuple[Bar, ...]
    words: str

    @property
    def ends(self) -> tuple[float, ...]:
        return tuple(end for bar in self.bars for end in bar.ends)

    @property
    def colour(self) -> str:
        return colour(self.side)


def colour(side: Side) -> str:
    """The CSS class of a position: ``c1`` to ``c6`` for those that disagree, ``c0`` for others."""
    if not side.contested:
        return "c0"
    return f"c{(ord(side.letter[-1]) - ord('A')) % COLOURS + 1}"


def pictures(
    id: str, topic: str, sides: Sequence[Side], published: Mapping[str, datetime]
) -> list[Picture]:
    """Up to two pictures: where the positions lie, and when each of them stood.

    ``id`` makes the ids inside unique on a page; ``published`` gives the moment of each article,
    for claims without a moment of their own. A line with fewer than two marks is not drawn.
    """
    drawn = [_number_line(id, topic, sides)]
    if any(side.when for side in sides):
        drawn.append(_history(f"{id}-t", topic, sides, published))
    return [picture for picture in drawn if picture]


def _number_line(id: str, topic: str, sides: Sequence[Side]) -> Picture | None:
    sides, converted = _in_one_unit(sides)
    measure = _measure(sides)
    lanes = [lane for side in sides if (lane := _lane(side, measure)) and lane.ends]
    if len(lanes) < 2:
        return None
    ends = [end for lane in lanes for end in lane.ends]
    scale = fit(ends, EDGE * 2, WIDTH - EDGE * 2, measure)
    whole = all(end % (DAY if measure == "time" else 1) == 0 for end in ends)
    unit = "all converted to one unit" if converted else _unit(lanes)
    return Picture(_svg(id, topic, lanes, scale, measure, whole), _caption(measure, scale, unit))


def _in_one_unit(sides: Sequence[Side]) -> tuple[list[Side], bool]:
    """The positions with all figures in one unit, and whether any had to be converted."""
    found = [claim.value for side in sides for claim in side.position.claims]
    units = {value.unit for value in found if isinstance(value, Quantity)}
    if len(units) < 2 or len({unit.dimension for unit in units}) > 1:
        return list(sides), False
    return [_converted(side) for side in sides], True


def _converted(side: Side) -> Side:
    turned = [
        replace(claim, value=normalised(claim.value))
        if isinstance(claim.value, Quantity)
        else claim
        for claim in side.position.claims
    ]
    return replace(side, position=replace(side.position, claims=tuple(turned)))


def _unit(lanes: Sequence[Lane]) -> str:
    """The unit all figures share; empty for mere counts."""
    units = {getattr(c.value, "unit", None) for lane in lanes for c in lane.side.position.claims}
    names = {unit.name for unit in units if isinstance(unit, Unit)}
    return safe.short(names.pop(), 24) if len(names) == 1 and names != {COUNT.name} else ""


def _caption(measure: Measure, scale: Scale, unit: str) -> str:
    if measure != "number":
        return "Line of time" if measure == "time" else "Time of day"
    parts = ["Number line", unit, "each step ten times the last" if scale.log else ""]
    return ", ".join(filter(None, parts))


def _measure(sides: Sequence[Side]) -> Measure:
    """What the positions have on their axis: instants if any is a date, else figures."""
    values = [claim.value for side in sides for claim in side.position.claims]
    ends = [end for value in values for bar in _intervals(value) for end in (bar.low, bar.high)]
    if any(isinstance(end, datetime) for end in ends):
        return "time"
    dates = any(claim.kind == "date" for side in sides for claim in side.position.claims)
    return "clock" if dates else "number"


def _intervals(value: Any) -> list[Interval[Any]]:
    """What is stated, then what that leaves possible, in one unit; nothing for mere labels."""
    held = [
        value,
        *(getattr(value, name, None) for name in ("stated", "nominal", "bounds", "span")),
    ]
    return list(dict.fromkeys(one for one in held if isinstance(one, Interval)))


def _lane(side: Side, measure: Measure) -> Lane | None:
    found = [bar for claim in claims(side.position) for bar in _bars(claim.value, measure)]
    bars = tuple(sorted(dict.fromkeys(found), key=_order))
    words = sorted({_words(bar, measure) for bar in bars if bar.form != "band"})
    return Lane(side, bars, " and ".join(words)) if words else None


def _bars(value: Any, measure: Measure) -> list[Bar]:
    """First what is stated, then, paler, what that leaves possible."""
    bars = [_bar(interval, measure) for interval in _intervals(value)]
    return [replace(bar, form="band") if n else bar for n, bar in enumerate(bars) if bar]


def _order(bar: Bar) -> tuple[bool, float, float]:
    ends = bar.ends or (0.0,)
    return (bar.form != "band", min(ends), max(ends))


def _bar(interval: Interval[Any], measure: Measure) -> Bar | None:
    """The stretch an interval covers; None if it is of another measure or has no end at all."""
    known = [end for end in (interval.low, interval.high) if end is not None]
    if any(isinstance(end, datetime) is not (measure == "time") for end in known):
        return None
    low, high = number(interval.low), number(interval.high)
    if low is None and high is None:
        return None
    solid = measure == "time" and low != high and None not in (low, high)
    form: Literal["line", "solid"] = "solid" if solid else "line"
    return Bar(low, high, interval.low_closed, interval.high_closed, form)


def _words(bar: Bar, measure: Measure) -> str:
    """A bar for those who cannot see it."""
    show = {"number": plain, "time": _shown, "clock": clock}[measure]
    if bar.low is None:
        return f"{'up to' if bar.high_closed else 'below'} {show(bar.high or 0.0)}"
    if bar.high is None:
        return f"{'from' if bar.low_closed else 'above'} {show(bar.low)}, no upper end"
    return show(bar.low) if bar.low == bar.high else f"{show(bar.low)} to {show(bar.high)}"


def _shown(at: float) -> str:
    return moment(instant(at))


def _history(
    id: str, topic: str, sides: Sequence[Side], published: Mapping[str, datetime]
) -> Picture | None:
    """When each position stood; hollow dots are moments of publication."""
    lanes = [lane for side in sides if (lane := _stood(side, published))]
    ends = [end for lane in lanes for end in lane.ends]
    if len(lanes) < 2 or len(set(ends)) < 2:
        return None
    lanes.sort(key=lambda lane: (min(lane.ends), lane.side.index))
    scale = fit(ends, EDGE * 2, WIDTH - EDGE * 2, "time")
    return Picture(_svg(id, topic, lanes, scale, "time", False), "When each stood")


def _stood(side: Side, published: Mapping[str, datetime]) -> Lane | None:
    moments: dict[datetime, bool] = {}
    for claim in side.position.claims:
        at = claim.as_of or published.get(claim.mention.article)
        if at is not None:
            moments[at] = moments.get(at, False) or claim.as_of is not None
    dots = {Bar(seconds(at), seconds(at), known, known): at for at, known in moments.items()}
    bars = sorted(dots, key=_order)
    words = ", ".join(moment(dots[bar]) for bar in bars)
    return Lane(side, tuple(bars), words) if bars else None


def _svg(
    id: str, topic: str, lanes: Sequence[Lane], scale: Scale, measure: Measure, whole: bool
) -> Markup:
    lanes = lanes[:_MOST_LANES]
    bottom = len(lanes) * LANE + 6
    told = "; ".join(f"{_name(lane.side)}: {lane.words}" for lane in lanes)
    parts = [
        f'<svg class="picture" role="img" viewBox="0 0 {WIDTH} {bottom + AXIS}" '
        f'aria-labelledby="{id}-title {id}-desc">',
        f'<title id="{id}-title">{escape(safe.short(topic, 120))}</title>',
        f'<desc id="{id}-desc">{escape(told)}</desc>',
        *_axis(scale, measure, whole, bottom),
        *(_drawn(lane, scale, row * LANE) for row, lane in enumerate(lanes)),
    ]
    return Markup("".join(parts) + "</svg>")


def _name(side: Side) -> str:
    return f"{side.letter} {side.value}" if side.letter else side.value


def _axis(scale: Scale, measure: Measure, whole: bool, bottom: int) -> Iterable[str]:
    yield f'<path class="axis" d="M{EDGE / 2:g} {bottom}H{WIDTH - EDGE / 2:g}"/>'
    free = 0.0
    for value, label in ticks(scale, measure, whole):
        x, half = scale(value), len(label) * _GLYPH * 0.42
        if x - half < free or x + half > WIDTH:
            continue
        free = x + half + 8
        yield f'<path class="grid" d="M{x:.1f} 0V{bottom + 4}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{bottom + 17}">{escape(label)}</text>'


def _drawn(lane: Lane, scale: Scale, top: int) -> str:
    marks = "".join(_mark(bar, scale, top + 26) for bar in lane.bars)
    return f'<g class="{lane.colour}">{_label(lane, scale, top)}{marks}</g>'


def _label(lane: Lane, scale: Scale, top: int) -> str:
    """The position's letter and value above its mark, moved inwards where it would not fit."""
    text = safe.clip(lane.side.value, int((WIDTH - 40) / _GLYPH))
    badge = 20 if lane.side.letter else 0
    width = len(text) * _GLYPH + badge
    middle = (scale(min(lane.ends)) + scale(max(lane.ends))) / 2
    left = min(max(middle - width / 2, 4), max(WIDTH - width - 4, 4))
    drawn = f'<text class="value" x="{left + badge:.1f}" y="{top + 15}">{escape(text)}</text>'
    if not badge:
        return drawn
    x = left + 8
    letter = f'<text class="letter" x="{x:.1f}" y="{top + 14.5}">{lane.side.letter}</text>'
    return f'<circle class="badge" cx="{x:.1f}" cy="{top + 11}" r="7.5"/>{letter}{drawn}'


def _mark(bar: Bar, scale: Scale, y: int) -> str:
    left = EDGE / 2 if bar.low is None else scale(bar.low)
    right = WIDTH - EDGE / 2 if bar.high is None else scale(bar.high)
    if bar.form != "line" and right - left >= 6:
        box = f'x="{left:.1f}" y="{y - 5}" width="{right - left:.1f}" height="10" rx="2"'
        return f'<rect class="{bar.form}" {box}/>'
    if bar.form == "band":
        return ""
    if right - left < 6 and bar.ends == (bar.low, bar.high):
        closed = bar.low_closed or bar.low != bar.high
        return _dot((left + right) / 2, y, closed)
    ends = [f'<path class="stretch" d="M{left:.1f} {y}H{right:.1f}"/>']
    ends.append(_arrow(left, y, -6) if bar.low is None else _dot(left, y, bar.low_closed))
    ends.append(_arrow(right, y, 6) if bar.high is None else _dot(right, y, bar.high_closed))
    return "".join(ends)


def _dot(x: float, y: int, closed: bool) -> str:
    return f'<circle class="{"dot" if closed else "hollow"}" cx="{x:.1f}" cy="{y}" r="4.5"/>'


def _arrow(x: float, y: int, turn: int) -> str:
    return f'<path class="arrow" d="M{x - turn:.1f} {y - 5}L{x:.1f} {y}L{x - turn:.1f} {y + 5}"/>'
