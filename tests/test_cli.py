"""The command line: exit status, errors that help, and that help is there at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from crosscheck.cli import main

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command in this process; gives its status and what it printed."""

    def go(*args: object) -> Done:
        with pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return Done(code, out.decode(), err.decode())

    return go


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two accounts that disagree, and agree on something else."""
    (tmp_path / "north.txt").write_text(
        "Ferry sinks off Larn\n\nThe ferry sank on Monday. At least 12 people died in the wreck. "
        "The ferry was carrying 85 passengers.\n",
        encoding="utf-8",
    )
    (tmp_path / "south.txt").write_text(
        "Ferry lost off Larn\n\nNine people died when the ferry sank. "
        "The ferry was carrying 85 passengers.\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    file = tmp_path / "pairs.csv"
    file.write_text("a,b\nPavel Drakow,Pavel Drakov\nAnna Lind,Otto Berg\n", encoding="utf-8")
    return file


# report


def test_status_is_1_if_something_disagrees_and_0_if_nothing_does(run: Run, desk: Path) -> None:
    assert run("report", desk).status == 1
    assert run("report", desk / "north.txt").status == 0


def test_fail_on_sets_the_least_severity(run: Run, desk: Path) -> None:
    found = json.loads(run("report", desk, "--format", "json").out)["findings"]
    severities = {f["severity"] for f in found if f["verdict"] in {"conflict", "update", "variant"}}
    for level, counted in [("low", {"low", "medium", "high"}), ("high", {"high"})]:
        done = run("report", desk, "--fail-on", level)
        assert done.status == int(bool(severities & counted))


def test_the_table_is_the_default_when_piped_and_has_no_colour(run: Run, desk: Path) -> None:
    done = run("report", desk)
    assert "12" in done.out
    assert "North" in done.out
    assert "\x1b" not in done.out
    assert done.err == ""


def test_colour_only_when_told(run: Run, desk: Path) -> None:
    assert "\x1b[" in run("report", desk, "--color", "always").out
    assert "\x1b[" not in run("report", desk, "--color", "never").out


def test_the_width_is_kept(run: Run, desk: Path) -> None:
    for width in (60, 120):
        lines = run("report", desk, "--width", width).out.splitlines()
        assert max(map(len, lines)) <= width


def test_json_is_the_contract(run: Run, desk: Path) -> None:
    done = json.loads(run("report", desk, "--format", "json").out)
    assert done["schema"] == "crosscheck-report/1"
    assert [a["id"] for a in done["articles"]] == ["north", "south"]
    assert "text" not in done["articles"][0]
    full = json.loads(run("report", desk, "--format", "json", "--with-text").out)
    text = {a["id"]: a["text"] for a in full["articles"]}
    claims = [c for f in full["findings"] for p in f["positions"] for c in p["claims"]]
    assert claims
    assert all(text[c["article"]][c["start"] : c["end"]] == c["text"] for c in claims)


def test_the_order_of_the_files_changes_nothing(run: Run, desk: Path) -> None:
    north, south = desk / "north.txt", desk / "south.txt"
    one = run("report", north, south, "--format", "json").out
    assert one == run("report", south, north, "--format", "json").out


@pytest.mark.parametrize(("name", "start"), [("r.html", "<!doctype html"), ("r.json", "{"),
                                             ("r.md", "#"), ("r.csv", "finding")])  # fmt: skip
def test_the_output_file_chooses_the_format(run: Run, desk: Path, name: str, start: str) -> None:
    target = desk / "out" / name
    target.parent.mkdir()
    done = run("report", desk / "north.txt", desk / "south.txt", "--output", target)
    assert done.out == ""
    assert target.read_text(encoding="utf-8-sig").lower().startswith(start)


# extract


def test_extract_writes_a_row_a_claim(run: Run, desk: Path) -> None:
    from crosscheck.tables import COLUMNS

    done = run("extract", desk)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0
    assert all(tuple(row) == COLUMNS for row in rows)
    (dead,) = [row for row in rows if row["kind"] == "quantity" and row["low"] == 12]
    assert (dead["high"], dead["closed"]) == (None, "left")
    assert dead["text"] in (desk / "north.txt").read_text(encoding="utf-8")
    assert dead["sentence"] == "At least 12 people died in the wreck."


def test_extract_gives_the_same_rows_in_every_format(run: Run, desk: Path) -> None:
    import pandas as pd

    rows = [json.loads(line) for line in run("extract", desk).out.splitlines()]
    run("extract", desk, "--output", desk / "c.csv")
    run("extract", desk, "-o", desk / "c.parquet")
    comma = pd.read_csv(desk / "c.csv", keep_default_na=False, dtype=str)
    parquet = pd.read_parquet(desk / "c.parquet")
    assert list(comma.columns) == list(parquet.columns) == list(rows[0])
    for column in ("article", "start", "text", "kind", "value", "unit"):
        wanted = [str(row[column]) for row in rows]
        assert list(comma[column]) == wanted
        assert [str(cell) for cell in parquet[column]] == wanted


def test_no_cell_of_a_csv_is_a_formula(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("=CMD() \x1b[2J killed 12 people.\n\n@SUM 13 people died.\n")
    out = run("extract", tmp_path, "--format", "csv").out
    assert "killed 12 people" in out
    assert "\x1b" not in out
    assert not any(
        cell[:1] in "=@" for line in out.splitlines() for cell in line.split(",") if cell
    )


# compare


def test_compare_reads_a_table_made_by_hand(run: Run) -> None:
    done = run("compare", ROOT / "samples" / "claims.csv", "--format", "json")
    verdicts = {f["topic"]: f["verdict"] for f in json.loads(done.out)["findings"]}
    assert done.status == 1
    assert verdicts["height of the dam"] in {"agree", "compatible"}
    assert verdicts["money for the valley"] == "conflict"
    assert verdicts["when the dam burst"] == "conflict"
    assert verdicts["governor"] == "variant"
    assert verdicts["people killed"] in {"conflict", "update"}


def test_compare_reads_what_extract_wrote(run: Run, desk: Path) -> None:
    run("extract", desk, "--output", desk / "c.csv")
    done = run("compare", desk / "c.csv", "--format", "json")
    assert done.status in {0, 1}
    assert json.loads(done.out)["articles"]


# names


def test_names_says_who_is_one_person_and_why(run: Run) -> None:
    same = run("names", "Ivan Petrow", "Ivan Petrov")
    assert same.status == 0
    assert "w" in same.out
    other = run("names", "Anna Lind", "Otto Berg", "--format", "json")
    assert other.status == 1
    assert json.loads(other.out)[0]["relation"] == "different"


def test_names_reads_pairs(run: Run, pairs: Path) -> None:
    done = run("names", pairs, "--format", "csv")
    assert done.status == 1
    lines = done.out.splitlines()
    assert lines[0] == "a,b,relation,same,evidence"
    assert [line.split(",")[3] for line in lines[1:]] == ["true", "false"]


def test_a_pair_without_its_second_name_is_refused_with_its_line(run: Run, pairs: Path) -> None:
    pairs.write_text("a,b\nAnna Lind,Otto Berg\nPavel Drakov,\n", encoding="utf-8")
    done = run("names", pairs)
    assert done.status == 2
    assert "pairs.csv:3: two columns are needed" in done.err


# rules


def test_rules_list_names_every_rule(run: Run) -> None:
    from crosscheck.rulebook import load

    shown = {line.split()[0] for line in run("rules", "list").out.splitlines() if line.strip()}
    assert {rule.id for rule in load().rules} <= shown


def test_rules_test_runs_a_desks_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(
        'section = "hedges"\n\n[[rule]]\nid = "desk.hedge"\nabout = "No such words."\n'
        'find = ["The fair drew 40 people."]\nleave = ["Nobody came."]\n',
        encoding="utf-8",
    )
    done = run("rules", "test", "--rules", tmp_path)
    assert done.status == 1
    assert "desk.toml:3: desk.hedge must be used in" in done.out
    assert "1 rules, 2 examples, 1 failed" in done.out.replace("1 rule,", "1 rules,")


def test_explain_shows_a_rule(run: Run) -> None:
    from crosscheck.rulebook import load

    rule = load().section("hedges")[0]
    done = run("explain", rule.id)
    assert done.status == 0
    for part in (rule.id, rule.about.split()[0], "hedges.toml:", "is used in", "is not used in"):
        assert part in done.out
    assert isinstance(rule.find[0], str)
    assert rule.find[0] in done.out


# what cannot be carried out


def test_a_mistyped_rule_is_answered_with_the_one_meant(run: Run) -> None:
    from crosscheck.rulebook import load

    rule = load().section("hedges")[0]
    done = run("explain", rule.id[:-1])
    assert done.status == 2
    assert rule.id in done.err


REFUSED = [
    (["rport", "x"], "did you mean 'report'?"),
    (["report"], "PATH"),
    (["report", "no-such-folder"], "no such file or folder: no-such-folder"),
    (["report", "samples", "--fromat", "json"], "--format"),
    (["report", "samples", "--format", "jsn"], "json"),
    (["report", "samples", "--rules", "nowhere"], "nowhere: no such folder of rules"),
    (["report", "samples", "--model", "en_none"], "en_none"),
    (["report", "samples", "--output", "nowhere/r.html"], "nowhere/r.html"),
    (["report", "samples", "--output", "r.parquet"], "parquet"),
    (["compare", "README.md"], "source"),
    (["compare", "no.csv"], "no.csv"),
    (["names", "Only One"], "Only One"),
    (["names", "one", "two", "three"], "quotation marks"),
    (["names", "one", " "], "empty"),
    (["rules", "list", "--section", "hedgse"], "hedges"),
    (["completion", "tcsh"], "bash"),
]


@pytest.mark.parametrize(("args", "words"), REFUSED, ids=[" ".join(a) for a, _ in REFUSED])
def test_what_cannot_be_done_is_said_with_status_2(
    run: Run, monkeypatch: pytest.MonkeyPatch, args: list[str], words: str
) -> None:
    monkeypatch.chdir(ROOT)
    done = run(*args)
    assert done.status == 2
    assert words in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_a_near_name_is_offered_for_a_missing_file(run: Run, desk: Path) -> None:
    assert f"did you mean {desk / 'north.txt'}?" in run("report", desk / "nroth.txt").err


def test_an_empty_folder_says_so(run: Run, tmp_path: Path) -> None:
    done = run("report", tmp_path)
    assert done.status == 2
    assert f"no articles in {tmp_path}" in done.err


def test_a_broken_file_is_named_and_the_others_are_reported(run: Run, desk: Path) -> None:
    (desk / "broken.jsonl").write_text('{"id": "1", "text": \n', encoding="utf-8")
    done = run("report", desk)
    assert done.status == 1
    assert "broken.jsonl" in done.out


def test_a_bad_rule_file_is_refused_with_its_line(run: Run, desk: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "bad.toml").write_text('section = "hedges"\nsektion = 1\n', encoding="utf-8")
    done = run("report", desk, "--rules", own)
    assert done.status == 2
    assert "bad.toml:2: unknown key 'sektion'" in done.err


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("t.csv", "source,topic\na,b\n", "no column 'value'"),
        ("t.csv", "source,topic,value\na,,12\n", "t.csv:2: no topic"),
        ("t.csv", "source,topic,value,kind\na,dead,12,toll\n", "t.csv:2: no kind 'toll'"),
        ("t.csv", "source,topic,value\n", "no rows"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(
    run: Run, tmp_path: Path, file: str, text: str, words: str
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    done = run("compare", tmp_path / file)
    assert done.status == 2
    assert words in done.err


@pytest.mark.parametrize("command", ["compare", "names"])
def test_a_file_that_is_no_text_is_refused_in_plain_words(
    run: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "t.csv").write_bytes(b"source,topic\xd0\x00\n")
    done = run(command, tmp_path / "t.csv")
    assert done.status == 2
    assert "not text in UTF-8 (from byte 13 on); save the table as CSV in UTF-8" in done.err
    assert "codec" not in done.err


def test_a_defect_shows_no_traceback(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("crosscheck.pipeline.report_on", fail)
    done = run("report", desk)
    assert done.status == 2
    assert "ZeroDivisionError: odd" in done.err
    assert "Traceback" not in done.err


# processes


def spawn(*args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "crosscheck", *args],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **env},
        check=False,
        timeout=120,
    )


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, crosscheck, crosscheck.cli\n"
        "heavy = {'spacy', 'pandas', 'numpy', 'trafilatura', 'pint', 'babel', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_hash_seed_changes_nothing(desk: Path) -> None:
    one, other = (
        spawn("report", str(desk), "--format", "json", PYTHONHASHSEED=seed) for seed in ("1", "2")
    )
    assert one.stdout == other.stdout
    assert one.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = f"{sys.executable} -m crosscheck rules list | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, check=False)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
def test_progress_is_told_to_a_terminal_and_wiped_away(tmp_path: Path) -> None:
    import pty

    for number in range(20):
        text = f"The flood killed {number} people in the town of Larn on Monday.\n" * 3
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "crosscheck", "extract", str(tmp_path)]
    with open(terminal, "rb") as seen:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=end, cwd=ROOT, check=True)
        os.close(end)
        said = seen.read1(65536).decode()
    assert "finding claims" in said
    assert said.endswith("\r\x1b[K")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_the_command(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.status == 0
    assert "_CROSSCHECK_COMPLETE" in done.out


def test_completion_completes_commands_and_rules() -> None:
    asked = {"_CROSSCHECK_COMPLETE": "bash_complete"}
    done = spawn(COMP_WORDS="crosscheck ex", COMP_CWORD="1", **asked)
    assert {line.split(",")[1] for line in done.stdout.decode().split()} == {"extract", "explain"}
    done = spawn(COMP_WORDS="crosscheck explain hedge", COMP_CWORD="2", **asked)
    assert "hedge." in done.stdout.decode()


def test_the_version_is_the_packages() -> None:
    import crosscheck

    done = spawn("--version")
    assert done.stdout.decode().strip() == f"crosscheck, version {crosscheck.__version__}"
