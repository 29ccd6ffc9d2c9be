"""Figures: how many, how much, how long, how old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crosscheck.grammar.counted import CountedNoun, counted
from crosscheck.grammar.quantities import Figure, read
from crosscheck.kinds.base import Context
from crosscheck.language import Document, Sentence
from crosscheck.model import Claim, KindName, Mention, Slot
from crosscheck.values.interval import Relation
from crosscheck.values.quantity import label, relate

_UNREAD = frozenset({"furniture", "meta"})

Seen = tuple[Sentence, Figure, CountedNoun | None]


def figures_of(document: Document, context: Context) -> list[Seen]:
    """The figures of an article with what they count, in the order of the text.

    Only sentences in which the grammar saw a figure are parsed, in one batch.
    """
    found = [
        (sentence, figures)
        for sentence in document.sentences
        if sentence.zone.role not in _UNREAD and (figures := read(sentence.text, context.rules))
    ]
    if found:
        found[0][0].language.parse([sentence for sentence, _ in found])
    return [(s, f, counted(s, f)) for s, figures in found for f in figures]


class QuantityKind:
    """Claims that give a figure; the value is a ``Quantity``."""

    name: KindName = "quantity"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        for sentence, figure, noun in figures_of(document, context):
            yield self._claim(document, sentence, figure, noun)

    def _claim(
        self, document: Document, sentence: Sentence, figure: Figure, noun: CountedNoun | None
    ) -> Claim:
        start, end = sentence.start + figure.start, sentence.start + figure.end
        mention = Mention(document.article.id, start, end, document.article.text[start:end])
        return Claim(
            mention,
            (sentence.start, sentence.end),
            self.name,
            figure.quantity,
            label(figure.quantity),
            figure.rule,
            slots=tuple(_noun_slots(noun)),
            hedge=figure.quantity.hedge,
            rules_used=figure.rules,
        )

    def relate(self, a: Claim, b: Claim) -> Relation:
        return relate(a.value, b.value)

    def topic(self, claims: Sequence[Claim]) -> str:
        """The counted noun, for want of anything better."""
        return next((noun for claim in claims if (noun := claim.filled("noun"))), "")


def _noun_slots(noun: CountedNoun | None) -> Iterator[tuple[str, Slot]]:
    if noun is None:
        return
    yield "noun", Slot(noun.lemma, noun.how)
    if noun.modifiers:
        yield "modifiers", Slot(" ".join(noun.modifiers), noun.how)
    if noun.wider:
        yield "wider", Slot(" ".join(noun.wider), "joined by and")
