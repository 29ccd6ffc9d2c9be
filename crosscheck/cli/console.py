"""The terminal: what may be written to it, how wide it is, and what to say while it waits."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from crosscheck.pipeline import Progress

_QUIET_SECONDS = 0.7
_STEP_SECONDS = 0.1


class Refused(click.ClickException):
    """The command cannot be carried out; the message says what, where and what to do."""

    exit_code = 2


def write(data: str | bytes, output: Path | None = None) -> None:
    """Write UTF-8 to a file, or to standard output; a reader that has gone away is no error.

    Raises:
        Refused: the file cannot be written.
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if output is None:
        _to_stdout(raw)
        return
    try:
        output.write_bytes(raw)
    except OSError as error:
        raise Refused(f"cannot write {output}: {error.strerror}") from error


def _to_stdout(raw: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # what is left in the buffers must not fail again when Python closes them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width(wanted: int | None, output: Path | None) -> int | None:
    """Columns for a table: those asked for, else the terminal's, else None (the usual)."""
    if wanted or output or not sys.stdout.isatty():
        return wanted
    return max(shutil.get_terminal_size((100, 24)).columns, 40)


def colored(choice: str, output: Path | None) -> bool:
    """Whether to use colour; ``NO_COLOR`` (no-color.org) is honoured unless one says always."""
    if choice != "auto":
        return choice == "always"
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return output is None and sys.stdout.isatty() and not plain


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A line on standard error for work that takes long; nothing if that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    started = time.monotonic()
    shown = 0.0

    def show(stage: str, done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - started > _QUIET_SECONDS and now - shown > _STEP_SECONDS:
            shown = now
            sys.stderr.write(f"\r\x1b[K{stage} {done}/{total}")
            sys.stderr.flush()

    try:
        yield show
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
