"""Quotations: the algebra of wordings, and verdicts on whole accounts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.language import English
from crosscheck.model import DISAGREEING, Finding
from crosscheck.pipeline import analyse
from crosscheck.read import article_from_text
from crosscheck.rulebook import load
from crosscheck.values.interval import Relation
from crosscheck.values.quotations import Utterance, Word, align, relate_utterances

RULES = load()
ENGLISH = English()
FUNCTION = frozenset("we the a is it of to in and".split())


def said(text: str, english: int = 0, speaker: str = "") -> Utterance:
    words = []
    for word in text.split():
        sort = "negation" if word == "not" else "function" if word in FUNCTION else "content"
        words.append(Word(word, sort))  # type: ignore[arg-type]
    return Utterance(tuple(words), speaker, english)


@pytest.mark.parametrize(
    ("a", "b", "english", "relation"),
    [
        ("we love the river", "we love the river", 1, Relation.SAME),
        ("we love the river", "we love a river", 1, Relation.SAME),
        ("we love the river", "love the river", 1, Relation.SAME),
        ("we love the old river dearly", "love the old river", 1, Relation.INSIDE),
        ("we love the river", "we hate the river", 1, Relation.APART),
        ("we love the wide river", "we adore the broad river", -1, Relation.OVERLAP),
        ("we love the river", "we do not love the river", -1, Relation.APART),
        ("we love the river", "we love wrong doing", 1, Relation.APART),
        ("we hate wrongdoing", "we hate wrong doing", 1, Relation.SAME),
        ("we are happy today", "we are unhappy today", -1, Relation.APART),
        ("glad am i that our crew of old hands has freed ship and cargo today",
         "proud am i that our crew of old hands has freed ship and cargo today", -1,
         Relation.APART),
        ("glad am i that our crew of old hands has freed ship and cargo today",
         "proud am i that our crew of old hands has freed ship and cargo today", -2,
         Relation.OVERLAP),
        ("today is not work but play", "today is play", 1, Relation.INSIDE),
    ],
)  # fmt: skip
def test_how_two_wordings_relate(a: str, b: str, english: int, relation: Relation) -> None:
    one, other = said(a, english), said(b, english)
    assert relate_utterances(one, other) is relation
    assert relate_utterances(other, one) is relation.mirrored


def test_without_evidence_of_the_language_only_one_exchanged_word_is_altered() -> None:
    base = said("a marriage of old equals")
    assert relate_utterances(base, said("a merger of old equals")) is Relation.APART
    assert relate_utterances(base, said("it is old equals in marital union")) is not Relation.APART


def test_said_evidence_outweighs_presumed() -> None:
    assert relate_utterances(said("we love it", 2), said("we hate it", -1)) is Relation.APART
    assert relate_utterances(said("we love you all", 1), said("we hate them all", -2)) is (
        Relation.OVERLAP
    )


def test_one_utterance_has_one_speaker() -> None:
    one, other = said("we love it", speaker="Bolt"), said("we love it", speaker="Korr")
    assert relate_utterances(one, other) is Relation.APART


_TEXTS = st.lists(st.sampled_from("we the not river old new un newun love".split()), max_size=8)


@settings(max_examples=200, deadline=None)
@given(_TEXTS, _TEXTS, st.integers(-2, 2), st.integers(-2, 2))
def test_relating_mirrors(a: list[str], b: list[str], x: int, y: int) -> None:
    one, other = said(" ".join(a), x), said(" ".join(b), y)
    assert relate_utterances(one, other) is relate_utterances(other, one).mirrored
    assert 0.0 <= align(one.words, other.words).cover <= 1.0


def quotes(*texts: str) -> list[Finding]:
    articles = [article_from_text(t, id=f"a{i}", rules=RULES) for i, t in enumerate(texts)]
    return [f for f in analyse(articles, RULES, ENGLISH).findings if f.kind == "quote"]


def verdicts(*texts: str) -> set[str]:
    return {finding.verdict for finding in quotes(*texts) if finding.verdict in DISAGREEING}


BOLT = "said Anna Bolt, the American governor, in Korvel."
KORR = "said Edda Korr, the Greek governor, in Korvel."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            '"We are shocked and sorry about the old mill," said Halden, which owns it. '
            "Otto Wittmann listened in Korvel.",
            'Halden said in a note: "We are shocked and angry about the old mill." '
            "Otto Wittmann listened in Korvel.",
        ),
        (
            '"It is a great day for Jarn," chairman and chief executive Brian Bolt said.',
            '"It is a historic day for Jarn," chief executive Brian Bolt said.',
        ),
        (
            f'"This is a terrible day for Korvel," {BOLT}',
            f'"This is a great day for Korvel," {BOLT}',
        ),
        (f'"We were warned in time," {KORR}', f'"We were never warned in time," {KORR}'),
        (f'"They killed 40 of our sheep," {KORR}', f'"They killed 14 of our sheep," {KORR}'),
        (
            f'"We thank Otto Wittmann for the new bridge," {KORR} Pavel Drakov came.',
            f'"We thank Pavel Drakov for the new bridge," {KORR} Otto Wittmann came.',
        ),
        (
            '"The river came through my kitchen window at dawn," said Anna Bolt in Korvel. '
            "Otto Wittmann listened.",
            '"The river came through my kitchen window at dawn," said Otto Wittmann in Korvel. '
            "Anna Bolt listened.",
        ),
        (
            f'"It was a calm and orderly vote," {KORR[:-1]}, in English.',
            f'"It was a calm but disorderly vote," {KORR}',
        ),
    ],
)
def test_a_quotation_that_was_altered(one: str, other: str) -> None:
    assert verdicts(one, other) == {"conflict"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f'"We\'ve lost the mill," {BOLT}', f"“We have lost the mill!” {BOLT}"),
        (f'"We honour the crew of the mill," {BOLT}', f'"We honor the crew of the mill," {BOLT}'),
        (f'"We lost the old mill and the barn," {BOLT}', f'"We lost the old mill," {BOLT}'),
        (
            f'"The sea was black and full of shoes," {KORR}',
            f'"The sea was black and full of footwear," {KORR}',
        ),
        (
            f'"We will rebuild the old mill," {BOLT}',
            "Korvel would rebuild the mill, Anna Bolt said.",
        ),
        (f'"We lost the old mill," {BOLT}', f'"I shall never leave this valley," {BOLT}'),
        (
            '"We must stand together now," said Anna Bolt in Korvel. Edda Korr came.',
            '"We must work together now," said Edda Korr in Korvel. Anna Bolt came.',
        ),
        (
            f'"We need more boats," {BOLT} "We need more tents," she said.',
            f'"We need more tents," {BOLT} "We need more boats," she said.',
        ),
        (
            f'"This is a terrible day for Korvel," {BOLT[:-1]}, in Spanish.',
            f'"This is an awful day for Korvel," {BOLT}',
        ),
        (f'"We need more boats," {BOLT} "We need more tents," she said.', "Korvel was calm."),
    ],
)
def test_a_quotation_that_was_not(one: str, other: str) -> None:
    assert verdicts(one, other) == set()


def test_a_finding_says_what_differs_and_who_speaks() -> None:
    (found,) = quotes(
        f'"This is a terrible day for Korvel," {BOLT}', f'"This is a great day for Korvel," {BOLT}'
    )
    assert "Anna Bolt" in found.topic
    assert "terrible" in found.why
    assert "great" in found.why
    assert [p.claims[0].filled("language") for p in found.positions] == ["english", "english"]
