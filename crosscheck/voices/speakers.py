"""Whom the words for a speaker mean: a name, a title borne by somebody, "she"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from crosscheck.grammar.bearers import Bearer, bearers, role_of
from crosscheck.grammar.names import NameMention, Reading
from crosscheck.grammar.spans import Names, names_between
from crosscheck.grammar.titles import Title, lexicon
from crosscheck.language import Sentence, Token, subtree
from crosscheck.rulebook import Rulebook
from crosscheck.values.roles import Role

_BEFORE = 6
"""Tokens before the head of a phrase that still describe the speaker."""

_AFTER = 6
"""Tokens of an "of" phrase that do."""

_REACH = 10_000
"""Characters within which they are."""

_MARKS = frozenset({",", "(", ")", ";", ":", "–", "—"})
_UNTOLD = frozenset({"det", "punct", "predet", "cc", "advmod"})
_BACK = 50
"""Sentences within which somebody is named whom a pronoun means."""

_Office = tuple[str, str, str]

_HARDLY = 1
"""Words up to which a line is a label."""

_SINGULAR = frozenset({"he", "she"})
_AGED = re.compile(r"-year-old$")
_NOBODY_IN_PARTICULAR = frozenset(
    (
        "it they this that there who which what nobody no-one everybody everyone all many some one"
    ).split()
)
_PREPOSITIONS = frozenset(
    "in at of from for to with by near on against about and after before behind under".split()
)
_VAGUE = frozenset({"head", "leader", "chief", "director", "member", "official"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """``name`` is how a report calls the speaker, ``person`` the id of a known person (empty if
    it is none); ``named`` tells that the words at hand name them and nothing had to be worked
    out."""

    name: str
    person: str = ""
    named: bool = True


@dataclass(frozen=True, eq=False)
class Tree:
    """A parsed sentence, read downwards."""

    sentence: Sentence

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    @cached_property
    def children(self) -> Mapping[int, Sequence[Token]]:
        found: dict[int, list[Token]] = defaultdict(list)
        for token in self.sentence.tokens:
            if token.head != token.i:
                found[token.head].append(token)
        return found

    def of(self, token: Token, *deps: str) -> Token | None:
        return next((t for t in self.children.get(token.i, ()) if t.dep in deps), None)

    def subtree(self, token: Token) -> list[Token]:
        return subtree(token, self.children)

    def follows(self, token: Token) -> str:
        """The text of the token behind."""
        behind = self.sentence.tokens[token.i + 1 : token.i + 2]
        return behind[0].text if behind else ""

    def text(self, first: Token, last: Token) -> str:
        offset = self.sentence.start
        return self.sentence.text[first.start - offset : last.end - offset]


@dataclass(eq=False)
class Speakers:
    """The speakers of one article. ``last`` is who spoke last, for pronouns."""

    names: Names
    people: frozenset[str]
    readings: Mapping[int, Reading]
    rules: Rulebook
    quoted: Callable[[int], bool]
    last: Speaker | None = None
    index: int = 0
    _titled: dict[_Office, list[tuple[int, str, Role]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for reading in self.readings.values():
            for bearer in bearers(reading, self.rules):
                person = self._bearer_of(bearer.name)
                if person:
                    role = role_of(bearer, reading)
                    self._titled[_office(role)].append((bearer.name.start, person, role))

    def _bearer_of(self, name: NameMention) -> str:
        here = names_between(self.names, name.start, name.start + 1)
        return here[0][2] if here else ""

    def at(self, tree: Tree, head: Token) -> Speaker | None:
        """Who the phrase with this head is; None for nobody in particular."""
        self.index = tree.sentence.index
        if head.lower in _SINGULAR or _AGED.search(head.lower):
            return self._pointed_to(head)
        number = tree.of(head, "nummod")
        if head.pos in {"PRON", "NUM", "X"} or head.lower in _NOBODY_IN_PARTICULAR:
            return None
        if number is not None and number.text[:1].isdigit():
            return None
        if tree.follows(head) == ":":
            return None
        beside = [head, *(t for t in tree.children.get(head.i, ()) if t.dep == "appos")]
        named = next((n for t in beside if (n := self._name_of(tree, t))), None)
        named = named or self._of_two_offices(tree, head)
        return named or self._titled_person(tree, head) or Speaker(self._described(tree, head))

    def _of_two_offices(self, tree: Tree, head: Token) -> Speaker | None:
        """ "Chairman and chief executive Anna Bolt": one person; "the chairman and Anna Bolt" are
        two."""
        if tree.of(head, "det", "poss") is not None:
            return None
        for other in (t for t in tree.children.get(head.i, ()) if t.dep == "conj"):
            name = next((n for n in self._covering(other) if n in self.people), "")
            linked = tree.tokens[head.i + 1 : other.i]
            if name and len(linked) > 1 and linked[0].lower == "and" and linked[1].text.islower():
                return self.named(name)
        return None

    def _pointed_to(self, head: Token) -> Speaker | None:
        """Whom "she" or "the 52-year-old" means: who is named first in the sentence before, unless
        that one goes on with a pronoun itself; then who spoke last, then who was named last."""
        person = self._named_before(head) or (self.last.person if self.last else "")
        person = person or self._last_person(head.start)
        return Speaker(person, person, named=False) if person else None

    def _named_before(self, head: Token) -> str:
        for index in range(self.index - 1, max(-1, self.index - _BACK), -1):
            reading = self.readings.get(index)
            if reading is None or len(reading.words) <= _HARDLY:
                continue
            if self.quoted(reading.sentence.start) or reading.sentence.end > head.start:
                continue
            if reading.words[0].lower in _SINGULAR:
                return ""
            named = [name for name in reading.names if self._leads(name, reading)]
            people = [name for name in named if name.is_person]
            others = {self._bearer_of(name) for name in reading.names if name.is_person}
            if named:
                return self._bearer_of((people or named)[0])
            return others.pop() if len(others) == 1 else ""
        return ""

    def _leads(self, name: NameMention, reading: Reading) -> bool:
        """Whether a name can be what a sentence is about, and not merely belongs to it."""
        prior = reading.words[name.first - 1].lower if name.first else ""
        owner = reading.words[name.last - 1].possessive
        fits = name.kind in {"person", "unknown"} and prior not in _PREPOSITIONS
        return fits and not owner and not self.quoted(name.start)

    def _last_person(self, before: int) -> str:
        found = [n for n in names_between(self.names, before - _REACH, before)
                 if n[2] in self.people and not self.quoted(n[0])]  # fmt: skip
        return found[-1][2] if found else ""

    def _name_of(self, tree: Tree, head: Token) -> Speaker | None:
        """The name of which the head is a word; of several that are joined, all."""
        found = [n for n in self._covering(head) if n]
        if not found:
            return None
        joined = [n for t in tree.children.get(head.i, ()) if t.dep == "conj"
                  for n in self._covering(t) if n]  # fmt: skip
        if joined:
            return Speaker(" and ".join(dict.fromkeys((*found, *joined))))
        return self.named(found[0])

    def _covering(self, token: Token) -> list[str]:
        here = names_between(self.names, token.start - 80, token.end)
        return [name for start, end, name in here if start <= token.start and token.end <= end]

    def named(self, name: str) -> Speaker:
        return Speaker(name, name if name in self.people else "")

    def _titled_person(self, tree: Tree, head: Token) -> Speaker | None:
        """ "The mayor Anna Bolt", and "the mayor": whoever bears the title in this article, if it
        can be but one, else whoever of them is named last before."""
        reading = self.readings.get(tree.sentence.index)
        title = _title_at(reading, head) if reading is not None else None
        if reading is None or title is None or title.plural:
            return None
        for bearer in bearers(reading, self.rules):
            person = self._bearer_of(bearer.name) if bearer.title.core == title.core else ""
            if person:
                return self.named(person)
        determiner = tree.of(head, "det")
        if determiner is not None and determiner.lower != "the":
            return None
        role = role_of(Bearer(_NOBODY, title, "prefix", 0, 0), reading)
        fitting = [(at, who) for at, who, has in self._titled[_office(role)]
                   if _fits(role, has)]  # fmt: skip
        if len({who for _, who in fitting}) > 1:
            fitting = [(at, who) for at, who in fitting if at < head.start][-1:]
        return Speaker(fitting[0][1], fitting[0][1], named=False) if fitting else None

    def _described(self, tree: Tree, head: Token) -> str:
        """The noun with what describes it, without an article: "interior ministry"."""
        first, last = _extent(tree, head)
        text = tree.text(first, last)
        opens = first.start == tree.sentence.start and first.pos != "PROPN"
        demonym = (first.lower,) in lexicon(self.rules).countries
        if not opens or demonym or text[1:2].isupper():
            return text
        return text[:1].lower() + text[1:]


_NOBODY = NameMention(0, 0, "", (), "unknown", (), 0, 0)


def _title_at(reading: Reading, head: Token) -> Title | None:
    """The title of which a token is the last word."""
    cores = ((title, reading.words[title.core_end - 1]) for title in reading.titles)
    return next((title for title, last in cores if last.start <= head.start < last.end), None)


def _office(role: Role) -> _Office:
    return role.concept, role.portfolio, role.rank


def _fits(role: Role, has: Role) -> bool:
    """Whether a person of a title may be meant by another: "the head" alone says too little."""
    if role.scope == has.scope:
        return True
    return not (role.scope and has.scope) and role.concept not in _VAGUE


def _extent(tree: Tree, head: Token) -> tuple[Token, Token]:
    """The first and the last word that describe a noun, its article left out."""
    before = [t for t in tree.subtree(head) if head.i - _BEFORE <= t.i <= head.i]
    marks = [k for k, t in enumerate(before[:-1]) if t.text in _MARKS]
    before = before[marks[-1] + 1 :] if marks else before
    while len(before) > 1 and before[0].dep in _UNTOLD:
        before = before[1:]
    return before[0], _end_of(tree, head)


def _end_of(tree: Tree, head: Token) -> Token:
    """The last word of a short "of ..." behind a noun, else the noun."""
    behind = (t for t in tree.children.get(head.i, ()) if t.dep == "prep" and t.i == head.i + 1)
    of = next((t for t in behind if t.lower in {"of", "for", "at"}), None)
    phrase = tree.subtree(of) if of is not None else []
    kept = list(takewhile(lambda t: t.text not in _MARKS and t.pos != "VERB", phrase))
    return kept[-1] if 1 < len(kept) <= _AFTER else head
