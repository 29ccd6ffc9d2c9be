"""Places that no account names together, and deeds that two accounts put into one each.

Whoever tells where a thing happened names the place, and mostly also what lies around it. Two
places of which every account names one at most, though both tell of the same deed of the same
people or things, are rivals: one of them is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, permutations

from rapidfuzz.fuzz import ratio

from crosscheck.rulebook import Rulebook
from crosscheck.slots.actors import ALIKE
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.place_words import place_words
from crosscheck.slots.spots import Party, Spot
from crosscheck.values.interval import Relation
from crosscheck.values.places import Place, folded, gazetteer, opposite, relate_places, unlike

_FIGURES = 1
"""Figures that two accounts of one statement share."""
_LIKE = 70.0
"""The similarity in percent from which two names may be spellings of one."""
_LARGE = 10.0
"""The radius in kilometres from which the quarters of a town are named without it."""
_SMALL = 3.0
"""The radius in kilometres below which a town is known near by only."""
_STANDING = frozenset({"building", "dwelling", "artifact", "object"})
_NAME = re.compile(r"\b[A-Z]\w{3,}")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(eq=False)
class Strangers:
    """``texts`` are those of all articles, by id."""

    rules: Rulebook
    texts: Mapping[str, str]
    _named: dict[str, set[str]] = field(default_factory=dict)
    _held: dict[str, frozenset[str]] = field(default_factory=dict)

    def apart(self, a: Place, one: str, b: Place, other: str, surely: bool = False) -> bool:
        """Whether two places, told in the articles ``one`` and ``other``, exclude each other; if
        they ``surely`` tell of one deed, a third account may name both."""
        a, b = self._sure(a, one, b), self._sure(b, other, a)
        if a.key == b.key or not self._may_be_rivals(a, b, surely):
            return False
        mine, theirs = self._naming(a, b), self._naming(b, a)
        each = one not in theirs and other not in mine
        return each and (surely or not mine & theirs)

    def _sure(self, place: Place, article: str, rival: Place) -> Place:
        """A small town of such a name in another country is perhaps not the one that is meant."""
        small = all(s.kind in {"town", "section"} and s.radius < _SMALL for s in place.sites)
        largest = max(rival.sites, key=lambda site: site.radius, default=None)
        there = {largest.country} if largest else set()
        there |= self._countries(article)
        strange = small and there.isdisjoint(site.country for site in place.sites)
        return replace(place, sites=()) if strange else place

    def _countries(self, article: str) -> set[str]:
        """The countries that an account names."""
        if article not in self._named:
            known = gazetteer(self.rules)
            words = set(_NAME.findall(self.texts[article]))
            self._named[article] = {site.country for w in words for site in known.country(w)}
        return self._named[article]

    def _may_be_rivals(self, a: Place, b: Place, surely: bool) -> bool:
        """Whether neither can lie in the other as far as the gazetteer knows."""
        plain = [replace(p, beside="") for p in (a, b)]
        if opposite(a.text, b.text):
            return True
        if a.sites and b.sites:
            return relate_places(*plain) is Relation.APART
        known = [site for p in (a, b) for site in p.sites]
        if any(site.kind in {"country", "region"} for site in known):
            return False
        if not surely and any(site.radius > _LARGE for site in known):
            return False  # the other may be a part of it
        return self._is_built(a) == self._is_built(b) and unlike(a, b)

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
        return frozenset().union(*map(self._having, wanted))

    def _having(self, words: str) -> frozenset[str]:
        """The articles in which a name or a word stands; asked for many times."""
        if words not in self._held:
            found = (id for id, text in self._folded.items() if f" {words} " in text)
            self._held[words] = frozenset(found)
        return self._held[words]

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
    based = place_words(rules).base.strings("nouns")
    if any(p.value in based for s in (a, b) for p in (*s.holders, *s.parties)):
        return _NOTHING  # has rules of its own
    if a.deed == b.deed == "speech":
        quoted = bool(names) and len(a.figures & b.figures) >= _FIGURES
        return Shared(quoted, quoted, False, (*names, "figures")) if quoted else _NOTHING
    deed = bool(a.deed) and a.deed == b.deed
    verbs = bool(a.verb and b.verb and words.verbs_relate(a.verb, b.verb))
    done = [a.deed if deed else a.verb] if deed or verbs else []
    told = len(names) + len(nouns)
    sure = bool(done and names) and (told > 1 or _is_once(a, b, names, rules))
    enough = sure or bool(held) or (bool(nouns) and told + len(done) > 1)
    if a.deed and not names and _is_spread(a, b, rules):
        return _NOTHING
    if a.heading != b.heading and not (done or held):
        return _NOTHING  # found in one place and taken to another
    found: tuple[str, ...] = tuple(dict.fromkeys([*names, *nouns, *held, *done]))
    things = [p.value for p in (*a.parties, *a.holders) if p.named and not p.person]
    fixed = any(words.noun_class(noun) in _STANDING for noun in nouns)
    stays = bool(held) or (fixed and not set(names).isdisjoint(things))
    return Shared(enough, sure, stays, found)


def _is_once(a: Spot, b: Spot, names: Sequence[str], rules: Rulebook) -> bool:
    """Whether a deed of one and the same is done once: it is not done every other day, or is done
    to them."""
    once = place_words(rules).once.strings("nouns")
    suffers = all(any(p.suffers for p in s.parties if p.named) for s in (a, b))
    return suffers or not (a.again or b.again) or bool(a.event and a.event.noun in once)


def _is_spread(a: Spot, b: Spot, rules: Rulebook) -> bool:
    """Whether such a thing happens in many places at once."""
    nouns = place_words(rules).spread.strings("nouns")
    return any(s.event is not None and s.event.noun in nouns for s in (a, b))


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
            if not p.named and not q.named and p.single and q.single
            and (p.definite and q.definite if definite else p.definite or q.definite)
            and (p.value == q.value or words.nouns_relate(p.value, q.value) in ALIKE)
        }
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """``one`` tells whether two spots are of one thing, ``surely`` that somebody by name does one
    deed in both, ``stays`` that it is a thing that does not move; ``words`` is what they share."""

    one: bool
    surely: bool
    stays: bool
    words: tuple[str, ...]


_NOTHING = Shared(False, False, False, ())

Key = tuple[str, int]
"""An article's id and the offset of the name of a place in it."""
Rivals = Mapping[Key, Mapping[Key, bool]]
"""For each spot those that it excludes, and whether the thing is one that does not move."""


def rivals(
    spots: Mapping[str, Sequence[Spot]], texts: Mapping[str, str], rules: Rulebook
) -> Rivals:
    """The spots of each article that exclude spots of others, though they tell of one thing."""
    known = Strangers(rules, texts)
    several = {
        id: {t.told.start for s, t in permutations(here, 2) if _are_two(s, t, rules)}
        for id, here in spots.items()
    }
    found: dict[Key, dict[Key, bool]] = defaultdict(dict)
    for (one, a), (other, b) in _candidates(spots):
        if a.told.start in several[one] or b.told.start in several[other]:
            continue
        same = shared(a, b, known.rules)
        sides = (a.told.place, one), (b.told.place, other)
        if same.one and known.apart(*sides[0], *sides[1], same.surely):
            keys = (one, a.told.start), (other, b.told.start)
            found[keys[0]][keys[1]] = found[keys[1]][keys[0]] = same.stays
    return found


def _are_two(a: Spot, b: Spot, rules: Rulebook) -> bool:
    """Whether one account puts the same thing in two places, so that there are several."""
    apart = a.told.place.key != b.told.place.key and a.sentence != b.sentence
    return apart and shared(a, b, rules).one


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
