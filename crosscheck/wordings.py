"""Words that an editor can print whoever is right: made of the values alone, nobody is preferred.

Every kind gives the words that the rules of ``rules/verdicts/advice.toml`` put into their lines; a
word that nothing is known for is left out, and with it the rules that need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crosscheck.language import gerund, plural
from crosscheck.model import Claim, Finding, Position
from crosscheck.rulebook import Rulebook
from crosscheck.values import commitment, hull
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.places import Place
from crosscheck.values.presence import MODES, Presence
from crosscheck.values.quantity import Quantity
from crosscheck.values.quotations import Utterance, reversed_by
from crosscheck.values.roles import relate_roles

_LONGEST = 90  # characters of a wording; what is longer is no wording to print
_EDGES = {"early": "time.early", "mid": "time.middle", "late": "time.late"}
_ONCE, _FOR_GOOD = frozenset({"happening", "scene"}), frozenset({"base", "country", "born", "home"})
_SCREEN = MODES["remotely"]

Words = Iterator[tuple[str, str]]


def wordings(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    """The words for a finding of which ``sides`` disagree, by name. ``floor``: of counts the lower
    end alone is worded."""
    if sides:
        for name, text in _KINDS[finding.kind](finding, sides, floor, rules):
            yield name, text if len(text) <= _LONGEST else ""


def _claims(sides: Sequence[Position]) -> list[Claim]:
    return [claim for side in sides for claim in side.claims]


def _figures(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    claims = _claims(sides)
    wide = [bool(claim.filled("wider")) for claim in claims]
    values = [claim.value for claim in claims if isinstance(claim.value, Quantity)]
    if not values or len(values) < len(claims):
        return
    if any(wide) and not all(wide):
        values = [_at_most(v) if more else v for v, more in zip(values, wide, strict=True)]
    span = hull.figures(values, floor)
    fits = span and not all(wide) and _counts(finding.topic, claims)
    yield "wording", f"{span} {finding.topic}" if fits else span


def _at_most(value: Quantity) -> Quantity:
    """What a count of "countries and organisations" leaves possible for the countries."""
    stated, bounds = value.stated, value.bounds
    return replace(
        value,
        stated=Interval(None, stated.high, True, stated.high_closed),
        bounds=Interval(None, bounds.high, True, bounds.high_closed),
    )


def _counts(topic: str, claims: Sequence[Claim]) -> bool:
    """Whether the topic can follow a number: "people killed", but not "height of the mast"."""
    counted = {plural(noun) for c in claims if (noun := c.filled("noun"))} | {"people"}
    simple = all(c.value.unit.dimension == "count" for c in claims)
    return simple and topic.split()[:1] != [] and topic.split()[0] in counted


def _times(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    values = [claim.value for claim in _claims(sides)]
    edges = {name: rules.rule(id) for name, id in _EDGES.items()}
    shares = {name: (rule.number("low"), rule.number("high")) for name, rule in edges.items()}
    yield "wording", hull.times(values, shares)


def _names(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    """The spelling that most outlets use; none where two are used as often."""
    if finding.verdict == "variant":
        most = max(len(side.outlets) for side in sides)
        usual = [side.value for side in sides if len(side.outlets) == most]
        yield "wording", usual[0] if len(usual) == 1 else ""


def _titles(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    """The narrower of titles that go together; of those that do not, the name or the office
    alone."""
    if finding.disagree:
        people = {claim.value.person for claim in _claims(sides)}
        yield "wording", min(people) if len(people) == 1 else ""
        return
    narrow = [side for side in sides if len(sides) > 1 and all(_within(side, o) for o in sides)]
    title = len(narrow) == 1 and any(_is_title(claim) for claim in narrow[0].claims)
    yield "wording", narrow[0].value if title else ""


def _is_title(claim: Claim) -> bool:
    """Whether the office stands as a title and not as a clause: "who chairs the board"."""
    slot = claim.slot("office")
    return slot is not None and slot.how != "who"


def _within(one: Position, other: Position) -> bool:
    a, b = one.claims[0].value, other.claims[0].value
    related = relate_roles(a.role, b.role, a.taxonomy)
    return one is other or related in (Relation.INSIDE, Relation.SAME)


def _presences(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    """``party`` was, or was not, ``where``; ``there`` if all say that they took part, ``stayed`` if
    all say that they came in person."""
    claims = _claims(sides)
    party = claims[0].filled("who")
    at = party or "all who were"
    yield "party", party
    yield "where", finding.topic.removeprefix(at).strip() if finding.topic.startswith(at) else ""
    sort = claims[0].filled("sort")
    yield "vehicle", "yes" if sort == "vehicle" else ""
    yield "gathering", "yes" if sort not in {"vehicle", "place"} else ""
    if any(claim.modality == "planned" for claim in claims):
        return
    told = [c.value.ways for c in claims if isinstance(c.value, Presence)]
    if told and len(told) == len(claims) and all(ways <= MODES["attended"] for ways in told):
        yield ("there" if any(ways & _SCREEN for ways in told) else "stayed"), party


def _stands(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    """``party`` has a deed before it; ``least`` is the step that every account has behind it."""
    party, _, deed = finding.topic.partition(": ")
    claims = _claims(sides)
    low = min(min(claim.value.steps) for claim in claims)
    least = next((s.value for s in sides if min(s.claims[0].value.steps) == low), "")
    actors = [slot for c in claims if (slot := c.slot("actor"))]
    yield "someone", party if any(slot.how == "name" for slot in actors) else ""
    if not actors or not deed.startswith("to ") or deed.startswith("to be "):
        return
    yield "party", party
    verb, _, rest = deed.removeprefix("to ").partition(" ")
    if not all(claim.value.is_done or _is_undone(claim) for claim in claims):
        yield "doing", f"{gerund(verb)} {rest}".strip()
    if low >= commitment.IN_PRINCIPLE:
        yield "least", f"{least} {deed}"


def _is_undone(claim: Claim) -> bool:
    """Whether a claim says no more than that the deed has not been done."""
    return bool(claim.value.steps == commitment.STEPS - {commitment.DONE})


def _places(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    claims = _claims(sides)
    relation = claims[0].filled("relation")
    if relation in _ONCE:
        yield "happened", finding.topic
    bearers = {slot.value for c in claims if (slot := c.slot("bearer")) and slot.how == "name"}
    yield "bearer", min(bearers) if len(bearers) == 1 and relation in _FOR_GOOD else ""
    if all(isinstance(claim.value, Place) for claim in claims):
        yield "topic", finding.topic


def _remarks(finding: Finding, sides: Sequence[Position], floor: bool, rules: Rulebook) -> Words:
    """``wording``: the words that all versions end with, if nothing before them reverses them."""
    claims = _claims(sides)
    speakers = {claim.attributed_to for claim in claims if claim.attributed_to}
    yield "speaker", min(speakers) if len(speakers) == 1 else ""
    values = [claim.value for claim in claims if isinstance(claim.value, Utterance)]
    one_voice = len(speakers) < 2 and len(values) == len(claims)
    if one_voice and not any(reversed_by(values[0], other) for other in values[1:]):
        yield "wording", hull.last_words([claim.mention.text for claim in claims])


_Wording = Callable[[Finding, Sequence[Position], bool, Rulebook], Words]

_KINDS: dict[str, _Wording] = {
    "quantity": _figures,
    "date": _times,
    "name": _names,
    "role": _titles,
    "quote": _remarks,
    "attendance": _presences,
    "commitment": _stands,
    "place": _places,
}
