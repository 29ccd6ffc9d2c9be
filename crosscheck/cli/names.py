"""``names``: whether two spellings name one person, and why."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crosscheck.cli import console, options
from crosscheck.cli.console import Refused

if TYPE_CHECKING:
    from crosscheck.rulebook import Rulebook

COLUMNS = ("a", "b", "relation", "same", "evidence")


@click.command(short_help="Whether two names are one person's, and by which evidence.")
@click.argument("given", metavar="A B | PAIRS.csv", nargs=-1, required=True)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    help="Default: table.",
)
@options.of_output
@options.of_rules
def names(
    given: tuple[str, ...], form: str | None, output: Path | None, rules_dirs: tuple[Path, ...]
) -> int:
    """Compares two names, or each pair in a CSV file (its first two columns), in any script.

    Names the relation (romanisation, misspelling, partial, gendered, different ...) and the
    evidence. The exit status is 0 if every pair can be one person, 1 if a pair cannot.

    Example: crosscheck names "Gunther Sautter" "Günter Sautter"
    """
    form = options.chosen(form, output, ("table", "csv", "json"))
    pairs = _pairs(given)
    rows = _compared(pairs, options.rulebook_of(rules_dirs))
    console.write(_written(rows, form), output)
    return int(not all(row["same"] for row in rows))


def _pairs(given: Sequence[str]) -> list[tuple[str, str]]:
    if len(given) == 2:
        if not all(name.strip() for name in given):
            raise Refused("a name is empty")
        return [(given[0], given[1])]
    if len(given) > 2:
        raise Refused(
            f"two names or one CSV file, not {len(given)} words; put a name of several words in "
            'quotation marks: crosscheck names "Ana Horvat" "Anna Horvath"'
        )
    (file,) = options.existing([Path(given[0])])
    return _pairs_of(file)


def _pairs_of(file: Path) -> list[tuple[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            lines = [(reader.line_num, row) for reader in [csv.reader(opened)] for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        from crosscheck.tables.claims import unreadable

        raise Refused(unreadable(file, error)) from error
    rows = [(number, row) for number, row in lines if any(cell.strip() for cell in row)]
    short = next((number for number, row in rows if not all(map(str.strip, (*row, "")[:2]))), None)
    if short is not None:
        raise Refused(f"{file}:{short}: two columns are needed, one name in each")
    if len(rows) < 2:
        raise Refused(f"{file}: no pairs; the first line holds the names of the columns")
    return [(row[0].strip(), row[1].strip()) for _, row in rows[1:]]


def _compared(pairs: Sequence[tuple[str, str]], rules: Rulebook) -> list[dict[str, Any]]:
    from crosscheck.values.names import compare_names

    rows = []
    for a, b in pairs:
        done = compare_names(a, b, rules)
        evidence = "; ".join(item.phrase for item in done.evidence)
        rows.append(dict(zip(COLUMNS, (a, b, done.relation, done.same, evidence), strict=True)))
    return rows


def _written(rows: Sequence[dict[str, Any]], form: str) -> str:
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(rows)
    from tabulate import tabulate

    from crosscheck.report import safe

    shown = [
        {key: safe.line(str(cell)) for key, cell in row.items()}
        | {"same": "one person" if row["same"] else "not one"}
        for row in rows
    ]
    return tabulate(shown, headers="keys", maxcolwidths=[24, 24, 16, 12, 60]) + "\n"


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    from crosscheck.report import safe

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {**row, "same": str(row["same"]).lower()}
        writer.writerow([safe.cell(cells[column]) for column in COLUMNS])
    return out.getvalue()
