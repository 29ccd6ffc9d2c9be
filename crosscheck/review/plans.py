"""Which articles an import brings: those that were read, found again among those of the store.

A store is one collection: its articles are compared with each new one, whatever folder that came
from. An article is known again by its text, its address or its file; with another text it is a new
version of the same article. One that lay in a folder which was named again, and is not there now,
is gone: it takes part no more, and what was decided about it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from crosscheck.model import Article, Unread
from crosscheck.review import snapshot
from crosscheck.review.schema import articles, runs
from crosscheck.review.store import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """``articles`` are to be compared: those of the store and those that were read, by keys of the
    store. ``fresh`` are new, ``changed`` new versions, ``gone`` the keys that are there no more."""

    base: int
    articles: tuple[Article, ...]
    unread: tuple[Unread, ...]
    paths: tuple[str, ...]
    fresh: frozenset[str]
    changed: frozenset[str]
    gone: frozenset[str]


def planned(
    store: Store, read: Sequence[Article], unread: Sequence[Unread], paths: Sequence[Path]
) -> Plan:
    """Finds the articles that were read among those of the store."""
    with store.database.reading() as connection:
        base = last_run(connection)
        query = select(articles).where(articles.c.current).order_by(articles.c.key)
        had = {row["key"]: row for row in connection.execute(query).mappings()}
    keys = _keys(read, had)
    renamed = tuple(replace(a, id=keys[a.id]) for a in read)
    here = {article.id: article for article in renamed}
    fresh = frozenset(key for key in here if key not in had)
    changed = frozenset(
        key
        for key, article in here.items()
        if key in had and had[key]["content"] != snapshot.content_hash(article.text)
    )
    gone = frozenset(_gone(had, here, unread, paths))
    kept = (
        snapshot.article(row)
        for key, row in had.items()
        if key not in here and key not in gone and row["gone"] is None
    )
    compared = tuple(sorted((*renamed, *kept), key=lambda article: article.id))
    return Plan(base, compared, tuple(unread), tuple(map(str, paths)), fresh, changed, gone)


def _keys(read: Sequence[Article], had: Mapping[str, snapshot.Row]) -> dict[str, str]:
    """The store's key of each article read: by its text, else its address, else its file."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for column, sign in _SIGNS:
        known: dict[str, list[str]] = {}
        for key, row in had.items():
            if row[column]:
                known.setdefault(row[column], []).append(key)
        for article in read:
            if article.id in keys or not (mark := sign(article)):
                continue
            free = [key for key in known.get(mark, ()) if key not in taken]
            if free:
                best = article.id if article.id in free else free[0]
                keys[article.id] = best
                taken.add(best)
    for article in read:
        if article.id not in keys:
            number, key = 1, snapshot.storable(article.id)
            while key in had or key in taken:
                number += 1
                key = f"{snapshot.storable(article.id)}~{number}"
            keys[article.id] = key
            taken.add(key)
    return keys


def place(article: Article) -> str:
    """Where an article came from: its file and, in a file of many, its id there."""
    if not article.path:
        return ""
    within = article.id.partition("#")[2] if article.path.endswith(".jsonl") else ""
    return snapshot.storable(f"{Path(article.path).resolve()}#{within}")


_SIGNS: tuple[tuple[str, Callable[[Article], str]], ...] = (
    ("content", lambda article: snapshot.content_hash(article.text)),
    ("url", lambda article: article.url),
    ("place", place),
)


def _gone(
    had: Mapping[str, snapshot.Row],
    here: Mapping[str, Article],
    unread: Sequence[Unread],
    paths: Sequence[Path],
) -> Iterable[str]:
    looked = [path.resolve() for path in paths]
    failed = {str(Path(entry.path).resolve()) for entry in unread if entry.path}
    for key, row in had.items():
        file = Path(row["place"].rpartition("#")[0])
        inside = any(file == path or path in file.parents for path in looked)
        if key not in here and row["gone"] is None and inside and str(file) not in failed:
            yield key


def last_run(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(runs.c.id))) or 0)
