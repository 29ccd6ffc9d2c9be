"""The records that flow through the house: frozen, slotted, free of behaviour.

Offsets are half-open and count characters of ``Article.text``; slicing the text with them gives
the passage back exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

KindName = Literal["quantity", "name", "role", "date", "place", "attendance", "commitment", "quote"]
Verdict = Literal["agree", "compatible", "update", "conflict", "variant"]
Severity = Literal["high", "medium", "low"]

DISAGREEING: frozenset[str] = frozenset({"conflict", "update", "variant"})


@dataclass(frozen=True, slots=True)
class Zone:
    """A block of an article's text and what it is; zones are sorted and do not overlap.

    ``role`` is ``headline``, ``standfirst``, ``body``, ``list``, ``caption``, ``meta`` (bylines,
    datelines, time stamps) or ``furniture`` (menus, advertisements, links to other stories).
    ``posted`` is the moment printed at the head of a live-blog post, carried by its zones.
    ``label`` is the list's or section's heading under which the block stands, if any;
    ``rule`` the rule of ``rules/`` by which the block was told, if one was needed.
    A crosshead is a ``headline`` too. A line break inside a zone is a mere wrap.
    """

    start: int
    end: int
    role: str
    posted: datetime | None = None
    label: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One account. ``published`` is the moment of publication, naive local time if no zone is
    given; ``dated`` tells whether the article prints a time of day beside the date."""

    id: str
    text: str
    path: str = ""
    outlet: str = ""
    title: str = ""
    published: datetime | None = None
    dated: Literal["time", "day", ""] = ""
    url: str = ""
    zones: tuple[Zone, ...] = ()

    @property
    def name(self) -> str:
        """What a table calls this account: its outlet, or its file."""
        return self.outlet or self.id


@dataclass(frozen=True, slots=True)
class Mention:
    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of a topic, how it was filled (``counted noun``, ``predicate``, ``list label`` ...)
    and by which rule of ``rules/``, if by one."""

    value: str
    how: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A mention read as kind + topic slots + value + circumstances.

    ``value`` is an object of ``crosscheck.values``; ``sentence`` the offsets of the sentence;
    ``position`` is the ordinal of the claim in its article, by offset. ``attributed_to`` is who
    answers for it, by a name that is the same in all articles, ``via`` who hands it on, outermost
    first.
    """

    mention: Mention
    sentence: tuple[int, int]
    kind: KindName
    value: Any
    label: str
    rule: str
    slots: tuple[tuple[str, Slot], ...] = ()
    hedge: str = ""
    modality: str = "done"
    polarity: Literal["affirmed", "denied"] = "affirmed"
    as_of: datetime | None = None
    attributed_to: str = ""
    via: tuple[str, ...] = ()
    rules_used: tuple[str, ...] = ()
    in_headline: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """Article and offset, which name a claim among those of its kind."""
        return self.mention.article, self.mention.start

    def slot(self, name: str) -> Slot | None:
        return next((slot for key, slot in self.slots if key == name), None)

    def filled(self, name: str) -> str:
        """The value of a slot, or an empty string."""
        slot = self.slot(name)
        return slot.value if slot else ""

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.mention.article, self.mention.start, self.mention.end, self.kind)


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims are about the same thing; ``score`` in (0, 1], ``because`` the shared slots.
    ``against`` is a clause for people on what speaks against it, where evidence outweighs that."""

    score: float
    because: tuple[str, ...]
    against: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Two claims look alike and are not about the same thing; ``why`` is a clause for people,
    ``nearness`` in (0, 1] says how much they look alike."""

    why: str
    nearness: float


@dataclass(frozen=True, slots=True)
class Position:
    """One value on a topic with all claims that hold it; ``origins`` are whom they go back to,
    ``outlets`` who prints them and ``sources`` who can be asked: the speakers and agencies that
    the accounts name. Each by one name in all articles, sorted."""

    value: str
    claims: tuple[Claim, ...]
    origins: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """``disagree`` holds index pairs of positions, each with the smaller index first; ``advice`` is
    one line on what an editor can do."""

    id: str
    kind: KindName
    topic: str
    verdict: Verdict
    severity: Severity
    why: str
    positions: tuple[Position, ...]
    disagree: tuple[tuple[int, int], ...] = ()
    reason: Mapping[str, Any] = field(default_factory=dict)
    advice: str = ""

    @property
    def contested(self) -> tuple[Position, ...]:
        """The positions that disagree, in order; all of them, if none does."""
        torn = {index for pair in self.disagree for index in pair}
        return tuple(p for k, p in enumerate(self.positions) if k in torn or not torn)


@dataclass(frozen=True, slots=True)
class Uncompared:
    """Two claims that looked alike and were left alone, with the reason."""

    claims: tuple[Claim, Claim]
    why: str


@dataclass(frozen=True, slots=True)
class Unread:
    """What the program saw and did not understand: a whole file (``path``) or a passage."""

    why: str
    path: str = ""
    article: str = ""
    start: int = 0
    end: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """``events`` maps each article's id to its event; ``left_alone`` counts all pairs that looked
    alike and were not compared, of which ``uncompared`` lists the nearest."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]
    uncompared: tuple[Uncompared, ...] = ()
    unread: tuple[Unread, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    left_alone: int = 0

    @property
    def by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}
