"""crosscheck: reads several accounts of one event and reports which claims cannot both be true.

The functions below import what they need when they are called, so that importing the package
costs nothing. Their records are those of ``crosscheck.model``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from crosscheck.api import ArticleLike, Claims, Findings
    from crosscheck.values.names import NameComparison

__all__ = ["compare", "compare_names", "extract", "report"]
__version__ = "0.1.0"


def report(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    rules: Sequence[str | PathLike[str]] = (),
    model: str | None = None,
) -> Findings:
    """Read files and folders of articles and report where they disagree.

    ``rules`` are folders with a desk's own rules, ``model`` another installed spaCy pipeline.

    Raises:
        FileNotFoundError: a path is missing.
        RuleError: a rule file is wrong (``crosscheck.rulebook``).
        ModelError: the language model is not installed (``crosscheck.language``).
    """
    from crosscheck import api

    return api.report(paths, rules, model)


def extract(
    articles: ArticleLike | Iterable[ArticleLike],
    *,
    rules: Sequence[str | PathLike[str]] = (),
    model: str | None = None,
) -> Claims:
    """Every claim of some articles, compared with nothing.

    An article is a text, a mapping with ``text`` (and ``id``, ``title``, ``outlet``,
    ``published``, ``url`` if known), a ``pathlib.Path``, or an ``Article`` of ``crosscheck.model``.
    """
    from crosscheck import api

    return api.extract(articles, rules, model)


def compare(
    claims: str | PathLike[str] | Claims | pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    rules: Sequence[str | PathLike[str]] = (),
    model: str | None = None,
) -> Findings:
    """Compare the rows of a table with ``source``, ``topic``, ``value`` and perhaps ``kind``: a
    CSV file, a table of pandas or mappings; or the claims that ``extract`` returned.

    Raises:
        TableError: the table lacks a column or a cell (``crosscheck.tables``).
    """
    from crosscheck import api

    return api.compare(claims, rules, model)


def compare_names(a: str, b: str, *, rules: Sequence[str | PathLike[str]] = ()) -> NameComparison:
    """Whether two names, in any script, are one person's: ``relation``, ``evidence``, ``same``."""
    from pathlib import Path

    from crosscheck.rulebook import load
    from crosscheck.values.names import compare_names

    return compare_names(a, b, load([Path(folder) for folder in rules]))


class _Package(ModuleType):
    """Keeps the functions above when Python binds the submodules ``report`` and ``compare``."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
