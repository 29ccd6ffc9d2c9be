"""What weighed evidence makes of two claims, seen beside all others that they might belong to.

An account tells one thing once. So evidence alone ties two claims of two accounts only if neither
account has another claim that would fit better.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import exp

from crosscheck.model import Claim

BIAS = "bias"

TELLING = 3
"""How many pieces of evidence a link names."""

Key = tuple[str, int]


def probability(found: Mapping[str, float], weighed: Mapping[str, float]) -> float:
    """How likely it is, in (0, 1), that two claims with this evidence are about one thing."""
    odds = weighed.get(BIAS, 0.0) + sum(weighed.get(name, 0.0) * v for name, v in found.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def strongest(
    found: Mapping[str, float], weighed: Mapping[str, float], few: int
) -> tuple[str, ...]:
    """The evidence that speaks most for one thing, by name."""
    scored = sorted((-weighed.get(name, 0.0) * value, name) for name, value in found.items())
    return tuple(name for weight, name in scored[:few] if weight < 0)


@dataclass(eq=False)
class Weighing(ABC):
    """``of`` is the probability that two of the claims are about one thing."""

    claims: Sequence[Claim]
    weights: Mapping[str, float]
    sure: float
    _known: dict[tuple[Key, Key], float] = field(default_factory=dict)

    @abstractmethod
    def evidence(self, a: Claim, b: Claim) -> Mapping[str, float]:
        """The evidence on two claims, by name; symmetric."""

    @abstractmethod
    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        """Keys; only claims that share one compete."""

    @abstractmethod
    def event(self, claim: Claim) -> str:
        """The event that the claim's article is about."""

    def of(self, a: Claim, b: Claim) -> float:
        one, other = sorted((a, b), key=lambda claim: claim.key)
        pair = one.key, other.key
        if pair not in self._known:
            self._known[pair] = probability(self.evidence(one, other), self.weights)
        return self._known[pair]

    def ties(self, a: Claim, b: Claim) -> bool:
        """Whether evidence alone makes the two one thing: it is strong, and each is the other
        account's best."""
        found = self.of(a, b)
        if found < self.sure or a.mention.article == b.mention.article:
            return False
        return all(found >= self._best.get(side, 0.0) for side in _sides(a, b))

    def because(self, a: Claim, b: Claim) -> tuple[str, ...]:
        return strongest(self.evidence(a, b), self.weights, TELLING)

    @cached_property
    def _best(self) -> dict[tuple[Key, str], float]:
        """The most that any claim of another account has in common with a claim."""
        best: dict[tuple[Key, str], float] = defaultdict(float)
        for a, b in self._candidates():
            found = self.of(a, b)
            for side in _sides(a, b):
                best[side] = max(best[side], found)
        return best

    def _candidates(self) -> Iterator[tuple[Claim, Claim]]:
        blocks: dict[tuple[str, Hashable], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            for block in self.blocks(claim):
                blocks[self.event(claim), block].append(claim)
        for members in blocks.values():
            for a, b in combinations(members, 2):
                if a.mention.article != b.mention.article:
                    yield a, b


def _sides(a: Claim, b: Claim) -> tuple[tuple[Key, str], tuple[Key, str]]:
    return (a.key, b.mention.article), (b.key, a.mention.article)
