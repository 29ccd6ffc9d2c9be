"""Utterances as values: how two wordings of one remark relate.

A wording is a row of words, each reduced to what an editor would not quarrel over: lower case,
contractions undone, spelling and inflection levelled. Two rows are aligned; what is left over on
either side decides.

==========  ====================================================================================
SAME        the same words
CONTAINS    one is the other with words left out (trimmed), and so leaves more possible
OVERLAP     told in other words (two translations, reported speech)
APART       altered: nobody can have said both; or given to two people
==========  ====================================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Indel

from crosscheck.values.interval import Relation
from crosscheck.values.quantity import Quantity, relate

Sort = Literal["content", "function", "negation", "figure", "name"]

LIGHT = 0.3
"""What a word that says little weighs against one that says something."""

_EDGE = 3
"""Words beyond the shared part of two wordings that still belong to it: a negation there counts."""

_ENGLISH, _SAID = 1, 2
_SWAPPED = 2
_VERBATIM = 9
"""So many words in common are more than two translations have."""
_WORDS_A_SWAP = 10


@dataclass(frozen=True, slots=True)
class Word:
    """``key`` is what is compared; ``figure`` the value of a number."""

    key: str
    sort: Sort
    figure: Quantity | None = field(default=None, compare=False)

    @property
    def weight(self) -> float:
        return LIGHT if self.sort in {"function", "negation"} else 1.0

    @property
    def says(self) -> bool:
        return self.sort != "function"


@dataclass(frozen=True, slots=True)
class Utterance:
    """``speaker`` is the id of a person who is named there, or empty. ``english`` is how sure it is
    that these are the words that were spoken: 2 or 1 if in English (said so, or presumed), -1 or
    -2 if translated, 0 if nothing is known. ``alike`` tells whether two words mean the same."""

    words: tuple[Word, ...]
    speaker: str = ""
    english: int = 0
    alike: Callable[[str, str], bool] = field(default=str.__eq__, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Alignment:
    """``shared`` is the weight of the words in common, ``cover`` its share of the shorter wording;
    ``left`` and ``right`` are the words that only one has, near the shared part, ``swaps`` the
    pairs of runs that stand in each other's place."""

    shared: float
    said: int
    cover: float
    left: tuple[Word, ...]
    right: tuple[Word, ...]
    swaps: tuple[tuple[tuple[Word, ...], tuple[Word, ...]], ...]


def align(a: Sequence[Word], b: Sequence[Word]) -> Alignment:
    """The words that two wordings share in order, and what is left of each."""
    return _align(*_levelled(tuple(a), tuple(b)))


def _levelled(
    a: tuple[Word, ...], b: tuple[Word, ...]
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Two wordings with the words joined that one of them has as one."""
    one, other = ({w.key for w in words} for words in (a, b))
    return _joined(a, other), _joined(b, one)


def _joined(words: tuple[Word, ...], others: set[str]) -> tuple[Word, ...]:
    """ "Wrong doing" as one word, if the other wording has it so."""
    found: list[Word] = []
    for word in words:
        if found and found[-1].key + word.key in others and found[-1].key + word.key != word.key:
            found[-1] = Word(found[-1].key + word.key, "content")
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=4096)
def _align(a: tuple[Word, ...], b: tuple[Word, ...]) -> Alignment:
    # one order of the arguments, so that the alignment mirrors
    if [w.key for w in b] < [w.key for w in a]:
        found = _align(b, a)
        swapped = tuple((two, one) for one, two in found.swaps)
        return Alignment(found.shared, found.said, found.cover, found.right, found.left, swapped)
    blocks = Indel.opcodes([w.key for w in a], [w.key for w in b])
    equal = [o for o in blocks if o.tag == "equal"]
    if not equal:
        return Alignment(0.0, 0, 0.0, a, b, ())
    common = [w for o in equal for w in a[o.src_start : o.src_end]]
    shared = sum(w.weight for w in common)
    shorter = min(sum(w.weight for w in words) for words in (a, b))
    left = _outside(a, [(o.src_start, o.src_end) for o in equal])
    right = _outside(b, [(o.dest_start, o.dest_end) for o in equal])
    return Alignment(
        shared, sum(w.says for w in common), shared / shorter if shorter else 0.0,
        *_unmoved(left, right), _swaps(a, b, equal),
    )  # fmt: skip


def _outside(words: tuple[Word, ...], kept: Sequence[tuple[int, int]]) -> list[Word]:
    """The words between the kept runs and close to them. A negation of what is itself left out
    ("not a concert, but") goes with it."""
    inside = {i for start, end in kept for i in range(start, end)}
    near = range(max(0, kept[0][0] - _EDGE), min(len(words), kept[-1][1] + _EDGE))
    return [words[i] for i in near if i not in inside and not _denies_other(words, i, inside)]


def _denies_other(words: tuple[Word, ...], at: int, inside: set[int]) -> bool:
    if words[at].sort != "negation":
        return False
    denied = next((k for k in range(at + 1, len(words)) if words[k].weight == 1.0), None)
    if denied is None:  # "and I never will", cut off whole
        return at > max(inside) + 1
    return denied not in inside


def _unmoved(left: list[Word], right: list[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Without the words that merely stand elsewhere."""
    moved = Counter(w.key for w in left) & Counter(w.key for w in right)
    kept = []
    for words in (left, right):
        open_ = Counter(moved)
        rest = []
        for word in words:
            if open_[word.key]:
                open_[word.key] -= 1
            else:
                rest.append(word)
        kept.append(tuple(rest))
    return kept[0], kept[1]


def _swaps(
    a: tuple[Word, ...], b: tuple[Word, ...], equal: Sequence[object]
) -> tuple[tuple[tuple[Word, ...], tuple[Word, ...]], ...]:
    """What stands in each other's place between, before and after the shared runs."""
    edges = [(0, 0)]
    pairs = []
    for block in equal:
        start = (block.src_start, block.dest_start)  # type: ignore[attr-defined]
        pairs.append((a[edges[-1][0] : start[0]], b[edges[-1][1] : start[1]]))
        edges.append((block.src_end, block.dest_end))  # type: ignore[attr-defined]
    pairs.append((a[edges[-1][0] :], b[edges[-1][1] :]))
    return tuple((one, two) for one, two in pairs if one or two)


def relate_utterances(a: Utterance, b: Utterance) -> Relation:
    """How two wordings of one remark relate; that they are of one remark is taken for granted."""
    if a.speaker and b.speaker and a.speaker != b.speaker:
        return Relation.APART
    found = align(a.words, b.words)
    mine, theirs = _levelled(a.words, b.words)
    one, other = (tuple(w for w in side if w.says) for side in (found.left, found.right))
    if _altered(a, b, found, one, other):
        return Relation.APART
    said = [[w.key for w in words if w.says] for words in (mine, theirs)]
    if said[0] == said[1]:
        return Relation.SAME
    if not other and len(said[1]) == found.said < len(said[0]):
        return Relation.INSIDE
    if not one and len(said[0]) == found.said < len(said[1]):
        return Relation.CONTAINS
    return Relation.OVERLAP


def _altered(
    a: Utterance, b: Utterance, found: Alignment, one: Sequence[Word], other: Sequence[Word]
) -> bool:
    if _denials(one, other) != _denials(other, one):
        return True
    if _figures_differ(one, other) or _names_differ(found):
        return True
    open_one = [w for w in one if w.sort == "content"]
    open_other = [w for w in other if w.sort == "content"]
    if not open_one or not open_other:
        return False
    english = original(a, b)
    if english >= _ENGLISH or (english > -_SAID and _nearly_verbatim(a, b, found)):
        return True
    if english < 0:
        return False
    return _only_swap(found, a.alike)


def reversed_by(a: Utterance, b: Utterance) -> bool:
    """Whether one of two wordings denies what the other affirms."""
    found = align(a.words, b.words)
    one, other = (tuple(w for w in side if w.says) for side in (found.left, found.right))
    return _denials(one, other) != _denials(other, one)


def original(a: Utterance, b: Utterance) -> int:
    """How sure it is that both accounts print the words as spoken: the surer evidence counts."""
    if a.english == -b.english:
        return 0
    return max((a.english, b.english), key=abs)


_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-", "mis")


def _denials(words: Sequence[Word], others: Sequence[Word]) -> int:
    """Negations, odd or even; "unhappy" is one where the other wording has "happy"."""
    keys = {w.key for w in others}
    prefixed = sum(any(w.key == p + key for p in _PREFIXES for key in keys) for w in words)
    return (sum(w.sort == "negation" for w in words) + prefixed) % 2


def _figures_differ(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether both have a figure of their own, and none that can be the other's."""
    mine, theirs = ([w for w in side if w.sort == "figure"] for side in (one, other))
    return bool(mine and theirs) and not any(_same_figure(x, y) for x in mine for y in theirs)


def _same_figure(a: Word, b: Word) -> bool:
    if a.figure is None or b.figure is None:
        return a.key == b.key
    if a.figure.unit.dimension != b.figure.unit.dimension:
        return True
    return relate(a.figure, b.figure) is not Relation.APART


def _names_differ(found: Alignment) -> bool:
    """Whether one name stands in the place of another."""
    return any(
        len(one) == len(two) == 1 and one[0].sort == two[0].sort == "name"
        for one, two in found.swaps
    )


def _nearly_verbatim(a: Utterance, b: Utterance, found: Alignment) -> bool:
    """Whether two long wordings are the same but for a word exchanged here and there. Those who
    translate from another language do not come so close, whatever country it is set in."""
    longer = max(len(a.words), len(b.words))
    swaps = [pair for pair in found.swaps if any(w.says for side in pair for w in side)]
    if len(swaps) > 1 + longer // _WORDS_A_SWAP or not all(one and two for one, two in swaps):
        return False
    if any(len(side) > _SWAPPED for pair in swaps for side in pair):
        return False
    changed = max(sum(len(pair[i]) for pair in found.swaps) for i in (0, 1))
    return longer - changed >= _VERBATIM


def _only_swap(found: Alignment, alike: Callable[[str, str], bool]) -> bool:
    """Whether one run of a word or two has been exchanged for another that means something else,
    and all the rest is the same to the letter: what two translators would not come to."""
    if len(found.swaps) != 1:
        return False
    one, two = ([w for w in side if w.says] for side in found.swaps[0])
    if not one or not two or max(len(one), len(two)) > _SWAPPED:
        return False
    return not any(alike(x.key, y.key) for x in one for y in two)
