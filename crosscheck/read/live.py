"""Pages that are updated as things happen: their posts, and the moment of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from crosscheck.read.book import Book
from crosscheck.read.lines import Line
from crosscheck.read.stamps import PostHead, Stamp, post_head, with_year

_TWO_SENTENCES = re.compile(r"[a-z]{3}\. [A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Live:
    """A page's lines with the stamps cut off the posts; ``heads`` by the index of the stamp;
    ``rule`` tells how the page was known to be live."""

    lines: tuple[Line, ...]
    heads: tuple[tuple[int, PostHead], ...]
    rule: str = "page.post"


def live_page(lines: Sequence[Line], book: Book) -> Live | None:
    """The posts of a live page; None for any other page.

    A page is live if its posts hold running text, and either its first lines say so or hardly
    anything but posts stands on it (a list of times inside an article is no live page).
    """
    heads = _heads(lines)
    if len(heads) < book.size("post", "lines"):
        return None
    prose = sum(_holds_prose(lines, i, head, book) for i, head in heads)
    if prose < book.size("post", "share") * len(heads):
        return None
    if _says_live(lines[: heads[0][0]], book):
        return replace(_cut(lines, dict(heads)), rule="page.live-words")
    return _cut(lines, dict(heads)) if _is_all_posts(lines, heads, book) else None


def _heads(lines: Sequence[Line]) -> list[tuple[int, PostHead]]:
    found = [(i, head) for i, line in enumerate(lines) if (head := _head_of(line))]
    loose = sum(head.separator == " " for _, head in found)
    strict = [(i, head) for i, head in found if head.separator != " "]
    return found if loose >= 3 and loose > len(strict) else strict


def _head_of(line: Line) -> PostHead | None:
    if line.moment is not None and line.words <= 8:
        at = line.moment
        return PostHead(len(line.text), at.time(), at.weekday(), at.day, at.month, "end")
    if line.hint not in ("", "text", "crosshead", "meta"):
        return None
    return post_head(line.text)


def is_prose(line: Line, book: Book) -> bool:
    """Running text: a sentence with its full stop, two sentences, or a line of many words."""
    if line.words >= book.sizes["paragraph", "words"]:
        return True
    if line.words < book.sizes["paragraph", "items"]:
        return False
    return line.stop == "." or _TWO_SENTENCES.search(line.text) is not None


def _holds_prose(lines: Sequence[Line], index: int, head: PostHead, book: Book) -> bool:
    """Whether running text stands beside or under the stamp, below a title at most."""
    rest = lines[index].text[head.end :]
    if rest and (rest.rstrip()[-1:] in ".!?”\"'’" or len(rest.split()) >= 15):
        return True
    for i, line in enumerate(lines[index + 1 : index + 3]):
        if _head_of(line):
            return False
        if is_prose(line, book) or (line.stop in (".", "!", "…") and line.words > 2 - i):
            return True
    return False


def _says_live(before: Sequence[Line], book: Book) -> bool:
    phrases = book.words["page.live-words"]
    text = " ".join(f" {line.text.lower()} " for line in before[:20] if not line.is_long)
    folded = "".join(c if c.isalnum() else " " for c in text)
    folded = f" {' '.join(folded.split())} "
    return any(f" {phrase} " in folded for phrase in phrases)


def _is_all_posts(lines: Sequence[Line], heads: Sequence[tuple[int, PostHead]], book: Book) -> bool:
    before = sum(is_prose(line, book) for line in lines[: heads[0][0]])
    return len(heads) >= 4 and before <= 1


def _cut(lines: Sequence[Line], heads: dict[int, PostHead]) -> Live:
    """The lines with each stamp a line of its own, and the words after it another."""
    cut: list[Line] = []
    found: list[tuple[int, PostHead]] = []
    for i, line in enumerate(lines):
        head = heads.get(i)
        if head is None:
            cut.append(line)
            continue
        found.append((len(cut), head))
        if head.end >= len(line.text):
            cut.append(line)
            continue
        first, rest = line.split_at(head.end)
        cut.append(replace(first, end=line.start + len(first.text.rstrip(" -–—|:•"))))
        if rest.text:
            titled = head.separator in set("-–—|:•")
            cut.append(replace(rest, hint="crosshead" if titled and not rest.stop else rest.hint))
    return Live(tuple(cut), tuple(found))


def moments(
    heads: Sequence[PostHead], page_days: Sequence[Stamp], near: Sequence[datetime], hours: float
) -> list[datetime | None]:
    """The moment of each post, in the order of the page.

    The dates come from the page's own dates or range of dates (``page_days``), weekdays and days
    of the month from the posts, a year missing throughout from ``near``. Posts with a clock time
    alone run on over midnight, in whichever order the page is kept: a step of at least ``hours``
    against that order is a night.
    """
    span = _span(heads, page_days, near)
    if span is None:
        return [None] * len(heads)
    falling = _is_falling(heads)
    return list(_walk(heads, span, falling, hours))


def _span(
    heads: Sequence[PostHead], page_days: Sequence[Stamp], near: Sequence[datetime]
) -> tuple[date, date] | None:
    weekdays = {head.weekday for head in heads if head.weekday is not None}
    years: list[int | None] = [None]
    if all(day.year is None for day in page_days):
        years = [*sorted({each.year for each in near})]
    for year in years:
        days = [day if year is None else replace(day, year=year) for day in page_days]
        found = sorted(m.date() for day in days if (m := with_year(day, near)) is not None)
        if not found:
            continue
        low, high = found[0], found[-1]
        covered = {(low + timedelta(n)).weekday() for n in range(min((high - low).days, 6) + 1)}
        if year is None or not weekdays or weekdays & covered:
            return low, high
    return None


def _is_falling(heads: Sequence[PostHead]) -> bool:
    """Whether the newest post stands first."""
    keys = [(head.day or 0, head.clock) for head in heads]
    steps = list(pairwise(keys))
    return sum(a > b for a, b in steps) > sum(a < b for a, b in steps)


def _walk(
    heads: Sequence[PostHead], span: tuple[date, date], falling: bool, hours: float
) -> Iterator[datetime]:
    day = span[1] if falling else span[0]
    previous: PostHead | None = None
    for head in heads:
        if head.day is not None or head.weekday is not None:
            day = _dated(head, span, day)
        elif previous is not None:
            step = _minutes(head) - _minutes(previous)
            if (step if falling else -step) >= hours * 60:
                day += timedelta(-1 if falling else 1)
        yield datetime.combine(day, head.clock)
        previous = head


def _minutes(head: PostHead) -> int:
    return head.clock.hour * 60 + head.clock.minute


def _dated(head: PostHead, span: tuple[date, date], last: date) -> date:
    """The day of a post that names its weekday or day; the one nearest to the post before."""
    around = [span[0] + timedelta(n) for n in range(-6, (span[1] - span[0]).days + 7)]
    fitting = [
        day
        for day in around
        if head.day in (None, day.day)
        and head.month in (None, day.month)
        and (head.day is not None or head.weekday in (None, day.weekday()))
    ]
    return min(
        fitting,
        key=lambda day: (not span[0] <= day <= span[1], abs((day - last).days), day),
        default=last,
    )
