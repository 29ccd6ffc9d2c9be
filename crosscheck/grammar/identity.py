"""Who is who: the names of several articles sorted into their bearers.

Inside an article a lone surname belongs to the full name that bears it. Across articles equal
names are one bearer, and so are two spellings if the comparison of names says that one is a
respelling of the other, or if both hold one office and share the first name and the beginning of
the surname. Names are compared only within blocks of alike consonants or of one office.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from rapidfuzz.distance import OSA, JaroWinkler

from crosscheck.grammar.names import NameMention, folded
from crosscheck.grammar.titles import Lexicon, lexicon, parts_of_speech
from crosscheck.rulebook import Rulebook
from crosscheck.values.names import NameComparison, compare_names, explain
from crosscheck.values.roles import Role, Taxonomy, same_office, taxonomy

Form = tuple[str, ...]
"""The folded tokens of a name."""

WEAK = frozenset({"misspelling", "office", "digit"})
"""Evidence that holds only within one event and never against it."""

_SAME_SPELLING = frozenset({"equal", "style", "initials", "nickname"})
_MOST_NODES = 4
_OF_PEOPLE = frozenset({"initials", "nickname"})
_DERIVED = "name-words.derived"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name in an article, its folded tokens, the roles that its sentence gives it, and where
    that sentence starts."""

    article: str
    mention: NameMention
    form: Form
    roles: tuple[Role, ...] = ()
    sentence: int = 0


def sighting(
    article: str, mention: NameMention, roles: tuple[Role, ...] = (), sentence: int = 0
) -> Sighting:
    return Sighting(article, mention, folded(mention.tokens), roles, sentence)


@dataclass(frozen=True, slots=True)
class Respelling:
    """Two forms of one bearer and what speaks for it: the relation and the rules behind it."""

    a: Form
    b: Form
    relation: str
    rules: tuple[str, ...] = ()
    because: str = ""


@dataclass(eq=False)
class Node:
    """All sightings of one form (of a lone word: in one article, until it is known whose), and
    the rules that were applied to it. Complete before any property is asked for."""

    form: Form
    sightings: list[Sighting] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)

    @cached_property
    def articles(self) -> frozenset[str]:
        return frozenset(s.article for s in self.sightings)

    @cached_property
    def sentences(self) -> frozenset[tuple[str, int]]:
        return frozenset((s.article, s.sentence) for s in self.sightings)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for s in self.sightings for role in s.roles)

    @cached_property
    def text(self) -> str:
        """The form as most often written."""
        counts = Counter(s.mention.text for s in self.sightings if s.form == self.form)
        return min(counts, key=lambda t: (-counts[t], t))

    @cached_property
    def kind(self) -> str:
        kinds = Counter(s.mention.kind for s in self.sightings if s.mention.kind != "unknown")
        return min(kinds, key=lambda k: (-kinds[k], k)) if kinds else "unknown"

    @cached_property
    def order(self) -> tuple[object, ...]:
        first = min((s.article, s.mention.start) for s in self.sightings)
        return (self.form, first)


@dataclass(frozen=True, eq=False)
class Bearer:
    """One person, place or organisation: ``id`` is the fullest form as written; ``spellings`` are
    its nodes by spelling, each with the form that stands for it."""

    id: str
    nodes: tuple[Node, ...]
    respellings: tuple[Respelling, ...]
    spellings: tuple[tuple[str, tuple[Node, ...]], ...] = ()


def bearers_of(sightings: Sequence[Sighting], rules: Rulebook) -> tuple[Bearer, ...]:
    """Every bearer of a name; each sighting belongs to exactly one. Order does not matter."""
    ordered = sorted(sightings, key=lambda s: (s.article, s.mention.start))
    nodes = _nodes(ordered)
    return _Sorting(nodes, rules).bearers()


def _nodes(sightings: Sequence[Sighting]) -> list[Node]:
    """One node a full form, one node a lone word and article; lone words join full forms."""
    full: dict[Form, Node] = {}
    lone: dict[tuple[str, Form], Node] = {}
    owners = _owners(sightings)
    for sighting in sightings:
        if len(sighting.form) > 1:
            full.setdefault(sighting.form, Node(sighting.form)).sightings.append(sighting)
    for sighting in (s for s in sightings if len(s.form) == 1):
        owner = _owner_in_article(sighting, owners)
        if owner is not None:
            full[owner].sightings.append(sighting)
        else:
            key = (sighting.article, sighting.form)
            lone.setdefault(key, Node(sighting.form)).sightings.append(sighting)
    return sorted([*full.values(), *lone.values()], key=lambda n: n.order)


_Owners = dict[tuple[str, int, str], list[tuple[int, Form]]]


def _owners(sightings: Sequence[Sighting]) -> _Owners:
    """(article, end of the name, word there) -> where the full names with it stand."""
    owners: _Owners = defaultdict(list)
    for full in (s for s in sightings if len(s.form) > 1):
        if full.mention.kind in {"person", "unknown"}:
            owners[full.article, -1, full.form[-1]].append((full.mention.start, full.form))
        if full.mention.kind == "person":
            owners[full.article, 0, full.form[0]].append((full.mention.start, full.form))
    return owners


def _owner_in_article(lone: Sighting, owners: _Owners) -> Form | None:
    """The full name of the article that ends in the lone word, else begins with it; of several,
    the one that stood last before it, else the next."""
    if lone.mention.kind in {"place", "organisation"}:
        return None
    for end in (-1, 0):
        full = owners.get((lone.article, end, lone.form[0]))
        if full:
            before = bisect_left(full, (lone.mention.start, ()))
            return full[max(before - 1, 0)][1]
    return None


class _Sorting:
    """Joins nodes into bearers, the surest reasons first."""

    def __init__(self, nodes: Sequence[Node], rules: Rulebook) -> None:
        self.nodes = nodes
        self.rules = rules
        self.lex: Lexicon = lexicon(rules)
        self.tax: Taxonomy = taxonomy(rules)
        self.office, self.sound, self.slip = (
            rules.rule(name) for name in ("identity.office", "identity.sound", "identity.slip")
        )
        self.group = {id(node): [node] for node in nodes}
        self.links: list[tuple[Node, Node, Respelling]] = []

    def bearers(self) -> tuple[Bearer, ...]:
        self.join_partial()
        self.join_lone()
        candidates = [
            (a, b, found) for a, b in self.candidates() if (found := self.judge(a, b)) is not None
        ]
        strength = {"style": 0, "romanisation": 1, "house style": 1, "transliteration": 2}
        candidates.sort(key=lambda c: (strength.get(c[2].relation, 3), c[0].order, c[1].order))
        for a, b, found in candidates:
            if self.join(a, b):
                self.links.append((a, b, found))
                a.rules.update(found.rules)
                b.rules.update(found.rules)
        return self.result()

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
        return not relation.is_variant and not self.may_share_office(a, b)

    def may_share_office(self, a: Node, b: Node) -> bool:
        return any(same_office(x, y, self.tax) for x in a.roles for y in b.roles)

    # -- the same spelling, more or less of it --------------------------------------------

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

    # -- other spellings ------------------------------------------------------------------

    def candidates(self) -> Iterator[tuple[Node, Node]]:
        blocks: dict[Hashable, list[Node]] = defaultdict(list)
        for node in self.nodes:
            for key in sorted(set(self.keys(node)), key=repr):
                blocks[key].append(node)
        seen: set[tuple[int, int]] = set()
        for key in sorted(blocks, key=repr):
            for a, b in combinations(_some_of_each(blocks[key]), 2):
                if (id(a), id(b)) not in seen and a.form != b.form:
                    seen.add((id(a), id(b)))
                    yield a, b

    def keys(self, node: Node) -> Iterator[Hashable]:
        first, last = skeleton(node.form[0]), skeleton(node.form[-1])
        if len(node.form) > 1:
            yield ("first", first[:2], last[:1])
            yield ("last", first[:1], last[:2])
            yield ("whole", last)
            for role in node.roles:
                yield ("office", role.concept, role.portfolio, first[:1])
                yield ("sound", last[:2], len(node.form))
        if self.stands_alone(node):
            yield from ((end, last) for end in ("lone",))
            yield ("lone start", last[:3])
        elif node.kind == "person":
            yield ("lone", last)

    def stands_alone(self, node: Node) -> bool:
        return len(node.form) == 1 and len(node.form[0]) > 3

    def judge(self, a: Node, b: Node) -> Respelling | None:
        """Why two forms are one name respelled; None if nothing says so."""
        if self.other_kind(a, b) or self.is_common(a) or self.is_common(b):
            return None
        if len(a.form) == 1 or len(b.form) == 1:
            return self.judge_lone(a, b)
        found = compare_names(a.text, b.text, self.rules)
        if found.is_variant:
            if found.relation == "misspelling" and not self.may_slip(a, b):
                return None
            return _respelling(a, b, found)
        if found.same:
            plain = found.relation in _SAME_SPELLING
            if found.relation in _OF_PEOPLE and not a.kind == b.kind == "person":
                return None
            return Respelling(a.form, b.form, found.relation) if plain else None
        if found.relation == "gendered" or self.other_given_name(a, b):
            return None
        for rule, shared in ((self.sound, self.sounds_alike), (self.office, self.shares_office)):
            if not a.articles & b.articles and shared(a, b):
                because = f"both are called {self.office_words(a, b)}"
                return Respelling(a.form, b.form, "office", (rule.id,), because)
        return None

    def other_given_name(self, a: Node, b: Node) -> bool:
        """Maria and Mario, Hassan and Hussein: two names that are both in common use."""
        return any(
            x != y and {x, y} <= self.lex.given and explain(x, y, self.rules) is None
            for x, y in zip(a.form, b.form, strict=False)
        )

    def other_kind(self, a: Node, b: Node) -> bool:
        """A person and a place, or two long names of which one is a place."""
        kinds = {a.kind, b.kind} - {"unknown"}
        return len(kinds) > 1 and ("person" in kinds or len(a.form) > 1)

    def may_slip(self, a: Node, b: Node) -> bool:
        """A slip of the pen: not in one article, unless both forms hold one office there."""
        return not a.articles & b.articles or self.may_share_office(a, b)

    def is_common(self, node: Node) -> bool:
        """Nothing but dictionary words, as names of institutions are; they have no spellings."""
        words = [w.lower() for s in node.sightings[:1] for w in s.mention.tokens]
        english = all(
            bool(parts_of_speech(w)) or w in self.lex.words["function"] or w in self.demonyms
            for w in words
        )
        return (english and node.kind != "person") or any(c.isdigit() for w in words for c in w)

    @cached_property
    def demonyms(self) -> frozenset[str]:
        """Countries, peoples and faiths: single words that are no names of their own."""
        single = {form[0] for form in self.lex.countries if len(form) == 1}
        return frozenset(single) | self.lex.words["adjective"]

    def judge_lone(self, a: Node, b: Node) -> Respelling | None:
        """Single words: a class of romanisation, or a slip in long lone words or in one role."""
        x, y = a.form[-1], b.form[-1]
        if self.ordinary(a) or self.ordinary(b) or min(len(x), len(y)) < 4:
            return None
        texts = [n.sightings[0].mention.tokens[-1] for n in (a, b)]
        found = compare_names(texts[0], texts[1], self.rules)
        if not found.is_variant:
            return None
        if found.relation == "misspelling":
            if self.derived(x, y):
                a.rules.add(_DERIVED)
                b.rules.add(_DERIVED)
                return None
            if a.articles & b.articles or not self.may_slip_alone(a, b):
                return None
            if x[0] != y[0]:  # the first letter is the rarest to slip
                return None
            return _respelling(a, b, found, self.slip.id)
        return _respelling(a, b, found)

    def may_slip_alone(self, a: Node, b: Node) -> bool:
        """Two long lone words, or any two in one role."""
        least = self.slip.number("least")
        long = all(len(n.form) == 1 and len(n.form[0]) >= least for n in (a, b))
        return long or bool(self.shared_roles(a, b))

    def derived(self, x: str, y: str) -> bool:
        """A plural, a demonym or an adjective of the other word (Torvela, Torvelan)."""
        short, long = sorted((x, y), key=len)
        start = _common_start(short, long)
        endings = self.lex.words["derived"] | {""}
        return {short[start:], long[start:]} <= endings and len(short) - start <= 2

    def ordinary(self, node: Node) -> bool:
        """An English word, a demonym or a caps abbreviation."""
        word = node.sightings[0].mention.tokens[-1]
        lower = word.lower()
        alone = len(node.form) == 1
        return alone and (bool(parts_of_speech(lower)) or lower in self.demonyms or word.isupper())

    def shares_office(self, a: Node, b: Node) -> bool:
        """One office that few hold, equal or respelled first names, surnames that begin alike: a
        wrong surname rather than another person."""
        held = [x for x, _ in self.shared_roles(a, b) if x.concept in self.holding]
        if not held:
            return False
        first, last = (a.form[0], b.form[0]), (a.form[-1], b.form[-1])
        start, least = _common_start(*last), self.office.number("start")
        alike = start >= least and start * 2 >= max(map(len, last)) - 1
        sound = skeleton(last[0]) == skeleton(last[1])
        long = max(map(len, last)) >= self.sound.number("least")
        return self.first_alike(*first) and (alike or (sound and long))

    def first_alike(self, x: str, y: str) -> bool:
        slip = min(len(x), len(y)) > self.office.number("start") + 1 and OSA.distance(x, y) == 1
        return x == y or slip or explain(x, y, self.rules) is not None

    def sounds_alike(self, a: Node, b: Node) -> bool:
        """One role, and word by word the same consonants in letters that are much alike."""
        crowd = frozenset(self.sound.strings("concepts"))
        shared = [x for x, y in self.shared_roles(a, b) if not crowd & {x.concept, y.concept}]
        if len(a.form) != len(b.form) or not shared:
            return False
        pairs = list(zip(a.form, b.form, strict=True))
        alike = sum(JaroWinkler.similarity(x, y) for x, y in pairs) / len(pairs)
        return (
            all(_same_sounds(skeleton(x), skeleton(y)) for x, y in pairs)
            and max(len(a.form[-1]), len(b.form[-1])) >= self.sound.number("least")
            and alike >= self.sound.number("similarity")
        )

    def shared_roles(self, a: Node, b: Node) -> list[tuple[Role, Role]]:
        return [(x, y) for x in a.roles for y in b.roles if same_office(x, y, self.tax)]

    @cached_property
    def holding(self) -> frozenset[str]:
        """Concepts that one or few hold at a time."""
        return self.tax.unique | frozenset(self.office.strings("concepts"))

    def office_words(self, a: Node, b: Node) -> str:
        return min(role.text for role, _ in self.shared_roles(a, b))

    # -- result ---------------------------------------------------------------------------

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
            r.relation in _SAME_SPELLING and {id(x), id(y)} == {id(a), id(b)}
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


def _some_of_each(nodes: Sequence[Node]) -> list[Node]:
    """The first few nodes of every form: a lone word may stand in hundreds of articles."""
    count: Counter[Form] = Counter()
    kept = []
    for node in sorted(nodes, key=lambda n: n.order):
        count[node.form] += 1
        if count[node.form] <= _MOST_NODES:
            kept.append(node)
    return kept


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


def _respelling(a: Node, b: Node, found: NameComparison, *more: str) -> Respelling:
    rules = tuple(dict.fromkeys((*(e.rule for e in found.evidence), *more)))
    because = "; ".join(e.phrase for e in found.evidence)
    return Respelling(a.form, b.form, found.relation, rules, because)


def _part(a: Form, b: Form) -> bool:
    return set(a) <= set(b) or set(b) <= set(a)


def _common_start(a: str, b: str) -> int:
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


_SOUNDS: tuple[tuple[str, str], ...] = (
    (r"cch|cc(?=[ei])|t?s?[cz]h|sch|tsch|tch|sh|sz|ts|tz|cz|x|j|z|s|c(?=[eiy])|g(?=[eiy])", "S"),
    (r"kh|gh|ck|qu|[kqcg]", "K"),
    (r"ph|f|v|w", "F"),
    (r"th|t|d", "T"),
    (r"b|p", "P"),
    (r"[^A-Zlmnr]", ""),
    (r"(.)\1+", r"\1"),
)


def skeleton(word: str) -> str:
    """The consonant classes of a folded word, for blocking only: Chauvet and Shove are SFT, SF."""
    for pattern, sound in _SOUNDS:
        word = re.sub(pattern, sound, word)
    return word


def _same_sounds(a: str, b: str) -> bool:
    """Equal classes of consonants, up to one mute consonant at the end (Collomb, Kollom)."""
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) > 1 and long[:-1] == short and long[-1] in "TPSK")
