"""Names found by their capitals, their bearers, and respellings; all people and places invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.grammar.bearers import bearers
from crosscheck.grammar.names import read_sentence, read_sentences
from crosscheck.grammar.words import words_of
from crosscheck.kinds.base import Context
from crosscheck.kinds.name import NameKind, identify
from crosscheck.language import English
from crosscheck.model import Article, Claim, Zone
from crosscheck.rulebook import load

RULES = load()
ENGLISH = English()


def context_of(*texts: str) -> Context:
    articles = [
        Article(f"a{i}", text, published=datetime(2031, 5, 4)) for i, text in enumerate(texts)
    ]
    context = Context(RULES, [ENGLISH.document(article) for article in articles])
    identify(context.documents, context)
    return context


def names_in(text: str) -> list[str]:
    document = ENGLISH.document(Article("a", text))
    return [n.text for s in document.sentences for n in read_sentence(s, RULES).names]


def claims_of(context: Context) -> list[Claim]:
    return [c for d in context.documents for c in NameKind().find(d, context)]


def spellings(*texts: str) -> list[list[str]]:
    """The spellings of every bearer that has more than one."""
    context = context_of(*texts)
    kind = NameKind()
    grouped = [kind.positions(group) for group in kind.groups(claims_of(context), context)]
    return sorted(sorted(label for label, _ in p) for p in grouped if len(p) > 1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday Orla Venn met Mr Brennholt.", ["Orla Venn", "Brennholt"]),
        ("President Orla Venn's envoy Karel Dubin left.", ["Orla Venn", "Karel Dubin"]),
        (
            "The party's Rafi al-Hakim greeted Ursa von der Aue.",
            ["Rafi al-Hakim", "Ursa von der Aue"],
        ),
        ("John F. Torvel and J.K. Ostrand wrote it.", ["John F. Torvel", "J.K. Ostrand"]),
        ("Jean-Luc d'Orsel thanked Mary O'Dowd.", ["Jean-Luc d'Orsel", "Mary O'Dowd"]),
        ("On Tuesday in March they prayed.", []),
        ("Rescuers worked. Hundreds slept outside.", []),
        ("The Norwegian crew met Swedish divers.", []),
        ('The club "Torvelana" lost.', ["Torvelana"]),
        ("The mayor of Halden Edda Korr spoke.", ["Halden", "Edda Korr"]),
        ("The minister of health of Chile Omar Fadil spoke.", ["Chile", "Omar Fadil"]),
        (
            "The head of the Halden Red Cross Georg Ketten spoke.",
            ["Halden Red Cross", "Georg Ketten"],
        ),
        ("Deputy Mayor Karl Weiss and Gov. Ann Mott came.", ["Karl Weiss", "Ann Mott"]),
        ("The Muslim Hamid Borzai prayed.", ["Hamid Borzai"]),
        ("Prime Minister Tomas Reiner of Chile resigned.", ["Tomas Reiner", "Chile"]),
    ],
)
def test_names_are_cut_out_of_runs_of_capitals(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Mayor Brennholt wept.", "Brennholt", "person"),
        ("Brennholt said no.", "Brennholt", "person"),
        ("Torvel Brennholt, 41, was there.", "Torvel Brennholt", "person"),
        ("A fire broke out in Torvela.", "Torvela", "place"),
        ("They crossed Ferrin Bridge.", "Ferrin Bridge", "place"),
        ("The Halden Ferry Company closed.", "Halden Ferry Company", "organisation"),
        ("The concern Torvelana shrank.", "Torvelana", "organisation"),
    ],
)
def test_the_guess_of_a_kind_names_its_evidence(text: str, name: str, kind: str) -> None:
    document = ENGLISH.document(Article("a", text))
    (found,) = [
        n for s in document.sentences for n in read_sentence(s, RULES).names if n.text == name
    ]
    assert found.kind == kind
    assert all(RULES.rule(rule) for rule in found.evidence)
    assert found.evidence


def test_headlines_in_title_case_show_only_names_the_article_has() -> None:
    text = "Brave Korr Leads Angry Crowd Home\nMayor Edda Korr led the crowd home on Monday."
    zones = (Zone(0, 33, "headline"), Zone(34, len(text), "body"))
    document = ENGLISH.document(Article("a", text, zones=zones))
    headline, body = read_sentences(document.sentences, RULES)
    assert [n.text for n in headline.names] == ["Korr"]
    assert [n.text for n in body.names] == ["Edda Korr"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "French President Orla Venn left.",
            ("Orla Venn", "prefix", "president", "", "", "france"),
        ),
        (
            "Orla Venn, the deputy interior minister, left.",
            ("Orla Venn", "after", "minister", "interior", "deputy", ""),
        ),
        (
            "The minister of internal affairs Orla Venn left.",
            ("Orla Venn", "prefix", "minister", "interior", "", ""),
        ),
        ("Its head, Goran Milas, left.", ("Goran Milas", "before", "head", "", "", "")),
        (
            "Goran Milas, who heads Torvelana, left.",
            ("Goran Milas", "who", "head", "", "", "torvelana"),
        ),
        (
            "Goran Milas resigned as chief executive of Torvelana.",
            ("Goran Milas", "as", "chief-executive", "", "", "torvelana"),
        ),
        (
            "Goran Milas is the mayor of Halden.",
            ("Goran Milas", "copula", "mayor", "", "", "halden"),
        ),
        (
            "The envoy of the US president Karel Dubin left.",
            ("Karel Dubin", "prefix", "envoy", "", "", "united states"),
        ),
        (
            "They are advisers to Czech president Karel Dubin.",
            ("Karel Dubin", "prefix", "president", "", "", "czechia"),
        ),
        (
            "Torvelana's chief executive, Nora Lindt, left.",
            ("Nora Lindt", "before", "chief-executive", "", "", "torvelana"),
        ),
    ],
)
def test_titles_are_given_to_their_bearers(text: str, found: tuple[str, ...]) -> None:
    (sentence,) = ENGLISH.document(Article("a", text)).sentences
    (bearer,) = bearers(read_sentence(sentence, RULES), RULES)
    title = bearer.title
    assert found == (
        bearer.name.text, bearer.how, title.concept, title.portfolio, title.rank, title.scope,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Orla Venn, the prime minister's office said, left.",
        "Stephen King wrote it.",
        "General Motors shut the plant, Orla Venn said.",
        "Orla Venn, as well as advisers to the king, left.",
    ],
)
def test_what_only_looks_like_a_title_is_none(text: str) -> None:
    (sentence,) = ENGLISH.document(Article("a", text)).sentences
    assert bearers(read_sentence(sentence, RULES), RULES) == ()


def test_a_title_in_the_plural_is_given_to_the_whole_list() -> None:
    text = "The goalkeepers Milan Tesar, Aldo Brini and Otto Kraus trained."
    (sentence,) = ENGLISH.document(Article("a", text)).sentences
    found = bearers(read_sentence(sentence, RULES), RULES)
    assert [b.name.text for b in found] == ["Milan Tesar", "Aldo Brini", "Otto Kraus"]


def test_a_title_between_two_names_belongs_to_the_one_it_introduces() -> None:
    text = "Finance Minister Pavel Orsk, the foreign minister, Ana Roel, and others left."
    (sentence,) = ENGLISH.document(Article("a", text)).sentences
    found = bearers(read_sentence(sentence, RULES), RULES)
    assert [(b.name.text, b.title.portfolio) for b in found] == [
        ("Pavel Orsk", "finance"),
        ("Ana Roel", "foreign"),
    ]


def bearer_of(context: Context, article: str, text: str) -> str:
    return context.people[article, text]


def test_a_surname_belongs_to_the_full_name_of_its_article() -> None:
    context = context_of(
        "Michael Orst came. Mr Orst sang.", "Julia Orst came. Ms Orst read. Orst left."
    )
    assert bearer_of(context, "a0", "Orst") == "Michael Orst"
    assert bearer_of(context, "a1", "Orst") == "Julia Orst"


def test_a_surname_without_full_name_is_linked_across_articles_if_only_one_fits() -> None:
    context = context_of("President Zorvan left.", "President Emil Zorvan left.")
    assert bearer_of(context, "a0", "Zorvan") == "Emil Zorvan"
    context = context_of("Mr Zorvan left.", "Emil Zorvan left.", "Clara Zorvan left.")
    assert bearer_of(context, "a0", "Zorvan") == "Zorvan"


@pytest.mark.parametrize(
    ("texts", "pair"),
    [
        (
            ["Envoy Steve Wikhoff left.", "Envoy Steve Vikhoff left."],
            ["Steve Vikhoff", "Steve Wikhoff"],
        ),
        (["Mayor Edda Krommel left.", "Mayor Edda Kromel left."], ["Edda Kromel", "Edda Krommel"]),
        (["Emil Voronskyy left.", "Emil Voronsky left."], ["Emil Voronsky", "Emil Voronskyy"]),
        (["Envoy Oleg Wenkoff left. Later Venkoff returned."], ["Oleg Wenkoff", "Venkoff"]),
        (
            ["Patrick Garvet, the rector, left.", "Patrick Garvin, the cathedral's rector, left."],
            ["Patrick Garvet", "Patrick Garvin"],
        ),
        (["They met near Torvellin.", "They met near Torvelin."], ["Torvelin", "Torvellin"]),
        (
            ["President Lorvenka left.", "President Ales Lorvenko left."],
            ["Ales Lorvenko", "Lorvenka"],
        ),
        (
            ["The actress Catrine Delmeuve sang.", "The actress Katrin Dalmev sang."],
            ["Catrine Delmeuve", "Katrin Dalmev"],
        ),
    ],
)
def test_respellings_of_one_bearer(texts: list[str], pair: list[str]) -> None:
    assert spellings(*texts) == [pair]


@pytest.mark.parametrize(
    "texts",
    [
        ["Donald Tarsk left.", "Donald Trenk left."],
        ["Carlos Varga left.", "His son Carlos Varga Villes stayed, said Carlos Varga."],
        ["Peter Mokk and Peter Mosk left."],
        ["President Emil Zorvan left.", "President Emil Born left."],
        ["André Finol left.", "Andre Finol left."],
        ["Crowds left Torvela.", "A Torvelan court met. Torvelans cheered."],
        ["The Grand Council met.", "The Grand Counsel met."],
        ["They met near Torv.", "They met near Turv."],
        ["The actress Catrine Delmeuve sang.", "The pilot Katrin Dalmev sang."],
        ["Michael Orst came.", "Julia Orst came."],
        ["Mr Karel Holt came.", "Prof Karel Jan Holt came.", "KAREL HOLT came."],
    ],
)
def test_no_respellings(texts: list[str]) -> None:
    assert spellings(*texts) == []


TEXTS = [
    "Envoy Steve Wikhoff met Emil Voronskyy in Torvellin. Wikhoff smiled.",
    "Steve Vikhoff and Emil Voronsky met. Mr Voronsky spoke near Torvelin.",
    "Emil Voronskiy spoke. Clara Voronsky, his wife, did not.",
]


@settings(max_examples=6, deadline=None)
@given(st.permutations(TEXTS))
def test_the_order_of_the_articles_changes_nothing(texts: Sequence[str]) -> None:
    assert spellings(*texts) == spellings(*TEXTS)


def test_every_claim_lies_in_exactly_one_position() -> None:
    context = context_of(*TEXTS)
    kind = NameKind()
    claims = claims_of(context)
    placed = [
        claim
        for group in kind.groups(claims, context)
        for _, members in kind.positions(group)
        for claim in members
    ]
    assert sorted(map(id, placed)) == sorted(map(id, claims))


def test_a_number_that_names_a_flight_may_slip_by_a_digit() -> None:
    texts = ["Halden flight 3407 fell.", "HAL 3497 was the number.", "Flight 5120 was late."]
    assert spellings(*texts) == [["3407", "3497"]]
    assert spellings("Halden flight 3407 fell. Halden flight 3408 landed.") == []
    assert spellings("Halden flight 3407 fell.", "Ostmark flight 3408 landed.") == []
    assert spellings("Halden sold 3407 cars.", "Halden sold 3408 cars.") == []


def test_two_people_of_one_surname_are_listed_as_left_alone() -> None:
    context = context_of("Michael Orst came. Orst left.", "Julia Orst came.", "Anna Born came.")
    ((pair, refusal),) = NameKind().left_alone(claims_of(context), context)
    assert [claim.label for claim in pair] == ["Michael Orst", "Julia Orst"]
    assert "two people" in refusal.why


def test_why_names_the_rewrite() -> None:
    context = context_of("Envoy Steve Wikhoff left.", "Envoy Steve Vikhoff left.")
    kind = NameKind()
    (group,) = [g for g in kind.groups(claims_of(context), context) if len(kind.positions(g)) > 1]
    positions = kind.positions(group)
    (pair,) = kind.disagreeing(positions)
    assert pair[:2] == (0, 1)
    assert "w" in pair.evidence
    assert "v" in pair.evidence
    assert "2 ways" in kind.why(positions, [(0, 1)], "variant")


WORDS = st.sampled_from(
    "Orla Venn the mayor of Halden , . \" ' ’s al-Hakim President who as is 34 and St. É ß "
    "ВЕНН Ї ﷽ -- ( ) U.S. Jr minister culture deputy \u0301 Ms".split()
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_is_read_and_sliced_back(text: str) -> None:
    document = ENGLISH.document(Article("a", text))
    for reading in read_sentences(document.sentences, RULES):
        for name in reading.names:
            assert text[name.start : name.end] == name.text
        for bearer in bearers(reading, RULES):
            assert 0 <= bearer.start <= bearer.name.start < bearer.name.end <= bearer.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_words_lie_side_by_side(text: str) -> None:
    words = words_of(text)
    assert all(text[w.start : w.end] == w.text for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
