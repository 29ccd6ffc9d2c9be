"""The loader: what it hands out, and that it refuses every mistake with its line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.rulebook import Rule, RuleError, load, rules_folder
from crosscheck.rulebook.checks import RawFile, parse
from crosscheck.rulebook.lines import locate

ROOT = Path(__file__).parent.parent

GOOD = """\
section = "totals"
about = "A desk's own."

[[rule]]
id = "desk.total"
about = "What the desk calls a total."
words = ["grand total"]
find = ["A grand total of 12 boats sank."]
leave = ["The grand old pier sank."]
"""


def folder(tmp_path: Path, text: str, name: str = "desk.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def refused(path: Path) -> RuleError:
    with pytest.raises(RuleError) as caught:
        load([path])
    return caught.value


def test_a_desks_rules_are_added_to_their_section(tmp_path: Path) -> None:
    book = load([folder(tmp_path, GOOD)])
    rule = book.rule("desk.total")
    assert rule in book.section("totals")
    assert len(book.section("totals")) == len(load().section("totals")) + 1
    assert rule.strings("words") == ("grand total",)
    assert book.own(rule)
    assert not book.own(book.section("totals")[0])
    assert rule.source == f"{tmp_path / 'desk.toml'}:4"


def test_a_desks_rule_takes_the_place_of_the_one_with_its_id(tmp_path: Path) -> None:
    before = load()
    taken = before.section("totals")[0]
    book = load([folder(tmp_path, GOOD.replace("desk.total", taken.id))])
    assert [rule.id for rule in book.rules] == [rule.id for rule in before.rules]
    assert book.rule(taken.id).strings("words") == ("grand total",)


def test_a_desks_table_goes_before_the_one_that_comes_along(tmp_path: Path) -> None:
    folder(tmp_path, GOOD)
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "states.tsv").write_text("# whose\nsink\tlost\n", encoding="utf-8")
    assert load([tmp_path]).table("lexicon/states") == (("sink", "lost"),)
    assert load().table("lexicon/states") != (("sink", "lost"),)


MISTAKES = [
    ("unknown key", 'words = ["grand total"]', 'wrods = ["grand total"]', 7, "'wrods'"),
    ("wrong type", 'words = ["grand total"]', 'words = "grand total"', 7, "type strings"),
    ("mixed list", 'words = ["grand total"]', 'words = ["grand total", 7]', 7, "type strings"),
    ("no id", 'id = "desk.total"', "", 4, "needs an id"),
    ("blank in id", '"desk.total"', '"desk total"', 5, "needs an id"),
    ("no about", 'about = "What the desk calls a total."', "", 4, "what it is about"),
    ("no find", 'find = ["A grand total of 12 boats sank."]', "", 4, "no 'find' example"),
    ("empty leave", 'leave = ["The grand old pier sank."]', "leave = []", 9, "no 'leave' example"),
    ("blank example", '["The grand old pier sank."]', '[" "]', 9, "a text or a list"),
    ("a list of one", '["The grand old pier sank."]', '[["a"]]', 9, "a text or a list"),
    ("not TOML", 'words = ["grand total"]', "words = [", 8, "not TOML"),
    ("no section", 'section = "totals"', "", 1, "no section"),
    ("no reader", 'section = "totals"', 'section = "tottals"', 1, "'tottals'"),
    ("odd head", 'section = "totals"', 'section = "totals"\nsektion = 1', 2, "'sektion'"),
    ("odd type", "[[rule]]", '[keys]\nwords = "words"\n\n[[rule]]', 5, "no such type 'words'"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), [m[1:] for m in MISTAKES],
                         ids=[m[0] for m in MISTAKES])  # fmt: skip
def test_a_mistake_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    error = refused(folder(tmp_path, GOOD.replace(old, new, 1)))
    assert f"desk.toml:{line}: " in str(error)
    assert words in str(error)


def test_the_message_shows_the_text_of_the_line(tmp_path: Path) -> None:
    error = refused(folder(tmp_path, GOOD.replace("words =", "wrods =")))
    assert '7 | wrods = ["grand total"]' in str(error)
    assert "scope, words" in str(error)  # what the section has


def test_a_bad_pattern_is_refused_at_the_line_of_the_pattern(tmp_path: Path) -> None:
    text = GOOD.replace('"totals"', '"page-lines"').replace(
        'words = ["grand total"]', "patterns = [\n  'fine',\n  '(open',\n]"
    )
    error = refused(folder(tmp_path, text))
    assert "desk.toml:9: " in str(error)
    assert "no regular expression" in str(error)


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder(tmp_path, GOOD.replace("words =", "wrods =").replace("leave =", "laeve ="), "a.toml")
    folder(tmp_path, "section = ", "b.toml")
    error = refused(folder(tmp_path, GOOD, "c.toml"))
    told = re.findall(r"([abc])\.toml:(\d+)", str(error))
    assert {name for name, _ in told} >= {"a", "b"}
    # two unknown keys and no leave example; not TOML; an id that another file has
    assert len(error.mistakes) == 5
    assert str(error).startswith("5 mistakes")


def test_an_id_that_is_taken_is_refused_and_the_first_one_named(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("[[rule]]") :]
    error = refused(folder(tmp_path, GOOD + "\n" + again))
    assert "desk.toml:12: the id 'desk.total' is taken" in str(error)
    assert "desk.toml:4" in str(error)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('about = "Père"'.encode("latin-1"))
    assert "latin.toml:1: not UTF-8" in str(refused(tmp_path))


def test_a_missing_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    assert "no such folder" in str(refused(tmp_path / "nowhere"))
    assert "no rule files" in str(refused(tmp_path))


def test_every_rule_that_comes_along_stands_where_its_source_says() -> None:
    for rule in load().rules:
        path, _, line = rule.source.rpartition(":")
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        assert lines[int(line) - 1].strip() == "[[rule]]"
        block = lines[int(line) :]
        assert any(rule.id in text for text in block[:3]), rule.source


def test_loading_twice_gives_the_same_book() -> None:
    assert load() is load()


def test_every_table_says_what_it_is() -> None:
    for table in sorted(rules_folder().glob("**/*.tsv")):
        with table.open(encoding="utf-8") as opened:
            assert opened.readline().startswith("#"), table


def test_every_section_has_a_reader_and_every_reader_a_section() -> None:
    sections, named, asked = set(load().sections), set(), set()
    for file in (ROOT / "crosscheck").glob("**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                literal = [a.value for a in node.args if isinstance(a, ast.Constant)]
                asked.update(literal if node.func.attr == "section" else ())
    by_id = {rule.section for rule in load().rules if rule.id in named}
    assert sections <= named | by_id
    files = [parse(file) for file in rules_folder().glob("**/*.toml")]
    empty = {file.section for file in files if isinstance(file, RawFile)} - sections
    assert asked <= sections | empty  # a desk gives the rules of a section that has none


def test_a_rules_values_come_out_as_what_they_are() -> None:
    data = {"words": ["a", "b"], "bound": "above", "width": 3}
    rule = Rule("x.y", "x", "about", data, ("a",), ("b",), "x.toml:1")
    assert rule.strings("words") == ("a", "b")
    assert rule.strings("none") == ()
    assert rule.string("bound") == "above"
    assert rule.string("none", "else") == "else"
    assert rule.number("width") == 3.0


VALUES = st.sampled_from(
    [
        'words = ["plain"]',
        "words = ['it''']".replace("'''", "'"),
        'words = """\n[[rule]]\n"""',
        "words = '''\n[[rule]]\nid = 1\n'''",
        'words = "a # b"  # [[rule]] in a remark',
        'words = "quote \\" inside"',
        '# """ in a remark',
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, max_size=8))
def test_rules_are_found_whatever_stands_between_them(values: list[str]) -> None:
    text, starts = "", []
    for value in values:
        starts.append(text.count("\n") + 1)
        text += f"[[rule]]\n{value}\n"
    assert locate(text).starts == tuple(starts)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab\"'#\n[]= \\", max_size=60))
def test_no_text_breaks_the_search_for_lines(text: str) -> None:
    lines = locate(text)
    assert list(lines.starts) == sorted(set(lines.starts))
    for index in range(-1, len(lines.starts) + 1):
        assert lines.of_text(index, "a", "b") >= 1
