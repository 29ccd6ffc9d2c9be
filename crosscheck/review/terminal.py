"""Findings, decisions and the log as text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from tabulate import tabulate

from crosscheck.model import Finding
from crosscheck.report import safe, view
from crosscheck.review.differences import Hunk, differences
from crosscheck.review.revisions import Revised
from crosscheck.review.states import DECISIONS, STATES, Entry, Outcome, minute
from crosscheck.review.store import Filed
from crosscheck.review.versions import Version

_STACKED_BELOW = 84
_VALUE = 60
_HUNKS, _TEXT = 50, 200_000  # places that differ and characters of an article that are shown


def state_of(filed: Filed) -> str:
    """The state in words: "resolved: 39", "open again", "dismissed, gone"."""
    words = "open again" if filed.reopened else str(STATES[filed.state])
    if filed.value:
        words += f": {safe.short(filed.value, 60)}"
    return words if filed.present else f"{words}, gone"


def listed(found: Sequence[Filed], width: int = 100) -> str:
    """One row a finding; below 84 columns, a few lines each."""
    if not found:
        return "no finding passes the filter\n"
    if width < _STACKED_BELOW:
        return "\n\n".join(_stacked(filed, width) for filed in found) + "\n"
    topic = max(width - 64, 20)
    rows = [
        (
            filed.number,
            _fold(filed.finding.topic, topic),
            f"{view.WORDS[filed.finding.verdict]}\n{filed.finding.severity}",
            _fold(state_of(filed), 18),
            _fold(safe.short(filed.assignee, 40), 12),
            _fold(", ".join(view.values(filed.finding, _VALUE)), 16),
        )
        for filed in found
    ]
    heads = ("no.", "what is claimed", "verdict", "state", "with", "values")
    return tabulate(rows, heads, tablefmt="simple_grid", disable_numparse=True) + "\n"


def _stacked(filed: Filed, width: int) -> str:
    lines = [
        f"{filed.number}. {safe.short(filed.finding.topic, 120)}",
        f"{view.WORDS[filed.finding.verdict]}, {filed.finding.severity}; {state_of(filed)}"
        + (f"; with {safe.short(filed.assignee, 40)}" if filed.assignee else ""),
        " / ".join(view.values(filed.finding, _VALUE)),
    ]
    return "\n".join(_fold(line, width, "   " if n else "") for n, line in enumerate(lines))


def shown(
    filed: Filed,
    history: Iterable[Entry],
    names: Mapping[str, str],
    since: Iterable[Revised] = (),
    width: int = 100,
) -> str:
    """A finding with its positions and passages, what it looked like when it was decided on, if
    it was reopened, what was revised since, and its history."""
    finding = filed.finding
    head = [
        f"{filed.number}. {safe.short(finding.topic, 200)}  ({finding.id})",
        f"{view.WORDS[finding.verdict]}, {finding.severity}; {state_of(filed)}"
        + (f"; with {safe.short(filed.assignee, 40)}" if filed.assignee else "")
        + f"; revision {filed.revision}",
        *([f"reason: {safe.short(filed.reason, 400)}"] if filed.reason else []),
        safe.short(finding.why, 400),
        *([f"> {safe.short(finding.advice, 400)}"] if finding.advice else []),
    ]
    parts = ["\n".join(_fold(line, width) for line in head), _positions(finding, names, width)]
    if filed.reopened and filed.decided:
        parts.append("When it was decided on:\n" + _positions(filed.decided, names, width))
    parts += [_revised(one, names.get(one.key, one.key), width) for one in since]
    parts.append(logged(history, width).rstrip())
    return "\n\n".join(filter(None, parts)) + "\n"


def _positions(finding: Finding, names: Mapping[str, str], width: int) -> str:
    lines = []
    for side in view.sides(finding, names):
        lines.append(_fold(f"{side.letter or '·'}  {side.dated}", width, "   "))
        for holder in side.holders:
            for claim in holder.claims:
                said = view.said_by(claim)
                source = f" (according to {safe.short(said, 80)})" if said else ""
                text = f"{holder.label}: “{safe.short(claim.mention.text, 200)}”{source}"
                lines.append(textwrap.indent(_fold(text, width - 3, "  "), "   "))
    return "\n".join(lines)


def _revised(one: Revised, name: str, width: int) -> str:
    """An article that was revised after the decision, with what differs."""
    head = f"{safe.short(name, 60)}: decided on version {one.then.number}" if one.then else ""
    head = head or f"{safe.short(name, 60)}: came after the decision"
    now = f"; now version {one.now.number}, imported {minute(one.now.at)}"
    return "\n".join([_fold(head + now, width), *_hunks(one.hunks, width)])


def article(versions: Sequence[Version], shown: Version, width: int = 100) -> str:
    """A version of an article, which versions there are, and what this one changed."""
    now = shown.article
    lines = [safe.short(f"{now.name}: {now.title}" if now.title else now.name, 200)]
    for version in versions:
        sign = "*" if version is shown else " "
        lines.append(f"{sign} version {version.number}, imported {minute(version.at)}")
    if before := [version for version in versions if version.number < shown.number]:
        lines += [f"Changed by version {shown.number}:"]
        lines += _hunks(differences(before[-1].article.text, now.text), width)
    text = [_fold(safe.short(line, _TEXT), width) for line in now.text[:_TEXT].splitlines()]
    more = [f"[… {len(now.text) - _TEXT:,} characters left out …]"] if len(now.text) > _TEXT else []
    return "\n".join([*(_fold(line, width, "  ") for line in lines), "", *text, *more]) + "\n"


def _hunks(hunks: Sequence[Hunk], width: int) -> list[str]:
    """What differs, with [-removed-] and {+added+} words, as wdiff marks them."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    lines = [
        " ".join(marks[piece.sign].format(safe.short(piece.text, 400)) for piece in hunk)
        for hunk in hunks[:_HUNKS]
    ]
    if len(hunks) > _HUNKS:
        lines.append(f"{len(hunks) - _HUNKS} more places differ")
    return [_fold(f"   {line}", width, "     ") for line in lines]


def logged(entries: Iterable[Entry], width: int = 100) -> str:
    """One entry a line or more: when, who, what."""
    lines = [_fold(entry_line(entry), width, "    ") for entry in entries]
    return "\n".join(lines or ["nothing was decided yet"]) + "\n"


def entry_line(entry: Entry) -> str:
    """ "2024-05-03 16:20 UTC  Ana  12 dead in Varde: resolved as 39 (police, by phone)" """
    at = entry.at[:16].replace("T", " ")
    who = safe.short(entry.who, 40) or "import"
    return f"{at} UTC  {who}  {safe.short(entry.topic, 100)}: {deed(entry)}"


def deed(entry: Entry) -> str:
    """What an entry says, in words."""
    if entry.action == "noted":
        return f"note: {safe.short(entry.note, 400)}"
    if entry.action not in DECISIONS:
        return {"gone": "gone from the newest import", "returned": "back"}.get(
            entry.action, entry.action
        )
    parts = []
    if entry.of_state:
        words = STATES[entry.state]
        if entry.value:
            words += f" as {safe.short(entry.value, 80)}"
        if entry.reason:
            words += f" ({safe.short(entry.reason, 300)})"
        parts.append(words)
    if entry.assignee != entry.before.get("assignee"):
        parts.append(f"given to {safe.short(entry.assignee, 40)}" if entry.assignee else "given up")
    if entry.note:
        parts.append(f"note: {safe.short(entry.note, 300)}")
    words = "; ".join(parts)
    if entry.action == "undone":
        words = f"undone, back to {words}"
    if entry.action == "redone":
        words = f"redone: {words}"
    return words if entry.applied else f"{words}, which came second and has no effect"


def outcome(done: Outcome) -> str:
    """What became of a change, for the one who made it."""
    entry = done.entry
    if entry.applied:
        return f"{safe.short(entry.topic, 100)}: {deed(entry)}"
    others = "; ".join(f"{safe.short(e.who, 40) or 'an import'}: {deed(e)}" for e in done.since)
    return (
        f"{safe.short(entry.topic, 100)} was changed since you looked ({others}). "
        "Your words are kept in the log and have no effect; decide again if you still mean it."
    )


def _fold(text: str, width: int, indent: str = "") -> str:
    return "\n".join(
        line
        for part in safe.spaced(text).splitlines() or [""]
        for line in textwrap.wrap(part, max(width, 10), subsequent_indent=indent) or [""]
    )
