"""What a name may sound like: the classes of its consonants, in every reading its letters allow.

A name that was heard and written down in another language keeps its consonants and little else:
Kessington, Kesinkton. One spelling has several readings (ch: K, S or nothing), so that two words
sound alike if they have a reading in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crosscheck.rulebook import Rulebook

_MOST = 96
"""So many readings of one word are kept; names of more have no end of sounds, and are long."""


@dataclass(frozen=True, eq=False)
class _Sounds:
    inside: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]
    longest: int


def sounds(word: str, rules: Rulebook) -> frozenset[str]:
    """The readings of a folded word: strings of consonant classes such as ``KSNTN``."""
    return _readings(word, _compiled(rules))


def common_sound(a: str, b: str, rules: Rulebook) -> str:
    """The longest reading that two folded words share; nothing if they share none."""
    shared = sounds(a, rules) & sounds(b, rules)
    return max(shared, key=lambda reading: (len(reading), reading), default="")


@lru_cache(maxsize=8)
def _compiled(rules: Rulebook) -> _Sounds:
    rule = rules.rule("sounds.consonants")
    inside, ends = (_readings_of(rule.strings(key)) for key in ("groups", "ends"))
    return _Sounds(inside, ends, max(map(len, inside)))


def _readings_of(groups: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found = {}
    for group in groups:
        spelling, *readings = group.split()
        found[spelling] = tuple("" if r == "_" else r for r in readings)
    return found


@lru_cache(maxsize=16384)
def _readings(word: str, table: _Sounds) -> frozenset[str]:
    found = {""}
    at = 0
    while at < len(word):
        size = next(
            (n for n in range(table.longest, 0, -1) if word[at : at + n] in table.inside), 0
        )
        spelling = word[at : at + size]
        last = at > 0 and at + size == len(word)
        heard = table.ends.get(spelling) if last else None
        heard = heard or table.inside.get(spelling, ("",))
        found = set(sorted({_joined(f, h) for f in found for h in heard})[:_MOST])
        at += max(size, 1)
    return frozenset(found)


def _joined(before: str, after: str) -> str:
    for letter in after:
        if not before.endswith(letter):
            before += letter
    return before
