"""The words that say how far somebody went towards a deed (``rules/commitments/steps.toml``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from crosscheck.language import Token
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.frames import Frame
from crosscheck.values.commitment import denial, span

Item = TypeVar("Item")

REACH = 6
"""Within so many words behind its verb the rest of a phrase is looked for."""

INTENDED, DONE, DENIED = "step.intended", "step.done", "step.denied"


@dataclass(frozen=True, slots=True)
class Step:
    """A rule of the scale: the steps its words leave open, said or denied, what it is called, and
    whether its verbs take the deed as a direct object ("ruled out a sale"), or as a clause only."""

    rule: str
    said: frozenset[int]
    denied: frozenset[int]
    label: str
    label_denied: str
    objects: bool
    clauses: bool

    def steps(self, denied: bool) -> frozenset[int]:
        return self.denied if denied else self.said

    def called(self, denied: bool) -> str:
        return self.label_denied if denied else self.label


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps by verb, by phrase (verb, rest), by adjective, noun and adverb, and by phrases of
    which the deed is the subject."""

    verbs: Mapping[str, Step]
    phrases: Mapping[str, tuple[tuple[str, Step], ...]]
    adjectives: Mapping[str, Step]
    nouns: Mapping[str, Step]
    adverbs: Mapping[str, Step]
    of_subject: Mapping[str, tuple[tuple[str, Step], ...]]
    by_rule: Mapping[str, Step]

    def of_verb(self, frame: Frame, verb: Token) -> tuple[Step, int] | None:
        """The step that a verb or a phrase with it names, and the index of its last word."""
        for rest, step in self.phrases.get(verb.lemma, ()):
            last = end_of_phrase(frame, verb, rest)
            if last is not None and not (rest == "to" and frame.tokens[last].dep == "prep"):
                return step, last  # "offered to help", not "offered help to the town"
        step_of = self.verbs.get(verb.lemma)
        return (step_of, verb.i) if step_of else None

    def firmness(self, frame: Frame, verb: Token) -> tuple[Step, Token] | None:
        """What an adverb beside a verb makes of its step, and the adverb."""
        near = frame.tokens[max(0, verb.i - 3) : verb.i + 4]
        for token in near:
            two = frame.text(token.start, frame.tokens[min(token.i + 1, len(frame.tokens) - 1)].end)
            for words in (two.lower(), token.lower):
                step = self.adverbs.get(words)
                if step is not None and _belongs(frame, token, verb):
                    return step, token
        return None


@cache
def steps_of(rules: Rulebook) -> Steps:
    """The scale, compiled once for each rulebook."""
    known = [(rule, _step(rule)) for rule in rules.section("commitment-steps")]
    return Steps(
        verbs=_words(known, "verbs"),
        phrases=phrase_table((phrase, s) for r, s in known for phrase in r.strings("phrases")),
        adjectives=_words(known, "adjectives"),
        nouns=_words(known, "nouns"),
        adverbs=_words(known, "adverbs"),
        of_subject=phrase_table((words, s) for r, s in known for words in r.strings("of_subject")),
        by_rule={rule.id: step for rule, step in known},
    )


def _step(rule: Rule) -> Step:
    low, high = int(rule.number("low")), int(rule.number("high"))
    below = int(rule.number("below")) if "below" in rule.data else None
    label = rule.string("label")
    denied = rule.string("denied", f"not {label}")
    objects, clauses = (bool(rule.data.get(key, False)) for key in ("objects", "clauses"))
    return Step(rule.id, span(low, high), denial(low, below), label, denied, objects, clauses)


def _words(known: Iterable[tuple[Rule, Step]], key: str) -> dict[str, Step]:
    return {word: step for rule, step in known for word in rule.strings(key)}


def phrase_table(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[tuple[str, Item], ...]]:
    """Phrases by their verb, with the rest; the longest first."""
    found: dict[str, list[tuple[str, Item]]] = {}
    for phrase, item in pairs:
        verb, _, rest = phrase.partition(" ")
        found.setdefault(verb, []).append((rest, item))
    return {
        verb: tuple(sorted(items, key=lambda item: (-len(item[0].split()), item[0])))
        for verb, items in found.items()
    }


def end_of_phrase(frame: Frame, verb: Token, rest: str) -> int | None:
    """The index of the last word of a phrase whose verb stands here; None: it does not follow.
    Words of the rest stand in order, by lemma; others may stand between that hang on the verb."""
    at, last = verb.i + 1, verb.i
    for wanted in rest.split():
        window = frame.tokens[at : verb.i + 1 + REACH]
        hit = next((t for t in window if wanted in {t.lower, t.lemma}), None)
        if hit is None or not _below(frame, hit, verb):
            return None
        at, last = hit.i + 1, hit.i
    return last


def _below(frame: Frame, token: Token, verb: Token) -> bool:
    """Whether no other verb stands between a word and the verb above it."""
    for above in frame.ancestors(token):
        if above.i == verb.i:
            return True
        if above.pos in {"VERB", "AUX"}:
            return False
    return False


def _belongs(frame: Frame, token: Token, verb: Token) -> bool:
    return token.head == verb.i or frame.tokens[token.head].head == verb.i
