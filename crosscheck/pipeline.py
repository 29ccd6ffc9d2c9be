"""Composes the stages: files -> articles -> claims -> topics -> findings. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crosscheck.align import align, events, nearest, without_room
from crosscheck.compare import Circumstances, findings, seriousness
from crosscheck.kinds import ALL, identify
from crosscheck.kinds.base import Context
from crosscheck.kinds.voiced import attributed
from crosscheck.language import English
from crosscheck.model import Article, Claim, Report, Unread
from crosscheck.read import read_paths
from crosscheck.rulebook import Rulebook
from crosscheck.stylebook import against_style, unless_ruled

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Extraction:
    """The claims of some articles, in the order of the articles' ids and of the text."""

    claims: tuple[Claim, ...]
    context: Context
    articles: tuple[Article, ...]
    unread: tuple[Unread, ...] = ()


def report_on(
    paths: Sequence[Path],
    rules: Rulebook,
    language: English,
    progress: Progress | None = None,
) -> Report:
    """Read files and folders and report where the accounts in them disagree.

    Raises:
        ModelError: the language model is not installed.
    """
    articles, unread = read_paths(paths, rules, _stage(progress, "reading"))
    return analyse(articles, rules, language, unread, progress)


def extract_from(
    paths: Sequence[Path],
    rules: Rulebook,
    language: English,
    progress: Progress | None = None,
) -> Extraction:
    """Read files and folders and extract every claim, compared with nothing."""
    articles, unread = read_paths(paths, rules, _stage(progress, "reading"))
    return extract(articles, rules, language, unread, progress)


def _stage(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    return partial(progress, name) if progress else None


def analyse(
    articles: Iterable[Article],
    rules: Rulebook,
    language: English,
    unread: Sequence[Unread] = (),
    progress: Progress | None = None,
) -> Report:
    """Claims of all articles, sorted into topics and compared."""
    return align_and_compare(extract(articles, rules, language, unread, progress))


def align_and_compare(found: Extraction) -> Report:
    """Sort extracted claims into events and topics, and compare within each topic."""
    context = found.context
    context.events.update(events(context))
    context.claims = found.claims
    context.across.clear()
    about = Circumstances.of(context, found.articles)
    aligned = [
        align(kind, [claim for claim in found.claims if claim.kind == kind.name], context)
        for kind in ALL
    ]
    topics = [topic for alignment in aligned for topic in alignment.topics]
    style = against_style(context.documents, about)
    compared = unless_ruled(findings(topics, about), style)
    return Report(
        found.articles,
        tuple(sorted((*compared, *style), key=seriousness)),
        nearest([pair for alignment in aligned for pair in alignment.refused]),
        (*found.unread, *without_room(aligned)),
        dict(context.events),
        sum(len(alignment.refused) for alignment in aligned),
    )


def extract(
    articles: Iterable[Article],
    rules: Rulebook,
    language: English,
    unread: Sequence[Unread] = (),
    progress: Progress | None = None,
) -> Extraction:
    """The claims of every kind; names are read first, since the others ask who is who."""
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    context = Context(rules, [language.document(article) for article in ordered])
    identify(context.documents, context)
    claims = attributed(_found(context, _stage(progress, "finding claims")), context)
    return Extraction(tuple(sorted(claims, key=_order)), context, ordered, tuple(unread))


def _found(context: Context, progress: Callable[[int, int], None] | None) -> Iterator[Claim]:
    asked = [(kind, document) for kind in ALL for document in context.documents]
    for done, (kind, document) in enumerate(asked, 1):
        yield from kind.find(document, context)
        if progress is not None:
            progress(done, len(asked))


def _order(claim: Claim) -> tuple[tuple[str, int, int, str], str, str]:
    return (claim.order, claim.label, claim.rule)
