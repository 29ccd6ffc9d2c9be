"""Who a request comes from, and what is refused before anything else is looked at.

Browsers: a session in a cookie that only same-site requests carry (SameSite=Strict), and for every
request that changes something the page's own origin and a token bound to the session (OWASP
"Cross-Site Request Forgery Prevention"). Programs: a session's token in ``Authorization: Bearer``.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crosscheck.review.attempts import Attempts
from crosscheck.review.people import People, Person
from crosscheck.review.web.settings import Settings

COOKIE = "crosscheck_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST = 256 * 1024  # bytes of a request
_BY_NAME, _BY_ADDRESS = 5, 30  # failures to sign in, in five minutes

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks; ``csrf`` is what a form of theirs must carry, empty for programs."""

    person: Person
    csrf: str = ""


class Access:
    """Knows visitors, lets people in, and refuses what no page of this server sent."""

    def __init__(self, people: People, attempts: Attempts, settings: Settings) -> None:
        self.people, self.attempts, self.settings = people, attempts, settings
        self._token = settings.token
        self._key = secrets.token_bytes(32)

    # --- visitors -------------------------------------------------------------------------------

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks, if anybody that may."""
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and (person := self.people.of(bearer.strip())):
            return Visitor(person)
        if self.settings.trusts(request.client.host if request.client else ""):
            name = request.headers.get(self.settings.header, "").strip()
            csrf = _csrf(self._key, name)
            return Visitor(self.people.named(name), csrf) if name else None
        token = request.cookies.get(COOKIE, "")
        person = self.people.of(token) if token else None
        return Visitor(person, _csrf(token.encode(), "session")) if person else None

    def enter(self, token: str) -> str | None:
        """A session for the bearer of the one-time token, which is used up by it."""
        right = bool(self._token) and hmac.compare_digest(token.encode(), self._token.encode())
        if not right:
            return None
        self._token = ""
        return self.people.begin(Person(self.settings.owner, "editor"))

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """A session for a person with their password.

        Raises:
            HTTPException: 429, after too many failures under this name or from this address.
        """
        limits = {f"name {name}": _BY_NAME, f"address {address}": _BY_ADDRESS}
        attempt = self.attempts.begin(limits)
        if attempt is None:
            raise HTTPException(429, "too many failed attempts: wait five minutes")
        person = self.people.check(name, password)
        if person is None:
            return None
        self.attempts.succeeded(attempt)
        return self.people.begin(person)

    def remember(self, response: Response, token: str) -> None:
        response.set_cookie(
            COOKIE, token, httponly=True, samesite="strict", secure=self.settings.secure, path="/"
        )

    # --- refusals -------------------------------------------------------------------------------

    def refusal(self, request: Request) -> Response | None:
        """The answer to a request that no page of this server sent, or that is too large."""
        host = request.headers.get("host", "")
        if _hostname(host) not in self.settings.hosts:
            return PlainTextResponse("this page is not served under that name", 421)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return PlainTextResponse("the request is too large", 413)
        if request.method in SAFE:
            return None
        if "content-length" not in request.headers:
            return PlainTextResponse("the request does not say how long it is", 411)
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return PlainTextResponse("the request comes from another page", 403)
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return PlainTextResponse("the request comes from another page", 403)
        return None

    def check_csrf(self, visitor: Visitor, given: str) -> None:
        """Raises: HTTPException 403, if a browser's request does not carry its session's token."""
        right = hmac.compare_digest(visitor.csrf.encode(), given.encode("utf-8", "replace"))
        if visitor.csrf and not right:
            raise HTTPException(403, "the form is out of date: load the page again")


class Guard:
    """Middleware: refuses first, and makes every answer safe. Plain ASGI, since it sees every
    request and the usual wrapper costs as much as the rest of a small answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._access.refusal(Request(scope))
        await (refused or self._app)(scope, receive, safely)


def _csrf(key: bytes, about: str) -> str:
    """What a form must carry. A session's own token is the key, so that every process that serves
    the store knows it; somebody whom a proxy names has none, and the process has a key for them."""
    return hmac.new(key, about.encode(), hashlib.sha256).hexdigest()


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
