"""Predicates that give a person an office: "will be chief executive", "the post goes to Korr".

Read from the words between a name and a title alone; what is not known in full is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crosscheck.grammar.titles import parts_of_speech
from crosscheck.grammar.words import Word
from crosscheck.rulebook import Rulebook

_DENYING = frozenset({"not", "never", "no", "hardly", "nearly", "almost", "perhaps", "maybe"})
_PAST_FORMS = frozenset({"was", "were", "had"})
_LONGEST = 8


@dataclass(frozen=True, eq=False)
class OfficeVerbs:
    """The phrases of the rules, their verb as lemma, each with the rule's id, by role."""

    phrases: Mapping[str, Mapping[tuple[str, ...], str]]

    def known(self, role: str, words: Sequence[str]) -> str:
        """The rule that has the phrase, whatever the form of its verb; empty: none."""
        table = self.phrases.get(role, {})
        if not words:
            return ""
        lemmas = _verb_lemmas(words[0])
        keys = ((lemma, *words[1:]) for lemma in sorted(lemmas))
        return next((table[key] for key in keys if key in table), "")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What links a person and an office; ``tense`` is that of a ``Role``."""

    tense: str
    rules: tuple[str, ...]


@cache
def office_verbs(rules: Rulebook) -> OfficeVerbs:
    """Compiled once per rulebook."""
    phrases: dict[str, dict[tuple[str, ...], str]] = {}
    for rule in rules.section("office-verbs"):
        table = phrases.setdefault(rule.string("role"), {})
        table.update({tuple(words.split()): rule.id for words in rule.strings("words")})
    return OfficeVerbs(phrases)


@cache
def _verb_lemmas(form: str) -> frozenset[str]:
    import lemminflect

    return frozenset({form, *lemminflect.getAllLemmas(form).get("VERB", ()), *_being(form)})


def _being(form: str) -> tuple[str, ...]:
    return ("be",) if form in {"is", "are", "was", "were", "been"} else ()


def to_office(between: Sequence[Word], verbs: OfficeVerbs) -> Predicate | None:
    """Read what stands between a name and the title after it, determiner left out."""
    ahead, used, words = _stripped(between, verbs)
    if not words:
        return None
    entering, holding = verbs.known("entering", words), verbs.known("holding", words)
    if entering:
        coming = bool(ahead) or words[0].endswith("s")
        return Predicate("elect" if coming else "", (entering, *used))
    if holding and (ahead or words[0] not in {"be", "is", "are", "was", "were"}):
        return Predicate("elect" if ahead else "", (holding, *used))
    return None


def from_office(between: Sequence[Word], post: str, verbs: OfficeVerbs) -> Predicate | None:
    """Read what stands between a title and the name after it; ``post`` is the rule by which the
    title is given as a post ("the post of mayor"), empty if it is not."""
    ahead, used, words = _stripped(between, verbs)
    found = verbs.known("before", words)
    if not found and post:
        found = verbs.known("takes", words)
        used = (*used, post)
    if not found:
        return None
    past = words[0] in _PAST_FORMS and len(words) == 1
    tense = "elect" if ahead or words[0] in {"becomes", "goes"} else "former" if past else ""
    return Predicate(tense, (found, *used))


def _stripped(
    between: Sequence[Word], verbs: OfficeVerbs
) -> tuple[bool, tuple[str, ...], list[str]]:
    """Whether it lies in the future, the rules that say so, and what is left without adverbs,
    ages and the like. Nothing is left of what may not be read."""
    lowered = [word.lower for word in between]
    used: list[str] = []
    rest: list[str] = []
    ahead, at = False, 0
    if len(lowered) > _LONGEST or _DENYING & set(lowered):
        return False, (), []
    while at < len(lowered):
        size, rule = _longest(verbs.phrases.get("ahead", {}), lowered, at)
        passed, why = _longest(verbs.phrases.get("passed", {}), lowered, at)
        if size and not rest and not ahead:
            ahead, at = True, at + size
            used.append(rule)
        elif passed or (_is_idle(lowered[at]) and not _continues(rest, verbs)):
            at += passed or 1
            used += [why] * bool(passed)
        else:
            rest.append(lowered[at])
            at += 1
    return ahead, tuple(used), rest


def _continues(rest: Sequence[str], verbs: OfficeVerbs) -> bool:
    """Whether the verb so far takes particles, which look like adverbs ("moves up to")."""
    heads = {key[0] for role in ("entering", "holding", "before") for key in verbs.phrases[role]}
    return bool(rest) and bool(_verb_lemmas(rest[0]) & heads)


def _longest(
    table: Mapping[tuple[str, ...], str], words: Sequence[str], at: int
) -> tuple[int, str]:
    for size in (3, 2, 1):
        rule = table.get(tuple(words[at : at + size]))
        if rule:
            return size, rule
    return 0, ""


def _is_idle(word: str) -> bool:
    return word[0].isdigit() or (parts_of_speech(word) == {"ADV"} and word.isalpha())
