"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from crosscheck.cli.console import Refused

if TYPE_CHECKING:
    from crosscheck.language import English
    from crosscheck.rulebook import Rulebook

Command = TypeVar("Command", bound=Callable[..., Any])

REPORT_FORMATS = ("table", "markdown", "csv", "json", "html")
_SUFFIXES = {
    ".txt": "table", ".md": "markdown", ".csv": "csv", ".json": "json", ".jsonl": "jsonl",
    ".html": "html", ".htm": "html", ".parquet": "parquet",
}  # fmt: skip


def of_rules(command: Command) -> Command:
    return click.option(
        "--rules",
        "rules_dirs",
        metavar="DIR",
        type=click.Path(path_type=Path),
        multiple=True,
        help="Add a desk's own rules (may be given several times).",
    )(command)


def of_model(command: Command) -> Command:
    return click.option(
        "--model", metavar="NAME", default=None, help="Another installed spaCy pipeline."
    )(command)


def of_output(command: Command) -> Command:
    return click.option(
        "--output",
        "-o",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write to a file; its ending chooses the format unless --format does.",
    )(command)


def of_report(command: Command) -> Command:
    """What ``report`` and ``compare`` share."""
    for option in reversed(_REPORT_OPTIONS):
        command = option(command)
    return command


_REPORT_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--format", "-f", "form", type=click.Choice(REPORT_FORMATS), help="Default: table."
    ),
    of_output,
    click.option("--with-text", is_flag=True, help="JSON: give each article's text as read."),
    click.option("--all", "everything", is_flag=True, help="Show the topics that agree, too."),
    click.option(
        "--fail-on",
        type=click.Choice(["low", "medium", "high"]),
        default="low",
        show_default=True,
        help="Least severity of a disagreement that makes the exit status 1.",
    ),
    of_rules,
    of_model,
    click.option(
        "--width", metavar="N", type=click.IntRange(40, 1000), help="Width of the table in columns."
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colour in the table.",
    ),
)


def chosen(form: str | None, output: Path | None, allowed: Sequence[str]) -> str:
    """The format: as asked for, else by the ending of the output file, else the first allowed.

    Raises:
        Refused: the ending belongs to a format that the command does not write.
    """
    if form or output is None or output.suffix.lower() not in _SUFFIXES:
        return form or allowed[0]
    meant = _SUFFIXES[output.suffix.lower()]
    if meant not in allowed:
        raise Refused(f"{output}: no format {meant!r} here; choose --format {'|'.join(allowed)}")
    return meant


def rulebook_of(folders: Sequence[Path]) -> Rulebook:
    """The rules with the desk's own. Raises: Refused, with every mistake in them."""
    from crosscheck.rulebook import RuleError, load

    try:
        return load(folders)
    except RuleError as error:
        raise Refused(str(error)) from error


@contextmanager
def language_of(model: str | None) -> Iterator[English]:
    """The language with its model; one that was asked for by name is loaded at once.

    Raises:
        Refused: the model is not there, found out now or inside the ``with``.
    """
    from crosscheck.language import DEFAULT_MODEL, English, ModelError

    language = English(model or DEFAULT_MODEL)
    try:
        if model:
            language.parse([])
        yield language
    except ModelError as error:
        raise Refused(str(error)) from error


def existing(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths, if all are there. Raises: Refused, naming the missing one and a likely one."""
    for path in paths:
        if not path.exists():
            raise Refused(f"no such file or folder: {path}{_likely(path)}")
    return tuple(paths)


def _likely(path: Path) -> str:
    try:
        there = sorted(item.name for item in path.parent.iterdir())
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, there, 1, 0.6)
    return f"; did you mean {path.parent / close[0]}?" if close else ""
