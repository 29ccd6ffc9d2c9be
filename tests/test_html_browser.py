"""The HTML page in a headless Chromium: does it fit a telephone, do links and keys work?

Skipped where there is no Chromium, unless the environment says CI=true.
"""

from __future__ import annotations

import json
import re
import subprocess
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from report_builder import fire, said

from crosscheck.model import Article, Finding, Position, Report
from crosscheck.report import render

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--enable-logging=stderr", "--virtual-time-budget=3000",
)  # fmt: skip

PROBE = """
addEventListener("load", () => {
  const root = document.documentElement;
  const outside = (e) => !e.closest(".scroll, svg, .hidden, .skip");
  const seen = {width: innerWidth, page: root.scrollWidth};
  seen.wide = [...document.querySelectorAll("main *, header *")].filter(outside)
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => e.tagName + "." + e.className);
  seen.boxes = [...document.querySelectorAll(".scroll")].filter((e) => e.offsetParent)
    .map((e) => e.scrollWidth > e.clientWidth);
  seen.dead = [...document.querySelectorAll("a[href^='#']")]
    .filter((a) => !document.getElementById(a.hash.slice(1))).map((a) => a.hash);
  seen.controls = document.querySelector(".controls").offsetParent !== null;
  const press = (key) => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    return document.activeElement.id;
  };
  seen.keys = ["j", "j", "k"].map(press);
  const shown = () => [...document.querySelectorAll(".finding")].filter((e) => !e.hidden).length;
  seen.before = shown();
  const box = document.querySelector("input[value=conflict]");
  if (box) {
    box.click();
    seen.after = shown();
    box.click();
  }
  const button = document.querySelector("[data-theme-switch]");
  const paper = () => getComputedStyle(document.body).backgroundColor;
  seen.papers = [0, 1, 2].map(() => { button.click(); return paper(); });
  const folded = document.querySelector("details .finding");
  if (folded) {
    location.hash = folded.id;
    setTimeout(() => { seen.opened = folded.closest("details").open; tell(); }, 200);
  } else {
    tell();
  }
  function tell() {
    const out = parent.document.createElement("pre");
    out.id = "probe";
    out.textContent = JSON.stringify(seen);
    parent.document.body.append(out);
  }
});
"""


def browse(chromium: str, folder: Path, source: str, width: int) -> tuple[str, str]:
    """The page's DOM after its scripts have run, and what the browser logged."""
    file = folder / "report.html"
    file.write_text(source, encoding="utf-8")
    command = [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}"]
    command += [f"--window-size={width},900", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, done.stderr


def probe(chromium: str, folder: Path, report: Report, width: int) -> dict[str, Any]:
    """What the probe saw in a copy of the page whose policy lets it run.

    The page stands in a frame, since no window can be made as narrow as a telephone.
    """
    source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(report, "html"))
    source = source.replace("</body>", f"<script>{PROBE}</script></body>")
    frame = f'<iframe width="{width}" height="900" frameborder="0" srcdoc="{escape(source)}">'
    dom, _ = browse(chromium, folder, f"<!doctype html><body>{frame}</iframe></body>", 1600)
    found = re.search(r'<pre id="probe">(.*?)</pre>', dom, re.DOTALL)
    assert found, dom[-2000:]
    seen: dict[str, Any] = json.loads(unescape(found[1]))
    return seen


def hostile() -> Report:
    """Words without an end in every place."""
    text = "unbroken" * 60
    claims = [said(id, text, text) for id in ("a", "b")]
    positions = tuple(Position(text, (claim,)) for claim in claims)
    finding = Finding("f", "quote", text, "conflict", "high", text, positions, ((0, 1),))
    articles = (Article("a", text, text, text, text), Article("b", text, text, text[8:], text))
    return Report(articles, (finding,))


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("report", [fire(12), hostile()], ids=["fire", "hostile"])
def test_the_page_fits_the_window(
    chromium: str, tmp_path: Path, report: Report, width: int
) -> None:
    seen = probe(chromium, tmp_path, report, width)
    assert seen["width"] == width
    assert seen["page"] <= width, seen["wide"]
    assert seen["wide"] == []
    assert any(seen["boxes"]) or width > 360
    assert seen["dead"] == []


def test_keys_filters_themes_and_folded_findings(chromium: str, tmp_path: Path) -> None:
    seen = probe(chromium, tmp_path, fire(5), 1000)
    assert seen["controls"]
    assert seen["keys"] == ["finding-q-hurt", "finding-q-start", "finding-q-hurt"]
    assert (seen["before"], seen["after"]) == (9, 4)
    light, dark, _ = seen["papers"]
    assert light != dark
    assert seen["opened"]


def test_the_policy_lets_the_page_work_and_stops_everything_else(
    chromium: str, tmp_path: Path
) -> None:
    source = render(fire(5), "html")
    dom, log = browse(chromium, tmp_path, source, 1000)
    assert 'class="controls" hidden' in source
    assert not re.search(r'class="controls"[^>]*hidden', dom)
    assert "Content Security Policy" not in log
    intruder = "<script>document.title = 'broken into'</script></body>"
    dom, log = browse(chromium, tmp_path, source.replace("</body>", intruder), 1000)
    assert "<title>broken into" not in dom
    assert "Content Security Policy" in log
