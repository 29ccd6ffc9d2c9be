"""What routes ask for: the store, and a visitor who may do what the route does.

What asks no database is a coroutine: of a plain function each call takes a thread of its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Form, Header, HTTPException, Request

from crosscheck.review.store import Store
from crosscheck.review.web.access import Access, Visitor


async def store_of(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


async def access_of(request: Request) -> Access:
    access: Access = request.app.state.access
    return access


Desk = Annotated[Store, Depends(store_of)]
Gate = Annotated[Access, Depends(access_of)]


def reader(request: Request, access: Gate) -> Visitor:
    """Raises: HTTPException 401, if nobody is known to ask."""
    visitor = access.visitor(request)
    if visitor is None:
        raise HTTPException(401, "sign in, or send a token", {"WWW-Authenticate": "Bearer"})
    return visitor


Reads = Annotated[Visitor, Depends(reader)]


async def program(
    visitor: Reads, access: Gate, x_csrf_token: Annotated[str, Header(max_length=200)] = ""
) -> Visitor:
    """An editor, by the API. Raises: HTTPException 403."""
    return _editor(visitor, access, x_csrf_token)


async def form(
    visitor: Reads, access: Gate, csrf: Annotated[str, Form(max_length=200)] = ""
) -> Visitor:
    """An editor, by a form of the page. Raises: HTTPException 403."""
    return _editor(visitor, access, csrf)


def _editor(visitor: Visitor, access: Access, csrf: str) -> Visitor:
    access.check_csrf(visitor, csrf)
    if not visitor.person.may_decide:
        raise HTTPException(403, f"{visitor.person.name} may read and not decide")
    return visitor


Edits = Annotated[Visitor, Depends(program)]
EditsByForm = Annotated[Visitor, Depends(form)]
