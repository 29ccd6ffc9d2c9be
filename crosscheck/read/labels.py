"""Labels such as 'Most read' or 'Comments', and the lines that they take along."""

from __future__ import annotations

from collections.abc import Sequence

from crosscheck.read.book import Book
from crosscheck.read.lines import Line
from crosscheck.read.live import is_prose
from crosscheck.read.marks import Mark, can_be_headline
from crosscheck.read.stamps import post_head


def mark_repeated(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """A sentence that stands twice in a row is the text of a picture and its caption."""
    for i, line in enumerate(lines):
        if line.words < book.size("repeated", "words") or marks[i].role:
            continue
        after = lines[i + 1].text if i + 1 < len(lines) else ""
        if line.text == after and is_prose(line, book):
            marks[i : i + 2] = [Mark("caption", "page.repeated")] * 2
        elif _is_doubled(line.text):
            marks[i] = Mark("caption", "page.repeated")


def _is_doubled(text: str) -> bool:
    half = len(text) // 2
    return len(text) % 2 == 1 and text[half] == " " and text[:half] == text[half + 1 :]


def mark_tickers(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """Clock times alone on their lines, each with one headline under it."""
    clocks = [i for i, line in enumerate(lines) if is_bare_clock(line)]
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


def is_bare_clock(line: Line) -> bool:
    if line.words > 3 or line.hint not in ("", "text", "item"):
        return False
    head = post_head(line.text)
    return head is not None and head.separator == "end"


def spread_labels(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
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
        clocked = is_bare_clock(lines[i - 1]) and line.words < 30
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
    return near and can_be_headline(lines[index], marks[index], book)


def close_rest(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """What stands below the heading of readers' comments is theirs."""
    paragraphs = 0
    for i, mark in enumerate(marks):
        if not mark.role and is_prose(lines[i], book):
            paragraphs += 1
        if mark.scope == "rest" and paragraphs >= 3:
            for k in range(i + 1, len(lines)):
                marks[k] = Mark("furniture", mark.rule)
            return


def unmark_early_bios(lines: Sequence[Line], marks: list[Mark], book: Book) -> None:
    """A sentence that says who a journalist is stands for the author's only below the text."""
    following = 0
    for i in range(len(lines) - 1, -1, -1):
        following += not marks[i].role and is_prose(lines[i], book)
        if marks[i].rule == "page.author-bio" and following >= 3:
            marks[i] = Mark()
