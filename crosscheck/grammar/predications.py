"""Where in a sentence a predicate gives an office to a name, before or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crosscheck.grammar.names import NameMention
from crosscheck.grammar.predicates import OfficeVerbs, Predicate, from_office, to_office
from crosscheck.grammar.titles import Lexicon, Title, scoped
from crosscheck.grammar.words import Word

_ASIDE = 14


@dataclass(frozen=True, eq=False)
class Predications:
    """The words, names and titles of one sentence."""

    words: Sequence[Word]
    names: Sequence[NameMention]
    titles: Sequence[Title]
    lex: Lexicon
    verbs: OfficeVerbs

    def after(self, name: NameMention, title: Title) -> Predicate | None:
        """What gives the title after a name to its bearer, if anything does."""
        first = title.first - bool(title.determiner)
        start = self.main_verb(name, first)
        known = name.is_person or len(name.tokens) > 1
        if start is None or not known or any(start <= n.first < first for n in self.names):
            return None
        between = self.words[start:first]
        if any(mark in w.gap for w in between for mark in ";:.("):
            return None
        return to_office(between, self.verbs)

    def main_verb(self, name: NameMention, end: int) -> int | None:
        """Where the sentence goes on after a name and what is set off by commas behind it
        ("Korr, 52, who runs the port, will be"); None if another name takes over."""
        words = self.words[name.last : end]
        commas = [i for i, w in enumerate(words) if "," in w.gap]
        if len(commas) < 2 or commas[0] or commas[-1] > _ASIDE:
            return name.last
        inside = [n.first for n in self.names if name.last <= n.first < name.last + commas[-1]]
        for at in inside:
            if "," in self.words[at].gap or self.words[at - 1].lower in {"and", "or"}:
                return None
        return name.last + commas[-1]

    def before(self, name: NameMention, at: int, title: Title) -> Title | None:
        """The title as a predicate gives it to the name after it, which begins, with what stands
        before it, at the word ``at``."""
        if at < 2 or not self.words[at].joined or not (len(name.tokens) > 1 or name.is_person):
            return None
        if title.plural or self.is_post(title):
            return None
        for start in range(title.core_end, at):
            if not self.words[start].joined:
                break
            told = from_office(self.words[start:at], self.of_post(title), self.verbs)
            whole = scoped(title, self.words, self.lex, start) if told else title
            if told and whole.last == start:
                return given(whole, told)
        return None

    def of_post(self, title: Title) -> str:
        """The rule by which the title follows "the post of"; empty if it does not."""
        at = title.first - bool(title.determiner) - 2
        posts = self.verbs.phrases.get("post", {})
        of = at >= 0 and self.words[at + 1].lower == "of"
        return posts.get((self.words[at].lower,), "") if of else ""

    def is_post(self, title: Title) -> bool:
        """Whether the title is the "chair" of another title: "the chair of the chairman"."""
        return any(self.of_post(t) and t.first - bool(t.determiner) - 2 == title.core
                   for t in self.titles)  # fmt: skip


def given(title: Title, told: Predicate) -> Title:
    """The title with the tense of what gives it."""
    return replace(title, tense=title.tense or told.tense, rules=(*title.rules, *told.rules))
