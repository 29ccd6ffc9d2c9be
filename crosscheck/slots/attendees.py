"""Lists that say of themselves that they are complete: "only Bolt and Dorn came", "all four"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosscheck.slots.frames import Frame
from crosscheck.slots.gatherings import Target
from crosscheck.slots.participants import LISTED
from crosscheck.slots.presences import Sighting
from crosscheck.values.presence import MODES

RULE = "presence-lists.only"


@dataclass(frozen=True, slots=True)
class Company:
    """All who were at something, by name; offsets from the first name to the last or the verb."""

    names: tuple[str, ...]
    target: Target
    start: int
    end: int
    at: int
    rules: tuple[str, ...]


def companies(frame: Frame, seen: Sequence[Sighting], only: frozenset[str]) -> Iterator[Company]:
    """The complete lists among what a sentence tells; ``only`` are words that close a list."""
    groups: dict[tuple[int, str, str], list[Sighting]] = defaultdict(list)
    for one in seen:
        there = bool(MODES[one.mode] & MODES["attended"])
        if there and one.modality == "done" and not one.denied:
            groups[one.at, one.target.sort, one.target.value].append(one)
    for (at, _, _), group in sorted(groups.items()):
        closed = all(one.who.how == LISTED for one in group) or _is_only(frame, group[0], only)
        if closed and len(group) > 1:
            names = tuple(sorted({one.who.name for one in group}))
            start = min(min(one.start, one.who.start) for one in group)
            end = max(max(one.end, one.who.end) for one in group)
            rules = tuple(dict.fromkeys((RULE, *group[0].rules)))
            yield Company(names, group[0].target, start, end, at, rules)


def _is_only(frame: Frame, first: Sighting, only: frozenset[str]) -> bool:
    """Whether "only" stands right before the first name, or before the noun it is named by."""
    before = frame.text(frame.sentence.start, first.who.start).lower().split()
    return bool(only.intersection(before[-1:])) or first.rules[0] == "presence.only"
