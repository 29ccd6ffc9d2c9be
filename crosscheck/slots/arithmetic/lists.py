"""A count and the list of the counted: "five mayors signed: A, B, C and D"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from crosscheck.slots.arithmetic.derived import Derived
from crosscheck.slots.arithmetic.lines import Line, Stated
from crosscheck.slots.lexicon import Lexicon
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval
from crosscheck.values.quantity import Quantity, label

_ENDS = re.compile(r"[.!?]?[\"”]?\s*$")
_THEM = re.compile(r"\s+of\s+(?:them|these|those)\b")
_WORD = r"[A-Z][\w’'.-]*"
_LINK = r"(?:(?:de|van|von|der|den|del|di|da|al|bin|of|the)\s){0,2}"
_NAME = rf"{_WORD}(?:\s{_LINK}{_WORD}){{0,3}}"
_LISTED = re.compile(rf"(?:{_NAME},\s)*{_NAME},?\sand\s{_NAME}")
_ITEM = re.compile(r",\s(?:and\s)?|\sand\s")
_BRACKET = re.compile(r"\)")
_DASH = re.compile(r"\s[–—]|[.!?]?[\"”]?\s*$")
_SUFFIX = re.compile(r"(?:Jr|Sr|Inc|Ltd|Corp|Co|II|III|IV|MD|MP)\.?$")
_COUNTABLE = frozenset({"person", "place", "country"})
_MOST = 20  # items; longer lists are tables


def names_listed(line: Line, world: World) -> Iterator[Derived]:
    """Names alone in a list that stands for all who are counted, and are not as many."""
    if len(line.stated) != 1 or not line.stated[0].is_count:
        return
    counted = line.stated[0]
    bounds = counted.quantity.bounds
    after = _counted_until(line, counted, world.lexicon)
    if after is None or bounds.high is None or bounds.high > _MOST:
        return
    span = _list_behind(line, after)
    if span is None:
        return
    items = _ITEM.split(line.text[span[0] : span[1]])
    if len(items) < 2 or any(_SUFFIX.fullmatch(item) for item in items):
        return
    people = counted.noun is None or world.lexicon.noun_class(counted.noun.lemma) == "person"
    if not people and len(items) - 1 == bounds.high:
        return  # the last "and" may stand inside a name, as in that of a country
    number = Interval.point(Fraction(len(items)))
    start = line.sentence.start
    yield Derived(
        counted.claim, start + span[0], start + span[1], Quantity(number, number),
        f"The list has {len(items)} names, not {label(counted.quantity)}.", "derived.list",
    )  # fmt: skip


def _counted_until(line: Line, counted: Stated, lexicon: Lexicon) -> int | None:
    """Where the phrase of the counted ends, if these can be listed by name one by one."""
    them = _THEM.match(line.text, counted.end)
    if them is not None:
        return them.end()
    noun = counted.noun
    if noun is None or noun.wider or noun.how != "counted noun":
        return None
    listable = lexicon.noun_class(noun.lemma) in _COUNTABLE
    return noun.end - line.sentence.start if listable else None


def _list_behind(line: Line, after: int) -> tuple[int, int] | None:
    """Where the list of names stands, as offsets into the sentence."""
    text = line.text
    rest = text[after:]
    opener = re.match(r"\s\(|\s[–—]\s|,?\snamely\s", rest)
    if opener is None:
        opener = re.match(r"[^:,;()–—]*:\s", rest)
        if opener is None or _another_noun(line, after, after + opener.end()):
            return None
    start = after + opener.end()
    listed = _LISTED.match(text, start)
    if listed is None:
        return None
    stop = listed.end() - (1 if listed.group().endswith(".") else 0)
    mark = opener.group().strip()
    closes = {"(": _BRACKET, "–": _DASH, "—": _DASH}.get(mark, _ENDS)
    return (start, stop) if closes.match(text, stop) else None


def _another_noun(line: Line, start: int, end: int) -> bool:
    return any(t.pos in {"NOUN", "PROPN", "PRON", "NUM"} for t in line.words(start, end))
