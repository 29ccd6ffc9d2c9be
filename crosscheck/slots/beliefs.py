"""What the evidence makes of two figures, seen beside all others that they might belong to.

An account has at most one figure for one thing. So evidence alone ties two figures of two accounts
only if neither account has another figure that would fit better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import floor, log2

from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.evidence import evidence, probability, strongest, weights
from crosscheck.slots.likeness import plain_dimension
from crosscheck.slots.slips import digits_of
from crosscheck.slots.surroundings import Surroundings

SURE = 0.9
"""From here on evidence ties two figures that share no level of likeness."""

DOUBT = 0.35
"""Below, evidence parts two figures whose slots look alike."""

DOUBT_IN_TIME = 0.27
"""The same for two accounts' counts of people that evolve."""

TELLING = 3
"""How many pieces of evidence a link names."""

Key = tuple[str, int]


def sizes(claim: Claim) -> Iterator[tuple[str, str | int]]:
    """Blocks in which figures of like size or with the same digits meet: those of one block, or of
    the next, are less than four times as large."""
    dimension = plain_dimension(claim)
    size = abs(float(claim.value.low or claim.value.high or 0))
    if size:
        order = floor(log2(size))
        yield from ((dimension, order), (dimension, order + 1))
    if len(digits_of(claim)) > 1:
        yield dimension, f"digits {digits_of(claim)}"


@dataclass(eq=False)
class Beliefs:
    """``of`` is the probability that two figures are about one thing."""

    figures: Sequence[Claim]
    around: Surroundings
    rules: Rulebook
    _known: dict[tuple[Key, Key], float] = field(default_factory=dict)

    def of(self, a: Claim, b: Claim) -> float:
        one, other = sorted((a, b), key=lambda claim: claim.key)
        pair = one.key, other.key
        if pair not in self._known:
            self._known[pair] = probability(evidence(one, other, self.around), self._weights)
        return self._known[pair]

    def ties(self, a: Claim, b: Claim) -> bool:
        """Whether evidence alone makes the two one thing: it is strong, and each is the other
        account's best."""
        found = self.of(a, b)
        if found < SURE or a.mention.article == b.mention.article:
            return False
        return all(found >= self._best.get(side, 0.0) for side in _sides(a, b))

    def because(self, a: Claim, b: Claim) -> tuple[str, ...]:
        return strongest(evidence(a, b, self.around), self._weights, TELLING)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return dict(weights(self.rules))

    @cached_property
    def _best(self) -> dict[tuple[Key, str], float]:
        """The most that any figure of another account has in common with a figure."""
        best: dict[tuple[Key, str], float] = defaultdict(float)
        for a, b in self._candidates():
            found = self.of(a, b)
            for side in _sides(a, b):
                best[side] = max(best[side], found)
        return best

    def _candidates(self) -> Iterator[tuple[Claim, Claim]]:
        blocks: dict[tuple[str, str, str | int], list[Claim]] = defaultdict(list)
        for claim in self.figures:
            event = self.around.events.get(claim.mention.article, "")
            for block in sizes(claim):
                blocks[event, *block].append(claim)
        for members in blocks.values():
            for a, b in combinations(members, 2):
                if a.mention.article != b.mention.article:
                    yield a, b


def _sides(a: Claim, b: Claim) -> tuple[tuple[Key, str], tuple[Key, str]]:
    return (a.key, b.mention.article), (b.key, a.mention.article)
