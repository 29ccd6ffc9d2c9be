"""Opening a store from the command line, and importing a report into it."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from crosscheck.cli.console import Refused

if TYPE_CHECKING:
    from crosscheck.language import English
    from crosscheck.model import Article, Report, Unread
    from crosscheck.pipeline import Progress
    from crosscheck.review.imports import Imported
    from crosscheck.review.store import Store
    from crosscheck.rulebook import Rulebook

Command = TypeVar("Command", bound=Callable[..., Any])
_TRIES = 5


def of_store(required: bool) -> Callable[[Command], Command]:
    """``--store``; where it is required, the one given to the group of commands will do."""

    def given(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
        value = value or (ctx.obj if isinstance(ctx.obj, str) else None)
        if required and not value:
            raise no_store(ctx)
        return value

    return click.option(
        "--store",
        "store_url",
        metavar="URL",
        callback=given,
        envvar="CROSSCHECK_STORE",
        show_envvar=True,
        help="The desk's store: a SQLite file, or postgresql://USER@HOST/NAME.",
    )


def no_store(ctx: click.Context) -> click.UsageError:
    return click.UsageError("which store? Give --store URL, such as --store desk.db", ctx)


@contextmanager
def opened(url: str, *, must_exist: bool = True) -> Iterator[Store]:
    """The store. Raises: Refused, if it cannot be opened or a request to it cannot be met."""
    try:
        from crosscheck.review.states import ReviewError
        from crosscheck.review.store import Store
    except ModuleNotFoundError as error:
        raise Refused(
            f"a store needs {error.name}: pip install 'crosscheck-news[review]'"
        ) from error
    try:
        with Store.open(url, must_exist=must_exist) as store:
            yield store
    except ReviewError as error:
        raise Refused(str(error)) from error


def who() -> str:
    """The name under which the terminal decides, unless another is given."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def imported(
    store: Store,
    paths: tuple[Path, ...],
    rules: Rulebook,
    language: English,
    progress: Progress | None,
    check: Callable[[tuple[Article, ...], tuple[Unread, ...]], None],
) -> tuple[Report, Imported]:
    """Reads the paths, compares them with what the store has, and records all of it.

    ``check`` sees what was read before anything is compared, and may refuse it.
    """
    from functools import partial

    from crosscheck.pipeline import align_and_compare, extract
    from crosscheck.read import read_paths
    from crosscheck.review.imports import StaleError, recorded
    from crosscheck.review.plans import planned

    read, unread = read_paths(paths, rules, partial(progress, "reading") if progress else None)
    check(read, unread)
    for left in reversed(range(_TRIES)):
        plan = planned(store, read, unread, paths)
        found = extract(plan.articles, rules, language, plan.unread, progress)
        report = align_and_compare(found)
        try:
            return report, recorded(store, plan, found, report, who())
        except StaleError:
            if not left:
                raise
    raise AssertionError


def summary(done: Imported, store: Store) -> str:
    """What an import did, in one line."""
    counts = (
        (done.fresh, "new article", "new articles"),
        (done.changed, "changed article", "changed articles"),
        (done.gone, "article gone", "articles gone"),
        (done.new, "new finding", "new findings"),
        (done.differing, "changed finding", "changed findings"),
        (done.vanished, "finding gone", "findings gone"),
        (done.returned, "finding back", "findings back"),
        (done.reopened, "decided finding reopened", "decided findings reopened"),
    )
    parts = [f"{number} {one if number == 1 else more}" for number, one, more in counts if number]
    return f"{store.name}: {', '.join(parts) if parts else 'nothing new'}"
