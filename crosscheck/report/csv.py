"""The report as CSV for spreadsheets: one row a claim, most serious findings first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from crosscheck.model import Article, Claim, Finding, Report
from crosscheck.report import safe, view

COLUMNS = (
    "finding", "severity", "verdict", "kind", "topic", "position", "value", "disagrees_with",
    "outlet", "published", "as_of", "text", "attributed_to", "why", "title", "url", "path",
    "article", "start", "end", "rule", "outlets", "origins", "advice",
    "via",
)  # fmt: skip

BYTE_ORDER_MARK = "\ufeff"
_CELL_LIMIT = 32_000  # a spreadsheet cell holds 32,767 characters


def render(report: Report) -> str:
    """Rows of ``COLUMNS`` below a header, in UTF-8 with a byte order mark, without which
    spreadsheets misread every name with a diacritic. ``position`` counts from 1; ``finding`` is
    the finding's id. No cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(report):
        writer.writerow({key: cell(value) for key, value in row.items()})
    return BYTE_ORDER_MARK + out.getvalue()


def cell(value: str) -> str:
    """Any text as a cell: on one line, no longer than a cell may be, and never a formula."""
    return safe.cell(safe.short(value, _CELL_LIMIT))


def rows(report: Report) -> Iterator[dict[str, str]]:
    by_id = report.by_id
    for finding in view.ranked(report):
        for index, position in enumerate(finding.positions):
            for claim in view.claims(position):
                article = by_id.get(claim.mention.article, Article(claim.mention.article, ""))
                yield {**_about(finding, index), **_said(claim), **_source(article)}


def _about(finding: Finding, index: int) -> dict[str, str]:
    opposed = sorted({n for pair in finding.disagree if index in pair for n in pair} - {index})
    return {
        "finding": finding.id,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "kind": finding.kind,
        "topic": finding.topic,
        "position": str(index + 1),
        "value": finding.positions[index].value,
        "disagrees_with": "; ".join(finding.positions[n].value for n in opposed),
        "why": finding.why,
        "outlets": "; ".join(sorted(finding.positions[index].outlets)),
        "origins": "; ".join(sorted(finding.positions[index].origins)),
        "advice": finding.advice,
    }


def _said(claim: Claim) -> dict[str, str]:
    return {
        "text": claim.mention.text,
        "attributed_to": claim.attributed_to,
        "via": "; ".join(claim.via),
        "as_of": claim.as_of.isoformat() if claim.as_of else "",
        "start": str(claim.mention.start),
        "end": str(claim.mention.end),
        "rule": claim.rule,
    }


def _source(article: Article) -> dict[str, str]:
    return {
        "outlet": article.name,
        "published": view.iso(article),
        "title": article.title,
        "url": article.url,
        "path": article.path,
        "article": article.id,
    }
