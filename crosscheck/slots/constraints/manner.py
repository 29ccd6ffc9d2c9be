"""How it is said: done or planned, affirmed or denied, a part or the whole."""

from __future__ import annotations

from crosscheck.model import Claim
from crosscheck.slots.constraints.owners import owners_agree
from crosscheck.slots.likeness import names_members
from crosscheck.slots.subgroups import AMONG, SUMMAND
from crosscheck.slots.surroundings import Surroundings


def modality(a: Claim, b: Claim, around: Surroundings) -> str:
    if a.modality == b.modality or a.value.unit.dimension == "age":
        return ""
    return f"one is {_said(a.modality)}, the other {_said(b.modality)}"


def _said(modality: str) -> str:
    return "a count" if modality == "done" else modality


def polarity(a: Claim, b: Claim, around: Surroundings) -> str:
    if a.value.unit.dimension == "age":
        return ""
    return "one of them is negated" if a.polarity != b.polarity else ""


def part(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("part"), b.filled("part")
    if one == other:
        return ""
    if {one, other} == {"of a whole", ""} and owners_agree(a, b, around):
        return ""  # "Dawn took 78 of 217 seats" is Dawn's own count
    if {one, other} <= {AMONG, SUMMAND, ""} and names_members(a, b, around.lexicon):
        return ""  # "12 died, three of them children" counts all the children that died
    return "a part is not the whole"


def remainder(a: Claim, b: Claim, around: Surroundings) -> str:
    """What is left beside somebody who was named ("21 others") is one less than the whole."""
    others = "others" in {a.filled("part"), b.filled("part")}
    return part(a, b, around) if others else ""
