"""The HTTP API, version 1: what the page does, for other programs. Its OpenAPI document is served
at ``/api/v1/openapi.json``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from crosscheck.model import Finding
from crosscheck.review.states import Change, Entry, Outcome, ReviewError, State, UnknownFindingError
from crosscheck.review.store import Filed, Filter, Store
from crosscheck.review.web.depends import Desk, Edits, Reads

Text = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(max_length=80)]
Seq = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Problem(BaseModel):
    """Why a request was not carried out."""

    detail: str


class ClaimOut(BaseModel):
    """A passage of an article; offsets are half-open and count characters of its text."""

    article: str
    start: int
    end: int
    text: str
    attributed_to: str
    via: list[str]
    rule: str


class PositionOut(BaseModel):
    value: str
    origins: list[str]
    outlets: list[str]
    claims: list[ClaimOut]


class FindingOut(BaseModel):
    """A finding, its state and who has it. ``revision`` goes with a decision as its ``base``."""

    id: str
    number: int
    kind: str
    topic: str
    verdict: str
    severity: str
    why: str
    advice: str
    positions: list[PositionOut]
    disagree: list[tuple[int, int]]
    rules: list[str]
    outlets: list[str]
    present: bool
    state: str
    value: str
    reason: str
    assignee: str
    reopened: bool
    revision: int


class FindingsOut(BaseModel):
    """``seq`` is the log's newest entry: ask for changes since it."""

    seq: int
    findings: list[FindingOut]


class EntryOut(BaseModel):
    """A line of the log; ``applied`` is false for a decision that came second."""

    seq: int
    at: str
    who: str
    finding: str
    topic: str
    action: str
    state: str
    value: str
    reason: str
    note: str
    assignee: str
    base: int
    revision: int
    applied: bool


class OutcomeOut(BaseModel):
    entry: EntryOut
    since: list[EntryOut]


class ChangesOut(BaseModel):
    """What happened after a ``seq``: the newest one, and the findings that imports touched
    (``imported``) or people decided on (``decided``)."""

    seq: int
    imported: list[str]
    decided: list[str]


class ArticleOut(BaseModel):
    id: str
    outlet: str
    title: str
    published: str | None
    url: str


class ArticleTextOut(ArticleOut):
    text: str


class DecisionIn(BaseModel):
    """A state, a note or an assignee. ``base`` is the revision that its author had seen;
    ``request`` names the call, so that one that is sent again is recorded once."""

    model_config = ConfigDict(extra="forbid")

    state: State | None = None
    value: Text = ""
    reason: Text = ""
    note: Text = ""
    assignee: Name | None = None
    base: Seq | None = None
    request: Annotated[str, Field(max_length=80)] = ""


class UndoIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    base: Seq | None = None
    request: Annotated[str, Field(max_length=80)] = ""


class DismissalIn(BaseModel):
    """All open findings of a rule are dismissed for one reason."""

    model_config = ConfigDict(extra="forbid")

    rule: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Annotated[str, Field(min_length=1, max_length=4000)]


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
    return [ArticleOut(**_article(a)) for a in store.articles()]


@api.get("/articles/{id}", tags=["articles"], responses=_UNKNOWN)
def article(store: Desk, _: Reads, id: str) -> ArticleTextOut:
    """An article with its text as read."""
    found = store.articles([id])
    if not found:
        raise HTTPException(404, f"no article {id}")
    return ArticleTextOut(**_article(found[0]), text=found[0].text)


def changes_since(store: Store, since: int) -> ChangesOut:
    entries = store.log(since=since)
    seq = entries[-1].seq if entries else max(since, 0)
    imported = dict.fromkeys(e.finding for e in entries if not e.who)
    decided = dict.fromkeys(e.finding for e in entries if e.who)
    return ChangesOut(seq=seq, imported=[*imported], decided=[*decided])


def finding_out(filed: Filed) -> FindingOut:
    finding = filed.finding
    return FindingOut(
        **{name: getattr(finding, name) for name in _OF_FINDING},
        positions=_positions(finding),
        disagree=list(finding.disagree),
        rules=list(finding.reason["rules"]),
        outlets=list(filed.outlets),
        **{name: getattr(filed, name) for name in _OF_FILED},
    )


_OF_FINDING = ("id", "kind", "topic", "verdict", "severity", "why", "advice")
_OF_FILED = (
    "number", "present", "state", "value", "reason", "assignee", "reopened", "revision",
)  # fmt: skip


def _positions(finding: Finding) -> list[PositionOut]:
    return [
        PositionOut(
            value=position.value,
            origins=list(position.origins),
            outlets=list(position.outlets),
            claims=[
                ClaimOut(
                    article=claim.mention.article,
                    start=claim.mention.start,
                    end=claim.mention.end,
                    text=claim.mention.text,
                    attributed_to=claim.attributed_to,
                    via=list(claim.via),
                    rule=claim.rule,
                )
                for claim in position.claims
            ],
        )
        for position in finding.positions
    ]


def entry_out(entry: Entry) -> EntryOut:
    return EntryOut(**{name: getattr(entry, name) for name in EntryOut.model_fields})


def outcome_out(outcome: Outcome) -> OutcomeOut:
    return OutcomeOut(entry=entry_out(outcome.entry), since=[entry_out(e) for e in outcome.since])


def _article(article: Any) -> dict[str, Any]:
    at = article.published
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": at.isoformat() if at else None,
        "url": article.url,
    }


def status_of(error: ReviewError) -> int:
    return 404 if isinstance(error, UnknownFindingError) else 400
