"""``report``, ``extract`` and ``compare``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosscheck.cli import console, desk, options
from crosscheck.cli.console import Refused

if TYPE_CHECKING:
    from crosscheck.model import Article, Report, Unread

_LEVELS = {"low": 0, "medium": 1, "high": 2}
_READABLE = ".txt, .md, .html and .jsonl"
_paths = click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)


@click.command(short_help="Where the accounts of an event disagree.")
@_paths
@options.of_report
@desk.of_store(required=False)
def report(
    paths: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    with_text: bool,
    everything: bool,
    fail_on: str,
    rules_dirs: tuple[Path, ...],
    model: str | None,
    width: int | None,
    color: str,
    store_url: str | None,
) -> int:
    """Reads articles (files, or folders of them) and reports where they disagree.

    Reads .txt, .md, .html and .jsonl (one article a line: id, text and, if known, title, outlet,
    published, url). Shows who says what and never picks a winner.

    With --store the articles are compared with all that the store holds, and recorded there; what
    the desk has dismissed or resolved no longer makes the exit status 1.

    Example: crosscheck report wires/ draft.md --output report.html
    """
    from crosscheck.pipeline import report_on

    form = options.chosen(form, output, options.REPORT_FORMATS)
    rules, found = options.rulebook_of(rules_dirs), options.existing(paths)
    quieted: frozenset[str] = frozenset()
    if store_url:
        check = partial(_must_have_read, paths)
        with (
            desk.opened(store_url, must_exist=False) as store,
            options.language_of(model) as language,
            console.progress() as progress,
        ):
            done, brought = desk.imported(store, found, rules, language, progress, check)
        quieted = brought.quieted
        click.echo(desk.summary(brought, store), err=True)
    else:
        with options.language_of(model) as language, console.progress() as progress:
            done = report_on(found, rules, language, progress)
        _must_have_read(paths, done.articles, done.unread)
    _show(done, form, output, width, color, with_text=with_text, everything=everything)
    return _status(done, fail_on, quieted)


@click.command(short_help="Every claim of the articles, as a table.")
@_paths
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["jsonl", "csv", "parquet"]),
    help="Default: jsonl.",
)
@options.of_output
@options.of_rules
@options.of_model
def extract(
    paths: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    rules_dirs: tuple[Path, ...],
    model: str | None,
) -> int:
    """Writes one row a claim: passage, kind, value, bounds, unit, what it is about, who says so.

    Offsets are half-open and count characters of the article as read.

    Example: crosscheck extract wires/ --format csv --output claims.csv
    """
    from crosscheck.pipeline import extract_from
    from crosscheck.tables import written

    form = options.chosen(form, output, ("jsonl", "csv", "parquet"))
    rules, found = options.rulebook_of(rules_dirs), options.existing(paths)
    with options.language_of(model) as language, console.progress() as progress:
        done = extract_from(found, rules, language, progress)
    _must_have_read(paths, done.articles, done.unread)
    try:
        console.write(written(done, form), output)
    except ImportError as error:
        raise Refused(f"{form} needs pyarrow: pip install 'crosscheck-news[parquet]'") from error
    for unread in done.unread:
        if unread.path:
            click.echo(f"not read: {unread.path}: {unread.why}", err=True)
    return 0


@click.command(short_help="Where the rows of a table of claims disagree.")
@click.argument("claims", metavar="CLAIMS.csv", type=click.Path(path_type=Path))
@options.of_report
def compare(
    claims: Path,
    form: str | None,
    output: Path | None,
    with_text: bool,
    everything: bool,
    fail_on: str,
    rules_dirs: tuple[Path, ...],
    model: str | None,
    width: int | None,
    color: str,
) -> int:
    """Compares the rows of a table and reports like 'report' does.

    The table has the columns source, topic, value and, if known, kind; or it was written by
    'extract'. Rows of one topic are compared; values are read as in articles ("more than 30").

    Example: crosscheck compare claims.csv
    """
    from crosscheck.tables import TableError, compare_table, read_rows

    form = options.chosen(form, output, options.REPORT_FORMATS)
    rules = options.rulebook_of(rules_dirs)
    (file,) = options.existing([claims])
    try:
        with options.language_of(model) as language:
            done = compare_table(read_rows(file), rules, language)
    except TableError as error:
        raise Refused(str(error)) from error
    _show(done, form, output, width, color, with_text=with_text, everything=everything)
    return _status(done, fail_on)


def _show(
    done: Report,
    form: str,
    output: Path | None,
    width: int | None,
    color: str,
    *,
    with_text: bool,
    everything: bool,
) -> None:
    from crosscheck.report import render

    text = render(
        done,
        form,
        width=console.width(width, output),
        color=console.colored(color, output),
        with_text=with_text,
        all=everything,
    )
    console.write(text, output)


def _must_have_read(
    paths: Iterable[Path], articles: tuple[Article, ...], unread: tuple[Unread, ...]
) -> None:
    if articles:
        return
    why = "".join(f"\n  {item.path}: {item.why}" for item in unread if item.path)
    raise Refused(f"no articles in {', '.join(map(str, paths))} (read are {_READABLE}){why}")


def _status(done: Report, fail_on: str, quieted: frozenset[str] = frozenset()) -> int:
    """1 if anything disagrees, of that severity, that the desk has not ``quieted``."""
    from crosscheck.model import DISAGREEING

    least = _LEVELS[fail_on]
    loud = (f for f in done.findings if f.verdict in DISAGREEING and f.id not in quieted)
    return int(any(_LEVELS[f.severity] >= least for f in loud))
