"""Two names compared: named levels of evidence, read top-down; vetoes before likeness.

No single threshold of similarity separates a name respelled from the name of another: a rewrite
by a class of romanisation, a slip beside an equal surname, a nickname, a missing part are different
kinds of evidence, and each verdict says which it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from crosscheck.rulebook import Rulebook, load
from crosscheck.values.names.pairing import Match, Pairing, Relate, paired
from crosscheck.values.names.parse import Name, Part, gates, parse
from crosscheck.values.names.record import (
    RESPELLED,
    Evidence,
    Explanation,
    NameComparison,
    Relation,
    Step,
)
from crosscheck.values.names.relate import related
from crosscheck.values.names.skeleton import same_skeleton
from crosscheck.values.names.tables import Tables, compiled, glued
from crosscheck.values.names.words import is_word

_ALONE = 5
"""A word that stands alone has at least so many letters if it is respelled by strong classes."""
_ALL_RESPELLED = 8
"""Letters of two names of which no word is equal, all being explained by classes."""
_LONG_SLIP = 6
_SHORT_SLIP = 4
_MANY = 3
"""Beside so many equal words a slip in a short one is no other name."""
_EAST_ASIAN = frozenset({"chinese", "korean"})
_TELLING: tuple[Relation, ...] = (
    "misspelling", "transliteration", "romanisation", "house style", "nickname", "initials",
    "partial", "style",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Note:
    """A rule that was used on two passages; ``said`` comes after them, or after the steps."""

    rule: str
    left: str
    right: str
    steps: tuple[Step, ...] = ()
    said: str = ""

    @property
    def mirrored(self) -> _Note:
        steps = tuple(step.mirrored for step in self.steps)
        return replace(self, left=self.right, right=self.left, steps=steps)

    @property
    def evidence(self) -> Evidence:
        path = ", ".join(step.phrase for step in self.steps)
        sides = " ~ ".join(side for side in (self.left, self.right) if side)
        said = f"{path} ({self.said})" if path else self.said
        return Evidence(self.rule, f"{sides}: {said}" if sides else said)


@dataclass(frozen=True, slots=True)
class _Decision:
    relation: Relation
    same: bool
    variant: bool = False
    notes: tuple[_Note, ...] = ()

    @property
    def mirrored(self) -> _Decision:
        return replace(self, notes=tuple(note.mirrored for note in self.notes))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two names read and paired: what the levels look at."""

    a: Name
    b: Name
    tables: Tables
    gates: frozenset[str]
    pairing: Pairing

    @property
    def matches(self) -> tuple[Match, ...]:
        return self.pairing.matches

    def of(self, *kinds: str) -> list[Match]:
        return [match for match in self.matches if match.how.kind in kinds]

    def shown(self, match: Match) -> tuple[str, str]:
        left = " ".join(dict.fromkeys(self.a.parts[i].raw for i in match.left))
        right = " ".join(dict.fromkeys(self.b.parts[j].raw for j in match.right))
        return left, right

    @property
    def left_rest(self) -> str:
        return " ".join(self.a.parts[i].raw for i in self.pairing.left_rest)

    @property
    def right_rest(self) -> str:
        return " ".join(self.b.parts[j].raw for j in self.pairing.right_rest)

    @property
    def lone(self) -> bool:
        """Whether one name is a single word and the other is not."""
        return (len(self.a.parts) == 1) != (len(self.b.parts) == 1) and self.partial

    @property
    def partial(self) -> bool:
        return bool(self.pairing.left_rest) != bool(self.pairing.right_rest)

    @property
    def across(self) -> bool:
        """Whether the names are written in two scripts."""
        return self.a.script != self.b.script


def compare_names(a: str, b: str, rules: Rulebook | None = None) -> NameComparison:
    """How two names relate, with the evidence; in any script, in any order of their parts.

    ``compare_names(b, a)`` mirrors ``compare_names(a, b)``: only the sides in the phrases change.
    """
    tables = compiled(rules or load())
    decision = _compared(b, a, tables).mirrored if a > b else _compared(a, b, tables)
    evidence = tuple(dict.fromkeys(note.evidence for note in decision.notes))
    return NameComparison(a, b, decision.relation, evidence, decision.same, decision.variant)


def explain(token_a: str, token_b: str, rules: Rulebook | None = None) -> Explanation | None:
    """How one word is the other respelled, as two surnames are; None if it is not.

    The kind is ``equal``, ``style`` (case, accents, British spelling) or one of ``RESPELLED``. A
    slip (``slips``) or a path that is not ``strong`` needs other evidence, such as an equal given
    name.
    """
    tables = compiled(rules or load())
    a, b = parse(token_a, tables), parse(token_b, tables)
    if not a.parts or not b.parts:
        return None
    left, right = (Part("".join(p.glued for p in n.parts), n.raw) for n in (a, b))
    opened = gates(a, b, tables) - _EAST_ASIAN
    how = related(left, right, tables, opened, given=False, native=False)
    if how is None or how.kind not in RESPELLED | {"equal", "style"}:
        return None
    if how.kind == "equal" and token_a != token_b:
        how = replace(how, kind="style")
    return replace(how, left=token_a, right=token_b)


def fold(name: str, rules: Rulebook | None = None) -> tuple[str, ...]:
    """The words of a name in lower case and without accents; titles, particles, generation and
    legal forms are left out, other scripts are brought into Latin letters. Idempotent."""
    return parse(name, compiled(rules or load())).words


def pairing(
    tokens_a: tuple[str, ...], tokens_b: tuple[str, ...], rules: Rulebook | None = None
) -> Pairing:
    """Which words of two names (as ``fold`` gives them) correspond, and how; rests by index."""
    tables = compiled(rules or load())
    a, b = (tuple(_part(token) for token in tokens) for tokens in (tokens_a, tokens_b))
    names = [Name(" ".join(p.raw for p in parts), "latin", parts) for parts in (a, b)]
    opened = gates(names[0], names[1], tables)
    return paired(a, b, _relate(names[0], names[1], tables, opened))


def _part(token: str) -> Part:
    return Part(token, token, initial=len(token) == 1 and token.isalpha())


@lru_cache(maxsize=16384)
def _compared(raw_a: str, raw_b: str, tables: Tables) -> _Decision:
    if raw_a == raw_b:
        return _Decision("equal", True)
    a, b = parse(raw_a, tables), parse(raw_b, tables)
    if not a.parts or not b.parts:
        return _Decision("different", False)
    early = _exonym(a, b, tables) or _labels(a, b, tables) or _generations(a, b, tables)
    if early is not None:
        return early
    opened = gates(a, b, tables)
    found = paired(a.parts, b.parts, _relate(a, b, tables, opened))
    pair = _Pair(a, b, tables, opened, found)
    return _vetoed(pair) or _accepted(pair)


def _relate(a: Name, b: Name, tables: Tables, opened: frozenset[str]) -> Relate:
    native = a.script == b.script != "latin"
    by_skeleton = a.script != b.script and bool({a.script, b.script} & tables.skeleton_scripts)
    last = (len(a.parts) - 1, len(b.parts) - 1)

    def relate(left: Part, right: Part, i: int, j: int) -> Explanation | None:
        how = related(left, right, tables, opened, given=(i, j) != last, native=native)
        unsure = how is None or bool(how.slips)
        if unsure and by_skeleton and same_skeleton(left.text, right.text, tables):
            step = Step(tables.skeleton_rule, left.text, right.text, "transliteration")
            return Explanation(left.text, right.text, "transliteration", (step,))
        return how

    return relate


# Vetoes that need no pairing


def _exonym(a: Name, b: Name, tables: Tables) -> _Decision | None:
    left, right = tables.exonyms.get(glued(a.raw)), tables.exonyms.get(glued(b.raw))
    if left is None or right is None or left[0] != right[0] or glued(a.raw) == glued(b.raw):
        return None
    note = _Note(left[1], a.raw, b.raw, said="two names of one (house style)")
    return _Decision("house style", True, True, (note,))


def _labels(a: Name, b: Name, tables: Tables) -> _Decision | None:
    """Numbers in names are labels: A330 is not A320."""
    left, right = (sorted(w for w in name.words if any(c.isdigit() for c in w)) for name in (a, b))
    if left == right:
        return None
    note = _Note(tables.vetoes["digits"].rule, " ".join(left), " ".join(right), said="other number")
    return _Decision("different", False, notes=(note,))


def _generations(a: Name, b: Name, tables: Tables) -> _Decision | None:
    if not (a.generation and b.generation) or a.generation == b.generation:
        return None
    note = _Note(tables.generation_rule, a.generation, b.generation, said="another generation")
    return _Decision("different", False, notes=(note,))


# Vetoes


def _vetoed(pair: _Pair) -> _Decision | None:
    for veto in (_swapped, _gendered, _different, _other_part, _given_only, _ordinary, _weak):
        decision = veto(pair)
        if decision is not None:
            return decision
    return None


def _no(pair: _Pair, veto: str, left: str, right: str, said: str) -> _Decision:
    return _Decision(
        "different", False, notes=(_Note(pair.tables.vetoes[veto].rule, left, right, said=said),)
    )


def _swapped(pair: _Pair) -> _Decision | None:
    marks = pair.tables.vetoes["swapped"].words
    fathers = set(_fathers(pair.b, marks))
    for son, father in _fathers(pair.a, marks):
        if son != father and (father, son) in fathers:
            return _no(pair, "swapped", pair.a.raw, pair.b.raw, "father and son change places")
    return None


def _fathers(name: Name, marks: frozenset[str]) -> Iterator[tuple[str, str]]:
    for before, part in zip(name.parts, name.parts[1:], strict=False):
        if marks & set(part.before):
            yield before.text, part.text


def _gendered(pair: _Pair) -> _Decision | None:
    found = pair.of("gendered")
    if not found:
        return None
    notes = tuple(
        _Note(match.how.steps[0].rule, *pair.shown(match), match.how.steps, "a man and a woman")
        for match in found
    )
    return _Decision("gendered", False, notes=notes)


def _different(pair: _Pair) -> _Decision | None:
    for match in pair.of("different"):
        note = _Note(match.how.steps[0].rule, *pair.shown(match), said="not one name")
        return _Decision("different", False, notes=(note,))
    return None


def _other_part(pair: _Pair) -> _Decision | None:
    if not (pair.pairing.left_rest and pair.pairing.right_rest):
        return None
    single = len(pair.a.parts) == len(pair.b.parts) == 1
    if single:
        return _no(pair, "weak", pair.a.raw, pair.b.raw, "too unlike")
    veto = "given" if _both_given(pair) else "other-part"
    return _no(pair, veto, pair.left_rest, pair.right_rest, "each name has a part of its own")


def _both_given(pair: _Pair) -> bool:
    """Whether only the given names differ, and both are given names in use."""
    known = pair.tables.given
    left, right = pair.pairing.left_rest, pair.pairing.right_rest
    if left != (0,) or right != (0,):
        return False
    return pair.a.parts[0].text in known and pair.b.parts[0].text in known


def _given_only(pair: _Pair) -> _Decision | None:
    """A part that one name has alone must be its surname, or two parts must agree."""
    full = [match for match in pair.matches if match.how.kind != "initials"]
    if not full:
        return _no(pair, "weak", pair.a.raw, pair.b.raw, "only initials agree")
    if not pair.partial or len(pair.matches) > 1:
        return None
    longer = pair.a if pair.pairing.left_rest else pair.b
    places = full[0].left if pair.pairing.left_rest else full[0].right
    surnames = {len(longer.parts) - 1} | ({0} if longer.script in {"han", "hangul"} else set())
    if surnames.isdisjoint(places) or len(full[0].how.left) < 2:
        return _no(pair, "given-only", *pair.shown(full[0]), "one part that is not the surname")
    return None


def _ordinary(pair: _Pair) -> _Decision | None:
    """Ordinary words that differ by a slip, or, alone, by anything."""
    single = len(pair.a.parts) == len(pair.b.parts) == 1
    for match in pair.of(*RESPELLED):
        left, right = match.how.left, match.how.right
        exonym = any(step.rule.startswith("names.exonym.") for step in match.how.steps)
        if exonym or pair.across:
            continue
        words = is_word(left) + is_word(right) if match.how.slips or single else 0
        if words == 2 or (single and words) or (single and _familiar(match, pair)):
            return _no(pair, "words", *pair.shown(match), "ordinary words or names")
    return None


def _familiar(match: Match, pair: _Pair) -> bool:
    """A given name and the surname made from it: Roberts of Robert."""
    ends = {step.phrase for step in match.how.steps}
    known = {match.how.left, match.how.right} & pair.tables.given
    return len(known) > 0 and ends <= {"s~–", "–~s"}


def _weak(pair: _Pair) -> _Decision | None:
    trouble = _trouble(pair)
    if not trouble:
        return None
    shown = [pair.shown(match) for match in pair.of(*RESPELLED)]
    return _no(pair, "weak", *(shown[0] if shown else (pair.a.raw, pair.b.raw)), trouble)


def _trouble(pair: _Pair) -> str:
    """Why the likeness is too weak, or nothing."""
    slips = [match for match in pair.matches if match.how.slips]
    support = [m for m in pair.matches if _supports(pair, m)]
    respelled_ = pair.of(*RESPELLED)
    if len(pair.matches) == 1 and not support:
        return _alone(pair, pair.matches[0])
    if slips:
        return _slipped(pair, slips, support)
    letters = sum(min(len(m.how.left), len(m.how.right)) for m in pair.matches)
    if respelled_ and not support and letters < _ALL_RESPELLED and not pair.across:
        return "no part is equal, and all are short"
    return ""


def _supports(pair: _Pair, match: Match) -> bool:
    """Whether a match is evidence by itself: an equal word, or two forms of one given name."""
    kind, left, right = match.how.kind, match.how.left, match.how.right
    if kind in {"equal", "style", "nickname"}:
        return len(left) > 1
    known = pair.tables.families
    return not match.how.slips and bool(
        known.get(left, frozenset()) & known.get(right, frozenset())
    )


def _alone(pair: _Pair, match: Match) -> str:
    """Whether a single word, or a surname against a full name, may be respelled."""
    how = match.how
    shorter = min(len(how.left), len(how.right))
    if pair.across and not how.slips:
        return ""
    if any(step.rule.startswith("names.exonym.") for step in how.steps):
        return ""
    if how.slips:
        return _alone_slipped(pair, how, shorter)
    if pair.lone and not how.strong:
        return "a single word against a full name"
    long = shorter >= (_ALONE if how.strong else _least_alone(pair, how))
    return "" if long else "a short word alone"


def _alone_slipped(pair: _Pair, how: Explanation, shorter: int) -> str:
    if pair.lone:
        return "a slip in a single word against a full name"
    if len(how.steps) > 1 or shorter < _least_alone(pair, how):
        return "a slip in a word that stands alone"
    return ""


def _least_alone(pair: _Pair, how: Explanation) -> int:
    rules = {slip.rule: slip.alone for slip in pair.tables.slips.values()}
    return (
        max((rules.get(s.rule, 0) for s in how.steps), default=0)
        or pair.tables.slips["letter"].alone
    )


def _slipped(pair: _Pair, slips: list[Match], support: list[Match]) -> str:
    native = pair.a.script == pair.b.script != "latin"
    for match in slips:
        shorter = min(len(match.how.left), len(match.how.right))
        short = shorter < _least(pair, match.how) or _short_slip(pair, match)
        if short and not native and not (len(support) >= _MANY and shorter >= _SHORT_SLIP):
            return "a slip in a short word"
        if pair.partial and (len(match.how.steps) > 1 or shorter < _LONG_SLIP or not support):
            return "a slip beside a missing part"
    if len(slips) == 1:
        others = [m for m in pair.of(*RESPELLED) if m is not slips[0]]
        sure = support or (others and all(m.how.strong for m in others))
        return "" if sure else "a slip, and no part is equal"
    long = all(min(len(m.how.left), len(m.how.right)) >= _LONG_SLIP for m in slips)
    return "" if support and long and len(slips) == 2 else "several slips"


def _least(pair: _Pair, how: Explanation) -> int:
    rules = {slip.rule: slip.least for slip in pair.tables.slips.values()}
    return max(rules.get(step.rule, 0) for step in how.steps)


def _short_slip(pair: _Pair, match: Match) -> bool:
    """In a word of four letters only a slip behind the first is one, and in no syllable's name."""
    shorter = min(len(match.how.left), len(match.how.right))
    other = match.how.left[:1] != match.how.right[:1]
    return shorter <= _SHORT_SLIP and (other or bool(pair.gates & _EAST_ASIAN))


# What remains is one name


def _accepted(pair: _Pair) -> _Decision:
    notes = [note for match in pair.matches for note in _match_notes(pair, match)]
    particles = [note for match in pair.matches for note in _particle_notes(pair, match)]
    others = [*_part_notes(pair), *_reading_notes(pair)]
    kinds = {match.how.kind for match in pair.matches} | {note.said for note in particles}
    kinds |= {"partial"} if pair.partial else set()
    if pair.across:
        others.append(
            _Note(pair.tables.forms["script"], pair.a.raw, pair.b.raw, said="two scripts")
        )
        kinds.add("transliteration")
    relation: Relation = next((kind for kind in _TELLING if kind in kinds), "style")
    if pair.lone and relation in RESPELLED and not pair.across:
        relation = "partial"
    variant = relation in RESPELLED and not (pair.lone and not pair.across)
    return _Decision(relation, True, variant, (*notes, *particles, *others))


def _match_notes(pair: _Pair, match: Match) -> Iterator[_Note]:
    left, right = pair.shown(match)
    for rule in match.how.rules:
        steps = tuple(step for step in match.how.steps if step.rule == rule)
        yield _Note(rule, left, right, steps, steps[0].kind)
    moved = match.left[0] != match.right[0] and not pair.partial
    if len(match.left) != len(match.right) or moved:
        yield _Note(pair.tables.forms["order"], left, right, said="order or division of the parts")


def _particle_notes(pair: _Pair, match: Match) -> Iterator[_Note]:
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
                yield _Note(particle.rule, f"{x} {a.raw}", f"{y} {b.raw}", said=particle.kind)
                return
    yield _Note(
        pair.tables.forms["partial"],
        " ".join([*a.before, a.raw]),
        " ".join([*b.before, b.raw]),
        said="partial",
    )


def _part_notes(pair: _Pair) -> Iterator[_Note]:
    if pair.partial:
        rest = pair.left_rest or pair.right_rest
        yield _Note(pair.tables.forms["partial"], "", "", said=f"only one name has {rest}")
    for name in (pair.a, pair.b):
        for rule, word in name.dropped:
            yield _Note(rule, "", "", said=f"{word} is left aside")


def _reading_notes(pair: _Pair) -> Iterator[_Note]:
    for rule in dict.fromkeys((*pair.a.used, *pair.b.used)):
        yield _Note(rule, "", "", said="read by its language's rules")
    if pair.a.raw.count(",") != pair.b.raw.count(","):
        yield _Note(pair.tables.forms["order"], "", "", said="surname first")
    used = {step.rule for match in pair.matches for step in match.how.steps}
    gated = {
        item.rule: item.gate
        for items in pair.tables.rewrites.values()
        for item in items
        if item.gate
    }
    for gate in pair.tables.gates:
        if any(gated.get(rule) == gate.name for rule in used):
            yield _Note(gate.rule, "", "", said=f"compared as {gate.name} names")
