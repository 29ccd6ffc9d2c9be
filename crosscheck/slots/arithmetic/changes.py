"""A change beside the two levels between which it lies, and multiples: "up 12% from 100 to 130"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from crosscheck.language import Token
from crosscheck.rulebook import Rule
from crosscheck.slots.arithmetic.derived import (
    Derived,
    computed,
    rules_by_id,
    shown,
    significant,
)
from crosscheck.slots.arithmetic.lines import VERBAL, Line, Stated, ends_with, has, says
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval
from crosscheck.values.quantity import Quantity, label
from crosscheck.values.units import PART

_CHANGE, _MULTIPLE = "derived.change", "derived.multiple"
_SPREAD = 8  # words between the two levels, and between them and the change
_MOVED = (("up",), ("down",), ("up", "by"), ("down", "by"))
_PERIODS = frozenset({"year", "month", "week", "day", "quarter", "decade", "season"})
_EARLIER = frozenset({"earlier", "ago", "before", "later"})
_TIMES = "ratio"
_POINTS = frozenset({"point", "percentage point"})

Span = Interval[Fraction]


def wrong_changes(line: Line, world: World) -> Iterator[Derived]:
    """A rise or fall that is not the difference of the levels beside it, and a multiple that is
    not their quotient."""
    if len(line.stated) < 2:
        return
    known = rules_by_id(world.rules)
    pairs = [*_levels(line), *_up_from(line)]
    if len(pairs) == 1:
        yield from _amounts(line, *pairs[0], known[_CHANGE])
        yield from _verbs(line, *pairs[0], known[_MULTIPLE])
    yield from _times_as_many(line, known[_MULTIPLE])


def _levels(line: Line) -> Iterator[tuple[Stated, Stated]]:
    """The levels (before, after) of "from A to B" and "to B from A"."""
    for k in range(len(line.stated) - 1):
        one, other = line.stated[k], line.stated[k + 1]
        if not _are_levels(one, other) or not _plain(line.between(one, other)):
            continue
        first, second = line.lead(k), line.between(one, other)
        if ends_with(first, "from") and ends_with(second, "to"):
            yield one, other
        elif ends_with(first, "to") and ends_with(second, "from"):
            yield other, one


def _up_from(line: Line) -> Iterator[tuple[Stated, Stated]]:
    """The levels (before, after) of "130 euros, up 12 percent from 100"."""
    for k in range(len(line.stated) - 2):
        new, change, old = line.stated[k : k + 3]
        lead, behind = line.lead(k + 1), line.lead(k + 2)
        told = any(ends_with(lead, ",", *words) for words in _MOVED)
        fits = told and bool(change.quantity.change) and _plain(lead)
        if fits and [t.lower for t in behind] == ["from"] and _are_levels(old, new):
            yield old, new


def _are_levels(one: Stated, other: Stated) -> bool:
    a, b = one.quantity, other.quantity
    exact = all(q.stated.low is not None and q.stated.low == q.stated.high for q in (a, b))
    changes = a.change or b.change or a.word or b.word
    positive = exact and min(x for q in (a, b) if (x := q.bounds.low) is not None) > 0
    return a.unit == b.unit and not changes and positive and a.unit.dimension != _TIMES


def _plain(words: Sequence[Token]) -> bool:
    """Whether nothing but a phrase stands there: no verb, no other clause."""
    opened = any(t.tag in VERBAL or t.tag in {"CC", "WP", "WDT"} for t in words)
    return len(words) <= _SPREAD and not opened and not any(t.text in {";", ":"} for t in words)


# --- amounts ------------------------------------------------------------------------------------


def _amounts(line: Line, old: Stated, new: Stated, rule: Rule) -> Iterator[Derived]:
    changes = [s for s in line.stated if s.quantity.change]
    if len(changes) != 1 or says(line.text, rule.strings("quiet")):
        return
    change = changes[0]
    low, high = min(old.start, new.start), max(old.end, new.end)
    inside = low < change.start < high
    gap = (
        ()
        if inside
        else line.words(change.end, low)
        if change.start < low
        else line.words(high, change.start)
    )
    if not _plain(gap) or has(gap, {"as", "than"}) or _is_rate(line, change):
        return
    made = _made(change, old, new)
    if made is None:
        return
    found, working = made
    width = Fraction(str(rule.number("width")))
    if not _far(change.quantity.bounds, found.bounds, width):
        return
    start = line.sentence.start
    yield Derived(
        change.claim, start + low, start + high, found,
        f"{working} = {label(found)}, not {label(change.quantity)}.", rule.id,
    )  # fmt: skip


def _is_rate(line: Line, change: Stated) -> bool:
    """ "By 20 people a year", but not "by 20 a year earlier"."""
    words = [t.lower for t in line.words(change.end, len(line.text))[:5]]
    return any(
        one in {"a", "per", "each", "every"} and other in _PERIODS and after not in _EARLIER
        for one, other, after in zip(words, words[1:], [*words[2:], ""], strict=False)
    )


def _made(change: Stated, old: Stated, new: Stated) -> tuple[Quantity, str] | None:
    """The change that the levels make, in the unit of the one that is stated."""
    unit, levels = change.quantity.unit, old.quantity.unit
    a, b = old.quantity.bounds, new.quantity.bounds
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return None
    up = _exact(new) >= _exact(old)
    least, most = (b.low - a.high, b.high - a.low) if up else (a.low - b.high, a.high - b.low)
    least = max(least, Fraction(0))
    larger, smaller = (new, old) if up else (old, new)
    gap = f"{shown(larger.quantity)} − {shown(smaller.quantity)}"
    if unit == PART or (unit.dimension == "percent" and levels.dimension == "percent"):
        return None  # "by half" is rough, and points are often called percent
    if unit.dimension == "percent":
        bounds = Interval(100 * least / a.high, 100 * most / a.low)
        return computed(bounds, unit), f"({gap}) / {shown(old.quantity)}"
    points = unit.dimension in _POINTS and levels.dimension == "percent"
    if points or unit == levels:
        exact = abs(_exact(new) - _exact(old))
        return Quantity(Interval.point(exact), Interval(least, most), unit), gap
    return None


def _exact(level: Stated) -> Fraction:
    return level.quantity.stated.low or Fraction(0)


def _far(said: Span, found: Span, width: Fraction) -> bool:
    """Whether two spans stay apart if both give way by a share of their ends."""
    low, high = found.low or Fraction(0), found.high
    below = high is not None and said.low is not None and high * (1 + width) < said.low
    above = said.high is not None and said.high * (1 + width) < low
    return below or above


# --- multiples ----------------------------------------------------------------------------------


def _verbs(line: Line, old: Stated, new: Stated, rule: Rule) -> Iterator[Derived]:
    """ "Doubled from 20 to 70"."""
    first = min(old.start, new.start)
    gap = [t for t in line.words(0, first) if t.lower not in {"from", "to"}]
    factors = {verb: _factor(n) for verb, n in dict(rule.data["verbs"]).items()}
    for token in reversed(gap[-4:]):
        factor = factors.get(token.lemma)
        if factor is not None and not _vague(line, token, rule):
            at = token.start - line.sentence.start
            yield from _times(line, new, old, factor, at, rule)
            return
        if token.tag in VERBAL:
            return


def _times_as_many(line: Line, rule: Rule) -> Iterator[Derived]:
    """ "40 people, twice as many as the 25 of last year"."""
    tokens = line.sentence.tokens
    factors = {word: _factor(n) for word, n in dict(rule.data["factors"]).items()}
    for token in tokens:
        if token.lower != "as" or [t.lower for t in tokens[token.i + 2 : token.i + 3]] != ["as"]:
            continue
        if tokens[token.i + 1].lower not in rule.strings("degrees"):
            continue
        at, factor = _factor_before(line, token, factors)
        behind = tokens[token.i + 2].end - line.sentence.start
        base = next((s for s in line.stated if s.start >= behind), None)
        before = [s for s in line.stated if s.end <= at and s.quantity.unit.dimension != _TIMES]
        if factor is None or base is None or not before:
            continue
        product = before[-1]
        near = len(line.words(behind, base.start)) <= 2
        gap = line.words(product.end, at)
        joined = len(gap) <= _SPREAD and ends_with(gap, ",") and not has(gap, {"and", "while"})
        first = next(t for t in tokens if t.start - line.sentence.start >= at)
        if near and joined and _are_levels(product, base) and not _vague(line, first, rule):
            yield from _times(line, product, base, factor, at, rule)


def _factor_before(
    line: Line, token: Token, factors: dict[str, Fraction]
) -> tuple[int, Fraction | None]:
    """The factor right before "as many as", with where it starts."""
    end = token.start - line.sentence.start
    previous = line.sentence.tokens[token.i - 1] if token.i else None
    if previous is not None and previous.lower in factors:
        return previous.start - line.sentence.start, factors[previous.lower]
    for stated in line.stated:
        exact = stated.quantity.stated
        if stated.quantity.unit.dimension == _TIMES and 0 <= end - stated.end <= 1:
            hedged = stated.quantity.hedge or exact.low != exact.high
            return stated.start, None if hedged else exact.low
    return 0, None


def _vague(line: Line, token: Token, rule: Rule) -> bool:
    """Whether the words before a factor make it a rough one: "more than doubled"."""
    near = line.sentence.tokens[max(0, token.i - 3) : token.i]
    return has(near, set(rule.strings("rough")))


def _times(
    line: Line, product: Stated, base: Stated, factor: Fraction, at: int, rule: Rule
) -> Iterator[Derived]:
    a, b = base.quantity.bounds, product.quantity.bounds
    if a.low is None or a.high is None:
        return
    width = Fraction(str(rule.number("width")))
    bounds = Interval(factor * a.low, factor * a.high)
    if not _far(b, bounds, width):
        return
    exact = Interval.point(significant(factor * _exact(base)))
    made = Quantity(exact, bounds, product.quantity.unit)
    times = f"{float(factor):g} × {shown(base.quantity)}"
    start = line.sentence.start
    yield Derived(
        product.claim, start + min(at, base.start), start + max(base.end, at), made,
        f"{times} = {label(made)}, not {label(product.quantity)}.", rule.id,
    )  # fmt: skip


def _factor(number: object) -> Fraction:
    return Fraction(str(number)).limit_denominator(12)
