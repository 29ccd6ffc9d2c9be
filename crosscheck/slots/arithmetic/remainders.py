"""What is left of a whole: "of the 40, 12 were hurt and the other 22 were not"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from crosscheck.slots.arithmetic.derived import Derived, rules_by_id, shown, total
from crosscheck.slots.arithmetic.lines import Line, Stated, ends_with, has, one_sort
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval
from crosscheck.values.quantity import Quantity, label
from crosscheck.values.units import PART

_RULE = "derived.rest"
_ABOVE_ALL = "derived.more-than-all"
_ONE = Interval.point(Fraction(1))


def rests(line: Line, world: World) -> Iterator[Derived]:
    """ "The other N" that is not what the parts leave of the whole; a part that exceeds it."""
    if len(line.stated) < 2:
        return
    for k in range(1, len(line.stated)):
        if _is_rest(line, k):
            yield from _of_rest(line, k, world)
    yield from _above_all(line, world)


def _is_rest(line: Line, k: int) -> bool:
    lead = line.lead(k)
    stated = line.stated[k]
    plain = stated.is_count and not stated.quantity.hedge
    return plain and (ends_with(lead, "the", "other") or ends_with(lead, "the", "remaining"))


def _of_rest(line: Line, k: int, world: World) -> Iterator[Derived]:
    at = _whole(line, k)
    if at is None:
        return
    whole, rest = line.stated[at], line.stated[k]
    before = at > 0 and _is_part_of(line, at - 1)
    parts = list(line.stated[at - 1 if before else at + 1 : k])
    parts = [part for part in parts if part is not whole]
    if (
        not parts
        or any(s.is_count for s in line.stated[k + 1 :])
        or not _one_row(line, parts, whole, rest, world)
    ):
        return
    first = line.stated[at - 1] if before else whole
    ones = list(line.uncounted(first.start, rest.start))
    if any(token.lower != "one" for token in ones):
        return
    spans = [_size(part, whole) for part in parts]
    if any(span is None for span in spans):
        return
    taken = total([*(span for span in spans if span is not None), *[_ONE] * len(ones)])
    bounds = _minus(whole.quantity.bounds, taken)
    if bounds is None:
        return
    left = Quantity(bounds, bounds, whole.quantity.unit)
    terms = [shown(whole.quantity), *(_term(p, whole) for p in parts), *["1"] * len(ones)]
    start = line.sentence.start
    yield Derived(
        rest.claim, start + first.start, start + max(parts[-1].end, whole.end), left,
        f"{' − '.join(terms)} = {label(left)}, not {label(rest.quantity)}.", _RULE,
    )  # fmt: skip


def _whole(line: Line, k: int) -> int | None:
    """The figure before the rest of which the sentence says that parts of it follow."""
    for at in range(k - 1, -1, -1):
        stated = line.stated[at]
        if not stated.is_count or stated.quantity.bounds.high is None:
            continue
        opening = [t.lower for t in line.words(0, stated.start)]
        opens = opening[:1] == ["of"] and len(opening) <= 2
        lead = [t.lower for t in line.tail(at)[:8]]
        told = any(pair in _OF_THEM for pair in pairwise(lead))
        if opens or told or (at > 0 and _is_part_of(line, at - 1)):
            return at
    return None


_PEOPLE = frozenset({"person", "people"})
_OF_THEM = {("of", "whom"), ("of", "which"), ("of", "them"), ("of", "these"), ("of", "those")}


def _is_part_of(line: Line, k: int) -> bool:
    """ "Twelve of the 40": whether a figure is said to be part of the next one."""
    return [t.lower for t in line.tail(k)] in (["of", "the"], ["of", "these"], ["of", "those"])


def _one_row(
    line: Line, parts: Sequence[Stated], whole: Stated, rest: Stated, world: World
) -> bool:
    """Whether the parts are told one by one and share nobody, as far as the words go."""
    person = world.lexicon.noun_class(whole.of) == "person"
    if rest.of not in {"", whole.of, *(_PEOPLE if person else ())}:
        return False
    if not all(one_sort(whole.of, part.of, world.lexicon) for part in parts):
        return False
    rule = rules_by_id(world.rules)[_RULE]
    between = line.words(min(parts[0].start, whole.start), rest.start)
    if has(between[:-2], set(rule.strings("vague"))):
        return False
    behind = line.words(parts[0].end, rest.start)
    pairs = pairwise(behind)
    nested = any((a.lower, b.lower) in _OF_THEM for a, b in pairs)
    singles = any(t.lower in {"a", "an", "another"} and _person(line, t.i, world) for t in between)
    return not nested and not singles


def _person(line: Line, i: int, world: World) -> bool:
    """Whether a determiner belongs to a single person: "a woman died"."""
    tokens = line.sentence.tokens
    head = tokens[tokens[i].head]
    return world.lexicon.noun_class(head.lemma) == "person" or head.dep in {"nsubj", "nsubjpass"}


def _size(part: Stated, whole: Stated) -> Interval[Fraction] | None:
    """How many a part is; "half" and "a third" are taken of the whole."""
    quantity = part.quantity
    if part.is_count and not quantity.word:
        return quantity.bounds
    share, of = quantity.bounds, whole.quantity.bounds
    if quantity.unit != PART or of.low is None or of.high is None:
        return None
    if share.low is None or share.high is None:
        return None
    return Interval(share.low * of.low, share.high * of.high)


def _term(part: Stated, whole: Stated) -> str:
    if part.quantity.unit != PART:
        return shown(part.quantity)
    return f"{shown(part.quantity)} of {shown(whole.quantity)}"


def _minus(whole: Interval[Fraction], taken: Interval[Fraction]) -> Interval[Fraction] | None:
    if whole.low is None or whole.high is None or taken.low is None or taken.high is None:
        return None
    low, high = max(whole.low - taken.high, Fraction(0)), whole.high - taken.low
    return Interval(low, high) if low <= high else None


def _above_all(line: Line, world: World) -> Iterator[Derived]:
    """ "Twelve people, 15 of whom were children": a part that exceeds its whole."""
    for k, (whole, part) in enumerate(pairwise(line.stated)):
        joined = k > 0 and ends_with(line.lead(k), "and")
        if joined or not (whole.is_count and part.is_count) or whole.quantity.bounds.high is None:
            continue
        gap, behind = line.between(whole, part), line.words(part.end, len(line.text))[:2]
        near = ends_with(gap, ",") and not any(t.text in {";", ":"} for t in gap)
        if near and len(gap) <= 8 and [t.lower for t in behind] == ["of", "whom"]:
            sort = rules_by_id(world.rules)[_ABOVE_ALL].id
            start = line.sentence.start
            most = Quantity(
                part.quantity.stated, Interval(part.quantity.bounds.low, None), whole.quantity.unit
            )
            yield Derived(
                whole.claim, start + part.start, start + part.end, most,
                f"{label(part.quantity)} of them are more than {label(whole.quantity)}.", sort,
            )  # fmt: skip
