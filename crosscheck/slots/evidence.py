"""What speaks for and against two figures being about one thing, weighed and added up.

The levels and constraints say what an editor would; on events that nobody has read they see too
little. So every slot that agrees or differs, how far the numbers lie apart and how much the
sentences share is a piece of evidence with a weight, and the weights add up to a probability
(logistic regression). The weights stand in ``rules/slots/evidence.tsv``; they are
fitted by ``benchmarks/fit_evidence.py`` to the annotated clusters of ``benchmarks/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import log

from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.constraints import objections
from crosscheck.slots.levels import amounts_to, comparable, shared_of
from crosscheck.slots.likeness import counted, one_dimension, plain_dimension, state_of
from crosscheck.slots.slips import digits_of, garbled, other_currency, written
from crosscheck.slots.surroundings import Surroundings

FARTHEST = 9.0
"""The distance of two numbers, as a natural logarithm, beyond which it makes no difference."""

CLOSE, NEAR, FAR = 0.1, 0.35, 2.3
"""Distances of numbers: ten percent apart, about 1.4 times as large, ten times as large."""

_DIMENSIONS = ("count", "money", "percent", "age", "duration", "length", "mass", "area", "speed")
_EVERYDAY = frozenset({"count", "money", "percent", "age", "duration"})

SAID_ALIKE = (
    "like words", "like stems", "common names", "shared state", "shared noun", "shared thing",
    "shared owner", "shared place", "shared aspect", "shared predicate",
)  # fmt: skip
"""Evidence that two texts say anything alike, besides the numbers."""


@cache
def weights(rules: Rulebook) -> Mapping[str, float]:
    """Evidence by name, with its weight in natural logarithms of the odds."""
    return {name: float(weight) for name, weight in rules.mapping("slots/evidence").items()}


def evidence(a: Claim, b: Claim, around: Surroundings) -> dict[str, float]:
    """The evidence on two figures, by name; what is absent counts nothing. Symmetric."""
    shared = shared_of(a, b, around)
    found = dict.fromkeys((f"shared {name}" for name in shared), 1.0)
    found.update(dict.fromkeys((f"against: {name}" for name in objections(a, b, around)), 1.0))
    sure = amounts_to(shared) if comparable(a, b, around) else None
    if sure is not None:
        found["level"] = sure.score
    found.update(_of_words(a, b, around))
    found.update(_of_numbers(a, b, around))
    found.update(_of_accounts(a, b, around))
    found.update(around.passages(a, b))
    return {name: value for name, value in found.items() if value}


def _of_words(a: Claim, b: Claim, around: Surroundings) -> Iterable[tuple[str, float]]:
    one, other = counted(a, around.lexicon), counted(b, around.lexicon)
    relation = around.lexicon.nouns_relate(one, other) if one and other else "untold"
    yield f"nouns: {relation or 'unlike'}", 1.0
    yield "both count people", float(one == other == "person")
    yield "one noun untold", float(bool(one) != bool(other))
    states = state_of(a, around), state_of(b, around)
    yield "states told", float(all(states))
    yield "states differ", float(all(states) and states[0] != states[1])
    yield "one state untold", float(any(states) and not all(states))
    yield "like words", around.shared_context(a, b)
    names = around.names_beside(a), around.names_beside(b)
    common, every = names[0] & names[1], names[0] | names[1]
    yield "common names", float(len(common))
    yield "share of names", len(common) / len(every) if every else 0.0


def _of_numbers(a: Claim, b: Claim, around: Surroundings) -> Iterable[tuple[str, float]]:
    apart = distance(a, b)
    yield "distance", apart
    yield "close", float(apart < CLOSE)
    yield "near", float(apart < NEAR)
    yield "far", float(apart > FAR)
    one, other = (written(claim).replace(".", "") for claim in (a, b))
    alike = len(one) == len(other) and one != other
    yield "same digits, other order", float(alike and len(one) > 1 and sorted(one) == sorted(other))
    wrong = sum(x != y for x, y in zip(one, other, strict=False))
    yield "one digit differs", float(alike and len(one) > 2 and wrong == 1)
    digits = digits_of(a), digits_of(b)
    power = digits[0] == digits[1] != "" and one != other
    yield "power of ten", float(power)
    yield "power of ten, several digits", float(power and len(digits[0]) > 1)
    yield "exact figures", float(all(len(some) > 2 for some in digits))
    yield "garbled", float(garbled(a, b))
    yield "one dimension", float(one_dimension(a, b, around.lexicon))
    yield "other currency", float(other_currency(a, b))
    dimension = plain_dimension(a)
    yield f"of {dimension if dimension in _DIMENSIONS else 'another'} dimension", 1.0
    yield "a measure", float(dimension not in _EVERYDAY)
    yield "alike hedged", float(bool(a.hedge) == bool(b.hedge))


def _of_accounts(a: Claim, b: Claim, around: Surroundings) -> Iterable[tuple[str, float]]:
    yield "in headlines", float(a.in_headline) + float(b.in_headline)
    yield "one account", float(a.mention.article == b.mention.article)
    yield "planned and done", float(a.modality != b.modality)
    sizes = [around.peers.get((c.mention.article, plain_dimension(c)), 1) for c in (a, b)]
    yield "few such figures", 1 / (1 + min(sizes))
    yield "few such figures in both", 1 / (1 + max(sizes))
    there = [_tells(a, b, around), _tells(b, a, around)]
    yield "one account tells both", float(any(there))
    yield "both accounts tell both", float(all(there))


def _tells(claim: Claim, other: Claim, around: Surroundings) -> bool:
    """Whether the other claim's account gives this very figure, of something."""
    return (other.mention.article, claim.label) in around.told


def distance(a: Claim, b: Claim) -> float:
    """How far apart two numbers lie, as the logarithm of their ratio; at most ``FARTHEST``."""
    sizes = [abs(float(c.value.low or c.value.high or 0)) for c in (a, b)]
    if not all(sizes):
        return FARTHEST
    return min(FARTHEST, log(max(sizes) / min(sizes)))
