"""What a figure covers, as far as the text says: on which basis, among whom, without whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosscheck.language import Sentence, Token
from crosscheck.model import Slot
from crosscheck.slots.frames import Frame
from crosscheck.slots.periods import is_sole
from crosscheck.slots.scope_words import scope_words
from crosscheck.slots.world import World

_AMONG = frozenset({"among", "amongst"})
_ENDS = frozenset({",", ";", ":", "(", ")", "–", "—", "--", ".", "but", "while", "who", "which"})
_SHARES = frozenset({"percent", "ratio", "point"})
_LONGEST = 7
"""Words after which what stands behind "among" or "excluding" is no longer its object."""

_FIGURE_SAID = re.compile(
    r"(?:The|This|That|These|Those|Its|Their)\s+(?:\w+\s+)?"
    r"(?:figures?|toll|numbers?|count|total|tally|sum|data|statistics)\s+"
)


def basis_of(frame: Frame, k: int, world: World) -> Slot | None:
    """ "axis: side" of a basis on which the figure is reckoned, ``|`` between several."""
    words = scope_words(world.rules)
    texts = [frame.segment_text(k)[1]]
    if is_sole(frame, k):
        texts.append(frame.sentence.text)
    for text in texts:
        marks = [m for m in words.bases.find(text) if words.fits(m, frame.anchors[k].dimension)]
        told = sorted({m.value for m in marks} - {""})
        if told or marks:
            return Slot("|".join(told), "words beside", marks[0].rule)
    return None


def population_of(frame: Frame, k: int, world: World) -> Slot | None:
    """Among whom a share was found: the words behind "among", ``|`` between them."""
    if frame.anchors[k].dimension not in _SHARES:
        return None
    own = frame.own(k)
    if not own:
        return None
    behind = next((t for t in frame.right(k) if t.lower in _AMONG), None)
    ahead = _among_ahead(frame, k) if behind is None else behind
    if ahead is None:
        return None
    members = _words(_object(frame.tokens, ahead.i + 1))
    return Slot("|".join(members), f"behind {ahead.lower!r}") if members else None


def _among_ahead(frame: Frame, k: int) -> Token | None:
    """ "Among the young, 40 percent ...": at the head of the sentence or of a clause."""
    own = frame.own(k)
    floor = frame.own(k - 1)[-1] + 1 if k and frame.own(k - 1) else 0
    for i in range(own[0] - 1, floor - 1, -1):
        token = frame.tokens[i]
        if token.lower in _AMONG:
            opens = i == 0 or frame.tokens[i - 1].lower in {*_ENDS, "and", "“", '"'}
            return token if opens else None
    return None


def sides_of(frame: Frame, k: int, world: World) -> Iterator[tuple[str, Slot]]:
    """The slots ``without`` and ``with``: whom a count leaves out, and whom it counts in although
    that is in doubt."""
    sides = scope_words(world.rules).sides
    for sentence, offset, text in _around(frame, k, world):
        marks = sides.find(text)
        for mark in marks:
            if offset == frame.sentence.start and mark.start:
                continue  # at the head of the sentence, or not said of the figure
            at = offset + mark.end
            first = next((t for t in sentence.tokens if t.start >= at), None)
            members = [] if first is None else _words(_object(sentence.tokens, first.i))
            if members and first is not None and first.pos != "NUM":
                yield mark.value, Slot("|".join(members), "words behind", mark.rule)


def _around(frame: Frame, k: int, world: World) -> Iterator[tuple[Sentence, int, str]]:
    """Where a figure's exclusions may stand: sentence, offset in the article, and text. Behind it,
    at the head of its sentence, and in the next sentence if that tells what it includes."""
    before, behind = frame.reach(k)
    yield frame.sentence, frame.anchors[k].end, behind
    if k == 0:
        head = re.split(r"[,;]", before)[0]
        yield frame.sentence, frame.sentence.start, head
    said = _said_next(frame, world) if k + 1 == len(frame.anchors) else None
    if said is not None:
        yield said, said.start, said.text


def _said_next(frame: Frame, world: World) -> Sentence | None:
    """The next sentence, if it says what the figure includes: "The toll does not include ..."."""
    at = frame.sentence.index + 1
    after = world.sentences[at] if at < len(world.sentences) else None
    return after if after is not None and _FIGURE_SAID.match(after.text) else None


def _object(tokens: Sequence[Token], first: int) -> list[Token]:
    """The noun phrase that begins at a token, as far as the words go."""
    found: list[Token] = []
    for token in tokens[first : first + _LONGEST]:
        if token.lower in _ENDS or (token.pos in {"VERB", "AUX"} and token.dep not in {"amod"}):
            break
        found.append(token)
    return found


def _words(tokens: Sequence[Token]) -> list[str]:
    """The lemmas of nouns, names and what describes them; numbers of ages stay."""
    kept = [t for t in tokens if t.pos in {"NOUN", "PROPN", "ADJ", "NUM"} or _has_digit(t)]
    return sorted({t.lemma.lower() for t in kept})


def _has_digit(token: Token) -> bool:
    return any(c.isdigit() for c in token.text)
