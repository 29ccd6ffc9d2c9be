"""When something happened: claims of days and of clock times.

A time expression is compared only through the event it dates. Two accounts are held against each
other when they speak of the same class of event, the same part of it (start is not end), the same
persons or things, and dates so near that it can be one occasion. Days are compared with days and
clock times with clock times. A weekday that does not go with its date is two claims of one phrase.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crosscheck.grammar.times import TimeMention, read_times
from crosscheck.kinds.base import Context, Kind, Link, Positions, Refusal
from crosscheck.language import Document, Sentence, Token
from crosscheck.model import Claim, KindName, Mention, Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots.frames import Frame
from crosscheck.slots.happenings import Happening, events_of, happening
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.world import name_at, names_between
from crosscheck.values.interval import Relation
from crosscheck.values.moments import (
    MONTHS,
    WEEKDAYS,
    Moment,
    Recurring,
    TimeOfDay,
    When,
    day_moment,
    day_of,
    label,
    relate,
    time_of_day,
)

_DATELINE = re.compile(r"^[A-Z][A-Z .'’/-]{2,}(?:,[^—–-]{0,40})?$")
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)]{1,40}\)\s*)?(?:--|—|–|-)\s")
_QUOTES = re.compile(r"[\"“”«»]")
_DAY_GRAINS = frozenset({"day", "daypart", "weekend"})
_IN = frozenset({"in", "at", "near", "outside", "off", "over"})
_OTHER = frozenset(
    {"second", "third", "fourth", "another", "other", "new", "previous", "earlier", "latest"}
    | {"later", "next", "similar", "last", "final"}
)
_CALENDAR = frozenset({*WEEKDAYS, *MONTHS})
_UNSAID = frozenset({"until", "since"})
_BACKGROUND = "background"


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
        if claim.filled("grain") == "day":
            people = claim.filled("people").split("|")
            yield from (("witness", person) for person in people if person)
        event = claim.slot("event")
        if event is None or event.how == "speech" or claim.polarity != "affirmed":
            return
        listed = event.how != "lemma" or event.value.startswith("state:")
        if listed or (claim.filled("grain") == "day" and claim.filled("thing")):
            yield (claim.filled("grain"), event.value)

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        """Named constraints, read top-down; the first that forbids a link is the reason given."""
        if a.filled("phrase") and a.filled("phrase") == b.filled("phrase"):
            return Link(1.0, ("phrase",))
        if a.filled("grain") != b.filled("grain"):
            return None
        if context.events.get(a.mention.article) != context.events.get(b.mention.article):
            return None
        if not _same_class(a, b):
            return Link(0.3, ("people", "day")) if self._attests(a, b) else None
        for constraint in _CONSTRAINTS:
            why = constraint(a, b, context)
            if why:
                return Refusal(why, 0.7 if a.filled("aspect") == b.filled("aspect") else 0.5)
        return Link(0.6 + 0.2 * bool(_same_actor(a, b, context)), _because(a, b, context))

    def _attests(self, a: Claim, b: Claim) -> bool:
        """Whether one claim puts a person of the other's muddled phrase on one of its two days.

        That a day named elsewhere falls on one of just two days is hardly chance; and the phrase
        cannot be true in any case.
        """
        if a.mention.article == b.mention.article or a.modality != b.modality:
            return False
        if bool(a.filled("either")) == bool(b.filled("either")):
            return False
        muddled, plain = (a, b) if a.filled("either") else (b, a)
        days = [day_moment(date.fromisoformat(d)) for d in muddled.filled("either").split("|")]
        fits = [relate(plain.value, day) is not Relation.APART for day in days]
        people = [_listed(claim, "people") for claim in (a, b)]
        return sum(fits) == 1 and bool(people[0] & people[1])

    def relate(self, a: Claim, b: Claim) -> Relation:
        return _relation(a, b)

    def telling(
        self, positions: Positions, pairs: Sequence[tuple[int, int]]
    ) -> Sequence[tuple[int, int]]:
        """Where other accounts tell the day, the two halves of one muddled phrase need no row."""
        phrases = [{claim.filled("phrase") for claim in claims} for _, claims in positions]
        others = [(i, j) for i, j in pairs if phrases[i] != phrases[j] or len(phrases[i]) > 1]
        return others or pairs

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        """Such as "day of the resignation of Anna Bolt" or "time of the start of the fire"."""
        first = min(claims, key=lambda claim: claim.order)
        event = first.filled("noun") or "event"
        owner = _most(_words(claim.slot("actor")) for claim in claims)
        what = f"the {event} of {owner}" if owner and not _is_self(first) else f"the {event}"
        if _is_unlisted(first):
            thing = _most(_words(claim.slot("thing")) for claim in claims)
            what = " ".join(filter(None, (f"'{event}'", thing, f"by {owner}" if owner else "")))
        phrases = {claim.filled("phrase") for claim in claims}
        if len(phrases) == 1 and "" not in phrases:
            parts = sorted(claims, key=lambda claim: claim.order)
            return "weekday and date in “" + ", ".join(c.mention.text for c in parts) + "”"
        grain = {"clock": "time", "day": "day"}.get(first.filled("grain"), "date")
        aspect = first.filled("aspect")
        return f"{grain} of {'the ' + aspect + ' of ' if aspect != 'occur' else ''}{what}"


def _words(slot: Slot | None) -> str:
    if slot is None or not slot.value:
        return ""
    return slot.value if slot.how == "name" else f"the {slot.value}"


def _relation(a: Claim, b: Claim) -> Relation:
    """Clock times are held against each other as times of day: that their days agree is a
    condition of their being linked."""
    if a.filled("grain") == "clock" == b.filled("grain"):
        clocks = time_of_day(a.value), time_of_day(b.value)
        if clocks[0] is not None and clocks[1] is not None:
            return relate(clocks[0], clocks[1])
    return relate(a.value, b.value)


def _most(names: Iterable[str]) -> str:
    """The name given most often; among equals the longest, then the first by letters."""
    counted = Counter(name for name in names if name)
    return min(counted, key=lambda name: (-counted[name], -len(name), name), default="")


def _is_self(claim: Claim) -> bool:
    return claim.filled("who") == "none"


def _same_class(a: Claim, b: Claim) -> bool:
    event = a.filled("event")
    affirmed = a.polarity == b.polarity == "affirmed"
    return bool(event) and event == b.filled("event") and affirmed and event != "speech"


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
    found = happening(frame, start, end, events_of(context.rules))
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
        modality=found.modality if found else "done",
        polarity="denied" if found and found.denied else "affirmed",
        as_of=sentence.zone.posted,
        rules_used=tuple(dict.fromkeys(rule for rule in rules if rule)),
    )


def _slots(
    frame: Frame, part: _Part, found: Happening | None, article: str, context: Context
) -> Iterator[tuple[str, Slot]]:
    yield "grain", Slot(part.grain, "time expression")
    if part.phrase:
        yield "phrase", Slot(part.phrase, "time expression")
        yield "either", Slot(part.either, "time expression")
    people = sorted(_people(frame.sentence, article, context))
    if people:
        yield "people", Slot("|".join(people), "names of the sentence")
    if frame.sentence.zone.label:
        yield "section", Slot(frame.sentence.zone.label.lower(), "section heading")
    if found is None:
        return
    rule = found.rules[0] if found.rules else ""
    yield "event", Slot(found.event, found.how, rule)
    aspect = "occur" if found.aspect == "start" and part.grain != "clock" else found.aspect
    yield "aspect", Slot(aspect, "predicate")
    yield "noun", Slot(found.noun, found.how)
    yield "who", Slot(found.who, "rule", rule)
    if found.often:
        yield "often", Slot("yes", "rule", rule)
    for key, token in (("actor", found.actor), ("thing", found.thing)):
        if token is not None:
            yield key, _named(frame, token, article, context)
    which = _which(frame, found)
    if which:
        yield "which", Slot(which, "modifier")
    places = sorted(set(_places(frame)))
    if places:
        yield "place", Slot("|".join(places), "locative")


def _people(sentence: Sentence, article: str, context: Context) -> set[str]:
    return {
        bearer
        for _, end, bearer in names_between(
            context.names.get(article, ()), sentence.start, sentence.end
        )
        if end <= sentence.end and "person" in context.bearers.get(bearer, ())
    }


def _named(frame: Frame, token: Token, article: str, context: Context) -> Slot:
    """The bearer of a name, else the noun: definite, or indefinite ("a man")."""
    token = _apposed(frame, token)
    bearer = name_at(context.names.get(article, ()), token.start)
    if bearer:
        return Slot(bearer, "name")
    if token.tag.startswith(("PRP", "W")):
        return Slot("", "pronoun")
    if token.pos == "PROPN":
        return Slot(_full(frame, token), "name")
    children = frame.children.get(token.i, ())
    definite = any(t.lower in {"the", "his", "her", "its", "their"} for t in children)
    plural = token.tag in {"NNS", "NNPS"}
    how = "plural noun" if plural else "definite noun" if definite else "noun"
    return Slot(token.lemma, how)


def _apposed(frame: Frame, token: Token) -> Token:
    """'The mayor, Anna Bolt': the name says more than the office."""
    if token.pos == "PROPN":
        return token
    children = frame.children.get(token.i, ())
    return next((t for t in children if t.dep == "appos" and t.pos == "PROPN"), token)


def _full(frame: Frame, token: Token) -> str:
    parts = [t for t in frame.children.get(token.i, ()) if t.dep == "compound" and t.pos == "PROPN"]
    return " ".join(t.text for t in sorted([*parts, token], key=lambda t: t.i))


def _which(frame: Frame, found: Happening) -> str:
    """A word that makes the event another one: "the second blast"."""
    heads = [token for token in (found.core, found.actor) if token is not None]
    modifiers = [t for head in heads for t in frame.children.get(head.i, ())]
    words = (t.lower for t in modifiers if t.dep in {"amod", "det"})
    return next((word for word in words if word in _OTHER), "")


def _places(frame: Frame) -> Iterator[str]:
    for token in frame.tokens:
        above = frame.tokens[token.head]
        named = token.pos == "PROPN" and token.text.isalpha()
        named = named and token.text.capitalize() not in _CALENDAR
        if named and token.dep == "pobj" and above.lower in _IN:
            yield _full(frame, token)


# --- comparing ----------------------------------------------------------------------------------


def _aspects_differ(a: Claim, b: Claim, context: Context) -> str:
    one, other = a.filled("aspect"), b.filled("aspect")
    if one == other or {one, other} == {"start", "occur"}:
        return ""
    return f"the {one} of the {a.filled('noun')} is not its {other}"


def _modality_differs(a: Claim, b: Claim, context: Context) -> str:
    return "" if a.modality == b.modality else f"one is {a.modality}, the other {b.modality}"


def _background(a: Claim, b: Claim, context: Context) -> str:
    labels = {claim.filled("section") for claim in (a, b)}
    return "one stands in the background" if any(_BACKGROUND in x for x in labels) else ""


def _bounds(a: Claim, b: Claim, context: Context) -> str:
    hedges = {claim.hedge for claim in (a, b)}
    return "one is an end of something that lasted" if hedges & _UNSAID else ""


def _which_differs(a: Claim, b: Claim, context: Context) -> str:
    one, other = a.filled("which"), b.filled("which")
    return "" if one == other else f"the {one or other} {a.filled('noun')} is another one"


def _actors_differ(a: Claim, b: Claim, context: Context) -> str:
    if _is_self(a) or _is_unlisted(a) or _same_actor(a, b, context):
        return ""
    one, other = a.filled("actor") or "not named", b.filled("actor") or "not named"
    return f"whose {a.filled('noun')}: {one}, {other}"


def _is_unlisted(claim: Claim) -> bool:
    event = claim.slot("event")
    return event is not None and event.how == "lemma"


def _unlisted_differ(a: Claim, b: Claim, context: Context) -> str:
    """Verbs that no rule lists need the same thing done by the same one; a passive names none."""
    if not _is_unlisted(a):
        return ""
    if not _same_bearer(a.slot("thing"), b.slot("thing"), context):
        return f"'{a.filled('noun')}' is said of {a.filled('thing')} and of {b.filled('thing')}"
    same = _same_actor(a, b, context)
    named = a.slot("actor") is not None and b.slot("actor") is not None
    return "" if same or not named else f"done by {a.filled('actor')} and by {b.filled('actor')}"


def _elsewhere(a: Claim, b: Claim, context: Context) -> str:
    one, other = (_listed(claim, "place") for claim in (a, b))
    if not (_is_self(a) or a.filled("often")) or _is_unlisted(a) or not (one and other):
        return ""
    return "" if one & other else "in different places"


def _often_loosely(a: Claim, b: Claim, context: Context) -> str:
    """What happens every other day is one occasion only if two particulars are shared."""
    if not a.filled("often") or _is_unlisted(a) or _is_witness(a, b):
        return ""
    shared = [
        bool(_listed(a, "place") & _listed(b, "place")),
        bool(_same_actor(a, b, context)),
        bool(_same_bearer(a.slot("thing"), b.slot("thing"), context)),
        bool(_listed(a, "people") & _listed(b, "people")),
    ]
    return "" if sum(shared) > 1 else f"too little shared for one {a.filled('noun')}"


def _listed(claim: Claim, slot: str) -> set[str]:
    return set(claim.filled(slot).split("|")) - {""}


def _is_witness(a: Claim, b: Claim) -> bool:
    """Whether one claim names a day that is one of the two of the other's muddled phrase."""
    days = {str(_day(claim)) for claim in (a, b)}
    return any(days <= set(c.filled("either").split("|")) for c in (a, b) if c.filled("either"))


def _one_article(a: Claim, b: Claim, context: Context) -> str:
    """An account seldom contradicts itself; two times in it are mostly two things."""
    if a.mention.article != b.mention.article:
        return ""
    if a.sentence != b.sentence and not _is_self(a) and not a.filled("often"):
        return ""
    return f"two {a.filled('noun')}s of one account"


def _far(a: Claim, b: Claim, context: Context) -> str:
    days = [_day(c) for c in (a, b)]
    if a.filled("grain") == "clock":
        both = days[0] and days[1] and days[0] != days[1]
        return "clock times of different days" if both else ""
    if a.filled("grain") == "long":
        return "" if not _is_self(a) else "too coarse to be one occasion"
    if days[0] is None or days[1] is None:
        return ""
    rule = "time.limit.often" if a.filled("often") else "time.limit.once"
    limit = context.rules.rule(rule).number("days")
    gap = abs((days[0] - days[1]).days)
    return f"{gap} days apart: two occasions" if gap > limit else ""


def _several(a: Claim, b: Claim, context: Context) -> str:
    """An account that tells of two occasions says that there were two: one told by others may be
    either, and what fits one of them is no error about the other."""
    if _relation(a, b) is not Relation.APART or a.filled("grain") == "long":
        return ""
    if a.filled("either") or b.filled("either"):
        return ""
    told = _occasions(context).get((context.events.get(a.mention.article), a.filled("event")), {})
    days = [_day_told(claim, told, context) for claim in (a, b)]
    if a.filled("grain") == "clock" and days[0] and days[1] and days[0] != days[1]:
        return "clock times of different days"
    for account, claims in told.items():
        mine = [c for c in claims if _is_self(a) or _same_actor(a, c, context)]
        apart = any(_relation(c, d) is Relation.APART for c in mine for d in mine)
        if apart and (account in {a.mention.article, b.mention.article} or _tells(mine, a, b)):
            return f"one account tells of several {a.filled('noun')}s"
    return ""


def _tells(claims: Sequence[Claim], a: Claim, b: Claim) -> bool:
    """Whether both times are among those that one account tells apart."""
    return a.filled("grain") == "day" and all(
        any(_relation(claim, told) is not Relation.APART for told in claims) for claim in (a, b)
    )


_Occasions = dict[tuple[str | None, str], dict[str, list[Claim]]]


def _occasions(context: Context) -> _Occasions:
    """The days of each class of events as each account tells them, muddled phrases left out."""
    if "occasions" not in context.memo:
        found: _Occasions = {}
        for claim in context.claims:
            plain = (
                claim.kind == "date" and claim.filled("grain") == "day" and claim.filled("event")
            )
            if plain and claim.modality == "done" and not claim.filled("either"):
                key = (context.events.get(claim.mention.article), claim.filled("event"))
                found.setdefault(key, {}).setdefault(claim.mention.article, []).append(claim)
        context.memo["occasions"] = found
    kept: _Occasions = context.memo["occasions"]
    return kept


def _day_told(claim: Claim, told: dict[str, list[Claim]], context: Context) -> date | None:
    """The day of a claim: its own, else the only one on which its account puts the event."""
    own = _day(claim)
    if own is not None:
        return own
    days = {_day(c) for c in told.get(claim.mention.article, ()) if _within_a_day(c.value)}
    return days.pop() if len(days) == 1 else None


def _within_a_day(value: When) -> bool:
    """Not a night, which ends on the next day, nor a day by the clock of another place."""
    if not isinstance(value, Moment) or value.zone or value.span.low is None:
        return False
    midnight = value.span.low.replace(hour=0, minute=0)
    return value.span.high is not None and value.span.high <= midnight + timedelta(days=1)


_CONSTRAINTS = (
    _aspects_differ, _modality_differs, _background, _bounds, _which_differs, _actors_differ,
    _unlisted_differ, _elsewhere, _often_loosely, _far, _one_article, _several,
)  # fmt: skip


def _day(claim: Claim) -> date | None:
    value = claim.value
    if isinstance(value, TimeOfDay | Recurring) or not isinstance(value, Moment):
        return None
    low = value.nominal.low
    return low.date() if low else None


def _same_actor(a: Claim, b: Claim, context: Context) -> bool | None:
    """Whether two events have one actor; None where one account leaves it open."""
    return _same_bearer(a.slot("actor"), b.slot("actor"), context)


def _same_bearer(one: Slot | None, other: Slot | None, context: Context) -> bool | None:
    if one is None or other is None or not one.value or not other.value:
        return None
    if one.how == "name" and other.how == "name":
        return _one_name(one.value, other.value)
    if "name" in {one.how, other.how} or "plural noun" in {one.how, other.how}:
        return None
    words = lexicon(context.rules)
    related = words.nouns_relate(one.value, other.value) in {
        "same", "synonym", "broader", "narrower",
    }  # fmt: skip
    if words.noun_class(one.value) == "person" and {one.how, other.how} != {"definite noun"}:
        return None
    return related


def _one_name(one: str, other: str) -> bool:
    a, b = one.lower().split(), other.lower().split()
    shorter, longer = sorted((set(a), set(b)), key=len)
    return a[-1] == b[-1] and (shorter <= longer or a[0][0] == b[0][0])


def _because(a: Claim, b: Claim, context: Context) -> tuple[str, ...]:
    shared = ["event", "aspect", "grain"]
    if _same_actor(a, b, context):
        shared.append("actor")
    if a.filled("place") and a.filled("place") == b.filled("place"):
        shared.append("place")
    return tuple(shared)
