"""A finding on paper: no controls, passages and history whole, nothing cut off at the edge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import bring
from page import served
from playwright.sync_api import Browser, Page
from test_review_store import EVENING, MORNING, toll

from crosscheck.review.states import Change
from crosscheck.review.store import Store

PAPER = (718, 1047)  # A4 within margins of 10 mm, in CSS pixels
LONG = "\n\n".join(f"Paragraph {n} tells of the search at sea, of boats and of ropes." for n in
                   range(60))  # fmt: skip
CONTROLS = "button, input, select, textarea, form, nav, summary, .bar, .live, .skip, dialog"
OUTSIDE = """
() => [...document.querySelectorAll("main *")].filter((e) => !e.closest(".hidden"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML)
"""
CUT = """
() => [...document.querySelectorAll("main *")].filter((e) => !e.closest(".hidden, svg"))
  .filter((e) => getComputedStyle(e).overflow !== "visible"
    && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1))
  .map((e) => e.outerHTML.slice(0, 200))
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A finding that was decided on, reopened by a third account and a revised one, and noted."""
    with Store.open(str(tmp_path / "desk.db")) as opened:
        bring(opened, MORNING, tmp_path)
        id = toll(opened).id
        opened.decide(id, "Ana", Change("resolved", value="39", reason="police, by phone"))
        bring(opened, EVENING | {"beacon": f"{MORNING['beacon']}\n\n{LONG}"}, tmp_path)
        for n in range(30):
            opened.decide(id, "Bo", Change(note=f"call {n} to the port, nobody there"))
        yield opened


@pytest.fixture
def paper(store: Store, browser: Browser) -> Iterator[Page]:
    with served(store) as link:
        page = browser.new_page(viewport={"width": PAPER[0], "height": PAPER[1]})
        page.goto(link)
        page.emulate_media(media="print")
        yield page
        page.close()


def test_a_finding_is_printed_whole(paper: Page, tmp_path: Path) -> None:
    paper.goto(f"{paper.url}findings/1")
    shown = [one for one in paper.locator(CONTROLS).all() if one.is_visible()]
    assert not [one.evaluate("e => e.outerHTML.slice(0, 200)") for one in shown]
    assert paper.evaluate(OUTSIDE) == []
    assert paper.evaluate(CUT) == []
    for text in (
        "Paragraph 59 tells",
        "call 0 to the port",
        "call 29 to",
        "When it was decided on",
    ):
        assert paper.get_by_text(text).first.is_visible(), text
    paper.pdf(path=tmp_path / "finding.pdf", format="A4")
    assert (tmp_path / "finding.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("path", ["", "log", "articles/beacon"])
def test_other_pages_are_printed_whole(paper: Page, path: str) -> None:
    paper.goto(f"{paper.url}{path}")
    shown = [one for one in paper.locator(CONTROLS).all() if one.is_visible()]
    assert not [one.evaluate("e => e.outerHTML.slice(0, 200)") for one in shown]
    assert paper.evaluate(OUTSIDE) == []
    assert paper.evaluate(CUT) == []


def test_dark_screens_print_on_white(paper: Page) -> None:
    paper.emulate_media(media="print", color_scheme="dark")
    background = "() => getComputedStyle(document.body).backgroundColor"
    assert paper.evaluate(background) in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
