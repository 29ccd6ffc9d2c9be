"""Roles: the algebra of titles, who holds an office, and titles one person cannot have."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.kinds.base import Context
from crosscheck.kinds.name import identify
from crosscheck.kinds.role import RoleKind
from crosscheck.language import English
from crosscheck.model import Article, Claim
from crosscheck.rulebook import load
from crosscheck.values.interval import Relation
from crosscheck.values.roles import Role, relate_roles, same_office, taxonomy

RULES = load()
TAXONOMY = taxonomy(RULES)
ENGLISH = English()
MAY = datetime(2031, 5, 4)


def role(
    concept: str, portfolio: str = "", rank: str = "", tense: str = "", scope: str = ""
) -> Role:
    return Role(concept, portfolio, rank, tense, scope)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (role("president"), role("president"), Relation.SAME),
        (role("president"), role("head-of-state"), Relation.INSIDE),
        (role("president"), role("head"), Relation.INSIDE),
        (role("chief-executive"), role("head"), Relation.INSIDE),
        (role("chief-executive"), role("supervisory-chair"), Relation.APART),
        (role("chief-executive"), role("chair"), Relation.OVERLAP),
        (role("minister", "interior"), role("minister"), Relation.INSIDE),
        (role("minister", "interior"), role("minister", "interior", "deputy"), Relation.APART),
        (role("minister", "interior"), role("minister", "culture"), Relation.APART),
        (role("minister", "finance"), role("minister", "economy"), Relation.OVERLAP),
        (role("envoy", scope="united states"), role("envoy"), Relation.INSIDE),
        (role("president", scope="france"), role("president", scope="czechia"), Relation.OVERLAP),
        (role("president", tense="former"), role("prime-minister"), Relation.OVERLAP),
        (role("president"), role("prime-minister"), Relation.APART),
        (role("head", tense="acting"), role("head"), Relation.INSIDE),
        (role("lawyer"), role("teacher"), Relation.APART),
        (role("professor"), role("teacher"), Relation.INSIDE),
        (role("journalist"), role("activist"), Relation.OVERLAP),
        (role("goalkeeper"), role("player"), Relation.INSIDE),
        (role("goalkeeper"), role("defender"), Relation.APART),
        (role("billionaire"), role("president"), Relation.OVERLAP),
    ],
)
def test_how_two_titles_of_one_person_relate(a: Role, b: Role, relation: Relation) -> None:
    assert relate_roles(a, b, TAXONOMY) is relation
    assert relate_roles(b, a, TAXONOMY) is relation.mirrored


ROLES = st.builds(
    Role,
    st.sampled_from(sorted(TAXONOMY.wider)),
    st.sampled_from(["", "interior", "culture", "finance", "economy"]),
    st.sampled_from(["", "deputy"]),
    st.sampled_from(["", "former", "acting", "elect"]),
    st.sampled_from(["", "france", "torvelana"]),
)


@settings(max_examples=200, deadline=None)
@given(ROLES, ROLES)
def test_relating_mirrors_and_a_title_is_the_same_as_itself(a: Role, b: Role) -> None:
    assert relate_roles(b, a, TAXONOMY) is relate_roles(a, b, TAXONOMY).mirrored
    assert relate_roles(a, a, TAXONOMY) is Relation.SAME
    assert same_office(a, b, TAXONOMY) == same_office(b, a, TAXONOMY)


def test_the_taxonomy_speaks_only_of_concepts_it_has() -> None:
    edges = {
        part.strip()
        for rule in RULES.section("roles")
        for line in rule.strings("broader")
        for part in line.split("<")
    }
    named = {concept for pair in TAXONOMY.apart for concept in pair} | TAXONOMY.unique | edges
    assert named <= TAXONOMY.wider.keys()


def topics(*texts: str, published: tuple[datetime, ...] = ()) -> list[tuple[str, list[str], int]]:
    """Topic, labels of the positions and number of disagreeing pairs, where there are several."""
    days = published or (MAY,) * len(texts)
    articles = [
        Article(f"a{i}", t, published=d) for i, (t, d) in enumerate(zip(texts, days, strict=True))
    ]
    context = Context(RULES, [ENGLISH.document(article) for article in articles])
    identify(context.documents, context)
    kind = RoleKind()
    claims: list[Claim] = [c for d in context.documents for c in kind.find(d, context)]
    out = []
    for group in kind.groups(claims, context):
        positions = kind.positions(group)
        if len(positions) > 1:
            pairs = len(kind.disagreeing(positions))
            out.append((kind.topic(group, RULES), sorted(label for label, _ in positions), pairs))
    return sorted(out)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            [
                "Nick Holt, the policing and fire minister, spoke.",
                "Housing minister Nick Holt spoke.",
            ],
            [("the title of Nick Holt", ["Housing minister", "policing and fire minister"], 1)],
        ),
        (
            [
                "Nick Holt, the justice and interior minister, spoke.",
                "Interior minister Nick Holt spoke.",
            ],
            [("the title of Nick Holt", ["Interior minister", "justice and interior minister"], 0)],
        ),
        (
            [
                "Nick Holt, foreign minister of Norrland, spoke.",
                "Nick Holt, foreign minister of Norrland and president of the congress, spoke.",
            ],
            [
                (
                    "the title of Nick Holt",
                    ["foreign minister of Norrland", "president of the congress"],
                    0,
                )
            ],
        ),
        (
            ["French President Orla Venn hosted them.", "He advised French president Orla Bonn."],
            [("who is president of France", ["Orla Bonn", "Orla Venn"], 1)],
        ),
        (["French President Orla Venn left.", "Czech President Petr Kolm left."], []),
        (["French President Orla Venn left.", "Former French president Petr Kolm left."], []),
        (["President Orla Venn left.", "President Petr Kolm left."], []),
        (["In 2019 French President Orla Venn left.", "French President Petr Kolm left."], []),
        (
            ["Ivo Lasko, the deputy interior minister, left.", "Interior Minister Ivo Lasko left."],
            [("the title of Ivo Lasko", ["Interior Minister", "deputy interior minister"], 1)],
        ),
        (
            [
                "Chief Executive Nora Lindt left.",
                "Nora Lindt, chairman of the supervisory board, left.",
            ],
            [
                (
                    "the title of Nora Lindt",
                    ["Chief Executive", "chairman of the supervisory board"],
                    1,
                )
            ],
        ),
        (
            ["Special envoy Karel Dubin left.", "US Special Envoy Karel Dubin left."],
            [("the title of Karel Dubin", ["Special envoy", "US Special Envoy"], 0)],
        ),
        (
            ["Olga Reiss, a retired lawyer, spoke.", "Olga Reiss, a retired teacher, spoke."],
            [("the title of Olga Reiss", ["retired lawyer", "retired teacher"], 1)],
        ),
        (
            ["The writer Olga Reiss spoke.", "Olga Reiss, the activist, spoke."],
            [("the title of Olga Reiss", ["activist", "writer"], 0)],
        ),
    ],
)
def test_titles_and_holders(texts: list[str], expected: list[tuple[str, list[str], int]]) -> None:
    assert topics(*texts) == expected


def test_a_respelled_holder_is_not_a_second_one() -> None:
    assert (
        topics("Finnish President Alvar Stobb left.", "Finnish President Alvar Stobbs left.") == []
    )


def claims_of(days: list[datetime]) -> list[Claim]:
    texts = ["French President Orla Venn left.", "French President Petr Kolm left."]
    articles = [
        Article(f"a{i}", t, published=d) for i, (t, d) in enumerate(zip(texts, days, strict=True))
    ]
    context = Context(RULES, [ENGLISH.document(article) for article in articles])
    identify(context.documents, context)
    return [c for d in context.documents for c in RoleKind().find(d, context)]


def test_months_apart_an_office_may_have_another_holder() -> None:
    kind = RoleKind()
    assert not kind.evolves(claims_of([MAY, MAY]), RULES)
    assert kind.evolves(claims_of([MAY, datetime(2031, 9, 4)]), RULES)


def test_mentions_are_slices_and_rules_exist() -> None:
    text = "Norwegian Prime Minister Tomas Reiner met Ilse Brandt, who heads Torvelana."
    context = Context(RULES, [ENGLISH.document(Article("a", text))])
    identify(context.documents, context)
    claims = list(RoleKind().find(context.documents[0], context))
    assert [c.mention.text for c in claims] == [
        "Norwegian Prime Minister Tomas Reiner",
        "Ilse Brandt, who heads Torvelana",
    ]
    for claim in claims:
        assert text[claim.mention.start : claim.mention.end] == claim.mention.text
        assert all(RULES.rule(rule) for rule in (claim.rule, *claim.rules_used))


def titles_of(text: str) -> list[tuple[str, str, str]]:
    """Person, concept and tense of each claim."""
    context = Context(RULES, [ENGLISH.document(Article("a0", text, published=MAY))])
    identify(context.documents, context)
    claims = [c for d in context.documents for c in RoleKind().find(d, context)]
    return [(c.value.person, c.value.role.concept, c.value.role.tense) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Lindt is to become chairman.", [("Nora Lindt", "chair", "elect")]),
        ("Nora Lindt, 52, who runs Kalt, will be mayor.", [("Nora Lindt", "mayor", "elect")]),
        ("Nora Lindt moves up to chairman.", [("Nora Lindt", "chair", "elect")]),
        ("Nora Lindt took over as mayor.", [("Nora Lindt", "mayor", "")]),
        ("Nora Lindt holds the post of mayor.", [("Nora Lindt", "mayor", "")]),
        ("The post of mayor will be filled by Nora Lindt.", [("Nora Lindt", "mayor", "elect")]),
        ("The post of mayor goes to Nora Lindt.", [("Nora Lindt", "mayor", "elect")]),
        ("The chair of the mayor will occupy Nora Lindt.", [("Nora Lindt", "mayor", "elect")]),
        ("The new mayor is Nora Lindt.", [("Nora Lindt", "mayor", "")]),
        ("Nora Lindt, once the mayor of Halden, left.", [("Nora Lindt", "mayor", "former")]),
        ("Nora Lindt will never be mayor.", []),
        ("Nora Lindt said he would be mayor.", []),
        ("Nora Lindt, 52, and Bruno Kalt will be mayor.", [("Bruno Kalt", "mayor", "elect")]),
        ("The mayor will occupy Nora Lindt with questions.", []),
    ],
)
def test_predicates_give_offices(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert titles_of(text) == expected


def test_two_offices_that_one_account_gives_to_two_people_are_not_exchanged_by_another() -> None:
    told = "Nora Lindt will be chief executive and Bruno Kalt will be chairman."
    swapped = "Bruno Kalt will be chief executive. Nora Lindt will be chairman."
    found = [(topic, pairs) for topic, _, pairs in topics(told, swapped)]
    assert found == [("the title of Bruno Kalt", 1), ("the title of Nora Lindt", 1)]
    alone = "Nora Lindt will be chief executive."
    assert [pairs for *_, pairs in topics(alone, "Nora Lindt will be chairman.")] == [0]
