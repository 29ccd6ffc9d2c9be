"""What the comparison of two figures may know of all the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from crosscheck.model import Claim
from crosscheck.slots.lexicon import Lexicon
from crosscheck.slots.scope_words import Period
from crosscheck.slots.vocabulary import Vocabulary

SameName = Callable[[str, str], bool]


@dataclass(eq=False)
class Surroundings:
    """What a comparison of two claims may know of all the others.

       ``published`` maps an article to its day, ``main_cause`` to the kind of event that
       most accounts name, ``home`` to the place of its event and ``hero`` to the
       one whom the accounts name far more often than anybody else. ``passing`` holds the running
       counts of live pages that a later post replaced, ``aside`` the figures of an account
       that is about another event and only recalls this one, ``spread`` the events and states
       that are counted in several places, ``causes`` those that one account counts by several
       causes, ``alone`` the claims that are the only one of their
       dimension and noun in their article, ``single`` of their dimension and state,
       ``sole`` of their dimension and owner. ``main_state`` is
       the state that most accounts of an event count people in, ``headlined`` are the names in an
       article's headline. ``shared_context`` says how much two figures' sentences have in common,
       ``passages`` what their passages have (see ``slots/passages.py``), ``names_beside`` who is
    named in a figure's sentence. ``peers`` counts an article's figures of a dimension, ``told``
    are the figures as each article gives them, ``states`` the states of which each article gives
    figures.
    ``periods`` are the lengths of periods by name.
    """

    lexicon: Lexicon
    vocabulary: Vocabulary
    same_name: SameName
    published: Mapping[str, date] = field(default_factory=dict)
    main_cause: Mapping[str, str] = field(default_factory=dict)
    home: Mapping[str, str] = field(default_factory=dict)
    hero: Mapping[str, str] = field(default_factory=dict)
    passing: frozenset[tuple[str, int]] = frozenset()
    aside: frozenset[tuple[str, int]] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    spread: frozenset[tuple[str, str]] = frozenset()
    causes: frozenset[tuple[str, str]] = frozenset()
    alone: frozenset[tuple[str, int]] = frozenset()
    single: frozenset[tuple[str, int]] = frozenset()
    sole: frozenset[tuple[str, int]] = frozenset()
    people: frozenset[str] = frozenset()
    headlined: Mapping[str, frozenset[str]] = field(default_factory=dict)
    main_state: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    shared_context: Callable[[Claim, Claim], float] = lambda a, b: 0.0
    passages: Callable[[Claim, Claim], Iterable[tuple[str, float]]] = lambda a, b: ()
    names_beside: Callable[[Claim], frozenset[str]] = lambda claim: frozenset()
    peers: Mapping[tuple[str, str], int] = field(default_factory=dict)
    told: frozenset[tuple[str, str]] = frozenset()
    states: frozenset[tuple[str, str]] = frozenset()
    periods: Mapping[str, Period] = field(default_factory=dict)
