"""An article on a page of its own: a version of it, and what that changed."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import HTTPException
from markupsafe import Markup

from crosscheck.model import Report
from crosscheck.report.page import Account, Page
from crosscheck.review.differences import Hunk, differences
from crosscheck.review.store import Store
from crosscheck.review.versions import Version


@dataclass(frozen=True, slots=True)
class ArticleView:
    """``shown`` is one of ``versions``, ``hunks`` what it changed in the one ``before`` it."""

    key: str
    account: Account
    versions: tuple[Version, ...]
    shown: Version
    before: Version | None
    hunks: tuple[Hunk, ...]

    @property
    def body(self) -> Markup:
        return self.account.body


def article_view(store: Store, key: str, number: int | None = None) -> ArticleView:
    """A version of an article, the newest unless a number is given.

    Raises:
        HTTPException: 404, there is no such article or version.
    """
    versions, shown = version_of(store, key, number)
    before = next((v for v in reversed(versions) if v.number < shown.number), None)
    hunks = differences(before.article.text, shown.article.text) if before else ()
    (account,) = Page(Report((shown.article,), ())).accounts
    return ArticleView(key, account, versions, shown, before, hunks)


def version_of(store: Store, key: str, number: int | None) -> tuple[tuple[Version, ...], Version]:
    """An article's versions and the one of a number, or the newest.

    Raises:
        HTTPException: 404, there is no such article or version.
    """
    versions = store.versions([key]).get(key, ())
    if not versions:
        raise HTTPException(404, f"no article {key}")
    shown = next((v for v in versions if v.number == number), None)
    if number is not None and shown is None:
        raise HTTPException(404, f"article {key} has no version {number}")
    return versions, shown or versions[-1]
