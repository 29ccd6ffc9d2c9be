"""The pages: a list of findings, a finding, the log, an article, the way in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from crosscheck.report import safe, view
from crosscheck.report.html import KINDS, SIGNS
from crosscheck.report.passages import visible
from crosscheck.review.exports import FORMS, export
from crosscheck.review.states import STATES, Change, Outcome
from crosscheck.review.store import Filter, Store
from crosscheck.review.terminal import deed, state_of
from crosscheck.review.web.access import COOKIE, Visitor
from crosscheck.review.web.api import Which, filter_of
from crosscheck.review.web.depends import Desk, EditsByForm, Gate, Reads
from crosscheck.review.web.layout import Detail, Row, detail, rows

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
    shown = _detail(store, id)
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
    store: Desk,
    visitor: EditsByForm,
    id: str,
    base: Base,
    once: Once,
    query: Listed = "",
) -> Response:
    done = store.undo(id, visitor.person.name, base=base, request=once)
    return _answer(store, visitor, id, done, query, None)


def _answer(
    store: Store, visitor: Visitor, id: str, done: Outcome, query: str, change: Change | None
) -> Response:
    """Back to the finding; who came second sees what the others did, and their own words."""
    if done.applied:
        return RedirectResponse(f"/findings/{id}?{_with(query, done=done.entry.seq)}", 303)
    page = render(
        "finding.html", visitor, one=_detail(store, id), neighbours=("", ""), query=query,
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


# --- the way in -----------------------------------------------------------------------------


@pages.get("/enter")
def enter(access: Gate, token: Annotated[str, Query(max_length=200)] = "") -> Response:
    session = access.enter(token)
    if session is None:
        return problem(403, "This link was used already, or it is not complete. Start the "
                            "page again for a new one.")  # fmt: skip
    response = RedirectResponse("/", 303)
    access.remember(response, session)
    return response


@pages.get("/sign-in")
def sign_in_page(access: Gate) -> Response:
    if not access.settings.signs_in:
        return problem(401, "Open the page with the link that was printed when it started.")
    return HTMLResponse(render("sign-in.html", None, wrong=""))


@pages.post("/sign-in")
def sign_in(
    request: Request,
    access: Gate,
    name: Annotated[str, Form(max_length=80)],
    password: Annotated[str, Form(max_length=1000)],
) -> Response:
    address = request.client.host if request.client else ""
    if not access.settings.signs_in:
        raise HTTPException(404, "Nobody signs in here.")
    session = access.sign_in(name, password, address)
    if session is None:
        page = render("sign-in.html", None, wrong="Name and password do not belong together.")
        return HTMLResponse(page, 403)
    response = RedirectResponse("/", 303)
    access.remember(response, session)
    return response


@pages.post("/sign-out")
def sign_out(
    request: Request, access: Gate, visitor: Reads, csrf: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    access.check_csrf(visitor, csrf)
    access.people.end(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


# --- helpers -------------------------------------------------------------------------------------


def _detail(store: Store, id: str) -> Detail:
    filed = store.finding(id)
    held = {c.mention.article for p in filed.finding.positions for c in p.claims}
    if filed.decided:
        held |= {c.mention.article for p in filed.decided.positions for c in p.claims}
    return detail(filed, store.articles(held), store.log(id))


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


def problem(status: int, text: str) -> HTMLResponse:
    """A page that says what went wrong; for those who are not let in, with the way in."""
    return HTMLResponse(render("problem.html", None, status=status, text=text), status)


def render(name: str, visitor: Visitor | None, **values: Any) -> str:
    page = _environment().get_template(name).render(visitor=visitor, **values)
    return safe.encodable(page)


@cache
def _environment() -> Environment:
    folder = files("crosscheck.review.web").joinpath("templates")

    def load(name: str) -> str:
        return folder.joinpath(name).read_text(encoding="utf-8")

    made = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["bdi"] = lambda text: Markup("<bdi>{}</bdi>").format(visible(str(text)))
    made.filters["short"] = lambda text, limit=200: safe.short(str(text), limit)
    made.filters["deed"] = deed
    made.filters["state"] = state_of
    made.globals.update(words=view.WORDS, signs=SIGNS, kinds=KINDS, states=STATES)
    return made
