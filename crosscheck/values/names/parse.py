"""A name in its parts: words with what stands before them, titles, generation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crosscheck.values.names.letters import fold_word, is_syllabic, latinised, script_of, syllables
from crosscheck.values.names.tables import Gate, Tables

_BREAKS = re.compile(r"([\s\-‐‑‒–—·・•.,;:/_()\[\]\"“”«»„&]+)")
_ALWAYS_GIVEN = frozenset({"ben", "al", "ed", "an"})
_SERVED = 4
"""Letters of the name that a servant's word is joined to."""
_CONNECTING = frozenset({"y", "e", "i"})


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name: folded, as written, in its own script, with the particles before it."""

    text: str
    raw: str
    native: str = ""
    before: tuple[str, ...] = ()
    initial: bool = False

    @property
    def glued(self) -> str:
        return "".join(self.before) + self.text


@dataclass(frozen=True, slots=True)
class Name:
    """``dropped`` are (rule id, word) of titles and the like; ``used`` ids of rules of reading."""

    raw: str
    script: str
    parts: tuple[Part, ...]
    generation: str = ""
    dropped: tuple[tuple[str, str], ...] = ()
    used: tuple[str, ...] = ()
    foreign: bool = False
    trailing: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts)

    @property
    def everything(self) -> frozenset[str]:
        return frozenset(self.words) | {p for part in self.parts for p in part.before}


@dataclass(frozen=True, slots=True)
class _Piece:
    raw: str
    text: str
    native: str
    hyphen: bool


@lru_cache(maxsize=16384)
def parse(raw: str, tables: Tables) -> Name:
    """Read a name. Never fails: what has no letters has no parts."""
    text = _inverted(unicodedata.normalize("NFC", raw).strip(), tables)
    script = script_of(text)
    pieces = list(_pieces(text, script, tables))
    pieces, generation = _without_generation(pieces, tables)
    pieces, dropped = _without_titles(pieces, tables)
    parts, used, trailing = _parts(pieces, tables)
    if not parts and pieces:
        parts, trailing = [Part(p.text, p.raw, p.native) for p in pieces], ()
    return Name(
        raw, script, tuple(parts), generation, tuple(dropped),
        tuple(used) + _letter_rules(text, script, tables), "·" in text or "・" in text, trailing,
    )  # fmt: skip


def _inverted(text: str, tables: Tables) -> str:
    """``Surname, Given`` the other way round."""
    left, comma, right = text.partition(",")
    tail = fold_word(right.strip().rstrip("."))
    if not comma or "," in right or not right.strip() or not left.strip():
        return text
    if tail in tables.generations or tail in tables.suffixes:
        return f"{left} {right}"
    return f"{right.strip()} {left.strip()}"


def _letter_rules(text: str, script: str, tables: Tables) -> tuple[str, ...]:
    if script == "latin":
        return ()
    return tuple(rule.rule for rule in tables.letters if rule.when.search(text))[:1]


def _pieces(text: str, script: str, tables: Tables) -> Iterator[_Piece]:
    split = _BREAKS.split(text)
    capitals = text.isupper()
    for index in range(0, len(split), 2):
        raw = split[index]
        hyphen = index + 1 < len(split) and split[index + 1].strip()[:1] in {"-", "‐", "‑"}
        if script != "latin" and raw:
            yield from _foreign(raw, text, tables, hyphen)
        elif fold_word(raw):
            yield from _latin(raw, capitals, index == 0, hyphen)


def _latin(raw: str, capitals: bool, first: bool, hyphen: bool) -> Iterator[_Piece]:
    if first and not capitals and len(raw) == 2 and raw.isalpha() and raw.isupper():
        yield from (_Piece(letter, fold_word(letter), "", False) for letter in raw)
    else:
        yield _Piece(raw, fold_word(raw), "", hyphen)


def _foreign(raw: str, text: str, tables: Tables, hyphen: bool) -> Iterator[_Piece]:
    read = latinised(raw, _rules_for(text, tables))
    native = fold_word(raw)
    split = syllables(read) if is_syllabic(script_of(raw)) and "·" not in text else [read]
    signs = list(native) if len(native) == len(split) else [native] * len(split)
    for syllable, sign in zip(split, signs, strict=True):
        folded = fold_word(syllable).replace(" ", "")
        if folded or native:
            yield _Piece(raw, folded or native, sign, hyphen)


def _rules_for(text: str, tables: Tables) -> Sequence[_When]:
    chosen = next((rule for rule in tables.letters if rule.when.search(text)), None)
    return [] if chosen is None else [_When(_ANY, chosen.pairs)]


@dataclass(frozen=True, slots=True)
class _When:
    """A rule of letters that was chosen by the whole name and so applies to each of its words."""

    when: re.Pattern[str]
    pairs: tuple[tuple[str, str], ...]


_ANY = re.compile("")


def _without_generation(pieces: list[_Piece], tables: Tables) -> tuple[list[_Piece], str]:
    last = pieces[-1] if len(pieces) > 1 else None
    if last is None or last.text not in tables.generations:
        return pieces, ""
    if len(last.text) == 1 and len(pieces) > 2:
        return pieces, ""
    return pieces[:-1], tables.generations[last.text]


def _without_titles(
    pieces: list[_Piece], tables: Tables
) -> tuple[list[_Piece], list[tuple[str, str]]]:
    dropped: list[tuple[str, str]] = []
    while len(pieces) > 1 and _is_title(pieces, tables):
        dropped.append((tables.titles[pieces[0].text], pieces[0].raw))
        pieces = pieces[1:]
    for piece in [p for p in pieces[1:-1] if p.text in tables.honours]:
        dropped.append((tables.honours[piece.text], piece.raw))
        pieces = [p for p in pieces if p is not piece]
    while len(pieces) > 1 and pieces[-1].text in tables.suffixes and pieces[-1].raw[:1].isupper():
        dropped.append((tables.suffixes[pieces[-1].text], pieces[-1].raw))
        pieces = pieces[:-1]
    return pieces, dropped


def _is_title(pieces: Sequence[_Piece], tables: Tables) -> bool:
    """Titles that are given names too (Don, Lady) are those right before a surname."""
    first = pieces[0]
    given = first.text in tables.given and len(pieces) == 2
    return first.text in tables.titles and not first.native and not given


def _parts(
    pieces: Sequence[_Piece], tables: Tables
) -> tuple[list[Part], list[str], tuple[str, ...]]:
    parts: list[Part] = []
    used: list[str] = []
    before: tuple[str, ...] = ()
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].text if index + 1 < len(pieces) else ""
        servant, rest = _servant(piece, following, tables)
        if servant:
            used.append(tables.servants[servant])
            parts.append(Part("abdul", piece.raw, piece.native, before))
            parts.extend([Part(rest, piece.raw, piece.native)] if rest else [])
            before = ()
        elif _is_particle(piece, index, following, tables):
            before = (*before, piece.text)
        elif _is_of_faith(piece, before, parts, tables):
            used.append(tables.joined[piece.text])
            joined = f"{parts[-1].text}uddin"
            parts[-1] = replace(parts[-1], text=joined, raw=f"{parts[-1].raw} al-{piece.raw}")
            before = ()
        else:
            parts.append(_part(piece, _kept(before, parts, tables)))
            before = ()
    return parts, used, before


def _part(piece: _Piece, before: tuple[str, ...]) -> Part:
    initial = len(piece.text) == 1 and piece.raw.isupper() and not piece.text.isdigit()
    return Part(piece.text, piece.raw, piece.native, before, initial)


def _kept(before: tuple[str, ...], parts: Sequence[Part], tables: Tables) -> tuple[str, ...]:
    """The article that belongs to a servant's name (Abd al-Aziz) is part of that."""
    if parts and parts[-1].text == "abdul" and before and before[0] in tables.particles:
        return before[1:]
    return before


def _servant(piece: _Piece, following: str, tables: Tables) -> tuple[str, str]:
    """The servant's word that a piece is or begins with, and the rest of the piece: Abdulaziz."""
    if piece.text in tables.servants:
        return (piece.text, "") if following else ("", "")
    servant, rest = piece.text[:5], piece.text[5:]
    if servant in tables.servants and len(rest) >= _SERVED and not rest.startswith("la"):
        return servant, rest
    return "", ""


def _is_of_faith(
    piece: _Piece, before: tuple[str, ...], parts: Sequence[Part], tables: Tables
) -> bool:
    particle = tables.particles.get(before[-1]) if before else None
    article = particle is not None and particle.group == "al"
    return piece.text in tables.joined and bool(parts) and article


def _is_particle(piece: _Piece, index: int, following: str, tables: Tables) -> bool:
    """Short words are particles by their place: ``al-`` before a word, ``an-`` before an n."""
    if piece.text in _CONNECTING and piece.raw.islower():
        return True
    particle = tables.particles.get(piece.text)
    if particle is None:
        return False
    if particle.group == "al" and piece.text not in {"al", "el", "ul"}:
        return following.startswith(piece.text[1:])
    if index == 0 and piece.text in _ALWAYS_GIVEN:
        return piece.raw.islower() or piece.hyphen
    if particle.kind == "misspelling":
        return not piece.hyphen
    return True


def with_articles(name: Name, other: Name) -> Name:
    """``Al Jazeera`` read like ``al-Jazeera``, if the other name has the article there."""
    if len(name.parts) < 2 or name.parts[0].text != "al" or name.parts[0].before:
        return name
    first, second, *rest = name.parts
    if not any(p.text == second.text and p.before[-1:] == ("al",) for p in other.parts):
        return name
    return replace(name, parts=(replace(second, before=(first.text,)), *rest))


def gates(a: Name, b: Name, tables: Tables) -> frozenset[str]:
    """The gates that open for a pair of names: by a word of either, or by the syllables of both."""
    return frozenset(gate.name for gate in tables.gates if _opens(gate, a, b))


def _opens(gate: Gate, a: Name, b: Name) -> bool:
    if gate.syllables is None:
        return _known(gate, a) or _known(gate, b)
    return all(_made_of(gate, name) for name in (a, b))


def _known(gate: Gate, name: Name) -> bool:
    return bool(gate.words & name.everything) or any(
        word.endswith(gate.suffixes) for word in name.words if gate.suffixes
    )


def _made_of(gate: Gate, name: Name) -> bool:
    assert gate.syllables is not None
    first = not gate.first or (bool(name.words) and name.words[0] in gate.first)
    return first and bool(name.words) and all(gate.syllables.fullmatch(w) for w in name.words)
