"""Which forms are compared at all: those with alike consonants, one office or a word in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from crosscheck.grammar.identity.record import Form, Node
from crosscheck.rulebook import Rulebook
from crosscheck.values.names import sounds

_MOST_NODES = 4
_LONE, _LONG = 4, 6


def candidates(nodes: Sequence[Node], rules: Rulebook) -> Iterator[tuple[Node, Node]]:
    """Pairs of nodes of unlike forms that share a block, each once."""
    blocks: dict[Hashable, list[Node]] = defaultdict(list)
    for node in nodes:
        for key in sorted(set(_keys(node, rules)), key=repr):
            blocks[key].append(node)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks, key=repr):
        for a, b in combinations(_some_of_each(blocks[key]), 2):
            if (id(a), id(b)) not in seen and a.form != b.form:
                seen.add((id(a), id(b)))
                yield a, b


def _some_of_each(nodes: Sequence[Node]) -> list[Node]:
    """The first few nodes of every form: a lone word may stand in hundreds of articles."""
    count: Counter[Form] = Counter()
    kept = []
    for node in sorted(nodes, key=lambda n: n.order):
        count[node.form] += 1
        if count[node.form] <= _MOST_NODES:
            kept.append(node)
    return kept


def _keys(node: Node, rules: Rulebook) -> Iterator[Hashable]:
    last = sounds(node.form[-1], rules)
    if len(node.form) > 1:
        yield from (("word", word) for word in node.form)
        yield from (("office", role.concept, role.portfolio) for role in node.roles)
        first = {sound[:1] for sound in sounds(node.form[0], rules)}
        yield from (("ends", x, sound[:2]) for x in first for sound in last)
    if len(node.form) > 1 and node.kind == "person":
        yield from (("lone", sound) for sound in last)
    elif len(node.form) == 1 and len(node.form[0]) >= _LONE:
        yield from (("lone", sound) for sound in last)
        yield from (("lone start", sound[:3]) for sound in last)
        yield from _halves(node.form[0])


def _halves(word: str) -> Iterator[Hashable]:
    """One slip leaves the start or the end of a long word as it was."""
    if len(word) >= _LONG:
        yield ("head", word[:3])
        yield ("tail", word[-3:])
