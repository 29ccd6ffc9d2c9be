"""Whether two claims about figures are about the same thing: hard constraints, then named levels.

Similarity alone cannot tell: a figure about something else often *looks* more alike than another
account's figure about the same thing. So the slots are compared one by one. A slot that says
something different on both sides forbids the link; what remains is read top-down through levels,
the surest first. Every answer carries its reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from crosscheck.model import Claim, Link, Refusal
from crosscheck.slots.lexicon import Lexicon
from crosscheck.slots.vocabulary import Vocabulary
from crosscheck.values.moments import WEEKDAYS

SameName = Callable[[str, str], bool]


@dataclass(eq=False)
class Surroundings:
    """What a comparison of two claims may know of all the others.

    ``years`` maps an article to the year of its event, ``causes`` an event's article to the kind of
    event that most accounts name; ``places`` holds, for an article and a state, the places given
    there; ``alone`` the claims that are the only one of their dimension and noun in the article.
    """

    lexicon: Lexicon
    vocabulary: Vocabulary
    same_name: SameName
    years: Mapping[str, int] = field(default_factory=dict)
    main_cause: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    alone: frozenset[tuple[str, int]] = frozenset()
    events: Mapping[str, str] = field(default_factory=dict)


def match(a: Claim, b: Claim, around: Surroundings) -> Link | Refusal | None:
    """Link, refusal with the reason, or None where the two do not look alike. Symmetric."""
    if a.mention.article == b.mention.article and a.sentence == b.sentence:
        return _one_sentence(a, b)
    likeness = _level(a, b, around)
    if likeness is None:
        return None
    why = _forbidden(a, b, around)
    return Refusal(why, likeness.score) if why else likeness


def _one_sentence(a: Claim, b: Claim) -> Refusal | None:
    if a.filled("state") and a.filled("state") == b.filled("state"):
        return Refusal("two figures of one sentence", 0.5)
    return None


# --- constraints ------------------------------------------------------------------------------


def _forbidden(a: Claim, b: Claim, around: Surroundings) -> str:
    for test in _CONSTRAINTS:
        why = test(a, b, around)
        if why:
            return why
    return ""


def _event(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = around.events.get(a.mention.article), around.events.get(b.mention.article)
    return "another event: the articles are about different ones" if one != other else ""


def _reminder(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.slot("reminder"), b.slot("reminder")
    return "another event, which one account mentions in passing" if one or other else ""


def _year(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _other_year(a, around), _other_year(b, around)
    return "another year" if one != other else ""


def _other_year(claim: Claim, around: Surroundings) -> str:
    year = claim.filled("year")
    main = around.years.get(claim.mention.article)
    return "" if year and main and abs(int(year) - main) == 0 else year


def _cause(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("cause"), b.filled("cause")
    kin = around.vocabulary.kin
    if one and other:
        apart = one != other and other not in kin.get(one, frozenset())
        return f"another cause: {one}, not {other}" if apart else ""
    for claim in (a, b):
        main = around.main_cause.get(claim.mention.article, "")
        cause = claim.filled("cause")
        if cause and main and cause != main and main not in kin.get(cause, frozenset()):
            return f"another cause: {cause}, not {main}"
    return ""


def _modality(a: Claim, b: Claim, around: Surroundings) -> str:
    if a.modality == b.modality:
        return ""
    return f"one is {_said(a.modality)}, the other {_said(b.modality)}"


def _said(modality: str) -> str:
    return "a count" if modality == "done" else modality


def _polarity(a: Claim, b: Claim, around: Surroundings) -> str:
    return "one of them is negated" if a.polarity != b.polarity else ""


def _part(a: Claim, b: Claim, around: Surroundings) -> str:
    return "a part is not the whole" if a.filled("part") != b.filled("part") else ""


def _scope(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("scope"), b.filled("scope")
    if "world" in {one, other} or "elsewhere" in {one, other}:
        return "one counts the whole world, or elsewhere" if one != other else ""
    total, part = (a, b) if one == "total" else (b, a)
    if "total" in {one, other} and one != other and part.slot("owner"):
        money = part.value.unit.dimension.startswith("money")
        return "a total is not one giver's share" if money and not total.slot("owner") else ""
    return ""


def _noun(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = counted(a, around.lexicon), counted(b, around.lexicon)
    if not one or not other:
        return ""
    relation = around.lexicon.nouns_relate(one, other)
    if relation in {"same", "synonym"}:
        return ""
    if relation in {"broader", "narrower"} and "person" not in {one, other}:
        return ""
    if relation in {"broader", "narrower"}:
        return f"one counts {one}, the other {other}: a part is not the whole"
    return f"one counts {one}, the other {other}"


def _modifiers(a: Claim, b: Claim, around: Surroundings) -> str:
    return ""


def _state(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("state"), b.filled("state")
    return f"{one} is not {other}" if one and other and one != other else ""


def _aspect(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("aspect"), b.filled("aspect")
    return f"{one} is not {other}" if one and other and one != other else ""


def _thing(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("thing"), b.filled("thing")
    if not one or not other or around.lexicon.nouns_relate(one, other):
        return ""
    return f"of {one}, not of {other}" if a.filled("aspect") or b.filled("aspect") else ""


def _owner(a: Claim, b: Claim, around: Surroundings) -> str:
    dimension = a.value.unit.dimension
    if not (dimension.startswith("money") or dimension == "age"):
        return ""
    one, other = _names(a), _names(b)
    if not one or not other or _share(one, other, around):
        return ""
    return f"{' and '.join(sorted(one))}, not {' and '.join(sorted(other))}"


def _names(claim: Claim) -> frozenset[str]:
    return frozenset(claim.filled("owner").split("|")) - {""}


def _share(one: frozenset[str], other: frozenset[str], around: Surroundings) -> bool:
    return any(x == y or around.same_name(x, y) for x in one for y in other)


def _day(a: Claim, b: Claim, around: Surroundings) -> str:
    if a.value.unit.dimension not in {"percent", "point"} and a.filled("state") != "shares":
        return ""
    one, other = a.filled("day"), b.filled("day")
    return "another day" if one and other and not _may_be_one_day(one, other) else ""


def _may_be_one_day(one: str, other: str) -> bool:
    """Days are ISO dates, or weekdays where no date is known."""
    if one[:1].isdigit() and other[:1].isdigit():
        return one == other
    return _weekday(one) == _weekday(other)


def _weekday(day: str) -> str:
    return WEEKDAYS[date.fromisoformat(day).weekday()] if day[:1].isdigit() else day


def _place(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("place"), b.filled("place")
    if one and other:
        return "" if same_place(one, other, around) else f"{one}, not {other}"
    if not one and not other:
        return ""
    given, without = (a, b) if one else (b, a)
    for claim in (given, without):
        several = around.places.get((claim.mention.article, claim.filled("state")), frozenset())
        if len(several) > 1:
            return f"one account counts several places, {given.filled('place')} among them"
    return ""


def same_place(a: str, b: str, around: Surroundings) -> bool:
    one, other = _plain(a), _plain(b)
    if (
        one == other
        or set(one.split()) <= set(other.split())
        or set(other.split()) <= set(one.split())
    ):
        return True
    return around.same_name(a, b)


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z]+", flat.lower())
    return " ".join(w for w in words if w not in {"the", "of", "downtown", "central", "city"})


def _change(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.value.change, b.value.change
    return "a rise is not a fall" if one and other and one != other else ""


_CONSTRAINTS = (
    _event, _reminder, _year, _cause, _modality, _polarity, _part, _scope, _noun, _state, _aspect,
    _thing, _owner, _day, _place, _change, _modifiers,
)  # fmt: skip


def counted(claim: Claim, lex: Lexicon) -> str:
    """What is counted; a noun that names the state itself (survivors) counts people."""
    noun = claim.filled("noun")
    state = lex.state_of(noun, "NOUN") or lex.state_of(noun, "ADJ")
    if state is not None and lex.noun_class(noun) in {"person", "group", "state", "event", ""}:
        return "person" if "person" in state.counted else noun
    return "person" if lex.generic(noun) == lex.generic("people") and noun else noun


# --- levels -----------------------------------------------------------------------------------


def _level(a: Claim, b: Claim, around: Surroundings) -> Link | None:
    """The first level that holds, from the surest to the barest likeness."""
    if a.value.unit.dimension != b.value.unit.dimension:
        return None
    shared = _shared(a, b, around)
    for score, needed in _LEVELS:
        if needed <= shared:
            return Link(score, tuple(sorted(needed)))
    return None


_LEVELS: tuple[tuple[float, frozenset[str]], ...] = (
    (1.0, frozenset({"state", "noun", "owner"})),
    (0.95, frozenset({"state", "noun", "place"})),
    (0.9, frozenset({"state", "noun"})),
    (0.9, frozenset({"state", "owner"})),
    (0.85, frozenset({"thing", "aspect"})),
    (0.85, frozenset({"owner", "age"})),
    (0.8, frozenset({"state", "thing"})),
    (0.8, frozenset({"noun", "measure"})),
    (0.75, frozenset({"predicate", "noun"})),
    (0.7, frozenset({"thing", "predicate"})),
    (0.65, frozenset({"noun", "rare"})),
    (0.6, frozenset({"state", "bare"})),
    (0.55, frozenset({"aspect", "rare"})),
)


def _shared(a: Claim, b: Claim, around: Surroundings) -> frozenset[str]:
    """The names of the slots on which two claims positively agree."""
    lex = around.lexicon
    shared = {
        name
        for name in ("state", "aspect", "predicate")
        if a.filled(name) and a.filled(name) == b.filled(name)
    }
    one, other = counted(a, lex), counted(b, lex)
    if one and other and lex.nouns_relate(one, other) not in {"", "sibling"}:
        shared.add("noun")
    if (not one or not other) and a.value.unit.dimension == "count":
        shared.add("bare")
    thing, that = a.filled("thing"), b.filled("thing")
    if thing and that and lex.nouns_relate(thing, that) not in {"", "sibling"}:
        shared.add("thing")
    if _names(a) and _share(_names(a), _names(b), around):
        shared.add("owner")
    if (
        a.filled("place")
        and b.filled("place")
        and same_place(a.filled("place"), b.filled("place"), around)
    ):
        shared.add("place")
    if a.value.unit.dimension == "age":
        shared.add("age")
    elif a.value.unit.dimension != "count":
        shared.add("measure")
    if _is_alone(a, around) and _is_alone(b, around):
        shared.add("rare")
    return frozenset(shared)


def _is_alone(claim: Claim, around: Surroundings) -> bool:
    return (claim.mention.article, claim.mention.start) in around.alone
