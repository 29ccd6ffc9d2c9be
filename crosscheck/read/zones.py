"""Says of each line of a page what it is: headline, text, list, furniture ...

Each line is first read by itself (its wording, its shape, the page's markup); then labels take the
lines under them along; then what is left is told by its place: above the first paragraph (the
head), between paragraphs, or below the last one (the foot).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crosscheck.model import Zone
from crosscheck.read.body import Body
from crosscheck.read.book import Book
from crosscheck.read.head import mark_head
from crosscheck.read.labels import (
    close_rest,
    mark_repeated,
    mark_tickers,
    spread_labels,
    unmark_early_bios,
)
from crosscheck.read.lines import Line
from crosscheck.read.live import Live, is_prose, live_page
from crosscheck.read.marks import Mark, alone, split_date_prefix
from crosscheck.read.stamps import PostHead, without_stamps


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, what each is, and the stamps of its posts by the index of their line."""

    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    posts: tuple[tuple[int, PostHead], ...] = ()
    live_rule: str = ""

    def zones(self, moments: Sequence[datetime | None] = ()) -> tuple[Zone, ...]:
        """The zones; ``moments`` are those of the posts, in the order of ``posts``."""
        posted = dict(zip((i for i, _ in self.posts), moments, strict=False))
        found: list[Zone] = []
        now: datetime | None = None
        for i, (line, mark) in enumerate(zip(self.lines, self.marks, strict=True)):
            now = posted.get(i, now)
            moment = None if mark.role == "furniture" else now
            found.append(Zone(line.start, line.end, mark.role, moment, mark.label, mark.rule))
        return tuple(found)


def page_of(lines: Sequence[Line], book: Book) -> Page:
    """What each line of a page is."""
    lines = split_date_prefix(lines)
    live = live_page(lines, book)
    lines = live.lines if live else tuple(lines)
    marks = [alone(line, i, book) for i, line in enumerate(lines)]
    if live:
        for i, _ in live.heads:
            marks[i] = Mark("meta", "page.post")
    else:
        mark_tickers(lines, marks, book)
    mark_repeated(lines, marks, book)
    spread_labels(lines, marks, book)
    close_rest(lines, marks, book)
    unmark_early_bios(lines, marks, book)
    first, last = _bounds(lines, marks, book, live)
    first = mark_head(lines, marks, book, first)
    Body(lines, marks, book, first, last).mark()
    if live:
        return Page(lines, tuple(marks), live.heads, live.rule)
    lines, marks = split_slug(*split_dateline(lines, marks, book), book)
    return Page(tuple(lines), tuple(marks))


def used(page: Page, book: Book) -> frozenset[str]:
    """The ids of the rules by which a page was taken apart."""
    found = {mark.rule for mark in page.marks} | {line.rule for line in page.lines}
    found.add(page.live_rule)
    pairs = list(zip(page.lines, page.marks, strict=True))
    if any(mark.role == "body" and is_prose(line, book) for line, mark in pairs):
        found.add("page.paragraph")
    stamps_ = [line.text for line, mark in pairs if mark.rule == "page.time-stamp"]
    words = " ".join(without_stamps(text) for text in stamps_)
    if book.foreign_words("page.stamp-words", words) < len(re.findall(r"[^\W\d_]+", words)):
        found.add("page.stamp-words")
    return frozenset(found - {""})


def _bounds(
    lines: Sequence[Line], marks: Sequence[Mark], book: Book, live: Live | None
) -> tuple[int, int]:
    """The first and the last paragraph; (n, -1) where there is none."""
    prose = [i for i, line in enumerate(lines) if not marks[i].role and is_prose(line, book)]
    if live:
        start = live.heads[0][0]
        ends = [i + 1 for i, _ in live.heads if i + 1 < len(lines)]
        return min([start, *prose]), max([*prose, *ends])
    return (prose[0], prose[-1]) if prose else (len(lines), -1)


def split_dateline(
    lines: Sequence[Line], marks: list[Mark], book: Book
) -> tuple[list[Line], list[Mark]]:
    """Cuts 'OLTEN, May 3 (Wire Q) - ' off the first paragraph; it is meta, not text."""
    texts = [i for i, mark in enumerate(marks) if mark.role == "body"][:2]
    for i in texts:
        end, outlet = dateline(lines[i].text, book)
        if end:
            first, rest = lines[i].split_at(end)
            if not rest.text:
                continue
            cut = Mark("meta", "page.dateline", outlet=outlet)
            return (
                [*lines[:i], first, rest, *lines[i + 1 :]],
                [*marks[:i], cut, *marks[i:]],
            )
    return list(lines), marks


def split_slug(lines: list[Line], marks: list[Mark], book: Book) -> tuple[list[Line], list[Mark]]:
    """Cuts 'UPDATE 4-' off the headline."""
    rule, patterns = book.outlets["page.slug"]
    for i, mark in enumerate(marks):
        if mark.rule != "page.headline":
            continue
        match = next((m for p in patterns if (m := p.match(lines[i].text))), None)
        if match is not None:
            slug = Mark("meta", rule.id)
            cut = lines[i].split_at(match.end())
            return [*lines[:i], *cut, *lines[i + 1 :]], [*marks[:i], slug, *marks[i:]]
    return lines, marks


def dateline(text: str, book: Book) -> tuple[int, str]:
    """Where the dateline at the head of a paragraph ends (0: there is none), and its agency."""
    rule, patterns = book.outlets["page.dateline"]
    for pattern in patterns:
        match = pattern.match(text[:200])
        if match is None:
            continue
        parts = match.groupdict()
        if (parts.get("place") or "").split(",")[0].rstrip(":") in rule.strings("words"):
            return 0, ""
        return match.end(), (parts.get("outlet") or "").strip()
    return 0, ""
