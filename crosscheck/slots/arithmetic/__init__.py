"""What the figures of one article make of each other, where it is not what the article says.

Each check is a function of a line (a sentence with its figures) and the world that yields figures
that follow from others. Precision goes before all: words that make a number rough, lists that
may be open, parts that may overlap and shares of different wholes keep a check quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from crosscheck.model import Article, Claim
from crosscheck.slots.arithmetic.ages import wrong_ages
from crosscheck.slots.arithmetic.anniversaries import anniversaries
from crosscheck.slots.arithmetic.changes import wrong_changes
from crosscheck.slots.arithmetic.derived import Derived
from crosscheck.slots.arithmetic.headlines import against_headline
from crosscheck.slots.arithmetic.lines import Line
from crosscheck.slots.arithmetic.lists import names_listed
from crosscheck.slots.arithmetic.parts import parts_of_total
from crosscheck.slots.arithmetic.remainders import rests
from crosscheck.slots.arithmetic.shares import share_of_whole, shares_of_one
from crosscheck.slots.arithmetic.spans import wrong_durations
from crosscheck.slots.world import World

Check = Callable[[Line, World], Iterator[Derived]]

CHECKS: Sequence[Check] = (
    names_listed,
    parts_of_total,
    rests,
    shares_of_one,
    share_of_whole,
    wrong_changes,
    wrong_ages,
    wrong_durations,
)


def contradictions(lines: Sequence[Line], article: Article, world: World) -> Iterator[Claim]:
    """The claims that follow from an article's figures and exclude one of them; an anniversary is
    a figure only here, so that its own claim goes along."""
    for line in lines:
        for check in CHECKS:
            for derived in check(line, world):
                if derived.contradicts:
                    yield derived.claim(article.text)
    for derived in against_headline(lines, world):
        if derived.contradicts:
            yield derived.claim(article.text)
    for derived in anniversaries(article, world):
        if derived.contradicts:
            yield derived.base
            yield derived.claim(article.text)
