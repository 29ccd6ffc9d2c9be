"""What all forms of a report share: their order, their names for outlets, their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from crosscheck.compare import seriousness
from crosscheck.model import DISAGREEING, Article, Claim, Finding, Position, Report, Unread, Verdict
from crosscheck.report import safe

WORDS: Mapping[Verdict, str] = {
    "conflict": "conflict",
    "update": "update",
    "variant": "spelling",
    "compatible": "fits",
    "agree": "agrees",
}
VALUE_LIMIT = 120
QUOTE_LIMIT = 320


def said_by(claim: Claim) -> str:
    """Who answers for a claim and who hands it on, the nearest first: "a spokesman, via Korvel
    Radio"; empty if the account names nobody."""
    handed_on = [f"via {name}" for name in reversed(claim.via)]
    return ", ".join([claim.attributed_to, *handed_on]) if claim.attributed_to else ""


@dataclass(frozen=True, slots=True)
class Holder:
    """An account that holds a position: its label and what it says, in the order of its text."""

    article: str
    label: str
    claims: tuple[Claim, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Whom the account names for it, shortened for display."""
        names = (safe.short(said_by(claim), 60) for claim in self.claims)
        return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class Side:
    """A position as it is shown: ``letter`` marks it in pictures and tables if it is ``contested``,
    that is, disagrees with another one; ``when`` says as of when it stood, if that matters."""

    index: int
    position: Position
    letter: str
    contested: bool
    holders: tuple[Holder, ...]
    when: str = ""

    @property
    def value(self) -> str:
        return safe.short(self.position.value, VALUE_LIMIT)

    @property
    def dated(self) -> str:
        return f"{self.value} ({self.when})" if self.when else self.value


def articles(report: Report) -> list[Article]:
    """By publication, then by name; articles without a date come last."""
    return sorted(report.articles, key=_by_date)


def _by_date(article: Article) -> tuple[bool, str, str, str]:
    at = article.published
    return (at is None, at.isoformat() if at else "", article.name.casefold(), article.id)


def ranked(report: Report) -> list[Finding]:
    """Most serious first, whatever order the report has."""
    return sorted(report.findings, key=seriousness)


def disagreements(report: Report) -> list[Finding]:
    return [finding for finding in ranked(report) if finding.verdict in DISAGREEING]


def unread(report: Report) -> list[Unread]:
    return sorted(report.unread, key=lambda u: (u.article, u.path, u.start, u.end, u.why))


def left_alone(report: Report) -> int:
    """How many pairs looked alike and were not compared."""
    return max(report.left_alone, len(report.uncompared))


def claims(position: Position) -> list[Claim]:
    return sorted(position.claims, key=lambda claim: (claim.order, claim.label, claim.rule))


def labels(report: Report) -> dict[str, str]:
    """A short name for each article, unlike all others: the outlet, with the day, the time or
    the id where an outlet has several articles."""
    known = [article.published for article in report.articles if article.published]
    year = len({at.year for at in known}) > 1
    named = {a.id: safe.short(a.name, 60) for a in report.articles}
    for addition in (_day, _minute, _id):
        counts = Counter(named.values())
        shared = {a.id for a in report.articles if counts[named[a.id]] > 1}
        for article in report.articles:
            if article.id in shared and (more := addition(article, year)):
                named[article.id] = f"{safe.short(article.name, 60)} {more}"
    return named


def _day(article: Article, year: bool) -> str:
    return day(article.published, year) if article.published else ""


def _minute(article: Article, year: bool) -> str:
    timed = article.published if article.dated == "time" else None
    return f"{day(timed, year)} {timed:%H:%M}" if timed else ""


def _id(article: Article, year: bool) -> str:
    return f"[{safe.short(article.id, 40)}]"


def day(at: datetime, year: bool = True) -> str:
    """``5 Aug 2020``, in English whatever the locale."""
    return f"{at.day} {MONTHS[at.month - 1]}{f' {at.year}' if year else ''}"


def moment(at: datetime, year: bool = True) -> str:
    """A day, and the time of day unless that is midnight."""
    return day(at, year) if (at.hour, at.minute) == (0, 0) else f"{day(at, year)}, {at:%H:%M}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def iso(article: Article) -> str:
    """The publication in ISO 8601; a day only, if the article prints no time of day."""
    if article.published is None:
        return ""
    if article.dated == "day":
        return article.published.date().isoformat()
    return article.published.isoformat()


def values(finding: Finding, limit: int = VALUE_LIMIT) -> list[str]:
    """The values that disagree, in order, each shortened to ``limit`` characters; all, if none
    does."""
    return [safe.short(position.value, limit) for position in finding.contested]


def sides(finding: Finding, names: Mapping[str, str]) -> tuple[Side, ...]:
    """The positions of a finding, those that disagree lettered A, B, C ... in their order."""
    contested = {index for pair in finding.disagree for index in pair}
    letters = dict(zip(sorted(contested), _letters(), strict=False))
    moments = [c.as_of for p in finding.positions for c in p.claims if c.as_of]
    year = len({at.year for at in moments}) > 1
    return tuple(
        Side(
            index,
            position,
            letters.get(index, ""),
            index in contested,
            holders(position, names),
            _when(position, year) if finding.verdict == "update" else "",
        )
        for index, position in enumerate(finding.positions)
    )


def _letters() -> Iterator[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from alphabet
    yield from (first + second for first in alphabet for second in alphabet)


def tie(finding: Finding) -> str:
    """What makes the claims of a finding one; empty where its reason tells that already."""
    said = str(finding.reason.get("tie", ""))
    return "" if said in finding.why else said


def holders(position: Position, names: Mapping[str, str]) -> tuple[Holder, ...]:
    held: dict[str, list[Claim]] = {}
    for claim in claims(position):
        held.setdefault(claim.mention.article, []).append(claim)
    found = [
        Holder(id, names.get(id) or safe.short(id, 60), tuple(own)) for id, own in held.items()
    ]
    return tuple(sorted(found, key=lambda holder: (holder.label.casefold(), holder.article)))


def _when(position: Position, year: bool) -> str:
    """As of when a position stood: the first and the last moment its claims give."""
    moments = {claim.as_of.isoformat(): claim.as_of for claim in position.claims if claim.as_of}
    if not moments:
        return ""
    first, last = moments[min(moments)], moments[max(moments)]
    if moment(first) == moment(last):
        return moment(first, year)
    if day(first) == day(last):
        return f"{day(first, year)}, {first:%H:%M} to {last:%H:%M}"
    return f"{day(first, year)} to {day(last, year)}"


def who(side: Side, all_sides: Iterable[Side], limit: int = 0) -> str:
    """The accounts that hold a position; with their sources where one account holds several."""
    held = Counter(holder.article for other in all_sides for holder in other.holders)
    texts = [
        _citing(holder) if held[holder.article] > 1 else holder.label for holder in side.holders
    ]
    if limit and len(texts) > limit + 1:
        return f"{', '.join(texts[:limit])} and {len(texts) - limit} more"
    return ", ".join(texts)


def _citing(holder: Holder) -> str:
    return (
        f"{holder.label} citing {' and '.join(holder.sources)}" if holder.sources else holder.label
    )


def origins(side: Side) -> str:
    """ "3 outlets, 1 origin: police", if outlets share an origin; else nothing."""
    found, outlets = side.position.origins, len(side.position.outlets) or len(side.holders)
    if not 0 < len(found) < outlets:
        return ""
    named = f": {safe.short(found[0], 60)}" if len(found) == 1 else ""
    return f"{count(outlets, 'outlet')}, {count(len(found), 'origin')}{named}"


def told(side: Side, all_sides: Iterable[Side], limit: int = 0) -> str:
    """``who`` and, where outlets share one, their origin; of a value that no account holds, whom
    it goes back to."""
    if not side.holders:
        return ", ".join(safe.short(origin, 60) for origin in side.position.origins)
    shared = origins(side)
    return f"{who(side, all_sides, limit)}{f' ({shared})' if shared else ''}"


def summary(report: Report) -> str:
    """One sentence of counts, such as ``7 findings: 3 conflicts, 4 updates; 4 topics agree.``
    Empty if there is nothing to count."""
    parts = [*_found(report), *_fitting(report)]
    if alone := left_alone(report):
        parts.append(f"{count(alone, 'pair')} looked alike and {_were(alone)} left alone")
    return "; ".join(parts) + "." if parts else ""


def _found(report: Report) -> list[str]:
    found = disagreements(report)
    if not found:
        return []
    numbers = Counter(finding.verdict for finding in found)
    kinds = [count(numbers[verdict], word) for verdict, word in WORDS.items() if numbers[verdict]]
    return [f"{count(len(found), 'finding')}: {', '.join(kinds)}"]


def _fitting(report: Report) -> list[str]:
    numbers = Counter(finding.verdict for finding in report.findings)
    agree, fit = numbers["agree"], numbers["compatible"]
    parts = []
    if agree:
        parts.append(f"{count(agree, 'topic')} {'agrees' if agree == 1 else 'agree'}")
    if fit:
        subject = str(fit) if agree else count(fit, "topic")
        parts.append(f"{subject} {'fits' if fit == 1 else 'fit'} together")
    return parts


def nearest(report: Report, names: Mapping[str, str]) -> str:
    """The pair that came nearest to being compared, and why it was not; empty if there is none."""
    if not report.uncompared:
        return ""
    return pair(report.uncompared[0].claims, report.uncompared[0].why, names)


def pair(both: Iterable[Claim], why: str, names: Mapping[str, str]) -> str:
    said = [
        f"“{safe.short(c.mention.text, 60)}” ({names.get(c.mention.article, c.mention.article)})"
        for c in sorted(both, key=lambda claim: claim.order)
    ]
    return f"{' and '.join(said)}: {safe.short(why, 160)}"


def unread_text(entry: Unread, names: Mapping[str, str]) -> str:
    """One unread file or passage, with the reason."""
    if not entry.article:
        return f"{safe.short(entry.path, 160)}: {safe.short(entry.why, 200)}"
    place = names.get(entry.article) or safe.short(entry.article, 60)
    return f"{place}, “{safe.short(entry.text, 80)}”: {safe.short(entry.why, 160)}"


def empty(report: Report) -> str:
    """Why there is nothing to show; empty if something disagrees."""
    if disagreements(report):
        return ""
    many = len(report.articles)
    if not many:
        return "No article was read, so nothing was compared."
    if many == 1:
        return "One article was read and disagrees with itself nowhere; there was no second one."
    return (
        f"{many} articles were read and no disagreement was found. "
        "That covers only what could be read and compared."
    )


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
