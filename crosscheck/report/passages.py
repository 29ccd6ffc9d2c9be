"""An article's text as HTML in which every passage that a finding rests on can be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from crosscheck.model import Article, Zone
from crosscheck.report import safe

LIMIT = 200_000  # characters of an article that are shown in full; beyond it, what is linked to
_HEAD, _AROUND = 20_000, 400


@dataclass(frozen=True, slots=True)
class Back:
    """The way back from a passage to a finding."""

    number: int
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text with an id, a colour class and the findings that quote it."""

    start: int
    end: int
    id: str
    colour: str
    backs: tuple[Back, ...] = ()


def visible(text: str) -> Markup:
    """Escaped text in which direction overrides and control characters are shown, not obeyed."""
    return Markup(safe.ACTING.sub(_shown, str(escape(text))))


def _shown(found: re.Match[str]) -> str:
    return f'<span class="ctl">U+{ord(found.group()):04X}</span>'


def marked(article: Article, passages: Sequence[Passage]) -> Markup:
    """The text, one ``div`` a zone, with a ``mark`` for each passage.

    Passages may lie inside one another or overlap; one that has to be interrupted goes on in a
    second ``mark`` without an id. Of texts longer than ``LIMIT`` only the beginning and the
    neighbourhood of passages is shown.
    """
    kept = _kept(article.text, passages)
    inner = sorted(passages, key=lambda p: (p.start, -p.end, p.id))
    done: set[str] = set()
    return Markup("").join(
        piece for zone in _zones(article) for piece in _zone(article.text, zone, kept, inner, done)
    )


def _zones(article: Article) -> Iterator[Zone]:
    """The article's zones and what lies between them, without the white space alone."""
    at = 0
    for zone in (*article.zones, Zone(len(article.text), len(article.text), "")):
        if article.text[at : zone.start].strip():
            yield Zone(at, zone.start, "body")
        if zone.end > zone.start:
            yield zone
        at = max(at, zone.end)


def _kept(text: str, passages: Iterable[Passage]) -> list[tuple[int, int]]:
    if len(text) <= LIMIT:
        return [(0, len(text))]
    around = [(max(p.start - _AROUND, 0), min(p.end + _AROUND, len(text))) for p in passages]
    merged: list[tuple[int, int]] = []
    for start, end in sorted([(0, _HEAD), *around]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _zone(
    text: str,
    zone: Zone,
    kept: Sequence[tuple[int, int]],
    passages: Sequence[Passage],
    done: set[str],
) -> Iterator[Markup]:
    pieces = [(max(a, zone.start), min(b, zone.end)) for a, b in kept]
    pieces = [(a, b) for a, b in pieces if a < b]
    if not pieces:
        return
    yield Markup('<div class="zone z-{}">').format(re.sub(r"\W", "", zone.role) or "body")
    at = zone.start
    for start, end in pieces:
        yield _gap(start - at)
        yield from _piece(text, start, end, passages, done)
        at = end
    yield _gap(zone.end - at)
    yield Markup("</div>\n")


def _gap(characters: int) -> Markup:
    if not characters:
        return Markup("")
    return Markup('<span class="gap">[… {:,} characters left out …]</span>').format(characters)


def _piece(
    text: str, start: int, end: int, passages: Sequence[Passage], done: set[str]
) -> Iterator[Markup]:
    inside = [p for p in passages if p.start < end and p.end > start and p.start < p.end]
    bounds = {start, end, *(p.start for p in inside), *(p.end for p in inside)}
    edges = sorted(edge for edge in bounds if start <= edge <= end)
    opened: list[Passage] = []
    for low, high in pairwise(edges):
        wanted = [p for p in inside if p.start <= low and p.end >= high]
        yield from _turn(opened, wanted, low, done)
        opened = wanted
        yield visible(text[low:high])
    yield from _turn(opened, [], end, done)


def _turn(
    opened: Sequence[Passage], wanted: Sequence[Passage], at: int, done: set[str]
) -> Iterator[Markup]:
    """Close and open marks so that ``wanted`` are open; the ways back follow a passage's end."""
    same = 0
    while same < min(len(opened), len(wanted)) and opened[same] is wanted[same]:
        same += 1
    for passage in reversed(opened[same:]):
        yield Markup("</mark>")
        if passage.end <= at:
            yield from _ways_back(passage)
    for passage in wanted[same:]:
        id = Markup(' id="{}"').format(passage.id) if passage.id not in done else ""
        done.add(passage.id)
        yield Markup('<mark class="{}"{}>').format(passage.colour, id)


def _ways_back(passage: Passage) -> Iterator[Markup]:
    for back in passage.backs:
        yield Markup('<a class="back" href="{}" aria-label="{}" title="{}">{}</a>').format(
            back.href, back.label, back.label, back.number
        )
