"""What stands on the HTML page, and where: sections, accounts, matrices and the links between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import urlsplit

from markupsafe import Markup

from crosscheck.model import DISAGREEING, Article, Claim, Finding, Report
from crosscheck.report import safe, view
from crosscheck.report.passages import Back, Passage, marked, visible
from crosscheck.report.picture import Picture, colour, pictures

_CONTEXT = 110  # characters of a sentence shown on each side of a passage


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as a line: its account, the passage in its sentence, and where that stands."""

    label: str
    before: str
    text: str
    after: str
    href: str
    source: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A position on the page; ``value`` marks the letters in which two spellings differ."""

    side: view.Side
    colour: str
    value: Markup
    said: tuple[Said, ...]
    origins: str


@dataclass(frozen=True, slots=True)
class Section:
    """A finding on the page; ``cells`` maps articles to the positions they hold, with a link."""

    number: int
    id: str
    finding: Finding
    shown: tuple[Shown, ...]
    cells: Mapping[str, tuple[tuple[Shown, str], ...]]
    pictures: tuple[Picture, ...]

    @property
    def disagrees(self) -> bool:
        return self.finding.verdict in DISAGREEING

    @property
    def tie(self) -> str:
        return view.tie(self.finding)


@dataclass(frozen=True, slots=True)
class Account:
    """An article on the page; ``url`` is empty unless it is a web address."""

    id: str
    label: str
    article: Article
    published: str
    url: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Matrix:
    """The findings and the accounts of one event."""

    event: str
    accounts: tuple[Account, ...]
    loud: tuple[Section, ...]
    quiet: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two claims that were left alone."""

    said: tuple[Said, ...]
    why: str


@dataclass(eq=False)
class Page:
    """A report laid out; everything is computed once, on demand."""

    report: Report

    @cached_property
    def names(self) -> dict[str, str]:
        return view.labels(self.report)

    @cached_property
    def articles(self) -> dict[str, Article]:
        return {article.id: article for article in view.articles(self.report)}

    @cached_property
    def anchors(self) -> dict[str, str]:
        return {id: f"a{number}" for number, id in enumerate(self.articles, 1)}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        ids = _ids(finding.id for finding in view.ranked(self.report))
        found = enumerate(zip(view.ranked(self.report), ids, strict=True), 1)
        return tuple(self._section(number, id, finding) for number, (finding, id) in found)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        passages = self._passages()
        return tuple(self._account(a, passages.get(id, [])) for id, a in self.articles.items())

    @cached_property
    def matrices(self) -> tuple[Matrix, ...]:
        """One an event, in the order of their first articles."""
        events = dict.fromkeys(self.report.events.get(id, "") for id in self.articles)
        return tuple(self._matrix(event) for event in events)

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        return tuple(
            Alike(
                tuple(self.said(c) for c in sorted(entry.claims, key=lambda claim: claim.order)),
                safe.short(entry.why, 300),
            )
            for entry in self.report.uncompared
        )

    def said(self, claim: Claim) -> Said:
        label = self.names.get(claim.mention.article) or safe.short(claim.mention.article, 60)
        before, after = self._context(claim)
        text = safe.short(claim.mention.text, view.QUOTE_LIMIT)
        source = safe.short(view.said_by(claim), 80)
        return Said(label, before, text, after, self.href(claim), source)

    def href(self, claim: Claim) -> str:
        """The link to a claim's passage; to its article, if the passage cannot be marked."""
        anchor = self.anchors.get(claim.mention.article)
        if anchor is None:
            return ""
        return f"#{_mark_id(anchor, claim)}" if self._markable(claim) else f"#{anchor}"

    def _markable(self, claim: Claim) -> bool:
        article = self.articles.get(claim.mention.article)
        start, end = claim.mention.start, claim.mention.end
        return article is not None and 0 <= start < end <= len(article.text)

    def _context(self, claim: Claim) -> tuple[str, str]:
        """What stands before and after a passage in its sentence, shortened."""
        if not self._markable(claim):
            return "", ""
        text = self.articles[claim.mention.article].text
        start, end = claim.mention.start, claim.mention.end
        first, last = min(claim.sentence[0], start), max(claim.sentence[1], end)
        before = text[max(first, start - _CONTEXT) : start]
        after = text[end : min(last, end + _CONTEXT)]
        if first < start - _CONTEXT:
            before = "…" + before[before.find(" ") + 1 :]
        if last > end + _CONTEXT:
            after = after[: after.rfind(" ") + 1] + "…"
        return safe.spaced(before), safe.spaced(after)

    def _section(self, number: int, id: str, finding: Finding) -> Section:
        sides = view.sides(finding, self.names)
        shown = tuple(self._shown(side, sides, finding) for side in sides)
        published = {id: a.published for id, a in self.articles.items() if a.published}
        drawn = pictures(f"p{number}", finding.topic, sides, published)
        return Section(number, id, finding, shown, self._cells(shown), tuple(drawn))

    def _shown(self, side: view.Side, sides: Sequence[view.Side], finding: Finding) -> Shown:
        said = [self.said(claim) for holder in side.holders for claim in holder.claims]
        spelled = finding.verdict == "variant" and len(sides) > 1
        other = sides[0 if side.index else 1].value if spelled else side.value
        value = _spelled(side.value, other)
        return Shown(side, colour(side), value, tuple(dict.fromkeys(said)), self._origins(side))

    def _origins(self, side: view.Side) -> str:
        return view.origins(side) if side.holders else ", ".join(side.position.origins)

    def _cells(self, shown: Iterable[Shown]) -> dict[str, tuple[tuple[Shown, str], ...]]:
        cells: dict[str, list[tuple[Shown, str]]] = {}
        for one in shown:
            for holder in one.side.holders:
                cells.setdefault(holder.article, []).append((one, self.href(holder.claims[0])))
        return {article: tuple(held) for article, held in cells.items()}

    def _matrix(self, event: str) -> Matrix:
        def here(id: str) -> bool:
            return self.report.events.get(id, "") == event

        accounts = tuple(account for account in self.accounts if here(account.article.id))
        rows = [section for section in self.sections if any(map(here, section.cells))]
        return Matrix(
            safe.short(self._event(event), 120),
            accounts,
            tuple(section for section in rows if section.disagrees),
            tuple(section for section in rows if not section.disagrees),
        )

    def _event(self, event: str) -> str:
        """The title of the article after which an event is named, or else the name it has."""
        article = self.articles.get(event)
        return article.title or article.name if article else event

    def _account(self, article: Article, passages: Sequence[Passage]) -> Account:
        at = article.published
        shown = "" if at is None else view.day(at) if article.dated == "day" else view.moment(at)
        return Account(
            self.anchors[article.id],
            self.names[article.id],
            article,
            shown,
            _web_address(article.url),
            marked(article, passages),
        )

    def _passages(self) -> dict[str, list[Passage]]:
        """Per article, what is quoted anywhere on the page, each stretch once."""
        found: dict[str, dict[str, Passage]] = {}
        for claim, tint, back in self._quoted():
            if not self._markable(claim):
                continue
            id = _mark_id(self.anchors[claim.mention.article], claim)
            held = found.setdefault(claim.mention.article, {})
            old = held.get(id)
            backs = dict.fromkeys((*(old.backs if old else ()), *([back] if back else ())))
            tint = old.colour if old and old.colour != "c0" else tint
            held[id] = Passage(claim.mention.start, claim.mention.end, id, tint, tuple(backs))
        return {article: list(held.values()) for article, held in found.items()}

    def _quoted(self) -> Iterator[tuple[Claim, str, Back | None]]:
        for section in self.sections:
            topic = safe.short(section.finding.topic, 120)
            back = Back(section.number, f"#{section.id}", f"Finding {section.number}: {topic}")
            for one in section.shown:
                for claim in view.claims(one.side.position):
                    yield claim, one.colour, back
        for entry in self.report.uncompared:
            for claim in entry.claims:
                yield claim, "c0", None


def _ids(given: Iterable[str]) -> list[str]:
    """Ids for links: the findings' own, in letters that need no escape, made unique."""
    taken: dict[str, int] = {}
    made = []
    for id in given:
        plain = "finding-" + (re.sub(r"[^A-Za-z0-9_-]+", "-", id)[:80] or "0")
        taken[plain] = taken.get(plain, 0) + 1
        made.append(plain if taken[plain] == 1 else f"{plain}.{taken[plain]}")
    return made


def _mark_id(anchor: str, claim: Claim) -> str:
    return f"{anchor}-{claim.mention.start}-{claim.mention.end}"


def _web_address(url: str) -> str:
    """The address, if it is one of the web; anything else is no link."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def _spelled(value: str, other: str) -> Markup:
    """A name with the letters marked that are not in the other spelling."""
    matcher = SequenceMatcher(None, other.casefold(), value.casefold(), autojunk=False)
    if len(value.casefold()) != len(value):
        return visible(value)
    return Markup("").join(
        visible(value[low:high])
        if same == "equal" or low == high
        else Markup("<u>{}</u>").format(visible(value[low:high]))
        for same, _, _, low, high in matcher.get_opcodes()
    )
