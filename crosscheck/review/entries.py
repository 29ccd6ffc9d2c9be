"""The log: how an entry is written together with what it does to its finding, and read again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from crosscheck.review import snapshot
from crosscheck.review.schema import findings, log
from crosscheck.review.states import DECISIONS, SETTLED, Action, Change, Entry


def last_seq(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(log.c.seq))) or 0)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


MOST = 20  # changes by others that somebody who came second is told

_PARTS = ("state", "value", "reason", "assignee", "reopened")
_NEXT = select(func.coalesce(func.max(log.c.seq), 0) + 1).scalar_subquery()

# What must be known of a finding to decide on it; the rest may be large.
STANDING = tuple(findings.c[part] for part in ("id", "topic", "revision", *_PARTS))


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says beside the finding's state."""

    action: Action
    base: int
    applied: bool
    change: Change | None = None
    request: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def standing(row: snapshot.Row) -> dict[str, Any]:
    return {part: row[part] for part in _PARTS}


def wanted(row: snapshot.Row, change: Change) -> dict[str, Any]:
    after = standing(row)
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


def append(
    connection: Connection,
    row: snapshot.Row,
    who: str,
    after: dict[str, Any],
    told: Told,
) -> Entry:
    """Writes an entry and the finding's new state, which are one; what is decided on is the
    evidence as the store has it at that moment."""
    before = standing(row)
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
    entry["seq"] = connection.scalar(insert(log).values(seq=_NEXT, **entry).returning(log.c.seq))
    if revision != row["revision"]:
        changed = {**after, "revision": revision}
        decides = told.action in DECISIONS and (change is None or change.state is not None)
        if decides and after["state"] in SETTLED:
            changed["decided"] = findings.c.data
        connection.execute(update(findings).where(findings.c.id == row["id"]).values(**changed))
    return entry_of(entry)


def append_import(
    connection: Connection,
    row: snapshot.Row,
    action: Action,
    state: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """An entry that an import makes; ``before`` and ``after`` are the evidence."""
    after_it = {**standing(row), **(state or {})}
    told = Told(action, row["revision"], True, None, "", before or {}, after or {})
    return append(connection, row, "", after_it, told)


def entry_of(row: snapshot.Row) -> Entry:
    return Entry(**{field.name: row[field.name] for field in fields(Entry)})


def requested(connection: Connection, request: str) -> Entry | None:
    row = connection.execute(select(log).where(log.c.request == request)).mappings().first()
    return entry_of(row) if row else None


def since_revision(connection: Connection, entry: Entry) -> tuple[Entry, ...]:
    """What had changed a finding between the revision that an entry's author had seen and the
    entry, in order; of very many changes the newest."""
    query = select(log).where(
        log.c.finding == entry.finding,
        log.c.revision > entry.base,
        log.c.seq < entry.seq,
        log.c.applied,
        log.c.action != "noted",
    )
    query = query.order_by(log.c.revision.desc()).limit(MOST)
    rows = connection.execute(query).mappings().all()
    return tuple(entry_of(row) for row in reversed(rows))
