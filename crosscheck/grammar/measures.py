"""Units and currencies beside a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crosscheck.grammar.numbers import Written, alternatives, pairs
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.units import COUNT, Unit, money

_LARGE = 100  # from here on "won" or "rand" behind a number is money, not a word
_OF_ONE = re.compile(r"[\s-](?:(?:of[\s-])?an?|of)(?=[\s-])")  # half an hour, a quarter of a mile
_OF = re.compile(r"\s+of\s")
_THING_PER = re.compile(r"\s+[a-z]+(?=\s+per\s)")
_SENTENCE = 160  # characters on either side in which a pound may be weighed


@dataclass(frozen=True, slots=True)
class Found:
    """A unit in a text, the offsets of the words that name it, and the rules that know it."""

    unit: Unit
    start: int
    end: int
    rules: tuple[str, ...]


class Measures:
    """Knows the units and currencies of a rulebook; compiled once."""

    def __init__(self, rules: Rulebook) -> None:
        self.words: dict[str, tuple[Unit, str]] = {}
        self.symbols: dict[str, tuple[Unit, str]] = {}
        self.large: dict[str, tuple[Unit, str]] = {}
        self.signs: dict[str, tuple[Unit, str]] = {}
        for rule in rules.section("units"):
            self._add_units(rule)
        self._add_currencies(rules)
        self.weighs = re.compile(
            rf"\b(?:{alternatives(rules.rule('currency.pound').strings('weighs'))})\b",
            re.IGNORECASE,
        )
        self.compounds = re.compile(
            rf"[\s]?-(?:{alternatives(rules.rule('number.compound').strings('nouns'))})s?(?!\w)",
            re.IGNORECASE,
        )
        self._compile(rules)

    @classmethod
    def of(cls, rules: Rulebook) -> Measures:
        return _measures(rules)

    def _add_units(self, rule: Rule) -> None:
        for row in rule.strings("units"):
            name, symbol, size, words, symbols = (part.strip() for part in row.split("|"))
            measure = tuple(part.strip() for part in size.split(" or "))
            unit = Unit(name, rule.string("dimension"), symbol, measure)
            for word in filter(None, map(str.strip, words.split(","))):
                self.words[word.lower()] = (unit, rule.id)
            for sign in filter(None, map(str.strip, symbols.split(","))):
                self.symbols[sign] = (unit, rule.id)

    def _add_currencies(self, rules: Rulebook) -> None:
        without = set(rules.rule("currency.code").strings("codes"))
        for code, names in _currency_names():
            if code not in without:
                self.signs[code] = (money(code), "currency.code")
            for form in names:
                self.words.setdefault(form.lower(), (money(code), "currency.word"))
        for rule in rules.section("currencies"):
            for form, code in pairs(rule.strings("symbols")).items():
                place = self.symbols if rule.id == "currency.part" else self.signs
                place[form] = (_currency(code), rule.id)
            for form, code in pairs(rule.strings("words")).items():
                self.words[form.lower()] = (_currency(code), rule.id)
            for form, code in pairs(rule.strings("large")).items():
                self.large[form.lower()] = (_currency(code), rule.id)

    def _compile(self, rules: Rulebook) -> None:
        words = alternatives([*self.words, *self.large])
        marks = alternatives([*self.symbols, *self.signs])
        flexible = words.replace(r"\-", r"[\s\u00a0-]")
        self._after = re.compile(
            rf"(?:[\s\u00a0]|-|[\s]-)?(?:(?P<word>(?i:{flexible}))(?![\w])"
            rf"|(?P<sign>{marks})(?![\w$]))"
        )
        self._before = re.compile(
            rf"(?<![A-Za-z])(?P<sign>{alternatives(self.signs)})[\s\u00a0]?[-−–]?$"
        )
        rates = alternatives(rules.rule("number.per").strings("nouns"))
        self._per = re.compile(
            rf"(?:(?:\s+|-)(?:an?|each|every)(?:\s+|-)(?P<a>{rates})(?![\w-])"
            r"(?!\s+(?:earlier|ago|later|before|after|since|on|old)\b)"
            r"|(?:\s+|-)per(?:\s+|-)(?!cent\b)(?P<per>(?:square |cubic |metric )?[A-Za-z]+)"
            rf"|\s?/\s?(?P<slash>{rates})(?!\w)"
            rf"|/(?P<sign>(?-i:{alternatives(self.symbols)}))(?!\w))",
            re.IGNORECASE,
        )

    def before(self, text: str, start: int) -> Found | None:
        """The currency in front of a number that starts at ``start``."""
        window = text[max(0, start - 8) : start]
        match = self._before.search(window)
        if match is None:
            return None
        sign = match.group("sign")
        if sign.isalpha() and len(sign) == 3 and text.isupper():
            return None
        unit, rule = self.signs[sign]
        at = start - len(window) + match.start("sign")
        return Found(unit, at, at + len(sign), (rule,))

    def after(self, text: str, number: Written) -> Found | None:
        """The unit or currency behind a number, its rate ("a day") included."""
        match = self._after.match(text, number.end)
        if match is None and number.fraction:
            one = _OF_ONE.match(text, number.end)
            match = self._after.match(text, one.end()) if one else None
        if match is None:
            return self._compound(text, number)
        found = self._known(match, text, number)
        return self.rated(text, found) if found else None

    def _known(self, match: re.Match[str], text: str, number: Written) -> Found | None:
        group = "word" if match.group("word") else "sign"
        form = re.sub(r"[\s\u00a0]+", " ", match.group(group))
        known = self._lookup(form, group, number)
        if known is None:
            return None
        unit, rule = known
        if rule == "currency.pound" and self._weighed(text, match, number):
            unit, rule = self.symbols["lb"]
        return Found(unit, match.start(group), match.end(group), (rule,))

    def _lookup(self, form: str, group: str, number: Written) -> tuple[Unit, str] | None:
        if group == "sign":
            return self.symbols.get(form) or self.signs.get(form)
        lower = form.lower()
        if lower in self.large:
            return self.large[lower] if number.low.value >= _LARGE else None
        variants = (lower, lower.replace(" ", "-"), lower.replace("-", " "))
        return next((self.words[v] for v in variants if v in self.words), None)

    def _weighed(self, text: str, match: re.Match[str], number: Written) -> bool:
        if number.scaled and number.low.value >= 10**6:
            return False
        if match.group()[:1] == "-" or _OF.match(text, match.end()):
            return True
        return bool(
            self.weighs.search(text, max(0, number.start - _SENTENCE), match.end() + _SENTENCE)
        )

    def _compound(self, text: str, number: Written) -> Found | None:
        """The noun of a compound ("11-member") counts, though it is no unit."""
        match = self.compounds.match(text, number.end)
        if match is None:
            return None
        return Found(COUNT, match.start() + 1, match.end(), ("number.compound",))

    def rated(self, text: str, found: Found) -> Found:
        """The unit together with "a day", "per share", "/kg" or "/m3" behind it."""
        match = self._per.match(text, found.end)
        if match is None:
            return found
        sign = match.group("sign")
        noun = self.symbols[sign][0].name if sign else next(filter(None, match.groups())).lower()
        return Found(found.unit.per(noun), found.start, match.end(), (*found.rules, "number.per"))

    def rate_of_things(self, text: str, end: int) -> Found | None:
        """ "20 per week", "3,000 tests per day": a rate of things counted, from their number on."""
        match = _THING_PER.match(text, end)
        at = match.end() if match else end
        rate = self._per.match(text, at)
        if rate is None or (match is None and not rate.group("per")):
            return None
        noun = next(filter(None, rate.groups())).lower()
        return Found(COUNT.per(noun), rate.start() + 1, rate.end(), ("number.per",))


@cache
def _measures(rules: Rulebook) -> Measures:
    return Measures(rules)


def _currency(code: str) -> Unit:
    """``EUR``; ``GBP/100 penny`` for its hundredth; a lower-case word for one without a country."""
    code, _, name = code.partition(" ")
    whole, _, parts = code.partition("/")
    unit = money(whole)
    return Unit(name, unit.dimension, name, (f"1/{parts}",)) if parts else unit


@cache
def _currency_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """ISO 4217 codes and English names of the currencies in use, from CLDR."""
    from babel import Locale
    from babel.numbers import get_currency_name

    current = [(c, n) for c, n in Locale("en").currencies.items() if "(" not in n]
    plural = ((c, n, get_currency_name(c, count=2, locale="en")) for c, n in sorted(current))
    return tuple((code, (name, f"{name}s", several)) for code, name, several in plural)
