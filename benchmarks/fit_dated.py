"""Fit the weights of two tables of ``rules/times`` to the annotated clusters of this folder.

    python benchmarks/fit_dated.py            writes the tables
    python benchmarks/fit_dated.py --check    cross-validates by cluster and writes nothing

As ``fit_evidence.py`` does for figures: a pair of times that exclude each other is an example, of
one happening if an annotation holds the two against each other, else of two.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from fit_evidence import Example, cross_validated, fit

from crosscheck import pipeline
from crosscheck.align import events
from crosscheck.kinds.base import Context
from crosscheck.kinds.date import dates_around, witnesses_around
from crosscheck.language import English
from crosscheck.model import Claim
from crosscheck.read import read_paths
from crosscheck.rulebook import Rulebook, load
from crosscheck.slots import dated_evidence, witnesses
from crosscheck.slots.dated_evidence import DatedBeliefs
from crosscheck.slots.occasions import relation
from crosscheck.slots.weighing import Key
from crosscheck.values.interval import Relation

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "rules" / "times"
PENALTY = 5.0

ABOUT_TIMES = """\
# Evidence on two times, and its weight in natural logarithms of the odds that they are those of
# one happening. Read by crosscheck.slots.dated_evidence. Fitted by benchmarks/fit_dated.py to the
# annotated clusters of benchmarks/clusters; never edited by hand.
"""
ABOUT_PHRASES = """\
# Evidence on a weekday with a date that it does not go with and on a day of another account, and
# its weight in natural logarithms of the odds that both date one happening. Read by
# crosscheck.slots.witnesses. Fitted by benchmarks/fit_dated.py to the annotated clusters of
# benchmarks/clusters; never edited by hand.
"""


Weigher = Callable[[Context], DatedBeliefs]

TABLES: Mapping[str, tuple[Weigher, float, str]] = {
    "evidence": (dates_around, dated_evidence.SURE, ABOUT_TIMES),
    "witnesses": (witnesses_around, witnesses.SURE, ABOUT_PHRASES),
}
"""By name of a table of ``rules/times``: who weighs with it, from where on, and its head."""


def examples(folder: Path, rules: Rulebook, language: English) -> Iterator[tuple[str, Example]]:
    """With the table that each is for."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    articles, unread = read_paths(sorted(folder / name for name in gold["sources"]), rules)
    extraction = pipeline.extract(articles, rules, language, unread)
    context = extraction.context
    context.events.update(events(context))
    context.claims = extraction.claims
    ids = {Path(article.path).name: article.id for article in extraction.articles}
    texts = {article.id: article.text for article in extraction.articles}
    told = _positions(gold, dates_around(context).claims, ids, texts)
    apart = {f["id"]: [set(pair) for pair in f["disagree"]] for f in gold["findings"]}
    for table, (weigher, _, _) in TABLES.items():
        for a, b, found in _pairs(weigher(context)):
            both = [
                id
                for id in sorted(told[a.key].keys() & told[b.key].keys())
                if any({x, y} in apart[id] for x in told[a.key][id] for y in told[b.key][id])
            ]
            yield (
                table,
                Example(
                    folder.name, a.key, b.key, found, int(bool(both)), True, min(both, default="")
                ),
            )


def _pairs(beliefs: DatedBeliefs) -> Iterator[tuple[Claim, Claim, dict[str, float]]]:
    """Times of two accounts of one event that exclude each other, with the evidence on them."""
    for a, b in combinations(beliefs.claims, 2):
        if a.mention.article == b.mention.article or beliefs.event(a) != beliefs.event(b):
            continue
        found = dict(beliefs.evidence(a, b))
        if found and relation(a, b) is Relation.APART:
            yield a, b, found


def _positions(
    gold: dict[str, list[dict[str, object]]],
    claims: list[Claim],
    ids: dict[str, str],
    texts: dict[str, str],
) -> dict[Key, dict[str, set[int]]]:
    """For every time the annotated findings that it touches, and in which of their positions."""
    found: dict[Key, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for finding in gold["findings"]:
        for k, position in enumerate(finding["positions"]):
            for told in position["claims"]:
                article = ids.get(told["source"], "")
                at = texts.get(article, "").find(told["evidence"])
                end = at + len(told["evidence"])
                for claim in claims if at >= 0 else ():
                    mention = claim.mention
                    if mention.article == article and mention.start < end and at < mention.end:
                        found[claim.key][finding["id"]].add(k)
    return found


def check(known: list[Example], least: float) -> None:
    """Precision of the pairs that evidence alone ties, each cluster scored with weights that have
    not seen it."""
    belief = cross_validated(known, PENALTY)
    best: dict[tuple[str, Key, str], float] = defaultdict(float)
    for e in known:
        for side in ((e.a, e.b[0]), (e.b, e.a[0])):
            best[e.cluster, *side] = max(best[e.cluster, *side], belief[e.cluster, e.a, e.b])
    ruled = {(e.cluster, e.finding) for e in known if e.truth and "rule" in e.found}
    every = {(e.cluster, e.finding) for e in known if e.truth}
    print(f"{len(ruled)} of {len(every)} findings by rule alone")
    for sure in sorted({0.4, 0.5, least, 0.7, 0.8, 0.9}):
        tied = [
            e
            for e in known
            if "rule" not in e.found
            and belief[e.cluster, e.a, e.b] >= sure
            and belief[e.cluster, e.a, e.b]
            >= max(best[e.cluster, e.a, e.b[0]], best[e.cluster, e.b, e.a[0]])
        ]
        right = [e for e in tied if e.truth]
        more = {(e.cluster, e.finding) for e in right} - ruled
        print(
            f"sure {sure:.2f}: {len(right)} right of {len(tied)} pairs, {len(more)} more findings"
        )


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    ask.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    ask.add_argument("clusters", nargs="?", type=Path, default=HERE / "clusters")
    args = ask.parse_args()
    rules, language = load(), English()
    known: dict[str, list[Example]] = {table: [] for table in TABLES}
    for gold in sorted(args.clusters.glob("*/gold.json")):
        for table, example in examples(gold.parent, rules, language):
            known[table].append(example)
    for table, (_, sure, head) in TABLES.items():
        true = sum(e.truth for e in known[table])
        print(f"{table}: {len(known[table])} pairs of times, {true} of one happening")
        if args.check:
            check(known[table], sure)
            continue
        weights = fit(known[table], PENALTY)
        rows = [f"{name}\t{weight:.3f}" for name, weight in sorted(weights.items())]
        path = FOLDER / f"{table}.tsv"
        path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        print(f"wrote {len(rows)} weights to {path.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
