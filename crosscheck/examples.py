"""Runs the examples that every rule carries."""

from __future__ import annotations

from dataclasses import dataclass

from crosscheck.language import English
from crosscheck.model import Claim, Finding
from crosscheck.pipeline import analyse, extract
from crosscheck.read import article_from_text, rules_used
from crosscheck.rulebook import Example, Rule, Rulebook

_OF_PAGES = "page-"  # sections about what of a page is the article: used in reading, not in claims
_OF_STYLE = "stylebook"  # a text breaks the rule by itself, without another one
_OF_NAMES = "names"  # sections about how two names relate: pairs are two names, not two articles


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not do what its rule promises; ``used`` names the rules that were."""

    rule: Rule
    example: Example
    promise: str
    used: tuple[str, ...]

    def __str__(self) -> str:
        meant = "must be used in" if self.promise == "find" else "must not be used in"
        used = ", ".join(self.used) or "none"
        return f"{self.rule.source}: {self.rule.id} {meant}: {self.example}\n    used there: {used}"


def failures(rule: Rule, rules: Rulebook, language: English) -> list[Failure]:
    """The examples of one rule that fail, the ``find`` ones first."""
    found = []
    for promise, examples in (("find", rule.find), ("leave", rule.leave)):
        for example in examples:
            used = used_in(example, rule.section, rules, language)
            if (rule.id in used) != (promise == "find"):
                found.append(Failure(rule, example, promise, tuple(sorted(used))))
    return found


def used_in(example: Example, section: str, rules: Rulebook, language: English) -> frozenset[str]:
    """The ids of all rules that are used when an example is read or compared."""
    if isinstance(example, str):
        return _in_text(example, section, rules, language)
    if section.startswith(_OF_NAMES):
        return _in_names(example, rules)
    articles = [
        article_from_text(text, id=f"example-{i}", path=_path(text), rules=rules)
        for i, text in enumerate(example)
    ]
    return _of_findings(analyse(articles, rules, language).findings)


def _in_text(text: str, section: str, rules: Rulebook, language: English) -> frozenset[str]:
    if section.startswith(_OF_PAGES):
        return rules_used(text, rules)
    article = article_from_text(text, id="example", path=_path(text), rules=rules)
    if section == _OF_STYLE:
        return _of_findings(analyse([article], rules, language).findings)
    return _of_claims(extract([article], rules, language).claims)


def _path(text: str) -> str:
    """Names a file of the form that an example has: one with front matter is Markdown."""
    return "example.md" if text.startswith("---\n") else ""


def _in_names(pair: tuple[str, ...], rules: Rulebook) -> frozenset[str]:
    from crosscheck.values.names import compare_names

    return frozenset(item.rule for item in compare_names(pair[0], pair[1], rules).evidence)


def _of_claims(claims: tuple[Claim, ...]) -> frozenset[str]:
    return frozenset(
        id
        for claim in claims
        for id in (claim.rule, *claim.rules_used, *(slot.rule for _, slot in claim.slots))
        if id
    )


def _of_findings(findings: tuple[Finding, ...]) -> frozenset[str]:
    named = {id for finding in findings for id in finding.reason.get("rules", ())}
    claims = tuple(c for f in findings for p in f.positions for c in p.claims)
    return frozenset(named) | _of_claims(claims)
