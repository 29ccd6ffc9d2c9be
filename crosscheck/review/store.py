"""The store: what was imported, what the desk decided, and the log that both are written to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from crosscheck.model import Article
from crosscheck.review import snapshot
from crosscheck.review.database import Database
from crosscheck.review.entries import (
    STANDING,
    Told,
    append,
    entry_of,
    last_seq,
    requested,
    since_revision,
    standing,
    wanted,
)
from crosscheck.review.filed import Filed, filed_of
from crosscheck.review.filters import Filter, filtered
from crosscheck.review.schema import articles, finding_rules, findings, log
from crosscheck.review.states import (
    Action,
    Change,
    Entry,
    Outcome,
    ReviewError,
    UnknownFindingError,
)
from crosscheck.review.undoing import back, forth
from crosscheck.review.versions import Version, claims_in, versions_of

__all__ = ["Filed", "Filter", "Store"]


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
            query = filtered(which or Filter()).order_by(findings.c.rank, findings.c.number)
            rows = connection.execute(query).mappings().all()
            return filed_of(connection, rows)

    def finding(self, id: str) -> Filed:
        """The finding of an id or of a number. Raises: UnknownFindingError."""
        with self.database.reading() as connection:
            return filed_of(connection, [_row(connection, id)])[0]

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

    def versions(self, keys: Iterable[str]) -> dict[str, tuple[Version, ...]]:
        """The versions of articles, by key, oldest first."""
        with self.database.reading() as connection:
            return versions_of(connection, set(keys))

    def claims(self, key: str, version: int) -> tuple[Mapping[str, Any], ...]:
        """The claims of a version of an article, as rows of ``crosscheck extract``."""
        with self.database.reading() as connection:
            return claims_in(connection, key, version)

    def log(self, id: str = "", *, since: int = 0, limit: int | None = None) -> tuple[Entry, ...]:
        """The log, or a finding's part of it, in the order of ``seq``.

        Raises:
            UnknownFindingError: there is no finding of this id.
        """
        query = select(log).where(log.c.seq > since).order_by(log.c.seq).limit(limit)
        with self.database.reading() as connection:
            if id:
                query = query.where(log.c.finding == _row(connection, id, STANDING)["id"])
            return tuple(entry_of(row) for row in connection.execute(query).mappings())

    def decisions(self, limit: int, before: int | None = None) -> tuple[Entry, ...]:
        """What people wrote into the log, the newest first, from before an entry on."""
        query = select(log).where(log.c.who != "").order_by(log.c.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(log.c.seq < before)
        with self.database.reading() as connection:
            return tuple(entry_of(row) for row in connection.execute(query).mappings())

    def entry(self, seq: int) -> Entry | None:
        """The log's entry of a number."""
        with self.database.reading() as connection:
            row = connection.execute(select(log).where(log.c.seq == seq)).mappings().first()
        return entry_of(row) if row else None

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
            entry = self._decide(connection, id, who, change, base, request)
        return self._outcome(entry)

    def _outcome(self, entry: Entry) -> Outcome:
        """What the author of an entry is told, read when no writer waits for it any more."""
        seen = entry.revision - (entry.applied and entry.action != "noted")
        if entry.base == seen:
            return Outcome(entry)
        with self.database.glancing() as connection:
            return Outcome(entry, since_revision(connection, entry))

    def _decide(
        self,
        connection: Connection,
        id: str,
        who: str,
        change: Change,
        base: int | None,
        request: str,
    ) -> Entry:
        if request and (done := requested(connection, request)):
            return done
        row, seen = _begun(connection, id, base)
        applied = change.only_a_note or seen == row["revision"]
        after = wanted(row, change) if applied and not change.only_a_note else standing(row)
        action: Action = "noted" if change.only_a_note else "decided"
        told = Told(action, seen, applied, change, request)
        return append(connection, row, who, after, told)

    def undo(self, id: str, who: str, *, base: int | None = None, request: str = "") -> Outcome:
        """Takes a finding one step back, to what it was before the newest decision that stands.

        Raises:
            UnknownFindingError: there is no finding of this id.
            ReviewError: nothing was decided, or an import changed the finding since, or ``base`` is
                a revision that the finding never had.
        """
        return self._step("undone", back, "no decision to undo", id, who, base, request)

    def redo(self, id: str, who: str, *, base: int | None = None, request: str = "") -> Outcome:
        """Makes the decision again that was undone last.

        Raises:
            UnknownFindingError: there is no finding of this id.
            ReviewError: nothing was undone, or something else was decided or imported since, or
                ``base`` is a revision that the finding never had.
        """
        return self._step("redone", forth, "nothing to redo", id, who, base, request)

    def _step(
        self,
        action: Action,
        found: Callable[[Connection, str], dict[str, Any] | None],
        lacks: str,
        id: str,
        who: str,
        base: int | None,
        request: str,
    ) -> Outcome:
        with self.database.writing() as connection:
            entry = requested(connection, request) if request else None
            if entry is None:
                row, seen = _begun(connection, id, base)
                state = found(connection, row["id"])
                if state is None:
                    raise ReviewError(f"{row['id']}: there is {lacks}")
                applied = seen == row["revision"]
                told = Told(action, seen, applied, None, request)
                entry = append(connection, row, who, state if applied else standing(row), told)
        return self._outcome(entry)

    def steps(self, id: str) -> tuple[bool, bool]:
        """Whether there is something to undo and something to redo. Raises: UnknownFindingError."""
        with self.database.reading() as connection:
            key = _row(connection, id, STANDING)["id"]
            return back(connection, key) is not None, forth(connection, key) is not None

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
            return tuple(self._decide(connection, id, who, change, None, "") for id in ids)


# --- rows ----------------------------------------------------------------------------------------


def _row(connection: Connection, id: str, columns: Sequence[Any] = (findings,)) -> snapshot.Row:
    same = findings.c.id == id
    if id.isascii() and id.isdecimal() and len(id) < 10:
        same = same | (findings.c.number == int(id))
    row = connection.execute(select(*columns).where(same)).mappings().first()
    if row is None:
        raise UnknownFindingError(f"no finding {id}")
    return row


def _begun(connection: Connection, id: str, base: int | None) -> tuple[snapshot.Row, int]:
    """The finding, and the revision of it that was seen."""
    row = _row(connection, id, STANDING)
    if base is not None and not 0 <= base <= row["revision"]:
        raise ReviewError(f"{row['id']} has no revision {base}; it stands at {row['revision']}")
    return row, row["revision"] if base is None else base
