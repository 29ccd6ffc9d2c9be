"""Quotations: one utterance that two accounts print in two wordings, or give to two people."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from crosscheck.grammar.wording import wording
from crosscheck.kinds.base import Context, Kind, Link, Positions, Refusal
from crosscheck.kinds.original import Origin, origin
from crosscheck.kinds.voiced import quotations_of, voices_of
from crosscheck.language import Document, Sentence
from crosscheck.model import Claim, KindName, Mention, Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots.lexicon import Lexicon, lexicon
from crosscheck.values.interval import Relation
from crosscheck.values.quotations import Utterance, align, relate_utterances
from crosscheck.voices.quotations import Quotation
from crosscheck.voices.speech import Voice

_NUMBERED = re.compile(r" \(\d+\)$")
_SHOWN = 90
_RAREST, _RIVALS = 3, 40
"""Of how many of its words, and how many quotations each, the nearest one is looked for."""

_LEAST = 2
"""Words that say something without which a few quoted words are no utterance."""

_MATCHES = ("same-speaker", "unknown-speaker", "two-speakers")


class QuoteKind(Kind):
    """A claim is a sentence in quotation marks; a topic is one utterance, its positions are the
    wordings."""

    name: KindName = "quote"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        heard = voices_of(document, context)
        for quotation in quotations_of(document, context):
            if quotation.name:
                continue
            voice = heard.at(quotation.start, quotation.end)
            if voice is None and not quotation.whole:
                continue
            for start, end, sentence in _sentences(document, quotation):
                claim = self._claim(document, (start, end), sentence, voice, context)
                if claim is not None:
                    yield claim

    def _claim(
        self,
        document: Document,
        span: tuple[int, int],
        sentence: Sentence,
        voice: Voice | None,
        context: Context,
    ) -> Claim | None:
        article = document.article
        text = article.text[span[0] : span[1]]
        words, levelled = wording(text, span[0], context.names.get(article.id, ()), context.rules)
        if sum(word.says for word in words) < _LEAST:
            return None
        person = voice.person if voice is not None else ""
        spoken = origin(document, person, _beside(document, sentence, span), context)
        known = person if voice is not None and voice.named else ""
        known = known if " " in known else _NUMBERED.sub("", known)
        value = Utterance(words, known, spoken.english, _alike(context.rules))
        return Claim(
            Mention(article.id, span[0], span[1], text),
            (sentence.start, sentence.end),
            "quote",
            value,
            f"“{_short(text)}”",
            voice.rule if voice is not None else "",
            tuple(_slots(voice, spoken)),
            rules_used=tuple(filter(None, (spoken.rule, *levelled))),
            in_headline=sentence.is_headline,
        )

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        """Words of one speaker, and pairs of neighbouring words of anybody."""
        said = [word.key for word in claim.value.words if word.says]
        if claim.attributed_to:
            yield from (("speaker", _speaker(claim), key) for key in set(said))
        yield from (("pair", *pair) for pair in pairwise(said))

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        if a.mention.article == b.mention.article and a.in_headline == b.in_headline:
            return None
        events = context.events
        if events.get(a.mention.article) != events.get(b.mention.article):
            return None
        match = _match(a, b)
        found = align(a.value.words, b.value.words)
        cover, words = _thresholds(context.rules)[match]
        if found.cover < cover or found.said < words:
            return None
        if match == "two-speakers" and not (a.value.speaker and b.value.speaker):
            return None
        if not (_is_nearest(a, b, context) and _is_nearest(b, a, context)):
            return Refusal("another sentence of the same speaker is closer", 0.5)
        return Link(min(1.0, found.cover), ("words", match))

    def relate(self, a: Claim, b: Claim) -> Relation:
        return relate_utterances(a.value, b.value)

    def _same_value(self, a: Claim, b: Claim) -> bool:
        return self.relate(a, b) is Relation.SAME

    def positions(self, claims: Sequence[Claim]) -> Positions:
        """One position a wording; of one wording given to several people, one for each."""
        found = super().positions(claims)
        labels = Counter(label for label, _ in found)
        return [
            (f"{label} ({group[0].attributed_to})" if labels[label] > 1 else label, group)
            for label, group in found
        ]

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        speakers = Counter(c.attributed_to for c in claims if c.attributed_to)
        who = min(speakers, key=lambda name: (-speakers[name], name)) if speakers else "somebody"
        return f"what {who} said: {min((c.label for c in claims), key=lambda s: (len(s), s))}"

    def words(self, a: Claim, b: Claim, rules: Rulebook) -> Mapping[str, str]:
        return {"speaker": a.attributed_to or b.attributed_to}

    def why(self, positions: Positions, pairs: Sequence[tuple[int, int]], verdict: str) -> str:
        if not pairs:
            return "" if len(positions) < 2 else "One remark, cut or told in other words."
        one, other = (positions[k][1][0] for k in pairs[0])
        if one.value.speaker and other.value.speaker and one.value.speaker != other.value.speaker:
            return f"One utterance, given to {one.attributed_to} and to {other.attributed_to}."
        return f"One remark in two wordings: {one.label} / {other.label}."

    def rules_behind(self, claims: Sequence[Claim], rules: Rulebook) -> frozenset[str]:
        """How alike the wordings had to be."""
        return frozenset(f"quote-match.{_match(a, b)}" for a, b in pairwise(claims))


def _sentences(document: Document, quotation: Quotation) -> Iterator[tuple[int, int, Sentence]]:
    """The sentences inside a quotation, without marks and white space around."""
    text = document.article.text
    for sentence in document.sentences:
        start, end = max(sentence.start, quotation.start), min(sentence.end, quotation.end)
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not (text[end - 1].isalnum() or text[end - 1] in ".!?"):
            end -= 1
        if start < end:
            yield start, end, sentence


def _beside(document: Document, sentence: Sentence, span: tuple[int, int]) -> str:
    """What stands around the quotation in its sentence, and in the one that leads up to it."""
    text = document.article.text
    before = document.sentences[sentence.index - 1 : sentence.index] if sentence.index else ()
    lead = before[0].text if before and before[0].text.rstrip("\"“„«'‘ ").endswith(":") else ""
    return f"{lead} {text[sentence.start : span[0]]} {text[span[1] : sentence.end]}"


def _slots(voice: Voice | None, spoken: Origin) -> Iterator[tuple[str, Slot]]:
    if voice is not None:
        yield "speaker", Slot(voice.speaker, "named" if voice.named else "meant", voice.rule)
    if spoken.how:
        said = "english" if spoken.english > 0 else "translated" if spoken.english else "unsure"
        yield "language", Slot(said, spoken.how, spoken.rule)


def _speaker(claim: Claim) -> str:
    """Who speaks; what tells apart two things of one name is no more than how much an account says
    of them."""
    bare = _NUMBERED.sub("", claim.attributed_to)
    return claim.attributed_to if " " in bare else bare


def _match(a: Claim, b: Claim) -> str:
    """Which of the rules decides: whose the two quotations are."""
    if a.attributed_to and _speaker(a) == _speaker(b):
        return "same-speaker"
    persons = a.value.speaker and b.value.speaker
    return "two-speakers" if persons else "unknown-speaker"


@cache
def _thresholds(rules: Rulebook) -> dict[str, tuple[float, float]]:
    return {
        rule.id.split(".", 1)[1]: (rule.number("cover"), rule.number("words"))
        for rule in rules.section("quote-matching")
    }


def _is_nearest(claim: Claim, other: Claim, context: Context) -> bool:
    """Whether no sentence of the same speaker in the other account is closer to the claim."""
    kept: dict[Hashable, float] = context.across.setdefault("nearest quotes", {})
    key = (claim.key, other.mention.article, _speaker(other))
    if key not in kept:
        kept[key] = max(
            (_likeness(claim, rival) for rival in _rivals(claim, other, context)), default=0.0
        )
    return _likeness(claim, other) >= kept[key]


def _rivals(claim: Claim, other: Claim, context: Context) -> Iterator[Claim]:
    """The quotations of the other account that share one of the claim's rarest words."""
    if "quotes" not in context.across:
        context.across["quotes"] = _by_word(context.claims)
    said: dict[Hashable, list[Claim]] = context.across["quotes"]
    keys = {word.key for word in claim.value.words if word.says}
    lists = [said.get((other.mention.article, _speaker(other), key), []) for key in keys]
    rarest = sorted((found for found in lists if found), key=lambda f: (len(f), f[0].key))
    for found in rarest[:_RAREST]:
        yield from found[:_RIVALS]


def _by_word(claims: Iterable[Claim]) -> dict[Hashable, list[Claim]]:
    found: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in {w.key for w in claim.value.words if w.says} if claim.kind == "quote" else ():
            found[claim.mention.article, _speaker(claim), key].append(claim)
    return found


def _likeness(a: Claim, b: Claim) -> float:
    return align(a.value.words, b.value.words).shared


@cache
def _alike(rules: Rulebook) -> _Alike:
    return _Alike(lexicon(rules))


class _Alike:
    """Whether two words can mean the same."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words

    def __call__(self, a: str, b: str) -> bool:
        noun = self._words.nouns_relate(a, b)
        return noun in {"same", "synonym", "broader", "narrower"} or self._words.verbs_relate(a, b)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1].rstrip() + "…"
