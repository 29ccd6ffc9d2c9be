"""``review user``: passwords never shown, roles kept, tokens that work and end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk import bring

from crosscheck.cli.app import commands
from crosscheck.review.people import People, Person
from crosscheck.review.states import Change
from crosscheck.review.store import Filter, Store

SECRET = "a long enough password"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "desk.db")) as opened:
        yield opened


@pytest.fixture
def people(store: Store) -> People:
    return People(store.database)


def run(store: Store, *args: str, given: str | None = None) -> Any:
    return CliRunner().invoke(
        commands, ["review", "user", *args, "--store", store.name], input=given
    )


def test_a_person_is_added_by_a_prompt_that_shows_nothing(store: Store, people: People) -> None:
    done = run(store, "add", "ana", "--role", "editor", given=f"{SECRET}\n{SECRET}\n")
    assert done.exit_code == 0
    assert done.stdout == "ana is added as an editor\n"
    assert SECRET not in done.output
    assert people.check("ana", SECRET) == Person("ana", "editor")
    assert people.check("ana", SECRET + " ") is None


def test_a_password_typed_in_two_ways_is_asked_again(store: Store, people: People) -> None:
    typed = f"{SECRET}\nanother one, longer\n{SECRET}\n{SECRET}\n"
    assert run(store, "add", "ana", given=typed).exit_code == 0
    assert people.check("ana", SECRET) == Person("ana", "reader")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_password_may_come_from_standard_input(store: Store, people: People, end: str) -> None:
    done = run(store, "add", "bot", "--password-stdin", given=f"{SECRET}{end}")
    assert (done.exit_code, done.stdout) == (0, "bot is added as a reader\n")
    assert people.check("bot", SECRET) is not None


def test_a_new_role_ends_sessions(store: Store, people: People) -> None:
    run(store, "add", "ana", "--password-stdin", given=SECRET)
    token = run(store, "token", "ana").stdout.strip()
    done = run(store, "add", "ana", "--role", "editor", "--password-stdin", given=SECRET)
    assert done.stdout == "ana is now an editor\n"
    assert people.all() == (Person("ana", "editor"),)
    assert people.of(token) is None


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        ("ana", "short", "at least 10 characters"),
        ("ana", "", "at least 10 characters"),
        (" ", SECRET, "1 to 80 printable"),
        ("x" * 81, SECRET, "1 to 80 printable"),
        ("\u202eana", SECRET, "1 to 80 printable"),
        ("a\x1b[31m", SECRET, "1 to 80 printable"),
    ],
)
def test_refused_names_and_passwords(
    store: Store, people: People, name: str, password: str, message: str
) -> None:
    done = run(store, "add", name, "--password-stdin", given=password)
    assert done.exit_code == 2
    assert message in done.output
    assert not people.all()


def test_the_list_gives_names_and_roles_alone(store: Store, people: People) -> None:
    assert "nobody was added yet" in run(store, "list").stderr
    people.add("bo", "reader", SECRET)
    people.add("ana", "editor", SECRET)
    assert run(store, "list").stdout == "editor  ana\nreader  bo\n"


def test_a_removed_person_is_out_at_once_and_the_log_stays(
    store: Store, people: People, tmp_path: Path
) -> None:
    texts = {
        "a": "A ferry sank off Varde on Friday. 39 people died, police said.",
        "b": "A ferry sank off Varde on Friday. 35 people died, police said.",
    }
    bring(store, texts, tmp_path)
    (filed,) = store.findings(Filter(kinds=frozenset({"quantity"})))
    people.add("ana", "editor", SECRET)
    token = run(store, "token", "ana").stdout.strip()
    store.decide(filed.id, "ana", Change("confirmed"))
    assert run(store, "remove", "ana").stdout == "ana is removed\n"
    assert people.of(token) is None
    assert people.check("ana", SECRET) is None
    assert store.log(filed.id)[-1].who == "ana"
    again = run(store, "remove", "ana")
    assert (again.exit_code, "nobody is called 'ana'" in again.output) == (2, True)


def test_a_token_is_the_persons_and_alone_on_standard_output(store: Store, people: People) -> None:
    people.add("bot", "reader", SECRET)
    done = run(store, "token", "bot", "--days", "90")
    (token,) = done.stdout.splitlines()
    assert people.of(token) == Person("bot", "reader")
    assert "for bot, a reader, 90 days" in done.stderr
    assert token not in done.stderr
    assert token not in (Path(store.name).read_bytes()).decode("latin-1")


@pytest.mark.parametrize("days", ["0", "-1", "4000"])
def test_a_token_has_an_end(store: Store, people: People, days: str) -> None:
    people.add("bot", "reader", SECRET)
    assert run(store, "token", "bot", "--days", days).exit_code == 2


def test_nobody_gets_a_token_for_somebody_unknown(store: Store) -> None:
    done = run(store, "token", "nobody")
    assert done.exit_code == 2
    assert "nobody is called 'nobody' here" in done.output
