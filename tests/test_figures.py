"""Reading figures: numbers, units, hedges, ranges, changes, counted nouns; what is no figure."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.grammar.counted import CountedNoun, counted
from crosscheck.grammar.quantities import Figure, read
from crosscheck.language import English
from crosscheck.model import Article
from crosscheck.rulebook import Rule, load
from crosscheck.values.quantity import label

RULES = load()
ENGLISH = English()
OWN = [rule for rule in RULES.rules if "/figures/" in rule.source.replace("\\", "/")]


def labels(text: str) -> list[str]:
    return [label(figure.quantity) for figure in read(text, RULES)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Twenty-six towns, 26 villages", ["26", "26"]),
        ("two hundred and fifty thousand people", ["250,000"]),
        ("€44m, 44m euros and EUR 44m", ["44 million EUR"] * 3),
        ("the mast is 44m tall", ["44 m"]),
        ("sold 35m of its lamps", ["35 million"]),
        ("25million people, 25 k, 25k", ["25 million", "25", "25,000"]),
        ("428 thousand cars cost 6,500 million euros", ["428,000", "6.5 billion EUR"]),
        (
            "10\u202f000 people, 10 000 people, 1.200.000 people",
            ["10,000", "10,000", "1.2 million"],
        ),
        ("2.500 people drank 2,5 million litres", ["2,500", "2.5 million l"]),
        ("half a million people, half a dozen cows", ["500,000", "6"]),
        (
            "half an hour, half a mile, a quarter of an hour",
            ["0.5 hours", "0.5 miles", "0.25 hours"],
        ),
        ("three-quarters of a billion euros", ["750 million EUR"]),
        (
            "two and a half million people in a million and a half cars",
            ["2.5 million", "1.5 million"],
        ),
        ("2½ hours", ["2.5 hours"]),
        (
            "two-thirds of the roof, a quarter of it, more than a third",
            ["2/3", "1/4", "more than 1/3"],
        ),
        ("one in five drivers, nine out of 10 voters", ["1/5", "9/10"]),
        ("one in 2,315, and 1 out of 1,200, they say", ["1/2315", "1/1200"]),
        ("sales grew sixfold, not 10-fold", ["6 times", "10 times"]),
        (
            "dozens, tens of thousands, several hundred people",
            ["dozens", "tens of thousands", "several hundred"],
        ),
        ("between 250 and 300 thousand people", ["250,000 to 300,000"]),
        ("$3-5 billion or $3 billion to $5 billion", ["3 to 5 billion USD"] * 2),
        (
            "35-39 people, 15,000 to 30,000 people, eight or nine cows",
            ["35 to 39", "15,000 to 30,000", "8 to 9"],
        ),
        ("between $62 and $68 per share", ["62 to 68 USD per share"]),
        ("the fare rose 5% to 10", ["5%", "10"]),
        ("it fell from 5 to 3 euros", ["5 EUR", "3 EUR"]),
        ("priced from RM120,000 to RM300,000", ["120,000 to 300,000 MYR"]),
        ("larger by a factor of 15 to 35", ["15 to 35 times"]),
        (
            "30+ people, 30 or more people, 20-plus, 30-odd",
            ["at least 30", "at least 30", "at least 20", "about 30"],
        ),
        (
            "$3,500 a month, 20 per week, 300 tonnes a day",
            ["3,500 USD per month", "20 per week", "300 t per day"],
        ),
        ("a 300-foot mast, an 11-member crew, a five-day march", ["300 ft", "11", "5 days"]),
        (
            "the 68-year-old; Ana Belo, 34, left; a man aged 5; she is 62 years old",
            ["68 years old", "34 years old", "5 years old", "62 years old"],
        ),
        ("an earthquake of magnitude 5.8", ["5.8 on the Richter scale"]),
        ("-5 degrees Celsius, minus 12 degrees Celsius", ["-5°C", "-12°C"]),
        ("a bell of 300 pounds weighs more than 20 pounds of hay", ["300 lb", "more than 20 lb"]),
        ("a fine of 300 pounds", ["300 GBP"]),
        (
            "12 Malaysian ringgit, 3 Swedish kronor, 9 zlotys, 5 cents",
            ["12 MYR", "3 SEK", "9 PLN", "5 cent"],
        ),
        ("as many as 40 times the limit", ["at most 40 times"]),
        ("over five days they met; it lasted over five days", ["5 days", "more than 5 days"]),
        ("she spoke about 39 towns, of about 39 towns", ["39", "about 39"]),
        ("the toll grew up to 137; it goes up to 26", ["137", "26"]),
        ("one guest in eight, is 62 years old and up to this day", ["1/8", "62 years old"]),
        ("LaMia 2933 left with 77 people", ["77"]),
        (
            "2 in 10 voters, more than half of them, a quarter-million",
            ["1/5", "more than 1/2", "250,000"],
        ),
        ("up from $6 billion a year earlier, for $6 a year", ["6 billion USD", "6 USD per year"]),
        ("exactly 30, precisely 20 km", ["30", "20 km"]),
        ("Leaders of 39 Countries Meet in Two Towns", ["39", "2"]),
        ("the index rose 64.5 points to 4,577.1 on Friday", ["64.5 points", "4,577.1 points"]),
        (
            "she rose 3 points to 45; he fell 5 degrees to 12.",
            ["3 points", "45", "5 degrees", "12 degrees"],
        ),
        (
            "up 2 percentage points to 14, up 2 percent to 14",
            ["2 percentage points", "14%", "2%", "14"],
        ),
        (
            "The first ended at 1,400.5 points, the other fell 1% to end at 1,310.25.",
            ["1,400.5 points", "1%", "1,310.25 points"],
        ),
        ("He will be 35 by then; she is 35 minutes late", ["35 years old", "35 minutes"]),
        ("She was 34 when it fell, and he left when he was 31.", ["34", "31"]),
        ("Life expectancy on the island is about 73.", ["about 73 years old"]),
        (
            "a field of 10 kV/cm, 40 µg/m3 of dust",
            ["10 kV per centimetre", "40 µg per cubic metre"],
        ),
        ("wavelengths of 9 mm to 2 mm, votes of 51% to 49%", ["2 to 9 mm", "51%", "49%"]),
        (
            "They boosted the range from up to 250 miles to 290 miles.",
            ["at most 250 miles", "290 miles"],
        ),
        ("an altitude of 300' at noon; 'an altitude of 300'", ["300 ft", "300"]),
        ("In Oslo 12 people met; on Friday 25 others left", ["12", "25"]),
    ],
)
def test_figures(text: str, shown: list[str]) -> None:
    assert labels(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "On 4 September 2020, on Sept. 4-6, on 2020-08-04 and 10.08.2020",
        "At 6:50 p.m., 18:08, 7.05pm, 16.50 GMT and 1650 GMT",
        "at 22 hours 34 minutes of local time",
        "In 2019, since 1947, the 1990s, the 2018 race, between 1914 and 1918",
        "the 22nd voyage of the A320, the Boeing 737, the F-16 and the V-6",
        "from warehouse 12, hall 11, flight 2933, No. 12, Article 5, Formula 1, the G20",
        "They won 3-1 and lost 2-2 at home.",
        "Call 020 7946 0000 or +44 20 7946 0000.",
        "one of them, the one that left, no one, one another, one by one",
        "BBC One and the Group of Seven",
        "the Galaxy 8 Plus and 9 Plus, Tarnline 2018 sales",
        "chapters 3 and 4, rooms 12 to 14, between 9 and 11 a.m.",
        "[3] see www.example.org/12/34 or write to desk12@example.org",
        "2. ",
        "the second half, the third man, a second man, the first quarter",
        "Sat 16.45 - The gate is shut",
        "the two-way road, a four-wheel drive, a one-off",
    ],
)
def test_no_figures(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Fares rose by 5 percent to 12 euros.", ["up", ""]),
        ("Fares fell 19.8 percent; the index was up 3 points.", ["down", "up"]),
        ("The toll rose to 158, then from 158 to 163.", ["", "", ""]),
        ("A drop of 5% followed.", ["down"]),
        ("The firm cut its output by 400 tonnes.", ["down"]),
        ("She lost 400 sheep and 60% of her land.", ["", ""]),
        ("The index fell 190 points, or 0.6%.", ["down", "down"]),
        ("Women make up 60 percent.", [""]),
        ("Sales grew sixfold, profits fell threefold.", ["", "down"]),
    ],
)
def test_changes(text: str, changes: list[str]) -> None:
    assert [figure.quantity.change for figure in read(text, RULES)] == changes


def test_a_figure_in_brackets_takes_over_the_hedge() -> None:
    miles, kilometres = read("More than 60 miles (97 km) off the coast.", RULES)
    assert kilometres.parenthesis_of == 0
    assert miles.parenthesis_of is None
    assert label(kilometres.quantity) == "more than 97 km"
    _, dollars = read("some 30 million euros ($32 million)", RULES)
    assert dollars.parenthesis_of == 0
    assert dollars.quantity.approx


def test_a_percentage_in_brackets_restates_nothing() -> None:
    first, second = read("They got 340 votes (61 percent).", RULES)
    assert second.parenthesis_of is None
    assert first.parenthesis_of is None


def test_spans_hold_hedge_and_unit() -> None:
    text = "It has more than 1.2 million tonnes left."
    (figure,) = read(text, RULES)
    assert text[figure.start : figure.end] == "more than 1.2 million tonnes"
    assert text[slice(*figure.number)] == "1.2 million"
    assert figure.unit is not None
    assert text[slice(*figure.unit)] == "tonnes"
    assert figure.hedge is not None
    assert text[slice(*figure.hedge)] == "more than"
    assert figure.quantity.hedge == "more than"
    assert figure.rule == "hedge.more-than"


def noun_of(text: str, which: int = 0) -> CountedNoun | None:
    (sentence,) = ENGLISH.document(Article("a", text)).sentences
    figure: Figure = read(sentence.text, RULES)[which]
    return counted(sentence, figure)


@pytest.mark.parametrize(
    ("text", "which", "lemma", "modifiers", "wider"),
    [
        ("Envoys from 39 countries met.", 0, "country", (), ()),
        ("Envoys from four European countries met.", 0, "country", ("european",), ()),
        (
            "Envoys of 35 countries and international organizations met.",
            0,
            "country",
            (),
            ("organization",),
        ),
        ("Some 158 dead were counted.", 0, "dead", (), ()),
        ("Five of its players were hurt.", 0, "player", (), ()),
        ("Tens of thousands of people marched.", 0, "people", (), ()),
        ("The rights were worth $32 million.", 0, "right", (), ()),
        ("They paid a fine of $37,000 per lorry.", 0, "fine", (), ()),
        ("The 300-foot mast fell on an 11-member crew.", 0, "mast", (), ()),
        ("The ship carried 900 tonnes of wheat.", 0, "wheat", (), ()),
        ("The baker, who is 62 years old, retired.", 0, "baker", (), ()),
        ("Half the harvest was lost.", 0, "harvest", (), ()),
        ("They ran 300 tests per day.", 0, "test", (), ()),
        ("They sold 40 Falcon 9 rockets.", 0, "rocket", ("falcon", "9"), ()),
    ],
)
def test_counted_nouns(
    text: str, which: int, lemma: str, modifiers: tuple[str, ...], wider: tuple[str, ...]
) -> None:
    noun = noun_of(text, which)
    assert noun is not None
    assert (noun.lemma, noun.wider) == (lemma, wider)
    assert noun.modifiers == modifiers
    assert text[noun.start : noun.end] == noun.text


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("The toll stands at 137.", 0),
        ("Guests of 35 or above or clearly unwell left.", 0),
        ("The angle was 4 degrees in May and 2.1 last year.", 1),
    ],
)
def test_a_figure_may_count_nothing(text: str, which: int) -> None:
    assert noun_of(text, which) is None


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.id)
def test_the_examples_of_every_rule(rule: Rule) -> None:
    for example in rule.find:
        assert any(rule.id in figure.rules for figure in read(str(example), RULES)), example
    for example in rule.leave:
        assert not any(rule.id in figure.rules for figure in read(str(example), RULES)), example


PIECES = st.sampled_from(
    ["12", "1,200", "3.5", "half", "a", "million", "bn", "%", "km", "$", "€", "-", "–", "to", "and",
     "between", "from", "or", "more", "than", "about", "one", "in", "five", "of", "people", "rose",
     "by", "(", ")", ",", ".", "'", "2019", "May", "aged", "dozens", "per", "day", "½", "m", "+",
     "\u00a0", "\u2009", "A320", "0", "00", "1/2", ":", "½½", "²"]
)  # fmt: skip


def test_dozens_are_never_negative() -> None:
    assert labels("-dozens of towns") == ["dozens"]


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["", " "]))
def test_any_text_can_be_read(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    figures = read(text, RULES)
    numbers = [figure.number for figure in figures]
    assert numbers == sorted(numbers)
    for figure in figures:
        assert 0 <= figure.start <= figure.number[0] < figure.number[1] <= figure.end <= len(text)
        assert label(figure.quantity)
    assert read(text, RULES) == figures


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_characters_can_be_read(text: str) -> None:
    read(text, RULES)


@pytest.mark.parametrize(
    "hostile",
    ["lorem ipsum " * 100_000, "1" * 200_000, "1," * 50_000, "twenty-" * 10_000, "(" * 200_000,
     "a hundred and " * 4_000, " " * 300_000, "a.b@" * 50_000, "$" * 200_000, "1-" * 20_000],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_hostile_texts_are_read_in_time(hostile: str) -> None:
    start = time.process_time()
    read(hostile, RULES)
    assert time.process_time() - start < 5
