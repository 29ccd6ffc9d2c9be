"""Versions of articles: which one was decided on, and what changed since, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk import bring
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from test_review_store import EVENING, MORNING, toll

from crosscheck.cli.app import commands
from crosscheck.review.differences import differences
from crosscheck.review.people import People
from crosscheck.review.revisions import revised
from crosscheck.review.states import Change
from crosscheck.review.store import Store
from crosscheck.review.web.app import create_app
from crosscheck.review.web.settings import Settings

ACTING = "<script>hit()</script> \u202egnp.exe\x1b[31m"
LONGER = MORNING["beacon"].replace("35 people", f"Divers were sent. {ACTING} 35 passengers")
REVISED = MORNING | {"beacon": LONGER}


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Store:
    """Decided on in the morning; one account was revised since and one came."""
    bring(store, MORNING, tmp_path)
    store.decide(toll(store).id, "Ana", Change("confirmed", reason="both print it"))
    bring(store, REVISED | {"courier": EVENING["courier"]}, tmp_path)
    return store


def shown(hunks: Any) -> list[list[tuple[str, str]]]:
    return [[(piece.sign, piece.text) for piece in hunk] for hunk in hunks]


class TestDifferences:
    def test_words_and_what_stands_around_them(self) -> None:
        (hunk,) = shown(differences("A ferry sank. 35 people died.", "A ferry sank. 39 died."))
        assert hunk == [
            ("same", "A ferry sank."), ("removed", "35 people"), ("added", "39"), ("same", "died."),
        ]  # fmt: skip

    def test_white_space_is_no_difference(self) -> None:
        assert differences("A ferry\nsank off  Varde.", "A ferry sank\n\noff Varde. ") == ()

    def test_places_far_apart_are_apart(self) -> None:
        words = " ".join(f"w{n}" for n in range(100))
        one, two = shown(differences(f"a {words} b", f"c {words} d"))
        assert one[:2] == [("removed", "a"), ("added", "c")]
        assert one[2][1].endswith("w11 …")
        assert two[0][1].startswith("… w88")

    def test_long_texts_are_compared_soon(self) -> None:
        old, new = (" ".join(f"{n * k % 97}" for n in range(200_000)) for k in (3, 5))
        assert differences(old, new)

    @given(st.lists(st.sampled_from("a b c d\n".split(" ")), max_size=60), st.data())
    def test_both_texts_can_be_read_from_it(self, old: list[str], data: st.DataObject) -> None:
        new = data.draw(st.lists(st.sampled_from("a b c e\n".split(" ")), max_size=60))
        hunks = differences(" ".join(old), " ".join(new))
        assert bool(hunks) == (" ".join(old).split() != " ".join(new).split())
        removed = [p.text for hunk in hunks for p in hunk if p.sign == "removed"]
        added = [p.text for hunk in hunks for p in hunk if p.sign == "added"]
        assert len(" ".join(old).split()) - len(" ".join(removed).split()) == len(
            " ".join(new).split()
        ) - len(" ".join(added).split())


class TestStore:
    def test_a_decision_was_made_on_a_version(self, desk: Store) -> None:
        filed = toll(desk)
        beacon, courier = revised(desk, filed, desk.log(filed.id))
        assert beacon.then
        assert (beacon.key, beacon.then.number, beacon.now.number) == ("beacon", 1, 2)
        assert beacon.decision.who == "Ana"
        added = " ".join(p.text for hunk in beacon.hunks for p in hunk if p.sign == "added")
        assert "Divers were sent." in added
        assert (courier.key, courier.then, courier.now.number) == ("courier", None, 1)

    def test_after_a_new_decision_nothing_is_left_to_show(self, desk: Store) -> None:
        filed = toll(desk)
        desk.decide(filed.id, "Bo", Change("confirmed"))
        assert revised(desk, toll(desk), desk.log(filed.id)) == ()

    def test_who_takes_a_finding_decides_nothing(self, store: Store, tmp_path: Path) -> None:
        bring(store, MORNING, tmp_path)
        id = toll(store).id
        store.decide(id, "Ana", Change("confirmed"))
        bring(store, REVISED, tmp_path)
        store.decide(id, "Bo", Change(assignee="Bo"))
        (beacon,) = revised(store, toll(store), store.log(id))
        assert (beacon.decision.who, beacon.key) == ("Ana", "beacon")

    def test_claims_are_kept_by_version(self, desk: Store) -> None:
        old, new = desk.claims("beacon", 1), desk.claims("beacon", 2)
        assert "35" in {row["text"] for row in old} & {row["text"] for row in new}
        assert {row["sentence"] for row in old} != {row["sentence"] for row in new}


class TestShown:
    def test_in_the_terminal(self, desk: Store) -> None:
        number = str(toll(desk).number)
        url = desk.database.url.render_as_string(hide_password=False)
        run = CliRunner().invoke
        told = run(commands, ["review", "show", number, "--store", url, "--width", "200"]).stdout
        assert "Beacon: decided on version 1; now version 2" in told
        assert "{+Divers were sent." in told
        assert "Courier: came after the decision" in told
        alone = run(commands, ["review", "article", "beacon", "--store", url]).stdout
        assert "* version 2" in alone
        assert not {"\x1b", "\u202e"} & {*told, *alone}
        first = run(commands, ["review", "article", "beacon", "--version", "1", "--store", url])
        assert "Divers" not in first.stdout
        for wrong in (["none"], ["beacon", "--version", "9"]):
            assert run(commands, ["review", "article", *wrong, "--store", url]).exit_code == 2

    @pytest.fixture
    def inside(self, desk: Store) -> TestClient:
        people = People(desk.database)
        token = people.begin(people.add("bo", "reader", "correct horse"))
        headers = {"Authorization": f"Bearer {token}"}
        return TestClient(create_app(desk, Settings()), "http://127.0.0.1", headers=headers)

    def test_by_the_api(self, desk: Store, inside: TestClient) -> None:
        beacon, courier = inside.get(f"/api/v1/findings/{toll(desk).number}/revised").json()
        assert (beacon["decided_on"]["number"], beacon["now"]["number"]) == (1, 2)
        assert (beacon["decided_by"], courier["decided_on"]) == ("Ana", None)
        assert {p["sign"] for hunk in beacon["changes"] for p in hunk} >= {"same", "added"}
        new = inside.get("/api/v1/articles/beacon").json()
        old = inside.get("/api/v1/articles/beacon?version=1").json()
        assert (new["version"], old["text"]) == (2, MORNING["beacon"])
        assert [one["number"] for one in new["versions"]] == [1, 2]
        where = "/api/v1/articles/beacon/changes?since=1"
        assert inside.get(where).json() == beacon["changes"]
        assert inside.get("/api/v1/articles/beacon/changes?since=3").status_code == 404
        claims = inside.get("/api/v1/articles/beacon/claims?version=1").json()
        assert "35" in {row["text"] for row in claims}

    def test_on_the_page(self, desk: Store, inside: TestClient) -> None:
        page = inside.get(f"/findings/{toll(desk).number}").text
        assert "Articles revised since the decision" in page
        assert "Came after the decision" in page
        article = inside.get("/articles/beacon").text
        assert "What version 2 changed" in article
        for text in (page, article):
            assert "<ins>" in text
            assert "<script>hit" not in text
            assert "\u202e" not in text
            assert "U+202E" in text
        assert "Divers" not in inside.get("/articles/beacon?version=1").text
        for wrong in ("none", "beacon?version=9", "beacon?version=0"):
            assert inside.get(f"/articles/{wrong}").status_code in {404, 422}
