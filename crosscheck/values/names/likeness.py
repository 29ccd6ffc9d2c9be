"""How much likeness is enough: the less is equal, the surer must be what is not."""

from __future__ import annotations

from crosscheck.values.names.letters import SYLLABIC_LANGUAGES
from crosscheck.values.names.pair import Pair
from crosscheck.values.names.pairing import Match
from crosscheck.values.names.record import RESPELLED, Explanation


def trouble(pair: Pair) -> str:
    """Why the likeness of two names is too weak, for people; nothing if it is not."""
    support = [match for match in pair.matches if _supports(pair, match)]
    if len(pair.matches) == 1 and not support:
        return _alone(pair, pair.matches[0])
    slips = [match for match in pair.matches if match.how.slips]
    if slips:
        return _slipped(pair, slips, support)
    return "" if pair.across else _all_respelled(pair, support)


def _supports(pair: Pair, match: Match) -> bool:
    """Whether a match is evidence by itself: an equal word, or two forms of one given name."""
    if match.how.kind in {"equal", "style", "nickname"}:
        return len(match.how.left) > 1
    known, none = pair.tables.families, frozenset[int]()
    family = known.get(match.how.left, none) & known.get(match.how.right, none)
    return bool(family) and not match.how.slips


def _all_respelled(pair: Pair, support: list[Match]) -> str:
    """Names that classes explain, where nothing, or only a nickname, is equal."""
    respelled = pair.of(*RESPELLED)
    if not respelled or any(match.how.kind in {"equal", "style"} for match in support):
        return ""
    if pair.of("nickname") and not all(match.how.strong for match in respelled):
        return "only a nickname and a weak likeness"
    letters = sum(match.shorter for match in pair.matches)
    together = pair.tables.vetoes["weak"].numbers["together"]
    return "" if support or letters >= together else "no part is equal, and all are short"


def _alone(pair: Pair, match: Match) -> str:
    """Whether a single word, or a surname against a full name, may be respelled."""
    how = match.how
    if match.exonym or (pair.across and not how.slips):
        return ""
    if pair.lone and (how.slips or not how.strong):
        return "a weak likeness of a single word and a full name"
    if how.slips and len(how.steps) > 1:
        return "more than a slip in a word that stands alone"
    return "" if match.shorter >= _least_alone(pair, how) else "a short word alone"


def _least_alone(pair: Pair, how: Explanation) -> int:
    if how.strong:
        return pair.tables.vetoes["weak"].numbers["alone"]
    slips = {slip.rule: slip.alone for slip in pair.tables.slips.values()}
    weakest = pair.tables.slips["letter"].alone
    return max((slips[step.rule] for step in how.steps if step.rule in slips), default=weakest)


def _slipped(pair: Pair, slips: list[Match], support: list[Match]) -> str:
    long = pair.tables.vetoes["weak"].numbers["long"]
    for match in slips:
        if _is_short(pair, match, len(support)):
            return "a slip in a short word"
        if pair.partial and (len(match.how.steps) > 1 or match.shorter < long or not support):
            return "a slip beside a missing part"
    if len(slips) > 1:
        enough = support and len(slips) == 2 and all(match.shorter >= long for match in slips)
        return "" if enough else "several slips"
    others = [match for match in pair.of(*RESPELLED) if match is not slips[0]]
    sure = support or (others and all(match.how.strong for match in others))
    return "" if sure else "a slip, and no part is equal"


def _is_short(pair: Pair, match: Match, support: int) -> bool:
    """Whether a word is too short for its slip: at the least length the slip must be behind the
    first letter and in no syllable's name, unless much else is equal."""
    if pair.native:
        return False
    least = _least(pair, match.how)
    if match.shorter < least or support >= pair.tables.vetoes["weak"].numbers["many"]:
        return match.shorter < least
    other = match.how.left[:1] != match.how.right[:1]
    return match.shorter == least and (other or bool(pair.gates & SYLLABIC_LANGUAGES))


def _least(pair: Pair, how: Explanation) -> int:
    slips = {slip.rule: slip.least for slip in pair.tables.slips.values()}
    return max(slips.get(step.rule, 0) for step in how.steps)
