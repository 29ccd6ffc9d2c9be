"""What an editor can do about a finding: whom to ask, and a wording that all sources bear.

Which advice goes with what is a table in ``rules/verdicts/advice.toml``; the wordings come from the
algebra of the values. Nobody is declared right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from crosscheck.facts import Facts
from crosscheck.language import plural
from crosscheck.model import Claim, Finding, Position
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values import hull
from crosscheck.values.hull import listed
from crosscheck.values.interval import Relation
from crosscheck.values.quantity import Quantity
from crosscheck.values.roles import relate_roles

_PARTS = ("ask", "write")
_FEW = 3
_LONGEST = 90  # characters of a wording; what is longer is no wording to print
_EDGES = {"early": "time.early", "mid": "time.middle", "late": "time.late"}


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
    sides = _sides(finding)
    sources = sorted({source for side in sides for source in side.sources})
    outlets = sorted({outlet for side in sides for outlet in side.outlets})
    yield "sources", _few(sources)
    yield "outlets", _few(outlets)
    yield "having", f"{facts.alone}, which stands alone, has" if facts.alone else _have(outlets)
    yield "own", _have(facts.own)
    yield "origin", facts.origin if len(outlets) > 1 else ""
    yield "values", listed([_quoted(side.value) for side in sides], "or") if sides else ""
    wording = _WORDINGS.get(finding.kind, _no_wording)(finding, sides, floor, rules)
    yield "wording", wording if len(wording) <= _LONGEST else ""
    yield "according", f", according to {listed(sources)}" if 1 < len(sources) <= _FEW else ""
    if finding.verdict == "update" and sides:
        latest = set(sides[-1].outlets)
        yield "first", sides[0].value
        yield "last", sides[-1].value
        yield "older", _few([o for o in outlets if o not in latest])


def _sides(finding: Finding) -> list[Position]:
    """The positions that disagree; all of them, if none does."""
    torn = {k for pair in finding.disagree for k in pair}
    return [p for k, p in enumerate(finding.positions) if k in torn or not torn]


def _few(names: Sequence[str]) -> str:
    more = len(names) - _FEW
    return listed([*names[:_FEW], f"{more} more"] if more > 0 else list(names))


def _have(outlets: Sequence[str]) -> str:
    return f"{_few(outlets)} {'have' if len(outlets) > 1 else 'has'}" if outlets else ""


def _quoted(text: str) -> str:
    return f"“{text}”"


# --- wordings ---------------------------------------------------------------------------------

_Wording = Callable[[Finding, Sequence[Position], bool, Rulebook], str]


def _no_wording(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> str:
    return ""


def _figures(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> str:
    claims = [claim for side in sides for claim in side.claims]
    values = [claim.value for claim in claims if isinstance(claim.value, Quantity)]
    span = hull.figures(values, floor) if values and len(values) == len(claims) else ""
    return f"{span} {finding.topic}" if span and _counts(finding.topic, claims) else span


def _counts(topic: str, claims: Sequence[Claim]) -> bool:
    """Whether the topic can follow a number: "people killed", but not "height of the mast"."""
    counted = {plural(noun) for c in claims if (noun := c.filled("noun"))} | {"people"}
    simple = all(c.value.unit.dimension == "count" for c in claims)
    return simple and topic.split()[:1] != [] and topic.split()[0] in counted


def _times(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> str:
    values = [claim.value for side in sides for claim in side.claims]
    edges = {name: rules.rule(id) for name, id in _EDGES.items()}
    shares = {name: (rule.number("low"), rule.number("high")) for name, rule in edges.items()}
    return hull.times(values, shares)


def _names(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> str:
    """The spelling that most outlets use; empty where two are used as often."""
    if finding.verdict != "variant":
        return ""
    most = max(len(side.outlets) for side in sides)
    usual = [side.value for side in sides if len(side.outlets) == most]
    return usual[0] if len(usual) == 1 else ""


def _titles(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> str:
    """The narrower of titles that go together; of those that do not, the name or the office
    alone."""
    holdings = [claim.value for side in sides for claim in side.claims]
    if finding.disagree:
        people = {holding.person for holding in holdings}
        return min(people) if len(people) == 1 else ""
    narrow = [side for side in sides if len(sides) > 1 and all(_within(side, o) for o in sides)]
    title = len(narrow) == 1 and any(_is_title(claim) for claim in narrow[0].claims)
    return narrow[0].value if title else ""


def _is_title(claim: Claim) -> bool:
    """Whether the office stands as a title and not as a clause: "who chairs the board"."""
    slot = claim.slot("office")
    return slot is not None and slot.how != "who"


def _within(one: Position, other: Position) -> bool:
    a, b = one.claims[0].value, other.claims[0].value
    related = relate_roles(a.role, b.role, a.taxonomy)
    return one is other or related in (Relation.INSIDE, Relation.SAME)


def _words(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> str:
    """What all versions of an utterance have in common."""
    return hull.shared_words([claim.mention.text for side in sides for claim in side.claims])


_WORDINGS: dict[str, _Wording] = {
    "quantity": _figures,
    "date": _times,
    "name": _names,
    "role": _titles,
    "quote": _words,
}
