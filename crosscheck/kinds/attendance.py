"""Attendance: who was at a gathering, in a place or aboard, and how."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from crosscheck.grammar.bearers import bearers
from crosscheck.grammar.spans import names_between
from crosscheck.kinds.base import Context, Kind, Link, Refusal
from crosscheck.kinds.name import readings_of
from crosscheck.language import Document, Sentence
from crosscheck.model import Claim, KindName, Mention, Slot, Verdict
from crosscheck.rulebook import Rulebook
from crosscheck.slots.attendees import Company, companies
from crosscheck.slots.frames import Frame
from crosscheck.slots.gatherings import Scene, Target
from crosscheck.slots.moments import time_beside
from crosscheck.slots.participants import LISTED
from crosscheck.slots.presence_words import presence_words
from crosscheck.slots.presences import Sighting, deeds, sightings
from crosscheck.slots.reunions import Times, one_gathering
from crosscheck.slots.telling import tells_later
from crosscheck.slots.world import World
from crosscheck.values.interval import Relation
from crosscheck.values.presence import MODES, Attendees, Presence, presence, relate_attendance

_UNREAD = frozenset({"meta", "furniture", "caption"})


class AttendanceKind(Kind):
    """Claims that somebody was there, or was not; the value is a ``Presence``, or
    ``Attendees`` where an account lists all who were there."""

    name: KindName = "attendance"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        if "presences" not in context.memo:
            context.memo["presences"] = _everywhere(context)
        found: dict[str, list[Claim]] = context.memo["presences"]
        return found.get(document.article.id, [])

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        yield claim.filled("who")

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        return one_gathering(a, b, _times(context))

    def relate(self, a: Claim, b: Claim) -> Relation:
        return relate_attendance(a.value, b.value)

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        """Such as "Anna Bolt at the summit" or "Anna Bolt on board"."""
        first = min(claims, key=lambda claim: claim.order)
        at = _most(claim.filled("at") for claim in claims)
        named = any(slot.how == "name" for c in claims if (slot := c.slot("at")))
        article = "" if named else "the "
        where = {
            "vehicle": f"on the {at}" if at else "on board",
            "place": f"{_most(c.filled('before') for c in claims) or 'in'} {article}{at}",
            "people": f"before the {at}s",
        }.get(first.filled("sort"), f"at the {at or 'event'}")
        return f"{first.filled('who') or 'all who were'} {where}"

    def words(self, a: Claim, b: Claim, rules: Rulebook) -> Mapping[str, str]:
        """``one`` and ``other`` are what each says that they were at."""
        at = {"one": a.filled("at"), "other": b.filled("at")}
        return {**super().words(a, b, rules), **at}

    def _same_value(self, a: Claim, b: Claim) -> bool:
        return a.modality == b.modality and super()._same_value(a, b)

    def verdict(self, one: Sequence[Claim], other: Sequence[Claim]) -> Verdict | None:
        """What has happened does not change any more."""
        plans = any(claim.modality == "planned" for claim in (*one, *other))
        return None if plans else "conflict"

    def evolves(self, claims: Sequence[Claim], rules: Rulebook) -> bool:
        return any(claim.modality == "planned" for claim in claims)


def _most(words: Iterable[str]) -> str:
    counted = Counter(word for word in words if word)
    return min(counted, key=lambda word: (-counted[word], word), default="")


def _times(context: Context) -> Times:
    if "attendance" not in context.memo:
        published = {d.article.id: d.article.published for d in context.documents}
        context.memo["attendance"] = Times(context.rules, context.events, published)
    found: Times = context.memo["attendance"]
    return found


# --- finding ------------------------------------------------------------------------------------


def _everywhere(context: Context) -> dict[str, list[Claim]]:
    """The claims of every article. Where one says that somebody was not at something, or on a
    screen only, all are asked whether anything puts that person there."""
    scenes = _scenes(context)
    found = {id: list(_plain(document, scene)) for id, (document, scene) in scenes.items()}
    doubted = [c for claims in found.values() for c in claims if _is_doubt(c)]
    for id, (document, scene) in scenes.items():
        found[id] += _answers(document, scene, doubted, found[id]) if doubted else []
        found[id].sort(key=lambda claim: (claim.order, claim.filled("who"), claim.label))
    return found


def _plain(document: Document, scene: Scene) -> Iterator[Claim]:
    asked = [s for s in document.sentences if _may_tell(s, scene)]
    for frame in _frames(asked):
        told = list(sightings(frame, scene))
        yield from (_claim(document, frame, seen, scene) for seen in told)
        for company in companies(frame, told, scene.words.only):
            yield _list_claim(document, frame, company, scene)


def _frames(sentences: Sequence[Sentence]) -> Iterator[Frame]:
    if sentences:
        sentences[0].language.parse(sentences)
    return (Frame(sentence, ()) for sentence in sentences)


def _is_doubt(claim: Claim) -> bool:
    if not isinstance(claim.value, Presence):
        return False
    return claim.modality == "done" and not claim.value.ways & MODES["in person"]


def _answers(
    document: Document, scene: Scene, doubted: Sequence[Claim], known: Sequence[Claim]
) -> Iterator[Claim]:
    wanted = {(c.filled("who"), c.filled("sort"), c.filled("at")) for c in doubted}
    people = {who for who, _, _ in wanted}
    trips = {c.filled("who") for c in doubted if c.filled("trip")}
    taken = {(claim.sentence, claim.filled("who")) for claim in known}
    asked = [
        sentence
        for sentence in document.sentences
        if sentence.zone.role not in _UNREAD
        and _has_somebody(sentence, scene)
        and (_has_any(sentence, wanted, scene) or (trips and scene.may_arrive(sentence)))
    ]
    for frame in _frames(asked):
        bounds = frame.sentence.start, frame.sentence.end
        for seen in deeds(frame, scene):
            one = seen.who.name
            arrived = one in trips and seen.target.how == "unsaid"
            if not (arrived or (one in people and _is_wanted(seen, wanted, scene))):
                continue
            if (bounds, one) not in taken:
                yield _claim(document, frame, seen, scene)


def _has_any(sentence: Sentence, wanted: Iterable[tuple[str, str, str]], scene: Scene) -> bool:
    """Whether a sentence may name what somebody was not at; a gathering has many names."""
    text, nouns = sentence.text.lower(), scene.nouns_in(sentence)
    if sentence.index and not nouns and scene.may_be_seen(sentence):
        nouns = scene.nouns_in(scene.world.sentences[sentence.index - 1])
    one = scene.words.gatherings.one
    return any(
        any(one(at, noun) for noun in nouns) if sort == "gathering" else at.lower() in text
        for _, sort, at in wanted
    )


def _is_wanted(seen: Sighting, wanted: Iterable[tuple[str, str, str]], scene: Scene) -> bool:
    one = scene.words.gatherings.one
    return any(
        (who, sort) == (seen.who.name, seen.target.sort)
        and (at == seen.target.value or (sort == "gathering" and one(at, seen.target.value)))
        for who, sort, at in wanted
    )


def _scenes(context: Context) -> dict[str, tuple[Document, Scene]]:
    people = frozenset(n for n, kinds in context.bearers.items() if "person" in kinds)
    bodies = frozenset(n for n, kinds in context.bearers.items() if "person" not in kinds)
    offices = {d.article.id: _offices(d, context) for d in context.documents}
    everywhere: dict[str, set[str]] = defaultdict(set)
    for found in offices.values():
        for words, holders in found.items():
            everywhere[words] |= holders
    scenes = {}
    for document in context.documents:
        article = document.article
        names = tuple(context.names.get(article.id, ()))
        world = World(context.rules, names, article.published, document.sentences, people)
        held = {**everywhere, **offices[article.id]}
        scenes[article.id] = document, Scene(world, held, bodies)
    return scenes


def _offices(document: Document, context: Context) -> dict[str, set[str]]:
    """The persons whom an article gives each office, by the words of the office."""
    found: dict[str, set[str]] = defaultdict(set)
    for reading in readings_of(document, context):
        for bearer in bearers(reading, context.rules):
            person = context.people.get((document.article.id, bearer.name.text), "")
            title = bearer.title
            words = [w.lower for w in reading.words[title.core : title.core_end]]
            if person and words and not title.plural:
                found[" ".join(words)].add(person)
                found[words[-1]].add(person)
    return found


def _may_tell(sentence: Sentence, scene: Scene) -> bool:
    """Whether a sentence may say who was there: it has the words for it, and somebody."""
    if sentence.zone.role in _UNREAD:
        return False
    words = presence_words(scene.world.rules)
    return _has_somebody(sentence, scene) and words.may_tell(sentence.text)


def _has_somebody(sentence: Sentence, scene: Scene) -> bool:
    if names_between(scene.world.names, sentence.start, sentence.end):
        return True
    words = set(sentence.text.lower().split())
    return bool(words & {"he", "she"}) or not words.isdisjoint(scene.offices)


def _claim(document: Document, frame: Frame, seen: Sighting, scene: Scene) -> Claim:
    article, sentence = document.article, frame.sentence
    value = _value(seen, seen.who.name in scene.bodies)
    return Claim(
        Mention(article.id, seen.start, seen.end, article.text[seen.start : seen.end]),
        (sentence.start, sentence.end),
        "attendance",
        value,
        _label(seen),
        seen.rules[0],
        tuple(_slots(frame, seen, scene)),
        modality=seen.modality,
        polarity="denied" if seen.denied else "affirmed",
        as_of=sentence.zone.posted,
        rules_used=tuple(dict.fromkeys(seen.rules)),
        in_headline=sentence.is_headline,
    )


def _list_claim(document: Document, frame: Frame, company: Company, scene: Scene) -> Claim:
    article, sentence = document.article, frame.sentence
    rule = company.rules[0]
    return Claim(
        Mention(article.id, company.start, company.end, article.text[company.start : company.end]),
        (sentence.start, sentence.end),
        "attendance",
        Attendees(frozenset(company.names)),
        ", ".join(company.names),
        rule,
        (
            ("who", Slot("", LISTED)),
            *_slots_of(company.target, rule, scene),
            *_when(frame, company.at, scene),
        ),
        as_of=sentence.zone.posted,
        rules_used=company.rules,
        in_headline=sentence.is_headline,
    )


def _value(seen: Sighting, body: bool) -> Presence:
    """What is denied with a word for how ("not in person") leaves the other ways open; else
    whoever was not there was absent."""
    if not seen.denied:
        return presence(seen.mode, body)
    if seen.way or seen.mode not in {"attended", "in person"}:
        return presence(seen.mode, body).denied
    return presence("absent", body)


def _label(seen: Sighting) -> str:
    plain = seen.mode in {"attended", "in person"} and not seen.way
    label = f"not {seen.mode}" if seen.denied else seen.mode
    if seen.denied and plain:
        label = "absent"
    return f"expected: {label}" if seen.modality == "planned" else label


def _slots(frame: Frame, seen: Sighting, scene: Scene) -> Iterator[tuple[str, Slot]]:
    yield "who", Slot(seen.who.name, seen.who.how)
    if not scene.words.trips.isdisjoint(seen.rules):
        yield "trip", Slot("yes", "verb of coming")
    yield from _slots_of(seen.target, seen.rules[0], scene)
    yield from _when(frame, seen.at, scene)


def _slots_of(target: Target, rule: str, scene: Scene) -> Iterator[tuple[str, Slot]]:
    yield "sort", Slot(target.sort, target.how, rule)
    yield "at", Slot(target.value, target.how, target.rule)
    if target.before:
        yield "before", Slot(target.before, "preposition")
    if target.during:
        yield "during", Slot(target.during, "spoken of")
    if target.which:
        yield "which", Slot("|".join(target.which), "modifier")
    if target.ordinal:
        yield "ordinal", Slot(target.ordinal, "modifier")
    main = scene.main if target.sort == "gathering" else ""
    if main and scene.words.gatherings.one(target.value, main):
        yield "main", Slot("yes", "most spoken of in the article")


def _when(frame: Frame, at: int, scene: Scene) -> Iterator[tuple[str, Slot]]:
    if tells_later(frame, at):
        yield "later", Slot("yes", "time beside")
    for name, value in time_beside(frame, at, scene.world):
        yield name, Slot(value, "time beside")
