"""Fit the weights of ``rules/times/evidence.tsv`` to the annotated clusters of this folder.

    python benchmarks/fit_dated.py            writes the table
    python benchmarks/fit_dated.py --check    cross-validates by cluster and writes nothing

As ``fit_evidence.py`` does for figures: a pair of times that exclude each other is an example, of
one happening if an annotation holds the two against each other, else of two.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from fit_evidence import Example, cross_validated, fit

from crosscheck import pipeline
from crosscheck.align import events
from crosscheck.kinds.date import dates_around
from crosscheck.language import English
from crosscheck.model import Claim
from crosscheck.read import read_paths
from crosscheck.rulebook import Rulebook, load
from crosscheck.slots.dated_evidence import SURE
from crosscheck.slots.weighing import Key

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "rules" / "times" / "evidence.tsv"
PENALTY = 50.0

HEAD = """\
# Evidence on two times, and its weight in natural logarithms of the odds that they are those of
# one happening. Read by crosscheck.slots.dated_evidence. Fitted by benchmarks/fit_dated.py to the
# annotated clusters of benchmarks/clusters; never edited by hand.
"""


def examples(folder: Path, rules: Rulebook, language: English) -> Iterator[Example]:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    articles, unread = read_paths(sorted(folder / name for name in gold["sources"]), rules)
    extraction = pipeline.extract(articles, rules, language, unread)
    context = extraction.context
    context.events.update(events(context))
    context.claims = extraction.claims
    beliefs = dates_around(context)
    ids = {Path(article.path).name: article.id for article in extraction.articles}
    texts = {article.id: article.text for article in extraction.articles}
    told = _positions(gold, beliefs.claims, ids, texts)
    apart = {f["id"]: [set(pair) for pair in f["disagree"]] for f in gold["findings"]}
    for a, b in combinations(beliefs.claims, 2):
        if a.mention.article == b.mention.article or beliefs.event(a) != beliefs.event(b):
            continue
        found = dict(beliefs.evidence(a, b))
        if not found:
            continue
        both = [
            id
            for id in sorted(told[a.key].keys() & told[b.key].keys())
            if any({x, y} in apart[id] for x in told[a.key][id] for y in told[b.key][id])
        ]
        yield Example(
            folder.name, a.key, b.key, found, int(bool(both)), True, min(both, default="")
        )


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


def check(known: list[Example]) -> None:
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
    for sure in (0.5, 0.6, SURE, 0.8, 0.9):
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
    known = [
        example
        for gold in sorted(args.clusters.glob("*/gold.json"))
        for example in examples(gold.parent, rules, language)
    ]
    print(f"{len(known)} pairs of times, {sum(e.truth for e in known)} of one happening")
    if args.check:
        check(known)
        return
    rows = [f"{name}\t{weight:.3f}" for name, weight in sorted(fit(known, PENALTY).items())]
    TABLE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"wrote {len(rows)} weights to {TABLE.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
