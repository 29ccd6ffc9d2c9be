"""Names: who is who, and whose name is spelled in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from crosscheck.grammar.bearers import bearers, promoted, role_of
from crosscheck.grammar.identity import WEAK, Bearer, Sighting, bearers_of, sighting
from crosscheck.grammar.labels import Label, labels_in, same_labels
from crosscheck.grammar.names import NameMention, Reading, folded, read_sentences
from crosscheck.kinds.base import Context, Disagreement, Kind, Positions
from crosscheck.language import Document, Sentence
from crosscheck.model import Claim, KindName, Link, Mention, Refusal, Slot, Verdict
from crosscheck.rulebook import Rulebook
from crosscheck.slots.topics import known_as
from crosscheck.values.interval import Relation

_PLAIN = "name-words.capitals"
_NEAR = 0.6
"""How much two people of one surname look alike, among all that was left alone."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, its bearer's id, and the spelling (its fullest form) it belongs to.

    ``respelled`` holds, for every other spelling of the bearer: that spelling, the relation of
    the two (``romanisation``, ``misspelling``, ``office`` ...) and a phrase for people.
    """

    tokens: tuple[str, ...]
    bearer: str
    spelling: str
    respelled: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Identified:
    """A name of an article with its bearer and its spelling."""

    sentence: Sentence
    mention: NameMention
    bearer: Bearer
    spelling: str
    rules: frozenset[str]


def readings_of(document: Document, context: Context) -> tuple[Reading, ...]:
    """The names and titles of every sentence of a document, read once."""
    kept: dict[str, tuple[Reading, ...]] = context.memo.setdefault("readings", {})
    if document.article.id not in kept:
        kept[document.article.id] = tuple(
            promoted(reading, context.rules)
            for reading in read_sentences(document.sentences, context.rules)
        )
    return kept[document.article.id]


def identify(documents: Sequence[Document], context: Context) -> None:
    """Sort the names of all documents into their bearers; fills ``context.people`` (article and
    form as written -> id) and ``context.names`` (article -> offsets and id). The order of the
    documents does not matter."""
    everywhere: list[tuple[str, Reading, Sighting]] = [
        (document.article.id, reading, seen)
        for document in sorted(documents, key=lambda d: d.article.id)
        for reading in readings_of(document, context)
        for seen in _sightings(document, reading, context)
    ]
    sorted_out = bearers_of([seen for _, _, seen in everywhere], context.rules)
    owner = {
        id(seen): (bearer, spelling, frozenset(node.rules))
        for bearer in sorted_out
        for spelling, nodes in bearer.spellings
        for node in nodes
        for seen in node.sightings
    }
    identified: dict[str, list[_Identified]] = {d.article.id: [] for d in documents}
    context.memo["identified"] = identified
    context.names.update((article, []) for article in identified)
    for article, reading, seen in everywhere:
        bearer, spelling, applied = owner[id(seen)]
        mention = seen.mention
        context.people[article, mention.text] = bearer.id
        context.names[article].append((mention.start, mention.end, bearer.id))
        context.bearers.setdefault(bearer.id, set()).add(mention.kind)
        identified[article].append(
            _Identified(reading.sentence, mention, bearer, spelling, applied)
        )
    for names in context.names.values():
        names.sort()

    context.memo["labels"] = _label_claims(documents, context)


def _label_claims(documents: Sequence[Document], context: Context) -> dict[str, list[Claim]]:
    """The claims of every article that name something by a number."""
    labels = [
        label
        for document in sorted(documents, key=lambda d: d.article.id)
        for sentence in document.sentences
        for label in labels_in(document.article.id, sentence, context.rules)
    ]
    claims: dict[str, list[Claim]] = defaultdict(list)
    for group in same_labels(labels):
        for label in group:
            claims[label.article].append(_label_claim(label, group))
    return claims


def _label_claim(label: Label, group: Sequence[Label]) -> Claim:
    numbers = sorted({other.number for other in group})
    bearer = f"{label.rule.split('.', 1)[1]} {'/'.join(numbers)}"
    others = tuple((n, "digit", "one digit differs") for n in numbers if n != label.number)
    offset = label.sentence.start
    text = label.sentence.text[label.start - offset : label.end - offset]
    return Claim(
        Mention(label.article, label.start, label.end, text),
        (offset, label.sentence.end),
        "name",
        Name((label.number,), bearer, label.number, others),
        text,
        label.rule,
        (("bearer", Slot(bearer, "label", label.rule)),),
        rules_used=(label.rule,),
    )


def _sightings(document: Document, reading: Reading, context: Context) -> Iterator[Sighting]:
    borne = defaultdict(list)
    for bearer in bearers(reading, context.rules):
        borne[bearer.name.start].append(role_of(bearer, reading))
    for mention in reading.names:
        roles = tuple(borne[mention.start])
        yield sighting(document.article.id, mention, roles, reading.sentence.start)


class NameKind(Kind):
    """Mentions of names; a topic is one bearer, its positions are the spellings of the name."""

    name: KindName = "name"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        if "identified" not in context.memo:
            identify(context.documents, context)
        found: list[_Identified] = context.memo["identified"].get(document.article.id, [])
        labels: list[Claim] = context.memo["labels"].get(document.article.id, [])
        claims = [*(self._claim(document, item) for item in found), *labels]
        return sorted(claims, key=lambda claim: claim.order)

    def _claim(self, document: Document, item: _Identified) -> Claim:
        mention, sentence = item.mention, item.sentence
        rule = mention.evidence[0] if mention.evidence else _PLAIN
        used = dict.fromkeys((*mention.evidence, *mention.shaped_by, *sorted(item.rules), _PLAIN))
        return Claim(
            Mention(document.article.id, mention.start, mention.end, mention.text),
            (sentence.start, sentence.end),
            "name",
            Name(mention.tokens, item.bearer.id, item.spelling, _respelled(item)),
            mention.text,
            rule,
            (("bearer", Slot(item.bearer.id, mention.kind, rule)),),
            rules_used=tuple(used),
        )

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        yield claim.value.bearer

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        return Link(1.0, ("bearer",)) if a.value.bearer == b.value.bearer else None

    def relate(self, a: Claim, b: Claim) -> Relation:
        same = (a.value.bearer, a.value.spelling) == (b.value.bearer, b.value.spelling)
        return Relation.SAME if same else Relation.APART

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        bearer = known_as(min(claim.value.bearer for claim in claims))
        if claims[0].slots[0][1].how == "label":
            return f"the number of the {bearer}"
        return f"how {bearer} is spelled"

    def groups(self, claims: Sequence[Claim], context: Context) -> list[list[Claim]]:
        """One list of claims a bearer. Spellings that only a slip or a shared office joins are
        kept together within an event only."""
        by_bearer: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(claims, key=lambda c: c.order):
            by_bearer[claim.value.bearer].append(claim)
        return [
            group
            for _, members in sorted(by_bearer.items())
            for group in _within_events(members, context)
        ]

    def left_alone(
        self, claims: Sequence[Claim], context: Context
    ) -> list[tuple[tuple[Claim, Claim], Refusal]]:
        """Two people of one event who share a surname: what looks alike and is not compared."""
        first: dict[tuple[str, str], dict[str, Claim]] = defaultdict(dict)
        for claim in sorted(claims, key=lambda c: c.order):
            name = claim.value
            if claim.slots[0][1].how == "person" and len(name.tokens) > 1:
                surname = folded(name.tokens[-1:])[0]
                event = context.events.get(claim.mention.article, "")
                first[event, surname].setdefault(name.bearer, claim)
        return [
            ((a, b), Refusal(f"two people: {a.value.bearer} and {b.value.bearer}", _NEAR))
            for _, people in sorted(first.items())
            for a, b in combinations(people.values(), 2)
        ]

    def positions(self, claims: Sequence[Claim]) -> list[tuple[str, tuple[Claim, ...]]]:
        """One position a spelling, the most widely used first."""
        by_spelling: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_spelling[claim.value.spelling].append(claim)
        ordered = sorted(by_spelling.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(label, tuple(members)) for label, members in ordered]

    def disagreeing(self, positions: Positions) -> list[Disagreement]:
        """All pairs of spellings: what is no respelling shares a position."""
        return [
            Disagreement(i, j, _evidence(positions[i], positions[j]))
            for i, j in combinations(range(len(positions)), 2)
        ]

    def verdict(self, one: Sequence[Claim], other: Sequence[Claim]) -> Verdict:
        """One name respelled is a variant; two numbers of one flight contradict each other."""
        return "conflict" if one[0].slots[0][1].how == "label" else "variant"

    def why(
        self,
        positions: Positions,
        pairs: Sequence[tuple[int, int]],
        verdict: str,
    ) -> str:
        if not pairs:
            return "All accounts spell the name alike."
        said = [f"{positions[i][0]} / {positions[j][0]}" for i, j in pairs[:1]]
        reasons = [_evidence(positions[i], positions[j]) for i, j in pairs]
        reason = next((r for r in reasons if r), "")
        spelled = f"One name, spelled in {len(positions)} ways: {said[0]}"
        if verdict == "conflict":
            spelled = f"One thing, by {len(positions)} numbers: {said[0]}"
        return f"{spelled} — {reason}." if reason else f"{spelled}."


def _respelled(item: _Identified) -> tuple[tuple[str, str, str], ...]:
    """The other spellings of the bearer, each with the strongest reason found for it."""
    home = {label: {n.form for n in nodes} for label, nodes in item.bearer.spellings}
    out = []
    for label in home:
        links = [
            r
            for r in item.bearer.respellings
            if (r.a in home[item.spelling] and r.b in home[label])
            or (r.b in home[item.spelling] and r.a in home[label])
        ]
        if label != item.spelling and links:
            out.append((label, links[0].relation, links[0].because))
    return tuple(out)


def _evidence(one: tuple[str, tuple[Claim, ...]], other: tuple[str, tuple[Claim, ...]]) -> str:
    for label, relation, because in one[1][0].value.respelled:
        if label == other[0]:
            return str(because or relation)
    return ""


def _within_events(claims: Sequence[Claim], context: Context) -> list[list[Claim]]:
    """The claims of a bearer, parted where only weak evidence joins spellings of two events."""
    spellings = sorted({c.value.spelling for c in claims})
    if len(spellings) < 2:
        return [list(claims)]
    home = {spelling: {spelling} for spelling in spellings}
    for a, b in combinations(spellings, 2):
        if _stay_together(a, b, claims, context) and home[a] is not home[b]:
            home[a] |= home[b]
            for member in home[b]:
                home[member] = home[a]
    groups = {id(h): h for h in home.values()}
    return [[c for c in claims if c.value.spelling in group] for group in groups.values()]


def _stay_together(a: str, b: str, claims: Sequence[Claim], context: Context) -> bool:
    mine = [c for c in claims if c.value.spelling == a]
    theirs = [c for c in claims if c.value.spelling == b]
    relations = [r for label, r, _ in mine[0].value.respelled if label == b]
    if any(relation not in WEAK for relation in relations):
        return True
    return bool(_events(mine, context) & _events(theirs, context))


def _events(claims: Sequence[Claim], context: Context) -> set[str]:
    return {context.events.get(c.mention.article, "") if context.events else "" for c in claims}
