"""Bringing articles and their findings into a store: once planned, then compared, then recorded.

plan = planned(store, articles, unread, paths)     # which articles are to be compared
recorded(store, plan, extraction, report, who)     # in one transaction, or not at all
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from crosscheck import __version__
from crosscheck.model import DISAGREEING, Report
from crosscheck.pipeline import Extraction
from crosscheck.review import snapshot
from crosscheck.review.entries import append_import, last_seq, now
from crosscheck.review.identity import Known, matched
from crosscheck.review.plans import Plan, last_run, place
from crosscheck.review.schema import (
    articles,
    claims,
    finding_outlets,
    finding_rules,
    findings,
    runs,
)
from crosscheck.review.states import SETTLED, ReviewError
from crosscheck.review.store import Store
from crosscheck.review.versions import claims_of
from crosscheck.tables import rows as claim_rows


class StaleError(ReviewError):
    """Another import came in between: plan again."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, as counts of articles and of findings that disagree; ``quieted`` are the
    report's ids of those that the desk dismissed or resolved."""

    run: int
    articles: int
    fresh: int
    changed: int
    gone: int
    new: int
    differing: int
    vanished: int
    returned: int
    reopened: int
    quieted: frozenset[str]


def recorded(
    store: Store, plan: Plan, extraction: Extraction, report: Report, who: str = ""
) -> Imported:
    """Writes articles, claims and findings, in one transaction.

    Raises:
        StaleError: another import was recorded since the plan was made.
    """
    found = snapshot.of_findings(report)
    with store.database.writing() as connection:
        if last_run(connection) != plan.base:
            raise StaleError("another import came in between")
        run = plan.base + 1
        connection.execute(
            insert(runs).values(
                id=run,
                at=now(),
                who=who,
                paths=list(plan.paths),
                program=__version__,
                seq=last_seq(connection),
            )
        )
        _write_articles(connection, run, plan, report)
        _write_claims(connection, extraction)
        names = {article.id: snapshot.storable(article.name) for article in report.articles}
        return _Recording(connection, run, plan, names).write(found)


def _write_articles(connection: Connection, run: int, plan: Plan, report: Report) -> None:
    for article in plan.articles:
        event = snapshot.storable(report.events.get(article.id, ""))
        of_key = articles.c.key == article.id
        if article.id in plan.fresh | plan.changed:
            last = connection.scalar(select(func.max(articles.c.version)).where(of_key)) or 0
            connection.execute(update(articles).where(of_key).values(current=False))
            row = {
                "key": article.id, "version": last + 1, "run": run, "current": True,
                "gone": None, "place": place(article), "event": event,
                **snapshot.of_article(article),
            }  # fmt: skip
            connection.execute(insert(articles).values(**row))
        else:
            now_here = {"event": event, "gone": None}
            if article.path:
                now_here |= {"path": snapshot.storable(article.path), "place": place(article)}
            current = of_key & articles.c.current
            connection.execute(update(articles).where(current).values(**now_here))
    for key in sorted(plan.gone):
        connection.execute(
            update(articles).where(articles.c.key == key, articles.c.current).values(gone=run)
        )


def _write_claims(connection: Connection, extraction: Extraction) -> None:
    """The claims of every article as it reads now, for whom a name means may hang on the other
    articles; those of older versions stay as they were."""
    query = select(articles.c.key, articles.c.version).where(articles.c.current)
    versions = {row.key: row.version for row in connection.execute(query)}
    had, found = claims_of(connection), dict[str, list[dict[str, Any]]]()
    for row in claim_rows(extraction):
        found.setdefault(row["article"], []).append(snapshot.storable_data(dict(row)))
    for article in extraction.articles:
        key, held = article.id, found.get(article.id, [])
        if held == had.get(key, []):
            continue
        of = {"article": key, "version": versions[key]}
        connection.execute(
            delete(claims).where(claims.c.article == key, claims.c.version == versions[key])
        )
        if held:
            rows = [{**of, "number": n, "row": row} for n, row in enumerate(held, 1)]
            connection.execute(insert(claims), rows)


class _Recording:
    """The findings of one import, written beside those that the store has."""

    def __init__(
        self, connection: Connection, run: int, plan: Plan, names: Mapping[str, str]
    ) -> None:
        self.connection, self.run, self.plan, self.names = connection, run, plan, names
        rows = connection.execute(select(findings)).mappings()
        self.had = {row["id"]: row for row in rows}
        self.counts = dict.fromkeys(("new", "differing", "vanished", "returned", "reopened"), 0)

    def write(self, found: Mapping[str, dict[str, Any]]) -> Imported:
        known = {id: Known(id, row["data"], row["present"]) for id, row in self.had.items()}
        old, new = matched(found, known)
        ranks = {id: rank for rank, id in enumerate(found, 1)}
        quieted = set()
        for id, data in found.items():
            if id in new:
                self._add(new[id], data, ranks[id])
            elif self._renew(self.had[old[id]], data, ranks[id]):
                quieted.add(id)
        for id in sorted(set(self.had) - set(old.values())):
            self._miss(self.had[id])
        plan = self.plan
        return Imported(
            self.run, len(plan.articles), len(plan.fresh), len(plan.changed), len(plan.gone),
            **self.counts, quieted=frozenset(quieted),
        )  # fmt: skip

    def _add(self, id: str, data: dict[str, Any], rank: int) -> None:
        number = int(self.connection.scalar(select(func.max(findings.c.number))) or 0) + 1
        row = {
            "id": id, "number": number, "first_run": self.run, "changed_run": self.run,
            "present": True, "state": "open", "value": "", "reason": "", "assignee": "",
            "reopened": False, "revision": 0, "seen_seq": last_seq(self.connection) + 1,
            "decided": None, **self._columns(data, rank),
        }  # fmt: skip
        self.connection.execute(insert(findings).values(**row))
        self._index(id, data)
        append_import(self.connection, row, "appeared", after=data)
        self.counts["new"] += data["verdict"] in DISAGREEING

    def _renew(self, row: snapshot.Row, data: dict[str, Any], rank: int) -> bool:
        """Brings a known finding up to date; whether the desk has settled it."""
        columns = self._columns(data, rank)
        differs = columns["fingerprint"] != row["fingerprint"]
        against = snapshot.fingerprint(row["decided"]) if row["decided"] else row["fingerprint"]
        reopens = row["state"] in SETTLED and columns["fingerprint"] != against
        changed = {**columns, "present": True}
        if differs or not row["present"]:
            changed |= {"changed_run": self.run, "seen_seq": last_seq(self.connection) + 1}
        of_id = findings.c.id == row["id"]
        self.connection.execute(update(findings).where(of_id).values(**changed))
        self._index(row["id"], data)
        current = {**row, **changed}
        if not row["present"]:
            append_import(self.connection, current, "returned", None, row["data"], data)
            self.counts["returned"] += data["verdict"] in DISAGREEING
        elif differs and not reopens:
            append_import(self.connection, current, "changed", None, row["data"], data)
            self._count(row["verdict"], data["verdict"])
        if reopens:
            fresh = {"state": "open", "value": "", "reason": "", "reopened": True}
            latest = self.connection.execute(select(findings).where(of_id)).mappings().one()
            append_import(self.connection, latest, "reopened", fresh, row["decided"], data)
            self.counts["reopened"] += 1
        return row["state"] in {"dismissed", "resolved"} and not reopens

    def _count(self, before: str, after: str) -> None:
        """A topic on which the accounts have come to disagree is new to the desk."""
        if after in DISAGREEING:
            self.counts["differing" if before in DISAGREEING else "new"] += 1
        elif before in DISAGREEING:
            self.counts["vanished"] += 1

    def _miss(self, row: snapshot.Row) -> None:
        """A finding that the report does not show: gone, and its decision stays."""
        if not row["present"]:
            return
        changed = {"present": False, "seen_seq": last_seq(self.connection) + 1}
        self.connection.execute(
            update(findings).where(findings.c.id == row["id"]).values(**changed)
        )
        append_import(self.connection, {**row, **changed}, "gone", before=row["data"])
        self.counts["vanished"] += row["verdict"] in DISAGREEING

    def _columns(self, data: dict[str, Any], rank: int) -> dict[str, Any]:
        same = ("kind", "verdict", "severity", "topic")
        return {
            **{name: data[name] for name in same},
            "rank": rank,
            "fingerprint": snapshot.fingerprint(data),
            "data": data,
        }

    def _index(self, id: str, data: dict[str, Any]) -> None:
        for table, name, values in (
            (finding_outlets, "outlet", snapshot.outlets(data, self.names)),
            (finding_rules, "rule", sorted(set(data["rules"]))),
        ):
            self.connection.execute(delete(table).where(table.c.finding == id))
            if values:
                rows = [{"finding": id, name: value} for value in values]
                self.connection.execute(insert(table), rows)
