"""Which decision on a finding can be undone, and which that was undone can be made again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from crosscheck.review import snapshot
from crosscheck.review.schema import log
from crosscheck.review.states import DECISIONS

State = dict[str, Any]


def back(connection: Connection, id: str) -> State | None:
    """What a finding was before the newest decision that stands; None if there is none, or an
    import changed the finding since."""
    done, _ = _replayed(connection, id)
    return dict(done[-1]["before"]) if done else None


def forth(connection: Connection, id: str) -> State | None:
    """What a finding was before the newest undoing; None if something was decided since."""
    _, undone = _replayed(connection, id)
    return dict(undone[-1]["after"]) if undone else None


def _replayed(connection: Connection, id: str) -> tuple[list[snapshot.Row], list[snapshot.Row]]:
    """The decisions that stand and those that were taken back, since the last import that changed
    the finding; the one whose turn is next stands last."""
    mine = (log.c.finding == id) & log.c.applied
    imported = select(func.coalesce(func.max(log.c.seq), 0)).where(mine, log.c.who == "")
    query = select(log.c.action, log.c.before, log.c.after).where(
        mine, log.c.action.in_(sorted(DECISIONS)), log.c.seq > imported.scalar_subquery()
    )
    done: list[snapshot.Row] = []
    undone: list[snapshot.Row] = []
    for row in connection.execute(query.order_by(log.c.seq)).mappings():
        if row["action"] == "redone" and undone:
            done.append(undone.pop())
        elif row["action"] == "undone" and done and done[-1]["before"] == row["after"]:
            undone.append(done.pop())
        else:  # a decision; older stores also called it undoing to undo an undoing
            done.append(row)
            undone.clear()
    return done, undone
