"""Consonant skeletons, for scripts that leave out vowels or render names by syllables."""

from __future__ import annotations

from functools import lru_cache

from crosscheck.values.names.tables import Tables

_LEAST = 2


@lru_cache(maxsize=16384)
def skeleton(word: str, tables: Tables) -> str:
    """The consonant classes of a word in Latin letters; vowels, h, w and y are
    dropped, and of one class in a row one is kept."""
    found = ""
    at = 0
    while at < len(word):
        hit = next(
            (
                (spelling, sign)
                for spelling, sign in tables.skeleton
                if word.startswith(spelling, at)
            ),
            None,
        )
        if hit is None or (hit[0] == "h" and at > 0):
            at += 1
            continue
        found += "" if found.endswith(hit[1]) else hit[1]
        at += len(hit[0])
    return found


def same_skeleton(a: str, b: str, tables: Tables) -> bool:
    """Whether two words have the same consonants, at least two of them."""
    left = skeleton(a, tables)
    return len(left) >= _LEAST and left == skeleton(b, tables)
