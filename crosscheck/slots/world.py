"""What the fillers of slots know beyond the sentence at hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import itemgetter

from crosscheck.grammar.spans import Names
from crosscheck.grammar.times import TimeMention, read_times
from crosscheck.language import Sentence
from crosscheck.model import Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots.lexicon import Lexicon, lexicon
from crosscheck.slots.vocabulary import Vocabulary, vocabulary

_START = itemgetter(0)
LABEL = re.compile(r"^[\s\-*•·–]*([A-Z][\w.'’ \-]{1,40}?)\s*:\s")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|da|do|of|the|la|le|el|al))*\.?")

_QUOTES = "\"'“‘«>-–— "


def initials(short: str, name: str) -> bool:
    """Whether one name is made of the initials of the other: "N.H." for "New Haven"."""
    letters, words = short.replace(".", ""), name.split()
    return letters.isupper() and len(words) > 1 and letters == "".join(w[0] for w in words)


@dataclass(eq=False)
class World:
    """What the fillers know beyond the sentence at hand.

    ``people`` are the ids of people, ``places`` the names that are places, ``owners`` those of the
    sentence's earlier figures. ``memory`` is the state that was filled last, with the index of its
    sentence; it serves lists and elliptic sentences.
    """

    rules: Rulebook
    names: Names = ()
    published: datetime | None = None
    sentences: Sequence[Sentence] = ()
    people: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    owners: dict[int, Slot | None] = field(default_factory=dict)
    memory: list[tuple[int, str, Slot]] = field(default_factory=list)
    _times: dict[int, tuple[TimeMention, ...]] = field(default_factory=dict)

    @property
    def lexicon(self) -> Lexicon:
        return lexicon(self.rules)

    @property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self.rules)

    def last_person(self, before: int) -> str:
        """Who is named last before an offset; empty if nobody is."""
        for i in range(bisect_right(self.names, before, key=_START) - 1, -1, -1):
            _, end, name = self.names[i]
            if end <= before and name in self.people:
                return name
        return ""

    @cached_property
    def mere_words(self) -> frozenset[str]:
        """What passes for a name only because it begins a sentence ("Turnout was 61 percent"): the
        article writes it with a capital nowhere else."""
        openings = {s.start + len(s.text) - len(s.text.lstrip(_QUOTES)) for s in self.sentences}
        inside = {name for start, _, name in self.names if start not in openings}
        return frozenset(n for _, _, n in self.names if n not in inside and self.is_common(n))

    def is_common(self, word: str) -> bool:
        """Whether a word is a common noun for a state, an event or a person, and seldom a name."""
        plain = word.lower()
        person = self.lexicon.noun_class(plain) == "person"
        return (
            person or plain in self.vocabulary.causes or bool(self.lexicon.state_of(plain, "NOUN"))
        )

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a known place, or its initials ("N.H.")."""
        return name in self.places or any(initials(name, place) for place in self.places)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of items, if most of them are known places: then all are."""
        found = [m.group(1).strip() for s in self.sentences if (m := LABEL.match(s.text))]
        names = [label for label in found if _NAME.fullmatch(label)]
        known = sum(label in self.places for label in names)
        return frozenset(names) if known >= 2 and 2 * known >= len(names) else frozenset()

    def times(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        """The times of a sentence, with offsets into the sentence."""
        if sentence.index not in self._times:
            anchor = sentence.zone.posted or self.published
            self._times[sentence.index] = read_times(sentence.text, anchor, self.rules)
        return self._times[sentence.index]
