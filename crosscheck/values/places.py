"""Places as values: the sites that a name can stand for, and how two places lie to each other.

A place is the set of points that a phrase leaves possible: "France" holds "Paris", "the north of
Tunisia" holds "the north-west of Tunisia", and "near Lyon" holds whatever is not far from Lyon.
What the gazetteer (``rules/places/gazetteer.tsv``) does not know may lie anywhere: it is apart from
another place only where both are told as one of a sort ("the village of X", "the village of Y").
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from crosscheck.rulebook import Rulebook
from crosscheck.values.interval import Relation

_DEGREE = 111.2
_MARGIN = 5.0
"""Kilometres between two towns that are taken to have run together."""
_NEARBY = 150.0
"""Kilometres within which a place may be said to be near, off or outside a town."""
_LIKE = 60.0
"""The similarity in percent from which two names may be spellings of one."""
_BESIDE = frozenset({"near", "off", "outside", "around", "towards"})


@dataclass(frozen=True, slots=True)
class Site:
    """A place on the map. ``kind`` is country, region, town or section (of a larger town);
    ``country`` and ``region`` are codes of GeoNames, ``radius`` is in kilometres."""

    kind: str
    country: str
    region: str = ""
    at: tuple[float, float] | None = None
    radius: float = 0.0

    def relate(self, other: Site) -> Relation:
        if self == other:
            return Relation.SAME
        if self.country != other.country:
            return Relation.APART
        if "country" in {self.kind, other.kind}:
            return _by_width(self, other, ("country",))
        if "region" in {self.kind, other.kind}:
            if not self.region or not other.region:
                return Relation.OVERLAP
            return (
                _by_width(self, other, ("region",))
                if self.region == other.region
                else Relation.APART
            )
        return self._towns(other)

    def _towns(self, other: Site) -> Relation:
        gap = self.kilometres(other)
        if gap is None:
            return Relation.OVERLAP
        if self.kind == other.kind == "section":
            apart = gap > max(self.radius, other.radius)
        else:
            apart = gap > self.radius + other.radius + _MARGIN
        if apart:
            return Relation.APART
        if self.kind != other.kind and gap < max(self.radius, other.radius):
            return _by_width(self, other, ("town",))
        return Relation.OVERLAP

    def kilometres(self, other: Site) -> float | None:
        if self.at is None or other.at is None:
            return None
        (a, b), (c, d) = self.at, other.at
        return _DEGREE * math.hypot(a - c, (b - d) * math.cos(math.radians((a + c) / 2)))


def _by_width(a: Site, b: Site, wide: tuple[str, ...]) -> Relation:
    if (a.kind in wide) == (b.kind in wide):
        return Relation.OVERLAP
    return Relation.CONTAINS if a.kind in wide else Relation.INSIDE


@dataclass(frozen=True, slots=True)
class Place:
    """A place as told. ``key`` names it whatever the spelling; ``beside`` is near, off, outside ...
    or empty for in and at; ``part`` a direction ("north-west") or empty; ``sort`` the noun that
    says what it is (village, hotel), if one does. ``text`` is the name as written."""

    key: str
    text: str = field(compare=False)
    sites: tuple[Site, ...] = ()
    part: str = ""
    beside: str = ""
    sort: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        return " ".join(
            w for w in (self.beside, self.part and f"the {self.part} of", self.text) if w
        )


@dataclass(frozen=True, slots=True)
class Route:
    """A journey from one place to another; either may be left unsaid."""

    origin: Place | None
    goal: Place | None

    @property
    def label(self) -> str:
        ends = (("from", self.origin), ("to", self.goal))
        return " ".join(f"{word} {place.label}" for word, place in ends if place is not None)


def relate_places(a: Place, b: Place) -> Relation:
    """How two places lie to each other; mirrors."""
    if a.beside in _BESIDE or b.beside in _BESIDE:
        return _relate_beside(a, b)
    if a.key == b.key:
        return _relate_parts(a.part, b.part)
    if not a.sites or not b.sites:
        unknown = not a.sites and not b.sites
        one_sort = bool(a.sort) and a.sort == b.sort and unknown and not _alike(a, b)
        return Relation.APART if one_sort else Relation.OVERLAP
    found = {one.relate(other) for one in a.sites for other in b.sites}
    if found == {Relation.APART}:
        return Relation.APART
    for relation, part in ((Relation.INSIDE, b.part), (Relation.CONTAINS, a.part)):
        if relation in found and not part:
            return relation
    return Relation.OVERLAP


def _alike(a: Place, b: Place) -> bool:
    """Whether two names may be one: a word in common, or much the same letters."""
    one, other = ([w for w in p.key.split() if w != p.sort] for p in (a, b))
    shared = bool(set(one) & set(other)) or not one or not other
    return shared or ratio(" ".join(one), " ".join(other)) > _LIKE


def unlike(a: Place, b: Place) -> bool:
    """Whether no spelling makes two names one."""
    return not _alike(a, b)


def opposite(one: str, other: str) -> bool:
    """Whether two names differ in a direction alone: "North Halden", "South Halden"."""
    a, b = folded(one).split(), folded(other).split()
    if len(a) != len(b):
        return False
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(pairs) == 1 and len(a) > 1 and _OPPOSITE.get(pairs[0][0]) == pairs[0][1]


def _relate_beside(a: Place, b: Place) -> Relation:
    if (a.key, a.beside, a.part) == (b.key, b.beside, b.part):
        return Relation.SAME
    gaps = [_gap(one, other) for one in a.sites for other in b.sites]
    far = bool(gaps) and all(gap is not None and gap > _NEARBY for gap in gaps)
    return Relation.APART if far and a.key != b.key else Relation.OVERLAP


def _gap(one: Site, other: Site) -> float | None:
    gap = one.kilometres(other)
    return None if gap is None else gap - one.radius - other.radius


def _relate_parts(one: str, other: str) -> Relation:
    """Directions as sets of what they leave open: the north holds the north-west."""
    if one == other:
        return Relation.SAME
    if not one or not other:
        return Relation.CONTAINS if not one else Relation.INSIDE
    a, b = _directions(one), _directions(other)
    if not a or not b:
        return Relation.OVERLAP
    if any(_OPPOSITE[direction] in b for direction in a):
        return Relation.APART
    if a < b:
        return Relation.CONTAINS
    return Relation.INSIDE if b < a else Relation.OVERLAP


_OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}


def _directions(part: str) -> frozenset[str]:
    return frozenset(direction for direction in _OPPOSITE if direction in part)


def relate_routes(a: Route, b: Route) -> Relation:
    """Opposite ways are apart, and so are ways that share one end alone; where an account tells
    only where the journey goes, its goal counts."""
    if _meet(a.origin, b.goal) and _meet(a.goal, b.origin):
        return Relation.APART
    ends = [
        relate_places(one, other)
        for one, other in ((a.origin, b.origin), (a.goal, b.goal))
        if one is not None and other is not None
    ]
    if len(ends) == 2 and set(ends) == {Relation.SAME, Relation.APART}:
        return Relation.APART
    if a.goal and b.goal and (a.origin is None or b.origin is None):
        return relate_places(a.goal, b.goal)
    return Relation.SAME if ends == [Relation.SAME, Relation.SAME] else Relation.OVERLAP


def _meet(one: Place | None, other: Place | None) -> bool:
    return one is not None and other is not None and one.key == other.key


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """``rules/places`` compiled for look-up: sites by folded name, other names of one place."""

    _rows: Sequence[str]
    _landmarks: Mapping[str, tuple[str, str]]
    _same: Mapping[str, str]
    _countries: Mapping[str, str]
    _found: dict[str, tuple[Site, ...]] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """One key for all the spellings and names of a place."""
        plain = folded(name)
        plain = self._countries.get(plain, plain)
        return self._same.get(plain, plain)

    def sites(self, name: str) -> tuple[Site, ...]:
        """Where a place of this name can be; empty if that is not known. A country's name is not
        taken for that of a village elsewhere."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> tuple[Site, ...]:
        plain = folded(name)
        forms = dict.fromkeys((plain, self._countries.get(plain, plain), self.key(name)))
        found = dict.fromkeys(site for form in forms for site in self._sites(form))
        wide = [site for site in found if site.kind == "country"]
        return tuple(site for site in found if site.kind != "town") if wide else tuple(found)

    def _sites(self, form: str) -> Iterator[Site]:
        landmark = self._landmarks.get(form)
        if landmark is not None:
            of = next(self._sites(landmark[0]), None)
            if of is not None:
                yield Site("section", of.country, of.region, of.at, 2.0)
            return
        yield from (_site(text) for text in self._row(form).split(";") if text)

    def _row(self, form: str) -> str:
        start = f"{form}\t"
        at = bisect_left(self._rows, start)
        row = self._rows[at] if at < len(self._rows) else ""
        return row.removeprefix(start) if row.startswith(start) else ""

    def place(self, name: str) -> Place | Route:
        """A place, or a journey ("from Genoa to Palermo"), as its label names it."""
        ends = _ENDS.fullmatch(name)
        if ends:
            return Route(*(self._place(end) for end in ends.groups()))
        return self._place(name)

    def _place(self, text: str) -> Place:
        beside, part, name = _LABEL.fullmatch(text).groups("")  # type: ignore[union-attr]
        return Place(self.key(name), name, self.sites(name), part, beside)

    def country(self, name: str) -> tuple[Site, ...]:
        return tuple(site for site in self.sites(name) if site.kind == "country")

    def landmark(self, name: str) -> str:
        """The rule by which a building stands for its town; empty for any other place."""
        return self._landmarks.get(folded(name), ("", ""))[1]

    def is_adjective(self, name: str) -> bool:
        """Whether a word is one for what belongs to a country ("French")."""
        return self._countries.get(folded(name), folded(name)) != folded(name)

    def is_known(self, name: str) -> bool:
        return bool(self.sites(name))


_ENDS = re.compile(r"from (.+) to (.+)")
_LABEL = re.compile(
    r"(?:(near|off|outside|around) )?(?:the ([nsew]\w+(?:-[ew]\w+)?) of )?(.*)", re.DOTALL
)
_KINDS = {"c": "country", "r": "region", "t": "town", "s": "section"}


@cache
def _site(text: str) -> Site:
    kind, country, region, lat, lon, radius = text.split(",")
    at = (float(lat), float(lon)) if lat else None
    return Site(_KINDS[kind], country, region, at, float(radius or 0))


@cache
def folded(name: str) -> str:
    """A name in plain lower-case letters, without "the"."""
    plain = str(anyascii(name)).lower().replace("’", "'").strip(" .")
    return plain.removeprefix("the ") if plain != "the hague" else plain


@cache
def gazetteer(rules: Rulebook) -> Gazetteer:
    """Loaded once for each rulebook, when the first place is looked up (15 ms)."""
    landmarks = {
        folded(name): (folded(rule.string("town")), rule.id)
        for rule in rules.section("landmarks")
        for name in rule.strings("names")
    }
    same: dict[str, str] = {}
    for rule in rules.section("names.exonym"):
        for group in rule.strings("groups"):
            first, *others = group.split("|")
            same.update((folded(other), folded(first)) for other in others)
    rows = rules.sorted_lines("places/gazetteer")
    return Gazetteer(rows, landmarks, same, dict(_demonyms(rules)))


def _demonyms(rules: Rulebook) -> Iterable[tuple[str, str]]:
    for rule in rules.section("countries"):
        for item in rule.strings("names"):
            name, _, others = item.partition(":")
            for other in others.split(","):
                if other.strip():
                    yield folded(other.strip().lstrip("=")), folded(name)
