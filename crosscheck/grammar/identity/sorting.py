"""Nodes joined into bearers, the surest reasons first, and each bearer's spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from crosscheck.grammar.identity.blocks import candidates
from crosscheck.grammar.identity.judge import SAME_SPELLING, Judge
from crosscheck.grammar.identity.nodes import nodes_of
from crosscheck.grammar.identity.record import Bearer, Form, Node, Respelling, Sighting
from crosscheck.rulebook import Rulebook
from crosscheck.values.names import compare_names


def bearers_of(sightings: Sequence[Sighting], rules: Rulebook) -> tuple[Bearer, ...]:
    """Every bearer of a name; each sighting belongs to exactly one. Order does not matter."""
    ordered = sorted(sightings, key=lambda s: (s.article, s.mention.start))
    nodes = nodes_of(ordered)
    return _Sorting(nodes, rules).bearers()


class _Sorting:
    """Joins nodes into bearers, the surest reasons first."""

    def __init__(self, nodes: Sequence[Node], rules: Rulebook) -> None:
        self.nodes = nodes
        self.rules = rules
        self.judge = Judge(rules, frozenset(n.form[0] for n in nodes if len(n.form) == 1))
        self.group = {id(node): [node] for node in nodes}
        self.links: list[tuple[Node, Node, Respelling]] = []

    def bearers(self) -> tuple[Bearer, ...]:
        self.join_partial()
        self.join_lone()
        judged = [
            (a, b, found)
            for a, b in candidates(self.nodes, self.rules)
            if (found := self.judge.of(a, b)) is not None
        ]
        judged.sort(key=lambda c: (self.weakness(*c), c[0].order, c[1].order))
        for a, b, found in judged:
            if self.join(a, b):
                self.links.append((a, b, found))
                a.rules.update(found.rules)
                b.rules.update(found.rules)
        return self.result()

    def weakness(self, a: Node, b: Node, found: Respelling) -> int:
        """How far the reason is from certain: classes of letters and one office first."""
        surest = {"style": 0, "romanisation": 1, "house style": 1, "transliteration": 2}
        if a.roles and b.roles:
            return 1 if self.judge.may_share_office(a, b) else 4
        return surest.get(found.relation, 3)

    def join(self, a: Node, b: Node) -> bool:
        """Make one bearer of two, unless some article treats forms of theirs as two people."""
        one, other = self.group[id(a)], self.group[id(b)]
        if one is other:
            return True
        if any(self.two_people(x, y) for x in one for y in other):
            return False
        one.extend(other)
        for node in other:
            self.group[id(node)] = one
        return True

    def two_people(self, a: Node, b: Node) -> bool:
        """Two names of one sentence; or two full names that one article uses side by side,
        neither a respelling of the other."""
        if a.form != b.form and a.sentences & b.sentences and not _part(a.form, b.form):
            return True
        if len(a.form) < 2 or len(b.form) < 2 or not a.articles & b.articles:
            return False
        if a.form[-1] == b.form[-1] and set(a.form) & set(b.form[:-1]):
            return False
        relation = compare_names(" ".join(a.form), " ".join(b.form), self.rules)
        return not relation.is_variant and not self.judge.may_share_office(a, b)

    def join_partial(self) -> None:
        """ "Karel Holt" and "Karel Jan Holt", if no article has both as two people."""
        by_ends: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for node in self.nodes:
            if len(node.form) > 1:
                by_ends[node.form[0], node.form[-1]].append(node)
        for same in by_ends.values():
            for a, b in combinations(sorted(same, key=lambda n: (len(n.form), n.order)), 2):
                if set(a.form) <= set(b.form):
                    self.join(a, b)

    def join_lone(self) -> None:
        """A lone word no full name of its article explains: the one bearer that ends in it."""
        ends: dict[str, list[Node]] = defaultdict(list)
        lone: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            if len(node.form) > 1 and node.kind == "person":
                ends[node.form[-1]].append(node)
            elif len(node.form) == 1:
                lone[node.form[0]].append(node)
        for word, nodes in sorted(lone.items()):
            owners = {id(self.group[id(n)]): n for n in ends.get(word, ())}
            people = [n for n in nodes if n.kind == "person"]
            others = [n for n in nodes if n.kind != "person"]
            for same in (people, others):
                for node in same[1:]:
                    self.join(same[0], node)
            mine = people or [n for n in others if n.kind == "unknown"]
            if len(owners) == 1 and mine:
                self.join(next(iter(owners.values())), mine[0])

    def result(self) -> tuple[Bearer, ...]:
        groups = {id(g): g for g in self.group.values()}
        bearers = [self.bearer(group) for group in groups.values()]
        return _told_apart(sorted(bearers, key=lambda b: (b.id, b.nodes[0].order)))

    def bearer(self, group: Sequence[Node]) -> Bearer:
        nodes = tuple(sorted(group, key=lambda n: n.order))
        inside = {id(n) for n in nodes}
        links = [r for a, b, r in self.links if id(a) in inside and id(b) in inside]
        return Bearer(_fullest(nodes), nodes, tuple(links), self.spellings(nodes))

    def spellings(self, nodes: Sequence[Node]) -> tuple[tuple[str, tuple[Node, ...]], ...]:
        """The nodes by spelling, full forms first; a lone surname goes where it is spelled so."""
        groups: list[list[Node]] = []
        for node in sorted(nodes, key=lambda n: (-len(n.form), -len(n.sightings), n.order)):
            homes = [g for g in groups if all(self.spelled_alike(node, other) for other in g)]
            near = [g for g in homes if any(node.articles & n.articles for n in g)]
            if homes:
                (near or homes)[0].append(node)
            else:
                groups.append([node])
        return tuple((_fullest(group), tuple(group)) for group in groups)

    def joined_plainly(self, a: Node, b: Node) -> bool:
        return any(
            r.relation in SAME_SPELLING and {id(x), id(y)} == {id(a), id(b)}
            for x, y, r in self.links
        )

    def spelled_alike(self, a: Node, b: Node) -> bool:
        if a.form == b.form or self.joined_plainly(a, b):
            return True
        if len(a.form) == 1 or len(b.form) == 1:
            return a.form[0] in (b.form[0], b.form[-1]) or b.form[0] == a.form[-1]
        if set(a.form) <= set(b.form) or set(b.form) <= set(a.form):
            return True
        found = compare_names(a.text, b.text, self.rules)
        return found.same and not found.is_variant


def _told_apart(bearers: Sequence[Bearer]) -> tuple[Bearer, ...]:
    """Bearers of one name get numbers, so that ids are unique."""
    seen: Counter[str] = Counter()
    out = []
    for bearer in bearers:
        seen[bearer.id] += 1
        count = seen[bearer.id]
        id = bearer.id if count == 1 else f"{bearer.id} ({count})"
        out.append(replace(bearer, id=id))
    return tuple(out)


def _fullest(nodes: Sequence[Node]) -> str:
    counts: Counter[str] = Counter()
    for node in nodes:
        counts.update(s.mention.text for s in node.sightings if s.form == node.form)
    longest = max(len(node.form) for node in nodes)
    full = {n.text: counts[n.text] for n in nodes if len(n.form) == longest}
    return min(full, key=lambda text: (-full[text], text))


def _part(a: Form, b: Form) -> bool:
    return set(a) <= set(b) or set(b) <= set(a)
