"""What the API says and what it takes, and how both are made of what the store knows."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from crosscheck.model import Article, Finding
from crosscheck.review.differences import Hunk
from crosscheck.review.revisions import Revised
from crosscheck.review.states import Entry, Outcome, State
from crosscheck.review.store import Filed
from crosscheck.review.versions import Version

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


class VersionOut(BaseModel):
    """A version of an article, and when an import brought it."""

    number: int
    at: str
    current: bool


class ArticleTextOut(ArticleOut):
    """An article with the text of one of its versions."""

    text: str
    version: int
    versions: list[VersionOut]


class PieceOut(BaseModel):
    """A stretch of text: in both versions, or removed from the old one, or added in the new."""

    sign: Literal["same", "removed", "added"]
    text: str


Changes = list[list[PieceOut]]  # the places that differ, each with some words around it


class RevisedOut(BaseModel):
    """An article that was revised after the decision on a finding: ``decided_on`` is the version
    that was decided on (null: it came later), ``now`` the newest."""

    article: str
    decided_by: str
    decided_at: str
    decided_on: VersionOut | None
    now: VersionOut
    changes: Changes


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


def article_out(article: Article) -> dict[str, Any]:
    """The fields of an ``ArticleOut``."""
    at = article.published
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": at.isoformat() if at else None,
        "url": article.url,
    }


def version_out(version: Version) -> VersionOut:
    return VersionOut(number=version.number, at=version.at, current=version.current)


def changes_out(hunks: tuple[Hunk, ...]) -> Changes:
    return [[PieceOut(sign=piece.sign, text=piece.text) for piece in hunk] for hunk in hunks]


def revised_out(one: Revised) -> RevisedOut:
    return RevisedOut(
        article=one.key,
        decided_by=one.decision.who,
        decided_at=one.decision.at,
        decided_on=version_out(one.then) if one.then else None,
        now=version_out(one.now),
        changes=changes_out(one.hunks),
    )
