"""Who is who: the names of several articles sorted into their bearers.

Inside an article a lone surname belongs to the full name that bears it. Across articles equal
names are one bearer, and so are two spellings if the comparison of names says that one is a
respelling of the other, or if both hold one office and share the first name and the beginning of
the surname. Names are compared only within blocks of alike consonants or of one office.
"""

from crosscheck.grammar.identity.record import (
    WEAK,
    Bearer,
    Form,
    Node,
    Respelling,
    Sighting,
    sighting,
)
from crosscheck.grammar.identity.sorting import bearers_of

__all__ = ["WEAK", "Bearer", "Form", "Node", "Respelling", "Sighting", "bearers_of", "sighting"]
