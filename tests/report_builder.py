"""Reports built by hand about an invented event: the fire in the market of Velmora, May 2031.

Passages are marked in the sentences as ``[topic/position: passage]``; the builder cuts the marks
out, so that every offset comes from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from crosscheck.model import (
    Article,
    Claim,
    Finding,
    KindName,
    Mention,
    Position,
    Report,
    Severity,
    Uncompared,
    Unread,
    Verdict,
    Zone,
)
from crosscheck.values.interval import Interval
from crosscheck.values.moments import Moment
from crosscheck.values.quantity import Quantity
from crosscheck.values.units import COUNT, Unit, money

MARK = re.compile(r"\[(\w+)/(\d+)(?:@([\d:T-]+))?(?:~([^:\]]+))?: ([^\]]+)\]")

OUTLETS = (
    "Velmora Courier", "North Wire", "The Estuary Post", "Radio Lindau", "Der Hafenbote",
    "Canal 7", "Inland Gazette", "Harbour Times", "Kurier Wschodni", "Daily Beacon",
    "Press Union", "Hill Country Review",
)  # fmt: skip


CROWNS, KILOMETRE = money("CZK"), Unit("kilometre", "length", "km", ("kilometre",))


def exact(number: int, unit: Unit = COUNT) -> Quantity:
    return Quantity(point(number), point(number), unit)


def about(number: int, band: int) -> Quantity:
    around = Interval(Fraction(number - band), Fraction(number + band))
    return Quantity(point(number), around, approx=True, hedge="about")


def more_than(number: int) -> Quantity:
    stated = Interval(Fraction(number), None, low_closed=False)
    return Quantity(stated, stated, hedge="more than")


def at_least(number: int) -> Quantity:
    stated = Interval(Fraction(number), None)
    return Quantity(stated, stated, hedge="at least")


def between(low: int, high: int) -> Quantity:
    stated = Interval(Fraction(low), Fraction(high))
    return Quantity(stated, stated)


def point(number: int) -> Interval[Fraction]:
    return Interval.point(Fraction(number))


def on(day: int) -> Moment:
    start = datetime(2031, 5, day)
    return Moment(Interval(start, start + timedelta(days=1), high_closed=False), "day")


@dataclass(frozen=True, slots=True)
class Topic:
    kind: KindName
    name: str
    verdict: Verdict
    severity: Severity
    why: str
    values: tuple[tuple[str, Any], ...]
    disagree: tuple[tuple[int, int], ...] = ()


TOPICS: Mapping[str, Topic] = {
    "dead": Topic(
        "quantity",
        "people killed by the fire",
        "update",
        "high",
        "The toll rose from 12 to 19 within a day; each account was right when it was written.",
        (("12", exact(12)), ("17", exact(17)), ("at least 19", at_least(19))),
        ((0, 1), (0, 2), (1, 2)),
    ),
    "hurt": Topic(
        "quantity",
        "people injured in the fire",
        "conflict",
        "high",
        "64 and 71 cannot both be the number of the injured; about 60 and more than 50 fit either.",
        (
            ("64", exact(64)),
            ("71", exact(71)),
            ("about 60", about(60, 6)),
            ("more than 50", more_than(50)),
        ),
        ((0, 1), (1, 2)),
    ),
    "crowd": Topic(
        "quantity",
        "people at the memorial march",
        "conflict",
        "medium",
        "The organisers' 30,000 lies above all that the police leave possible.",
        (
            ("15,000 to 20,000", between(15_000, 20_000)),
            ("30,000 or more", at_least(30_000)),
        ),
        ((0, 1),),
    ),
    "cost": Topic(
        "quantity",
        "cost of the damage",
        "conflict",
        "medium",
        "1.2 billion crowns is 27 times 44 million crowns.",
        (
            ("44 million crowns", exact(44_000_000, CROWNS)),
            ("1.2 billion crowns", exact(1_200_000_000, CROWNS)),
        ),
        ((0, 1),),
    ),
    "start": Topic(
        "date",
        "day on which the fire broke out",
        "conflict",
        "high",
        "Monday, 5 May and Tuesday, 6 May cannot both be the day.",
        (("Monday, 5 May 2031", on(5)), ("Tuesday, 6 May 2031", on(6))),
        ((0, 1),),
    ),
    "chief": Topic(
        "name",
        "Oleh Martschenko",
        "variant",
        "low",
        "One person in two romanisations: sch ~ ch, h ~ g; both are called the fire chief.",
        (("Oleh Martschenko", None), ("Oleg Marchenko", None)),
        ((0, 1),),
    ),
    "mayor": Topic(
        "role",
        "office of Ida Brunn",
        "conflict",
        "medium",
        "A mayor and a deputy mayor are two offices.",
        (("mayor of Velmora", None), ("deputy mayor of Velmora", None)),
        ((0, 1),),
    ),
    "smoke": Topic(
        "quantity",
        "distance at which the smoke was seen",
        "agree",
        "low",
        "10 kilometres are 6.2 miles.",
        (("10 km", exact(10, KILOMETRE)),),
    ),
    "stalls": Topic(
        "quantity",
        "stalls destroyed",
        "compatible",
        "low",
        "240 is more than 200.",
        (("240", exact(240)), ("more than 200", more_than(200))),
    ),
}

STORIES: tuple[tuple[str, ...], ...] = (
    (
        "Fire kills [dead/0@2031-05-05T09:00: 12] in Velmora market",
        "VELMORA, 5 May — A fire that broke out on [start/0: Monday] in the covered market of "
        "Velmora killed [dead/0@2031-05-05T09:00~city health office: 12 people] and injured "
        "[hurt/0: 64].",
        "The smoke was seen [smoke/0: 10 km] away. The fire destroyed [stalls/0: 240 stalls], "
        "said fire chief [chief/0: Oleh Martschenko]. [mayor/0: Mayor Ida Brunn] asked for blood "
        "donors.",
    ),
    (
        "Market blaze: [dead/1@2031-05-05T18:00: 17] dead, dozens hurt",
        "At least one wall collapsed as the market burnt. By the evening [dead/1@2031-05-05T18:00: "
        "seventeen people] were dead and [hurt/2: about 60] in hospital, doctors said.",
        "Fire chief [chief/1: Oleg Marchenko] said that [stalls/1: more than 200 stalls] were "
        "lost. Insurers put the damage at [cost/0~insurers: 44 million crowns].",
        "MORE STORIES: Election calendar · Weather · Subscribe for 3 crowns a month",
    ),
    (
        "City mourns its dead",
        "The day after the fire of [start/1: Tuesday] the toll was [dead/2@2031-05-06T10:00: "
        "at least 19]; [hurt/1: 71 people] were injured.",
        "Police counted [crowd/0~police: 15,000 to 20,000] at the memorial march; its organisers "
        "spoke of [crowd/1~organisers: 30,000 or more].",
        "[mayor/1: Deputy Mayor Ida Brunn] laid a wreath.",
    ),
    (
        "What we know about the fire",
        "Smoke could be seen [smoke/0: 6.2 miles] away. [hurt/3: More than 50 people] were hurt. "
        "The rebuilding will cost [cost/1~finance ministry: 1.2 billion crowns], it says.",
    ),
    (
        "Ein Markt brennt: a night in Velmora",
        "[dead/1@2031-05-05T21:30: 17 people] lost their lives, [hurt/0: 64] were taken to "
        "hospital and [crowd/0: 18,000 people] marched, we wrote about [start/0: 5 May].",
    ),
)


def written(index: int) -> tuple[Article, dict[tuple[str, int], list[Claim]]]:
    """One account with the claims that its marks stand for, by topic and position."""
    id = f"{index + 1:02d}-{OUTLETS[index].lower().replace(' ', '-')}"
    text, marks, zones = "", [], []
    for number, line in enumerate(STORIES[index % len(STORIES)]):
        start, at = len(text), 0
        for found in MARK.finditer(line):
            text += line[at : found.start()]
            marks.append((found, len(text), number))
            text += found[5]
            at = found.end()
        text += line[at:]
        zones.append(Zone(start, len(text), _role(number, line)))
        text += "\n\n"
    published = datetime(2031, 5, 5, 9, 30) + timedelta(hours=7 * index)
    title = text.splitlines()[0]
    url = f"https://{id}.example/fire" if index % 2 else ""
    article = Article(
        id, text, f"stories/{id}.txt", OUTLETS[index], title, published, "time", url, tuple(zones)
    )
    claims: dict[tuple[str, int], list[Claim]] = {}
    for found, start, number in marks:
        key, zone = (found[1], int(found[2])), zones[number]
        claims.setdefault(key, []).append(_claim(article, found, start, (zone.start, zone.end)))
    return article, claims


def _role(number: int, line: str) -> str:
    return "headline" if number == 0 else "furniture" if "MORE STORIES" in line else "body"


def _claim(article: Article, found: re.Match[str], start: int, sentence: tuple[int, int]) -> Claim:
    topic = TOPICS[found[1]]
    label, value = topic.values[int(found[2])]
    return Claim(
        Mention(article.id, start, start + len(found[5]), found[5]),
        sentence,
        topic.kind,
        value,
        label,
        f"{topic.kind}.sample",
        as_of=datetime.fromisoformat(found[3]) if found[3] else None,
        attributed_to=found[4] or "",
    )


def fire(outlets: int = 5) -> Report:
    """The fire as told by up to twelve outlets; the accounts repeat after the fifth."""
    told = [written(index) for index in range(outlets)]
    held: dict[tuple[str, int], list[Claim]] = {}
    for _, claims in told:
        for key, own in claims.items():
            held.setdefault(key, []).extend(own)
    articles = tuple(article for article, _ in told)
    findings = [f for f in (_finding(key, topic, held) for key, topic in TOPICS.items()) if f]
    return Report(
        articles,
        tuple(findings),
        _uncompared(held),
        _unread(articles),
        {article.id: "velmora-2031-05-05" for article in articles},
        left_alone=12 if outlets > 2 else outlets - 1,
    )


def _finding(
    key: str, topic: Topic, held: Mapping[tuple[str, int], Sequence[Claim]]
) -> Finding | None:
    kept = [n for n in range(len(topic.values)) if held.get((key, n))]
    positions = tuple(
        Position(topic.values[n][0], tuple(held[key, n]), _origins(held[key, n])) for n in kept
    )
    pairs = tuple((kept.index(a), kept.index(b)) for a, b in topic.disagree if {a, b} <= set(kept))
    alone = len(positions) == 1 and len(positions[0].claims) == 1
    if not positions or alone or (topic.disagree and not pairs):
        return None
    said = (topic.kind, topic.name, topic.verdict, topic.severity, topic.why)
    return Finding(f"q-{key}", *said, positions, pairs)


def _origins(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.attributed_to or claim.mention.article for claim in claims}))


def _uncompared(held: Mapping[tuple[str, int], Sequence[Claim]]) -> tuple[Uncompared, ...]:
    if ("dead", 1) not in held:
        return ()
    why = "the first counts the dead, the second the injured"
    return (Uncompared((held["dead", 1][0], held["hurt", 2][0]), why),)


def _unread(articles: Sequence[Article]) -> tuple[Unread, ...]:
    first = articles[0]
    passage = "asked for blood"
    start = first.text.index(passage)
    end = start + len(passage)
    return (
        Unread("not a text in any encoding that is known", path="stories/photo.jpg"),
        Unread("no verb that is known", article=first.id, start=start, end=end, text=passage),
    )


def said(article: str, text: str, label: str) -> Claim:
    """A claim that quotes an article's whole text."""
    mention = Mention(article, 0, len(text), text)
    return Claim(mention, (0, len(text)), "quote", None, label, "quote.sample")
