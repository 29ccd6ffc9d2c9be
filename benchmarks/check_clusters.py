#!/usr/bin/env python3
"""Check that annotated clusters of articles are well formed: `check_clusters.py [CLUSTERS_DIR]`.

Every source exists and every article is a source; every evidence stands exactly once in its
source (for HTML: in the visible text, entities decoded, white space folded); indices are in range;
kinds and verdicts are known. Exit status 0 when clean, 1 otherwise. Only the standard library is
used.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

KINDS = {"quantity", "date", "role", "name", "attendance", "commitment", "place", "quote"}
VERDICTS = {"conflict", "update", "compatible", "agree", "variant"}
INLINE = {"a", "b", "em", "i", "span", "strong", "sub", "sup", "time"}
UNSEEN = {"script", "style", "title"}
WORDS = (200, 450)


class Visible(HTMLParser):
    """Collects what a reader of the page sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in UNSEEN
        self.parts.append("" if tag in INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSEEN
        self.parts.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def text_of(path: Path) -> str:
    raw = path.read_text(encoding="utf-8")
    if path.suffix != ".html":
        return raw
    page = Visible()
    page.feed(raw)
    page.close()
    return re.sub(r"\s+", " ", "".join(page.parts)).strip()


def faults(folder: Path) -> Iterator[str]:
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    found = {p.name for p in folder.iterdir() if p.suffix in {".txt", ".html"}}
    for name in sorted(found ^ set(gold["sources"])):
        yield f"{name}: either no such file or not among the sources"
    texts = {name: text_of(folder / name) for name in sorted(found)}
    for name, text in texts.items():
        if not WORDS[0] <= len(text.split()) <= WORDS[1]:
            yield f"{name}: {len(text.split())} words"

    def misplaced(claim: dict[str, str], where: str) -> Iterator[str]:
        count = texts.get(claim["source"], "").count(claim["evidence"])
        if count != 1:
            yield f"{where}: stands {count} times in {claim['source']}: {claim['evidence']!r}"

    seen: set[str] = set()
    for finding in gold["findings"]:
        where, positions, pairs = finding["id"], finding["positions"], finding["disagree"]
        if where in seen:
            yield f"{where}: id used twice"
        seen.add(where)
        if finding["kind"] not in KINDS or finding["verdict"] not in VERDICTS:
            yield f"{where}: unknown kind or verdict: {finding['kind']}, {finding['verdict']}"
        if bool(pairs) != (finding["verdict"] in {"conflict", "update", "variant"}):
            yield f"{where}: verdict {finding['verdict']} with {len(pairs)} disagreeing pairs"
        if len({tuple(p) for p in pairs}) != len(pairs):
            yield f"{where}: a pair is listed twice"
        for pair in pairs:
            if len(pair) != 2 or not 0 <= pair[0] < pair[1] < len(positions):
                yield f"{where}: pair out of range: {pair}"
        for position in positions:
            if not position["claims"]:
                yield f"{where}: position without claims: {position['value']}"
            for claim in position["claims"]:
                yield from misplaced(claim, where)
    for number, trap in enumerate(gold["traps"]):
        if not trap["why"]:
            yield f"trap {number}: no reason given"
        for side in ("a", "b"):
            yield from misplaced(trap[side], f"trap {number}")


def main(arguments: list[str]) -> int:
    root = Path(arguments[0]) if arguments else Path(__file__).parent / "clusters"
    folders = sorted(p.parent for p in root.glob("*/gold.json"))
    bad = not folders
    for folder in folders:
        messages = list(faults(folder))
        print(f"{folder.name}: {'clean' if not messages else f'{len(messages)} faults'}")
        for message in messages:
            print(f"    {message}")
        bad = bad or bool(messages)
    if not folders:
        print(f"no gold.json below {root}", file=sys.stderr)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
