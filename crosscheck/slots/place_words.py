"""The words for where something is or happened, from ``rules/places/relations.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from crosscheck.rulebook import Rule, Rulebook


@dataclass(frozen=True, eq=False)
class PlaceWords:
    """The rules by relation; ``sorts`` are nouns of which two names are two places."""

    base: Rule
    born: Rule
    home: Rule
    journey: Rule
    happening: Rule
    scene: Rule
    origin: Rule
    once: Rule
    site: Rule
    flag: Rule
    taken: Rule
    spread: Rule
    part: Rule
    made: Rule
    centre: Rule
    remains: Rule
    spot: Rule
    countries: tuple[Rule, ...]
    together: frozenset[str]
    posture: frozenset[str]
    sorts: frozenset[str]
    sort_rule: str


@cache
def place_words(rules: Rulebook) -> PlaceWords:
    """Compiled once for each rulebook."""
    section = rules.section("place-relations")

    def of(relation: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in section if rule.string("relation") == relation)

    def verbs(relation: str) -> frozenset[str]:
        return frozenset(verb for rule in of(relation) for verb in rule.strings("verbs"))

    return PlaceWords(
        base=of("base")[0],
        born=of("born")[0],
        home=of("home")[0],
        journey=of("journey")[0],
        happening=of("happening")[0],
        scene=of("scene")[0],
        origin=of("origin")[0],
        once=of("once")[0],
        site=of("site")[0],
        flag=of("flag")[0],
        taken=of("taken")[0],
        spread=of("spread")[0],
        part=of("part")[0],
        made=of("made")[0],
        centre=of("centre")[0],
        remains=of("remains")[0],
        spot=of("spot")[0],
        countries=of("country"),
        together=verbs("together"),
        posture=verbs("posture"),
        sorts=frozenset(noun for rule in of("sort") for noun in rule.strings("nouns")),
        sort_rule=of("sort")[0].id,
    )
