"""An article as the voices are looked for in it: what stands at an offset, found by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

from crosscheck.language import Document, Sentence
from crosscheck.voices.quotations import Quotation

_START = attrgetter("start")


class Page:
    """A document with its quotations, titles and nicknames in quotation marks left out."""

    def __init__(self, document: Document, quotations: Sequence[Quotation]) -> None:
        self.text = document.article.text
        self.sentences = document.sentences
        self.quotations = tuple(q for q in quotations if not q.name)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentences_between(self, start: int, end: int) -> Sequence[Sentence]:
        """The sentences that touch a stretch."""
        last = bisect_left(self._sentence_starts, end)
        first = max(0, bisect_right(self._sentence_starts, start) - 1)
        return [s for s in self.sentences[first:last] if s.end > start]

    def sentence_before(self, offset: int) -> int:
        """The index of the last sentence that begins before an offset, or -1."""
        return bisect_left(self._sentence_starts, offset) - 1

    def quotations_from(self, start: int, end: int) -> Sequence[Quotation]:
        """The quotations that begin in a stretch."""
        low, high = (bisect_left(self.quotations, at, key=_START) for at in (start, end))
        return self.quotations[low:high]

    def last_quotation(self, before: int) -> Quotation | None:
        """The last quotation that begins before an offset."""
        last = bisect_left(self.quotations, before, key=_START) - 1
        return self.quotations[last] if last >= 0 else None

    def quoted(self, offset: int) -> bool:
        """Whether an offset lies in a quotation."""
        last = self.last_quotation(offset + 1)
        return last is not None and offset < last.end

    def has_quotation(self, start: int, end: int) -> bool:
        """Whether a stretch touches a quotation."""
        last = self.last_quotation(end)
        return last is not None and start < last.end
