"""Evidence on figures: weighed alike from both sides, and never against what the texts say."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations

import pytest

from crosscheck import pipeline
from crosscheck.kinds.quantity import figures_around
from crosscheck.language import English
from crosscheck.model import Article, Claim, Finding
from crosscheck.rulebook import load
from crosscheck.slots.evidence import evidence, weights
from crosscheck.slots.weighing import BIAS, probability

RULES = load()
ENGLISH = English()
AGROUND = "The ferry Aurela ran aground off Norrhaven on Thursday, said Captain Olle Brandt. "


def accounts(*texts: str) -> list[Article]:
    return [
        Article(f"a{k}", AGROUND + text, published=datetime(2021, 3, 5, 9))
        for k, text in enumerate(texts)
    ]


def figures(*texts: str) -> list[Finding]:
    found = pipeline.analyse(accounts(*texts), RULES, ENGLISH).findings
    return [f for f in found if f.kind == "quantity" and f.disagree]


def test_a_garbled_measure_is_tied_without_a_common_slot() -> None:
    (found,) = figures("The Aurela draws 14.5 metres.", "The draught of the Aurela is 15.4 metres.")
    assert [position.value for position in found.positions] == ["14.5 m", "15.4 m"]
    assert "garbled" in found.reason["links"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Aurela draws 14.5 metres.", "In 1998 the Aurela drew 15.4 metres."),
        ("The club expects 9,000 visitors.", "The club counted 7,000 visitors."),
        ("In Norrhaven 900 people marched.", "In Sudeck 700 people marched."),
        ("The hole in her hull was 43 metres deep.", "The hole in her hull is 41 metres wide."),
        ("The wreck lies 50 km from Norrhaven.", "Her last signal came 30 km from the shore."),
        ("The bomb of 2005 killed 22 people.", "A bomb killed the senator and 21 others in 2005."),
    ],
)
def test_no_evidence_outweighs_what_the_texts_tell_apart(one: str, other: str) -> None:
    assert not figures(one, other)


def test_evidence_is_the_same_from_both_sides() -> None:
    texts = ("It carried 482 people and 60 cars; 12 were hurt.", "Of 428 on board 21 were injured.")
    found = pipeline.extract(accounts(*texts), RULES, ENGLISH)
    found.context.claims = found.claims
    around, beliefs = figures_around(found.context)
    pairs = list(combinations([c for c in found.claims if c.kind == "quantity"], 2))
    assert len(pairs) >= 6
    for a, b in pairs:
        assert evidence(a, b, around) == evidence(b, a, around)
        assert 0 < beliefs.of(a, b) == beliefs.of(b, a) < 1
        assert beliefs.ties(a, b) == beliefs.ties(b, a)


def test_weights_add_up_to_a_probability() -> None:
    table = {BIAS: -1.0, "for": 2.0, "against": -3.0}
    assert probability({"for": 1.0}, table) > probability({}, table)
    assert probability({"for": 1.0, "against": 1.0}, table) < probability({}, table)
    assert probability({"unknown": 1.0}, table) == probability({}, table)


def test_what_should_count_against_does() -> None:
    table = weights(RULES)
    assert table["distance"] < 0 < table["close"]
    assert table["like words"] > 0
    assert table["against: event"] < 0


def believed(*texts: str) -> float:
    """How surely the first figures of two accounts are about one thing."""
    found = pipeline.extract(accounts(*texts), RULES, ENGLISH)
    found.context.claims = found.claims
    _, beliefs = figures_around(found.context)
    first: dict[str, Claim] = {}
    for claim in found.claims:
        if claim.kind == "quantity":
            first.setdefault(claim.mention.article, claim)
    return beliefs.of(*first.values())


def test_figures_in_the_same_company_are_sooner_one() -> None:
    one = "Her holds took 482 crates and 61 barrels."
    alike = believed(one, "She was loaded with 428 crates and 61 barrels.")
    assert alike > believed(one, "She was loaded with 428 crates and 97 barrels.")


def test_an_ending_does_not_make_another_word() -> None:
    one = "A collapsing crane cost the yard 30 working days."
    alike = believed(one, "After the collapse of a crane 36 shifts fell out.")
    assert alike > believed(one, "After the loss of a hoist 36 shifts fell out.")
