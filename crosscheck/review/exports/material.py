"""What every export is made of: findings, articles and log, read so that they go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from crosscheck.model import Article, Claim, Report
from crosscheck.report import safe, view
from crosscheck.review.states import Entry
from crosscheck.review.store import Filed, Filter, Store


@dataclass(frozen=True, slots=True)
class Material:
    """``found`` passed the filter, most serious first; ``articles`` are all of the store by key,
    ``names`` what they are called. ``history`` is each finding's log, ``as_of`` the moment of the
    store's last change (empty: nothing happened yet). ``id`` names the store wherever it lies."""

    id: UUID
    found: tuple[Filed, ...]
    articles: Mapping[str, Article]
    names: Mapping[str, str]
    history: Mapping[str, tuple[Entry, ...]]
    seq: int
    as_of: str

    @classmethod
    def of(cls, store: Store, which: Filter) -> Material:
        found = store.findings(which)
        articles = store.articles(gone=True)
        history: dict[str, list[Entry]] = {filed.id: [] for filed in found}
        revisions = {filed.id: filed.revision for filed in found}
        first, seq, as_of = "", 0, ""
        for entry in store.log():
            first = first or f"{entry.at} {entry.finding}"
            # the log is read after the findings, and may know of later decisions
            if entry.revision <= revisions.get(entry.finding, entry.revision):
                seq, as_of = entry.seq, entry.at
                if entry.finding in history:
                    history[entry.finding].append(entry)
        return cls(
            uuid5(NAMESPACE_URL, f"crosscheck-review {first or store.name}"),
            found,
            {article.id: article for article in articles},
            view.labels(Report(articles, ())),
            {id: tuple(entries) for id, entries in history.items()},
            seq,
            as_of,
        )

    def decision(self, filed: Filed) -> Entry | None:
        """The entry that put a finding into its state; None for one that is open."""
        if filed.state == "open":
            return None
        return self.last_decision(filed)

    def last_decision(self, filed: Filed) -> Entry | None:
        """The newest decision that took effect, whether or not the finding was reopened since."""
        entries = reversed(self.history[filed.id])
        return next((entry for entry in entries if entry.decides), None)

    def entries(self) -> Iterator[tuple[Filed, Entry]]:
        """The log of the findings, in its order."""
        by_id = {filed.id: filed for filed in self.found}
        own = (entry for entries in self.history.values() for entry in entries)
        for entry in sorted(own, key=lambda entry: entry.seq):
            yield by_id[entry.finding], entry

    def name(self, article: str) -> str:
        return self.names.get(article) or safe.short(article, 60)


def sentence(claim: Claim, article: Article | None, limit: int) -> str:
    """The sentence of a claim, or as much of it around the passage as ``limit`` allows; only the
    passage, if the article has another text by now."""
    at, text = claim.mention, article.text if article else ""
    start, end = claim.sentence
    if text[at.start : at.end] != at.text or not start <= at.start < at.end <= end:
        return safe.short(at.text, limit)
    room = max(limit - (at.end - at.start), 0) // 2
    low, high = max(start, at.start - room), min(end, at.end + room)
    cut = safe.short(text[low:high], limit)
    return f"{'… ' if low > start else ''}{cut}{' …' if high < end and cut[-1:] != '…' else ''}"


def joined(parts: Iterable[str]) -> str:
    """ "A, B and C" """
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
