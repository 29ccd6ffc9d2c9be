"""What a figure covers and when it stood: scopes that part figures, history that ties them."""

from __future__ import annotations

import pytest
from accounts import report

from crosscheck.language import English
from crosscheck.model import DISAGREEING, Finding, Report

DAY, NEXT = "date 2031-05-04\n\n", "date 2031-05-05\n\n"


def disagreeing(done: Report) -> list[Finding]:
    return [f for f in done.findings if f.kind == "quantity" and f.verdict in DISAGREEING]


def told(finding: Finding) -> list[str]:
    return [position.value for position in finding.positions]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("The dairy made a net profit of 3 million euros.",
         "The dairy made a gross profit of 5 million euros.", "net or after tax, not gross"),
        ("The bank reported a pre-tax profit of 3 million euros.",
         "The bank reported a profit of 2 million euros after tax.", "before tax"),
        ("The line posted an operating loss of 30 million euros.",
         "The line posted a net loss of 50 million euros.", "operating"),
        ("Wages rose 3 percent in real terms.",
         "Wages rose 5 percent in nominal terms.", "in real terms"),
        ("Unemployment fell to 4.1 percent, seasonally adjusted.",
         "Unemployment fell to 4.6 percent without seasonal adjustment.", "seasonally adjusted"),
        ("The blast killed 14 people, not counting the attackers.",
         "The blast killed 16 people, including the gunmen and the attackers.", "leaves out"),
        ("The blast killed 14 people. The toll does not include the attacker.",
         "The blast killed 16 people, including the attacker.", "leaves out attacker"),
        ("Not counting the police, the march drew 9,000 people.",
         "The march drew 11,000 people including the police.", "leaves out police"),
        ("Among under-25s, 40 percent voted for the party.",
         "Among pensioners, 25 percent voted for the party.", "among others"),
        ("The dairy made a profit of 3 million euros in the first quarter.",
         "The dairy made a profit of 5 million euros in the second quarter.", "first quarter"),
        ("The dairy made a profit of 3 million euros in the first quarter.",
         "The dairy made a profit of 5 million euros in the first half of the year.", "first half"),
        ("The plant produces 9,000 cars a month.",
         "The plant produces 100,000 cars a year.", "a month, not a year"),
        ("The state will spend 3 billion euros over three years.",
         "The state will spend 1 billion euros over one year.", "1095 days"),
        ("The city wants to cut emissions by 40 percent by 2040.",
         "The city wants to cut emissions by 80 percent by 2050.", "by 2040"),
        ("Output rose 3.1 percent from a year earlier.",
         "Output rose 0.4 percent from the previous quarter.", "on the quarter"),
        ("The flu killed 12 people in the past 24 hours.",
         "The flu has killed 340 people.", "only what was added"),
    ],
)  # fmt: skip
def test_scopes_that_both_accounts_state_part_two_figures(
    one: str, other: str, why: str, english: English
) -> None:
    done = report([DAY + one, DAY + other], english)
    assert not [finding for finding in disagreeing(done) if "how long" not in finding.topic]
    assert why in " / ".join(pair.why for pair in done.uncompared)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The dairy made a net profit of 3 million euros.",
         "The dairy made a profit of 5 million euros."),
        ("The dairy made a net profit of 3 million euros.",
         "The dairy made a profit of 5 million euros after tax."),
        ("The party won 40 percent among women.", "The party won 25 percent among women."),
        ("The dairy made a profit of 3 million euros in the first quarter.",
         "The dairy made a profit of 5 million euros in the first three months."),
        ("The dairy made a profit of 3 million euros in the first quarter.",
         "The dairy made a profit of 5 million euros."),
        ("The plant produces 90,000 cars a year.", "The plant produces 100,000 cars per year."),
        ("Prices have risen 12 percent since January.",
         "Prices have risen 15 percent since January."),
        ("The rally drew 900 people, not counting the police.", "The rally drew 700 people."),
    ],
)  # fmt: skip
def test_a_scope_that_is_shared_or_that_one_account_leaves_out_parts_nothing(
    one: str, other: str, english: English
) -> None:
    (finding,) = disagreeing(report([DAY + one, DAY + other], english))
    assert finding.verdict == "conflict"


@pytest.mark.parametrize(
    "history",
    [
        "The slide killed 14 people. Police had previously put the death toll at 16.",
        "Officials revised the death toll of the slide down to 14 from 16.",
        "The death toll of the slide was revised from 16 to 14.",
        "Initial reports of 16 deaths were wrong; 14 people died in the slide.",
        "The slide killed 14 people. An earlier version of this story said 16 people were killed.",
    ],
)
def test_an_account_that_tells_the_history_explains_the_other_one(
    history: str, english: English
) -> None:
    (finding,) = disagreeing(report([DAY + "The slide killed 16 people.", NEXT + history], english))
    assert finding.verdict == "update"
    assert told(finding) == ["16", "14"]
    assert finding.why.startswith("Revised in time, from 16 ")
    assert "tells of both." in finding.why


def test_the_figure_of_another_year_is_only_compared(english: English) -> None:
    one = (
        DAY + "The brewery had revenue of 5 million euros, up from 4 million euros a year earlier."
    )
    done = report([one, DAY + "The brewery had revenue of 3 million euros."], english)
    (finding,) = disagreeing(done)
    assert set(told(finding)) == {"5 million EUR", "3 million EUR"}
    assert "an earlier time" in " / ".join(pair.why for pair in done.uncompared)


def test_the_figure_from_which_a_toll_rose_comes_first(english: English) -> None:
    rising = DAY + "The toll of the slide rose to 31, up from 12 on Monday."
    (finding,) = disagreeing(report([rising, NEXT + "The slide killed 12 people."], english))
    assert (finding.verdict, told(finding)) == ("update", ["12", "31"])


def test_a_corrected_mistake_is_no_claim_of_its_account(english: English) -> None:
    corrected = "The mast is 140 metres high. An earlier version of this story said 160 metres."
    done = report([DAY + corrected, DAY + "The mast is 150 metres high."], english)
    pairs = [{told(f)[i], told(f)[j]} for f in disagreeing(done) for i, j in f.disagree]
    assert {"140 m", "150 m"} in pairs
    assert {"150 m", "160 m"} not in pairs


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (
            "Party A had 31.4 percent of the vote.",
            "Party A had 32.6 percent of the vote.",
            "update",
        ),
        ("Turnout was 46.2 percent.", "Turnout was 48.7 percent.", "update"),
        ("The mast is 60 metres high.", "The mast is 75 metres high.", "conflict"),
        (
            "The firms agreed on a price of 30 million euros.",
            "The firms agreed on a price of 40 million euros.",
            "conflict",
        ),
        ("Donors pledged 30 million euros.", "Donors pledged 40 million euros.", "update"),
        ("The mayor is 60 years old.", "The mayor is 62 years old.", "conflict"),
    ],
)
def test_counts_of_votes_are_revised_and_heights_are_not(
    one: str, other: str, verdict: str, english: English
) -> None:
    (finding,) = disagreeing(report([DAY + one, NEXT + other], english))
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("By Saturday evening 21 bodies had been found.", "2031-05-03"),
        ("As of 6 p.m. on Saturday, 340 people had been rescued.", "2031-05-03 18:00"),
        ("The death toll stood at 12 at midday on Saturday.", "2031-05-03 12:00"),
        ("Twelve people died by the road on Saturday.", ""),
        ("By Tuesday 21 people will have been moved out.", ""),
    ],
)
def test_a_count_that_goes_on_stood_so_by_a_time(text: str, moment: str, english: English) -> None:
    found = report([DAY + text, DAY + text], english)
    told = [f for f in found.findings if f.kind == "quantity"]
    claim = told[0].positions[0].claims[0]
    assert str(claim.as_of or "").startswith(moment)
    assert bool(claim.as_of) == bool(moment)


def test_an_account_of_several_moments_is_held_against_itself_by_its_own_moments(
    english: English,
) -> None:
    live = (
        "LIVE: the slide at Olten, 4 May 2031\n\n"
        "Sun 03.50 - First toll\nThe slide killed 76 people, the canton says.\n\n"
        "Sun 07.30 - Toll lowered\nThe slide killed 75 people, the canton says.\n\n"
        "Sun 08.10 - Roads\nThe pass is closed.\n"
    )
    early, late = (DAY + f"The slide killed {n} people." for n in (76, 75))
    (finding,) = disagreeing(report([live, early, late], english))
    assert finding.verdict == "update"


def test_an_account_that_looks_back_means_the_year_in_which_the_other_was_written(
    english: English,
) -> None:
    looking_back = "date 2033-05-04\n\nIn 2031 the slide at Olten killed 41 people."
    (finding,) = disagreeing(
        report([DAY + "The slide at Olten killed 35 people.", looking_back], english)
    )
    assert (finding.verdict, told(finding)) == ("update", ["35", "41"])


def test_what_became_of_people_in_an_earlier_year_is_another_event(english: English) -> None:
    background = "In 1987 a ferry sank off Arle. Some 190 people were killed."
    done = report(
        [
            DAY + f"The ferry sank off Arle on Sunday and 12 people were killed.\n\n{background}",
            DAY + "The sinking of the ferry killed 170 people.",
        ],
        english,
    )
    assert not [f for f in disagreeing(done) if "about 190" in told(f)]


def test_one_number_for_two_periods_is_a_conflict(english: English) -> None:
    texts = [
        DAY + f"The old bridge carried 25,500 lorries a {period}." for period in ("day", "month")
    ]
    (finding,) = disagreeing(report(texts, english))
    assert (finding.verdict, told(finding)) == ("conflict", ["25,500 a day", "25,500 a month"])
