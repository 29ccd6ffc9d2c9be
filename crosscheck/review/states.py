"""The words of review: states of a finding, roles of people, what stands in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from crosscheck.model import DISAGREEING
from crosscheck.report import view

State = Literal["open", "confirmed", "dismissed", "resolved", "call"]
Role = Literal["reader", "editor"]
Action = Literal[
    "appeared", "changed", "gone", "returned", "reopened", "decided", "noted", "undone", "redone"
]

STATES: Mapping[State, str] = {
    "open": "open",
    "confirmed": "discrepancy confirmed",
    "dismissed": "not a discrepancy",
    "resolved": "resolved",
    "call": "needs a call",
}
_OF_STATE = ("state", "value", "reason")
DECISIONS: frozenset[Action] = frozenset({"decided", "undone", "redone"})
SETTLED: frozenset[str] = frozenset({"confirmed", "dismissed", "resolved"})


class ReviewError(ValueError):
    """What was asked for cannot be done; the message says why and what to do."""


class UnknownFindingError(ReviewError):
    """The store has no finding of this id."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants of a finding. ``None`` leaves a part as it is; an empty ``assignee``
    takes the finding from whoever has it. ``value`` is what the desk settled on, ``reason`` why;
    ``note`` is a remark that changes nothing.

    Raises:
        ReviewError: nothing is asked for, or a finding is resolved without a value.
    """

    state: State | None = None
    value: str = ""
    reason: str = ""
    note: str = ""
    assignee: str | None = None

    def __post_init__(self) -> None:
        if self.state is not None and self.state not in STATES:
            raise ReviewError(f"no state {self.state!r}; choose one of {', '.join(STATES)}")
        if self.state is None and self.assignee is None and not self.note.strip():
            raise ReviewError("nothing to record: give a state, a note or an assignee")
        if self.state == "resolved" and not self.value.strip():
            raise ReviewError("a resolved finding needs the value that the desk settled on")
        if self.state != "resolved" and self.value.strip():
            raise ReviewError("only a resolved finding has a value")

    @property
    def only_a_note(self) -> bool:
        return self.state is None and self.assignee is None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. ``seq`` rises in the order of commitment; ``at`` is ISO 8601 in UTC.

    ``revision`` is that of the finding after the entry, ``base`` the one its author had seen.
    ``applied`` is false for a decision that came second: its words are kept, but the finding stands
    as the first decision left it. ``before`` and ``after`` are what changed: states and, if an
    import changed the evidence, what it was and is.
    """

    seq: int
    at: str
    who: str
    finding: str
    action: Action
    state: State
    value: str
    reason: str
    note: str
    assignee: str
    base: int
    revision: int
    applied: bool
    topic: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def of_state(self) -> bool:
        """Whether it speaks of the finding's state, and not only of who has it."""
        moved = any(getattr(self, part) != self.before.get(part) for part in _OF_STATE)
        return moved or self.assignee == self.before.get("assignee")

    @property
    def is_news(self) -> bool:
        """Whether an editor would look at it: people's words, and what an import did to a finding
        on which the accounts disagree, or did; not to a topic on which they agree."""
        sides = (self.before.get("verdict"), self.after.get("verdict"))
        return bool(self.who) or any(side in DISAGREEING for side in sides)

    @property
    def decides(self) -> bool:
        """Whether it is a decision about the finding's state that took effect."""
        return self.applied and self.action in DECISIONS and self.of_state


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: its entry, and what others changed since its author looked (the
    newest twenty entries)."""

    entry: Entry
    since: tuple[Entry, ...] = ()

    @property
    def applied(self) -> bool:
        return self.entry.applied


def minute(at: str) -> str:
    """ "3 May 2024, 16:20 UTC" for a moment of the log."""
    return f"{view.moment(datetime.fromisoformat(at))} UTC"
