"""Markdown as it stands, with the roles that its markup gives to lines (CommonMark 0.31)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crosscheck.read.lines import Line, lines_of
from crosscheck.read.masthead import Known
from crosscheck.read.stamps import moment, prints_clock

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"(=+|-{3,})\s*$")
_RULE = re.compile(r"(?:\s*[-*_=]){3,}\s*$")
_FENCE = re.compile(r"(?:```|~~~)")
_IMAGE = re.compile(r"!\[.*?\]\(.*?\)$|\[!\[.*\)$|<!--.*|</?\w[^>]*>$")
_REFERENCE = re.compile(r"\[[^\]]+\]:\s*\S+")
_LINK_ONLY = re.compile(r"\[[^\]]+\]\([^)]+\)[.]?$")
_FIELD = re.compile(r"([A-Za-z_]+)\s*:\s*[\"']?(.*?)[\"']?\s*$")
_WRAPPED_IN = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1$")
_ROW = re.compile(r"\|.*\|$")


def read_markdown(text: str) -> tuple[list[Line], Known]:
    """The lines of a Markdown text, and what its front matter says."""
    lines = lines_of(text)
    front = _front_matter(lines)
    known = _known(lines[:front])
    head = [replace(line, hint="meta") for line in lines[:front]]
    return [*head, *_lines(lines[front:])], known


def _front_matter(lines: Sequence[Line]) -> int:
    """How many lines at the head are front matter between two rules of three dashes."""
    if not lines or lines[0].text != "---" or lines[0].start > 3:
        return 0
    ends = (i + 1 for i, line in enumerate(lines[1:60], 1) if line.text in ("---", "..."))
    return next(ends, 0)


def _known(front: Sequence[Line]) -> Known:
    fields = {m[1].lower(): m[2] for line in front if (m := _FIELD.match(line.text))}
    date = next((fields[k] for k in ("published", "date", "pubdate", "created") if k in fields), "")
    published = moment(date) if date else None
    return Known(
        fields.get("title", ""),
        next((fields[k] for k in ("outlet", "publisher", "source", "site") if fields.get(k)), ""),
        published,
        ("time" if prints_clock(date) else "day") if published else "",
        fields.get("url", ""),
    )


def _lines(lines: Sequence[Line]) -> Iterator[Line]:
    fenced = titled = False
    for i, line in enumerate(lines):
        if _FENCE.match(line.text):
            fenced = not fenced
            yield replace(line, hint="furniture")
        elif fenced:
            yield replace(line, hint="furniture")
        else:
            below = lines[i + 1] if i + 1 < len(lines) else None
            read = _line(line, below, titled)
            titled = titled or (read is not None and read.hint == "headline")
            if read is not None:
                yield read


def _line(line: Line, below: Line | None, titled: bool) -> Line | None:
    """One line without its markup; None for a mere rule."""
    heading = _HEADING.match(line.text)
    if heading:
        hint = "headline" if heading[1] == "#" and not titled else "crosshead"
        return _cut(line, heading.start(2), heading.end(2), hint) if heading[2] else None
    if _RULE.match(line.text) or (_ROW.match(line.text) and not re.search(r"\w", line.text)):
        return None
    if below and not below.gap and not line.bullet and _UNDERLINE.fullmatch(below.text):
        return replace(line, hint="crosshead" if titled or below.text[0] == "-" else "headline")
    if _IMAGE.match(line.text) or _REFERENCE.match(line.text) or _LINK_ONLY.match(line.text):
        return replace(line, hint="furniture")
    if _ROW.match(line.text):
        return replace(line, hint="row")
    return _unquoted(line)


def _unquoted(line: Line) -> Line:
    """Without the mark of a quotation and emphasis around the whole line."""
    quote = re.match(r"(?:>\s*)+", line.text)
    line = _cut(line, quote.end(), len(line.text), line.hint) if quote else line
    wrapped = _WRAPPED_IN.match(line.text)
    return _cut(line, wrapped.start(2), wrapped.end(2), line.hint) if wrapped else line


def _cut(line: Line, start: int, end: int, hint: str) -> Line:
    text = line.text[start:end]
    begin = line.start + start
    return Line(begin, begin + len(text), text, line.gap, line.bullet, hint)
