"""Who says what a claim says: the voices of every article, and the claims that lie in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from crosscheck.kinds.base import Context
from crosscheck.kinds.name import readings_of
from crosscheck.language import Document, lemma
from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.lexicon import lexicon
from crosscheck.voices.quotations import Quotation, quotations
from crosscheck.voices.speech import Voice, Voices, voices

_MUTE = "voice.mute"
_OF = frozenset({"of", "for", "at"})
"""Words behind which a description goes on after its noun."""


def quotations_of(document: Document, context: Context) -> tuple[Quotation, ...]:
    """The quotations of a document, read once."""
    kept: dict[str, tuple[Quotation, ...]] = context.memo.setdefault("quotations", {})
    if document.article.id not in kept:
        kept[document.article.id] = quotations(document)
    return kept[document.article.id]


def voices_of(document: Document, context: Context) -> Voices:
    """The voices of a document, heard once."""
    kept: dict[str, Voices] = context.memo.setdefault("voices", {})
    article = document.article.id
    if article not in kept:
        kept[article] = voices(
            document,
            context.names.get(article, ()),
            people_of(context),
            readings_of(document, context),
            quotations_of(document, context),
            context.rules,
        )
    return kept[article]


def people_of(context: Context) -> frozenset[str]:
    """The ids of people; a capital that speaks for its government is none."""
    bearers = context.bearers.items()
    return frozenset(id for id, kinds in bearers if "person" in kinds and "place" not in kinds)


def attributed(claims: Iterable[Claim], context: Context) -> Iterator[Claim]:
    """The claims with the speaker who answers for each. A spelling is the outlet's own, whoever
    is quoted, so that names are nobody's word."""
    documents = {document.article.id: document for document in context.documents}
    for claim in claims:
        document = documents.get(claim.mention.article)
        heard = (
            voices_of(document, context).at(claim.mention.start, claim.mention.end)
            if document is not None and claim.kind != "name"
            else None
        )
        yield claim if heard is None else _said_by(claim, heard, context.rules)


def _said_by(claim: Claim, voice: Voice, rules: Rulebook) -> Claim:
    mute = _is_mute(voice.speaker, rules)
    used = tuple(dict.fromkeys((*claim.rules_used, _MUTE if mute else voice.rule)))
    if mute:
        return replace(claim, rules_used=used)
    return replace(claim, attributed_to=voice.speaker, via=voice.chain, rules_used=used)


def _is_mute(speaker: str, rules: Rulebook) -> bool:
    """Whether what seems to speak is something that cannot, by the class of its noun."""
    rule, noun = rules.rule(_MUTE), _noun(speaker)
    cannot = lexicon(rules).noun_class(noun) in rule.strings("classes") if noun else False
    return cannot and noun not in rule.strings("spared")


def _noun(speaker: str) -> str:
    """The noun of a description: "explosion" in "second explosion at the works"."""
    words = speaker.split()
    behind = (i for i, word in enumerate(words) if i and word.lower() in _OF)
    head = words[next(behind, len(words)) - 1] if words else ""
    return lemma(head, "NN") if head.islower() else ""
