"""Templates filled: whatever comes from articles and people is text in them, and never acts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from crosscheck.report import safe, view
from crosscheck.report.html import KINDS, SIGNS
from crosscheck.report.passages import visible
from crosscheck.review.states import STATES, minute
from crosscheck.review.terminal import deed, state_of
from crosscheck.review.web.access import Visitor


def problem(status: int, text: str) -> HTMLResponse:
    """A page that says what went wrong; for those who are not let in, with the way in."""
    return HTMLResponse(render("problem.html", None, status=status, text=text), status)


def render(name: str, visitor: Visitor | None, **values: Any) -> str:
    page = _environment().get_template(name).render(visitor=visitor, **values)
    return safe.encodable(page)


@cache
def _environment() -> Environment:
    folder = files("crosscheck.review.web").joinpath("templates")

    def load(name: str) -> str:
        return folder.joinpath(name).read_text(encoding="utf-8")

    made = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["bdi"] = lambda text: Markup("<bdi>{}</bdi>").format(visible(str(text)))
    made.filters["visible"] = lambda text: visible(str(text))
    made.filters["clip"] = lambda text, limit: safe.clip(str(text), limit)
    made.filters["short"] = lambda text, limit=200: safe.short(str(text), limit)
    made.filters["deed"] = deed
    made.filters["state"] = state_of
    made.filters["minute"] = minute
    made.globals.update(words=view.WORDS, signs=SIGNS, kinds=KINDS, states=STATES)
    return made
