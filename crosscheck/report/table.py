"""The report as a table for the terminal, most serious finding first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabulate import tabulate

from crosscheck.model import Finding, Report
from crosscheck.report import safe, view

WIDTH = 100
NARROWEST = 32
_STACKED_BELOW = 84  # four columns side by side are not readable in less
_ADVISED_FROM = 140  # nor five in less than this
_VERDICT = len("verdict") + 2  # tabulate keeps two columns free beside a heading
_HEADS = ("what is claimed", "who says what", "verdict", "why")
_ADVICE = "what to do"
_LISTED = 5
_OUTLETS = 5
_CELL = 300
_COLOURS = {"conflict": "1;31", "update": "33", "variant": "36", "compatible": "32", "agree": "32"}


def render(report: Report, width: int = WIDTH, color: bool = False, all: bool = False) -> str:
    """A table no wider than ``width`` columns (at least 32), then what was counted and not read.

    With ``all`` the topics that agree are rows too, and nothing is shortened to "and 3 more".
    What to do about a finding is a column of a wide table; of others, with ``all``, it stands
    below the reason.
    """
    width = max(width, NARROWEST)
    names = view.labels(report)
    shown = view.ranked(report) if all else view.disagreements(report)
    build = _stacked if width < _STACKED_BELOW else _columns
    parts = [build(shown, names, width, color, all)] if shown else []
    parts += _block([_legend(shown, names)], width)
    parts += _block([view.empty(report), _counts(report, names, all)], width)
    parts += _block(_left_alone(report, names) if all else [], width)
    parts += _block(_unread(report, names, all), width)
    return "\n\n".join(parts) + "\n"


def _columns(
    shown: list[Finding], names: Mapping[str, str], width: int, color: bool, all: bool
) -> str:
    advised = width >= _ADVISED_FROM and any(finding.advice for finding in shown)
    room = width - _VERDICT - (16 if advised else 13)  # the rules and the spaces beside the cells
    topic = max(room * (17 if advised else 23) // 100, len(_HEADS[0]) + 2)
    sides = room * (34 if advised else 42) // 100
    advice = room * 24 // 100 if advised else 0
    why = room - topic - sides - advice
    rows = []
    for finding in shown:
        reason = _fold(finding.why, why)
        if all:
            below = [*_tie(finding, why), *([] if advised else _advice(finding, why))]
            reason = "\n".join([reason, *below])
        cells = [
            _fold(finding.topic, topic),
            "\n".join(_sides(finding, names, sides, all)),
            _verdict(finding, color),
            reason,
        ]
        rows.append((*cells, _fold(finding.advice, advice)) if advised else tuple(cells))
    return _grid(rows, (*_HEADS, _ADVICE) if advised else _HEADS)


def _tie(finding: Finding, width: int) -> list[str]:
    tie = view.tie(finding)
    return safe.wrap(safe.short(tie, _CELL), width) if tie else []


def _advice(finding: Finding, width: int) -> list[str]:
    return (
        safe.wrap(f"→ {safe.short(finding.advice, _CELL)}", width, "  ") if finding.advice else []
    )


def _stacked(
    shown: list[Finding], names: Mapping[str, str], width: int, color: bool, all: bool
) -> str:
    room = width - _VERDICT - 7
    rows = []
    for finding in shown:
        lines = [_fold(finding.topic, room), *_sides(finding, names, room, all)]
        lines.append(_fold(finding.why, room))
        lines += [*_tie(finding, room), *_advice(finding, room)] if all else []
        rows.append((_verdict(finding, color), "\n".join(lines)))
    return _grid(rows, ("verdict", "what is claimed, by whom, and why"[: room - 2]))


def _grid(rows: Iterable[tuple[str, ...]], head: tuple[str, ...]) -> str:
    return tabulate(
        list(rows), headers=head, tablefmt="rounded_grid", disable_numparse=True, stralign="left"
    )


def _fold(text: str, width: int) -> str:
    return "\n".join(safe.wrap(safe.short(text, _CELL), width))


def _sides(finding: Finding, names: Mapping[str, str], width: int, all: bool) -> list[str]:
    """The positions, those that disagree marked off from the others."""
    sides = view.sides(finding, names)
    lines = []
    for side in sides:
        mark = "◦" if _aside(finding, side) else "•"
        text = f"{mark} {side.dated} — {view.told(side, sides, 0 if all else _OUTLETS)}"
        lines += safe.wrap(text, width, "  ")
    return lines


def _aside(finding: Finding, side: view.Side) -> bool:
    return bool(finding.disagree) and not side.contested


def _legend(shown: Iterable[Finding], names: Mapping[str, str]) -> str:
    aside = any(_aside(f, side) for f in shown for side in view.sides(f, names))
    return "◦ takes no part in the disagreement of its row." if aside else ""


def _verdict(finding: Finding, color: bool) -> str:
    word = view.WORDS[finding.verdict]
    shown = f"\x1b[{_COLOURS[finding.verdict]}m{word}\x1b[0m" if color else word
    return f"{shown}\n{finding.severity}"


def _counts(report: Report, names: Mapping[str, str], all: bool) -> str:
    counts = view.summary(report)
    closest = view.nearest(report, names)
    return f"{counts[:-1]}, nearest: {closest}." if closest and not all else counts


def _left_alone(report: Report, names: Mapping[str, str]) -> list[str]:
    pairs = [f"• {view.pair(entry.claims, entry.why, names)}" for entry in report.uncompared]
    return ["Looked alike and left alone:", *pairs] if pairs else []


def _unread(report: Report, names: Mapping[str, str], all: bool) -> list[str]:
    entries = [f"• {view.unread_text(entry, names)}" for entry in view.unread(report)]
    if not entries:
        return []
    kept = entries if all else entries[:_LISTED]
    more = [f"• and {len(entries) - len(kept)} more"] if len(entries) > len(kept) else []
    return ["Not read:", *kept, *more]


def _block(texts: list[str], width: int) -> list[str]:
    lines = [
        line
        for text in texts
        if text
        for line in safe.wrap(text, width, "  " if text.startswith("•") else "")
    ]
    return ["\n".join(lines)] if lines else []
