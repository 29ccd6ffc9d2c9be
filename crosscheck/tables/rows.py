"""Claims as the rows of a table: one row a claim, plain numbers and strings."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from crosscheck.grammar.counted import AHEAD
from crosscheck.kinds import ALL
from crosscheck.model import Claim
from crosscheck.pipeline import Extraction
from crosscheck.report import safe
from crosscheck.values.units import Unit, is_money, spoken

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "article", "start", "end", "text", "sentence", "kind", "topic", "value", "low", "high",
    "closed", "approx", "change", "unit", "about", "predicate", "modality", "polarity", "as_of",
    "place", "attributed_to", "rule", "via",
)  # fmt: skip

Row = dict[str, Any]


def rows(done: Extraction) -> Iterator[Row]:
    """One row a claim with the keys of ``COLUMNS``, in that order.

    ``sentence`` is the text of the sentence, ``low`` and ``high`` are numbers or ISO instants
    (None: unbounded), ``as_of`` an ISO instant, ``via`` whoever hands it on, outermost first.
    """
    texts = {article.id: article.text for article in done.articles}
    by_name = {kind.name: kind for kind in ALL}
    for claim in done.claims:
        kind = by_name.get(claim.kind)
        topic = kind.topic([claim], done.context.rules) if kind else ""
        yield _row(claim, texts[claim.mention.article], topic)


def written(done: Extraction, form: str) -> bytes:
    """The rows as ``jsonl``, ``csv`` or ``parquet``.

    Raises:
        ImportError: parquet was asked for and pyarrow is not installed.
    """
    if form == "jsonl":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows(done))
        return safe.encodable("".join(lines)).encode()
    return _csv(done).encode() if form == "csv" else _parquet(done)


def frame(done: Extraction) -> pd.DataFrame:
    """The rows as a table of pandas; ``low`` and ``high`` hold numbers and strings alike."""
    import pandas as pd

    return pd.DataFrame(list(rows(done)), columns=list(COLUMNS))


def _csv(done: Extraction) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(done):
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return safe.encodable(out.getvalue())


def _cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula and no terminal for a command; the signs for
    acting characters are as long as these. Numbers stay numbers, even negative ones."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return safe.cell(safe.ACTING.sub(safe.sign, str(value))) if value is not None else ""


def _parquet(done: Extraction) -> bytes:
    table = frame(done)
    for column in ("low", "high"):  # a column of one type: figures and instants become text
        table[column] = [None if end is None else str(end) for end in table[column]]
    out = io.BytesIO()
    table.to_parquet(out, index=False, engine="pyarrow")
    return out.getvalue()


def _row(claim: Claim, text: str, topic: str) -> Row:
    mention, (start, end) = claim.mention, claim.sentence
    return {
        "article": mention.article,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "sentence": text[start:end],
        "kind": claim.kind,
        "topic": topic,
        "value": claim.label,
        **_measure(claim),
        "about": _about(claim),
        "predicate": claim.filled("state") or claim.filled("predicate"),
        "modality": claim.modality,
        "polarity": claim.polarity,
        "as_of": claim.as_of.isoformat() if claim.as_of else "",
        "place": claim.filled("place"),
        "attributed_to": claim.attributed_to,
        "rule": claim.rule,
        "via": "; ".join(claim.via),
    }


def _measure(claim: Claim) -> Row:
    """The columns that only values on a line can fill: figures and moments."""
    value = claim.value
    span = getattr(value, "stated", None) or getattr(value, "span", None)
    return {
        "low": plain(getattr(span, "low", None)),
        "high": plain(getattr(span, "high", None)),
        "closed": _closed(span) if span is not None else "",
        "approx": bool(getattr(value, "approx", False)),
        "change": getattr(value, "change", ""),
        "unit": _unit(claim),
    }


def _closed(span: Any) -> str:
    left = span.low is not None and span.low_closed
    right = span.high is not None and span.high_closed
    return {(True, True): "both", (True, False): "left", (False, True): "right"}.get(
        (left, right), "neither"
    )


def _about(claim: Claim) -> str:
    """The counted noun; where an amount of money has none, the currency in words."""
    noun = claim.slot("noun")
    if noun is not None and noun.how != AHEAD:
        return noun.value
    unit = getattr(claim.value, "unit", None)
    return spoken(unit) if isinstance(unit, Unit) and is_money(unit) else ""


def _unit(claim: Claim) -> str:
    """The canonical name of the unit; for a count what is counted, as it is described (``european
    country``, ``test per day``)."""
    name = str(getattr(getattr(claim.value, "unit", None), "name", ""))
    if claim.kind != "quantity" or not name.startswith(("count", "per ")):
        return name
    rate = name.removeprefix("count")
    about = _about(claim)
    described = claim.filled("modifiers") if about else ""
    return " ".join(filter(None, (described, about, rate)))


def plain(end: Any) -> int | float | str | None:
    """An end of an interval as JSON and CSV can hold it."""
    if isinstance(end, datetime):
        return end.isoformat()
    if isinstance(end, Fraction):
        return int(end) if end.denominator == 1 else float(end)
    return end  # type: ignore[no-any-return]
