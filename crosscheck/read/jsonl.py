"""A corpus in one file: one JSON object a line, with id and text and what else is known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crosscheck.read.masthead import Known
from crosscheck.read.stamps import moment, prints_clock

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """One article of the file; ``id`` is unique in it."""

    id: str
    text: str
    known: Known
    line: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no article; ``number`` counts from 1."""

    number: int
    why: str


def read_jsonl(text: str) -> Iterator[Record | BadLine]:
    """The articles of a file, line by line; a repeated id gets '~2', '~3' ... put to it."""
    seen: dict[str, int] = {}
    for number, line in enumerate(re.finditer(r"[^\n]*\n?", text), 1):
        if not line.group().strip():
            continue
        read = _record(line.group(), number)
        if isinstance(read, Record):
            seen[read.id] = seen.get(read.id, 0) + 1
            if seen[read.id] > 1:
                read = Record(f"{read.id}~{seen[read.id]}", read.text, read.known, number)
        yield read


def _record(line: str, number: int) -> Record | BadLine:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = getattr(error, "msg", "nested too deeply")
        return BadLine(number, f"no JSON: {why}")
    if not isinstance(item, dict):
        return BadLine(number, "no JSON object")
    text = item.get("text")
    if not isinstance(text, str):
        return BadLine(number, "no text")
    if not text.strip():
        return BadLine(number, "the text is empty")
    return Record(_id(item, number), encodable(text), _known(item), number)


def _id(item: dict[str, Any], number: int) -> str:
    id = item.get("id")
    whole = isinstance(id, str | int) and not isinstance(id, bool)
    return _field(item, "id") or (str(id) if whole and id != "" else str(number))


def _known(item: dict[str, Any]) -> Known:
    written = _field(item, "published")
    published = moment(written) if written else None
    dated = ("time" if prints_clock(written) else "day") if published else ""
    return Known(
        _field(item, "title"),
        _field(item, "outlet"),
        published,
        dated,  # type: ignore[arg-type]
        _field(item, "url"),
    )


def _field(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return encodable(" ".join(value.split())) if isinstance(value, str) else ""


def encodable(text: str) -> str:
    """Lone surrogates, which no encoding can write, replaced one for one."""
    return _SURROGATE.sub("\ufffd", text)
