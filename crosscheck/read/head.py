"""The head of a page: headline, standfirst and byline, and what stands above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from crosscheck.read.book import Book
from crosscheck.read.lines import Line
from crosscheck.read.live import is_prose
from crosscheck.read.marks import Mark, can_be_headline

_MOST = 50  # candidates for the headline that are looked at
_MENUS = frozenset({"page.menu", "page.menu-words", "page.language-bar"})


def _headline_of(lines: Sequence[Line], marks: Sequence[Mark], book: Book, end: int) -> int | None:
    """The line of the head that is the headline, if one is."""
    hinted = next((i for i, mark in enumerate(marks) if mark.role == "headline"), None)
    if hinted is not None:
        return hinted
    able = [i for i in range(end) if can_be_headline(lines[i], marks[i], book)][:_MOST]
    if not able:
        able = [i for i in range(end) if not marks[i].role and lines[i].words == 2]
        return able[0] if len(able) == 1 and end < len(lines) else None
    times = Counter(line.text for line in lines[: end + 1])
    for i in able:
        if times[lines[i].text] > 1:
            return i
    for i in able:
        if any(_names_site(lines[k].text, lines[i].text) for k in able if k < i):
            return i
    worded = [i for i in able if _is_worded(lines[i])] or able
    below_menu = [i for i in worded if any(m.rule in _MENUS for m in marks[worded[0] : i])]
    return below_menu[0] if below_menu else worded[0]


def _names_site(long: str, short: str) -> bool:
    """Whether the first is the second with a site's name put to it, as browser titles have it."""
    return long.startswith(short) and long[len(short) :].lstrip()[:1] in set("-|–—:")


def _is_worded(line: Line) -> bool:
    """Five words, or three of which one is written small: more than a site's or section's name."""
    return line.words >= 5 or any(word[:1].islower() for word in line.text.split())


def mark_head(lines: Sequence[Line], marks: list[Mark], book: Book, first: int) -> int:
    """Marks the lines above the first paragraph; where the text starts afterwards."""
    if first == len(lines) and len(lines) == 1:
        return 0
    head = _headline_of(lines, marks, book, first)
    if head is None:
        return _head_without_headline(lines, marks, first)
    marks[head] = Mark("headline", marks[head].rule or "page.headline")
    if head > first:
        return 0
    for i in range(head):
        if not marks[i].role and not is_prose(lines[i], book):
            marks[i] = Mark("furniture", "page.head")
    for i in range(head + 1, min(first, len(lines))):
        if not marks[i].role:
            beside_stamp = any(m.rule == "page.time-stamp" for m in marks[i - 1 : i + 2])
            marks[i] = _below_headline(lines[i], lines[head], book, beside_stamp)
    return _skip_standfirst(lines, marks, book, head, first)


def _head_without_headline(lines: Sequence[Line], marks: list[Mark], first: int) -> int:
    for i in range(min(first, len(lines))):
        if not marks[i].role and first < len(lines) and lines[i].words <= 3:
            marks[i] = Mark("furniture", "page.head")
    return 0


_NAMES = re.compile(r"(?:[A-Z][\w.’'-]*(?:,? |$)|(?:and|von|van|de|der|al|bin) ){2,9}")


def _below_headline(line: Line, headline: Line, book: Book, beside_stamp: bool) -> Mark:
    if line.text == headline.text:
        return Mark("headline", "page.headline")
    if line.bullet or line.hint in ("crosshead", "item", "row") or line.text.endswith((":", "?")):
        return Mark()
    if beside_stamp and _NAMES.fullmatch(line.text):
        return Mark("meta", "page.byline")
    if line.words <= book.size("head", "words"):
        return Mark("furniture", "page.head")
    return Mark("standfirst", "page.standfirst")


def _skip_standfirst(
    lines: Sequence[Line], marks: list[Mark], book: Book, head: int, first: int
) -> int:
    """A sentence between headline and byline is the standfirst."""
    if first != head + 1 or first + 1 >= len(lines) or lines[first].hint == "text":
        return head + 1
    byline = marks[first + 1].role == "meta" and marks[first + 1].rule != "page.post"
    if byline and lines[first].words <= book.size("standfirst", "words") and not marks[first].role:
        marks[first] = Mark("standfirst", "page.standfirst")
    return head + 1
