"""The findings as JSON: the contract ``crosscheck-review/1``, on which other programs rely."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from crosscheck.report import json as report
from crosscheck.review.exports.material import Material
from crosscheck.review.states import Entry
from crosscheck.review.store import Filed

SCHEMA = "crosscheck-review/1"
_EVIDENCE = frozenset({"before", "after", "finding", "topic"})
_SAID = tuple(field.name for field in fields(Entry) if field.name not in _EVIDENCE)


def render(material: Material) -> str:
    """One JSON object, most serious findings first, with a newline at the end; see
    ``docs/formats.md``."""
    return report.written({
        "schema": SCHEMA,
        "store": material.id.urn,
        "seq": material.seq,
        "as_of": material.as_of or None,
        "articles": [
            {**report.article(material.articles[key]), "name": material.names[key]}
            for key in _keys(material)
        ],
        "findings": [_finding(filed, material) for filed in material.found],
    })  # fmt: skip


def _keys(material: Material) -> list[str]:
    """The articles that the findings quote."""
    seen = (filed.decided if filed.reopened else None for filed in material.found)
    both = [*(filed.finding for filed in material.found), *(old for old in seen if old)]
    keys = {c.mention.article for f in both for p in f.positions for c in p.claims}
    return sorted(keys & material.articles.keys())


def _finding(filed: Filed, material: Material) -> dict[str, Any]:
    decision = material.decision(filed)
    return {
        "number": filed.number,
        **report.finding(filed.finding),
        "rules": sorted(set(filed.finding.reason["rules"])),
        "outlets": list(filed.outlets),
        "state": filed.state,
        "value": filed.value,
        "reason": filed.reason,
        "assignee": filed.assignee,
        "reopened": filed.reopened,
        "present": filed.present,
        "revision": filed.revision,
        "decided": {"by": decision.who, "at": decision.at} if decision else None,
        "decided_on": report.finding(filed.decided) if filed.reopened and filed.decided else None,
        "log": [_entry(entry) for entry in material.history[filed.id]],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _SAID}
