"""The correction log: what the desk's decisions mean for the copy, in the terms of news agencies.

CORRECTION for what an account got wrong, named as such and never "fix" or "clarify" (AP, "Statement
of news values and principles"); UPDATE for a value that was right and has been overtaken;
CLARIFICATION where no account is wrong; ADVISORY for editors, where nothing is settled. KILL
and WITHHOLD are about whole stories and for a desk's head to say (Reuters, "Handbook of
journalism"): they are never written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crosscheck.model import Verdict
from crosscheck.report import safe, view
from crosscheck.report.markdown import escape
from crosscheck.review.exports.material import Material, joined
from crosscheck.review.exports.settled import Standing, standings
from crosscheck.review.states import STATES, Entry, minute
from crosscheck.review.store import Filed
from crosscheck.rulebook import Rulebook, load

_TERMS: dict[Verdict, str] = {
    "conflict": "CORRECTION",
    "update": "UPDATE",
    "variant": "CORRECTION (spelling)",
    "compatible": "CLARIFICATION",
    "agree": "CLARIFICATION",
}
_ORDER: tuple[Standing, ...] = ("differs", "unclear", "stands")


@dataclass(frozen=True, slots=True)
class _Item:
    seq: int
    term: str
    lines: tuple[str, ...]


def render(material: Material) -> str:
    """The log as Markdown that reads as plain text, too: the newest decision first, with who
    decided, when and why, and what follows for each account. Dismissed findings ask for nothing
    and are not in it."""
    rules = load()
    items = [item for filed in material.found for item in _items(filed, material, rules)]
    items.sort(key=lambda item: (item.term == "ADVISORY", -item.seq))
    lines = ["# Correction log", "", _summary(items, material)]
    for item in items:
        lines += ["", *item.lines]
    return "\n".join(lines) + "\n"


def _summary(items: list[_Item], material: Material) -> str:
    counts = Counter(item.term for item in items)
    told = ", ".join(f"{number} {term}" for term, number in counts.items())
    as_of = f" As of {minute(material.as_of)}." if material.as_of else ""
    return (f"{told}." if told else "Nothing was settled yet.") + as_of


def _items(filed: Filed, material: Material, rules: Rulebook) -> Iterator[_Item]:
    decision = material.last_decision(filed)
    if decision is None:
        return
    if filed.state == "resolved":
        yield _settled(filed, decision, material, rules)
    elif filed.state in {"confirmed", "call"} or (filed.reopened and decision.state == "resolved"):
        yield _Item(decision.seq, "ADVISORY", tuple(_advisory(filed, decision, material)))


# --- settled -------------------------------------------------------------------------------------


def _settled(filed: Filed, decision: Entry, material: Material, rules: Rulebook) -> _Item:
    how = standings(filed.finding, filed.value, rules)
    accounts = sorted(_accounts(filed, how, material), key=lambda a: _ORDER.index(a.standing))
    terms = [_term(account, accounts, filed) for account in accounts]
    asked = [term for term in terms if term not in {"STANDS", "CHECK"}]
    usual = _TERMS[filed.finding.verdict] if "CHECK" in terms else "CLARIFICATION"
    term = min(asked, default=usual)
    value = escape(safe.short(filed.value, view.VALUE_LIMIT))
    lines = [
        _heading(term, filed),
        "",
        f"The desk settled on **{value}** ({_decided(decision)}){_reason(filed)}."
        + ("" if filed.present else " The newest import does not show the discrepancy any more."),
        "",
        *(
            f"- {of_account}: {account.told}.{_then(of_account, filed)}"
            for of_account, account in zip(terms, accounts, strict=True)
        ),
    ]
    return _Item(decision.seq, term, tuple(lines))


@dataclass(frozen=True, slots=True)
class _Account:
    """An account that holds a position, and how that lies to the value settled on."""

    standing: Standing
    day: date | None
    told: str


def _accounts(filed: Filed, how: tuple[Standing, ...], material: Material) -> Iterator[_Account]:
    for side in view.sides(filed.finding, material.names):
        for holder in side.holders:
            article = material.articles.get(holder.article)
            published = article.published.date() if article and article.published else None
            yield _Account(how[side.index], published, _told(side, holder, filed, material))


def _term(account: _Account, accounts: list[_Account], filed: Filed) -> str:
    if account.standing == "stands":
        return "STANDS"
    if account.standing == "unclear":
        return "CHECK"
    term = _TERMS[filed.finding.verdict]
    if term == "UPDATE" and account.day:
        right = [other.day for other in accounts if other.standing == "stands"]
        # what was printed after the right value has not been overtaken by it
        if right and all(day and day < account.day for day in right):
            return "CORRECTION"
    return term


def _told(side: view.Side, holder: view.Holder, filed: Filed, material: Material) -> str:
    """ "In a story of 3 May 2024 (“Ferry lost”), Beacon reported 35 (“35 people”; police)" """
    article = material.articles.get(holder.article)
    published = article.published if article else None
    dated = f"a story of {view.day(published)}" if published else "an undated story"
    title = safe.short(article.title, 120) if article else ""
    titled = f" (“{escape(title)}”)" if title else ""
    verb = "wrote" if filed.finding.verdict == "variant" else "reported"
    text = safe.short(holder.claims[0].mention.text, 120)
    detail = [f"“{escape(text)}”"] if text != side.value else []
    detail += [escape(joined(holder.sources))] if holder.sources else []
    detail += [escape(side.when)] if side.when else []
    more = f" ({'; '.join(detail)})" if detail else ""
    return f"In {dated}{titled}, {escape(_outlet(holder, material))} {verb} " + (
        f"{escape(side.value)}{more}"
    )


def _outlet(holder: view.Holder, material: Material) -> str:
    article = material.articles.get(holder.article)
    return safe.short(article.name, 60) if article else holder.label


def _then(term: str, filed: Filed) -> str:
    """What follows for an account."""
    value = escape(safe.short(filed.value, view.VALUE_LIMIT))
    return {
        "STANDS": "",
        "CHECK": " Whether that stands cannot be told from the values.",
        "UPDATE": f" The desk now has {value}.",
        "CORRECTION (spelling)": f" It should read {value}.",
    }.get(term, f" It should have been {value}.")


# --- not settled ---------------------------------------------------------------------------------


def _advisory(filed: Filed, decision: Entry, material: Material) -> Iterator[str]:
    sides = view.sides(filed.finding, material.names)
    held = "; ".join(
        f"{escape(side.dated)} ({escape(view.told(side, sides))})"
        for side in sides
        if side.contested or not filed.finding.disagree
    )
    yield _heading("ADVISORY", filed)
    yield ""
    if filed.reopened:
        value = escape(safe.short(decision.value, view.VALUE_LIMIT))
        yield (
            f"The desk had settled on {value} ({_decided(decision)}); the accounts have changed "
            "since, and it is open again."
        )
    else:
        yield f"{STATES[filed.state].capitalize()} ({_decided(decision)}){_reason(filed)}."
    yield ""
    yield f"- ADVISORY: The accounts differ and no value is settled: {held}."


def _heading(term: str, filed: Filed) -> str:
    held = " / ".join(view.values(filed.finding))
    topic = safe.short(filed.finding.topic, 120)
    return f"## {term}: {escape(topic)} ({escape(held)}; no. {filed.number})"


def _decided(decision: Entry) -> str:
    return f"{escape(safe.short(decision.who, 40))}, {minute(decision.at)}"


def _reason(filed: Filed) -> str:
    return f": {escape(safe.short(filed.reason, 400)).rstrip('.')}" if filed.reason else ""
