"""Articles and findings as plain data that a database keeps, and back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crosscheck.model import Article, Claim, Finding, Mention, Position, Report, Zone
from crosscheck.report import view
from crosscheck.report.picture import pictures

Data = dict[str, Any]
Row = Mapping[Any, Any]  # of a database: by column

_SENTENCE = 1000  # characters of a sentence that are kept on each side of a passage

# What PostgreSQL or UTF-8 cannot hold; each is one character, so that offsets stay right.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def storable_data(data: Any) -> Any:
    """Plain data with every string storable."""
    if isinstance(data, str):
        return storable(data)
    if isinstance(data, dict):
        return {key: storable_data(value) for key, value in data.items()}
    if isinstance(data, list):
        return [storable_data(value) for value in data]
    return data


def content_hash(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()


# --- articles -----------------------------------------------------------------------------------


def of_article(article: Article) -> Data:
    """The columns of an article, without key, version and run."""
    return {
        "text": storable(article.text),
        "content": content_hash(article.text),
        "path": storable(article.path),
        "outlet": storable(article.outlet),
        "title": storable(article.title),
        "published": article.published.isoformat() if article.published else "",
        "dated": article.dated,
        "url": storable(article.url),
        "zones": [_of_zone(zone) for zone in article.zones],
    }


def article(row: Row) -> Article:
    """The article that a row holds."""
    return Article(
        row["key"], row["text"], row["path"], row["outlet"], row["title"],
        datetime.fromisoformat(row["published"]) if row["published"] else None,
        row["dated"], row["url"], tuple(_zone(zone) for zone in row["zones"]),
    )  # fmt: skip


def _of_zone(zone: Zone) -> list[Any]:
    posted = zone.posted.isoformat() if zone.posted else ""
    return [zone.start, zone.end, zone.role, posted, storable(zone.label), zone.rule]


def _zone(data: list[Any]) -> Zone:
    start, end, role, posted, label, rule = data
    return Zone(start, end, role, datetime.fromisoformat(posted) if posted else None, label, rule)


# --- findings -----------------------------------------------------------------------------------


def of_findings(report: Report) -> dict[str, Data]:
    """Each finding as data, by id, in the report's order."""
    names = view.labels(report)
    published = {a.id: a.published for a in report.articles if a.published}
    texts = {a.id: a.text for a in report.articles}
    return {f.id: _of_finding(f, names, published, texts) for f in view.ranked(report)}


def _of_finding(
    finding: Finding,
    names: Mapping[str, str],
    published: Mapping[str, datetime],
    texts: Mapping[str, str],
) -> Data:
    drawn = pictures("p", finding.topic, view.sides(finding, names), published)
    data: Data = storable_data({
        "kind": finding.kind,
        "topic": finding.topic,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "why": finding.why,
        "advice": finding.advice,
        "positions": [_of_position(p, texts) for p in finding.positions],
        "disagree": [list(pair) for pair in finding.disagree],
        "rules": sorted(finding.reason.get("rules", ())),
        "pictures": [{"svg": str(p.svg), "caption": p.caption} for p in drawn],
    })  # fmt: skip
    return data


def _of_position(position: Position, texts: Mapping[str, str]) -> Data:
    return {
        "value": position.value,
        "origins": list(position.origins),
        "outlets": list(position.outlets),
        "sources": list(position.sources),
        "claims": [_of_claim(c, texts.get(c.mention.article, "")) for c in view.claims(position)],
    }


def _of_claim(claim: Claim, text: str) -> Data:
    return {
        "article": claim.mention.article,
        "start": claim.mention.start,
        "end": claim.mention.end,
        "text": claim.mention.text,
        "sentence": list(claim.sentence),
        "said": _around(text, claim),
        "kind": claim.kind,
        "label": claim.label,
        "rule": claim.rule,
        "as_of": claim.as_of.isoformat() if claim.as_of else "",
        "attributed_to": claim.attributed_to,
        "via": list(claim.via),
    }


def _around(text: str, claim: Claim) -> str:
    """The passage's sentence; of one without end, what stands about the passage."""
    low = max(claim.sentence[0], claim.mention.start - _SENTENCE)
    return text[low : min(claim.sentence[1], claim.mention.end + _SENTENCE)]


def finding(id: str, data: Mapping[str, Any]) -> Finding:
    """The finding that data describe; its claims have passages and no values."""
    return Finding(
        id,
        data["kind"],
        data["topic"],
        data["verdict"],
        data["severity"],
        data["why"],
        tuple(_position(position) for position in data["positions"]),
        tuple((i, j) for i, j in data["disagree"]),
        {"rules": list(data["rules"])},
        data["advice"],
    )


def _position(data: Mapping[str, Any]) -> Position:
    return Position(
        data["value"],
        tuple(_claim(claim) for claim in data["claims"]),
        tuple(data["origins"]),
        tuple(data["outlets"]),
        tuple(data["sources"]),
    )


def _claim(data: Mapping[str, Any]) -> Claim:
    start, end = data["sentence"]
    return Claim(
        Mention(data["article"], data["start"], data["end"], data["text"]),
        (start, end),
        data["kind"],
        None,
        data["label"],
        data["rule"],
        as_of=datetime.fromisoformat(data["as_of"]) if data["as_of"] else None,
        attributed_to=data["attributed_to"],
        via=tuple(data["via"]),
    )


# --- what a finding says -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding rests on, by words and not by offsets: ``passages`` are (article, passage,
    sentence)."""

    passages: frozenset[tuple[str, str, str]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Evidence:
        return cls(
            frozenset(
                (claim["article"], _words(claim["text"]), _words(claim["said"]))
                for position in data["positions"]
                for claim in position["claims"]
            )
        )

    def shared(self, other: Evidence) -> float:
        """The share of the smaller side's passages that the other has, in [0, 1]."""
        least = min(len(self.passages), len(other.passages))
        return len(self.passages & other.passages) / least if least else 0.0


def fingerprint(data: Mapping[str, Any]) -> str:
    """A hash of what was decided on: the verdict, and which accounts hold which value. Where a
    passage stands, and how often an account repeats itself, changes nothing."""
    held = sorted(
        [position["value"], *sorted({claim["article"] for claim in position["claims"]})]
        for position in data["positions"]
    )
    values = [position["value"] for position in data["positions"]]
    apart = sorted(sorted((values[i], values[j])) for i, j in data["disagree"])
    key = json.dumps([data["verdict"], held, apart], ensure_ascii=True)
    return hashlib.sha256(key.encode()).hexdigest()


def outlets(data: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """The outlets (or, without one, the articles) that take part, sorted."""
    keys = {claim["article"] for position in data["positions"] for claim in position["claims"]}
    return sorted({names.get(key) or key for key in keys})


def _words(text: str) -> str:
    return " ".join(text.split())
