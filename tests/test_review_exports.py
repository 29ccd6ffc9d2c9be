"""What goes out of the store: every form opens again, says what was decided, and never acts."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from desk import bring, language, rules, told
from lxml import etree
from openpyxl import load_workbook

from crosscheck.cli.app import commands
from crosscheck.model import Article, Claim, Finding, Mention, Position, Report
from crosscheck.pipeline import extract
from crosscheck.report import safe
from crosscheck.review.exports import FORMS, Exported, export
from crosscheck.review.exports.csv import COLUMNS
from crosscheck.review.exports.rules import string
from crosscheck.review.exports.settled import standings
from crosscheck.review.imports import recorded
from crosscheck.review.plans import planned
from crosscheck.review.states import Change, ReviewError
from crosscheck.review.store import Filter, Store

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MORNING = {
    "harbour": "VARDE, 3 May 2024 - A ferry sank off Varde on Friday. 39 people died, police said.",
    "beacon": "VARDE, 3 May 2024 - A ferry sank off Varde on Friday. 35 people died, police said.",
}
EVENING = MORNING | {
    "courier": "VARDE, 3 May 2024 - A ferry sank off Varde on Friday. 41 people died, police said.",
}
LENGTH = {
    "harbour": "VARDE, 3 May 2024 - A ferry that is 85 metres long sank off Varde on Friday.",
    "beacon": "VARDE, 3 May 2024 - A ferry that is 58 metres long sank off Varde on Friday.",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "desk.db")) as opened:
        yield opened


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Store:
    bring(store, MORNING, tmp_path)
    return store


def toll(store: Store) -> str:
    (found,) = store.findings(Filter(kinds=frozenset({"quantity"})))
    return found.id


def text(store: Store, form: str, **more: Any) -> str:
    return export(store, form, **more).content.decode()


def table(store: Store) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(store, "csv").removeprefix("\ufeff"))))


def feed(store: Store, base_url: str = "") -> etree._Element:
    return etree.fromstring(export(store, "atom", base_url=base_url).content)


def words(feed: etree._Element, path: str) -> list[str]:
    return [str(found) for found in feed.xpath(f"{path}/text()", namespaces=ATOM)]


class TestAll:
    @pytest.mark.parametrize("form", FORMS)
    def test_an_empty_store_has_every_form(self, store: Store, form: str) -> None:
        assert opens(export(store, form))

    @pytest.mark.parametrize("form", FORMS)
    def test_the_same_store_gives_the_same_bytes(self, desk: Store, form: str) -> None:
        desk.decide(toll(desk), "Ana", Change("dismissed", reason="two ferries"))
        assert export(desk, form) == export(desk, form)

    def test_there_are_no_other_forms(self, desk: Store) -> None:
        with pytest.raises(ReviewError, match="choose one of csv, xlsx"):
            export(desk, "pdf")

    @pytest.mark.parametrize("form", FORMS)
    def test_a_moved_store_exports_the_same(self, desk: Store, form: str, tmp_path: Path) -> None:
        before = export(desk, form)
        desk.close()
        (tmp_path / "desk.db").rename(tmp_path / "moved.db")
        with Store.open(str(tmp_path / "moved.db")) as moved:
            assert export(moved, form) == before


class TestCsv:
    def test_one_row_a_finding_with_its_decision(self, desk: Store) -> None:
        entry = desk.decide(
            toll(desk), "Ana", Change("resolved", value="39", reason="police, by phone")
        ).entry
        (row,) = [row for row in table(desk) if row["kind"] == "quantity"]
        assert tuple(row) == COLUMNS
        assert row["id"] == toll(desk)
        assert (row["state"], row["value"], row["reason"]) == ("resolved", "39", "police, by phone")
        assert (row["decided_by"], row["decided_at"]) == ("Ana", entry.at)
        assert (row["outlets"], row["reopened"], row["present"]) == ("Beacon; Harbour", "no", "yes")
        assert set(row["values"].split("; ")) == {"35", "39"}

    def test_an_assignment_is_no_decision(self, desk: Store) -> None:
        desk.decide(toll(desk), "Ana", Change("confirmed"))
        desk.decide(toll(desk), "Bo", Change(assignee="Bo"))
        (row,) = table(desk)
        assert (row["decided_by"], row["assignee"]) == ("Ana", "Bo")

    def test_a_reopened_finding_is_decided_by_nobody(self, desk: Store, tmp_path: Path) -> None:
        desk.decide(toll(desk), "Ana", Change("confirmed"))
        bring(desk, EVENING, tmp_path)
        (row,) = table(desk)
        assert (row["reopened"], row["decided_by"], row["state"]) == ("yes", "", "open")

    def test_filters_choose(self, desk: Store) -> None:
        assert len(table(desk)) == 1
        none = Filter(states=frozenset({"resolved"}))
        assert text(desk, "csv", which=none).count("\n") == 1


class TestXlsx:
    def book(self, store: Store) -> Any:
        return load_workbook(io.BytesIO(export(store, "xlsx").content))

    def test_sheets_with_filters_and_a_header_that_stays(self, desk: Store) -> None:
        desk.decide(toll(desk), "Ana", Change("confirmed", note="both print it"))
        book = self.book(desk)
        assert book.sheetnames == ["Findings", "Positions", "Log"]
        for sheet in book:
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref == sheet.dimensions
            assert sheet["A1"].font.bold
        assert [c.value for c in book["Findings"][1]] == [c.replace("_", " ") for c in COLUMNS]
        assert book["Findings"]["A2"].value == 1
        positions = {(row[2], row[4]) for row in book["Positions"].values}
        assert {("35", "Beacon"), ("39", "Harbour")} <= positions
        (row,) = [row for row in book["Log"].values if row[2] == "Ana"]
        assert row[5:7] == ("decided", "discrepancy confirmed")
        assert "both print it" in row

    def test_it_is_dated_by_the_last_change(self, desk: Store) -> None:
        last = desk.log()[-1].at
        changed = datetime.fromisoformat(last).replace(tzinfo=None, microsecond=0)
        assert self.book(desk).properties.modified == changed
        with ZipFile(io.BytesIO(export(desk, "xlsx").content)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


class TestJson:
    def test_the_contract(self, desk: Store, tmp_path: Path) -> None:
        desk.decide(toll(desk), "Ana", Change("resolved", value="39", reason="police"))
        data = json.loads(text(desk, "json"))
        assert data["schema"] == "crosscheck-review/1"
        assert data["seq"] == desk.newest()
        assert {article["outlet"] for article in data["articles"]} == {"Beacon", "Harbour"}
        (found,) = data["findings"]
        assert (found["state"], found["value"], found["revision"]) == ("resolved", "39", 2)
        assert found["decided"]["by"] == "Ana"
        assert found["decided_on"] is None
        assert [entry["action"] for entry in found["log"]] == ["appeared", "decided"]
        assert found["disagree"] == [[0, 1]]
        keys = {a["id"] for a in data["articles"]}
        assert {c["article"] for p in found["positions"] for c in p["claims"]} == keys

    def test_a_reopened_finding_shows_both_states(self, desk: Store, tmp_path: Path) -> None:
        desk.decide(toll(desk), "Ana", Change("resolved", value="39"))
        bring(desk, EVENING, tmp_path)
        (found,) = json.loads(text(desk, "json"))["findings"]
        assert (found["state"], found["reopened"], found["decided"]) == ("open", True, None)
        assert {p["value"] for p in found["decided_on"]["positions"]} == {"35", "39"}
        assert {p["value"] for p in found["positions"]} == {"35", "39", "41"}


class TestAtom:
    def test_it_has_what_rfc_4287_requires(self, desk: Store) -> None:
        made = feed(desk)
        assert made.tag == f"{{{ATOM['a']}}}feed"
        for parent in (made, *made.findall("a:entry", ATOM)):
            for name in ("id", "title", "updated"):
                (one,) = parent.findall(f"a:{name}", ATOM)
                assert (one.text or "").strip()
            at = datetime.fromisoformat(parent.findtext("a:updated", "", ATOM))
            assert at.tzinfo is not None
            assert parent.findtext("a:id", "", ATOM).startswith("urn:uuid:")
        assert words(made, "a:author/a:name")
        # without an alternate link an entry must have content (4.1.1.1)
        assert all(entry.findtext("a:content", "", ATOM) for entry in made.findall("a:entry", ATOM))
        ids = words(made, "//a:id")
        assert len(ids) == len(set(ids))

    def test_an_entry_tells_the_positions_and_links_to_the_page(self, desk: Store) -> None:
        made = feed(desk, "https://desk.example/")
        (title,) = words(made, "a:entry/a:title")
        assert title.startswith("New: ")
        assert "35" in title
        (content,) = words(made, "a:entry/a:content")
        assert "39: Harbour, “39”, according to police" in content
        links = made.xpath("a:entry/a:link/@href", namespaces=ATOM)
        assert links == ["https://desk.example/findings/1"]

    def test_reopened_comes_first_and_what_was_told_stays(
        self, desk: Store, tmp_path: Path
    ) -> None:
        before = feed(desk).find("a:entry", ATOM)
        desk.decide(toll(desk), "Ana", Change("confirmed"))
        assert words(feed(desk), "a:entry/a:id") == words(feed(desk), "a:entry/a:id")
        bring(desk, EVENING, tmp_path)
        again, first = feed(desk).findall("a:entry", ATOM)
        assert again.findtext("a:title", "", ATOM).startswith("Open again: ")
        assert "41" in again.findtext("a:content", "", ATOM)
        assert etree.tostring(first, method="c14n") == etree.tostring(before, method="c14n")
        assert feed(desk).findtext("a:updated", "", ATOM) == again.findtext("a:updated", "", ATOM)

    def test_decisions_are_no_news(self, desk: Store) -> None:
        before = export(desk, "atom")
        desk.decide(toll(desk), "Ana", Change("confirmed"))
        assert export(desk, "atom") == before

    def test_topics_that_agree_are_no_news(self, store: Store, tmp_path: Path) -> None:
        same = {"harbour": MORNING["harbour"], "lamp": MORNING["harbour"]}
        bring(store, same, tmp_path)
        assert not feed(store).findall("a:entry", ATOM)
        bring(store, same | {"beacon": MORNING["beacon"]}, tmp_path)
        assert len(feed(store).findall("a:entry", ATOM)) == 1


class TestCorrections:
    def test_a_conflict_that_was_resolved_asks_for_a_correction(
        self, store: Store, tmp_path: Path
    ) -> None:
        bring(store, LENGTH, tmp_path)
        store.decide(
            toll(store), "Ana", Change("resolved", value="85 metres", reason="the port. By phone.")
        )
        made = text(store, "corrections")
        assert "\n## CORRECTION: " in made
        assert "The desk settled on **85 metres** (Ana, " in made
        assert ": the port. By phone.\n" in made
        assert (
            "- CORRECTION: In a story of 3 May 2024, Beacon reported 58 m (“58 metres”). "
            "It should have been 85 metres.\n"
        ) in made
        assert "- STANDS: In a story of 3 May 2024, Harbour reported 85 m (“85 metres”).\n" in made

    def test_what_is_not_settled_is_an_advisory(self, desk: Store, tmp_path: Path) -> None:
        desk.decide(toll(desk), "Ana", Change("call", reason="ring the port"))
        assert "Needs a call (Ana, " in text(desk, "corrections")
        desk.decide(toll(desk), "Ana", Change("resolved", value="39"))
        bring(desk, EVENING, tmp_path)
        made = text(desk, "corrections")
        assert "## ADVISORY: " in made
        assert "had settled on 39 (Ana, " in made
        assert "41 (Courier" in made
        assert "CORRECTION" not in made

    @pytest.mark.parametrize("state", ["dismissed", "open"])
    def test_what_is_no_discrepancy_asks_for_nothing(self, desk: Store, state: Any) -> None:
        desk.decide(toll(desk), "Ana", Change(state))
        assert "Nothing was settled yet." in text(desk, "corrections")

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("39", ("stands", "differs", "stands")),
            ("39 dead", ("stands", "differs", "stands")),
            ("40", ("differs", "differs", "stands")),
            ("35 to 39", ("stands", "stands", "stands")),
            ("not known", ("unclear", "unclear", "unclear")),
        ],
    )
    def test_which_figures_stand(self, value: str, expected: tuple[str, ...]) -> None:
        positions = tuple(Position(told, ()) for told in ("39", "35", "at least 12"))
        found = Finding("q", "quantity", "dead", "conflict", "high", "", positions, ((0, 1),))
        assert standings(found, value, rules()) == expected

    def test_which_days_stand(self) -> None:
        positions = (Position("Monday 12 May 2025", ()), Position("Tuesday 13 May 2025", ()))
        found = Finding("d", "date", "day", "conflict", "high", "", positions, ((0, 1),))
        assert standings(found, "13 May 2025", rules()) == ("differs", "stands")
        assert standings(found, "May 2025", rules()) == ("stands", "stands")

    def test_which_spellings_stand(self) -> None:
        positions = (Position("Witkoff", ()), Position("Vitkoff", ()))
        found = Finding("n", "name", "name", "variant", "low", "", positions, ((0, 1),))
        assert standings(found, "witkoff", rules()) == ("stands", "differs")
        assert standings(found, "Wittkoff", rules()) == ("differs", "differs")

    def test_of_other_values_nothing_is_concluded(self) -> None:
        positions = (Position("minister", ()), Position("deputy minister", ()))
        found = Finding("r", "role", "title", "conflict", "high", "", positions, ((0, 1),))
        assert standings(found, "Minister", rules()) == ("stands", "differs")
        assert standings(found, "secretary", rules()) == ("unclear", "unclear")

    @pytest.mark.parametrize(
        ("value", "line"),
        [
            ("19", "- UPDATE: In a story of 3 May 2024, Early reported 12. The desk now has 19."),
            ("12", "- CORRECTION: In a story of 5 May 2024, Late reported 19. It should have been"),
        ],
    )
    def test_what_was_overtaken_is_an_update(
        self, store: Store, tmp_path: Path, value: str, line: str
    ) -> None:
        articles = {
            "early": "VARDE, 3 May 2024 - A ferry sank off Varde on Friday. 12 people died.",
            "late": "VARDE, 5 May 2024 - A ferry sank off Varde on Friday. 19 people died.",
        }
        bring(store, articles, tmp_path)
        assert store.finding(toll(store)).finding.verdict == "update"
        store.decide(toll(store), "Ana", Change("resolved", value=value))
        assert line in text(store, "corrections")


class TestRules:
    def test_dismissed_findings_become_pairs_to_leave(self, desk: Store) -> None:
        desk.decide(toll(desk), "Ana", Change("dismissed", reason="two ferries\nand a list"))
        made = text(desk, "rules")
        candidates = {rule["id"]: rule for rule in tomllib.loads(made)["rule"]}
        behind = desk.finding(toll(desk)).finding.reason["rules"]
        telling = {id for id in behind if id.startswith(("advice.", "severity."))}
        assert set(candidates) == set(behind) - telling
        for rule in candidates.values():
            ((one, other),) = rule["leave"]
            assert {one[:2], other[:2]} == {"39", "35"}
            assert (rule["dismissed"], rule["held"]) == (1, 0)
        assert "Ana, " in made
        assert ": two ferries and a list\n" in made

    def test_a_pair_is_an_example_that_a_rule_may_carry(self, desk: Store, tmp_path: Path) -> None:
        from crosscheck.rulebook import load

        desk.decide(toll(desk), "Ana", Change("dismissed"))
        (first, *_) = tomllib.loads(text(desk, "rules"))["rule"]
        pairs = ", ".join(f"[{string(one)}, {string(other)}]" for one, other in first["leave"])
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "own.toml").write_text(
            'section = "totals"\nabout = "x"\n[[rule]]\nid = "desk.total"\nabout = "x"\n'
            f'words = ["grand total"]\nfind = ["A grand total of 12."]\nleave = [{pairs}]\n',
            encoding="utf-8",
        )
        assert load([tmp_path / "own"]).rule("desk.total").leave == tuple(
            tuple(pair) for pair in first["leave"]
        )

    def test_what_held_is_counted_and_nothing_else_listed(self, desk: Store) -> None:
        desk.decide(toll(desk), "Ana", Change("confirmed"))
        assert "rule" not in tomllib.loads(text(desk, "rules"))


# --- hostile articles ----------------------------------------------------------------------------

FORMULA = "=cmd|' /C calc'!A0"
ACTING = "\x00\x07\x1b[31m\u202egnp.exe\u2066\x7f\x9b\ufffe\uffff\ud800"
SCRIPT = "<script>alert('x')</script>]]>&amp;"
EVIL = (
    FORMULA, ACTING, SCRIPT, "+1+1", "@SUM(A1)", "-2+3", "\t=1", "_x003D_cmd", '"""\\', "'''\n[x]",
    "\ufeff=HYPERLINK(\"http://evil.example\")", "[click](javascript:alert(1))", "# head",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which topics, values, passages, outlets, titles and decisions are hostile, and an
    article has a line of 10 MB."""
    folder = tmp_path_factory.mktemp("hostile")
    plain = told({f"a{n}": f"{evil} {evil}" for n, evil in enumerate(EVIL)}, folder)
    first, *others = (
        replace(article, id=f"{n} {evil}", outlet=evil, title=evil)
        for n, (article, evil) in enumerate(zip(plain, EVIL, strict=True))
    )
    articles = [replace(first, text=first.text + "x" * 10_000_000), *others]
    with Store.open(str(folder / "desk.db")) as store:
        plan = planned(store, articles, (), [folder])
        done = extract((), rules(), language())
        recorded(store, plan, done, Report(plan.articles, tuple(_findings(plan.articles))), "")
        for n, filed in enumerate(store.findings()):
            _decide(store, filed.id, n)
        yield store


def _findings(articles: tuple[Article, ...]) -> Iterator[Finding]:
    for n, (article, other) in enumerate(pairwise(articles)):
        said, head = article.text[:40_000], {"rules": [article.id, "number.digits"]}
        positions = (
            *(_position(article, evil) for evil in EVIL[:6]),
            _position(other, said),
        )
        yield Finding(
            f"quantity-{n}", "quantity", said, "conflict", "high", said, positions,
            ((0, 1), (0, 6)), head, said,
        )  # fmt: skip


def _position(article: Article, value: str) -> Position:
    end = min(len(article.text), 200)
    mention = Mention(article.id, 0, end, article.text[:end])
    sentence = (0, min(len(article.text), 40_000))
    claim = Claim(mention, sentence, "quantity", None, value, "r", attributed_to=value)
    return Position(value, (claim,), (value,), (value,))


def _decide(store: Store, id: str, n: int) -> None:
    evil = EVIL[n % len(EVIL)]
    change = (
        Change("resolved", value=f"{evil} ", reason=evil),
        Change("dismissed", reason=evil, note=evil),
        Change("confirmed", reason=evil, assignee=evil),
    )[n % 3]
    store.decide(id, evil, change)


def opens(made: Exported) -> bool:
    """Whether a form can be read again by those who read such forms."""
    content = made.content
    match made.filename.rpartition(".")[2]:
        case "csv":
            list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
        case "xlsx":
            load_workbook(io.BytesIO(content))
        case "json":
            json.loads(content)
        case "atom":
            etree.fromstring(content)
        case "toml":
            tomllib.loads(content.decode())
        case "md":
            assert content.decode().startswith("# Correction log\n")
    return True


class TestHostile:
    @pytest.mark.parametrize("form", FORMS)
    def test_every_form_opens_and_nothing_acts(self, hostile: Store, form: str) -> None:
        made = export(hostile, form, base_url="https://desk.example")
        assert opens(made)
        assert len(made.content) < 1_000_000
        if form != "xlsx":
            assert not safe.ACTING.search(made.content.decode().removeprefix("\ufeff"))

    def test_no_cell_of_the_table_is_a_formula(self, hostile: Store) -> None:
        rows = table(hostile)
        assert len(rows) == len(EVIL) - 1
        cells = [cell for row in rows for cell in row.values()]
        assert not [cell for cell in cells if safe.FORMULA.match(cell)]
        assert any("cmd" in cell for cell in cells)

    def test_no_cell_of_the_workbook_is_a_formula(self, hostile: Store) -> None:
        content = export(hostile, "xlsx").content
        found = 0
        for sheet in load_workbook(io.BytesIO(content)):
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value):
                assert cell.data_type in {"s", "n"}
                assert cell.data_type == "s" or isinstance(cell.value, int)
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and safe.FORMULA.match(cell.value):
                    found += 1
                    assert cell.quotePrefix
                    assert not safe.ACTING.search(cell.value)
        assert found
        with ZipFile(io.BytesIO(content)) as archive:
            sheets = [name for name in archive.namelist() if "/sheet" in name]
            assert all(b"<f>" not in archive.read(name) for name in sheets)

    def test_the_feed_has_text_and_no_markup_of_articles(self, hostile: Store) -> None:
        made = feed(hostile)
        assert {element.tag.partition("}")[0] for element in made.iter()} == {"{" + ATOM["a"]}
        assert not made.xpath("//a:*[@type='html' or @type='xhtml']", namespaces=ATOM)
        assert any("<script>" in (element.text or "") for element in made.iter())

    def test_the_correction_log_has_no_markup_of_articles(self, hostile: Store) -> None:
        made = text(hostile, "corrections")
        assert "<script" not in made
        assert "](javascript" not in made.replace("\\]", "")
        assert all(
            line.startswith(("## CORRECTION", "## ADVISORY", "## CLARIFICATION"))
            for line in made.splitlines()
            if line.startswith("## ")
        )

    def test_toml_strings_come_back(self) -> None:
        for evil in EVIL:
            kept = evil.replace("\ud800", "\ufffd")
            assert tomllib.loads(f"x = {string(evil)}") == {"x": kept}


# --- the command line ----------------------------------------------------------------------------


class TestCommand:
    def run(self, *args: object) -> Any:
        return CliRunner().invoke(commands, ["review", "export", *map(str, args)])

    @pytest.mark.parametrize("form", FORMS)
    def test_it_writes_what_the_function_gives(
        self, desk: Store, tmp_path: Path, form: str
    ) -> None:
        made = export(desk, form)
        file = tmp_path / made.filename
        done = self.run("--store", tmp_path / "desk.db", "-o", file)
        assert (done.exit_code, done.output) == (0, "")
        assert file.read_bytes() == made.content
        printed = self.run("--store", tmp_path / "desk.db", "--as", form)
        assert printed.stdout_bytes == made.content

    def test_the_filters_are_those_of_the_list(self, desk: Store, tmp_path: Path) -> None:
        at = ("--store", tmp_path / "desk.db", "--as", "json")
        for more, count in (
            (("--state", "open", "--kind", "quantity", "--outlet", "Beacon"), 1),
            (("--outlet", "Nobody"), 0),
            (("--severity", "low"), 0),
        ):
            done = self.run(*at, *more)
            assert len(json.loads(done.stdout)["findings"]) == count

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (("-o", "x.pdf"), "the ending tells no form"),
            (("--as", "atom", "--base-url", "javascript:alert(1)"), "begins with http"),
        ],
    )
    def test_refusals(self, desk: Store, tmp_path: Path, args: Any, message: str) -> None:
        done = self.run("--store", tmp_path / "desk.db", *args)
        assert done.exit_code == 2
        assert message in done.output

    def test_no_store_is_made(self, tmp_path: Path) -> None:
        done = self.run("--store", tmp_path / "none.db")
        assert done.exit_code == 2
        assert not (tmp_path / "none.db").exists()
