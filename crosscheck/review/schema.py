"""The tables of a store, for SQLite and PostgreSQL.

``migrations`` makes them; these definitions say how the newest version is read and written. Times
are ISO 8601 in UTC with microseconds, as text, so that both databases keep and order them alike.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("paths", JSON, nullable=False),
    Column("program", String, nullable=False),
    Column("seq", Integer, nullable=False),  # of the log's newest entry before it
)

articles = Table(
    "articles",
    metadata,
    Column("key", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("gone", Integer),
    Column("place", String, nullable=False),
    Column("content", String, nullable=False),
    Column("path", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", String, nullable=False),
    Column("dated", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("zones", JSON, nullable=False),
    Column("text", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("article", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("row", JSON, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("topic", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("first_run", ForeignKey("runs.id"), nullable=False),
    Column("changed_run", ForeignKey("runs.id"), nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("data", JSON, nullable=False),
    Column("state", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("assignee", String, nullable=False),
    Column("reopened", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("seen_seq", Integer, nullable=False),
    Column("decided", JSON),
)

finding_outlets = Table(
    "finding_outlets",
    metadata,
    Column("finding", ForeignKey("findings.id"), primary_key=True),
    Column("outlet", Text, primary_key=True),
)

finding_rules = Table(
    "finding_rules",
    metadata,
    Column("finding", ForeignKey("findings.id"), primary_key=True),
    Column("rule", String, primary_key=True),
)

log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("finding", ForeignKey("findings.id"), nullable=False),
    Column("action", String, nullable=False),
    Column("state", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("assignee", String, nullable=False),
    Column("base", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("applied", Boolean, nullable=False),
    Column("topic", Text, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("request", String, unique=True),
)
Index("log_of_finding", log.c.finding, log.c.seq)
Index("log_of_revision", log.c.finding, log.c.revision)

people = Table(
    "people",
    metadata,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),
    Column("added", String, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("role", String, nullable=False),
    Column("begun", String, nullable=False),
    Column("ends", String, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("person", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("before", Integer, nullable=False),
    Column("at", String, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("at", String, nullable=False),
)
Index("attempts_of_key", attempts.c.key)
