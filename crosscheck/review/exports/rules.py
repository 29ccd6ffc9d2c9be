"""False alarms as candidates for the rules they rest on: what a rule should have left alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crosscheck.model import Claim
from crosscheck.report import safe, view
from crosscheck.review.exports.material import Material, sentence
from crosscheck.review.states import minute
from crosscheck.review.store import Filed
from crosscheck.rulebook import Rule, load, rules_folder

_HEAD = """\
# Candidates for the examples of rules: what editors dismissed as no discrepancy.
#
# For each rule that a dismissed finding rests on: how many were dismissed, how many of its
# findings held (confirmed or resolved), and the sentences of both sides as pairs for the rule's
# list 'leave'. A finding rests on several rules, of which as a rule one is at fault: copy the pair
# there, see it fail with 'crosscheck rules test RULE', and mend the rule. This is no rule file
# itself.
"""
_HOLDING = frozenset({"confirmed", "resolved"})
_TELLING = frozenset({"advice", "severity"})  # sections that speak of a finding and make none
_LIMIT = 400  # characters of a sentence
_RAW = re.compile("[\x7f-\x9f]|" + safe.ACTING.pattern + "|" + safe.UNSEEN.pattern)


@dataclass(frozen=True, slots=True)
class _Candidate:
    filed: Filed
    pairs: tuple[tuple[str, str], ...]


def render(material: Material) -> str:
    """TOML: a ``[[rule]]`` a rule with ``id``, the counts ``dismissed`` and ``held`` and the list
    ``leave``, in which a comment above each pair tells the finding, who dismissed it and why. The
    rule with the most false alarms comes first."""
    known = {rule.id: rule for rule in load().rules}
    dismissed, held = _by_rule(material, known)
    parts = [_HEAD]
    for id in sorted(dismissed, key=lambda id: (-len(dismissed[id]), held[id], id)):
        lines = _rule(id, dismissed[id], held[id], known.get(id), material)
        parts.append("\n".join(lines) + "\n")
    if not dismissed:
        parts.append("# Nothing was dismissed yet.\n")
    return "\n".join(parts)


def _by_rule(
    material: Material, known: Mapping[str, Rule]
) -> tuple[dict[str, list[_Candidate]], Counter[str]]:
    """What was dismissed, by the rules that made it a finding, and how many of each rule held."""
    dismissed: dict[str, list[_Candidate]] = {}
    held: Counter[str] = Counter()
    for filed in sorted(material.found, key=lambda filed: filed.number):
        behind = dict.fromkeys(filed.finding.reason["rules"])
        ids = [id for id in behind if id not in known or known[id].section not in _TELLING]
        if filed.state == "dismissed":
            candidate = _Candidate(filed, tuple(_pairs(filed, material)))
            for id in ids:
                dismissed.setdefault(id, []).append(candidate)
        elif filed.state in _HOLDING:
            held.update(ids)
    return dismissed, held


def _rule(
    id: str, candidates: list[_Candidate], held: int, rule: Rule | None, material: Material
) -> Iterator[str]:
    yield "[[rule]]"
    yield f"id = {string(id)}"
    if rule:
        file, _, line = rule.source.rpartition(":")
        place = Path(file).relative_to(rules_folder()).as_posix()
        yield f"# rules/{place}:{line}: {safe.short(rule.about, 200)}"
    yield f"dismissed = {len(candidates)}"
    yield f"held = {held}"
    yield "leave = ["
    for candidate in candidates:
        yield f"    # {_about(candidate.filed, material)}"
        for one, other in candidate.pairs:
            yield f"    [{string(one)}, {string(other)}],"
    yield "]"


def _about(filed: Filed, material: Material) -> str:
    decision = material.decision(filed)
    by = f"; {safe.short(decision.who, 40)}, {minute(decision.at)}" if decision else ""
    reason = f": {safe.short(filed.reason, 300)}" if filed.reason else ""
    held = " / ".join(view.values(filed.finding))
    return f"{filed.number}. {safe.short(filed.finding.topic, 120)} ({held}){by}{reason}"


def _pairs(filed: Filed, material: Material) -> Iterator[tuple[str, str]]:
    """For each two positions that disagree, the first sentence of either."""
    for i, j in filed.finding.disagree:
        sides = (view.claims(filed.finding.positions[n]) for n in (i, j))
        one, other = (next(iter(claims), None) for claims in sides)
        if one and other:
            yield _example(one, material), _example(other, material)


def _example(claim: Claim, material: Material) -> str:
    """The sentence as an example of a rule; one that speaks of days carries its date."""
    article = material.articles.get(claim.mention.article)
    said = sentence(claim, article, _LIMIT)
    if claim.kind == "date" and article and article.published:
        return f"date {article.published.date().isoformat()}\n\n{said}"
    return said


def string(text: str) -> str:
    """A basic string of TOML in which no character acts."""
    return _RAW.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
