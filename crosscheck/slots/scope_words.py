"""Words that narrow what a figure covers or when it stood: bases, periods, exclusions, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.vocabulary import Marker, Phrases, phrases


@dataclass(frozen=True, slots=True)
class Period:
    """``of`` is ``stretch``, ``term``, ``increment`` or ``base``; ``days`` is 0 for a base."""

    of: str
    days: float


@dataclass(frozen=True, eq=False)
class ScopeWords:
    """``bases`` stand for "axis: side", ``periods`` for a name in ``lengths``, ``sides`` for
    ``with`` or ``without``, and what made a figure an earlier one for what it has become."""

    bases: Phrases
    periods: Phrases
    lengths: Mapping[str, Period]
    sides: Phrases
    replaced_before: Phrases
    replaced_near: Phrases
    compared_after: Phrases
    dimensions: Mapping[str, frozenset[str]]

    def fits(self, marker: Marker, dimension: str) -> bool:
        """Whether figures of a dimension can have what a word says."""
        only = self.dimensions.get(marker.rule, frozenset())
        return not only or dimension.split(" per ")[0].split(":")[0] in only


@cache
def scope_words(rules: Rulebook) -> ScopeWords:
    """Compiled once for each rulebook."""
    bases, periods = rules.section("bases"), rules.section("periods")
    history = rules.section("history")
    return ScopeWords(
        bases=phrases(bases, "words", "basis"),
        periods=phrases(periods, "words", ""),
        lengths={rule.id.split(".", 1)[1]: _period(rule) for rule in periods},
        sides=phrases(rules.section("exclusions"), "words", "side"),
        replaced_before=phrases(history, "before", "becomes"),
        replaced_near=phrases(history, "near", "becomes"),
        compared_after=phrases(history, "after", "becomes"),
        dimensions={r.id: frozenset(r.strings("dimensions")) for r in (*bases, *periods)},
    )


def _period(rule: Rule) -> Period:
    return Period(rule.string("of"), rule.number("days"))
