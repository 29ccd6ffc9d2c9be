"""Loads the rules of ``rules/`` (and a desk's own) and hands them out by section.

A rule file is TOML: ``section``, ``about``, a table ``[keys]`` that says what a rule of the section
may carry, and ``[[rule]]`` tables. Every rule has an ``id`` (unique), ``about`` (what it is for),
``find`` (examples in which it must be used) and ``leave`` (examples in which it must not be).
An example is a text, read as an article, or two texts or more, compared with each other.

A desk's own folder may add rules to a section, and replace a rule by giving one of the same id;
it may leave ``[keys]`` out. A ``.tsv`` of the same name replaces the one that comes along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crosscheck.rulebook.checks import OWN, Mistake, RawFile, mistakes, parse

Example = str | tuple[str, ...]


class RuleError(Exception):
    """Rules that cannot be used; the message names file and line and shows the text there."""

    def __init__(self, message: str, mistakes: Sequence[Mistake] = ()) -> None:
        super().__init__(message)
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``source`` is ``file:line`` of its ``[[rule]]``."""

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

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(sorted({rule.section for rule in self.rules}))

    def rule(self, id: str) -> Rule:
        """The rule of this id. Raises: StopIteration, if there is none."""
        return next(rule for rule in self.rules if rule.id == id)

    def own(self, rule: Rule) -> bool:
        """Whether a rule comes from a desk's own folder."""
        file = Path(rule.source.rpartition(":")[0])
        return any(file.is_relative_to(folder) for folder in self.folders[1:])

    def table(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The rows of ``rules/<name>.tsv``, without comment lines; a desk's own goes first."""
        return tuple(tuple(line.split("\t")) for line in self._lines(name))

    def mapping(self, name: str) -> dict[str, str]:
        """The first column of ``rules/<name>.tsv`` with the rest of its row; for long tables, of
        which a report looks up a few words."""
        return dict(line.split("\t", 1) for line in self._lines(name))

    def sorted_lines(self, name: str) -> list[str]:
        """The rows of ``rules/<name>.tsv`` as they stand, for a table that is sorted by its first
        column and so long that a look-up by bisection is cheaper than taking it apart."""
        return self._lines(name)

    def _lines(self, name: str) -> list[str]:
        for folder in reversed(self.folders):
            file = folder / f"{name}.tsv"
            if file.exists():
                lines = file.read_text(encoding="utf-8").splitlines()
                return [line for line in lines if line and line[0] != "#"]
        raise RuleError(f"no table {name}.tsv in {', '.join(map(str, self.folders))}")


def rules_folder() -> Path:
    """The rules that come with crosscheck: inside an installed package, else beside a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def load(extra: Sequence[Path] = ()) -> Rulebook:
    """The rules that come along, and those of further folders.

    Raises:
        RuleError: a folder is missing or a file in it is wrong; lists every mistake.
    """
    return _load(tuple(Path(folder) for folder in extra))


@cache
def _load(extra: tuple[Path, ...]) -> Rulebook:
    folders = _folders(extra)
    found = _mistakes(folders, tried=folders[1:])
    if found:
        raise RuleError(_message(found), found)
    return Rulebook(_merged(folders), (rules_folder(), *extra))


def check(extra: Sequence[Path] = ()) -> tuple[Mistake, ...]:
    """Everything wrong in all rules. ``load`` leaves out one thing, to be fast: whether the
    regular expressions of the rules that come along can be compiled."""
    folders = _folders(tuple(Path(folder) for folder in extra))
    return tuple(_mistakes(folders, tried=folders))


def _folders(extra: Sequence[Path]) -> list[list[RawFile | Mistake]]:
    return [_folder(folder) for folder in (rules_folder(), *extra)]


def _mistakes(
    folders: Sequence[list[RawFile | Mistake]], tried: Sequence[list[RawFile | Mistake]]
) -> list[Mistake]:
    """The mistakes of all files; patterns are tried in the folders ``tried``."""
    keys = _keys_by_section(file for files in folders for file in files)
    sections = frozenset(file.section for file in folders[0] if isinstance(file, RawFile))
    return [
        mistake
        for files in folders
        for mistake in [
            *(
                m
                for file in files
                for m in _wrong(file, keys, sections, any(files is one for one in tried))
            ),
            *_twice(files),
        ]
    ]


def _folder(folder: Path) -> list[RawFile | Mistake]:
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder of rules")
    files = sorted(folder.glob("**/*.toml"))
    if not files:
        raise RuleError(f"{folder}: no rule files (*.toml) in this folder")
    return [parse(file) for file in files]


def _keys_by_section(files: Iterable[RawFile | Mistake]) -> dict[str, Mapping[str, Any]]:
    keys: dict[str, Mapping[str, Any]] = {}
    for file in files:
        if isinstance(file, RawFile) and file.section and file.keys is not None:
            keys[file.section] = {**keys.get(file.section, {}), **file.keys}
    return keys


def _wrong(
    file: RawFile | Mistake,
    keys: Mapping[str, Mapping[str, Any]],
    sections: frozenset[str],
    patterns: bool,
) -> list[Mistake]:
    if isinstance(file, Mistake):
        return [file]
    return mistakes(file, keys.get(file.section), sections, patterns)


def _twice(files: Sequence[RawFile | Mistake]) -> list[Mistake]:
    """Ids that two rules of one folder share."""
    seen: dict[str, str] = {}
    found = []
    for file in (file for file in files if isinstance(file, RawFile)):
        for index, rule in enumerate(file.rules):
            id = rule.get("id") if isinstance(rule, dict) else None
            if isinstance(id, str) and id in seen:
                line = file.lines.of_key(index, "id")
                found.append(file.mistake(line, f"the id {id!r} is taken: {seen[id]}"))
            elif isinstance(id, str):
                seen[id] = f"{file.path}:{file.lines.of_rule(index)}"
    return found


def _message(found: Sequence[Mistake]) -> str:
    head = "1 mistake in the rules" if len(found) == 1 else f"{len(found)} mistakes in the rules"
    return "\n".join([f"{head}:", *map(str, found)])


def _merged(folders: Sequence[Sequence[RawFile | Mistake]]) -> tuple[Rule, ...]:
    """All rules by id; a later folder's rule takes the place of an earlier one's."""
    rules: dict[str, Rule] = {}
    for file in (f for files in folders for f in files if isinstance(f, RawFile)):
        for index, item in enumerate(file.rules):
            rules[item["id"]] = _rule(file, index, item)
    return tuple(rules.values())


def _rule(file: RawFile, index: int, item: dict[str, Any]) -> Rule:
    return Rule(
        item["id"],
        file.section,
        item["about"],
        {key: value for key, value in item.items() if key not in OWN},
        _examples(item["find"]),
        _examples(item["leave"]),
        f"{file.path}:{file.lines.of_rule(index)}",
    )


def _examples(items: list[Any]) -> tuple[Example, ...]:
    return tuple(x if isinstance(x, str) else tuple(x) for x in items)
