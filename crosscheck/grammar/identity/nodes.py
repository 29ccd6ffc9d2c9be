"""One node a full form; a lone word joins the full name of its article that bears it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from crosscheck.grammar.identity.record import Form, Node, Sighting


def nodes_of(sightings: Sequence[Sighting]) -> list[Node]:
    """One node a full form, one node a lone word and article; lone words join full forms."""
    full: dict[Form, Node] = {}
    lone: dict[tuple[str, Form], Node] = {}
    owners = _owners(sightings)
    for sighting in sightings:
        if len(sighting.form) > 1:
            full.setdefault(sighting.form, Node(sighting.form)).sightings.append(sighting)
    for sighting in (s for s in sightings if len(s.form) == 1):
        owner = _owner_in_article(sighting, owners)
        if owner is not None:
            full[owner].sightings.append(sighting)
        else:
            key = (sighting.article, sighting.form)
            lone.setdefault(key, Node(sighting.form)).sightings.append(sighting)
    return sorted([*full.values(), *lone.values()], key=lambda n: n.order)


_Owners = dict[tuple[str, int, str], list[tuple[int, Form]]]


def _owners(sightings: Sequence[Sighting]) -> _Owners:
    """(article, end of the name, word there) -> where the full names with it stand."""
    owners: _Owners = defaultdict(list)
    for full in (s for s in sightings if len(s.form) > 1):
        if full.mention.kind in {"person", "unknown"}:
            owners[full.article, -1, full.form[-1]].append((full.mention.start, full.form))
        if full.mention.kind == "person":
            owners[full.article, 0, full.form[0]].append((full.mention.start, full.form))
    return owners


def _owner_in_article(lone: Sighting, owners: _Owners) -> Form | None:
    """The full name of the article that ends in the lone word, else begins with it; of several,
    the one that stood last before it, else the next."""
    if lone.mention.kind in {"place", "organisation"}:
        return None
    for end in (-1, 0):
        full = owners.get((lone.article, end, lone.form[0]))
        if full:
            before = bisect_left(full, (lone.mention.start, ()))
            return full[max(before - 1, 0)][1]
    return None
