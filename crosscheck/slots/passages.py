"""What the passages around two figures have in common, told without a parse.

Words are cut to their first letters (truncation stemming), so that "collapse", "collapsed" and
"collapsing" are one. A word counts by how few sentences have it (inverse document frequency).
Where a figure stands in its account counts too: accounts of one event tell what matters most
first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from crosscheck.language import Document, stop_words
from crosscheck.model import Claim
from crosscheck.slots.contexts import Place, place_of, rarity

STEM, SHORTEST = 5, 3
WINDOW = 5
"""How many words before and after a figure are its window."""
LEAD = 3
"""How many sentences, with the headline, are the lead of an account."""

_WORD = re.compile(r"[^\W\d_][\w'’-]+")

Stems = frozenset[str]


@dataclass(eq=False)
class Passages:
    """The passages in which some figures stand; ``evidence`` compares two of them."""

    claims: Sequence[Claim]
    documents: Iterable[Document]

    def evidence(self, a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
        """Evidence by name, symmetric. Stems weigh from 0 (in every sentence) to 1 (in one)."""
        one, other = (
            self._stems.get(place_of(a), frozenset()),
            self._stems.get(place_of(b), frozenset()),
        )
        shared = self._weight(one & other)
        yield "like stems", shared
        yield "share of stems", _part(shared, min(self._weight(one), self._weight(other)))
        near = self._windows[a.key], self._windows[b.key]
        yield "stems beside both", self._weight(near[0] & near[1])
        found = (self._found_in(near[0], other), self._found_in(near[1], one))
        yield "stems beside one found", max(found)
        yield "figures of both sentences", float(len(self._company(a, b, beyond=0)))
        yield "figures around both", float(len(self._company(a, b, beyond=1)))
        yield from self._of_places(a, b)

    def _of_places(self, a: Claim, b: Claim) -> Iterator[tuple[str, float]]:
        ranks = [self._ranks.get(place_of(claim), 0) for claim in (a, b)]
        depths = [
            _part(rank, self._lengths.get(claim.mention.article, 0))
            for rank, claim in zip(ranks, (a, b), strict=True)
        ]
        yield "depth of the later", max(depths)
        yield "depths apart", abs(depths[0] - depths[1])
        yield "both in the lead", float(max(ranks) < LEAD)

    def _weight(self, stems: Stems) -> float:
        often, every = self._often, len(self._stems)
        return sum(rarity(max(1, often[stem]), every) for stem in sorted(stems))

    def _found_in(self, near: Stems, sentence: Stems) -> float:
        return _part(self._weight(near & sentence), self._weight(near))

    def _company(self, a: Claim, b: Claim, beyond: int) -> frozenset[str]:
        """The figures that stand in both passages, the two themselves apart: the sentences, and
        ``beyond`` so many on either side."""
        around = [
            frozenset().union(
                *(
                    self._told.get(
                        (claim.mention.article, self._ranks.get(place_of(claim), 0) + k), ()
                    )
                    for k in range(-beyond, beyond + 1)
                )
            )
            for claim in (a, b)
        ]
        return (around[0] & around[1]) - {a.label, b.label}

    @cached_property
    def _ranks(self) -> Mapping[Place, int]:
        return {
            (document.article.id, sentence.start): rank
            for document in self.documents
            for rank, sentence in enumerate(document.sentences)
        }

    @cached_property
    def _lengths(self) -> Mapping[str, int]:
        return {document.article.id: len(document.sentences) for document in self.documents}

    @cached_property
    def _stems(self) -> Mapping[Place, Stems]:
        return {
            (document.article.id, sentence.start): _stems(_WORD.findall(sentence.text))
            for document in self.documents
            for sentence in document.sentences
        }

    @cached_property
    def _often(self) -> Counter[str]:
        return Counter(stem for stems in self._stems.values() for stem in stems)

    @cached_property
    def _windows(self) -> Mapping[tuple[str, int], Stems]:
        texts = {document.article.id: document.article.text for document in self.documents}
        return {claim.key: _window(claim, texts[claim.mention.article]) for claim in self.claims}

    @cached_property
    def _told(self) -> Mapping[tuple[str, int], frozenset[str]]:
        """The figures of every sentence, by article and rank."""
        told: dict[tuple[str, int], set[str]] = defaultdict(set)
        for claim in self.claims:
            told[claim.mention.article, self._ranks.get(place_of(claim), 0)].add(claim.label)
        return {place: frozenset(labels) for place, labels in told.items()}


def _window(claim: Claim, text: str) -> Stems:
    start, end = claim.sentence
    before = _WORD.findall(text[start : claim.mention.start])[-WINDOW:]
    return _stems([*before, *_WORD.findall(text[claim.mention.end : end])[:WINDOW]])


def _stems(words: Iterable[str]) -> Stems:
    idle = stop_words()
    plain = (word.lower().replace("’", "'").removesuffix("'s") for word in words)
    return frozenset(w[:STEM] for w in plain if len(w) >= SHORTEST and w not in idle)


def _part(some: float, of: float) -> float:
    return some / of if of else 0.0
