"""What makes two names that look alike the names of two; a veto overrides any likeness."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crosscheck.values.names.likeness import trouble
from crosscheck.values.names.pair import Decision, Note, Pair
from crosscheck.values.names.pairing import Match
from crosscheck.values.names.parse import Name
from crosscheck.values.names.record import RESPELLED
from crosscheck.values.names.tables import Tables, glued
from crosscheck.values.names.words import is_word

_FAMILY_FIRST = frozenset({"han", "hangul"})


def at_once(a: Name, b: Name, tables: Tables) -> Decision | None:
    """What can be decided before the words are paired."""
    return _exonym(a, b, tables) or _labels(a, b, tables) or _generations(a, b, tables)


def vetoed(pair: Pair) -> Decision | None:
    """The first veto that forbids that the names are one bearer's."""
    found = (veto(pair) for veto in _VETOES)
    return next((decision for decision in found if decision is not None), None)


def _exonym(a: Name, b: Name, tables: Tables) -> Decision | None:
    left, right = tables.exonyms.get(glued(a.raw)), tables.exonyms.get(glued(b.raw))
    if left is None or right is None or left[0] != right[0] or glued(a.raw) == glued(b.raw):
        return None
    note = Note(left[1], a.raw, b.raw, said="two names of one (house style)")
    return Decision("house style", True, True, (note,))


def _labels(a: Name, b: Name, tables: Tables) -> Decision | None:
    """Numbers in names are labels: A330 is not A320."""
    left, right = (sorted(w for w in name.words if any(c.isdigit() for c in w)) for name in (a, b))
    if left == right:
        return None
    note = Note(tables.vetoes["digits"].rule, " ".join(left), " ".join(right), said="other number")
    return Decision("different", False, notes=(note,))


def _generations(a: Name, b: Name, tables: Tables) -> Decision | None:
    if not (a.generation and b.generation) or a.generation == b.generation:
        return None
    note = Note(tables.generation_rule, a.generation, b.generation, said="another generation")
    return Decision("different", False, notes=(note,))


def _no(pair: Pair, veto: str, left: str, right: str, said: str) -> Decision:
    note = Note(pair.tables.vetoes[veto].rule, left, right, said=said)
    return Decision("different", False, notes=(note,))


def _swapped(pair: Pair) -> Decision | None:
    marks = pair.tables.vetoes["swapped"].words
    fathers = set(_fathers(pair.b, marks))
    for son, father in _fathers(pair.a, marks):
        if son != father and (father, son) in fathers:
            return _no(pair, "swapped", pair.a.raw, pair.b.raw, "father and son change places")
    return None


def _fathers(name: Name, marks: frozenset[str]) -> Iterator[tuple[str, str]]:
    for before, part in zip(name.parts, name.parts[1:], strict=False):
        if marks & set(part.before):
            yield before.text, part.text


def _gendered(pair: Pair) -> Decision | None:
    found = pair.of("gendered")
    if not found:
        return None
    notes = tuple(
        Note(match.how.steps[0].rule, *pair.shown(match), match.how.steps, "a man and a woman")
        for match in found
    )
    return Decision("gendered", False, notes=notes)


def _different(pair: Pair) -> Decision | None:
    for match in pair.of("different"):
        note = Note(match.how.steps[0].rule, *pair.shown(match), said="not one name")
        return Decision("different", False, notes=(note,))
    return None


def _other_part(pair: Pair) -> Decision | None:
    if not (pair.pairing.left_rest and pair.pairing.right_rest):
        return None
    if pair.single:
        return _no(pair, "weak", pair.a.raw, pair.b.raw, "too unlike")
    veto = "given" if _both_given(pair) else "other-part"
    said = "each name has a part of its own"
    return _no(pair, veto, pair.left_rest, pair.right_rest, said)


def _both_given(pair: Pair) -> bool:
    """Whether only the given names differ, and both are given names in use."""
    if pair.pairing.left_rest != (0,) or pair.pairing.right_rest != (0,):
        return False
    return {pair.a.parts[0].text, pair.b.parts[0].text} <= pair.tables.given


def _other_initial(pair: Pair) -> Decision | None:
    """A middle initial on one side, where the other has initials too: another person."""
    if not pair.partial:
        return None
    longer, shorter, rest = pair.by_length
    other = any(part.initial for part in shorter.parts)
    if not other or not all(longer.parts[i].initial for i in rest):
        return None
    return _no(pair, "other-part", pair.a.raw, pair.b.raw, "one has another middle initial")


def _given_only(pair: Pair) -> Decision | None:
    """A part that one name has alone must be its surname, or two parts must agree."""
    full = [match for match in pair.matches if match.how.kind != "initials"]
    if not full:
        return _no(pair, "weak", pair.a.raw, pair.b.raw, "only initials agree")
    if not pair.partial or len(pair.matches) > 1:
        return None
    longer, _, _ = pair.by_length
    places = full[0].left if longer is pair.a else full[0].right
    surnames = {len(longer.parts) - 1} | ({0} if longer.script in _FAMILY_FIRST else set())
    if surnames.isdisjoint(places) or len(full[0].how.left) < 2:
        return _no(pair, "given-only", *pair.shown(full[0]), "one part that is not the surname")
    return None


def _ordinary(pair: Pair) -> Decision | None:
    """Ordinary words that differ by a slip or stand among ordinary words, and single ones."""
    for match in pair.of(*RESPELLED):
        if not pair.across and not match.exonym and _is_ordinary(pair, match):
            return _no(pair, "words", *pair.shown(match), "ordinary words or names")
    return None


def _is_ordinary(pair: Pair, match: Match) -> bool:
    words = is_word(match.how.left) + is_word(match.how.right)
    if pair.single:
        return words > 0 or _familiar(pair, match)
    if match.how.slips and words == 2:
        return True
    others = [m for m in pair.matches if m is not match]
    return words > 0 and all(_is_plain(pair, other) for other in others)


def _is_plain(pair: Pair, match: Match) -> bool:
    """An equal word that is an ordinary one and no given name."""
    word = match.how.left
    return match.how.kind == "equal" and word not in pair.tables.given and is_word(word)


def _familiar(pair: Pair, match: Match) -> bool:
    """A given name and the surname made from it: Roberts of Robert."""
    ends = {step.phrase for step in match.how.steps}
    known = {match.how.left, match.how.right} & pair.tables.given
    return len(known) > 0 and ends <= {"s~–", "–~s"}


def _surnames(pair: Pair) -> Decision | None:
    """Two surnames in use, alone, that only a slip would join."""
    if not pair.single:
        return None
    for match in pair.matches:
        if match.how.slips and {match.how.left, match.how.right} <= pair.tables.surnames:
            return _no(pair, "surnames", *pair.shown(match), "two surnames in use")
    return None


def _weak(pair: Pair) -> Decision | None:
    found = trouble(pair)
    if not found:
        return None
    shown = [pair.shown(match) for match in pair.of(*RESPELLED)]
    return _no(pair, "weak", *(shown[0] if shown else (pair.a.raw, pair.b.raw)), found)


_VETOES: tuple[Callable[[Pair], Decision | None], ...] = (
    _swapped, _gendered, _different, _other_part, _other_initial, _given_only, _ordinary,
    _surnames, _weak,
)  # fmt: skip
