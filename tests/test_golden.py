"""Whole reports on the samples against the ones that were read and found good.

After a change that is meant to show, write them anew and read the difference:

    python tests/test_golden.py
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from crosscheck.cli.app import commands

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).resolve().parent / "golden"
REPORTS = {
    "paris.txt": ("report", "samples/paris-2025-09-04", "--all"),
    "vessna.txt": ("report", "samples/vessna-dam-burst", "--all"),
    "vessna.md": ("report", "samples/vessna-dam-burst", "--format", "markdown"),
    "hallmere.txt": ("report", "samples/hallmere-museum-loan", "--all"),
    "claims.txt": ("compare", "samples/claims.csv", "--all"),
}


def written(arguments: tuple[str, ...]) -> str:
    command, path, *options = arguments
    given = [command, str(ROOT / path), *options]
    if "--format" not in options:
        given += ["--width", "100", "--color", "never"]
    return CliRunner().invoke(commands, given).stdout


@pytest.mark.parametrize("name", REPORTS)
def test_a_sample_is_reported_as_it_was(name: str) -> None:
    assert written(REPORTS[name]) == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_golden_report_is_compared() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == set(REPORTS)


if __name__ == "__main__":
    for name, arguments in REPORTS.items():
        (GOLDEN / name).write_text(written(arguments), encoding="utf-8")
