"""The kinds of claims, a file each; another one needs its file, its rules, and a line below."""

from __future__ import annotations

from crosscheck.kinds.attendance import AttendanceKind
from crosscheck.kinds.base import Kind
from crosscheck.kinds.commitment import CommitmentKind
from crosscheck.kinds.date import DateKind
from crosscheck.kinds.name import NameKind, identify
from crosscheck.kinds.place import PlaceKind
from crosscheck.kinds.quantity import QuantityKind
from crosscheck.kinds.quote import QuoteKind
from crosscheck.kinds.role import RoleKind

__all__ = ["ALL", "identify"]

ALL: tuple[Kind, ...] = (
    NameKind(),
    QuantityKind(),
    RoleKind(),
    DateKind(),
    PlaceKind(),
    AttendanceKind(),
    CommitmentKind(),
    QuoteKind(),
)
"""In the order in which they are asked for claims; ``identify`` says who is who before."""
