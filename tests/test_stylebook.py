"""A desk's stylebook: which articles break it, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from crosscheck.language import English
from crosscheck.model import Finding
from crosscheck.pipeline import analyse
from crosscheck.read import article_from_text
from crosscheck.report import FORMATS, render
from crosscheck.rulebook import RuleError, load

ENGLISH = English()
STYLE = """\
section = "stylebook"
about = "A desk's own."

[[rule]]
id = "style.town"
about = "A town."
preferred = "Korvyl"
avoid = ["Korvel", "New\u2009Korvel"]
except = ["Korvel stew"]
EXTRA
why = "So the town council."
find = ["The mayor went to Korvel."]
leave = ["The mayor went to Korvyl."]
"""


def breaches(
    tmp_path: Path, texts: Sequence[str], extra: str = "", path: str = ""
) -> list[Finding]:
    (tmp_path / "desk.toml").write_text(STYLE.replace("EXTRA", extra), encoding="utf-8")
    rules = load([tmp_path])
    articles = [
        article_from_text(text, id=f"a{n}", path=path, outlet=f"Paper {n}", rules=rules)
        for n, text in enumerate(texts)
    ]
    done = analyse(articles, rules, ENGLISH)
    for form in FORMATS:
        assert render(done, form, all=True)
    return [f for f in done.findings if f.topic.startswith("house style")]


def passages(found: Sequence[Finding]) -> list[str]:
    return [c.mention.text for f in found for p in f.positions for c in p.claims]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("The mayor went to Korvel.", ["Korvel"]),
        ("KORVEL WAITS\n\nThe mayor went home.", ["KORVEL"]),
        ("Korvel's mayor took the Tarn-Korvel train.", ["Korvel", "Korvel"]),
        ("The mayor went to Korvyl.", []),
        ("The Korvels went home.", []),
        ("“We never left Korvel. Not Korvel,” said the mayor of Korvel.", ["Korvel"]),
        ("The mayor said ‘Korvel’s bridge’ and left.", []),
        ('The paper "Korvel Today" closed.', []),
        ("The mayor ate Korvel stew.", []),
        ("The list is at https://town.example/Korvel and at www.Korvel.example.", []),
        ("Write to office@Korvel.example or follow #Korvel.", []),
    ],
)
def test_what_breaks_the_rule_and_what_is_left_alone(
    text: str, broken: list[str], tmp_path: Path
) -> None:
    assert passages(breaches(tmp_path, [text])) == broken


def test_italics_in_markdown_are_a_title(tmp_path: Path) -> None:
    text = "She wrote *Nights in Korvel* there, in **Korvel** of all places.\n"
    assert passages(breaches(tmp_path, [text], path="a.md")) == ["Korvel"]


def test_a_breach_names_the_rule_its_date_and_what_to_write(tmp_path: Path) -> None:
    text = "date 2024-05-01\n\nThe mayor went to Korvel."
    (finding,) = breaches(tmp_path, [text], "since = 2019-08-14")
    assert (finding.kind, finding.verdict, finding.severity) == ("name", "variant", "low")
    assert finding.why == (
        "House style since 14 August 2019 (style.town): Korvyl, not Korvel. So the town council."
    )
    assert finding.advice == "Write “Korvyl”."
    assert finding.disagree == ((0, 1),)
    assert [p.value for p in finding.positions] == ["Korvyl", "Korvel"]


@pytest.mark.parametrize(
    ("extra", "days", "where"),
    [
        ("", ["2018-01-01", "2024-01-01"], ["a0", "a1"]),
        ("since = 2019-08-14", ["2018-01-01", "2019-08-14"], ["a1"]),
        ("until = 2019-08-14", ["2018-01-01", "2024-01-01"], ["a0"]),
        ('outlets = ["paper 1"]', ["2024-01-01", "2024-01-01"], ["a1"]),
    ],
)
def test_a_rule_holds_for_its_outlets_and_days(
    extra: str, days: list[str], where: list[str], tmp_path: Path
) -> None:
    texts = [f"date {day}\n\nThe mayor went to Korvel." for day in days]
    found = breaches(tmp_path, texts, extra)
    assert [c.mention.article for f in found for p in f.positions for c in p.claims] == where


def test_what_the_stylebook_settles_is_not_reported_twice(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(
        STYLE.replace("EXTRA", "").replace("Korvyl", "Wittmann").replace("Korvel", "Vittmann"),
        encoding="utf-8",
    )
    texts = ["Chancellor Otto Wittmann spoke.", "Chancellor Otto Vittmann left."]

    def topics(*folders: Path) -> list[str]:
        rules = load(folders)
        articles = [article_from_text(t, id=f"a{n}", rules=rules) for n, t in enumerate(texts)]
        found = analyse(articles, rules, ENGLISH).findings
        return [f.topic for f in found if f.verdict == "variant"]

    assert topics() == ["how Otto Vittmann is spelled"]
    assert topics(tmp_path) == ["house style: Wittmann"]


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"since must be of the type date"):
        breaches(tmp_path, ["x"], 'since = "last year"')
