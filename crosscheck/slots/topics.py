"""Topics of figures: what is known around them, what they are called, and whether they evolve."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from crosscheck.grammar import titles
from crosscheck.grammar.spans import names_between
from crosscheck.language import Document, plural
from crosscheck.model import Article, Claim, Zone
from crosscheck.rulebook import Rulebook
from crosscheck.slots.asides import told_in_passing
from crosscheck.slots.contexts import Contexts
from crosscheck.slots.lexicon import Lexicon, State, lexicon
from crosscheck.slots.likeness import counted, plain_dimension
from crosscheck.slots.passages import Passages
from crosscheck.slots.scope_words import scope_words
from crosscheck.slots.surroundings import SameName, Surroundings
from crosscheck.slots.vocabulary import vocabulary

OUTSTANDING = 1.5
"""How many times more often than any other the place of an event is named."""

MANY = 3
"""From so many places in one account on, a figure without a place is of none of them."""

_MONTHS = "January February March April May June July August September October November December"
_BULK = frozenset({"substance", "phenomenon", "food", ""})
"""Classes of nouns of which there is more or less; others have a size."""
_SIZES = frozenset({"length", "mass", "volume", "area", "speed", "power", "temperature"})
_NUMBERED = re.compile(r" \(\d+\)$")
_THE = "the-names.places"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_LOCATED = re.compile(
    rf"\b(?:[Ii]n|[Nn]ear|[Aa]t)\s+(?!(?:{'|'.join([*_MONTHS.split(), *_DAYS.split()])})\b)"
    r"([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)"
)


def surroundings(
    claims: Iterable[Claim],
    documents: Sequence[Document],
    events: Mapping[str, str],
    same_name: SameName,
    names: Mapping[str, Sequence[tuple[int, int, str]]],
    people: frozenset[str],
    rules: Rulebook,
) -> Surroundings:
    """What the comparison of two figures may know of all the others."""
    figures = [claim for claim in claims if claim.kind == "quantity"]
    lex = lexicon(rules)
    articles = [document.article for document in documents]
    live = {a.id for a in articles if any(zone.posted for zone in a.zones)}
    owned = [claim for claim in figures if claim.slot("owner")]
    return Surroundings(
        lexicon=lex,
        vocabulary=vocabulary(rules),
        same_name=same_name,
        published={a.id: a.published.date() for a in articles if a.published},
        main_cause=_main_causes(figures, events),
        home=_homes(articles, events),
        hero=_heroes(names, events),
        headlined=_headlined(articles, names),
        passing=_passing(figures, live, lex),
        aside=told_in_passing(figures, documents, events, names),
        countries={" ".join(k): name for k, name in titles.lexicon(rules).countries.items()},
        spread=_spread(figures, events),
        causes=_several_causes(figures, events, vocabulary(rules).kin),
        alone=_alone(figures, lambda claim: counted(claim, lex)),
        single=_alone(figures, lambda claim: claim.filled("state")),
        sole=_alone(owned, lambda claim: claim.filled("owner")),
        people=people,
        main_state=_main_states(figures, events, lex),
        events=events,
        shared_context=Contexts(figures, documents, lex).shared,
        passages=Passages(figures, documents).evidence,
        names_beside=lambda claim: _names_beside(claim, names),
        peers=Counter((c.mention.article, plain_dimension(c)) for c in figures),
        periods=scope_words(rules).lengths,
        told=frozenset((c.mention.article, c.label) for c in figures),
        states=frozenset((c.mention.article, c.filled("state")) for c in figures),
    )


def _names_beside(
    claim: Claim, names: Mapping[str, Sequence[tuple[int, int, str]]]
) -> frozenset[str]:
    found = names_between(names.get(claim.mention.article, ()), *claim.sentence)
    return frozenset(name for _, _, name in found)


def _main_causes(claims: Sequence[Claim], events: Mapping[str, str]) -> dict[str, str]:
    """For every article the kind of event that most accounts of its event name."""
    named: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in claims:
        if claim.filled("cause") and not claim.slot("reminder"):
            article = claim.mention.article
            named[events.get(article, "")].add((claim.filled("cause"), article))
    main = {event: _leading(cause for cause, _ in found) for event, found in named.items()}
    return {article: main[event] for article, event in events.items() if main.get(event)}


def _leading(values: Iterable[str]) -> str:
    """The value that is more frequent than any other, if one is."""
    first, second = [*Counter(values).most_common(2), ("", 0)][:2]
    return first[0] if first[1] > second[1] else ""


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def located(articles: Iterable[Article]) -> frozenset[str]:
    """The names that stand behind a locative preposition in the articles."""
    return frozenset(place for article in articles for place in _locatives(article))


def _locatives(article: Article) -> Iterator[str]:
    for zone in article.zones or (Zone(0, len(article.text), "body"),):
        if zone.role != "furniture":
            yield from _LOCATED.findall(article.text, zone.start, zone.end)


def _homes(articles: Iterable[Article], events: Mapping[str, str]) -> dict[str, str]:
    """For every article the place of its event: the one that stands out among the locatives."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        named[events.get(article.id, "")].update(_locatives(article))
    homes = {event: _outstanding(counts) for event, counts in named.items()}
    return {article: homes[event] for article, event in events.items() if homes.get(event)}


def _heroes(
    names: Mapping[str, Sequence[tuple[int, int, str]]], events: Mapping[str, str]
) -> dict[str, str]:
    """For every article the name that stands out in the accounts of its event: a figure without
    an owner may be that one's."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article, found in names.items():
        counts[events.get(article, "")].update(name for _, _, name in found)
    heroes = {event: _outstanding(counted) for event, counted in counts.items()}
    return {article: heroes[event] for article, event in events.items() if heroes.get(event)}


def _headlined(
    articles: Sequence[Article], names: Mapping[str, Sequence[tuple[int, int, str]]]
) -> dict[str, frozenset[str]]:
    """Whom the headline of every article names: it is mostly about them."""
    found: dict[str, frozenset[str]] = {}
    for article in articles:
        head = next((zone for zone in article.zones if zone.role == "headline"), None)
        if head is not None:
            here = names_between(names.get(article.id, ()), head.start, head.end)
            found[article.id] = frozenset(name for _, _, name in here)
    return found


def _passing(
    claims: Sequence[Claim], live: AbstractSet[str], lex: Lexicon
) -> frozenset[tuple[str, int]]:
    """Running counts of a live page, of states that do not evolve, before the page's last one."""
    series: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    running: set[tuple[str, int]] = set()
    for claim in claims:
        slot = claim.slot("state")
        state = lex.state(slot.value) if slot else None
        in_time = claim.as_of is not None and claim.mention.article in live
        if not in_time or (state and state.evolves):
            continue
        if slot and slot.how == "previous sentence" and claim.filled("place"):
            continue  # the state of the event is taken instead
        if state and state.running:
            running.add(claim.key)
        what = (claim.value.unit.dimension, claim.filled("state"), claim.filled("thing"))
        series[(claim.mention.article, *what, claim.filled("noun"))].append(claim)
    last = {key: max(c.as_of for c in found if c.as_of) for key, found in series.items()}
    replaced = {
        claim.key
        for key, found in series.items()
        for claim in found
        if claim.as_of is not None and claim.as_of < last[key]
    }
    return frozenset(running | replaced)


def _spread(claims: Sequence[Claim], events: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The events and states of which one account gives counts for many places, one by one; a total
    that one sentence breaks down is no such list."""
    places: dict[tuple[str, str], dict[str, set[tuple[int, int]]]] = defaultdict(dict)
    for claim in claims:
        if claim.filled("place") and claim.filled("state"):
            key = claim.mention.article, claim.filled("state")
            places[key].setdefault(claim.filled("place").lower(), set()).add(claim.sentence)
    return frozenset(
        (events.get(article, ""), state)
        for (article, state), found in places.items()
        if len(found) >= MANY and len(set().union(*found.values())) >= MANY
    )


def _several_causes(
    claims: Sequence[Claim], events: Mapping[str, str], kin: Mapping[str, AbstractSet[str]]
) -> frozenset[tuple[str, str]]:
    """The events and states of which one account gives counts by causes that are not akin."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.filled("cause") and not claim.slot("reminder"):
            named[claim.mention.article, claim.filled("state")].add(claim.filled("cause"))
    return frozenset(
        (events.get(article, ""), state)
        for (article, state), found in named.items()
        if any(one != other and other not in kin.get(one, ()) for one in found for other in found)
    )


def _outstanding(counts: Counter[str]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < OUTSTANDING * ranked[1][1]):
        return ""
    return ranked[0][0]


def _main_states(
    claims: Sequence[Claim], events: Mapping[str, str], lex: Lexicon
) -> dict[str, str]:
    """For every article the state in which most accounts of its event count people."""
    named: dict[str, set[tuple[str, str, int]]] = defaultdict(set)
    for claim in claims:
        state = lex.state(claim.filled("state"))
        if state and "person" in state.counted and claim.value.unit.dimension == "count":
            article = claim.mention.article
            named[events.get(article, "")].add((state.name, article, claim.mention.start))
    main = {event: _commonest(state for state, _, _ in found) for event, found in named.items()}
    return {article: main[event] for article, event in events.items() if event in main}


def _alone(claims: Sequence[Claim], key: Callable[[Claim], str]) -> frozenset[tuple[str, int]]:
    """The claims whose article gives only one value of their dimension and key."""
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.mention.article, claim.value.unit.dimension, key(claim)].append(claim)
    return frozenset(
        claim.key
        for found in groups.values()
        if len({claim.label for claim in found}) == 1
        for claim in found
    )


def title(claims: Sequence[Claim], rules: Rulebook) -> str:
    """A plain name for what the figures are about: "people killed", "money pledged (Arnault)"."""
    return titled(claims, rules) + _where(claims, rules)


def titled(claims: Sequence[Claim], rules: Rulebook) -> str:
    """The same without where it was and whose it is."""
    lex = lexicon(rules)
    noun = _commonest(filter(None, (counted(claim, lex) for claim in claims)))
    thing = _mostly(claim.filled("thing") for claim in claims)
    state = lex.state(_commonest(filter(None, (claim.filled("state") for claim in claims))))
    aspect = _commonest(filter(None, (claim.filled("aspect") for claim in claims)))
    dimension = claims[0].value.unit.dimension
    what = _what(noun, thing, dimension)
    if not state and not aspect and dimension == "duration":
        bearer = _only(claim.filled("thing") for claim in claims)
        return f"length of time ({bearer})" if bearer else "length of time"
    if not state and not aspect and what == (noun or thing):
        what = _size_of(what, dimension, lex)
    if aspect and dimension != "count":
        aspect, bearer = aspect.replace("-", " "), thing or noun
        return f"{aspect} of the {bearer}" if bearer and bearer != aspect else aspect
    return state.title.format(what) if state else what


def _what(noun: str, thing: str, dimension: str) -> str:
    if dimension.startswith("money"):
        return "money"
    if dimension in {"age", "duration"}:
        return {"age": "age", "duration": "time"}[dimension]
    if dimension == "percent":
        return f"share of {plural(noun)}" if noun else "share"
    if noun:
        return plural(noun) if dimension == "count" else noun
    return thing or ("people" if dimension == "count" else dimension)


def _size_of(what: str, dimension: str, lex: Lexicon) -> str:
    """A measured thing with what is measured: "amount of rain", "length of the road"."""
    if what and dimension in {"length", "mass", "volume"} and lex.noun_class(what) in _BULK:
        return f"amount of {what}"
    return f"{dimension} of the {what}" if what and dimension in _SIZES else what


def _only(words: Iterable[str]) -> str:
    """The one word that is not empty; empty if there are several."""
    found = set(words) - {""}
    return found.pop() if len(found) == 1 else ""


def _mostly(words: Iterable[str]) -> str:
    """The word of most claims; empty if none has more than half of them."""
    found = list(words)
    word = _commonest(filter(None, found))
    return word if 2 * found.count(word) > len(found) else ""


def _where(claims: Sequence[Claim], rules: Rulebook) -> str:
    scope = _commonest(filter(None, (claim.filled("scope") for claim in claims)))
    place = _commonest(filter(None, (claim.filled("place") for claim in claims)))
    owner = _commonest(filter(None, (claim.filled("owner") for claim in claims)))
    tail = (
        f" in {with_article(place, rules)}" if place else " worldwide" if scope == "world" else ""
    )
    owners = [known_as(name) for name in owner.split("|")]
    if owner and place not in owners and _is_owned(claims, rules):
        tail += f" ({', '.join(owners)})"
    return tail


def _is_owned(claims: Sequence[Claim], rules: Rulebook) -> bool:
    """Whether a title says whose figures they are: of money and ages, and of what only some have
    ("seats in the house") or what would have no bearer else ("length"), if most accounts say so."""
    dimension = claims[0].value.unit.dimension
    if dimension.startswith(("money", "age")):
        return True
    state = _state(claims, rules)
    owned = dimension == "percent" or (state is not None and state.owned)
    measured = state is None and dimension != "count"
    owned = owned or (measured and not any(c.filled("noun") or c.filled("thing") for c in claims))
    return owned and bool(_mostly(claim.filled("owner") for claim in claims))


def known_as(name: str) -> str:
    """The name without the number that parts two who are called alike."""
    return _NUMBERED.sub("", name)


def with_article(place: str, rules: Rulebook) -> str:
    """A place as a sentence has it: "the Netherlands", "Norway"."""
    return f"the {place}" if _takes_the(place, rules) else place


def _takes_the(place: str, rules: Rulebook) -> bool:
    words = place.lower().split()
    rule = rules.rule(_THE)
    whole = place.lower() in rule.strings("names")
    return whole or (len(words) > 1 and words[-1] in rule.strings("last"))


def evolves(claims: Sequence[Claim], rules: Rulebook) -> bool:
    """Whether the state of the figures is one that later accounts revise, or a running count."""
    state = _state(claims, rules)
    if state is None or _commonest(c.filled("noun") for c in claims) in state.settled:
        return False
    return state.evolves or state.running


def disputed(claims: Sequence[Claim], rules: Rulebook) -> bool:
    """Whether rivals give different counts of it, so that another source's later figure is no
    revision."""
    state = _state(claims, rules)
    return state is not None and state.disputed


def rules_behind(claims: Sequence[Claim], rules: Rulebook) -> frozenset[str]:
    """The rules that made different nouns of the claims one."""
    lex = lexicon(rules)
    nouns = {claim.filled(name) for claim in claims for name in ("noun", "thing")} - {""}
    groups = Counter(lex.generic(noun) for noun in nouns)
    found = frozenset(group for group, count in groups.items() if group and count > 1)
    named = any(_takes_the(claim.filled("place"), rules) for claim in claims)
    return found | {_THE} if named else found


def _state(claims: Sequence[Claim], rules: Rulebook) -> State | None:
    return lexicon(rules).state(_commonest(c.filled("state") for c in claims if c.filled("state")))
