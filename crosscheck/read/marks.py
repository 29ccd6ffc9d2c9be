"""What one line of a page is taken for by itself: by its wording, its shape, the page's markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crosscheck.read.book import Book
from crosscheck.read.lines import LONG, Line
from crosscheck.read.live import is_prose
from crosscheck.read.stamps import has_clock, may_hold_stamp, stamps, without_stamps

_HINTED = frozenset({"headline", "standfirst", "meta", "caption", "furniture"})
HEAD_RULES = frozenset({"page.byline", "page.clock-note"})
"""Rules that hold above and below the text only: between paragraphs their wording means nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is taken for; an empty role is not known yet."""

    role: str = ""
    rule: str = ""
    scope: str = "line"
    label: str = ""
    outlet: str = ""


_DATE_PREFIX = re.compile(r"(?:date|dated|published|posted)\s*:?\s*\d{4}-\d\d-\d\d(?=\s+\S)", re.I)


def split_date_prefix(lines: Sequence[Line]) -> Sequence[Line]:
    """A first line such as 'date 2031-05-03 Dam breaks' is two: a stamp and what follows it."""
    match = _DATE_PREFIX.match(lines[0].text) if lines else None
    return [*lines[0].split_at(match.end()), *lines[1:]] if match else lines


def alone(line: Line, index: int, book: Book) -> Mark:
    if line.hint in _HINTED:
        return Mark(line.hint, line.rule)
    if line.is_long:
        read = book.read_line(line.text[:LONG], is_sentence=True)
        return Mark(read.role, read.rule) if read else Mark()
    if _is_time_stamp(line, index, book):
        return Mark("meta", "page.time-stamp")
    read = book.read_line(line.text, is_sentence=line.stop == "." and is_prose(line, book))
    if read:
        return Mark(read.role, read.rule, read.scope, outlet=read.outlet)
    if line.hint in ("", "item") and not line.bullet and _is_menu(line, index, book):
        return Mark("furniture", "page.menu")
    return Mark()


def _is_menu(line: Line, index: int, book: Book) -> bool:
    if book.items(line.text):
        return True
    if index or line.words > 8 or line.stop:
        return False
    tail = re.split(r"\s+[-–—:]\s+", line.text)[-1]
    if (
        tail != line.text
        and len(tail.split()) > 1
        and book.foreign_words("page.menu-words", tail) == 0
    ):
        return True
    return re.search(r"\S[ \xa0]{2,}\S|\t|\s[|·•»]\s", line.text) is not None


def _is_time_stamp(line: Line, index: int, book: Book) -> bool:
    """A line that holds a date or a clock time and hardly anything else."""
    if line.words > 25 or not may_hold_stamp(line.text):
        return False
    found = stamps(line.text)
    if not found and not has_clock(line.text):
        return False
    parts = [p for p in re.split(r"[.|•·]\s*", without_stamps(line.text)) if p.strip(" ,()–—-")]
    strange = sum(_strange_words(part, book) for part in parts)
    if strange == 0:
        return True
    if strange > book.size("time-stamp", "words") or line.stop or line.bullet:
        return False
    opened = bool(found) and found[0].start <= 1
    labelled = book.foreign_words("page.stamp-words", line.text.split()[0]) == 0
    dated = any(stamp.year for stamp in found)
    return opened or (labelled and bool(found)) or (dated and index > 0)


def _strange_words(part: str, book: Book) -> int:
    read = book.read_line(part.strip(" ,"))
    return 0 if read else book.foreign_words("page.stamp-words", part.replace(" to ", " "))


def can_be_headline(line: Line, mark: Mark, book: Book) -> bool:
    if mark.role or line.bullet or line.stop == "." or line.is_long or line.text.endswith(":"):
        return False
    return book.size("headline", "items") <= line.words <= book.size("headline", "words")
