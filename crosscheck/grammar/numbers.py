"""Numbers as they are written: digits, words, powers of ten, fractions, dozens.

One compiled expression finds where a number may stand; small functions read what is there. Nothing
in this module knows units, hedges or what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from crosscheck.rulebook import Rule, Rulebook
from crosscheck.values.quantity import Numeral, round_place

_THIN = "\u2009\u202f\u00a0"
_UNTOUCHED = rf"(?<![\d.,/])(?<!\d[{_THIN}:])"
_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"[\d½¼¾⅓⅔]")
_OF_ONE = re.compile(r"[\s-](?:of[\s-])?an?[\s-]\w")
_DOZEN = 12
_LONGEST = 18  # digits; longer ones are account numbers and the like


@dataclass(frozen=True, slots=True)
class Written:
    """A number in a text, its power of ten included; offsets are half-open.

    ``low`` and ``high`` are one object unless a word stands for a range ("dozens"), whose upper
    end does not belong to it; ``word`` is then that word. ``scaled`` tells whether it carries a
    power of ten of its own, ``mantissa`` the number before it. ``fraction`` marks a share of a
    whole, ``bare`` plain digits, ``letter_m`` a number such as "44m".
    """

    start: int
    end: int
    low: Numeral
    high: Numeral
    rules: tuple[str, ...]
    mantissa: Fraction
    scaled: bool = False
    fraction: bool = False
    bare: bool = False
    word: str = ""
    letter_m: bool = False

    def scaled_by(self, other: Written) -> Written:
        """The same number with the power of ten of another one."""
        factor = other.low.value / other.mantissa
        numeral = self.low.times(factor)
        return replace(self, low=numeral, high=numeral, scaled=True, rules=other.rules)


def pairs(rows: Iterable[str]) -> dict[str, str]:
    """Rows "form = meaning" of a rule as a mapping."""
    split = (row.rpartition("=") for row in rows)
    return {form.strip(): meaning.strip() for form, _, meaning in split}


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; white space in them may be any."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0]+") for word in ordered)


class Numbers:
    """Finds the numbers of a text; compiled once for a rulebook."""

    def __init__(self, rules: Rulebook) -> None:
        self.small = _values(rules.rule("number.words"))
        self.scales = _values(rules.rule("number.scale"))
        self.denominators = _values(rules.rule("number.fraction"))
        self.vague = {rule.id: rule for rule in rules.section("vague")}
        abbreviated = pairs(rules.rule("number.abbreviation").strings("attached"))
        self.abbreviated = {form: Fraction(value) for form, value in abbreviated.items()}
        self._pattern = re.compile(self._master(), re.VERBOSE)
        self._digits_only = re.compile(self._master(worded=False), re.VERBOSE)
        self._vocabulary = frozenset(
            [*self.small, *self.scales, *self.denominators, "dozens", "tens", "scores"]
        )
        self._scale = re.compile(self._scale_pattern())
        scale = alternatives(self.scales)
        self._rest_of = re.compile(rf"[\s\u00a0](\d{{1,3}})(?![\w.,]?\d|\w|\s(?i:{scale})\b)")
        parts = rules.rule("number.fraction")
        self._before_part = re.compile(
            rf"\b(?:{alternatives(parts.strings('before'))})\s$", re.IGNORECASE
        )
        self._after_part = re.compile(
            rf"\s(?:{alternatives(parts.strings('after'))})\b", re.IGNORECASE
        )
        self._not_before_part = re.compile(
            r"\b(?:first|second|other|latter|better|top|bottom|this|each)\s$", re.IGNORECASE
        )

    @classmethod
    def of(cls, rules: Rulebook) -> Numbers:
        return _numbers(rules)

    def find(self, text: str) -> Iterator[Written]:
        """The numbers of a text, from left to right, without overlaps."""
        pattern = self._fitting(text)
        end = 0
        for match in pattern.finditer(text) if pattern else ():
            kind = match.lastgroup or ""
            written = _READERS[kind](self, match) if match.start() >= end else None
            if written is not None:
                end = written.end
                yield written

    def _fitting(self, text: str) -> re.Pattern[str] | None:
        """The cheapest expression that finds all there is; most sentences hold no number."""
        if "fold" in text or not self._vocabulary.isdisjoint(_WORD.findall(text.lower())):
            return self._pattern
        return self._digits_only if _DIGIT.search(text) else None

    def _master(self, worded: bool = True) -> str:
        tens = alternatives(w for w, v in self.small.items() if v >= 20)
        units = alternatives(w for w, v in self.small.items() if 0 < v < 10)
        small = f"(?:(?:{tens})(?:[\\s-](?:{units}))?|{alternatives(self.small)})"
        scale = f"(?:{alternatives(_singular(self.scales))})"
        powers = alternatives(_singular(self.scales, least=1000))
        dozens = alternatives(_singular(self.scales, least=12))
        parts = alternatives(self.denominators)
        more = f"(?:[\\s-]{scale}\\b(?:\\s+and(?=\\s+{small}\\b))?(?:[\\s-]{small}\\b)?)"
        counts = f"(?:{small}\\b|an?(?=[\\s-]{scale}\\b)){more}*"
        of_power = f"(?:[\\s-](?:of\\s)?(?:an?\\s)?(?:{dozens})\\b(?!\\s+of\\s+the))?"
        digits = (
            rf"\d{{1,3}}(?:,\d{{3}})+(?![\d])(?:\.\d+)?|\d{{1,3}}(?:[{_THIN}’']\d{{3}})+(?!\d)(?:[.,]\d+)?"
            r"|\d{1,3}(?:\.\d{3}){2,}(?![\d])|\d{1,3}(?:[ ]\d{3})*[ ]\d00(?![\d,.])"
            r"|\d+(?:\.\d+|,\d{1,2}(?=\s?(?:[%€$£°]|(?!(?:and|or|to|in|of|on|at)\b)[a-z]))(?!\d))?"
            r"|\.\d+"
        )
        signs = r"(?P<onein>\d{1,3}\s+(?:in|out\sof)\s+(?:every\s+)?\d+(?:,\d{3})*(?![\w-]|[.,]\d)"
        signs += r"(?!\s+(?:per|hour|day|week|month|year|minute|second|million|thousand)))"
        signs += r"|(?P<mixed>\d+\s?[½¼¾⅓⅔]|\d+[\s-]\d/\d(?![\d/]))"
        signs += r"|(?P<part>[½¼¾⅓⅔]|(?<![\d/])[123]/[2345](?![\d/]))"
        if not worded:
            return rf"(?<![\w.,])(?<!\w[/’'])(?:{signs})|{_UNTOUCHED}(?P<digits>{digits})"
        return rf"""
            (?<![\w.,])(?<!\w[/’'])(?:
            (?P<onein>(?i:(?:{small}|\d{{1,3}})\s+(?:in|out\sof)\s+(?:every\s+)?(?:{small}|\d+(?:,\d{{3}})*)(?![\w-]|[.,]\d))
              (?!\s+(?i:{scale}|percent|per|hours?|days?|weeks?|months?|years?|minutes?|seconds?)\b)
              |(?i:one\s+[\w’-]+\s+in\s+(?:{small}|\d{{1,4}}))
              (?=\s*[,;.)]|\s+(?:is|was|has|are|were|had|can|cannot|will|would|of|who|in|now)\b|$))
            |(?P<mixed>(?i:(?:{small}|an?|\d+)(?:\s(?:{powers}))?[\s-]and[\s-](?:a|one|three)[\s-](?:half|quarter|third|quarters){of_power})(?!\w)
              |\d+[\s]?[½¼¾⅓⅔](?:\s(?:{powers})\b)?|\d+[\s-]\d/\d(?![\d/]))
            |(?P<part>(?i:(?:{small}|an?)[\s-](?:{parts}){of_power}(?!\w|-\w)|half{of_power}(?![\w]))|[½¼¾⅓⅔]|(?<![\d/])[123]/[2345](?![\d/]))
            |(?P<vague>(?i:{self._vague_pattern()})(?!\w))
            |(?P<fold>(?i:(?:{small}|\d+(?:\.\d+)?)[\s-]?fold)\b)
            |(?P<words>(?i:{counts})(?!\w))
            )
            |{_UNTOUCHED}(?P<digits>{digits})
        """

    def _vague_pattern(self) -> str:
        plurals = [w for w in self.scales if w.endswith("s")] + ["dozens", "tens"]
        scale = alternatives([*_singular(self.scales), "dozens"])
        few = alternatives(
            w for r in self.vague.values() for w in r.strings("words") if "=" not in w
        )
        return (
            rf"(?:(?:tens|dozens|scores|hundreds|thousands)\s+of\s+)?(?:{alternatives(plurals)})"
            rf"|scores(?=\s+of\s)|tens(?=\s+of\s)|(?:{few})\s+(?:{scale})(?:\s+(?:{scale}))?"
        )

    def _scale_pattern(self) -> str:
        word = f"(?:[\\s\u00a0]?-?(?:{alternatives(self.scales)})(?![\\w]))"
        spaced = alternatives(f for f in self.abbreviated if len(f) > 1)
        tight = alternatives(f for f in self.abbreviated if len(f) == 1)
        return (
            f"(?P<words>(?i:{word}+))|[\\s\u00a0]?(?P<abbreviated>{spaced})(?![\\w])"
            f"|(?P<letter>{tight})(?![\\w])|[\\s\u00a0](?P<capital>[MB])(?![\\w’'.&])"
        )

    # -- one reader for each group of the expression

    def _digits(self, match: re.Match[str]) -> Written | None:
        raw = match.group()
        number = _numeral(raw)
        if number is None:
            return None
        written = Written(
            match.start(), match.end(), number, number, ("number.digits",), number.value, bare=True
        )
        return self._with_scale(written, match.string)

    def _with_scale(self, written: Written, text: str) -> Written:
        match = self._scale.match(text, written.end)
        if match is None:
            return written
        if match.group("words"):
            factor = Fraction(1)
            for word in re.split(r"[\s\u00a0-]+", match.group("words").lower().strip(" -")):
                factor *= self.scales.get(word, 1)
            rule = "number.scale"
            left = self._rest_of.match(text, match.end())
            if left and written.low.value.denominator == 1 and 1000 <= factor > int(left[1]):
                whole = Numeral.whole(int(written.low.value * factor) + int(left[1]))
                return replace(written, end=left.end(), low=whole, high=whole, rules=(rule,))
        else:
            form = match.group("abbreviated") or match.group("letter") or match.group("capital")
            factor, rule = self.abbreviated[form], "number.abbreviation"
        numeral = written.low.times(factor)
        return replace(
            written, end=match.end(), low=numeral, high=numeral, scaled=True, bare=False,
            rules=(rule,), letter_m=match.group("letter") == "m",
        )  # fmt: skip

    def _words(self, match: re.Match[str]) -> Written | None:
        words = [w for w in re.split(r"[\s\u00a0-]+", match.group().lower()) if w != "and"]
        value, mantissa, scaled = self._sum(words)
        place = value / mantissa if mantissa and scaled else Fraction(1)
        form = "scaled" if scaled else "digits"
        numeral = Numeral(value, place, round_place(value, place), form)  # type: ignore[arg-type]
        rule = "number.scale" if scaled else "number.words"
        return Written(
            match.start(), match.end(), numeral, numeral, (rule,), mantissa, scaled=scaled
        )

    def _sum(self, words: list[str]) -> tuple[Fraction, Fraction, bool]:
        """Value, the number before the last power of ten, and whether that one rounds."""
        total, current, before = Fraction(0), Fraction(0), Fraction(1)
        for word in words:
            scale = self.scales.get(word)
            if scale is None:
                current += self.small.get(word, Fraction(1))
            elif scale <= 100:
                before, current = current or Fraction(1), (current or 1) * scale
            else:
                before = total + current if current else Fraction(1)
                total, current = before * scale, Fraction(0)
        value = total + current
        last = self.scales.get(words[-1], Fraction(0))
        article = words[0] in {"a", "an"}
        scaled = last >= 1000 or last in {12, 20} or (last == 100 and article)
        return value, before if scaled else value, scaled

    def _fold(self, match: re.Match[str]) -> Written | None:
        raw = re.sub(r"[\s-]?fold$", "", match.group(), flags=re.IGNORECASE)
        number = self._simple(raw)
        return Written(
            match.start(), match.end(), number, number, ("number.multiple",), number.value
        )

    def _simple(self, raw: str) -> Numeral:
        raw = raw.strip().lower()
        if raw[:1].isdigit():
            return _numeral(raw) or Numeral.whole(0)
        parts = re.split(r"[\s-]+", raw)
        return Numeral.whole(int(sum(self.small.get(part, Fraction(1)) for part in parts)))

    def _one_in(self, match: re.Match[str]) -> Written | None:
        raw = re.sub(r"^(one)\s+(?!in\b|out\b)\S+", r"\1", match.group().lower())
        first, second = re.split(r"\s+(?:in|out\s+of)\s+(?:every\s+)?", raw)
        top, bottom = self._simple(first).value, self._simple(second).value
        year = 1900 <= bottom < 2100 and "," not in second
        if not 0 < top < bottom or top > 99 or year:
            return None
        return _share(match, top / bottom, "number.one-in")

    def _part(self, match: re.Match[str]) -> Written | None:
        words = re.split(r"[\s\u00a0-]+", match.group().lower())
        value = _SIGNS.get(words[0]) or _slashed(words[0])
        if value is None:
            value = self._worded_part(words)
        power = self.scales.get(words[-1], Fraction(0))
        if power < _DOZEN and not (self._is_part(match, words) or self._is_measured(match)):
            return None
        if power < _DOZEN:
            return _share(match, value, "number.fraction")
        numeral = Numeral(value * power, power, power, "fraction")
        return Written(
            match.start(), match.end(), numeral, numeral, ("number.fraction",), value, scaled=True
        )

    def _is_measured(self, match: re.Match[str]) -> bool:
        """Whether "an hour" or "a mile" follows; what does, is for the units to say."""
        return _OF_ONE.match(match.string, match.end()) is not None

    def _is_part(self, match: re.Match[str], words: list[str]) -> bool:
        """Whether "half" or "a third" is a share, not the half of a match or the third in a row."""
        if words[0] not in {"half", "a", "an", "one"} and words[-1] != "quarters":
            return True
        text, hyphen = match.string, "-" in match.group()
        head = text[max(0, match.start() - 16) : match.start()]
        hedged = bool(self._before_part.search(head))
        if words[0] == "half":
            whole = self._after_part.match(text, match.end())
            return hedged or bool(whole and not self._not_before_part.search(head))
        of = re.match(r"\s(?:of|in|to)\b|[,.;)]|$", text[match.end() : match.end() + 4])
        return hyphen or hedged or of is not None

    def _worded_part(self, words: list[str]) -> Fraction:
        at = next((i for i, word in enumerate(words) if word in self.denominators), 0)
        top = sum((self.small.get(word, Fraction(1)) for word in words[:at]), Fraction(0))
        return (top or Fraction(1)) / self.denominators[words[at]]

    def _mixed(self, match: re.Match[str]) -> Written | None:
        raw = match.group().lower()
        words = re.split(r"[\s\u00a0-]+", re.sub(r"([½¼¾⅓⅔])", r" \1", raw))
        whole = self._simple(words[0]).value
        extra = next(
            (_SIGNS.get(w) or _slashed(w) for w in words[1:] if _SIGNS.get(w) or _slashed(w)), None
        )
        if extra is None:
            at = words.index("and")
            extra = self._worded_part(words[at + 1 : at + 3])
        power = max([self.scales.get(word, Fraction(1)) for word in words])
        value = whole + extra
        numeral = Numeral(value * power, power / 2, power / 2, "scaled" if power > 1 else "digits")
        return Written(
            match.start(), match.end(), numeral, numeral, ("number.fraction",), value, power > 1
        )

    def _vague(self, match: re.Match[str]) -> Written | None:
        words = re.split(r"[\s\u00a0]+", match.group().lower())
        rule = self._vague_rule(" ".join(words))
        head = match.string[max(0, match.start() - 16) : match.start()].split()
        if head and head[-1].lower() in rule.strings("not_after"):
            return None
        sizes = {
            **self.scales,
            "tens": Fraction(10),
            "dozens": Fraction(12),
            "scores": Fraction(20),
        }
        size = Fraction(1)
        for word in words:
            size *= sizes.get(word, Fraction(1))
        low, high = (Fraction(str(rule.data[key])) * size for key in ("low", "high"))
        return Written(
            match.start(), match.end(), _vague_end(low), _vague_end(high), (rule.id,), low,
            scaled=True, word=match.group().lower(),
        )  # fmt: skip

    def _vague_rule(self, phrase: str) -> Rule:
        for rule in self.vague.values():
            for word in rule.strings("words"):
                form = word.partition("=")[0].strip().removesuffix(" of")
                if "=" not in word and phrase.startswith(f"{word} "):
                    return rule
                if "=" in word and rule.id != "vague.plural" and phrase == form:
                    return rule
        return self.vague["vague.plural"]


_READERS = {
    "onein": Numbers._one_in,
    "mixed": Numbers._mixed,
    "part": Numbers._part,
    "vague": Numbers._vague,
    "fold": Numbers._fold,
    "words": Numbers._words,
    "digits": Numbers._digits,
}
_SIGNS: Mapping[str, Fraction] = {
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}  # fmt: skip


@cache
def _numbers(rules: Rulebook) -> Numbers:
    return Numbers(rules)


def _values(rule: Rule) -> dict[str, Fraction]:
    return {form: Fraction(value) for form, value in pairs(rule.strings("words")).items()}


def _singular(scales: Mapping[str, Fraction], least: int = 0) -> list[str]:
    return [word for word, value in scales.items() if not word.endswith("s") and value >= least]


def _vague_end(value: Fraction) -> Numeral:
    return Numeral(value, Fraction(1), Fraction(1))


def _share(match: re.Match[str], value: Fraction, rule: str) -> Written:
    numeral = Numeral(value, Fraction(1, 100), Fraction(1, 100), "fraction")
    return Written(match.start(), match.end(), numeral, numeral, (rule,), value, fraction=True)


def _slashed(word: str) -> Fraction | None:
    return Fraction(word) if re.fullmatch(r"\d/[1-9]", word) else None


def _numeral(raw: str) -> Numeral | None:
    """A number in digits; None if it is too long to be one."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", raw):
        raw = raw.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", raw):
        raw = raw.replace(".", "")
    raw = re.sub(rf"[ {_THIN}’']", "", raw).replace(",", ".")
    if len(raw) > _LONGEST:
        return None
    decimals = len(raw.partition(".")[2])
    place = Fraction(1, 10**decimals)
    value = Fraction(raw)
    return Numeral(value, place, round_place(value, place))
