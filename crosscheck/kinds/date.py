"""When something happened: claims of days and of clock times.

A time expression is compared only through the event it dates. Two accounts are held against each
other when they speak of the same class of event, the same part of it (start is not end), the same
persons or things, and dates so near that it can be one occasion. Days are compared with days and
clock times with clock times. A weekday that does not go with its date is two claims of one phrase.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from crosscheck.grammar.times import TimeMention, read_times
from crosscheck.kinds.base import Context, Kind, Link, Positions, Refusal, accounts
from crosscheck.language import Document, Sentence, gerund
from crosscheck.model import Claim, KindName, Mention, Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots import witnesses
from crosscheck.slots.contexts import Contexts
from crosscheck.slots.dated import slots_of_event
from crosscheck.slots.dated_evidence import SURE, DatedBeliefs, dated_weights, nearness
from crosscheck.slots.event_words import events_of
from crosscheck.slots.frames import Frame
from crosscheck.slots.happenings import Happening, happening
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.occasions import (
    is_self,
    is_unlisted,
    one_occasion,
    patient,
    relation,
    scale,
)
from crosscheck.slots.witnesses import Witnesses, days_told, witness_weights
from crosscheck.values.hull import listed
from crosscheck.values.interval import Relation
from crosscheck.values.moments import (
    Moment,
    Recurring,
    When,
    day_moment,
    day_of,
    label,
    time_of_day,
)

_DATELINE = re.compile(r"^[A-Z][A-Z .'’/-]{2,}(?:,[^—–-]{0,40})?$")
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)]{1,40}\)\s*)?(?:--|—|–|-)\s")
_QUOTES = re.compile(r"[\"“”«»]")
_DAY_GRAINS = frozenset({"day", "daypart", "weekend"})


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a mention that makes one claim: its offsets in the article and its value."""

    start: int
    end: int
    value: When
    grain: str
    phrase: str = ""
    either: str = ""


class DateKind(Kind):
    """Days and clock times of events."""

    name: KindName = "date"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        """A claim for the day and one for the clock time of each dated event."""
        seen = [(s, m) for s in document.sentences for m in _mentions(s, document, context.rules)]
        language = seen[0][0].language if seen else None
        if language is not None:
            language.parse({id(s): s for s, _ in seen}.values())
        frames: dict[int, Frame] = {}
        for sentence, mention in seen:
            frame = frames.setdefault(sentence.index, Frame(sentence, ()))
            yield from _claims(frame, mention, document, context)

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        phrase = claim.filled("phrase")
        if phrase:
            yield ("phrase", phrase)
        yield from (("witness", day) for day in days_told(claim))
        if not phrase:
            yield from nearness(claim)
        event = claim.slot("event")
        if event is None or event.how == "speech" or claim.polarity != "affirmed":
            return
        if not is_unlisted(claim) or event.value.startswith("state:"):
            yield (scale(claim), event.value)
        elif patient(claim):
            yield (scale(claim), "patient")

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        around = accounts(context)
        answer = one_occasion(a, b, around)
        if isinstance(answer, Link) or around.event(a) != around.event(b):
            return answer
        muddled = a.filled("phrase") or b.filled("phrase")
        beliefs = witnesses_around(context) if muddled else dates_around(context)
        if not beliefs.ties(a, b):
            return answer
        return Link(beliefs.of(a, b) / 2, beliefs.because(a, b))

    def relate(self, a: Claim, b: Claim) -> Relation:
        return relation(a, b)

    def telling(
        self, positions: Positions, pairs: Sequence[tuple[int, int]]
    ) -> Sequence[tuple[int, int]]:
        """Where other accounts tell the day, the two halves of one muddled phrase need no row."""
        phrases = [{claim.filled("phrase") for claim in claims} for _, claims in positions]
        others = [(i, j) for i, j in pairs if phrases[i] != phrases[j] or len(phrases[i]) > 1]
        return others or pairs

    def words(self, a: Claim, b: Claim, rules: Rulebook) -> Mapping[str, str]:
        _, _, event = self.topic([a, b], rules).partition(" of ")
        people = set(a.filled("people").split("|")) & set(b.filled("people").split("|"))
        first, last = sorted((a, b), key=lambda claim: claim.order)
        return {
            "event": event,
            "people": listed(sorted(people)),
            "first": first.mention.text,
            "last": last.mention.text,
        }

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        """Such as "day of the resignation of Anna Bolt" or "time of the start of the fire"."""
        first = min(claims, key=lambda c: (is_unlisted(c), not c.filled("noun"), c.order))
        event = first.filled("noun") or "event"
        owner = _most(_words(claim.slot("actor")) for claim in claims)
        what = f"the {event} of {owner}" if owner and not is_self(first) else f"the {event}"
        if is_unlisted(first):
            thing = _most(_words(claim.slot("thing")) for claim in claims)
            what = f"the {gerund(event)}"
            what += f" of {thing}" if thing else ""
            what += f" {'by' if thing else 'of'} {owner}" if owner else ""
        muddled = [claim for claim in claims if claim.filled("phrase")]
        one_phrase = len({claim.filled("phrase") for claim in muddled}) == 1
        if one_phrase and (len(muddled) == len(claims) or not any(c.slot("noun") for c in claims)):
            parts = sorted(muddled, key=lambda claim: claim.order)
            return "weekday and date in “" + ", ".join(c.mention.text for c in parts) + "”"
        grain = {"clock": "time", "day": "day"}.get(first.filled("grain"), "date")
        aspect = first.filled("aspect")
        return f"{grain} of {'the ' + aspect + ' of ' if aspect not in {'', 'occur'} else ''}{what}"


def dates_around(context: Context) -> DatedBeliefs:
    """What all evidence says of two times; worked out once for each set of claims."""
    return _around(context, "date", DatedBeliefs, dated_weights(context.rules), SURE)


def witnesses_around(context: Context) -> Witnesses:
    """What all evidence says of a muddled phrase and a day of another account."""
    return _around(context, "witness", Witnesses, witness_weights(context.rules), witnesses.SURE)


_Beliefs = TypeVar("_Beliefs", bound=DatedBeliefs)


def _around(
    context: Context, key: str, of: type[_Beliefs], weights: Mapping[str, float], sure: float
) -> _Beliefs:
    if key not in context.across:
        dates = [claim for claim in context.claims if claim.kind == "date"]
        shared = Contexts(dates, context.documents, lexicon(context.rules)).shared
        context.across[key] = of(
            dates, weights, sure, around=accounts(context), shared_context=shared
        )
    found: _Beliefs = context.across[key]
    return found


def _words(slot: Slot | None) -> str:
    if slot is None or not slot.value:
        return ""
    return slot.value if slot.how == "name" else f"the {slot.value}"


def _most(names: Iterable[str]) -> str:
    """The name given most often; among equals the longest, then the first by letters."""
    counted = Counter(name for name in names if name)
    return min(counted, key=lambda name: (-counted[name], -len(name), name), default="")


# --- finding ------------------------------------------------------------------------------------


def _mentions(sentence: Sentence, document: Document, rules: Rulebook) -> Iterator[TimeMention]:
    if sentence.zone.role in {"meta", "furniture", "caption"}:
        return
    for mention in read_times(sentence.text, _anchor(sentence, document), rules):
        if mention.value is None or _is_stamp(sentence.text, mention):
            continue
        if _in_quotes(sentence.text, mention) and not _is_absolute(mention):
            continue
        yield mention


def _anchor(sentence: Sentence, document: Document) -> datetime | None:
    return sentence.zone.posted or document.article.published


def _is_stamp(text: str, mention: TimeMention) -> bool:
    """The date of a dateline, or a time that is all there is."""
    before, after = text[: mention.start].strip(" ,("), text[mention.end :]
    if not before and not after.strip(" .,|)"):
        return True
    return bool(_DATELINE.match(before) and _AFTER_DATELINE.match(after))


def _in_quotes(text: str, mention: TimeMention) -> bool:
    before = _QUOTES.findall(text[: mention.start])
    opened = sum(mark in "“«" for mark in before) - sum(mark in "”»" for mark in before)
    return opened > 0 or before.count('"') % 2 == 1


def _is_absolute(mention: TimeMention) -> bool:
    return mention.said.day is not None or mention.said.year is not None


def _claims(
    frame: Frame, mention: TimeMention, document: Document, context: Context
) -> Iterator[Claim]:
    sentence = frame.sentence
    start, end = sentence.start + mention.start, sentence.start + mention.end
    since = mention.hedge == "since"
    found = happening(frame, start, end, events_of(context.rules), since)
    if found is not None and found.how == "lasting":
        mention = mention.unhedged
    anchor = _anchor(sentence, document)
    for part in _parts(mention, found, sentence, document, anchor):
        yield _claim(frame, mention, part, found, document, context)


def _parts(
    mention: TimeMention, found: Happening | None, sentence: Sentence, document: Document,
    anchor: datetime | None,
) -> Iterator[_Part]:  # fmt: skip
    tense = found.tense if found else ""
    value = mention.read(anchor, tense)  # type: ignore[arg-type]
    if value is None:
        return
    at = sentence.start
    off_day = mention.off_day_in(anchor, tense)  # type: ignore[arg-type]
    if off_day is not None and mention.weekday and mention.date:
        phrase = f"{document.article.id}:{at + mention.start}"
        day = day_of(value)
        if not isinstance(day, Moment) or day.day is None:
            return
        either = f"{day.day}|{off_day.day}"
        for (low, high), said in ((mention.weekday, off_day), (mention.date, day_moment(day.day))):
            yield _Part(at + low, at + high, said, "day", phrase, either)
    elif mention.weekday or mention.date or (mention.clock is None and time_of_day(value) is None):
        yield from _day_part(mention, value, at)
    elif mention.clock is None:  # "a quarter of an hour later"
        yield _Part(at + mention.start, at + mention.end, value, "clock")
    if mention.clock is not None:
        low, high = mention.clock
        yield _Part(at + low, at + high, value, "clock")


def _day_part(mention: TimeMention, value: When, at: int) -> Iterator[_Part]:
    day = day_of(value)
    if day is None:
        return
    grain = "day" if not isinstance(day, Moment) or day.granularity in _DAY_GRAINS else "long"
    if isinstance(day, Recurring) and day.day is None and day.weekday is None:
        grain = "long"
    low, high = mention.start, mention.end
    if mention.clock is not None:
        spans = [span for span in (mention.weekday, mention.date) if span]
        low, high = min(s[0] for s in spans), max(s[1] for s in spans)
    yield _Part(at + low, at + high, day, grain)


def _claim(
    frame: Frame,
    mention: TimeMention,
    part: _Part,
    found: Happening | None,
    document: Document,
    context: Context,
) -> Claim:
    sentence = frame.sentence
    article = document.article
    text = article.text[part.start : part.end]
    clock = time_of_day(part.value) if part.grain == "clock" else None
    limit = "time.limit.often" if found and found.often else "time.limit.once"
    rules = (*mention.rules, *(found.rules if found else ()), limit if found else "")
    return Claim(
        mention=Mention(article.id, part.start, part.end, text),
        sentence=(sentence.start, sentence.end),
        kind="date",
        value=part.value,
        label=label(clock or part.value),
        rule=mention.rules[0],
        slots=tuple(_slots(frame, part, found, article.id, context)),
        hedge=mention.hedge,
        modality=_modality(found, part.value, _anchor(sentence, document)),
        polarity="denied" if found and found.denied else "affirmed",
        as_of=sentence.zone.posted,
        rules_used=tuple(dict.fromkeys(rule for rule in rules if rule)),
    )


def _modality(found: Happening | None, value: When, anchor: datetime | None) -> str:
    """What the present tense puts on a day to come is planned: "the mill closes on 30 May"."""
    if found is None or found.modality != "done" or found.tense:
        return found.modality if found else "done"
    low = value.nominal.low if isinstance(value, Moment) else None
    ahead = low is not None and anchor is not None and low.date() > anchor.date()
    return "planned" if ahead else "done"


def _slots(
    frame: Frame, part: _Part, found: Happening | None, article: str, context: Context
) -> Iterator[tuple[str, Slot]]:
    yield "grain", Slot(part.grain, "time expression")
    if part.phrase:
        yield "phrase", Slot(part.phrase, "time expression")
        yield "either", Slot(part.either, "time expression")
    names = context.names.get(article, ())
    yield from slots_of_event(frame, part.grain, found, names, context.bearers)
