"""Which finding of a new report is which finding of the store.

A report's id is made of a topic's words, and these may change when accounts are added. Whoever
decided on a finding means the passages. So findings are matched by both, best first, one to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crosscheck.review.snapshot import Evidence

_LEAST = 0.5  # share of passages by which a finding is known again under another topic


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that the store has; ``present`` if the last run showed it."""

    id: str
    data: Mapping[str, Any]
    present: bool


def matched(
    found: Mapping[str, Mapping[str, Any]], known: Mapping[str, Known]
) -> tuple[dict[str, str], dict[str, str]]:
    """The store's id of each finding found: those known already, and those that are new.

    A finding keeps the id of the known one of its kind with the same id or most of the same
    passages. A new one whose id another finding holds gets an id with a number.
    """
    old: dict[str, str] = {}
    taken: set[str] = set()
    for _, new_id, known_id in sorted(_candidates(found, known)):
        if new_id not in old and known_id not in taken:
            old[new_id] = known_id
            taken.add(known_id)
    new: dict[str, str] = {}
    used = {*known}
    for id in found:
        if id not in old:
            new[id] = _free(id, used)
            used.add(new[id])
    return old, new


def _candidates(
    found: Mapping[str, Mapping[str, Any]], known: Mapping[str, Known]
) -> list[tuple[tuple[float, ...], str, str]]:
    evidence = {id: Evidence.of(data) for id, data in found.items()}
    had = {id: Evidence.of(one.data) for id, one in known.items()}
    by_passage: dict[tuple[str, str, str], set[str]] = {}
    for id, held in had.items():
        for passage in held.passages:
            by_passage.setdefault(passage, set()).add(id)
    pairs: list[tuple[tuple[float, ...], str, str]] = []
    for id, data in found.items():
        near = {k for passage in evidence[id].passages for k in by_passage.get(passage, ())}
        for other in near | ({id} & set(known)):
            one = known[other]
            shared = evidence[id].shared(had[other])
            if one.data["kind"] != data["kind"] or (id != other and shared < _LEAST):
                continue
            same = one.data["verdict"] == data["verdict"]
            rank = (-float(shared + (id == other) + same / 2), -float(one.present))
            pairs.append((rank, id, other))
    return pairs


def _free(id: str, used: set[str]) -> str:
    number, free = 1, id
    while free in used:
        number += 1
        free = f"{id}.{number}"
    return free
