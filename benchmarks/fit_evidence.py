"""Fit the weights of ``rules/slots/evidence.tsv`` to the annotated clusters of this folder.

    python benchmarks/fit_evidence.py            writes the table
    python benchmarks/fit_evidence.py --check    cross-validates by cluster and writes nothing

A pair of figures that exclude each other is an example: of one thing if an annotation compares
the two, else of two things. Pairs that agree are examples only where the annotation says so.
Figures that could never meet, being of unlike size and without a level of likeness, are none. The
weights are those of a logistic regression with a penalty on their squares (ridge), on columns
scaled to one deviation, found by Newton's method; evidence that few pairs show is not scaled up.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from crosscheck import pipeline
from crosscheck.align import events
from crosscheck.kinds.quantity import QuantityKind, figures_around
from crosscheck.language import English
from crosscheck.model import Claim
from crosscheck.read import read_paths
from crosscheck.rulebook import Rulebook, load
from crosscheck.slots.beliefs import DOUBT, SURE, Key, sizes
from crosscheck.slots.evidence import evidence
from crosscheck.slots.weighing import BIAS
from crosscheck.values.interval import Relation

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "rules" / "slots" / "evidence.tsv"
PENALTY = 50.0
RARE = 0.2
"""Columns of less deviation are scaled as if they had it: rare evidence gets small weights."""
FOLDS = 6
ROUNDS = 40

HEAD = """\
# Evidence on two figures, and its weight in natural logarithms of the odds that they are about
# one thing. Read by crosscheck.slots.evidence. Fitted by benchmarks/fit_evidence.py to the
# annotated clusters of benchmarks/clusters; never edited by hand.
"""


@dataclass(frozen=True)
class Example:
    """Two figures; ``truth`` is 1 if they are about one thing, ``judged`` whether they count in a
    test (pairs that exclude each other), ``finding`` the annotation that compares them."""

    cluster: str
    a: Key
    b: Key
    found: dict[str, float]
    truth: int
    judged: bool
    finding: str


def examples(folder: Path, rules: Rulebook, language: English) -> Iterator[Example]:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    articles, unread = read_paths(sorted(folder / name for name in gold["sources"]), rules)
    extraction = pipeline.extract(articles, rules, language, unread)
    context = extraction.context
    context.events.update(events(context))
    context.claims = extraction.claims
    figures = [claim for claim in extraction.claims if claim.kind == "quantity"]
    annotated = _annotated(gold, figures, {Path(a.path).name: a for a in extraction.articles})
    around, _ = figures_around(context)
    kind = QuantityKind()
    for a, b in combinations(figures, 2):
        if (a.mention.article, a.sentence) == (b.mention.article, b.sentence):
            continue
        of_a_size = bool(set(sizes(a)) & set(sizes(b)))
        if not of_a_size and not set(kind.blocks(a)) & set(kind.blocks(b)):
            continue
        both = annotated[a.key] & annotated[b.key]
        judged = kind.relate(a, b) is Relation.APART
        if judged or both:
            found = evidence(a, b, around)
            if not of_a_size and "level" not in found:
                continue
            truth, finding = int(bool(both)), min(both, default="")
            yield Example(folder.name, a.key, b.key, found, truth, judged, finding)


def _annotated(
    gold: dict[str, Any], figures: list[Claim], articles: dict[str, Any]
) -> dict[Key, set[str]]:
    """For every figure the findings whose evidence it touches."""
    found: dict[Key, set[str]] = defaultdict(set)
    for finding in gold["findings"]:
        for claim in (c for position in finding["positions"] for c in position["claims"]):
            article = articles.get(claim["source"])
            at = article.text.find(claim["evidence"]) if article else -1
            for figure in figures if at >= 0 else ():
                mention = figure.mention
                inside = mention.start < at + len(claim["evidence"]) and at < mention.end
                if mention.article == article.id and inside:
                    found[figure.key].add(finding["id"])
    return found


def fit(known: list[Example], penalty: float = PENALTY) -> dict[str, float]:
    """The weights, by name of evidence."""
    names = sorted({name for example in known for name in example.found})
    column = {name: k for k, name in enumerate(names)}
    table = np.zeros((len(known), len(names) + 1))
    table[:, -1] = 1.0
    for row, example in enumerate(known):
        for name, value in example.found.items():
            table[row, column[name]] = value
    truth = np.array([example.truth for example in known], dtype=float)
    scale = np.maximum(table.std(axis=0), RARE)
    scale[-1] = 1.0
    weights = _ridge(table / scale, truth, penalty) / scale
    return {**dict(zip(names, weights[:-1], strict=True)), BIAS: weights[-1]}


def _ridge(table: np.ndarray, truth: np.ndarray, strength: float) -> np.ndarray:
    penalty = np.full(table.shape[1], strength)
    penalty[-1] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (truth - likely) - penalty * weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def likely(example: Example, weights: dict[str, float]) -> float:
    odds = weights[BIAS] + sum(weights.get(n, 0.0) * v for n, v in example.found.items())
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def cross_validated(
    known: list[Example], penalty: float = PENALTY
) -> dict[tuple[str, Key, Key], float]:
    """How likely each pair is of one thing, by weights that have not seen its cluster."""
    clusters = sorted({example.cluster for example in known})
    belief: dict[tuple[str, Key, Key], float] = {}
    for fold in range(FOLDS):
        held = set(clusters[fold::FOLDS])
        weights = fit([e for e in known if e.cluster not in held], penalty)
        belief |= {(e.cluster, e.a, e.b): likely(e, weights) for e in known if e.cluster in held}
    return belief


def check(known: list[Example]) -> None:
    """Precision and recall of pairs, each cluster scored with weights that have not seen it."""
    belief = cross_validated(known)
    judged = [e for e in known if e.judged]
    best: dict[tuple[str, Key, str], float] = defaultdict(float)
    for e in known:
        for side in ((e.a, e.b[0]), (e.b, e.a[0])):
            key = (e.cluster, *side)
            best[key] = max(best[key], belief[e.cluster, e.a, e.b])
    for sure in (0.7, 0.8, SURE, 0.95):
        shown = [e for e in judged if _tied(e, belief, best, sure)]
        right = [e for e in shown if e.truth]
        findings = {(e.cluster, e.finding) for e in right}
        precision = len(right) / max(1, len(shown))
        every = {(e.cluster, e.finding) for e in judged if e.truth}
        print(
            f"sure {sure:.2f}: {precision:.3f} right of {len(shown)} pairs, "
            f"{len(right) / sum(e.truth for e in judged):.3f} of the annotated, "
            f"{len(findings)} of {len(every)} findings"
        )


def _tied(
    e: Example,
    belief: dict[tuple[str, Key, Key], float],
    best: dict[tuple[str, Key, str], float],
    sure: float,
) -> bool:
    found = belief[e.cluster, e.a, e.b]
    sides = ((e.cluster, e.a, e.b[0]), (e.cluster, e.b, e.a[0]))
    alone = found >= sure and e.a[0] != e.b[0] and all(found >= best[s] for s in sides)
    return alone or (
        "level" in e.found and not any(n.startswith("against") for n in e.found) and found >= DOUBT
    )


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    ask.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    ask.add_argument("clusters", nargs="?", type=Path, default=HERE / "clusters")
    args = ask.parse_args()
    rules, language = load(), English()
    known = [
        example
        for gold in sorted(args.clusters.glob("*/gold.json"))
        for example in examples(gold.parent, rules, language)
    ]
    print(f"{len(known)} pairs of figures, {sum(e.truth for e in known)} about one thing")
    if args.check:
        check(known)
        return
    rows = [f"{name}\t{weight:.3f}" for name, weight in sorted(fit(known).items())]
    TABLE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"wrote {len(rows)} weights to {TABLE.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
