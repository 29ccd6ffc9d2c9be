"""Whether two claims about figures are about the same thing: levels, constraints, evidence.

Similarity alone cannot tell: a figure about something else often *looks* more alike than another
account's figure about the same thing. So the slots are compared one by one. A slot that says
something different on both sides forbids the link; what remains is read top-down through levels,
the surest first. All evidence taken together has a say too: it parts what only looks alike, and
ties what shares no level. Every answer carries its reason.
"""

from __future__ import annotations

from crosscheck.model import Claim, Link, Refusal
from crosscheck.slots.beliefs import DOUBT, DOUBT_IN_TIME, Beliefs
from crosscheck.slots.constraints import excluded, forbidden
from crosscheck.slots.evidence import SAID_ALIKE
from crosscheck.slots.history import replaces
from crosscheck.slots.levels import GARBLED, comparable, level
from crosscheck.slots.likeness import filled_alike, is_evolving
from crosscheck.slots.surroundings import Surroundings
from crosscheck.values.interval import Relation
from crosscheck.values.quantity import relate


def match(a: Claim, b: Claim, around: Surroundings, beliefs: Beliefs) -> Link | Refusal | None:
    """Link, refusal with the reason, or None where the two do not look alike. Symmetric."""
    if a.mention.article == b.mention.article and a.sentence == b.sentence:
        return _one_sentence(a, b)
    likeness = level(a, b, around)
    if likeness is None:
        return _by_evidence(a, b, around, beliefs)
    why = forbidden(a, b, around, slip=likeness.because in GARBLED)
    if why:
        found = _by_evidence(a, b, around, beliefs, likeness, why)
        return found or Refusal(why, likeness.score)
    if _differ(a, b) and beliefs.of(a, b) < _doubt(a, b, around):
        return Refusal("little else speaks for their being about one thing", likeness.score)
    return likeness


def _doubt(a: Claim, b: Claim, around: Surroundings) -> float:
    """Below which probability evidence parts them. That an early and a late count of one disaster
    lie far apart says little; an account that tells its own history need not be doubted, nor two
    that name the same people among whom they count."""
    in_time = filled_alike("state", a, b) and is_evolving(a, around.lexicon)
    one_account = a.mention.article == b.mention.article
    same_scope = filled_alike("population", a, b)
    if same_scope or replaces(a, b) or (in_time and one_account and a.as_of != b.as_of):
        return 0.0
    return DOUBT_IN_TIME if in_time and not one_account else DOUBT


def _by_evidence(
    a: Claim,
    b: Claim,
    around: Surroundings,
    beliefs: Beliefs,
    likeness: Link | None = None,
    why: str = "",
) -> Link | None:
    """A link in spite of ``why``, which parts what has a likeness, or in want of any likeness."""
    if excluded(a, b, around) or not _differ(a, b) or not beliefs.ties(a, b):
        return None
    if not comparable(a, b, around) or not _have_words(a, b, beliefs):
        return None
    shared = (*(likeness.because if likeness else ()), *beliefs.because(a, b))
    why = why or forbidden(a, b, around) or "little else that they say agrees"
    return Link(beliefs.of(a, b) / 2, tuple(dict.fromkeys(shared)), why)


def _have_words(a: Claim, b: Claim, beliefs: Beliefs) -> bool:
    """Whether the two have anything in common but the numbers."""
    found = beliefs.evidence(a, b)
    return any(found.get(name) for name in SAID_ALIKE)


def _differ(a: Claim, b: Claim) -> bool:
    """Evidence is weighed where it matters: where the two figures exclude each other."""
    if a.value.unit.dimension != b.value.unit.dimension:
        return True
    return relate(a.value, b.value) is Relation.APART


def _one_sentence(a: Claim, b: Claim) -> Refusal | None:
    if a.filled("state") and a.filled("state") == b.filled("state"):
        return Refusal("two figures of one sentence", 0.5)
    return None
