"""Measures the report on annotated clusters of articles.

    python benchmarks/accuracy.py [CLUSTERS_DIR]

A gold finding counts by the share of its disagreeing pairs of positions that the report shows; a
reported finding is wrong by the share of its pairs that the gold does not know. Kinds are taken
together but for names, which are shown apart. The layout is described in clusters/README.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crosscheck.language import English
from crosscheck.model import DISAGREEING, Finding, Report
from crosscheck.pipeline import analyse
from crosscheck.read import read_paths
from crosscheck.rulebook import load

HERE = Path(__file__).resolve().parent
Span = tuple[str, int, int]
Sides = tuple[list[Span], list[Span]]


@dataclass
class Tally:
    """Sums over findings; ``gold`` and ``shown`` count findings, the others are shares of them."""

    gold: int = 0
    found: float = 0.0
    shown: int = 0
    right: float = 0.0

    def add(self, other: Tally) -> None:
        self.gold += other.gold
        self.found += other.found
        self.shown += other.shown
        self.right += other.right

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 1.0


@dataclass
class Score:
    figures: Tally = field(default_factory=Tally)
    names: Tally = field(default_factory=Tally)
    traps: int = 0
    sprung: int = 0

    def add(self, other: Score) -> None:
        self.figures.add(other.figures)
        self.names.add(other.names)
        self.traps += other.traps
        self.sprung += other.sprung


def score(folder: Path, english: English) -> Score:
    """The score of one cluster: a folder of articles with a gold.json."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    rules = load()
    articles, unread = read_paths([folder / name for name in sorted(gold["sources"])], rules)
    report = analyse(articles, rules, english, unread)
    texts = {Path(a.path).name: a.text for a in report.articles}
    names = {a.id: Path(a.path).name for a in report.articles}
    wanted = [f for f in gold["findings"] if f["verdict"] in DISAGREEING and not _open(f["note"])]
    open_pairs = [
        sides for f in gold["findings"] if _open(f["note"]) for sides in _gold_sides(f, texts)
    ]
    shown = [f for f in report.findings if f.verdict in DISAGREEING]
    result = Score()
    for family, tally in (("figures", result.figures), ("names", result.names)):
        golds = [list(_gold_sides(f, texts)) for f in wanted if _family(f) == family]
        mine = [
            [sides for sides in _shown_sides(f, names) if not _any(sides, open_pairs)]
            for f in shown
            if ("names" if f.verdict == "variant" or f.kind == "name" else "figures") == family
        ]
        everything = [sides for f in gold["findings"] for sides in _gold_sides(f, texts)]
        reported = [sides for found in _all_sides(report, names) for sides in found]
        tally.add(_tally(golds, [m for m in mine if m], everything, reported))
    _traps(gold, texts, report, names, result)
    return result


def _open(note: str) -> bool:
    return "BORDERLINE" in note or "OPTIONAL" in note


def _family(finding: Mapping[str, Any]) -> str:
    return "names" if finding["kind"] == "name" or finding["verdict"] == "variant" else "figures"


def _gold_sides(finding: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[Sides]:
    spans = [
        [_where(claim, texts) for claim in position["claims"]] for position in finding["positions"]
    ]
    for i, j in finding["disagree"]:
        yield spans[i], spans[j]


def _where(claim: Mapping[str, str], texts: Mapping[str, str]) -> Span:
    at = texts.get(claim["source"], "").find(claim["evidence"])
    return (claim["source"], at, at + len(claim["evidence"])) if at >= 0 else ("", 0, 0)


def _shown_sides(finding: Finding, names: Mapping[str, str]) -> Iterator[Sides]:
    spans = [
        [(names[c.mention.article], c.mention.start, c.mention.end) for c in position.claims]
        for position in finding.positions
    ]
    for i, j in finding.disagree:
        yield spans[i], spans[j]


def _all_sides(report: Report, names: Mapping[str, str]) -> Iterator[list[Sides]]:
    for finding in report.findings:
        if finding.verdict in DISAGREEING:
            yield list(_shown_sides(finding, names))


def _touch(one: Iterable[Span], other: Iterable[Span]) -> bool:
    others = list(other)
    return any(f == g and s < e2 and s2 < e for f, s, e in one for g, s2, e2 in others)


def _any(sides: Sides, among: Iterable[Sides]) -> bool:
    """Whether two sides are those of some pair, either way round."""
    a, b = sides
    return any((_touch(a, c) and _touch(b, d)) or (_touch(a, d) and _touch(b, c)) for c, d in among)


def _tally(
    golds: list[list[Sides]],
    shown: list[list[Sides]],
    known: list[Sides],
    reported: list[Sides],
) -> Tally:
    return Tally(
        len(golds),
        sum(sum(_any(pair, reported) for pair in pairs) / len(pairs) for pairs in golds),
        len(shown),
        sum(sum(_any(pair, known) for pair in pairs) / len(pairs) for pairs in shown),
    )


def _traps(
    gold: Mapping[str, Any],
    texts: Mapping[str, str],
    report: Report,
    names: Mapping[str, str],
    result: Score,
) -> None:
    reported = [sides for found in _all_sides(report, names) for sides in found]
    known = [sides for f in gold["findings"] for sides in _gold_sides(f, texts)]
    for trap in gold.get("traps", ()):
        pair = ([_where(trap["a"], texts)], [_where(trap["b"], texts)])
        result.traps += 1
        result.sprung += _any(pair, reported) and not _any(pair, known)


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "clusters"
    english, total = English(), Score()
    for folder in sorted(path.parent for path in root.glob("*/gold.json")):
        found = score(folder, english)
        total.add(found)
        print(f"{folder.name:30} {_line(found)}")
    print(f"{'all':30} {_line(total)}")


def _line(found: Score) -> str:
    figures, names = found.figures, found.names
    return (
        f"figures R {figures.recall:.2f} P {figures.precision:.2f} ({figures.gold} gold)"
        f" | names R {names.recall:.2f} P {names.precision:.2f} ({names.gold} gold)"
        f" | traps {found.sprung}/{found.traps}"
    )


if __name__ == "__main__":
    main()
