"""An age beside the date of birth: "Anna Berg, 54, was born on 3 May 1960".

The age is that of the day of the article, or of the day of death. Who was born is told by the
parse; in the next sentence, only if the sentence with the age speaks of one person alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from crosscheck.grammar.times import TimeMention
from crosscheck.language import Sentence, Token
from crosscheck.slots.arithmetic.derived import Derived, rules_by_id
from crosscheck.slots.arithmetic.lines import VERBAL, Line, Stated
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval
from crosscheck.values.moments import MONTHS, Moment
from crosscheck.values.quantity import Quantity

_RULE = "derived.age"
_NEAR = 8  # words between "born" and its date
_SLACK = timedelta(days=14)
"""How long before an article appears its figures may have been true."""

Span = Interval[datetime]


@dataclass(frozen=True, eq=False, slots=True)
class _Birth:
    sentence: Sentence
    mention: TimeMention
    who: Token | None
    """The subject of "born"; None if it is left out."""


def wrong_ages(line: Line, world: World) -> Iterator[Derived]:
    """An age that cannot be that of somebody born when the article says."""
    ages = [stated for stated in line.stated if stated.quantity.unit.dimension == "age"]
    if len(ages) != 1 or ages[0].quantity.hedge:
        return
    age = ages[0]
    birth = _birth(line, age, world)
    if birth is None:
        return
    day = _day_of_age(line, birth, world)
    born = birth.mention.value
    if day is None or not isinstance(born, Moment) or born.span.low is None:
        return
    years = _years(born.nominal, day[0])
    rule = rules_by_id(world.rules)[_RULE]
    said = age.quantity.stated.low
    if years is None or said is None or min(abs(said - y) for y in years) > rule.number("most"):
        return  # another person's birth
    least, most = years
    made = Quantity(
        Interval(Fraction(least), Fraction(most)),
        Interval(Fraction(least), Fraction(most + 1), True, False),
        age.quantity.unit,
    )
    start = birth.sentence.start
    told = f"{least}" if least == most else f"{least} or {most}"
    told = f"Born {_dated(birth.mention.text)}, one is {told} {day[1]}"
    yield Derived(
        age.claim, start + birth.mention.start, start + birth.mention.end, made,
        f"{told}, not {said}.", _RULE, sentence=birth.sentence,
    )  # fmt: skip


# --- who was born when --------------------------------------------------------------------------


def _birth(line: Line, age: Stated, world: World) -> _Birth | None:
    """The birth of whose age it is, in this sentence or the next."""
    here = list(_births(line.sentence, world))
    if len(here) == 1:
        who, birth = _bearer(line, age), here[0]
        return birth if who is not None and birth.who is not None and birth.who.i == who else None
    after = line.sentence.index + 1
    if here or after >= len(world.sentences) or not _of_one_person(line, age, world):
        return None
    found = list(_births(world.sentences[after], world))
    if len(found) != 1 or found[0].who is None:
        return None
    who = _bearer(line, age)
    same = who is not None and found[0].who.text == line.sentence.tokens[who].text
    return found[0] if same or found[0].who.lower in {"he", "she"} else None


def _births(sentence: Sentence, world: World) -> Iterator[_Birth]:
    if "born" not in sentence.text:
        return
    for token in sentence.tokens:
        if token.lower != "born" or token.tag not in {"VBN", "VBD", "JJ"}:
            continue
        start, end = token.end - sentence.start, 0
        for mention in world.times(sentence):
            words = [t for t in sentence.tokens if start <= t.start - sentence.start]
            end = mention.start
            gap = [t for t in words if t.end - sentence.start <= end]
            near = mention.start >= start and len(gap) <= _NEAR
            near = near and not any(t.tag in VERBAL for t in gap)
            if near and mention.said.year is not None and not any(t.text == ";" for t in gap):
                yield _Birth(sentence, mention, _subject(sentence, token))
                break


def _subject(sentence: Sentence, born: Token) -> Token | None:
    """Who was born: the subject, what a relative clause or a participle hangs on."""
    tokens = sentence.tokens
    subject = next(
        (t for t in tokens if t.head == born.i and t.dep in {"nsubj", "nsubjpass"}), None
    )
    if subject is None or subject.tag in {"WP", "WDT"}:
        governed = tokens[born.head]
        hangs = born.dep in {"relcl", "acl", "vmod", "amod", "appos"} and governed.i != born.i
        return governed if hangs and governed.pos in {"NOUN", "PROPN"} else None
    return subject


def _bearer(line: Line, age: Stated) -> int | None:
    """The token of whose age it is, told beside the name: "Anna Berg, 54," or "aged 54"."""
    if age.noun is not None and age.noun.how in {"noun ahead", "measured noun", "subject"}:
        return age.noun.head
    return None


def _of_one_person(line: Line, age: Stated, world: World) -> bool:
    """Whether a sentence names nobody but the bearer of the age."""
    bearer = age.claim.filled("owner")
    low, high = line.sentence.start, line.sentence.end
    named_here = {name for s, e, name in world.names if low <= s and e <= high}
    others = (named_here & world.people) - {bearer}
    people = [
        t
        for t in line.sentence.tokens
        if t.tag in {"NN", "NNS"} and world.lexicon.noun_class(t.lemma) == "person"
    ]
    return bool(bearer) and not others and len(people) <= 1


# --- the day of the age -------------------------------------------------------------------------


def _day_of_age(line: Line, birth: _Birth, world: World) -> tuple[Span, str] | None:
    """When somebody was of that age, and that in words; None if the sentence leaves it open."""
    others = [
        m
        for m in world.times(line.sentence)
        if m.said.year is not None and not (birth.sentence is line.sentence and m is birth.mention)
    ]
    tokens = line.sentence.tokens
    died = any(t.lemma == "die" or t.lower == "death" for t in tokens)
    if others:
        value = others[0].value
        if len(others) != 1 or not died or not isinstance(value, Moment):
            return None
        return value.nominal, _dated(others[0].text)
    rule = rules_by_id(world.rules)[_RULE]
    if any(t.lower in rule.strings("quiet") or t.lemma in rule.strings("quiet") for t in tokens):
        return None
    published = world.published
    if published is None:
        return None
    today = published.replace(tzinfo=None)
    return Interval(today - _SLACK, today), f"in {MONTHS[today.month - 1]} {today.year}"


def _dated(words: str) -> str:
    return f"in {words}" if words.isdigit() else f"on {words}"


def _years(born: Span, day: Span) -> tuple[int, int] | None:
    """The least and the greatest age on a day."""
    if born.low is None or born.high is None or day.low is None or day.high is None:
        return None
    last, end = born.high - timedelta(minutes=1), day.high
    if day.high > day.low and day.high - day.low > _SLACK:
        end = day.high - timedelta(minutes=1)
    return _age(last, day.low), _age(born.low, end)


def _age(born: datetime, on: datetime) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
