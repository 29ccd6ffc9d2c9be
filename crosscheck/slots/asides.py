"""Accounts that are about another event and only recall this one.

A report on the fire aboard a second ship of the line, or on the bridge that fell elsewhere years
ago, names little of what all other accounts name, and much that none of them does; and it was
written long after them, or begins in another year. Its figures are those of its own event, save in
the paragraphs that name what the others are about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crosscheck.grammar.spans import names_between
from crosscheck.language import Document
from crosscheck.model import Claim

Named = Mapping[str, Sequence[tuple[int, int, str]]]

ACCOUNTS = 4
"""How many accounts an event must have at least for one of them to stand out."""

MOST, FEW, STRANGE = 0.6, 0.35, 0.55
"""A name is the event's if so large a share of the other accounts has it; an account is about
another event if it has at most so few of those, and so many of its names occur nowhere else."""

LATE = 14
"""Days after all other accounts at which one may well be about something else."""

_LEAD = 3
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def told_in_passing(
    claims: Iterable[Claim],
    documents: Sequence[Document],
    events: Mapping[str, str],
    names: Named,
) -> frozenset[tuple[str, int]]:
    """The keys of the figures that are about another event than that of their article."""
    own = dict(_events_own_names(documents, events, names))
    texts = {document.article.id: document.article.text for document in documents}
    return frozenset(
        claim.key
        for claim in claims
        if claim.mention.article in own
        and not _names_one(claim, texts[claim.mention.article], own[claim.mention.article], names)
    )


def _events_own_names(
    documents: Sequence[Document], events: Mapping[str, str], names: Named
) -> Iterator[tuple[str, frozenset[str]]]:
    """For every account that is about another event, the names of the event it recalls."""
    told = {d.article.id: Counter(n for _, _, n in names.get(d.article.id, ())) for d in documents}
    for document in documents:
        article = document.article
        beside = [
            d for d in documents if d is not document and _same(events, d.article.id, article.id)
        ]
        if len(beside) + 1 < ACCOUNTS:
            continue
        count = Counter(name for d in beside for name in told[d.article.id])
        core = frozenset(name for name, n in count.items() if n >= MOST * len(beside))
        mine = told[article.id]
        strange = sum(n for name, n in mine.items() if name not in count)
        if not core or len(core & mine.keys()) > FEW * len(core):
            continue
        if strange >= STRANGE * mine.total() and _of_another_time(document, beside):
            yield article.id, core


def _same(events: Mapping[str, str], one: str, other: str) -> bool:
    return events.get(one, "") == events.get(other, "")


def _of_another_time(document: Document, beside: Sequence[Document]) -> bool:
    """Whether an account came long after all others, or begins in a year before its own."""
    published = document.article.published
    if published is None:
        return False
    days = [d.article.published for d in beside if d.article.published]
    if days and all((published.date() - day.date()).days > LATE for day in days):
        return True
    lead = " ".join(s.text for s in document.sentences[:_LEAD])
    return any(int(year) < published.year for year in _YEAR.findall(lead))


def _names_one(claim: Claim, text: str, core: frozenset[str], names: Named) -> bool:
    """Whether the paragraph of a figure names what the recalled event is known by."""
    start = text.rfind("\n\n", 0, claim.mention.start) + 1
    end = text.find("\n\n", claim.mention.end)
    found = names_between(
        names.get(claim.mention.article, ()), start, end if end >= 0 else len(text)
    )
    return any(name in core for _, _, name in found)
