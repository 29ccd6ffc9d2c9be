"""A PostgreSQL server of one's own, for tests and benchmarks: started, used and stopped again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt/postgresql")


def programs() -> Path:
    """The folder of PostgreSQL's server programs.

    Raises:
        LookupError: they are not installed.
    """
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    for place in PLACES:
        candidates += sorted(Path(place).glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise LookupError("PostgreSQL's server is not installed")


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server with its data in ``folder``, as it is set up by default; gives its address. It
    refuses to run as root, and is then run as nobody.

    Raises:
        LookupError: PostgreSQL's server is not installed.
    """
    where = programs()
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
        [where / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True, capture_output=True, user=user, cwd="/",
    )  # fmt: skip
    server = subprocess.Popen(
        [where / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", data],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd="/",
    )  # fmt: skip
    try:
        _wait_for(port, server)
        yield f"postgresql://desk@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # whoever is still connected is not waited for
        server.wait(30)


def new_database(server: str, name: str) -> str:
    """The address of a new, empty database of a server."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server.rpartition('/')[0]}/{name}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=desk dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)
