"""Who may do what on the page and the API, and what is refused before anything else."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from desk import bring
from fastapi.testclient import TestClient
from page import served
from test_review_store import MORNING

from crosscheck.review.people import People
from crosscheck.review.states import ReviewError
from crosscheck.review.store import Store
from crosscheck.review.web.app import create_app
from crosscheck.review.web.serve import settings_for
from crosscheck.review.web.settings import Settings

HOST = "http://127.0.0.1:8765"
DECIDE = "/api/v1/findings/1/decisions"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "desk.db")) as opened:
        bring(opened, MORNING, tmp_path)
        yield opened


def client(store: Store, settings: Settings, address: str = "127.0.0.1") -> TestClient:
    app = create_app(store, settings)
    return TestClient(app, HOST, follow_redirects=False, client=(address, 50000))


@pytest.fixture
def owner(store: Store) -> TestClient:
    """A browser that came in by the one-time link."""
    inside = client(store, Settings(token="once", owner="ana"))
    assert inside.get("/enter?token=once").status_code == 303
    return inside


def csrf(inside: TestClient) -> str:
    found = re.search(r'data-csrf="(\w+)"', inside.get("/").text)
    assert found
    return found[1]


def decide(inside: TestClient, **headers: str) -> int:
    headers = {"X-CSRF-Token": csrf(inside), **headers}
    return inside.post(DECIDE, json={"state": "call"}, headers=headers).status_code


class TestTheWayIn:
    @pytest.mark.parametrize(
        "path", ["/", "/findings/1", "/log", "/api/v1/findings", "/api/v1/log"]
    )
    def test_nothing_is_shown_to_strangers(self, store: Store, path: str) -> None:
        answer = client(store, Settings(token="once")).get(path)
        assert answer.status_code == 401
        assert "ferry" not in answer.text

    def test_the_link_works_once(self, store: Store) -> None:
        app = create_app(store, Settings(token="once", owner="ana"))
        first, second = (TestClient(app, HOST, follow_redirects=False) for _ in range(2))
        assert first.get("/enter?token=wrong").status_code == 403
        answer = first.get("/enter?token=once")
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert first.get("/").status_code == 200
        assert second.get("/enter?token=once").status_code == 403
        assert second.get("/").status_code == 401

    def test_people_sign_in_and_out(self, store: Store) -> None:
        People(store.database).add("bo", "editor", "correct horse")
        inside = client(store, Settings())
        wrong = inside.post("/sign-in", data={"name": "bo", "password": "wrong horse"})
        assert wrong.status_code == 403
        right = inside.post("/sign-in", data={"name": "bo", "password": "correct horse"})
        assert right.status_code == 303
        assert "bo" in inside.get("/").text
        assert inside.post("/sign-out", data={"csrf": csrf(inside)}).status_code == 303
        assert inside.get("/").status_code == 401

    def test_a_session_ends_on_the_server(self, store: Store, owner: TestClient) -> None:
        token = owner.cookies["crosscheck_session"]
        owner.post("/sign-out", data={"csrf": csrf(owner)})
        assert People(store.database).of(token) is None

    def test_guessing_is_slowed_down(self, store: Store) -> None:
        People(store.database).add("bo", "editor", "correct horse")
        inside = client(store, Settings())
        given = [
            inside.post("/sign-in", data={"name": "bo", "password": f"guess {n}"}).status_code
            for n in range(6)
        ]
        assert given == [403] * 5 + [429]
        right = inside.post("/sign-in", data={"name": "bo", "password": "correct horse"})
        assert right.status_code == 429

    def test_processes_count_together(self, store: Store) -> None:
        People(store.database).add("bo", "editor", "correct horse")
        with Store.open(store.name) as other:
            two = [client(store, Settings()), client(other, Settings())]
            given = [
                two[n % 2].post("/sign-in", data={"name": "bo", "password": "x"}).status_code
                for n in range(6)
            ]
            assert given == [403] * 5 + [429]

    def test_the_right_password_is_no_failure(self, store: Store) -> None:
        People(store.database).add("bo", "editor", "correct horse")
        inside = client(store, Settings())
        for _ in range(7):
            right = inside.post("/sign-in", data={"name": "bo", "password": "correct horse"})
            assert right.status_code == 303

    def test_a_form_of_one_process_is_taken_by_another(self, store: Store) -> None:
        people = People(store.database)
        token = people.begin(people.add("bo", "editor", "correct horse"))
        one, two = client(store, Settings()), client(store, Settings())
        for inside in (one, two):
            inside.cookies.set("crosscheck_session", token)
        answer = two.post(DECIDE, json={"state": "call"}, headers={"X-CSRF-Token": csrf(one)})
        assert answer.status_code == 201

    def test_passwords_and_tokens_are_not_in_the_store(self, store: Store, tmp_path: Path) -> None:
        people = People(store.database)
        token = people.begin(people.add("bo", "editor", "correct horse"))
        store.close()
        kept = b"".join(p.read_bytes() for p in tmp_path.glob("desk.db*"))
        assert b"correct horse" not in kept
        assert token.encode() not in kept

    def test_who_is_removed_is_out_at_once(self, store: Store) -> None:
        people = People(store.database)
        token = people.begin(people.add("bo", "editor", "correct horse"))
        people.remove("bo")
        assert people.of(token) is None


class TestProxy:
    SETTINGS = Settings(header="X-User", proxies=frozenset({"10.0.0.9"}))

    def test_its_header_is_believed(self, store: Store) -> None:
        People(store.database).add("bo", "editor", "correct horse")
        inside = client(store, self.SETTINGS, "10.0.0.9")
        inside.headers["X-User"] = "bo"
        assert decide(inside) == 201
        assert store.log("1")[-1].who == "bo"

    def test_nobody_elses_is(self, store: Store) -> None:
        answer = client(store, self.SETTINGS, "10.0.0.8").get("/", headers={"X-User": "bo"})
        assert answer.status_code == 401

    def test_a_name_the_store_does_not_know_may_read(self, store: Store) -> None:
        inside = client(store, self.SETTINGS, "10.0.0.9")
        inside.headers["X-User"] = "cy"
        assert inside.get("/").status_code == 200
        assert decide(inside) == 403


class TestRefusals:
    def test_a_reader_may_not_decide(self, store: Store) -> None:
        people = People(store.database)
        token = people.begin(people.add("cy", "reader", "correct horse"))
        inside = client(store, Settings())
        inside.headers["Authorization"] = f"Bearer {token}"
        assert inside.get("/api/v1/findings").status_code == 200
        answer = inside.post(DECIDE, json={"state": "call"})
        assert answer.status_code == 403
        assert "Decide" not in inside.get("/findings/1").text

    def test_a_program_needs_its_token_alone(self, store: Store) -> None:
        people = People(store.database)
        token = people.begin(people.add("bot", "editor", "correct horse"))
        inside = client(store, Settings())
        headers = {"Authorization": f"Bearer {token}"}
        assert inside.post(DECIDE, json={"state": "call"}, headers=headers).status_code == 201

    @pytest.mark.parametrize("given", ["", "0" * 64, "é"])
    def test_a_browser_needs_the_forms_token(self, owner: TestClient, given: str) -> None:
        answer = owner.post(
            DECIDE, json={"state": "call"}, headers={b"X-CSRF-Token": given.encode()}
        )
        assert answer.status_code == 403
        form = {"state": "call", "base": "1", "once": "x", "csrf": given}
        assert owner.post("/findings/1/decide", data=form).status_code == 403

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1"])
    def test_another_name_is_not_served(self, owner: TestClient, host: str) -> None:
        assert owner.get("/", headers={"Host": host}).status_code == 421

    @pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
    def test_another_page_may_not_post(self, owner: TestClient, origin: str) -> None:
        assert decide(owner, Origin=origin) == 403

    def test_nor_one_that_the_browser_calls_foreign(self, owner: TestClient) -> None:
        assert decide(owner, **{"Sec-Fetch-Site": "cross-site"}) == 403
        assert decide(owner, Origin=HOST, **{"Sec-Fetch-Site": "same-origin"}) == 201

    def test_a_request_has_a_size(self, owner: TestClient) -> None:
        answer = owner.post(DECIDE, content=b"x" * 300_000)
        assert answer.status_code == 413
        answer = owner.post(DECIDE, content=iter([b"x" * 10]))
        assert answer.status_code == 411

    def test_every_answer_says_what_a_browser_may_do(self, owner: TestClient) -> None:
        for path in ("/", "/findings/1", "/static/review.css", "/none", "/api/v1/log", "/sign-in"):
            headers = owner.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"

    def test_nothing_is_loaded_from_elsewhere(self, owner: TestClient) -> None:
        for path in ("/", "/findings/1", "/log"):
            loaded = re.findall(r'(?:src|href|action)="([^"]*)"', owner.get(path).text)
            assert all(link.startswith(("/", "#")) for link in loaded)


class TestOut:
    @pytest.mark.parametrize("form", ["csv", "xlsx", "json", "atom", "corrections", "rules"])
    def test_every_form_is_a_file(self, owner: TestClient, form: str) -> None:
        answer = owner.get(f"/export/{form}?kind=quantity")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        assert answer.content

    def test_there_is_no_other_form(self, owner: TestClient) -> None:
        assert owner.get("/export/exe").status_code == 404

    def test_the_feed_takes_a_token_in_its_address(self, store: Store) -> None:
        people = People(store.database)
        token = people.begin(people.add("feeds", "reader", "correct horse"))
        outside = client(store, Settings())
        assert outside.get("/feed.atom").status_code == 401
        assert outside.get("/export/csv").status_code == 401
        answer = outside.get(f"/feed.atom?token={token}")
        assert answer.status_code == 200
        assert f"{HOST}/findings/" in answer.text


class TestServing:
    def test_a_network_needs_people(self, store: Store) -> None:
        with pytest.raises(ReviewError, match="open to a network"):
            settings_for(store, "0.0.0.0", "ana", Settings())
        with pytest.raises(ReviewError, match="--proxy"):
            settings_for(store, "0.0.0.0", "ana", Settings(header="X-User"))
        People(store.database).add("bo", "editor", "correct horse")
        assert settings_for(store, "0.0.0.0", "ana", Settings()).signs_in

    def test_this_machine_gets_a_link(self, store: Store) -> None:
        one, two = (settings_for(store, "127.0.0.1", "ana", Settings()) for _ in range(2))
        assert one.token != two.token
        assert len(one.token) >= 32

    def test_an_answer_does_not_wait_to_be_acknowledged(self, store: Store) -> None:
        """Where it does, each takes 40 ms and more once a connection is warm."""
        with served(store) as link:
            connection = http.client.HTTPConnection(urlsplit(link).netloc, timeout=20)
            took = []
            for _ in range(60):
                begun = time.perf_counter()
                connection.request("GET", "/static/icon.svg")
                connection.getresponse().read()
                took.append(time.perf_counter() - begun)
            connection.close()
        assert min(took[30:]) < 0.03
