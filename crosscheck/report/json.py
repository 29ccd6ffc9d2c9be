"""The report as JSON: the contract ``crosscheck-report/1``, on which other programs rely."""

from __future__ import annotations

import json
import re
from typing import Any

from crosscheck.model import Article, Claim, Finding, Report, Uncompared, Unread
from crosscheck.report import safe, view

SCHEMA = "crosscheck-report/1"

# Acting characters that JSON allows raw but a terminal or an older parser does not.
_RAW = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def render(report: Report, with_text: bool = False) -> str:
    """The report as one JSON object, sorted, with a newline at the end.

    ``published`` is an ISO 8601 moment, a day if the article prints no time, or null. An entry of
    ``unread`` has either ``path`` (a whole file) or ``article`` with the offsets of a passage.
    """
    data = {
        "schema": SCHEMA,
        "articles": [_article(a, report, with_text) for a in view.articles(report)],
        "findings": [finding(f) for f in view.ranked(report)],
        "uncompared": [_uncompared(u) for u in report.uncompared],
        "left_alone": view.left_alone(report),
        "unread": [_unread(u) for u in view.unread(report)],
    }
    return written(data)


def written(data: Any) -> str:
    """Plain data as indented JSON in which no character acts, with a newline at the end."""
    dumped = safe.encodable(json.dumps(data, ensure_ascii=False, indent=1))
    return _RAW.sub(lambda found: f"\\u{ord(found.group()):04x}", dumped) + "\n"


def _article(read: Article, report: Report, with_text: bool) -> dict[str, Any]:
    data = {**article(read), "event": report.events.get(read.id, "")}
    return {**data, "text": read.text} if with_text else data


def article(article: Article) -> dict[str, Any]:
    """Where an article comes from, as plain data."""
    return {
        "id": article.id,
        "path": article.path,
        "outlet": article.outlet,
        "title": article.title,
        "published": view.iso(article) or None,
        "url": article.url,
    }


def finding(finding: Finding) -> dict[str, Any]:
    """A finding with its positions as plain data."""
    positions = [
        {
            "value": position.value,
            "origins": sorted(position.origins),
            "outlets": sorted(position.outlets),
            "claims": [_claim(claim) for claim in view.claims(position)],
        }
        for position in finding.positions
    ]
    return {
        "id": finding.id,
        "kind": finding.kind,
        "topic": finding.topic,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "why": finding.why,
        "tie": finding.reason.get("tie", ""),
        "advice": finding.advice,
        "positions": positions,
        "disagree": sorted([min(pair), max(pair)] for pair in finding.disagree),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "article": claim.mention.article,
        "start": claim.mention.start,
        "end": claim.mention.end,
        "text": claim.mention.text,
        "attributed_to": claim.attributed_to,
        "via": list(claim.via),
        "rule": claim.rule,
    }


def _uncompared(pair: Uncompared) -> dict[str, Any]:
    claims = sorted(pair.claims, key=lambda claim: claim.order)
    return {"claims": [_claim(claim) for claim in claims], "why": pair.why}


def _unread(unread: Unread) -> dict[str, Any]:
    if not unread.article:
        return {"path": unread.path, "why": unread.why}
    return {
        "article": unread.article,
        "start": unread.start,
        "end": unread.end,
        "text": unread.text,
        "why": unread.why,
    }
