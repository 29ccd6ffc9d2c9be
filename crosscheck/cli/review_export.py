"""``review export``: findings and decisions for the desk's other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from crosscheck.cli import console, desk
from crosscheck.cli.console import Refused
from crosscheck.cli.review import filter_of, of_filter

FORMS = ("csv", "xlsx", "json", "atom", "corrections", "rules")
_ENDINGS = {
    ".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".atom": "atom", ".xml": "atom",
    ".md": "corrections", ".txt": "corrections", ".toml": "rules",
}  # fmt: skip


@click.command(short_help="Findings for spreadsheets, feeds, programs and rule writers.")
@desk.of_store(required=True)
@click.option(
    "--as", "form", type=click.Choice(FORMS), help="What to write. [default: by FILE, else csv]"
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to a file; its ending chooses the form unless --as does.",
)
@click.option(
    "--base-url", metavar="URL", default="", help="Where the page is served, for the feed's links."
)
@of_filter
def export(
    store_url: str, form: str | None, output: Path | None, base_url: str, **chosen: Any
) -> int:
    """Writes the findings that pass the filters.

    csv: one row a finding. xlsx: the same, with all positions and the log. json: the contract
    crosscheck-review/1. atom: a feed of new and reopened findings. corrections: what the
    decisions mean for the copy, in the terms of news agencies. rules: dismissed findings as
    candidates for the examples of the rules they rest on.

    Example: crosscheck review export --store desk.db --as corrections -o corrections.md
    """
    meant = form or _meant(output)
    if base_url and not base_url.startswith(("http://", "https://")):
        raise Refused(f"--base-url {base_url}: not an address that begins with http")
    if meant == "xlsx" and output is None and sys.stdout.isatty():
        raise Refused("a workbook cannot be shown here: -o FILE")
    with desk.opened(store_url) as store:
        from crosscheck.review.exports import export as exported

        made = exported(store, meant, filter_of(**chosen), base_url)
    console.write(made.content, output)
    return 0


def _meant(output: Path | None) -> str:
    if output is None:
        return "csv"
    ending = output.suffix.lower()
    if ending not in _ENDINGS:
        raise Refused(f"{output}: the ending tells no form; choose --as {'|'.join(FORMS)}")
    return _ENDINGS[ending]
