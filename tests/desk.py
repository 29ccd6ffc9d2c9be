"""What the tests of review share: reports to import into a store."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from crosscheck.language import English
from crosscheck.model import Article
from crosscheck.pipeline import align_and_compare, extract
from crosscheck.read import article_from_text
from crosscheck.review.imports import Imported, recorded
from crosscheck.review.plans import planned
from crosscheck.review.store import Store
from crosscheck.rulebook import Rulebook, load


@cache
def rules() -> Rulebook:
    return load()


@cache
def language() -> English:
    return English()


def told(texts: Mapping[str, str], folder: Path) -> list[Article]:
    """Articles as if read from files of these names in a folder; the outlet is the file's name."""
    return [
        article_from_text(
            text, rules=rules(), id=name, path=str(folder / f"{name}.txt"), outlet=name.title()
        )
        for name, text in texts.items()
    ]


def bring(store: Store, texts: Mapping[str, str], folder: Path, who: str = "") -> Imported:
    """Imports the texts as all that a folder holds."""
    plan = planned(store, told(texts, folder), (), [folder])
    found = extract(plan.articles, rules(), language(), plan.unread)
    return recorded(store, plan, found, align_and_compare(found), who)
