"""The page in a headless Chromium: the whole way of a finding, by keyboard, and axe over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import bring
from page import served
from playwright.sync_api import Browser, Page, expect
from test_review_store import EVENING, MORNING

from crosscheck.review.people import People
from crosscheck.review.states import Change
from crosscheck.review.store import Store

SERIOUS = {"serious", "critical"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "desk.db")) as opened:
        bring(opened, MORNING, tmp_path)
        yield opened


@pytest.fixture
def page(store: Store, browser: Browser) -> Iterator[Page]:
    with served(store) as link:
        page = browser.new_page()
        page.set_default_timeout(15_000)
        problems: list[str] = []
        page.on(
            "console", lambda said: problems.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(link)
        yield page
        page.close()
        assert not [text for text in problems if "409" not in text]


def opened(page: Page) -> None:
    """Opens the list's first finding and waits until its keys work."""
    page.locator(".row a").first.click()
    page.wait_for_url("**/findings/*", wait_until="load")


def accessible(page: Page) -> None:
    """Nothing that axe calls serious or critical, in both colours."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        found = Axe().run(page, options=rules).response["violations"]
        bad = [(v["id"], [n["html"] for n in v["nodes"]]) for v in found if v["impact"] in SERIOUS]
        assert not bad, (page.url, scheme, bad)


def test_the_whole_way(store: Store, page: Page, tmp_path: Path) -> None:
    expect(page.locator("h1")).to_have_text("1 finding")
    accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/*", wait_until="load")
    expect(page.locator("h1")).to_contain_text("people killed")
    accessible(page)
    page.keyboard.press("4")
    page.keyboard.type("39")
    page.locator("#reason").fill("police, by phone")
    page.locator("#reason").press("Enter")
    expect(page.locator(".said-done")).to_contain_text("resolved as 39 (police, by phone)")
    expect(page.locator(".head [data-state]")).to_have_text("resolved: 39")

    bring(store, EVENING, tmp_path)
    page.goto(page.url.partition("findings")[0])
    expect(page.locator(".row [data-state]")).to_have_text("open again")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/*", wait_until="load")
    expect(page.locator(".then")).to_contain_text("When it was decided on")
    then = page.locator(".then .position strong").all_inner_texts()
    now = page.locator(".spread .position strong").all_inner_texts()
    assert (sorted(then), sorted(now)) == (["35", "39"], ["35", "39", "41"])
    accessible(page)
    history = page.locator("section[aria-labelledby=history-h] .deed").all_inner_texts()
    assert history == ["appeared", "resolved as 39 (police, by phone)", "reopened"]
    page.get_by_role("link", name="Log").click()
    expect(page.locator(".entries")).to_contain_text("police, by phone")
    accessible(page)


def test_deciding_in_the_list_and_undoing(store: Store, page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("3")
    state = page.locator(".row [data-state]")
    expect(state).to_have_text("not a discrepancy")
    page.keyboard.press("u")
    expect(state).to_have_text("open")
    page.keyboard.press("r")
    expect(state).to_have_text("not a discrepancy")
    assert [entry.action for entry in store.log() if entry.who] == ["decided", "undone", "redone"]


def test_undoing_and_redoing_a_finding(store: Store, page: Page) -> None:
    opened(page)
    for key, said in (("2", "discrepancy confirmed"), ("u", "undone"), ("r", "redone")):
        page.keyboard.press(key)
        expect(page.locator(".said-done")).to_contain_text(said)
        page.wait_for_load_state()  # from then on keys work
    expect(page.get_by_role("button", name="Redo")).to_have_count(0)


def test_what_was_revised_after_the_decision(store: Store, page: Page, tmp_path: Path) -> None:
    (filed,) = store.findings()
    store.decide(filed.id, "bo", Change("confirmed"))
    longer = MORNING["beacon"].replace("35 people", "Divers were sent. 35 people")
    bring(store, MORNING | {"beacon": longer}, tmp_path)
    opened(page)
    expect(page.locator(".revised ins")).to_contain_text("Divers were sent.")
    accessible(page)
    page.locator(".revised h3 a").click()
    expect(page.locator("h1")).to_have_text("Beacon")
    expect(page.locator("section[aria-labelledby=changes-h] ins")).to_contain_text("Divers")
    accessible(page)
    page.get_by_role("link", name="Version 1").click()
    expect(page.locator("main")).not_to_contain_text("Divers")


def test_who_comes_second_is_told(store: Store, page: Page) -> None:
    opened(page)
    (filed,) = store.findings()
    store.decide(filed.id, "bo", Change("confirmed"))
    page.keyboard.press("3")
    expect(page.locator(".alert")).to_contain_text("Somebody was quicker")
    expect(page.locator(".alert")).to_contain_text("bo")
    accessible(page)
    assert store.finding(filed.id).state == "confirmed"
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".head [data-state]")).to_have_text("not a discrepancy")


def test_news_is_told_while_one_looks(store: Store, page: Page, tmp_path: Path) -> None:
    bring(store, EVENING, tmp_path)
    expect(page.locator("[data-live]")).to_contain_text("new or changed", timeout=12_000)


def test_help_and_note_by_key(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    accessible(page)
    page.keyboard.press("Escape")
    opened(page)
    page.keyboard.press("n")
    page.keyboard.type("asked twice; 3 calls")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".said-done")).to_contain_text("note: asked twice; 3 calls")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for _ in range(2):
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, page.url
        page.locator(".row a, .steps a").first.click()


def test_without_script_everything_can_be_done(store: Store, browser: Browser) -> None:
    with served(store) as link:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(link)
        page.locator(".row a").first.click()
        page.get_by_label("discrepancy confirmed").check()
        page.get_by_role("button", name="Record").click()
        expect(page.locator(".said-done")).to_contain_text("discrepancy confirmed")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".said-done")).to_contain_text("undone")
        page.context.close()


def test_the_way_in_is_accessible(store: Store, browser: Browser) -> None:
    People(store.database).add("bo", "editor", "correct horse")
    with served(store) as link:
        page = browser.new_page()
        page.goto(link)
        expect(page.locator("h1")).to_have_text("Sign in")
        accessible(page)
        page.get_by_role("link", name="Sign in").click()
        page.get_by_label("Name").fill("bo")
        page.get_by_label("Password").fill("wrong horse")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("[role=alert]")).to_contain_text("do not belong together")
        accessible(page)
        page.get_by_label("Name").fill("bo")
        page.get_by_label("Password").fill("correct horse")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("h1")).to_contain_text("finding")
        page.goto(f"{link}findings/none")
        expect(page.locator("h1")).to_have_text("Not found")
        accessible(page)
        page.close()
