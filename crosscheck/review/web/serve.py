"""Serves the page until it is told to stop."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn
from fastapi import FastAPI

from crosscheck.review.people import People
from crosscheck.review.states import ReviewError
from crosscheck.review.store import Store
from crosscheck.review.web.app import create_app
from crosscheck.review.web.settings import Settings, checked, is_loopback


def settings_for(store: Store, host: str, owner: str, wanted: Settings) -> Settings:
    """The settings as wanted; without people and without a proxy, a one-time token is made.

    Raises:
        ReviewError: it would not be safe to serve with them.
    """
    has_people = bool(People(store.database).all())
    if not has_people and not wanted.header:
        wanted = replace(wanted, token=secrets.token_urlsafe(24), owner=owner or "editor")
    if not is_loopback(host) and host not in {"0.0.0.0", "::"}:
        wanted = replace(wanted, hosts=wanted.hosts | {host})
    return checked(wanted, host, has_people)


class Serving:
    """A server that listens already; ``run`` blocks until ``stop`` is called or a signal comes."""

    def __init__(self, app: FastAPI, bound: socket.socket) -> None:
        self._bound = bound
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        with self._bound:
            self._server.run(sockets=[self._bound])

    def stop(self) -> None:
        self._server.should_exit = True


def serving(
    store: Store, host: str, port: int, settings: Settings, ready: Callable[[str], object]
) -> Serving:
    """A server of the store at ``host`` and ``port`` (0: any that is free); ``ready`` is told the
    address at which it can be reached from now on.

    Raises:
        ReviewError: the port is taken, or the host is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only what it knows to be TCP; else a second packet of an
    # answer waits for the first one to be acknowledged, which takes a browser 40 ms
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise ReviewError(f"cannot serve at {host}:{port}: {error.strerror or error}") from error
    bound.listen(128)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound.getsockname()[1]}/"
    made = Serving(create_app(store, settings), bound)
    ready(f"{address}enter?token={settings.token}" if settings.token else address)
    return made
