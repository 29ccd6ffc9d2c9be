"""The rules of ``rules/names`` as tables for looking things up, compiled once a rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.names.letters import fold_word

COSTS = {"strong": 2, "usual": 3}
SLIP_COST = 6


@dataclass(frozen=True, slots=True)
class Rewrite:
    """``left`` may stand for ``right``; ``start`` and ``end`` tie it to the ends of both words,
    ``inside`` keeps it from the start of either."""

    left: str
    right: str
    rule: str
    kind: str
    strong: bool
    start: bool
    end: bool
    inside: bool
    gate: str
    cost: int


@dataclass(frozen=True, slots=True)
class Gate:
    rule: str
    name: str
    words: frozenset[str]
    first: frozenset[str]
    suffixes: tuple[str, ...]
    syllables: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Letters:
    rule: str
    when: re.Pattern[str]
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    rule: str
    least: int
    alone: int


@dataclass(frozen=True, slots=True)
class Particle:
    """A particle's rule, the sign of its group, and what it says if another stands in its place."""

    rule: str
    group: str
    kind: str


@dataclass(frozen=True, slots=True)
class Veto:
    rule: str
    words: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    numbers: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Tables:
    """``rewrites`` is indexed by the first letters of both sides ("" for an empty side)."""

    rewrites: Mapping[tuple[str, str], tuple[Rewrite, ...]]
    spellings: tuple[tuple[str, str, str], ...]
    gates: tuple[Gate, ...]
    letters: tuple[Letters, ...]
    titles: Mapping[str, str]
    honours: Mapping[str, str]
    suffixes: Mapping[str, str]
    generations: Mapping[str, str]
    generation_rule: str
    particles: Mapping[str, Particle]
    servants: Mapping[str, str]
    joined: Mapping[str, str]
    families: Mapping[str, frozenset[int]]
    short: Mapping[str, frozenset[int]]
    given: frozenset[str]
    surnames: frozenset[str]
    slips: Mapping[str, Slip]
    forms: Mapping[str, str]
    vetoes: Mapping[str, Veto]
    exonyms: Mapping[str, tuple[int, str]]
    skeleton: tuple[tuple[str, str], ...]
    skeleton_scripts: frozenset[str]
    skeleton_rule: str


@lru_cache(maxsize=8)
def compiled(rules: Rulebook) -> Tables:
    families, short = _families(rules, 2), _families(rules, 2, 1)
    parts = rules.section("names.part")
    generation = next(rule for rule in parts if rule.string("part") == "generation")
    return Tables(
        _rewrites(rules),
        tuple(_spellings(rules)),
        tuple(_gate(rule) for rule in rules.section("names.gate")),
        tuple(_letters(rule) for rule in rules.section("names.letters")),
        _words(parts, "title") | _words(parts, "honour"),
        _words(parts, "honour"),
        _words(parts, "suffix"),
        {**{w: w for w in generation.strings("words")}, **_signs(generation)},
        generation.id,
        _particles(parts),
        _words(parts, "servant"),
        _words(parts, "joined"),
        families,
        short,
        frozenset(row[0] for row in rules.table("names/given-names")) | families.keys(),
        frozenset(row[0] for row in rules.table("names/surnames")),
        {rule.string("slip"): _slip(rule) for rule in rules.section("names.slip")},
        {rule.string("form"): rule.id for rule in rules.section("names.person")},
        {rule.string("veto"): _veto(rule) for rule in rules.section("names.veto")},
        _exonyms(rules),
        tuple(_skeleton(rules)),
        frozenset(s for r in rules.section("names.skeleton") for s in r.strings("scripts")),
        rules.section("names.skeleton")[0].id,
    )


def _blank(text: str) -> str:
    return "" if text == "_" else text


def _rewrites(rules: Rulebook) -> dict[tuple[str, str], tuple[Rewrite, ...]]:
    best: dict[tuple[str, str, bool, bool, str], Rewrite] = {}
    section = rules.section("names.rewrite")
    for rule in sorted(section, key=lambda rule: rule.string("kind") == "transliteration"):
        for item in _rewrites_of(rule) if rule.string("kind") != "spelling" else ():
            key = (item.left, item.right, item.start, item.end, item.gate)
            if key not in best or item.cost < best[key].cost:
                best[key] = item
    found: dict[tuple[str, str], list[Rewrite]] = {}
    for item in best.values():
        found.setdefault((item.left[:1], item.right[:1]), []).append(item)
    return {key: tuple(items) for key, items in found.items()}


def _rewrites_of(rule: Rule) -> Iterator[Rewrite]:
    strength, at = rule.string("strength", "usual"), rule.string("at")
    for group in rule.strings("groups"):
        for left, right in permutations(dict.fromkeys(group.split()), 2):
            yield Rewrite(
                _blank(left),
                _blank(right),
                rule.id,
                rule.string("kind"),
                strength == "strong",
                at == "start",
                at == "end",
                at == "inside",
                rule.string("gate"),
                COSTS[strength],
            )


def _spellings(rules: Rulebook) -> Iterator[tuple[str, str, str]]:
    for rule in rules.section("names.rewrite"):
        if rule.string("kind") == "spelling":
            for group in rule.strings("groups"):
                for left, right in permutations(group.split(), 2):
                    yield left, right, rule.id


def _gate(rule: Rule) -> Gate:
    pattern = rule.string("syllables")
    return Gate(
        rule.id,
        rule.string("gate"),
        frozenset(rule.strings("words")),
        frozenset(rule.strings("first")),
        rule.strings("suffixes"),
        re.compile(pattern) if pattern else None,
    )


def _letters(rule: Rule) -> Letters:
    pairs = [pair.split() for pair in rule.strings("pairs")]
    longest = sorted(((a, _blank(b)) for a, b in pairs), key=lambda pair: -len(pair[0]))
    return Letters(rule.id, re.compile(rule.string("when")), tuple(longest))


def _words(parts: tuple[Rule, ...], part: str) -> dict[str, str]:
    """Words of one part of speech of names, with the id of their rule."""
    chosen = (rule for rule in parts if rule.string("part") == part)
    return {word: rule.id for rule in chosen for word in rule.strings("words")}


def _signs(rule: Rule) -> dict[str, str]:
    return {w: group.split()[0] for group in rule.strings("groups") for w in group.split()}


def _particles(parts: tuple[Rule, ...]) -> dict[str, Particle]:
    found: dict[str, Particle] = {}
    for rule in (rule for rule in parts if rule.string("part") == "particle"):
        signs = _signs(rule)
        for word in rule.strings("words"):
            found.setdefault(word, Particle(rule.id, signs.get(word, word), rule.string("kind")))
    return found


def _families(rules: Rulebook, to: int, since: int = 0) -> dict[str, frozenset[int]]:
    """Forms of given names in some columns (full forms, short forms) and their families."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(rules.table("names/families")):
        for form in " ".join(row[since:to]).split():
            found.setdefault(fold_word(form), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


def _slip(rule: Rule) -> Slip:
    return Slip(rule.id, int(rule.number("least")), int(rule.number("alone")))


def _veto(rule: Rule) -> Veto:
    pairs = [tuple(map(_blank, group.split())) for group in rule.strings("groups")]
    both = [(a, b) for a, b in pairs] + [(b, a) for a, b in pairs]
    return Veto(
        rule.id,
        frozenset(rule.strings("words")),
        tuple(dict.fromkeys(both)),
        {key: int(value) for key, value in rule.data.items() if isinstance(value, int)},
    )


def _exonyms(rules: Rulebook) -> dict[str, tuple[int, str]]:
    """Names run together and folded, with the number of their group and the id of the rule."""
    found: dict[str, tuple[int, str]] = {}
    number = 0
    for rule in rules.section("names.exonym"):
        for group in rule.strings("groups"):
            number += 1
            for name in group.split("|"):
                found.setdefault(glued(name), (number, rule.id))
    return found


def glued(name: str) -> str:
    """A name folded and run together."""
    return "".join(fold_word(word) for word in re.split(r"[\s\-.]+", name))


def _skeleton(rules: Rulebook) -> Iterator[tuple[str, str]]:
    """Spellings of consonants, longest first, with the sign of their class."""
    pairs = [
        (spelling, group.split()[0])
        for rule in rules.section("names.skeleton")
        for group in rule.strings("groups")
        for spelling in group.split()
    ]
    yield from sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))
