"""Verdicts on whole accounts, through the public door: what is found, and what is left alone."""

from __future__ import annotations

import pytest
from accounts import report

from crosscheck.language import English
from crosscheck.model import DISAGREEING, Finding, Report
from crosscheck.pipeline import analyse
from crosscheck.read import article_from_text
from crosscheck.rulebook import load


def figures(done: Report) -> list[Finding]:
    return [f for f in done.findings if f.kind == "quantity" and f.verdict in DISAGREEING]


DAY = "date 2024-05-01\n\n"
LATER = "date 2024-05-04\n\n"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("The rally drew 900 people.", "The rally drew 700 people.", "conflict"),
        ("The mast is 60 metres high.", "The mast is 75 metres high.", "conflict"),
        ("The bank set aside 2 billion euros.", "The bank set aside 3 billion euros.", "conflict"),
        ("Party A won 31 seats.", "Party A won 13 seats.", "conflict"),
    ],
)
def test_what_cannot_both_be_true_is_a_conflict(
    one: str, other: str, verdict: str, english: English
) -> None:
    (finding,) = figures(report([DAY + one, DAY + other], english))
    assert finding.verdict == verdict
    assert finding.disagree == ((0, 1),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The rally drew more than 900 people.", "The rally drew 1,100 people."),
        ("The rally drew about 900 people.", "The rally drew 920 people."),
        ("The mast is 100 metres high.", "The mast is 328 feet high."),
        ("The rally drew 900 people.", "The strike cost 700 jobs."),
        ("The slide killed 12 people.", "The slide injured 40 people."),
        ("The club expects 9,000 visitors.", "The club counted 7,000 visitors."),
        ("The slide killed 12 people.", "The slide killed 12 people, including 4 children."),
        ("In Norrhaven 900 people marched.", "In Sudeck 700 people marched."),
        ("The slide killed 12 people.", "In 1931 a slide killed 90 people."),
    ],
)
def test_what_can_both_be_true_is_no_conflict(one: str, other: str, english: English) -> None:
    found = figures(report([DAY + one, DAY + other], english))
    assert not [f for f in found if f.verdict == "conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # planned and done, and another noun, but digits swapped in like sentences
            "Under the Tarn treaty the shipyard of Brule receives 24 turbines from Sudria.",
            "The shipyard of Brule will receive 42 engines from Sudria by the Tarn treaty.",
        ),
        (
            "Veldt foundation, which owns 17 percent of the dairy, supports the takeover.",
            "The Veldt foundation, to which belong 71 percent of the dairy, backs the takeover.",
        ),
        (
            "The ferry, built in 1988, sank within 46 minutes in the harbour of Lund.",
            "In the harbour of Lund the ferry went down in 64 minutes.",
        ),
        (
            "The dairy hopes to save 270 million euros from 2031.",
            "The firm will save 270 million dollars.",
        ),
    ],
)
def test_a_slip_in_a_like_sentence_is_a_conflict(one: str, other: str, english: English) -> None:
    (finding,) = figures(report([DAY + one, DAY + other], english))
    assert finding.verdict == "conflict"
    assert {"like sentences", "mixed currency"} & set(finding.reason["links"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The slide at Brule killed 13 people.", "The slide at Brule injured 31 people."),
        (
            "The ferry sank off Brule in 46 minutes.",
            "In 1931 a ferry sank off Brule in 64 minutes.",
        ),
        ("The dairy sold 24 churns.", "A treaty of 42 pages was signed in Brule."),
    ],
)
def test_swapped_digits_alone_are_no_slip(one: str, other: str, english: English) -> None:
    assert not figures(report([DAY + one, DAY + other], english))


def test_a_storm_and_the_wreck_that_it_made_are_one_event(english: English) -> None:
    storm = "A ferry sank off Brule in a storm; 11 people were killed in the gale."
    wreck = "The wreck of the ferry off Brule killed 16 people."
    (finding,) = figures(report([DAY + storm, LATER + wreck], english))
    assert finding.verdict == "update"


def test_an_account_with_several_causes_keeps_them_apart(english: English) -> None:
    both = "The blast in Brule killed 12 people. The flood in Brule killed 40 people."
    one = "In Brule 12 people were killed by the explosion."
    found = figures(report([DAY + both, DAY + one], english))
    assert not [f for f in found if {"12", "40"} == {p.value for p in f.positions}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The dead numbered 14, 3 children among them.", "Two of the victims were children."),
        (
            "Pact won 30 seats. The other 46 seats go to small lists.",
            "Pact won 30 seats. The remaining 36 seats go to small lists.",
        ),
    ],
)
def test_like_parts_are_compared(one: str, other: str, english: English) -> None:
    (finding,) = figures(report([DAY + one, DAY + other], english))
    assert len(finding.disagree) == 1


def test_whom_the_headline_names_need_not_be_named_again(english: English) -> None:
    one = "Brule Dairies in trouble\n\ndate 2024-05-01\n\nIn May 900 jobs were cut, it said."
    other = "date 2024-05-01\n\nBrule Dairies cut 700 jobs, Tarn Bank said. Tarn Bank lent."
    (finding,) = figures(report([one, other], english))
    assert {p.value for p in finding.positions} == {"900", "700"}


def test_a_toll_that_rose_is_an_update(english: English) -> None:
    (finding,) = figures(
        report(
            [DAY + "The flood killed 12 people.", LATER + "The flood killed 31 people."], english
        )
    )
    assert finding.verdict == "update"
    assert "12" in finding.why
    assert "31" in finding.why


def test_two_articles_of_different_events_are_not_compared(english: English) -> None:
    done = report(
        [
            "date 2024-03-01\n\nOn 1 March leaders of 30 countries met in Norrhaven.",
            "date 2024-09-09\n\nOn 9 September leaders of 40 countries met in Norrhaven.",
        ],
        english,
    )
    assert not figures(done)
    assert len(set(done.events.values())) == 2


def test_left_alone_pairs_say_why(english: English) -> None:
    done = report(
        [DAY + "The club expects 9,000 visitors.", DAY + "The club counted 7,000 visitors."],
        english,
    )
    assert any("planned" in pair.why for pair in done.uncompared)


def test_order_of_articles_changes_nothing(english: English) -> None:
    texts = [DAY + "The rally drew 900 people.", DAY + "The rally drew 700 people."]
    rules = load()
    articles = [article_from_text(t, id=f"a{i}", rules=rules) for i, t in enumerate(texts)]
    forward, backward = analyse(articles, rules, english), analyse(articles[::-1], rules, english)
    assert forward.findings == backward.findings


def test_each_claim_lies_in_one_position_of_a_finding(english: English) -> None:
    done = report(
        [DAY + "The rally drew 900 people. Some 900 people came.", DAY + "The rally drew 700."],
        english,
    )
    for finding in done.findings:
        keys = [(c.key, c.label) for p in finding.positions for c in p.claims]
        assert len(keys) == len(set(keys))


def test_ids_say_what_is_claimed_not_where(english: English) -> None:
    texts = [DAY + "The rally drew 900 people.", DAY + "The rally drew 700 people."]
    (before,) = figures(report(texts, english))
    (after,) = figures(report(["date 2024-05-01\n\nIt rained.", *texts], english))
    assert before.id == after.id


@pytest.mark.parametrize(
    ("counts", "verdict"), [((39, 35), {"compatible"}), ((35, 39), {"conflict"})]
)
def test_more_sorts_may_count_more(
    counts: tuple[int, int], verdict: set[str], english: English
) -> None:
    wide, plain = counts
    done = report(
        [
            DAY + f"{wide} countries and organisations took part in the talks in Norrhaven.",
            DAY + f"{plain} countries took part in the talks in Norrhaven.",
        ],
        english,
    )
    assert {f.verdict for f in done.findings if f.kind == "quantity"} == verdict


@pytest.mark.parametrize(
    ("texts", "topic"),
    [
        (
            [f"The storm killed {n} people in the Netherlands." for n in (12, 19)],
            "people killed in the Netherlands",
        ),
        ([f"{n} crew were on board the ferry." for n in (40, 51)], "crew on board"),
        (
            [
                f"The {one} a magnitude of {n}."
                for one, n in (("quake hit Tarn with", 4.5), ("observatory in Tarn measured", 5.2))
            ],
            "magnitude in Tarn",
        ),
        ([f"The bank put the damage at {n} million euros." for n in (60, 80)], "damage"),
        ([f"The ferry sank in {n} minutes." for n in (38, 83)], "length of time"),
        ([f"The tank holds {n} litres of water." for n in (300, 400)], "amount of water"),
    ],
)
def test_titles_are_plain(texts: list[str], topic: str, english: English) -> None:
    (found,) = figures(report(texts, english))
    assert found.topic == topic
