"""What two figures have in common, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crosscheck.language import plural
from crosscheck.model import Claim
from crosscheck.rulebook import Rulebook
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.likeness import counted, measured
from crosscheck.slots.topics import titled


def common(a: Claim, b: Claim, rules: Rulebook) -> Mapping[str, str]:
    """The words that ``rules/verdicts/ties.toml`` names, of two figures taken to be one."""
    pair, lex = (a, b), lexicon(rules)
    nouns = [noun for claim in pair if (noun := counted(claim, lex))]
    counts = a.value.unit.dimension == "count"
    counting = _either(map(plural, nouns)) if counts else ""
    state = lex.state(a.filled("state")) or lex.state(b.filled("state"))
    what = state.title.format(counting or "people") if state and counts else ""
    return {
        "what": what or (titled([a, b], rules) if state else ""),
        "aspect": _either(claim.filled("aspect").replace("-", " ") for claim in pair),
        "thing": _either(measured(claim, lex) for claim in pair),
        "things": _either(
            f"the {thing}" for c in pair if (thing := measured(c, lex) or c.filled("noun"))
        ),
        "nouns": counting,
        "verbs": _either(f"“{verb}”" for claim in pair if (verb := claim.filled("predicate"))),
        "owner": _either(claim.filled("owner").replace("|", ", ") for claim in pair),
        "place": _either(claim.filled("place") for claim in pair),
        "untold": ("both leave", "one leaves", "")[len(nouns)],
    }


def _either(words: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(word for word in words if word))
