"""Text out of articles made harmless for terminals, tables and pages.

What an article says is quoted in places where some characters act: escape sequences move a
terminal's cursor, direction overrides turn a name around, lone surrogates cannot be written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

SPACES = re.compile(r"\s+")
ACTING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1, without white space
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, embeddings, overrides
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"  # surrogates, annotations, tags
)
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
FORMULA = re.compile("^[\\s\x00-\x1f\ufeff]*[=+@\uff0b\uff1d\uff20\uff0d-]")


def line(text: str) -> str:
    """The text on one line; acting characters are shown as signs of themselves, unseen ones go."""
    return SPACES.sub(" ", ACTING.sub(sign, UNSEEN.sub("", text))).strip()


def spaced(text: str) -> str:
    """``line``, but a space at either end stays one."""
    ends = (text[:1].isspace(), len(text) > 1 and text[-1:].isspace())
    kept = line(text)
    return f"{' ' * ends[0]}{kept}{' ' * ends[1]}" if kept else " " * (ends[0] or ends[1])


def sign(found: re.Match[str]) -> str:
    """A visible sign for one acting character: U+241B for escape, U+FFFD where there is none."""
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a space where one is near."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit * 2 // 3 else head).rstrip() + "…"


def short(text: str, limit: int) -> str:
    """``line`` and ``clip`` for texts that may be very long: looks at no more than it needs."""
    return clip(line(text[: limit * 4]), limit)


def cell(text: str) -> str:
    """A spreadsheet cell that no program takes for a formula (OWASP: CSV injection)."""
    return f"'{text}" if FORMULA.match(text) else text


def xml(text: str) -> str:
    """What XML 1.0 cannot hold replaced one for one (XML 1.0, "Characters")."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def encodable(text: str) -> str:
    """Lone surrogates replaced one for one, so that offsets hold and UTF-8 can be written."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def columns(text: str) -> int:
    """The terminal columns that a text takes: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most ``width`` columns, the second and later ones indented; long words break."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        for piece in _pieces(word, max(width - len(indent), 4)):
            joined = f"{current} {piece}" if current.strip() else current + piece
            if current.strip() and columns(joined) > width:
                lines.append(current)
                joined = indent + piece
            current = joined
    return [*lines, current] if current.strip() else lines or [""]


def _pieces(word: str, width: int) -> list[str]:
    return [word] if columns(word) <= width else _cut(word, width, columns)


def _cut(word: str, width: int, measure: Callable[[str], int]) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and measure(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
