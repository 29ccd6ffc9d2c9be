"""A table of claims, by hand or from ``extract``, read back into topics and compared."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosscheck.model import Report
from crosscheck.rulebook import Rulebook


class TableError(Exception):
    """A table that cannot be read; the message names file and line and says what to do."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One claim of a table; ``where`` says for people where the row stands."""

    source: str
    topic: str
    value: str
    kind: str = ""
    where: str = ""


def read_rows(file: Path) -> tuple[TableRow, ...]:
    """The rows of a CSV file with the columns source, topic, value and perhaps kind, or of one
    written by ``extract``.

    Raises:
        TableError: not such a file.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            items = [(f"{file}:{reader.line_num}", item) for item in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{file}: not a CSV file in UTF-8: {error}") from error
    return rows_of((item for _, item in items), [where for where, _ in items], str(file))


def rows_of(
    items: Iterable[Mapping[str, Any]], wheres: Iterable[str] | None = None, name: str = "claims"
) -> tuple[TableRow, ...]:
    raise NotImplementedError


def compare_table(rows: Iterable[TableRow], rules: Rulebook, model: str) -> Report:
    raise NotImplementedError
