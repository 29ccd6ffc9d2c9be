"""Schema versions: each migration takes a store one version forward, in one transaction with the
others that are due. Once released, a migration is never changed; a new one is added."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from crosscheck.review.states import ReviewError

_FIRST = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, at VARCHAR NOT NULL, who VARCHAR NOT NULL,
    paths JSON NOT NULL, program VARCHAR NOT NULL
);
CREATE TABLE articles (
    key VARCHAR, version INTEGER, run INTEGER NOT NULL REFERENCES runs (id),
    current BOOLEAN NOT NULL, gone INTEGER, place VARCHAR NOT NULL, content VARCHAR NOT NULL,
    path TEXT NOT NULL, outlet TEXT NOT NULL, title TEXT NOT NULL, published VARCHAR NOT NULL,
    dated VARCHAR NOT NULL, url TEXT NOT NULL, event TEXT NOT NULL, zones JSON NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (key, version)
);
CREATE TABLE claims (
    article VARCHAR, version INTEGER, number INTEGER, "row" JSON NOT NULL,
    PRIMARY KEY (article, version, number)
);
CREATE TABLE findings (
    id VARCHAR PRIMARY KEY, number INTEGER NOT NULL UNIQUE, kind VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL, severity VARCHAR NOT NULL, topic TEXT NOT NULL,
    rank INTEGER NOT NULL, present BOOLEAN NOT NULL,
    first_run INTEGER NOT NULL REFERENCES runs (id),
    changed_run INTEGER NOT NULL REFERENCES runs (id),
    fingerprint VARCHAR NOT NULL, data JSON NOT NULL, state VARCHAR NOT NULL,
    value TEXT NOT NULL, reason TEXT NOT NULL, assignee VARCHAR NOT NULL,
    reopened BOOLEAN NOT NULL, revision INTEGER NOT NULL, seen_seq INTEGER NOT NULL, decided JSON
);
CREATE TABLE finding_outlets (
    finding VARCHAR REFERENCES findings (id), outlet TEXT, PRIMARY KEY (finding, outlet)
);
CREATE TABLE finding_rules (
    finding VARCHAR REFERENCES findings (id), rule VARCHAR, PRIMARY KEY (finding, rule)
);
CREATE TABLE log (
    seq INTEGER PRIMARY KEY, at VARCHAR NOT NULL, who VARCHAR NOT NULL,
    finding VARCHAR NOT NULL REFERENCES findings (id), action VARCHAR NOT NULL,
    state VARCHAR NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
    assignee VARCHAR NOT NULL, base INTEGER NOT NULL, revision INTEGER NOT NULL,
    applied BOOLEAN NOT NULL, topic TEXT NOT NULL, before JSON NOT NULL, after JSON NOT NULL,
    request VARCHAR UNIQUE
);
CREATE INDEX log_of_finding ON log (finding, seq)
"""

_PEOPLE = """
CREATE TABLE people (
    name VARCHAR PRIMARY KEY, role VARCHAR NOT NULL, password VARCHAR NOT NULL,
    added VARCHAR NOT NULL
);
CREATE TABLE sessions (
    token VARCHAR PRIMARY KEY, person VARCHAR NOT NULL, role VARCHAR NOT NULL,
    begun VARCHAR NOT NULL, ends VARCHAR NOT NULL
);
CREATE TABLE visits (
    person VARCHAR PRIMARY KEY, seq INTEGER NOT NULL, before INTEGER NOT NULL, at VARCHAR NOT NULL
)
"""

_FASTER = "CREATE INDEX log_of_revision ON log (finding, revision)"

_VERSIONS = """
ALTER TABLE runs ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
UPDATE runs SET seq = (SELECT coalesce(max(log.seq), 0) FROM log WHERE log.at < runs.at)
"""

_ATTEMPTS = """
CREATE TABLE attempts (
    id VARCHAR, key VARCHAR, at VARCHAR NOT NULL, PRIMARY KEY (id, key)
);
CREATE INDEX attempts_of_key ON attempts (key)
"""

_APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER log_keeps_{event.lower()} BEFORE {event} ON log "
        "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
        for event in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION log_keeps() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'the log is only added to'; END$$",
        "CREATE TRIGGER log_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON log "
        "FOR EACH STATEMENT EXECUTE FUNCTION log_keeps()",
    ],
}


def _statements(version: int, dialect: str) -> list[str]:
    scripts = {1: _FIRST, 2: _PEOPLE, 4: _FASTER, 5: _VERSIONS, 6: _ATTEMPTS}
    if version in scripts:
        return [part.strip() for part in scripts[version].split(";\n")]
    return _APPEND_ONLY[dialect]


NEWEST = 6


def version_of(connection: Connection) -> int:
    """The version of a store's schema; 0 if it has none.

    Raises:
        ReviewError: the database has tables of something else.
    """
    names = set(inspect(connection).get_table_names())
    if "schema_version" in names:
        return int(connection.scalar(text("SELECT max(version) FROM schema_version")) or 0)
    if names:
        some = ", ".join(sorted(names)[:3])
        raise ReviewError(f"the database holds something else (tables {some} ...): name another")
    return 0


def migrate(connection: Connection, to: int = NEWEST) -> int:
    """Takes the schema forward to ``to`` and returns the version it had.

    Raises:
        ReviewError: the store was written by a newer program, or the database is not a store.
    """
    had = version_of(connection)
    if had > NEWEST:
        raise ReviewError(
            f"the store has version {had} of the schema and this program knows {NEWEST}: "
            "install the newer crosscheck that wrote it"
        )
    if had == 0 and to > 0:
        connection.execute(text("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)"))
    for version in range(had + 1, to + 1):
        for statement in _statements(version, connection.dialect.name):
            connection.exec_driver_sql(statement)
        connection.execute(text("INSERT INTO schema_version VALUES (:v)"), {"v": version})
    return had
