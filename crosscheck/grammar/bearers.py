"""Who bears which title in a sentence: prefix, apposition, "as", copula and "who heads".

Read from the words alone, so that no parse is needed:

    prefix       Norvanian President Orla Venn; the mayor of Halden Edda Korr
    after        Orla Venn, the president of Norvania,
    before       its head, Goran Milas, said
    who          Edda Korr, who heads the port,
    as           Edda Korr resigned as mayor of Halden
    copula       Edda Korr is the mayor
    predicate    Edda Korr will be mayor; the post of mayor goes to Edda Korr
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crosscheck.grammar.names import NameMention, Reading
from crosscheck.grammar.predicates import OfficeVerbs, office_verbs
from crosscheck.grammar.predications import Predications, given
from crosscheck.grammar.titles import (
    DETERMINERS,
    Lexicon,
    Title,
    lexicon,
    parts_of_speech,
    scoped,
)
from crosscheck.grammar.words import Word
from crosscheck.rulebook import Rulebook
from crosscheck.values.roles import Role

How = Literal["prefix", "after", "before", "who", "as", "copula", "predicate"]

_PAST = frozenset({"was", "had"})
_BEING = frozenset({"is", "was", "becomes", "became", "remains", "remained"})
_COUNTING = frozenset({"two", "three", "four", "five", "six", "of", "both", "all", "now", "then"})
_REACH = 10


@dataclass(frozen=True, slots=True)
class Bearer:
    """A name and its title; ``start``/``end`` are the offsets of both and what lies between."""

    name: NameMention
    title: Title
    how: How
    start: int
    end: int


def bearers(reading: Reading, rules: Rulebook) -> tuple[Bearer, ...]:
    """The titles that names of the sentence bear, in the order of the names."""
    lex = lexicon(rules)
    if not reading.names or not (reading.titles or _may_lead(reading, lex)):
        return ()
    found = _Linker(reading, lex, office_verbs(rules)).run()
    return tuple(sorted(found, key=lambda b: (b.name.start, b.start, b.end)))


def _may_lead(reading: Reading, lex: Lexicon) -> bool:
    return any(word.lower in lex.leads for word in reading.words)


def promoted(reading: Reading, rules: Rulebook) -> Reading:
    """The reading with bearers of titles known as persons."""
    rule_of = {b.name.start: b.title.rules[0] for b in bearers(reading, rules)}
    names = tuple(
        replace(n, kind="person", evidence=_first(rule_of[n.start], n.evidence))
        if n.start in rule_of
        else n
        for n in reading.names
    )
    return replace(reading, names=names)


def _first(rule: str, evidence: tuple[str, ...]) -> tuple[str, ...]:
    return (rule, *(e for e in evidence if e != rule))


class _Linker:
    """Links the titles of one sentence to its names, each title by the first pattern that fits."""

    def __init__(self, reading: Reading, lex: Lexicon, verbs: OfficeVerbs) -> None:
        self.words = reading.words
        self.names = [n for n in reading.names if n.kind in {"person", "unknown"}]
        self.titles = reading.titles
        self.lex = lex
        self.predications = Predications(self.words, self.names, self.titles, lex, verbs)
        self.used: set[int] = set()
        self.found: list[Bearer] = []

    def run(self) -> list[Bearer]:
        for pattern in (self.prefix, self.after, self.who, self.before, self.named_as, self.named):
            for name in self.names:
                for title, how in pattern(name):
                    for bearer in self.sharing(name, title, how):
                        self.add(bearer, title, how)
        return self.found

    def sharing(self, name: NameMention, title: Title, how: How) -> list[NameMention]:
        """The bearers of a title: all names of the list, if it stands in the plural."""
        if not title.plural:
            return [name]
        if how == "prefix":
            return self.listed(name, self.names[self.names.index(name) :])
        return self.listed(name, self.names[self.names.index(name) :: -1])

    def add(self, name: NameMention, title: Title, how: How) -> None:
        first = min(title.first, name.first)
        last = max(title.last, name.last)
        self.used.add(title.core)
        start = self.words[first].start
        self.found.append(Bearer(name, title, how, start, self.words[last - 1].end))

    def limit(self, at: int) -> int:
        """Where the next person begins, up to which a scope may be read."""
        after = [n.first for n in self.names if n.first >= at and n.is_person]
        return min(after, default=len(self.words))

    # -- prefix ---------------------------------------------------------------------------

    def prefix(self, name: NameMention) -> Iterator[tuple[Title, How]]:
        at = name.first - bool(name.honorific)
        for title in reversed([t for t in self.titles if t.core_end <= at]):
            if at - title.core_end > _REACH:
                return
            whole = scoped(title, self.words, self.lex, at)
            if whole.last != at or not self.words[at].clings or self.words[at - 1].possessive:
                continue
            direct = title.core_end == at or title.last == at
            if title.core in self.used or not self.fits(name, title, direct):
                return
            outer = self.outer(title) if direct else None
            yield outer or whole, "prefix"
            return

    def fits(self, name: NameMention, title: Title, direct: bool) -> bool:
        if direct:
            return True
        return not title.plural and (len(name.tokens) > 1 or name.is_person)

    def outer(self, inner: Title) -> Title | None:
        """ "The envoy of the Norvanian president Karel Dubin": the name is the envoy's."""
        at = inner.first - 2
        if inner.determiner != "the" or at < 1 or self.words[at].lower not in {"of", "to", "for"}:
            return None
        for title in self.titles:
            if title.core_end == at and not title.plural and title.core not in self.used:
                scope = " ".join(w.lower for w in self.words[inner.first : inner.core_end])
                return replace(title, last=inner.last, scope=inner.scope or scope)
        return None

    def listed(self, name: NameMention, others: Sequence[NameMention]) -> list[NameMention]:
        """The names that stand with ``name`` in one list ("A, B and C"), going from it on."""
        out = [name]
        for other in others[1:]:
            left, right = sorted((out[-1], other), key=lambda n: n.first)
            between = self.words[left.last : right.first + 1]
            gaps = "".join(w.gap for w in between)
            if [w.lower for w in between[:-1]] not in ([], ["and"]) or gaps.strip(" ,"):
                break
            out.append(other)
        return out

    # -- apposition -----------------------------------------------------------------------

    def after(self, name: NameMention) -> Iterator[tuple[Title, How]]:
        words, at = self.words, name.last
        if at >= len(words) or words[at].gap.strip() not in {",", "(", "—", "–"}:
            return
        end = _segment_end(words, at)
        if self.titled(name) and self.opens_next(end):
            return
        found = self.appositions(at, end)
        listed = [t for t in found if t.determiner in {"a", "an"}]
        if len(found) > 1 and found[1] in listed:
            return
        for title in found:
            yield replace(title, scope=title.scope or found[-1].scope), "after"

    def titled(self, name: NameMention) -> bool:
        return any(b.name is name for b in self.found)

    def opens_next(self, end: int) -> bool:
        """ "X, the minister, Y, and": whether a name set off by commas follows the apposition."""
        following = [n for n in self.names if n.first == end]
        return bool(following) and "," in self.words[end].gap and self.closes(following[0])

    def appositions(self, at: int, end: int) -> list[Title]:
        """The titles that follow the comma before the word ``at``, joined by "and"."""
        found: list[Title] = []
        start = at
        for title in [t for t in self.titles if at <= t.core < end]:
            if title.core in self.used or self.precedes_name(title):
                break
            if not self.opens(self.words[start : title.first]):
                break
            limit = min(self.limit(title.core_end), end)
            if self.words[title.core_end - 1].possessive:
                break
            whole = scoped(title, self.words, self.lex, limit)
            found.append(self.dated(whole, self.words[start : title.first]))
            start = found[-1].last
            if start >= end or self.words[start].lower != "and":
                break
            start += 1
        return found

    def dated(self, title: Title, between: Sequence[Word]) -> Title:
        """The title with the tense of an adverb before its determiner ("once the mayor")."""
        words = [w.lower for w in between if w.lower != "the"]
        spans = [words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
        found = [
            self.lex.modifiers[tuple(span)] for span in spans if tuple(span) in self.lex.modifiers
        ]
        tense, rule = next(((t, r) for t, _, r in found if t), ("", ""))
        if title.tense or not tense:
            return title
        return replace(title, tense=tense, rules=(*title.rules, rule))

    def precedes_name(self, title: Title) -> bool:
        return any(n.first == title.core_end and self.words[n.first].clings for n in self.names)

    def opens(self, between: Sequence[Word]) -> bool:
        """Whether only determiners, counts and adjectives stand between a comma and a title."""
        return len(between) <= 6 and all(
            w.lower in DETERMINERS | _COUNTING
            or w.text[0].isdigit()
            or (w.lower != "as" and bool(parts_of_speech(w.lower) & {"ADJ", "ADV"}))
            for w in between
        )

    def before(self, name: NameMention) -> Iterator[tuple[Title, How]]:
        words, at = self.words, name.first
        if words[at].gap.strip() != "," or not self.closes(name):
            return
        for title in reversed([t for t in self.titles if t.core_end <= at]):
            if title.core in self.used or title.plural or at - title.core_end > _REACH:
                return
            whole = scoped(title, words, self.lex, at)
            if whole.last != at:
                continue
            opened = words[title.first - bool(title.determiner)]
            free = "," not in opened.gap or self.after_titled(title)
            if (title.determiner or title.owned) and free:
                yield whole, "before"
            return

    def after_titled(self, title: Title) -> bool:
        """Whether the name before a title has another one already."""
        first = title.first - bool(title.determiner)
        return any(n.last == first and self.titled(n) for n in self.names)

    def closes(self, name: NameMention) -> bool:
        if name.last >= len(self.words):
            return True
        following = self.words[name.last]
        return bool(following.gap.strip()) or "VERB" in parts_of_speech(following.lower)

    # -- clauses --------------------------------------------------------------------------

    def who(self, name: NameMention) -> Iterator[tuple[Title, How]]:
        words, at = self.words, name.last
        if at + 1 >= len(words) or words[at].lower != "who":
            return
        for i in range(at + 1, min(at + 4, len(words))):
            concept = self.lex.leads.get(words[i].lower)
            if concept:
                base = Title(at, i + 1, i, i + 1, concept, rules=("name-words.leads",))
                yield self.with_object(base), "who"
                return

    def with_object(self, title: Title) -> Title:
        """The scope of "who heads the port": the object of the verb."""
        at = title.last
        if at < len(self.words) and self.words[at].lower in DETERMINERS:
            at += 1
        end = at
        while end < len(self.words) and end - at < 4 and (end == at or self.words[end].joined):
            word = self.words[end]
            if not (word.capital or parts_of_speech(word.lower) == {"NOUN"}):
                break
            end += 1
        scope = " ".join(w.lower for w in self.words[at:end] if w.capital)
        country, stop = self.lex.country(self.words, at)
        return replace(
            title, last=max(end, title.last), scope=country if country and stop == end else scope
        )

    def named_as(self, name: NameMention) -> Iterator[tuple[Title, How]]:
        """ "resigned as mayor", "was appointed mayor", "is the mayor": the nearest name before."""
        for title in self.titles:
            if title.core < name.last or title.core in self.used or title.plural:
                continue
            if self.precedes_name(title):
                continue
            nearest = self.nearest_before(title) is name
            how = self.verb_between(name, title) if nearest else None
            told = self.predications.after(name, title)
            if how is None and told is None:
                continue
            whole = scoped(title, self.words, self.lex, self.limit(title.core_end))
            if how == "copula":
                past = self.words[name.last].lower in _PAST and not title.tense
                yield (replace(whole, tense="former") if past else whole), how
            elif told is not None:
                yield given(whole, told), "predicate"
            elif how is not None:
                yield whole, how

    def named(self, name: NameMention) -> Iterator[tuple[Title, How]]:
        """ "The chief executive will be Edda Korr", "the post of mayor goes to her"."""
        at = self.opening(name)
        free = [t for t in self.titles if t.core_end < at and t.core not in self.used]
        for title in reversed(free):
            whole = self.predications.before(name, at, title)
            if whole is not None:
                yield whole, "predicate"
                return

    def opening(self, name: NameMention) -> int:
        """Where a name begins with its honorific and the title before it."""
        titled = [b.title for b in self.found if b.name is name and b.how == "prefix"]
        firsts = [title.first - bool(title.determiner) for title in titled]
        return min([name.first - bool(name.honorific), *firsts])

    def nearest_before(self, title: Title) -> NameMention | None:
        before = [n for n in self.names if n.last <= title.first and n.is_person]
        return before[-1] if before else None

    def verb_between(self, name: NameMention, title: Title) -> How | None:
        first = title.first - bool(title.determiner)
        between = self.words[name.last : first]
        lowered = [w.lower for w in between]
        if len(between) > 8 or any(mark in w.gap for w in between for mark in ";:.("):
            return None
        if len(lowered) == 1 and lowered[0] in _BEING and title.determiner:
            return "copula"
        becoming = any(w in self.lex.words["becomes"] for w in lowered)
        if becoming and lowered and (lowered[-1] == "as" or lowered[-1] in self.becomes_without_as):
            return "as"
        return None

    @property
    def becomes_without_as(self) -> frozenset[str]:
        return frozenset({"appointed", "named", "elected", "re-elected", "reelected"})


def _segment_end(words: Sequence[Word], at: int) -> int:
    """Where the apposition that starts at the word ``at`` ends: at the next mark."""
    for i in range(at + 1, min(at + 24, len(words))):
        if any(mark in words[i].gap for mark in ',;:.()—–"“'):
            return i
    return min(at + 24, len(words))


def role_of(bearer: Bearer, reading: Reading) -> Role:
    """The value of a title: what it is, of which rank and tense, and whose."""
    title = bearer.title
    start, end = reading.words[title.first].start, reading.words[title.last - 1].end
    offset = reading.sentence.start
    text = reading.sentence.text[start - offset : end - offset]
    return Role(title.concept, title.portfolio, title.rank, title.tense, title.scope, text)
