"""Finds the names in English news text by their capitals: persons, places, organisations.

Runs of capitals are cut at titles, days and markers, and each piece is guessed to be a person, a
place or an organisation by rules of ``rules/titles``; each guess names its evidence. Headlines in
title case or capitals are searched only for names that the rest of the article has shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from crosscheck.grammar.titles import Lexicon, Title, lexicon, parts_of_speech, titles_in
from crosscheck.grammar.words import Word, joined_run, words_of
from crosscheck.language import Sentence
from crosscheck.rulebook import Rulebook

NameKindGuess = Literal["person", "place", "organisation", "unknown"]

_ARTICLE = re.compile(r"^(?:[ae]l|[ae][snzdrt]|ah|[ae]sh|ul)[-‑](?=\w)", re.IGNORECASE)
_TITLE_CASE, _ALL_BUT_ALL, _COMMON = 0.7, 0.9, 0.5
_MAX_RUN = 9
_OF = frozenset({"of", "for"})
_PLACED = frozenset({"in", "of", "from", "for", "to"})


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in a sentence; ``start`` and ``end`` are offsets in the article, the name alone.

    ``first``/``last`` are indices into the words of the sentence. ``evidence`` lists the rules
    that speak for ``kind``, ``shaped_by`` those that say where the name begins and ends.
    ``honorific`` is the form of address before it, if any.
    """

    start: int
    end: int
    text: str
    tokens: tuple[str, ...]
    kind: NameKindGuess
    evidence: tuple[str, ...]
    first: int
    last: int
    honorific: str = ""
    shaped_by: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.kind == "person"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of one sentence say: its titles and its names, both left to right."""

    sentence: Sentence
    words: tuple[Word, ...]
    titles: tuple[Title, ...]
    names: tuple[NameMention, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Names that other sentences of the article have shown: folded words -> kind and evidence;
    ``longest`` is the length of the longest."""

    names: Mapping[tuple[str, ...], tuple[NameKindGuess, tuple[str, ...]]] = field(
        default_factory=dict
    )
    longest: int = 0


def read_sentences(sentences: Sequence[Sentence], rules: Rulebook) -> tuple[Reading, ...]:
    """All sentences of an article: once by themselves, then with what the others have shown."""
    first = [read_sentence(sentence, rules) for sentence in sentences]
    known = known_names(name for reading in first for name in reading.names)
    return tuple(_with_known(reading, known) for reading in first)


def read_sentence(sentence: Sentence, rules: Rulebook, known: Known | None = None) -> Reading:
    lex = lexicon(rules)
    words = words_of(sentence.text, sentence.start)
    if _shouts(words, sentence, lex):
        reading = Reading(sentence, words, (), ())
    else:
        titles = tuple(t for t in titles_in(words, lex) if _acts_as_title(t, words, lex))
        names = tuple(_names(sentence, words, titles, lex))
        reading = Reading(sentence, words, titles, names)
    return _with_known(reading, known) if known else reading


def known_names(names: Iterable[NameMention]) -> Known:
    """Full names and, of persons, surnames; a name that has evidence wins over one without."""
    table: dict[tuple[str, ...], tuple[NameKindGuess, tuple[str, ...]]] = {}
    for name in names:
        entry = (name.kind, name.evidence)
        keys = [folded(name.tokens)]
        if name.is_person and len(name.tokens) > 1:
            keys.append(folded(name.tokens[-1:]))
        for key in keys:
            if key not in table or (table[key][0] == "unknown" and name.kind != "unknown"):
                table[key] = entry
    return Known(table, max(map(len, table), default=0))


def folded(tokens: Sequence[str]) -> tuple[str, ...]:
    """Lower case without accents, dots and the Arabic article: only a key for look-up."""
    return tuple(
        "".join(c for c in unicodedata.normalize("NFKD", bare.casefold()) if c.isalpha()) or t
        for t in tokens
        for bare in (_ARTICLE.sub("", t),)
    )


def _shouts(words: Sequence[Word], sentence: Sentence, lex: Lexicon) -> bool:
    """A headline in capitals or title case, where capitals tell nothing; outside a headline only
    if nearly all words have them, many of them common ones."""
    long = [w for w in words if len(w.text) >= 4 and w.text[0].isalpha()]
    if len(long) < 4:
        return False
    if sum(w.text.isupper() for w in long) / len(long) > _TITLE_CASE:
        return True
    share = sum(w.capital for w in long) / len(long)
    if sentence.is_headline or share <= _TITLE_CASE:
        return share > _TITLE_CASE
    common = sum(w.capital and is_english(w.lower, lex) for w in long) / len(long)
    return share > _ALL_BUT_ALL and common > _COMMON and sentence.text[-1:].isalnum()


def _acts_as_title(title: Title, words: Sequence[Word], lex: Lexicon) -> bool:
    """Whether a title is one here, not part of a name (Stephen King, General Motors)."""
    core = words[title.core : title.core_end]
    if not core[0].capital:
        return True
    after = _capitals_end(words, title.core_end, lex)
    markers = lex.words["organisation"] | lex.words["place"]
    following = words[title.core_end : after]
    if following and following[-1].lower in markers and following[0].lower not in lex.given:
        return False
    before = words[title.core - 1] if title.core else None
    named = before is not None and before.capital and core[0].joined and not before.possessive
    if named and before is not None and len(core) == 1 and after == title.core_end:
        return before.lower not in lex.given and not _is_initial(before, lex)
    return True


def _capitals_end(words: Sequence[Word], at: int, lex: Lexicon) -> int:
    while at < len(words) and words[at].capital and words[at].joined:
        if words[at].lower in lex.words["calendar"]:
            break
        at += 1
        if words[at - 1].possessive:
            break
    return at


def _is_initial(word: Word, lex: Lexicon) -> bool:
    bare = word.text.rstrip(".")
    return len(bare) == 1 and word.capital and word.lower not in lex.words["initial"]


@cache
def _age(lex: Lexicon) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(lex.words["age"])))
    return re.compile(
        rf"\s*(?:,\s*(?:(?:{words})\s+)?\d{{1,2}}\b(?!\s*(?:per|million|percent|%))|\(\d{{1,2}}\))"
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int
    last: int
    kind: NameKindGuess = "unknown"
    evidence: tuple[str, ...] = ()


def _names(
    sentence: Sentence, words: tuple[Word, ...], titles: tuple[Title, ...], lex: Lexicon
) -> Iterator[NameMention]:
    excluded = _excluded(words, titles, lex)
    for first, last in _runs(words, excluded, lex):
        for piece in _split(first, last, words, titles, lex):
            yield from _mention(piece, sentence, words, titles, lex)


def _excluded(words: Sequence[Word], titles: Sequence[Title], lex: Lexicon) -> frozenset[int]:
    """The words that are no part of any name: titles, honorifics, days, numbers."""
    out = {
        i for i, w in enumerate(words) if _is_day(words, i, lex) or any(c.isdigit() for c in w.text)
    }
    for i in range(len(words) - 1):
        polite = words[i].lower in lex.words["honorific"] and words[i + 1].capital
        if polite and words[i + 1].joined and words[i + 1].lower not in lex.words["organisation"]:
            out.add(i)
    for title in titles:
        out.update(range(title.core, title.core_end))
        i = title.core - 1
        while i >= title.first and _modifying(words, i, lex):
            out.add(i)
            i -= 1
    return frozenset(out)


def _is_day(words: Sequence[Word], i: int, lex: Lexicon) -> bool:
    """A day or a month; the short ones only beside a number, and no given name before a name."""
    word = words[i]
    if word.lower not in lex.words["calendar"]:
        return False
    beside = [*words[max(i - 1, 0) : i], *words[i + 1 : i + 2]]
    numbered = any(w.text[0].isdigit() for w in beside)
    if numbered or word.text.isupper():
        return True
    if len(word.lower) <= 4 and word.lower != "june":
        return not (i + 1 < len(words) and words[i + 1].capital and words[i + 1].joined)
    named = word.lower in lex.given and i + 1 < len(words) and words[i + 1].capital
    return not (named and words[i + 1].joined and not _after_preposition(words, i, lex))


def _after_preposition(words: Sequence[Word], i: int, lex: Lexicon) -> bool:
    before = words[i - 1].lower if i else ""
    return before in _PLACED | lex.words["in"] | {"on", "since", "until", "by", "last", "next"}


def _modifying(words: Sequence[Word], i: int, lex: Lexicon) -> bool:
    word = words[i].lower
    return (word,) in lex.modifiers or any(word in key for key in lex.portfolios)


def _runs(
    words: Sequence[Word], excluded: frozenset[int], lex: Lexicon
) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(words):
        if not words[at].capital or at in excluded:
            at += 1
            continue
        end = at + 1
        while end < len(words) and end - at < _MAX_RUN and not words[end - 1].possessive:
            step = _step(words, end, excluded, lex)
            if not step:
                break
            end += step
        yield at, end
        at = end


def _step(words: Sequence[Word], at: int, excluded: frozenset[int], lex: Lexicon) -> int:
    """How many words at ``at`` go on with a run of capitals: a capital, or particles and one."""
    for particles in range(3):
        here = at + particles
        if here >= len(words) or not words[here].joined or here in excluded:
            return 0
        if words[here].capital:
            return particles + 1
        if words[here].lower not in lex.words["particle"]:
            return 0
    return 0


def _split(
    first: int, last: int, words: Sequence[Word], titles: Sequence[Title], lex: Lexicon
) -> Iterator[_Piece]:
    first = _trimmed(first, last, words, lex)
    if first >= last:
        return
    cut = _cut(first, last, words, titles, lex)
    if cut is not None:
        yield _Piece(first, cut.first, cut.kind, cut.evidence)
        first = cut.first
    yield _Piece(first, last)


def _trimmed(first: int, last: int, words: Sequence[Word], lex: Lexicon) -> int:
    """Without what the start of the sentence or a demonym puts before the name."""
    while first < last:
        word = words[first]
        more = last - first > 1
        marked = _marked(words, first, last, lex)
        opener = word.opens and not marked and _ordinary(word, more, lex)
        if more and not marked and _is_demonym(words, first, lex):
            first = max(lex.country(words, first)[1], first + 1)
        elif opener or (_is_function(word, lex) and not (more and _is_given(word, lex))):
            first += 1
        else:
            break
    return first


def _is_function(word: Word, lex: Lexicon) -> bool:
    return lex.is_function(word) and (len(word.text) > 1 or word.lower in {"a", "i"})


def _is_given(word: Word, lex: Lexicon) -> bool:
    return word.lower in lex.given and not word.opens


def _ordinary(word: Word, more: bool, lex: Lexicon) -> bool:
    begins = word.lower in lex.given or word.lower in lex.words["place"]
    return is_english(word.lower, lex) and not (more and begins)


def is_english(word: str, lex: Lexicon) -> bool:
    """Whether a lower-case word, or each part of a compound or contraction, is an English one."""
    if parts_of_speech(word) or word in lex.words["function"]:
        return True
    parts = re.split(r"['’-]", word)
    if len(parts) == 1:
        return False
    known = [part in lex.words["function"] or bool(parts_of_speech(part)) for part in parts]
    return all(known) or (known[0] and "-" not in word)


def _marked(words: Sequence[Word], first: int, last: int, lex: Lexicon) -> bool:
    markers = lex.words["organisation"] | lex.words["place"]
    return last - first > 1 and words[last - 1].lower in markers


def _is_demonym(words: Sequence[Word], first: int, lex: Lexicon) -> bool:
    end = lex.country(words, first)[1]
    return (
        tuple(w.lower for w in words[first:end]) in lex.demonyms
        or words[first].lower in lex.words["adjective"]
    )


def _cut(
    first: int, last: int, words: Sequence[Word], titles: Sequence[Title], lex: Lexicon
) -> _Piece | None:
    """Where a place or organisation ends and a person begins, in "Norvania Orla Venn".

    The piece returned describes the part before; its ``first`` is where the person begins.
    """
    if last - first < 3:
        return None
    after_title = _follows_title_of(first, words, titles, lex)
    placed = first > 0 and words[first - 1].lower in _PLACED | {"the"}
    country, end = lex.country(words, first)
    if country and last - end >= 2 and placed:
        return _Piece(end, last, "place", (lex.country_rule,))
    for at in range(last - 3, first - 1, -1):
        if words[at].lower in lex.words["organisation"] and parts_of_speech(words[at].lower):
            return _Piece(at + 1, last, "organisation", ("name-words.organisation",))
    if not after_title:
        return None
    return _cut_after_title(first, last, words, lex)


def _cut_after_title(first: int, last: int, words: Sequence[Word], lex: Lexicon) -> _Piece | None:
    """ "mayor of Upper Halden Edda Korr": a given name, else the last two words, are the person."""
    capitals = [i for i in range(first, last) if words[i].capital]
    for at in capitals[1:-1]:
        if words[at].lower in lex.given:
            return _Piece(at, last, "place")
    if len(capitals) in {3, 4} and not _has_particle(words, first, last):
        return _Piece(capitals[-2], last, "place")
    return None


def _has_particle(words: Sequence[Word], first: int, last: int) -> bool:
    return any(not w.capital for w in words[first:last])


def _follows_title_of(
    first: int, words: Sequence[Word], titles: Sequence[Title], lex: Lexicon
) -> bool:
    """Whether "<title> of [health of] [the]" stands before, and the title has no bearer yet."""
    at = first - 1
    if at >= 0 and words[at].lower == "the":
        at -= 1
    if at < 1 or words[at].lower not in _OF or not joined_run(words, at, first + 1):
        return False
    for title in reversed(titles):
        if title.core_end <= at:
            near = at - title.core_end <= 4 and joined_run(words, title.core, first + 1)
            return near and not title.plural and not _after_name(title, words, lex)
    return False


def _after_name(title: Title, words: Sequence[Word], lex: Lexicon) -> bool:
    """Whether the title stands in apposition to a capital before it."""
    start = title.first - bool(title.determiner)
    if start < 1 or "," not in words[start].gap:
        return False
    before = words[start - 1]
    return before.capital and before.lower not in lex.words["calendar"]


def _mention(
    piece: _Piece,
    sentence: Sentence,
    words: Sequence[Word],
    titles: Sequence[Title],
    lex: Lexicon,
) -> Iterator[NameMention]:
    part = words[piece.first : piece.last]
    polite = words[piece.first - 1] if piece.first else None
    honoured = polite is not None and part[0].joined and polite.lower in lex.words["honorific"]
    kind, evidence = _guess(piece, words, titles, lex, honoured, sentence)
    if not _is_name(part, kind, evidence, lex):
        return
    start, end = part[0].start, part[-1].end
    yield NameMention(
        start,
        end,
        sentence.text[start - sentence.start : end - sentence.start],
        tuple(w.text for w in part),
        kind,
        evidence,
        piece.first,
        piece.last,
        polite.text if honoured and polite else "",
        tuple(_shaping(piece, words, lex)),
    )


def _shaping(piece: _Piece, words: Sequence[Word], lex: Lexicon) -> Iterator[str]:
    part = [w.lower for w in words[piece.first : piece.last]]
    before = words[piece.first - 1] if piece.first else None
    if any(w in lex.words["particle"] for w in part):
        yield "name-words.particle"
    if part[-1] in lex.words["suffix"]:
        yield "name-words.suffix"
    if before is not None and before.capital and before.lower in lex.words["calendar"]:
        yield "name-words.calendar"
    if before is not None and part and before.lower in lex.words["adjective"]:
        yield "name-words.adjective"
    if before is not None and before.capital and before.lower in lex.words["function"]:
        yield "name-words.function"


def _is_name(
    part: Sequence[Word], kind: NameKindGuess, evidence: tuple[str, ...], lex: Lexicon
) -> bool:
    lone = part[0]
    if len(part) > 1:
        return True
    if _is_initial(lone, lex) or lone.lower in lex.words["function"]:
        return False
    if _is_demonym((lone,), 0, lex):
        return False
    if lex.country((lone,), 0)[0]:
        return len(lone.text) > 3
    if is_english(lone.lower, lex):
        return kind == "person" and bool(_strong(evidence))
    return True


def _strong(evidence: Iterable[str]) -> list[str]:
    return [e for e in evidence if e == "name-words.honorific" or e.startswith("roles.")]


def _guess(
    piece: _Piece,
    words: Sequence[Word],
    titles: Sequence[Title],
    lex: Lexicon,
    honoured: bool,
    sentence: Sentence,
) -> tuple[NameKindGuess, tuple[str, ...]]:
    if piece.kind != "unknown":
        return piece.kind, piece.evidence
    part = words[piece.first : piece.last]
    person = tuple(_person_evidence(piece, words, titles, lex, honoured, sentence))
    institution = part[-1].lower in lex.words["organisation"] and part[0].lower not in lex.given
    if _strong(person) and not (institution and len(part) > 1 and not honoured):
        return "person", person
    other = _other_evidence(piece, words, titles, lex)
    if other is not None:
        return other
    if person and (len(part) > 1 or "name-words.medium" not in person):
        return "person", person
    return "unknown", person


def _person_evidence(
    piece: _Piece,
    words: Sequence[Word],
    titles: Sequence[Title],
    lex: Lexicon,
    honoured: bool,
    sentence: Sentence,
) -> Iterator[str]:
    part = words[piece.first : piece.last]
    if honoured:
        yield "name-words.honorific"
    if part[0].joined:
        yield from (t.rules[0] for t in titles if t.core_end == piece.first)
    if len(part) > 1 and part[0].lower in lex.given:
        yield "given-names.common"
    if len(part) > 1 and any(_is_initial(w, lex) for w in part[:-1]):
        yield "name-words.initial"
    before = words[piece.first - 1] if piece.first else None
    if before is not None and before.lower in lex.words["kin"] and part[0].gap.strip() in {"", ","}:
        yield "name-words.kin"
    after = words[piece.last] if piece.last < len(words) else None
    if after is not None and not part[-1].possessive:
        if after.joined and after.lower in lex.words["speech"]:
            yield "name-words.speech"
        if after.lower in lex.words["who"] and after.gap.strip() in {"", ","}:
            yield "name-words.who"
    tail = sentence.text[part[-1].end - sentence.start :]
    if len(part) > 1 and _age(lex).match(tail):
        yield "name-words.age"


def _other_evidence(
    piece: _Piece, words: Sequence[Word], titles: Sequence[Title], lex: Lexicon
) -> tuple[NameKindGuess, tuple[str, ...]] | None:
    part = words[piece.first : piece.last]
    lower = [w.lower for w in part]
    before = words[piece.first - 1] if piece.first else None
    if lex.country(part, 0)[1] == len(part):
        return "place", (lex.country_rule,)
    if " ".join(lower) in lex.words["medium"]:
        return "organisation", ("name-words.medium",)
    if any(w in lex.words["organisation"] for w in (lower[0], lower[-1])) and len(part) > 1:
        return "organisation", ("name-words.organisation",)
    if (lower[-1] in lex.words["place"] or lower[0] in lex.words["place"]) and len(part) > 1:
        return "place", ("name-words.place",)
    if before is not None and before.lower in lex.words["kind"] and _beside(part[0]):
        borne = len(part) > 1 and _follows_kind_of_title(piece.first, words, titles)
        return None if borne else ("organisation", ("name-words.kind",))
    after = words[piece.last] if piece.last < len(words) else None
    if _is_dateline(part, piece.first, after):
        return "place", ("name-words.in",)
    if len(part) == 1 and (part[0].text.isupper() and len(part[0].text) < 7):
        return "organisation", ()
    placed = before is not None and part[0].joined and before.lower in lex.words["in"]
    return ("place", ("name-words.in",)) if placed and len(part) == 1 else None


def _follows_kind_of_title(first: int, words: Sequence[Word], titles: Sequence[Title]) -> bool:
    """ "The director of the company Nora Lindt": the name is the director's."""
    if not words[first].joined:
        return False
    ends = {title.core_end for title in titles if not title.plural}
    return any(
        words[at].lower in _OF and at in ends and joined_run(words, at, first + 1)
        for at in range(max(first - 4, 0), first)
    )


def _is_dateline(part: Sequence[Word], first: int, after: Word | None) -> bool:
    """ "HALDEN, May 3 -", "HALDEN (Agency) -" at the very start."""
    if first or after is None or not all(w.text.isupper() and len(w.text) > 2 for w in part):
        return False
    return after.gap.strip()[:1] in {",", "(", "-", "–", "—"}


def _beside(word: Word) -> bool:
    return word.gap.strip() in {"", '"', "“", "«", "‘", "„"}


def _with_known(reading: Reading, known: Known) -> Reading:
    """The reading with lone words and headline words that the rest of the article explains."""
    taken = {i for name in reading.names for i in range(name.first, name.last)}
    taken |= {i for title in reading.titles for i in range(title.core, title.core_end)}
    names = [_informed(name, known) for name in reading.names]
    at = 0
    while at < len(reading.words):
        size = 0 if at in taken else _known_at(reading, at, known, taken)
        if size:
            names.append(_known_mention(reading, at, at + size, known))
        at += max(size, 1)
    return replace(reading, names=tuple(sorted(names, key=lambda n: (n.start, n.end))))


def _known_at(reading: Reading, at: int, known: Known, taken: set[int]) -> int:
    words = reading.words
    for size in range(min(known.longest, len(words) - at), 0, -1):
        part = words[at : at + size]
        if not part[0].capital or not all(w.joined for w in part[1:]):
            continue
        if any(i in taken for i in range(at, at + size)):
            continue
        key = folded([w.text for w in part])
        entry = known.names.get(key)
        if entry is None or len(key[0]) < 3:
            continue
        safe = entry[0] == "person" or not all(parts_of_speech(w.lower) for w in part)
        if safe and not (size == 1 and _risky(part[0], reading)):
            return size
    return 0


def _risky(word: Word, reading: Reading) -> bool:
    """A dictionary word at the start of a sentence or in a title-case headline."""
    return bool(parts_of_speech(word.lower)) and (
        word.opens or reading.titles == () == reading.names
    )


def _known_mention(reading: Reading, first: int, last: int, known: Known) -> NameMention:
    part = reading.words[first:last]
    kind, evidence = known.names[folded([w.text for w in part])]
    start, end = part[0].start, part[-1].end
    offset = reading.sentence.start
    text = reading.sentence.text[start - offset : end - offset]
    return NameMention(start, end, text, tuple(w.text for w in part), kind, evidence, first, last)


def _informed(name: NameMention, known: Known) -> NameMention:
    """A lone word without strong evidence takes the kind of the full name it is part of."""
    entry = known.names.get(folded(name.tokens))
    if entry is None or entry[0] == "unknown" or _strong(name.evidence):
        return name
    if name.kind == "unknown" or (len(name.tokens) == 1 and entry[0] == "person"):
        return replace(name, kind=entry[0], evidence=name.evidence or entry[1])
    return name
