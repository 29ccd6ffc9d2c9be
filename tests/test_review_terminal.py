"""``review list``, ``undo``, ``redo`` and ``log`` for people who live in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk import bring
from test_review_store import MORNING, toll

from crosscheck.cli.app import commands
from crosscheck.review import people
from crosscheck.review.states import Change
from crosscheck.review.store import Store

MILL = {
    "north": "ARLE, 3 May 2024 - The mill in Arle has 70 looms.",
    "south": "ARLE, 3 May 2024 - The mill in Arle has 90 looms.",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "desk.db")) as opened:
        bring(opened, MORNING, tmp_path / "one")
        yield opened


def run(store: Store, *args: str) -> Any:
    return CliRunner().invoke(commands, ["review", *args, "--store", store.name])


def listed(store: Store, *args: str) -> str:
    done = run(store, "list", "--width", "60", *args)
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def test_words_of_the_topic(store: Store, tmp_path: Path) -> None:
    bring(store, MILL, tmp_path / "two")
    assert "looms" in listed(store)
    assert "looms" not in listed(store, "--words", "people KILLED")
    assert "people killed" in listed(store, "--words", "people KILLED")
    assert "no finding" in listed(store, "--words", "people looms")


def test_new_since_the_last_visit(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "people killed" in listed(store, "--new", "--who", "ana")
    bring(store, MILL, tmp_path / "two")

    class Later(people.datetime):  # type: ignore[name-defined,misc]
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz) + timedelta(hours=1)

    monkeypatch.setattr(people, "datetime", Later)
    again = listed(store, "--new", "--who", "ana")
    assert "looms" in again
    assert "people killed" not in again
    assert "people killed" in listed(store, "--new", "--who", "bo")
    assert "people killed" in listed(store)


def test_back_and_forth(store: Store) -> None:
    number = str(toll(store).number)
    store.decide(number, "ana", Change("confirmed", reason="both print it"))
    assert "undone, back to open" in run(store, "undo", number, "--who", "ana").stdout
    done = run(store, "redo", number, "--who", "ana")
    assert "redone: discrepancy confirmed (both print it)" in done.stdout
    nothing = run(store, "redo", number, "--who", "ana")
    assert (nothing.exit_code, "nothing to redo" in nothing.output) == (2, True)


def test_quiet_topics_are_no_news(store: Store, tmp_path: Path) -> None:
    bring(store, MILL | {"south": MILL["north"]}, tmp_path / "two")
    told = run(store, "log", "--imports").stdout
    assert "people killed" in told
    assert "looms" not in told
