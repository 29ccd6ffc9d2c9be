"""How two figures are alike: what they count or measure, whose they are, which state and place."""

from __future__ import annotations

import re
import unicodedata

from crosscheck.grammar.counted import AHEAD
from crosscheck.model import Claim
from crosscheck.slots.lexicon import Lexicon, State
from crosscheck.slots.surroundings import Surroundings
from crosscheck.slots.world import initials

_BESIDE = frozenset({"counted noun", "said of them"})
_MEASURED = frozenset({"measured noun", AHEAD})
_STUFF = frozenset({"mass", "volume", "energy"})
"""Dimensions in which "of" names the stuff that is measured: tonnes of fuel."""


def measured(claim: Claim, lex: Lexicon) -> str:
    """The thing that is measured: the noun of "a 96-metre mast", else the thing of the sentence."""
    noun = claim.slot("noun")
    if claim.value.unit.dimension.startswith("count"):
        return claim.filled("thing")
    stuff = noun is not None and noun.how == "of" and claim.value.unit.dimension in _STUFF
    attributive = (
        noun is not None and (stuff or noun.how in _MEASURED) and bool(counted(claim, lex))
    )
    return noun.value if noun is not None and attributive else claim.filled("thing")


def is_owned(claim: Claim, around: Surroundings) -> bool:
    """Whether somebody has, gives or does it: money, ages, shares of a whole, and states of
    which the rules say so."""
    dimension = claim.value.unit.dimension
    state = around.lexicon.state(claim.filled("state"))
    if state is not None and state.name in {"damage", "cost"}:
        return False
    return dimension.startswith(("money", "age", "percent")) or (state is not None and state.owned)


def owners_of(claim: Claim) -> frozenset[str]:
    return frozenset(claim.filled("owner").split("|")) - {""}


def share_owner(one: frozenset[str], other: frozenset[str], around: Surroundings) -> bool:
    return any(x == y or around.same_name(x, y) for x in one for y in other)


def same_place(a: str, b: str, around: Surroundings) -> bool:
    """One place under one name, the same country, or a name that contains the other."""
    one, other = _plain(a), _plain(b)
    countries = [around.countries.get(name.lower(), "") for name in (a, b)]
    if one == other or (countries[0] and countries[0] == countries[1]):
        return True
    if initials(a, b) or initials(b, a):
        return True
    words = set(one.split()), set(other.split())
    return words[0] <= words[1] or words[1] <= words[0] or around.same_name(a, b)


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z]+", flat.lower())
    return " ".join(w for w in words if w not in {"the", "of", "downtown", "central", "city"})


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


def plain_dimension(claim: Claim) -> str:
    """Count, money, percent ...: without the currency, and without what it is per."""
    dimension: str = claim.value.unit.dimension.split(" per ")[0].split(":")[0]
    return dimension


def one_dimension(a: Claim, b: Claim, lex: Lexicon) -> bool:
    """Whether two figures can be compared: "per car" and "per vehicle" are one dimension."""
    one, other = a.value.unit.dimension, b.value.unit.dimension
    if one == other:
        return True
    if plain_dimension(a) == plain_dimension(b) and filled_alike("period", a, b):
        return True  # "90,000 cars a year", "90,000 per year"
    (left, _, per), (right, _, by) = one.partition(" per "), other.partition(" per ")
    return left == right and bool(per and by) and bool(lex.nouns_relate(per, by))


def filled_alike(name: str, a: Claim, b: Claim) -> bool:
    return bool(a.filled(name)) and a.filled(name) == b.filled(name)


def related(one: str, other: str, lex: Lexicon) -> bool:
    return bool(one and other) and lex.nouns_relate(one, other) not in {"", "sibling"}


def names_members(a: Claim, b: Claim, lex: Lexicon) -> bool:
    """Whether both figures count the members of one sort, named beside the figure (children)."""
    nouns = [claim.slot("noun") for claim in (a, b)]
    named = [counted(claim, lex) for claim in (a, b)]
    beside = all(noun is not None and noun.how in _BESIDE for noun in nouns)
    return beside and named[0] not in {"", "person"} and lex.nouns_relate(*named) == "same"


def is_evolving(claim: Claim, lex: Lexicon) -> bool:
    """Whether a claim says what became of people: without that, people are just people."""
    state = lex.state(claim.filled("state"))
    return state is not None and state.evolves and "person" in state.counted


def state_of(claim: Claim, around: Surroundings) -> str:
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


def one_state(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether both are in one state, or in two that accounts call by either word: the evacuated and
    the displaced are one unless an account counts both."""
    one, other = state_of(a, around), state_of(b, around)
    if not one or not other or one == other:
        return bool(one) and one == other
    known = around.lexicon.state(one)
    if known is None or other not in known.kin:
        return False
    articles = {claim.mention.article for claim in (a, b)}
    return not any({(id, one), (id, other)} <= around.states for id in articles)


def state_told(a: Claim, b: Claim, around: Surroundings) -> State | None:
    """The state of which one account or both tell; of two, the first by name."""
    told = sorted({state_of(a, around), state_of(b, around)} - {""})
    return around.lexicon.state(told[0]) if told else None


def is_in(claim: Claim, some: frozenset[tuple[str, int]]) -> bool:
    return claim.key in some
