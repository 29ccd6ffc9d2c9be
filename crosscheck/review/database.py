"""One database, SQLite or PostgreSQL, with reads that see one moment and one writer at a time.

Writes wait for one another. So a finding's state and the log's line about it are one, entries are
numbered in the order in which they took effect, and an import is there whole or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from crosscheck.review.migrations import migrate
from crosscheck.review.states import ReviewError

_WRITERS = 0x63726F7373  # the lock that writers of a PostgreSQL store take turns with
_PATIENCE = 30  # seconds to wait for another writer


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
        self._lite = self.url.get_backend_name() == "sqlite"
        # threads take turns here, since SQLite lets them wait by sleeping, the longer the later
        self._turn = threading.Lock()
        if self._lite:
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
        level = {} if self._lite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer's overlaps; committed if the block ends well."""
        if not self._lite:
            with self.engine.connect() as connection, connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": _WRITERS})
                yield connection
            return
        now = {"opens": "BEGIN IMMEDIATE"}
        with (
            self._turn,
            self.engine.connect().execution_options(**now) as connection,
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
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": _PATIENCE})
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
            return engine
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ReviewError(
            "PostgreSQL needs a driver: pip install 'crosscheck-news[postgres]'"
        ) from error


def _prepare(raw: Any, _: object) -> None:
    """A new SQLite connection: durable at commit, readers beside one writer."""
    raw.isolation_level = None
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("opens", "BEGIN"))


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).strip().splitlines()
    first = said[0] if said else type(error).__name__
    if "not a database" in first:
        return "not a store: the file is no SQLite database"
    return first if isinstance(error, OperationalError) else f"not a store ({first})"
