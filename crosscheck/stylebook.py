"""A desk's own spellings: which articles use one that its stylebook avoids.

Spellings are looked for in the text as written, not among the names found in it, so that a
stylebook may speak of any word. Quotations, titles of works, addresses and fixed phrases are left
alone: there the spelling is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from crosscheck.compare import Circumstances, finding_id
from crosscheck.facts import Facts
from crosscheck.language import Document, Sentence
from crosscheck.model import Article, Claim, Finding, Mention, Position
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.severity import severity_of
from crosscheck.values.hull import listed
from crosscheck.values.moments import MONTHS
from crosscheck.voices.quotations import quotations

_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)[^*_]+(?<=\S)\1(?![\w*_])")
_ADDRESS = re.compile(r"\S*(?:://|@|\w\.\w)\S*|(?:www\.|#)\S+")


@dataclass(frozen=True, eq=False)
class _Style:
    """One rule of a stylebook, compiled."""

    rule: Rule
    avoided: re.Pattern[str]
    spared: re.Pattern[str]

    @classmethod
    def of(cls, rule: Rule) -> _Style:
        preferred, avoid = rule.string("preferred"), rule.strings("avoid")
        forms = {way for form in avoid for way in (form, form.upper(), form.title(), _cap(form))}
        spared = [preferred, *rule.strings("except")]
        return cls(rule, _words(forms), re.compile(_words(spared).pattern, re.IGNORECASE))

    def governs(self, article: Article) -> bool:
        """Whether the desk's rule is one for this outlet and this day."""
        outlets = {outlet.casefold() for outlet in self.rule.strings("outlets")}
        if outlets and article.outlet.casefold() not in outlets:
            return False
        on = article.published.date() if article.published else None
        since, until = self.rule.data.get("since"), self.rule.data.get("until")
        return on is None or ((since is None or since <= on) and (until is None or on <= until))

    def breaches(self, document: Document) -> Iterator[Claim]:
        found = [(s, m) for s in document.sentences for m in self.avoided.finditer(s.text)]
        quoted = quotations(document) if found else ()
        for sentence, matches in groupby(found, key=itemgetter(0)):
            spared = [(quotation.start, quotation.end) for quotation in quoted]
            spared += _spared(document.article, sentence, self.spared)
            for _, match in matches:
                start, end = sentence.start + match.start(), sentence.start + match.end()
                if not any(low <= start and end <= high for low, high in spared):
                    yield self._claim(document.article, sentence, start, end)

    def _claim(self, article: Article, sentence: Sentence, start: int, end: int) -> Claim:
        written = " ".join(article.text[start:end].split())
        label = next(f for f in self.rule.strings("avoid") if f.casefold() == written.casefold())
        return Claim(
            Mention(article.id, start, end, article.text[start:end]),
            (sentence.start, sentence.end),
            "name",
            label,
            label,
            self.rule.id,
            in_headline=sentence.is_headline,
        )

    def why(self, used: Sequence[str]) -> str:
        """The rule in words, with the spellings that were met and the desk's reason."""
        since = self.rule.data.get("since")
        dated = f" since {_day(since)}" if since else ""
        meant = f"{self.rule.string('preferred')}, not {listed(used, 'or')}."
        return f"House style{dated} ({self.rule.id}): {meant} {self.rule.string('why')}".rstrip()


def against_style(documents: Sequence[Document], about: Circumstances) -> tuple[Finding, ...]:
    """One finding a rule of the stylebook that is not kept, with the passages that break it."""
    rules = about.context.rules
    styles = [_Style.of(rule) for rule in rules.section("stylebook")]
    ordered = sorted(documents, key=lambda document: document.article.id)
    found = ((style, _claims(style, ordered)) for style in styles)
    return tuple(_finding(style, claims, about, rules) for style, claims in found if claims)


def _claims(style: _Style, documents: Iterable[Document]) -> list[Claim]:
    return [c for d in documents if style.governs(d.article) for c in style.breaches(d)]


def unless_ruled(findings: Iterable[Finding], style: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without the spellings that the stylebook has settled: all but one of theirs
    are reported as breaches of it, passage by passage."""
    breached = {
        (claim.mention.article, at)
        for finding in style
        for position in finding.positions
        for claim in position.claims
        for at in range(claim.mention.start, claim.mention.end)
    }

    def ruled(position: Position) -> bool:
        spans = (c.mention for c in position.claims)
        return all(any((m.article, at) in breached for at in range(m.start, m.end)) for m in spans)

    for finding in findings:
        if finding.verdict != "variant" or sum(not ruled(p) for p in finding.positions) > 1:
            yield finding


def _finding(
    style: _Style, claims: Sequence[Claim], about: Circumstances, rules: Rulebook
) -> Finding:
    preferred, topic = (
        style.rule.string("preferred"),
        f"house style: {style.rule.string('preferred')}",
    )
    labels = sorted({claim.label for claim in claims})
    used = [about.position(w, tuple(c for c in claims if c.label == w)) for w in labels]
    severity, level = severity_of("name", "variant", Facts(), rules)
    return Finding(
        finding_id("name", topic, "variant"),
        "name",
        topic,
        "variant",
        severity,
        style.why(labels),
        (Position(preferred, (), ("stylebook",)), *used),
        tuple((0, k) for k in range(1, len(used) + 1)),
        {"verdict": "variant", "links": [], "rules": sorted({style.rule.id, level} - {""})},
        f"Write “{preferred}”.",
    )


def _words(forms: Iterable[str]) -> re.Pattern[str]:
    """The forms as whole words, the longest first; a line may end between two."""
    longest = sorted(forms, key=lambda form: (-len(form), form))
    ways = "|".join(r"\s+".join(map(re.escape, form.split())) for form in longest)
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)")


def _cap(form: str) -> str:
    return form[:1].upper() + form[1:]


def _spared(
    article: Article, sentence: Sentence, phrases: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """Where in the sentence's paragraph, outside quotations, the spelling is not the desk's."""
    zone = sentence.zone
    paragraph = article.text[zone.start : zone.end]
    patterns = [_ADDRESS, phrases]
    if article.path.endswith((".md", ".markdown")):
        patterns.append(_EMPHASIS)
    for pattern in patterns:
        for match in pattern.finditer(paragraph):
            yield zone.start + match.start(), zone.start + match.end()


def _day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
