"""What goes out of the store into a desk's tools, one file a form.

    export(store, "csv")                        # -> Exported(content, media_type, filename)

Every form is made from the same ``Material`` and holds no time of its own, so that a store that did
not change gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crosscheck.review.exports.material import Material
from crosscheck.review.states import ReviewError
from crosscheck.review.store import Filter, Store


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: ``content`` in UTF-8 (or a zipped workbook), and how to serve and to name it."""

    content: bytes
    media_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class _Form:
    media_type: str
    filename: str
    make: Callable[[Material, str], str | bytes]


def export(store: Store, form: str, which: Filter | None = None, base_url: str = "") -> Exported:
    """The findings that pass a filter, in one of ``FORMS``.

    ``base_url`` is where the page is served; the feed's entries then link to it.

    Raises:
        ReviewError: there is no such form.
    """
    if form not in _FORMS:
        raise ReviewError(f"no form {form!r}; choose one of {', '.join(_FORMS)}")
    chosen = _FORMS[form]
    made = chosen.make(Material.of(store, which or Filter()), base_url)
    content = made if isinstance(made, bytes) else made.encode()
    return Exported(content, chosen.media_type, chosen.filename)


def _csv(material: Material, _: str) -> str:
    from crosscheck.review.exports import csv

    return csv.render(material)


def _xlsx(material: Material, _: str) -> bytes:
    from crosscheck.review.exports import xlsx

    return xlsx.render(material)


def _json(material: Material, _: str) -> str:
    from crosscheck.review.exports import json

    return json.render(material)


def _atom(material: Material, base_url: str) -> bytes:
    from crosscheck.review.exports import atom

    return atom.render(material, base_url)


def _corrections(material: Material, _: str) -> str:
    from crosscheck.review.exports import corrections

    return corrections.render(material)


def _rules(material: Material, _: str) -> str:
    from crosscheck.review.exports import rules

    return rules.render(material)


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS: Mapping[str, _Form] = {
    "csv": _Form("text/csv; charset=utf-8", "findings.csv", _csv),
    "xlsx": _Form(_WORKBOOK, "findings.xlsx", _xlsx),
    "json": _Form("application/json", "findings.json", _json),
    "atom": _Form("application/atom+xml", "findings.atom", _atom),
    "corrections": _Form("text/markdown; charset=utf-8", "corrections.md", _corrections),
    "rules": _Form("application/toml", "candidates.toml", _rules),
}
FORMS: tuple[str, ...] = tuple(_FORMS)
