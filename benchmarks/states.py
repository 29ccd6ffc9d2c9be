#!/usr/bin/env python3
"""Measure how well the state of a figure is read: `states.py [-v | -a] [--half even|odd]`.

Reads states.tsv beside it, runs every sentence through the pipeline as an article of its own and
compares the state (and the modality, where one is given) of the figure with what is expected.
Prints the accuracy by state and by half; -v adds the wrong rows of the even half, which may be
looked at when rules are written, -a those of both halves.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crosscheck.language import English
from crosscheck.model import Article, Claim
from crosscheck.pipeline import extract
from crosscheck.rulebook import load

BANK = Path(__file__).with_name("states.tsv")


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    text: str
    figure: str
    state: str
    modality: str

    @property
    def half(self) -> str:
        return "odd" if self.number % 2 else "even"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pipeline made of a row; ``found`` is False where it saw no figure there."""

    row: Row
    found: bool
    state: str
    how: str
    modality: str

    @property
    def right(self) -> bool:
        return self.found and self.state == self.row.state

    @property
    def right_modality(self) -> bool:
        return not self.row.modality or self.modality == self.row.modality


def rows(path: Path) -> Iterator[Row]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate((x for x in lines if not x.startswith("#")), 1):
        text, figure, state, modality = (*line.split("\t"), "", "")[:4]
        yield Row(number, text, figure, state, modality)


def readings(bank: Iterable[Row]) -> Iterator[Reading]:
    rules, english = load(), English()
    for row in bank:
        found = extract([Article("a", row.text)], rules, english).claims
        yield reading(row, found)


def reading(row: Row, claims: Iterable[Claim]) -> Reading:
    start = row.text.index(row.figure)
    end = start + len(row.figure)
    for claim in claims:
        overlaps = claim.mention.start < end and start < claim.mention.end
        if claim.kind == "quantity" and overlaps:
            slot = claim.slot("state")
            state, how = (slot.value, slot.how) if slot else ("", "")
            return Reading(row, True, state, how, claim.modality)
    return Reading(row, False, "", "", "")


def share(hits: Iterable[bool]) -> str:
    some = list(hits)
    return f"{sum(some) / len(some):.3f} ({sum(some)}/{len(some)})" if some else "-"


def by_state(results: Iterable[Reading]) -> Iterator[str]:
    groups: dict[str, list[Reading]] = defaultdict(list)
    for result in results:
        groups[result.row.state].append(result)
    for state, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{state or '(none)':14} {share(r.right for r in group)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-v", action="store_true", help="wrong rows of the even half")
    parser.add_argument("-a", action="store_true", help="wrong rows of both halves")
    parser.add_argument("--half", choices=("even", "odd"), help="measure one half only")
    options = parser.parse_args()
    bank = [row for row in rows(BANK) if options.half in {None, row.half}]
    results = list(readings(bank))
    print(*by_state(results), sep="\n")
    for r in results:
        shown = options.a or (options.v and r.row.half == "even")
        if shown and not (r.right and r.right_modality):
            read = f"{r.state or '-'} ({r.how}), {r.modality}" if r.found else "no figure read"
            expected = f"{r.row.state or '-'} {r.row.modality}".strip()
            print(f"{r.row.number}: {expected} <> {read}: [{r.row.figure}] {r.row.text}")
    for half in ("even", "odd"):
        mine = [r for r in results if r.row.half == half]
        judged = [r.right_modality for r in mine if r.row.modality]
        print(f"{half}: state {share(r.right for r in mine)}, modality {share(judged)}")


if __name__ == "__main__":
    main()
