"""The reading rules, compiled once per rulebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crosscheck.rulebook import Rule, Rulebook

_LEAD = re.compile(r"(?:[>»›▶►→▸|*•·–—-]+\s*)+")
_ARROWS = re.compile(r">{2}|»{2}")
_WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*", re.UNICODE)
_ITEMS = re.compile(r"\s*[|•·»›¦]\s*|\s+[>/]\s+|[ \xa0]{2,}|\t+")
_BARS = re.compile(r"[|•·»›¦>]")


@dataclass(frozen=True, slots=True)
class LineRule:
    id: str
    role: str
    scope: str
    sentences: bool
    needs: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]

    def can_match(self, lower: str, plain: bool) -> bool:
        """A fast check; ``plain``: whether any rule that needs no piece of text matches."""
        if not self.needs:
            return plain
        return any(map(lower.__contains__, self.needs))

    def match(self, text: str) -> re.Match[str] | None:
        return next((found for p in self.patterns if (found := p.fullmatch(text))), None)


@dataclass(frozen=True, slots=True)
class Read:
    """What one line is taken for by its wording alone; ``outlet`` as named in it."""

    role: str
    rule: str
    scope: str = "line"
    outlet: str = ""


@dataclass(frozen=True, eq=False)
class Book:
    """The rules of the sections ``page-*`` in a form that is fast to ask."""

    lines: tuple[LineRule, ...]
    any_line: re.Pattern[str]
    any_sentence: re.Pattern[str]
    words: dict[str, frozenset[str]]
    shares: dict[str, float]
    sizes: dict[tuple[str, str], float]
    outlets: dict[str, tuple[Rule, tuple[re.Pattern[str], ...]]]
    markup: tuple[tuple[Rule, re.Pattern[str]], ...]

    def size(self, shape: str, key: str) -> float:
        return self.sizes[shape, key]

    def read_line(self, text: str, *, is_sentence: bool = False) -> Read | None:
        """The verdict of the wording of one line, or None; first the rules, then the word lists."""
        led = _LEAD.match(text) and not _ARROWS.match(text)
        bare = _LEAD.sub("", text, count=1) if led else text
        lower = bare.lower()
        plain = (self.any_sentence if is_sentence else self.any_line).fullmatch(bare) is not None
        for rule in self.lines:
            if is_sentence and not rule.sentences:
                continue
            if rule.can_match(lower, plain):
                found = rule.match(bare)
                if found:
                    return Read(rule.role, rule.id, rule.scope, _named(found, "outlet"))
        return None if is_sentence or len(text) > 160 else self._read_words(bare)

    def _read_words(self, text: str) -> Read | None:
        words = [word.lower() for word in _WORD.findall(text)]
        if not words or re.search(r"[.!?;,:]$", text):
            return None
        for id in ("page.share-bar", "page.language-bar"):
            if len(words) > 1 and all(word in self.words[id] for word in words):
                return Read("furniture", id)
        known = sum(word in self.words["page.menu-words"] for word in words)
        titled = all(word[0].isupper() for word in _WORD.findall(text))
        if titled and len(words) > 2 and known >= self.shares["page.menu-words"] * len(words):
            return Read("furniture", "page.menu-words")
        return None

    def items(self, text: str) -> list[str]:
        """The items of a menu-like line: short, set apart by bars or wide gaps; else none."""
        if len(text) > 300 or not _may_have_items(text):
            return []
        parts = [part for part in _ITEMS.split(text) if part]
        least = self.size("menu", "items") + (0 if _BARS.search(text) else 1)
        if len(parts) < least or sum(map(_count, parts)) > self.size("menu", "words") * len(parts):
            return []
        prose = any(_count(part) > 8 or re.search(r"\w[.!?]$", part) for part in parts)
        return [] if prose else parts

    def is_word(self, id: str, text: str) -> bool:
        return text.strip(" :.-–—*").lower().replace("’", "'") in self.words[id]

    def foreign_words(self, id: str, text: str) -> int:
        """How many words of a text are not in a list."""
        return sum(word.lower() not in self.words[id] for word in _WORD.findall(text))


def _may_have_items(text: str) -> bool:
    """A fast check for bars, arrows or wide gaps."""
    for mark in ("|", "  ", "\t", "·", "•", "»", "›", "¦", " > ", " / ", "\xa0"):
        if mark in text:
            return True
    return False


def _count(text: str) -> int:
    return len(text.split())


def _named(match: re.Match[str], group: str) -> str:
    return (match.groupdict().get(group) or "").strip()


@lru_cache(maxsize=8)
def book_of(rules: Rulebook) -> Book:
    """The reading rules of a rulebook.

    Raises:
        KeyError: a rule the code asks for by its id is missing.
    """
    lines = tuple(_line_rule(rule) for rule in rules.section("page-lines"))
    words = rules.section("page-words")
    outlets = rules.section("page-outlets")
    return Book(
        lines,
        _any_of(rules.section("page-lines")),
        _any_of([r for r in rules.section("page-lines") if r.data.get("sentences")]),
        {rule.id: frozenset(rule.strings("words")) for rule in words},
        {rule.id: rule.number("share", 1.0) for rule in words},
        _sizes(rules.section("page-shapes")),
        {r.id: (r, tuple(re.compile(p) for p in r.strings("patterns"))) for r in outlets},
        tuple((rule, _names(rule)) for rule in rules.section("page-markup")),
    )


def _line_rule(rule: Rule) -> LineRule:
    flags = 0 if rule.data.get("case") else re.IGNORECASE
    patterns = tuple(re.compile(p, flags) for p in rule.strings("patterns"))
    scope, sentences = rule.string("scope", "line"), bool(rule.data.get("sentences"))
    needs = rule.strings("needs")
    return LineRule(rule.id, rule.string("role"), scope, sentences, needs, patterns)


def _any_of(rules: Sequence[Rule]) -> re.Pattern[str]:
    """One pattern that matches wherever any of the line rules does that need no piece of text:
    most lines match none."""
    parts = [
        f"(?{'' if rule.data.get('case') else 'i'}:{re.sub(r'[(][?]P<[a-z]+>', '(?:', pattern)})"
        for rule in rules
        if not rule.strings("needs")
        for pattern in rule.strings("patterns")
    ]
    return re.compile("|".join(parts) or r"(?!)")


def _sizes(rules: Sequence[Rule]) -> dict[tuple[str, str], float]:
    """The thresholds by the name of the shape and of the key."""
    return {
        (rule.id.removeprefix("page."), key): float(value)
        for rule in rules
        for key, value in rule.data.items()
    }


def _names(rule: Rule) -> re.Pattern[str]:
    """Matches the rule's words as whole words of a class or id attribute."""
    words = "|".join(map(re.escape, rule.strings("words")))
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?=$|[\s_\d-])", re.IGNORECASE)
