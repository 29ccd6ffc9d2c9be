"""Why two forms of names are one name respelled: letters first, then a shared office."""

from __future__ import annotations

from functools import cached_property

from rapidfuzz.distance import OSA

from crosscheck.grammar.identity.record import Node, Respelling
from crosscheck.grammar.titles import Lexicon, lexicon, parts_of_speech
from crosscheck.rulebook import Rulebook
from crosscheck.values.names import (
    NameComparison,
    Office,
    common_sound,
    compare_names,
    explain,
    heard_as_one,
    in_syllables,
)
from crosscheck.values.roles import Role, Taxonomy, same_office, taxonomy

SAME_SPELLING = frozenset({"equal", "style", "initials", "nickname"})
_OF_PEOPLE = frozenset({"initials", "nickname"})
_DERIVED = "name-words.derived"
_SYLLABLES = 10
"""Letters of a Chinese or Korean name of three syllables; shorter ones are alike by chance."""
_TWO_SYLLABLES = 8
_FULL = 2
_SOUNDS = "sounds.consonants"


class Judge:
    """Compares two nodes by the rules of a rulebook; ``alone`` are the words that stand somewhere
    as names by themselves."""

    def __init__(self, rules: Rulebook, alone: frozenset[str] = frozenset()) -> None:
        self.rules = rules
        self.alone = alone
        self.lex: Lexicon = lexicon(rules)
        self.tax: Taxonomy = taxonomy(rules)
        self.office, self.sound, self.heard, self.slip = (
            rules.rule(f"identity.{name}") for name in ("office", "sound", "heard", "slip")
        )

    def of(self, a: Node, b: Node) -> Respelling | None:
        """Why two forms are one name respelled; None if nothing says so."""
        if self.other_kind(a, b) or self.is_common(a) or self.is_common(b):
            return None
        if len(a.form) == 1 or len(b.form) == 1:
            return self.judge_lone(a, b)
        found = compare_names(a.text, b.text, self.rules)
        if found.is_variant:
            if found.relation == "misspelling" and not self.may_slip(a, b):
                return None
            if not self.may_share_office(a, b) and self.by_chance(a, b, found):
                return None
            return _respelling(a, b, found)
        if found.same:
            plain = found.relation in SAME_SPELLING
            if found.relation in _OF_PEOPLE and not a.kind == b.kind == "person":
                return None
            return Respelling(a.form, b.form, found.relation) if plain else None
        if found.relation == "gendered":
            return None
        behind = self.behind_another_name(a, b)
        if behind is not None and behind.is_variant:
            return _respelling(a, b, behind)
        if self.other_given_name(a, b):
            return None
        return None if a.articles & b.articles else self.by_circumstances(a, b)

    def by_circumstances(self, a: Node, b: Node) -> Respelling | None:
        """What letters alone do not say: one office, or consonants that sound alike."""
        for rule, shared in ((self.sound, self.sounds_alike), (self.office, self.shares_office)):
            if shared(a, b):
                because = f"both are called {self.office_words(a, b)}"
                return Respelling(a.form, b.form, "office", (rule.id, _SOUNDS), because)
        office: Office = "other" if a.roles and b.roles else "none"
        if self.are_people(a, b) and heard_as_one(a.form, b.form, office, self.rules):
            because = f"{a.text} ~ {b.text}: written as heard"
            return Respelling(a.form, b.form, "sound", (self.heard.id, _SOUNDS), because)
        return None

    def behind_another_name(self, a: Node, b: Node) -> NameComparison | None:
        """ "the head of Norvatel Bryan Roberts": compared without the name before it, if that
        stands by itself elsewhere."""
        short, long = sorted((a, b), key=lambda n: len(n.form))
        before = len(long.form) - len(short.form)
        ahead = set(long.form[:before])
        if not self.are_people(a, b) or not ahead or not ahead <= self.alone - self.lex.given:
            return None
        if a.articles & b.articles or len(short.form) < _FULL:
            return None
        x, y = (" ".join(form) for form in (long.form[before:], short.form))
        return compare_names(x, y, self.rules) if x.split()[-1] == y.split()[-1] else None

    def are_people(self, a: Node, b: Node) -> bool:
        kinds = {a.kind, b.kind}
        return "person" in kinds and kinds <= {"person", "unknown"}

    def other_given_name(self, a: Node, b: Node) -> bool:
        """Maria and Mario, Hassan and Hussein: two names that are both in common use."""
        return any(
            x not in b.form
            and y not in a.form
            and {x, y} <= self.lex.given
            and explain(x, y, self.rules) is None
            for x, y in zip(a.form, b.form, strict=False)
        )

    def other_kind(self, a: Node, b: Node) -> bool:
        """A person and a place, or two long names of which one is a place."""
        kinds = {a.kind, b.kind} - {"unknown"}
        return len(kinds) > 1 and ("person" in kinds or len(a.form) > 1)

    def may_slip(self, a: Node, b: Node) -> bool:
        """A slip of the pen: not in one article, unless both forms hold one office there."""
        return not a.articles & b.articles or self.may_share_office(a, b)

    def by_chance(self, a: Node, b: Node, found: NameComparison) -> bool:
        """Whether two people's names may well be so alike: a few Chinese or Korean syllables, or
        given names that differ in a consonant."""
        if in_syllables(a.text, b.text, self.rules):
            gated = any(e.rule.startswith("names.gate.") for e in found.evidence)
            short = min(sum(map(len, form)) for form in (a.form, b.form)) < _SYLLABLES
            return short and not gated
        x, y = a.form[0], b.form[0]
        exchanged = len(x) == len(y) and sorted(x) != sorted(y)
        heard = common_sound(x, y, self.rules)
        return found.relation == "misspelling" and exchanged and not heard

    def is_common(self, node: Node) -> bool:
        """Nothing but dictionary words, as names of institutions are; they have no spellings."""
        words = [w.lower() for s in node.sightings[:1] for w in s.mention.tokens]
        english = all(
            bool(parts_of_speech(w)) or w in self.lex.words["function"] or w in self.demonyms
            for w in words
        )
        return (english and node.kind != "person") or any(c.isdigit() for w in words for c in w)

    @cached_property
    def demonyms(self) -> frozenset[str]:
        """Countries, peoples and faiths: single words that are no names of their own."""
        single = {form[0] for form in self.lex.countries if len(form) == 1}
        return frozenset(single) | self.lex.words["adjective"]

    def may_share_office(self, a: Node, b: Node) -> bool:
        return any(same_office(x, y, self.tax) for x in a.roles for y in b.roles)

    def judge_lone(self, a: Node, b: Node) -> Respelling | None:
        """Single words: a class of romanisation, or a slip in long lone words or in one role."""
        x, y = a.form[-1], b.form[-1]
        if self.ordinary(a) or self.ordinary(b) or min(len(x), len(y)) < 4:
            return None
        texts = [n.sightings[0].mention.tokens[-1] for n in (a, b)]
        found = compare_names(texts[0], texts[1], self.rules)
        if not found.is_variant or self.few_syllables(a, b):
            return None
        if found.relation == "misspelling":
            if self.derived(x, y):
                a.rules.add(_DERIVED)
                b.rules.add(_DERIVED)
                return None
            within = bool(a.articles & b.articles)
            if not (self.own_slip(a, b) if within else self.may_slip_alone(a, b)):
                return None
            if x[0] != y[0]:  # the first letter is the rarest to slip
                return None
            return _respelling(a, b, found, self.slip.id)
        return _respelling(a, b, found)

    def own_slip(self, a: Node, b: Node) -> bool:
        """A long surname that no full name of its article bears, beside one that is nearly it."""
        lone, full = sorted((a, b), key=lambda n: len(n.form))
        long = min(len(lone.form[0]), len(full.form[-1])) >= self.slip.number("least")
        people = full.kind == "person" and lone.kind in {"person", "unknown"}
        return long and people and len(full.form) >= _FULL and lone.articles <= full.articles

    def few_syllables(self, a: Node, b: Node) -> bool:
        """Chinese and Korean words of one or two syllables, of which nothing says they are one."""
        short = min(len(a.form[-1]), len(b.form[-1])) < _TWO_SYLLABLES
        words = a.form[-1], b.form[-1]
        return short and in_syllables(*words, self.rules) and not self.shared_roles(a, b)

    def may_slip_alone(self, a: Node, b: Node) -> bool:
        """Two long lone words, or any two in one role."""
        least = self.slip.number("least")
        long = all(len(n.form) == 1 and len(n.form[0]) >= least for n in (a, b))
        return long or bool(self.shared_roles(a, b))

    def derived(self, x: str, y: str) -> bool:
        """A plural, a demonym or an adjective of the other word (Torvela, Torvelan)."""
        short, long = sorted((x, y), key=len)
        start = _common_start(short, long)
        endings = self.lex.words["derived"] | {""}
        return {short[start:], long[start:]} <= endings and len(short) - start <= 2

    def ordinary(self, node: Node) -> bool:
        """An English word, a demonym or a caps abbreviation."""
        word = node.sightings[0].mention.tokens[-1]
        lower = word.lower()
        alone = len(node.form) == 1
        return alone and (bool(parts_of_speech(lower)) or lower in self.demonyms or word.isupper())

    def shares_office(self, a: Node, b: Node) -> bool:
        """One office that few hold, equal or respelled first names, surnames that begin alike: a
        wrong surname rather than another person."""
        held = [x for x, _ in self.shared_roles(a, b) if x.concept in self.holding]
        if not held:
            return False
        first, last = (a.form[0], b.form[0]), (a.form[-1], b.form[-1])
        start, least = _common_start(*last), self.office.number("start")
        alike = start >= least and start * 2 >= max(map(len, last)) - 1
        return self.first_alike(*first) and alike

    def first_alike(self, x: str, y: str) -> bool:
        slip = min(len(x), len(y)) > self.office.number("start") + 1 and OSA.distance(x, y) == 1
        return x == y or slip or explain(x, y, self.rules) is not None

    def sounds_alike(self, a: Node, b: Node) -> bool:
        """One role, and word by word the same consonants in letters that are much alike."""
        crowd = frozenset(self.sound.strings("concepts"))
        shared = [x for x, y in self.shared_roles(a, b) if not crowd & {x.concept, y.concept}]
        if not shared:
            return False
        sole = any(role.concept in self.tax.unique for role in shared)
        return heard_as_one(a.form, b.form, "sole" if sole else "shared", self.rules)

    def shared_roles(self, a: Node, b: Node) -> list[tuple[Role, Role]]:
        return [(x, y) for x in a.roles for y in b.roles if same_office(x, y, self.tax)]

    @cached_property
    def holding(self) -> frozenset[str]:
        """Concepts that one or few hold at a time."""
        return self.tax.unique | frozenset(self.office.strings("concepts"))

    def office_words(self, a: Node, b: Node) -> str:
        return min(role.text for role, _ in self.shared_roles(a, b))


def _respelling(a: Node, b: Node, found: NameComparison, *more: str) -> Respelling:
    rules = tuple(dict.fromkeys((*(e.rule for e in found.evidence), *more)))
    because = "; ".join(e.phrase for e in found.evidence)
    return Respelling(a.form, b.form, found.relation, rules, because)


def _common_start(a: str, b: str) -> int:
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
