"""Claims -> topics: which claims are about the same thing.

Claims of one kind meet only where they share a block; whether two that meet are about the same
thing is the kind's decision (``Kind.link``). Links are not transitive: a claim joins a topic only
if it is linked with most of the claims that are there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from crosscheck.kinds.base import Context, Kind, Pair
from crosscheck.model import Claim, Link, Refusal, Uncompared, Unread
from crosscheck.values.interval import Relation

MOST = 0.5
"""The share of claim pairs that must be linked for two groups to be one topic."""

CROWD = 40
"""How many claims of one article a block takes: an account that gives more figures of one sort is
a table, and comparing each with each would take for ever."""

WIDE = 400
"""From so many claims on, a block is parted by event: across events nothing is compared anyway."""

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
    def _by_id(self) -> dict[tuple[int, int], Link]:
        return {
            (id(a), id(b)): link for pair, link in self.links.items() for a, b in (pair, pair[::-1])
        }

    def linked(self, a: Claim, b: Claim) -> bool:
        return (id(a), id(b)) in self._by_id

    def link(self, a: Claim, b: Claim) -> Link | None:
        return self._by_id.get((id(a), id(b)))


@dataclass(frozen=True, eq=False)
class Alignment:
    """``crowded`` are claims that some block had no room for."""

    topics: tuple[Topic, ...]
    refused: tuple[tuple[Pair, Refusal], ...]
    crowded: tuple[Claim, ...] = ()


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
    pairs, crowded = candidate_pairs(kind, ordered, context.events)
    for i, j in pairs:
        a, b = ordered[i], ordered[j]
        answer = kind.link(a, b, context)
        if isinstance(answer, Link):
            links[i, j] = answer
        elif isinstance(answer, Refusal) and kind.relate(a, b) is Relation.APART:
            refused.append(((a, b), answer))
    groups = _grouped(len(ordered), links)
    topics = tuple(_topic(kind, ordered, group, links) for group in groups)
    return Alignment(topics, tuple(refused), tuple(ordered[i] for i in crowded))


def without_room(alignments: Iterable[Alignment]) -> tuple[Unread, ...]:
    """One note an article on its claims that were not compared, at the first of them."""
    cut: dict[str, list[Claim]] = defaultdict(list)
    for alignment in alignments:
        for claim in alignment.crowded:
            cut[claim.mention.article].append(claim)
    return tuple(_note(sorted(found, key=lambda c: c.order)) for _, found in sorted(cut.items()))


def _note(claims: Sequence[Claim]) -> Unread:
    first, count = claims[0].mention, len(claims)
    why = (
        f"{count} claims from here on were not compared: the article makes more than {CROWD} that "
        "look alike; give it in parts to have them compared"
    )
    return Unread(why, "", first.article, first.start, first.end, first.text)


def _topic(
    kind: Kind, claims: Sequence[Claim], group: Sequence[int], links: dict[tuple[int, int], Link]
) -> Topic:
    inside = {
        (claims[i], claims[j]): links[i, j] for i, j in combinations(group, 2) if (i, j) in links
    }
    return Topic(kind, tuple(claims[i] for i in group), inside)


def candidate_pairs(
    kind: Kind, claims: Sequence[Claim], events: Mapping[str, str]
) -> tuple[list[tuple[int, int]], list[int]]:
    """The indices of every pair of claims that share a block, once, in order; and of the claims
    for which a block had no room."""
    blocks: dict[Hashable, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    crowded: set[int] = set()
    for i, claim in enumerate(claims):
        for key in set(kind.blocks(claim)):
            members = blocks[key][claim.mention.article]
            if len(members) < CROWD:
                members.append(i)
            else:
                crowded.add(i)
    parts = (part for found in blocks.values() for part in _parted(found, events))
    met = {pair for part in parts for pair in combinations(sorted(part), 2)}
    return sorted(met), sorted(crowded)


def _parted(block: Mapping[str, list[int]], events: Mapping[str, str]) -> list[list[int]]:
    """A block as it is, or a wide one by the events of its articles."""
    if sum(map(len, block.values())) < WIDE:
        return [[i for members in block.values() for i in members]]
    parts: dict[str, list[int]] = defaultdict(list)
    for article, members in block.items():
        parts[events.get(article, "")] += members
    return list(parts.values())


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
