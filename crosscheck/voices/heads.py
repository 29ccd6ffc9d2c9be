"""Lines that name the source of what follows: "Source: State Rescue Service"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crosscheck.grammar.spans import names_between
from crosscheck.language import Sentence
from crosscheck.voices.clauses import Stretch
from crosscheck.voices.page import Page
from crosscheck.voices.speakers import Speaker, Speakers
from crosscheck.voices.vocabulary import Speech

_LONGEST = 60
_NAME_ENDS = re.compile(r"\s(?:on|in|at|during|speaking|who)\b|[,(]|\.?\s*$")


def headed(page: Page, speakers: Speakers, words: Speech) -> Iterator[Stretch]:
    """The stretches from such a line to the next one, or to where background begins."""
    marks: list[tuple[int, Speaker | None]] = []
    for sentence in page.sentences:
        label = words.labels.match(sentence.text)
        if label:
            marks.append((sentence.end, _source(sentence, label.end(), speakers)))
        elif words.ends.match(sentence.text):
            marks.append((sentence.start, None))
    for (start, speaker), (end, _) in pairwise([*marks, (len(page.text), None)]):
        if speaker is not None and start < end:
            yield Stretch(start, end, speaker, words.shapes.get("source", ""))


def _source(sentence: Sentence, at: int, speakers: Speakers) -> Speaker | None:
    """The one source of a line; several leave open which of them says what."""
    rest = sentence.text[at:]
    if ";" in rest or len(rest) > 4 * _LONGEST:
        return None
    cut = _NAME_ENDS.search(rest)
    text = (rest[: cut.start()] if cut else rest).strip()
    start = sentence.start + at
    named = names_between(speakers.names, start, start + len(text))
    if named and named[0][0] == start and named[0][1] >= start + len(text):
        return speakers.named(named[0][2])
    return Speaker(text) if 0 < len(text) <= _LONGEST else None
