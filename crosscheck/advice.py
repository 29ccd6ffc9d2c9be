"""What an editor can do about a finding: whom to ask, and a wording that all sources bear.

Which advice goes with what is a table in ``rules/verdicts/advice.toml``; the wordings come from the
algebra of the values. Nobody is declared right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from crosscheck.facts import Facts
from crosscheck.model import Finding
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.hull import listed
from crosscheck.wordings import wordings

_PARTS = ("ask", "write")
_FEW = 3
_OWNED = ("'s", "’s", "s'", "s’")
_DETERMINED = frozenset({"one", "a", "an"})


def advice_of(finding: Finding, facts: Facts, rules: Rulebook) -> tuple[str, tuple[str, ...]]:
    """One line for an editor, and the rules that it comes from; empty if there is nothing to do."""
    floors = [r.id for r in _rules(rules, "floor") if _fits(r, finding, facts, {})]
    known = dict(_known(finding, facts, bool(floors), rules))
    said: list[str] = []
    used: list[str] = []
    for part in _PARTS:
        rule = next((r for r in _rules(rules, part) if _fits(r, finding, facts, known)), None)
        if rule is not None:
            said.append(rule.string("say").format_map(known))
            used += [rule.id, *(floors if "wording" in rule.strings("needs") else ())]
    return " ".join(said), tuple(used)


@cache
def _rules(rules: Rulebook, part: str) -> tuple[Rule, ...]:
    """The rules of one part of the line, a desk's own first."""
    found = [rule for rule in rules.section("advice") if rule.string("part") == part]
    return tuple(sorted(found, key=lambda rule: not rules.own(rule)))


def _fits(rule: Rule, finding: Finding, facts: Facts, known: dict[str, str]) -> bool:
    return (
        finding.kind in rule.strings("kinds")
        and finding.verdict in rule.strings("verdicts")
        and all(known.get(need) for need in rule.strings("needs"))
        and ("states" not in rule.data or bool(facts.states & set(rule.strings("states"))))
    )


def _known(
    finding: Finding, facts: Facts, floor: bool, rules: Rulebook
) -> Iterator[tuple[str, str]]:
    """What a rule may put into its line, by name."""
    sides = finding.contested
    sources = sorted({_the(source) for side in sides for source in side.sources})
    outlets = sorted({outlet for side in sides for outlet in side.outlets})
    yield "sources", _few(sources)
    yield "outlets", _few(outlets)
    yield "having", f"{facts.alone}, which stands alone, has" if facts.alone else _have(outlets)
    yield "own", _have(facts.own)
    yield "origin", _the(facts.origin) if len(outlets) > 1 else ""
    yield "values", listed([_quoted(side.value) for side in sides], "or") if sides else ""
    yield from wordings(finding, sides, floor, rules)
    yield "according", f", according to {listed(sources)}" if 1 < len(sources) <= _FEW else ""
    if finding.verdict == "update" and sides:
        latest = set(sides[-1].outlets)
        yield "first", sides[0].value
        yield "last", sides[-1].value
        yield "older", _few([o for o in outlets if o not in latest])


def _the(source: str) -> str:
    """The words for a source with their article: "the police", "the mayor's office", "the Korvel
    police", but "Anna Bolt" and "Anna Bolt's spokesman"."""
    words = source.split()
    described = bool(words) and words[-1].islower() and not any(w.endswith(_OWNED) for w in words)
    bare = (source[:1].islower() or described) and words[0] not in _DETERMINED
    return f"the {source}" if bare else source


def _few(names: Sequence[str]) -> str:
    more = len(names) - _FEW
    return listed([*names[:_FEW], f"{more} more"] if more > 0 else list(names))


def _have(outlets: Sequence[str]) -> str:
    return f"{_few(outlets)} {'have' if len(outlets) > 1 else 'has'}" if outlets else ""


def _quoted(text: str) -> str:
    return f"“{text}”"
