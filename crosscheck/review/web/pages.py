"""The pages: a list of findings, a finding, an article, the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from crosscheck.report import view
from crosscheck.report.html import KINDS
from crosscheck.review.exports import FORMS, export
from crosscheck.review.states import STATES, Change, Outcome
from crosscheck.review.store import Filter, Store
from crosscheck.review.terminal import deed
from crosscheck.review.web.access import Visitor
from crosscheck.review.web.api import Which, filter_of
from crosscheck.review.web.articles import article_view
from crosscheck.review.web.depends import Desk, EditsByForm, Gate, Reads
from crosscheck.review.web.layout import Row, detail, rows
from crosscheck.review.web.render import render

_SHOWN, _LOGGED = 500, 200  # findings and entries on one page


pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


# --- reading --------------------------------------------------------------------------------


@pages.get("/")
def listed(
    request: Request,
    access: Gate,
    store: Desk,
    visitor: Reads,
    which: Which,
    new: bool = False,
    done: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> str:
    seen = access.people.visit(visitor.person.name)
    seq = store.newest()
    chosen = _since(which, seen) if new else which
    found = store.findings(chosen)
    everything = store.findings(Filter(gone=True))
    return render(
        "list.html",
        visitor,
        rows=rows(found[:_SHOWN], seen),
        more=max(len(found) - _SHOWN, 0),
        which=which,
        new=new,
        query=_query(request),
        choices=_choices(rows(everything, seen)),
        total=sum(which.gone or f.present or f.state != "open" for f in everything),
        seq=seq,
        forms=FORMS,
        said=_said(store, done),
    )


@pages.get("/findings/{id}")
def finding(
    request: Request,
    store: Desk,
    visitor: Reads,
    id: str,
    done: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> str:
    shown = detail(store, id)
    return render(
        "finding.html",
        visitor,
        one=shown,
        neighbours=_neighbours(store, request, shown.filed.id),
        query=_query(request),
        once=uuid4().hex,
        seq=store.newest(),
        said=_said(store, done),
        second=None,
        change=None,
    )


@pages.get("/log")
def log(
    store: Desk, visitor: Reads, before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> str:
    entries = store.decisions(_LOGGED, before)
    last = entries[-1].seq if len(entries) == _LOGGED else 0
    return render("log.html", visitor, entries=entries, last=last)


@pages.get("/articles/{key:path}")
def article(
    store: Desk,
    visitor: Reads,
    key: str,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> str:
    return render("article.html", visitor, one=article_view(store, key, version))


Base = Annotated[int, Form(ge=0, le=2**31 - 1)]  # the revision that the form was made of
Once = Annotated[str, Form(max_length=80)]  # names the form, so that it counts once
Listed = Annotated[str, Form(max_length=2000)]  # the filter of the list one came from
Said = Annotated[str, Form(max_length=4000)]


# --- deciding -------------------------------------------------------------------------------


@pages.post("/findings/{id}/decide")
def decide(
    store: Desk,
    visitor: EditsByForm,
    id: str,
    base: Base,
    once: Once,
    state: Annotated[str, Form(max_length=20)] = "",
    value: Said = "",
    reason: Said = "",
    note: Said = "",
    assignee: Annotated[str | None, Form(max_length=80)] = None,
    query: Listed = "",
) -> Response:
    filed = store.finding(id)
    taken = None if assignee is None or assignee == filed.assignee else assignee
    settled = value if state == "resolved" else ""
    change = Change(state or None, settled, reason, note, taken)  # type: ignore[arg-type]
    done = store.decide(id, visitor.person.name, change, base=base, request=once)
    return _answer(store, visitor, id, done, query, change)


@pages.post("/findings/{id}/undo")
def undo(
    store: Desk, visitor: EditsByForm, id: str, base: Base, once: Once, query: Listed = ""
) -> Response:
    done = store.undo(id, visitor.person.name, base=base, request=once)
    return _answer(store, visitor, id, done, query, None)


@pages.post("/findings/{id}/redo")
def redo(
    store: Desk, visitor: EditsByForm, id: str, base: Base, once: Once, query: Listed = ""
) -> Response:
    done = store.redo(id, visitor.person.name, base=base, request=once)
    return _answer(store, visitor, id, done, query, None)


def _answer(
    store: Store, visitor: Visitor, id: str, done: Outcome, query: str, change: Change | None
) -> Response:
    """Back to the finding; who came second sees what the others did, and their own words."""
    if done.applied:
        return RedirectResponse(f"/findings/{id}?{_with(query, done=done.entry.seq)}", 303)
    page = render(
        "finding.html", visitor, one=detail(store, id), neighbours=("", ""), query=query,
        once=uuid4().hex, seq=store.newest(), said="", second=done, change=change,
    )  # fmt: skip
    return HTMLResponse(page, 409)


@pages.post("/dismissals")
def dismiss(
    store: Desk,
    visitor: EditsByForm,
    rule: Annotated[str, Form(max_length=200)],
    reason: Said,
) -> Response:
    entries = store.dismiss_rule(rule, visitor.person.name, reason)
    return RedirectResponse(f"/?{urlencode({'done': entries[-1].seq})}", 303)


# --- out into the desk's tools ---


@pages.get("/export/{form}")
def exported(request: Request, store: Desk, _: Reads, form: str, which: Which) -> Response:
    """The findings that pass the filter, as a file."""
    if form not in FORMS:
        raise HTTPException(404, f"There is no form {form}.")
    made = export(store, form, which, str(request.base_url).rstrip("/"))
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"'}
    return Response(made.content, media_type=made.media_type, headers=headers)


@pages.get("/feed.atom")
def feed(
    request: Request,
    store: Desk,
    access: Gate,
    token: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """New and reopened findings; readers of feeds, which have no session, put a token into the
    address."""
    if access.visitor(request) is None and access.people.of(token) is None:
        raise HTTPException(401, "The feed needs a token.")
    made = export(store, "atom", Filter(), str(request.base_url).rstrip("/"))
    return Response(made.content, media_type=made.media_type)


# --- helpers -------------------------------------------------------------------------------------


def _neighbours(store: Store, request: Request, id: str) -> tuple[str, str]:
    """The finding before and the one after, in the list that the visitor came from."""
    which = filter_of(**_lists(request))
    ids = [filed.id for filed in store.findings(which)]
    if id not in ids:
        return "", ids[0] if ids else ""
    at = ids.index(id)
    return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


_MANY = ("kind", "verdict", "severity", "state", "assignee", "outlet", "rule")


def _lists(request: Request) -> dict[str, Any]:
    query = request.query_params
    chosen: dict[str, Any] = {name: query.getlist(name) for name in _MANY}
    return {**chosen, "q": query.get("q", "")[:200], "gone": query.get("gone") == "true"}


def _query(request: Request) -> str:
    """The filter of a page's address, for its links."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "done" and v]
    return urlencode(kept)


def _with(query: str, **more: int) -> str:
    """A filter's query string with more in it; whatever else it holds is left out."""
    kept = [(k, v) for k, v in parse_qsl(query) if k in {*_MANY, "q", "gone", "new"}]
    return urlencode([*kept, *more.items()])


def _said(store: Store, seq: int) -> str:
    """What an entry of the log says, for who has just made it."""
    entry = store.entry(seq) if seq else None
    return f"{entry.topic}: {deed(entry)}" if entry else ""


def _since(which: Filter, seen: int) -> Filter:
    return replace(which, since=seen)


def _choices(found: list[Row]) -> dict[str, list[tuple[str, str, int]]]:
    """The choices of each filter: value, words, and how many findings have it."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in _MANY[:-1]}
    for row in found:
        filed = row.filed
        counted["kind"][filed.finding.kind] += 1
        counted["verdict"][filed.finding.verdict] += 1
        counted["severity"][filed.finding.severity] += 1
        counted["state"].update([filed.state, *(["reopened"] if filed.reopened else [])])
        counted["assignee"].update([filed.assignee] if filed.assignee else [])
        counted["outlet"].update(filed.outlets)
    return {name: _worded(name, numbers) for name, numbers in counted.items()}


_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": dict(KINDS),
    "verdict": {str(key): word for key, word in view.WORDS.items()},
    "severity": {word: word for word in ("high", "medium", "low")},
    "state": {**{str(key): word for key, word in STATES.items()}, "reopened": "open again"},
}


def _worded(name: str, numbers: Counter[str]) -> list[tuple[str, str, int]]:
    """In the order of the words, or of the alphabet where there are none."""
    words = _WORDS.get(name, {value: value for value in sorted(numbers, key=str.casefold)})
    return [(value, word, numbers[value]) for value, word in words.items() if numbers[value]]
