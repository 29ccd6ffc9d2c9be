"""Letters: folding, scripts, and names of other scripts in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ħ": "h", "ı": "i", "ŋ": "ng", "ĸ": "k", "ə": "a", "ɛ": "e", "ɔ": "o", "ɓ": "b",
        "ɗ": "d", "ƙ": "k",
    }
)  # fmt: skip
APOSTROPHES = "'’‘ʼʻʿʾ`´′ʹʺ"
_MARKS = str.maketrans("", "", APOSTROPHES + "\u200b\u200c\u200d\u200e\u200f\u00ad\u05be")
_FOLDED_SCRIPTS = frozenset({"latin", "greek"})
_SYLLABIC = frozenset({"han", "hangul"})
SYLLABIC_LANGUAGES = frozenset({"chinese", "korean"})
_CAPITALS = re.compile(r"[A-Z][a-z']*")

_NAMES = {
    "CJK": "han", "HIRAGANA": "kana", "KATAKANA": "kana", "HANGUL": "hangul", "LATIN": "latin",
    "FULLWIDTH": "latin", "GREEK": "greek", "CYRILLIC": "cyrillic", "ARABIC": "arabic",
    "HEBREW": "hebrew", "DEVANAGARI": "devanagari", "KHMER": "khmer", "THAI": "thai",
    "ETHIOPIC": "ethiopic", "GEORGIAN": "georgian", "ARMENIAN": "armenian",
}  # fmt: skip


class LetterRule(Protocol):
    """How a language reads some letters of its script."""

    @property
    def when(self) -> re.Pattern[str]: ...

    @property
    def pairs(self) -> Sequence[tuple[str, str]]: ...


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """A word in lower case, without accents, apostrophes and invisible marks; idempotent.

    Marks of scripts in which they are letters of their own (й, vowel signs) are kept.
    """
    if word.isascii():
        return word.lower().translate(_MARKS)
    folded = _folded(word)
    while (again := _folded(folded)) != folded:
        folded = again
    return folded


def _folded(word: str) -> str:
    """One round of folding; what it lays bare (a mark behind a ligature) may need another."""
    kept = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS).translate(_MARKS)
    if script_of(kept) in _FOLDED_SCRIPTS:
        kept = unicodedata.normalize("NFKD", kept)
        kept = "".join(char for char in kept if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", "".join(kept.split()))


@lru_cache(maxsize=16384)
def script_of(text: str) -> str:
    """The script of the first letter, in lower case (``latin``, ``cyrillic``, ``han`` ...)."""
    for char in text:
        if char.isalpha():
            name = unicodedata.name(char, "").split(" ")[0].split("-")[0]
            return _NAMES.get(name, name.lower())
    return "latin"


def latinised(word: str, rules: Sequence[LetterRule]) -> str:
    """A word of another script in Latin letters, by the rules, then by the transliterator.

    Syllables of Han and Hangul keep their capitals: 习近平 gives ``XiJinPing``.
    """
    from anyascii import anyascii

    text = unicodedata.normalize("NFC", word)
    if script_of(text) not in _SYLLABIC:
        text = text.lower()
    for rule in rules:
        if rule.when.search(text):
            for old, new in rule.pairs:
                text = text.replace(old, new)
            break
    return str(anyascii(_without_tonos(text)))


def _without_tonos(text: str) -> str:
    if script_of(text) != "greek":
        return text
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn"
    )


def syllables(text: str) -> list[str]:
    """The syllables of a transliterated Han or Hangul word; other words are one syllable."""
    return _CAPITALS.findall(text) or [text]


def is_syllabic(script: str) -> bool:
    """Whether one sign of the script writes a whole syllable, so that no sign can be a slip."""
    return script in _SYLLABIC
