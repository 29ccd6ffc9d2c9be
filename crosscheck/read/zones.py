"""Says of each line of a page what it is: headline, text, list, furniture ...

Each line is first read by itself (its wording, its shape, the page's markup); then labels take the
lines under them along; then what is left is told by its place: above the first paragraph (the
head), between paragraphs, or below the last one (the foot).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from crosscheck.model import Zone
from crosscheck.read.book import Book
from crosscheck.read.lines import LONG, Line
from crosscheck.read.live import Live, is_prose, live_page
from crosscheck.read.stamps import (
    PostHead,
    has_clock,
    may_hold_stamp,
    post_head,
    stamps,
    without_stamps,
)

_HINTED = frozenset({"headline", "standfirst", "meta", "caption", "furniture"})
_MENUS = frozenset({"page.menu", "page.menu-words", "page.language-bar"})
_HEAD_RULES = frozenset({"page.byline", "page.clock-note"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is taken for; an empty role is not known yet."""

    role: str = ""
    rule: str = ""
    scope: str = "line"
    label: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, what each is, and the stamps of its posts by the index of their line."""

    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    posts: tuple[tuple[int, PostHead], ...] = ()
    live_rule: str = ""

    def of(self, role: str) -> list[Line]:
        return [
            line for line, mark in zip(self.lines, self.marks, strict=True) if mark.role == role
        ]

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
    lines = _split_date_prefix(lines)
    live = live_page(lines, book)
    lines = live.lines if live else tuple(lines)
    marks = [_alone(line, i, book) for i, line in enumerate(lines)]
    if live:
        for i, _ in live.heads:
            marks[i] = Mark("meta", "page.post")
    else:
        _mark_tickers(lines, marks, book)
    _spread_labels(lines, marks, book)
    _close_rest(lines, marks, book)
    _unmark_early_bios(lines, marks, book)
    first, last = _bounds(lines, marks, book, live)
    first = _mark_head(lines, marks, book, first)
    _Body(lines, marks, book, first, last).mark()
    if live:
        return Page(lines, tuple(marks), live.heads, live.rule)
    lines, marks = _split_dateline(lines, marks, book)
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


# -- one line by itself


_DATE_PREFIX = re.compile(r"(?:date|dated|published|posted)\s*:?\s*\d{4}-\d\d-\d\d(?=\s+\S)", re.I)


def _split_date_prefix(lines: Sequence[Line]) -> Sequence[Line]:
    """A first line such as 'date 2031-05-03 Dam breaks' is two: a stamp and what follows it."""
    match = _DATE_PREFIX.match(lines[0].text) if lines else None
    return [*lines[0].split_at(match.end()), *lines[1:]] if match else lines


def _alone(line: Line, index: int, book: Book) -> Mark:
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
    if line.words > 25 or line.bullet or not may_hold_stamp(line.text):
        return False
    found = stamps(line.text)
    if not found and not has_clock(line.text):
        return False
    parts = [p for p in re.split(r"[.|•·]\s*", without_stamps(line.text)) if p.strip(" ,()–—-")]
    strange = sum(_strange_words(part, book) for part in parts)
    if strange == 0:
        return True
    if strange > book.size("time-stamp", "words") or line.stop:
        return False
    opened = bool(found) and found[0].start <= 1
    labelled = book.foreign_words("page.stamp-words", line.text.split()[0]) == 0
    dated = any(stamp.year for stamp in found)
    return opened or (labelled and bool(found)) or (dated and index > 0)


def _strange_words(part: str, book: Book) -> int:
    read = book.read_line(part.strip(" ,"))
    return 0 if read else book.foreign_words("page.stamp-words", part.replace(" to ", " "))


# -- labels and what they take along


def _mark_tickers(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """Clock times alone on their lines, each with one headline under it."""
    clocks = [i for i, line in enumerate(lines) if _is_bare_clock(line)]
    ends = [*clocks[1:], len(lines)][: len(clocks)]
    single = [
        i for i, end in zip(clocks, ends, strict=True) if _heads_headline(lines, i, end, book)
    ]
    if len(single) < book.size("clocked-headlines", "lines") or len(single) * 2 < len(clocks):
        return
    for i in single:
        marks[i : i + 2] = [Mark("furniture", "page.clocked-headlines")] * 2


def _heads_headline(lines: Sequence[Line], clock: int, end: int, book: Book) -> bool:
    """Whether a headline and no text stands between a clock time and the next."""
    if clock + 1 >= end or is_prose(lines[clock + 1], book):
        return False
    return end == len(lines) or end == clock + 2


def _is_bare_clock(line: Line) -> bool:
    if line.words > 3 or line.hint not in ("", "text", "item"):
        return False
    head = post_head(line.text)
    return head is not None and head.separator == "end"


def _spread_labels(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """The headlines under a label such as 'Most read' go with it."""
    seen_prose = False
    for i, mark in enumerate(tuple(marks)):
        seen_prose = seen_prose or (not mark.role and is_prose(lines[i], book))
        if mark.scope == "list" and marks[i].rule == mark.rule:
            _take_along(lines, marks, i, book, seen_prose)


def _take_along(
    lines: Sequence[Line], marks: list[Mark], label: int, book: Book, below_prose: bool
) -> None:
    for i in range(label + 1, len(lines)):
        line = lines[i]
        if marks[i].scope in ("list", "rest") and marks[i].role:
            return
        if line.hint in ("headline", "crosshead", "standfirst"):
            return
        listed = line.bullet and not line.gap and line.words < 40
        clocked = _is_bare_clock(lines[i - 1]) and line.words < 30
        if is_prose(line, book) and not listed and not clocked:
            return
        if book.is_word("page.content-labels", line.text):
            return
        if not below_prose and line.gap and _leads_in(lines, marks, i, book):
            return
        if marks[i].role in ("", "meta"):
            marks[i] = Mark("furniture", marks[label].rule)


def _leads_in(lines: Sequence[Line], marks: Sequence[Mark], index: int, book: Book) -> bool:
    """Whether a line near the head can be the headline: a stamp or a paragraph follows it."""
    following = range(index + 1, min(index + 4, len(lines)))
    near = any(marks[k].role == "meta" or is_prose(lines[k], book) for k in following)
    return near and _can_be_headline(lines[index], marks[index], book)


def _close_rest(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """What stands below the heading of readers' comments is theirs."""
    paragraphs = 0
    for i, mark in enumerate(marks):
        if not mark.role and is_prose(lines[i], book):
            paragraphs += 1
        if mark.scope == "rest" and paragraphs >= 3:
            for k in range(i + 1, len(lines)):
                marks[k] = Mark("furniture", mark.rule)
            return


def _unmark_early_bios(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """A sentence that says who a journalist is stands for the author's only below the text."""
    following = 0
    for i in range(len(lines) - 1, -1, -1):
        following += not marks[i].role and is_prose(lines[i], book)
        if marks[i].rule == "page.author-bio" and following >= 3:
            marks[i] = Mark()


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


# -- the head


def _can_be_headline(line: Line, mark: Mark, book: Book) -> bool:
    if mark.role or line.bullet or line.stop == "." or line.is_long or line.text.endswith(":"):
        return False
    return book.size("headline", "items") <= line.words <= book.size("headline", "words")


def _headline_of(lines: Sequence[Line], marks: Sequence[Mark], book: Book, end: int) -> int | None:
    """The line of the head that is the headline, if one is."""
    hinted = next((i for i, mark in enumerate(marks) if mark.role == "headline"), None)
    if hinted is not None:
        return hinted
    able = [i for i in range(end) if _can_be_headline(lines[i], marks[i], book)]
    if not able:
        able = [i for i in range(end) if not marks[i].role and lines[i].words == 2]
        return able[0] if len(able) == 1 and end < len(lines) else None
    times = Counter(line.text for line in lines[: end + 1])
    for i in able:
        if times[lines[i].text] > 1:
            return i
    worded = [i for i in able if _is_worded(lines[i])] or able
    below_menu = [i for i in worded if any(m.rule in _MENUS for m in marks[worded[0] : i])]
    return below_menu[0] if below_menu else worded[0]


def _is_worded(line: Line) -> bool:
    """Five words, or three of which one is written small: more than a site's or section's name."""
    return line.words >= 5 or any(word[:1].islower() for word in line.text.split())


def _mark_head(lines: Sequence[Line], marks: list[Mark], book: Book, first: int) -> int:
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


# -- the text and the foot


class _Body:
    """Walks from the first paragraph to the end and marks what has no mark yet."""

    def __init__(
        self, lines: Sequence[Line], marks: list[Mark], book: Book, first: int, last: int
    ) -> None:
        self.lines, self.marks, self.book = lines, marks, book
        self.first, self.last = first, last
        self.label, self.rule, self.heads_list, self.closed = "", "", False, False

    def mark(self) -> None:
        i = self.first
        while i < len(self.lines):
            i = self._step(i)

    def _step(self, i: int) -> int:
        line, mark = self.lines[i], self.marks[i]
        if mark.rule in _HEAD_RULES and self._is_inside(i):
            mark = self.marks[i] = Mark()
        if mark.rule == "page.post":
            self.label, self.heads_list = "", False
        elif mark.rule == "page.menu" and self._is_inside(i) and re.search(r"\d", line.text):
            self.marks[i] = Mark("list", "page.menu", label=self.label)
        elif mark.role == "furniture":
            self.closed = self.closed or i > self.last
        elif not mark.role and self._is_heading(i):
            self._open(i)
        elif self._is_item(i):
            return self._mark_items(i)
        elif not mark.role:
            self.marks[i] = self._plain(i)
        elif mark.role != "headline" and not mark.label:
            self.marks[i] = replace(mark, label="" if self.heads_list else self.label)
        return i + 1

    def _is_inside(self, i: int) -> bool:
        return self.first + 2 < i <= self.last

    def _is_heading(self, i: int) -> bool:
        """Whether a line heads what follows it."""
        line, after = self.lines[i], self.lines[i + 1] if i + 1 < len(self.lines) else None
        if line.bullet or line.is_long:
            return False
        if line.hint == "crosshead":
            return True
        if after is None or line.stop in (".", "!", "…") or line.words > self._most_words():
            return False
        if self.book.is_word("page.content-labels", line.text):
            return True
        if self.closed and i > self.last:
            return False
        listed = after.bullet or after.hint == "item" or not after.gap
        titled = line.text.endswith(":") or line.text.isupper()
        if titled and line.text.endswith(":"):
            return line.words <= 6
        if i > self.last:
            return titled and line.gap and listed
        return (titled and listed) or self._stands_between(i)

    def _most_words(self) -> float:
        return self.book.size("crosshead", "words")

    def _stands_between(self, i: int) -> bool:
        before, line, after = self.lines[i - 1], self.lines[i], self.lines[i + 1]
        apart = line.gap or is_prose(before, self.book) or self.marks[i - 1].role == "furniture"
        if (
            not line.text[0].isupper()
            and not line.text[0].isdigit()
            and line.text[0] not in "“‘\"'"
        ):
            return False
        return apart and (after.bullet or is_prose(after, self.book) or bool(after.stop))

    def _open(self, i: int) -> None:
        line = self.lines[i]
        self.label = line.text.rstrip(" :")
        after = self.lines[i + 1] if i + 1 < len(self.lines) else None
        listed = after is not None and not is_prose(after, self.book)
        self.heads_list = after is not None and (
            after.bullet or after.hint == "item" or (listed and not after.gap and not after.stop)
        )
        self.closed = False
        content = self.book.is_word("page.content-labels", line.text)
        self.rule = "page.content-labels" if content else "page.crosshead"
        self.marks[i] = Mark("headline", self.rule)

    def _mark_items(self, start: int) -> int:
        """Marks consecutive items at once: a list, or running text that merely has bullets."""
        end = start
        while end < len(self.lines) and self._is_item(end):
            end += 1
        items = self.lines[start:end]
        if self.closed and start > self.last and not self.heads_list:
            mark = Mark("furniture", "page.foot")
        elif self._are_paragraphs(items):
            mark = Mark("body", "", label=self.label)
        else:
            mark = Mark("list", "page.list", label=self._list_label(start))
        self.marks[start:end] = [mark] * (end - start)
        self._leave_list()
        return end

    def _is_item(self, i: int) -> bool:
        line = self.lines[i]
        if self.marks[i].role:
            return False
        return line.bullet or line.hint in ("item", "row") or self._is_entry(i)

    def _is_entry(self, i: int) -> bool:
        """One of several lines of the shape 'Norland: 140' that stand close together."""
        if not _is_pair(self.lines[i]):
            return False
        above = i > 0 and not self.lines[i].gap and _is_pair(self.lines[i - 1])
        below = i + 1 < len(self.lines) and not self.lines[i + 1].gap
        return above or (below and _is_pair(self.lines[i + 1]))

    def _are_paragraphs(self, items: Sequence[Line]) -> bool:
        full = sum(
            item.is_long
            or (item.words >= self.book.size("list", "words") and bool(item.stop))
            or item.words >= self.book.size("paragraph", "words")
            for item in items
        )
        return full > self.book.size("list", "share") * len(items)

    def _list_label(self, start: int) -> str:
        """The heading above, or the end of the sentence that leads to the list."""
        before = self.lines[start - 1].text if start else ""
        if not self.heads_list and before.endswith(":") and len(before) <= 120:
            return before.rstrip(" :")
        return self.label

    def _leave_list(self) -> None:
        if self.heads_list:
            self.label, self.heads_list = "", False

    def _plain(self, i: int) -> Mark:
        line = self.lines[i]
        prose = is_prose(line, self.book)
        if self.heads_list and not line.gap and not prose:
            return Mark("list", "page.list", label=self.label)
        if self.heads_list and self.marks[i - 1].role == "list":
            self._leave_list()
        leads = line.text.endswith(":") and i + 1 < len(self.lines) and self._is_item(i + 1)
        if i > self.last and not prose and not leads and (self.closed or self._foot_is_run):
            return Mark("furniture", "page.foot")
        return Mark("body", "", label=self.label)

    @cached_property
    def _foot_is_run(self) -> bool:
        """Whether many lines of the foot look like headlines; asked first when it is reached."""
        foot = range(self.last + 1, len(self.lines))
        loose = sum(not self.marks[k].role and not self._is_item(k) for k in foot)
        return self.last >= 0 and loose >= self.book.size("foot", "lines")


_PAIR = re.compile(r"[^:.!?]{2,40}:\s[^:]{1,60}")


def _is_pair(line: Line) -> bool:
    """A short line of the shape 'Norland: 140'."""
    return not line.stop and line.words <= 12 and _PAIR.fullmatch(line.text) is not None


# -- the dateline


def _split_dateline(
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
