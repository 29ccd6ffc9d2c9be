"""What the figures of one sentence make of each other: conversions, sums, lists of names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crosscheck.language import English
from crosscheck.model import DISAGREEING, Article, Finding
from crosscheck.pipeline import analyse
from crosscheck.rulebook import load


@pytest.fixture(scope="module")
def english() -> English:
    return English()


def conflicts(texts: Sequence[str], english: English) -> list[Finding]:
    articles = [Article(f"a{i}", text) for i, text in enumerate(texts)]
    done = analyse(articles, load(), english).findings
    return [f for f in done if f.kind == "quantity" and f.verdict in DISAGREEING]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The lake is 10 miles (25 km) from the mill.", ["10 miles", "25 km"]),
        ("Winds of 100 mph (210 kph) blew.", ["100 mph", "210 km/h"]),
        ("Temperatures reached 40 degrees Celsius (114 Fahrenheit).", ["40°C", "114°F"]),
        ("The fire burned 1,000 acres (4,050 hectares).", ["1,000 acres", "4,050 ha"]),
        ("The mill will hire 900 people: 350 in Arle and 450 in Bost.", ["900", "800"]),
        ("The fire killed 12 people, seven men and four women.", ["12", "11"]),
        ("Twelve people (seven men and four women) were killed.", ["12", "11"]),
        ("The fire killed 12 people, including nine men and four women.", ["12", "at least 13"]),
        ("Five mayors signed: Anna Berg, Bo Dahl, Carl Ek and Dora Falk.", ["5", "4"]),
        ("Five of them signed: Anna Berg, Bo Dahl, Carl Ek and Dora Falk.", ["5", "4"]),
        ("Two leaders (Anna Berg, Bo Dahl and Carl Ek) met in Arle.", ["2", "3"]),
        ("Five countries – Norda, Sudria, Osta and Westa – signed the pact.", ["5", "4"]),
    ],
)
def test_a_sentence_that_contradicts_itself(text: str, values: list[str], english: English) -> None:
    (found,) = conflicts([text], english)
    assert found.verdict == "conflict"
    assert [found.positions[i].value for pair in found.disagree for i in pair] == values


@pytest.mark.parametrize(
    "text",
    [
        "The lake is 60 miles (100 km) from the mill.",
        "The road is a mile (2 km) long.",
        "He is six feet, two inches (1.88 metres) tall.",
        "He weighs 12st 4lb (78kg).",
        "The field is 50 by 20 metres (66 feet) wide.",
        "Winds of 50 to 60 mph (80 to 97 kph) blew.",
        "It fell to minus 20 degrees Celsius (minus 4 Fahrenheit).",
        "It was 2 degrees Celsius (3.6 degrees Fahrenheit) above average.",
        "The fire burned 1,000 acres (1.6 square miles).",
        "The mill paid £5 million ($6.5 million).",
        "The mill will hire 800 people: 350 in Arle and 450 in Bost.",
        "At least 12 people were killed, seven men and four women.",
        "Twelve people were killed, six men and five women and a child.",
        "Twelve people were killed, including seven men and four women.",
        "Nine people died: six in Arle, four of them children, and two in Bost.",
        "Four mayors signed: Anna Berg, Bo Dahl, Carl Ek and Dora Falk.",
        "Five mayors signed: Anna Berg, Bo Dahl, Carl Ek and others.",
        "Five mayors signed, among them Anna Berg, Bo Dahl and Carl Ek.",
        "Three mayors signed: Anna Berg, mayor of Arle, Bo Dahl and Carl Ek.",
        "Two teams met: Anna Berg, Bo Dahl, Carl Ek and Dora Falk.",
        "Three countries (Norda, Osta, Bosnia and Herzegovina) signed.",
        "Two cities (Arle, Norda and Bost, Sudria) signed.",
    ],
)
def test_a_sentence_that_may_well_be_true(text: str, english: English) -> None:
    assert conflicts([text], english) == []


def test_another_account_of_the_count_stands_beside_it(english: English) -> None:
    listed = "Five mayors signed: Anna Berg, Bo Dahl, Carl Ek and Dora Falk."
    (found,) = conflicts([listed, "Five mayors signed."], english)
    sides = {p.value: sorted({c.mention.article for c in p.claims}) for p in found.positions}
    assert sides == {"5": ["a0", "a1"], "4": ["a0"]}


def test_a_wrong_conversion_is_shown_beside_a_right_one(english: English) -> None:
    texts = [f"The lake is 10 miles ({km} km) from the mill." for km in (25, 16)]
    (found,) = conflicts(texts, english)
    assert {p.value for p in found.positions} == {"10 miles (16 km)", "25 km"}
    assert found.why == "10 miles is 16.1 km, not 25 km."


def test_the_reason_names_the_parts(english: English) -> None:
    (found,) = conflicts(["The fire killed 12 people, seven men and four women."], english)
    assert found.why == "7 + 4 = 11, not 12."
