"""An account of another event that only recalls the one that all others are about."""

from __future__ import annotations

from accounts import report

from crosscheck.language import English
from crosscheck.model import DISAGREEING

ACCOUNTS = [
    f"date 2031-05-0{day}\n\nThe ferry Morna Star sank off Arle on Sunday with {aboard} people "
    "aboard, Mayor Hugo Brandt said in Arle. Captain Ivo Lindqvist of Tarn Lines was detained in "
    "Port Selm.\n\nThe Morna Star, Tarn Lines said, was old."
    for day, aboard in ((5, 300), (5, 300), (6, 320), (6, 300))
]
SECOND_SHIP = (
    "Fire on the ferry Isolde Bay\n\ndate 2031-07-20\n\n"
    "The ferry Isolde Bay is adrift off Kalvik. On board are 290 people. Rescuers of Inspector "
    "Greta Moen sail from Kalvik and Hammersund.\n\n"
    "It is the second accident of Tarn Lines. The Morna Star had 310 people aboard.\n"
)


def told(texts: list[str], english: English) -> set[str]:
    found = [
        f
        for f in report(texts, english).findings
        if f.kind == "quantity" and f.verdict in DISAGREEING
    ]
    return {position.value for finding in found for position in finding.positions}


def test_an_account_of_another_ship_counts_its_own_people(english: English) -> None:
    assert told([*ACCOUNTS, SECOND_SHIP], english) == {"300", "310", "320"}


def test_an_account_that_comes_soon_is_about_the_event(english: English) -> None:
    soon = SECOND_SHIP.replace("2031-07-20", "2031-05-06")
    assert told([*ACCOUNTS, soon], english) == {"300", "310", "320", "290"}
