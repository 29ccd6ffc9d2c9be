"""Names and how two of them relate: one name respelled, a fuller form, or another's name.

``compare_names`` compares two names, ``explain`` two words (surnames), ``pairing`` tells which
words of two names correspond, ``fold`` gives the words of a name. The classes, lists and vetoes
are data in ``rules/names``.
"""

from crosscheck.values.names.compare import compare_names, explain, fold, pairing
from crosscheck.values.names.hearing import Office, heard_as_one, in_syllables
from crosscheck.values.names.pairing import Match, Pairing
from crosscheck.values.names.record import (
    RESPELLED,
    Evidence,
    Explanation,
    NameComparison,
    Relation,
    Step,
)
from crosscheck.values.names.sounds import common_sound, sounds

__all__ = [
    "RESPELLED",
    "Evidence",
    "Explanation",
    "Match",
    "NameComparison",
    "Office",
    "Pairing",
    "Relation",
    "Step",
    "common_sound",
    "compare_names",
    "explain",
    "fold",
    "heard_as_one",
    "in_syllables",
    "pairing",
    "sounds",
]
