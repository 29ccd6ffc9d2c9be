"""A finding as the store keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from crosscheck.model import Finding
from crosscheck.review import snapshot
from crosscheck.review.schema import finding_outlets
from crosscheck.review.states import State


@dataclass(frozen=True, slots=True)
class Filed:
    """A finding as the store keeps it. ``number`` is short and never used again; ``present`` says
    whether the newest import still shows it; ``decided`` is what a settled finding looked like
    when it was settled, kept while ``reopened`` so that both states can be shown."""

    finding: Finding
    number: int
    present: bool
    state: State
    value: str
    reason: str
    assignee: str
    reopened: bool
    revision: int
    outlets: tuple[str, ...]
    pictures: tuple[dict[str, str], ...]
    seen_seq: int
    decided: Finding | None

    @property
    def id(self) -> str:
        return self.finding.id

    @property
    def cited(self) -> frozenset[str]:
        """The keys of the articles that it rests on, or rested on when it was settled."""
        return cited(self.finding) | (cited(self.decided) if self.decided else frozenset())


def cited(finding: Finding) -> frozenset[str]:
    """The ids of the articles that a finding's positions quote."""
    return frozenset(claim.mention.article for p in finding.positions for claim in p.claims)


def filed_of(connection: Connection, rows: Sequence[snapshot.Row]) -> tuple[Filed, ...]:
    """The findings that rows hold."""
    ids = [row["id"] for row in rows]
    query = select(finding_outlets).order_by(finding_outlets.c.outlet)
    if len(ids) < 500:
        query = query.where(finding_outlets.c.finding.in_(ids))
    held: dict[str, list[str]] = {}
    for finding, outlet in connection.execute(query):
        held.setdefault(finding, []).append(outlet)
    return tuple(
        Filed(
            snapshot.finding(row["id"], row["data"]), row["number"], row["present"], row["state"],
            row["value"], row["reason"], row["assignee"], row["reopened"], row["revision"],
            tuple(held.get(row["id"], ())), tuple(row["data"]["pictures"]), row["seen_seq"],
            snapshot.finding(row["id"], row["decided"]) if row["decided"] else None,
        )
        for row in rows
    )  # fmt: skip
