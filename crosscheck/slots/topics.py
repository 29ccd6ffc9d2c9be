"""Topics of figures: what is known around them, what they are called, and whether they evolve."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from crosscheck.language import plural
from crosscheck.model import Article, Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.match import SameName, Surroundings, counted
from crosscheck.slots.vocabulary import vocabulary


def surroundings(
    claims: Iterable[Claim],
    articles: Iterable[Article],
    events: Mapping[str, str],
    same_name: SameName,
    rules: Rulebook,
) -> Surroundings:
    """What the comparison of two figures may know of all the others."""
    figures = [claim for claim in claims if claim.kind == "quantity"]
    lex = lexicon(rules)
    return Surroundings(
        lex,
        vocabulary(rules),
        same_name,
        {a.id: a.published.year for a in articles if a.published},
        _main_causes(figures, events),
        _places(figures),
        _alone(figures, lambda claim: counted(claim, lex)),
        events,
    )


def _main_causes(claims: Sequence[Claim], events: Mapping[str, str]) -> dict[str, str]:
    """For every article the kind of event that most accounts of its event name."""
    named: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in claims:
        if claim.filled("cause") and not claim.slot("reminder"):
            article = claim.mention.article
            named[events.get(article, "")].add((claim.filled("cause"), article))
    main = {event: _commonest(cause for cause, _ in found) for event, found in named.items()}
    return {article: main[event] for article, event in events.items() if event in main}


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def _places(claims: Sequence[Claim]) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.filled("place"):
            found[claim.mention.article, claim.filled("state")].add(claim.filled("place").lower())
    return {key: frozenset(places) for key, places in found.items()}


def _alone(claims: Sequence[Claim], noun: Callable[[Claim], str]) -> frozenset[tuple[str, int]]:
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for claim in claims:
        key = (claim.mention.article, claim.value.unit.dimension, noun(claim))
        groups[key].append(claim.mention.start)
    return frozenset((key[0], found[0]) for key, found in groups.items() if len(found) == 1)


def title(claims: Sequence[Claim], rules: Rulebook) -> str:
    """A plain name for what the figures are about: "people killed", "money pledged (Arnault)"."""
    lex = lexicon(rules)
    noun = _commonest(filter(None, (counted(claim, lex) for claim in claims)))
    thing = _commonest(filter(None, (claim.filled("thing") for claim in claims)))
    state = lex.state(_commonest(filter(None, (claim.filled("state") for claim in claims))))
    aspect = _commonest(filter(None, (claim.filled("aspect") for claim in claims)))
    dimension = claims[0].value.unit.dimension
    what = _what(noun, thing, dimension)
    if aspect and dimension != "count":
        named = f"{aspect.replace('-', ' ')} of the {thing or noun}" if thing or noun else aspect
    else:
        named = state.title.format(what) if state else what
    return named + _where(claims, dimension)


def _what(noun: str, thing: str, dimension: str) -> str:
    if dimension.startswith("money"):
        return "money"
    if dimension == "age":
        return "age"
    if noun:
        return plural(noun)
    return thing or ("people" if dimension == "count" else dimension)


def _where(claims: Sequence[Claim], dimension: str) -> str:
    scope = _commonest(filter(None, (claim.filled("scope") for claim in claims)))
    place = _commonest(filter(None, (claim.filled("place") for claim in claims)))
    owner = _commonest(filter(None, (claim.filled("owner") for claim in claims)))
    tail = f" in {place}" if place else " worldwide" if scope == "world" else ""
    if owner and (dimension.startswith("money") or dimension == "age"):
        tail += f" ({owner.replace('|', ', ')})"
    return tail


def evolves(claims: Sequence[Claim], rules: Rulebook) -> bool:
    """Whether the state of the figures is one that later accounts revise."""
    state = lexicon(rules).state(_commonest(c.filled("state") for c in claims if c.filled("state")))
    return state is not None and state.evolves
