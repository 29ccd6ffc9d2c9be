"""Slots: the state, place, owner and circumstances of figures in sentences of many shapes."""

from __future__ import annotations

from datetime import datetime

import pytest

from crosscheck.language import English
from crosscheck.model import Article, Claim, Zone
from crosscheck.pipeline import align_and_compare, extract
from crosscheck.rulebook import load
from crosscheck.slots.lexicon import lexicon


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
        ("They agreed on a deal that values the mill at 9 million euros.", ["cost"]),
        ("The captain is to go to prison for 16 years.", ["sentenced"]),
        ("Staff: 900", ["employed"]),
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
        ("The town had given permission for four storeys.", "permitted"),
        ("The owner was allowed to build four floors.", "permitted"),
        ("The ferry was licensed for 12 passengers.", "permitted"),
        ("The guards allowed 12 passengers to leave.", "done"),
        ("Some 440 residents were allowed to return.", "done"),
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


def headline(text: str, english: English) -> list[Claim]:
    zones = (Zone(0, len(text), "headline"),)
    found = extract([Article("a", text, zones=zones)], load(), english)
    return [claim for claim in found.claims if claim.kind == "quantity"]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Landslide buries 20", ["trapped"]),
        ("Ferry sinks with 200 aboard", ["aboard"]),
        ("Dozens killed, hundreds hurt in blast", ["dead", "injured"]),
        ("Train crash death toll rises to 80", ["dead"]),
        ("Landslide carries 20 tonnes of mud to sea", [""]),
        ("Death toll in mine blast jumps to 52", ["dead"]),
        ("100,000 take to streets of capital", ["attended"]),
        ("Thousands march in capital", ["attended"]),
        ("9,000 lose power in storm", ["outage"]),
        ("40 test positive after ferry trip", ["infected"]),
        ("13 out, 5 to go", ["rescued", "trapped"]),
        ("900 jobs to go at mill", ["dismissed"]),
        ("Crew of 40 takes ferry to port", [""]),
    ],
)
def test_headlines_tell_states_without_the_grammar_of_sentences(
    text: str, states: list[str], english: English
) -> None:
    assert [claim.filled("state") for claim in headline(text, english)] == states


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Fire toll now 17, more feared", "done"),
        ("Fire toll 17, could rise", "done"),
        ("17 feared dead in fire", "possible"),
        ("Over 1,000 evacuated as dam threatens to burst", "done"),
        ("Brule Steel profit jumps 12% to 3 million euros", "done"),
        ("Fire at mill: 17, two of them children, feared dead", "possible"),
    ],
)
def test_a_stretch_of_a_headline_speaks_for_itself(
    text: str, modality: str, english: English
) -> None:
    assert headline(text, english)[0].modality == modality


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Two injured people died overnight.", "dead"),
        ("Some 78 survivors were taken to hospital.", "hospitalised"),
        ("Some 74 of the injured were taken to hospital.", "hospitalised"),
        ("The 30 dead were taken to hospital.", "dead"),
        ("The nine missing people were declared dead only if a court agreed.", "missing"),
        ("The number of people killed has gone up to 26.", "dead"),
        ("The death toll stood at 19 on Monday. That makes it 21.", "dead"),
        ("The damage was great. It could come to between 10 and 15 million euros.", "damage"),
        ("There were no arrests on Monday; the police had made 230 the day before.", "detained"),
        ("The road is long. It could come to between 10 and 15 million euros.", ""),
    ],
)
def test_what_became_of_the_counted_is_found_beyond_the_figure(
    text: str, state: str, english: English
) -> None:
    assert figures(text, english)[-1].filled("state") == state


def test_a_post_that_is_nothing_but_a_number_gives_the_toll(english: English) -> None:
    texts = ("Ten people died in the crash.", "Forty people are in hospital.", "TWELVE.")
    starts = [sum(len(t) + 1 for t in texts[:k]) for k in range(3)]
    zones = tuple(Zone(s, s + len(t), "body") for s, t in zip(starts, texts, strict=True))
    found = extract([Article("a", "\n".join(texts), zones=zones)], load(), english)
    states = [claim.filled("state") for claim in found.claims if claim.kind == "quantity"]
    assert states == ["dead", "hospitalised", "dead"]


def test_those_still_in_hospital_are_not_all_that_came_there(english: English) -> None:
    came, left, lost = figures(
        "Some 74 riders were taken to hospital. Some 24 are still in hospital. "
        "Some 9 are still missing.",
        english,
    )
    parts = [claim.filled("part") for claim in (came, left, lost)]
    assert parts == ["", "remaining", ""]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Dalton bid 9 million euros and Marsh 7 million euros.", "Marsh"),
        ("Dalton bid 9 million euros; Marsh 7 million euros.", "Marsh"),
        ("Dalton bid 9 million euros for the mill, and Marsh offered 7 million euros.", "Marsh"),
        ("Dalton paid 9 million euros for the mill and 7 million euros for the farm.", "dalton"),
    ],
)
def test_a_verb_that_is_left_out_changes_its_subject(
    text: str, owner: str, english: English
) -> None:
    assert figures(text, english)[-1].filled("owner") == owner


@pytest.mark.parametrize(
    "text",
    [
        "The firm has 90 customers in seven countries and employs 900.",
        "The block came down with five factories inside, killing 175.",
    ],
)
def test_what_cannot_be_in_that_state_is_no_noun_left_out(text: str, english: English) -> None:
    assert not figures(text, english)[-1].filled("noun")


def test_those_who_came_first_are_not_all(english: English) -> None:
    (claim,) = figures("The first 90 passengers were rescued before dark.", english)
    assert claim.filled("part") == "first"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Norrhaven Steel Corp shut a mill. The firm made a profit of 3 million euros.", "Norr"),
        ("Norrhaven Steel Corp shut a mill. Its sales rose to 90 million euros.", "Norr"),
        (
            "Norrhaven Steel Corp shut a mill. The police made a profit of 3 million euros.",
            "police",
        ),
        ("Anna Bell shut a mill. The firm made a profit of 3 million euros.", "firm"),
    ],
)
def test_a_common_noun_stands_for_the_organisation_named_before(
    text: str, owner: str, english: English
) -> None:
    assert figures(text, english)[-1].filled("owner")[: len(owner)] == owner


def test_the_capital_of_a_sentence_makes_no_owner_of_a_common_noun(english: English) -> None:
    share, seats = figures("Turnout was 61 percent. Dawn won 40 seats.", english)
    assert (share.filled("owner"), seats.filled("owner")) == ("", "Dawn")


def test_a_quake_that_kills_has_no_magnitude_in_the_dead(english: English) -> None:
    (dead,) = figures("The quake killed 40 people.", english)
    assert (dead.filled("state"), dead.filled("aspect")) == ("dead", "")


def test_the_name_of_an_organisation_names_no_cause(english: English) -> None:
    brigade, victims = figures(
        "The fire brigade put the number of dead at 35. Nine flood victims were buried.", english
    )
    assert (brigade.filled("cause"), victims.filled("cause")) == ("", "storm")


def test_a_conversion_in_parentheses_does_not_hide_the_noun(english: English) -> None:
    metres, _ = figures("About 200 metres (650 ft) of the viaduct came down.", english)
    assert metres.filled("noun") == "viaduct"


def shown(texts: tuple[str, str], english: English) -> set[frozenset[str]]:
    found = extract([Article(str(i), t) for i, t in enumerate(texts)], load(), english)
    return {
        frozenset({f.positions[i].value, f.positions[j].value})
        for f in align_and_compare(found).findings
        for i, j in f.disagree
    }


def test_states_that_accounts_call_by_either_word_are_one(english: English) -> None:
    fled = "The flood at Norrhaven displaced 632 people on Monday."
    evacuated = "In Norrhaven 440 people were evacuated after the flood on Monday."
    both = "The flood at Norrhaven displaced 632 people on Monday. Nine people were evacuated."
    assert {"440", "632"} in shown((fled, evacuated), english)
    assert {"440", "632"} not in shown((both, evacuated), english)


def test_stuff_is_measured_however_the_sentence_is_built(english: English) -> None:
    texts = ("Fuel on board: about 2,400 tonnes", "In the tanks are 2,830 tonnes of fuel.")
    assert {"2,830 t", "about 2,400 t"} in shown(texts, english)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The 12 missing men were not found.", "affirmed"),
        ("The 9 million euros which the banks had promised were never drawn.", "affirmed"),
        ("They did not promise 9 million euros.", "denied"),
        ("The 12 men were not rescued.", "denied"),
    ],
)
def test_what_is_spoken_of_as_known_is_not_denied_with_its_verb(
    text: str, polarity: str, english: English
) -> None:
    (claim,) = figures(text, english)
    assert claim.polarity == polarity


@pytest.mark.parametrize(
    ("text", "aspect", "thing"),
    [
        ("The height of the mast is 40 metres.", "height", "mast"),
        ("The mast's height is 40 metres.", "height", "mast"),
        ("Its height is 40 metres.", "height", ""),
        ("The area of the lake is 86 square kilometres.", "area", "lake"),
        ("The mast, 40 metres tall, fell.", "height", "mast"),
        ("They sat 700 metres underground.", "depth", ""),
        ("The limit for the wind is 40 kilometres per hour.", "speed-limit", ""),
        ("Shares in the dairy ended 0.3 percent higher.", "rise-or-fall", ""),
        ("Not less than 50 percent of the mills closed.", "", ""),
        ("The share of oxygen had dropped to just 15 percent.", "", ""),
    ],
)
def test_what_is_measured_and_what_of_it(
    text: str, aspect: str, thing: str, english: English
) -> None:
    claim = figures(text, english)[0]
    assert claim.filled("aspect") == aspect
    assert not thing or claim.filled("thing") == thing
    assert claim.filled("thing") not in {"height", "area"}


def test_which_and_who_stand_for_the_noun_before_them(english: English) -> None:
    (claim,) = figures("Anna Bell met Norrhaven Steel, which has 23 million customers.", english)
    assert claim.filled("owner") == "Norrhaven Steel"


def test_a_year_of_the_first_of_two_verbs_is_not_that_of_the_second(english: English) -> None:
    text = "The ferry was launched in 2004 and has carried 6 million people."
    (claim,) = figures(text, english)
    fronted = figures("In 2004 the ferry was launched and carried 6 million people.", english)
    assert (claim.filled("year"), fronted[-1].filled("year")) == ("", "2004")


def test_a_share_is_that_of_the_subject_whatever_whole_is_counted_beside(
    english: English,
) -> None:
    share, whole = figures("Turnout reached 72 percent of an electorate of 46 million.", english)
    assert (share.filled("state"), share.filled("part")) == ("turnout", "")
    assert whole.filled("scope") == "total"


def test_there_may_only_open_a_sentence(english: English) -> None:
    (claim,) = figures("Before the vote there had been arrested 40 clerks.", english)
    assert claim.filled("place") == ""


def test_members_of_a_crew_are_crew(english: English) -> None:
    nouns = [c.filled("noun") for c in figures("The 22 crew members and 25 crew met.", english)]
    assert nouns == ["crew", "crew"]


def test_a_year_looked_back_at_is_that_of_the_account_written_then(english: English) -> None:
    then = Article(
        "a", "The miners sat in a cage 54 centimetres wide.", published=datetime(2030, 10, 14)
    )
    later = Article(
        "b", "In 2030 the miners sat in a cage 45 centimetres wide.", published=datetime(2031, 8, 2)
    )
    report = align_and_compare(extract([then, later], load(), english))
    assert any(f.disagree for f in report.findings)


@pytest.mark.parametrize(
    ("text", "noun", "state"),
    [
        ("One more country has sent its plan, which makes 187.", "country", ""),
        ("The mill employs 90 people and hired another 22, which makes 112.", "people", "employed"),
    ],
)
def test_a_sum_counts_what_has_just_been_counted(
    text: str, noun: str, state: str, english: English
) -> None:
    claim = figures(text, english)[-1]
    assert (claim.filled("noun"), claim.filled("state")) == (noun, state)
