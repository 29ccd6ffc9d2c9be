"""Where things stand in a TOML file: the parser of the standard library keeps no positions.

Lines are counted from 1. Only what a rule file needs is found: the ``[[rule]]`` blocks, the keys
at their heads, and a string inside a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RULE = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*(?:=|\.)""")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a rule file; ``starts`` are the numbers of the lines with ``[[rule]]``."""

    raw: tuple[str, ...]
    starts: tuple[int, ...]

    def of_rule(self, index: int) -> int:
        """The line at which the rule with this index (from 0) starts; 1 if there is none."""
        return self.starts[index] if 0 <= index < len(self.starts) else 1

    def of_key(self, index: int, key: str) -> int:
        """The line of a key of a rule (-1: of the file's head), else of the rule itself."""
        for number in self._block(index):
            match = _KEY.match(self.raw[number - 1])
            if match and key in match.groups():
                return number
        return self.of_rule(index)

    def of_text(self, index: int, key: str, text: str) -> int:
        """The line of a string inside a key's value, else of the key."""
        first = self.of_key(index, key)
        block = self._block(index)
        wanted = {text, text.replace("\\", "\\\\").replace('"', '\\"')}
        for number in range(first, block.stop):
            if any(form in self.raw[number - 1] for form in wanted if form):
                return number
        return first

    def _block(self, index: int) -> range:
        """The numbers of the lines of a rule; index -1 is the head of the file."""
        edges = [1, *self.starts, len(self.raw) + 1]
        return range(edges[index + 1], edges[min(index + 2, len(edges) - 1)])


def locate(text: str) -> Lines:
    raw = tuple(text.splitlines())
    return Lines(raw, tuple(_rule_starts(raw)))


def _rule_starts(raw: tuple[str, ...]) -> Iterator[int]:
    fence = ""
    for number, line in enumerate(raw, 1):
        if not fence and _RULE.match(line):
            yield number
        if fence or '"""' in line or "'''" in line:
            fence = _fence_after(line, fence)


def _fence_after(line: str, fence: str) -> str:
    """The marks of the multi-line string that is open at the end of a line, if one is."""
    while True:
        if fence:
            _, found, line = line.partition(fence)
            if not found:
                return fence
            fence = ""
        marks = re.search("\"{3}|'{3}", line)
        plain = _STRING.search(line)
        if plain and (not marks or plain.start() < marks.start()):
            line = line[plain.end() :]
        elif marks:
            fence, line = marks.group(), line[marks.end() :]
        else:
            return ""
