"""Places as a sentence tells them: the name behind a preposition, and what narrows it.

"In a school in Sousse" is Sousse; "in north-western Portugal" the part of a country; "in Paris,
Texas" one of several towns of that name; "in the village of Korvel" a name that no gazetteer needs
to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from crosscheck.grammar.spans import Names, name_at
from crosscheck.language import Token
from crosscheck.rulebook import Rulebook
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.place_words import place_words
from crosscheck.slots.shapes import names_up_to
from crosscheck.values.moments import MONTHS, WEEKDAYS
from crosscheck.values.places import Gazetteer, Place, Site, gazetteer

_DEPTH = 3
_NESTED = frozenset({"in", "at", "of", "near", "outside"})
_BESIDE = frozenset({"near", "off", "outside", "around"})
_PART = re.compile(
    r"(?:in |of |to |off )?(?:the )?(?:far |extreme )?(north|south|east|west)"
    r"(?:-? ?(east|west))?(?:ern)?(?: coast| part| corner| tip)?(?: of)?\s$",
    re.I,
)
_CALENDAR = frozenset(word.lower() for word in (*WEEKDAYS, *MONTHS))
_BUILT = frozenset({"building", "dwelling", "place"})
_QUALIFIED = re.compile(r",\s+((?:[A-Z][\w.'’-]*\s?){1,3}?)(?=[,.;)\s]|$)")


@dataclass(frozen=True, slots=True)
class Told:
    """A place, the offsets of its name in the article, and the rule that told more of it."""

    place: Place
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads the places of one article's sentences. ``names`` are its names, ``bearers`` what each
    of them is."""

    rules: Rulebook
    names: Names
    bearers: Mapping[str, AbstractSet[str]]

    @property
    def map(self) -> Gazetteer:
        return gazetteer(self.rules)

    def under(self, frame: Frame, prep: Token, unknown: bool = False) -> Told | None:
        """The place that a preposition governs; ``unknown`` takes any name for one."""
        told = next((t for t in self._below(frame, prep, _DEPTH, unknown)), None)
        if told is None or prep.lower not in _BESIDE:
            return told
        return replace(told, place=replace(told.place, beside=prep.lower))

    def named(self, frame: Frame, token: Token) -> Told | None:
        """The place that a name is."""
        known = self._named(frame, token, False) if token.pos == "PROPN" else iter(())
        return next(known, None)

    def is_person(self, token: Token) -> bool:
        return "person" in self.bearers.get(name_at(self.names, token.start), frozenset())

    def _below(self, frame: Frame, prep: Token, depth: int, unknown: bool) -> Iterator[Told]:
        for noun in frame.children.get(prep.i, ()):
            if noun.dep not in {"pobj", "pcomp"} or not depth:
                continue
            capital = noun.text[:1].isupper() and self.map.is_known(noun.text)
            if noun.pos == "PROPN" or capital:  # "Bruges" passes for a plural
                yield from self._named(frame, noun, unknown)
                continue
            yield from self._described(frame, noun)
            for inner in frame.children.get(noun.i, ()):
                if inner.dep == "prep" and inner.lower in _NESTED:
                    sort = noun.lemma if inner.lower == "of" else ""
                    if inner.lower == "of" and not self._opens(noun):
                        continue
                    for told in self._below(frame, inner, depth - 1, bool(sort in self._sorts)):
                        yield self._part(self._sorted(told, sort), noun)

    @property
    def _sorts(self) -> frozenset[str]:
        return place_words(self.rules).sorts

    def _opens(self, noun: Token) -> bool:
        """Whether "X of Y" is a place at Y: a part, a direction or a sort of place."""
        scene = place_words(self.rules).scene.strings("words")
        built = lexicon(self.rules).noun_class(noun.lemma) in _BUILT
        part = place_words(self.rules).part.strings("nouns")
        if noun.lemma in part or noun.lower in part:
            return True
        return noun.lemma in self._sorts or noun.lemma in scene or _is_direction(noun) or built

    def _part(self, told: Told, noun: Token) -> Told:
        rule = place_words(self.rules).part
        return (
            replace(told, rule=told.rule or rule.id)
            if noun.lower in rule.strings("nouns")
            else told
        )

    def _sorted(self, told: Told, sort: str) -> Told:
        if sort not in self._sorts or told.place.sort:
            return told
        rule = place_words(self.rules).sort_rule
        return replace(told, place=replace(told.place, sort=sort), rule=told.rule or rule)

    def _described(self, frame: Frame, noun: Token) -> Iterator[Told]:
        """ "The town Korvel", "a Stockholm hotel", "the Brooklyn district"."""
        sort = noun.lemma if noun.lemma in self._sorts else ""
        built = bool(sort) or lexicon(self.rules).noun_class(noun.lemma) in {"building", "dwelling"}
        for child in frame.children.get(noun.i, ()):
            apposed = child.dep == "appos" and child.i == noun.i + 1 and bool(sort)
            before = child.dep == "compound" and child.i == noun.i - 1 and built
            if child.pos == "PROPN" and (apposed or before):
                for told in self._named(frame, child, bool(sort)):
                    yield self._sorted(told, sort)

    def _named(self, frame: Frame, token: Token, unknown: bool) -> Iterator[Told]:
        run = [t for t in names_up_to(frame, token.i) if not t.text[:1].islower()] or [token]
        start, end = run[0].start, run[-1].end
        text = frame.text(start, end)
        landmark = self.map.landmark(text)
        other = not landmark and not self._sort_in(text) and self._is_other(run[0].start)
        if text.lower() in _CALENDAR or other:
            return
        following = frame.text(end, min(end + 2, frame.sentence.end))
        if following in {"'s", "’s"}:
            return  # "at London's stock exchange": what is theirs
        sites = self.map.sites(text)
        sort = "" if sites else self._sort_in(text)
        if not sites and not unknown and not sort:
            return
        place = Place(self.map.key(text), text, self._narrowed(frame, end, sites), sort=sort)
        part = _part_before(frame, start)
        yield Told(replace(place, part=part), start, end, landmark)

    def _sort_in(self, text: str) -> str:
        """What a name says that it is: "Bellmont Hotel", "Hotel Bellmont". One called after a town
        may have another name ("the Halden hospital")."""
        words = text.split()
        sort = next((w.lower() for w in words if w.lower() in self._sorts), "")
        rest = " ".join(w for w in words if w.lower() != sort)
        return sort if len(words) > 1 and rest and not self.map.is_known(rest) else ""

    def _is_other(self, offset: int) -> bool:
        """Whether the articles take the name for a person or an organisation alone."""
        kinds = self.bearers.get(name_at(self.names, offset), frozenset())
        return bool(kinds) and "place" not in kinds and bool(kinds & {"person", "organisation"})

    def _narrowed(self, frame: Frame, end: int, sites: tuple[Site, ...]) -> tuple[Site, ...]:
        """ "Paris, Texas": of the towns of one name that in Texas."""
        behind = _QUALIFIED.match(frame.text(end, frame.sentence.end))
        wholes = self.map.sites(behind.group(1)) if behind else ()
        whole = [site for site in wholes if site.kind in {"country", "region"}]
        inside = tuple(
            site
            for site in sites
            if any(
                (s.country, s.region or site.region) == (site.country, site.region) for s in whole
            )
        )
        return inside or sites


def _is_direction(token: Token) -> bool:
    return bool(_PART.fullmatch(f"{token.lower} "))


def _part_before(frame: Frame, start: int) -> str:
    """The direction before a name: "north-west" for "north-western" and "the north-west of"."""
    before = frame.text(frame.sentence.start, start)
    found = _PART.search(before)
    if not found or (found.start() and before[found.start() - 1].isalnum()):
        return ""
    return "-".join(part.lower() for part in found.groups() if part)


def person_meant(
    names: Sequence[tuple[int, int, str]], people: AbstractSet[str], since: int, before: int
) -> str:
    """Whom "he" or "she" means: the only person named in a stretch; empty if it is not one."""
    named = {name for start, _, name in names if since <= start < before and name in people}
    return named.pop() if len(named) == 1 else ""
