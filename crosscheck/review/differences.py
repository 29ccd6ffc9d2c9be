"""What differs between two versions of a text, word by word. White space is no difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_AROUND = 12  # words that are shown before and after what differs
_MOST = 6000  # words or lines that are compared; of more, all that is left is called different

Sign = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both versions, of the old one alone, or of the new one alone; on one line."""

    sign: Sign
    text: str


Hunk = tuple[Piece, ...]  # what differs, with some words around it


def differences(old: str, new: str) -> tuple[Hunk, ...]:
    """The places in which two texts differ, in their order; none if only white space does."""
    hunks: list[list[Piece]] = []
    before: list[str] = []  # the words since the last difference
    for sign, words in _joined(_signed(old, new)):
        if sign == "same":
            before = words
            continue
        if not hunks:
            hunks.append(_context([], before))
        elif len(before) > 2 * _AROUND:
            hunks[-1].append(Piece("same", " ".join(before[:_AROUND]) + " …"))
            hunks.append(_context(before, before))
        elif before:
            hunks[-1].append(Piece("same", " ".join(before)))
        hunks[-1].append(Piece(sign, " ".join(words)))
        before = []
    if hunks and before:
        more = " …" if len(before) > _AROUND else ""
        hunks[-1].append(Piece("same", " ".join(before[:_AROUND]) + more))
    return tuple(tuple(hunk) for hunk in hunks)


def _context(cut: Sequence[str], before: Sequence[str]) -> list[Piece]:
    """The words that lead up to a difference."""
    if not before:
        return []
    more = "… " if cut or len(before) > _AROUND else ""
    return [Piece("same", more + " ".join(before[-_AROUND:]))]


def _joined(pieces: Iterator[tuple[Sign, list[str]]]) -> Iterator[tuple[Sign, list[str]]]:
    """Neighbours of one sign as one, and empty ones left out."""
    last: tuple[Sign, list[str]] | None = None
    for sign, words in pieces:
        if not words:
            continue
        if last is not None and last[0] == sign:
            last[1].extend(words)
            continue
        if last is not None:
            yield last
        last = (sign, list(words))
    if last is not None:
        yield last


def _signed(old: str, new: str) -> Iterator[tuple[Sign, list[str]]]:
    """Line by line, and word by word in those that differ, which keeps long texts quick."""
    for same, before, after in _matched(old.splitlines(), new.splitlines()):
        was, now = " ".join(before).split(), " ".join(after).split()
        if same:
            yield "same", was
            continue
        for equal, gone, came in _matched(was, now):
            if equal:
                yield "same", list(gone)
            else:
                yield "removed", list(gone)
                yield "added", list(came)


def _matched(
    a: Sequence[str], b: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Both sequences in parts that are equal or not; equal ends are found at once."""
    least = min(len(a), len(b))
    head = next((n for n in range(least) if a[n] != b[n]), least)
    tail = next((n for n in range(least - head) if a[-1 - n] != b[-1 - n]), least - head)
    rest, other = a[head : len(a) - tail], b[head : len(b) - tail]
    yield True, a[:head], b[:head]
    if len(rest) + len(other) > _MOST:
        yield False, rest, other
    else:
        for tag, i, j, k, m in SequenceMatcher(None, rest, other).get_opcodes():
            yield tag == "equal", rest[i:j], other[k:m]
    yield True, a[len(a) - tail :], b[len(b) - tail :]
