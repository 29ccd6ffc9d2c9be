"""Attendance: the algebra of presence, what is read of who was where, and what is compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest

from crosscheck.language import English
from crosscheck.model import Claim, Finding
from crosscheck.pipeline import analyse, extract
from crosscheck.read import article_from_text
from crosscheck.rulebook import load
from crosscheck.values.interval import Relation
from crosscheck.values.presence import MODES, Attendees, presence, relate_attendance

RULES = load()
ENGLISH = English()
KNOWN = "\n\nMayor Anna Bolt and Minister Carl Dorn live in Halden."

LATTICE = {
    ("attended", "in person"): Relation.CONTAINS,
    ("attended", "to the end"): Relation.CONTAINS,
    ("attended", "briefly"): Relation.CONTAINS,
    ("attended", "remotely"): Relation.CONTAINS,
    ("in person", "to the end"): Relation.CONTAINS,
    ("in person", "briefly"): Relation.CONTAINS,
    ("absent", "represented"): Relation.CONTAINS,
}


@pytest.mark.parametrize(("a", "b"), list(product(MODES, MODES)))
def test_how_two_modes_of_one_person_relate(a: str, b: str) -> None:
    expected = (
        Relation.SAME
        if a == b
        else LATTICE.get((a, b)) or LATTICE.get((b, a), Relation.APART).mirrored
    )
    assert relate_attendance(presence(a), presence(b)) is expected


def test_a_body_is_there_through_those_who_represent_it() -> None:
    assert presence("represented", body=True).relate(presence("attended", True)) is Relation.INSIDE
    assert presence("represented", body=True).relate(presence("absent", True)) is Relation.APART


def test_what_is_denied_leaves_all_the_other_ways() -> None:
    not_in_person = presence("in person").denied
    assert not_in_person.relate(presence("remotely")) is Relation.CONTAINS
    assert not_in_person.relate(presence("absent")) is Relation.CONTAINS
    assert not_in_person.relate(presence("to the end")) is Relation.APART
    assert not_in_person.denied == presence("in person")


def test_lists_of_all_who_came() -> None:
    one, other = Attendees(frozenset("ab")), Attendees(frozenset("ac"))
    assert relate_attendance(one, other) is Relation.APART
    assert relate_attendance(one, one) is Relation.SAME
    assert relate_attendance(one, presence("absent")) is Relation.OVERLAP


def claims_of(text: str) -> list[Claim]:
    article = article_from_text(text + KNOWN, id="a", rules=RULES)
    found = extract([article], RULES, ENGLISH).claims
    return [c for c in found if c.kind == "attendance" and c.mention.start < len(text)]


def read(text: str) -> set[tuple[str, str, str]]:
    """Who, how, and at what, as said in a text that goes before a line that says who is who."""
    return {(c.filled("who"), c.label, c.filled("at")) for c in claims_of(text)}


@pytest.mark.parametrize(
    ("text", "label", "at"),
    [
        ("Anna Bolt did not attend the summit.", "absent", "summit"),
        ("Anna Bolt refused to attend the summit.", "absent", "summit"),
        ("Anna Bolt was barred from attending the summit.", "absent", "summit"),
        ("Anna Bolt did not refuse to attend the summit.", "attended", "summit"),
        ("Anna Bolt could not make it to the ceremony.", "absent", "ceremony"),
        ("Anna Bolt flew home to attend the ceremony.", "attended", "ceremony"),
        ("The summit was boycotted by Anna Bolt.", "absent", "summit"),
        ("The summit, which Anna Bolt attended in Norhaven, was short.", "in person", "summit"),
        ("Anna Bolt did not attend the summit in person.", "not in person", "summit"),
        ("Anna Bolt joined the summit from home by telephone.", "remotely", "summit"),
        ("The mayor stayed away from the debate.", "absent", "debate"),
        ("Neither Anna Bolt nor her deputy turned up for the ceremony.", "absent", "ceremony"),
        ("In the hall sat also the mayor, Anna Bolt.", "in person", "hall"),
        ("Aboard was also the mayor, Anna Bolt.", "in person", ""),
        ("Four people on the list, among them Anna Bolt, had never boarded.", "absent", ""),
        ("Anna Bolt will attend the summit.", "expected: attended", "summit"),
        ("Anna Bolt is not expected at the summit.", "expected: absent", "summit"),
        ("Anna Bolt sent her deputy to the summit.", "represented", "summit"),
        ("In the first row at the funeral sat Anna Bolt.", "in person", "funeral"),
    ],
)
def test_what_is_read_of_one_person(text: str, label: str, at: str) -> None:
    assert ("Anna Bolt", label, at) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Bolt would have attended the summit.",
        "Anna Bolt might attend the summit.",
        "If Anna Bolt attends the summit, it will be long.",
        "Did Anna Bolt attend the summit?",
        "Friends asked that Anna Bolt stay away from the summit.",
        "Friends urged Anna Bolt to attend the summit.",
        "Anna Bolt not only attended the summit.",
        "The Norvanian mayor was not at the summit.",
        "Anna Bolt attended school in Norhaven.",
        "Anna Bolt missed the target.",
        "Anna Bolt spoke by telephone.",
        "Anna Bolt did not go far.",
    ],
)
def test_what_is_left_open(text: str) -> None:
    assert not read(text)


def test_everybody_of_a_list_and_the_clause_that_belongs_to_the_last() -> None:
    found = read("The summit included Anna Bolt and Carl Dorn, who joined remotely.")
    assert ("Anna Bolt", "attended", "summit") in found
    assert ("Carl Dorn", "remotely", "summit") in found
    assert ("Anna Bolt", "remotely", "summit") not in found


def test_the_end_of_a_long_subject_is_not_lost() -> None:
    text = (
        "The meeting was short. Edda Korr, the lawyer who leads the board for now, Anna Bolt and "
        "Carl Dorn, the minister, sat at the table."
    )
    assert {who for who, label, _ in read(text) if label == "in person"} >= {
        "Anna Bolt",
        "Carl Dorn",
    }


def test_titles_in_a_list_do_not_break_it() -> None:
    text = (
        "President Edda Korr, Norvanian Premier Nils Aas, Council President Anna Bolt and Finnish "
        "Minister Carl Dorn took part in the meeting."
    )
    assert {who for who, _, _ in read(text)} == {"Edda Korr", "Nils Aas", "Anna Bolt", "Carl Dorn"}


def test_a_pronoun_and_the_gathering_of_the_sentence_before() -> None:
    text = "Anna Bolt was invited to the debate. She stayed away."
    assert read(text) == {("Anna Bolt", "absent", "debate")}


def test_a_person_and_the_one_who_stands_in() -> None:
    found = read("Norvania was represented by Carl Dorn, who stood in for Anna Bolt at the summit.")
    assert ("Anna Bolt", "represented", "summit") in found
    assert {label for who, label, _ in found if who == "Carl Dorn"} <= {"attended", "in person"}
    assert ("Carl Dorn", "attended", "summit") in found


def test_the_passage_covers_the_telling_words() -> None:
    text = "Anna Bolt took part in the summit by video link."
    assert [c.mention.text for c in claims_of(text)] == [text[:-1]]


def findings(*texts: str, days: Sequence[int] = (4, 5)) -> list[Finding]:
    articles = [
        article_from_text(f"date 2030-05-{day:02}\n\n{text}", id=f"a{day}", rules=RULES)
        for day, text in zip(days, texts, strict=True)
    ]
    found = analyse(articles, RULES, ENGLISH).findings
    return [f for f in found if f.kind == "attendance" and f.verdict in {"conflict", "update"}]


@pytest.mark.parametrize(
    ("one", "other", "topic"),
    [
        (
            "Mayor Anna Bolt stayed away from the only debate.",
            "Mayor Anna Bolt took part in the only television debate by video link.",
            "Anna Bolt at the debate",
        ),
        (
            "Mayor Anna Bolt was on the bridge when the ship struck.",
            "Mayor Anna Bolt was not on the bridge when the ship struck.",
            "Anna Bolt on the bridge",
        ),
        (
            "Mayor Anna Bolt walked through Halden on Sunday.",
            "Mayor Anna Bolt never set foot in Halden.",
            "Anna Bolt in Halden",
        ),
        (
            "Mayor Anna Bolt was aboard the ferry.",
            "Mayor Anna Bolt had missed the ferry.",
            "Anna Bolt on the ferry",
        ),
        (
            "Mayor Anna Bolt joined the crisis meeting by telephone.",
            "The emergency session began at noon. Mayor Anna Bolt sat at the table for hours.",
            "Anna Bolt at the meeting",
        ),
        (
            "Mayor Anna Bolt spoke to the workers in the canteen.",
            "Mayor Anna Bolt spoke to the workers by video link.",
            "Anna Bolt before the workers",
        ),
        (
            "Mayor Anna Bolt was not at the ceremony.",
            "Mayor Anna Bolt shook hands with every guest at the ceremony.",
            "Anna Bolt at the ceremony",
        ),
        (
            "Only Anna Bolt and Carl Dorn attended the dinner.",
            "The only guests at the dinner were Anna Bolt and Edda Korr.",
            "all who were at the dinner",
        ),
    ],
)
def test_accounts_that_cannot_both_be_true(one: str, other: str, topic: str) -> None:
    assert [(f.verdict, f.topic) for f in findings(one, other)] == [("conflict", topic)]
    assert [(f.verdict, f.topic) for f in findings(other, one, days=(5, 4))] == [
        ("conflict", topic)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mayor Anna Bolt attended the summit.", "Mayor Anna Bolt joined the summit online."),
        (
            "Mayor Anna Bolt was not at the dinner of the summit.",
            "Mayor Anna Bolt attended the summit.",
        ),
        (
            "Mayor Anna Bolt attended the council meeting.",
            "Mayor Anna Bolt skipped the party meeting.",
        ),
        (
            "Mayor Anna Bolt attended the inquest on Monday.",
            "Mayor Anna Bolt did not attend the inquest on Tuesday.",
        ),
        (
            "Mayor Anna Bolt attended the first session.",
            "Mayor Anna Bolt skipped the second session.",
        ),
        (
            "Mayor Anna Bolt and Minister Carl Dorn attended the dinner.",
            "Only Mayor Anna Bolt and Edda Korr attended the dinner.",
        ),
        (
            "Minister Carl Dorn stood in for Mayor Anna Bolt at the summit.",
            "Mayor Anna Bolt did not attend the summit.",
        ),
    ],
)
def test_accounts_that_go_together_or_are_about_two_things(one: str, other: str) -> None:
    assert findings(one, other) == []


def test_a_plan_is_held_against_what_came_of_it_later() -> None:
    plan = "Mayor Anna Bolt will attend the trial."
    outcome = "Mayor Anna Bolt stayed away from the trial."
    assert [f.verdict for f in findings(plan, outcome)] == ["update"]
    assert findings(outcome, plan) == []
    assert findings(plan, outcome, days=(5, 4)) == []


def test_whoever_has_not_come_yet_may_come() -> None:
    away = "Mayor Anna Bolt has not visited the camp."
    there = "Mayor Anna Bolt visited the camp."
    assert findings(away, there) == []
    assert [f.verdict for f in findings(there, away)] == ["conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Mayor Anna Bolt could not go to Halden on Monday.",
            "Mayor Anna Bolt visited on Monday and stayed for an hour.",
        ),
        (
            "Mayor Anna Bolt meant to meet the miners but did not leave Lisbon.",
            "Mayor Anna Bolt has arrived from Lisbon and is with the miners.",
        ),
        (
            "Mayor Anna Bolt followed the launch from Lisbon by video link.",
            "The launch was at noon. Mayor Anna Bolt watched from the stand.",
        ),
        (
            "The summit was on Monday. Nobody from Portugal was at the summit.",
            "The summit was on Monday. Delegates from Portugal were at the summit.",
        ),
    ],
)
def test_a_trip_that_was_made_and_was_not(one: str, other: str) -> None:
    assert [f.verdict for f in findings(one, other)] == ["conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Mayor Anna Bolt could not go to Halden on Monday.",
            "Mayor Anna Bolt visited on Tuesday and stayed for an hour.",
        ),
        (
            "The summit was on Monday. Nobody from Portugal was at the summit.",
            "The summit was on Monday. Tourists from Portugal were at the summit.",
        ),
        ("Mayor Anna Bolt did not leave Lisbon.", "Mayor Anna Bolt voted on Monday."),
    ],
)
def test_trips_that_go_together(one: str, other: str) -> None:
    assert findings(one, other) == []
