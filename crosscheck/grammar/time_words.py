"""The vocabulary of times, compiled from ``rules/times`` once for each rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from crosscheck.grammar.time_expression import Daypart, Edge, Hedge, Season
from crosscheck.rulebook import Rule, Rulebook

_VAGUE_COUNTS: Mapping[str, float] = {
    "several": 4,
    "a few": 3,
    "a couple of": 2,
    "half an": 0.5,
    "half a": 0.5,
    "a quarter of an": 0.25,
    "three quarters of an": 0.75,
    "an hour and a": 1,
}
VAGUE = frozenset({"several", "a few", "a couple of"})
_ZONE = (
    r"(?:of )?(?:local time|(?:{words})(?:[+-]\d{{1,2}}(?::?[0-5]\d)?)?|ET|PT|CT|MT"
    r"|by the time of [A-Z]\w+|[A-Z]\w+(?: [A-Z]\w+)? time|[A-Z]\w+ [Tt]ime)"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form; ``not_after`` and ``not_before`` veto a match by what stands around it."""

    rule: Rule
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class TimeWords:
    """Words with their meaning and the id of the rule they come from; one pattern for all forms.

    The groups of ``pattern`` are named ``<name>__<n>_k<form>``; ``groups`` lists them by form.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    dayparts: Mapping[str, Daypart]
    edges: Mapping[str, Edge]
    feasts: Mapping[str, tuple[int, int, str]]
    day_words: Mapping[str, tuple[int, str]]
    seasons: Mapping[str, Season]
    counts: Mapping[str, float]
    zones: Mapping[str, tuple[timedelta, str]]
    hedges: Mapping[str, Hedge]
    rounds: Mapping[str, Hedge]
    forms: tuple[Form, ...]
    groups: tuple[tuple[tuple[str, str], ...], ...]
    pattern: re.Pattern[str]
    hedge_pattern: re.Pattern[str]
    trigger: re.Pattern[str]


@cache
def time_words(rules: Rulebook) -> TimeWords:
    words = {rule.id: rule for rule in rules.section("time-words")}
    months, weekdays = _ordered(words["time.months"], 1), _ordered(words["time.weekdays"], 0)
    hedges = {w: _hedge(rule) for rule in rules.section("time-hedges") for w in _words(rule)}
    zones = {
        word: (timedelta(minutes=int(rule.number("minutes"))), rule.id)
        for rule in rules.section("time-zones")
        for word in rule.strings("words")
    }
    dayparts = {w: _daypart(r) for r in _of(words, "daypart") for w in _words(r)}
    edges = {w: _edge(r, w) for r in _of(words, "edge") for w in _words(r)}
    feasts = {w: _feast(r) for r in _of(words, "feast") for w in _words(r)}
    day_words = {w: _day_word(r) for r in _of(words, "day") for w in _words(r)}
    seasons = {w: _season(r, w) for r in _of(words, "season") for w in _words(r)}
    counts = _counts(words["time.counts"])
    listed: dict[str, Iterable[str]] = {
        "daypart": dayparts,
        "edge": edges,
        "feast": feasts,
        "dayword": day_words,
        "season": seasons,
        "count": counts,
    }
    holders = _holders(months, weekdays, listed, words["time.units"], zones)
    forms = tuple(_form(rule) for rule in rules.section("time-forms"))
    pattern, groups = _joined(forms, holders)
    return TimeWords(
        months=months,
        weekdays=weekdays,
        dayparts=dayparts,
        edges=edges,
        feasts=feasts,
        day_words=day_words,
        seasons=seasons,
        counts=counts,
        zones=zones,
        hedges=hedges,
        rounds={r.string("shape"): _hedge(r) for r in rules.section("time-hedges")},
        forms=forms,
        groups=groups,
        pattern=pattern,
        hedge_pattern=re.compile(
            rf"(?<!\w)(?P<hedge>{_any(hedges)})\s(?:(?:at|on|in)\s)?(?:the\s)?$", re.IGNORECASE
        ),
        trigger=_trigger(months, weekdays, listed),
    )


def _of(words: Mapping[str, Rule], kind: str) -> list[Rule]:
    return [rule for rule in words.values() if rule.string("is") == kind]


def _words(rule: Rule) -> list[str]:
    return [word.lower() for word in rule.strings("words")]


def _ordered(rule: Rule, first: int) -> dict[str, int]:
    return {
        form.lower(): i
        for i, forms in enumerate(rule.strings("words"), first)
        for form in forms.split("|")
    }


def _counts(rule: Rule) -> dict[str, float]:
    return dict(_ordered(rule, 1)) | dict(_VAGUE_COUNTS)


def _hedge(rule: Rule) -> Hedge:
    minutes, units = int(rule.number("minutes")), int(rule.number("units"))
    return Hedge(rule.id, rule.string("shape"), minutes, units)


def _daypart(rule: Rule) -> Daypart:
    name = rule.strings("words")[0]
    return Daypart(rule.id, name, int(rule.number("low")), int(rule.number("high")))


def _edge(rule: Rule, word: str) -> Edge:
    return Edge(rule.id, word, rule.number("low"), rule.number("high"))


def _season(rule: Rule, word: str) -> Season:
    return Season(rule.id, word, int(rule.number("low")), int(rule.number("high")))


def _day_word(rule: Rule) -> tuple[int, str]:
    return int(rule.number("number")), rule.id


def _feast(rule: Rule) -> tuple[int, int, str]:
    return int(rule.number("month")), int(rule.number("number")), rule.id


def _form(rule: Rule) -> Form:
    def compiled(key: str) -> re.Pattern[str] | None:
        text = rule.string(key)
        return re.compile(text) if text else None

    return Form(rule, compiled("not_after"), compiled("not_before"))


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first)


def _named(names: Mapping[str, int]) -> str:
    """Months and weekdays are read only with a capital or in capitals: 'may' and 'march' are verbs.
    Short forms may end with a full stop."""
    forms: list[str] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        stop = r"\b\.?" if len(name) <= 4 and name not in {"may", "june", "july"} else ""
        forms += [name.capitalize() + stop, name.upper() + stop]
    return "|".join(forms)


def _holders(
    months: Mapping[str, int],
    weekdays: Mapping[str, int],
    listed: Mapping[str, Iterable[str]],
    units: Rule,
    zones: Mapping[str, object],
) -> dict[str, str]:
    """What stands for each {placeholder} of a form, with its group's name left open as ``%s``."""
    full = {name: n for name, n in weekdays.items() if name.endswith("day")}
    zone_words = _any(zones)
    numbers = _any(w for w in listed["count"] if w not in _VAGUE_COUNTS and w not in {"a", "an"})
    plain = {
        "day": r"3[01]|[12]\d|0?[1-9]",
        "year": r"(?:1\d{3}|20\d\d)(?!\d|[.,]\d)",
        "month": _named(months),
        "weekday": _named(full),
        "hour12": r"1[0-2]|0?[1-9]",
        "hour24": r"[01]?\d|2[0-3]",
        "minute": r"[0-5]\d",
        "number": rf"(?i:{numbers})|1[0-2]|[1-9]",
        "count": rf"(?i:{_any(listed['count'])})|\d{{1,3}}",
        "unit": rf"(?:{'|'.join(units.strings('words'))}|fortnight|night)s?",
        "daypart": rf"(?i:{_any(listed['daypart'])})",
        "edge": rf"(?i:{_any(listed['edge'])})",
        "season": rf"(?i:{_any(listed['season'])})",
        "feast": rf"(?i:{_any(listed['feast'])})",
        "dayword": rf"(?i:{_any(listed['dayword'])})",
        "zone": _ZONE.format(words=zone_words),
    }
    names = {"hour12": "hour", "hour24": "hour"}
    held = {key: f"(?P<{names.get(key, key)}%s>{body})" for key, body in plain.items()}
    held["day"] = r"(?P<day%s>3[01]|[12]\d|0?[1-9])(?!\d)"
    held["half"] = r"(?P<half%s>(?i:[ap]))(?i:\.\s?m\.?|m\b)"
    zone = held["zone"]
    second = zone.replace("%s", "%s_b")
    held["zoned"] = rf",? {zone}(?!\w)|,? \({second}\)"
    return held


def _joined(
    forms: tuple[Form, ...], holders: Mapping[str, str]
) -> tuple[re.Pattern[str], tuple[tuple[tuple[str, str], ...], ...]]:
    bodies, groups = [], []
    for k, form in enumerate(forms):
        body = _expanded(form.rule.string("pattern").replace(" ", r"\s"), holders)
        names = re.findall(r"\(\?P<(\w+)>", body)
        body = re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>_k{k}>", body)
        bodies.append(f"(?P<form_k{k}>{body})")
        groups.append(tuple((name.split("__")[0], f"{name}_k{k}") for name in names))
    return re.compile(rf"(?:(?<!\w)(?=\w)|(?=[(,]))(?:{'|'.join(bodies)})"), tuple(groups)


def _expanded(pattern: str, holders: Mapping[str, str]) -> str:
    used = 0

    def fill(match: re.Match[str]) -> str:
        nonlocal used
        body = holders.get(match.group(1))
        if body is None:
            return match.group()
        used += 1
        return body.replace("%s", f"__{used}").replace(" ", r"\s")

    return re.sub(r"\{([a-z]+\d*)\}", fill, pattern)


def _trigger(
    months: Mapping[str, int], weekdays: Mapping[str, int], listed: Mapping[str, Iterable[str]]
) -> re.Pattern[str]:
    """Whether a text can hold a time at all; one cheap search."""
    names = [n for n in (*months, *weekdays) if len(n) > 2]
    words = [w for key in ("daypart", "feast", "dayword", "season") for w in listed[key]]
    other = ["ago", "last", "next", "this", "earlier", "later", "noon", "midday", "midnight"]
    other += ["day", "o'clock", "o’clock", "half past", "quarter past", "quarter to"]
    return re.compile(rf"\d|\b(?:{_any({*names, *words, *other})})\b", re.IGNORECASE)
