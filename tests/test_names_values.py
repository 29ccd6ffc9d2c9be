"""Names: what is one name respelled, what is another form, what is another's name."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.rulebook import Rule, load
from crosscheck.values.names import (
    RESPELLED,
    Explanation,
    compare_names,
    explain,
    fold,
    pairing,
)
from crosscheck.values.names.letters import fold_word

RULES = load()
OWN = [rule for rule in RULES.rules if rule.section.startswith("names.")]

RESPELLINGS = [
    ("Witkoff", "Vitkoff", "romanisation"),
    ("Zelenskyy", "Zelensky", "romanisation"),
    ("Zelensky", "Zelenskiy", "romanisation"),
    ("Zelenskyy", "Zelenskiy", "romanisation"),
    ("Stubb", "Stubbs", "misspelling"),
    ("Gunther Sautter", "Günter Sautter", "romanisation"),
    ("Volodymyr Zelenskyy", "Володимир Зеленський", "transliteration"),
    ("Petro Hordiyenko", "Petro Gordienko", "romanisation"),
    ("Jürgen Kröger", "Juergen Kroeger", "house style"),
    ("Amina al-Sabbagh", "Amina el-Sabbagh", "romanisation"),
    ("Abdul Aziz Mansuri", "Abd al-Aziz Mansoori", "romanisation"),
    ("Lucas Thibault", "Lukas Tibo", "transliteration"),
    ("Norbert Halvig", "Norbert Havlig", "misspelling"),
    ("Ottilie Brandmeyer", "Ottilie Brandmayer", "romanisation"),
    ("Lin Tse-min", "Lin Zemin", "romanisation"),
    ("Choi Min-seok", "Choe Min-sok", "romanisation"),
    ("王小明", "Wang Xiaoming", "transliteration"),
    ("كريم منصور", "Karim Mansour", "transliteration"),
    ("Νίκος Παπαδάκης", "Nikos Papadakis", "transliteration"),
    ("Kyiv", "Kiev", "house style"),
]

OTHER_FORMS = [
    ("Ana Horvat", "ana horvat", "style"),
    ("Ana Horvat", "Horvat, Ana", "style"),
    ("Renée Colbert", "Renee Colbert", "style"),
    ("Chancellor Ute Harmsen", "Ute Harmsen", "style"),
    ("Jean-Paul Morvan", "Jean Paul Morvan", "style"),
    ("Harbour Organisation", "Harbor Organization", "style"),
    ("Al Masira", "al-Masira", "style"),
    ("Horvat", "Ana Horvat", "partial"),
    ("Vitkoff", "Steve Witkoff", "partial"),
    ("Ana Maria Horvat", "Ana Horvat", "partial"),
    ("A. Horvat", "Ana Horvat", "initials"),
    ("JP Morvan", "Jean-Paul Morvan", "initials"),
    ("Bill Thornbrook", "William Thornbrook", "nickname"),
]

DIFFERENT = [
    ("Macron", "Bonn"),
    ("Emmanuel Macron", "Emmanuel Bonn"),
    ("Donald Tusk", "Donald Trump"),
    ("Lavrov", "Lavrova"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("Andrei Sobol", "Alexei Sobol"),
    ("Harry Colburn", "Larry Colburn"),
    ("Claudio Bettini", "Claudia Bettini"),
    ("Yegor Ilyich Sobol", "Yegor Petrovich Sobol"),
    ("Harold Minton Jr", "Harold Minton Sr"),
    ("Salim bin Rashid", "Rashid bin Salim"),
    ("K. Hartwell", "Joanna Hartwell"),
    ("Ann B. C. Tovey", "Ann C. Tovey"),
    ("Rosalind", "Rosalind Achterberg"),
    ("Somali", "Somalis"),
    ("Social Democrats", "Social Democratic"),
    ("America", "American"),
    ("A320", "A330"),
    ("Type 440", "Type 450"),
    ("Main", "Maine"),
    ("Mock", "Mosch"),
    ("Air Corps", "Air Union"),
    ("Robert", "Roberts"),
    ("Johnson", "Johnston"),
    ("Li Wei", "Lu Wei"),
    ("王小明", "王小红"),
]

SOME = [*{name for a, b, _ in RESPELLINGS + OTHER_FORMS for name in (a, b)}]
WORDS = st.text(alphabet="abcdefghiklmnoprstuvwyzäöéł'", min_size=1, max_size=9)
NAMES = st.one_of(
    st.sampled_from(sorted(SOME)),
    st.lists(WORDS.map(str.title), min_size=1, max_size=3).map(" ".join),
    st.text(max_size=12),
)


@pytest.mark.parametrize(("a", "b", "relation"), RESPELLINGS)
def test_a_name_respelled_is_a_variant_and_says_why(a: str, b: str, relation: str) -> None:
    done = compare_names(a, b)
    assert (done.relation, done.same, done.is_variant) == (relation, True, True)
    assert done.evidence


@pytest.mark.parametrize(("a", "b", "relation"), OTHER_FORMS)
def test_another_form_is_the_same_person_and_no_variant(a: str, b: str, relation: str) -> None:
    done = compare_names(a, b)
    assert (done.relation, done.same, done.is_variant) == (relation, True, False)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_another_name_is_not_the_same(a: str, b: str) -> None:
    done = compare_names(a, b)
    assert not done.same
    assert not done.is_variant
    assert done.relation in {"different", "gendered"}
    assert done.evidence


def test_endings_of_men_and_women_are_named() -> None:
    assert compare_names("Lavrov", "Lavrova").relation == "gendered"


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.id)
def test_every_rule_is_used_where_its_examples_say(rule: Rule) -> None:
    for wanted, examples in ((True, rule.find), (False, rule.leave)):
        for example in examples:
            assert not isinstance(example, str), "a rule of names has pairs"
            done = compare_names(*example, RULES)
            used = {item.rule for item in done.evidence}
            assert (rule.id in used) is wanted, (example, done)


def test_every_piece_of_evidence_names_a_rule() -> None:
    known = {rule.id for rule in OWN}
    for a, b in itertools.combinations(sorted(SOME), 2):
        assert {item.rule for item in compare_names(a, b).evidence} <= known


def test_the_evidence_shows_the_rewrite_path() -> None:
    (evidence,) = compare_names("Witkoff", "Vitkoff").evidence
    assert evidence.phrase == "Witkoff ~ Vitkoff: w~v (romanisation)"
    (mirrored,) = compare_names("Vitkoff", "Witkoff").evidence
    assert mirrored.phrase == "Vitkoff ~ Witkoff: v~w (romanisation)"


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES)
def test_comparison_mirrors(a: str, b: str) -> None:
    one, other = compare_names(a, b), compare_names(b, a)
    assert (one.relation, one.same, one.is_variant) == (
        other.relation,
        other.same,
        other.is_variant,
    )
    assert [item.rule for item in one.evidence] == [item.rule for item in other.evidence]


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES)
def test_a_variant_is_the_same_and_respelled(a: str, b: str) -> None:
    done = compare_names(a, b)
    assert not done.is_variant or (done.same and done.relation in RESPELLED)
    assert done.same or done.relation in {"different", "gendered"}


@settings(max_examples=100, deadline=None)
@given(NAMES)
def test_a_name_equals_itself(name: str) -> None:
    assert compare_names(name, name).relation == "equal"
    assert all(word == word.strip() != "" for word in fold(name))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=8))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS)
def test_explanations_mirror_and_their_steps_rebuild_the_words(a: str, b: str) -> None:
    one, other = explain(a, b), explain(b, a)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.kind == other.kind
        assert [step.phrase for step in one.steps] == [step.mirrored.phrase for step in other.steps]


def test_explain_tells_classes_from_slips() -> None:
    strong = explain("Vitkoff", "Witkoff")
    assert isinstance(strong, Explanation)
    assert (strong.kind, strong.path, strong.strong) == ("romanisation", "v~w", True)
    slip = explain("Galbray", "Galbroy")
    assert slip is not None
    assert (slip.kind, slip.slips, slip.strong) == ("misspelling", 1, False)
    style = explain("Müller", "Muller")
    assert style is not None
    assert style.kind == "style"


@pytest.mark.parametrize(("a", "b"), [("Lavrov", "Lavrova"), ("Tusk", "Trump"), ("", "Tusk")])
def test_explain_leaves_other_names_alone(a: str, b: str) -> None:
    assert explain(a, b) is None


def test_fold_leaves_titles_particles_and_accents_out() -> None:
    assert fold("Dr. Günther von der Heide") == ("gunther", "heide")
    assert fold("Abd al-Rahman ibn Yusuf") == ("abdul", "rahman", "yusuf")
    assert fold("") == ()


def test_pairing_tells_which_words_correspond() -> None:
    found = pairing(fold("Ana Maria Witkoff"), fold("Vitkoff, Ana"))
    assert [(match.left, match.right) for match in found.matches] == [((0,), (0,)), ((2,), (1,))]
    assert (found.left_rest, found.right_rest) == ((1,), ())


def test_a_comparison_is_a_row_of_a_table() -> None:
    table = compare_names("Witkoff", "Vitkoff").to_pandas()
    assert table.loc[0, ["a", "b", "relation"]].tolist() == ["Witkoff", "Vitkoff", "romanisation"]
    assert table.loc[0, "rules"] == "names.rewrite.w-v"
