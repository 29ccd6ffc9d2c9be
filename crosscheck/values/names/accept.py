"""What two names that no veto parts are to each other, and the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.values.names.pair import Decision, Note, Pair
from crosscheck.values.names.pairing import Match
from crosscheck.values.names.record import RESPELLED, Relation

_TELLING: tuple[Relation, ...] = (
    "misspelling", "transliteration", "romanisation", "house style", "nickname", "initials",
    "partial", "style",
)  # fmt: skip


def accepted(pair: Pair) -> Decision:
    """The relation of two names of one bearer: the most telling of all that was seen."""
    notes = [note for match in pair.matches for note in _match_notes(pair, match)]
    particles = [note for match in pair.matches for note in _particle_notes(pair, match)]
    others = [*_part_notes(pair), *_reading_notes(pair)]
    kinds = {match.how.kind for match in pair.matches} | {note.said for note in particles}
    kinds |= {"partial"} if pair.partial else set()
    if pair.across:
        others.append(Note(pair.tables.forms["script"], pair.a.raw, pair.b.raw, said="two scripts"))
        kinds.add("transliteration")
    relation: Relation = next((kind for kind in _TELLING if kind in kinds), "style")
    if pair.lone and relation in RESPELLED and not pair.across:
        relation = "partial"
    variant = relation in RESPELLED and not (pair.lone and not pair.across)
    return Decision(relation, True, variant, (*notes, *particles, *others))


def _match_notes(pair: Pair, match: Match) -> Iterator[Note]:
    left, right = pair.shown(match)
    for rule in match.how.rules:
        steps = tuple(step for step in match.how.steps if step.rule == rule)
        yield Note(rule, left, right, steps, steps[0].kind)
    moved = match.left[0] != match.right[0] and not pair.partial
    if len(match.left) != len(match.right) or moved:
        yield Note(pair.tables.forms["order"], left, right, said="order or division of the parts")


def _particle_notes(pair: Pair, match: Match) -> Iterator[Note]:
    if len(match.left) != 1 or len(match.right) != 1:
        return
    a, b = pair.a.parts[match.left[0]], pair.b.parts[match.right[0]]
    if a.before == b.before:
        return
    known = pair.tables.particles
    if len(a.before) == len(b.before):
        for x, y in zip(a.before, b.before, strict=True):
            particle, other = known.get(x), known.get(y)
            if x != y and particle and other and particle.group == other.group:
                yield Note(particle.rule, f"{x} {a.raw}", f"{y} {b.raw}", said=particle.kind)
                return
    yield Note(
        pair.tables.forms["partial"],
        " ".join([*a.before, a.raw]),
        " ".join([*b.before, b.raw]),
        said="partial",
    )


def _part_notes(pair: Pair) -> Iterator[Note]:
    if pair.partial:
        rest = pair.left_rest or pair.right_rest
        yield Note(pair.tables.forms["partial"], "", "", said=f"only one name has {rest}")
    for name in (pair.a, pair.b):
        for rule, word in name.dropped:
            yield Note(rule, "", "", said=f"{word} is left aside")


def _reading_notes(pair: Pair) -> Iterator[Note]:
    for rule in dict.fromkeys((*pair.a.used, *pair.b.used)):
        yield Note(rule, "", "", said="read by its language's rules")
    if pair.a.raw.count(",") != pair.b.raw.count(","):
        yield Note(pair.tables.forms["order"], "", "", said="surname first")
    used = {step.rule for match in pair.matches for step in match.how.steps}
    gated = {
        item.rule: item.gate
        for items in pair.tables.rewrites.values()
        for item in items
        if item.gate
    }
    for gate in pair.tables.gates:
        if any(gated.get(rule) == gate.name for rule in used):
            yield Note(gate.rule, "", "", said=f"compared as {gate.name.title()} names")
