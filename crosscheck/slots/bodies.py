"""For which country, company or office a name stands where it acts: the capital for the country,
who holds an office for the body of which it is one."""

from __future__ import annotations

from functools import cache

from crosscheck.grammar.titles import lexicon as titles
from crosscheck.rulebook import Rulebook
from crosscheck.slots.accounts import Accounts
from crosscheck.slots.world import initials


@cache
def seats(rules: Rulebook) -> dict[str, tuple[str, str]]:
    """The country for which each name stands, and the rule that says so."""
    rows = [(rule.id, row.partition(":")) for rule in rules.section("seats")
            for row in rule.strings("rows")]  # fmt: skip
    return {
        name.strip(): (country.strip(), rule)
        for rule, (country, _, names) in rows
        for name in names.split(",")
    }


def same_body(one: str, other: str, around: Accounts) -> bool:
    """Whether two names can act as one: those of one country, a long and a short form, an office
    holder and what the office belongs to."""
    if one in around.people and other in around.people:
        return False
    for person, body in ((one, other), (other, one)):
        if person in around.people:
            served = around.serves(person)
            return any(_one_name(scope, body, around.rules) for scope in served)
    return _one_name(one, other, around.rules)


def _one_name(one: str, other: str, rules: Rulebook) -> bool:
    known = [_country(name, rules) for name in (one, other)]
    if any(known):
        return known[0] == known[1]
    keys = [set(_key(name)) for name in (one, other)]
    short, long = sorted(keys, key=len)
    return short <= long or initials(one, other) or initials(other, one)


def _country(name: str, rules: Rulebook) -> str:
    key = _key(name)
    return titles(rules).countries.get(key, "") or seats(rules).get(" ".join(key), ("", ""))[0]


def _key(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.lower().rstrip(".").split() if word != "the")


def seat_rules(one: str, other: str, rules: Rulebook) -> frozenset[str]:
    """The rules by which two unlike names are one country's."""
    if one == other:
        return frozenset()
    found = (seats(rules).get(" ".join(_key(name)), ("", ""))[1] for name in (one, other))
    return frozenset(rule for rule in found if rule)
