"""The store, on SQLite and on a PostgreSQL server that the tests start."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from desk import bring, language, rules, told
from own_postgres import new_database
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from crosscheck.pipeline import align_and_compare, extract
from crosscheck.review.database import url_of
from crosscheck.review.imports import StaleError, recorded
from crosscheck.review.migrations import NEWEST, migrate, version_of
from crosscheck.review.plans import planned
from crosscheck.review.schema import metadata
from crosscheck.review.states import Change, ReviewError, UnknownFindingError
from crosscheck.review.store import Filed, Filter, Store
from crosscheck.review.turns import Turns

MORNING = {
    "harbour": "VARDE, 3 May 2024 - A ferry sank off Varde on Friday. 39 people died, police said.",
    "beacon": "VARDE, 3 May 2024 - A ferry sank off Varde on Friday. 35 people died, police said.",
}
EVENING = MORNING | {
    "courier": "VARDE, 3 May 2024 - A ferry sank off Varde on Friday. 41 people died, police said.",
}


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


def toll(store: Store) -> Filed:
    (found,) = store.findings(Filter(kinds=frozenset({"quantity"})))
    return found


class TestImport:
    def test_a_first_import_opens_what_disagrees(self, store: Store, tmp_path: Path) -> None:
        done = bring(store, MORNING, tmp_path)
        assert (done.articles, done.fresh, done.new) == (2, 2, 1)
        found = toll(store)
        assert found.state == "open"
        assert found.outlets == ("Beacon", "Harbour")
        assert {p.value for p in found.finding.positions} == {"35", "39"}
        assert [e.action for e in store.log(found.id)] == ["appeared"]

    def test_the_same_again_changes_nothing(self, store: Store, tmp_path: Path) -> None:
        bring(store, MORNING, tmp_path)
        before, seq = store.findings(), store.newest()
        done = bring(store, MORNING, tmp_path)
        assert (done.fresh, done.changed, done.gone, done.new, done.differing) == (0, 0, 0, 0, 0)
        assert store.findings() == before
        assert store.newest() == seq

    def test_the_store_is_compared_with_what_comes_from_elsewhere(
        self, store: Store, tmp_path: Path
    ) -> None:
        bring(store, MORNING, tmp_path / "one")
        only = {"courier": EVENING["courier"]}
        done = bring(store, only, tmp_path / "two")
        assert (done.articles, done.fresh, done.gone) == (3, 1, 0)
        assert toll(store).outlets == ("Beacon", "Courier", "Harbour")

    def test_a_decision_outlives_imports(self, store: Store, tmp_path: Path) -> None:
        bring(store, MORNING, tmp_path)
        store.decide(toll(store).id, "Ana", Change("dismissed", reason="two ferries"))
        bring(store, MORNING, tmp_path)
        assert toll(store).state == "dismissed"
        assert toll(store).reason == "two ferries"

    def test_changed_evidence_reopens_and_shows_both(self, store: Store, tmp_path: Path) -> None:
        bring(store, MORNING, tmp_path)
        id = toll(store).id
        store.decide(id, "Ana", Change("resolved", value="39", reason="police, by phone"))
        done = bring(store, EVENING, tmp_path)
        assert done.reopened == 1
        found = toll(store)
        assert (found.id, found.state, found.reopened) == (id, "open", True)
        assert found.decided is not None
        assert {p.value for p in found.decided.positions} == {"35", "39"}
        assert {p.value for p in found.finding.positions} == {"35", "39", "41"}
        assert [e.action for e in store.log(id)] == ["appeared", "decided", "reopened"]
        decided = store.log(id)[1]
        assert (decided.who, decided.value, decided.reason) == ("Ana", "39", "police, by phone")

    def test_an_edit_elsewhere_in_the_article_reopens_nothing(
        self, store: Store, tmp_path: Path
    ) -> None:
        bring(store, MORNING, tmp_path)
        store.decide(toll(store).id, "Ana", Change("confirmed"))
        longer = MORNING["beacon"].replace("35 people", "Divers were sent out. 35 people")
        done = bring(store, MORNING | {"beacon": longer}, tmp_path)
        assert (done.changed, done.reopened) == (1, 0)
        assert toll(store).state == "confirmed"

    def test_a_renamed_file_is_the_same_article(self, store: Store, tmp_path: Path) -> None:
        bring(store, MORNING, tmp_path)
        store.decide(toll(store).id, "Ana", Change("confirmed"))
        renamed = {"harbour": MORNING["harbour"], "later": MORNING["beacon"]}
        done = bring(store, renamed, tmp_path)
        assert (done.fresh, done.gone, done.reopened) == (0, 0, 0)
        assert toll(store).state == "confirmed"

    def test_what_is_gone_is_marked_and_its_decision_kept(
        self, store: Store, tmp_path: Path
    ) -> None:
        bring(store, MORNING, tmp_path)
        id = toll(store).id
        store.decide(id, "Ana", Change("confirmed", reason="both print it"))
        done = bring(store, {"harbour": MORNING["harbour"]}, tmp_path)
        assert (done.gone, done.vanished) == (1, 1)
        assert (store.finding(id).present, store.finding(id).state) == (False, "confirmed")
        done = bring(store, MORNING, tmp_path)
        assert (done.returned, store.finding(id).state) == (1, "confirmed")
        actions = [e.action for e in store.log(id)]
        assert actions == ["appeared", "decided", "gone", "returned"]

    def test_a_text_that_spells_out_an_escape_is_kept_as_it_is(
        self, store: Store, tmp_path: Path
    ) -> None:
        spelled = MORNING["beacon"].replace("35 people", r"35 people (\u0000, \ud800)")
        bring(store, MORNING | {"beacon": spelled}, tmp_path)
        assert spelled in {article.text for article in store.articles()}
        data = [c.mention.text for p in toll(store).finding.positions for c in p.claims]
        assert sorted(data) == ["35", "39"]

    def test_of_two_imports_at_once_the_second_plans_again(
        self, store: Store, tmp_path: Path
    ) -> None:
        read = told(MORNING, tmp_path)
        plan = planned(store, read, (), [tmp_path])
        bring(store, MORNING, tmp_path)
        before = store.findings(), store.log(), store.articles()
        found = extract(plan.articles, rules(), language(), ())
        with pytest.raises(StaleError):
            recorded(store, plan, found, align_and_compare(found))
        assert (store.findings(), store.log(), store.articles()) == before

    def test_a_finding_is_known_under_another_topic(self, store: Store, tmp_path: Path) -> None:
        bring(store, MORNING, tmp_path)
        id = toll(store).id
        other = {k: v.replace("sank off Varde", "sank near Varde") for k, v in MORNING.items()}
        bring(store, other, tmp_path)
        assert toll(store).id == id


class TestDecisions:
    @pytest.fixture
    def id(self, store: Store, tmp_path: Path) -> str:
        bring(store, MORNING, tmp_path)
        return toll(store).id

    def test_the_second_is_told_and_keeps_the_words(self, store: Store, id: str) -> None:
        seen = store.finding(id).revision
        first = store.decide(id, "Ana", Change("confirmed"), base=seen)
        second = store.decide(id, "Bo", Change("dismissed", reason="one is a list"), base=seen)
        assert first.applied
        assert not second.applied
        assert [e.who for e in second.since] == ["Ana"]
        assert store.finding(id).state == "confirmed"
        kept = store.log(id)[-1]
        assert (kept.who, kept.state, kept.reason) == ("Bo", "dismissed", "one is a list")

    def test_a_note_never_comes_second(self, store: Store, id: str) -> None:
        seen = store.finding(id).revision
        store.decide(id, "Ana", Change("confirmed"), base=seen)
        noted = store.decide(id, "Bo", Change(note="asked the police"), base=seen)
        assert noted.applied
        assert store.finding(id).state == "confirmed"

    def test_a_call_sent_twice_is_recorded_once(self, store: Store, id: str) -> None:
        one = store.decide(id, "Ana", Change("call"), request="r1")
        two = store.decide(id, "Ana", Change("call"), request="r1")
        assert one.entry == two.entry
        assert len(store.log(id)) == 2

    def test_undo_is_an_entry_of_its_own(self, store: Store, id: str) -> None:
        store.decide(id, "Ana", Change("resolved", value="39", reason="police"))
        store.undo(id, "Ana")
        assert store.finding(id).state == "open"
        assert [e.action for e in store.log(id)] == ["appeared", "decided", "undone"]

    def test_step_by_step_back_and_forth(self, store: Store, id: str) -> None:
        def state() -> tuple[str, str]:
            found = store.finding(id)
            return (found.state, found.assignee)

        store.decide(id, "Ana", Change("confirmed"))
        store.decide(id, "Bo", Change(assignee="Bo"))
        store.decide(id, "Bo", Change("dismissed", reason="a slip"))
        seen = [state()]
        for _ in range(3):
            store.undo(id, "Ana")
            seen.append(state())
        assert seen == [("dismissed", "Bo"), ("confirmed", "Bo"), ("confirmed", ""), ("open", "")]
        assert store.steps(id) == (False, True)
        for earlier in reversed(seen[:-1]):
            store.redo(id, "Ana")
            assert state() == earlier
        assert store.finding(id).reason == "a slip"
        assert store.steps(id) == (True, False)
        with pytest.raises(ReviewError, match="nothing to redo"):
            store.redo(id, "Ana")

    def test_a_new_decision_ends_what_can_be_redone(self, store: Store, id: str) -> None:
        store.decide(id, "Ana", Change("confirmed"))
        store.undo(id, "Ana")
        store.decide(id, "Ana", Change("call"))
        assert store.steps(id) == (True, False)

    def test_who_redoes_second_is_told(self, store: Store, id: str) -> None:
        store.decide(id, "Ana", Change("confirmed"))
        store.undo(id, "Ana")
        seen = store.finding(id).revision
        assert store.redo(id, "Ana", base=seen).applied
        store.undo(id, "Bo")
        second = store.redo(id, "Ana", base=seen)
        assert (second.applied, store.finding(id).state) == (False, "open")

    def test_there_must_be_something_to_undo(self, store: Store, id: str, tmp_path: Path) -> None:
        with pytest.raises(ReviewError, match="no decision to undo"):
            store.undo(id, "Ana")
        store.decide(id, "Ana", Change("confirmed"))
        bring(store, EVENING, tmp_path)
        with pytest.raises(ReviewError, match="no decision to undo"):
            store.undo(id, "Ana")

    def test_assignee_and_state_are_changed_apart(self, store: Store, id: str) -> None:
        store.decide(id, "Ana", Change(assignee="Bo"))
        store.decide(id, "Bo", Change("call", reason="ring the port"))
        found = store.finding(id)
        assert (found.assignee, found.state, found.reason) == ("Bo", "call", "ring the port")
        store.decide(id, "Bo", Change(assignee=""))
        assert store.finding(id).assignee == ""

    def test_a_rule_is_dismissed_with_a_reason(self, store: Store, id: str) -> None:
        rule = store.finding(id).finding.reason["rules"][0]
        with pytest.raises(ReviewError, match="why"):
            store.dismiss_rule(rule, "Ana", " ")
        entries = store.dismiss_rule(rule, "Ana", "counts passengers")
        assert id in {e.finding for e in entries}
        assert store.finding(id).state == "dismissed"
        with pytest.raises(ReviewError, match="no open finding"):
            store.dismiss_rule(rule, "Ana", "again")

    @pytest.mark.parametrize(
        ("made", "told"),
        [
            (lambda: Change(), "nothing to record"),
            (lambda: Change("resolved"), "value"),
            (lambda: Change("open", value="3"), "only a resolved"),
            (lambda: Change("done"), "choose one of"),
        ],
    )
    def test_a_change_says_something(self, made: object, told: str) -> None:
        with pytest.raises(ReviewError, match=told):
            made()  # type: ignore[operator]

    def test_an_unknown_finding_or_revision(self, store: Store, id: str) -> None:
        with pytest.raises(UnknownFindingError):
            store.decide("quantity-0", "Ana", Change("call"))
        with pytest.raises(ReviewError, match="no revision"):
            store.decide(id, "Ana", Change("call"), base=99)

    def test_the_log_is_only_added_to(self, store: Store, id: str) -> None:
        for statement in ("DELETE FROM log", "UPDATE log SET who = 'x'"):
            with pytest.raises(DBAPIError, match="only added to"), store.database.writing() as c:
                c.execute(text(statement))

    def test_twenty_at_once_lose_nothing(self, store: Store, id: str) -> None:
        seen = store.finding(id).revision
        outcomes = []

        def work(who: str) -> None:
            outcomes.append(store.decide(id, who, Change("confirmed", reason=who), base=seen))

        threads = [threading.Thread(target=work, args=(f"p{n}",)) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(o.applied for o in outcomes) == 1
        entries = [e for e in store.log(id) if e.action == "decided"]
        assert {e.reason for e in entries} == {f"p{n}" for n in range(20)}
        assert [e.seq for e in entries] == sorted({e.seq for e in entries})


def held(store: Store, version: int) -> dict[str, list[dict[str, object]]]:
    """All rows of the tables that a version has, but the schema's own, with its columns."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection, version)
        seen = inspect(connection)
        there = {t: {c["name"] for c in seen.get_columns(t)} for t in seen.get_table_names()}
    with store.database.reading() as connection:
        return {
            table.name: [
                {name: value for name, value in row.items() if name in there[table.name]}
                for row in connection.execute(table.select()).mappings()
            ]
            for table in metadata.sorted_tables
            if table.name in there and table.name != "schema_version"
        }


def replace(url: str, rows: dict[str, list[dict[str, object]]], version: int) -> None:
    """Makes the store anew in an older version, with these rows."""
    engine = create_engine(url_of(url))
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.exec_driver_sql(f"DROP TABLE {table.name}")
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP FUNCTION log_keeps")
        migrate(connection, version)
        for table in metadata.sorted_tables:
            if rows.get(table.name):
                connection.execute(table.insert(), rows[table.name])
    engine.dispose()


class TestSchema:
    @pytest.mark.parametrize("version", range(1, NEWEST))
    def test_an_older_store_is_taken_forward(self, url: str, version: int, tmp_path: Path) -> None:
        """What is in it stays: a store of today is rewritten as an old one would hold it."""
        with Store.open(url) as store:
            bring(store, MORNING, tmp_path)
            store.decide(toll(store).id, "Ana", Change("confirmed", reason="both print it"))
            before = store.findings(), store.log(), store.articles()
            rows = held(store, version)
        replace(url, rows, version)
        with Store.open(url) as store:
            with store.database.reading() as connection:
                assert version_of(connection) == NEWEST
            assert (store.findings(), store.log(), store.articles()) == before
            assert bring(store, EVENING, tmp_path).reopened == 1

    def test_migrations_make_the_tables_that_are_used(self, store: Store) -> None:
        with store.database.reading() as connection:
            seen = inspect(connection)
            there = {t: {c["name"] for c in seen.get_columns(t)} for t in seen.get_table_names()}
        assert there == {t.name: {c.name for c in t.columns} for t in metadata.sorted_tables}

    def test_a_newer_store_is_left_alone(self, store: Store, url: str) -> None:
        with store.database.writing() as connection:
            connection.execute(text("INSERT INTO schema_version VALUES (99)"))
        with pytest.raises(ReviewError, match="newer crosscheck"):
            Store.open(url)


def test_a_server_that_hung_up_is_called_again(server: str, tmp_path: Path) -> None:
    with Store.open(new_database(server, f"desk{uuid4().hex}")) as store:
        bring(store, MORNING, tmp_path)
        before = store.findings()
        with psycopg.connect(server, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> %s",
                [other.info.backend_pid],
            )
        time.sleep(1.1)
        assert store.findings() == before
        assert store.decide(toll(store).id, "Ana", Change("call")).applied


def test_turns_are_taken_in_the_order_in_which_threads_came() -> None:
    turns, order = Turns(), list[int]()

    def work(n: int) -> None:
        with turns:
            order.append(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    with turns:
        for thread in threads:
            thread.start()
            time.sleep(0.02)
    for thread in threads:
        thread.join()
    assert order == sorted(order)
    with turns:  # free again
        pass


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, bread, and a good deal more than that\n" * 40)
    with pytest.raises(ReviewError, match="no SQLite database"):
        Store.open(str(tmp_path / "notes.txt"))
    with pytest.raises(ReviewError, match="a folder"):
        Store.open(str(tmp_path))
    with pytest.raises(ReviewError, match="no folder"):
        Store.open(str(tmp_path / "none" / "desk.db"))
    with pytest.raises(ReviewError, match="no store"):
        Store.open(str(tmp_path / "desk.db"), must_exist=True)
    with pytest.raises(ReviewError, match="SQLite file or a PostgreSQL"):
        Store.open("mysql://desk")
