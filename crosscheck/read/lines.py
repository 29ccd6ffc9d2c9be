"""The lines of a page with their offsets and the features by which they are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

_PHYSICAL = re.compile(r"[^\r\n\f\u2028\u2029]+")
_BULLET = re.compile(r"(?:[•◦▪●■□‣⁃∙·*+–—-]|\(?\d{1,2}[.)]|\([abd-z]\)|[a-z]\))[ \t\xa0]+(?=\S)")
_STOP = re.compile(r"([.!?…])[\"'”’»)\]]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.)+[A-Z]?\.?$")
_BLANKS = "\ufeff\u200b\u2060\x00" + "".join(chr(n) for n in range(0x3001) if chr(n).isspace())
LONG = 320
"""Lines of more characters than this are running text: no label, menu or headline is longer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line or wrapped paragraph; ``start`` and ``end`` leave out blanks, bullets and markup.

    ``gap``: a blank line stands before it. ``hint``: what the page's markup says that it is (a
    role of ``model.Zone``, or ``crosshead``, ``item``, ``row``, ``text``), ``rule``: by which rule,
    ``moment``: the time in its markup.
    ``words`` counts the words of the first ``LONG`` characters; ``stop`` is the final punctuation.
    """

    start: int
    end: int
    text: str
    gap: bool = False
    bullet: bool = False
    hint: str = ""
    moment: datetime | None = None
    rule: str = ""
    words: int = field(init=False, default=0)
    stop: str = field(init=False, default="")

    def __post_init__(self) -> None:
        stop = _STOP.search(self.text[-8:])
        if stop and stop[1] == "." and self.hint != "text" and _ABBREVIATED.search(self.text[-8:]):
            stop = None
        object.__setattr__(self, "words", len(self.text[:LONG].split()))
        object.__setattr__(self, "stop", stop[1] if stop else "")

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG

    def split_at(self, offset: int) -> tuple[Line, Line]:
        """The line in two, cut at an offset of its own text; blanks at the cut go to neither."""
        head, rest = self.text[:offset].rstrip(_BLANKS), self.text[offset:].lstrip(_BLANKS)
        first = Line(self.start, self.start + len(head), head, self.gap, self.bullet, self.hint)
        second = Line(self.end - len(rest), self.end, rest, False, False, self.hint, self.moment)
        return first, second


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text that hold anything but blanks, in their order."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    after = 0
    for match in _PHYSICAL.finditer(text):
        kept = match.group().strip(_BLANKS)
        if not kept:
            continue
        start = match.start() + match.group().index(kept)
        gap = _is_gap(text[after:start]) if start - after < 200 else True
        bullet = _BULLET.match(kept[:12])
        skip = bullet.end() if bullet else 0
        kept = kept[skip:].strip(_BLANKS)
        end = start + skip + len(kept)
        yield Line(start + skip, end, kept, gap, bullet is not None)
        after = end


def _is_gap(between: str) -> bool:
    return between.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1


def unwrapped(
    text: str, lines: Sequence[Line], characters: int, share: float, least: int
) -> list[Line]:
    """Joins the lines of text with hard line ends to paragraphs; leaves other text as it is.

    A text is wrapped if enough of its lines that are followed closely by another go on in the
    middle of a sentence, with a small letter.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap and not b.bullet]
    running = [(a, b) for a, b in pairs if not a.stop and b.text[0].islower()]
    width = max((a.end - a.start for a, b in running), default=0)
    if len(running) < max(least, share * len(pairs)) or width > characters:
        return list(lines)
    joined: list[Line] = []
    length = 0
    for line in lines:
        wraps = joined and not line.gap and not line.bullet and length >= 0.6 * width
        if wraps:
            joined[-1] = _join(text, joined[-1], line)
        else:
            joined.append(line)
        length = line.end - line.start
    return joined


def paragraphs(text: str, lines: Sequence[Line], least: int) -> list[Line]:
    """Joins the lines of Markdown that run on in the next line (CommonMark: a paragraph ends at a
    blank line); lines of fewer than ``least`` characters are taken to be lines of their own."""
    joined: list[Line] = []
    length = 0
    for line in lines:
        before = joined[-1] if joined else None
        fresh = line.gap or line.bullet or line.hint != ""
        ends = length < least and not line.text[0].islower()
        if before is None or fresh or before.hint or before.stop or ends:
            joined.append(line)
        else:
            joined[-1] = _join(text, before, line)
        length = line.end - line.start
    return joined


def _join(text: str, first: Line, second: Line) -> Line:
    whole = re.sub(r"[\r\n]", " ", text[first.start : second.end])
    return replace(first, end=second.end, text=whole)
