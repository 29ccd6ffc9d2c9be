"""Passages in quotation marks, told apart: what somebody said, and what is only set off.

Straight, curly, low and pointed marks are read, single ones as the British use them, and a
quotation that runs over several paragraphs, each of which opens with a mark and only the last of
which closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crosscheck.language import Document, Sentence

_CLOSING = {"“": '”“"', "„": '“”"', "«": "»", "»": "«", '"': '"”', "‘": "’", "'": "'’"}
"""Which marks may close after which has opened."""

_OPENS_BEFORE = re.compile(r"[\s(\[—–:/-]$|^$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")
_CLOSED_BY_MARK = re.compile(r"[.,!?…]$")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in quotation marks; ``start`` and ``end`` lie inside the marks. ``whole`` tells a
    full utterance from words set into somebody else's sentence; ``name`` marks what looks like a
    title or a nickname: nobody said it."""

    start: int
    end: int
    whole: bool
    name: bool = False


def quotations(document: Document) -> tuple[Quotation, ...]:
    """The quotations of an article, in the order of the text; none lies inside another."""
    text = document.article.text
    found: list[Quotation] = []
    runs_on: int | None = None
    for start, end in _paragraphs(document.sentences):
        pairs, unclosed = _pairs(text, start, end, runs_on is not None)
        if runs_on is not None and not (pairs and pairs[0][0] == start) and unclosed != start:
            runs_on = None  # the next paragraph does not take the quotation up again
        for low, high in pairs:
            first = runs_on if runs_on is not None else low
            runs_on = None
            found.append(_quotation(text, first + 1, high))
        if unclosed is not None and runs_on is None:
            runs_on = unclosed
    return tuple(q for q in found if q.start < q.end <= q.start + _LONGEST)


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(sentences, key=lambda s: (s.zone.start, s.zone.end)):
        inside = list(group)
        yield inside[0].start, inside[-1].end


def _pairs(
    text: str, start: int, end: int, running: bool
) -> tuple[list[tuple[int, int]], int | None]:
    """The offsets of opening and closing marks in a paragraph, and where one opens that does not
    close."""
    pairs: list[tuple[int, int]] = []
    at = start
    while at < end:
        if text[at] in _CLOSING and _opens(text, at, start):
            close = _close(text, at, end)
            if close is None:
                if text[at] not in "'‘" and (at == start or running):
                    return pairs, at
            else:
                pairs.append((at, close))
                at = close
        at += 1
    return pairs, None


def _opens(text: str, at: int, start: int) -> bool:
    before = text[at - 1] if at > start else ""
    after = text[at + 1 : at + 2]
    if not after or after.isspace() or not _OPENS_BEFORE.search(before):
        return False
    return text[at] not in "'‘" or after.isalpha()


def _close(text: str, at: int, end: int) -> int | None:
    """Where the mark at ``at`` closes; marks of its own sort may stand inside."""
    closing, single = _CLOSING[text[at]], text[at] in "'‘"
    depth, first = 0, None
    for i in range(at + 1, min(end, at + _LONGEST)):
        if text[i] == text[at] and _opens(text, i, at):
            depth += 1
        elif text[i] in closing and not (single and _is_apostrophe(text, i, end)):
            if depth == 0:
                return i
            depth -= 1
            first = first or i
    return first


def _is_apostrophe(text: str, i: int, end: int) -> bool:
    """Inside a word, or after a plural whose phrase goes on ("the workers' union")."""
    after = text[i + 1 : i + 2] if i + 1 < end else ""
    if after.isalnum():
        return True
    plural = text[i - 1] == "s" and after == " " and text[i + 2 : i + 3].islower()
    return plural and any(mark in text[i + 1 : end] for mark in "’'")


def _quotation(text: str, start: int, end: int) -> Quotation:
    inside = text[start:end].strip()
    words = _WORD.findall(inside)
    before = text[max(0, start - 3) : start - 1].rstrip()
    ended = bool(_CLOSED_BY_MARK.search(inside)) or text[end + 1 : end + 2] in {",", "."}
    opens = inside[:1].isupper() or inside[:1].isdigit()
    capitals = sum(word[:1].isupper() for word in words)
    titled = bool(words) and capitals > len(words) / 2 and not _CLOSED_BY_MARK.search(inside)
    introduced = before.endswith((":", ",")) or not before
    whole = opens and len(words) > 1 and not titled and (ended or introduced)
    return Quotation(start, end, whole, not whole and titled)
