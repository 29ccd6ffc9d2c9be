"""Sentences with the figures that they state, as the checks inside an article read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from crosscheck.grammar.counted import CountedNoun
from crosscheck.grammar.quantities import Figure
from crosscheck.language import Sentence, Token
from crosscheck.model import Claim
from crosscheck.slots.lexicon import Lexicon
from crosscheck.values.quantity import Quantity
from crosscheck.values.units import COUNT, is_money

VERBAL = frozenset({"VB", "VBD", "VBZ", "VBP", "MD"})
"""Tags of the words that make another clause of what they stand in."""


@dataclass(frozen=True, eq=False, slots=True)
class Stated:
    """A figure, what it counts, and the claim that it makes; offsets into the sentence."""

    figure: Figure
    noun: CountedNoun | None
    claim: Claim

    @property
    def quantity(self) -> Quantity:
        return self.figure.quantity

    @property
    def start(self) -> int:
        return self.figure.start

    @property
    def end(self) -> int:
        return self.figure.end

    @property
    def of(self) -> str:
        """The lemma of what is counted; empty if that is left out."""
        return self.noun.lemma if self.noun is not None and self.noun.how != "subject" else ""

    @property
    def is_count(self) -> bool:
        q = self.quantity
        plain = not q.word and not q.change and self.figure.parenthesis_of is None
        return q.unit == COUNT and plain

    @property
    def is_amount(self) -> bool:
        """A count or a sum of money that is no change and no conversion."""
        q = self.quantity
        money = is_money(q.unit) and not q.change and self.figure.parenthesis_of is None
        return self.is_count or money


@dataclass(eq=False)
class Line:
    """One sentence and its figures, in the order of the text."""

    sentence: Sentence
    stated: Sequence[Stated]
    before: Line | None = None
    """The line right before, if no more than one sentence without figures stands between."""

    @cached_property
    def text(self) -> str:
        return self.sentence.text

    def words(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that lie within two offsets into the sentence."""
        low, high = self.sentence.start + start, self.sentence.start + end
        return tuple(t for t in self.sentence.tokens if low <= t.start and t.end <= high)

    def between(self, one: Stated, other: Stated) -> tuple[Token, ...]:
        return self.words(one.end, other.start)

    def lead(self, k: int) -> tuple[Token, ...]:
        """The words before a figure, back to the figure before it."""
        return self.words(self.stated[k - 1].end if k else 0, self.stated[k].start)

    def tail(self, k: int) -> tuple[Token, ...]:
        """The words behind a figure, up to the next one."""
        last = k + 1 == len(self.stated)
        return self.words(self.stated[k].end, len(self.text) if last else self.stated[k + 1].start)

    def after(self, k: int) -> tuple[Token, ...]:
        """The words behind a figure and what it counts, up to the next figure."""
        noun = self.stated[k].noun
        end = self.sentence.start + self.stated[k].end
        return tuple(t for t in self.tail(k) if noun is None or t.end > max(noun.end, end))

    def uncounted(self, start: int, end: int) -> Iterator[Token]:
        """The numerals within two offsets that are no figures ("one was charged")."""
        taken = [(s.start, s.end) for s in self.stated]
        for token in self.words(start, end):
            at = token.start - self.sentence.start
            if (token.tag == "CD" or token.lower == "one") and not any(
                low <= at < high for low, high in taken
            ):
                yield token


def has(tokens: Iterable[Token], words: Collection[str]) -> bool:
    """Whether one of the words stands among the tokens, as written or as its lemma."""
    return any(t.lower in words or t.lemma in words for t in tokens)


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text holds one of the phrases, as whole words."""
    padded = f" {' '.join(_letters(text).split())} "
    return any(f" {phrase} " in padded for phrase in phrases)


def _letters(text: str) -> str:
    return "".join(c if c.isalnum() or c in "%'’-" else " " for c in text.lower())


def ends_with(tokens: Sequence[Token], *words: str) -> bool:
    return [t.lower for t in tokens[-len(words) :]] == list(words)


def one_sort(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether two nouns can count the same things: one is left out, or both are people."""
    if not a or not b or a == b:
        return True
    people = {"person", "adjective"}
    return all(lexicon.noun_class(noun) in people for noun in (a, b))
