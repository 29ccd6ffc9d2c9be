"""Which claims go back to one source: one speaker, one wire text, one agency.

An outlet that quotes somebody is not a second witness beside another that quotes the same one,
and a text printed by five papers is one account. A claim goes back to its speaker where one is
named; else to the text that its passage shares with other articles; else to the agency that its
article credits; else to its outlet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crosscheck.kinds.base import Context
from crosscheck.model import Article, Claim
from crosscheck.origins.copies import Copies, copies
from crosscheck.origins.credits import Credit, Houses, credit_of
from crosscheck.origins.speakers import Speaker, Speakers, plain

__all__ = ["Origins", "trace"]

_SHOWN = 3
_SPELLED_BY_OUTLETS = frozenset({"name"})
"""Kinds of claims for which an outlet answers, whomever it quotes."""


@dataclass(frozen=True, eq=False)
class Origins:
    """Where claims come from, for the articles of one report."""

    articles: Mapping[str, Article]
    speakers: Speakers
    copies: Copies
    credits: Mapping[str, Credit] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)

    def of(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """The origins of the claims of one position, sorted. An account that names an origin for
        a value anywhere is no origin of it beside that one."""
        named: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            named[claim.mention.article].add(self.origin(claim))
        every: set[str] = set()
        for article, found in named.items():
            every |= found - {self.outlet(article)} or found
        return tuple(sorted(every))

    def outlets(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        return tuple(sorted({self.outlet(claim.mention.article) for claim in claims}))

    def outlet(self, article: str) -> str:
        found = self.articles.get(article)
        return found.name if found else article

    def origin(self, claim: Claim) -> str:
        """Whom one claim goes back to, by a name that is the same in all articles."""
        article = claim.mention.article
        text = self.copies.text_at(article, claim.mention.start)
        credit = self.credits.get(article)
        return (
            self.speaker(claim)
            or ("" if text is None else self.texts[text])
            or (credit.agency if credit else self.outlet(article))
        )

    def speaker(self, claim: Claim) -> str:
        """The speaker to whom a claim is ascribed; empty if to none or to nobody in particular."""
        return self._speaker(claim).name

    def said_by(self, claim: Claim) -> str:
        """The same, and where it is nobody in particular the words for it."""
        return self.speaker(claim) or plain(claim.attributed_to).casefold()

    def sources(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """Who can be asked: the speakers named, and the agencies whose text is carried."""
        return tuple(sorted({source for claim in claims if (source := self._source(claim))}))

    def _source(self, claim: Claim) -> str:
        speaker, origin = self.speaker(claim), self.origin(claim)
        agency = origin in self.speakers.houses.agencies and origin
        return speaker or (agency or "" if origin != self.outlet(claim.mention.article) else "")

    def rules_behind(self, claims: Iterable[Claim]) -> set[str]:
        """The rules by which the origins of the claims were found."""
        return {rule for claim in claims for rule in self._rules(claim)}

    def _rules(self, claim: Claim) -> Iterable[str]:
        speaker, article = self._speaker(claim), claim.mention.article
        if speaker.rule:
            yield speaker.rule
        if speaker.name:
            return
        if self.copies.text_at(article, claim.mention.start) is not None:
            yield self.copies.rule
        elif article in self.credits:
            yield from self.credits[article].rules

    def _speaker(self, claim: Claim) -> Speaker:
        return Speaker("") if claim.kind in _SPELLED_BY_OUTLETS else self.speakers.speaker(claim)


def trace(context: Context, articles: Sequence[Article], prose: bool = True) -> Origins:
    """Works out once, for all claims of a report, where they come from. ``context`` knows the
    events and all claims by now; the order of the articles does not matter. Without ``prose`` no
    shared texts are looked for: rows of a table read alike because they are of one topic."""
    by_id = {article.id: article for article in articles}
    houses = Houses.of({article.outlet for article in articles} - {""}, context.rules)
    found = ((a.id, credit_of(a, houses, context.rules)) for a in articles)
    credits = {article: credit for article, credit in found if credit}
    shared = copies(context.documents, context.rules) if prose else Copies()
    texts = {
        number: _name([by_id[id] for id in carriers], credits, houses)
        for number, carriers in shared.carriers.items()
    }
    return Origins(by_id, Speakers.of(context, houses), shared, credits, texts)


def _name(carriers: Sequence[Article], credits: Mapping[str, Credit], houses: Houses) -> str:
    """What a text is called that several articles carry: the agency, if it is known, or all."""
    outlets = sorted({article.name for article in carriers})
    agencies = {credits[article.id].agency for article in carriers if article.id in credits}
    agencies |= {houses.named(outlet) for outlet in outlets} & houses.agencies
    if len(agencies) == 1:
        return min(agencies)
    if len(outlets) == 1:
        return outlets[0]
    shown, more = outlets[:_SHOWN], len(outlets) - _SHOWN
    last = f"{more} more" if more > 0 else shown.pop()
    return f"one text in {', '.join(shown)} and {last}"
