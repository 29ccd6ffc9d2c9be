"""Serves the page until it is told to stop."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

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


def serve(
    store: Store, host: str, port: int, settings: Settings, ready: Callable[[str], None]
) -> None:
    """Serves the store at ``host`` and ``port`` (0: any that is free); ``ready`` is told the
    address as soon as it answers.

    Raises:
        ReviewError: the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
        except OSError as error:
            raise ReviewError(f"cannot serve at {host}:{port}: {error.strerror}") from error
        bound.listen(128)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{bound.getsockname()[1]}/"
        ready(f"{address}enter?token={settings.token}" if settings.token else address)
        config = uvicorn.Config(
            create_app(store, settings),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        uvicorn.Server(config).run(sockets=[bound])
