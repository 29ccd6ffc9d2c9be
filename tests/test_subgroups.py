"""Parts and wholes: groups inside the group that was counted, and figures that add up to one."""

from __future__ import annotations

import pytest

from crosscheck.language import English
from crosscheck.model import Article, Claim, Zone
from crosscheck.pipeline import align_and_compare, extract
from crosscheck.rulebook import load


def figures(text: str, english: English, role: str = "body") -> list[Claim]:
    zones = (Zone(0, len(text), role),)  # type: ignore[arg-type]
    found = extract([Article("a", text, zones=zones)], load(), english)
    return [claim for claim in found.claims if claim.kind == "quantity"]


def filled(name: str, claims: list[Claim]) -> list[str]:
    return [claim.filled(name) for claim in claims]


@pytest.mark.parametrize(
    "text",
    [
        "The slide killed 12 villagers, including three children.",
        "Twelve villagers died, among whom were three children.",
        "Twelve villagers died, three of them children.",
        "Twelve villagers, three of whom were children, died.",
        "Twelve villagers died; three were children.",
        "Among the 12 dead were three children.",
        "Of the 12 dead, three were children.",
    ],
)
def test_a_subgroup_shares_the_state_and_is_a_part(text: str, english: English) -> None:
    whole, part = figures(text, english)
    assert (whole.filled("state"), whole.filled("part")) == ("dead", "")
    assert (part.filled("state"), part.filled("part")) == ("dead", "among")
    assert part.filled("noun") == "child"


@pytest.mark.parametrize(
    "text",
    [
        "The slide injured 60 villagers, 9 of them seriously.",
        "Sixty villagers were hurt, nine critically.",
        "Of those hurt, 9 were in critical care.",
        "Sixty villagers were hurt, of whom 9 are in intensive care.",
    ],
)
def test_a_subgroup_of_which_more_is_said_is_the_whole_of_those(
    text: str, english: English
) -> None:
    last = figures(text, english)[-1]
    assert (last.filled("state"), last.filled("part")) == ("critical", "")


def test_a_list_of_subgroups_goes_on(english: English) -> None:
    text = "Aboard were 90 people, of whom 21 are Danes, 31 British and eight Poles."
    assert filled("part", figures(text, english)) == ["", "among", "among", "among"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Twelve people died, seven men and five women.", ["", "one of several", "one of several"]),
        ("Twelve people died: seven men and five women.", ["", "one of several", "one of several"]),
        ("Twelve people died, seven were hurt and five are missing.", ["", "", ""]),
        ("Twelve people died, seven men and four boats sank.", ["", "", ""]),
    ],
)
def test_figures_that_add_up_are_parts(text: str, parts: list[str], english: English) -> None:
    assert filled("part", figures(text, english)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Fire guts hostel, 12 dead, police brace for more",
        "But 12 are dead, and more are feared to have died.",
        "The fire left 12 people dead and more than 70 injured.",
    ],
)
def test_what_another_clause_says_makes_no_part(text: str, english: English) -> None:
    first = figures(text, english, "headline" if text[-1] != "." else "body")[0]
    assert (first.filled("state"), first.filled("part")) == ("dead", "")


def test_an_adjective_stands_for_people_in_a_headline(english: English) -> None:
    dead, hurt = figures("12 dead, 30 hurt as train derails", english, "headline")
    assert filled("state", [dead, hurt]) == ["dead", "injured"]


def test_a_negation_inside_the_words_of_a_state_denies_nothing(english: English) -> None:
    lost, missing = figures(
        "Some 39 did not survive. Another 12 had not been accounted for.", english
    )
    assert (lost.filled("state"), lost.polarity) == ("dead", "affirmed")
    assert (missing.filled("state"), missing.polarity) == ("missing", "affirmed")
    (sober,) = figures("The slide did not kill 39 villagers.", english)
    assert sober.polarity == "denied"


def test_members_of_one_sort_are_compared_however_they_are_told(english: English) -> None:
    texts = (
        "The slide at Norrhaven killed 12 villagers on Monday, including three children.",
        "The slide at Norrhaven killed five children on Monday, the mayor said.",
    )
    found = extract([Article(str(i), t) for i, t in enumerate(texts)], load(), english)
    shown = {
        (f.positions[i].value, f.positions[j].value)
        for f in align_and_compare(found).findings
        for i, j in f.disagree
    }
    assert ("3", "5") in shown


def test_a_definite_group_that_a_day_singles_out_is_a_part(english: English) -> None:
    found, bodies = figures(
        "The five bodies that were found on Tuesday were those of miners. "
        "The 39 bodies that were found are at the morgue.",
        english,
    )
    assert (found.filled("part"), bodies.filled("part")) == ("among", "")
