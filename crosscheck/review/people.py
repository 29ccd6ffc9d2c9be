"""Who may: people with hashed passwords, their sessions, and what they had seen at their last
visit. Passwords are hashed by Argon2id (RFC 9106); of a session's token only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, insert, select, update

from crosscheck.review import snapshot
from crosscheck.review.database import Database
from crosscheck.review.entries import last_seq, now
from crosscheck.review.schema import people, sessions, visits
from crosscheck.review.states import ReviewError, Role

LASTS = timedelta(hours=12)
LEAST_LENGTH = 10  # NIST SP 800-63B asks for at least 8


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: Role

    @property
    def may_decide(self) -> bool:
        return self.role == "editor"


class People:
    """The people of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_hex())  # so that a wrong name costs the same

    def add(self, name: str, role: Role, password: str) -> Person:
        """Adds a person, or gives one a new role and password and ends their sessions.

        Raises:
            ReviewError: the name is empty or holds odd characters, the password is short.
        """
        name = name.strip()
        if not name or len(name) > 80 or not name.isprintable():
            raise ReviewError("a name has 1 to 80 printable characters")
        if role not in {"reader", "editor"}:
            raise ReviewError(f"no role {role!r}; choose reader or editor")
        if len(password) < LEAST_LENGTH:
            raise ReviewError(f"a password has at least {LEAST_LENGTH} characters")
        row = {"role": role, "password": self._hasher.hash(password), "added": now()}
        with self._database.writing() as connection:
            connection.execute(delete(people).where(people.c.name == name))
            connection.execute(insert(people).values(name=snapshot.storable(name), **row))
            connection.execute(delete(sessions).where(sessions.c.person == name))
        return Person(name, role)

    def remove(self, name: str) -> None:
        """Takes a person's access away at once; what they decided stays.

        Raises:
            ReviewError: there is nobody of this name.
        """
        with self._database.writing() as connection:
            gone = connection.execute(delete(people).where(people.c.name == name))
            if not gone.rowcount:
                raise ReviewError(f"nobody is called {name!r} here")
            connection.execute(delete(sessions).where(sessions.c.person == name))

    def all(self) -> tuple[Person, ...]:
        query = select(people.c.name, people.c.role).order_by(people.c.name)
        with self._database.glancing() as connection:
            return tuple(Person(name, role) for name, role in connection.execute(query))

    def named(self, name: str) -> Person:
        """A person whom somebody else vouches for: a reader, unless the store says more."""
        with self._database.glancing() as connection:
            role = connection.scalar(select(people.c.role).where(people.c.name == name))
        return Person(name, role or "reader")

    def check(self, name: str, password: str) -> Person | None:
        """The person, if the password is theirs; it takes as long if it is not."""
        query = select(people).where(people.c.name == name)
        with self._database.glancing() as connection:
            row = connection.execute(query).mappings().first()
        try:
            self._hasher.verify(row["password"] if row else self._nobody, password)
        except (VerificationError, InvalidHashError):
            return None
        return Person(row["name"], row["role"]) if row else None

    # --- sessions -------------------------------------------------------------------------------

    def begin(self, person: Person, lasts: timedelta = LASTS) -> str:
        """A new session's token; what has run out is swept away."""
        token, at = secrets.token_urlsafe(32), datetime.now(UTC)
        row = {
            "token": _hash(token), "person": person.name, "role": person.role,
            "begun": at.isoformat(), "ends": (at + lasts).isoformat(),
        }  # fmt: skip
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.ends <= at.isoformat()))
            connection.execute(insert(sessions).values(**row))
        return token

    def of(self, token: str) -> Person | None:
        """Whose session it is, if it has not run out."""
        query = select(sessions.c.person, sessions.c.role, sessions.c.ends)
        with self._database.glancing() as connection:
            row = connection.execute(query.where(sessions.c.token == _hash(token))).first()
        if row is None or row.ends <= datetime.now(UTC).isoformat():
            return None
        return Person(row.person, row.role)

    def end(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == _hash(token)))

    # --- visits ---------------------------------------------------------------------------------

    def visit(self, name: str, pause: timedelta = timedelta(minutes=30)) -> int:
        """Notes that somebody looks, and gives the ``seq`` up to which they had seen the log when
        they last did. A look within ``pause`` of the last belongs to the same visit."""
        at = datetime.now(UTC)
        with self._database.writing() as connection:
            newest = last_seq(connection)
            row = connection.execute(select(visits).where(visits.c.person == name)).first()
            if row is None:
                values = {"person": name, "seq": newest, "before": 0, "at": at.isoformat()}
                connection.execute(insert(visits).values(**values))
                return 0
            same = at - datetime.fromisoformat(row.at) < pause
            before = row.before if same else row.seq
            values = {"seq": newest, "before": before, "at": at.isoformat()}
            connection.execute(update(visits).where(visits.c.person == name).values(**values))
            return int(before)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
