"""Offices, posts and occupations in running text: "the deputy interior minister of Norvania"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from crosscheck.grammar.words import Word
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.roles import AND

Key = tuple[str, ...]

_PORTFOLIO_HOLDERS = frozenset(
    {"minister", "secretary", "secretary-of-state", "undersecretary", "spokesperson"}
)
_OF = frozenset({"of", "for", "at", "to"})
_STATES = frozenset({"country", "republic", "nation", "state", "federation", "union"})
_BEFORE_VERBS = frozenset("who which that to he she they we i you will would can not".split())
DETERMINERS = frozenset(
    "the a an its his her their our this that one another other whose my your".split()
)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What the rules say about titles and names, compiled for look-up by lower-case words;
    ``openers`` are the first words of titles, ``longest`` the lengths of the longest keys."""

    titles: Mapping[Key, tuple[str, str, bool]]
    portfolios: Mapping[Key, tuple[str, str]]
    modifiers: Mapping[Key, tuple[str, str, str]]
    countries: Mapping[Key, str]
    demonyms: frozenset[Key]
    country_rule: str
    words: Mapping[str, frozenset[str]]
    given: frozenset[str]
    leads: Mapping[str, str]
    longest: Mapping[str, int] = field(default_factory=dict)
    openers: frozenset[str] = frozenset()

    def country(self, words: Sequence[Word], first: int) -> tuple[str, int]:
        """The country named from ``first`` on and where it ends; ("", first) if none."""
        return _longest(self.countries, words, first, self.longest["countries"], "")

    def is_function(self, word: Word) -> bool:
        """A function word, but no abbreviation that looks like one (US, WHO, IT)."""
        caps = len(word.text) > 1 and word.text.isupper()
        return word.lower in self.words["function"] and not caps


@cache
def lexicon(rules: Rulebook) -> Lexicon:
    """Compiled once per rulebook."""
    titles = dict(_title_entries(rules))
    portfolios = {
        _key(word): (rule.id.split(".", 1)[1], rule.id)
        for rule in rules.section("portfolios")
        for word in rule.strings("words")
    }
    modifiers = {
        _key(word): (rule.string("tense"), rule.string("rank"), rule.id)
        for rule in rules.section("modifiers")
        for word in rule.strings("words")
    }
    countries, demonyms, country_rule = _countries(rules)
    words = {r.id.split(".", 1)[1]: frozenset(r.strings("words")) for r in _word_rules(rules)}
    tables: dict[str, Mapping[Key, object]] = {
        "titles": titles,
        "portfolios": portfolios,
        "modifiers": modifiers,
        "countries": countries,
    }
    return Lexicon(
        titles,
        portfolios,
        modifiers,
        countries,
        demonyms,
        country_rule,
        words,
        frozenset(w for r in rules.section("given-names") for w in r.strings("words")),
        dict(_pair(item) for item in words.get("leads", ())),
        {name: max(map(len, table), default=0) for name, table in tables.items()},
        frozenset(key[0] for key in titles if key),
    )


def _word_rules(rules: Rulebook) -> Iterator[Rule]:
    yield from rules.section("name-words")


def _pair(item: str) -> tuple[str, str]:
    left, _, right = item.partition(":")
    return left.strip(), right.strip()


def _key(words: str) -> Key:
    return tuple(w for w in words.lower().split() if w != "the")


def _countries(rules: Rulebook) -> tuple[dict[Key, str], frozenset[Key], str]:
    table: dict[Key, str] = {}
    demonyms: set[Key] = set()
    source = ""
    for rule in rules.section("countries"):
        source = rule.id
        for item in rule.strings("names"):
            name, others = _pair(item)
            for other in (f"={name}", *others.split(",")):
                form = _key(other.strip().lstrip("=").rstrip("."))
                table.setdefault(form, name)
                if not other.strip().startswith("="):
                    demonyms.add(form)
    return table, frozenset(demonyms), source


def _title_entries(rules: Rulebook) -> Iterator[tuple[Key, tuple[str, str, bool]]]:
    for rule in reversed(rules.section("roles")):
        for item in rule.strings("members"):
            concept, ways = _pair(item)
            for way in ways.split(","):
                yield _key(way), (concept, rule.id, False)
                yield _key(_plural(way.strip())), (concept, rule.id, True)


def _plural(title: str) -> str:
    head, of, rest = title.partition(" of ")
    stem, _, last = head.rpartition(" ")
    return f"{stem} {_plural_word(last)}{of}{rest}".strip()


def _plural_word(word: str) -> str:
    if word.endswith(("man", "woman")):
        return word[:-2] + "en"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh", "x")) else "s")


def _longest(
    table: Mapping[Key, str], words: Sequence[Word], first: int, most: int, none: str
) -> tuple[str, int]:
    for size in range(min(most, len(words) - first), 0, -1):
        part = words[first : first + size]
        found = table.get(tuple(w.lower for w in part))
        if found is not None and all(w.joined for w in part[1:]) and part[0].capital:
            return found, first + size
    return none, first


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the words of a sentence.

    ``first``/``last`` are word indices (half-open) of the whole phrase without determiner,
    ``core``/``core_end`` those of the title word itself; ``scope`` is what the office belongs to
    (a country by its canonical name, else a name in lower case), "" if not said or only a common
    noun; ``owned`` tells whether anything of the kind stands before the title.
    """

    first: int
    last: int
    core: int
    core_end: int
    concept: str
    portfolio: str = ""
    rank: str = ""
    tense: str = ""
    scope: str = ""
    owned: bool = False
    plural: bool = False
    determiner: str = ""
    rules: tuple[str, ...] = ()


def titles_in(words: Sequence[Word], lex: Lexicon) -> tuple[Title, ...]:
    """All titles, left to right, each with what stands before it; ``scoped`` adds what follows."""
    found: list[Title] = []
    at = 0
    while at < len(words):
        title = _core(words, at, lex)
        if title is None or _modifies(title, words, lex):
            at += 1
            continue
        title = _extended(title, words, lex, found[-1].last if found else 0)
        found.append(_inheriting(title, found[-1], words) if found else title)
        at = title.core_end
    return tuple(found)


def _modifies(title: Title, words: Sequence[Word], lex: Lexicon) -> bool:
    """Whether the word stands before another title as its modifier (deputy, chief, general)."""
    key = tuple(w.lower for w in words[title.core : title.core_end])
    if key not in lex.modifiers:
        return False
    for at in range(title.core_end, min(title.core_end + 4, len(words))):
        if not words[at].joined or words[at - 1].possessive:
            return False
        if _core(words, at, lex):
            return True
        if (words[at].lower,) not in lex.modifiers and not _in_portfolio(words[at].lower, lex):
            return False
    return False


def _in_portfolio(word: str, lex: Lexicon) -> bool:
    return word == "and" or any(word in key for key in lex.portfolios)


def _inheriting(title: Title, before: Title, words: Sequence[Word]) -> Title:
    """ "The Norvanian premier's adviser" is an adviser of Norvania."""
    owned = title.first == before.last and words[before.last - 1].possessive
    return replace(title, scope=before.scope) if owned and not title.owned else title


def _core(words: Sequence[Word], at: int, lex: Lexicon) -> Title | None:
    if words[at].lower not in lex.openers and "-" not in words[at].text:
        return None
    for size in range(min(lex.longest["titles"] + 1, len(words) - at), 0, -1):
        part = words[at : at + size]
        if any(not w.joined or before.possessive for before, w in pairwise(part)):
            continue
        key = tuple(w.lower for w in part if w.lower != "the")
        entry = lex.titles.get(key)
        if at and not part[0].capital and _is_verb(words[at - 1].lower, part[0].lower):
            continue
        if entry is not None and part[0].lower != "the" and part[-1].lower != "the":
            concept, rule, plural = entry
            return Title(at, at + size, at, at + size, concept, plural=plural, rules=(rule,))
    return _hyphenated(words[at], at, lex) if "-" in words[at].text else None


def _is_verb(before: str, word: str) -> bool:
    """Whether a word is a verb after the one before it: "who head", "to chair", not "to mayor"."""
    return before in _BEFORE_VERBS and (before != "to" or "VERB" in parts_of_speech(word))


def _hyphenated(word: Word, at: int, lex: Lexicon) -> Title | None:
    """lieutenant-general; ex-president, vice-president, president-elect."""
    whole = lex.titles.get(tuple(word.lower.split("-")))
    if whole:
        return Title(at, at + 1, at, at + 1, whole[0], plural=whole[2], rules=(whole[1],))
    head, _, rest = word.lower.partition("-")
    front, _, tail = word.lower.rpartition("-")
    for title, modifier in ((rest, head), (front, tail)):
        entry, change = lex.titles.get((title,)), lex.modifiers.get((modifier,))
        if entry and change:
            concept, rule, plural = entry
            tense, rank, source = change
            return Title(
                at,
                at + 1,
                at,
                at + 1,
                concept,
                rank=rank,
                tense=tense,
                plural=plural,
                rules=(rule, source),
            )
    return None


def _extended(title: Title, words: Sequence[Word], lex: Lexicon, floor: int) -> Title:
    """The title with the portfolio, modifiers and scope that stand before it, and its elect."""
    title = _with_elect(title, words, lex)
    while title.first > floor and words[title.first].joined:
        grown = _grow(title, words, lex, floor)
        if grown is None:
            break
        title = grown
    before = title.first - 1
    if before >= floor and words[title.first].joined and words[before].lower in DETERMINERS:
        title = replace(title, determiner=words[before].lower)
    return title


def _with_elect(title: Title, words: Sequence[Word], lex: Lexicon) -> Title:
    end = title.core_end
    if end < len(words) and words[end].gap.strip() in {"", "-"}:
        entry = lex.modifiers.get((words[end].lower,))
        if entry and entry[0] == "elect" and words[end].lower in {"elect", "designate"}:
            return replace(
                title, tense="elect", last=end + 1, core_end=end + 1, rules=(*title.rules, entry[2])
            )
    return title


def _grow(title: Title, words: Sequence[Word], lex: Lexicon, floor: int) -> Title | None:
    return (
        _grow_portfolio(title, words, lex, floor)
        or _grow_modifier(title, words, lex, floor)
        or _grow_scope(title, words, lex, floor)
    )


def _grow_portfolio(title: Title, words: Sequence[Word], lex: Lexicon, floor: int) -> Title | None:
    if title.portfolio or title.scope or title.concept not in _PORTFOLIO_HOLDERS:
        return None
    for size in range(lex.longest["portfolios"], 0, -1):
        first = title.first - size
        if first < floor or not all(w.joined for w in words[first + 1 : title.first + 1]):
            continue
        entry = lex.portfolios.get(tuple(w.lower for w in words[first : title.first]))
        if entry and not any(w.possessive for w in words[first : title.first]):
            found = replace(title, first=first, portfolio=entry[0], rules=(*title.rules, entry[1]))
            return _joined_portfolio(found, words, lex, floor) or found
    return _joined_portfolio(title, words, lex, floor)


def _joined_portfolio(
    title: Title, words: Sequence[Word], lex: Lexicon, floor: int
) -> Title | None:
    """ "The policing and fire minister": fields joined by "and", whether the rules know them or
    not."""
    last = title.first if title.portfolio else title.first - 1
    first = last - 2
    if first < floor or words[last - 1].lower != "and" or title.core_end > len(words):
        return None
    fields = [words[first], *(() if title.portfolio else (words[last],))]
    between = words[first + 1 : title.core + 1]
    if not all(w.joined for w in between) or any(w.possessive for w in words[first : title.core]):
        return None
    if not all(w.text.islower() and _is_field(w.lower) for w in fields):
        return None
    known = [lex.portfolios.get((w.lower,), (w.lower, ""))[0] for w in fields]
    named = [*known, *filter(None, (title.portfolio,))]
    return replace(title, first=first, portfolio=AND.join(sorted(named)))


def _is_field(word: str) -> bool:
    return "NOUN" in parts_of_speech(word) or word.endswith("ing")


def _grow_modifier(title: Title, words: Sequence[Word], lex: Lexicon, floor: int) -> Title | None:
    for size in range(lex.longest["modifiers"], 0, -1):
        first = title.first - size
        if first < floor or any(w.possessive for w in words[first : title.first]):
            continue
        entry = lex.modifiers.get(tuple(w.lower for w in words[first : title.first]))
        if entry:
            tense, rank, rule = entry
            return replace(
                title,
                first=first,
                tense=tense or title.tense,
                rank=rank or title.rank,
                rules=(*title.rules, rule),
            )
    return None


def _grow_scope(title: Title, words: Sequence[Word], lex: Lexicon, floor: int) -> Title | None:
    before = words[title.first - 1]
    if title.owned or before.lower in DETERMINERS:
        return None
    for first in range(max(floor, title.first - lex.longest["countries"]), title.first):
        country, end = lex.country(words, first)
        if country and end == title.first and not _goes_back(words, first, floor, lex):
            rules = (*title.rules, lex.country_rule)
            return replace(title, first=first, scope=country, owned=True, rules=rules)
    if before.capital and not lex.is_function(before) and before.lower not in lex.words["calendar"]:
        first = _capital_run_start(words, title.first, floor, lex)
        country, end = lex.country(words, first)
        scope = country if end == title.first else _spelled(words[first : title.first])
        return replace(title, first=first, scope=scope, owned=True)
    nouns = before.possessive or _is_plain_noun(before.lower)
    if nouns and not before.capital and not words[title.core].capital:
        return replace(title, first=title.first - 1, owned=True)
    return None


def _goes_back(words: Sequence[Word], first: int, floor: int, lex: Lexicon) -> bool:
    """Whether a capital stands before the country, which then is a part of another name."""
    before = words[first - 1] if first > floor else None
    return (
        before is not None
        and words[first].joined
        and before.capital
        and not before.possessive
        and not lex.is_function(before)
        and before.lower not in lex.words["calendar"]
        and (before.lower,) not in lex.modifiers
    )


def _spelled(words: Sequence[Word]) -> str:
    return " ".join(w.lower for w in words)


def _capital_run_start(words: Sequence[Word], end: int, floor: int, lex: Lexicon) -> int:
    first = end - 1
    while (
        first > floor
        and words[first].joined
        and words[first - 1].capital
        and not words[first - 1].possessive
        and not lex.is_function(words[first - 1])
        and words[first - 1].lower not in lex.words["calendar"]
    ):
        first -= 1
    return first


def scoped(title: Title, words: Sequence[Word], lex: Lexicon, limit: int) -> Title:
    """The title with what follows it ("of culture", "of Norvania"), read no further than the
    word at ``limit``, where a name begins."""
    title = _portfolio_after(title, words, lex, limit)
    at = title.last
    while at < limit and words[at].joined and words[at].lower in _OF:
        start = at + 1 + (at + 1 < limit and words[at + 1].lower in DETERMINERS)
        end = _scope_end(words, start, limit, lex)
        if end == start:
            break
        title = _rescoped(title, words, lex, start, end)
        at = end
    return title


def _portfolio_after(title: Title, words: Sequence[Word], lex: Lexicon, limit: int) -> Title:
    if title.portfolio or title.concept not in _PORTFOLIO_HOLDERS:
        return title
    at = title.last
    if at + 1 >= limit or words[at].lower not in {"of", "for"} or not words[at].joined:
        return title
    start = at + 1 + (words[at + 1].lower == "the")
    for size in range(min(lex.longest["portfolios"], limit - start), 0, -1):
        entry = lex.portfolios.get(tuple(w.lower for w in words[start : start + size]))
        if entry and not _goes_on(words, start + size, limit, lex):
            return replace(
                title, last=start + size, portfolio=entry[0], rules=(*title.rules, entry[1])
            )
    return title


def _goes_on(words: Sequence[Word], at: int, limit: int, lex: Lexicon) -> bool:
    """Whether the words are only the beginning of an organisation's name."""
    if at >= limit or not words[at].joined or not words[at - 1].capital:
        return False
    if words[at].lower == "and":
        return at + 1 < limit and words[at + 1].capital
    return words[at].capital and words[at].lower in lex.words["organisation"]


def _scope_end(words: Sequence[Word], start: int, limit: int, lex: Lexicon) -> int:
    """Capitals with "and" between them, or up to three lower-case nouns, or nouns then capitals."""
    at = start
    while at < limit and at - start < 8 and (at == start or words[at].clings):
        word = words[at]
        inner = word.lower in {"and", "de", "du", "del", "di", "da"} and at + 1 < limit
        if not (word.capital or (inner and words[at + 1].capital) or _is_noun_like(word.lower)):
            break
        if word.possessive:
            return at + 1
        at += 1
    return at


def _rescoped(title: Title, words: Sequence[Word], lex: Lexicon, start: int, end: int) -> Title:
    country, stop = lex.country(words, start)
    if country and stop == end and not title.scope:
        rules = (*title.rules, lex.country_rule)
        return replace(title, last=end, scope=country, rules=rules)
    named = " ".join(w.lower for w in words[start:end] if w.capital)
    if not named and title.concept == "president" and words[end - 1].lower not in _STATES:
        named = words[end - 1].lower  # of a congress, a club: no head of state
    return replace(title, last=end, scope=title.scope or named)


@cache
def parts_of_speech(word: str) -> frozenset[str]:
    """The word classes in which an English dictionary has the lower-case word; names: none."""
    import lemminflect

    return frozenset(lemminflect.getAllLemmas(word))


def _is_plain_noun(word: str) -> bool:
    return parts_of_speech(word) == {"NOUN"} and word.islower()


def _is_noun_like(word: str) -> bool:
    return word.islower() and bool(parts_of_speech(word) & {"NOUN", "ADJ"})
