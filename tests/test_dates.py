"""Claims of days and clock times: what they date, which are compared, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from crosscheck.align import align, events
from crosscheck.kinds.base import Context, Link, Refusal
from crosscheck.kinds.date import DateKind, dates_around
from crosscheck.language import English
from crosscheck.model import Article, Claim, Zone
from crosscheck.pipeline import analyse
from crosscheck.rulebook import load
from crosscheck.values.interval import Relation

ENGLISH = English()
KIND = DateKind()
WEDNESDAY = datetime(2020, 8, 5, 9, 0)


def context_of(texts: Sequence[str], published: datetime | None = WEDNESDAY) -> Context:
    articles = [Article(f"a{i}", text, published=published) for i, text in enumerate(texts)]
    context = Context(load(), [ENGLISH.document(article) for article in articles])
    context.events.update({article.id: "a0" for article in articles})
    return context


def claims_of(context: Context) -> list[Claim]:
    return [c for document in context.documents for c in KIND.find(document, context)]


def read(text: str, published: datetime | None = WEDNESDAY) -> list[tuple[str, str, str, str]]:
    """Grain, label, event and aspect of each claim."""
    return [
        (c.filled("grain"), c.label, c.filled("event"), c.filled("aspect"))
        for c in claims_of(context_of([text], published))
    ]


def linked(one: str, other: str, published: datetime | None = WEDNESDAY) -> list[str]:
    """How each pair of claims of two accounts that are linked relate."""
    context = context_of([one, other], published)
    claims = claims_of(context)
    mine = [c for c in claims if c.mention.article == "a0"]
    theirs = [c for c in claims if c.mention.article == "a1"]
    found = []
    for a in mine:
        for b in theirs:
            answer, mirrored = KIND.link(a, b, context), KIND.link(b, a, context)
            assert type(answer) is type(mirrored)
            assert KIND.relate(b, a) is KIND.relate(a, b).mirrored
            if isinstance(answer, Link):
                assert set(KIND.blocks(a)) & set(KIND.blocks(b))
                found.append(KIND.relate(a, b).value)
    return found


def linked_in(context: Context) -> list[str]:
    claims = claims_of(context)
    pairs = [(a, b) for a in claims for b in claims if a.mention.article < b.mention.article]
    answers = [(KIND.link(a, b, context), KIND.relate(a, b).value) for a, b in pairs]
    return sorted(relation for answer, relation in answers if isinstance(answer, Link))


def refusals(one: str, other: str) -> list[str]:
    context = context_of([one, other])
    claims = claims_of(context)
    pairs = [(a, b) for a in claims for b in claims if a.order < b.order]
    answers = [KIND.link(a, b, context) for a, b in pairs]
    return [answer.why for answer in answers if isinstance(answer, Refusal)]


MON, TUE = "Monday 3 August 2020", "Tuesday 4 August 2020"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fire of 3 August cost three lives.", [("day", MON, "fire", "occur")]),
        (
            "The fire broke out at 6:50 p.m. on Monday.",
            [("day", MON, "fire", "occur"), ("clock", "18:50", "fire", "start")],
        ),
        ("The fire was put out at 9 a.m.", [("clock", "09:00", "fire", "end")]),
        (
            "A huge blast in the harbour on Tuesday killed nine people.",
            [("day", TUE, "explosion", "occur")],
        ),
        ("Mayor Anna Bolt resigned on Tuesday.", [("day", TUE, "resignation", "occur")]),
        ("Anna Bolt, who stepped down on Tuesday, wept.", [("day", TUE, "resignation", "occur")]),
        ("She tendered her resignation on Tuesday.", [("day", TUE, "resignation", "occur")]),
        ("The plane struck a hill at 21:58.", [("clock", "21:58", "crash", "occur")]),
        ("The roof gave way at 7.05pm.", [("clock", "19:05", "collapse", "occur")]),
        ("The funeral will take place on Saturday.",
         [("day", "Saturday 8 August 2020", "funeral", "occur")]),
        ("Korvel will play Vessna in the final on Sunday.",
         [("day", "Sunday 9 August 2020", "match", "occur")]),
        ("The minister said on Tuesday that all was well.", [("day", TUE, "speech", "occur")]),
    ],
)  # fmt: skip
def test_what_a_time_expression_dates(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "KORVEL, Aug 4 (Tarn Agency) - The mayor wept.",
        "4 August 2020, 18:50",
        '"I will go tomorrow," she said.',
        "The talks lasted two days and nine hours.",
    ],
)
def test_stamps_datelines_quoted_days_and_durations_are_no_claims(text: str) -> None:
    assert read(text) == []


def test_the_claim_slices_back_and_names_its_rules() -> None:
    text = "The dam of Orlec burst at about 4:40 a.m. on Monday, 3 August, witnesses say."
    day, clock = claims_of(context_of([text]))
    assert (day.mention.text, clock.mention.text) == ("Monday, 3 August", "at about 4:40 a.m.")
    for claim in (day, clock):
        assert text[claim.mention.start : claim.mention.end] == claim.mention.text
        assert claim.rule in claim.rules_used
    assert "event.collapse" in day.rules_used
    assert clock.hedge == "about"


SAME = [
    ("Mayor Anna Bolt resigned on Tuesday.", "Anna Bolt quit as mayor on Monday.", "apart"),
    ("Mayor Anna Bolt resigned on Tuesday evening.", "Bolt stepped down on 4 August.", "inside"),
    ("The fire broke out at 18:50.", "The blaze started at about 5.50pm.", "apart"),
    ("The fire broke out at 18:50.", "The fire began at 6:50 p.m.", "same"),
    ("The blast came shortly after 6 p.m.", "The explosion occurred at 18:08.", "contains"),
    ("The plane crashed at 10:15 p.m.", "The aircraft hit a hill at 22:34.", "apart"),
    ("The tower collapsed at 7:49 p.m.", "The tower gave way at 19:05.", "apart"),
    ("Anna Bolt arrived in Korvel on Tuesday.",
     "Bolt landed in Korvel on 3 August.", "apart"),
    ("Korvel beat Vessna in the final on Monday.",
     "Korvel met Vessna in the final on Tuesday.", "apart"),
    ("The law was passed on Tuesday.", "Parliament passed the law on Monday.", "apart"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "relation"), SAME)
def test_one_occasion_is_compared(one: str, other: str, relation: str) -> None:
    assert linked(one, other) == [relation]


DIFFERENT = [
    ("The fire broke out at 18:50.", "The fire was put out at 9 a.m.", "start"),
    ("The funeral took place in Korvel on Monday.",
     "The funeral will take place in Korvel on Saturday.", "planned"),
    ("Mayor Anna Bolt resigned on Tuesday.", "Minister Karl Voss resigned on Monday.", "whose"),
    ("A blast shook the port on Tuesday.", "A second blast shook the port on Monday.", "second"),
    ("The blast shook the port on Tuesday.", "The blast in the port on 9 May hurt nine.", "days"),
    ("A meeting took place in Korvel on Monday.", "A meeting took place in Vessna on Tuesday.",
     "places"),
    ("The fire broke out at 18:50 on Monday.", "The fire broke out at 17:50 on Tuesday.",
     "different days"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT)
def test_two_occasions_are_left_alone_with_the_reason(one: str, other: str, why: str) -> None:
    assert any(why in reason for reason in refusals(one, other))
    clocks = "different days" in why
    assert linked(one, other) == (["apart"] if clocks else [])


UNLIKE = [
    ("An alarm sounded at 6:20 p.m.", "The fire broke out at 6:50 p.m."),
    (
        "The minister said on Tuesday that all was well.",
        "The minister said on Monday that it rains.",
    ),
    ("The shares fell on Tuesday.", "The shares fell on Monday."),
    ("Anna Bolt was convicted on Monday.", "Anna Bolt was sentenced on Tuesday."),
    ("Anna Bolt was nominated on Monday.", "Anna Bolt was elected on Tuesday."),
    ("A meeting was held in Korvel on Monday.", "A summit was held in Korvel on Tuesday."),
    ("A blast shook a market in Korvel on Monday.", "A blast hit a bus in Vessna on Tuesday."),
    ("The plane left at 6 p.m.", "The plane crashed at 10:15 p.m."),
    ("He did not resign on Tuesday.", "He resigned on Monday."),
    ("In 2015 a blast killed nine.", "The blast on Tuesday killed nine."),
]


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_different_things_are_not_even_near(one: str, other: str) -> None:
    assert linked(one, other) == []


def test_a_weekday_that_does_not_go_with_its_date_shows_in_one_article() -> None:
    context = context_of(["The mayor, Anna Bolt, resigned on Wednesday, 4 August."])
    claims = claims_of(context)
    assert [c.mention.text for c in claims] == ["Wednesday", "4 August"]
    [topic] = align(KIND, claims, context).topics
    assert KIND.topic(topic.claims, load()) == "weekday and date in “Wednesday, 4 August”"
    assert KIND.relate(*topic.claims) is Relation.APART


def test_a_muddled_phrase_is_held_against_the_other_accounts() -> None:
    texts = [
        "The mayor, Anna Bolt, resigned on Wednesday, 4 August.",
        "Anna Bolt resigned on Tuesday.",
    ]
    assert sorted(linked(*texts)) == ["apart", "same"]


def test_a_post_is_read_from_its_own_moment() -> None:
    text = "The dam burst yesterday."
    zone = Zone(0, len(text), "body", posted=datetime(2020, 8, 4, 7, 30))
    article = Article("a0", text, published=datetime(2020, 8, 9), zones=(zone,))
    context = Context(load(), [ENGLISH.document(article)])
    [claim] = claims_of(context)
    assert claim.label == MON
    assert claim.as_of == zone.posted


def test_accounts_of_other_events_are_never_compared() -> None:
    context = context_of(["Anna Bolt resigned on Tuesday.", "Anna Bolt resigned on Monday."])
    a, b = claims_of(context)
    assert isinstance(KIND.link(a, b, context), Link)
    context.events["a1"] = "a1"
    assert KIND.link(a, b, context) is None


def test_the_order_of_the_articles_changes_nothing() -> None:
    texts = [one for one, _, _ in SAME] + [other for _, other, _ in SAME]
    context = context_of(texts)
    claims = claims_of(context)
    forward = align(KIND, claims, context).topics
    backward = align(KIND, claims[::-1], context).topics
    assert [t.claims for t in forward] == [t.claims for t in backward]
    names = [KIND.topic(t.claims, load()) for t in forward]
    assert names == [KIND.topic(t.claims[::-1], load()) for t in backward]


def test_every_rule_of_the_section_of_events_reads_its_own_kind() -> None:
    roles = {rule.string("role") for rule in load().section("time-events")}
    assert roles == {"event", "aspect", "light", "speech", "game", "lasting"}


def test_without_a_publication_events_still_stand() -> None:
    context = context_of(["Anna Bolt resigned on Tuesday.", "Anna Bolt resigned on Monday."], None)
    context.events.update(events(context))
    a, b = claims_of(context)
    assert KIND.relate(a, b) is Relation.APART


def test_accounts_that_tell_of_two_occasions_are_compared_with_neither_by_the_other() -> None:
    """One account tells both quakes; of two others each tells one of them."""
    texts = [
        "A quake struck Korvel on Monday. A quake hit Vessna on Tuesday.",
        "The quake struck at 1:37 p.m. It was the quake of Monday.",
        "A quake struck the coast on Tuesday. The quake came at 5:11 p.m., they said.",
    ]
    context = context_of(texts)
    context.claims = claims_of(context)
    for topic in align(KIND, context.claims, context).topics:
        values = topic.claims
        assert not any(KIND.relate(a, b) is Relation.APART for a in values for b in values)
    texts = ["A quake struck Korvel on Monday.", "The quake hit Korvel on Tuesday."]
    context = context_of(texts)
    context.claims = claims_of(context)
    assert any(len(topic.claims) == 2 for topic in align(KIND, context.claims, context).topics)


@pytest.mark.parametrize(
    ("muddled", "elsewhere"),
    [
        ("The river tore the dike on Wednesday, 4 August.", "The dike was repaired on Tuesday."),
        ("Shareholders will be asked on Friday, 6 August.", "Shareholders vote on August 6."),
        (
            "The elections to the council of Korvel, which took place on Wednesday, 4 August, "
            "were quiet.",
            "The vote was held on Tuesday.",
        ),
    ],
)
def test_who_takes_part_and_what_it_is_a_case_of_tie_a_day_to_a_muddled_phrase(
    muddled: str, elsewhere: str
) -> None:
    assert linked_in(with_claims([muddled, elsewhere])) == ["apart", "same"]


def with_claims(texts: Sequence[str]) -> Context:
    context = context_of(texts)
    context.claims = claims_of(context)
    return context


def test_a_muddled_phrase_stands_alone_if_no_other_account_tells_of_its_days() -> None:
    muddled = "The lamp was flashing on Wednesday, 4 August."
    assert linked_in(with_claims([muddled, "The council sat on Monday."])) == []
    assert linked_in(with_claims([muddled, "The council sat that night."])) == []


def test_the_likeliest_witness_of_a_muddled_phrase_is_the_one_of_its_happening() -> None:
    muddled = "Anna Bolt opened the bridge of Korvel on Wednesday, 4 August."
    other = "A cat was found in Dorf on Tuesday."
    told = "Anna Bolt opened the bridge on Tuesday."
    context = with_claims([muddled, f"{other} {told}"])
    claims = claims_of(context)
    halves = [claim for claim in claims if claim.filled("phrase")]
    cat, bridge = (claim for claim in claims if claim.mention.article != halves[0].mention.article)
    kind = DateKind()
    assert all(isinstance(kind.link(half, bridge, context), Link) for half in halves)
    assert not any(isinstance(kind.link(half, cat, context), Link) for half in halves)


def test_a_muddled_phrase_is_held_against_the_same_event_of_a_name_in_another_spelling() -> None:
    texts = [
        "Anna Boldt died on Wednesday, 4 August.",
        "Ana Bolta died on Tuesday.",
        "The diver died on Tuesday.",
    ]
    assert "apart" in linked_in(with_claims(texts))


def test_what_is_new_to_the_reader_is_not_told_of_elsewhere_in_another_year() -> None:
    assert linked("The bridge collapsed on Monday.", "A bridge collapsed in October 2016.") == []


def test_what_the_present_tense_puts_ahead_is_planned() -> None:
    ahead, done = claims_of(
        context_of(["The mill closes on 30 September 2020. The mill closed on Monday."])
    )
    assert (ahead.modality, done.modality) == ("planned", "done")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mill closed on Monday.", "The mill was stopped on Tuesday."),
        ("The mill was founded in 1921.", "The mill has stood by the lake since 1911."),
        ("The trial began on Monday.", "The trial opened on Tuesday."),
        ("The mill, which closed on 3 August, was old.", "The mill was shut at the end of July."),
        ("The dike broke at 3:40 a.m.", "The dike gave way at 4:30 a.m."),
        ("The tanker Orsa capsized at 9:45 p.m.", "The ship capsized at 10:12 p.m."),
        ("The plant is to be closed by 2035.", "The plant will close by 2040."),
        ("The shop will stay open until 6 May 2031.", "The shop will stay open until 7 May 2031."),
        ("The treaty takes effect on 4 May 2031.", "The treaty comes into force on 1 July 2031."),
        ("The conference opened on 3 August.", "The conference began on 4 August."),
        ("They sealed the tunnel at 3:40 a.m.", "The tunnel was sealed at 4:30 a.m."),
    ],
)
def test_one_deed_in_other_verbs_and_grains(one: str, other: str) -> None:
    assert "apart" in linked(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mill closed on Monday.", "The school closed on Tuesday."),
        ("Anna Bolt began to sing on Monday.", "Anna Bolt began to write on Tuesday."),
        ("The firm stopped deliveries on Monday.", "The firm stopped production on Tuesday."),
        ("The plant was closed by 2010.", "The plant was closed by 2012."),
        ("The mill stood by the lake in 1911.", "The mill was founded in 1921."),
    ],
)
def test_other_deeds_are_not_taken_for_one(one: str, other: str) -> None:
    assert "apart" not in linked(one, other)


SHIP = "The ferry Aurela ran onto a rock off Norrhaven on Thursday. "


def tied(*texts: str) -> list[list[str]]:
    """The positions of each finding on dates, for accounts of one wreck."""
    articles = [
        Article(f"a{k}", SHIP + text, published=datetime(2021, 3, 5, 9))
        for k, text in enumerate(texts)
    ]
    found = analyse(articles, load(), ENGLISH).findings
    return [[p.value for p in f.positions] for f in found if f.kind == "date" and f.disagree]


def test_times_that_a_slip_makes_of_each_other_are_tied_whatever_the_verb() -> None:
    struck = "She struck at 9:47 p.m., the captain said. The harbour master was told at 10:20 p.m."
    touched = "The hull touched bottom at 8:47 p.m. and the engines stopped. She was built in 1998."
    assert tied(struck, touched) == [["21:47", "20:47"]]
    assert tied(touched, struck) == [["20:47", "21:47"]]
    assert not tied(struck, touched.replace("8:47", "8:12"))


def test_a_year_with_its_digits_turned_round_is_tied_whatever_the_verb() -> None:
    built = "The Aurela, launched in 1987 by the yard of Sudeck, carries 400 people and 90 cars."
    handed = "The Aurela, in the year 1978 handed over to traffic, carries 400 people and 90 cars."
    assert tied(built, handed) == [["1987", "1978"]]
    assert not tied(built, handed.replace("1978", "2003"))


def test_evidence_on_dates_is_the_same_from_both_sides() -> None:
    context = with_claims(
        [SHIP + "She sank at 9:47 p.m.", SHIP + "At 8:47 p.m. the bow was under."]
    )
    beliefs = dates_around(context)
    pairs = [(a, b) for a in beliefs.claims for b in beliefs.claims if a.key < b.key]
    assert any(beliefs.evidence(a, b) for a, b in pairs)
    for a, b in pairs:
        assert beliefs.evidence(a, b) == beliefs.evidence(b, a)
