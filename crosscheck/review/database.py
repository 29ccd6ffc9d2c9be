"""One database, SQLite or PostgreSQL, with reads that see one moment and one writer at a time.

Writes wait for one another. So a finding's state and the log's line about it are one, entries are
numbered in the order in which they took effect, and an import is there whole or not at all.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InvalidatePoolError,
    NoSuchModuleError,
    OperationalError,
)

from crosscheck.review.migrations import migrate
from crosscheck.review.states import ReviewError
from crosscheck.review.turns import Turns

_WRITERS = 0x63726F7373  # the lock that writers of a PostgreSQL store take turns with
_PATIENCE = 30  # seconds to wait for another writer
# How a transaction is opened for each use. Of PostgreSQL one statement more would be one more way
# to the server and back, for which all other writers wait.
_OPENS = {
    "sqlite": {"reading": "BEGIN", "glancing": "", "writing": "BEGIN IMMEDIATE"},
    "postgresql": {
        "reading": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "glancing": "",
        "writing": f"BEGIN; SELECT pg_advisory_xact_lock({_WRITERS})",
    },
}
_KEPT = 20  # connections to PostgreSQL that are kept; making one costs more than using it
_REST = 1.0  # seconds after which a connection may have been closed without our knowing


def url_of(given: str) -> URL:
    """The database that ``--store`` names: a file's path is a SQLite file.

    Raises:
        ReviewError: no such database is known.
    """
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given)))
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise ReviewError(f"{given}: neither a file nor the address of a database") from error
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ReviewError(f"{url.drivername}: a store is a SQLite file or a PostgreSQL database")
    if url.get_backend_name() == "sqlite" and not url.database:
        raise ReviewError("a store in memory would be lost: name a file")
    return url


class Database:
    """An open store's database, its schema brought to the newest version."""

    def __init__(self, given: str, *, must_exist: bool = False) -> None:
        """Opens or makes the store.

        Raises:
            ReviewError: it cannot be opened, is not there though it must, or is of a newer program.
        """
        self.url = url_of(given)
        self.name = self.url.render_as_string(hide_password=True)
        # Threads take turns here: SQLite lets them wait by sleeping, the longer the later, and of
        # PostgreSQL each that waits would hold a connection.
        self._turns = Turns()
        if self.url.get_backend_name() == "sqlite":
            self.name = str(self.url.database)
            _check_file(Path(self.name), must_exist)
        self.engine = _engine(self.url)
        try:
            with self.writing() as connection:
                migrate(connection)
        except DBAPIError as error:
            self.engine.dispose()
            raise ReviewError(f"{self.name}: {_reason(error)}") from error
        except ReviewError as error:
            self.engine.dispose()
            raise ReviewError(f"{self.name}: {error}") from error

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the store as it is at one moment."""
        with self._connected("reading") as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """A connection for one statement that reads, which needs no transaction around it."""
        with self._connected("glancing") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer's overlaps; committed if the block ends well."""
        with self._turns, self._connected("writing") as connection:
            yield connection

    @contextmanager
    def _connected(self, use: str) -> Iterator[Connection]:
        opens = _OPENS[self.engine.dialect.name][use]
        with (
            self.engine.connect().execution_options(opens=opens) as connection,
            connection.begin(),
        ):
            yield connection


def _check_file(path: Path, must_exist: bool) -> None:
    if path.is_dir():
        raise ReviewError(f"{path}: a folder; name a file in it, such as {path / 'desk.db'}")
    if must_exist and not path.exists():
        raise ReviewError(
            f"no store {path}: make one with crosscheck report --store {path} PATH..."
        )
    if not path.parent.is_dir():
        raise ReviewError(f"{path}: no folder {path.parent}")


def _engine(url: URL) -> Engine:
    """Transactions are opened by ``_begin`` alone: the drivers themselves open none."""
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": _PATIENCE})
            event.listen(engine, "connect", _prepare)
        else:
            engine = create_engine(
                url, isolation_level="AUTOCOMMIT", pool_size=_KEPT, max_overflow=_KEPT
            )
            event.listen(engine, "checkin", _rest)
            event.listen(engine, "checkout", partial(_wake, engine))
        event.listen(engine, "begin", _begin)
        return engine
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ReviewError(
            "PostgreSQL needs a driver: pip install 'crosscheck-news[postgres]'"
        ) from error


def _prepare(raw: Any, _: object) -> None:
    """A new SQLite connection: durable at commit, readers beside one writer."""
    raw.isolation_level = None
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {setting}")


def _rest(_: Any, record: Any) -> None:
    """A connection to PostgreSQL goes back to the others."""
    record.info["rests"] = time.monotonic()


def _wake(engine: Engine, raw: Any, record: Any, _: object) -> None:
    """One that has rested is asked whether its server is still there; if not, another is made."""
    if time.monotonic() - record.info.get("rests", math.inf) < _REST:
        return
    try:
        engine.dialect.do_ping(raw)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _begin(connection: Connection) -> None:
    if opens := connection.get_execution_options().get("opens", "BEGIN"):
        connection.exec_driver_sql(opens)


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).strip().splitlines()
    first = said[0] if said else type(error).__name__
    if "not a database" in first:
        return "not a store: the file is no SQLite database"
    return first if isinstance(error, OperationalError) else f"not a store ({first})"
