"""What a figure counts or measures: the noun, from the parse, or from the words behind it.

The parser is right about it in 98 of 100 figures of news prose, the nearest noun in 94 (measured on
3,100 sentences); where the parse leads nowhere, the words behind the figure decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosscheck.grammar.quantities import Figure
from crosscheck.language import COUNTS_MEMBERS, Sentence, Token
from crosscheck.values.units import COUNT, PART

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "AFX", "POS", "FW"}) | _NOUNS
_DESCRIBING = _MODIFIERS - {"HYPH", "POS"}
_NAMES = frozenset({"NNP", "NNPS"})
_DETERMINERS = frozenset({"DT", "PDT", "PRP$", "WP$"})
_PEOPLE = frozenset(
    "dead injured wounded missing killed hurt homeless unemployed jobless elderly sick ill "
    "unaccounted hospitalised hospitalized displaced detained arrested aboard".split()
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december today yesterday tomorrow tonight last next "
    "earlier ago later".split()
)
_WHICH = frozenset({"last", "next", "this", "that"})
_SUMS = frozenset("total average sum mean median maximum minimum amount number count".split())
_ADVERBS = frozenset({"RB", "RBR", "RBS"})
AHEAD = "noun ahead"
"""How a noun was found that the figure measures or describes and does not count."""

_NEAR = 6  # tokens between a number and its noun


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """The noun of a figure. ``head`` is its token's index in the sentence; ``start`` and ``end``
    are the offsets of the noun phrase in the article, without number and determiner.

    ``how`` is ``counted noun`` (39 countries), ``of`` (tonnes of wheat, five of its players),
    ``measured noun`` (a 300-foot mast), ``noun ahead`` (a fine of $300), ``adjective`` (158 dead)
    or ``subject`` (the rights were worth $32 million). ``wider`` are nouns counted together with it
    ("35 countries and organisations").
    """

    head: int
    lemma: str
    start: int
    end: int
    text: str
    how: str
    modifiers: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()


def counted(sentence: Sentence, figure: Figure) -> CountedNoun | None:
    """What a figure counts or measures; the figure's offsets count from the sentence's start."""
    tokens = sentence.tokens
    first, last = _within(sentence, figure.start, figure.end)
    if last < first:
        return None
    span = range(first, last + 1)
    unit = figure.quantity.unit
    if unit.dimension.startswith("age"):
        return _of_age(sentence, tokens, span)
    if unit.dimension.startswith("count per"):
        span = range(first, _within(sentence, *figure.number)[1] + 1)
    found = _partitive(tokens, span)
    if found is not None:
        return _noun(sentence, tokens, found, span[-1] + 1, "of")
    if unit in (COUNT, PART) or unit.dimension.startswith("count per"):
        return _of_count(sentence, tokens, span, figure)
    return _of_measure(sentence, tokens, span)


def counted_by(sentence: Sentence, figure: Figure) -> CountedNoun | None:
    """The noun before "of": a town of 900, a team of twelve."""
    tokens = sentence.tokens
    first, last = _within(sentence, figure.start, figure.end)
    if last < first or figure.quantity.unit != COUNT or first < 2:
        return None
    if tokens[first - 1].lower != "of" or tokens[first - 2].tag not in {"NN", "NNS"}:
        return None
    if tokens[first - 2].lemma in _SUMS:
        return None
    return _noun(sentence, tokens, first - 2, first - 2, AHEAD)


def _within(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Indices of the first and the last token that a stretch of the sentence touches."""
    low, high = sentence.start + start, sentence.start + end
    inside = [t.i for t in sentence.tokens if t.end > low and t.start < high]
    return (inside[0], inside[-1]) if inside else (0, -1)


def _of_count(
    sentence: Sentence, tokens: Sequence[Token], span: range, figure: Figure
) -> CountedNoun | None:
    compound = _compound(sentence, tokens, figure)
    if compound is not None:
        return _noun(sentence, tokens, compound, compound, "counted noun")
    after = span[-1] + 1
    if _stands_for_people(tokens, after):
        token = tokens[after]
        return CountedNoun(after, token.lower, token.start, token.end, token.text, "adjective")
    head = _head(tokens, span)
    if head is None or not span[-1] < head <= span[-1] + _NEAR or _cut(tokens, span[-1], head):
        head = _next_noun(tokens, after, determined=figure.quantity.unit == PART)
    return None if head is None else _noun(sentence, tokens, head, after, "counted noun")


def _stands_for_people(tokens: Sequence[Token], at: int) -> bool:
    """ "12 dead, police brace for more", "30 hurt as train derails": an adjective behind which its
    noun is left out, whatever the parser makes of a headline."""
    if at >= len(tokens) or tokens[at].lower not in _PEOPLE:
        return False
    behind = tokens[at + 1 : at + 3]
    if behind and behind[0].tag == "CC":  # "12 dead and missing people", "12 dead and 30 hurt"
        behind = behind[1:] if behind[1:] and behind[1].tag != "JJR" else ()
    return not behind or behind[0].tag not in _MODIFIERS | {"HYPH"}


def _compound(sentence: Sentence, tokens: Sequence[Token], figure: Figure) -> int | None:
    """The noun inside "11-member"."""
    if figure.quantity.unit != COUNT:
        return None
    end = sentence.start + figure.end
    for token in tokens:
        touching = sentence.start + figure.number[1] < token.start + 1 and token.end == end
        if touching and token.tag in _NOUNS:
            return token.i
    return None


def _head(tokens: Sequence[Token], span: range) -> int | None:
    """The noun that governs the number, however deep the number is nested."""
    at = span[-1]
    for _ in range(4):
        governor = tokens[at].head
        if governor == at:
            return None
        if governor not in span:
            return governor if tokens[governor].tag in _NOUNS else None
        at = governor
    return None


def _cut(tokens: Sequence[Token], last: int, head: int) -> bool:
    """Whether a verb or a mark stands between the number and its supposed noun, or that is no noun
    but a time ("and 2.1 last year")."""
    between = tokens[last + 1 : head]
    if between and (between[0].tag == "CC" or _is_when(tokens, head)):
        return True
    return any(t.tag in {"VBD", "VBZ", "VBP", "MD", ":", ".", "-LRB-", "IN"} for t in between)


def _is_when(tokens: Sequence[Token], head: int) -> bool:
    """ "Last year", "this week": one of them, and no noun that a number in front could count."""
    return tokens[head].tag == "NN" and tokens[head - 1].lower in _WHICH


def _next_noun(tokens: Sequence[Token], start: int, determined: bool = False) -> int | None:
    """The last noun of the run of words that starts at ``start``, a determiner allowed in front."""
    at, head = start, None
    skipped = _ADVERBS | _DETERMINERS if determined else _ADVERBS
    while at < len(tokens) and tokens[at].tag in skipped and at < start + 2:
        at += 1
    while at < min(len(tokens), start + _NEAR) and _in_phrase(tokens, at):
        if tokens[at].tag in _NOUNS:
            head = at
        at += 1
    return head


def _in_phrase(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.lower in _CALENDAR:
        return False
    if token.tag == "CC":  # "digital and physical sales", not "dogs and cats"
        return 0 < at < len(tokens) - 1 and tokens[at - 1].tag == tokens[at + 1].tag == "JJ"
    return token.tag in _MODIFIERS


def _behind_conversion(tokens: Sequence[Token], at: int) -> int:
    """Past what stands in parentheses: "200 metres (650 ft) of the viaduct"."""
    if at < len(tokens) and tokens[at].text == "(":
        close = next((t.i for t in tokens[at : at + _NEAR + 2] if t.text == ")"), None)
        return at if close is None else close + 1
    return at


def _partitive(tokens: Sequence[Token], span: range) -> int | None:
    """The noun behind "of": dozens of people, two of its players, 12 percent of the harvest."""
    at = _behind_conversion(tokens, span[-1] + 1)
    if at < len(tokens) and tokens[at].lower == "out":
        at += 1
    if at >= len(tokens) or tokens[at].lower != "of":
        return None
    start = at + 1
    for token in tokens[start : start + _NEAR + 2]:
        if token.head == at and token.dep == "pobj" and token.tag in _NOUNS:
            return token.i
    while start < len(tokens) and tokens[start].tag in _DETERMINERS | {"CD"}:
        start += 1
    return _next_noun(tokens, start, determined=True)


def _of_age(sentence: Sentence, tokens: Sequence[Token], span: range) -> CountedNoun | None:
    """Who is of that age: the noun behind ("the 68-year-old baker") or the name in front."""
    head = _next_noun(tokens, span[-1] + 1)
    described = tokens[span[-1]].head  # "the 18-year-old winger knew" may be taken for one phrase
    if head is not None and span[-1] < described < head and tokens[described].tag in _NOUNS:
        head = described
    if head is not None and "-" in _text(tokens, span):
        return _noun(sentence, tokens, head, span[-1] + 1, "measured noun")
    before = span[0] - 1
    if before >= 1 and tokens[before].text in {",", "("} and tokens[before - 1].tag in _NOUNS:
        return _noun(sentence, tokens, before - 1, None, AHEAD)
    return _subject(sentence, tokens, span)


def _text(tokens: Sequence[Token], span: range) -> str:
    return "".join(tokens[i].text for i in span)


def _of_measure(sentence: Sentence, tokens: Sequence[Token], span: range) -> CountedNoun | None:
    governor = _head(tokens, span)
    after = span[-1] + 1
    near = governor is not None and after <= governor <= after + _NEAR
    if governor is not None and near and not _cut(tokens, span[-1], governor):
        return _noun(sentence, tokens, governor, after, "measured noun")
    before = span[0] - 1
    if before >= 1 and tokens[before].lower == "of" and tokens[before - 1].tag in _NOUNS:
        return _noun(sentence, tokens, before - 1, None, AHEAD)
    return _subject(sentence, tokens, span)


def _subject(sentence: Sentence, tokens: Sequence[Token], span: range) -> CountedNoun | None:
    """The subject of the verb on which the figure hangs."""
    at = span[-1]
    for _ in range(len(tokens)):
        if tokens[at].tag.startswith("VB"):
            subject = _subject_of(tokens, at)
            if subject is not None and tokens[subject].tag in _NOUNS and subject not in span:
                return _noun(sentence, tokens, subject, None, "subject")
        if tokens[at].head == at:
            return None
        at = tokens[at].head
    return None


def _subject_of(tokens: Sequence[Token], verb: int) -> int | None:
    """The subject of a verb; for "who" and "which", the noun that they stand for."""
    children = (t for t in tokens if t.head == verb and t.i != verb)
    subject = next((t for t in children if t.dep in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return None
    relative = subject.tag in {"WP", "WDT"} and tokens[verb].dep == "relcl"
    return tokens[verb].head if relative else subject.i


def _noun(
    sentence: Sentence, tokens: Sequence[Token], head: int, first: int | None, how: str
) -> CountedNoun:
    """``first`` is the token at which the phrase may start; None: as far back as it reaches."""
    head = _hyphenated(tokens, head)
    start = _phrase_start(tokens, head) if first is None else min(first, head)
    while start < head and tokens[start].tag not in _MODIFIERS:
        start += 1
    words = [t for t in tokens[start:head] if t.tag in _DESCRIBING or _is_model(tokens, t)]
    low, high = tokens[start].start, tokens[head].end
    text = sentence.text[low - sentence.start : high - sentence.start]
    lemma = tokens[head].lemma
    members = lemma == "member" and words and words[-1].lemma in COUNTS_MEMBERS
    if members and not any(t.tag == "CD" for t in tokens[start:head]):
        lemma = words.pop().lemma  # "22 crew members" are 22 crew
    return CountedNoun(
        head, lemma, low, high, text, how,
        tuple(t.lemma if t.tag in _NOUNS else t.lower for t in words), tuple(_wider(tokens, head)),
    )  # fmt: skip


def _is_model(tokens: Sequence[Token], token: Token) -> bool:
    """The number of "Falcon 9 rockets", a part of the name."""
    return token.tag == "CD" and token.text.isdigit() and tokens[token.i - 1].tag in _NAMES


def _hyphenated(tokens: Sequence[Token], head: int) -> int:
    """The last part of a hyphenated noun: "co-chairs"."""
    while head + 2 < len(tokens) and tokens[head + 1].text == "-":
        if tokens[head + 2].tag not in _NOUNS or tokens[head + 2].start != tokens[head + 1].end:
            break
        head += 2
    return head


def _phrase_start(tokens: Sequence[Token], head: int) -> int:
    start = head
    while start > 0 and tokens[start - 1].tag in _MODIFIERS:
        start -= 1
    return start


def _wider(tokens: Sequence[Token], head: int) -> Iterator[str]:
    """Nouns joined to the head by "and" that carry no number of their own."""
    for token in tokens[head + 1 : head + 2 + _NEAR]:
        if token.tag in {"VBD", "VBZ", "VBP", "MD", "IN", "WP", "WDT", ".", "-LRB-", "CD"}:
            return
        if token.dep == "conj" and token.head == head and token.tag in _NOUNS:
            yield token.lemma
