"""Who answers for which stretch of an article: the voices in it.

    direct      "Ten died," said the mayor. / Mayor Anna Bolt, at the dam: "Ten died."
    reported    The mayor said that ten had died. / Ten, the mayor said, had died.
    sourced     According to the mayor, ten died. / Korvel Radio, citing the mayor, reports ...
    headed      Source: State Rescue Service

Stretches may lie inside each other: then the outer speaker hands on what the inner one said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crosscheck.grammar.names import Reading
from crosscheck.grammar.spans import Names, names_between
from crosscheck.language import Document, Sentence
from crosscheck.rulebook import Rulebook
from crosscheck.voices.clauses import Stretch, Tag, sourced, stretches, tags
from crosscheck.voices.quotations import Quotation
from crosscheck.voices.speakers import Speaker, Speakers, Tree
from crosscheck.voices.vocabulary import Speech, speech

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LABEL_LONGEST = 160
_SOURCE_LONGEST = 60
_SOURCE_ENDS = re.compile(r"\s(?:on|in|at|during|speaking|who)\b|[,(]|\.?\s*$")


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


def voice_of(voices: Sequence[Voice], start: int, end: int) -> Voice | None:
    """The innermost voice in which a passage lies."""
    around = [v for v in voices if v.start <= start and end <= v.end]
    return min(around, key=lambda v: (v.end - v.start, -len(v.chain)), default=None)


def voices(
    document: Document,
    names: Names,
    people: frozenset[str],
    readings: Iterable[Reading],
    quotations: Sequence[Quotation],
    rules: Rulebook,
) -> tuple[Voice, ...]:
    """The voices of an article, in the order of the text. ``names`` are its names with the ids of
    their bearers, ``people`` the ids of people, ``readings`` its names and titles by sentence."""
    by_sentence = {reading.sentence.index: reading for reading in readings}
    inside = [q for q in quotations if not q.name]

    def quoted(offset: int) -> bool:
        return any(q.start <= offset < q.end for q in inside)

    speakers = Speakers(names, people, by_sentence, rules, quoted)
    found = list(_Listener(document, quotations, speakers, speech(rules)).listen())
    return tuple(_chained(found))


@dataclass(frozen=True, slots=True)
class _Heard:
    start: int
    end: int
    speaker: Speaker
    rule: str
    direct: bool = False
    heads: bool = False


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


class _Listener:
    """Reads an article sentence by sentence; remembers who spoke last."""

    def __init__(
        self,
        document: Document,
        quotations: Sequence[Quotation],
        speakers: Speakers,
        words: Speech,
    ) -> None:
        self.document, self.quotations = document, quotations
        self.speakers, self.words = speakers, words
        self.text = document.article.text
        self.trees: dict[int, Tree] = {}
        self.tags: dict[int, list[Tag]] = {}

    def listen(self) -> Iterator[_Heard]:
        heads = list(self._headed())
        for _, heard in heads:
            yield heard
        spoken = [s for s in self.document.sentences if self._may_speak(s)]
        if spoken:
            spoken[0].language.parse(spoken)
        starting = sorted(self.quotations, key=lambda q: q.start)
        for sentence in spoken:
            self.trees[sentence.index] = Tree(sentence)
            yield from self._reported(sentence)
            here = [q for q in starting if sentence.start - 1 <= q.start < sentence.end]
            for quotation in here:
                yield from self._direct(quotation)

    def _may_speak(self, sentence: Sentence) -> bool:
        if any(q.start < sentence.end and sentence.start < q.end for q in self.quotations):
            return True
        if self.words.phrases.search(sentence.text):
            return True
        return self.words.has_verb(set(_WORD.findall(sentence.text.lower())))

    # -- reported and sourced -------------------------------------------------------------

    def _reported(self, sentence: Sentence) -> Iterator[_Heard]:
        tree = self.trees[sentence.index]
        found = tags(tree, self.speakers, self.words)
        self.tags[sentence.index] = found
        around = list(sourced(tree, self.speakers, self.words))
        for role, stretch in around:
            if role == "according":
                yield _heard(stretch)
        for stretch in stretches(tree, found):
            yield _heard(stretch)
        cited = [stretch for role, stretch in around if role == "citing"]
        yield from (heard for s in cited for heard in self._cited(s, tree, found))

    def _cited(self, cited: Stretch, tree: Tree, found: Sequence[Tag]) -> Iterator[_Heard]:
        """What is cited lies inside what the citing account says."""
        said = [s for s in stretches(tree, found) if s.start < cited.end and cited.start < s.end]
        if not said:
            yield _heard(cited)
        for stretch in said:
            start, end = max(cited.start, stretch.start), min(cited.end, stretch.end)
            if start < end and stretch.speaker.name != cited.speaker.name:
                yield _Heard(start, end, cited.speaker, cited.rule)

    # -- direct ---------------------------------------------------------------------------

    def _direct(self, quotation: Quotation) -> Iterator[_Heard]:
        if quotation.name:
            return
        found = (
            self._tagged(quotation)
            or self._inverted(quotation)
            or self._labelled(quotation)
            or self._continued(quotation)
        )
        if found is not None:
            speaker, rule = found
            self.speakers.last = speaker
            yield _Heard(quotation.start, quotation.end, speaker, rule, direct=True)

    def _tagged(self, quotation: Quotation) -> tuple[Speaker, str] | None:
        """The verb of speech beside a quotation, or on which its words depend."""
        beside: list[tuple[int, Tag]] = []
        for index, tree in self._trees_of(quotation):
            for tag in self.tags[index]:
                if self.speakers.quoted(tag.verb.start):
                    continue
                if not quotation.whole and not _depends(tree, tag, quotation):
                    continue
                behind = tag.verb.start >= quotation.end
                gap = tag.verb.start - quotation.end if behind else quotation.start - tag.verb.end
                beside.append((gap + (0 if behind else 20), tag))
        if not beside:
            return None
        tag = min(beside, key=lambda item: (item[0], item[1].verb.start))[1]
        return tag.speaker, tag.rule

    def _inverted(self, quotation: Quotation) -> tuple[Speaker, str] | None:
        """ "...", said to the press the coach Anna Bolt: a verb behind the quotation for which the
        parse gives no subject has the next name for one."""
        for _, tree in self._trees_of(quotation):
            for verb in tree.tokens:
                roles = self.words.roles(verb.lemma) if verb.pos == "VERB" else {}
                if not roles or not quotation.end <= verb.start <= quotation.end + 4:
                    continue
                named = [n for n in names_between(self.speakers.names, verb.end, tree.sentence.end)
                         if n[2] in self.speakers.people]  # fmt: skip
                if named:
                    return self.speakers.named(named[0][2]), next(iter(roles.values()))
        return None

    def _trees_of(self, quotation: Quotation) -> Iterator[tuple[int, Tree]]:
        for sentence in self.document.sentences:
            if sentence.start > quotation.end + 1:
                break
            if sentence.end > quotation.start - 2 and (
                sentence.start < quotation.end or sentence.start <= quotation.end + 1
            ):
                if sentence.end <= quotation.start and not self._leads(sentence, quotation):
                    continue
                if sentence.start >= quotation.end and not self._follows(sentence, quotation):
                    continue
                if sentence.index not in self.tags:
                    tree = self.trees[sentence.index] = Tree(sentence)
                    self.tags[sentence.index] = tags(tree, self.speakers, self.words)
                yield sentence.index, self.trees[sentence.index]

    def _leads(self, sentence: Sentence, quotation: Quotation) -> bool:
        return self.text[sentence.start : quotation.start - 1].rstrip()[-1:] in {":", ","}

    def _follows(self, sentence: Sentence, quotation: Quotation) -> bool:
        """A sentence cut off behind a quotation that ends in a question or a call: "... ?" he
        asked."""
        first = self.text[sentence.start : sentence.end].lstrip("\"”’'» ")[:1]
        return first.islower()

    def _labelled(self, quotation: Quotation) -> tuple[Speaker, str] | None:
        """ "Anna Bolt, at the dam: ..."; the lead may stand in the paragraph before."""
        rule = self.words.shapes.get("label", "")
        lead = self._lead(quotation)
        if lead is None:
            return None
        named = [n for n in names_between(self.speakers.names, lead.start, quotation.start)
                 if n[2] in self.speakers.people and not self._owns(n[1])]  # fmt: skip
        if named:
            return self.speakers.named(named[0][2]), rule
        lead.language.parse([lead])
        tree = Tree(lead)
        before = [t for t in tree.tokens if t.start < quotation.start and t.pos in _NOMINAL]
        subject = next((t for t in before if t.dep in _SUBJECTS), None)
        subject = subject or next((t for t in before if t.dep != "poss"), None)
        if subject is None:
            return None
        owner = tree.of(subject, "poss")
        speaker = self.speakers.at(tree, owner or subject)
        return (speaker, rule) if speaker is not None else None

    def _lead(self, quotation: Quotation) -> Sentence | None:
        """The sentence that leads up to a quotation with a colon."""
        before = [s for s in self.document.sentences if s.start < quotation.start - 1][-2:]
        for sentence in reversed(before):
            text = self.text[sentence.start : min(sentence.end, quotation.start - 1)].rstrip()
            gap = self.text[sentence.start : quotation.start - 1]
            if text.endswith(":") and gap.strip() == text and len(text) <= _LABEL_LONGEST:
                return sentence
        return None

    def _owns(self, end: int) -> bool:
        return self.text[end : end + 2] in {"'s", "’s"} or self.text[end : end + 1] in {"'", "’"}

    def _continued(self, quotation: Quotation) -> tuple[Speaker, str] | None:
        """The speaker of the quotation before it in its paragraph."""
        if not quotation.whole or self.speakers.last is None:
            return None
        zone = next((s.zone for s in self.document.sentences
                     if s.start <= quotation.start < s.end), None)  # fmt: skip
        before = [q for q in self.quotations if q.end < quotation.start and not q.name]
        if zone is None or not before or before[-1].start < zone.start:
            return None
        last = self.speakers.last
        return replace(last, named=False), self.words.shapes.get("continues", "")

    # -- headed ---------------------------------------------------------------------------

    def _headed(self) -> Iterator[tuple[int, _Heard]]:
        """Lines "Source: X" and the paragraphs down to the next one."""
        lines: list[tuple[Sentence, Speaker | None]] = []
        for sentence in self.document.sentences:
            match = self.words.labels.match(sentence.text)
            if match:
                lines.append((sentence, self._source(sentence, match.end())))
        stops = sorted(
            [line.start for line, _ in lines]
            + [s.start for s in self.document.sentences if self.words.ends.match(s.text)]
            + [len(self.text)]
        )
        ends = [next(stop for stop in stops if stop > line.start) for line, _ in lines]
        rule = self.words.shapes.get("source", "")
        for (line, speaker), end in zip(lines, ends, strict=True):
            if speaker is not None and line.end < end:
                yield line.start, _Heard(line.end, end, speaker, rule, heads=True)

    def _source(self, sentence: Sentence, at: int) -> Speaker | None:
        """The one source of a line; several leave open which of them says what."""
        rest = sentence.text[at:]
        if ";" in rest or len(rest) > 4 * _SOURCE_LONGEST:
            return None
        cut = _SOURCE_ENDS.search(rest)
        text = rest[: cut.start()] if cut else rest
        start = sentence.start + at
        named = names_between(self.speakers.names, start, start + len(text))
        if named and named[0][0] == start and named[0][1] >= start + len(text.rstrip()):
            return self.speakers.named(named[0][2])
        return Speaker(text.strip()) if 0 < len(text.strip()) <= _SOURCE_LONGEST else None


def _heard(stretch: Stretch) -> _Heard:
    return _Heard(stretch.start, stretch.end, stretch.speaker, stretch.rule)


def _depends(tree: Tree, tag: Tag, quotation: Quotation) -> bool:
    """Whether the words of a quotation hang on a verb of speech."""
    inside = [t for t in tree.subtree(tag.verb) if quotation.start <= t.start < quotation.end]
    subject = {t.i for t in tree.subtree(tree.tokens[tag.subject])}
    return bool(inside) and all(t.i not in subject for t in inside)
