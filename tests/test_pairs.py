"""How much of the kinds attendance, commitment, place and quote is found in texts that no rule was
written for: pairs of short accounts in ``pairs/``, which disagree, or look as if they did.

Not all must be found. The floors are what was measured; to lower one, say why in the commit.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crosscheck.language import English
from crosscheck.pipeline import analyse
from crosscheck.read import article_from_text
from crosscheck.rulebook import load

FOLDER = Path(__file__).resolve().parent / "pairs"
FRIDAY = datetime(2031, 5, 9, 12)
KINDS = ("attendance", "commitment", "place", "quote")
FOUND = {"attendance": 16, "commitment": 21, "place": 12, "quote": 6}
QUIET = {"attendance": 15, "commitment": 20, "place": 15, "quote": 4}


@cache
def english() -> English:
    return English()


def pairs(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text())["pair"]
    return found


def kinds_found(pair: dict[str, Any]) -> set[str]:
    """The kinds in which the report says that the two accounts disagree."""
    rules = load()
    texts = [article_from_text(pair[key], id=key, rules=rules) for key in ("a", "b")]
    report = analyse([replace(text, published=FRIDAY) for text in texts], rules, english())
    return {finding.kind for finding in report.findings if finding.disagree}


@cache
def counted(name: str) -> Counter[str]:
    right: Counter[str] = Counter()
    for pair in pairs(name):
        found = kinds_found(pair).intersection(KINDS)
        right[pair["kind"]] += pair["kind"] in found if name == "disagree" else not found
    return right


@pytest.mark.parametrize("kind", KINDS)
def test_what_disagrees_is_found(kind: str) -> None:
    assert counted("disagree")[kind] >= FOUND[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_what_only_looks_alike_stays_quiet(kind: str) -> None:
    assert counted("alike")[kind] >= QUIET[kind]


def test_every_pair_has_a_name_of_its_own() -> None:
    names = [(pair["kind"], pair["id"]) for name in ("disagree", "alike") for pair in pairs(name)]
    assert len(names) == len(set(names))
