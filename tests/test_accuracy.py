"""Floors of the accuracy on the invented clusters of benchmarks/: it may not sink unseen.

Every second cluster is read here, so that the suite stays short; ``benchmarks/accuracy.py`` reads
all. A floor lies a little below what was measured when it was set. To lower one, say why in the
commit.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crosscheck.language import English

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from accuracy import Score, score  # noqa: E402


@pytest.fixture(scope="module")
def total() -> Score:
    english, found = English(), Score()
    folders = sorted(path.parent for path in (ROOT / "benchmarks/clusters").glob("*/gold.json"))
    for folder in folders[::2]:
        found.add(score(folder, english))
    return found


def test_figures(total: Score) -> None:
    assert total.figures.recall >= 0.42
    assert total.figures.precision >= 0.84


def test_names(total: Score) -> None:
    assert total.names.recall >= 0.87
    assert total.names.precision >= 0.97


def test_traps(total: Score) -> None:
    assert total.sprung <= 0.03 * total.traps
