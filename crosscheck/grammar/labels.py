"""Numbers that name something ("flight 3407", "Halden 3407"), and which of them are one slipped.

Only a number after a label word makes a label; the bare form with a carrier ("HA 3407") counts
once some account has the number, or one a digit away, with the word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from rapidfuzz.distance import OSA

from crosscheck.language import Sentence
from crosscheck.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Label:
    """A number as the name of something; ``carrier`` is the folded word before it, ``worded``
    whether the label word stands there. Offsets are those of carrier, word and number."""

    article: str
    sentence: Sentence
    start: int
    end: int
    carrier: str
    number: str
    worded: bool
    rule: str


@cache
def _patterns(rules: Rulebook) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for rule in rules.section("labels"):
        words = "|".join(map(re.escape, rule.strings("words")))
        pattern = (
            r"(?:\b(?P<carrier>[A-Z][A-Za-z]{1,20})['’]?s?\s+)?"
            rf"(?P<word>(?i:{words})\s+(?:(?:No\.?|number)\s+)?)?"
            r"(?P<code>[A-Z]{2,3}[ -]?)?\b(?P<number>\d{3,4})\b(?![,.:]\d)"
        )
        found.append((rule.id, re.compile(pattern)))
    return tuple(found)


def labels_in(article: str, sentence: Sentence, rules: Rulebook) -> Iterator[Label]:
    """The numbers of a sentence that may be labels."""
    for rule, pattern in _patterns(rules):
        for match in pattern.finditer(sentence.text):
            carrier = match["code"] or match["carrier"] or ""
            worded = bool(match["word"])
            if worded or (carrier and not _is_year(match["number"])):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                plain = carrier.strip(" -").lower()
                yield Label(article, sentence, start, end, plain, match["number"], worded, rule)


def _is_year(number: str) -> bool:
    return number[:2] in {"18", "19", "20"} and len(number) == 4


def same_labels(labels: Sequence[Label]) -> list[list[Label]]:
    """The labels sorted into what they name: equal numbers, and numbers that differ by one digit
    and never stand in one article. Bare forms that no worded one supports are dropped."""
    by_number: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        by_number[label.number].append(label)
    home = {number: {number} for number in by_number}
    for a, b in combinations(sorted(by_number), 2):
        if home[a] is not home[b] and _slipped(by_number[a], by_number[b]):
            home[a] |= home[b]
            for number in home[b]:
                home[number] = home[a]
    return [g for g in _members(home, by_number) if any(label.worded for label in g)]


def _members(
    home: Mapping[str, set[str]], by_number: Mapping[str, list[Label]]
) -> Iterable[list[Label]]:
    groups = {min(numbers): sorted(numbers) for numbers in home.values()}
    return [[x for n in numbers for x in by_number[n]] for _, numbers in sorted(groups.items())]


def _slipped(one: Sequence[Label], other: Sequence[Label]) -> bool:
    a, b = one[0].number, other[0].number
    apart = {x.article for x in one}.isdisjoint(x.article for x in other)
    near = len(a) == len(b) and OSA.distance(a, b) == 1
    worded = any(x.worded for x in (*one, *other))
    return apart and near and worded and any(_one_carrier(x, y) for x in one for y in other)


def _one_carrier(a: Label, b: Label) -> bool:
    """Equal, or one is an abbreviation of the other (HAL, Halden); two without do not count."""
    short, long = sorted((a.carrier, b.carrier), key=len)
    letters = iter(long)
    return bool(short) and short[0] == long[0] and all(letter in letters for letter in short)
