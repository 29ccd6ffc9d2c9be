"""The text of a page and its foot: paragraphs, headings, lists, and links to other stories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from crosscheck.read.book import Book
from crosscheck.read.lines import Line
from crosscheck.read.live import is_prose
from crosscheck.read.marks import HEAD_RULES, Mark


class Body:
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
        if mark.rule in HEAD_RULES and self._is_inside(i):
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
