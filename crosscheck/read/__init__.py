"""Reads article files: text, Markdown, HTML and JSON lines, and folders of them.

The only modules that open article files. What cannot be read is named with the reason, and the
rest goes on. Nothing is fetched, and nothing of an article is executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crosscheck.model import Article, Unread
from crosscheck.read import files
from crosscheck.read.book import Book, book_of
from crosscheck.read.html import HtmlPage, read_html
from crosscheck.read.jsonl import BadLine, encodable, read_jsonl
from crosscheck.read.lines import Line, lines_of, paragraphs, unwrapped
from crosscheck.read.markdown import read_markdown
from crosscheck.read.masthead import Known, Masthead, masthead
from crosscheck.read.zones import Page, page_of, used
from crosscheck.rulebook import Rulebook

__all__ = ["UnreadableError", "article_from_text", "read_paths", "rules_used"]

UnreadableError = files.UnreadableError

Progress = Callable[[int, int], None]

LONGEST = 2_000_000
"""Characters of one article: ten times a very long live page. What is longer is a collection."""

_LEAST_WRAPPED = 60  # characters: a shorter line of Markdown is a byline, a date, a heading


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article whose page is read; its head can be read again when more dates are known."""

    id: str
    text: str
    path: str
    page: Page
    known: Known
    rules: frozenset[str] = frozenset()

    def head(self, near: Sequence[datetime], book: Book) -> Masthead:
        stem = Path(self.path).stem if self.path else ""
        jsonl = Path(self.path).suffix.lower() in files.JSONL
        return masthead(self.page, self.text, "" if jsonl else stem, self.known, near, book)

    def article(self, head: Masthead) -> Article:
        return Article(
            self.id,
            self.text,
            self.path,
            head.outlet,
            head.title,
            head.published,
            head.dated,
            self.known.url,
            self.page.zones(head.moments),
        )


def read_paths(
    paths: Sequence[Path], rules: Rulebook, progress: Progress | None = None
) -> tuple[tuple[Article, ...], tuple[Unread, ...]]:
    """The articles in files and folders, by id, and what could not be read, with the reason.

    ``.txt``, ``.md`` and ``.html`` hold one article each, ``.jsonl`` one a line. The id of a
    file's article is the file's stem, of one in a ``.jsonl`` file ``stem#id``. A date printed
    without its year gets it from the other articles, if they lie within half a year of it.
    ``progress`` is told how many of how many files are done.
    """
    book = book_of(rules)
    found, refused = files.find(paths)
    names = files.ids(found)
    drafts: list[_Draft] = []
    unread = [Unread(why, str(path)) for path, why in refused]
    for done, file in enumerate(found, 1):
        for item in _drafts(file, names[file], book):
            if isinstance(item, _Draft):
                drafts.append(item)
            else:
                unread.append(item)
        if progress is not None:
            progress(done, len(found))
    return _articles(drafts, book), tuple(sorted(unread, key=lambda u: (u.path, u.start, u.why)))


def _articles(drafts: Sequence[_Draft], book: Book) -> tuple[Article, ...]:
    heads = [draft.head((), book) for draft in drafts]
    known = sorted({h.published.replace(tzinfo=None) for h in heads if h.published is not None})
    articles = [
        draft.article(draft.head(known, book) if head.lacks_year and known else head)
        for draft, head in zip(drafts, heads, strict=True)
    ]
    return tuple(sorted(articles, key=lambda article: article.id))


def _drafts(file: Path, id: str, book: Book) -> Iterator[_Draft | Unread]:
    path = str(file)
    try:
        text = files.load(file)
        if file.suffix.lower() in files.JSONL:
            yield from _of_jsonl(text, id, path, book)
        else:
            yield _draft(text, id, path, Known(), book)
    except UnreadableError as error:
        yield Unread(str(error), path)
    except (MemoryError, RecursionError):
        yield Unread("too large or too deeply nested to be read", path)


def _of_jsonl(text: str, stem: str, path: str, book: Book) -> Iterator[_Draft | Unread]:
    for item in read_jsonl(text):
        if isinstance(item, BadLine):
            yield Unread(f"line {item.number}: {item.why}", path)
            continue
        try:
            yield _draft(item.text, f"{stem}#{item.id}", path, item.known, book)
        except UnreadableError as error:
            yield Unread(f"line {item.line}: {error}", path)


def _draft(text: str, id: str, path: str, known: Known, book: Book) -> _Draft:
    """Reads one article's text, in the form that the suffix of its path says."""
    suffix = Path(path).suffix.lower()
    if suffix in files.HTML:
        page = _html_page(text, book)
        _refuse_collection(page.text)
        marked = page_of(page.lines, book)
        return _Draft(id, page.text, path, marked, _over(known, page.known), page.rules)
    _refuse_collection(text)
    if suffix in files.MARKDOWN:
        lines, front = read_markdown(text)
        known = _over(known, front)
        joined = paragraphs(text, lines, _LEAST_WRAPPED)
    else:
        lines = lines_of(text)
        joined = _unwrapped(text, lines, book)
    rules = frozenset({"page.wrapped"} if len(joined) < len(lines) else ())
    return _Draft(id, text, path, page_of(joined, book), known, rules)


def _refuse_collection(text: str) -> None:
    if len(text) > LONGEST:
        raise UnreadableError(
            f"{len(text):,} characters are too many for one article (at most {LONGEST:,}): "
            "split it, or put its articles into a .jsonl file, one a line"
        )


def _html_page(text: str, book: Book) -> HtmlPage:
    try:
        page = read_html(text, book)
    except ValueError as error:
        raise UnreadableError(str(error)) from error
    if not page.lines:
        raise UnreadableError("no text in the page")
    return page


def _unwrapped(text: str, lines: list[Line], book: Book) -> list[Line]:
    characters, lines_ = book.size("wrapped", "characters"), book.size("wrapped", "lines")
    return unwrapped(text, lines, int(characters), book.size("wrapped", "share"), int(lines_))


def _over(first: Known, second: Known) -> Known:
    """What ``first`` knows, and where it knows nothing, ``second``."""
    dated = first if first.published else second
    return Known(
        first.title or second.title,
        first.outlet or second.outlet,
        dated.published,
        dated.dated,
        first.url or second.url,
    )


def article_from_text(
    text: str,
    *,
    rules: Rulebook,
    id: str,
    path: str = "",
    outlet: str = "",
    title: str = "",
    published: datetime | None = None,
    url: str = "",
    near: Sequence[datetime] = (),
) -> Article:
    """An article from text in memory, in the form that the suffix of ``path`` says (plain text
    without one); what is given overrides what the page says.

    ``published`` with a time of day other than midnight counts as printed with it. ``near`` are
    dates from which a missing year is told.

    Raises:
        UnreadableError: the text is longer than ``LONGEST``, or an HTML page holds none.
    """
    book = book_of(rules)
    dated = (
        ""
        if published is None
        else "time"
        if (published.hour, published.minute) != (0, 0)
        else "day"
    )
    known = Known(title, outlet, published, dated, url)  # type: ignore[arg-type]
    draft = _draft(encodable(text), id, path, known, book)
    return draft.article(draft.head(near, book))


def rules_used(text: str, rules: Rulebook) -> frozenset[str]:
    """The ids of the reading rules that a text makes use of; read as HTML if it looks like it."""
    book = book_of(rules)
    path = "example.html" if text.lstrip()[:1] == "<" else "example.txt"
    draft = _draft(text, "example", path, Known(), book)
    return draft.rules | used(draft.page, book) | draft.head((), book).rules
