"""What a notebook or another program calls; the package's root hands these functions out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from crosscheck.language import DEFAULT_MODEL, English
from crosscheck.model import Article, Claim, Report, Unread
from crosscheck.pipeline import Extraction, align_and_compare, report_on
from crosscheck.pipeline import extract as extract_claims
from crosscheck.read import UnreadableError, article_from_text, read_paths
from crosscheck.report import render
from crosscheck.report.csv import rows as finding_rows
from crosscheck.rulebook import Rulebook, load
from crosscheck.tables import compare_table, frame, read_rows, rows_of

if TYPE_CHECKING:
    import pandas as pd

Pathlike = str | PathLike[str]
ArticleLike = str | Path | Article | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Findings(Report):
    """A report (its ``findings``, ``articles`` ...) that can be shown in all formats."""

    def to_pandas(self) -> pd.DataFrame:
        """One row a claim of a finding, with the columns of the CSV report."""
        import pandas as pd

        from crosscheck.report.csv import COLUMNS

        return pd.DataFrame(list(finding_rows(self)), columns=list(COLUMNS))

    def render(self, format: str = "table", **options: Any) -> str:
        """The report as ``table``, ``markdown``, ``csv``, ``json`` or ``html``."""
        return render(self, format, **options)


@dataclass(frozen=True, eq=False)
class Claims(Sequence[Claim]):
    """The claims of some articles, in the order of the articles' ids and of the text."""

    extraction: Extraction

    @property
    def articles(self) -> tuple[Article, ...]:
        return self.extraction.articles

    @property
    def unread(self) -> tuple[Unread, ...]:
        return self.extraction.unread

    def to_pandas(self) -> pd.DataFrame:
        """One row a claim, with the columns of ``crosscheck extract``."""
        return frame(self.extraction)

    def __len__(self) -> int:
        return len(self.extraction.claims)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.extraction.claims)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        return self.extraction.claims[index]


def report(
    paths: Pathlike | Iterable[Pathlike], rules: Sequence[Pathlike], model: str | None
) -> Findings:
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    found = [Path(path) for path in given]
    for path in found:
        if not path.exists():
            raise FileNotFoundError(f"no such file or folder: {path}")
    return _findings(report_on(found, _rules(rules), English(model or DEFAULT_MODEL)))


def extract(
    articles: ArticleLike | Iterable[ArticleLike], rules: Sequence[Pathlike], model: str | None
) -> Claims:
    book = _rules(rules)
    items: Iterable[ArticleLike] = (
        [articles] if isinstance(articles, str | Path | Article | Mapping) else articles
    )
    read: list[Article] = []
    unread: list[Unread] = []
    for number, item in enumerate(items, 1):
        if isinstance(item, Path):
            found, missed = read_paths([item], book)
            read += found
            unread += missed
            continue
        try:
            read.append(_article(item, str(number), book))
        except UnreadableError as error:
            unread.append(Unread(f"item {number}: {error}"))
    return Claims(extract_claims(read, book, English(model or DEFAULT_MODEL), unread))


def compare(claims: Any, rules: Sequence[Pathlike], model: str | None) -> Findings:
    book, language = _rules(rules), English(model or DEFAULT_MODEL)
    if isinstance(claims, Claims):
        return _findings(align_and_compare(claims.extraction))
    if isinstance(claims, str | PathLike):
        return _findings(compare_table(read_rows(Path(claims)), book, language))
    items = claims.to_dict("records") if hasattr(claims, "to_dict") else claims
    return _findings(compare_table(rows_of(items), book, language))


def _rules(folders: Sequence[Pathlike]) -> Rulebook:
    return load([Path(folder) for folder in folders])


def _findings(done: Report) -> Findings:
    return Findings(**{field.name: getattr(done, field.name) for field in fields(Report)})


def _article(item: str | Article | Mapping[str, Any], id: str, rules: Rulebook) -> Article:
    if isinstance(item, Article):
        return item
    if isinstance(item, str):
        return article_from_text(item, id=id, rules=rules)
    known = ("title", "outlet", "published", "url", "path")
    given = {key: item[key] for key in known if item.get(key)}
    if isinstance(given.get("published"), str):
        given["published"] = datetime.fromisoformat(given["published"])
    return article_from_text(item["text"], id=str(item.get("id", id)), rules=rules, **given)
