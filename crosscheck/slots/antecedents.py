"""What "it", "they" and "we" stand for: the subject that fits, of the sentence so far, else of the
sentence before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosscheck.language import Sentence, Token
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import Lexicon

_ONE = frozenset({"NN", "NNP"})
_MANY = frozenset({"NNS", "NNPS"})
_BODIES = frozenset({"organisation", "group", "country"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def subject_meant(
    frame: Frame, pronoun: Token, sentences: Sequence[Sentence], words: Lexicon
) -> tuple[Frame, Token] | None:
    """The subject for which "it" or "they" stands, with its sentence: a body that acts, or many;
    the first of a sentence before its others, and not who merely says so. None where none fits."""
    for at, subject in _subjects(frame, pronoun, sentences, words):
        if _fits(pronoun, subject, words):
            return at, subject
    return None


def _subjects(
    frame: Frame, pronoun: Token, sentences: Sequence[Sentence], words: Lexicon
) -> Iterator[tuple[Frame, Token]]:
    here = [t for t in frame.tokens[: pronoun.i] if t.dep in _SUBJECTS]
    yield from ((frame, t) for t in here if frame.tokens[t.head].lemma not in words.speech)
    index = frame.sentence.index
    if index and not sentences[index - 1].is_headline:
        before = Frame(sentences[index - 1], ())
        yield from ((before, t) for t in before.tokens if t.dep in _SUBJECTS)


def _fits(pronoun: Token, subject: Token, words: Lexicon) -> bool:
    body = words.noun_class(subject.lemma) in _BODIES
    if pronoun.lower == "it":
        return subject.tag in _ONE and (body or subject.pos == "PROPN")
    return subject.tag in _MANY or (body and subject.tag == "NN")
