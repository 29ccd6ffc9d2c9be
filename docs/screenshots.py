"""Takes the pictures of the review page that docs/review.md shows.

    python docs/screenshots.py

Imports a sample into a store in a temporary folder, decides on a few findings, serves the page on
this machine and looks at it with a headless Chromium: the list and a finding, wide, narrow, dark.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from pathlib import Path
from queue import Queue

from playwright.sync_api import Page, sync_playwright

from crosscheck.language import English
from crosscheck.pipeline import align_and_compare, extract
from crosscheck.read import read_paths
from crosscheck.review.imports import recorded
from crosscheck.review.plans import planned
from crosscheck.review.states import Change
from crosscheck.review.store import Filter, Store
from crosscheck.review.web.serve import serving, settings_for
from crosscheck.review.web.settings import Settings
from crosscheck.rulebook import load

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "vessna-dam-burst"
OUT = ROOT / "docs" / "pictures"
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]


def filled(store: Store) -> None:
    """A store in the middle of a desk's work: some findings decided, one reopened."""
    rules, language = load(), English()
    read, unread = read_paths([SAMPLE], rules)
    for some in (read[:-1], read):
        plan = planned(store, some, unread, [SAMPLE])
        found = extract(plan.articles, rules, language, plan.unread)
        recorded(store, plan, found, align_and_compare(found), "desk")
        if some is not read:
            _decide(store)


def _decide(store: Store) -> None:
    found = store.findings(Filter())
    changes = (
        Change("confirmed", reason="both stand in print"),
        Change("call", note="the ministry's press office, after four", assignee="Bo"),
        Change("dismissed", reason="our style takes both"),
    )
    for filed, change in zip(found, changes, strict=False):
        store.decide(filed.id, "Ana", change)


def take(page: Page, address: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for name, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for what, path in (("list", ""), ("finding", "findings/1")):
                page.goto(f"{address}{path}")
                page.screenshot(path=OUT / f"review-{what}-{name}-{scheme}.png")


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed")
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/desk.db") as store:
        filled(store)
        told: Queue[str] = Queue()
        settings = settings_for(store, "127.0.0.1", "Ana", Settings())
        server = serving(store, "127.0.0.1", 0, settings, told.put)
        threading.Thread(target=server.run, daemon=True).start()
        link = told.get()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page()
            page.goto(link)
            take(page, link.partition("enter")[0])
            browser.close()
        server.stop()


if __name__ == "__main__":
    main()
