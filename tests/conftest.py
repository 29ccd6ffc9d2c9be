"""What tests of several files ask for: the language, a browser, databases to run a store on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright

from crosscheck.language import English

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip


def missing(what: str) -> str:
    """Skips the test; where CI=true says that everything must be there, fails it."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def english() -> English:
    return English()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of a Chromium."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return found or missing(f"none of {', '.join(CHROMIUM)} is installed")


@pytest.fixture(scope="module")  # no longer: while it is open, asyncio takes its loop to be running
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium, driven."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server."""
    from own_postgres import postgres, programs

    try:
        programs()
    except LookupError as error:
        missing(str(error))
    with postgres(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to open a new store: in a SQLite file, or on a PostgreSQL server."""
    if request.param == "sqlite":
        return str(tmp_path / "desk.db")
    from own_postgres import new_database

    return new_database(request.getfixturevalue("server"), f"desk{uuid4().hex}")
