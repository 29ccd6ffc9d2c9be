"""What two figures' sentences have in common: their content words, weighed by rarity.

Likeness of words alone never ties two figures: a trap looks as much alike. Together with evidence
that one figure is a slip of the other it does, since chance rarely brings both about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from crosscheck.language import Document, Sentence
from crosscheck.model import Claim
from crosscheck.slots.frames import LIGHT
from crosscheck.slots.lexicon import Lexicon

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_IDLE = LIGHT | frozenset("day time year people person more other new same such".split())
_SHORTEST = 3

ALIKE = {"same": 1.0, "synonym": 0.8, "broader": 0.5, "narrower": 0.5}
"""How much of a word's weight two nouns share, by how the things they name lie to each other."""
SENSE = 0.7
"""The same for two verbs with a sense in common."""

Word = tuple[str, bool]
"""A lemma, and whether it is a verb."""
Place = tuple[str, int]
"""An article, and where a sentence begins."""


def place_of(claim: Claim) -> Place:
    """The sentence in which a claim stands."""
    return claim.mention.article, claim.sentence[0]


def rarity(often: int, sentences: int) -> float:
    """What a word weighs that so many of the sentences have: 1 in one of them, 0 in all (inverse
    document frequency)."""
    return 1 - log(often) / log(max(3, sentences))


@dataclass(eq=False)
class Contexts:
    """The sentences around the figures of some articles."""

    claims: Sequence[Claim]
    documents: Iterable[Document]
    lexicon: Lexicon

    def shared(self, a: Claim, b: Claim) -> float:
        """How much the sentences of two figures share: a word of two sentences only counts nearly
        1, one of every sentence 0."""
        theirs = self._words.get(place_of(b), frozenset())
        mine = self._words.get(place_of(a), frozenset())
        if len(theirs) < len(mine) or (len(theirs) == len(mine) and place_of(b) < place_of(a)):
            mine, theirs = theirs, mine
        return sum(max((self._alike(w, v) for v in theirs), default=0.0) for w in sorted(mine))

    def _alike(self, one: Word, other: Word) -> float:
        if one[1] != other[1]:
            return 0.0
        if one == other:
            return self._rarity(one, other)
        if one[1]:
            related = SENSE if self.lexicon.verbs_relate(one[0], other[0]) else 0.0
        else:
            related = ALIKE.get(self.lexicon.nouns_relate(one[0], other[0]), 0.0)
        return related and related * self._rarity(one, other)

    def _rarity(self, one: Word, other: Word) -> float:
        often = max(2, self._counts[one], self._counts[other])
        return rarity(often, len(self._words))

    @cached_property
    def _words(self) -> Mapping[tuple[str, int], frozenset[Word]]:
        wanted = {place_of(claim) for claim in self.claims}
        idle = _IDLE | self.lexicon.speech
        return {
            (document.article.id, sentence.start): frozenset(_content(sentence, idle))
            for document in self.documents
            for sentence in document.sentences
            if (document.article.id, sentence.start) in wanted
        }

    @cached_property
    def _counts(self) -> Counter[Word]:
        return Counter(word for words in self._words.values() for word in words)


def _content(sentence: Sentence, idle: frozenset[str]) -> Iterable[Word]:
    for token in sentence.tokens:
        lemma = token.lemma.lower()
        long = len(lemma) >= _SHORTEST and lemma.isalpha()
        if token.pos in _CONTENT and long and lemma not in idle:
            yield lemma, token.pos == "VERB"
