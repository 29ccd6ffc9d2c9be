"""Attempts to sign in, counted in the store, so that all processes that serve it count as one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select

from crosscheck.review.database import Database
from crosscheck.review.schema import attempts

WINDOW = timedelta(minutes=5)


class Attempts:
    """Attempts of the last five minutes, under whatever they are limited by: a name, an address.
    Of these only a hash is kept, since people type passwords where a name belongs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, limits: Mapping[str, int]) -> str | None:
        """Counts an attempt, before it is known how it ends, so that many at once are counted, too.
        Gives what ``succeeded`` wants to know; None if there were too many under one of these."""
        id, now = secrets.token_hex(8), datetime.now(UTC)
        keys = {_hash(key): most for key, most in limits.items()}
        with self._database.writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.at <= (now - WINDOW).isoformat()))
            query = select(attempts.c.key, func.count()).where(attempts.c.key.in_(sorted(keys)))
            counted = connection.execute(query.group_by(attempts.c.key))
            if any(number >= keys[key] for key, number in counted):
                return None
            rows = [{"id": id, "key": key, "at": now.isoformat()} for key in sorted(keys)]
            connection.execute(insert(attempts), rows)
        return id

    def succeeded(self, id: str) -> None:
        """It was the right password: the attempt counts no more."""
        with self._database.writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.id == id))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
