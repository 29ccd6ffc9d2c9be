"""The report as one HTML file that needs nothing else: no server, no network, no script.

Scripts only add filters, keys and a choice of theme. The page's content security policy allows
the one style sheet and the one script that are in it, by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from crosscheck.model import Report
from crosscheck.report import safe, view
from crosscheck.report.page import Page
from crosscheck.report.passages import visible

KINDS = {
    "quantity": "figures",
    "name": "names",
    "role": "roles",
    "date": "dates",
    "place": "places",
    "attendance": "attendance",
    "commitment": "commitments",
    "quote": "quotations",
}
SIGNS = {"conflict": "≠", "update": "→", "variant": "≈", "compatible": "∩", "agree": "="}


def render(report: Report) -> str:
    """The whole page. Whatever an article contains is shown as text and never obeyed."""
    style, script = _resource("report.css"), _resource("report.js")
    page = _template().render(
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        heading=_heading(report),
        summary=view.summary(report),
        empty=view.empty(report),
        page=Page(report),
        verdicts=_counts(report, "verdict", view.WORDS),
        kinds=_counts(report, "kind", KINDS),
        alone=view.left_alone(report),
        unread=view.unread(report),
        told=view.unread_text,
        iso=view.iso,
        words=view.WORDS,
        signs=SIGNS,
        kind_words=KINDS,
    )
    return safe.encodable(page) + "\n"


def _heading(report: Report) -> str:
    found, read = len(view.disagreements(report)), len(report.articles)
    accounts = view.count(read, "account")
    return f"{view.count(found, 'disagreement') if found else 'No disagreement'} in {accounts}"


def _counts(report: Report, key: str, words: Mapping[Any, str]) -> list[tuple[str, str, int]]:
    """The choices of a filter: key, word and number of findings, in the order of ``words``."""
    numbers = Counter(str(getattr(finding, key)) for finding in report.findings)
    return [(name, word, numbers[name]) for name, word in words.items() if numbers[name]]


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; "
        f"script-src 'sha256-{_hash(script)}'; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _resource(name: str) -> str:
    return files("crosscheck.report").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["bdi"] = lambda text: Markup("<bdi>{}</bdi>").format(visible(text))
    environment.filters["short"] = lambda text: safe.short(text, 200)
    return environment.from_string(_resource("report.html"))
