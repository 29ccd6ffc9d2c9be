"""Places: how two of them lie to each other, where they are read, and which are compared."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crosscheck
from crosscheck.kinds.base import Context
from crosscheck.kinds.name import identify
from crosscheck.kinds.place import PlaceKind
from crosscheck.language import English
from crosscheck.model import DISAGREEING, Article, Finding
from crosscheck.pipeline import analyse
from crosscheck.rulebook import load
from crosscheck.values.interval import Relation
from crosscheck.values.places import (
    Place,
    Route,
    Site,
    gazetteer,
    relate_places,
    relate_routes,
)

ENGLISH = English()
RULES = load()
MAP = gazetteer(RULES)
MONDAY = datetime(2031, 5, 5, 9, 0)
SHARED = (
    "\n\nThe Vessna Port Board and Zora Kelm, who chairs it, asked Pieter Ansdal of the Korvel "
    "Institute for his view. The Halden Tribune and Ravi Ostrom wrote about it."
)


def place(name: str, part: str = "", beside: str = "", sort: str = "") -> Place:
    return Place(MAP.key(name), name, MAP.sites(name), part, beside, sort)


# --- the algebra --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (place("Kyiv"), place("Kiev"), Relation.SAME),
        (place("Bolivian"), place("Bolivia"), Relation.SAME),
        (place("Paris"), place("France"), Relation.INSIDE),
        (place("Élysée Palace"), place("Paris"), Relation.INSIDE),
        (place("Élysée Palace"), place("France"), Relation.INSIDE),
        (place("Élysée Palace"), place("Berlin"), Relation.APART),
        (place("Brooklyn"), place("New York"), Relation.INSIDE),
        (place("Brooklyn"), place("Manhattan"), Relation.APART),
        (place("Houston"), place("Texas"), Relation.INSIDE),
        (place("Houston"), place("Ohio"), Relation.APART),
        (place("Stockholm"), place("Helsinki"), Relation.APART),
        (place("Bolivia"), place("Venezuela"), Relation.APART),
        (place("Scotland"), place("Britain"), Relation.INSIDE),
        (place("Munich"), place("Bavaria"), Relation.OVERLAP),
        (place("Bavaria"), place("Paris"), Relation.APART),
        (place("Medellín"), place("Rionegro", beside="near"), Relation.OVERLAP),
        (place("Medellín", beside="near"), place("Lisbon", beside="near"), Relation.APART),
        (place("Qorvelle"), place("Paris"), Relation.OVERLAP),
        (place("Qorvelle"), place("Ostrundia"), Relation.OVERLAP),
        (place("Qorvelle", sort="village"), place("Ostrundia", sort="village"), Relation.APART),
        (place("Qorvelle", sort="village"), place("Ostrundia", sort="hotel"), Relation.OVERLAP),
        (place("Qorvelle", sort="village"), place("Korvella", sort="village"), Relation.OVERLAP),
        (place("Peru", "north"), place("Peru", "north-west"), Relation.CONTAINS),
        (place("Peru", "north-west"), place("Peru", "north-east"), Relation.APART),
        (place("Peru", "north"), place("Peru", "west"), Relation.OVERLAP),
        (place("Peru", "north"), place("Peru"), Relation.INSIDE),
        (place("Lima"), place("Peru", "north"), Relation.OVERLAP),
    ],
)
def test_how_two_places_lie_to_each_other(a: Place, b: Place, relation: Relation) -> None:
    assert relate_places(a, b) is relation
    assert relate_places(b, a) is relation.mirrored


NAMES = ("Paris", "France", "Brooklyn", "New York", "Georgia", "Qorvelle", "Kiev", "Texas")
PLACES = st.builds(
    place,
    st.sampled_from(NAMES),
    st.sampled_from(("", "north", "south-east")),
    st.sampled_from(("", "near")),
    st.sampled_from(("", "village")),
)


@given(PLACES, PLACES)
def test_relations_mirror(a: Place, b: Place) -> None:
    assert relate_places(a, b).mirrored is relate_places(b, a)
    assert relate_places(a, a) is Relation.SAME


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (("Genoa", "Palermo"), ("Genoa", "Palermo"), Relation.SAME),
        (("Genoa", "Palermo"), ("Palermo", "Genoa"), Relation.APART),
        (("Genoa", "Palermo"), ("Genoa", "Tunis"), Relation.APART),
        (("Genoa", "Palermo"), ("Nice", "Tunis"), Relation.OVERLAP),
        (("", "Palermo"), ("Genoa", "Tunis"), Relation.APART),
        (("", "Palermo"), ("Genoa", "Palermo"), Relation.SAME),
    ],
)
def test_how_two_journeys_relate(
    a: tuple[str, str], b: tuple[str, str], relation: Relation
) -> None:
    one, other = (Route(place(x) if x else None, place(y)) for x, y in (a, b))
    assert relate_routes(one, other) is relation
    assert relate_routes(other, one) is relation.mirrored


def test_a_country_is_not_a_village_of_its_name() -> None:
    assert {site.kind for site in MAP.sites("Venezuela")} == {"country"}
    assert MAP.country("Panamanian") == (Site("country", "PA"),)


# --- finding ------------------------------------------------------------------------------------


def read(text: str) -> list[tuple[str, str, str]]:
    """Relation, whose or who, and place of each claim."""
    article = Article("a", text, published=MONDAY)
    context = Context(RULES, [ENGLISH.document(article)])
    identify(context.documents, context)
    return [
        (c.filled("relation"), c.filled("bearer") or c.filled("actor"), c.label)
        for c in PlaceKind().find(context.documents[0], context)
    ]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The head office of Halvard is in Oslo.", [("base", "Halvard", "Oslo")]),
        ("The group will have its head office in Oslo.", [("base", "group", "Oslo")]),
        ("It said so at its Oslo headquarters.", [("base", "", "Oslo")]),
        ("The police headquarters in Oslo were searched.", []),
        ("The plane of the Bolivian airline Condesa fell.", [("country", "Condesa", "Bolivian")]),
        ("The plane of the Anglo-Dutch company Condesa fell.", []),
        ("The ferry went from Genoa to Palermo.", [("journey", "ferry", "from Genoa to Palermo")]),
        ("Anna Bolt was arrested in Paris, Texas.", [("happening", "Anna Bolt", "Paris")]),
        (
            "Jan Bakker has cast his ballot in a school in Porto.",
            [("happening", "Jan Bakker", "Porto")],
        ),
        ("Shares in Paris were quiet, and March was cold.", []),
        ("The owner of a bar in Porto resigned.", []),
        ("The fires in Porto and in Braga were put out.", []),
    ],
)
def test_what_a_place_is_the_place_of(text: str, claims: list[tuple[str, str, str]]) -> None:
    assert read(text) == claims


# --- comparing ----------------------------------------------------------------------------------


def findings(one: str, other: str) -> list[Finding]:
    articles = [
        Article(name, text + SHARED, outlet=name, published=MONDAY)
        for name, text in (("a", one), ("b", other))
    ]
    return [f for f in analyse(articles, RULES, ENGLISH).findings if f.kind == "place"]


@pytest.mark.parametrize(
    ("one", "other", "topic"),
    [
        ("The head office of Norbank is in Oslo.",
         "Norbank, which has its headquarters in Stockholm, is to cut jobs.",
         "head office of Norbank"),
        ("The cruise ship Aurelia was sailing from Barcelona to Genoa.",
         "The ship, travelling from Genoa to Barcelona, hit a rock.",
         "journey of Aurelia"),
        ("The plane of the Bolivian airline Condesa crashed.",
         "Condesa, a Venezuelan airline, is bankrupt.",
         "home country of Condesa"),
        ("The container ship Aurelia, registered in Panama, ran aground.",
         "The Liberian-flagged container ship Aurelia ran aground.",
         "flag of Aurelia"),
        ("Anna Bolt met Jan Bakker in Geneva on Monday.",
         "On Monday Anna Bolt and Jan Bakker met in Vienna.",
         "place of the meeting of Anna Bolt"),
        ("Anna Bolt told reporters in Madrid on Sunday evening that the talks had failed.",
         "Speaking in Lisbon on Sunday evening, Anna Bolt said the talks had failed.",
         "place of the statement of Anna Bolt"),
        ("Jan Bakker died in a hospital in Bangkok.",
         "Jan Bakker died in Singapore.",
         "place of the death of Jan Bakker"),
        ("Seven officials were arrested at the Bellmont Hotel on Sunday.",
         "Police arrested seven officials at the Savarin Hotel on Sunday.",
         "place of the arrest of the official"),
        ("Nine people drowned in north-western Peru on Sunday.",
         "Eight days of rain had come down in this corner of north-eastern Peru.",
         "part of the country where it happened"),
    ],
)  # fmt: skip
def test_places_that_cannot_both_be_right(one: str, other: str, topic: str) -> None:
    found = [f for f in findings(one, other) if f.verdict in DISAGREEING]
    assert [(f.topic, f.verdict) for f in found] == [(topic, "conflict")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Bolt told reporters in Lisbon that it failed.",
         "Anna Bolt told reporters in Madrid that the bank was safe."),
        ("Anna Bolt arrived in Lisbon.", "Anna Bolt arrived in Madrid on the way home."),
        ("Anna Bolt travelled to Paris.", "Anna Bolt travelled to Rome."),
        ("Anna Bolt will meet Jan Bakker in Geneva.", "Anna Bolt met Jan Bakker in Vienna."),
        ("The explosion in Toulouse in 2001 killed 31 people.",
         "The explosion in Lyon on Sunday destroyed a factory."),
        ("The fire broke out in Brooklyn.", "The fire broke out in New York."),
        ("Shares of Halvard fell in Frankfurt.", "Shares of Halvard fell in London."),
        ("People marched in Paris on Saturday.", "People marched in Lyon on Saturday."),
        ("The vote in Ohio was close on Sunday.", "The vote in Florida was close on Sunday."),
        ("The European headquarters of Halvard are in Dublin.",
         "The head office of Halvard is in Chicago."),
        ("A body was found in Lyon.", "A body was found in Marseille."),
        ("The plane was flying from Lima to Bogota.",
         "The plane was flying from Lima to Quito. It was to fly from Quito to Bogota."),
        ("The head office of Norbank is in Oslo.", "The head office of Halvard is in Bergen."),
        ("A mine in Chile collapsed on Thursday.", "A mine in Peru collapsed in April."),
        ("Anna Bolt resigned at the White House.", "Anna Bolt resigned in Washington."),
        ("Anna Bolt did not vote in Lisbon.", "Anna Bolt voted in Porto."),
    ],
)  # fmt: skip
def test_places_that_can_both_be_right(one: str, other: str) -> None:
    assert not [f for f in findings(one, other) if f.verdict in DISAGREEING]


def test_an_account_that_tells_of_two_places_tells_of_two_events() -> None:
    one = "Jan Bakker was arrested in Lyon. In April Jan Bakker was arrested in Nice."
    assert not [
        f for f in findings(one, "Jan Bakker was arrested in Paris.") if f.verdict in DISAGREEING
    ]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Oslo", "Stockholm", "conflict"),
        ("Paris", "France", "compatible"),
        ("the north-west of Peru", "the north-east of Peru", "conflict"),
        ("from Genoa to Palermo", "from Palermo to Genoa", "conflict"),
        ("near Lyon", "Lyon", "compatible"),
        ("Qorvelle", "Ostrundia", "compatible"),
    ],
)
def test_places_of_a_table_are_compared(one: str, other: str, verdict: str) -> None:
    rows = [
        {"source": name, "topic": "where", "value": value, "kind": "place"}
        for name, value in (("a", one), ("b", other))
    ]
    assert [f.verdict for f in crosscheck.compare(rows).findings] == [verdict]


# --- places that no account names together --------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ravi Ostrom was caught in Qorvelle.", "Ravi Ostrom was caught near Ostrundia."),
        (
            "The injured are flown to the hospital in Lisbon.",
            "By helicopter everybody was taken to the hospital of the city of Porto.",
        ),
        ("The capsule will land at Qorvelle in Australia.", "A capsule is to land in Kazakhstan."),
        (
            "Divers led the boys out of the Arvos cave in the province of Jaén.",
            "Four boys were brought out of the Arvos cave in Huelva province.",
        ),
        (
            "The landing took a day. Anna Bolt followed it at a museum in Madrid.",
            "Anna Bolt observed the landing in Seville.",
        ),
        (
            "Anna Bolt announced in Madrid that 51.9 percent had voted Yes.",
            "51,9 percent voted Yes, Anna Bolt declared in Seville.",
        ),
        (
            "The next summit will be held in Lisbon in 2032.",
            "The next summit takes place in Madrid in 2032.",
        ),
    ],
)
def test_rival_places_of_one_deed(one: str, other: str) -> None:
    found = [f for f in findings(one, other) if f.verdict in DISAGREEING]
    assert found, "no place disagrees"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # both are named in one of the accounts
        (
            "Ravi Ostrom was caught in Qorvelle and taken to Ostrundia.",
            "Ravi Ostrom was caught in Ostrundia.",
        ),
        # found in one place, taken to another
        ("The wreck of the Aurelia was found in Porto.", "The wreck was taken to Lisbon."),
        # a quarter of a large town that goes without it
        ("Ravi Ostrom lunched in Qorvelle with a friend.", "Ravi Ostrom had lunch in Madrid."),
        # a building in the town
        ("Ravi Ostrom was caught in the Bellmont Hotel.", "Ravi Ostrom was caught in Porto."),
        # one account tells of several
        (
            "A bridge fell in Porto. On Sunday the bridge had fallen in Braga.",
            "The bridge fell in Lisbon.",
        ),
        ("Shares of Halvard rose in Frankfurt.", "Shares of Halvard rose in London."),
        ("Anna Bolt spoke in Porto.", "Anna Bolt said in Lisbon that she was tired."),
    ],
)
def test_places_that_are_no_rivals(one: str, other: str) -> None:
    assert not [f for f in findings(one, other) if f.verdict in DISAGREEING]
