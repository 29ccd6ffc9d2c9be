"""``review``: the page and the terminal in which a desk works with findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from crosscheck.cli import console, desk
from crosscheck.cli.console import Refused
from crosscheck.model import KindName, Severity
from crosscheck.review.states import STATES

if TYPE_CHECKING:
    from crosscheck.review.store import Filter

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(
    short_help="Decide on findings: on a page, or in the terminal.", invoke_without_command=True
)
@desk.of_store(required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any free."
)
@click.option("--allow-host", "hosts", metavar="NAME", multiple=True, help="A name of the page.")
@click.option("--trust-header", "header", metavar="NAME", default="", help="A proxy says who.")
@click.option("--proxy", "proxies", metavar="ADDRESS", multiple=True, help="Whose header to trust.")
@click.option("--https", "secure", is_flag=True, help="Cookies only over HTTPS (behind a proxy).")
@click.pass_context
def review(
    ctx: click.Context,
    store_url: str | None,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    header: str,
    proxies: tuple[str, ...],
    secure: bool,
) -> int:
    """Works with the findings that 'report --store' recorded.

    Without a command it serves the page: on this machine only, to whoever opens the link that it
    prints; once people were added with 'review user add', to those who sign in. Nothing that was
    decided is ever overwritten: the log keeps every change, by whom and when.

    Example: crosscheck review --store desk.db
    """
    ctx.obj = store_url
    if ctx.invoked_subcommand is not None:
        return 0
    if not store_url:
        raise desk.no_store(ctx)
    with desk.opened(store_url) as store:
        from crosscheck.review.web.serve import serving, settings_for
        from crosscheck.review.web.settings import LOOPBACK, Settings

        wanted = Settings(
            header=header, proxies=frozenset(proxies), hosts=LOOPBACK | set(hosts), secure=secure
        )
        settings = settings_for(store, host, desk.who(), wanted)

        def ready(address: str) -> None:
            click.echo(f"{store.name} is served at\n  {address}\nStop with Ctrl+C.")

        serving(store, host, port, settings, ready).run()
    return 0


def of_who(command: Command) -> Command:
    """``--who``, which ``name_of`` reads."""
    return click.option(
        "--who", metavar="NAME", default=None, help="Who decides. [default: your user name]"
    )(command)


def name_of(who: str | None) -> str:
    """Who acts. Raises: Refused, if nobody is known to."""
    name = who if who is not None else desk.who()
    if not name.strip():
        raise Refused("say who decides: --who NAME")
    return name


# --- reading -------------------------------------------------------------------------------------


def of_filter(command: Command) -> Command:
    """The options by which findings are chosen."""
    for option in reversed(_FILTER):
        command = option(command)
    return command


_FILTER: tuple[Callable[[Any], Any], ...] = (
    click.option("--state", "states", type=click.Choice([*STATES, "reopened"]), multiple=True),
    click.option("--kind", "kinds", type=click.Choice(get_args(KindName)), multiple=True),
    click.option(
        "--verdict",
        "verdicts",
        type=click.Choice(["conflict", "update", "variant", "compatible", "agree"]),
        multiple=True,
    ),
    click.option("--severity", "severities", type=click.Choice(get_args(Severity)), multiple=True),
    click.option("--assignee", "assignees", metavar="NAME", multiple=True),
    click.option("--outlet", "outlets", metavar="NAME", multiple=True),
    click.option("--rule", "rules", metavar="RULE", multiple=True, help="Findings resting on it."),
    click.option("--words", metavar="WORDS", default="", help="Words of the topic."),
    click.option("--gone", is_flag=True, help="Also those that the newest import does not show."),
)


def filter_of(
    states: tuple[str, ...],
    kinds: tuple[str, ...],
    verdicts: tuple[str, ...],
    severities: tuple[str, ...],
    assignees: tuple[str, ...],
    outlets: tuple[str, ...],
    rules: tuple[str, ...],
    words: str,
    gone: bool,
) -> Filter:
    from crosscheck.review.store import Filter

    return Filter(
        frozenset(kinds), frozenset(verdicts), frozenset(severities), frozenset(states),
        frozenset(assignees), frozenset(outlets), frozenset(rules), words, gone=gone,
    )  # fmt: skip


@review.command("list", short_help="The findings, most serious first.")
@desk.of_store(required=True)
@of_filter
@click.option("--new", is_flag=True, help="Only what is new since your last visit.")
@of_who
@click.option("--width", metavar="N", type=click.IntRange(40, 1000))
def listed(store_url: str, new: bool, who: str | None, width: int | None, **chosen: Any) -> int:
    """Lists findings with their numbers, by which the other commands know them.

    A visit is a look at the list, here with --new or on the page; what is looked at again within
    half an hour belongs to the same one.

    Example: crosscheck review list --store desk.db --state open --severity high
    """
    which, name = filter_of(**chosen), name_of(who) if new else ""
    with desk.opened(store_url) as store:
        if new:
            from crosscheck.review.people import People

            which = replace(which, since=People(store.database).visit(name))
        found = store.findings(which)
    from crosscheck.review import terminal

    console.write(terminal.listed(found, console.width(width, None) or 100))
    return 0


@review.command(short_help="One finding: positions, passages, history.")
@desk.of_store(required=True)
@click.argument("finding", metavar="FINDING")
@click.option("--width", metavar="N", type=click.IntRange(40, 1000))
def show(store_url: str, finding: str, width: int | None) -> int:
    """Shows a finding, given by its number or its id.

    Example: crosscheck review show 12 --store desk.db
    """
    with desk.opened(store_url) as store:
        filed, history = store.finding(finding), store.log(finding)
        names = {article.id: article.name for article in store.articles(gone=True)}
        from crosscheck.review.revisions import revised

        since = revised(store, filed, history)
    from crosscheck.review import terminal

    console.write(terminal.shown(filed, history, names, since, console.width(width, None) or 100))
    return 0


@review.command(short_help="An article: its versions and what they changed.")
@desk.of_store(required=True)
@click.argument("key", metavar="ARTICLE")
@click.option("--version", "number", metavar="N", type=click.IntRange(1), help="[default: newest]")
@click.option("--width", metavar="N", type=click.IntRange(40, 1000))
def article(store_url: str, key: str, number: int | None, width: int | None) -> int:
    """Shows a version of an article, given by its id, and what it changed in the one before.

    Example: crosscheck review article harbour --store desk.db
    """
    with desk.opened(store_url) as store:
        versions = store.versions([key]).get(key, ())
    if not versions:
        raise Refused(f"no article {key}")
    if number is not None and number > len(versions):
        raise Refused(f"article {key} has no version {number}; the newest is {len(versions)}")
    from crosscheck.review import terminal

    shown = versions[number - 1 if number else -1]
    console.write(terminal.article(versions, shown, console.width(width, None) or 100))
    return 0


@review.command(short_help="The log of all that was decided.")
@desk.of_store(required=True)
@click.argument("finding", metavar="[FINDING]", required=False, default="")
@click.option("--imports", is_flag=True, help="Also what imports did.")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="The newest N entries.")
@click.option("--width", metavar="N", type=click.IntRange(40, 1000))
def log(store_url: str, finding: str, imports: bool, limit: int | None, width: int | None) -> int:
    """Shows who decided what and when, the newest last; of one finding, if one is given.

    Example: crosscheck review log --store desk.db
    """
    with desk.opened(store_url) as store:
        entries = store.log(finding)
    from crosscheck.review import terminal

    chosen = [entry for entry in entries if finding or entry.who or (imports and entry.is_news)]
    shown = chosen[-limit:] if limit else chosen
    console.write(terminal.logged(shown, console.width(width, None) or 100))
    return 0
