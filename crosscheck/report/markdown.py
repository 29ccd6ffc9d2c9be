"""The report as Markdown (GitHub's flavour), to paste into a ticket, a wiki or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crosscheck.model import Finding, Report
from crosscheck.report import safe, view

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~$@]|:(?=//)|(?<=www)\.|^[#+=-]")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "@": "&#64;", ":": "&#58;"}
_LISTED = 10


def escape(text: str) -> str:
    """Text on one line in which nothing is markup, a link, a mention or HTML."""
    escaped = _SPECIAL.sub(lambda f: _HTML.get(f[0], f"\\{f[0]}"), safe.line(text))
    return _NUMBERED.sub(r"\1\\\2", escaped)


def render(report: Report, all: bool = False) -> str:
    """A table of the findings, then the passages of each, then what was left alone or unread."""
    names = view.labels(report)
    shown = view.ranked(report) if all else view.disagreements(report)
    told = " ".join(filter(None, (view.empty(report), view.summary(report))))
    lines = ["# Crosscheck", "", told, ""]
    if shown:
        lines += _table(shown, names)
        for number, finding in enumerate(shown, 1):
            lines += _section(number, finding, names)
    lines += _section_of("Looked alike, left alone", list(_uncompared(report, names)), all)
    lines += _section_of("Not read", list(_unread(report, names)), all)
    return "\n".join(lines).rstrip() + "\n"


def _table(shown: list[Finding], names: Mapping[str, str]) -> list[str]:
    head = ["| # | What | Who says what | Verdict | Why |", "| ---: | --- | --- | --- | --- |"]
    rows = [
        f"| {number} | {escape(finding.topic)} | {_positions(finding, names)} "
        f"| {view.WORDS[finding.verdict]} | {escape(finding.why)} |"
        for number, finding in enumerate(shown, 1)
    ]
    return [*head, *rows, ""]


def _positions(finding: Finding, names: Mapping[str, str]) -> str:
    sides = view.sides(finding, names)
    return "<br>".join(
        f"**{escape(side.dated)}** — {escape(view.told(side, sides))}" for side in sides
    )


def _section(number: int, finding: Finding, names: Mapping[str, str]) -> list[str]:
    verdict = f"{view.WORDS[finding.verdict]}, {finding.severity}"
    lines = [f"## {number}. {escape(safe.short(finding.topic, 120))}", ""]
    lines += [f"*{verdict}.* {escape(finding.why)}", ""]
    lines += [escape(tie), ""] if (tie := view.tie(finding)) else []
    lines += [f"→ {escape(finding.advice)}", ""] if finding.advice else []
    for side in view.sides(finding, names):
        about = view.origins(side) if side.holders else ", ".join(side.position.origins)
        lines.append(f"- **{escape(side.dated)}**" + (f" — {escape(about)}" if about else ""))
        for holder in side.holders:
            lines += [f"  - {_quote(holder.label, c)}" for c in _passages(holder)]
    return [*lines, ""]


def _passages(holder: view.Holder) -> list[str]:
    said = (
        f"“{escape(safe.short(claim.mention.text, view.QUOTE_LIMIT))}”"
        + (f" ({escape(safe.short(view.said_by(claim), 60))})" if claim.attributed_to else "")
        for claim in holder.claims
    )
    return list(dict.fromkeys(said))


def _quote(label: str, passage: str) -> str:
    return f"{escape(label)}: {passage}"


def _uncompared(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    for entry in report.uncompared:
        yield view.pair(entry.claims, entry.why, names)


def _unread(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    for entry in view.unread(report):
        yield view.unread_text(entry, names)


def _section_of(title: str, entries: list[str], all: bool) -> list[str]:
    if not entries:
        return []
    kept = entries if all else entries[:_LISTED]
    more = [f"- and {len(entries) - len(kept)} more"] if len(entries) > len(kept) else []
    return [f"## {title}", "", *(f"- {escape(entry)}" for entry in kept), *more, ""]
