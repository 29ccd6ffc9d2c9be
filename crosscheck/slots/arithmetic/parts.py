"""A total beside its parts, in one sentence or in the next.

Only what is presented as complete is expected to make the total: parts by place behind a colon, or
sorts that leave nobody out. Parts named as such ("including", "of them") may be fewer, never more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from crosscheck.language import Token
from crosscheck.model import Claim
from crosscheck.rulebook import Rule, Rulebook
from crosscheck.slots.arithmetic.derived import Derived, rules_by_id, shown, total
from crosscheck.slots.arithmetic.lines import VERBAL, Line, Stated, ends_with, has
from crosscheck.slots.world import World
from crosscheck.values.quantity import Quantity, label

_PARTS, _SOME, _LATER = "derived.parts", "derived.some-parts", "derived.parts-later"
_ALTOGETHER = "derived.altogether"
_MARKS = frozenset({",", ";", ":", "(", ")", "–", "—", "-", "--"})
_APPOSING = frozenset({",", ":", "–", "—", "-", "--", "("})
_ENDING = frozenset({".", "!", "?", "”", '"', "’’", "''", ")"})
_CLOSING = frozenset({")", "–", "—", "--"})
_JOINING = frozenset({",", ";", "and"})
_VERBS = VERBAL | {"VBN", "VBG", "RB"}
_FEW = 5  # words behind a part that still only say what is counted
_LONGEST = 7  # words behind a part that do not tell more of it than what and whence
_NEAR = Fraction(3, 2)
_WHERE_WHEN = ("place", "day", "year")


@dataclass(frozen=True, eq=False)
class _Row:
    """Figures in a row up to the end of their sentence; ``segments`` are the words behind each,
    without what leads to the next one."""

    line: Line
    parts: Sequence[Stated]
    segments: Sequence[tuple[Token, ...]]
    rules: Rulebook

    @classmethod
    def of(cls, line: Line, first: int, rules: Rulebook) -> _Row | None:
        """The row that starts with a figure; None if no "and" stands before its last one."""
        parts = line.stated[first:]
        unit = parts[0].quantity.unit if parts else None
        if len(parts) < 2 or not all(p.is_amount and p.quantity.unit == unit for p in parts):
            return None
        if not ends_with(line.lead(len(line.stated) - 1), "and"):
            return None
        tails = [line.tail(k) for k in range(first, len(line.stated))]
        trimmed = [_trimmed(tail, _JOINING) for tail in tails[:-1]]
        return cls(line, parts, [*trimmed, _trimmed(_closed(tails[-1]), _ENDING)], rules)

    @property
    def placed(self) -> bool:
        """Whether all parts are told by place or purpose: "7 in Arle and 4 in Bost"."""
        words = set(rules_by_id(self.rules)[_PARTS].strings("placing"))
        return all(
            segment and segment[0].lower in words and not _broken(segment)
            for segment in self.segments
        )

    @property
    def sorted_out(self) -> bool:
        """Whether the parts are sorts that leave nobody out: "seven men and four women"."""
        sorts = [self._sort(k) for k in range(len(self.parts))]
        complete = rules_by_id(self.rules)[_PARTS].strings("nouns")
        return " ".join(sorted(sorts)) in {" ".join(sorted(entry.split())) for entry in complete}

    @property
    def plain(self) -> bool:
        """Whether each part is exact, no part of another one, and only says what is counted: "three
        clerks from Arle"."""
        exact = all(part.quantity.bounds.low == part.quantity.bounds.high for part in self.parts)
        return exact and all(
            len(segment) <= _LONGEST
            and not (segment and segment[0].lower == "of")  # "four of them children"
            and not _broken(segment)
            and not any(t.tag in VERBAL for t in segment)
            for segment in self.segments
        )

    def nears(self, whole: Stated) -> bool:
        """Whether the parts make about as much as the total: else they are parts of parts."""
        made = total([part.quantity.stated for part in self.parts]).low
        stated = whole.quantity.stated.low
        if not made or not stated:
            return False
        return max(made, stated) <= _NEAR * min(made, stated)

    def _sort(self, k: int) -> str:
        """What a part counts, if the sentence says nothing else of it; else empty."""
        said = [t for t in self.segments[k] if t.lemma != "be" and t.lower != "all"]
        if k + 1 == len(self.parts) and said[1:] and _is_clause_end(said[1:]):
            said = said[:1]
        alone = len(said) == 1 and said[0].tag in {"NN", "NNS"}
        return said[0].lemma if alone else ""

    def beside(self, whole: Stated) -> bool:
        """Whether the supposed total is one more part: "five children, four women and five men"."""
        sorts = {self._sort(k) for k in range(len(self.parts))}
        return whole.of in _sorts(self.rules) and not (
            whole.of == "child" and sorts == {"boy", "girl"}
        )

    def sum(self, base: Stated, rule: str, *, open_ended: bool) -> Derived:
        parts = [part.quantity for part in self.parts]
        bounds = total([q.bounds for q in parts], open_ended=open_ended)
        stated = total([q.stated for q in parts], open_ended=open_ended)
        unit = parts[0].unit
        made = Quantity(stated, bounds, unit)
        plain = label(Quantity(total([q.stated for q in parts]), bounds, unit))
        than = "more than" if open_ended else "not"
        said = f"{' + '.join(map(shown, parts))} = {plain}, {than} {label(base.quantity)}."
        start = self.line.sentence.start + self.parts[0].start
        segment = self.segments[-1]
        end = segment[-1].end if segment else self.line.sentence.start + self.parts[-1].end
        return Derived(base.claim, start, end, made, said, rule, sentence=self.line.sentence)


@cache
def _sorts(rules: Rulebook) -> frozenset[str]:
    complete = rules_by_id(rules)[_PARTS].strings("nouns")
    return frozenset(sort for entry in complete for sort in entry.split())


def _trimmed(words: Sequence[Token], marks: frozenset[str]) -> tuple[Token, ...]:
    kept = list(words)
    while kept and kept[-1].lower in marks:
        kept.pop()
    return tuple(kept)


def _closed(words: Sequence[Token]) -> Sequence[Token]:
    """The words up to what closes an insertion: "(seven men and four women)"."""
    for n, token in enumerate(words):
        verb = n + 1 < len(words) and words[n + 1].tag in VERBAL
        if token.text in _CLOSING or (token.text == "," and verb):
            return words[:n]
    return words


def _is_clause_end(words: Sequence[Token]) -> bool:
    """Whether nobody else comes behind the last of the parts, only what happened to them all."""
    return words[0].tag in VERBAL and all(t.tag in _VERBS for t in words)


def _broken(segment: Sequence[Token]) -> bool:
    return any((t.text in _MARKS and t.tag != "HYPH") or t.tag == "CD" for t in segment)


def whole_and_sort(a: Claim, b: Claim, rules: Rulebook) -> bool:
    """Whether one account counts people in all and one sort of them: "12 people", "seven men"."""
    nouns = {a.filled("noun"), b.filled("noun")}
    one_account = a.mention.article == b.mention.article
    return one_account and all(nouns) and len(nouns) == 2 and len(nouns & _sorts(rules)) == 1


# --- in one sentence ----------------------------------------------------------------------------


def parts_of_total(line: Line, world: World) -> Iterator[Derived]:
    """A total and its parts behind it."""
    if len(line.stated) >= 3 and line.stated[0].is_amount:
        yield from _behind(line, world.rules)
        yield from _altogether(line, world.rules)
    if line.before is not None and len(line.stated) >= 2:
        yield from _in_next(line.before, line, world)


def _behind(line: Line, rules: Rulebook) -> Iterator[Derived]:
    whole = line.stated[0]
    row = _Row.of(line, 1, rules)
    if row is None or row.parts[0].quantity.unit != whole.quantity.unit or row.beside(whole):
        return
    lead = _lead(line, whole, row.parts[0])
    some = rules_by_id(rules)[_SOME].strings("opening")
    if any(ends_with(_trimmed(lead, frozenset({":"})), *words.split()) for words in some):
        if row.placed or (row.sorted_out and any(t.text == "," for t in lead)):
            yield row.sum(whole, _SOME, open_ended=True)
        return
    open_list = rules_by_id(rules)[_PARTS].strings("vague")
    if whole.quantity.bounds.high is None or has(line.words(whole.end, len(line.text)), open_list):
        return
    if _is_partition(line, whole, lead):
        if row.sorted_out:
            yield row.sum(whole, _PARTS, open_ended=False)
        return
    exact = not whole.quantity.approx and whole.quantity.bounds.low is not None
    complete = _enumerates(lead) or _is_made_up(lead)
    listed = exact and complete and (row.placed or (row.plain and row.nears(whole)))
    if listed or (row.sorted_out and (_enumerates(lead) or _apposed(lead))):
        yield row.sum(whole, _PARTS, open_ended=False)


def _lead(line: Line, whole: Stated, first: Stated) -> tuple[Token, ...]:
    """What stands between a total with its noun and the first part."""
    counted = whole.noun is not None and whole.noun.how == "counted noun"
    end = whole.noun.end - line.sentence.start if whole.noun is not None and counted else whole.end
    return line.words(max(end, whole.end), first.start)


def _is_partition(line: Line, whole: Stated, lead: Sequence[Token]) -> bool:
    """ "Of the 12 people killed, ..." """
    opening = [t.lower for t in line.words(0, whole.start)]
    told = ends_with(lead, ",") and not any(t.tag in VERBAL for t in lead)
    return opening[:1] == ["of"] and len(opening) <= 2 and told


def _enumerates(lead: Sequence[Token]) -> bool:
    """Whether a colon or a dash, and no other one, leads to the parts."""
    marks = [t.text for t in lead if t.text in {":", "–", "—", "--"}]
    return len(marks) == 1 and lead[-1].text == marks[0]


def _is_made_up(lead: Sequence[Token]) -> bool:
    """ "The 9 million were made up of 5 million from the town and 4 million from the state"."""
    said = [t.lemma for t in lead]
    made_up = "make" in said and "up" in said
    return ends_with(lead, "of") and (made_up or bool({"consist", "compose"} & set(said)))


def _apposed(lead: Sequence[Token]) -> bool:
    """Whether the parts follow right behind a comma or in parentheses."""
    if not lead or lead[-1].text not in _APPOSING:
        return False
    if lead[-1].text == "(":
        return len(lead) == 1
    return not any(t.text in {",", ";", "("} for t in lead[:-1])


def _altogether(line: Line, rules: Rulebook) -> Iterator[Derived]:
    """ "On board are 600 passengers and 40 crew, 650 people in all": the total comes last."""
    rule = rules_by_id(rules)[_ALTOGETHER]
    for k in range(2, len(line.stated)):
        whole, parts = line.stated[k], line.stated[k - 2 : k]
        if not all(s.is_count and not s.quantity.hedge for s in (*parts, whole)):
            continue
        told = _said_of_all(line, k, rule)
        joined = [t.lower for t in line.between(*parts)]
        if not told or "and" not in joined[-2:] or len(joined) > _FEW or _rambles(line, k - 1):
            continue
        more = k > 2 and ends_with(line.lead(k - 2), ",")
        if not more:
            segments = [line.tail(k - 2), _trimmed(line.lead(k), frozenset({","}))]
            yield _Row(line, parts, segments, rules).sum(whole, _ALTOGETHER, open_ended=False)


def _said_of_all(line: Line, k: int, rule: Rule) -> bool:
    """Whether a figure right behind a comma is said to be the total of those before."""
    lead, tail = [t.lower for t in line.lead(k)], [t.lower for t in line.tail(k)]
    if "," not in lead:
        return False
    opening = lead[len(lead) - lead[::-1].index(",") :]
    if " ".join(opening) in rule.strings("opening"):
        after = line.after(k)
        return not after or after[0].text in _ENDING | _MARKS
    if opening:
        return False
    for words in (w.split() for w in rule.strings("closing")):
        for n in (0, 1):
            behind = tail[n + len(words) :][:1]
            if tail[n : n + len(words)] == words and set(behind) <= _ENDING | _MARKS:
                return True
    return False


def _rambles(line: Line, k: int) -> bool:
    """Whether more than the counted noun stands behind a part."""
    words = _trimmed(line.tail(k), frozenset({",", "a", "total", "of"}))
    return len(words) > _FEW or any(t.tag in VERBAL or t.text in _MARKS for t in words)


# --- in the next sentence -----------------------------------------------------------------------


def _in_next(before: Line, line: Line, world: World) -> Iterator[Derived]:
    """ "Twelve people were killed. Seven men and four women died." """
    counts = [stated for stated in before.stated if stated.is_count]
    if len(counts) != 1 or counts[0].quantity.bounds.high is None:
        return
    apart = line.sentence.index - before.sentence.index
    if before.sentence.zone.role != line.sentence.zone.role:
        return
    whole, row = counts[0], _Row.of(line, 0, world.rules)
    if row is None or row.parts[0].quantity.unit != whole.quantity.unit:
        return
    if world.lexicon.noun_class(whole.of) != "person" or row.beside(whole):
        return
    lead = line.words(0, row.parts[0].start)
    if lead and not ((apart == 1 and _of_them(lead)) or _identifies(lead, whole, world.rules)):
        return
    if not lead and not _tells_of_the_same(whole, row):
        return
    if row.sorted_out:
        yield row.sum(whole, _LATER, open_ended=False)
    elif row.placed or _first_placed(row):
        yield row.sum(whole, _LATER, open_ended=True)


def _of_them(lead: Sequence[Token]) -> bool:
    return lead[0].lower == "of" and not any(t.tag in VERBAL for t in lead)


def _identifies(lead: Sequence[Token], whole: Stated, rules: Rulebook) -> bool:
    """ "The dead were", "They are": all that were counted before are told apart."""
    nouns = {whole.of, *rules_by_id(rules)[_LATER].strings("nouns")}
    *subject, verb = lead
    said = [t for t in subject if t.lower not in {"the", "these", "those", "all"}]
    return verb.lemma == "be" and len(said) == 1 and (said[0].lemma in nouns)


def _tells_of_the_same(whole: Stated, row: _Row) -> bool:
    """Whether all parts are of the total's state, and nowhere and never else."""
    state = whole.claim.filled("state")
    there = {name: whole.claim.filled(name) for name in _WHERE_WHEN}
    placed = row.placed or _first_placed(row)
    asked = _WHERE_WHEN[1:] if placed else _WHERE_WHEN
    return bool(state) and all(
        part.claim.filled("state") == state
        and part.claim.modality == whole.claim.modality
        and all(part.claim.filled(name) in {"", there[name]} for name in asked)
        for part in row.parts
    )


def _first_placed(row: _Row) -> bool:
    """ "Twelve died in Arle, 20 in Bost and 5 in Ceda": the first part has the verb."""
    first, *others = row.segments
    words = set(rules_by_id(row.rules)[_PARTS].strings("placing"))
    verbs = [t for t in first if t.tag in VERBAL | {"VBN"}]
    told = [t for t in first if t.i > verbs[-1].i] if verbs else []
    return bool(told) and all(
        segment and segment[0].lower in words and not _broken(segment)
        for segment in (told, *others)
    )
