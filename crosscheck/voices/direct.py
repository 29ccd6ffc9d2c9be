"""Who speaks in a quotation: by the verb beside it, a line that leads up to it, or the quotation
before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crosscheck.grammar.spans import names_between
from crosscheck.language import Sentence
from crosscheck.voices.clauses import Tag, tags
from crosscheck.voices.page import Page
from crosscheck.voices.quotations import Quotation
from crosscheck.voices.speakers import Speaker, Speakers, Tree
from crosscheck.voices.vocabulary import Speech

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

_LEAD_LONGEST = 160
"""Characters up to which a line before a colon says who speaks."""

_BEFORE = 20
"""Characters by which a verb in front of a quotation counts as farther off than one behind it."""

_CLOSING = "\"”’'» "

Found = tuple[Speaker, str]
"""A speaker and the rule by which they were found."""


class Direct:
    """The speakers of the quotations of one article, asked in the order of the text."""

    def __init__(self, page: Page, speakers: Speakers, words: Speech) -> None:
        self.page, self.speakers, self.words = page, speakers, words
        self._tags: dict[int, tuple[Tree, list[Tag]]] = {}
        self._last: tuple[Quotation, Speaker] | None = None

    def tags(self, sentence: Sentence) -> tuple[Tree, list[Tag]]:
        """A parsed sentence and its verbs of speech."""
        if sentence.index not in self._tags:
            tree = Tree(sentence)
            self._tags[sentence.index] = tree, tags(tree, self.speakers, self.words)
        return self._tags[sentence.index]

    def speaker(self, quotation: Quotation) -> Found | None:
        found = (
            self._tagged(quotation)
            or self._inverted(quotation)
            or self._labelled(quotation)
            or self._continued(quotation)
        )
        if found is not None:
            self.speakers.last = found[0]
            self._last = quotation, found[0]
        return found

    def _tagged(self, quotation: Quotation) -> Found | None:
        """The verb of speech beside a quotation, or on which its words depend."""
        beside: list[tuple[int, int, Tag]] = []
        for tree, found in map(self.tags, self._around(quotation)):
            for tag in found:
                verb = tag.verb
                if self.page.quoted(verb.start):
                    continue
                if not quotation.whole and not _depends(tree, tag, quotation):
                    continue
                behind = verb.start - quotation.end
                gap = behind if behind >= 0 else quotation.start - verb.end + _BEFORE
                beside.append((gap, verb.start, tag))
        if not beside:
            return None
        tag = min(beside, key=lambda item: item[:2])[2]
        return tag.speaker, tag.rule

    def _inverted(self, quotation: Quotation) -> Found | None:
        """ "...", said to the press the coach Anna Bolt: a verb behind the quotation for which the
        parse gives no subject has the next name for one."""
        for sentence in self._around(quotation):
            for verb in sentence.tokens:
                roles = self.words.roles(verb.lemma) if verb.pos == "VERB" else {}
                if not roles or not quotation.end <= verb.start <= quotation.end + 4:
                    continue
                named = self._people(verb.end, sentence.end)
                if named:
                    return self.speakers.named(named[0][1]), next(iter(roles.values()))
        return None

    def _around(self, quotation: Quotation) -> Iterator[Sentence]:
        """The sentences of a quotation, and the one cut off before or behind it: "... ?" he
        asked."""
        for sentence in self.page.sentences_between(quotation.start - 2, quotation.end + 2):
            text = self.page.text[sentence.start : sentence.end]
            if sentence.end <= quotation.start:
                lead = self.page.text[sentence.start : quotation.start - 1].rstrip()
                if lead[-1:] not in {":", ","}:
                    continue
            if sentence.start >= quotation.end and not text.lstrip(_CLOSING)[:1].islower():
                continue
            yield sentence

    def _people(self, start: int, end: int) -> list[tuple[int, str]]:
        """The people named in a stretch, with where their names end."""
        named = names_between(self.speakers.names, start, end)
        return [(last, who) for _, last, who in named if who in self.speakers.people]

    def _labelled(self, quotation: Quotation) -> Found | None:
        """ "Anna Bolt, at the dam: ..."; the lead may stand in the paragraph before."""
        lead = self._lead(quotation)
        rule = self.words.shapes.get("label", "")
        if lead is None:
            return None
        people = self._people(lead.start, quotation.start)
        named = [who for end, who in people if not self._owns(end)]
        if named:
            return self.speakers.named(named[0]), rule
        tree = Tree(lead)
        before = [t for t in tree.tokens if t.start < quotation.start and t.pos in _NOMINAL]
        subject = next((t for t in before if t.dep in _SUBJECTS), None)
        subject = subject or next((t for t in before if t.dep != "poss"), None)
        if subject is None:
            return None
        speaker = self.speakers.at(tree, tree.of(subject, "poss") or subject)
        return (speaker, rule) if speaker is not None else None

    def _lead(self, quotation: Quotation) -> Sentence | None:
        """The sentence that leads up to a quotation with a colon."""
        last = self.page.sentence_before(quotation.start - 1)
        for sentence in reversed(self.page.sentences[max(0, last - 1) : last + 1]):
            lead = self.page.text[sentence.start : quotation.start - 1].strip()
            own = self.page.text[sentence.start : min(sentence.end, quotation.start - 1)].strip()
            if lead.endswith(":") and lead == own and len(lead) <= _LEAD_LONGEST:
                return sentence
        return None

    def _owns(self, end: int) -> bool:
        text = self.page.text
        return text[end : end + 2] in {"'s", "’s"} or text[end : end + 1] in {"'", "’"}

    def _continued(self, quotation: Quotation) -> Found | None:
        """The speaker of the quotation before it in its paragraph."""
        here = self.page.sentences_between(quotation.start, quotation.end)
        before = self.page.last_quotation(quotation.start)
        if not quotation.whole or self._last is None or not here:
            return None
        if before is not self._last[0] or before.start < here[0].zone.start:
            return None
        return replace(self._last[1], named=False), self.words.shapes.get("continues", "")


def _depends(tree: Tree, tag: Tag, quotation: Quotation) -> bool:
    """Whether the words of a quotation hang on a verb of speech."""
    inside = [t for t in tree.subtree(tag.verb) if quotation.start <= t.start < quotation.end]
    subject = {t.i for t in tree.subtree(tree.tokens[tag.subject])}
    return bool(inside) and all(t.i not in subject for t in inside)
