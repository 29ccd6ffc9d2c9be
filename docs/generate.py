#!/usr/bin/env python3
"""Writes what the documents show of the program, so that they cannot lie.

    python docs/generate.py

``docs/commands.md`` is made from the help texts. In every console block of README.md and
docs/*.md each line ``$ crosscheck ...`` is run in the checkout's folder, and what it prints is put
below it. ``tests/test_docs.py`` fails when a document differs from what this would write.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from crosscheck.cli.app import commands

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ROOT / "docs" / "commands.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def documents() -> list[Path]:
    """The documents that may hold console blocks."""
    return sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")} - {COMMANDS})


def commands_page() -> str:
    """The help texts of all commands as one Markdown page."""
    parts = ["# Commands\n\nMade from the help texts by `docs/generate.py`.\n"]
    for path, command in walk(commands, ("crosscheck",)):
        settings = {**commands.context_settings, "terminal_width": 100}
        context = click.Context(command, info_name=" ".join(path), **settings)
        shown = command.get_help(context).rstrip()
        level = "##" if len(path) < 3 else "###"
        parts.append(f"\n{level} {' '.join(path)}\n\n```text\n{shown}\n```\n")
    return "".join(parts)


def walk(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all below it, with their paths, in the order of the help."""
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from walk(child, (*path, name))


def refreshed(text: str) -> str:
    """A document with what its commands print now."""
    return BLOCK.sub(lambda block: f"```console\n{_run_all(block.group(1))}```", text)


def _run_all(block: str) -> str:
    shown = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{_output(line[2:])}" for line in shown)


def _output(line: str) -> str:
    program, *arguments = shlex.split(line)
    if program != "crosscheck":
        raise SystemExit(f"a console block may only run crosscheck: {line}")
    done = subprocess.run(
        [sys.executable, "-m", "crosscheck", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{line}\n{done.stderr}")
    return done.stdout


def main() -> None:
    COMMANDS.write_text(commands_page(), encoding="utf-8")
    for file in documents():
        text = file.read_text(encoding="utf-8")
        if BLOCK.search(text):
            file.write_text(refreshed(text), encoding="utf-8")


if __name__ == "__main__":
    main()
