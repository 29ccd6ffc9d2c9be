"""A headline's figure that nothing in the text bears out: "Mill to cut 900 jobs" above 600.

A headline sums the text up, so that its figure stands in it, rounded or as a sum. Where no figure
of the text comes near and the opening gives another one of the same thing, one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from crosscheck.rulebook import Rule
from crosscheck.slots.arithmetic.derived import Derived, rules_by_id
from crosscheck.slots.arithmetic.lines import Line, Stated, one_sort
from crosscheck.slots.frames import LIGHT
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.quantity import label, round_place
from crosscheck.values.units import COUNT, is_money

_RULE = "derived.headline"
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_BODY = frozenset({"body", "standfirst", "list"})
_CLOSE = frozenset({"same", "synonym"})
_SHORTEST = 3  # letters of a word that says something

At = tuple[Line, Stated]
Span = Interval[Fraction]


def against_headline(lines: Sequence[Line], world: World) -> Iterator[Derived]:
    """What the opening gives for the figures of the headline, where the text has no such figure."""
    rule = rules_by_id(world.rules)[_RULE]
    first = next((s.zone for s in world.sentences if s.is_headline), None)
    heads = [(line, s) for line in lines if line.sentence.zone is first for s in line.stated]
    body = [(x, s) for x in lines if x.sentence.zone.role in _BODY for s in x.stated]
    if not heads or not body:
        return
    indices = [s.index for s in world.sentences if s.zone.role in _BODY]
    lead = set(indices[: int(rule.number("lead"))])
    for head in heads:
        yield from _of(head, body, lead, world, rule)


def _of(
    head: At, body: Sequence[At], lead: set[int], world: World, rule: Rule
) -> Iterator[Derived]:
    quantity = head[1].quantity
    same = [at for at in body if at[1].quantity.unit.dimension == quantity.unit.dimension]
    if head[1].figure.parenthesis_of is not None or _borne_out(head[1], same, rule):
        return
    opening = [at for at in same if at[0].sentence.index in lead]
    rivals = [at for at in opening if _is_the_same(head, at, opening, world)]
    if len({label(at[1].quantity) for at in rivals}) != 1:
        return
    line, stated = rivals[0]
    start = line.sentence.start
    yield Derived(
        head[1].claim, start + stated.start, start + stated.end, stated.quantity,
        f"The headline has {label(quantity)}, the text {label(stated.quantity)}.", _RULE,
        sentence=line.sentence,
    )  # fmt: skip


# --- what bears a figure out --------------------------------------------------------------------


def _borne_out(head: Stated, same: Sequence[At], rule: Rule) -> bool:
    """Whether a figure of the text comes near that of the headline, or some add up to it."""
    room = _roomy(head, rule)
    spans = list(dict.fromkeys(s.quantity.bounds for _, s in same))
    if any(room.relate(span) is not Relation.APART for span in spans):
        return True
    unit = head.quantity.unit
    if unit != COUNT and not is_money(unit):
        return False
    few = [span for span in spans if span.low is not None and span.high is not None]
    few = few[: int(rule.number("most"))]
    sums = (_sum(some) for size in (2, 3) for some in combinations(few, size))
    gaps = (_gap(a, b) for a, b in combinations(few, 2))
    return any(room.relate(span) is not Relation.APART for span in (*sums, *gaps))


def _roomy(head: Stated, rule: Rule) -> Span:
    """What the headline leaves possible: a round number may be a rounded one."""
    stated, bounds = head.quantity.stated, head.quantity.bounds
    value = stated.low if stated.low is not None else stated.high
    if value is None or bounds.low is None or bounds.high is None:
        return bounds
    if value.denominator != 1 or abs(value) < 10 or round_place(value, Fraction(1)) < 10:
        return bounds
    room = abs(value) * Fraction(str(rule.number("width")))
    return Interval(min(bounds.low, value - room), max(bounds.high, value + room))


def _sum(spans: Sequence[Span]) -> Span:
    zero = Fraction(0)
    return Interval(
        sum((s.low or zero for s in spans), zero), sum((s.high or zero for s in spans), zero)
    )


def _gap(a: Span, b: Span) -> Span:
    """What lies between two figures."""
    lows, highs = (
        (a.low or Fraction(0), b.low or Fraction(0)),
        (a.high or Fraction(0), b.high or Fraction(0)),
    )
    least, most = min(lows), max(highs)
    inner = max(max(lows) - min(highs), Fraction(0))
    return Interval(inner, max(most - least, inner))


# --- what is the same ---------------------------------------------------------------------------


def _is_the_same(head: At, other: At, opening: Sequence[At], world: World) -> bool:
    a, b = head[1].claim, other[1].claim
    told = [(name, a.filled(name), b.filled(name)) for name in ("place", "year", "day", "state")]
    if any(mine and theirs and mine != theirs for _, mine, theirs in told):
        return False
    elsewhen = any(theirs and not mine for name, mine, theirs in told if name == "year")
    alike = a.polarity == b.polarity and a.value.change == b.value.change
    if not alike or elsewhen or a.filled("part") != b.filled("part"):
        return False
    if other[1].figure.parenthesis_of is not None or bool(a.value.word) < bool(b.value.word):
        return False
    state = bool(a.filled("state")) and a.filled("state") == b.filled("state")
    shared = len(_content(head, world) & _content(other, world))
    if a.value.unit != COUNT:
        return len(opening) == 1 and shared + state >= 2
    nouns = (a.filled("noun"), b.filled("noun"))
    noun = all(nouns) and world.lexicon.nouns_relate(*nouns) in _CLOSE
    if noun:
        return state or shared >= 1
    predicate = bool(a.filled("predicate")) and a.filled("predicate") == b.filled("predicate")
    state = state or (predicate and shared > 1)
    return state and one_sort(*nouns, world.lexicon) and not _in_a_list(other)


def _content(at: At, world: World) -> set[str]:
    """The words of a figure's sentence that say something, without the noun that is counted."""
    line, stated = at
    counted = stated.noun is not None and stated.noun.how == "counted noun" and stated.is_count
    own = stated.noun.head if stated.noun is not None and counted else -1
    return {
        t.lemma.lower()
        for t in line.sentence.tokens
        if t.pos in _CONTENT
        and t.i != own
        and len(t.text) >= _SHORTEST
        and t.lemma not in LIGHT | world.lexicon.speech
    }


def _in_a_list(at: At) -> bool:
    """ "Two men and a woman": whether others are named beside the counted."""
    line, stated = at
    k = next(n for n, s in enumerate(line.stated) if s is stated)
    after, lead = line.after(k)[:2], line.lead(k)[-1:]
    joined = bool(after) and after[0].lower in {"and", ",", "or"}
    nominal = len(after) < 2 or after[1].tag in {"DT", "CD", "NN", "NNS", "NNP", "PRP$", "JJ"}
    listed = (joined and nominal) or any(t.lower in {"and", "or"} for t in lead)
    return listed or (joined and k + 1 < len(line.stated))
