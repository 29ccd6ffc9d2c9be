"""The HTTP API: what it answers, and schemathesis over its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from desk import bring
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from test_review_store import EVENING, MORNING

from crosscheck.review.people import People
from crosscheck.review.store import Store
from crosscheck.review.web.app import create_app
from crosscheck.review.web.settings import Settings

HOST = "http://127.0.0.1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    with Store.open(str(folder / "desk.db")) as opened:
        bring(opened, MORNING, folder)
        yield opened


@pytest.fixture(scope="module")
def token(store: Store) -> str:
    people = People(store.database)
    return people.begin(people.add("bot", "editor", "correct horse"))


@pytest.fixture
def api(store: Store, token: str) -> TestClient:
    headers = {"Authorization": f"Bearer {token}"}
    return TestClient(create_app(store, Settings()), HOST, headers=headers)


def test_the_api_keeps_to_its_document(store: Store, token: str) -> None:
    headers = {"Host": "127.0.0.1"}
    app = create_app(store, Settings())
    document = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=headers)
    headers["Authorization"] = f"Bearer {token}"
    tried = 0
    for operation in document.get_all_operations():

        @given(case=operation.ok().as_strategy())
        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        def answers(case: schemathesis.Case) -> None:
            # what the document allows may still make no sense: nothing to undo, no such rule
            case.call_and_validate(
                base_url=HOST, headers=headers, excluded_checks=[positive_data_acceptance]
            )

        answers()
        tried += 1
    assert tried == 14


def test_a_decision_and_its_log(api: TestClient) -> None:
    (finding,) = api.get("/api/v1/findings", params={"kind": "quantity"}).json()["findings"]
    where = f"/api/v1/findings/{finding['id']}"
    body = {"state": "resolved", "value": "39", "reason": "police", "base": finding["revision"]}
    done = api.post(f"{where}/decisions", json=body)
    assert done.status_code == 201
    assert done.json()["entry"]["applied"]
    again = api.get(where).json()
    assert (again["state"], again["value"], again["revision"]) == (
        "resolved", "39", finding["revision"] + 1,
    )  # fmt: skip
    second = api.post(f"{where}/decisions", json={"state": "open", "base": finding["revision"]})
    assert second.status_code == 409
    assert [e["who"] for e in second.json()["since"]] == ["bot"]
    undone = api.post(f"{where}/undo", json={})
    assert undone.status_code == 201
    assert api.get(where).json()["state"] == finding["state"]
    actions = [entry["action"] for entry in api.get(f"{where}/log").json()]
    assert actions[-3:] == ["decided", "decided", "undone"]


def test_changes_since(api: TestClient, store: Store, folder: Path) -> None:
    seq = api.get("/api/v1/findings").json()["seq"]
    assert api.get("/api/v1/changes", params={"since": seq}).json() == {
        "seq": seq, "imported": [], "decided": [],
    }  # fmt: skip
    bring(store, EVENING, folder)
    news = api.get("/api/v1/changes", params={"since": seq}).json()
    assert news["seq"] > seq
    assert news["imported"]


def test_quiet_topics_are_no_news(api: TestClient, store: Store, folder: Path) -> None:
    seq = store.newest()
    agreed = {"mill": "ARLE, 3 May 2024 - The mill in Arle has 70 looms.",
              "loom": "ARLE, 3 May 2024 - The mill in Arle has 70 looms."}  # fmt: skip
    bring(store, agreed, folder / "elsewhere")
    appeared = [entry for entry in store.log(since=seq) if entry.action == "appeared"]
    assert appeared
    assert {entry.after["verdict"] for entry in appeared} == {"agree"}
    assert api.get("/api/v1/changes", params={"since": seq}).json()["imported"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"state": "resolved"}, 400),
        ({}, 400),
        ({"state": "done"}, 422),
        ({"state": "call", "base": 99999}, 400),
        ({"state": "call", "more": 1}, 422),
    ],
)
def test_what_cannot_be_recorded(api: TestClient, body: dict[str, object], status: int) -> None:
    answer = api.post("/api/v1/findings/1/decisions", json=body)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_unknown(api: TestClient) -> None:
    assert api.get("/api/v1/findings/none").status_code == 404
    assert api.get("/api/v1/articles/none").status_code == 404
    assert api.get("/api/v1/none").status_code == 404


def test_articles(api: TestClient) -> None:
    listed = api.get("/api/v1/articles").json()
    assert {a["id"] for a in listed} >= set(MORNING)
    text = api.get(f"/api/v1/articles/{listed[0]['id']}").json()["text"]
    assert text in {*MORNING.values(), *EVENING.values()}
