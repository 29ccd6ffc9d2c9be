"""What forbids that two figures are about the same thing, however much they have in common.

A constraint is a function of two claims and their surroundings that gives the reason in plain
words, or an empty string; its name is the name of the evidence. One file a family: ``events``
(which event, and when), ``things`` (what is counted or measured), ``owners``, ``places``,
``manner`` (how it is said), ``scopes`` (what it covers).
"""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.model import Claim
from crosscheck.slots.constraints.events import (
    cause,
    day,
    earlier,
    event,
    one_account,
    reminder,
    superseded,
    year,
)
from crosscheck.slots.constraints.manner import modality, part, polarity, remainder
from crosscheck.slots.constraints.owners import agent, no_owner, rival_owners
from crosscheck.slots.constraints.places import place, rival_places, scope
from crosscheck.slots.constraints.scopes import basis, exclusion, period, population
from crosscheck.slots.constraints.things import (
    aspect,
    change,
    modifiers,
    noun,
    quality,
    rival_measures,
    rival_states,
    state,
    thing,
)
from crosscheck.slots.slips import garbled, other_currency
from crosscheck.slots.surroundings import Surroundings

_CONSTRAINTS = (
    event, reminder, earlier, year, period, basis, population, exclusion, cause, modality,
    polarity, part, scope, noun, state, aspect, thing, rival_owners, no_owner, day, place, quality,
    one_account, superseded, change, modifiers, agent,
)  # fmt: skip

_WORDINGS = (modality, noun, state, thing, quality, modifiers, scope, no_owner)
"""What accounts may word differently, or leave out, and yet mean one figure."""

_OF_GARBLED = (*(test for test in _CONSTRAINTS if test not in _WORDINGS), rival_states)

_ABSOLUTE = (
    event, reminder, year, remainder, rival_owners, rival_places, one_account, superseded,
    change, earlier, basis, period, population, exclusion, rival_states,
)  # fmt: skip
"""What no evidence outweighs: the two are told of other events, moments, places or owners."""

_UNLESS_GARBLED = (modality, polarity, rival_measures)
"""The same, but where one figure may be a slip of the other: chance hardly mirrors the digits of
another plan or measure."""


def forbidden(a: Claim, b: Claim, around: Surroundings, slip: bool = False) -> str:
    """The first reason against, or an empty string. ``slip``: one figure is taken for a slip of
    the other; then what accounts merely word differently, or leave out, is no reason."""
    tests = _OF_GARBLED if slip else _CONSTRAINTS
    return next((why for test in tests if (why := test(a, b, around))), "")


def objections(a: Claim, b: Claim, around: Surroundings) -> Iterator[str]:
    """The names of all constraints that two figures violate."""
    for test in _CONSTRAINTS:
        if test(a, b, around):
            yield test.__name__.replace("_", " ")


def excluded(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether the texts themselves say that the two figures are about two things."""
    slip = garbled(a, b) or other_currency(a, b)
    return any(test(a, b, around) for test in _ABSOLUTE) or (
        not slip and any(test(a, b, around) for test in _UNLESS_GARBLED)
    )
