"""Reports on accounts that a test writes down."""

from __future__ import annotations

from collections.abc import Sequence

from crosscheck.language import English
from crosscheck.model import Report
from crosscheck.pipeline import analyse
from crosscheck.read import article_from_text
from crosscheck.rulebook import load


def report(texts: Sequence[str], english: English) -> Report:
    """The report on these texts, whose ids are a0, a1, ..."""
    rules = load()
    articles = [article_from_text(t, id=f"a{i}", rules=rules) for i, t in enumerate(texts)]
    return analyse(articles, rules, english)
