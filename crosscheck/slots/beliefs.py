"""What the evidence makes of two figures, seen beside all others that they might belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor, log2

from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.evidence import evidence, weights
from crosscheck.slots.likeness import plain_dimension
from crosscheck.slots.slips import digits_of
from crosscheck.slots.surroundings import Surroundings
from crosscheck.slots.weighing import Key, Weighing

__all__ = ["DOUBT", "DOUBT_IN_TIME", "SURE", "Beliefs", "Key", "sizes"]

SURE = 0.85
"""From here on evidence ties two figures that share no level of likeness."""

DOUBT = 0.4
"""Below, evidence parts two figures whose slots look alike."""

DOUBT_IN_TIME = 0.27
"""The same for two accounts' counts of people that evolve."""


def sizes(claim: Claim) -> Iterator[tuple[str, str | int]]:
    """Blocks in which figures of like size or with the same digits meet: those of one block, or of
    the next, are less than four times as large."""
    dimension = plain_dimension(claim)
    size = abs(float(claim.value.low or claim.value.high or 0))
    if size:
        order = floor(log2(size))
        yield from ((dimension, order), (dimension, order + 1))
    if len(digits_of(claim)) > 1:
        yield dimension, f"digits {digits_of(claim)}"


class Beliefs(Weighing):
    """The figures of some accounts, weighed against each other."""

    def __init__(self, figures: Sequence[Claim], around: Surroundings, rules: Rulebook) -> None:
        super().__init__(figures, weights(rules), SURE)
        self.around = around

    def evidence(self, a: Claim, b: Claim) -> Mapping[str, float]:
        return evidence(a, b, self.around)

    def blocks(self, claim: Claim) -> Iterator[tuple[str, str | int]]:
        return sizes(claim)

    def event(self, claim: Claim) -> str:
        return self.around.events.get(claim.mention.article, "")
