"""Shares of one whole that exceed it, and shares that are not the part by the whole.

Shares are of one whole only if they are answers that exclude each other, or rivals' shares of one
vote, and if the words between them name no group, place or time of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

from crosscheck.language import Token
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.arithmetic.derived import Derived, computed, rules_by_id, shown, total
from crosscheck.slots.arithmetic.lines import Line, Stated, ends_with, says
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval
from crosscheck.values.quantity import Quantity, label
from crosscheck.values.units import PART

_PERCENT = "percent"
_ANSWERS, _RIVALS, _REST = "derived.answers", "derived.rivals", "derived.rest-of-all"
_PART_OF = "derived.share"
_ALL = Fraction(100)
_CLOSED = frozenset(
    ["DT", "CC", "PRP", "PRP$", "MD", "TO", "WP", ",", ".", "''", "``", "VB", "VBD", "VBP", "VBZ"]
)
"""Tags of words that say nothing of who is asked: articles, pronouns, auxiliaries, marks."""


_Run = tuple[Sequence[int], tuple[str, ...]]


def shares_of_one(line: Line, world: World) -> Iterator[Derived]:
    """Percentages of one whole that add up to more than all of it."""
    shares = [k for k, s in enumerate(line.stated) if _is_share(s)]
    if len(shares) < 2:
        return
    known = rules_by_id(world.rules)
    if _several(line, known[_ANSWERS]):
        return
    for run in (_answers(line, shares, world.rules), _rivals(line, shares, known[_RIVALS])):
        if run is not None:
            yield from _above_all([line.stated[k] for k in run[0]], line, *run[1])
            return
    yield from _rest(line, shares)


def _is_share(stated: Stated) -> bool:
    q = stated.quantity
    plain = not q.change and stated.figure.parenthesis_of is None and q.bounds.low is not None
    return q.unit.dimension == _PERCENT and q.unit != PART and plain


def _several(line: Line, rule: Rule) -> bool:
    """Whether more than one answer could be given."""
    near = [line.text, line.before.text if line.before else ""]
    return any(says(text, rule.strings("several")) for text in near)


def _above_all(shares: Sequence[Stated], line: Line, *rules: str) -> Iterator[Derived]:
    """The last share beside what the others leave of the whole."""
    *others, last = shares
    taken = total([share.quantity.bounds for share in others])
    everything = total([share.quantity.bounds for share in shares])
    if everything.low is None or everything.low <= _ALL:
        return
    left = max(_ALL - (taken.low or Fraction(0)), Fraction(0))
    stated = total([share.quantity.stated for share in shares])
    sum_ = label(Quantity(stated, stated, last.quantity.unit))
    terms = " + ".join(shown(share.quantity) for share in shares)
    start = line.sentence.start
    yield Derived(
        last.claim, start + others[0].start, start + others[-1].end,
        Quantity(Interval(None, left), Interval(None, left), last.quantity.unit),
        f"{terms} = {sum_}, more than all.", rules[0], rules[1:],
    )  # fmt: skip


# --- answers that exclude each other ------------------------------------------------------------


@cache
def _groups(rules: Rulebook) -> tuple[tuple[str, Mapping[tuple[str, ...], int]], ...]:
    """The groups of answers: a rule's id, and each answer's words with its number."""
    found = []
    for rule in rules.section("derived"):
        answers = rule.data.get("answers")
        if answers:
            words = {tuple(w.split()): n for n, some in enumerate(answers) for w in some}
            found.append((rule.id, words))
    return tuple(found)


def _answers(line: Line, shares: Sequence[int], rules: Rulebook) -> _Run | None:
    """The longest run of shares, each with an answer of its own, and the rule of the answers."""
    common = rules_by_id(rules)[_ANSWERS]
    plain = frozenset(common.strings("plain"))
    best: _Run | None = None
    for rule, answers in _groups(rules):
        for side in (Line.tail, Line.lead):
            said = {k: _answer(side(line, k), answers, plain) for k in shares}
            run = _run(shares, said)
            if len(run) > 1 and (best is None or len(run) > len(best[0])):
                best = run, (rule, common.id)
    return best


def _run(shares: Sequence[int], said: Mapping[int, int | None]) -> list[int]:
    """Shares side by side that have an answer each, no answer twice."""
    runs: list[list[int]] = [[]]
    for k in shares:
        if said[k] is None:
            runs.append([])
            continue
        joined = runs[-1] and runs[-1][-1] == k - 1
        runs[-1].append(k) if joined or not runs[-1] else runs.append([k])
    long = [run for run in runs if len({said[k] for k in run}) == len(run)]
    return max(long, key=len, default=[])


def _answer(
    words: Sequence[Token], answers: Mapping[tuple[str, ...], int], plain: frozenset[str]
) -> int | None:
    """The one answer that some words give, if they say nothing else."""
    found: set[int] = set()
    at = 0
    while at < len(words):
        hit = next((a for a in _longest(answers) if _matches(words, at, a)), None)
        if hit is not None and at and words[at - 1].lower == "of":
            return None  # "of women": not a share of all, a share of theirs
        if hit is not None:
            found.add(answers[hit])
            at += len(hit)
            continue
        word = words[at]
        if word.tag not in _CLOSED and word.lower not in plain and word.lemma not in plain:
            return None
        at += 1
    return found.pop() if len(found) == 1 else None


@cache
def _sorted(answers: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(answers, key=lambda words: (-len(words), words)))


def _longest(answers: Mapping[tuple[str, ...], int]) -> tuple[tuple[str, ...], ...]:
    return _sorted(tuple(answers))


def _matches(words: Sequence[Token], at: int, answer: Sequence[str]) -> bool:
    here = words[at : at + len(answer)]
    return len(here) == len(answer) and all(
        w in {t.lower, t.lemma} for t, w in zip(here, answer, strict=True)
    )


# --- rivals -------------------------------------------------------------------------------------


def _rivals(line: Line, shares: Sequence[int], rule: Rule) -> _Run | None:
    """Shares of one vote that named rivals won, each its own."""
    owners = {k: tuple(t.text for t in line.lead(k) if t.pos == "PROPN") for k in shares}
    shares = [k for k in shares if owners[k]]
    if len(shares) < 2 or len({owners[k] for k in shares}) < len(shares):
        return None
    whole = [line.stated[k] for k in shares if line.stated[k].of in rule.strings("wholes")]
    bare = all(s.noun is not None and not s.noun.modifiers for s in whole)
    if not whole or not bare or any(b - a != 1 for a, b in pairwise(shares)):
        return None
    plain = frozenset(rule.strings("plain"))
    around = [t for k in shares[1:] for t in line.lead(k)]
    around.extend(line.tail(shares[-1]))
    allowed = all(
        t.tag in _CLOSED or t.pos == "PROPN" or t.lower in plain or t.lemma in plain for t in around
    )
    placed = any(t.lower in {"in", "at"} for t in around)
    return (shares, (rule.id,)) if allowed and not placed else None


# --- the rest -----------------------------------------------------------------------------------


def _rest(line: Line, shares: Sequence[int]) -> Iterator[Derived]:
    """ "The remaining 45 percent" beside 60 percent."""
    if len(shares) != 2 or len(line.stated) != 2:
        return
    one, other = (line.stated[k] for k in shares)
    lead = line.between(one, other)
    told = ends_with(lead, "the", "remaining") or ends_with(lead, "the", "other")
    if told and not ends_with(lead[:-2], "of"):
        yield from _above_all([one, other], line, _REST)


# --- a part, its whole and the share ------------------------------------------------------------


def share_of_whole(line: Line, world: World) -> Iterator[Derived]:
    """ "Twelve of 40 pupils (45 percent)"."""
    for k in range(1, len(line.stated)):
        share = line.stated[k]
        unit = share.quantity.unit
        if unit.dimension != _PERCENT or unit == PART or share.quantity.change:
            continue
        found = _quotient(line, k)
        if found is None:
            continue
        part, whole, start, end = found
        bounds = _divided(part, whole)
        slack = Fraction(str(rules_by_id(world.rules)[_PART_OF].number("slack")))
        if bounds is None or not _apart(bounds, share.quantity.bounds, slack):
            continue
        made = computed(bounds, share.quantity.unit)
        at = line.sentence.start
        yield Derived(
            share.claim, at + start, at + end, made,
            f"{shown(part)} of {shown(whole)} is {label(made)}, not {label(share.quantity)}.",
            _PART_OF,
        )  # fmt: skip


def _quotient(line: Line, k: int) -> tuple[Quantity, Quantity, int, int] | None:
    """Part and whole right before a share that restates them, and where they stand."""
    last = line.stated[k - 1]
    if not _restates(line, line.between(last, line.stated[k]), k):
        return None
    if k > 1 and last.is_count and line.stated[k - 2].is_count:
        first = line.stated[k - 2]
        between = [t.lower for t in line.between(first, last)]
        if between in (["of"], ["of", "the"], ["out", "of"], ["out", "of", "the"]):
            return first.quantity, last.quantity, first.start, last.end
        opening = [t.lower for t in line.words(0, first.start)]
        if k == 2 and opening in (["of"], ["of", "the"], ["of", "all"]) and between[-1:] == [","]:
            return last.quantity, first.quantity, first.start, last.end
    return None


def _restates(line: Line, gap: Sequence[Token], k: int) -> bool:
    """Whether a share follows in parentheses, or behind "or", with the counted noun between."""
    closing = line.tail(k)[:1]
    if any(t.tag in {"CD", "VBD", "VBZ", "VBP", "MD"} for t in gap) or len(gap) > 6:
        return False
    if ends_with(gap, "("):
        return bool(closing) and closing[0].text in {")", ","}
    return ends_with(gap, ",", "or") and bool(closing) and closing[0].text in {",", "."}


def _divided(part: Quantity, whole: Quantity) -> Interval[Fraction] | None:
    a, b = part.bounds, whole.bounds
    if a.low is None or a.high is None or b.low is None or b.high is None or b.low <= 0:
        return None
    if a.low > b.high:
        return None
    return Interval(100 * a.low / b.high, 100 * a.high / b.low)


def _apart(found: Interval[Fraction], said: Interval[Fraction], slack: Fraction) -> bool:
    if found.low is None or found.high is None:
        return False
    below = said.low is not None and found.high + slack < said.low
    above = said.high is not None and said.high + slack < found.low
    return below or above
