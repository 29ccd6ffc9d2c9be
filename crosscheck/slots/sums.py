"""Totals beside their parts and counts beside the list of the counted, in one sentence.

Only what is presented as complete is added up, and only shapes without a second reading: one figure
before the parts, parts of one form up to the end of the sentence, names alone in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from crosscheck.grammar.counted import CountedNoun
from crosscheck.grammar.quantities import Figure
from crosscheck.language import Sentence
from crosscheck.rulebook import Rulebook
from crosscheck.slots.derived import Derived, Read, rules_by_id
from crosscheck.slots.lexicon import Lexicon
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.quantity import Quantity, relate
from crosscheck.values.units import COUNT

_BETWEEN = re.compile(r"\s*(?:,|;)?\s*(?:\band\s+)?$")
_LAST = re.compile(r"\band\s+$")
_ENDS = re.compile(r"[.!?]?[\"”]?\s*$")
_CLOSED = re.compile(r"\)|[.!?]?[\"”]?\s*$")
_GOES_ON = re.compile(r",|\s+and\b")
_APPOSED = re.compile(r"[^,;(]*(?:,|:|\s[–—-]{1,2})\s+|\s\(")
_THEM = re.compile(r"\s+of\s+(?:them|these|those)\b")
_COLON = re.compile(r"[^:]*:\s*|.*\s[–—-]{1,2}\s+")
_PLACED = re.compile(r"\s+(?:in|at|on|near|elsewhere|abroad|outside|inside)\b[^,;:()–—0-9]*$")
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


def added_up(seen: Sequence[Read], lexicon: Lexicon, rules: Rulebook) -> Iterator[Derived]:
    """The sums and lengths of lists in one sentence that contradict its total."""
    found = [*_of_parts(seen, rules), *_of_list(seen, lexicon, rules)]
    for derived in found:
        if relate(seen[derived.base][1].quantity, derived.quantity) is Relation.APART:
            yield derived


# --- a total and its parts ----------------------------------------------------------------------


def _of_parts(seen: Sequence[Read], rules: Rulebook) -> Iterator[Derived]:
    if len(seen) < 3 or not all(_is_count(figure) for _, figure, _ in seen):
        return
    (sentence, total, noun), parts = seen[0], seen[1:]
    if noun is None or noun.how != "counted noun" or not _in_a_row(sentence, parts):
        return
    text, start = sentence.text, parts[0][1].start
    lead = text[noun.end - sentence.start : start] if noun.end > sentence.start else ""
    known = rules_by_id(rules)
    sorts = " ".join(sorted(part.lemma for _, _, part in parts if part is not None))
    complete = {
        " ".join(sorted(entry.split())) for entry in known["derived.parts"].strings("nouns")
    }
    bare = [_bare(p, n, text, s, k + 1 == len(parts)) for k, (s, p, n) in enumerate(parts)]
    sorted_out = sorts in complete and all(bare)
    some = known["derived.some-parts"]
    opening = next((w for w in some.strings("opening") if lead.rstrip(" :").endswith(w)), "")
    if opening:
        if sorted_out and "," in lead:
            yield _sum(parts, text, "even some of its parts", some.id, open_ended=True)
        return
    if total.quantity.bounds.high is None:
        return
    placed = _COLON.fullmatch(lead) is not None and all(
        _PLACED.fullmatch(_tail(parts, k, text)) for k in range(len(parts))
    )
    if placed or (sorted_out and _APPOSED.fullmatch(lead)):
        yield _sum(parts, text, "its parts", "derived.parts", open_ended=False)


def _is_count(figure: Figure) -> bool:
    q = figure.quantity
    return q.unit == COUNT and not q.word and not q.change and figure.parenthesis_of is None


def _in_a_row(sentence: Sentence, parts: Sequence[Read]) -> bool:
    """Whether the parts follow each other up to the end, with an "and" before the last."""
    return _LAST.search(sentence.text[: parts[-1][1].start]) is not None


def _bare(
    part: Figure, noun: CountedNoun | None, text: str, sentence: Sentence, last: bool
) -> bool:
    """Whether a part is a number and a noun and nothing else, up to the next part or the end."""
    if noun is None or noun.modifiers or noun.wider:
        return False
    between = text[part.end : noun.start - sentence.start]
    after = text[noun.end - sentence.start :]
    closed = _CLOSED.match(after) if last else _GOES_ON.match(after)
    return not between.strip() and closed is not None


def _tail(parts: Sequence[Read], k: int, text: str) -> str:
    """What stands behind the number of a part, without what leads to the next."""
    start = parts[k][1].end
    if k + 1 < len(parts):
        return _BETWEEN.sub("", text[start : parts[k + 1][1].start])
    return _ENDS.sub("", text[start:])


def _sum(parts: Sequence[Read], text: str, how: str, rule: str, *, open_ended: bool) -> Derived:
    bounds = [figure.quantity.bounds for _, figure, _ in parts]
    lows = [b.low or Fraction(0) for b in bounds]
    highs = [b.high for b in bounds if b.high is not None]
    top = sum(highs, Fraction(0)) if len(highs) == len(bounds) and not open_ended else None
    span = Interval(sum(lows, Fraction(0)), top)
    sentence, _, noun = parts[-1]
    end = noun.end - sentence.start if noun is not None else len(_ENDS.sub("", text))
    return Derived(0, parts[0][1].start, end, Quantity(span, span), how, rule)


# --- a count and the list of the counted --------------------------------------------------------


def _of_list(seen: Sequence[Read], lexicon: Lexicon, rules: Rulebook) -> Iterator[Derived]:
    """ "Five mayors signed: A, B, C and D": names that stand for all who are counted."""
    counts = [k for k, (_, figure, _) in enumerate(seen) if _is_count(figure)]
    if len(counts) != 1 or len(seen) != 1:
        return
    sentence, figure, noun = seen[0]
    bounds = figure.quantity.bounds
    after = _counted_until(sentence, figure, noun, lexicon)
    if after is None or bounds.high is None or bounds.high > _MOST:
        return
    span = _list_behind(sentence, after)
    if span is None:
        return
    items = _ITEM.split(sentence.text[span[0] : span[1]])
    if len(items) < 2 or any(_SUFFIX.fullmatch(item) for item in items):
        return
    people = noun is None or lexicon.noun_class(noun.lemma) == "person"
    if not people and len(items) - 1 == bounds.high:
        return  # the last "and" may stand inside a name, as in that of a country
    number = Interval.point(Fraction(len(items)))
    yield Derived(0, *span, Quantity(number, number), "the names listed", "derived.list")


def _counted_until(
    sentence: Sentence, figure: Figure, noun: CountedNoun | None, lexicon: Lexicon
) -> int | None:
    """Where the phrase of the counted ends, if these can be listed by name one by one."""
    them = _THEM.match(sentence.text, figure.end)
    if them is not None:
        return them.end()
    if noun is None or noun.wider or noun.how != "counted noun":
        return None
    listable = lexicon.noun_class(noun.lemma) in _COUNTABLE
    return noun.end - sentence.start if listable else None


def _list_behind(sentence: Sentence, after: int) -> tuple[int, int] | None:
    """Where the list of names stands, as offsets into the sentence."""
    text = sentence.text
    rest = text[after:]
    opener = re.match(r"\s\(|\s[–—]\s|,?\snamely\s", rest)
    if opener is None:
        opener = re.match(r"[^:,;()–—]*:\s", rest)
        if opener is None or _another_noun(sentence, after, after + opener.end()):
            return None
    start = after + opener.end()
    listed = _LISTED.match(text, start)
    if listed is None:
        return None
    stop = listed.end() - (1 if listed.group().endswith(".") else 0)
    mark = opener.group().strip()
    closes = {"(": _BRACKET, "–": _DASH, "—": _DASH}.get(mark, _ENDS)
    return (start, stop) if closes.match(text, stop) else None


def _another_noun(sentence: Sentence, start: int, end: int) -> bool:
    between = (t for t in sentence.tokens if start <= t.start - sentence.start < end)
    return any(t.pos in {"NOUN", "PROPN", "PRON", "NUM"} for t in between)
