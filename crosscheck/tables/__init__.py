"""Claims as tables: out of articles (``rows``, ``written``) and back in (``read_rows``)."""

from __future__ import annotations

from crosscheck.tables.claims import TableError, TableRow, compare_table, read_rows, rows_of
from crosscheck.tables.rows import COLUMNS, Row, frame, rows, written

__all__ = [
    "COLUMNS",
    "Row",
    "TableError",
    "TableRow",
    "compare_table",
    "frame",
    "read_rows",
    "rows",
    "rows_of",
    "written",
]
