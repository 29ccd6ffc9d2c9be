"""Reports in five forms: table, markdown, csv, json and"""

from __future__ import annotations

from typing import Literal, get_args

from crosscheck.model import Report

Format = Literal["table", "markdown", "csv", "json", "html"]
FORMATS: tuple[str, ...] = get_args(Format)


def render(
    report: Report,
    format: str,
    *,
    width: int | None = None,
    color: bool = False,
    with_text: bool = False,
    all: bool = False,
) -> str:
    """A report as text that ends with a newline; the same bytes for the same report.

    ``format`` is one of ``FORMATS``. ``width`` is the table's width in terminal columns (default
    100) and ``color`` lets it use colour. ``with_text`` adds each article's text to JSON. ``all``
    shows agreeing topics, uncompared pairs and unread passages in full in tables and Markdown.

    Raises:
        ValueError: there is no such format.
    """
    if format == "table":
        from crosscheck.report import table

        return table.render(report, width or table.WIDTH, color, all)
    if format == "markdown":
        from crosscheck.report import markdown

        return markdown.render(report, all)
    if format == "csv":
        from crosscheck.report import csv

        return csv.render(report)
    if format == "json":
        from crosscheck.report import json

        return json.render(report, with_text)
    if format == "html":
        from crosscheck.report import html

        return html.render(report)
    raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")
