"""Two names compared: named levels of evidence, read top-down; vetoes before likeness.

No single threshold of similarity separates a name respelled from the name of another: a rewrite
by a class of romanisation, a slip beside an equal surname, a nickname, a missing part are different
kinds of evidence, and each verdict says which it rests on.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from crosscheck.rulebook import Rulebook, load
from crosscheck.values.names.accept import accepted
from crosscheck.values.names.letters import SYLLABIC_LANGUAGES
from crosscheck.values.names.pair import Decision, Pair
from crosscheck.values.names.pairing import Pairing, Relate, paired
from crosscheck.values.names.parse import Name, Part, gates, parse, with_articles
from crosscheck.values.names.record import (
    RESPELLED,
    Explanation,
    NameComparison,
    Step,
)
from crosscheck.values.names.relate import related
from crosscheck.values.names.skeleton import same_skeleton
from crosscheck.values.names.tables import Tables, compiled
from crosscheck.values.names.vetoes import at_once, vetoed


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
    opened = gates(a, b, tables) - SYLLABIC_LANGUAGES
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
def _compared(raw_a: str, raw_b: str, tables: Tables) -> Decision:
    if raw_a == raw_b:
        return Decision("equal", True)
    a, b = parse(raw_a, tables), parse(raw_b, tables)
    a, b = with_articles(a, b), with_articles(b, a)
    if not a.parts or not b.parts:
        return Decision("different", False)
    early = at_once(a, b, tables)
    if early is not None:
        return early
    opened = gates(a, b, tables)
    found = paired(a.parts, b.parts, _relate(a, b, tables, opened))
    pair = Pair(a, b, tables, opened, found)
    return vetoed(pair) or accepted(pair)


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
