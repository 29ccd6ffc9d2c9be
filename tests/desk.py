"""What the tests of review share: databases to run on, and reports to import."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from crosscheck.language import English
from crosscheck.model import Article
from crosscheck.pipeline import align_and_compare, extract
from crosscheck.read import article_from_text
from crosscheck.review.imports import Imported, planned, recorded
from crosscheck.review.store import Store
from crosscheck.rulebook import Rulebook, load

PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt/postgresql")


@cache
def rules() -> Rulebook:
    return load()


@cache
def language() -> English:
    return English()


def told(texts: Mapping[str, str], folder: Path) -> list[Article]:
    """Articles as if read from files of these names in a folder; the outlet is the file's name."""
    return [
        article_from_text(
            text, rules=rules(), id=name, path=str(folder / f"{name}.txt"), outlet=name.title()
        )
        for name, text in texts.items()
    ]


def bring(store: Store, texts: Mapping[str, str], folder: Path, who: str = "") -> Imported:
    """Imports the texts as all that a folder holds."""
    plan = planned(store, told(texts, folder), (), [folder])
    found = extract(plan.articles, rules(), language(), plan.unread)
    return recorded(store, plan, found, align_and_compare(found), who)


# --- PostgreSQL ----------------------------------------------------------------------------------


def server_folder() -> Path | None:
    """Where PostgreSQL's server programs are, if anywhere."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    for place in PLACES:
        candidates += sorted(Path(place).glob("*/bin"), reverse=True)
    complete = (f for f in candidates if (f / "initdb").exists() and (f / "postgres").exists())
    return next(complete, None)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of its own with data in ``folder``; gives its address. It refuses to run
    as root, and is then run as nobody."""
    programs = server_folder()
    if programs is None:
        if os.environ.get("CI") == "true":
            raise RuntimeError("PostgreSQL's server is not installed")
        pytest.skip("PostgreSQL's server is not installed")
    user = "nobody" if os.geteuid() == 0 else None
    data = folder / "data"
    data.mkdir()
    if user:
        shutil.chown(data, user)
        for parent in folder.parents:
            if parent != Path("/") and parent.stat().st_uid == 0:
                parent.chmod(parent.stat().st_mode | 0o011)
        folder.chmod(0o755)
    port = _free_port()
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True, capture_output=True, user=user, cwd="/",
    )  # fmt: skip
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", data],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd="/",
    )  # fmt: skip
    try:
        _wait_for(port, server)
        yield f"postgresql://desk@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=desk dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)
