"""What stands on the pages: a finding as a row of the list, and a finding with its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from crosscheck.model import Report
from crosscheck.report import view
from crosscheck.report.page import Account, Page, Section
from crosscheck.report.picture import Picture
from crosscheck.review.filed import Filed, cited
from crosscheck.review.revisions import Revised, revised
from crosscheck.review.states import Entry
from crosscheck.review.store import Store


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in the list; ``new`` if it appeared or changed since the visitor's last visit."""

    filed: Filed
    values: tuple[str, ...]
    new: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """A finding laid out: its positions, pictures, articles with marked passages, and history;
    ``decided`` is how it looked when it was settled, if it was reopened since, ``revised`` what the
    articles have changed since; ``steps`` say whether there is something to undo and to redo."""

    filed: Filed
    section: Section
    accounts: tuple[Account, ...]
    pictures: tuple[Picture, ...]
    decided: Section | None
    history: tuple[Entry, ...]
    values: tuple[str, ...]
    revised: tuple[Revised, ...]
    names: Mapping[str, str]
    steps: tuple[bool, bool]


def rows(found: Iterable[Filed], seen: int) -> list[Row]:
    """``seen`` is the ``seq`` up to which the visitor had seen the log; at a first visit, 0,
    nothing is called new."""
    return [
        Row(filed, tuple(view.values(filed.finding)), 0 < seen < filed.seen_seq) for filed in found
    ]


def detail(store: Store, id: str) -> Detail:
    """Raises: UnknownFindingError."""
    filed, history = store.finding(id), store.log(id)
    articles, here = store.articles(filed.cited), cited(filed.finding)
    page = Page(Report(tuple(a for a in articles if a.id in here), (filed.finding,)))
    old = None
    if filed.reopened and filed.decided:
        old = Page(Report(tuple(articles), (filed.decided,))).sections[0]
    return Detail(
        filed,
        page.sections[0],
        page.accounts,
        tuple(Picture(Markup(p["svg"]), p["caption"]) for p in filed.pictures),
        old,
        history,
        tuple(view.values(filed.finding)),
        revised(store, filed, history),
        view.labels(Report(articles, ())),
        store.steps(id),
    )
