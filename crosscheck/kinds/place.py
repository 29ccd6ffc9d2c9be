"""Where something is or happened: head offices, home countries, journeys, and the places of events.

A place is compared only through what is there. Two accounts are held against each other when they
tell of one bearer's head office, home or birthplace, of one journey, or of one event with the same
persons or things; the places disagree where the gazetteer knows that neither lies in the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crosscheck.grammar.spans import Names, names_between
from crosscheck.grammar.times import read_times
from crosscheck.kinds.base import Context, Kind, Link, Refusal, accounts
from crosscheck.language import Document, Sentence, Token, gerund
from crosscheck.model import Claim, KindName, Mention, Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots.dated import named_slot, slots_of_event
from crosscheck.slots.event_words import events_of
from crosscheck.slots.frames import Frame
from crosscheck.slots.happenings import Happening, happening, owner_of
from crosscheck.slots.one_place import Accounted, blocks, one_thing, relation, rules_behind
from crosscheck.slots.place_phrases import Reader, Told, person_meant
from crosscheck.slots.place_words import place_words
from crosscheck.slots.scope_words import scope_words
from crosscheck.slots.spots import Spot, spots
from crosscheck.slots.standing import Standing, standing
from crosscheck.slots.strangers import Rivals, rivals
from crosscheck.slots.whereabouts import Happened, Went, bound, happened, scenes, went
from crosscheck.values.interval import Relation
from crosscheck.values.moments import WEEKDAYS, Moment, Recurring, When, day_of
from crosscheck.values.places import Place, Route, gazetteer

_UNREAD = frozenset({"furniture", "meta", "caption", "headline"})
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?:[ -][A-ZÀ-Þ][\w'’.-]*){0,3}")
_LEAD = 3
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_QUOTED = re.compile(r"[\"“«]([^\"”»]{8,})[\"”»]")
_PARTS = ("morning", "afternoon", "evening", "night", "noon", "midnight")
_TITLES = {
    "base": "head office", "country": "home country", "born": "birthplace", "home": "home",
    "journey": "journey", "site": "place", "flag": "flag", "centre": "epicentre",
    "scene": "part of the country where it happened",
}  # fmt: skip


class PlaceKind(Kind):
    """Places of events, of journeys and of what stays."""

    name: KindName = "place"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        """A claim for each place of which the sentence says what is or happened there."""
        finder = _Finder(document, context)
        seen = [s for s in document.sentences if finder.may_tell(s)]
        if seen:
            seen[0].language.parse(seen)
        for sentence in seen:
            yield from finder.claims(Frame(sentence, ()))
        for frame, spot in _rivals(context).spots[document.article.id]:
            yield finder.of_spot(frame, spot)

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        return blocks(claim)

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        return one_thing(a, b, _told(context))

    def relate(self, a: Claim, b: Claim) -> Relation:
        return relation(a, b)

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        """Such as "head office of Halvard" or "place of the fire"."""
        first = min(claims, key=lambda claim: claim.order)
        told = first.filled("relation")
        held = _most(claim.slot("holder") for claim in claims)
        if held:
            return f"place of {held}"
        if told in {"scene", "centre"}:
            return _TITLES[told]
        bearer = "bearer" if told in _TITLES else "actor"
        owner = _most(claim.slot(bearer) for claim in claims)
        if told in _TITLES:
            return f"{_TITLES[told]} of {owner or 'the company'}"
        event = first.filled("noun") or "event"
        thing = _most(claim.slot("thing") for claim in claims)
        if not is_verb(first):
            return f"place of the {event}{f' of {owner}' if owner else ''}"
        done = f"place of the {gerund(event)}{f' of {thing}' if thing else ''}"
        return f"{done} {'by' if thing else 'of'} {owner}" if owner else done

    def rules_behind(self, claims: Sequence[Claim], rules: Rulebook) -> frozenset[str]:
        return rules_behind(claims, rules)


@dataclass(frozen=True, eq=False)
class _Rivals:
    """``spots`` are those of each article that exclude one of another, ``of`` which do."""

    spots: Mapping[str, Sequence[tuple[Frame, Spot]]]
    of: Rivals


def _rivals(context: Context) -> _Rivals:
    if "rivals" not in context.memo:
        told = {d.article.id: list(_spots(d, context)) for d in context.documents}
        texts = {d.article.id: d.article.text for d in context.documents}
        found = {id: [spot for _, spot in here] for id, here in told.items()}
        of = rivals(found, texts, context.rules)
        chosen = {
            id: [(frame, spot) for frame, spot in here if (id, spot.told.start) in of]
            for id, here in told.items()
        }
        context.memo["rivals"] = _Rivals(chosen, of)
    known: _Rivals = context.memo["rivals"]
    return known


def _spots(document: Document, context: Context) -> Iterator[tuple[Frame, Spot]]:
    reader = Reader(context.rules, context.names.get(document.article.id, ()), context.bearers)
    other = scope_words(context.rules).compared_after
    locatives = frozenset(place_words(context.rules).spot.strings("words"))
    seen = [
        s
        for s in document.sentences
        if s.zone.role not in _UNREAD
        and _NAME.search(s.text)
        and not other.find(s.text)
        and not locatives.isdisjoint(_WORD.findall(s.text.lower()))
    ]
    if seen:
        seen[0].language.parse(seen)
    for sentence in seen:
        frame = Frame(sentence, ())
        before = document.sentences[sentence.index - 1] if sentence.index else None
        yield from ((frame, spot) for spot in spots(frame, reader, before))


def is_verb(claim: Claim) -> bool:
    event = claim.slot("event")
    return event is not None and event.how == "lemma"


def _told(context: Context) -> Accounted:
    if "told of places" not in context.across:
        context.across["told of places"] = Accounted(accounts(context), _rivals(context).of)
    found: Accounted = context.across["told of places"]
    return found


def _most(slots: Iterable[Slot | None]) -> str:
    """The name given most often, else the noun; among equals the longest, then by letters."""
    counted = Counter(
        (slot.how != "name", slot.value if slot.how == "name" else f"the {slot.value}")
        for slot in slots
        if slot is not None and slot.value
    )
    order = sorted(counted, key=lambda item: (item[0], -counted[item], -len(item[1]), item[1]))
    return order[0][1] if order else ""


class _Finder:
    """Finds the places of one article."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context = document, context
        self.names: Names = context.names.get(document.article.id, ())
        self.reader = Reader(context.rules, self.names, context.bearers)
        self.words = place_words(context.rules)

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(n for _, _, n in self.names if "person" in self.context.bearers.get(n, ()))

    @cached_property
    def _body(self) -> dict[int, int]:
        """The ordinal among the body's sentences of each of its sentences."""
        body = [s.index for s in self.document.sentences if s.zone.role == "body"]
        return {index: order for order, index in enumerate(body)}

    def may_tell(self, sentence: Sentence) -> bool:
        """Whether a sentence names a place, as far as can be told without parsing it."""
        if sentence.zone.role in _UNREAD:
            return False
        known = gazetteer(self.context.rules).is_known
        names = _NAME.findall(sentence.text)
        if any(known(part) for name in names for part in _parts(name)):
            return True
        return bool(names) and not self.words.sorts.isdisjoint(_WORD.findall(sentence.text.lower()))

    def claims(self, frame: Frame) -> Iterator[Claim]:
        for told in standing(frame, self.reader):
            yield self._of_standing(frame, told)
        for journey in (*went(frame, self.reader), *bound(frame, self.reader)):
            yield self._of_journey(frame, journey)
        taken: set[int] = set()
        for event in happened(frame, self.reader):
            if event.told.start not in taken:
                taken.add(event.told.start)
                yield self._of_happening(frame, event)
        order = self._body.get(frame.sentence.index, len(self._body) + 9)
        for scene in scenes(frame, self.reader, order):
            yield self._of_scene(frame, scene)

    def _of_scene(self, frame: Frame, found: Told) -> Claim:
        rule = self.words.scene.id
        slots = (("relation", Slot("scene", "first sentences", rule)),)
        return self._claim(frame, found, found.place, rule, slots)

    def _of_standing(self, frame: Frame, found: Standing) -> Claim:
        slots = [("relation", Slot(found.relation, "predicate", found.rule))]
        if found.bearer is not None:
            slots.append(("bearer", self._bearer(frame, found.bearer)))
        return self._claim(frame, found.told, found.told.place, found.rule, tuple(slots))

    def _of_journey(self, frame: Frame, found: Went) -> Claim:
        rule = self.words.journey.id
        slots = [("relation", Slot("journey", "predicate", rule))]
        if found.bearer is not None:
            slots.append(("bearer", self._bearer(frame, found.bearer)))
        return self._claim(frame, found, found.route, rule, tuple(slots))

    def of_spot(self, frame: Frame, found: Spot) -> Claim:
        rule = self.words.spot.id
        slots = [("relation", Slot("spot", "locative", rule))]
        slots += slots_of_event(frame, "day", found.event, self.names, self.context.bearers)
        held = next((p.value for p in found.holders if p.definite), "")
        if held:
            slots.append(("holder", Slot(held, "definite noun")))
        return self._claim(frame, found.told, found.told.place, rule, tuple(slots), found.event)

    def _of_happening(self, frame: Frame, found: Happened) -> Claim:
        rule = self.words.happening.id
        slots = [("relation", Slot("happening", "locative", rule))]
        for key, slot in slots_of_event(
            frame, "day", found.event, self.names, self.context.bearers
        ):
            token = {"actor": found.event.actor, "thing": found.event.thing}.get(key)
            slots.append((key, self._bearer(frame, token) if token is not None else slot))
        together = self._together(frame, found.event)
        if together:
            slots.append(
                ("together", Slot("|".join(together), "persons of the clause", "place.together"))
            )
        return self._claim(frame, found.told, found.told.place, rule, tuple(slots), found.event)

    def _bearer(self, frame: Frame, token: Token) -> Slot:
        """Who it is; of what is left of somebody, whose it is."""
        rule = self.words.remains
        if token.lower in rule.strings("nouns"):
            whose = owner_of(frame, token)
            if whose is not None:
                return replace(self._bearer(frame, whose), rule=rule.id)
        slot = named_slot(frame, token, self.names)
        if slot.how != "pronoun" or token.lower not in {"he", "she", "his", "her"}:
            return slot
        index = frame.sentence.index
        since = self.document.sentences[max(0, index - 1)].start
        meant = person_meant(self.names, self.people, since, token.start)
        return Slot(meant, "name" if meant else "pronoun")

    def _together(self, frame: Frame, event: Happening) -> list[str]:
        """The two persons of a verb of being together."""
        verb = event.verb
        if verb is None or verb.lemma not in self.words.together:
            return []
        clause = [verb, *(t for t in frame.subtree(verb) if t.pos == "PROPN")]
        start, end = min(t.start for t in clause), max(t.end for t in clause)
        here = names_between(self.names, start, end)
        found = sorted({name for _, _, name in here if name in self.people})
        return found if len(found) == 2 else []

    def _claim(
        self, frame: Frame, passage: Told | Went, value: Place | Route, rule: str,
        slots: tuple[tuple[str, Slot], ...], event: Happening | None = None,
    ) -> Claim:  # fmt: skip
        article, sentence = self.document.article, frame.sentence
        start, end = passage.start, passage.end
        found = event or happening(frame, start, end, events_of(self.context.rules))
        used = [rule, passage.rule, *(found.rules if event is not None and found else ())]
        used += [slot.rule for _, slot in slots if slot.rule]
        if event is not None and event.noun in self.words.spread.strings("nouns"):
            used.append(self.words.spread.id)
        return Claim(
            mention=Mention(article.id, start, end, article.text[start:end]),
            sentence=(sentence.start, sentence.end),
            kind="place",
            value=value,
            label=value.label,
            rule=rule,
            slots=(*slots, *self._circumstances(frame, start, end)),
            modality=self._modality(frame, found),
            polarity="denied" if found and found.denied else "affirmed",
            as_of=sentence.zone.posted,
            rules_used=tuple(dict.fromkeys(filter(None, used))),
        )

    def _modality(self, frame: Frame, found: Happening | None) -> str:
        """As the verb tells; "takes place in 2041" and "to be held" are still to come."""
        told = found.modality if found else "done"
        verb = found.verb if found else None
        if told != "done" or verb is None:
            return told
        if verb.dep in {"relcl", "acl"} and frame.tokens[verb.i].tag != "VBG":
            own = frame.children.get(verb.i, ())
            return "planned" if any(t.lower == "to" and t.dep == "aux" for t in own) else told
        anchor = frame.sentence.zone.posted or self.document.article.published
        years = [int(year) for year in _YEAR.findall(frame.sentence.text)]
        ahead = verb.tag in {"VBZ", "VBP"} and anchor is not None and years
        return "planned" if ahead and anchor and min(years) > anchor.year else told

    def _circumstances(self, frame: Frame, start: int, end: int) -> Iterator[tuple[str, Slot]]:
        sentence, article = frame.sentence, self.document.article
        where = sorted({name for _, _, name in names_between(self.names, start, end)})
        if where:
            yield "where", Slot("|".join(where), "names of the place")
        if sentence.zone.label:
            yield "section", Slot(sentence.zone.label.lower(), "section heading")
        anchor = sentence.zone.posted or article.published
        if self._body.get(sentence.index, _LEAD) < _LEAD:
            yield "lead", Slot("yes", "first sentences")
        years = set(_YEAR.findall(sentence.text))
        if years:
            yield "years", Slot("|".join(sorted(years)), "time expression")
        elif anchor is not None:
            yield "years", Slot(str(anchor.year), "publication")
        times = read_times(sentence.text, anchor, self.context.rules)
        days = [day_of(t.value) for t in times if t.value is not None]
        for key, read in (("day", _day), ("weekday", _weekday)):
            named = {name for day in days if day is not None and (name := read(day))}
            if len(named) == 1:
                yield key, Slot(named.pop(), "time expression")
        parts = [part for part in _PARTS if re.search(rf"\b{part}\b", sentence.text)]
        if len(parts) == 1:
            yield "daypart", Slot(parts[0], "time expression")
        quoted = {
            w.lower() for q in _QUOTED.findall(sentence.text) for w in re.findall(r"\w{4,}", q)
        }
        if quoted:
            yield "quoted", Slot(" ".join(sorted(quoted)), "quotation")


def _day(day: When) -> str:
    """Month and day: the year is compared apart, since many accounts leave it out."""
    if isinstance(day, Moment) and day.day is not None:
        return f"{day.day:%m-%d}"
    if isinstance(day, Recurring) and day.month and day.day:
        return f"{day.month:02}-{day.day:02}"
    return ""


def _weekday(day: When) -> str:
    if isinstance(day, Moment) and day.day is not None:
        return WEEKDAYS[day.day.weekday()]
    weekday = day.weekday if isinstance(day, Recurring) else None
    return WEEKDAYS[weekday] if weekday is not None else ""


def _parts(name: str) -> Iterator[str]:
    """A capitalised run, its words and its pairs of words."""
    words = re.split(r"[ -]", name.rstrip(".'’"))
    for size in range(min(len(words), 3), 0, -1):
        for first in range(len(words) - size + 1):
            yield " ".join(words[first : first + size]).removesuffix("'s").removesuffix("’s")
