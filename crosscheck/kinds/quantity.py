"""Figures: how many, how much, how long, how old."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from crosscheck.grammar.counted import CountedNoun, counted, counted_by
from crosscheck.grammar.quantities import Figure, read
from crosscheck.kinds.base import Context, Kind, Positions
from crosscheck.language import Document, Sentence, plural
from crosscheck.model import Claim, KindName, Link, Mention, Refusal, Slot, Verdict
from crosscheck.rulebook import Rulebook
from crosscheck.slots.arithmetic import contradictions
from crosscheck.slots.arithmetic.conversions import misconverted
from crosscheck.slots.arithmetic.derived import FROM, explained, follows, is_derived
from crosscheck.slots.arithmetic.lines import Line, Stated
from crosscheck.slots.arithmetic.parts import whole_and_sort
from crosscheck.slots.beliefs import Beliefs, sizes
from crosscheck.slots.common import common
from crosscheck.slots.fill import Filled, fill
from crosscheck.slots.frames import Anchor, Frame
from crosscheck.slots.history import tells_history
from crosscheck.slots.likeness import plain_dimension
from crosscheck.slots.match import match
from crosscheck.slots.periods import days_of
from crosscheck.slots.recalled import fits
from crosscheck.slots.shapes import is_sum, one_more
from crosscheck.slots.slips import digits_of, named, other_currency, other_period, slipped
from crosscheck.slots.surroundings import Surroundings
from crosscheck.slots.things import said_to_be
from crosscheck.slots.topics import disputed, evolves, located, rules_behind, surroundings, title
from crosscheck.slots.world import World
from crosscheck.values.interval import Interval, Relation
from crosscheck.values.names import compare_names
from crosscheck.values.quantity import Quantity, label, relate
from crosscheck.values.units import COUNT

_UNREAD = frozenset({"furniture", "meta"})

_SMALL = 12
_PART_OF = 0.5
"""How much a whole and a sort of it look alike."""
_ELLIPTIC = 60  # characters after which a noun is no longer left out
_CLAUSE = re.compile(r"\b(?:which|who|whose|that|while|where|because|when)\b|[.;]", re.I)
_WHO = re.compile(r"\s+who\b")
_SLIPS = (other_currency, other_period, slipped)
_COMPARED = re.compile(r"\b(?:compared (?:with|to)|up from|down from|against|versus)\s$")
_PEOPLE = frozenset(["", "people", "person", "other"])

_FALLING = frozenset("fall take get go come".split())
"""Verbs that say what becomes of somebody only together with the word behind: 40 fall ill."""

Seen = tuple[Sentence, Figure, CountedNoun | None]


def figures_of(document: Document, context: Context) -> list[Seen]:
    """The figures of an article with what they count, in the order of the text.

    Only sentences in which the grammar saw a figure are parsed, in one batch.
    """
    found = [
        (sentence, figures)
        for sentence in document.sentences
        if sentence.zone.role not in _UNREAD and (figures := read(sentence.text, context.rules))
    ]
    if found:
        found[0][0].language.parse([sentence for sentence, _ in found])
    read_out = [(s, f, counted(s, f) or counted_by(s, f)) for s, figures in found for f in figures]
    return [seen for seen in read_out if not _points_back(*seen)]


def _points_back(sentence: Sentence, figure: Figure, noun: CountedNoun | None) -> bool:
    """ "The road between the two": a definite number without a noun stands for things named."""
    value = figure.quantity.stated.low
    small = figure.quantity.unit == COUNT and value is not None and value <= _SMALL
    lead = sentence.text[: figure.start].lower().split()[-1:]
    return noun is None and small and lead in (["the"], ["these"], ["those"])


class QuantityKind(Kind):
    """Claims that give a figure; the value is a ``Quantity``."""

    name: KindName = "quantity"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        world = World(
            context.rules,
            tuple(context.names.get(document.article.id, ())),
            document.article.published,
            document.sentences,
            _people(context),
            _places(context),
        )
        lines: list[Line] = []
        for sentence, group in groupby(figures_of(document, context), key=lambda seen: seen[0]):
            stated = list(_claims(document, sentence, list(group), world))
            adjoins = bool(lines) and sentence.index - lines[-1].sentence.index <= 2
            lines.append(Line(sentence, stated, lines[-1] if adjoins else None))
            yield from (figure.claim for figure in stated)
        yield from contradictions(lines, document.article, world)

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        """Figures meet only within a dimension, and where a slot of their topics agrees."""
        dimension = plain_dimension(claim)
        yield FROM, claim.filled(FROM) or str(claim.key)
        yield from sizes(claim)
        for name in ("state", "noun", "thing", "aspect", "predicate", "place", "owner"):
            if claim.filled(name):
                yield dimension, name, claim.filled(name)
        if dimension != "count":
            things = (claim.filled("noun"), claim.filled("thing"))
            yield from ((dimension, "about", thing) for thing in things if thing)
        digits = "".join(sorted(digits_of(claim)))
        if len(digits) > 1 or dimension == "money":
            yield dimension, "digits", digits
        if dimension == "age":
            yield (dimension,)
        elif dimension == "money" and claim.value.low is not None:
            yield dimension, claim.value.low
        elif dimension == "count" and claim.filled("noun") in _PEOPLE:
            yield dimension, "people"

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        if not (is_derived(a) or is_derived(b)):
            return _match(a, b, context)
        one, other = _base(a, context), _base(b, context)
        if one is None or other is None:
            return None
        if one is other:
            return Link(1.0, (FROM,))
        found = _match(one, other, context)
        return found if isinstance(found, Link) else None

    def relate(self, a: Claim, b: Claim) -> Relation:
        """More may be counted of "countries and organisations" than of countries alone."""
        found = self._relate(a, b)
        if found is not Relation.APART or bool(a.filled("wider")) == bool(b.filled("wider")):
            return found
        wide, plain = (a, b) if a.filled("wider") else (b, a)
        low, high = wide.value.bounds.low, plain.value.bounds.high
        counts_more = low is not None and high is not None and low >= high
        return Relation.OVERLAP if counts_more else found

    def _relate(self, a: Claim, b: Claim) -> Relation:
        one, other = _moved(a.value), _moved(b.value)
        if one.change and other.change and one.change != other.change:
            return Relation.APART
        if other_period(a, b):
            return Relation.APART
        if one.unit.dimension == other.unit.dimension:
            return relate(one, other)
        if other_currency(a, b):
            return Relation.APART
        bounds: Relation = a.value.bounds.relate(b.value.bounds)
        return bounds

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        return title(claims, rules)

    def positions(self, claims: Sequence[Claim]) -> Positions:
        """One position a value; a conversion in parentheses belongs to the figure it converts."""
        converted = {c.filled("converts"): c for c in claims if c.filled("converts")}
        here = {str(claim.key) for claim in claims}
        own = [claim for claim in claims if claim.filled("converts") not in here]
        found = super().positions(own)
        labels = Counter(label for label, _ in found)
        return [
            (
                _with_conversion(_directed(label, members, labels), members, converted),
                _joined(members, converted),
            )
            for label, members in found
        ]

    def telling(
        self, positions: Positions, pairs: Sequence[tuple[int, int]]
    ) -> Sequence[tuple[int, int]]:
        """A figure that only follows from another one is held against that one, not against what
        other accounts make of the matter."""
        sides = [claims for _, claims in positions]
        inferred = [all(map(is_derived, claims)) for claims in sides]
        return [
            (i, j)
            for i, j in pairs
            if not (inferred[i] or inferred[j])
            or any(follows(a, b) for a in sides[i] for b in sides[j])
        ]

    def _same_value(self, a: Claim, b: Claim) -> bool:
        opposed = {_moved(claim.value).change for claim in (a, b)} == {"up", "down"}
        return not opposed and not other_period(a, b) and super()._same_value(a, b)

    def verdict(self, one: Sequence[Claim], other: Sequence[Claim]) -> Verdict | None:
        """A slip is no revision, nor is a figure that follows from the one beside it; what an
        account itself gives as an earlier figure is."""
        pairs = [(a, b) for a in one for b in other]
        if any(follows(a, b) for a, b in pairs):
            return "conflict"
        if tells_history(one, other):
            return "update"
        slips = sum(any(test(a, b) for test in _SLIPS) for a, b in pairs)
        return "conflict" if 2 * slips > len(pairs) else None

    def why(self, positions: Positions, pairs: Sequence[tuple[int, int]], verdict: str) -> str:
        met = [(a, b) for i, j in pairs for a in positions[i][1] for b in positions[j][1]]
        return next((told for a, b in met if (told := explained(a, b))), "")

    def remark(self, one: Sequence[Claim], other: Sequence[Claim]) -> str:
        """The slip by which most claims of one side differ from those of the other."""
        slips = [named(a, b) for a in one for b in other]
        likeliest = max(sorted(set(slips)), key=slips.count)
        return likeliest if 2 * slips.count(likeliest) > len(slips) else ""

    def words(self, a: Claim, b: Claim, rules: Rulebook) -> Mapping[str, str]:
        return common(a, b, rules)

    def evolves(self, claims: Sequence[Claim], rules: Rulebook) -> bool:
        return evolves(claims, rules)

    def rules_behind(self, claims: Sequence[Claim], rules: Rulebook) -> frozenset[str]:
        return rules_behind(claims, rules)

    def disputed(self, claims: Sequence[Claim], rules: Rulebook) -> bool:
        return disputed(claims, rules)


def _directed(label: str, members: Sequence[Claim], labels: Mapping[str, int]) -> str:
    """A rise and a fall by one number are told apart by a word, and so are one number for two
    periods and a count of more than one sort of thing ("35 countries and organisations")."""
    change = _moved(members[0].value).change
    rate = members[0].filled("period")
    if labels[label] > 1 and rate.startswith("a-"):
        return f"{label} {rate.split('|')[0].replace('-', ' ')}"
    if labels[label] > 1 and change:
        return f"{change} {label}"
    nouns = {(claim.filled("noun"), claim.filled("wider")) for claim in members}
    noun, wider = nouns.pop() if len(nouns) == 1 else ("", "")
    if not noun or not wider:
        return label
    return f"{label} {plural(noun)} and {' and '.join(map(plural, wider.split()))}"


def _joined(members: Sequence[Claim], converted: Mapping[str, Claim]) -> tuple[Claim, ...]:
    found = {id(c): c for m in members for c in (m, converted.get(str(m.key))) if c is not None}
    return tuple(sorted(found.values(), key=lambda claim: claim.order))


def _with_conversion(label: str, members: Sequence[Claim], converted: Mapping[str, Claim]) -> str:
    other = sorted({c.label for m in members if (c := converted.get(str(m.key)))} - {label})
    return f"{label} ({', '.join(other)})" if other else label


def _unless_verb(
    sentence: Sentence, figure: Figure, noun: CountedNoun | None, world: World
) -> CountedNoun | None:
    """Drop the noun of "9,000 flood the city", a headline whose verb was taken for a noun: it has
    a noun behind it, or it would count many and is no plural."""
    if noun is None or not sentence.is_headline:
        return noun
    if noun.modifiers and world.lexicon.state_of(noun.modifiers[0], "VERB") is not None:
        return None
    head, low = sentence.tokens[noun.head], figure.quantity.stated.low
    many = figure.quantity.unit == COUNT and low is not None and low > 1
    bare = not noun.modifiers and noun.how == "counted noun" and head.tag in {"NN", "NNP"}
    verb = world.lexicon.state_of(head.lower, "VERB") is not None or head.lower in _FALLING
    touching = head.start - sentence.start == figure.end + 1
    return None if many and bare and verb and touching else noun


def _moved(quantity: Quantity) -> Quantity:
    """ "Minus 3 percent" is a fall of 3 percent."""
    stated, bounds = quantity.stated, quantity.bounds
    if quantity.unit.dimension not in {"percent", "point"} or stated.high is None:
        return quantity
    if stated.high >= 0 or stated.low is None or bounds.low is None or bounds.high is None:
        return quantity
    return replace(
        quantity,
        stated=Interval(-stated.high, -stated.low, stated.high_closed, stated.low_closed),
        bounds=Interval(-bounds.high, -bounds.low, bounds.high_closed, bounds.low_closed),
        change="down",
    )


def _claims(
    document: Document, sentence: Sentence, seen: Sequence[Seen], world: World
) -> Iterator[Stated]:
    """The figures of one sentence with their claims. A conversion in parentheses is about what
    its figure is about."""
    seen = [(s, f, _unless_verb(s, f, noun, world)) for s, f, noun in seen]
    frame = Frame(sentence, [_anchor(sentence, figure, noun) for _, figure, noun in seen])
    states: dict[int, Slot] = {}
    filled: list[Filled] = []
    figures = [figure for _, figure, _ in seen]
    for k, (_, figure, noun) in enumerate(seen):
        of = figure.parenthesis_of
        converts = of is not None and of < k
        known = filled[of] if of is not None and converts else fill(frame, k, world, states)
        filled.append(known)
        counted_noun = seen[of][2] if of is not None and converts else noun
        elliptic = _elliptic_noun(frame, seen, k, known, world)
        told = said_to_be(frame, k) if ("part", "among") in _values(known) else None
        own = [("noun", told)] if told else _noun_slots(counted_noun)
        slots = (*(own or elliptic), *known.slots)
        if of is not None and converts:
            parent = (document.article.id, sentence.start + seen[of][1].start)
            wrong, working = misconverted(sentence.text, figures, k, world.rules)
            role, how = (FROM, working) if wrong else ("converts", "in parentheses")
            slots = (*slots, (role, Slot(str(parent), how, wrong)))
        yield Stated(figure, noun, _claim(document, sentence, figure, slots, known))


def _values(known: Filled) -> set[tuple[str, str]]:
    return {(name, slot.value) for name, slot in known.slots}


def _people(context: Context) -> frozenset[str]:
    return frozenset(id for id, kinds in context.bearers.items() if "person" in kinds)


def _places(context: Context) -> frozenset[str]:
    """The names that stand behind a locative somewhere in the articles."""
    if "places" not in context.memo:
        known = {id for id, kinds in context.bearers.items() if kinds <= {"place", "unknown"}}
        named = {id for id in known if "place" in context.bearers[id]}
        articles = [document.article for document in context.documents]
        context.memo["places"] = located(articles) | named
    found: frozenset[str] = context.memo["places"]
    return found


def _anchor(sentence: Sentence, figure: Figure, noun: CountedNoun | None) -> Anchor:
    stated = figure.quantity.stated
    return Anchor(
        sentence.start + figure.start,
        sentence.start + figure.end,
        noun.head if noun else None,
        noun.lemma if noun and noun.how != "subject" else "",
        figure.quantity.unit.dimension,
        days_of(figure.quantity),
        stated.low if stated.low == stated.high else None,
        figure.quantity.change,
    )


def _claim(
    document: Document,
    sentence: Sentence,
    figure: Figure,
    slots: tuple[tuple[str, Slot], ...],
    known: Filled,
) -> Claim:
    start, end = sentence.start + figure.start, sentence.start + figure.end
    return Claim(
        Mention(document.article.id, start, end, document.article.text[start:end]),
        (sentence.start, sentence.end),
        "quantity",
        figure.quantity,
        label(figure.quantity),
        figure.rule,
        slots=slots,
        hedge=figure.quantity.hedge,
        modality=known.modality,
        polarity=known.polarity,
        as_of=known.as_of,
        rules_used=(*figure.rules, *known.rules),
        in_headline=sentence.is_headline,
    )


def _base(claim: Claim, context: Context) -> Claim | None:
    """The claim from which a derived figure follows; any other claim itself."""
    if not is_derived(claim):
        return claim
    if "stated" not in context.across:
        figures = [c for c in context.claims if c.kind == "quantity" and not is_derived(c)]
        context.across["stated"] = {str(c.key): c for c in figures}
    found: Claim | None = context.across["stated"].get(claim.filled(FROM))
    return found


def _match(a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
    if whole_and_sort(a, b, context.rules):
        return Refusal("one account counts both: a part is not the whole", _PART_OF)
    return match(a, b, *figures_around(context))


def figures_around(context: Context) -> tuple[Surroundings, Beliefs]:
    """What is known around two figures, and what all evidence says; worked out once for each set
    of claims."""
    if "quantity" not in context.across:
        stated = [claim for claim in context.claims if not is_derived(claim)]
        around = surroundings(
            stated,
            context.documents,
            context.events,
            lambda a, b: compare_names(a, b, context.rules).same,
            context.names,
            _people(context),
            context.rules,
        )
        figures = [claim for claim in stated if claim.kind == "quantity"]
        context.across["quantity"] = around, Beliefs(figures, around, context.rules)
    found: tuple[Surroundings, Beliefs] = context.across["quantity"]
    return found


def _noun_slots(noun: CountedNoun | None) -> list[tuple[str, Slot]]:
    if noun is None or noun.how == "subject":
        return []  # a subject is the thing measured only with some verbs; slots.fill knows which
    found = [("noun", Slot(noun.lemma, noun.how))]
    if noun.modifiers:
        found.append(("modifiers", Slot(" ".join(noun.modifiers), noun.how)))
    if noun.wider:
        found.append(("wider", Slot(" ".join(noun.wider), "joined by and")))
    return found


def _can_be_said(known: Filled, anchor: Anchor, noun: CountedNoun, world: World) -> bool:
    """Whether what became of the counted can become of those counted before: in "it has five
    factories, killing 175" no factory is killed."""
    told = next((slot.value for name, slot in known.slots if name == "state"), "")
    state = world.lexicon.state(told)
    return state is None or fits(state, replace(anchor, noun=noun.lemma), world.lexicon)


def _elliptic_noun(
    frame: Frame, seen: Sequence[Seen], k: int, known: Filled, world: World
) -> list[tuple[str, Slot]]:
    """ "There are 11 million cars, in Sudria 2.8 million": the noun of the count before, and what
    it says of the counted ("600 inhabitants, and the island 90"). "90 who" are people; "one more
    country, which makes 41" counts countries."""
    if seen[k][1].quantity.unit != COUNT or seen[k][1].parenthesis_of is not None:
        return []
    sentence, own, _ = seen[k]
    own_anchor = _anchor(sentence, own, None)
    compared = _COMPARED.search(sentence.text, 0, own.start) is not None
    people = _WHO.match(sentence.text, own.end) is not None
    added = is_sum(frame, k)
    for _, figure, noun in reversed(seen[:k]):
        end = max(figure.end, noun.end - sentence.start) if noun and compared else figure.end
        between = sentence.text[end : own.start]
        if len(between) > _ELLIPTIC or (_CLAUSE.search(between) and not added):
            break
        if figure.quantity.unit == COUNT and noun is not None and noun.how == "counted noun":
            if not _can_be_said(known, own_anchor, noun, world):
                break
            said = world.lexicon.state_of(noun.lemma, "NOUN")
            told = said is None or any(name == "state" for name, _ in known.slots)
            shared = [] if said is None or told else [("state", Slot(said.name, "ellipsis"))]
            return [*_described(noun), *shared]
    more = one_more(frame, k) if added else None
    lemma = more.lemma if more is not None else "people" if people else ""
    return [("noun", Slot(lemma, "ellipsis"))] if lemma else []


def _described(noun: CountedNoun) -> list[tuple[str, Slot]]:
    """The noun that a parallel count leaves out, with its modifiers."""
    words = " ".join(noun.modifiers)
    found = [("noun", Slot(noun.lemma, "ellipsis"))]
    return [*found, ("modifiers", Slot(words, "ellipsis"))] if words else found
