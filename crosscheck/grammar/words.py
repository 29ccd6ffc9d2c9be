"""The words of a sentence with offsets and with what stands between them; no parser needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|(?:St|Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev|Msgr|Mgr|Jr|Sr|Maj)\.(?=\s)"
    r"|\b[^\W\d_]\.(?=\s?[^\W\d_a-z])"
    r"|[^\W\d_][^\W\d_\u0300-\u036f]*[\u0300-\u036f]*(?:[^\W_]|[\u0300-\u036f])*"
    r"(?:['’ʼ‑-](?:[^\W_]|[\u0300-\u036f])+)*"
    r"|\d+(?:[.,:]\d+)*\w*"
)
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")
_PREFIXED = re.compile(
    r"(?:al|el|as|ash|an|ar|at|az|ad|ul|ez|es|esh|en|er|et|ed|de|d|l|o|bin|ibn)[-‑'’ʼ][^\W\d_a-z]"
)
_OPENING = re.compile(r"[.!?:;\"“„«‘(\[*•–—>|]|^\s*-\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A word; ``end`` leaves a possessive 's out, ``gap`` is the text since the word before,
    ``lower`` the key for look-up: lower case, without a final dot."""

    text: str
    lower: str
    start: int
    end: int
    gap: str
    possessive: bool
    opens: bool

    @property
    def joined(self) -> bool:
        """Whether only white space parts it from the word before."""
        return bool(self.gap) and not self.gap.strip()

    @property
    def clings(self) -> bool:
        """Whether nothing but white space or one quotation mark parts it from the word before."""
        return self.gap.strip() in {"", '"', "“", "”", "«", "»", "‘", "’"}

    @property
    def capital(self) -> bool:
        """Whether it is written like a part of a name (al-Hakim and d'Este count)."""
        first = self.text[0]
        return (first.isalpha() and not first.islower()) or bool(_PREFIXED.match(self.text))


def words_of(text: str, offset: int = 0) -> tuple[Word, ...]:
    """The words of ``text``, whose first character stands at ``offset`` of the article."""
    words: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match.group())
        gap = text[last : match.start()]
        marked = bare != match.group()
        plural = not marked and _owning_plural(text, match.end(), bare)
        start = offset + match.start()
        opens = not words or bool(_OPENING.search(gap))
        lower = bare.lower().replace("’", "'").rstrip(".")
        words.append(Word(bare, lower, start, start + len(bare), gap, marked or plural, opens))
        last = match.end() + plural
    return tuple(words)


def _owning_plural(text: str, end: int, bare: str) -> bool:
    return bare[-1:] in {"s", "z", "x"} and text[end : end + 2] in {"' ", "’ "}


def joined_run(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the words from ``first`` up to ``last`` follow each other without punctuation."""
    return all(word.joined for word in words[first + 1 : last])
