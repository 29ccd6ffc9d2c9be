"""What makes the claims of a finding one, said so that an editor can object."""

from __future__ import annotations

import pytest

from crosscheck.align import Topic
from crosscheck.kinds.quantity import QuantityKind
from crosscheck.language import English
from crosscheck.model import DISAGREEING, Finding, Link
from crosscheck.pipeline import analyse, extract
from crosscheck.read import article_from_text
from crosscheck.rulebook import load
from crosscheck.ties import tied

RULES, ENGLISH = load(), English()


def finding(kind: str, *texts: str) -> Finding:
    articles = [article_from_text(t, id=f"a{i}", rules=RULES) for i, t in enumerate(texts)]
    found = analyse(articles, RULES, ENGLISH).findings
    (one,) = (f for f in found if f.kind == kind and f.verdict in DISAGREEING)
    return one


@pytest.mark.parametrize(
    ("kind", "texts", "tie"),
    [
        (
            "quantity",
            ["The flood killed 12 people.", "The flood killed 19."],
            "both tell of people killed and one leaves unsaid who was counted",
        ),
        (
            "quantity",
            ["The mast is 60 metres high.", "The mast is 75 metres high."],
            "both give the height of the mast",
        ),
        (
            "quantity",
            [f"The old altar is insured for {n} million euros." for n in (42, 24)],
            "one number looks like a slip of the other and the sentences are worded alike",
        ),
        (
            "date",
            [f"The dam burst on {day} May 2024." for day in (6, 7)],
            "both date the collapse of the dam",
        ),
        (
            "attendance",
            [f"Otto Wittmann {did} the meeting in Tarn." for did in ("attended", "did not attend")],
            "both tell of Otto Wittmann at the meeting",
        ),
        (
            "commitment",
            [f"Anna Bolt {did} to sign the contract." for did in ("pledged", "refused")],
            "both speak of Anna Bolt, both name “contract” as what it is about and what is to be "
            "done is “sign”",
        ),
        (
            "place",
            [f"Halvard is based in {city}." for city in ("Oslo", "Madrid")],
            "both tell the head office of Halvard",
        ),
        (
            "quote",
            [
                f"“This is {no}the last bridge we ever build,” Anna Bolt said."
                for no in ("", "not ")
            ],
            "both are given to Anna Bolt, and most of the words agree",
        ),
    ],
)
def test_a_finding_says_what_makes_its_claims_one(kind: str, texts: list[str], tie: str) -> None:
    found = finding(kind, *texts)
    assert found.reason["tie"] == f"Taken to be one: {tie}."
    assert "Taken to be one" not in found.why


def test_what_evidence_ties_says_so_and_what_speaks_against_it() -> None:
    texts = ["The flood killed 12 people in Tarn.", "The flood killed 14 people in Tarn."]
    articles = [article_from_text(t, id=f"a{i}", rules=RULES) for i, t in enumerate(texts)]
    a, b = (c for c in extract(articles, RULES, ENGLISH).claims if c.kind == "quantity")
    link = Link(
        0.45, ("shared state", "like words", "close", "distance"), "a part is not the whole"
    )
    tie = tied(Topic(QuantityKind(), (a, b), {(a, b): link}), [a], [b], RULES)
    assert tie.said == (
        "Taken to be one by signs alone: both tell of people killed, the sentences are worded "
        "alike and the numbers are close. Against it: a part is not the whole."
    )
    assert tie.by_signs
    assert tie.rules == ("tie.state", "tie.worded-alike", "tie.close")


def test_a_figure_that_follows_from_another_needs_no_tie() -> None:
    found = finding("quantity", "The lake is 10 miles (25 km) from the mill.", "The mill burned.")
    assert not found.reason["tie"]
