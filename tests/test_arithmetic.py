"""What the figures of one article make of each other: sums, shares, changes, ages, headlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from crosscheck.language import English
from crosscheck.model import DISAGREEING, Article, Finding
from crosscheck.pipeline import analyse
from crosscheck.read import article_from_text
from crosscheck.rulebook import load


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


THURSDAY = datetime(2025, 6, 12)


def told(text: str, english: English) -> list[str]:
    """The sentences of the findings on one article of 12 June 2025."""
    article = Article("a", text, published=THURSDAY)
    done = analyse([article], load(), english).findings
    return [f.why for f in done if f.kind == "quantity" and f.verdict in DISAGREEING]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Some 61 percent support the plan and 45 percent oppose it.",
            "61% + 45% = 106%, more than all.",
        ),
        (
            "In Arle 52 percent voted yes, 41 percent no and 12 percent stayed blank.",
            "52% + 41% + 12% = 105%, more than all.",
        ),
        (
            "Anna Berg won 52 percent of the vote, Bo Dahl 41 percent and Carl Ek 12 percent.",
            "52% + 41% + 12% = 105%, more than all.",
        ),
        (
            "Of the miners, 62 percent are men and 41 percent are women.",
            "62% + 41% = 103%, more than all.",
        ),
        (
            "Anna Berg owns 60 percent of the mill and the town owns the remaining 45 percent.",
            "60% + 45% = 105%, more than all.",
        ),
        ("Twelve of 40 pupils (45 percent) were ill.", "12 of 40 is 30%, not 45%."),
        ("Of 40 pupils, 12 (45 percent) were ill.", "12 of 40 is 30%, not 45%."),
        (
            "The bill came to $12 million: $6 million for the roof and $4 million for the walls.",
            "6 million USD + 4 million USD = 10 million USD, not 12 million USD.",
        ),
        ("A total of 12 people – seven men and four women – were arrested.", "7 + 4 = 11, not 12."),
        ("Of the 12 people killed, seven were men and four were women.", "7 + 4 = 11, not 12."),
        (
            "The flood killed 12 people. The dead were seven men and four women.",
            "7 + 4 = 11, not 12.",
        ),
        (
            "The flood killed 39 people. Twelve died in Arle, 20 in Bost and 15 in Ceda.",
            "12 + 20 + 15 = 47, more than 39.",
        ),
        (
            "On board are 600 passengers and 40 crew, 650 people altogether.",
            "600 + 40 = 640, not 650.",
        ),
        ("Of the 40 passengers, 12 were hurt and the other 22 were not.", "40 − 12 = 28, not 22."),
        (
            "Half of the 40 passengers were hurt and the other 22 escaped.",
            "40 − 1/2 of 40 = 19 to 21, not 22.",
        ),
        (
            "Two of the four suspects were freed, and the other three remain in jail.",
            "4 − 2 = 2, not 3.",
        ),
        (
            "There are 18 ferries, of which six are old and the remaining nine new.",
            "18 − 6 = 12, not 9.",
        ),
        ("The flood killed 12 people, 15 of whom were children.", "15 of them are more than 12."),
        ("The number of pupils rose by 20 from 100 to 130.", "130 − 100 = 30, not 20."),
        (
            "The price rose 12 percent, to $130 from $100.",
            "(130 USD − 100 USD) / 100 USD = 30%, not 12%.",
        ),
        (
            "Sales doubled from $20 million to $70 million.",
            "2 × 20 million USD = 40 million USD, not 70 million USD.",
        ),
        (
            "The flood killed 40 people, three times as many as the 25 of last year.",
            "3 × 25 = 75, not 40.",
        ),
        (
            "Anna Berg, 54, was born on 3 May 1960.",
            "Born on 3 May 1960, one is 65 in June 2025, not 54.",
        ),
        (
            "Anna Berg died in 2014 aged 54. She was born in 1965.",
            "Born in 1965, one is 48 or 49 in 2014, not 54.",
        ),
        ("The ten-day visit runs from 3 to 9 May.", "From 3 to 9 May it is 7 days, not 10 days."),
        (
            "Anna Berg ruled for 12 years, from 1995 to 2003.",
            "From 1995 to 2003 it is 8 years, not 12 years.",
        ),
        (
            "The club, founded in 1950, celebrated its 60th anniversary in 2015.",
            "2015 − 1950 = 65, not 60.",
        ),
    ],
)
def test_the_arithmetic_is_shown(text: str, why: str, english: English) -> None:
    assert told(text, english) == [why]


@pytest.mark.parametrize(
    "text",
    [
        "In the survey 62 percent named cost and 55 percent named distance; multiple answers "
        "were possible.",
        "Some 62 percent of men and 55 percent of women voted yes.",
        "Yes won 62 percent in the north, and no won 55 percent in the south.",
        "Support for the plan rose to 52 percent from 48 percent.",
        "About 70 percent of voters under 30 voted yes, while 55 percent of pensioners voted no.",
        "In the first round Berg took 52 percent and in the second Dahl took 55 percent of "
        "the vote.",
        "Berg won 62 percent of the vote in 2010, and Dahl won 55 percent in 2014.",
        "With 95 percent of ballots counted, Berg had 52 percent of the vote and Dahl 45 percent.",
        "Turnout was 72 percent, Berg won 52 percent of the vote and Dahl 48 percent.",
        "Anna Berg won 52.1 percent of the vote, Bo Dahl 41.4 percent and Carl Ek 6.6 percent.",
        "Opinion polls put Berg's party at 52 percent and Dahl's at 50 percent of the vote.",
        "One poll gave Berg 52 percent of the vote; another gave Dahl 51 percent.",
        "Some polls gave Berg 52 percent of the vote, others gave Dahl 51 percent.",
        "Some 52 percent were for the tax and 51 percent for the toll.",
        "He was found guilty on 12 of 40 counts (45 percent of his fortune will be seized).",
        "The team won 12 of 40 games, 45 percent of them away.",
        "Twelve of the 40 pupils were ill; the other 25 classes stayed home.",
        "Of the 40 passengers, 12 were Danes and the other 28 were hurt.",
        "Of the 40 passengers, a man and 12 women were hurt and the other 22 escaped.",
        "Half of the 40 houses burned; the other 22 people in the street escaped.",
        "Of the 40 people on board, 12 crew survived, two children died and the other 26 are "
        "missing.",
        "Of 12 mines, four closed in May, and the other six remain open while two are idle.",
        "The mill had 100 workers; 40 were laid off in May and the remaining 45 in June "
        "after 15 resigned.",
        "Three of the five men were convicted on Monday; the other three defendants in the "
        "second trial go free.",
        "Profit rose 12 percent to 45 million euros, from sales of 40 million euros.",
        "Profit rose 12 percent to $45 million on sales that went from $100 million to $130 "
        "million.",
        "The share price rose 3 percent on Monday and moved from 40 euros to 50 euros in a year.",
        "Rents rose 5 percent a year from 400 euros to 600 euros.",
        "The index rose 1.2 percent, from 4,980 to 5,040.",
        "The number of cases more than doubled from 20 to 70.",
        "The number of cases nearly tripled from 20 to 55.",
        "The number of cases doubled in a week, from 20 to 43.",
        "The price fell by half, from 100 euros to 52 euros.",
        "The town has 40 schools, twice as many as in 1990, when there were 25 teachers.",
        "Ten people were killed, and twice as many as the 30 hurt last year were treated.",
        "The storm killed 12 people in Arle and 5 in Bost, and this year's total is 40.",
        "Twelve died in Arle and 5 in Bost, a total of 40 this year.",
        "The flood killed 39 people. Thirty men and 20 women were rescued.",
        "The flood killed 12 people. Another nine men and four women are missing.",
        "The flood killed 12 people. They were miners, and 7 men and 4 women came from Arle.",
        "The flood killed 39 people. More than 30 died in Arle, 20 were hurt in Bost and 5 "
        "in Ceda.",
        "A bomb killed 12 people. Bombs killed 10 in Arle and 8 in Bost last year.",
        "The council has 60 seats: 20 for the Greens, 20 for the Reds and 10 for the Blues, "
        "the rest being empty.",
        "The council has 60 seats: 20 in the north and 30 in the south, plus ten at large.",
        "The plan has two parts: 20 homes in Arle and 30 in Bost.",
        "The firm has 900 staff: 350 in Arle, 450 in Bost and others abroad.",
        "The mill spent 12 million euros: 5 million euros in 2010 and 6 million euros in 2011.",
        "Berg, 54, and her brother, who was born in 1965, sing.",
        "Berg, 54, wrote about Dahl, who was born in 1960.",
        "Berg, 54, has a daughter, Eva. She was born in 1978.",
        "Berg was 54 when she left the mill in 2014. She was born in 1955.",
        "Berg, then 54, was elected in 2011. She was born in 1960.",
        "Berg won the title aged 54. She was born in 1955.",
        "Anna Berg, born in 1960, was 34 when the mill burned.",
        "The 54-year-old mill was sold to Dahl, born in 1965.",
        "Born in 1960, Berg became mayor at the age of 34.",
        "A 10-day quarantine applies to arrivals from 3 to 9 May.",
        "From 3 to 9 May the ten-day weather forecast was right.",
        "He stayed for ten days and then travelled from 3 to 9 May.",
        "She was jailed for 12 years for frauds from 1995 to 2003.",
        "He spent 12 years in prison for thefts between 1995 and 2003.",
        "She ruled from 1995 to 2003 and again for 12 years.",
        "The 12-year-old firm grew from 1995 to 2003.",
        "The club, founded in 1950, moved in 1960 and celebrated its 60th anniversary in 2010.",
        "The town marks the 60th anniversary in 2015 of a treaty signed by a league founded "
        "in 1950.",
        "The club was opened in 1950. Its 60th anniversary was in 2015.",
        "The firm, founded in 1903, kept the 50th anniversary of the mill in 1957.",
        "Twelve buses carried 600 people, 15 of whom were hurt.",
        "At least 12 people died, 15 of whom were children.",
        "Of the 12 hurt, 8 men and 6 women were treated, some twice.",
        "Of 1,000 people asked, 52 percent said yes, 45 percent said no and 3 percent were unsure.",
        "Of the 12 million voters, 61 percent voted; 52 percent of them said yes and 48 "
        "percent said no.",
        "The vote was 52 percent yes to the bridge and 51 percent no to the tunnel.",
        "It passed with 52 percent voting yes; 51 percent were needed, and 48 percent voted no.",
        "The dead were five children, four women and five men.",
        "A bomb killed four women. Two men and five women were hurt.",
        "Four women were killed. Two men and five children died.",
        "Sales rose 5 percent to 600 million euros as profit fell to 40 million euros "
        "from 50 million euros.",
        "Profit fell 20 percent to 40 million euros from sales of 50 million euros in Arle.",
        "The bank cut its forecast to 2 percent from 3 percent, a third below that of the rivals.",
        "Net profit was 2.66 billion euros, up from 2.4 billion euros, and costs rose 3 percent.",
        "The index rose 30 points, or 1.2 percent, to 2,530 points from 2,500 points.",
        "Bill rose 12 percent to 130 euros from 116 euros.",
        "The price rose to 130 euros from 116 euros, up 12 percent.",
        "The price of a ticket rose from 2 euros to 2.50 euros, 25 percent more.",
        "The population fell from 40,000 in 1990 to 30,000 in 2010, a drop of a quarter.",
        "The number of visitors rose 20 percent from 2010 to 2014.",
        "The town grew by 20 people a year, from 100 to 160.",
        "It rose by 20 to 130 from 110, after falling 10 in May.",
        "He won 12 of 40 races (30 percent), more than the 25 percent of his rivals.",
        "Only 12 of the 40 pupils, or fewer than a third, were ill.",
        "About 12 of the 40 pupils (roughly a third) were ill.",
        "Some 230 of 1,000 people (23 percent) said yes, 52 percent no.",
        "Of 2,000 people asked, 52 percent (1,040) said yes.",
        "Six of the 15 on board were saved; the other nine are missing.",
        "Six of the 15 on board were saved, the other four crew and five passengers are missing.",
        "Two of the three brothers and one of the two sisters were saved; the other two were not.",
        "Of the 26 dead, ten were from Arle and the other 16 from Bost and Ceda.",
        "Of the 40 members, half voted yes and the other 18 no, two being ill.",
        "Of the 40 members, half voted yes and the other 18 no, with two absent.",
        "Police held 12 men, of whom five were charged, one was freed and the remaining "
        "six were questioned.",
        "The toll includes 12 men, of whom the other three are unknown.",
        "A total of 14 yachts have retired after three more pulled out, one of them with "
        "an injured skipper.",
        "There were 600 passengers and 40 crew on board, and 630 people in all were saved.",
        "There were 600 passengers and 40 crew, a total of 630 of whom were saved.",
        "The party has 20 seats in Arle and 15 in Bost, 40 in total with those of its allies.",
        "A fire killed 12 people: seven in Arle, four in Bost, and one near Ceda.",
        "The plan has 12 parts: 3 on roads and 4 on rails among others.",
        "Some 900 people came: 350 from Arle and 450 from Bost.",
        "The team has three aims: 20 goals in May and 30 in June.",
        "Three teams scored: 20 goals for Arle and 30 for Bost.",
        "They spent $12 million – $7 million of it on roads and $4 million on rails.",
        "The company plans 900 jobs: 350 in 2025 and 450 in 2026.",
        "She was born in 1960 and died in 2014 aged 54, two years after her brother, born in 1955.",
        "Berg, 54, whose mother was born in 1930, sings.",
        "Berg, 54, sang a song by Dahl, born in 1960.",
        "Berg, a 54-year-old baker born in Arle, met Dahl in 1960.",
        "At 54, Berg is older than Dahl. She was born in 1971.",
        "Berg, who turned 54 in 2014, was born in 1960.",
        "Berg, who turns 65 on Monday, was born in 1960.",
        "Berg died aged 54. He was born in 1971 and leaves a wife.",
        "Berg died on Monday at 54. The singer was born in 1960.",
        "The seven-day festival runs from 3 to 10 May.",
        "The two-week festival runs from 3 to 17 May.",
        "The three-year plan runs from 2012 to 2015.",
        "The strike lasted 12 days, from 3 May to 14 May.",
        "In the four years from 2010 to 2014, sales doubled.",
        "The 12-month period from 1 July 2014 to 30 June 2015 was dry.",
        "He was champion six times from 2010 to 2015, and is 12 years older than Dahl.",
        "The club, founded in 1950, marks its 75th anniversary this year.",
        "The firm, founded in 1950 by Berg, celebrated his 60th birthday in 2015.",
        "Founded in 1950, the club celebrated its 60th anniversary in 2011 after a delay.",
        "The flood killed 12 people. Four men and three women died in hospital.",
        "Of the 12 men, one died, five fled and the other six were caught.",
        "Sales rose by an average of 3 percent a year, from $100 million to $130 million.",
        "The bill came to $12 million: $7.3 million for the roof and $4.4 million for the walls.",
        "The choir has 40 members, 12 of whom live in Arle.",
    ],
)
def test_a_second_reading_keeps_a_check_quiet(text: str, english: English) -> None:
    assert told(text, english) == []


def headed(headline: str, body: str, english: English) -> list[str]:
    article = article_from_text(f"{headline}\n\n{body}", id="a", path="a.txt", rules=load())
    done = analyse([article], load(), english).findings
    return [f.why for f in done if f.kind == "quantity" and f.verdict in DISAGREEING]


@pytest.mark.parametrize(
    ("headline", "body", "why"),
    [
        (
            "Ferry sinking kills 40",
            "A ferry sank off Arle on Monday, killing 14 people.",
            "The headline has 40, the text 14.",
        ),
        (
            "Mill to cut 900 jobs",
            "The mill in Arle will cut 600 jobs, it said on Monday.",
            "The headline has 900, the text 600.",
        ),
        (
            "Mayor jailed for 12 years",
            "The mayor of Arle was jailed for ten years on Monday.",
            "The headline has 12 years, the text 10 years.",
        ),
        (
            "City pledges $5 billion for flood aid",
            "The city of Arle pledged $5 million for victims of the flood.",
            "The headline has 5 billion USD, the text 5 million USD.",
        ),
    ],
)
def test_a_headline_that_the_text_does_not_bear_out(
    headline: str, body: str, why: str, english: English
) -> None:
    assert headed(headline, body, english) == [why]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Mill to cut 900 jobs", "The mill will cut 600 jobs in Arle and 300 jobs in Bost."),
        ("Mill to cut 900 jobs", "The mill in Arle will cut 880 jobs, it said on Monday."),
        ("Nearly 200 die in quake", "The quake killed 191 people in Arle."),
        ("1.2m without power", "Storm Anna left 1.17 million homes without power on Monday."),
        ("Storm Anna kills 12", "The storm killed seven people in Arle. Five more died in Bost."),
        ("Mill to cut 900 jobs", "The mill cut 600 jobs in 2010."),
        (
            "Mill to cut 900 jobs",
            "The mill in Arle, which cut 600 jobs last year, will close. All 900 workers must go.",
        ),
    ],
)
def test_a_headline_may_round_and_add_up(headline: str, body: str, english: English) -> None:
    assert headed(headline, body, english) == []


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("5 billion euros", "5 million euros", "one is a thousand times the other"),
        ("482 million euros", "428 million euros", "two digits are swapped"),
        ("200 million euros", "200 million dollars", "one number in two currencies"),
    ],
)
def test_a_slip_is_named(one: str, other: str, slip: str, english: English) -> None:
    texts = [f"The city pledged {sum} for victims of the flood." for sum in (one, other)]
    (found,) = conflicts(texts, english)
    assert slip in found.why


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The choir has 12 singers: seven miners from Arle and four clerks.", {"11", "12"}),
        ("They list seven missing: three Nordans, three Sudrians and two Ostans.", {"8", "7"}),
        (
            "The 1.2 billion euros were made up of 500 million from the bank, 400 million from the"
            " fund and 400 million from the state.",
            {"1.2 billion EUR", "1.3 billion EUR"},
        ),
    ],
)
def test_a_list_behind_a_colon_makes_the_total(
    text: str, numbers: set[str], english: English
) -> None:
    (finding,) = conflicts([text], english)
    assert {position.value for position in finding.positions} == numbers


@pytest.mark.parametrize(
    "text",
    [
        "The choir has 12 singers: seven miners from Arle and five clerks.",
        "The town has 40 shops: two bakers and three butchers.",
        "The choir has 12 singers: seven miners, four of them old, and two clerks.",
        "The choir has 12 singers: about seven miners and four clerks.",
        "The choir has about 12 singers: seven miners and four clerks.",
    ],
)
def test_what_may_be_only_some_of_the_parts_makes_no_total(text: str, english: English) -> None:
    assert conflicts([text], english) == []
