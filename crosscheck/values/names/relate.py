"""How one word of a name relates to one word of another: equal, respelled, or another's name."""

from __future__ import annotations

from functools import lru_cache

from crosscheck.values.names.parse import Part
from crosscheck.values.names.record import Explanation, Step
from crosscheck.values.names.rewrite import respelled, slipped
from crosscheck.values.names.tables import Tables, Veto
from crosscheck.values.names.words import countries, is_word

_STEM = 3
_SLIP_LEAST_NATIVE = 4


def related(
    a: Part, b: Part, tables: Tables, gates: frozenset[str], *, given: bool, native: bool
) -> Explanation | None:
    """How word ``a`` relates to ``b``; ``given`` if they may be given names, ``native`` if both
    names are of one script other than Latin, whose letters are then compared as they are."""
    if a.initial or b.initial:
        return _initial(a, b, tables)
    if native:
        return _native(a, b, tables)
    return _worded(a.text, b.text, tables, gates, given)


def _initial(a: Part, b: Part, tables: Tables) -> Explanation | None:
    if a.text == b.text:
        return Explanation(a.text, b.text, "equal")
    if a.text[:1] != b.text[:1] or (a.initial and b.initial):
        return None
    step = Step(tables.forms["initial"], a.text, b.text, "initials")
    return Explanation(a.text, b.text, "initials", (step,))


def _native(a: Part, b: Part, tables: Tables) -> Explanation | None:
    left, right = a.native or a.text, b.native or b.text
    if left == right:
        return Explanation(left, right, "equal")
    return slipped(left, right, tables, _SLIP_LEAST_NATIVE)


@lru_cache(maxsize=65536)
def _worded(
    a: str, b: str, tables: Tables, gates: frozenset[str], given: bool
) -> Explanation | None:
    if a == b:
        return Explanation(a, b, "equal")
    if any(c.isdigit() for c in a + b):
        return None
    return (
        _exonym(a, b, tables)
        or _gendered(a, b, tables, gates, given)
        or _vetoed(a, b, tables)
        or _given(a, b, tables, gates, given)
    )


def _exonym(a: str, b: str, tables: Tables) -> Explanation | None:
    left, right = tables.exonyms.get(a), tables.exonyms.get(b)
    if left is None or right is None or left[0] != right[0]:
        return None
    return Explanation(a, b, "house style", (Step(left[1], a, b, "house style"),))


def _gendered(
    a: str, b: str, tables: Tables, gates: frozenset[str], given: bool
) -> Explanation | None:
    if not given:
        return _ends(a, b, tables.vetoes["gender"], tables, gates)
    if a in tables.given and b in tables.given and not _family(a, b, tables):
        return _ends(a, b, tables.vetoes["gender-given"], tables, None)
    return None


def _ends(
    a: str, b: str, veto: Veto, tables: Tables, gates: frozenset[str] | None
) -> Explanation | None:
    """Whether the endings are those of a man and a woman and the stems are one, if respelled."""
    for left, right in veto.pairs:
        if not (a.endswith(left) and b.endswith(right)):
            continue
        stem_a, stem_b = a[: len(a) - len(left)], b[: len(b) - len(right)]
        if min(len(stem_a), len(stem_b)) >= _STEM and _one_stem(stem_a, stem_b, tables, gates):
            step = Step(veto.rule, left, right, "gendered")
            return Explanation(a, b, "gendered", (step,))
    return None


def _one_stem(a: str, b: str, tables: Tables, gates: frozenset[str] | None) -> bool:
    if a == b or gates is None:
        return a == b
    path = respelled(a, b, tables, gates)
    return path is not None and path.strong


def _vetoed(a: str, b: str, tables: Tables) -> Explanation | None:
    """A word and its plural, a country and its people."""
    short = min(len(a), len(b))
    if short < _STEM or _shared(a, b) < max(_STEM, short - 4):
        return None
    demonym = tables.vetoes["demonym"]
    return _plural(a, b, tables.vetoes["plural"], demonym) or _demonym(a, b, demonym)


def _shared(a: str, b: str) -> int:
    """How many letters two words share at the start."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _plural(a: str, b: str, veto: Veto, demonym: Veto) -> Explanation | None:
    short, long = sorted((a, b), key=len)
    if long not in {f"{short}s", f"{short}es"}:
        return None
    if short in veto.words or _is_demonym(short, demonym) or is_word(short):
        left, right = ("", "s") if a == short else ("s", "")
        return Explanation(a, b, "different", (Step(veto.rule, left, right, "different"),))
    return None


def _demonym(a: str, b: str, veto: Veto) -> Explanation | None:
    for left, right in veto.pairs:
        if not (a.endswith(left) and b.endswith(right)):
            continue
        stem = a[: len(a) - len(left)]
        if len(stem) >= _STEM and stem == b[: len(b) - len(right)] and _is_people(a, b, veto):
            return Explanation(a, b, "different", (Step(veto.rule, left, right, "different"),))
    return None


def _is_people(a: str, b: str, veto: Veto) -> bool:
    return bool({a, b} & (countries() | veto.words)) or (is_word(a) and is_word(b))


def _is_demonym(word: str, veto: Veto) -> bool:
    """Whether a word is a country's with the ending of its people."""
    places = countries() | veto.words
    return any(
        word.endswith(people) and word[: len(word) - len(people)] + place in places
        for place, people in veto.pairs
    )


def _given(
    a: str, b: str, tables: Tables, gates: frozenset[str], given: bool
) -> Explanation | None:
    path = respelled(a, b, tables, gates)
    if not given:
        return path
    family = _family(a, b, tables)
    if family and (path is None or path.slips) and (_is_short(a, b, tables) or not _is_slip(path)):
        step = Step(tables.forms["nickname"], a, b, "nickname")
        return Explanation(a, b, "nickname", (step,))
    known = a in tables.given and b in tables.given
    if path is not None and known and not family and _unsure(path, tables):
        veto = tables.vetoes["given"]
        return Explanation(a, b, "different", (Step(veto.rule, a, b, "different"),))
    return path


def _is_slip(path: Explanation | None) -> bool:
    return path is not None and path.slips > 0 and len(path.steps) == 1


def _is_short(a: str, b: str, tables: Tables) -> bool:
    """Whether one given name is the other's short form (Steve, Steven)."""
    none = frozenset[int]()
    families = tables.families.get(a, none) & tables.families.get(b, none)
    short = tables.short.get(a, none) ^ tables.short.get(b, none)
    return bool(families & short)


def _unsure(path: Explanation, tables: Tables) -> bool:
    """Whether a path may lead to another name; letters that changed places and a silent e at the
    end (Ann, Anne) lead to none."""
    silent = all({step.left, step.right} == {"e", ""} for step in path.steps)
    ends = silent and (path.left + "e" == path.right or path.right + "e" == path.left)
    return not path.strong and not ends and path.rules != (tables.slips["transposed"].rule,)


def _family(a: str, b: str, tables: Tables) -> bool:
    """Whether two given names are forms of one name."""
    return bool(tables.families.get(a, frozenset()) & tables.families.get(b, frozenset()))
