"""Articles that mean harm: in the page nothing of them acts, and nothing breaks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import bring
from page import served
from playwright.sync_api import Browser

from crosscheck.model import Article, Claim, Finding, Mention, Position, Report
from crosscheck.pipeline import Extraction
from crosscheck.review.imports import recorded
from crosscheck.review.plans import planned
from crosscheck.review.states import Change
from crosscheck.review.store import Store

SCRIPT = "<script>window.hit = 1</script><img src=x onerror='window.hit=1'>"
FORMULA = '=HYPERLINK("http://evil.example","39")'
OVERRIDE = "\u202e93 daed\u202c"
HOSTILE = {
    "harbour": f"VARDE, 3 May 2024 - A ferry sank off Varde. {SCRIPT} 39 people died, police said.",
    "beacon": f"VARDE, 3 May 2024 - A ferry sank off Varde. {FORMULA} {OVERRIDE} 35 people died.",
    "nul": "VARDE, 3 May 2024 - A ferry sank.\x00 \ud800 \x1b[31m 41 people died, police said.",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "desk.db")) as opened:
        yield opened


def seen(store: Store, browser: Browser, *paths: str) -> str:
    """What the page says at some paths, after its scripts ran; none of them may have been hit."""
    text = ""
    with served(store) as link:
        page = browser.new_page()
        page.goto(link)
        for path in ("", *paths):
            page.goto(link.partition("enter")[0] + path)
            assert page.evaluate("window.hit") is None
            assert page.locator("main img, main script, main iframe").count() == 0
            text += page.inner_text("body")
        page.close()
    return text


def test_markup_is_text(store: Store, browser: Browser, tmp_path: Path) -> None:
    bring(store, HOSTILE, tmp_path)
    (filed,) = [f for f in store.findings() if f.finding.kind == "quantity"]
    change = Change("resolved", value=SCRIPT, reason=OVERRIDE, note=FORMULA, assignee=SCRIPT[:60])
    store.decide(filed.id, "<b>Ana</b>", change)
    text = seen(store, browser, f"findings/{filed.number}", "log")
    assert SCRIPT in text
    assert "<b>Ana</b>" in text
    assert "U+202E" in text
    assert "\u202e" not in text


def test_an_odd_query_is_answered(store: Store, browser: Browser, tmp_path: Path) -> None:
    bring(store, HOSTILE, tmp_path)
    odd = ("?q=%00%27%22%3Cscript%3E&outlet=%F0%9F%92%A9", "?kind=none&state=x", "findings/none",
           "findings/%00", "log?before=x", "?done=99999")  # fmt: skip
    text = seen(store, browser, *odd)
    assert "Traceback" not in text
    assert "Internal Server Error" not in text


def test_a_line_of_ten_megabytes(store: Store, browser: Browser) -> None:
    long = "x" * 5_000_000 + " 39 people died. " + "y" * 5_000_000
    read = [
        Article("long", long, outlet="Long"),
        Article("short", "35 people died.", outlet="Short"),
    ]
    positions = []
    for article, value in zip(read, ("39", "35"), strict=True):
        start = article.text.index(value)
        mention = Mention(article.id, start, start + 2, value)
        claim = Claim(mention, (0, len(article.text)), "quantity", None, value, "rule")
        positions.append(Position(value, (claim,)))
    finding = Finding(
        "quantity-1", "quantity", "dead", "conflict", "high", "They differ.", tuple(positions),
        ((0, 1),), {"rules": ["rule"]},
    )  # fmt: skip
    report = Report(tuple(read), (finding,))
    plan = planned(store, read, (), ())
    recorded(store, plan, Extraction((), None, tuple(read)), report)  # type: ignore[arg-type]
    begun = time.monotonic()
    text = seen(store, browser, "findings/1")
    assert time.monotonic() - begun < 60
    assert "characters left out" in text
    assert len(text) < 200_000
