"""Which accounts stand beside the value that the desk settled on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Literal

from crosscheck.grammar import quantities
from crosscheck.grammar.times import read_times
from crosscheck.model import Finding
from crosscheck.rulebook import Rulebook
from crosscheck.values import moments, quantity
from crosscheck.values.interval import Relation

Standing = Literal["stands", "differs", "unclear"]


def standings(finding: Finding, value: str, rules: Rulebook) -> tuple[Standing, ...]:
    """How each position of a finding lies to the value settled on, in order.

    Where the value is that of a position, the finding says what disagrees with it. Figures and
    times are read and compared. Of other values nothing is concluded but that a name is spelled in
    another way.
    """
    relations = [_relation(finding, position.value, value, rules) for position in finding.positions]
    same = {n for n, found in enumerate(relations) if found is Relation.SAME}
    apart = {n for pair in finding.disagree if same & set(pair) for n in pair} - same
    return tuple(_standing(n, found, same, apart) for n, found in enumerate(relations))


def _standing(n: int, found: Relation | None, same: set[int], apart: set[int]) -> Standing:
    if n in same:
        return "stands"
    if not same:
        return "differs" if found is Relation.APART else "unclear" if found is None else "stands"
    if n in apart:
        return "differs"
    # the finding lets it pass, and may know more than the two values tell
    return "unclear" if found is Relation.APART else "stands"


def _relation(finding: Finding, one: str, value: str, rules: Rulebook) -> Relation | None:
    if _folded(one) == _folded(value):
        return Relation.SAME
    if finding.verdict == "variant":
        return Relation.APART
    reader = _READERS.get(finding.kind)
    return reader(one, value, rules) if reader else None


def _by_figures(one: str, other: str, rules: Rulebook) -> Relation | None:
    a, b = (_only(quantities.read(f"value: {text}", rules)) for text in (one, other))
    if a is None or b is None or a.quantity.unit.dimension != b.quantity.unit.dimension:
        return None
    return quantity.relate(a.quantity, b.quantity)


def _by_times(one: str, other: str, rules: Rulebook) -> Relation | None:
    a, b = (_only(read_times(text, None, rules)) for text in (one, other))
    if a is None or b is None or a.value is None or b.value is None:
        return None
    return moments.relate(a.value, b.value)


def _only(found: Sequence[Any]) -> Any:
    return found[0] if len(found) == 1 else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().strip(" .\"'“”‘’").split())


_READERS: dict[str, Callable[[str, str, Rulebook], Relation | None]] = {
    "quantity": _by_figures,
    "date": _by_times,
}
