"""The findings as a workbook: findings, positions, log. Every text is a text, never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from crosscheck.report import safe, view
from crosscheck.review.exports import csv
from crosscheck.review.exports.material import Material
from crosscheck.review.states import STATES

Row = dict[str, str | int]

_WIDTHS = {
    "topic": 40, "value": 22, "reason": 34, "why": 50, "advice": 50, "passage": 60, "note": 40,
    "outlets": 28, "values": 28, "id": 22, "outlet": 22, "article": 34, "said by": 28, "at": 32,
    "decided_at": 32, "state": 22,
}  # fmt: skip
_USUAL, _NARROW = 14, 10
_HEAD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="FFE8EAED")
_TOP = Alignment(vertical="top", wrap_text=True)
_EPOCH = datetime(1980, 1, 1)  # the first moment that a zip file knows
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what a workbook's reader takes for a character
_LIMIT = 32_000  # a cell holds 32,767 characters


def render(material: Material) -> bytes:
    """A workbook with the sheets Findings, Positions and Log, each with filters and a header that
    stays; dated by the store's last change."""
    book: Any = Workbook(write_only=True)
    changed = datetime.fromisoformat(material.as_of) if material.as_of else _EPOCH
    book.properties.created = book.properties.modified = changed.replace(tzinfo=None, microsecond=0)
    book.properties.creator = "crosscheck"
    _sheet(book, "Findings", csv.COLUMNS, list(csv.rows(material)))
    _sheet(book, "Positions", POSITIONS, list(_positions(material)))
    _sheet(book, "Log", LOG, list(_log(material)))
    out = io.BytesIO()
    ExcelWriter(book, ZipFile(out, "w", ZIP_DEFLATED)).save()
    return _undated(out)


def _undated(made: io.BytesIO) -> bytes:
    """The workbook, a zip file, without the moment at which it was made."""
    out = io.BytesIO()
    with ZipFile(made) as dated, ZipFile(out, "w") as undated:
        for name in dated.namelist():
            undated.writestr(ZipInfo(name), dated.read(name), ZIP_DEFLATED)
    return out.getvalue()


# --- rows ----------------------------------------------------------------------------------------

POSITIONS = ("number", "topic", "value", "contested", "outlet", "article", "passage", "said by")
LOG = (
    "seq", "at", "who", "number", "topic", "action", "state", "value", "reason", "note", "assignee",
    "revision", "took effect",
)  # fmt: skip


def _positions(material: Material) -> Iterator[Row]:
    for filed in material.found:
        for side in view.sides(filed.finding, material.names):
            for claim in view.claims(side.position):
                article = material.articles.get(claim.mention.article)
                yield {
                    "number": filed.number,
                    "topic": filed.finding.topic,
                    "value": side.position.value,
                    "contested": "yes" if side.contested else "no",
                    "outlet": material.name(claim.mention.article),
                    "article": (article and (article.title or article.path)) or "",
                    "passage": claim.mention.text,
                    "said by": view.said_by(claim),
                }


def _log(material: Material) -> Iterator[Row]:
    for filed, entry in material.entries():
        yield {
            "seq": entry.seq, "at": entry.at, "who": entry.who or "import",
            "number": filed.number, "topic": entry.topic, "action": entry.action,
            "state": STATES[entry.state], "value": entry.value, "reason": entry.reason,
            "note": entry.note, "assignee": entry.assignee, "revision": entry.revision,
            "took effect": "yes" if entry.applied else "no",
        }  # fmt: skip


# --- cells ---------------------------------------------------------------------------------------


def _sheet(book: Any, title: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns, 1):
        width = _WIDTHS.get(name, _NARROW if len(name) < 9 else _USUAL)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.append([_heading(sheet, name) for name in columns])
    usual = WriteOnlyCell(sheet)
    usual.alignment = _TOP
    for row in rows:
        sheet.append([_cell(sheet, row[name], usual) for name in columns])


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, name.replace("_", " "))
    cell.font, cell.fill = _HEAD, _SHADE
    return cell


def _cell(sheet: Any, value: str | int, usual: Any) -> Any:
    """A cell that looks as usual; a style that is taken over costs much less than one that is set
    anew."""
    shown = value if isinstance(value, int) else text(value)
    cell = Cell(sheet, row=1, column=1, value=shown, style_array=usual._style)
    if isinstance(shown, str):
        cell.data_type = "s"
        if safe.FORMULA.match(shown):
            cell.quotePrefix = True  # a spreadsheet keeps it a text when somebody edits it
    return cell


def text(value: str) -> str:
    """What a cell may hold: one line of XML characters, with no escape that would become one."""
    return _ESCAPED.sub("_x005F_", safe.xml(safe.short(value, _LIMIT)))[:_LIMIT]
