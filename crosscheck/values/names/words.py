"""What is an ordinary English word or the name of a country; loaded only when it is asked."""

from __future__ import annotations

from functools import cache, lru_cache


@lru_cache(maxsize=16384)
def is_word(word: str) -> bool:
    """Whether a lower-case word, or what it is inflected from, is in an English lexicon."""
    import lemminflect

    if word.isascii() and word.isalpha() and lemminflect.getAllLemmas(word):
        return True
    return len(word) > 4 and word.endswith("s") and bool(lemminflect.getAllLemmas(word[:-1]))


@cache
def countries() -> frozenset[str]:
    """English names of the world's countries and regions of one word, in lower case."""
    from babel import Locale

    names = Locale("en").territories.values()
    return frozenset(name.lower() for name in names if name.isalpha())
