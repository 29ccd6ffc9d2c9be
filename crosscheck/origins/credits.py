"""The agency whose text an article carries, told by the line that credits it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from crosscheck.model import Article, Zone
from crosscheck.rulebook import Rule, Rulebook

_AGENCIES = "credit.agencies"
_DATELINE = "page.dateline"
_FOOT = 3  # zones at the end of a page in which a credit may stand


class Credit(NamedTuple):
    """An agency by its usual name, and the rules by which it was found."""

    agency: str
    rules: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Houses:
    """Names of agencies and of the report's outlets, as the origin they stand for."""

    known: Mapping[str, str]
    agencies: frozenset[str]
    tails: tuple[str, ...] = ()

    @classmethod
    def of(cls, outlets: Iterable[str], rules: Rulebook) -> Houses:
        agencies = _agencies(rules)
        tails = [tail for r in rules.section("origins-speakers") for tail in r.strings("tails")]
        known = {_folded(outlet): outlet for outlet in sorted(outlets, reverse=True)} | agencies
        longest_first = tuple(sorted(tails, key=lambda tail: (-len(tail), tail)))
        return cls(known, frozenset(agencies.values()), longest_first)

    def named(self, text: str) -> str:
        """The house that a text names, by its usual name; empty if it names none."""
        plain = _folded(text)
        tail = next((tail for tail in self.tails if plain.endswith(f" {tail}")), "")
        bare = plain.removesuffix(f" {tail}")
        return self.known.get(plain) or self.known.get(bare, "")


def credit_of(article: Article, houses: Houses, rules: Rulebook) -> Credit | None:
    """The agency that an article credits with its text, if one and another than its outlet."""
    outlet = houses.named(article.outlet) or article.outlet
    for rule in rules.section("origins-credits"):
        for text in _places(article, rule.string("where")):
            for named in _credited(rule, text):
                agency = houses.named(named) or ("" if rule.data.get("known") else named)
                if agency and agency != outlet:
                    listed = (_AGENCIES,) if agency in houses.agencies else ()
                    return Credit(agency, (rule.id, *listed))
    return None


def _credited(rule: Rule, text: str) -> Iterator[str]:
    whole = rule.string("where") == "line"
    for pattern in rule.strings("patterns"):
        compiled = re.compile(pattern if whole else rf".*{pattern}\s*", re.DOTALL)
        found = compiled.fullmatch(text)
        if found:
            yield found["agency"].strip()


def _places(article: Article, where: str) -> Iterator[str]:
    def text(zone: Zone) -> str:
        return article.text[zone.start : zone.end].strip()

    bodies = [i for i, zone in enumerate(article.zones) if zone.role == "body"]
    if where == "dateline":
        yield from (text(zone).rstrip(" -–—:/") for zone in article.zones if zone.rule == _DATELINE)
    elif where == "end":
        yield from (text(article.zones[i]) for i in bodies[-1:])
    elif bodies:
        head = article.zones[: bodies[0]]
        foot = [*article.zones[bodies[-1] : bodies[-1] + 1 + _FOOT]]
        yield from (text(zone) for zone in (*head, *foot) if zone.role != "headline")


def _folded(name: str) -> str:
    words = name.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@cache
def _agencies(rules: Rulebook) -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in rules.rule(_AGENCIES).strings("agencies"):
        usual, *others = entry.split("=")
        table.update({_folded(name): usual for name in (usual, *others)})
    return table
