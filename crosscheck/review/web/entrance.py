"""The way in: the one-time link, signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from crosscheck.review.web.access import COOKIE
from crosscheck.review.web.depends import Gate, Reads
from crosscheck.review.web.render import problem, render

entrance = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@entrance.get("/enter")
def enter(access: Gate, token: Annotated[str, Query(max_length=200)] = "") -> Response:
    session = access.enter(token)
    if session is None:
        return problem(403, "This link was used already, or it is not complete. Start the "
                            "page again for a new one.")  # fmt: skip
    response = RedirectResponse("/", 303)
    access.remember(response, session)
    return response


@entrance.get("/sign-in")
def sign_in_page(access: Gate) -> Response:
    if not access.settings.signs_in:
        return problem(401, "Open the page with the link that was printed when it started.")
    return HTMLResponse(render("sign-in.html", None, wrong=""))


@entrance.post("/sign-in")
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


@entrance.post("/sign-out")
def sign_out(
    request: Request, access: Gate, visitor: Reads, csrf: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    access.check_csrf(visitor, csrf)
    access.people.end(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, path="/")
    return response
