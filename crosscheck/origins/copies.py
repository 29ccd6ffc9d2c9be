"""Passages that several articles share almost word for word: one text, carried by all of them.

Two sentences are near-duplicates if enough of their runs of three words are the same. Candidates
come from a locality-sensitive index over MinHash sketches, so that the work grows with the number
of sentences and not with that of their pairs; every candidate is then compared exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crosscheck.language import Document, Sentence
from crosscheck.rulebook import Rulebook

_RULE = "copy.passage"
_WORD = re.compile(r"\w+")
_RUN = 3  # words
_SKETCH, _BANDS, _SEED = 120, 40, 1  # finds 99.5 % of the pairs that share half of their runs
_UNCOPIED = frozenset({"meta", "furniture"})

Spot = tuple[str, int, int]
"""A sentence: its article and offsets."""


@dataclass(frozen=True, eq=False)
class Copies:
    """Which text each shared passage belongs to; ``carriers`` are a text's articles, sorted."""

    starts: Mapping[str, Sequence[tuple[int, int, int]]] = field(default_factory=dict)
    carriers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    rule: str = _RULE

    def text_at(self, article: str, offset: int) -> int | None:
        """The number of the shared text in which an offset lies; None if in none."""
        spans = self.starts.get(article, ())
        last = bisect_right(spans, offset, key=lambda span: span[0]) - 1
        return spans[last][2] if last >= 0 and offset < spans[last][1] else None


def copies(documents: Sequence[Document], rules: Rulebook) -> Copies:
    """The texts that articles share; the order of the documents does not matter."""
    rule = rules.rule(_RULE)
    least, alike = int(rule.number("words")), rule.number("alike")
    ordered = sorted(documents, key=lambda document: document.article.id)
    long = [
        (document.article.id, sentence, words)
        for document in ordered
        for sentence in document.sentences
        if sentence.zone.role not in _UNCOPIED and len(words := _words(sentence)) >= least
    ]
    if len({article for article, _, _ in long}) < 2:
        return Copies()
    spots = [(article, sentence.start, sentence.end) for article, sentence, _ in long]
    shared = _shared([words for _, _, words in long], alike)
    return _texts(spots, shared)


def _words(sentence: Sentence) -> tuple[str, ...]:
    return tuple(_WORD.findall(sentence.text.lower()))


def _shared(texts: Sequence[tuple[str, ...]], alike: float) -> Iterator[list[int]]:
    """Groups of near-duplicates by index, the first being like all the others."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, words in enumerate(texts):
        same[words].append(i)
    firsts = [members[0] for members in same.values()]
    yield from same.values()
    runs = [_runs(texts[i]) for i in firsts]
    for i, others in enumerate(_candidates(runs)):
        found = [j for j in others if j > i and _overlap(runs[i], runs[j]) >= alike]
        if found:
            yield [firsts[k] for k in (i, *found)]


def _runs(words: Sequence[str]) -> frozenset[str]:
    return frozenset(" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def _candidates(runs: Sequence[frozenset[str]]) -> Iterator[list[int]]:
    from rensa import RMinHash, RMinHashLSH

    sketches = RMinHash.from_token_sets([sorted(r) for r in runs], num_perm=_SKETCH, seed=_SEED)
    index = RMinHashLSH(0.5, _SKETCH, _BANDS)
    index.insert_pairs(list(enumerate(sketches)))
    yield from (sorted(index.query(sketch)) for sketch in sketches)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)


def _texts(spots: Sequence[Spot], shared: Iterable[Sequence[int]]) -> Copies:
    """Passages that the same two articles share are parts of one text."""
    home: dict[Hashable, Hashable] = {}

    def root(node: Hashable) -> Hashable:
        while home.setdefault(node, node) != node:
            home[node] = node = home[home[node]]
        return node

    for group in shared:
        first, *others = group
        for other in others:
            a, b = spots[first][0], spots[other][0]
            if a != b:
                home[root(other)] = root(first)
                home[root((a, b))] = root(first)
    members: dict[Hashable, list[Spot]] = defaultdict(list)
    for i, spot in enumerate(spots):
        if i in home:
            members[root(i)].append(spot)
    texts = sorted(sorted(found) for found in members.values())
    starts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, text in enumerate(texts):
        for article, start, end in text:
            starts[article].append((start, end, number))
    carriers = {n: tuple(sorted({spot[0] for spot in text})) for n, text in enumerate(texts)}
    return Copies({article: sorted(found) for article, found in starts.items()}, carriers)
