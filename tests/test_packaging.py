"""The rules are found in an installed wheel, in an editable install and in a bare checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ASK = (
    "import crosscheck, crosscheck.rulebook as book;"
    "print(crosscheck.__file__);print(book.rules_folder());print(len(book.load().rules))"
)


def build(hook: str, target: Path) -> Path:
    """Runs a hook of the build backend, as an installer would; gives what it built."""
    code = f"import hatchling.build as b; print(b.{hook}({str(target)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return target / done.stdout.split()[-1]


def ask(where: Path | None, code: str = ASK, cwd: Path | None = None) -> list[str]:
    """What a fresh interpreter answers that sees the package only under ``where``."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    first = f"import sys; sys.path.insert(0, {str(where)!r});" if where else ""
    done = subprocess.run(
        [sys.executable, "-c", first + code],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("build_wheel", tmp_path_factory.mktemp("wheel"))


def rule_files(folder: Path) -> set[str]:
    return {
        file.relative_to(folder).as_posix()
        for ending in ("toml", "tsv")
        for file in folder.glob(f"**/*.{ending}")
    }


def test_a_wheel_carries_its_rules_and_finds_them(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    file, folder, count = ask(tmp_path, cwd=tmp_path)
    assert Path(file) == tmp_path / "crosscheck" / "__init__.py"
    assert Path(folder) == tmp_path / "crosscheck" / "rules"
    assert int(count) > 0
    assert rule_files(Path(folder)) == rule_files(ROOT / "rules")


def test_a_wheel_carries_every_module_and_the_marker_of_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    modules = {f.relative_to(ROOT).as_posix() for f in (ROOT / "crosscheck").glob("**/*.py")}
    assert modules <= names
    assert "crosscheck/py.typed" in names
    assert not any(name.startswith(("tests/", "samples/")) for name in names)


def test_an_editable_install_finds_the_rules_of_the_checkout(tmp_path: Path) -> None:
    with zipfile.ZipFile(build("build_editable", tmp_path)) as packed:
        assert not any(name.endswith(".toml") for name in packed.namelist())  # no stale copy
        packed.extractall(tmp_path / "site")
    add = f"import site; site.addsitedir({str(tmp_path / 'site')!r});"
    file, folder, count = ask(None, add + ASK, cwd=tmp_path)
    assert Path(file).parent == ROOT / "crosscheck"
    assert Path(folder) == ROOT / "rules"
    assert int(count) > 0


def test_a_bare_checkout_finds_its_rules(tmp_path: Path) -> None:
    _, folder, count = ask(ROOT, cwd=tmp_path)
    assert Path(folder) == ROOT / "rules"
    assert int(count) > 0


def test_a_source_distribution_builds_the_same_rules(tmp_path: Path) -> None:
    with tarfile.open(build("build_sdist", tmp_path)) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {f"rules/{name}" for name in rule_files(ROOT / "rules")} <= names
    assert {"README.md", "LICENSE", "pyproject.toml", "crosscheck/py.typed"} <= names
