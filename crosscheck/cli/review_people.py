"""``review user``: who may use the page, and tokens for programs."""

from __future__ import annotations

import sys
from datetime import timedelta

import click

from crosscheck.cli import desk
from crosscheck.cli.console import Refused

_LONGEST = 4096  # characters of a password that are read


@click.group(short_help="Who may use the page.")
def user() -> None:
    """People who sign in on the page: readers look, editors decide.

    Example: crosscheck review user add ana --role editor --store desk.db
    """


@user.command(short_help="Add a person, or give one a new role and password.")
@desk.of_store(required=True)
@click.argument("name", metavar="NAME")
@click.option(
    "--role", type=click.Choice(["reader", "editor"]), default="reader", show_default=True
)
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input.")
def add(store_url: str, name: str, role: str, password_stdin: bool) -> int:
    """Asks for the password twice and adds the person. One who is there already gets the new role
    and password; their sessions and tokens end.

    Example: crosscheck review user add ana --role editor --store desk.db
    """
    password = _from_stdin() if password_stdin else _asked()
    with desk.opened(store_url) as store:
        from crosscheck.review.people import People

        people = People(store.database)
        known = any(person.name == name.strip() for person in people.all())
        person = people.add(name, role, password)  # type: ignore[arg-type]
    click.echo(f"{person.name} is {'now' if known else 'added as'} {_article(role)}")
    return 0


@user.command("list", short_help="Everybody and their roles.")
@desk.of_store(required=True)
def listed(store_url: str) -> int:
    """Lists the people by name, with their roles.

    Example: crosscheck review user list --store desk.db
    """
    with desk.opened(store_url) as store:
        from crosscheck.review.people import People

        everybody = People(store.database).all()
    for person in everybody:
        click.echo(f"{person.role}  {person.name}")
    if not everybody:
        click.echo("nobody was added yet", err=True)
    return 0


@user.command(short_help="Take a person's access away at once.")
@desk.of_store(required=True)
@click.argument("name", metavar="NAME")
def remove(store_url: str, name: str) -> int:
    """Removes a person; sessions and tokens end at once, and what they decided stays.

    Example: crosscheck review user remove ana --store desk.db
    """
    with desk.opened(store_url) as store:
        from crosscheck.review.people import People

        People(store.database).remove(name.strip())
    click.echo(f"{name.strip()} is removed")
    return 0


@user.command(short_help="A token for a program or a feed reader.")
@desk.of_store(required=True)
@click.argument("name", metavar="NAME")
@click.option(
    "--days", metavar="N", type=click.IntRange(1, 3650), default=30, show_default=True,
    help="How long it holds.",
)  # fmt: skip
def token(store_url: str, name: str, days: int) -> int:
    """Prints a token with which a program acts as the person, in their role, by the header
    'Authorization: Bearer TOKEN'. It is shown once; the store keeps only a hash. It ends with its
    days, with the person's removal or with a new password.

    Example: crosscheck review user token newsroom-bot --days 90 --store desk.db
    """
    with desk.opened(store_url) as store:
        from crosscheck.review.people import People

        people = People(store.database)
        person = next((p for p in people.all() if p.name == name.strip()), None)
        if person is None:
            raise Refused(f"nobody is called {name.strip()!r} here")
        given = people.begin(person, timedelta(days=days))
    span = f"{days} {'day' if days == 1 else 'days'}"
    click.echo(f"for {person.name}, {_article(person.role)}, {span}", err=True)
    click.echo(given)
    return 0


def _asked() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _from_stdin() -> str:
    return sys.stdin.readline(_LONGEST).rstrip("\r\n")


def _article(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
