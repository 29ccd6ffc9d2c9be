"""Loads the rules of ``rules/`` (and a desk's own) and hands them out by section.

A rule file is TOML: ``section``, ``about``, a table ``[keys]`` that says what a rule of the section
may carry, and ``[[rule]]`` tables. Every rule has an ``id`` (unique), ``about`` (what it is for),
``find`` (examples in which it must be used) and ``leave`` (examples in which it must not be).
An example is a text, read as an article, or a pair of texts, compared with each other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Example = str | tuple[str, str]


class RuleError(Exception):
    """A rule file that cannot be used; the message names file and line and shows the text there."""


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    section: str
    about: str
    data: Mapping[str, Any]
    find: tuple[Example, ...]
    leave: tuple[Example, ...]
    source: str

    def strings(self, key: str) -> tuple[str, ...]:
        return tuple(self.data.get(key, ()))

    def string(self, key: str, default: str = "") -> str:
        return str(self.data.get(key, default))

    def number(self, key: str, default: float = 0.0) -> float:
        return float(self.data.get(key, default))


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules, in the order of their files' names. Compared by identity, so that what a module
    compiles from it can be cached."""

    rules: tuple[Rule, ...]
    folders: tuple[Path, ...]

    def section(self, name: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.section == name)

    def rule(self, id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == id)

    def table(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The rows of ``rules/<name>.tsv``, without comment lines."""
        for folder in self.folders:
            file = folder / f"{name}.tsv"
            if file.exists():
                lines = file.read_text(encoding="utf-8").splitlines()
                return tuple(tuple(x.split("\t")) for x in lines if x and not x.startswith("#"))
        raise RuleError(f"no table {name}.tsv in {', '.join(map(str, self.folders))}")


def rules_folder() -> Path:
    """The rules that come with crosscheck: inside an installed package, else beside a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def load(extra: Sequence[Path] = ()) -> Rulebook:
    return _load(tuple(Path(folder) for folder in extra))


@cache
def _load(extra: tuple[Path, ...]) -> Rulebook:
    folders = (rules_folder(), *extra)
    rules: list[Rule] = []
    for folder in folders:
        for file in sorted(folder.glob("**/*.toml")):
            rules.extend(_read(file))
    return Rulebook(tuple(rules), folders)


def _read(file: Path) -> list[Rule]:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return [_rule(data["section"], item, str(file)) for item in data.get("rule", [])]


def _rule(section: str, item: dict[str, Any], source: str) -> Rule:
    own = {key: value for key, value in item.items() if key not in {"id", "about", "find", "leave"}}
    return Rule(
        item["id"],
        section,
        item.get("about", ""),
        own,
        _examples(item.get("find", [])),
        _examples(item.get("leave", [])),
        source,
    )


def _examples(items: list[Any]) -> tuple[Example, ...]:
    return tuple(x if isinstance(x, str) else (x[0], x[1]) for x in items)
