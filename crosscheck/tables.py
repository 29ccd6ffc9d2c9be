"""Claims as the rows of a table: one row a claim, plain numbers and strings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction
from typing import Any

from crosscheck.kinds.base import Kind
from crosscheck.model import Article, Claim

COLUMNS = (
    "article", "start", "end", "text", "sentence", "kind", "topic", "value", "low", "high",
    "closed", "approx", "change", "unit", "about", "predicate", "modality", "polarity", "as_of",
    "place", "attributed_to", "rule",
)  # fmt: skip

Row = dict[str, Any]


def rows(
    claims: Iterable[Claim], articles: Iterable[Article], kinds: Iterable[Kind]
) -> Iterator[Row]:
    """One row a claim with the keys of ``COLUMNS``, in that order.

    ``sentence`` is the text of the sentence, ``low`` and ``high`` are numbers or ISO instants
    (None: unbounded), ``as_of`` an ISO instant.
    """
    texts = {article.id: article.text for article in articles}
    by_name = {kind.name: kind for kind in kinds}
    for claim in claims:
        yield _row(claim, texts[claim.mention.article], by_name.get(claim.kind))


def _row(claim: Claim, text: str, kind: Kind | None) -> Row:
    mention, (start, end) = claim.mention, claim.sentence
    return {
        "article": mention.article,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "sentence": text[start:end],
        "kind": claim.kind,
        "topic": kind.topic([claim]) if kind else "",
        "value": claim.label,
        **_measure(claim.value),
        "about": claim.filled("noun"),
        "predicate": claim.filled("state") or claim.filled("predicate"),
        "modality": claim.modality,
        "polarity": claim.polarity,
        "as_of": claim.as_of.isoformat() if claim.as_of else "",
        "place": claim.filled("place"),
        "attributed_to": claim.attributed_to,
        "rule": claim.rule,
    }


def _measure(value: Any) -> Row:
    """The columns that only values on a line can fill: figures and moments."""
    span = getattr(value, "stated", None) or getattr(value, "span", None)
    return {
        "low": plain(getattr(span, "low", None)),
        "high": plain(getattr(span, "high", None)),
        "closed": _closed(span) if span is not None else "",
        "approx": bool(getattr(value, "approx", False)),
        "change": getattr(value, "change", ""),
        "unit": _unit(getattr(value, "unit", "")),
    }


def _closed(span: Any) -> str:
    left = span.low is not None and span.low_closed
    right = span.high is not None and span.high_closed
    return {(True, True): "both", (True, False): "left", (False, True): "right"}.get(
        (left, right), "neither"
    )


def _unit(unit: Any) -> str:
    """The canonical name of a unit; mere counts have none, their noun stands under ``about``."""
    name = str(getattr(unit, "name", unit) or "")
    return "" if name == "count" else name


def plain(end: Any) -> int | float | str | None:
    """An end of an interval as JSON and CSV can hold it."""
    if isinstance(end, datetime):
        return end.isoformat()
    if isinstance(end, Fraction):
        return int(end) if end.denominator == 1 else float(end)
    return end  # type: ignore[no-any-return]
