"""The page of review, served in a thread, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import pytest
from playwright.sync_api import Browser, sync_playwright

from crosscheck.review.store import Store
from crosscheck.review.web.serve import serving, settings_for
from crosscheck.review.web.settings import Settings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip


@contextmanager
def served(store: Store, settings: Settings | None = None) -> Iterator[str]:
    """Serves the store at a free port of this machine; gives the link by which one enters."""
    told: Queue[str] = Queue()
    wanted = settings_for(store, "127.0.0.1", "ana", settings or Settings())
    server = serving(store, "127.0.0.1", 0, wanted, told.put)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield told.get(timeout=20)
    finally:
        server.stop()
        thread.join(20)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium; the test is skipped where there is none, unless CI=true."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        if os.environ.get("CI") == "true":
            raise RuntimeError("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()
