"""Topics -> findings: positions, which of them disagree, the verdict and why.

The verdict is a function of the relation of two values and of the circumstances: the same thing
respelled is a variant, a later value of something that evolves is an update, any other two values
that cannot both be true are a conflict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crosscheck.advice import advice_of
from crosscheck.align import MOST, Topic
from crosscheck.facts import facts_of
from crosscheck.kinds.base import Context, Positions
from crosscheck.model import DISAGREEING, Article, Claim, Finding, Position, Verdict
from crosscheck.origins import Origins, trace
from crosscheck.rulebook import Rulebook
from crosscheck.severity import severity_of
from crosscheck.ties import UNTIED, Tie, derives, tied
from crosscheck.values.interval import Relation

_SEVERITIES = ("high", "medium", "low")
_VERDICTS = ("conflict", "update", "variant", "compatible", "agree")


@dataclass(frozen=True, eq=False)
class Circumstances:
    """What a verdict depends on beside the values."""

    context: Context
    articles: Mapping[str, Article]
    origins: Origins

    @classmethod
    def of(cls, context: Context, articles: Iterable[Article], prose: bool = True) -> Circumstances:
        """Those of the articles of a report; ``context`` knows all their claims by now. ``prose``
        as for ``trace``."""
        read = tuple(articles)
        return cls(context, {article.id: article for article in read}, trace(context, read, prose))

    def position(self, label: str, claims: tuple[Claim, ...]) -> Position:
        found = self.origins
        return Position(
            label, claims, found.of(claims), found.outlets(claims), found.sources(claims)
        )

    def moment(self, claim: Claim) -> datetime | None:
        """When the claim was made, as a local time; zones are left out, as newsrooms do."""
        article = self.articles.get(claim.mention.article)
        moment = claim.as_of or (article.published if article else None)
        return moment.replace(tzinfo=None) if moment else None

    def timed(self, claim: Claim) -> bool:
        """Whether the moment is known to the hour, not only to the day."""
        article = self.articles.get(claim.mention.article)
        return claim.as_of is not None or bool(article and article.dated == "time")


def findings(topics: Iterable[Topic], about: Circumstances) -> tuple[Finding, ...]:
    """The findings of all topics on which more than one claim was made, most serious first."""
    found = [finding for topic in topics for finding in _of_topic(topic, about)]
    unique = _numbered(found)
    return tuple(sorted(unique, key=seriousness))


def seriousness(finding: Finding) -> tuple[object, ...]:
    """What disagrees before what does not, then by severity, by verdict and by how many accounts
    take part."""
    accounts = {c.mention.article for p in finding.positions for c in p.claims}
    return (
        finding.verdict not in DISAGREEING,
        _SEVERITIES.index(finding.severity),
        _VERDICTS.index(finding.verdict),
        -len(accounts),
        finding.kind,
        finding.topic.casefold(),
        finding.id,
    )


def _of_topic(topic: Topic, about: Circumstances) -> Iterable[Finding]:
    if len(topic.claims) < 2:
        return
    positions = topic.kind.positions(topic.claims)
    pairs = topic.kind.telling(positions, _apart(topic, positions))
    verdicts: dict[tuple[int, int], Verdict] = {
        (i, j): _verdict(topic, positions[i][1], positions[j][1], about) for i, j in pairs
    }
    for verdict in sorted(set(verdicts.values())):
        chosen = [pair for pair in pairs if verdicts[pair] == verdict]
        yield _finding(topic, *_taking_part(positions, chosen, pairs), verdict, about)
    if not pairs:
        calm: Verdict = "agree" if len(positions) == 1 else "compatible"
        yield _finding(topic, positions, [], calm, about)


def _taking_part(
    positions: Positions, chosen: Sequence[tuple[int, int]], pairs: Sequence[tuple[int, int]]
) -> tuple[Positions, list[tuple[int, int]]]:
    """The positions of one verdict: those that disagree under it, and those that disagree with
    nobody. Positions that disagree under another verdict only are shown there."""
    inside, anywhere = ({k for pair in some for k in pair} for some in (chosen, pairs))
    kept = [k for k in range(len(positions)) if k in inside or k not in anywhere]
    place = {k: at for at, k in enumerate(kept)}
    return [positions[k] for k in kept], [(place[i], place[j]) for i, j in chosen]


def _apart(topic: Topic, positions: Positions) -> list[tuple[int, int]]:
    judged = topic.kind.disagreeing(positions)
    if judged is not None:
        return sorted({(min(d[0], d[1]), max(d[0], d[1])) for d in judged})
    return [
        (i, j)
        for i in range(len(positions))
        for j in range(i + 1, len(positions))
        if _cannot_both_hold(topic, positions[i][1], positions[j][1])
    ]


def _cannot_both_hold(topic: Topic, one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Most pairs of claims are about the same thing, and most of those exclude each other."""
    pairs = [(a, b) for a in one for b in other]
    linked = [(a, b) for a, b in pairs if topic.linked(a, b)]
    apart = [pair for pair in linked if topic.kind.relate(*pair) is Relation.APART]
    return (
        len(linked) >= MOST * len(pairs) and len(apart) > MOST * len(linked) - 1e-9 and bool(apart)
    )


# --- verdicts ---------------------------------------------------------------------------------


def _verdict(
    topic: Topic, one: Sequence[Claim], other: Sequence[Claim], about: Circumstances
) -> Verdict:
    judged = topic.kind.verdict(one, other)
    if judged is not None:
        return judged
    rules = about.context.rules
    if not topic.kind.evolves(topic.claims, rules) or not _later(one, other, about):
        return "conflict"
    rivals = topic.kind.disputed(topic.claims, rules) and not _one_source(one, other, about)
    return "conflict" if rivals else "update"


def _one_source(one: Sequence[Claim], other: Sequence[Claim], about: Circumstances) -> bool:
    """Whether one speaker, or one account in the course of time, gives both values."""
    if {c.mention.article for c in one} & {c.mention.article for c in other}:
        return True
    speakers = [{about.origins.said_by(c) for c in side} - {""} for side in (one, other)]
    return bool(speakers[0] & speakers[1])


def _later(one: Sequence[Claim], other: Sequence[Claim], about: Circumstances) -> bool:
    """Whether the two positions can be states of affairs at different times. One account that
    gives both for one moment contradicts itself; so do accounts of one known hour. Otherwise a
    figure that evolves is taken to have been revised, unless no account is dated at all."""
    moments = [[m for c in side if (m := about.moment(c))] for side in (one, other)]
    if not moments[0] and not moments[1]:
        return False
    both = {c.mention.article for c in one} & {c.mention.article for c in other}
    if both:
        first, second = (
            {about.moment(c) for c in side if c.mention.article in both} for side in (one, other)
        )
        return None not in first | second and first.isdisjoint(second)
    timed = all(about.timed(c) for c in (*one, *other))
    return not timed or set(moments[0]).isdisjoint(moments[1])


# --- findings ---------------------------------------------------------------------------------


def _finding(
    topic: Topic,
    positions: Positions,
    pairs: Sequence[tuple[int, int]],
    verdict: Verdict,
    about: Circumstances,
) -> Finding:
    positions, pairs = _ordered(positions, pairs, verdict, about)
    title = topic.name or topic.kind.topic(topic.claims, about.context.rules)
    why, tie = _why(topic, positions, pairs, verdict, about)
    finding = Finding(
        finding_id(topic.kind.name, title, verdict), topic.kind.name, title, verdict, "low", why,
        tuple(about.position(label, claims) for label, claims in positions), tuple(pairs),
        {
            "verdict": verdict,
            "links": sorted({slot for link in topic.links.values() for slot in link.because}),
            "rules": {*_rules_behind(topic, about), *tie.rules},
            "tie": tie.said,
        },
    )  # fmt: skip
    return weighed(finding, about.articles, about.context.rules)


def weighed(finding: Finding, articles: Mapping[str, Article], rules: Rulebook) -> Finding:
    """The finding with its severity and the advice that goes with it."""
    facts = facts_of(finding, articles)
    severity, level = severity_of(finding.kind, finding.verdict, facts, rules)
    advice, advised = advice_of(finding, facts, rules)
    used = {*finding.reason.get("rules", ()), level, *advised} - {""}
    reason = {**finding.reason, "rules": sorted(used)}
    return replace(finding, severity=severity, advice=advice, reason=reason)


def _ordered(
    positions: Positions,
    pairs: Sequence[tuple[int, int]],
    verdict: Verdict,
    about: Circumstances,
) -> tuple[Positions, list[tuple[int, int]]]:
    """Positions in the order of time for an update, else those that disagree before the others and
    those that most accounts hold first."""
    torn = {k for pair in pairs for k in pair}

    def rank(k: int) -> tuple[object, ...]:
        claims = positions[k][1]
        accounts = len({claim.mention.article for claim in claims})
        moment = _first_moment(claims, about) if verdict == "update" else ()
        return (moment or k not in torn, -accounts, claims[0].order)

    order = sorted(range(len(positions)), key=rank)
    place = {k: at for at, k in enumerate(order)}
    moved = [(min(place[i], place[j]), max(place[i], place[j])) for i, j in pairs]
    return [positions[k] for k in order], sorted(moved)


def _rules_behind(topic: Topic, about: Circumstances) -> set[str]:
    """The rules by which the claims were read and found to be about one thing."""
    used = {rule for claim in topic.claims for rule in (claim.rule, *claim.rules_used)}
    used |= about.origins.rules_behind(topic.claims)
    return used | topic.kind.rules_behind(topic.claims, about.context.rules)


def _why(
    topic: Topic,
    positions: Positions,
    pairs: Sequence[tuple[int, int]],
    verdict: Verdict,
    about: Circumstances,
) -> tuple[str, Tie]:
    """Why there is a finding, and what makes its claims one; the former speaks of the latter only
    where signs alone tie them."""
    said = topic.kind.why(positions, pairs, verdict)
    if not pairs:
        calm = "The values differ in precision only: one can be true with the other."
        return said or ("All accounts give the same value." if verdict == "agree" else calm), UNTIED
    i, j = _foremost(positions, pairs, verdict, about)
    said = said or _usual(topic, positions[i], positions[j], verdict, about)
    tie = _tied(topic, positions, [(i, j), *pairs], about)
    return f"{said} {tie.said}".strip() if tie.by_signs else said, tie


def _tied(
    topic: Topic, positions: Positions, pairs: Sequence[tuple[int, int]], about: Circumstances
) -> Tie:
    """What ties the first pair of positions of which any two claims are linked; nothing need be
    said where one figure follows from the other."""
    rules = about.context.rules
    if any(derives(topic, positions[i][1], positions[j][1]) for i, j in pairs):
        return UNTIED
    found = (tied(topic, positions[i][1], positions[j][1], rules) for i, j in pairs)
    return next((tie for tie in found if tie.said), UNTIED)


def _usual(
    topic: Topic,
    one: tuple[str, tuple[Claim, ...]],
    other: tuple[str, tuple[Claim, ...]],
    verdict: Verdict,
    about: Circumstances,
) -> str:
    outlets = [_outlets(claims, about) for _, claims in (one, other)]
    if verdict == "update":
        told = _told_by_one(one[1], other[1], about)
        return f"Revised in time, from {one[0]} ({outlets[0]}) to {other[0]} ({outlets[1]}).{told}"
    remark = topic.kind.remark(one[1], other[1])
    said = f"{one[0]} ({outlets[0]}) and {other[0]} ({outlets[1]}) cannot both be true"
    return f"{said}: {remark}." if remark else f"{said}."


def _foremost(
    positions: Positions,
    pairs: Sequence[tuple[int, int]],
    verdict: Verdict,
    about: Circumstances,
) -> tuple[int, int]:
    """The pair to put into words: for an update from the first value to the last, else the two
    that most claims hold."""
    if verdict != "update":
        return max(pairs, key=lambda p: (sum(len(positions[k][1]) for k in p), -p[0], -p[1]))
    inside = sorted({k for pair in pairs for k in pair})
    order = sorted(inside, key=lambda k: _first_moment(positions[k][1], about))
    return order[0], order[-1]


def _first_moment(claims: Sequence[Claim], about: Circumstances) -> tuple[bool, str, bool]:
    """When a position was first held; what an account gives as an earlier figure of its own comes
    before what it says else."""
    found = sorted(
        (m.isoformat(), not c.filled("earlier")) for c in claims if (m := about.moment(c))
    )
    return (not found, *(found[0] if found else ("", True)))


def _told_by_one(one: Sequence[Claim], other: Sequence[Claim], about: Circumstances) -> str:
    """A sentence on the accounts that report the revision themselves."""
    past = [c for c in one if c.filled("earlier")]
    here = {c.mention.article for c in other}
    names = _outlets([c for c in past if c.mention.article in here], about)
    return f" {names} tells of both." if names else ""


def _outlets(claims: Sequence[Claim], about: Circumstances) -> str:
    return ", ".join(dict.fromkeys(about.articles[c.mention.article].name for c in claims))


def finding_id(kind: str, topic: str, verdict: str) -> str:
    """An id made of what the topic is about, not of files, offsets or who holds which value."""
    key = f"{kind}|{topic}|{verdict}"
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def _numbered(found: Sequence[Finding]) -> list[Finding]:
    """Tell apart findings whose topics read alike, by their positions."""
    taken: dict[str, int] = {}
    unique = []
    for finding in sorted(found, key=lambda f: (f.id, tuple(p.value for p in f.positions))):
        count = taken[finding.id] = taken.get(finding.id, 0) + 1
        unique.append(finding if count == 1 else replace(finding, id=f"{finding.id}-{count}"))
    return unique
