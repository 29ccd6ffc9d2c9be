"""What a page says about itself: title, outlet, moment of publication, moments of its posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crosscheck.read.book import Book
from crosscheck.read.live import moments
from crosscheck.read.marks import Mark
from crosscheck.read.stamps import Stamp, days, stamps, with_year
from crosscheck.read.zones import Page

Dated = Literal["time", "day", ""]

_CHANGED = re.compile(r"(?:updat|modif|edit|revis|last)\w*\W*$", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z]\.[a-z]")
_FILE_NAME = re.compile(r"(?:\d+[-_. ]+)*([A-Za-z]+(?:[-_ ][A-Za-z]+){0,3})(?:[-_. ]*\d+)?")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about an article apart from its text; empty fields are read from the text."""

    title: str = ""
    outlet: str = ""
    published: datetime | None = None
    dated: Dated = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """``moments`` are those of the page's posts; ``lacks_year``: a date is printed without its
    year, and nothing told the year; ``rules`` are the ids of the rules that were used."""

    title: str
    outlet: str
    published: datetime | None
    dated: Dated
    moments: tuple[datetime | None, ...] = ()
    lacks_year: bool = False
    rules: frozenset[str] = frozenset()


def masthead(
    page: Page, text: str, stem: str, known: Known, near: Sequence[datetime], book: Book
) -> Masthead:
    """Reads what ``known`` leaves open; ``near`` are dates from which a missing year is told."""
    anchors = [known.published, *near] if known.published else list(near)
    posted = _post_moments(page, anchors, book)
    published, dated, lacks = known.published, known.dated, False
    if published is None:
        published, dated, lacks = _published(page, posted, anchors)
    outlet, rules = (known.outlet, ()) if known.outlet else _outlet(page, text, stem, book)
    return Masthead(
        known.title or _title(page), outlet, published, dated, posted, lacks, frozenset(rules)
    )


def _title(page: Page) -> str:
    pairs = zip(page.lines, page.marks, strict=True)
    return next((_folded(line.text) for line, mark in pairs if mark.rule == "page.headline"), "")


def _folded(text: str) -> str:
    return " ".join(text.split())


# -- when


def _post_moments(page: Page, near: Sequence[datetime], book: Book) -> tuple[datetime | None, ...]:
    if not page.posts:
        return ()
    heads = [head for _, head in page.posts]
    told = moments(heads, _page_days(page), near, book.size("post", "hours"))
    marked = [page.lines[i].moment for i, _ in page.posts]
    return tuple(mark or moment for mark, moment in zip(marked, told, strict=True))


def _page_days(page: Page) -> list[Stamp]:
    """The days named above the posts: in the headline, a line about the page, or one that opens
    with a date."""
    above = page.posts[0][0] if page.posts else 0
    found: list[Stamp] = []
    for line, mark in zip(page.lines[:above], page.marks[:above], strict=True):
        named = days(line.text)
        opens = any(stamp.start == 0 for stamp in named)
        if opens or (not line.is_long and mark.role in ("headline", "meta", "standfirst")):
            found.extend(named)
    return found


def _published(
    page: Page, posted: Sequence[datetime | None], near: Sequence[datetime]
) -> tuple[datetime | None, Dated, bool]:
    latest = [moment for moment in posted if moment is not None]
    if latest:
        return max(latest, key=lambda m: m.replace(tzinfo=None)), "time", False
    printed = list(_printed(page)) or list(_above_text(page))
    lacking = bool(page.posts) and bool(_page_days(page))
    for stamp in sorted(printed, key=_rank):
        moment = with_year(stamp, near)
        if moment is not None:
            return moment, "time" if stamp.clock else "day", False
    return None, "", bool(printed) or lacking


def _rank(stamp: Stamp) -> tuple[bool, bool]:
    return (stamp.year is None, stamp.clock is None)


def _printed(page: Page) -> Iterator[Stamp]:
    """The stamps beside the article: of each line the first that is not that of a change."""
    for line, mark in zip(page.lines, page.marks, strict=True):
        if mark.role != "meta" or mark.rule == "page.post":
            continue
        found = stamps(line.text)
        first = [s for s in found if not _CHANGED.search(line.text[: s.start])]
        yield from (first or found)[:1]


def _above_text(page: Page) -> Iterator[Stamp]:
    """Full dates with a time of day above the text, in lines that were taken for furniture:
    what a byline of an unknown shape passes for."""
    for line, mark in zip(page.lines, page.marks, strict=True):
        if mark.role not in ("furniture", "headline", "standfirst"):
            return
        if mark.role == "furniture" and not line.is_long:
            yield from [s for s in stamps(line.text) if s.year is not None and s.clock][:1]


# -- who


def _outlet(page: Page, text: str, stem: str, book: Book) -> tuple[str, tuple[str, ...]]:
    """The outlet as the page names it, else after its file; with the rule that read it."""
    file, mute = _file_outlet(stem, book)
    site = _site_line(page, file, book)
    if site:
        return site, ()
    named = next((mark for mark in page.marks if mark.outlet), Mark())
    if named.outlet:
        return named.outlet, (named.rule,)
    rule, patterns = book.outlets["page.self-mention"]
    for pattern in patterns if _ADDRESS.search(text) else ():
        match = pattern.search(text)
        if match:
            return match["outlet"], (rule.id,)
    return file, mute


def _site_line(page: Page, file: str, book: Book) -> str:
    """The site's name in the first line, above the headline."""
    if not page.lines or page.marks[0].rule not in ("page.head", "page.menu"):
        return ""
    if page.lines[0].gap and page.lines[0].start > 200:
        return ""
    first = re.split(r"\s*[|·•»>]\s*|\s+[-–—:]\s+|\s{2,}|\t", page.lines[0].text)[0].strip()
    if file and first.lower().startswith(file.lower()):
        return file
    if re.search(r"\d", first) or len(first.split()) > 4 or not first[:1].isupper():
        return ""
    return "" if book.foreign_words("page.menu-words", first) == 0 else first


def _file_outlet(stem: str, book: Book) -> tuple[str, tuple[str, ...]]:
    """'01-wire-a' is called 'Wire A'; numbers, hashes and words such as 'article' name nobody."""
    match = _FILE_NAME.fullmatch(stem.split("#")[0])
    if match is None:
        return "", ()
    words = re.split(r"[-_ ]", match[1])
    if len(match[1]) < 3:
        return "", ()
    if any(book.is_word("page.file-words", word) for word in words):
        return "", ("page.file-words",)
    return " ".join(word.capitalize() if word.islower() else word for word in words), ()
