"""Which times of other accounts tell what a muddled phrase should have said.

"Sunday, 22 June" of a year in which the 22nd was a Saturday cannot be true, whatever it dates. A
day that another account names, if it is one of the phrase's two days, is a witness if it dates the
same happening. The phrase itself mostly dates something in words of its own; so what counts is
weighed, with weights from ``rules/times/witnesses.tsv``, fitted as those of ``dated_evidence``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import day_named, within_a_day
from crosscheck.slots.dated_evidence import DatedBeliefs, of_digits
from crosscheck.slots.occasions import listed, modality_differs, shares_participant
from crosscheck.slots.weighing import Weighing
from crosscheck.values.interval import Relation
from crosscheck.values.moments import Recurring, relate

SURE = 0.5
"""From here on evidence makes a time of another account the witness of a muddled phrase."""

LEAST = 0.3
"""From here on the likeliest witness will do for a phrase that has no sure one: the phrase is wrong
in any case, and is of more use to a reader beside a day that may be the right one."""


@cache
def witness_weights(rules: Rulebook) -> Mapping[str, float]:
    """Evidence by name, with its weight in natural logarithms of the odds."""
    return {name: float(weight) for name, weight in rules.mapping("times/witnesses").items()}


@dataclass(eq=False)
class Witnesses(DatedBeliefs):
    """Muddled phrases weighed against the days that other accounts name; both halves of a phrase
    weigh alike."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._told_by: dict[str, list[Claim]] = {}
        self._halves: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.filled("phrase"):
                self._halves[claim.filled("phrase")].append(claim)

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        return days_told(claim)

    def evidence(self, a: Claim, b: Claim) -> Mapping[str, float]:
        """Empty unless one is half of a muddled phrase and the other one of its two days."""
        pair = self._apart(a, b)
        if pair is None:
            return {}
        parts = (self._of_events, self._of_particulars, self._of_accounts, self._of_phrases)
        return {name: value for part in parts for name, value in part(*pair) if value}

    def ties(self, a: Claim, b: Claim) -> bool:
        if not self.evidence(a, b):
            return False
        muddled = a if a.filled("phrase") else b
        found = self.of(a, b)
        likeliest = found >= LEAST and found == self._likeliest[muddled.filled("phrase")]
        return likeliest or Weighing.ties(self, a, b)

    def because(self, a: Claim, b: Claim) -> tuple[str, ...]:
        """That the day fits, and whom both name; the rest of the evidence tells a reader little."""
        return ("people", "day") if listed(a, "people") & listed(b, "people") else ("day",)

    @cached_property
    def _likeliest(self) -> dict[str, float]:
        """How likely the best witness of each phrase is, in whatever account."""
        found: dict[str, float] = defaultdict(float)
        for a, b in self._candidates():
            if self.evidence(a, b):
                phrase = a.filled("phrase") or b.filled("phrase")
                found[phrase] = max(found[phrase], self.of(a, b))
        return found

    def _apart(self, a: Claim, b: Claim) -> tuple[Claim, Claim] | None:
        """The half of the phrase that the witness gainsays, and the witness."""
        if bool(a.filled("phrase")) == bool(b.filled("phrase")):
            return None
        muddled, plain = (a, b) if a.filled("phrase") else (b, a)
        if not set(days_told(plain)) & set(days_told(muddled)):
            return None
        halves = self._halves[muddled.filled("phrase")]
        wrong = [half for half in halves if relate(half.value, plain.value) is Relation.APART]
        return (wrong[0], plain) if len(wrong) == 1 else None

    def _of_phrases(self, half: Claim, witness: Claim) -> Iterator[tuple[str, float]]:
        around, day = self.accounts, set(days_told(witness))
        yield from of_digits(half, witness)
        yield "alike hedged", float(half.hedge == witness.hedge)
        yield "one participant", float(shares_participant(half, witness, around))
        yield "modalities differ", float(bool(modality_differs(half, witness, around)))
        yield "polarities differ", float(half.polarity != witness.polarity)
        others = self._tellers(half)
        of_day = [claim for claim in others if set(days_told(claim)) & day]
        alike = self.shared_context(half, witness)
        likest = all(alike >= self.shared_context(half, claim) for claim in of_day)
        yield "likest words of its day", float(alike > 0 and likest)
        yield "only day told", float(len(of_day) == len(others))
        yield "day told by several", float(len({claim.mention.article for claim in of_day}) > 1)
        yield "main day", float(str(around.main_day(self.event(half))) in day)

    def _tellers(self, half: Claim) -> list[Claim]:
        """Claims of other accounts that put something that happened on a day of the phrase."""
        phrase = half.filled("phrase")
        if phrase not in self._told_by:
            self._told_by[phrase] = [
                claim
                for claim in self.claims
                if not claim.filled("phrase")
                and set(days_told(claim)) & set(days_told(half))
                and claim.modality == "done"
                and claim.mention.article != half.mention.article
                and self.event(claim) == self.event(half)
            ]
        return self._told_by[phrase]


def days_told(claim: Claim) -> list[str]:
    """The day that a claim names, or only the day of the week; both days of a muddled phrase, as
    either."""
    either = [day for day in claim.filled("either").split("|") if day]
    if either:
        return [*either, *(str(date.fromisoformat(day).weekday()) for day in either)]
    if claim.filled("grain") != "day":
        return []
    if isinstance(claim.value, Recurring):
        return [] if claim.value.weekday is None else [str(claim.value.weekday)]
    return [str(day_named(claim))] if within_a_day(claim.value) else []
