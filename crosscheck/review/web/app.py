"""Puts the page together: guards before everything, then the API, the pages and the files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from crosscheck import __version__
from crosscheck.review.attempts import Attempts
from crosscheck.review.people import People
from crosscheck.review.states import ReviewError
from crosscheck.review.store import Store
from crosscheck.review.web import api, entrance, pages
from crosscheck.review.web.access import Access, Guard
from crosscheck.review.web.render import problem
from crosscheck.review.web.settings import Settings

_FILES = {
    "icon.svg": "image/svg+xml",
    "report.css": "text/css",
    "review.css": "text/css",
    "review.js": "text/javascript",
}


def create_app(store: Store, settings: Settings) -> FastAPI:
    """The application that serves a store under these settings."""
    access = Access(People(store.database), Attempts(store.database), settings)
    app = FastAPI(
        title="crosscheck review",
        version=__version__,
        description="Findings of a desk's store, and the decisions on them.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.add_middleware(Guard, access=access)
    app.state.store, app.state.access = store, access
    app.include_router(api.api)
    app.include_router(pages.pages)
    app.include_router(entrance.entrance)

    @app.get("/static/{name}", include_in_schema=False)
    async def static(name: str) -> Response:
        if name not in _FILES:
            raise HTTPException(404, "no such file")
        headers = {"Cache-Control": "no-cache"}
        return Response(_file(name), media_type=_FILES[name], headers=headers)

    @app.exception_handler(ReviewError)
    def refused(request: Request, error: ReviewError) -> Response:
        status = api.status_of(error)
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": str(error)}, status)
        return problem(status, str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        if request.url.path.startswith("/api/"):
            return await request_validation_exception_handler(request, error)
        where = ", ".join(".".join(map(str, one["loc"][1:])) for one in error.errors())
        return problem(422, f"The request cannot be read: {where}.")

    @app.exception_handler(StarletteHTTPException)
    def failed(request: Request, error: StarletteHTTPException) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
        if request.url.path.startswith("/static/"):
            return PlainTextResponse(error.detail, error.status_code)
        return problem(error.status_code, error.detail)

    return app


@cache
def _file(name: str) -> bytes:
    folder = "crosscheck.report" if name == "report.css" else "crosscheck.review.web"
    return files(folder).joinpath(name).read_bytes()
