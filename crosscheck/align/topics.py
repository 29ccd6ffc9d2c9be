"""Claims -> topics: which claims are about the same thing.

Claims of one kind meet only where they share a block; whether two that meet are about the same
thing is the kind's decision (``Kind.link``). Links are not transitive: a claim joins a topic only
if it is linked with most of the claims that are there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from crosscheck.kinds.base import Context, Kind, Pair
from crosscheck.model import Claim, Link, Refusal, Uncompared
from crosscheck.values.interval import Relation

MOST = 0.5
"""The share of claim pairs that must be linked for two groups to be one topic."""

NEAREST = 25
"""How many of the pairs that were left alone are listed; the rest is counted."""


@dataclass(frozen=True, eq=False)
class Topic:
    """Claims about one thing, in the order of the text, and the links between them. ``name`` is
    what a table of claims calls it; empty: what the kind calls it."""

    kind: Kind
    claims: tuple[Claim, ...]
    links: dict[Pair, Link] = field(default_factory=dict)
    name: str = ""

    @cached_property
    def _linked(self) -> frozenset[tuple[int, int]]:
        return frozenset((id(a), id(b)) for pair in self.links for a, b in (pair, pair[::-1]))

    def linked(self, a: Claim, b: Claim) -> bool:
        return (id(a), id(b)) in self._linked


@dataclass(frozen=True, eq=False)
class Alignment:
    topics: tuple[Topic, ...]
    refused: tuple[tuple[Pair, Refusal], ...]


def nearest(refused: Sequence[tuple[Pair, Refusal]]) -> tuple[Uncompared, ...]:
    """The pairs that came closest to being compared, nearest first."""
    ordered = sorted(refused, key=lambda item: (-item[1].nearness, _pair_key(item[0])))
    return tuple(Uncompared(pair, refusal.why) for pair, refusal in ordered[:NEAREST])


def align(kind: Kind, claims: Sequence[Claim], context: Context) -> Alignment:
    """Sort the claims of one kind into topics.

    The order of ``claims`` does not matter.
    """
    told_apart = kind.left_alone(claims, context)
    known = kind.groups(claims, context)
    if known is not None:
        return Alignment(tuple(Topic(kind, tuple(group)) for group in known), tuple(told_apart))
    ordered = sorted(claims, key=lambda claim: (claim.order, claim.label))
    links: dict[tuple[int, int], Link] = {}
    refused = list(told_apart)
    for i, j in candidate_pairs(kind, ordered):
        a, b = ordered[i], ordered[j]
        answer = kind.link(a, b, context)
        if isinstance(answer, Link):
            links[i, j] = answer
        elif isinstance(answer, Refusal) and kind.relate(a, b) is Relation.APART:
            refused.append(((a, b), answer))
    groups = _grouped(len(ordered), links)
    return Alignment(tuple(_topic(kind, ordered, g, links) for g in groups), tuple(refused))


def _topic(
    kind: Kind, claims: Sequence[Claim], group: Sequence[int], links: dict[tuple[int, int], Link]
) -> Topic:
    inside = {
        (claims[i], claims[j]): links[i, j] for i, j in combinations(group, 2) if (i, j) in links
    }
    return Topic(kind, tuple(claims[i] for i in group), inside)


def candidate_pairs(kind: Kind, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """The indices of every pair of claims that share a block, once, in order."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        for key in set(kind.blocks(claim)):
            blocks[key].append(i)
    met = {pair for members in blocks.values() for pair in combinations(members, 2)}
    return sorted(met)


def _grouped(count: int, links: dict[tuple[int, int], Link]) -> list[list[int]]:
    """Average linkage: the surest links first, groups joined only if most pairs are linked."""
    member = list(range(count))
    groups = {i: [i] for i in member}
    for pair in sorted(links, key=lambda pair: (-links[pair].score, pair)):
        i, j = sorted(member[k] for k in pair)
        if i != j and _mostly_linked(groups[i], groups[j], links):
            groups[i] += groups.pop(j)
            for k in groups[i]:
                member[k] = i
    return [sorted(group) for _, group in sorted(groups.items())]


def _mostly_linked(one: list[int], other: list[int], linked: dict[tuple[int, int], Link]) -> bool:
    pairs = [(min(a, b), max(a, b)) for a in one for b in other]
    return sum(pair in linked for pair in pairs) >= MOST * len(pairs)


def _pair_key(pair: Pair) -> tuple[object, ...]:
    return (pair[0].order, pair[1].order)
