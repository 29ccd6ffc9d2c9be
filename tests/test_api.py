"""The Python functions and the tables behind them."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crosscheck
from crosscheck.model import Article
from crosscheck.report import safe
from crosscheck.tables import COLUMNS, TableError, rows_of

ROOT = Path(__file__).parent.parent
PARIS = ROOT / "samples" / "paris-2025-09-04"

TEXT = "The storm killed 12 people on the island, the mayor said."


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, crosscheck; print(*(m for m in sys.modules if m[:11] == 'crosscheck.'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_functions_survive_the_modules_of_the_same_names() -> None:
    importlib.import_module("crosscheck.report")
    importlib.import_module("crosscheck.compare")
    assert crosscheck.report.__doc__
    assert callable(crosscheck.report)
    assert callable(crosscheck.compare)
    from crosscheck.report import render

    assert callable(render)


def test_a_report_has_records_a_table_and_all_formats() -> None:
    found = crosscheck.report(PARIS)
    table = found.to_pandas()
    shown = {claim for f in found.findings for p in f.positions for claim in p.claims}
    assert {f.id for f in found.findings} == set(table["finding"])
    assert len(table) >= len(shown)
    assert found.render("json").startswith("{")
    assert crosscheck.report([str(PARIS)]).render("json") == found.render("json")


@pytest.mark.parametrize(
    "given",
    [
        TEXT,
        [TEXT],
        {"text": TEXT, "id": "1", "published": "2025-05-12T08:00:00"},
        [Article("1", TEXT)],
    ],
    ids=["text", "texts", "mapping", "record"],
)
def test_extract_takes_articles_in_every_form(given: object) -> None:
    claims = crosscheck.extract(given)  # type: ignore[arg-type]
    (dead,) = [claim for claim in claims if claim.kind == "quantity"]
    assert dead.label == "12"
    mention = dead.mention
    (article,) = claims.articles
    assert article.id == "1"
    assert article.text[mention.start : mention.end] == mention.text
    assert list(claims.to_pandas().columns) == list(COLUMNS)
    assert len(claims.to_pandas()) == len(claims)
    assert claims[0] in claims[:1]


def test_extract_takes_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    claims = crosscheck.extract([tmp_path / "a.txt", "In the south 13 people died."])
    assert {claim.mention.article for claim in claims} == {"a", "2"}


def test_extract_is_empty_without_claims() -> None:
    nothing = crosscheck.extract("Nothing of note happened.")
    assert len(nothing) == 0
    assert list(nothing.to_pandas().columns) == list(COLUMNS)


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        crosscheck.report("nowhere")
    with pytest.raises(TableError, match="no column 'topic'"):
        crosscheck.compare([{"source": "a", "value": "12"}])
    with pytest.raises(TableError, match="row 2: no value"):
        crosscheck.compare(
            [
                {"source": "a", "topic": "t", "value": "12"},
                {"source": "b", "topic": "t", "value": " "},
            ]
        )


VALUES = [
    ("12 people", "twelve people", "agree"),
    ("more than 30", "39", "compatible"),
    ("39 countries", "35 countries", "conflict"),
    ("at least 35", "31", "conflict"),
    ("10 km", "6.2 miles", "agree"),
    ("10 km", "9 miles", "conflict"),
    ("€44m", "44 million euros", "agree"),
    ("about 600", "612", "compatible"),
    ("Tuesday 13 May 2025", "13 May 2025", "agree"),
    ("Tuesday 13 May 2025", "Monday 12 May 2025", "conflict"),
    ("May 2025", "13 May 2025", "compatible"),
]


@pytest.mark.parametrize(("one", "other", "verdict"), VALUES)
def test_values_of_a_table_are_read_as_in_articles(one: str, other: str, verdict: str) -> None:
    rows = [
        {"source": "a", "topic": "the matter", "value": one},
        {"source": "b", "topic": "the matter", "value": other},
    ]
    calm = {"agree", "compatible"}
    for table in (rows, rows[::-1], pd.DataFrame(rows)):
        (finding,) = crosscheck.compare(table).findings  # type: ignore[arg-type]
        assert finding.topic == "the matter"
        assert finding.verdict == verdict or {finding.verdict, verdict} <= calm


def test_rows_of_different_topics_are_not_compared() -> None:
    rows = [
        {"source": "a", "topic": "dead", "value": "12"},
        {"source": "b", "topic": "missing", "value": "13"},
    ]
    assert crosscheck.compare(rows).findings == ()


def test_a_value_that_is_not_understood_is_named() -> None:
    rows = [{"source": "a", "topic": "mood", "value": "fairly gloomy", "kind": "quantity"}]
    (unread,) = crosscheck.compare(rows).unread
    assert "row 1" in unread.why
    assert unread.text == "fairly gloomy"


def test_claims_can_be_compared_without_reading_again() -> None:
    claims = crosscheck.extract([{"id": "a", "text": "The storm killed 12 people."},
                                 {"id": "b", "text": "The storm killed 15 people."}])  # fmt: skip
    verdicts = [f.verdict for f in crosscheck.compare(claims).findings if f.kind == "quantity"]
    assert verdicts == ["conflict"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="=+-@'\t ab1", min_size=1, max_size=12))
def test_a_cell_that_was_made_safe_reads_back(text: str) -> None:
    plain = " ".join(text.split())
    if not plain or plain.startswith("'"):
        return
    (row,) = rows_of([{"source": "a", "topic": "t", "value": safe.cell(plain)}])
    assert row.value == plain


def test_an_item_too_long_to_be_an_article_is_named_and_the_rest_goes_on() -> None:
    found = crosscheck.extract(["The dam burst. " * 200_000, "The flood killed 12 people."])
    assert [one.why.split(":")[0] for one in found.unread] == ["item 1"]
    assert [claim.mention.article for claim in found if claim.kind == "quantity"] == ["2"]


@pytest.mark.parametrize(
    ("text", "unit", "about"),
    [
        ("The mill was sold for RM120,000.", "MYR", "malaysian ringgit"),
        ("The mill was sold for 92 million yuan.", "CNY", "chinese yuan"),
        ("Diesel costs $4.20 per gallon.", "USD per gallon", "dollar per gallon"),
        ("The stamp cost 90 pence.", "penny", "penny"),
        ("The mill employs 40 bakers.", "baker", "baker"),
        ("The mill runs 300 tests per day.", "test per day", "test"),
        ("The firm is investing a total of 200 million in the mill.", "", ""),
        ("The trail climbs to an altitude of 300 metres.", "metre", ""),
        ("The depot sold 500 Model 3 lorries.", "model 3 lorry", "lorry"),
        ("All visitors of 35 or above or clearly unwell were sent home.", "", ""),
    ],
)
def test_a_row_says_what_is_counted_and_not_what_is_measured(
    text: str, unit: str, about: str
) -> None:
    table = crosscheck.extract(text).to_pandas()
    (row,) = table[table["kind"] == "quantity"].to_dict("records")
    assert (row["unit"], row["about"]) == (unit, about)


def test_a_count_without_a_noun_counts_what_its_parallel_counts() -> None:
    text = (
        "In Tarn, 460 grey lorries were stolen on the roads this year compared with 63 last year. "
        "Now there are 900 bakers who have had no job for a year and 300 who never had one."
    )
    table = crosscheck.extract(text).to_pandas()
    about = dict(zip(table["text"], table["unit"], strict=True))
    assert about["63"] == "grey lorry"
    assert about["300"] == "people"


def test_he_is_the_only_person_named_just_before() -> None:
    told = "{} He is {}."
    one = told.format("The oldest of the climbers freed in Tarn was Petr Ulman.", 63)
    other = told.format("The last climber freed in Tarn was Petr Ulman.", 62)
    unclear = told.format("The last climber freed in Tarn was Petr Ulman, said Jan Korb.", 62)
    for second, found in ((other, ["age (Petr Ulman)"]), (unclear, [])):
        report = crosscheck.compare(crosscheck.extract([one, second]))
        assert [f.topic for f in report.findings if "age" in f.topic] == found


def test_text_that_no_encoding_can_write_is_read() -> None:
    (article,) = crosscheck.extract("A ferry sank. \ud800 41 people died.").articles
    assert article.text == "A ferry sank. \ufffd 41 people died."
