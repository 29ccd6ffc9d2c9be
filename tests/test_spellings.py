"""Pairs of short accounts in which a name is spelled in two ways, or only seems to be.

The table was written before the program was tried on it, but for the rows marked as added later.
The floors are what was measured; to lower one, say why in the commit.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crosscheck.kinds.base import Context
from crosscheck.kinds.name import NameKind, identify
from crosscheck.language import English
from crosscheck.model import Article
from crosscheck.rulebook import load

RULES = load()
ENGLISH = English()
TABLE = tomllib.loads((Path(__file__).parent / "tables/spellings.toml").read_text(encoding="utf-8"))

MISSED = {
    "person, behind the name of the firm, by ear",
    "person, Arabic, surname alone",
    "person, all caps headline",
    "person, particle",
    "spacecraft, hyphen",
    "firm, camel case and spacing",
}
"""Rows that the program does not find yet."""


def spellings(row: dict[str, Any]) -> list[list[str]]:
    """The spellings of every name that the two texts spell in more than one way."""
    articles = [Article(side, row[side], published=datetime(2031, 5, 4)) for side in ("a", "b")]
    context = Context(RULES, [ENGLISH.document(article) for article in articles])
    identify(context.documents, context)
    kind = NameKind()
    claims = [c for d in context.documents for c in kind.find(d, context)]
    positions = [kind.positions(group) for group in kind.groups(claims, context)]
    return [[label for label, _ in p] for p in positions if len(p) > 1]


@pytest.mark.parametrize("row", TABLE["shown"], ids=lambda row: row["sort"])
def test_two_spellings_are_shown(row: dict[str, Any]) -> None:
    found = spellings(row)
    a, b = row["forms"]
    hits = [s for s in found if any(a in x for x in s) and any(b in x for x in s)]
    assert bool(hits) != (row["sort"] in MISSED)
    assert len(found) == len(hits)


@pytest.mark.parametrize("row", TABLE["quiet"], ids=lambda row: row["sort"])
def test_what_only_looks_alike_is_quiet(row: dict[str, Any]) -> None:
    assert spellings(row) == []
