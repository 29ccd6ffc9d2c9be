"""The documents say what the program does: help, examples, links and commands are checked."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from crosscheck.cli.app import commands
from crosscheck.examples import failures
from crosscheck.kinds import ALL
from crosscheck.language import English
from crosscheck.rulebook import check, load

ROOT = Path(__file__).parent.parent


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


generate = _generator()
DOCUMENTS: list[Path] = [*generate.documents(), generate.COMMANDS]
WITH_CONSOLE = [
    file for file in DOCUMENTS if generate.BLOCK.search(file.read_text(encoding="utf-8"))
]


def name(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value)


def test_the_page_of_commands_is_the_help() -> None:
    """If not: python docs/generate.py"""
    assert generate.COMMANDS.read_text(encoding="utf-8") == generate.commands_page()


@pytest.mark.parametrize("file", WITH_CONSOLE, ids=name)
def test_every_shown_output_is_what_the_command_prints(file: Path) -> None:
    """If not: python docs/generate.py"""
    text = file.read_text(encoding="utf-8")
    assert text == generate.refreshed(text)


@pytest.mark.parametrize("page", ["python.md", "how-it-decides.md"])
def test_the_examples_in_python_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = doctest.testfile(
        str(ROOT / "docs" / page),
        module_relative=False,
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
        encoding="utf-8",
    )
    assert done.attempted > 5
    assert done.failed == 0


def test_the_stylebook_that_is_shown_works(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    _, shown = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "style.toml").write_text(shown, encoding="utf-8")
    book = load([tmp_path])
    assert not failures(book.rule("style.kyiv"), book, English())


def test_the_rule_that_is_shown_works_and_its_mistakes_are_told_as_shown(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    shown, *_ = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "hedges.toml"
    file.write_text(shown, encoding="utf-8")
    book = load([tmp_path])
    assert not failures(book.rule("desk.a-fat"), book, English())
    spoilt = shown.replace("before =", "befroe =")
    file.write_text(re.sub(r"leave = .*\n", "", spoilt), encoding="utf-8")
    told = {
        str(m).replace(str(tmp_path), "desk-rules").partition("\n")[0] for m in check([tmp_path])
    }
    assert len(told) == 2
    assert all(line in page for line in told)


@pytest.mark.parametrize("file", DOCUMENTS, ids=name)
def test_every_link_inside_the_checkout_leads_somewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (file.parent / target).exists(), f"{file.name}: {target}"


def lines_of_commands() -> list[tuple[str, str]]:
    """Every line of a document that calls crosscheck, and every example in a help text."""
    found = []
    for file in DOCUMENTS:
        for line in file.read_text(encoding="utf-8").splitlines():
            match = re.match(r"(?:    |\$ |\s+Example: )(crosscheck .*)", line)
            if match:
                found.append((file.name, re.sub(r"\s{2,}#.*|\s>.*", "", match.group(1))))
    return found


@pytest.mark.parametrize(("where", "line"), lines_of_commands())
def test_every_line_that_calls_crosscheck_is_a_command_it_knows(where: str, line: str) -> None:
    command: click.Command = commands
    path = ["crosscheck"]
    words = shlex.split(line)[1:]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        path.append(words.pop(0))
        command = command.commands[path[-1]]
    with command.make_context(path[-1], words, resilient_parsing=False) as context:
        assert context.params is not None


def test_every_command_has_help_with_an_example() -> None:
    for path, command in generate.walk(commands, ("crosscheck",)):
        assert command.help, path
        assert "Example: crosscheck" in command.help, path
        assert path == ("crosscheck",) or command.short_help, path


def test_readme_names_every_command_and_kind() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("report", "extract", "compare", "names", "explain"):
        assert f"crosscheck {command} " in text
    for kind in ALL:
        assert f"| {kind.name} |" in text


def test_every_kind_has_its_file_and_every_file_its_kind() -> None:
    files = {file.stem for file in (ROOT / "crosscheck" / "kinds").glob("*.py")}
    assert files - {"__init__", "base"} >= {kind.name for kind in ALL}
    assert {kind.name for kind in ALL} == {
        kind for kind in ("quantity", "name", "role", "date", "place", "attendance",
                          "commitment", "quote") if kind in files
    }  # fmt: skip


def test_every_dependency_is_explained() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"] + [
        item for extra in project["optional-dependencies"].values() for item in extra
    ]
    names = {re.match(r"[\w.-]+", item).group().lower() for item in needed}  # type: ignore[union-attr]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    explained = set(re.findall(r"^\| `([\w.-]+)`", page, re.MULTILINE))
    assert explained == names - {"crosscheck-news"}


def test_every_room_of_the_house_is_in_the_import_contract() -> None:
    contract = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    rooms = {
        item.stem
        for item in (ROOT / "crosscheck").iterdir()
        if (item.suffix == ".py" or item.is_dir()) and not item.name.startswith("_")
    }
    listed = set(re.findall(r"crosscheck\.(\w+)", contract))
    assert rooms - {"py"} == listed
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert all(f"| `{room}`" in page or f"| `{room}/`" in page for room in listed)
