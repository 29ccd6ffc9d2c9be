"""The surroundings of a figure in its sentence: segment, noun phrase, governing verb, subject.

A sentence often holds several figures, each with its own state ("78 killed and nearly 4,000 hurt,
some of them badly"). The sentence is therefore cut into *segments* at neighbouring figures, commas
and conjunctions, and the words of a figure's own segment come before what the parse says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from crosscheck.language import Sentence, Token, subtree

_CUTS = frozenset({",", ";", ":", "(", ")", "–", "—", "--", "and", "where", "while", "but", "plus"})
_WORD = re.compile(r"\w")
LIGHT = frozenset(
    [
        "be",
        "have",
        "do",
        "say",
        "put",
        "make",
        "take",
        "get",
        "go",
        "come",
        "stand",
        "give",
        "tell",
        "see",
        "become",
        "remain",
        "reach",
        "rise",
        "fall",
        "grow",
        "climb",
        "increase",
        "amount",
        "total",
        "number",
        "count",
        "report",
        "speak",
        "mention",
    ]
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A figure as it stands in its article.

    ``start`` and ``end`` are the offsets of the whole expression; ``head`` is the token index, in
    the sentence, of the noun that is counted or of the unit; ``noun`` the lemma of the counted
    noun, empty where there is none; ``dimension`` that of the unit; ``days`` how long a duration
    is, 0 for other figures and for less than a day; ``size`` the number, if one is given exactly;
    ``change`` is ``up`` or ``down`` where the figure tells how far something rose or fell.
    """

    start: int
    end: int
    head: int | None
    noun: str
    dimension: str
    days: float = 0.0
    size: Fraction | None = None
    change: str = ""


@dataclass(eq=False)
class Frame:
    """A parsed sentence with the figures in it, in the order of the text."""

    sentence: Sentence
    anchors: Sequence[Anchor]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    @cached_property
    def children(self) -> dict[int, list[Token]]:
        found: dict[int, list[Token]] = {}
        for token in self.tokens:
            if token.head != token.i:
                found.setdefault(token.head, []).append(token)
        return found

    def own(self, k: int) -> range:
        """The token indices of figure ``k``, its noun included."""
        anchor = self.anchors[k]
        inside = [t.i for t in self.tokens if t.start < anchor.end and t.end > anchor.start]
        if not inside:
            return range(0)
        last = inside[-1]
        following = self.anchors[k + 1].start if k + 1 < len(self.anchors) else self.sentence.end
        head = self.tokens[anchor.head] if anchor.head is not None else None
        if head is not None and last < head.i <= last + 5 and head.end <= following:
            last = head.i
        return range(inside[0], last + 1)

    def left(self, k: int) -> list[Token]:
        """The tokens of the segment before the figure, nearest first."""
        own = self.own(k)
        return [] if not own else list(self._until_cut(range(own[0] - 1, -1, -1)))

    def right(self, k: int) -> list[Token]:
        """The tokens of the segment after the figure and its noun, nearest first."""
        own = self.own(k)
        if not own:
            return []
        return list(self._until_cut(range(self._behind_conversion(own[-1] + 1), len(self.tokens))))

    def _behind_conversion(self, i: int) -> int:
        """Past a figure in parentheses right behind: "93 metres (305 feet) tall"."""
        if i < len(self.tokens) and self.tokens[i].text == "(" and i + 1 in self.taken:
            close = next((t.i for t in self.tokens[i : i + 12] if t.text == ")"), None)
            return i if close is None else close + 1
        return i

    def _until_cut(self, indices: range) -> Iterator[Token]:
        for i in indices:
            token = self.tokens[i]
            if token.lower in _CUTS or i in self.taken:
                return
            yield token

    @cached_property
    def taken(self) -> frozenset[int]:
        return frozenset(i for k in range(len(self.anchors)) for i in self.own(k))

    def segment_text(self, k: int) -> tuple[int, str]:
        """The text of figure ``k``'s segment and its offset in the article."""
        tokens = [*self.left(k), *self.right(k), *(self.tokens[i] for i in self.own(k))]
        if not tokens:
            return self.sentence.start, ""
        start, end = min(t.start for t in tokens), max(t.end for t in tokens)
        return start, self.text(start, end)

    def text(self, start: int, end: int) -> str:
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def reach(self, k: int) -> tuple[str, str]:
        """The text of the sentence before figure ``k`` and behind it, up to its neighbours."""
        start = self.anchors[k - 1].end if k else self.sentence.start
        last = k + 1 == len(self.anchors)
        end = self.sentence.end if last else self.anchors[k + 1].start
        anchor = self.anchors[k]
        return self.text(min(start, anchor.start), anchor.start), self.text(anchor.end, end)

    def anchor_token(self, k: int) -> Token | None:
        head = self.anchors[k].head
        if head is not None:
            return self.tokens[head]
        own = self.own(k)
        return next(
            (self.tokens[i] for i in reversed(own) if _WORD.match(self.tokens[i].text)), None
        )

    def ancestors(self, token: Token) -> Iterator[Token]:
        seen = {token.i}
        while token.head not in seen:
            seen.add(token.head)
            token = self.tokens[token.head]
            yield token

    def governor(self, k: int) -> Token | None:
        """The verb on which figure ``k`` depends."""
        token = self.anchor_token(k)
        if token is None:
            return None
        if token.pos == "VERB":
            return token
        return next((t for t in self.ancestors(token) if t.pos in {"VERB", "AUX"}), None)

    def predicates(self, k: int) -> Iterator[Token]:
        """The governing verb and the verbs closely tied to it, nearest first."""
        verb = self.governor(k)
        while verb is not None:
            yield verb
            tied = [t for t in self.children.get(verb.i, ()) if t.dep in {"xcomp", "ccomp", "acl"}]
            yield from (t for t in tied if t.pos == "VERB" and t.i > verb.i)
            climbs = verb.dep in {"xcomp", "aux", "auxpass", "pcomp"}
            verb = (
                next((t for t in self.ancestors(verb) if t.pos == "VERB"), None) if climbs else None
            )

    def subject(self, verb: Token | None) -> Token | None:
        """The subject of a verb, or of the verb it is coordinated with or depends on."""
        for _ in range(4):
            if verb is None:
                return None
            for child in self.children.get(verb.i, ()):
                if child.dep in {"nsubj", "nsubjpass", "csubj"}:
                    return self._before_aside(verb, child) or child
            if verb.dep == "relcl":
                return self.tokens[verb.head]
            if verb.dep not in {"conj", "xcomp", "advcl", "pcomp", "acl", "dep"}:
                return None
            verb = next((t for t in self.ancestors(verb) if t.pos in {"VERB", "AUX"}), None)
        return None

    def doer(self, verb: Token | None) -> Token | None:
        """The subject of a verb; for "which" and "who", the noun that they stand for."""
        subject = self.subject(verb)
        if subject is None or subject.tag not in {"WDT", "WP"}:
            return subject
        clause = self.tokens[subject.head]
        return self.tokens[clause.head] if clause.dep == "relcl" else subject

    def _before_aside(self, verb: Token, subject: Token) -> Token | None:
        """The subject of "The council, said its spokeswoman, would not pay": parsers take the
        speaker for it, and the council for who speaks."""
        said = self.tokens[verb.head]
        if verb.dep != "ccomp" or not said.i < subject.i < verb.i:
            return None
        if not said.i or self.tokens[said.i - 1].text != ",":
            return None
        closed = any(t.text == "," for t in self.tokens[subject.i + 1 : verb.i])
        own = self.children.get(said.i, ())
        first = next((t for t in own if t.dep == "nsubj" and t.i < said.i - 1), None)
        return first if closed else None

    def subtree(self, token: Token) -> list[Token]:
        return subtree(token, self.children)
