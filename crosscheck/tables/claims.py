"""A table of claims, by hand or from ``extract``, read back into topics and compared.

Every source becomes an article that lists its rows as ``topic: value``, so that values are read by
the grammar that reads articles; which claims belong together is what the table says.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from crosscheck.align import Topic
from crosscheck.compare import Circumstances, findings
from crosscheck.grammar.times import read_times
from crosscheck.kinds import ALL
from crosscheck.kinds.base import Link
from crosscheck.language import English
from crosscheck.model import Article, Claim, KindName, Mention, Report, Unread, Zone
from crosscheck.pipeline import extract
from crosscheck.report import safe
from crosscheck.rulebook import Rulebook
from crosscheck.values import moments
from crosscheck.values.places import gazetteer


class TableError(Exception):
    """A table that cannot be read; the message names the row and says what to do."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One claim of a table; ``where`` says for people where the row stands."""

    source: str
    topic: str
    value: str
    kind: str = ""
    as_of: datetime | None = None
    where: str = ""


# --- reading ----------------------------------------------------------------------------------


def read_rows(file: Path) -> tuple[TableRow, ...]:
    """The rows of a CSV file with the columns source, topic, value and, if known, kind and as_of,
    or of one written by ``extract``.

    Raises:
        TableError: not such a file.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            items = [(f"{file}:{reader.line_num}", item) for item in reader]
            columns = reader.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(unreadable(file, error)) from error
    _check_columns(columns, str(file))
    return _rows(items, str(file))


def unreadable(file: Path, error: OSError | UnicodeDecodeError | csv.Error) -> str:
    """Why a file cannot be read as a table, for whoever named it."""
    if isinstance(error, OSError):
        return f"{file}: {error.strerror or error}"
    if isinstance(error, UnicodeDecodeError):
        return (
            f"{file}: not text in UTF-8 (from byte {error.start + 1} on); "
            "save the table as CSV in UTF-8"
        )
    return f"{file}: not a CSV file: {error}"


def rows_of(items: Iterable[Mapping[str, Any]]) -> tuple[TableRow, ...]:
    """The same from mappings, one a row, with the columns as keys.

    Raises:
        TableError: a column or a cell is missing.
    """
    listed = list(items)
    _check_columns({key for item in listed for key in item}, "the table")
    return _rows([(f"row {number}", item) for number, item in enumerate(listed, 1)], "the table")


def _check_columns(columns: Iterable[str], name: str) -> None:
    there = set(columns)
    for column, others in (("source", {"article"}), ("topic", set()), ("value", {"text"})):
        if column not in there and not others & there:
            raise TableError(f"{name}: no column {column!r}; needed are source, topic and value")


def _rows(items: Sequence[tuple[str, Mapping[str, Any]]], name: str) -> tuple[TableRow, ...]:
    rows = tuple(_row(item, where) for where, item in items)
    if not rows:
        raise TableError(f"{name}: no rows")
    return rows


def _row(item: Mapping[str, Any], where: str) -> TableRow:
    source, topic = _cell(item, "source", "article"), _cell(item, "topic")
    value, kind = _cell(item, "text", "value"), _cell(item, "kind").lower()
    for column, cell in (("source", source), ("topic", topic), ("value", value)):
        if not cell:
            raise TableError(f"{where}: no {column}")
    names = sorted(kind.name for kind in ALL)
    if kind and kind not in names:
        raise TableError(f"{where}: no kind {kind!r}; there are: {', '.join(names)}")
    return TableRow(source, topic, value, kind, _moment(_cell(item, "as_of"), where), where)


def _cell(item: Mapping[str, Any], *columns: str) -> str:
    """The first cell that is filled, on one line, without the mark that keeps it from being a
    formula (``safe.cell``)."""
    for column in columns:
        raw = item.get(column)
        text = " ".join(str(raw).split()) if raw is not None and raw == raw else ""
        if text:
            return text[1:] if text[0] == "'" and safe.FORMULA.match(text[1:]) else text
    return ""


def _moment(text: str, where: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise TableError(f"{where}: as_of is no ISO date or time: {text!r}") from error


# --- comparing --------------------------------------------------------------------------------


def compare_table(rows: Iterable[TableRow], rules: Rulebook, language: English) -> Report:
    """Where the rows of one topic disagree; a row whose value is not understood is ``unread``."""
    by_source: dict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    articles = tuple(_article(source, by_source[source]) for source in sorted(by_source))
    found = extract(articles, rules, language)
    placed = [
        (row, _claim(row, article, start, found.claims, rules))
        for article in articles
        for start, row in _placed(by_source[article.id])
    ]
    unread = tuple(
        Unread(
            f"{row.where}: the value is not understood as a {row.kind or 'claim'}", text=row.value
        )
        for row, claim in placed
        if claim is None
    )
    topics = _topics([(row.topic, claim) for row, claim in placed if claim is not None])
    found.context.claims = tuple(claim for _, claim in placed if claim is not None)
    about = Circumstances.of(found.context, articles, prose=False)
    return Report(articles, findings(topics, about), (), unread)


def _article(source: str, rows: Sequence[TableRow]) -> Article:
    lines = [f"{row.topic}: {row.value}" for row in rows]
    text = "\n".join(lines) + "\n"
    edges = [0]
    for line in lines:
        edges.append(edges[-1] + len(line) + 1)
    zones = tuple(Zone(low, high - 1, "body") for low, high in pairwise(edges))
    return Article(source, text, outlet=source, zones=zones)


def _placed(rows: Sequence[TableRow]) -> Iterator[tuple[int, TableRow]]:
    """Each row with the offset of its value in the article of its source."""
    start = 0
    for row in rows:
        yield start + len(row.topic) + 2, row
        start += len(row.topic) + 2 + len(row.value) + 1


def _claim(
    row: TableRow, article: Article, start: int, claims: Iterable[Claim], rules: Rulebook
) -> Claim | None:
    """The claim that covers most of the row's value, of the row's kind if it says one."""
    end = start + len(row.value)
    inside = [
        claim
        for claim in claims
        if claim.mention.article == article.id
        and start <= claim.mention.start < end
        and row.kind in ("", claim.kind)
    ]
    order = [kind.name for kind in ALL]
    best = max(
        inside,
        key=lambda c: (c.mention.end - c.mention.start, -order.index(c.kind)),
        default=None,
    )
    if row.kind in ("", "date") and (best is None or row.kind == "date"):
        best = best or _bare_moment(row, article, start, rules)
    if row.kind == "place" and best is None:
        best = _bare_place(row, article, start, rules)
    return replace(best, as_of=row.as_of or best.as_of) if best else None


def _bare_moment(row: TableRow, article: Article, start: int, rules: Rulebook) -> Claim | None:
    """A date or a time that stands alone: in an article it would date nothing and be no claim."""
    for found in read_times(row.value, None, rules):
        if found.value is not None:
            low, high = start + found.start, start + found.end
            mention = Mention(article.id, low, high, article.text[low:high])
            line = (start - len(row.topic) - 2, start + len(row.value))
            return Claim(mention, line, "date", found.value, moments.label(found.value), "table")
    return None


def _bare_place(row: TableRow, article: Article, start: int, rules: Rulebook) -> Claim:
    """A place that stands alone: in an article it would be the place of nothing and no claim."""
    mention = Mention(article.id, start, start + len(row.value), row.value)
    line = (start - len(row.topic) - 2, start + len(row.value))
    place = gazetteer(rules).place(row.value)
    return Claim(mention, line, "place", place, place.label, "table")


def _topics(claims: Iterable[tuple[str, Claim]]) -> Iterator[Topic]:
    grouped: dict[tuple[str, KindName], list[Claim]] = defaultdict(list)
    for name, claim in claims:
        grouped[name, claim.kind].append(claim)
    kinds = {kind.name: kind for kind in ALL}
    for (name, kind), members in sorted(grouped.items()):
        said = tuple(sorted(members, key=lambda claim: claim.order))
        links = {pair: Link(1.0, ("topic of the table",)) for pair in combinations(said, 2)}
        yield Topic(kinds[kind], said, links, name)
