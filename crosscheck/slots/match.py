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

_IDLE = frozenset("much many more other such several last first new big large total whole".split())

NEAR = 1.5
"""How many times larger a count of people may be than one of, say, clerks and be the same."""

CLOSE, LEAST = 1.15, 10
"""How close two counts of one noun must be, and how large, to be taken for one thing without a
shared state."""

LONG = 7
"""Days after which an account that names no day may be about another day's gathering or prices."""

SameName = Callable[[str, str], bool]


@dataclass(eq=False)
class Surroundings:
    """What a comparison of two claims may know of all the others.

    ``published`` maps an article to its day, ``main_cause`` to the kind of event that
    most accounts name, ``home`` to the place of its event and ``hero`` to the
    one whom the accounts name far more often than anybody else. ``passing`` holds the running
    counts of live pages that a later post replaced, ``spread`` the events and states
    that are counted in several places, ``alone`` the claims that are the only one of their
    dimension and noun in their article, ``single`` of their dimension and state,
    ``sole`` of their dimension and owner. ``main_state`` is
    the state that most accounts of an event count people in.
    """

    lexicon: Lexicon
    vocabulary: Vocabulary
    same_name: SameName
    published: Mapping[str, date] = field(default_factory=dict)
    main_cause: Mapping[str, str] = field(default_factory=dict)
    home: Mapping[str, str] = field(default_factory=dict)
    hero: Mapping[str, str] = field(default_factory=dict)
    passing: frozenset[tuple[str, int]] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    spread: frozenset[tuple[str, str]] = frozenset()
    alone: frozenset[tuple[str, int]] = frozenset()
    single: frozenset[tuple[str, int]] = frozenset()
    sole: frozenset[tuple[str, int]] = frozenset()
    people: frozenset[str] = frozenset()
    main_state: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)


def _one_account(a: Claim, b: Claim, around: Surroundings) -> str:
    """Two figures of one article are about one thing only if it says so itself: in its headline,
    in posts of different times, or from rival sources."""
    if a.mention.article != b.mention.article:
        return ""
    if a.in_headline != b.in_headline or a.as_of != b.as_of:
        return ""
    rivals = a.attributed_to and b.attributed_to and a.attributed_to != b.attributed_to
    state = around.lexicon.state(a.filled("state"))
    return "" if rivals or (state and state.evolves) else "two figures of one account"


def _superseded(a: Claim, b: Claim, around: Surroundings) -> str:
    """A live page's running count at another time of the day."""
    passing = a.key in around.passing or b.key in around.passing
    return "a running count at another time of the day" if passing else ""


def _quality(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("quality"), b.filled("quality")
    if one == other or a.value.unit.dimension != "percent":
        return ""
    return f"{one or 'something else'}, not {other or 'something else'}"


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
    published = around.published.get(claim.mention.article)
    return "" if year and published and int(year) == published.year else year


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
    if a.modality == b.modality or a.value.unit.dimension == "age":
        return ""
    return f"one is {_said(a.modality)}, the other {_said(b.modality)}"


def _said(modality: str) -> str:
    return "a count" if modality == "done" else modality


def _polarity(a: Claim, b: Claim, around: Surroundings) -> str:
    if a.value.unit.dimension == "age":
        return ""
    return "one of them is negated" if a.polarity != b.polarity else ""


def _part(a: Claim, b: Claim, around: Surroundings) -> str:
    return "a part is not the whole" if a.filled("part") != b.filled("part") else ""


def _scope(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("scope"), b.filled("scope")
    if one == other:
        return ""
    if "world" in {one, other} or "elsewhere" in {one, other}:
        plain = b if one else a
        counts_all = {one, other} == {"world", ""} and _is_spread(a, around)
        if counts_all and plain.slot("state") and not plain.filled("place"):
            return ""  # where cities are counted one by one, what names none counts all
        return "one counts the whole world, or elsewhere"
    total, share = (a, b) if one == "total" else (b, a)
    if _is_spread(a, around):
        return "a total is not the count of one place"
    owned = _is_owned(share, around) and share.slot("owner") and not total.slot("owner")
    return "a total is not one owner's share" if owned else ""


def _noun(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = counted(a, around.lexicon), counted(b, around.lexicon)
    if not one or not other or a.value.unit.dimension == "age":
        return ""
    relation = around.lexicon.nouns_relate(one, other)
    if relation in {"same", "synonym"}:
        return ""
    if relation in {"broader", "narrower"} and "person" not in {one, other}:
        return ""
    if relation in {"broader", "narrower"}:
        alone = _in(a, around.single) and _in(b, around.single)
        if alone and _filled_alike("state", a, b) and _near_in_size(a, b):
            return ""  # sixteen clerks held here, about twenty people there
        return f"one counts {one}, the other {other}: a part is not the whole"
    return f"one counts {one}, the other {other}"


def _state(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _state_of(a, around), _state_of(b, around)
    measured = a.slot("aspect") is not None and b.slot("aspect") is not None
    if slipped(a, b) or measured or not one or not other:
        return ""
    return f"{one} is not {other}" if one != other else ""


def _aspect(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = a.filled("aspect"), b.filled("aspect")
    if a.value.unit.dimension == "percent" and one != other:
        return "a rise or fall is not a share"
    return f"{one} is not {other}" if one and other and one != other else ""


def _thing(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _measured(a, around.lexicon), _measured(b, around.lexicon)
    if not one or not other or around.lexicon.nouns_relate(one, other):
        return ""
    if _filled_alike("owner", a, b) and not a.filled("aspect"):
        return ""
    return f"of {one}, not of {other}"


def _measured(claim: Claim, lex: Lexicon) -> str:
    """The thing that is measured: the noun of "a 96-metre mast", else the thing of the sentence."""
    noun = claim.slot("noun")
    if claim.value.unit.dimension.startswith("count"):
        return claim.filled("thing")
    attributive = noun is not None and noun.how == "measured noun" and counted(claim, lex)
    return noun.value if noun is not None and attributive else claim.filled("thing")


def _owner(a: Claim, b: Claim, around: Surroundings) -> str:
    if not (_is_owned(a, around) or _is_owned(b, around)):
        return ""
    one, other = _names(a), _names(b)
    if one and other:
        if _share(one, other, around) or _may_be_one(one, other, around):
            return ""
        return f"{' and '.join(sorted(one))}, not {' and '.join(sorted(other))}"
    if slipped(a, b) or other_currency(a, b):
        return ""
    hero = _plain_id(around.hero.get(a.mention.article, ""))
    counts = a.value.unit.dimension.startswith("count")
    if (hero and hero in map(_plain_id, one | other)) or not (one or other or counts):
        return ""
    anybody = all(_collective(name, around) for name in one | other)
    alone = _in(a, around.single) and _in(b, around.single)
    return "" if alone and anybody else "whose it is one account does not say"


def _plain_id(name: str) -> str:
    """An id without the number that tells bearers of one name apart."""
    return name.split(" (", 1)[0]


def _collective(owner: str, around: Surroundings) -> bool:
    """Whether an owner is a common noun for people (donors), who need not be named."""
    return owner.islower() and around.lexicon.noun_class(owner) in {"person", "group"}


def _is_owned(claim: Claim, around: Surroundings) -> bool:
    """Whether somebody has, gives or does it: money, ages, shares of a whole, and states of
    which the rules say so."""
    dimension = claim.value.unit.dimension
    state = around.lexicon.state(claim.filled("state"))
    if state is not None and state.name in {"damage", "cost"}:
        return False
    return dimension.startswith(("money", "age", "percent")) or (state is not None and state.owned)


def _names(claim: Claim) -> frozenset[str]:
    return frozenset(claim.filled("owner").split("|")) - {""}


def _may_be_one(one: frozenset[str], other: frozenset[str], around: Surroundings) -> bool:
    """A common noun ("the company") may stand for a name; two names or two nouns may not."""
    nouns = [all(name.islower() for name in names) for names in (one, other)]
    if nouns[0] == nouns[1]:
        return nouns[0] and any(around.lexicon.nouns_relate(x, y) for x in one for y in other)
    common = one if nouns[0] else other
    return any(around.lexicon.noun_class(noun) in {"organisation", "group"} for noun in common)


def _share(one: frozenset[str], other: frozenset[str], around: Surroundings) -> bool:
    return any(x == y or around.same_name(x, y) for x in one for y in other)


def _close(a: Claim, b: Claim) -> bool:
    """Two unequal figures so close that chance is a poor explanation."""
    sizes = [claim.value.low for claim in (a, b) if claim.value.low == claim.value.high]
    if len(sizes) < 2 or not all(sizes) or min(sizes) < LEAST:
        return False
    return bool(max(sizes) <= CLOSE * min(sizes))


def _near_in_size(a: Claim, b: Claim) -> bool:
    """Whether neither figure is much larger: parts are mostly far smaller than their whole."""
    sizes = [claim.value.high or claim.value.low for claim in (a, b)]
    return bool(sizes[0] and sizes[1] and max(sizes) <= NEAR * min(sizes))


def _modifiers(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _described(a), _described(b)
    if not one or not other or one & other or slipped(a, b):
        return ""
    return f"{' '.join(sorted(one))}, not {' '.join(sorted(other))}"


def _described(claim: Claim) -> frozenset[str]:
    return frozenset(claim.filled("modifiers").split()) - _IDLE


def _day(a: Claim, b: Claim, around: Surroundings) -> str:
    """Prices and gatherings are those of a day."""
    state = around.lexicon.state(_state_of(a, around))
    daily = state is not None and (state.disputed or state.running or state.name == "shares")
    if a.value.unit.dimension not in {"percent", "point"} and not daily:
        return ""
    one, other = a.filled("day"), b.filled("day")
    if one and other:
        return "" if _may_be_one_day(one, other) else "another day"
    published = [around.published.get(claim.mention.article) for claim in (a, b)]
    if daily and published[0] and published[1]:
        apart = abs((published[0] - published[1]).days) > LONG
        return "accounts far apart in time, and one does not name the day" if apart else ""
    return ""


def _may_be_one_day(one: str, other: str) -> bool:
    """Days are ISO dates, or weekdays where no date is known."""
    if one[:1].isdigit() and other[:1].isdigit():
        return one == other
    return _weekday(one) == _weekday(other)


def _weekday(day: str) -> str:
    return WEEKDAYS[date.fromisoformat(day).weekday()] if day[:1].isdigit() else day


def _place(a: Claim, b: Claim, around: Surroundings) -> str:
    one, other = _away(a, around), _away(b, around)
    if one and other:
        return "" if same_place(one, other, around) else f"{one}, not {other}"
    lone = one or other
    spread = _is_spread(a, around)
    if spread and not (lone or a.filled("scope") or b.filled("scope") or slipped(a, b)):
        return "counted in several places, and neither account says in which"
    if not a.value.unit.dimension.startswith("count"):
        return ""
    state = around.lexicon.state(_state_of(a, around))
    whole = lone.lower() in around.countries and state is not None and state.evolves
    if not lone or (whole and not spread):
        return ""
    return f"one is about {lone}, the other does not say so"


def _is_spread(claim: Claim, around: Surroundings) -> bool:
    """Whether people in this state are counted place by place."""
    event = around.events.get(claim.mention.article, "")
    people = counted(claim, around.lexicon) in {"", "person"}
    return people and (event, _state_of(claim, around)) in around.spread


def _away(claim: Claim, around: Surroundings) -> str:
    """The place of a claim, unless it is the place of the whole event."""
    place, home = claim.filled("place"), around.home.get(claim.mention.article, "")
    if _is_spread(claim, around):
        return place
    return "" if home and place and same_place(place, home, around) else place


def same_place(a: str, b: str, around: Surroundings) -> bool:
    """One place under one name, the same country, or a name that contains the other."""
    one, other = _plain(a), _plain(b)
    countries = [around.countries.get(name.lower(), "") for name in (a, b)]
    if one == other or (countries[0] and countries[0] == countries[1]):
        return True
    words = set(one.split()), set(other.split())
    return words[0] <= words[1] or words[1] <= words[0] or around.same_name(a, b)


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z]+", flat.lower())
    return " ".join(w for w in words if w not in {"the", "of", "downtown", "central", "city"})


def _change(a: Claim, b: Claim, around: Surroundings) -> str:
    """A rise is not a fall, unless one number is said to be both."""
    one, other = a.value.change, b.value.change
    opposed = one and other and one != other and a.value.stated != b.value.stated
    return "a rise is not a fall" if opposed else ""


def _agent(a: Claim, b: Claim, around: Surroundings) -> str:
    """What one person did is a part of what all did."""
    state = around.lexicon.state(a.filled("state"))
    if state is None or not state.shared:
        return ""
    alone = [bool(_names(c) & around.people) for c in (a, b)]
    return "one person's share is not the whole" if alone[0] != alone[1] else ""


_CONSTRAINTS = (
    _event, _reminder, _year, _cause, _modality, _polarity, _part, _scope, _noun, _state, _aspect,
    _thing, _owner, _day, _place, _quality, _one_account, _superseded, _change, _modifiers, _agent,
)  # fmt: skip


def counted(claim: Claim, lex: Lexicon) -> str:
    """What is counted. A noun that names its own state counts people (survivors)."""
    noun = claim.filled("noun")
    if claim.filled("aspect") and noun == claim.filled("aspect"):
        return ""  # "an altitude of 900 metres": the aspect, not the thing that has it
    if not noun or lex.generic(noun) == lex.generic("people"):
        return "person" if noun else ""
    state = lex.state_of(noun, "NOUN") or lex.state_of(noun, "ADJ")
    own = state is not None and state.name == claim.filled("state")
    return "person" if own and state is not None and "person" in state.counted else noun


# --- dimensions and numbers -------------------------------------------------------------------


def one_dimension(a: Claim, b: Claim, lex: Lexicon) -> bool:
    """Whether two figures can be compared: "per car" and "per vehicle" are one dimension."""
    one, other = a.value.unit.dimension, b.value.unit.dimension
    if one == other:
        return True
    (left, _, per), (right, _, by) = one.partition(" per "), other.partition(" per ")
    return left == right and bool(per and by) and bool(lex.nouns_relate(per, by))


def other_currency(a: Claim, b: Claim) -> bool:
    """One number with two currencies: 200 million euros here, 200 million dollars there."""
    one, other = a.value.unit.dimension, b.value.unit.dimension
    both = one.startswith("money:") and other.startswith("money:") and one[:9] != other[:9]
    same: bool = a.value.stated == b.value.stated
    return both and same


def slipped(a: Claim, b: Claim) -> bool:
    """Whether one figure may be a slip of the other: two neighbouring digits swapped (482/428), one
    digit of a number of five or more significant digits mistaken, or million for billion."""
    if _other_scale(a, b):
        return True
    one, other = _written(a), _written(b)
    if len(one) != len(other) or one == other:
        return False
    wrong = [i for i in range(len(one)) if one[i] != other[i]]
    places = [i for i in range(len(one)) if one[i] != "."]
    if len(wrong) == 2 and len(places) >= 3:
        first, second = (places.index(i) if i in places else -9 for i in wrong)
        return second == first + 1 and sorted(one) == sorted(other)
    return len(wrong) == 1 and all(len(x.strip("0").replace(".", "")) >= 5 for x in (one, other))


def _other_scale(a: Claim, b: Claim) -> bool:
    """Million for billion: one number a thousand times the other."""
    one, other = a.value.low, b.value.low
    if not one or not other or a.value.high != one or b.value.high != other:
        return False
    return bool(max(one, other) == 1000 * min(one, other) and min(one, other) >= 1000)


def _written(claim: Claim) -> str:
    value = claim.value
    exact = value.low is not None and value.low == value.high
    return format(float(value.low), ".10f").rstrip("0").rstrip(".") if exact else ""


# --- levels -----------------------------------------------------------------------------------


def _level(a: Claim, b: Claim, around: Surroundings) -> Link | None:
    """The first level that holds, from the surest to the barest likeness."""
    if not (one_dimension(a, b, around.lexicon) or other_currency(a, b)):
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
    (0.9, frozenset({"state", "owner", "money"})),
    (0.9, frozenset({"state", "owner", "owned", "counted"})),
    (0.85, frozenset({"thing", "aspect"})),
    (0.85, frozenset({"owner", "age"})),
    (0.85, frozenset({"noun", "slip"})),
    (0.8, frozenset({"place", "slip"})),
    (0.8, frozenset({"state", "slip"})),
    (0.8, frozenset({"state", "thing"})),
    (0.8, frozenset({"noun", "measure"})),
    (0.75, frozenset({"predicate", "noun"})),
    (0.85, frozenset({"noun", "owner"})),
    (0.75, frozenset({"aspect", "owner"})),
    (0.7, frozenset({"owner", "sole"})),
    (0.7, frozenset({"state", "unowned", "money"})),
    (0.7, frozenset({"state", "unowned", "percent", "base"})),
    (0.7, frozenset({"thing", "amount"})),
    (0.7, frozenset({"thing", "predicate"})),
    (0.7, frozenset({"aspect", "event"})),
    (0.7, frozenset({"aspect", "predicate"})),
    (0.65, frozenset({"noun", "rare", "presence"})),
    (0.62, frozenset({"noun", "rare", "calm"})),
    (0.6, frozenset({"state", "bare", "anybody's"})),
    (0.6, frozenset({"state", "bare", "single"})),
    (0.6, frozenset({"state", "measure", "single"})),
    (0.6, frozenset({"mixed currency"})),
    (0.55, frozenset({"state", "money"})),
    (0.55, frozenset({"noun", "near", "specific", "calm"})),
)
"""Which slots two claims must share to be about one thing, surest first."""


def _shared(a: Claim, b: Claim, around: Surroundings) -> frozenset[str]:
    """The names of the slots, and of other likenesses, that two claims positively share."""
    lex = around.lexicon
    tests: tuple[tuple[str, bool], ...] = (
        ("state", bool(_state_of(a, around)) and _state_of(a, around) == _state_of(b, around)),
        ("aspect", _filled_alike("aspect", a, b)),
        ("predicate", _one_verb(a, b, lex)),
        ("noun", a.value.unit.dimension != "percent" and _counts_alike(a, b, lex)),
        ("thing", _related(_measured(a, lex), _measured(b, lex), lex)),
        ("owner", bool(_names(a)) and _share(_names(a), _names(b), around)),
        ("unowned", not _names(a) and not _names(b)),
        ("place", _one_place(a, b, around)),
        ("sole", _in(a, around.sole) and _in(b, around.sole) and _may_share(a, b, around)),
        ("slip", slipped(a, b) or other_currency(a, b)),
        ("mixed currency", other_currency(a, b) and len(_written(a).strip("0.")) > 1),
        ("bare", _bare(a, b, around)),
        ("owned", _is_owned(a, around)),
        ("anybody's", not _is_owned(a, around)),
        ("presence", all(_merely_there(claim, lex) for claim in (a, b))),
        ("calm", not any(_evolving(claim, lex) for claim in (a, b))),
        ("rare", _in(a, around.alone) and _in(b, around.alone)),
        ("single", _in(a, around.single) and _in(b, around.single)),
        ("money", a.value.unit.dimension.startswith("money")),
        ("age", a.value.unit.dimension == "age"),
        ("measure", _is_measure(a)),
        ("amount", not a.value.unit.dimension.startswith("count")),
        ("counted", a.value.unit.dimension != "percent"),
        ("near", _close(a, b)),
        ("specific", counted(a, lex) not in {"", "person"}),
        ("percent", a.value.unit.dimension == "percent"),
        ("base", counted(a, lex) == counted(b, lex)),
        ("event", a.filled("aspect") in around.vocabulary.event_aspects),
    )
    return frozenset(name for name, holds in tests if holds)


def _counts_alike(a: Claim, b: Claim, lex: Lexicon) -> bool:
    return _related(counted(a, lex), counted(b, lex), lex)


def _may_share(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether the owner alone may tie two figures: shares, sums of money, ages, or one state."""
    if a.filled("aspect") or b.filled("aspect"):
        return False
    if a.value.unit.dimension == "duration" and _names(a) & _names(b) & around.people:
        states = {a.filled("state"), b.filled("state")}
        return "sentenced" in states <= {"sentenced", ""} and a.value.unit == b.value.unit
    return a.value.unit.dimension.startswith(("percent", "money", "age")) or _filled_alike(
        "state", a, b
    )


def _one_verb(a: Claim, b: Claim, lex: Lexicon) -> bool:
    one, other = a.filled("predicate"), b.filled("predicate")
    return bool(one and other) and lex.verbs_relate(one, other)


def _filled_alike(name: str, a: Claim, b: Claim) -> bool:
    return bool(a.filled(name)) and a.filled(name) == b.filled(name)


def _related(one: str, other: str, lex: Lexicon) -> bool:
    return bool(one and other) and lex.nouns_relate(one, other) not in {"", "sibling"}


def _one_place(a: Claim, b: Claim, around: Surroundings) -> bool:
    one, other = a.filled("place"), b.filled("place")
    return bool(one and other) and same_place(one, other, around)


def _bare(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether a figure without a noun may count the people that the other one counts."""
    one, other = counted(a, around.lexicon), counted(b, around.lexicon)
    state = around.lexicon.state(_state_of(a, around))
    countable = state is not None and "person" in state.counted
    noun = one or other
    itself = bool(noun) and around.lexicon.state_of(noun, "NOUN") == state
    return countable and not (one and other) and (noun in {"", "person"} or itself)


def _evolving(claim: Claim, lex: Lexicon) -> bool:
    """Whether a claim says what became of people: without that, people are just people."""
    state = lex.state(claim.filled("state"))
    return state is not None and state.evolves and "person" in state.counted


def _merely_there(claim: Claim, lex: Lexicon) -> bool:
    state = lex.state(claim.filled("state"))
    return state is None or state.presence


def _is_measure(claim: Claim) -> bool:
    dimension = claim.value.unit.dimension
    return not (dimension.startswith(("money", "count")) or dimension in {"age", "percent"})


def _state_of(claim: Claim, around: Surroundings) -> str:
    """The state; a figure with a place and no state of its own shares that of the event, as the
    items of a list of places do."""
    state = claim.slot("state")
    if state is not None and state.how != "previous sentence":
        return state.value
    noun, main = counted(claim, around.lexicon), around.main_state.get(claim.mention.article, "")
    if claim.filled("place") and noun in {"", "person"}:
        return main or claim.filled("state")
    crowd = around.lexicon.state(main)
    if state is None and noun == "person" and crowd is not None and crowd.disputed:
        return main  # where crowds are the story, people without a state are the crowd
    return claim.filled("state")


def _in(claim: Claim, some: frozenset[tuple[str, int]]) -> bool:
    return claim.key in some
