"""Who says what: quotations, speakers, who hands a word on; through the public doors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import crosscheck
from crosscheck.language import English
from crosscheck.model import Claim
from crosscheck.pipeline import extract
from crosscheck.read import article_from_text
from crosscheck.report.view import said_by
from crosscheck.rulebook import load
from crosscheck.voices.quotations import quotations

RULES = load()
ENGLISH = English()


def figures(text: str) -> list[Claim]:
    article = article_from_text(text, id="a", rules=RULES)
    return [c for c in extract([article], RULES, ENGLISH).claims if c.kind == "quantity"]


def sayer(text: str) -> str:
    """Who answers for the only figure of a text."""
    (claim,) = figures(text)
    return said_by(claim)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The ministry said that 30 houses had burned.", "ministry"),
        ("Some 30 houses have burned, the ministry said on Monday.", "ministry"),
        ("Some 30 houses, officials say, burned down.", "officials"),
        ("According to the ministry, 30 houses burned.", "ministry"),
        ("Some 30 houses burned, according to Korvel police.", "Korvel police"),
        ("Police put the number of burned houses at 30.", "police"),
        ("British police said 30 houses had burned.", "British police"),
        ('"We lost 30 houses," said Mayor Anna Bolt.', "Anna Bolt"),
        ('Mayor Anna Bolt told reporters: "We lost 30 houses."', "Anna Bolt"),
        ('Anna Bolt, at the burned school: "We lost 30 houses."', "Anna Bolt"),
        ('Mayor Anna Bolt arrived at dawn.\n\n"We lost 30 houses," she said.', "Anna Bolt"),
        ("Mayor Anna Bolt arrived. The mayor said 30 houses had burned.", "Anna Bolt"),
        ("Mayor Anna Bolt said: “Stay.” She wept. “We lost 30 houses.”", "Anna Bolt"),
        ("Anna Bolt's spokeswoman said 30 houses had burned.", "Anna Bolt's spokeswoman"),
        ("A spokesman for the mayor said 30 houses had burned.", "spokesman for the mayor"),
        ("Some 30 houses burned in Korvel.", ""),
        ("The firm that the minister told to close sold 30 houses.", ""),
        ("The ministry reported a loss of 30 houses.", ""),
        ("The explosion confirmed that 30 houses were empty.", ""),
        ("Source: Korvel Rescue Service\n\nSome 30 houses burned.", "Korvel Rescue Service"),
        ("Source: Korvel Radio; Vessna Post\n\nSome 30 houses burned.", ""),
    ],
)
def test_who_answers_for_a_figure(text: str, speaker: str) -> None:
    assert sayer(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Korvel Radio, citing Anna Bolt's spokesman, reported that 30 houses had burned.",
            "Anna Bolt's spokesman, via Korvel Radio",
        ),
        (
            "Korvel Radio reports that Mayor Anna Bolt said 30 houses had burned.",
            "Anna Bolt, via Korvel Radio",
        ),
        (
            "Mayor Anna Bolt was quoted by Korvel Radio as saying 30 houses had burned.",
            "Anna Bolt, via Korvel Radio",
        ),
        (
            "According to Korvel Radio, Mayor Anna Bolt said that 30 houses had burned.",
            "Anna Bolt, via Korvel Radio",
        ),
    ],
)
def test_who_hands_a_word_on(text: str, speaker: str) -> None:
    assert sayer(text) == speaker


def test_who_hands_a_word_on_stands_in_json_and_tables(tmp_path: Path) -> None:
    told = "Korvel Radio reports that Mayor Anna Bolt said {} houses had burned."
    for count in (30, 40):
        (tmp_path / f"{count}.txt").write_text(told.format(count), encoding="utf-8")
    done = crosscheck.report(tmp_path)
    data = json.loads(done.render("json"))
    claims = [c for f in data["findings"] for p in f["positions"] for c in p["claims"]]
    assert ["Korvel Radio"] in [claim["via"] for claim in claims]
    assert "Korvel Radio" in set(done.to_pandas()["via"])
    assert "Korvel Radio" in set(crosscheck.extract(told.format(30)).to_pandas()["via"])


def test_two_speakers_of_one_sentence_answer_for_their_own_figures() -> None:
    first, second = figures("Police said 10 people died, but the union said 12 had been killed.")
    assert (first.attributed_to, second.attributed_to) == ("police", "union")


def test_what_a_speaker_says_when_is_not_what_is_said() -> None:
    text = (
        "Two weeks before the dam burst and killed 30 people, engineers had warned that it leaked."
    )
    assert [claim.attributed_to for claim in figures(text) if "30" in claim.label] == [""]


def test_a_spelling_is_nobodys_word() -> None:
    article = article_from_text('"We met Otto Wittmann," said Anna Bolt.', id="a", rules=RULES)
    claims = extract([article], RULES, ENGLISH).claims
    assert {claim.attributed_to for claim in claims if claim.kind == "name"} == {""}


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said: "We go." Then he went.', ["We go."]),
        ("“We go,” she said, “at once.”", ["We go,", "at once."]),
        ("„Wir gehen“, she said.", ["Wir gehen"]),
        ("« Nous allons », she said.", []),
        ("‘The workers’ union goes,’ she said.", ["The workers’ union goes,"]),
        ("It's the workers' turn; the '90s are over.", []),
        ('"A plan of "peace first" is good," he said.', ['A plan of "peace first" is good,']),
        ("“One paragraph.\n\n“And another,” she said.", ["One paragraph.\n\n“And another,"]),
        ('An open "mark, and no end.', []),
    ],
)
def test_what_stands_in_quotation_marks(text: str, inside: list[str]) -> None:
    document = ENGLISH.document(article_from_text(text, id="a", rules=RULES))
    found = [document.article.text[q.start : q.end] for q in quotations(document)]
    assert found == inside


def test_titles_are_told_from_words() -> None:
    text = 'The paper "Vessna Morning Post" wrote. "We go home now," said Anna Bolt.'
    document = ENGLISH.document(article_from_text(text, id="a", rules=RULES))
    assert [q.name for q in quotations(document)] == [True, False]


def test_the_slots_use_no_verbs_of_speech_of_their_own() -> None:
    for rule in RULES.section("voices"):
        assert set(rule.strings("framing")) <= set(rule.strings("verbs")), rule.id
