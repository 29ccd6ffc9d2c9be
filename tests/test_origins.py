"""Which claims go back to one source: speakers, shared texts, credited agencies."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from crosscheck.kinds.base import Context
from crosscheck.language import English
from crosscheck.model import Article, Claim, Finding, Mention, Report
from crosscheck.origins import Origins, trace
from crosscheck.origins.copies import copies
from crosscheck.pipeline import analyse, extract
from crosscheck.read import article_from_text
from crosscheck.report import render
from crosscheck.rulebook import load
from crosscheck.tables import compare_table, rows_of

RULES, ENGLISH = load(), English()


def article(outlet: str, text: str) -> Article:
    front = f"---\noutlet: {outlet}\n---\n\n{text}"
    return article_from_text(front, id=outlet.lower(), path=f"{outlet}.md", rules=RULES)


def report(*articles: Article) -> Report:
    return analyse(articles, RULES, ENGLISH)


def figure(done: Report) -> Finding:
    (finding,) = (f for f in done.findings if f.kind == "quantity")
    return finding


def origins_of(done: Report) -> list[tuple[str, ...]]:
    return [position.origins for position in figure(done).positions]


TITLES = "French President Jean Martel met Dutch President Piet Vos in Lauwin. Martel left."


def spoken(speakers: Sequence[str], titles: str = TITLES) -> Origins | None:
    """The origins of claims with these speakers, one an article, all of one event."""
    articles = [article(f"Paper {n}", f"{titles}\n\nIt rained.") for n in range(len(speakers))]
    found = extract(articles, RULES, ENGLISH)
    context: Context = found.context
    context.events.update({a.id: "lauwin" for a in articles})
    context.claims = (*found.claims, *said(articles, speakers))
    return trace(context, articles)


def said(articles: Sequence[Article], speakers: Sequence[str]) -> tuple[Claim, ...]:
    return tuple(
        Claim(Mention(a.id, 0, 1, "-"), (0, 1), "quantity", None, "9", "r", attributed_to=speaker)
        for a, speaker in zip(articles, speakers, strict=True)
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Martel", "President Martel", True),
        ("Jean Martel", "the French president", True),
        ("the president of France", "Martel", True),
        ("the police", "police", True),
        ("The Police", "police", True),
        ("the mayor’s office", "the mayor's office", True),
        ("the Dutch president", "the French president", False),
        ("the president", "Martel", False),  # there are two
        ("an aide to Martel", "Martel", False),
        ("Martel's spokesman", "Martel", False),
        ("police", "the fire brigade", False),
        ("witnesses", "witnesses", False),
        ("a source close to the talks", "a source close to the talks", False),
    ],
)
def test_one_speaker_in_many_words_is_one_origin(one: str, other: str, same: bool) -> None:
    articles = [article("Paper 0", "x"), article("Paper 1", "x")]
    traced = spoken([one, other])
    assert traced is not None
    assert (len(traced.of(said(articles, [one, other]))) == 1) is same


def test_an_outlet_that_another_cites_is_its_origin() -> None:
    done = report(
        article("Lantern Wire", "The flood killed 12 people in Tarn."),
        article("Daily Post", "According to the Lantern Wire, the flood killed 12 people in Tarn."),
        article("Evening Sun", "The flood killed 14 people in Tarn."),
    )
    assert origins_of(done) == [("Lantern Wire",), ("Evening Sun",)]
    assert "Lantern Wire (2 outlets, 1 origin: Lantern Wire)" in render(done, "markdown")


LONG = (
    "The embankment above the village of Tarn gave way shortly before dawn on Monday and the flood "
    "killed {} people as it tore through the lower streets."
)


def test_a_text_that_two_outlets_carry_is_one_origin() -> None:
    done = report(
        article("A", LONG.format(12)),
        article("B", LONG.format(12) + " Schools stay shut."),
        article("C", "A flood in Tarn, whose embankment broke early on Monday, killed 14 people."),
    )
    assert origins_of(done) == [("one text in A and B",), ("C",)]
    assert "advice.one-text" not in figure(done).reason["rules"]


def test_two_values_of_one_text_are_a_copying_slip() -> None:
    done = report(article("A", LONG.format(12)), article("B", LONG.format(14)))
    assert origins_of(done) == [("one text in A and B",)] * 2
    assert figure(done).advice.startswith("All go back to one text in A and B")


def test_a_shared_text_is_called_after_the_agency_that_is_credited() -> None:
    done = report(
        article("A", f"TARN, May 3 (Wire Q) - {LONG.format(12)}"),
        article("B", LONG.format(12)),
        article("C", "A flood in Tarn, whose embankment broke early on Monday, killed 14 people."),
    )
    assert origins_of(done)[0] == ("Wire Q",)


def test_a_headline_is_no_origin_beside_the_text_below_it() -> None:
    head = "Flood kills 12 people in Tarn\n\n"
    done = report(
        article("A", head + LONG.format(12)),
        article("B", LONG.format(12)),
        article("C", "A flood in Tarn, whose embankment broke early on Monday, killed 14 people."),
    )
    assert origins_of(done)[0] == ("one text in A and B",)


def test_short_or_differently_worded_sentences_are_no_shared_text() -> None:
    done = report(
        article("A", "The flood killed 12 people in Tarn."),
        article("B", "The flood killed 12 people in Tarn."),
        article("C", "The flood killed 14 people in Tarn."),
    )
    assert origins_of(done) == [("A", "B"), ("C",)]
    assert "outlets, " not in render(done, "table", width=200)


def test_rows_of_one_topic_are_no_shared_text() -> None:
    topic = "people whom the flood killed in the lower streets of the village of Tarn"
    rows = [{"source": s, "topic": topic, "value": v} for s, v in (("A", "12"), ("B", "14"))]
    done = compare_table(rows_of(rows), RULES, ENGLISH)
    assert origins_of(done) == [("A",), ("B",)]


def test_the_order_of_articles_changes_no_origin() -> None:
    articles = [
        article("A", f"TARN, May 3 (Wire Q) - {LONG.format(12)}"),
        article("B", LONG.format(12)),
        article("C", LONG.format(14)),
    ]
    reports = [render(report(*reversed(articles)), "json"), render(report(*articles), "json")]
    assert reports[0] == reports[1]


def test_a_name_is_spelled_by_the_outlet_whomever_it_quotes() -> None:
    traced = spoken(["Martel"])
    assert traced is not None
    (claim,) = said([article("Paper 0", "x")], ["Martel"])
    assert traced.of([replace(claim, kind="name")]) == ("Paper 0",)


def test_shared_passages_are_found_as_pair_by_pair_comparison_finds_them() -> None:
    chance = random.Random(4)
    words = [f"word{n}" for n in range(400)]
    articles = []
    base = [[chance.choice(words) for _ in range(20)] for _ in range(40)]
    for n in range(12):
        lines = []
        for sentence in chance.sample(base, 6):
            changed = list(sentence)
            for _ in range(chance.choice([0, 1, 2, 6])):
                changed[chance.randrange(20)] = "other"
            lines.append(" ".join(changed).capitalize() + ".")
        articles.append(Article(f"a{n:02}", "\n".join(lines)))
    documents = [ENGLISH.document(a) for a in articles]
    found = copies(documents, RULES)
    spots = [(d.article.id, s) for d in documents for s in d.sentences]
    for i, (one, a) in enumerate(spots):
        for other, b in spots[i + 1 :]:
            if one != other and overlap(a.text, b.text) >= 0.5:
                texts = found.text_at(one, a.start), found.text_at(other, b.start)
                assert texts[0] is not None
                assert texts[0] == texts[1]


def overlap(a: str, b: str) -> float:
    runs = [
        {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
        for words in (t.lower().strip(".").split() for t in (a, b))
    ]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])
