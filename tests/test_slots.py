"""Slots: the state, place, owner and circumstances of figures in sentences of many shapes."""

from __future__ import annotations

import pytest

from crosscheck.language import English
from crosscheck.model import Article, Claim
from crosscheck.pipeline import extract
from crosscheck.rulebook import load
from crosscheck.slots.lexicon import lexicon


@pytest.fixture(scope="module")
def english() -> English:
    return English()


def figures(text: str, english: English) -> list[Claim]:
    found = extract([Article("a", text)], load(), english)
    return [claim for claim in found.claims if claim.kind == "quantity"]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The slide killed 78 people and injured nearly 4,000.", ["dead", "injured"]),
        ("Some 80 others were unaccounted for.", ["missing"]),
        ("There are 14 dead, 30 wounded and 9 missing.", ["dead", "injured", "missing"]),
        ("The number of injured rose to 120.", ["injured"]),
        ("Of the 90 passengers 71 died.", ["", "dead"]),
        ("Nine clerks are under arrest.", ["detained"]),
        ("Dairies merge, 900 jobs to go", ["dismissed"]),
        ("Two dead in Brule fire, and 12 still to be found", ["dead", "missing"]),
        ("There was no connection with 12 miners.", ["missing"]),
        ("The dairy will cut 900 of its 8,500 jobs.", ["dismissed", ""]),
        ("The mill employs 800 people.", ["employed"]),
        ("Police counted 8,000 demonstrators in the square.", ["attended"]),
        ("The bank has set aside 2 billion euros.", ["provisioned"]),
    ],
)
def test_state_is_what_happened_to_the_counted(
    text: str, states: list[str], english: English
) -> None:
    assert [claim.filled("state") for claim in figures(text, english)] == states


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The club expects 9,000 visitors.", "planned"),
        ("The bill could reach 9 million euros.", "possible"),
        ("The club counted 9,000 visitors.", "done"),
        ("The city will hire 90 guards.", "planned"),
    ],
)
def test_plans_are_told_from_counts(text: str, modality: str, english: English) -> None:
    assert [claim.modality for claim in figures(text, english)] == [modality]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Norrhaven 7,000 people marched.", "Norrhaven"),
        ("It rained in Norrhaven. Norrhaven: 7,000, the police said.", "Norrhaven"),
        ("Some 7,000 people marched in Norrhaven.", "Norrhaven"),
    ],
)
def test_places_come_from_locatives_and_labels(text: str, place: str, english: English) -> None:
    assert [claim.filled("place") for claim in figures(text, english)] == [place]


def test_part_of_a_whole_is_marked(english: English) -> None:
    whole, part = figures("The slide killed 12 people, including 4 children.", english)
    assert not whole.filled("part")
    assert part.filled("part")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Without work are 900 clerks, among them 60 of the branch at Brule.", ""),
        ("Two of the victims were children.", "among"),
        ("The remaining 40 seats go to small lists.", "others"),
        ("The list lacks the 60 seats needed for a majority.", "needed"),
    ],
)
def test_marks_of_a_part(text: str, part: str, english: English) -> None:
    assert figures(text, english)[0].filled("part") == part


def test_others_of_another_state_leave_nobody_out(english: English) -> None:
    dead, missing = figures("The slide killed 14 people. Another 20 were missing.", english)
    assert (dead.filled("part"), missing.filled("part")) == ("", "")


def test_what_is_measured_is_the_stuff_not_its_unit(english: English) -> None:
    *_, hours = figures("Ninety millimetres of rain fell within six hours.", english)
    assert hours.filled("thing") == "rain"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("The hole is 60 metres across.", "width"),
        ("People heard it 60 kilometres across the sea.", ""),
        ("The bridge, 900 metres of steel at a height of 45, was a marvel.", ""),
    ],
)
def test_a_word_of_dimension_that_leads_on_measures_what_follows(
    text: str, aspect: str, english: English
) -> None:
    assert figures(text, english)[0].filled("aspect") == aspect


def test_initials_of_a_known_place_are_that_place(english: English) -> None:
    text = "In New Brule 7,000 people marched. Some 9,000 people filled N.B. on Sunday."
    assert figures(text, english)[1].filled("place") == "N.B."


def test_items_after_a_colon_are_parts_unless_a_place_makes_them_counts(english: English) -> None:
    text = "Nineteen people died: eleven in Norrhaven, five in Sudeck and three on the ferry."
    parts = [claim.filled("part") for claim in figures(text, english)]
    assert parts == ["", "", "", "one of several"]


def test_a_figure_in_a_compound_describes_its_thing(english: English) -> None:
    text = "The Reform Party won 40 seats in the 90-seat council."
    won, size = figures(text, english)
    assert (won.filled("state"), won.filled("owner")) == ("seats", "Reform Party")
    assert (size.filled("state"), size.filled("owner")) == ("", "")


def test_what_the_noun_says_of_the_counted_holds_where_it_is_left_out(english: English) -> None:
    text = "Norrhaven has 56,000 inhabitants, and Sudeck 3,800."
    assert [claim.filled("state") for claim in figures(text, english)] == ["population"] * 2


def test_another_cause_is_seen(english: English) -> None:
    blast, virus = figures(
        "The explosion killed 12 people. A cholera outbreak has killed 65 people.", english
    )
    assert (blast.filled("cause"), virus.filled("cause")) == ("explosion", "disease")


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("fireman", "firefighter", "synonym"),
        ("person", "people", "synonym"),
        ("firefighter", "person", "broader"),
        ("person", "firefighter", "narrower"),
        ("spire", "spire", "same"),
        ("coffin", "passenger", ""),
    ],
)
def test_nouns_relate(a: str, b: str, relation: str) -> None:
    assert lexicon(load()).nouns_relate(a, b) == relation
