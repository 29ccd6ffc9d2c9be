"""Why two claims are taken to be about one thing, in plain words.

The clauses stand in ``rules/verdicts/ties.toml``; what they name comes from the claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter

from crosscheck.align import Topic
from crosscheck.model import Claim, Link
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.arithmetic.derived import FROM
from crosscheck.values.hull import listed

_FIRM, _BY_SIGNS = "Taken to be one", "Taken to be one by signs alone"


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties two positions: a sentence, empty if there is nothing to say; the rules that it
    comes from; and whether it is no more than signs, against a constraint."""

    said: str = ""
    rules: tuple[str, ...] = ()
    by_signs: bool = False


UNTIED = Tie()


def tied(topic: Topic, one: Sequence[Claim], other: Sequence[Claim], rules: Rulebook) -> Tie:
    """What ties two positions of a topic. The surest link between the two speaks."""
    found = [(link, a, b) for a in one for b in other if (link := topic.link(a, b)) is not None]
    if not found:
        return UNTIED
    link, a, b = max(found, key=lambda item: item[0].score)
    told = list(_clauses(topic, link, a, b, rules))
    if not told:
        return UNTIED
    lead = _BY_SIGNS if link.against else _FIRM
    against = f" Against it: {link.against}." if link.against else ""
    said = f"{lead}: {listed([say for _, say in told])}.{against}"
    return Tie(said, tuple(id for id, _ in told), bool(link.against))


def derives(topic: Topic, one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether a figure of the one position is worked out from one of the other."""
    links = (topic.link(a, b) for a in one for b in other)
    return any(link is not None and link.because == (FROM,) for link in links)


def _clauses(
    topic: Topic, link: Link, a: Claim, b: Claim, rules: Rulebook
) -> Iterator[tuple[str, str]]:
    """Rules with what they say, each of what no earlier one has spoken of."""
    left = {name.removeprefix("shared ") for name in link.because}
    known = topic.kind.words(a, b, rules)
    for rule, shared, needed in _rules(topic.kind.name, rules):
        names = [left & alternatives for alternatives in shared]
        if all(names) and all(known.get(need) for need in needed):
            left.difference_update(*names)
            yield rule.id, rule.string("say").format_map(known)


@cache
def _rules(
    kind: str, rules: Rulebook
) -> tuple[tuple[Rule, tuple[frozenset[str], ...], frozenset[str]], ...]:
    """The rules of a kind, with the names that each of its entries stands for and with the words
    that it needs."""
    return tuple(
        (
            rule,
            tuple(frozenset(entry.split("|")) for entry in rule.strings("shared")),
            frozenset(name for _, name, _, _ in Formatter().parse(rule.string("say")) if name),
        )
        for rule in rules.section("ties")
        if kind in rule.strings("kinds")
    )
