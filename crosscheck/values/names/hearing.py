"""Two names compared by ear: whether one may be the other, heard and written down.

Word by word they must have a reading in common (``sounds``). How much that says depends on how many
consonants they share, on what is equal, and on whether both are said to hold one office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz.distance import JaroWinkler

from crosscheck.rulebook import Rulebook
from crosscheck.values.names.letters import SYLLABIC_LANGUAGES
from crosscheck.values.names.parse import gates, parse
from crosscheck.values.names.sounds import common_sound
from crosscheck.values.names.tables import compiled

Office = Literal["sole", "shared", "none", "other"]
"""What two names are said to be: the only holder of one office, one of some who hold it, nothing
that can be compared, or each something else."""

_Words = Sequence[tuple[str, str]]
_HELD = frozenset({"sole", "shared"})
_LEAST_EQUAL = 3
_ENDINGS = frozenset({"a", "e", "i", "o", "u", "ah", "eh", "y"})


def heard_as_one(a: Sequence[str], b: Sequence[str], office: Office, rules: Rulebook) -> bool:
    """Whether two names (folded words, at least two each) may be one by ear. Words that only the
    longer name has, at its start or end, are left aside."""
    if office != "sole" and in_syllables(" ".join(a), " ".join(b), rules):
        return False
    return any(_alike(words, office, rules) for words in _aligned(a, b, office))


def in_syllables(a: str, b: str, rules: Rulebook) -> bool:
    """Whether both names are made of the syllables of Chinese or of Korean: there are few, so that
    names of different people differ by a letter or a vowel."""
    tables = compiled(rules)
    return bool(gates(parse(a, tables), parse(b, tables), tables) & SYLLABIC_LANGUAGES)


def _aligned(a: Sequence[str], b: Sequence[str], office: Office) -> Iterator[_Words]:
    size = min(len(a), len(b))
    if size < 2:
        return
    shared = office in _HELD
    yield list(zip(a[:size], b[:size], strict=True))
    if len(a) != len(b):
        yield list(zip(a[-size:], b[-size:], strict=True))
        if shared:
            yield [("".join(a), "".join(b))]


def _alike(words: _Words, office: Office, rules: Rulebook) -> bool:
    heard = [len(common_sound(x, y, rules)) for x, y in words]
    unlike = [(x, y) for x, y in words if x != y]
    if not all(heard) or not unlike or any(_two_names(x, y, rules) for x, y in unlike):
        return False
    letters = sum(JaroWinkler.similarity(x, y) for x, y in words) / len(words)
    rule = rules.rule("identity.sound" if office in _HELD else "identity.heard")
    if office in _HELD:
        least = rule.number("sole" if office == "sole" else "least")
        return sum(heard) >= least and letters >= rule.number("similarity")
    if letters < rule.number("similarity"):
        return False
    if not any(x == y for x, y in words):
        together = sum(heard) >= rule.number("together") and min(heard) > 1
        return together and office != "other"
    first = words[0]
    stems = (len(common_sound(_stem(x, rules), _stem(y, rules), rules)) for x, y in unlike)
    given = first[0] == first[1] and len(first[0]) >= _LEAST_EQUAL
    return given and min(stems) >= rule.number("least")


def _stem(word: str, rules: Rulebook) -> str:
    """A surname without the ending that whole families of names share (-son, -ov, -akis)."""
    endings = {e for pair in compiled(rules).vetoes["gender"].pairs for e in pair if len(e) > 1}
    longest = max((e for e in endings if word.endswith(e)), key=len, default="")
    return word[: len(word) - len(longest)]


def _two_names(x: str, y: str, rules: Rulebook) -> bool:
    """Two surnames or given names in use, or the forms of a man and a woman."""
    tables = compiled(rules)
    in_use = ({x, y} <= tables.surnames) or ({x, y} <= tables.given)
    short, long = sorted((x, y), key=len)
    return in_use or (long.startswith(short) and long[len(short) :] in _ENDINGS)
