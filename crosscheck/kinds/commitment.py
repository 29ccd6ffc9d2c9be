"""How far somebody has gone towards a deed: refused, considered, agreed, promised, done or not.

Two claims meet when the same party does closely the same deed, or the same thing suffers it, in
accounts of one event. They disagree when they leave no step of the scale in common. Where one can
have followed the other in time, it is an update.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import combinations

from crosscheck.grammar.times import read_times
from crosscheck.kinds.base import Context, Kind, Link, Positions, Refusal, accounts
from crosscheck.language import Document, Sentence, lemma, plural
from crosscheck.model import Claim, KindName, Mention, Slot, Verdict
from crosscheck.rulebook import Rulebook
from crosscheck.slots.deeds import deeds_of, is_passive
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.one_deed import Undertakings, one_deed, rules_of
from crosscheck.slots.stands import Reader, StandRead
from crosscheck.slots.steps import steps_of
from crosscheck.slots.world import World
from crosscheck.values.commitment import DONE, Stand, has_moved, relate
from crosscheck.values.interval import Relation
from crosscheck.values.moments import Moment

_AUXILIARIES = frozenset("will would wo 'll ’ll shall not n't n’t never no".split())
_UNREAD = frozenset({"meta", "furniture", "caption"})
_HOUR = 3600


class CommitmentKind(Kind):
    """What somebody will do, would do, has done or has not; the value is a ``Stand``."""

    name: KindName = "commitment"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        """Also the facts that another account denies, whatever the verb."""
        if "commitment" not in context.memo:
            accounts_read = ((d.article.id, _told(d, context)) for d in context.documents)
            context.memo["commitment"] = dict(accounts_read)
        told: dict[str, _Told] = context.memo["commitment"]
        own = told[document.article.id]
        others = [t for id, t in told.items() if id != document.article.id]
        verbs = frozenset[str]().union(*(t.doubted for t in others))
        things = frozenset[str]().union(*(t.things for t in others))
        found = [*own.read, *_facts(document, own, verbs, things)]
        for frame, read in sorted(found, key=lambda item: (item[1].start, item[1].verb.i)):
            yield _claim(frame, read, document, context, own.reader)

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        for name in ("actor", "patient"):
            slot = claim.slot(name)
            if slot is not None:
                yield "party", slot.value.rsplit(" ", 1)[-1].lower()
        if claim.filled("deed"):
            yield "deed", claim.filled("deed")
        if claim.filled("verb") and not claim.filled("light"):
            yield "verb", claim.filled("verb")
        yield from (("object", w) for w in claim.filled("object").split("|") if w)

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        return one_deed(a, b, _undertakings(context))

    def relate(self, a: Claim, b: Claim) -> Relation:
        return relate(a.value, b.value)

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        """Such as "Anna Bolt: to sign the treaty" or "the mill: to close"."""
        first = min(claims, key=_plainness)
        slot = first.slot("actor") or first.slot("patient")
        party = slot.value if slot else ""
        if slot and slot.how.endswith("noun"):
            party = f"the {party}"
        elif slot and slot.how == "group":
            *lead, noun = party.split()
            party = " ".join((*lead, plural(noun)))
        elif slot and slot.how == "owned":
            party = f"the {party}"
        return f"{party}: {_deed(first)}"

    def words(self, a: Claim, b: Claim, rules: Rulebook) -> Mapping[str, str]:
        party, _, _ = self.topic([a, b], rules).partition(": ")
        verbs = dict.fromkeys(f"“{v}”" for c in (a, b) if (v := c.filled("verb")))
        common = sorted(set(a.filled("object").split("|")) & set(b.filled("object").split("|")))
        quoted = ", ".join(f"“{word}”" for word in common if word)
        return {"party": party, "verb": " or ".join(verbs), "object": quoted}

    def why(self, positions: Positions, pairs: Sequence[tuple[int, int]], verdict: str) -> str:
        if verdict == "compatible":
            return "One says less than the other: both can be true."
        return ""

    def rules_behind(self, claims: Sequence[Claim], rules: Rulebook) -> frozenset[str]:
        return frozenset(r for a, b in combinations(claims, 2) for r in rules_of(a, b, rules))

    def evolves(self, claims: Sequence[Claim], rules: Rulebook) -> bool:
        return True

    def verdict(self, one: Sequence[Claim], other: Sequence[Claim]) -> Verdict | None:
        """An update if the accounts speak of different moments and the later one can follow."""
        pairs = [(a.value, b.value) for a in one for b in other]
        follows = [_follows(a, b) for a, b in pairs if relate(a, b) is Relation.APART]
        return "update" if follows and all(follows) else "conflict"


def _undertakings(context: Context) -> Undertakings:
    if "undertakings" not in context.across:
        context.across["undertakings"] = Undertakings.of(accounts(context))
    found: Undertakings = context.across["undertakings"]
    return found


def _deed(claim: Claim) -> str:
    """The deed as the party of a topic is to do it; what is to be done to another thing is turned
    round: "to close the mill"."""
    told, verb, head = (claim.filled(name) for name in ("deed_text", "verb", "head"))
    if claim.slot("actor") and told.startswith("to be ") and verb:
        return f"to {verb} the {head}" if head else f"to {verb} it"
    return told or "the same deed"


def _plainness(claim: Claim) -> tuple[object, ...]:
    """What names a topic best goes first: who does what, before what is done to it."""
    deed = claim.filled("deed_text")
    return not deed, deed.startswith("to be "), claim.order


# --- finding ------------------------------------------------------------------------------------


@cache
def _triggers(rules: Rulebook) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """The words of which one, and the phrases of which all, must stand in a sentence."""
    steps, deeds = steps_of(rules), deeds_of(rules)
    words = {*steps.verbs, *steps.adjectives, *steps.nouns, *deeds.verbs}
    phrases = [
        frozenset({verb, *rest.split()} - {"be"})
        for table in (steps.phrases, steps.of_subject, deeds.phrases)
        for verb, items in table.items()
        for rest, _ in items
    ]
    return frozenset(words), tuple(phrases)


def _may_tell(sentence: Sentence, rules: Rulebook) -> bool:
    """Whether a sentence is worth parsing."""
    if not _is_told(sentence):
        return False
    lowered = sentence.text.lower().replace("n't", " n't").replace("n’t", " n't")
    words = set("".join(c if c.isalnum() or c in "'’-" else " " for c in lowered).split())
    if words & _AUXILIARIES:
        return True
    words |= {lemma(word, tag) for word in words for tag in ("VBD", "NN")}
    single, phrases = _triggers(rules)
    return bool(words & single) or any(phrase <= words for phrase in phrases)


@dataclass(frozen=True, eq=False)
class _Told:
    """What the words of an account tell, and the verbs of what it says is not done, with all that
    may mean the same; ``things`` are nouns that name it."""

    reader: Reader
    read: tuple[tuple[Frame, StandRead], ...]
    doubted: frozenset[str]
    things: frozenset[str]


def _told(document: Document, context: Context) -> _Told:
    reader = Reader.of(_world(document, context), _organisations(context))
    sentences = [s for s in document.sentences if _may_tell(s, context.rules)]
    read = tuple(_read(document, sentences, reader))
    unlisted = [r.deed for _, r in read if r.deed.kind is None and DONE not in r.steps]
    words = lexicon(context.rules)
    verbs = [deed.verb for deed in unlisted if deed.verb and deed.verb not in reader.deeds.light]
    doubted = frozenset().union(*(words.like_verbs(verb) for verb in verbs))
    light = reader.deeds.light
    things = (d.direct or d.head for d in unlisted if not d.verb or d.verb in light)
    return _Told(reader, read, doubted, frozenset(filter(None, things)))


def _read(
    document: Document, sentences: Sequence[Sentence], reader: Reader
) -> Iterator[tuple[Frame, StandRead]]:
    if sentences:
        sentences[0].language.parse(sentences)
    for sentence in sentences:
        frame = Frame(sentence, ())
        at = sentence.index
        before = Frame(document.sentences[at - 1], ()) if at else None
        yield from ((frame, read) for read in reader.read(frame, before))


def _facts(
    document: Document, told: _Told, doubted: frozenset[str], things: frozenset[str]
) -> Iterator[tuple[Frame, StandRead]]:
    """Facts of which the rules know nothing, and which another account denies."""
    wanted = {verb.split()[0] for verb in doubted} | things
    sentences = [s for s in document.sentences if _is_told(s) and _lemmas(s.text) & wanted]
    known = {(read.start, read.verb.start) for _, read in told.read}
    for frame, read in _read(document, sentences, told.reader.doubting(doubted, things)):
        if (read.start, read.verb.start) not in known:
            yield frame, read


def _is_told(sentence: Sentence) -> bool:
    """Questions and furniture tell nothing."""
    asked = sentence.text.rstrip('"”» ').endswith("?")
    return sentence.zone.role not in _UNREAD and not asked


def _lemmas(text: str) -> set[str]:
    words = text.lower().replace(",", " ").replace(".", " ").split()
    return {lemma(word, tag) for word in words for tag in ("VBD", "NN")}


def _world(document: Document, context: Context) -> World:
    article = document.article
    people = frozenset(n for n, kinds in context.bearers.items() if "person" in kinds)
    names = tuple(context.names.get(article.id, ()))
    return World(context.rules, names, article.published, document.sentences, people)


def _organisations(context: Context) -> frozenset[str]:
    return frozenset(n for n, kinds in context.bearers.items() if "organisation" in kinds)


def _claim(
    frame: Frame, read: StandRead, document: Document, context: Context, reader: Reader
) -> Claim:
    sentence, article = frame.sentence, document.article
    end = max(read.deed.end, read.verb.end, read.word.end)
    value, when = _moments(frame, read, _stand(read), document, context)
    return Claim(
        mention=Mention(article.id, read.start, end, article.text[read.start : end]),
        sentence=(sentence.start, sentence.end),
        kind="commitment",
        value=value,
        label=read.label,
        rule=read.rules[0],
        slots=tuple(_slots(frame, read, when, reader)),
        polarity="denied" if value.excludes_deed else "affirmed",
        as_of=sentence.zone.posted,
        rules_used=read.rules,
        in_headline=sentence.is_headline,
    )


def _stand(read: StandRead) -> Stand:
    return Stand(read.steps, read.own)


def _slots(frame: Frame, read: StandRead, when: str, reader: Reader) -> Iterator[tuple[str, Slot]]:
    deed = read.deed
    if read.actor is not None:
        yield "actor", read.actor
    if read.patient is not None:
        yield "patient", read.patient
    yield "named", Slot(deed.how, "deed")
    if deed.verb:
        yield "verb", Slot(deed.verb, deed.how)
    if deed.kind is not None:
        yield "deed", Slot(deed.kind.name, deed.how, deed.kind.rule)
        yield "who", Slot(deed.kind.who, "rule", deed.kind.rule)
        if deed.kind.each:
            yield "each", Slot("yes", "rule", deed.kind.rule)
        if deed.kind.bare:
            yield "bare", Slot("yes", "rule", deed.kind.rule)
    if deed.verb in reader.deeds.light and deed.kind is None:
        yield "light", Slot("yes", "rule", reader.deeds.light[deed.verb])
    if deed.words:
        yield "object", Slot("|".join(deed.words), "object")
    if deed.head:
        yield "head", Slot(deed.head, "object")
    if deed.direct:
        yield "direct", Slot(deed.direct, "object")
    if deed.goal:
        yield "goal", Slot(deed.goal, "object")
    if deed.names:
        yield "names", Slot("|".join(deed.names), "object")
    for word in sorted(set(deed.marks) & reader.deeds.others.keys()):
        yield "other", Slot(word, "modifier", reader.deeds.others[word])
    if deed.marks:
        yield "marks", Slot("|".join(deed.marks), "object")
    if when:
        yield "when", Slot(when, "time expression")
    if deed.how == "verb" and not (deed.kind and deed.kind.opposite):
        rest = frame.text(read.verb.end, max(deed.end, read.verb.end)).strip(" ,.;")
        verb = f"be {read.verb.lower}" if is_passive(frame, read.verb) else read.verb.lemma
        yield "deed_text", Slot(f"to {verb} {rest}".strip(), "verb")


def _moments(
    frame: Frame, read: StandRead, stand: Stand, document: Document, context: Context
) -> tuple[Stand, str]:
    """The stand with the moment of which it speaks, and the day for which the deed is foreseen:
    what hangs on the deed of a promise dates the deed, else the stand."""
    sentence, article = frame.sentence, document.article
    anchor = sentence.zone.posted or article.published
    at, timed = anchor, sentence.zone.posted is not None or article.dated == "time"
    when = ""
    for mention in read_times(sentence.text, anchor, context.rules):
        low = mention.value.nominal.low if isinstance(mention.value, Moment) else None
        if low is None:
            continue
        start = sentence.start + mention.start
        token = next((t for t in frame.tokens if t.start >= start), None)
        above = list(frame.ancestors(token)) if token is not None else []
        governor = next((t for t in above if t.pos in {"VERB", "AUX"}), None)
        of_deed = governor is not None and governor.i == read.verb.i
        if of_deed and (read.word.i != read.verb.i or not stand.is_done):
            when = low.date().isoformat()
        else:
            at, timed = low, False
    naive = at.replace(tzinfo=None) if at is not None else None
    return replace(stand, at=naive, timed=timed), when


# --- comparing ----------------------------------------------------------------------------------


def _follows(a: Stand, b: Stand) -> bool:
    """Whether one of two stands that exclude each other may have come after the other."""
    if a.at is None or b.at is None:
        return False
    both_timed = a.timed and b.timed
    apart = abs((a.at - b.at).total_seconds())
    if a.at.date() == b.at.date() and not (both_timed and apart >= _HOUR):
        return False
    earlier, later = sorted((a, b), key=_moment)
    return has_moved(earlier, later)


def _moment(stand: Stand) -> datetime:
    assert stand.at is not None
    return stand.at
