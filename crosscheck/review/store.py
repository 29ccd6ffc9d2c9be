"""The store: what was imported, what the desk decided, and the log that both are written to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from crosscheck.model import Article, Finding
from crosscheck.review import snapshot
from crosscheck.review.database import Database
from crosscheck.review.schema import articles, finding_outlets, finding_rules, findings, log
from crosscheck.review.states import (
    SETTLED,
    Action,
    Change,
    Entry,
    Outcome,
    ReviewError,
    State,
    UnknownFindingError,
)


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


class Store:
    """A desk's store; open it with ``Store.open`` or as a context manager."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, url: str, *, must_exist: bool = False) -> Store:
        """Opens or makes a store: a SQLite file, or ``postgresql://...``.

        Raises:
            ReviewError: it cannot be opened.
        """
        return cls(Database(url, must_exist=must_exist))

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    @property
    def name(self) -> str:
        """The store without passwords, for people."""
        return self.database.name

    # --- reading --------------------------------------------------------------------------------

    def findings(self, which: Filter | None = None) -> tuple[Filed, ...]:
        """The findings that pass the filter, most serious first."""
        with self.database.reading() as connection:
            query = _filtered(which or Filter()).order_by(findings.c.rank, findings.c.number)
            rows = connection.execute(query).mappings().all()
            return _filed(connection, rows)

    def finding(self, id: str) -> Filed:
        """The finding of an id or of a number. Raises: UnknownFindingError."""
        with self.database.reading() as connection:
            return _filed(connection, [_row(connection, id)])[0]

    def articles(
        self, keys: Iterable[str] | None = None, gone: bool = False
    ) -> tuple[Article, ...]:
        """The articles, each in its newest version, by key."""
        query = select(articles).where(articles.c.current).order_by(articles.c.key)
        if keys is not None:
            query = query.where(articles.c.key.in_(sorted(set(keys))))
        elif not gone:
            query = query.where(articles.c.gone.is_(None))
        with self.database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(snapshot.article(row) for row in rows)

    def log(
        self, id: str = "", *, since: int = 0, limit: int | None = None, newest: bool = False
    ) -> tuple[Entry, ...]:
        """The log, or a finding's part of it, in the order of ``seq`` (``newest``: from its end).

        Raises:
            UnknownFindingError: there is no finding of this id.
        """
        order = log.c.seq.desc() if newest else log.c.seq
        query = select(log).where(log.c.seq > since).order_by(order).limit(limit)
        with self.database.reading() as connection:
            if id:
                query = query.where(log.c.finding == _row(connection, id)["id"])
            return tuple(_entry(row) for row in connection.execute(query).mappings())

    def entry(self, seq: int) -> Entry | None:
        """The log's entry of a number."""
        with self.database.reading() as connection:
            row = connection.execute(select(log).where(log.c.seq == seq)).mappings().first()
        return _entry(row) if row else None

    def newest(self) -> int:
        """The ``seq`` of the log's last entry; 0 for an empty log."""
        with self.database.reading() as connection:
            return last_seq(connection)

    # --- deciding -------------------------------------------------------------------------------

    def decide(
        self, id: str, who: str, change: Change, *, base: int | None = None, request: str = ""
    ) -> Outcome:
        """Records what somebody makes of a finding.

        ``base`` is the revision that they had seen (None: whatever it is now). If others changed
        the finding since, the words are kept in the log and the finding stays as the others left
        it: see ``Outcome.applied``. A note is always kept and changes nothing. ``request`` names
        the call, so that one that is sent again is not recorded twice.

        Raises:
            UnknownFindingError: there is no finding of this id.
            ReviewError: ``who`` is empty, or ``base`` is a revision that the finding never had.
        """
        if not who.strip():
            raise ReviewError("say who decides")
        with self.database.writing() as connection:
            return self._decide(connection, id, who, change, base, request)

    def _decide(
        self,
        connection: Connection,
        id: str,
        who: str,
        change: Change,
        base: int | None,
        request: str,
    ) -> Outcome:
        if request and (done := _requested(connection, request)):
            return Outcome(done)
        row = _row(connection, id)
        if base is not None and not 0 <= base <= row["revision"]:
            raise ReviewError(f"{row['id']} has no revision {base}; it stands at {row['revision']}")
        seen = row["revision"] if base is None else base
        since = _since(connection, row["id"], seen)
        applied = change.only_a_note or not since
        after = _wanted(row, change) if applied and not change.only_a_note else _standing(row)
        action: Action = "noted" if change.only_a_note else "decided"
        told = _Told(action, seen, applied, change, request)
        entry = _append(connection, row, who, after, told)
        return Outcome(entry, since)

    def undo(self, id: str, who: str, *, base: int | None = None, request: str = "") -> Outcome:
        """Takes a finding back to what it was before the last decision that took effect.

        Raises:
            UnknownFindingError: there is no finding of this id.
            ReviewError: nothing was decided, or an import changed the finding since.
        """
        with self.database.writing() as connection:
            if request and (done := _requested(connection, request)):
                return Outcome(done)
            row = _row(connection, id)
            seen = row["revision"] if base is None else base
            since = _since(connection, row["id"], seen)
            last = _last_change(connection, row["id"])
            if last is None or last.action not in {"decided", "undone"}:
                raise ReviewError(f"{row['id']}: there is no decision to undo")
            back = dict(last.before) if not since else _standing(row)
            told = _Told("undone", seen, not since, None, request)
            return Outcome(_append(connection, row, who, back, told), since)

    def dismiss_rule(self, rule: str, who: str, reason: str) -> tuple[Entry, ...]:
        """Dismisses every open finding that rests on a rule, each with its own entry.

        Raises:
            ReviewError: no reason is given, or no open finding rests on the rule.
        """
        if not reason.strip():
            raise ReviewError("say why the findings of a rule are dismissed")
        held = select(finding_rules.c.finding).where(finding_rules.c.rule == rule)
        with self.database.writing() as connection:
            query = select(findings.c.id).where(
                findings.c.id.in_(held), findings.c.state == "open", findings.c.present
            )
            ids = connection.scalars(query.order_by(findings.c.rank)).all()
            if not ids:
                raise ReviewError(f"no open finding rests on the rule {rule}")
            change = Change("dismissed", reason=f"{rule}: {reason.strip()}")
            return tuple(self._decide(connection, id, who, change, None, "").entry for id in ids)


# --- rows ----------------------------------------------------------------------------------------


def last_seq(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(log.c.seq))) or 0)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _row(connection: Connection, id: str) -> snapshot.Row:
    same = findings.c.id == id
    if id.isascii() and id.isdecimal() and len(id) < 10:
        same = same | (findings.c.number == int(id))
    row = connection.execute(select(findings).where(same)).mappings().first()
    if row is None:
        raise UnknownFindingError(f"no finding {id}")
    return row


def _filtered(which: Filter) -> Any:
    query = select(findings)
    for column, wanted in (
        (findings.c.kind, which.kinds),
        (findings.c.verdict, which.verdicts),
        (findings.c.severity, which.severities),
        (findings.c.assignee, which.assignees),
    ):
        if wanted:
            query = query.where(column.in_(sorted(wanted)))
    if which.states:
        states = findings.c.state.in_(sorted(which.states - {"reopened"}))
        query = query.where(states | findings.c.reopened if "reopened" in which.states else states)
    for table, column, wanted in (
        (finding_outlets, finding_outlets.c.outlet, which.outlets),
        (finding_rules, finding_rules.c.rule, which.rules),
    ):
        if wanted:
            held = select(table.c.finding).where(column.in_(sorted(wanted)))
            query = query.where(findings.c.id.in_(held))
    for word in which.words.split():
        query = query.where(findings.c.topic.icontains(word, autoescape=True))
    if not which.quiet and not which.verdicts:
        query = query.where(findings.c.verdict.in_(("conflict", "update", "variant")))
    if not which.gone:
        query = query.where(findings.c.present | (findings.c.state != "open"))
    if which.since is not None:
        query = query.where(findings.c.seen_seq > which.since)
    return query


def _filed(connection: Connection, rows: Sequence[snapshot.Row]) -> tuple[Filed, ...]:
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


# --- the log -------------------------------------------------------------------------------------

_PARTS = ("state", "value", "reason", "assignee", "reopened")


@dataclass(frozen=True, slots=True)
class _Told:
    """What an entry says beside the finding's state."""

    action: Action
    base: int
    applied: bool
    change: Change | None = None
    request: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def _standing(row: snapshot.Row) -> dict[str, Any]:
    return {part: row[part] for part in _PARTS}


def _wanted(row: snapshot.Row, change: Change) -> dict[str, Any]:
    after = _standing(row)
    if change.assignee is not None:
        after["assignee"] = snapshot.storable(change.assignee.strip())
    if change.state is not None:
        after |= {
            "state": change.state,
            "value": snapshot.storable(change.value.strip()),
            "reason": snapshot.storable(change.reason.strip()),
            "reopened": False,
        }
    return after


def _append(
    connection: Connection,
    row: snapshot.Row,
    who: str,
    after: dict[str, Any],
    told: _Told,
) -> Entry:
    """Writes an entry and the finding's new state, which are one."""
    before = _standing(row)
    revision = row["revision"] + (told.applied and told.action != "noted")
    said, change = dict(after), told.change
    if change is not None:
        said |= {
            "state": change.state or row["state"],
            "value": change.value.strip(),
            "reason": change.reason.strip(),
            "assignee": row["assignee"] if change.assignee is None else change.assignee.strip(),
        }
    entry = {
        "seq": last_seq(connection) + 1,
        "at": now(),
        "who": snapshot.storable(who.strip()),
        "finding": row["id"],
        "action": told.action,
        **{part: snapshot.storable(said[part]) for part in ("state", "value", "reason")},
        "assignee": snapshot.storable(said["assignee"]),
        "note": snapshot.storable(change.note.strip()) if change else "",
        "base": told.base,
        "revision": revision,
        "applied": told.applied,
        "topic": row["topic"],
        "before": told.before if told.before is not None else before,
        "after": told.after if told.after is not None else after,
        "request": told.request or None,
    }
    connection.execute(insert(log).values(**entry))
    if revision != row["revision"]:
        decided = row["decided"]
        if after["state"] in SETTLED:
            decided = row["data"]
        changed = {**after, "revision": revision, "decided": decided}
        connection.execute(update(findings).where(findings.c.id == row["id"]).values(**changed))
    return _entry(entry)


def append_import(
    connection: Connection,
    row: snapshot.Row,
    action: Action,
    state: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """An entry that an import makes; ``before`` and ``after`` are the evidence."""
    standing = {**_standing(row), **(state or {})}
    told = _Told(action, row["revision"], True, None, "", before or {}, after or {})
    return _append(connection, row, "", standing, told)


def _entry(row: snapshot.Row) -> Entry:
    return Entry(**{field.name: row[field.name] for field in fields(Entry)})


def _requested(connection: Connection, request: str) -> Entry | None:
    row = connection.execute(select(log).where(log.c.request == request)).mappings().first()
    return _entry(row) if row else None


def _since(connection: Connection, id: str, base: int) -> tuple[Entry, ...]:
    """What changed a finding after a revision."""
    query = select(log).where(log.c.finding == id, log.c.revision > base, log.c.applied)
    rows = connection.execute(query.order_by(log.c.seq)).mappings()
    return tuple(entry for row in rows if (entry := _entry(row)).action != "noted")


def _last_change(connection: Connection, id: str) -> Entry | None:
    query = select(log).where(log.c.finding == id, log.c.applied, log.c.action != "noted")
    row = connection.execute(query.order_by(log.c.seq.desc()).limit(1)).mappings().first()
    return _entry(row) if row else None
