"""On which version of each article a finding was decided, and what is another way now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosscheck.review.differences import Hunk, differences
from crosscheck.review.states import Entry
from crosscheck.review.store import Filed, Store
from crosscheck.review.versions import Version, at_entry


@dataclass(frozen=True, slots=True)
class Revised:
    """An article of a finding that was revised after the decision. ``then`` is the version that was
    decided on (None: the article came later), ``now`` the newest; ``hunks`` are what differs."""

    key: str
    decision: Entry
    then: Version | None
    now: Version
    hunks: tuple[Hunk, ...]


def in_force(filed: Filed, history: Sequence[Entry]) -> Entry | None:
    """The decision that a finding's state rests on, or that was overtaken if it was reopened."""
    if filed.state == "open" and not filed.reopened:
        return None
    return next((entry for entry in reversed(history) if entry.decides), None)


def revised(store: Store, filed: Filed, history: Sequence[Entry]) -> tuple[Revised, ...]:
    """What was revised in the articles of a finding since the decision on it, by article."""
    decision = in_force(filed, history)
    if decision is None:
        return ()
    found = []
    for key, versions in store.versions(filed.cited).items():
        then, now = at_entry(versions, decision.seq), versions[-1]
        if then is not now:
            hunks = differences(then.article.text, now.article.text) if then else ()
            found.append(Revised(key, decision, then, now, hunks))
    return tuple(found)
