"""An anniversary beside the year of what it recalls: "founded in 1950, its 60th in 2015"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from crosscheck.grammar.times import TimeMention
from crosscheck.language import Sentence, Token
from crosscheck.model import Article, Claim, Mention, Slot
from crosscheck.rulebook import Rule
from crosscheck.slots.arithmetic.derived import Derived, rules_by_id
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval
from crosscheck.values.moments import Moment
from crosscheck.values.quantity import Quantity, label
from crosscheck.values.units import Unit

_RULE = "derived.anniversary"
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_YEAR = Unit("year", "duration", "years", ("365.25 * day",))
_PRESENT = frozenset({"VBZ", "VBP"})


def anniversaries(article: Article, world: World) -> Iterator[Derived]:
    """The anniversaries that do not fall in the year in which they are told to be kept."""
    rule = rules_by_id(world.rules)[_RULE]
    nouns = rule.strings("nouns")
    seen = [s for s in world.sentences if any(noun in s.text.lower() for noun in nouns)]
    for sentence in seen:
        if sentence.zone.role == "furniture" or not _ORDINAL.search(sentence.text):
            continue
        kept = [t for t in sentence.tokens if _counted(sentence, t, nouns)]
        if len(kept) == 1:
            yield from _of(sentence, kept[0], article, world, rule)


def _counted(sentence: Sentence, token: Token, nouns: tuple[str, ...]) -> bool:
    behind = sentence.tokens[token.i + 1 : token.i + 2]
    return bool(_ORDINAL.fullmatch(token.text)) and any(t.lemma in nouns for t in behind)


def _of(
    sentence: Sentence, ordinal: Token, article: Article, world: World, rule: Rule
) -> Iterator[Derived]:
    years = [m for m in world.times(sentence) if m.said.year is not None and _year(m) is not None]
    begun = [m for m in years if _begins(sentence, m, ordinal, rule)]
    others = [m for m in years if m not in begun]
    if len(begun) != 1 or len(others) > 1:
        return
    first = _year(begun[0])
    kept = _year(others[0]) if others else _now(sentence, article)
    match = _ORDINAL.fullmatch(ordinal.text)
    if first is None or kept is None or match is None:
        return
    said, found = int(match.group(1)), kept - first
    apart = abs(said - found)
    if not rule.number("slack") < apart <= rule.number("most"):
        return
    base = _claim(article, sentence, ordinal, said)
    number = Interval.point(Fraction(found))
    start = sentence.start
    yield Derived(
        base, start + begun[0].start, start + begun[0].end, Quantity(number, number, _YEAR),
        f"{kept} − {first} = {found}, not {said}.", _RULE,
    )  # fmt: skip


def _year(mention: TimeMention) -> int | None:
    value = mention.value
    low = value.nominal.low if isinstance(value, Moment) and not value.approx else None
    return low.year if low is not None else None


def _begins(sentence: Sentence, mention: TimeMention, ordinal: Token, rule: Rule) -> bool:
    """Whether the verb right before a year tells how that began whose anniversary it is: "the club,
    founded in 1950, ... its 60th", "the 60th of the club founded in 1950"."""
    start = sentence.start + mention.start
    before = [t for t in sentence.tokens if t.end <= start][-4:]
    verbs = [t for t in before if t.tag in {"VBN", "VBD"}]
    if not verbs or verbs[-1].lemma not in rule.strings("begun"):
        return False
    if (sentence.tokens[ordinal.i + 1].lemma == "birthday") != (verbs[-1].lemma == "bear"):
        return False
    of = _recalled(sentence.tokens, ordinal)
    if of is not None:
        return verbs[-1].head == of.i
    owner = sentence.tokens[ordinal.i - 1] if ordinal.i else None
    return owner is not None and owner.tag in {"PRP$", "POS"}


def _recalled(tokens: Sequence[Token], ordinal: Token) -> Token | None:
    """What the anniversary is said to be of."""
    preposition = next(
        (t for t in tokens[ordinal.i + 1 :] if t.lower == "of" and t.head >= ordinal.i), None
    )
    if preposition is None:
        return None
    objects = (t for t in tokens if t.head == preposition.i and t.dep == "pobj")
    return next(objects, preposition)


def _now(sentence: Sentence, article: Article) -> int | None:
    """The year of the article, for what is told in the present tense."""
    present = any(t.tag in _PRESENT and t.dep == "ROOT" for t in sentence.tokens)
    return article.published.year if article.published and present else None


def _claim(article: Article, sentence: Sentence, ordinal: Token, years: int) -> Claim:
    number = Interval.point(Fraction(years))
    value = Quantity(number, number, _YEAR)
    text = article.text[ordinal.start : ordinal.end]
    slots = (("noun", Slot("anniversary", "counted noun")),)
    return Claim(
        Mention(article.id, ordinal.start, ordinal.end, text),
        (sentence.start, sentence.end),
        "quantity",
        value,
        label(value),
        _RULE,
        slots=slots,
        in_headline=sentence.is_headline,
    )
