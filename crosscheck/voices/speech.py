"""Who answers for which stretch of an article: the voices in it.

    direct      "Ten died," said the mayor. / Mayor Anna Bolt, at the dam: "Ten died."
    reported    The mayor said that ten had died. / Ten, the mayor said, had died.
    sourced     According to the mayor, ten died. / Korvel Radio, citing the mayor, reports ...
    headed      Source: State Rescue Service

Stretches may lie inside each other: then the outer speaker hands on what the inner one said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from crosscheck.grammar.names import Reading
from crosscheck.grammar.spans import Names
from crosscheck.language import Document, Sentence
from crosscheck.rulebook import Rulebook
from crosscheck.voices.clauses import Stretch, Tag, sourced, stretches
from crosscheck.voices.direct import Direct
from crosscheck.voices.heads import headed
from crosscheck.voices.page import Page
from crosscheck.voices.quotations import Quotation
from crosscheck.voices.speakers import Speaker, Speakers, Tree
from crosscheck.voices.vocabulary import Speech, speech

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_START = attrgetter("start")

_LONG = 5000
"""Characters beyond which a stretch is that of a source line and looked up on its own."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The stretch ``start``..``end`` that a speaker answers for. ``person`` is the id of the
    speaker, if a known person, ``chain`` who hands it on, outermost first; ``named`` tells that
    the speaker is named there, and not by a pronoun or a title alone."""

    start: int
    end: int
    speaker: str
    person: str
    chain: tuple[str, ...]
    direct: bool
    rule: str
    named: bool = True


class Voices:
    """The voices of one article, in the order of the text."""

    def __init__(self, found: Sequence[Voice]) -> None:
        self.all = tuple(sorted(found, key=lambda v: (v.start, -v.end, len(v.chain))))
        self._long = [v for v in self.all if v.end - v.start > _LONG]
        self._short = [v for v in self.all if v.end - v.start <= _LONG]

    def at(self, start: int, end: int) -> Voice | None:
        """The innermost voice in which a passage lies."""
        last = bisect_right(self._short, start, key=_START)
        first = bisect_right(self._short, start - _LONG - 1, key=_START)
        near = [*self._long, *self._short[first:last]]
        around = [v for v in near if v.start <= start and end <= v.end]
        return min(around, key=lambda v: (v.end - v.start, -len(v.chain)), default=None)


def voices(
    document: Document,
    names: Names,
    people: frozenset[str],
    readings: Iterable[Reading],
    quotations: Sequence[Quotation],
    rules: Rulebook,
) -> Voices:
    """The voices of an article. ``names`` are its names with the ids of their bearers, ``people``
    the ids of people, ``readings`` its names and titles by sentence."""
    page = Page(document, quotations)
    by_sentence = {reading.sentence.index: reading for reading in readings}
    speakers = Speakers(names, people, by_sentence, rules, page.quoted)
    return Voices(tuple(_chained(list(_heard(page, speakers, speech(rules))))))


@dataclass(frozen=True, slots=True)
class _Heard:
    """``heads`` marks the stretch of a source line."""

    start: int
    end: int
    speaker: Speaker
    rule: str
    direct: bool = False
    heads: bool = False


def _of(stretch: Stretch, direct: bool = False, heads: bool = False) -> _Heard:
    return _Heard(stretch.start, stretch.end, stretch.speaker, stretch.rule, direct, heads)


def _heard(page: Page, speakers: Speakers, words: Speech) -> Iterator[_Heard]:
    yield from (_of(stretch, heads=True) for stretch in headed(page, speakers, words))
    spoken = [s for s in page.sentences if _may_speak(s, page, words)]
    if spoken:
        spoken[0].language.parse(spoken)
    direct = Direct(page, speakers, words)
    done = 0
    for sentence in spoken:
        tree, found = direct.tags(sentence)
        yield from map(_of, _reported(tree, found, speakers, words))
        for quotation in page.quotations_from(done, sentence.end):
            who = direct.speaker(quotation)
            if who is not None:
                yield _of(Stretch(quotation.start, quotation.end, *who), direct=True)
        done = sentence.end


def _may_speak(sentence: Sentence, page: Page, words: Speech) -> bool:
    if page.has_quotation(sentence.start, sentence.end) or words.phrases.search(sentence.text):
        return True
    return words.has_verb(set(_WORD.findall(sentence.text.lower())))


def _reported(
    tree: Tree, found: Sequence[Tag], speakers: Speakers, words: Speech
) -> Iterator[Stretch]:
    """The stretches of a sentence, outer ones first: "according to X" lies around what is said,
    what is cited inside what the citing account says."""
    around = list(sourced(tree, speakers, words))
    said = list(stretches(tree, found))
    yield from (stretch for role, stretch in around if role == "according")
    yield from said
    for cited in (stretch for role, stretch in around if role == "citing"):
        under = [s for s in said if s.start < cited.end and cited.start < s.end]
        if not under:
            yield cited
        for outer in under:
            start, end = max(cited.start, outer.start), min(cited.end, outer.end)
            if outer.speaker.name != cited.speaker.name:
                yield Stretch(start, end, cited.speaker, cited.rule)


def _chained(found: Sequence[_Heard]) -> Iterator[Voice]:
    """Each stretch with the speakers of those around it. Of stretches of one size the earlier
    found is the outer one."""
    ordered = sorted(enumerate(found), key=lambda item: (item[1].start, -item[1].end, item[0]))
    open_: list[_Heard] = []
    for _, heard in ordered:
        open_ = [o for o in open_ if o.end > heard.start]
        around = [o.speaker.name for o in open_ if heard.end <= o.end and not _is_background(o)]
        chain = tuple(dict.fromkeys(n for n in around if n != heard.speaker.name))
        yield Voice(
            heard.start, heard.end, heard.speaker.name, heard.speaker.person, chain,
            heard.direct, heard.rule, heard.speaker.named,
        )  # fmt: skip
        open_.append(heard)


def _is_background(heard: _Heard) -> bool:
    """A person named as the source of an article hands nothing on for those whom it quotes."""
    return heard.heads and bool(heard.speaker.person)
