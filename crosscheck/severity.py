"""How serious a finding is: a table in ``rules/verdicts``, by kind, verdict and circumstances."""

from __future__ import annotations

from functools import cache

from crosscheck.facts import Facts
from crosscheck.model import Severity
from crosscheck.rulebook import Rule, Rulebook


def severity_of(kind: str, verdict: str, facts: Facts, rules: Rulebook) -> tuple[Severity, str]:
    """How serious such a finding is, and the first rule that says so (empty: none does)."""
    for rule in _rules(rules):
        if (
            kind in rule.strings("kinds")
            and verdict in rule.strings("verdicts")
            and _fits(rule, facts)
        ):
            level: Severity = rule.string("severity", "low")  # type: ignore[assignment]
            return level, rule.id
    return "low", ""


@cache
def _rules(rules: Rulebook) -> tuple[Rule, ...]:
    """A desk's own rules before those that come along."""
    return tuple(sorted(rules.section("severity"), key=lambda rule: not rules.own(rule)))


def _fits(rule: Rule, facts: Facts) -> bool:
    asked = rule.data
    return (
        asked.get("headline", facts.headline) == facts.headline
        and asked.get("own", bool(facts.own)) == bool(facts.own)
        and ("states" not in asked or bool(facts.states & set(rule.strings("states"))))
        and ("against" not in asked or (bool(facts.alone) and facts.against >= asked["against"]))
        and _at_most(facts.gap, asked.get("most_gap"))
        and _at_most(facts.days, asked.get("most_days"))
        and ("least_size" not in asked or (facts.size or 0) >= asked["least_size"])
    )


def _at_most(value: float | None, limit: float | None) -> bool:
    return limit is None or (value is not None and value <= limit)
