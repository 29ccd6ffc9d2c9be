"""What makes a rule file usable, and everything that is wrong with one that is not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crosscheck.rulebook.lines import Lines, locate

HEAD = frozenset({"section", "about", "keys", "rule"})
OWN = frozenset({"id", "about", "find", "leave"})

_ID = re.compile(r"[^\s\"'/]+")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_date(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": _is_string,
    "strings": _list_of(_is_string),
    "pattern": _is_string,
    "patterns": _list_of(_is_string),
    "number": _is_number,
    "numbers": _list_of(_is_number),
    "date": _is_date,
    "boolean": lambda value: isinstance(value, bool),
    "table": _is_table,
    "tables": _list_of(_is_table),
    "lists": _list_of(_list_of(_is_string)),
}
"""What ``[keys]`` may promise of a key. ``date`` is a day as TOML writes it
(2019-08-14); ``pattern`` is a regular expression of Python's ``re``;
``table`` maps strings to anything; ``lists`` is a list of lists of strings."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a rule file; ``line`` counts from 1, ``shown`` is the text there."""

    file: Path
    line: int
    what: str
    shown: str

    def __str__(self) -> str:
        text = f"\n    {self.line} | {self.shown.strip()[:120]}" if self.shown.strip() else ""
        return f"{self.file}:{self.line}: {self.what}{text}"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A rule file as parsed, before anything in it is believed."""

    path: Path
    lines: Lines
    data: Mapping[str, Any]

    @property
    def section(self) -> str:
        section = self.data.get("section", "")
        return section if isinstance(section, str) else ""

    @property
    def keys(self) -> Mapping[str, Any] | None:
        keys = self.data.get("keys")
        return keys if isinstance(keys, dict) else None

    @property
    def rules(self) -> list[Any]:
        rules = self.data.get("rule", [])
        return rules if isinstance(rules, list) else []

    def mistake(self, line: int, what: str) -> Mistake:
        shown = self.lines.raw[line - 1] if 0 < line <= len(self.lines.raw) else ""
        return Mistake(self.path, line, what, shown)


def parse(path: Path) -> RawFile | Mistake:
    """Read one file; a file that is not TOML is one mistake, at the place the parser gives."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Mistake(path, 1, f"not UTF-8: {error.reason} at byte {error.start}", "")
    except OSError as error:
        return Mistake(path, 1, f"cannot be read: {error.strerror}", "")
    lines = locate(text)
    try:
        return RawFile(path, lines, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        number = int(at.group(1)) if at else max(len(lines.raw), 1)
        shown = lines.raw[number - 1] if number <= len(lines.raw) else ""
        return Mistake(path, number, f"not TOML: {error}", shown)


def mistakes(
    file: RawFile, keys: Mapping[str, Any] | None, sections: frozenset[str], patterns: bool = True
) -> list[Mistake]:
    """Everything wrong in one file, given the keys of its section and all sections there are.

    ``patterns`` says whether to try regular expressions, which takes most of the time.
    """
    types = dict(keys or {})
    if not patterns:
        untried = {"pattern": "string", "patterns": "strings"}
        types = {key: untried.get(str(kind), kind) for key, kind in types.items()}
    found = list(_in_head(file, keys, sections))
    for index, rule in enumerate(file.rules):
        found.extend(_in_rule(file, index, rule, types))
    return found


def _in_head(
    file: RawFile, keys: Mapping[str, Any] | None, sections: frozenset[str]
) -> Iterator[Mistake]:
    for key in file.data.keys() - HEAD:
        yield file.mistake(
            file.lines.of_key(-1, key), f"unknown key {key!r} (here: {_listed(HEAD)})"
        )
    if not file.section:
        yield file.mistake(1, 'the file says no section; write: section = "..."')
    elif file.section not in sections:
        line = file.lines.of_key(-1, "section")
        yield file.mistake(
            line, f"no part of crosscheck reads a section {file.section!r}; there are: "
            f"{_listed(sections)}"
        )  # fmt: skip
    elif keys is None:
        yield file.mistake(1, f"the section {file.section!r} has no table [keys]")
    for key, kind in (file.keys or {}).items():
        if kind not in TYPES:
            line = file.lines.of_key(-1, key)
            yield file.mistake(line, f"{key}: no such type {kind!r} (there are: {_listed(TYPES)})")
    if not isinstance(file.data.get("rule", []), list):
        yield file.mistake(file.lines.of_key(-1, "rule"), "rules are written as [[rule]]")


def _in_rule(file: RawFile, index: int, rule: Any, keys: Mapping[str, Any]) -> Iterator[Mistake]:
    def mistake(key: str, what: str, text: str = "") -> Mistake:
        lines = file.lines
        line = lines.of_text(index, key, text) if text else lines.of_key(index, key)
        return file.mistake(line, what)

    if not isinstance(rule, dict):
        yield mistake("rule", "a rule is a table, written as [[rule]]")
        return
    yield from _in_identity(rule, mistake)
    for key in ("find", "leave"):
        yield from _in_examples(rule, key, mistake)
    for key in sorted(rule.keys() - OWN):
        if key not in keys:
            yield mistake(key, f"unknown key {key!r} (this section has: {_listed(keys)})")
        else:
            yield from _in_value(key, rule[key], str(keys[key]), mistake)


_Mark = Callable[..., Mistake]


def _in_identity(rule: Mapping[str, Any], mistake: _Mark) -> Iterator[Mistake]:
    id = rule.get("id")
    if not isinstance(id, str) or not _ID.fullmatch(id):
        yield mistake("id", "a rule needs an id: one word, such as 'hedge.more-than'")
    about = rule.get("about")
    if not isinstance(about, str) or not about.strip():
        yield mistake("about", f"{id or 'the rule'} does not say what it is about")


def _in_examples(rule: Mapping[str, Any], key: str, mistake: _Mark) -> Iterator[Mistake]:
    examples = rule.get(key)
    name = rule.get("id", "the rule")
    if not isinstance(examples, list) or not examples:
        meant = "must be used" if key == "find" else "must not be used"
        yield mistake(key, f"{name} has no {key!r} example (a text in which it {meant})")
        return
    for example in examples:
        if not _is_example(example):
            yield mistake(key, f"{name}: an example is a text or a list of texts, not {example!r}")


def _is_example(example: Any) -> bool:
    if isinstance(example, str):
        return bool(example.strip())
    return _list_of(_is_string)(example) and len(example) > 1 and all(map(str.strip, example))


def _in_value(key: str, value: Any, kind: str, mistake: _Mark) -> Iterator[Mistake]:
    fits = TYPES.get(kind)
    if fits is not None and not fits(value):
        yield mistake(key, f"{key} must be of the type {kind}, not {value!r}")
    elif kind in {"pattern", "patterns"}:
        for pattern in [value] if isinstance(value, str) else value:
            trouble = _trouble(pattern)
            if trouble:
                yield mistake(key, f"{key} is no regular expression: {trouble}", pattern)


def _trouble(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""


def _listed(names: Any) -> str:
    return ", ".join(sorted(names)) or "none"
