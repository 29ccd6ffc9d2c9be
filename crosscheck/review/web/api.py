"""The HTTP API, version 1: what the page does, for other programs. Its OpenAPI document is served
at ``/api/v1/openapi.json``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from crosscheck.review.differences import differences
from crosscheck.review.revisions import revised
from crosscheck.review.states import Change, ReviewError, UnknownFindingError
from crosscheck.review.store import Filter, Store
from crosscheck.review.web.articles import version_of
from crosscheck.review.web.depends import Desk, Edits, Reads
from crosscheck.review.web.models import (
    ArticleOut,
    ArticleTextOut,
    Changes,
    ChangesOut,
    DecisionIn,
    DismissalIn,
    EntryOut,
    FindingOut,
    FindingsOut,
    OutcomeOut,
    Problem,
    RevisedOut,
    UndoIn,
    article_out,
    changes_out,
    entry_out,
    finding_out,
    outcome_out,
    revised_out,
    version_out,
)

_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem}, 401: {"model": Problem}, 403: {"model": Problem},
}  # fmt: skip
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}
_SECOND: dict[int | str, dict[str, Any]] = {
    409: {"model": OutcomeOut, "description": "Others decided since; the words are kept."}
}


def filter_of(
    kind: Annotated[list[str] | None, Query()] = None,
    verdict: Annotated[list[str] | None, Query()] = None,
    severity: Annotated[list[str] | None, Query()] = None,
    state: Annotated[list[str] | None, Query()] = None,
    assignee: Annotated[list[str] | None, Query()] = None,
    outlet: Annotated[list[str] | None, Query()] = None,
    rule: Annotated[list[str] | None, Query()] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    quiet: bool = False,
    gone: bool = False,
) -> Filter:
    """The filter that a query string describes; the list and the API read it alike."""

    def some(given: list[str] | None) -> frozenset[str]:
        return frozenset(text.replace("\x00", "") for text in given or () if text)

    return Filter(
        some(kind), some(verdict), some(severity), some(state), some(assignee), some(outlet),
        some(rule), q.replace("\x00", ""), since, quiet, gone,
    )  # fmt: skip


Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]  # of an article's version
Which = Annotated[Filter, Depends(filter_of)]

api = APIRouter(prefix="/api/v1", responses=_REFUSED)


@api.get("/findings", tags=["findings"])
def findings(store: Desk, _: Reads, which: Which) -> FindingsOut:
    """The findings that pass the filter, most serious first."""
    seq = store.newest()
    return FindingsOut(seq=seq, findings=[finding_out(f) for f in store.findings(which)])


@api.get("/findings/{id}", tags=["findings"], responses=_UNKNOWN)
def finding(store: Desk, _: Reads, id: str) -> FindingOut:
    """One finding, by its id or number."""
    return finding_out(store.finding(id))


@api.get("/findings/{id}/log", tags=["findings"], responses=_UNKNOWN)
def finding_log(store: Desk, _: Reads, id: str) -> list[EntryOut]:
    """All that was ever decided on a finding, in order."""
    return [entry_out(entry) for entry in store.log(id)]


@api.get("/findings/{id}/revised", tags=["findings"], responses=_UNKNOWN)
def finding_revised(store: Desk, _: Reads, id: str) -> list[RevisedOut]:
    """The articles of a finding that were revised since the decision on it, and how."""
    filed = store.finding(id)
    return [revised_out(one) for one in revised(store, filed, store.log(id))]


@api.post(
    "/findings/{id}/decisions",
    tags=["decisions"],
    status_code=201,
    responses={**_UNKNOWN, **_SECOND},
)
def decide(
    store: Desk, visitor: Edits, id: str, body: DecisionIn, response: Response
) -> OutcomeOut:
    """Records a decision, a note or an assignee. If others changed the finding since ``base``,
    the words are kept without effect, and the answer is 409 with what the others did."""
    change = Change(body.state, body.value, body.reason, body.note, body.assignee)
    done = store.decide(id, visitor.person.name, change, base=body.base, request=body.request)
    response.status_code = 201 if done.applied else 409
    return outcome_out(done)


@api.post(
    "/findings/{id}/undo",
    tags=["decisions"],
    status_code=201,
    responses={**_UNKNOWN, **_SECOND},
)
def undo(store: Desk, visitor: Edits, id: str, body: UndoIn, response: Response) -> OutcomeOut:
    """Takes a finding back to what it was before the last decision."""
    done = store.undo(id, visitor.person.name, base=body.base, request=body.request)
    response.status_code = 201 if done.applied else 409
    return outcome_out(done)


@api.post(
    "/findings/{id}/redo", tags=["decisions"], status_code=201, responses={**_UNKNOWN, **_SECOND}
)
def redo(store: Desk, visitor: Edits, id: str, body: UndoIn, response: Response) -> OutcomeOut:
    """Makes the decision again that was undone last."""
    done = store.redo(id, visitor.person.name, base=body.base, request=body.request)
    response.status_code = 201 if done.applied else 409
    return outcome_out(done)


@api.post("/dismissals", tags=["decisions"], status_code=201)
def dismiss(store: Desk, visitor: Edits, body: DismissalIn) -> list[EntryOut]:
    """Dismisses every open finding that rests on a rule."""
    entries = store.dismiss_rule(body.rule, visitor.person.name, body.reason)
    return [entry_out(entry) for entry in entries]


@api.get("/log", tags=["log"])
def log(
    store: Desk,
    _: Reads,
    since: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> list[EntryOut]:
    """The log after an entry, in order."""
    return [entry_out(entry) for entry in store.log(since=since, limit=limit)]


@api.get("/changes", tags=["log"])
def changes(store: Desk, _: Reads, since: Annotated[int, Query(ge=0, le=2**31 - 1)]) -> ChangesOut:
    """Which findings were touched after an entry of the log."""
    return changes_since(store, since)


@api.get("/articles", tags=["articles"])
def articles(store: Desk, _: Reads) -> list[ArticleOut]:
    """The articles that take part, without their texts."""
    return [ArticleOut(**article_out(a)) for a in store.articles()]


@api.get("/articles/{id}", tags=["articles"], responses=_UNKNOWN)
def article(store: Desk, _: Reads, id: str, version: Number = None) -> ArticleTextOut:
    """An article with its text as read, in its newest version or another."""
    versions, shown = version_of(store, id, version)
    return ArticleTextOut(
        **article_out(shown.article),
        text=shown.article.text,
        version=shown.number,
        versions=[version_out(one) for one in versions],
    )


@api.get("/articles/{id}/changes", tags=["articles"], responses=_UNKNOWN)
def article_changes(
    store: Desk,
    _: Reads,
    id: str,
    since: Annotated[int, Query(ge=1, le=2**31 - 1)],
    version: Number = None,
) -> Changes:
    """What differs, word by word, between two versions of an article (by default the newest)."""
    old, new = version_of(store, id, since)[1], version_of(store, id, version)[1]
    return changes_out(differences(old.article.text, new.article.text))


@api.get("/articles/{id}/claims", tags=["articles"], responses=_UNKNOWN)
def article_claims(store: Desk, _: Reads, id: str, version: Number = None) -> list[dict[str, Any]]:
    """What is claimed in an article, as ``crosscheck extract`` tells it."""
    shown = version_of(store, id, version)[1]
    return [dict(row) for row in store.claims(id, shown.number)]


def changes_since(store: Store, since: int) -> ChangesOut:
    entries = store.log(since=since)
    seq = entries[-1].seq if entries else max(since, 0)
    imported = dict.fromkeys(e.finding for e in entries if not e.who and e.is_news)
    decided = dict.fromkeys(e.finding for e in entries if e.who)
    return ChangesOut(seq=seq, imported=[*imported], decided=[*decided])


def status_of(error: ReviewError) -> int:
    return 404 if isinstance(error, UnknownFindingError) else 400
