"""The findings as CSV for spreadsheets: one row a finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from crosscheck.report import view
from crosscheck.report.csv import BYTE_ORDER_MARK, cell
from crosscheck.review.exports.material import Material
from crosscheck.review.states import STATES
from crosscheck.review.store import Filed

COLUMNS = (
    "number", "id", "kind", "topic", "verdict", "severity", "state", "value", "reason", "assignee",
    "reopened", "present", "revision", "outlets", "values", "decided_by", "decided_at", "why",
    "advice",
)  # fmt: skip


def render(material: Material) -> str:
    """Rows of ``COLUMNS`` below a header, with a byte order mark, most serious first. No cell can
    be taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(material):
        writer.writerow({key: cell(str(value)) for key, value in row.items()})
    return BYTE_ORDER_MARK + out.getvalue()


def rows(material: Material) -> Iterator[dict[str, str | int]]:
    """The rows as they are, with nothing disarmed."""
    for filed in material.found:
        yield _row(filed, material)


def _row(filed: Filed, material: Material) -> dict[str, str | int]:
    finding, decision = filed.finding, material.decision(filed)
    return {
        "number": filed.number,
        "id": filed.id,
        "kind": finding.kind,
        "topic": finding.topic,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "state": STATES[filed.state],
        "value": filed.value,
        "reason": filed.reason,
        "assignee": filed.assignee,
        "reopened": _yes(filed.reopened),
        "present": _yes(filed.present),
        "revision": filed.revision,
        "outlets": "; ".join(filed.outlets),
        "values": "; ".join(view.values(finding)),
        "decided_by": decision.who if decision else "",
        "decided_at": decision.at if decision else "",
        "why": finding.why,
        "advice": finding.advice,
    }


def _yes(true: bool) -> str:
    return "yes" if true else "no"
