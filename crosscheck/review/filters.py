"""Which findings somebody wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crosscheck.model import DISAGREEING
from crosscheck.review.schema import finding_outlets, finding_rules, findings


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings to list; an empty part lets everything through. ``since`` is a ``seq``: only
    findings that appeared or changed after it. ``quiet`` lets topics through that agree."""

    kinds: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    severities: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    assignees: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    words: str = ""
    since: int | None = None
    quiet: bool = False
    gone: bool = False


def filtered(which: Filter) -> Any:
    """The query for the findings that pass."""
    query = select(findings)
    for column, chosen in (
        (findings.c.kind, which.kinds),
        (findings.c.verdict, which.verdicts),
        (findings.c.severity, which.severities),
        (findings.c.assignee, which.assignees),
    ):
        if chosen:
            query = query.where(column.in_(sorted(chosen)))
    if which.states:
        states = findings.c.state.in_(sorted(which.states - {"reopened"}))
        query = query.where(states | findings.c.reopened if "reopened" in which.states else states)
    for table, column, chosen in (
        (finding_outlets, finding_outlets.c.outlet, which.outlets),
        (finding_rules, finding_rules.c.rule, which.rules),
    ):
        if chosen:
            held = select(table.c.finding).where(column.in_(sorted(chosen)))
            query = query.where(findings.c.id.in_(held))
    for word in which.words.split():
        query = query.where(findings.c.topic.icontains(word, autoescape=True))
    if not which.quiet and not which.verdicts:
        query = query.where(findings.c.verdict.in_(sorted(DISAGREEING)))
    if not which.gone:
        query = query.where(findings.c.present | (findings.c.state != "open"))
    if which.since is not None:
        query = query.where(findings.c.seen_seq > which.since)
    return query
