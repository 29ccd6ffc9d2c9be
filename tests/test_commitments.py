"""Commitments: the scale, whose deed it is, what makes two deeds one, and when one is an update."""

from __future__ import annotations

from itertools import product

import pytest

from crosscheck.language import English
from crosscheck.model import Claim, Finding
from crosscheck.pipeline import analyse, extract
from crosscheck.read import article_from_text
from crosscheck.rulebook import load
from crosscheck.slots.steps import steps_of
from crosscheck.values.commitment import (
    COMMITTED,
    CONSIDERED,
    DONE,
    IN_PRINCIPLE,
    PLEDGED,
    READY,
    REFUSED,
    SILENT,
    STEPS,
    Stand,
    contrary,
    denial,
    has_moved,
    relate,
    span,
)
from crosscheck.values.interval import Relation

RULES = load()
ENGLISH = English()


def compared(*texts: str) -> list[Finding]:
    articles = [article_from_text(t, id=f"a{i}", rules=RULES) for i, t in enumerate(texts)]
    found = analyse(articles, RULES, ENGLISH).findings
    return [f for f in found if f.kind == "commitment" and f.disagree]


def verdicts(*texts: str) -> list[str]:
    return [finding.verdict for finding in compared(*texts)]


def claims(*texts: str) -> list[Claim]:
    articles = [article_from_text(t, id=f"a{i}", rules=RULES) for i, t in enumerate(texts)]
    return [c for c in extract(articles, RULES, ENGLISH).claims if c.kind == "commitment"]


# --- the scale ----------------------------------------------------------------------------------

SAID = {
    "refused": span(REFUSED, REFUSED),
    "considered": span(CONSIDERED, CONSIDERED),
    "ready": span(READY, DONE),
    "in principle": span(IN_PRINCIPLE, IN_PRINCIPLE),
    "pledged": span(PLEDGED, DONE),
    "committed": span(COMMITTED, DONE),
    "done": span(DONE, DONE),
    "not done": denial(DONE),
    "undecided": denial(COMMITTED, IN_PRINCIPLE),
    "not refused": denial(REFUSED),
}


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("committed", "in principle", Relation.APART),
        ("committed", "ready", Relation.INSIDE),
        ("ready", "in principle", Relation.CONTAINS),
        ("pledged", "refused", Relation.APART),
        ("pledged", "done", Relation.CONTAINS),
        ("pledged", "not done", Relation.OVERLAP),
        ("considered", "committed", Relation.APART),
        ("considered", "undecided", Relation.INSIDE),
        ("undecided", "committed", Relation.APART),
        ("done", "not done", Relation.APART),
        ("done", "refused", Relation.APART),
        ("refused", "not refused", Relation.APART),
        ("refused", "not done", Relation.INSIDE),
    ],
)
def test_how_two_stands_relate(a: str, b: str, relation: Relation) -> None:
    one, other = Stand(SAID[a]), Stand(SAID[b])
    assert relate(one, other) is relation
    assert relate(other, one) is relation.mirrored


def test_every_pair_of_stands_mirrors_and_each_is_the_same_as_itself() -> None:
    for one, other in product(map(Stand, SAID.values()), repeat=2):
        assert relate(one, other) is relate(other, one).mirrored
    assert all(relate(Stand(s), Stand(s)) is Relation.SAME for s in SAID.values())


def test_a_denial_shares_no_step_with_what_it_denies() -> None:
    for low in range(SILENT, DONE + 1):
        assert not denial(low) & span(low, DONE)
        assert denial(low) | span(low, DONE) == STEPS


def test_what_is_said_of_not_doing_it() -> None:
    assert contrary({DONE}) == span(REFUSED, COMMITTED)
    assert contrary(span(PLEDGED, DONE)) == {REFUSED}
    assert contrary({REFUSED}) == STEPS - {REFUSED}


def test_an_empty_stand_is_refused() -> None:
    with pytest.raises(ValueError, match="not a set of steps"):
        Stand(frozenset())


def test_what_can_follow_in_time() -> None:
    refused, done, pledged = (Stand(SAID[x]) for x in ("refused", "done", "pledged"))
    assert has_moved(refused, done)
    assert has_moved(pledged, refused)
    assert not has_moved(done, refused)
    assert not has_moved(Stand(SAID["committed"]), Stand(SAID["in principle"]))


def test_the_rules_leave_no_step_empty() -> None:
    for step in steps_of(RULES).by_rule.values():
        assert step.said
        assert step.denied


# --- conflicts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Premier Anna Bolt stepped down.", "Premier Anna Bolt has not resigned."),
        ("Premier Anna Bolt stepped down.", "Premier Anna Bolt will remain in office."),
        ("Otto Wittmann will run for a fifth term.", "Otto Wittmann ruled out running for it."),
        ("Norrland accepted the offer of the banks.", "Norrland rejected the banks' offer."),
        ("Halden has dropped its bid for Vulta.", "Halden is sticking to its bid for Vulta."),
        ("Otto Wittmann admitted paying bribes.", "Otto Wittmann denied that he paid bribes."),
        ("The council decided to close the mill.", "The council is considering closing the mill."),
        ("Nine countries formally committed to joining the patrol.",
         "Nine countries agreed in principle to send frigates."),
        ("Anna Bolt refused to visit the families.", "Anna Bolt visited the families."),
        ("Norrland vetoed the resolution.", "Norrland did not veto the resolution."),
        ("The insurer Halden has paid out the whole sum.", "The insurer Halden has paid nothing."),
        ("Anna Bolt’s ministry said that it would not discuss a cut of the debt.",
         "The ministry of Anna Bolt is ready to talk about a reduction of the debt."),
        ("Anna Bolt was told that the operator Halden Power Ltd apologised.",
         "Anna Bolt met Halden Power Ltd. The company has not apologised."),
        ("The mill will close.", "Anna Bolt met the owners. The mill will stay open."),
        ("Otto Wittmann was released on bail.", "Otto Wittmann remains in custody."),
        ("Anna Bolt guaranteed that no other mill would be closed.",
         "Will other mills follow? Anna Bolt would not rule it out."),
        ("The French government promised to rebuild the bridge.",
         "France refused to rebuild the bridge."),
        ("Anna Bolt, chief executive of Halden, will not buy the docks.",
         "Halden will buy the docks. Anna Bolt, chief executive of Halden, was glad."),
        ("Halden, said its spokesman Otto Wittmann, would not mediate in the affair.",
         "Halden will mediate between the sides, said Otto Wittmann."),
        ("The airline Halden Air will refund the passengers.",
         "The passengers will get no refund from Halden Air."),
        ("Halden Air would compensate the passengers, Anna Bolt said.",
         "There will be no compensation for the passengers, Anna Bolt said."),
        ("There will be a vote on the port, Norrland said.",
         "There will be no vote on the port, Norrland said."),
        ("Norrland gave its consent to the sale.", "Norrland withheld its consent to the sale."),
        ("Norrland will stick to the plan.", "Norrland will walk away from the plan."),
        ("Eleven states, among them Norrland, signed the treaty.", "Norrland did not sign."),
        ("The minister ordered an inquiry.", "The minister rejected calls for an inquiry."),
        ("Halden Power Ltd denied that it would move the mill.",
         "Halden Power Ltd will move the mill."),
        ("The union’s leader said it would appeal against the ruling.",
         "The union will not appeal against the ruling."),
        ("Coach Otto Wittmann is staying at the club.", "Coach Otto Wittmann is leaving the club."),
        ("The council allowed the sale of the club.", "The council blocked the sale of the club."),
    ],
)  # fmt: skip
def test_these_exclude_each_other(one: str, other: str) -> None:
    assert verdicts(one, other) == ["conflict"]
    assert verdicts(other, one) == ["conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norrland agreed to join the patrol.", "Norrland promised to take part in the patrol."),
        ("Nine countries formally committed to joining the patrol.",
         "Nine countries declared readiness to join the patrol."),
        ("Anna Bolt promised to build 200 flats.", "Anna Bolt has not yet built the 200 flats."),
        ("Norrland will send troops.", "Norrland will not send troops unless there is a truce."),
        ("Anna Bolt could sell the mill.", "Anna Bolt refused to sell the mill."),
        ("Critics say Anna Bolt should resign.", "Anna Bolt did not resign."),
        ("Otto Wittmann was arrested.", "Anna Bolt has not been arrested."),
        ("The mill in Jarn will close.", "The mill in Korvel stays open."),
        ("Norrland signed the treaty.", "Torvelana refused to sign the treaty."),
        ("Norrland signed the fishing treaty.", "Norrland did not sign the border treaty."),
        ("Anna Bolt paid the fine.", "Anna Bolt refused to pay the ransom."),
        ("Anna Bolt would not say when she would resign.", "Anna Bolt said she was tired."),
        ("Will Anna Bolt resign?", "Anna Bolt refused to resign."),
        ("Otto Wittmann paid attention.", "Otto Wittmann has not paid."),
        ("The mill in Korvel has closed.", "The mill in Korvel will reopen in May."),
        ("Otto Wittmann did not come.", "Otto Wittmann came close to tears."),
        ("Norrland will bring crops.", "Norrland will not buy crops."),
        ("Otto Wittmann did not get the floor.", "Anna Bolt got the floor."),
        ("Norrland will impose a ban on eels.", "Norrland will ban eels."),
        ("The guards went aboard on Tuesday.", "Otto Wittmann did not go on Tuesday."),
        ("Paris will send troops.", "Berlin will not send troops."),
        ("The doctors will operate on Monday.", "The doctors will not operate on Sunday."),
    ],
)  # fmt: skip
def test_these_do_not(one: str, other: str) -> None:
    day = "date 2031-05-04\n\n"
    assert verdicts(day + one, day + other) == []


# --- time ---------------------------------------------------------------------------------------

REFUSES = "Premier Anna Bolt refuses to resign."
RESIGNS = "Premier Anna Bolt resigned."


def test_who_refused_on_tuesday_may_resign_on_wednesday() -> None:
    assert verdicts(f"date 2031-05-06\n\n{REFUSES}", f"date 2031-05-07\n\n{RESIGNS}") == ["update"]


def test_on_one_day_it_is_a_conflict() -> None:
    assert verdicts(f"date 2031-05-06\n\n{REFUSES}", f"date 2031-05-06\n\n{RESIGNS}") == [
        "conflict"
    ]


def test_what_is_done_is_not_refused_later() -> None:
    assert verdicts(f"date 2031-05-06\n\n{RESIGNS}", f"date 2031-05-07\n\n{REFUSES}") == [
        "conflict"
    ]


def test_the_day_on_which_it_was_said_counts_before_the_day_of_the_account() -> None:
    one = "date 2031-05-08\n\nPremier Anna Bolt refused on Tuesday to resign."
    other = "date 2031-05-08\n\nPremier Anna Bolt resigned on Wednesday."
    assert verdicts(one, other) == ["update"]


# --- one account, and what is read --------------------------------------------------------------


def test_one_accounts_own_weaker_words_are_no_second_stand() -> None:
    one = (
        "Nine countries declared readiness to join the patrol. "
        "Nine countries have formally committed to joining the patrol."
    )
    assert verdicts(one, "Nine countries will join the patrol.") == []
    found = compared(one, "Nine countries agreed in principle to join the patrol.")
    assert [f.verdict for f in found] == ["conflict"]
    assert {p.value for p in found[0].positions} == {
        "formally committed",
        "agreed in principle",
        "ready",
    }
    assert len(found[0].disagree) == 1


def test_a_fact_that_no_rule_lists_is_a_claim_where_another_account_denies_it() -> None:
    visited = "Anna Bolt comforted the families."
    assert claims(visited) == []
    assert {c.label for c in claims(visited, "Anna Bolt did not comfort the families.")} == {
        "done",
        "not done",
    }


def test_a_claim_says_who_does_what_and_by_which_words() -> None:
    (claim,) = claims("Anna Bolt would not rule out a sale of the docks.")
    assert claim.mention.text == "would not rule out a sale of the docks"
    assert claim.label == "not ruled out"
    assert claim.filled("actor") == "Anna Bolt"
    assert claim.filled("verb") == "sale"
    assert claim.filled("object") == "dock"
    assert claim.rules_used == ("step.refused", "deed.sell")


def test_a_topic_is_named_by_who_and_what() -> None:
    (found,) = compared("Anna Bolt will sell the docks.", "Anna Bolt refused to sell the docks.")
    assert found.topic == "Anna Bolt: to sell the docks"
