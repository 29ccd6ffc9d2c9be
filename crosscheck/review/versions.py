"""The versions of an article that the store has, and what is claimed in each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from crosscheck.model import Article
from crosscheck.review import snapshot
from crosscheck.review.schema import articles, claims, runs


@dataclass(frozen=True, slots=True)
class Version:
    """A text of an article. ``number`` counts from 1; ``at`` is when an import brought it, ISO 8601
    in UTC; ``seq`` is the log's newest entry before that import, so that what was decided later
    was decided on this version or a newer one."""

    number: int
    at: str
    seq: int
    current: bool
    article: Article


def versions_of(connection: Connection, keys: Collection[str]) -> dict[str, tuple[Version, ...]]:
    """The versions of articles, oldest first; articles that are not in the store are left out."""
    query = (
        select(articles, runs.c.at, runs.c.seq)
        .join(runs, runs.c.id == articles.c.run)
        .where(articles.c.key.in_(sorted(keys)))
        .order_by(articles.c.key, articles.c.version)
    )
    found: dict[str, list[Version]] = {}
    for row in connection.execute(query).mappings():
        version = Version(
            row["version"], row["at"], row["seq"], row["current"], snapshot.article(row)
        )
        found.setdefault(row["key"], []).append(version)
    return {key: tuple(held) for key, held in found.items()}


def claims_of(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """The claims of all articles in their newest version, as rows of ``crosscheck extract``."""
    query = (
        select(claims.c.article, claims.c.row)
        .join(
            articles,
            (articles.c.key == claims.c.article) & (articles.c.version == claims.c.version),
        )
        .where(articles.c.current)
        .order_by(claims.c.article, claims.c.number)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for key, row in connection.execute(query):
        found.setdefault(key, []).append(row)
    return found


def claims_in(connection: Connection, key: str, version: int) -> tuple[Mapping[str, Any], ...]:
    """The claims of one version, in the order of the text."""
    query = select(claims.c.row).where(claims.c.article == key, claims.c.version == version)
    return tuple(connection.scalars(query.order_by(claims.c.number)))


def at_entry(versions: tuple[Version, ...], seq: int) -> Version | None:
    """The version that an entry of the log was written on; None if the article came later."""
    return next((version for version in reversed(versions) if version.seq < seq), None)
