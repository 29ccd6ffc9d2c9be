"""Bringing articles and their findings into a store: once planned, then compared, then recorded.

    plan = planned(store, articles, unread, paths)     # which articles are to be compared
    recorded(store, plan, extraction, report, who)     # in one transaction, or not at all

A store is one collection: its articles are compared with each new one, whatever folder that came
from. An article is known again by its text, its address or its file; with another text it is a new
version of the same article. One that lay in a folder which was named again, and is not there now,
is gone: it takes part no more, and what was decided about it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from crosscheck import __version__
from crosscheck.model import DISAGREEING, Article, Report, Unread
from crosscheck.pipeline import Extraction
from crosscheck.review import snapshot
from crosscheck.review.entries import append_import, last_seq, now
from crosscheck.review.identity import Known, matched
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
from crosscheck.tables import rows as claim_rows


class StaleError(ReviewError):
    """Another import came in between: plan again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``articles`` are to be compared: those of the store and those that were read, by keys of the
    store. ``fresh`` are new, ``changed`` new versions, ``gone`` the keys that are there no more."""

    base: int
    articles: tuple[Article, ...]
    unread: tuple[Unread, ...]
    paths: tuple[str, ...]
    fresh: frozenset[str]
    changed: frozenset[str]
    gone: frozenset[str]


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


def planned(
    store: Store, read: Sequence[Article], unread: Sequence[Unread], paths: Sequence[Path]
) -> Plan:
    """Finds the articles that were read among those of the store."""
    with store.database.reading() as connection:
        base = _last_run(connection)
        query = select(articles).where(articles.c.current).order_by(articles.c.key)
        had = {row["key"]: row for row in connection.execute(query).mappings()}
    keys = _keys(read, had)
    renamed = tuple(replace(a, id=keys[a.id]) for a in read)
    here = {article.id: article for article in renamed}
    fresh = frozenset(key for key in here if key not in had)
    changed = frozenset(
        key
        for key, article in here.items()
        if key in had and had[key]["content"] != snapshot.content_hash(article.text)
    )
    gone = frozenset(_gone(had, here, unread, paths))
    kept = (
        snapshot.article(row)
        for key, row in had.items()
        if key not in here and key not in gone and row["gone"] is None
    )
    compared = tuple(sorted((*renamed, *kept), key=lambda article: article.id))
    return Plan(base, compared, tuple(unread), tuple(map(str, paths)), fresh, changed, gone)


def _keys(read: Sequence[Article], had: Mapping[str, snapshot.Row]) -> dict[str, str]:
    """The store's key of each article read: by its text, else its address, else its file."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for column, sign in _SIGNS:
        known: dict[str, list[str]] = {}
        for key, row in had.items():
            if row[column]:
                known.setdefault(row[column], []).append(key)
        for article in read:
            if article.id in keys or not (mark := sign(article)):
                continue
            free = [key for key in known.get(mark, ()) if key not in taken]
            if free:
                best = article.id if article.id in free else free[0]
                keys[article.id] = best
                taken.add(best)
    for article in read:
        if article.id not in keys:
            number, key = 1, snapshot.storable(article.id)
            while key in had or key in taken:
                number += 1
                key = f"{snapshot.storable(article.id)}~{number}"
            keys[article.id] = key
            taken.add(key)
    return keys


def _place(article: Article) -> str:
    """Where an article came from: its file and, in a file of many, its id there."""
    if not article.path:
        return ""
    within = article.id.partition("#")[2] if article.path.endswith(".jsonl") else ""
    return snapshot.storable(f"{Path(article.path).resolve()}#{within}")


_SIGNS: tuple[tuple[str, Callable[[Article], str]], ...] = (
    ("content", lambda article: snapshot.content_hash(article.text)),
    ("url", lambda article: article.url),
    ("place", _place),
)


def _gone(
    had: Mapping[str, snapshot.Row],
    here: Mapping[str, Article],
    unread: Sequence[Unread],
    paths: Sequence[Path],
) -> Iterable[str]:
    looked = [path.resolve() for path in paths]
    failed = {str(Path(entry.path).resolve()) for entry in unread if entry.path}
    for key, row in had.items():
        file = Path(row["place"].rpartition("#")[0])
        inside = any(file == path or path in file.parents for path in looked)
        if key not in here and row["gone"] is None and inside and str(file) not in failed:
            yield key


# --- recording -----------------------------------------------------------------------------------


def recorded(
    store: Store, plan: Plan, extraction: Extraction, report: Report, who: str = ""
) -> Imported:
    """Writes articles, claims and findings, in one transaction.

    Raises:
        StaleError: another import was recorded since the plan was made.
    """
    found = snapshot.of_findings(report)
    with store.database.writing() as connection:
        if _last_run(connection) != plan.base:
            raise StaleError("another import came in between")
        run = plan.base + 1
        connection.execute(
            insert(runs).values(
                id=run, at=now(), who=who, paths=list(plan.paths), program=__version__
            )
        )
        _write_articles(connection, run, plan, report)
        _write_claims(connection, plan, extraction)
        names = {article.id: snapshot.storable(article.name) for article in report.articles}
        return _Recording(connection, run, plan, names).write(found)


def _last_run(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(runs.c.id))) or 0)


def _write_articles(connection: Connection, run: int, plan: Plan, report: Report) -> None:
    for article in plan.articles:
        event = snapshot.storable(report.events.get(article.id, ""))
        of_key = articles.c.key == article.id
        if article.id in plan.fresh | plan.changed:
            last = connection.scalar(select(func.max(articles.c.version)).where(of_key)) or 0
            connection.execute(update(articles).where(of_key).values(current=False))
            row = {
                "key": article.id, "version": last + 1, "run": run, "current": True,
                "gone": None, "place": _place(article), "event": event,
                **snapshot.of_article(article),
            }  # fmt: skip
            connection.execute(insert(articles).values(**row))
        else:
            now_here = {"event": event, "gone": None}
            if article.path:
                now_here |= {"path": snapshot.storable(article.path), "place": _place(article)}
            current = of_key & articles.c.current
            connection.execute(update(articles).where(current).values(**now_here))
    for key in sorted(plan.gone):
        connection.execute(
            update(articles).where(articles.c.key == key, articles.c.current).values(gone=run)
        )


def _write_claims(connection: Connection, plan: Plan, extraction: Extraction) -> None:
    """The claims of articles that are new or changed; those of older versions are kept."""
    query = select(articles.c.key, articles.c.version).where(articles.c.current)
    versions = {row.key: row.version for row in connection.execute(query)}
    written: dict[str, list[dict[str, Any]]] = {}
    for row in claim_rows(extraction):
        if row["article"] in plan.fresh | plan.changed:
            written.setdefault(row["article"], []).append(dict(row))
    for key, held in written.items():
        connection.execute(
            delete(claims).where(claims.c.article == key, claims.c.version == versions[key])
        )
        connection.execute(
            insert(claims),
            [
                {
                    "article": key,
                    "version": versions[key],
                    "number": n,
                    "row": snapshot.storable_data(row),
                }
                for n, row in enumerate(held, 1)
            ],
        )


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
