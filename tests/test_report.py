"""Reports as table, Markdown, CSV and JSON; the page has tests of its own."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_builder import fire, said
from wcwidth import wcswidth

from crosscheck.model import Article, Finding, Position, Report, Unread
from crosscheck.report import FORMATS, render

HOSTILE = (
    "\x1b[31mred\x1b[0m \x9b2J \u202eevil\u202c \x00 \x07",
    '=HYPERLINK("http://a.example","x")',
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "| pipe | `code` **bold** [link](http://a.example) <b>",
    "line one\nline two\ttab\r\nline three",
    "日本語の名前 한국어 👩‍🚒 e\u0301",
    "x" * 5000,
    "\ud800 lone",
)
text = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))


def stranger(topic: str, value: str, passage: str, outlet: str, why: str) -> Report:
    """A report whose every text is given."""
    claims = [said(id, passage, value) for id in ("one", "two")]
    positions = (Position(value, (claims[0],)), Position(f"{value}?", (claims[1],), (why,)))
    articles = tuple(Article(id, passage, outlet, outlet, topic, url=why) for id in ("one", "two"))
    finding = Finding(topic, "quote", topic, "conflict", "high", why, positions, ((0, 1),))
    unread = (Unread(why, path=outlet), Unread(why, article="one", end=1, text=passage))
    return Report(articles, (finding,), (), unread)


strangers = st.builds(stranger, text, text, text.filter(bool), text, text)


def cells(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report, "csv").removeprefix("\ufeff"))))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("outlets", [0, 1, 2, 5, 12])
def test_every_form_shows_any_number_of_accounts(form: str, outlets: int) -> None:
    report = fire(outlets) if outlets else Report((), ())
    shown = render(report, form)
    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")


def test_an_unknown_form_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"'pdf'.*table, markdown"):
        render(fire(2), "pdf")


@pytest.mark.parametrize("form", FORMATS)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_the_order_of_a_report_changes_nothing(form: str, data: st.DataObject) -> None:
    report = fire(5)
    mixed = replace(
        report,
        articles=tuple(data.draw(st.permutations(report.articles))),
        findings=tuple(
            replace(f, positions=tuple(_mixed(p, data) for p in f.positions))
            for f in data.draw(st.permutations(report.findings))
        ),
        unread=tuple(data.draw(st.permutations(report.unread))),
    )
    assert render(mixed, form, all=True) == render(report, form, all=True)


def _mixed(position: Position, data: st.DataObject) -> Position:
    return replace(position, claims=tuple(data.draw(st.permutations(position.claims))))


def test_hash_seeds_change_nothing() -> None:
    code = (
        "from report_builder import fire; from crosscheck.report import FORMATS, render; "
        "import hashlib; t = ''.join(render(fire(5), f, all=True) for f in FORMATS); "
        "print(hashlib.sha256(t.encode()).hexdigest())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


# JSON


def test_json_is_the_contract() -> None:
    data = json.loads(render(fire(5), "json"))
    assert data["schema"] == "crosscheck-report/1"
    assert set(data["articles"][0]) == {
        "id", "path", "outlet", "title", "published", "url", "event",
    }  # fmt: skip
    assert data["articles"][0]["published"] == "2031-05-05T09:30:00"
    for finding in data["findings"]:
        assert set(finding) == {
            "id", "kind", "topic", "verdict", "severity", "why", "tie", "advice", "positions",
            "disagree",
        }  # fmt: skip
        assert finding["verdict"] in {"agree", "compatible", "update", "conflict", "variant"}
        for position in finding["positions"]:
            assert set(position) == {"value", "origins", "outlets", "claims"}
            for claim in position["claims"]:
                assert set(claim) == {
                    "article",
                    "start",
                    "end",
                    "text",
                    "attributed_to",
                    "via",
                    "rule",
                }
        for a, b in finding["disagree"]:
            assert 0 <= a < b < len(finding["positions"])
    assert {tuple(sorted(entry)) for entry in data["unread"]} == {
        ("path", "why"),
        ("article", "end", "start", "text", "why"),
    }
    assert data["left_alone"] == 12
    assert [len(pair["claims"]) for pair in data["uncompared"]] == [2]


def test_json_quotes_articles_by_offsets_and_adds_their_text_on_demand() -> None:
    data = json.loads(render(fire(5), "json", with_text=True))
    texts = {article["id"]: article["text"] for article in data["articles"]}
    said = [c for f in data["findings"] for p in f["positions"] for c in p["claims"]]
    assert said
    for claim in said:
        assert texts[claim["article"]][claim["start"] : claim["end"]] == claim["text"]


def test_a_day_without_a_time_is_published_as_a_day() -> None:
    days = [
        replace(Article("a", "x", published=datetime(2031, 5, 5)), dated="day"),
        Article("b", "x"),
    ]
    data = json.loads(render(Report(tuple(days), ()), "json"))
    assert [article["published"] for article in data["articles"]] == ["2031-05-05", None]


def test_a_lone_surrogate_becomes_one_replacement_character() -> None:
    report = stranger("t", "v", "a \ud800 b", "o", "w")
    data = json.loads(render(report, "json", with_text=True).encode())
    assert data["articles"][0]["text"] == "a \ufffd b"


@given(strangers)
@settings(max_examples=40, deadline=None)
def test_json_is_utf8_and_acts_on_no_terminal(report: Report) -> None:
    shown = render(report, "json", with_text=True)
    assert json.loads(shown.encode())["findings"][0]["positions"]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


# The table


def test_the_table_says_what_who_verdict_and_why() -> None:
    shown = render(fire(5), "table")
    flat = re.sub(r"\s+", " ", shown)
    assert "• 71 — The Estuary Post" in flat
    assert "• 12 (5 May, 09:00) —" in flat
    assert "The Estuary" in flat
    assert "Post citing organisers" in flat
    assert "◦ more than 50 — Radio Lindau" in flat
    assert flat.index("people injured") < flat.index("people killed") < flat.index("cost of")
    assert "7 findings: 5 conflicts, 1 update, 1 spelling; 1 topic agrees; 1 fits together;" in flat
    assert "12 pairs looked alike and were left alone, nearest: “17” (North Wire)" in flat
    assert "stories/photo.jpg: not a text" in flat


def test_agreement_is_summed_up_unless_all_is_wanted() -> None:
    assert "stalls destroyed" not in render(fire(5), "table")
    shown = render(fire(5), "table", all=True)
    assert "stalls destroyed" in shown
    assert "agrees" in shown


def test_colour_is_used_only_on_demand() -> None:
    plain, coloured = render(fire(5), "table"), render(fire(5), "table", color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mconflict\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize("width", [32, 40, 60, 83, 84, 100, 200])
@pytest.mark.parametrize("outlets", [2, 12])
def test_the_table_fits_the_width(width: int, outlets: int) -> None:
    lines = render(fire(outlets), "table", width=width, all=True).splitlines()
    assert max(map(len, lines)) <= width


@given(strangers, st.sampled_from([40, 60, 100]))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_or_drives_the_terminal(report: Report, width: int) -> None:
    shown = render(report, "table", width=width, all=True)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown
    )
    assert not any(wcswidth(line) > width for line in shown.splitlines())
    shown.encode()


@pytest.mark.parametrize(
    ("outlets", "said"),
    [
        (0, "No article was read, so nothing was compared."),
        (1, "there was no second one"),
        (2, "2 articles were read and no disagreement was found."),
    ],
)
@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_an_empty_report_says_so(outlets: int, said: str, form: str) -> None:
    articles = fire(outlets).articles if outlets else ()
    shown = re.sub(r"\s+", " ", render(Report(articles, ()), form))
    assert said in shown


def test_accounts_of_one_outlet_are_told_apart() -> None:
    first, second, third, *others = fire(5).articles
    wire = "The Wire"
    articles = [
        replace(first, outlet=wire),
        replace(second, outlet=wire),
        replace(third, outlet=wire, published=datetime(2031, 5, 6, 8)),
        *others,
    ]
    shown = render(replace(fire(5), articles=tuple(articles)), "table", width=200)
    assert "The Wire 6 May" in shown
    assert "The Wire 5 May 09:30" in shown
    assert "The Wire 5 May 16:30" in shown


def test_accounts_that_share_an_origin_are_told_to_do_so() -> None:
    report = fire(5)
    findings = [
        replace(f, positions=tuple(replace(p, origins=("the mayor",)) for p in f.positions))
        for f in report.findings
    ]
    shown = render(replace(report, findings=tuple(findings)), "table", width=200)
    assert "• 64 — Der Hafenbote, Velmora Courier (2 outlets, 1 origin: the mayor)" in shown
    assert "• 71 — The Estuary Post " in shown


# Spreadsheets and Markdown


def test_csv_has_a_row_a_claim() -> None:
    report = fire(5)
    rows = cells(report)
    claims = [c for f in report.findings for p in f.positions for c in p.claims]
    assert len(rows) == len(claims)
    toll = [row for row in rows if row["topic"] == "people killed by the fire"]
    assert {row["value"]: row["disagrees_with"] for row in toll} == {
        "12": "17; at least 19",
        "17": "12; at least 19",
        "at least 19": "12; 17",
    }
    assert rows[0]["verdict"] == "conflict"
    assert rows[-1]["verdict"] == "agree"


def test_spreadsheets_are_told_the_encoding() -> None:
    assert render(fire(2), "csv").startswith("\ufefffinding,")


@given(strangers)
@settings(max_examples=60, deadline=None)
def test_no_cell_is_a_formula(report: Report) -> None:
    for row in cells(report):
        for value in row.values():
            assert value[:1] not in set("=+-@\t\r＝＋－＠")
            assert "\n" not in value


@pytest.mark.parametrize("value", ["=1+1", "+39", "-5", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_formulas_become_texts(value: str) -> None:
    rows = cells(stranger("topic", value, "text", "outlet", "why"))
    assert rows[0]["value"].startswith("'")


def test_markdown_quotes_the_passages_below_the_table() -> None:
    shown = render(fire(5), "markdown")
    assert "**12 (5 May, 09:00)** — Velmora Courier<br>" in shown
    assert "- **about 60**\n  - North Wire: “about 60”" in shown
    assert "## Looked alike, left alone" in shown


@given(strangers)
@settings(max_examples=60, deadline=None)
def test_markdown_rows_keep_their_columns_and_no_markup_gets_through(report: Report) -> None:
    shown = render(report, "markdown", all=True)
    rows = [line for line in shown.splitlines() if line.startswith("| 1 |")]
    assert len(rows) == 1
    assert len(re.findall(r"(?<!\\)\|", rows[0])) == 6
    assert not re.search(r"<(?!br>)", shown)
    assert "](" not in shown.replace("\\](", "")


def test_the_most_serious_comes_first_in_every_form() -> None:
    data = json.loads(render(fire(12), "json"))
    ranks = [
        (f["verdict"] in {"agree", "compatible"}, ("high", "medium", "low").index(f["severity"]))
        for f in data["findings"]
    ]
    assert ranks == sorted(ranks)
    ids = [finding["id"] for finding in data["findings"]]
    assert list(dict.fromkeys(row["finding"] for row in cells(fire(12)))) == ids
    page = render(fire(12), "html")
    places = [page.index(f'id="finding-{id}"') for id in ids]
    assert all(a < b for a, b in itertools.pairwise(places))
