"""Places that no account names together, and deeds that two accounts put into one each.

Whoever tells where a thing happened names the place, and mostly also what lies around it. Two
places of which every account names one at most, though both tell of the same deed of the same
people or things, are rivals: one of them is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz.fuzz import ratio

from crosscheck.rulebook import Rulebook
from crosscheck.slots.actors import ALIKE
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.place_words import place_words
from crosscheck.slots.spots import Party, Spot
from crosscheck.values.interval import Relation
from crosscheck.values.places import Place, folded, gazetteer, opposite, relate_places, unlike

_FIGURES = 2
"""Figures that two accounts of one statement share."""
_LIKE = 70.0
"""The similarity in percent from which two names may be spellings of one."""
_STANDING = frozenset({"building", "dwelling", "artifact", "object"})
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(eq=False)
class Strangers:
    """``texts`` are those of all articles, by id."""

    rules: Rulebook
    texts: Mapping[str, str]

    def apart(self, a: Place, one: str, b: Place, other: str, surely: bool = False) -> bool:
        """Whether two places, told in the articles ``one`` and ``other``, exclude each other; if
        they ``surely`` tell of one deed, a third account may name both."""
        if a.key == b.key or not self._may_be_rivals(a, b):
            return False
        mine, theirs = self._naming(a, b), self._naming(b, a)
        each = one not in theirs and other not in mine
        return each and (surely or not mine & theirs)

    def _may_be_rivals(self, a: Place, b: Place) -> bool:
        """Whether neither can lie in the other as far as the gazetteer knows."""
        plain = [replace(p, beside="") for p in (a, b)]
        if opposite(a.text, b.text):
            return True
        if a.sites and b.sites:
            return relate_places(*plain) is Relation.APART
        wide = any(site.kind in {"country", "region"} for p in (a, b) for site in p.sites)
        return not wide and self._is_built(a) == self._is_built(b) and unlike(a, b)

    def _is_built(self, place: Place) -> bool:
        """Whether a name says that it is one of a building, which stands in some town."""
        words = lexicon(self.rules)
        nouns = [place.sort, *folded(place.text).split()[-1:], *folded(place.text).split()[:1]]
        return any(words.noun_class(noun) in {"building", "dwelling"} for noun in nouns if noun)

    def _naming(self, place: Place, rival: Place) -> frozenset[str]:
        """The articles that name a place, a part of its name or, if the gazetteer knows it,
        another name of it."""
        name, other = folded(place.text), folded(rival.text)
        if place.sites or opposite(place.text, rival.text):
            wanted = frozenset({name})
        else:
            wanted = frozenset(_WORD.findall(name)) - set(_WORD.findall(other)) - self._common
        wanted = wanted or frozenset({name})
        return frozenset(
            id for id, text in self._folded.items() if any(f" {w} " in text for w in wanted)
        )

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words of names that say what sort of place it is, or which part of one."""
        words = place_words(self.rules)
        sides = frozenset({"north", "south", "east", "west", "great", "new", "old", "upper"})
        return words.sorts | frozenset(words.part.strings("nouns")) | sides

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {
            id: f" {' '.join(re.findall(r'[a-z0-9]+', folded(text)))} "
            for id, text in self.texts.items()
        }


def shared(a: Spot, b: Spot, rules: Rulebook) -> Shared:
    """What two spots have in common of which they may be the place."""
    words = lexicon(rules)
    names = _names(a, b)
    nouns = _alike((*a.parties, *a.holders), (*b.parties, *b.holders), rules)
    held = [
        noun
        for noun in _alike(a.holders, b.holders, rules, definite=True)
        if words.noun_class(noun) in _STANDING
    ]
    if a.deed == b.deed == "speech":
        told = names and len(a.figures & b.figures) >= _FIGURES
        return Shared(bool(told), bool(told), (*names, "figures") if told else ())
    deed = bool(a.deed) and a.deed == b.deed
    verbs = bool(a.verb and b.verb and words.verbs_relate(a.verb, b.verb))
    done = [a.deed if deed else a.verb] if deed or verbs else []
    enough = (done and (names or nouns)) or held or (nouns and len(names) + len(nouns) > 1)
    found = tuple(dict.fromkeys((*names, *nouns, *held, *done)))
    return Shared(bool(enough), bool(done and names), found)


def _names(a: Spot, b: Spot) -> list[str]:
    """The names in common, spelt alike at least."""
    mine, theirs = ({p.value for p in s.parties if p.named} for s in (a, b))
    return sorted(x for x in mine if x in theirs or any(ratio(x, y) > _LIKE for y in theirs))


def _alike(
    one: tuple[Party, ...], other: tuple[Party, ...], rules: Rulebook, definite: bool = False
) -> list[str]:
    """The nouns of one that name the same things as nouns of the other."""
    words = lexicon(rules)
    return sorted(
        {
            p.value
            for p in one
            for q in other
            if not p.named and not q.named
            and (not definite or (p.definite and q.definite))
            and (p.value == q.value or words.nouns_relate(p.value, q.value) in ALIKE)
        }
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """``one`` tells whether two spots are of one thing, ``surely`` that somebody by name does one
    deed in both; ``words`` is what they share."""

    one: bool
    surely: bool
    words: tuple[str, ...]


Key = tuple[str, int]
"""An article's id and the offset of the name of a place in it."""


def rivals(spots: Mapping[str, Sequence[Spot]], known: Strangers) -> dict[Key, set[Key]]:
    """The spots of each article that exclude spots of others, though they tell of one thing."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for (one, a), (other, b) in _candidates(spots):
        same = shared(a, b, known.rules)
        sides = (a.told.place, one), (b.told.place, other)
        if same.one and known.apart(*sides[0], *sides[1], same.surely):
            keys = (one, a.told.start), (other, b.told.start)
            found[keys[0]].add(keys[1])
            found[keys[1]].add(keys[0])
    return found


def _candidates(
    spots: Mapping[str, Sequence[Spot]],
) -> Iterator[tuple[tuple[str, Spot], tuple[str, Spot]]]:
    """Pairs of two articles that have a word in common, each once."""
    sharing: dict[str, list[int]] = defaultdict(list)
    told = [(id, spot) for id, here in spots.items() for spot in here]
    for at, (_, spot) in enumerate(told):
        words = {party.value for party in (*spot.parties, *spot.holders)} | {spot.deed, spot.verb}
        for word in words - {""}:
            sharing[word].append(at)
    pairs = {pair for group in sharing.values() for pair in combinations(group, 2)}
    for i, j in sorted(pairs):
        if told[i][0] != told[j][0]:
            yield told[i], told[j]
