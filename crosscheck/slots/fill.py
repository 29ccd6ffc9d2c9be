"""Fills the slots of a figure's topic, each with a note of how it was filled.

==========  =====================================================================================
slot        what it holds
==========  =====================================================================================
state       what happened to the things that are counted (``dead``, ``pledged`` ...)
predicate   the lemma of the governing verb
quality     what the counted things are said to be (invalid)
aspect      what of a thing is measured (height, depth, distance)
thing       the thing that is measured or priced, as a lemma
owner       the people and organisations in the figure's own segment (ids, ``|`` between them)
place       where, from a locative or a label, never from a demonym
scope       ``total``, ``world`` or ``elsewhere``
part        a marker that the figure is one part of a larger one
year        a year in the sentence
day         a weekday in the figure's segment
cause       the kind of event that did it
reminder    a marker that the passage is about another event
label       the heading or label under which the figure stands
==========  =====================================================================================
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from crosscheck.grammar.times import TimeMention, read_times
from crosscheck.language import Sentence, Token
from crosscheck.model import Slot
from crosscheck.rulebook import Rulebook
from crosscheck.slots.frames import LIGHT, Anchor, Frame
from crosscheck.slots.lexicon import Lexicon, State, lexicon
from crosscheck.slots.vocabulary import Vocabulary, vocabulary
from crosscheck.values.moments import WEEKDAYS, Moment, Recurring

Names = Sequence[tuple[int, int, str]]

_LOCATIVE = frozenset(
    ["in", "at", "near", "across", "around", "throughout", "outside", "inside", "over"]
)
_WEEKDAY = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b(?=[\s,.;:)]|$)", re.I
)
_YEAR_HEADING = re.compile(r"^\W*(1[5-9]\d\d|20\d\d)\b\s*[:–—-]")
_LABEL = re.compile(r"^[\s\-*•·–]*([A-Z][\w.'’ \-]{1,40}?)\s*:\s")
_OPENING_PLACE = re.compile(
    r"(?:In|At|Near|Over in)\s+([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)(?=[\s,])"
)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|da|do|of|the|la|le|el|al))*\.?")
_ACCORDING = re.compile(r"\b(?:according to|by the data of|citing)\s+([^,.;]{2,60})", re.I)
_SPEECH = frozenset(
    [
        "say",
        "tell",
        "report",
        "announce",
        "add",
        "claim",
        "state",
        "estimate",
        "confirm",
        "put",
        "quote",
        "write",
        "declare",
        "inform",
        "count",
        "list",
        "reckon",
        "believe",
        "note",
        "warn",
        "insist",
        "calculate",
        "tweet",
    ]
)
_FIGURES = frozenset("figure number share rate total sum amount result level cent percent".split())
_IDLE = frozenset("final latest closing first total new last overall official full".split())
_SUMMING = frozenset("come total amount add make sum reach be".split())
_DEFINITE = ("the", "its", "their", "those", "these", "his", "her", "them")
_PATHS = frozenset("from to by with for against than as".split())
_ESTIMATING = frozenset("put estimate value speak reckon believe calculate think".split())
_MEASURING = LIGHT | frozenset(
    "measure weigh cost span cover stretch last hold drop lose gain tumble plunge jump soar".split()
)
_FARTHER = frozenset({"predicate", "subject", "label"})
_COUNTS = frozenset({"count", ""})
_MONEY = "money"
_NAMELIKE = frozenset({"person", "organisation", "group", "country", "place"})


@dataclass(eq=False)
class World:
    """What the fillers know beyond the sentence at hand.

    ``people`` are the ids of people, ``places`` the names that are places, ``owners`` those of the
    sentence's earlier figures. ``memory`` is the state that was filled last, with the index of its
    sentence; it serves lists and elliptic sentences.
    """

    rules: Rulebook
    names: Names = ()
    published: datetime | None = None
    sentences: Sequence[Sentence] = ()
    people: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    owners: dict[int, Slot | None] = field(default_factory=dict)
    memory: list[tuple[int, str, Slot]] = field(default_factory=list)
    _times: dict[int, tuple[TimeMention, ...]] = field(default_factory=dict)

    @property
    def lexicon(self) -> Lexicon:
        return lexicon(self.rules)

    @property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self.rules)

    @cached_property
    def _named(self) -> tuple[list[int], Names]:
        names = tuple(sorted(self.names))
        return [start for start, _, _ in names], names

    def names_between(self, start: int, end: int) -> Names:
        """The names that begin in a stretch of the article."""
        starts, names = self._named
        return names[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of items, if most of them are known places: then all are."""
        found = [m.group(1).strip() for s in self.sentences if (m := _LABEL.match(s.text))]
        names = [label for label in found if _NAME.fullmatch(label)]
        known = sum(label in self.places for label in names)
        return frozenset(names) if known >= 2 and 2 * known >= len(names) else frozenset()

    def times(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        """The times of a sentence, with offsets into the sentence."""
        if sentence.index not in self._times:
            anchor = sentence.zone.posted or self.published
            self._times[sentence.index] = read_times(sentence.text, anchor, self.rules)
        return self._times[sentence.index]


@dataclass(frozen=True, slots=True)
class Filled:
    slots: tuple[tuple[str, Slot], ...]
    modality: str
    polarity: Literal["affirmed", "denied"]
    attributed_to: str
    as_of: datetime | None
    rules: tuple[str, ...]


def fill(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Filled:
    """The slots of figure ``k``; ``before`` holds the states of the sentence's earlier figures."""
    state = _state(frame, k, world, before)
    owner = _owner(frame, k, world)
    world.owners = {**(world.owners if k else {}), k: owner}
    slots: dict[str, Slot | None] = {
        "state": state,
        "predicate": _predicate(frame, k),
        "quality": _quality(frame, k),
        "aspect": _aspect(frame, k, world),
        "thing": _thing(frame, k, world),
        "owner": owner,
        "place": _place(frame, k, world),
        "scope": _scope(frame, k, world),
        "part": _part(frame, k, world),
        "year": _year(frame, k, world),
        "day": _day(frame, k, world),
        "cause": _cause(frame, k, world),
        "reminder": _reminder(frame, k, world),
        "label": _label(frame, k),
    }
    if state is not None:
        before[k] = state
        world.memory.append((frame.sentence.index, frame.anchors[k].dimension, state))
    modality, modal_rule = _modality(frame, k, world)
    filled = tuple((name, slot) for name, slot in slots.items() if slot is not None)
    rules = tuple(sorted({s.rule for _, s in filled if s.rule} | ({modal_rule} - {""})))
    return Filled(
        filled,
        modality,
        _polarity(frame, k, state),
        _source(frame, k, world),
        _as_of(frame, k, world),
        rules,
    )


# --- state ------------------------------------------------------------------------------------


def _state(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Slot | None:
    weak: Slot | None = None
    for how, states in _state_readings(frame, k, world):
        if weak is not None and how in _FARTHER:
            break
        for state in states:
            if _fits(state, frame.anchors[k], world.lexicon):
                slot = Slot(state.name, how, state.rule)
                if not state.yields:
                    return slot
                weak = weak or slot
    if weak or _is_compound(frame, k):
        return weak
    return _elliptic(frame, k, world, before) or _remembered(frame, k, world)


def _state_readings(frame: Frame, k: int, world: World) -> Iterator[tuple[str, Iterator[State]]]:
    lex = world.lexicon
    of_noun = list(_noun_states(frame, k, lex))
    yield "noun phrase", (s for s in of_noun if s.evolves and not _is_role(frame, k, lex))
    if frame.sentence.is_headline:
        yield "headline verb", _headline_verb(frame, k, lex)
    # a noun behind the figure is mostly a place or an occasion: "on the day of the march"
    right = frame.right(k)
    counting = any(t.lower in {"number", "toll", "count", "total"} for t in right)
    yield "words around", iter(_around_states(frame, k, lex))
    yield "words after", _segment_states(frame, right, lex, nouns=counting)
    yield "words before", _segment_states(frame, frame.left(k), lex)
    yield "noun phrase", iter(of_noun)
    if _is_whole(frame, k):
        return
    yield "predicate", _word_states(frame.predicates(k), lex)
    subject = frame.subject(frame.governor(k))
    yield "subject", _word_states([subject] if subject else [], lex)
    label = _LABEL.match(frame.sentence.text)
    if label and label.end(1) <= frame.anchors[k].start - frame.sentence.start:
        words = [t for t in frame.tokens if t.end <= frame.sentence.start + label.end(1)]
        yield "label", _word_states(words, lex)


def _is_role(frame: Frame, k: int, lex: Lexicon) -> bool:
    """Whether the noun says what the counted are (suspects), not what became of them (dead)."""
    own = frame.own(k)
    noun = frame.anchors[k].noun or (frame.tokens[own[-1]].lemma if own else "")
    return lex.is_role(noun)


def _is_whole(frame: Frame, k: int) -> bool:
    """ "Of the 77 people on the ship 71 died": the verb is said of the part, not of the whole."""
    own = frame.own(k)
    before = frame.tokens[max(0, own[0] - 2) : own[0]] if own else ()
    return any(t.lower == "of" and (t.i == 0 or t.text == "Of") for t in before)


def _around_states(frame: Frame, k: int, lex: Lexicon) -> tuple[State, ...]:
    """States of phrases that embrace the figure: "sent 110 people back"."""
    left, right = frame.left(k), frame.right(k)
    if not left or not right:
        return ()
    return lex.around(
        frame.text(left[-1].start, left[0].end), frame.text(right[0].start, right[-1].end)
    )


def _noun_states(frame: Frame, k: int, lex: Lexicon) -> Iterator[State]:
    """States named by the counted noun itself (survivors) or by its modifiers (injured people)."""
    if _is_compound(frame, k):
        return
    own = [frame.tokens[i] for i in frame.own(k)]
    yield from _segment_states(frame, own[::-1], lex)
    noun = frame.anchors[k].noun
    for pos in ("NOUN", "ADJ") if lex.noun_class(noun) else ("NOUN", "ADJ", "VERB"):
        if noun:
            yield from lex.states_of(noun, pos)


def _is_compound(frame: Frame, k: int) -> bool:
    """ "A 60-seat council": the figure describes a thing; the noun it counts says no more."""
    anchor = frame.anchors[k]
    written = frame.text(anchor.start, anchor.end).lower()
    return anchor.dimension in _COUNTS and bool(anchor.noun) and written.endswith(f"-{anchor.noun}")


def _headline_verb(frame: Frame, k: int, lex: Lexicon) -> Iterator[State]:
    """ "9,000 flood the city": headlines leave out so much that parsers take verbs for nouns."""
    own = frame.own(k)
    behind = frame.tokens[own[-1] + 1 : own[-1] + 2] if own else ()
    for token in behind:
        state = lex.state_of(token.lower, "VERB")
        if state is not None:
            yield state


def _segment_states(
    frame: Frame, tokens: Sequence[Token], lex: Lexicon, nouns: bool = True
) -> Iterator[State]:
    """Phrases and words of a segment, nearest first; a phrase comes before the words in it."""
    if not tokens:
        return
    start, end = min(t.start for t in tokens), max(t.end for t in tokens)
    hits = list(lex.phrases(frame.text(start, end)))
    for token in tokens:
        at = token.start - start
        inside = next((h for h in hits if h.start <= at < h.end), None)
        if inside:
            yield from inside.states
        elif nouns or token.pos != "NOUN":
            yield from _word_states([token], lex)


def _word_states(tokens: Iterable[Token], lex: Lexicon) -> Iterator[State]:
    for token in tokens:
        if token.pos == "PROPN" and token.i > 0:
            continue
        states = lex.states_of(token.lemma, token.pos)
        if not states and token.pos in {"ADJ", "VERB", "ADV", "NOUN", "ADP", "PROPN"}:
            states = lex.states_of(token.lower, "ADJ")
        yield from states


def _fits(state: State, anchor: Anchor, lex: Lexicon) -> bool:
    """Whether the state can be said of what is counted."""
    if not state.counted:
        return True
    if anchor.dimension.split(":")[0].split(" per ")[0] in state.counted:
        return True
    if anchor.dimension not in _COUNTS:
        return anchor.dimension == "ratio" and "person" in state.counted
    if not anchor.noun:
        return bool(state.counted & {"person", "artifact", "act", _MONEY})
    return lex.noun_class(anchor.noun) in {*state.counted, "", "thing"} or (
        state in lex.states_of(anchor.noun, "NOUN")
    )


def _elliptic(frame: Frame, k: int, world: World, before: dict[int, Slot]) -> Slot | None:
    """A figure without a verb of its own shares the state of the one before it."""
    earlier = [j for j in before if j < k]
    if not earlier or frame.anchors[max(earlier)].dimension != frame.anchors[k].dimension:
        return None
    j = max(earlier)
    verb = frame.governor(k)
    shared = verb is None or verb.lemma in _SPEECH or verb == frame.governor(j)
    state = world.lexicon.state(before[j].value)
    if not shared or state is None or not _fits(state, frame.anchors[k], world.lexicon):
        return None
    return Slot(before[j].value, "ellipsis", before[j].rule)


def _remembered(frame: Frame, k: int, world: World) -> Slot | None:
    """A list item, or a sentence that gives a bare figure, continues what was said before."""
    anchor = frame.anchors[k]
    is_list = frame.sentence.zone.role == "list" or _LABEL.match(frame.sentence.text) is not None
    if not is_list and (k or anchor.noun or not _says_only_figures(frame)):
        return None
    for index, dimension, slot in reversed(world.memory):
        if frame.sentence.index - index > (12 if is_list else 1) or index == frame.sentence.index:
            continue
        if not is_list and world.sentences[index].zone is not frame.sentence.zone:
            return None
        state = world.lexicon.state(slot.value)
        if dimension == anchor.dimension and state is not None:
            fits = _fits(state, anchor, world.lexicon)
            return Slot(slot.value, "previous sentence", slot.rule) if fits else None
    return None


def _says_only_figures(frame: Frame) -> bool:
    """Whether every verb of the sentence is one of speech or of being."""
    verbs = [t for t in frame.tokens if t.pos == "VERB"]
    return all(t.lemma in _SPEECH | LIGHT for t in verbs)


# --- the verb, the thing and its aspect ------------------------------------------------------


def _predicate(frame: Frame, k: int) -> Slot | None:
    verb = frame.governor(k)
    return Slot(verb.lemma, "predicate") if verb is not None and verb.lemma not in LIGHT else None


def _quality(frame: Frame, k: int) -> Slot | None:
    """What the counted things are said to be: "3.9 per cent of the ballots were invalid"."""
    verb = frame.governor(k)
    tied = frame.children.get(verb.i, []) if verb is not None and verb.lemma in LIGHT else []
    found = next((t for t in tied if t.dep == "acomp" and t.pos in {"ADJ", "VERB"}), None)
    if found is None:
        head = frame.anchors[k].head
        after = frame.children.get(head, []) if head is not None else []
        found = next((t for t in after if t.dep == "acl" and t.tag == "VBN"), None)
    return Slot(found.lemma, "said of it") if found is not None else None


def _aspect(frame: Frame, k: int, world: World) -> Slot | None:
    anchor = frame.anchors[k]
    near = [*frame.right(k)[:3], *(frame.tokens[i] for i in frame.own(k)), *frame.left(k)[:6]]
    level = bool(frame.left(k)) and frame.left(k)[0].lower in {"to", "at"}
    verb = frame.governor(k)
    for token in [*near, *([verb] if verb else [])]:
        for name, rule, dimensions in world.vocabulary.aspects.get(token.lemma, ()):
            if anchor.dimension in dimensions and not (name == "rise-or-fall" and level):
                return Slot(name, f"the word {token.lower!r}", rule)
    return None


def _thing(frame: Frame, k: int, world: World) -> Slot | None:
    anchor = frame.anchors[k]
    if anchor.dimension in _COUNTS:
        return None
    token = frame.anchor_token(k)
    if token is None:
        return None
    own = frame.own(k)
    for up in frame.ancestors(token):
        if up.pos in {"VERB", "AUX"}:
            break
        if up.pos in {"NOUN", "PROPN"} and up.i not in frame.taken:
            return Slot(up.lemma, "noun measured")
    if own and own[0] >= 2 and frame.tokens[own[0] - 1].text == ",":
        before = frame.tokens[own[0] - 2]
        if before.pos == "NOUN" and _aspect(frame, k, world):
            return Slot(before.lemma, "noun before")
    verb = frame.governor(k)
    subject = frame.subject(verb)
    if verb is None or subject is None or subject.i in own or verb.lemma not in _MEASURING:
        return None
    if subject.lower in {"it", "its", "they", "this", "that", "which"}:
        return _antecedent(frame, world)
    if _names_in(frame, [subject], world) and subject.pos == "PROPN":
        return None  # a person or firm is not measured; what it has or does is
    owner = subject.pos == "PROPN" or world.lexicon.noun_class(subject.lemma) in _NAMELIKE
    if owner and anchor.dimension.startswith((_MONEY, "percent")):
        return None  # whoever has or pays it is no thing that is priced or measured
    names_state = world.lexicon.state_of(subject.lemma, "NOUN") and not _aspect(frame, k, world)
    if names_state or subject.lemma in _FIGURES:
        return None  # "turnout was 46 percent": what is said of the voters, not a thing
    return Slot(subject.lemma, "subject") if subject.pos in {"NOUN", "PROPN"} else None


def _antecedent(frame: Frame, world: World) -> Slot | None:
    """The subject to which "it" points: of an earlier sentence, singular, not a person."""
    index = frame.sentence.index
    for sentence in reversed(world.sentences[max(0, index - 2) : index]):
        for token in sentence.tokens:
            if (
                token.dep in {"nsubj", "nsubjpass"}
                and token.tag == "NN"
                and world.lexicon.noun_class(token.lemma) != "person"
            ):
                return Slot(token.lemma, "subject before")
    return None


# --- whose, where, when -----------------------------------------------------------------------


def _owner(frame: Frame, k: int, world: World) -> Slot | None:
    """Who gives, pays, has or does it, or whose age it is: names of the segment, then the subject.

    Who merely says so is no owner."""
    if frame.anchors[k].dimension == "age":
        return _bearer(frame, k, world)
    if _is_base(frame, k) or _is_compound(frame, k):
        return None
    for tokens in (frame.left(k), frame.right(k)):
        found = _names_in(frame, tokens, world)
        if found:
            return Slot("|".join(found), "name in the segment")
    if k and not frame.left(k) and _coordinated(frame, k) and world.owners.get(k - 1):
        return world.owners[k - 1]
    holder = _holder_above(frame, k, world)
    if holder:
        return holder
    subject = frame.subject(frame.governor(k))
    if subject is None or subject.i in set(frame.own(k)) or _speaks(frame, subject):
        return None
    if subject.lower in {"he", "she"}:
        return _person_before(frame, world)
    if subject.lower in {"it", "they"}:
        return _holder_before(frame, world, plural=subject.lower == "they")
    if subject.pos == "PROPN":
        run = _names_up_to(frame, subject.i)
        names = _names_in(frame, run, world)
        return Slot("|".join(names) or frame.text(run[0].start, run[-1].end), "subject")
    names = _names_in(frame, frame.subtree(subject), world)
    if names:
        return Slot("|".join(names), "subject")
    figure = subject.lemma in _FIGURES or world.lexicon.state_of(subject.lemma, "NOUN")
    if subject.pos == "NOUN" and world.lexicon.noun_class(subject.lemma) in _NAMELIKE:
        return None if figure else Slot(subject.lemma, "subject")
    return None


def _holder_above(frame: Frame, k: int, world: World) -> Slot | None:
    """ "Dawn, with its 77 seats": the name on which the figure depends."""
    token = frame.anchor_token(k)
    for up in frame.ancestors(token) if token is not None else ():
        if up.pos in {"VERB", "AUX"}:
            return None
        if up.pos == "PROPN" and up.i not in frame.taken:
            run = _names_up_to(frame, up.i)
            names = _names_in(frame, run, world)
            return Slot("|".join(names), "name above") if names else None
    return None


def _is_base(frame: Frame, k: int) -> bool:
    """ "78 of 217 seats": the second figure is what the first is a part of."""
    own = frame.own(k)
    gap = (
        [t for t in frame.tokens[max(0, own[0] - 2) : own[0]] if t.i not in frame.taken]
        if own
        else []
    )
    return bool(k and gap) and gap[0].lower == "of" and gap[0].i - 1 in frame.taken


def _coordinated(frame: Frame, k: int) -> bool:
    """ "11.3 per cent and 24": joined to the figure before by nothing but "and"."""
    own = frame.own(k)
    return bool(own) and frame.tokens[own[0] - 1].lower == "and" and own[0] - 2 in frame.taken


def _speaks(frame: Frame, subject: Token) -> bool:
    """Whether a subject merely says so: "reported that", but not "reported a profit of"."""
    verb = frame.tokens[subject.head]
    if verb.pos != "VERB" or verb.lemma not in _SPEECH | _ESTIMATING:
        return False
    if verb.lemma in _ESTIMATING:
        return True
    tied = {t.dep for t in frame.children.get(verb.i, ())}
    return "ccomp" in tied or "dobj" not in tied


def _holder_before(frame: Frame, world: World, plural: bool) -> Slot | None:
    """To whom "it" or "they" points: the last fitting subject of the sentence before."""
    index = frame.sentence.index
    for sentence in reversed(world.sentences[max(0, index - 1) : index]):
        beside = Frame(sentence, ())
        for subject in reversed(sentence.tokens):
            if subject.dep not in {"nsubj", "nsubjpass"} or subject.pos not in {"NOUN", "PROPN"}:
                continue
            several = subject.tag in {"NNS", "NNPS"} or any(
                t.dep == "conj" for t in beside.children.get(subject.i, ())
            )
            if several == plural:
                names = _names_in(beside, _names_up_to(beside, subject.i), world)
                return Slot("|".join(names) or subject.lemma, "subject before")
    return None


def _person_before(frame: Frame, world: World) -> Slot | None:
    earlier = [n for n in world.names if n[1] <= frame.sentence.start and n[2] in world.people]
    return Slot(max(earlier)[2], "person named before") if earlier else None


def _names_in(frame: Frame, tokens: Sequence[Token], world: World) -> list[str]:
    spans = [
        (t.start, t.end) for t in tokens if not _in_source(frame, t) and not _is_located(frame, t)
    ]
    here = world.names_between(frame.sentence.start, frame.sentence.end)
    return sorted(
        {name for s, e, name in here if any(s < end and start < e for start, end in spans)}
    )


def _is_located(frame: Frame, token: Token) -> bool:
    """Whether a name stands behind a locative preposition: where, not whose."""
    run = _names_up_to(frame, token.i) if token.pos == "PROPN" else []
    return bool(run) and run[0].i > 0 and frame.tokens[run[0].i - 1].lower in _LOCATIVE


def _in_source(frame: Frame, token: Token) -> bool:
    """Whether a token belongs to the subject of a verb of speech."""
    chain = [token, *frame.ancestors(token)]
    subject = next((t for t in chain if t.dep in {"nsubj", "nsubjpass"}), None)
    return subject is not None and _speaks(frame, subject)


def _bearer(frame: Frame, k: int, world: World) -> Slot | None:
    """Whose age it is: the name beside it, else the person named last."""
    anchor = frame.anchors[k]
    sentence = frame.sentence
    thing = _thing(frame, k, world)
    if thing and world.lexicon.noun_class(thing.value) not in {"person", ""}:
        return None
    people = [n for n in world.names if n[2] in world.people]
    beside = [n for n in people if sentence.start <= n[0] < sentence.end]
    after = [n for n in beside if 0 <= n[0] - anchor.end <= 40]
    before = [n for n in beside if 0 <= anchor.start - n[1] <= 25]
    if before or after:
        name = before[-1] if before else after[0]
        return Slot(name[2], "name beside")
    earlier = [n for n in people if n[1] <= anchor.start]
    return Slot(max(earlier)[2], "name before") if earlier else None


def _place(frame: Frame, k: int, world: World) -> Slot | None:
    """Where: a label, a relative clause, a possessive, a locative, or the sentence before."""
    label = _LABEL.match(frame.sentence.text)
    ahead = label and label.end(1) <= frame.anchors[k].start - frame.sentence.start
    if label and ahead and label.group(1).strip() in world.places | world.labels:
        return Slot(label.group(1).strip(), "label")
    counts = frame.anchors[k].dimension in _COUNTS
    readings: tuple[tuple[str, Callable[[], str]], ...] = (
        ("where", lambda: _antecedent_place(frame, k)),
        ("possessive", lambda: _possessor(frame, k, world) if counts else ""),
        ("segment", lambda: _first_located(frame, [*frame.right(k), *frame.left(k)])),
        ("name in the segment", lambda: _named_place(frame, k, world)),
        ("sentence", lambda: _first_located(frame, _sentence_locatives(frame, k))),
    )
    for how, read in readings:
        name = read()
        if name:
            return Slot(name, how)
    return _place_before(frame, k, world)


def _first_located(frame: Frame, tokens: Iterable[Token]) -> str:
    return next((name for token in tokens if (name := _located(frame, token))), "")


def _named_place(frame: Frame, k: int, world: World) -> str:
    """A name of the segment, or the subject, that is a place elsewhere in the articles; or "there",
    which points at some place that is not the whole event's."""
    beside = [*frame.right(k), *frame.left(k)]
    if frame.anchors[k].dimension in _COUNTS and any(
        t.lower == "there" and t.dep == "advmod" for t in beside
    ):
        return "there"
    subject = frame.subject(frame.governor(k))
    for token in [*beside, *([subject] if subject else [])]:
        if token.pos == "PROPN":
            run = _names_up_to(frame, token.i)
            name = frame.text(run[0].start, run[-1].end)
            lead = frame.tokens[run[0].i - 1].lower if run[0].i else ""
            if name in world.places and lead not in _PATHS and not _in_source(frame, token):
                return name
    return ""


def _place_before(frame: Frame, k: int, world: World) -> Slot | None:
    """The place at the head of an earlier sentence of the same paragraph or post, unless this
    sentence is about a name of its own."""
    subject = frame.subject(frame.governor(k))
    if subject is not None and subject.pos == "PROPN":
        return None
    zone = frame.sentence.zone
    for sentence in reversed(
        world.sentences[max(0, frame.sentence.index - 3) : frame.sentence.index]
    ):
        if sentence.zone is not zone and (not zone.posted or sentence.zone.posted != zone.posted):
            return None
        opening = _OPENING_PLACE.match(sentence.text)
        if opening:
            return Slot(opening.group(1), "sentence before")
    return None


def _sentence_locatives(frame: Frame, k: int) -> list[Token]:
    """Locatives at the head of the sentence, or tied to the figure's verb."""
    verb = frame.governor(k)
    tied = frame.children.get(verb.i, []) if verb is not None else []
    return [*frame.tokens[:1], *(t for t in tied if t.dep == "prep")]


def _located(frame: Frame, token: Token) -> str:
    """The proper name that a locative preposition governs, or an empty string."""
    if token.lower not in _LOCATIVE:
        return ""
    i = token.i + 1
    while i < len(frame.tokens) and frame.tokens[i].pos in {"DET", "ADJ", "NOUN"}:
        if i > token.i + 3:
            return ""
        i += 1
        if frame.tokens[i - 1].pos == "NOUN" and (
            i >= len(frame.tokens) or frame.tokens[i].lower != "of"
        ):
            return ""
        if i < len(frame.tokens) and frame.tokens[i].lower == "of":
            i += 1
    run = []
    while i < len(frame.tokens) and (frame.tokens[i].pos == "PROPN" or frame.tokens[i].text == "-"):
        run.append(frame.tokens[i])
        i += 1
    if run and i < len(frame.tokens) and frame.tokens[i].lower in {"'s", "’s"}:
        return ""  # "at the Women's March": what is theirs, not where
    text = frame.text(run[0].start, run[-1].end) if run else ""
    return "" if _WEEKDAY.fullmatch(text) or _is_month(text) else text


def _is_month(text: str) -> bool:
    months = "january february march april may june july august september october november december"
    return text.lower().rstrip(".")[:3] in {m[:3] for m in months.split()} and len(text) <= 9


def _possessor(frame: Frame, k: int, world: World) -> str:
    """ "London's 100,000", "London's organisers say 100,000": a possessor in the segment."""
    for token in frame.left(k):
        if token.lower in {"'s", "’s"} and token.i and frame.tokens[token.i - 1].pos == "PROPN":
            run = _names_up_to(frame, token.i - 1)
            name = frame.text(run[0].start, run[-1].end)
            return name if name in world.places else ""
    return ""


def _antecedent_place(frame: Frame, k: int) -> str:
    """ "Norrhaven, a town of 900, where 30 people marched": the name before the relative clause."""
    left = frame.left(k)
    opening = left[-1].i - 1 if left else (frame.own(k)[0] - 1 if frame.own(k) else -1)
    if opening < 0 or frame.tokens[opening].lower != "where":
        return ""
    for token in reversed(frame.tokens[:opening]):
        if token.pos == "PROPN":
            run = _names_up_to(frame, token.i)
            return frame.text(run[0].start, run[-1].end)
    return ""


def _names_up_to(frame: Frame, last: int) -> list[Token]:
    first = last
    while first > 0 and frame.tokens[first - 1].pos == "PROPN":
        first -= 1
    return list(frame.tokens[first : last + 1])


def _scope(frame: Frame, k: int, world: World) -> Slot | None:
    _, text = frame.segment_text(k)
    marks = world.vocabulary.totals.find(text) or world.vocabulary.totals.find(
        frame.sentence.text[:20]
    )
    return Slot(marks[0].value, "words beside", marks[0].rule) if marks else None


def _part(frame: Frame, k: int, world: World) -> Slot | None:
    own = frame.own(k)
    if frame.anchors[k].dimension.startswith(_MONEY):
        return _some(frame, k, world)
    if not own or frame.anchors[k].dimension not in {"count", "percent"}:
        return None
    start, end = frame.tokens[own[0]].start, frame.tokens[own[-1]].end
    if frame.anchors[k].dimension in _COUNTS and _of_them(frame, k):
        return Slot("of them", "words after")
    if frame.anchors[k].dimension in _COUNTS and _is_summand(frame, k, world):
        return Slot("one of several", "list after a colon")
    special = _special_label(frame, k)
    if special:
        return Slot(special, "label")
    if k + 1 < len(frame.anchors) and _is_base(frame, k + 1):
        return Slot("of a whole", "the figure after")
    before = frame.text(max(frame.sentence.start, start - 24), start)
    after = frame.text(start, min(frame.sentence.end, end + 16))
    for mark in world.vocabulary.part_before.find(before):
        near = len(before) - mark.end <= 4
        if near and (mark.value != "others" or _continues(frame, k, world)):
            return Slot(mark.value, "words before", mark.rule)
    for mark in world.vocabulary.part_after.find(after):
        if mark.value == "more" and (mark.start == 0 or " than" in after[mark.end :][:5]):
            continue  # "more than 600" is a hedge
        if mark.value != "others" or _continues(frame, k, world):
            return Slot(mark.value, "words after", mark.rule)
    return None


def _is_summand(frame: Frame, k: int, world: World) -> bool:
    """ "Nine died: six in Arle, two in Bost and one at sea": a part without a place of its own."""
    anchors, base = frame.anchors, frame.sentence.start
    colon = frame.sentence.text.rfind(":", 0, anchors[k].start - base)
    if colon < 0 or anchors[k].noun or _place(frame, k, world) is not None:
        return False
    listed = [a for a in anchors if a.start - base > colon and a.dimension == anchors[k].dimension]
    return anchors[0].end - base <= colon and anchors[0].noun != "" and len(listed) >= 2


def _of_them(frame: Frame, k: int) -> bool:
    """ "Two of the victims": a part of a group that is known already."""
    end = frame.anchors[k].end
    behind = [t.lower for t in frame.tokens if t.start >= end][:2]
    return behind[:1] == ["of"] and behind[1:] in [[word] for word in _DEFINITE]


def _special_label(frame: Frame, k: int) -> str:
    """ "Ordinary shares: down 3 percent": an adjective in the label singles out a part."""
    label = _LABEL.match(frame.sentence.text)
    if not label or label.end(1) > frame.anchors[k].start - frame.sentence.start:
        return ""
    words = [t for t in frame.tokens if t.end <= frame.sentence.start + label.end(1)]
    if len(words) == 2 and words[0].pos == "ADJ" and words[1].pos == "NOUN":
        return "" if words[0].lemma in _IDLE else words[0].lemma
    return ""


def _some(frame: Frame, k: int, world: World) -> Slot | None:
    """ "The four biggest pledges come to", "two families have given": the sum of some givers."""
    verb = frame.governor(k)
    subject = frame.subject(verb)
    if verb is None or subject is None or subject.i in frame.own(k):
        return None
    givers = world.lexicon.noun_class(subject.lemma) in _NAMELIKE
    if verb.lemma not in _SUMMING and not givers:
        return None
    tied = frame.children.get(subject.i, [])
    chosen = next((t for t in tied if t.dep == "nummod" or t.tag == "JJS"), None)
    return Slot("some of them", f"the word {chosen.lower!r}") if chosen is not None else None


def _continues(frame: Frame, k: int, world: World) -> bool:
    """Whether "others" leaves out somebody of this very state: no other state came just before."""
    near = [s for index, _, s in world.memory if frame.sentence.index - index <= 1]
    return len({slot.value for slot in near}) <= 1


def _year(frame: Frame, k: int, world: World) -> Slot | None:
    """A year, before the figure or in its segment, that is not that of the publication."""
    own = frame.sentence.zone.posted or world.published
    heading = _YEAR_HEADING.match(frame.sentence.text)
    if heading and (own is None or heading.group(1) != str(own.year)):
        return Slot(heading.group(1), "heading of the item")
    start, text = frame.segment_text(k)
    end = start + len(text) - frame.sentence.start
    for mention in world.times(frame.sentence):
        year = _year_of(mention.value) if mention.start < end else None
        if year and (own is None or year != own.year):
            return Slot(str(year), f"the time {mention.text!r}")
    return None


def _year_of(value: object) -> int | None:
    if isinstance(value, Moment) and value.granularity in {"day", "month", "season", "year"}:
        low = value.nominal.low
        return low.year if low else None
    return None


def _day(frame: Frame, k: int, world: World) -> Slot | None:
    """The day named nearest to the figure: ISO date, or a weekday where no date is known; else that
    of the sentence before, if it names one day. The day on which somebody spoke is left out."""
    start, text = frame.segment_text(k)
    low, sentence = start - frame.sentence.start, frame.sentence
    times = [m for m in world.times(sentence) if not _spoken(frame, m)]
    inside = [m for m in times if low <= m.start and m.end <= low + len(text)]
    first, last = (x - sentence.start for x in (frame.anchors[k].start, frame.anchors[k].end))
    inside.sort(key=lambda m: m.start - last if m.start >= last else first - m.end)
    for mention in [*inside, *(times if len(frame.anchors) == 1 else ())]:
        day = _day_of(mention.value)
        if day:
            return Slot(day, f"the time {mention.text!r}")
    if sentence.zone.posted:
        return Slot(sentence.zone.posted.date().isoformat(), "time of the post")
    before = world.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.zone is not sentence.zone or times:
        return None
    days = {day for m in world.times(before) if (day := _day_of(m.value))}
    return Slot(days.pop(), "sentence before") if len(days) == 1 else None


def _spoken(frame: Frame, mention: TimeMention) -> bool:
    """Whether a time belongs to a verb of speech."""
    at = frame.sentence.start + mention.start
    token = next((t for t in frame.tokens if t.start >= at), None)
    verb = next((t for t in frame.ancestors(token) if t.pos == "VERB"), None) if token else None
    return verb is not None and verb.lemma in _SPEECH


def _day_of(value: object) -> str:
    if isinstance(value, Moment) and value.day:
        return value.day.isoformat()
    if isinstance(value, Recurring) and value.weekday is not None:
        return WEEKDAYS[value.weekday]
    return ""


def _as_of(frame: Frame, k: int, world: World) -> datetime | None:
    """When the figure was given: a time that belongs to a verb of speech, in the figure's segment
    where the sentence gives several figures; else the post's."""
    start, text = frame.segment_text(k)
    low = start - frame.sentence.start
    for mention in world.times(frame.sentence):
        value = mention.value
        inside = low <= mention.start and mention.end <= low + len(text)
        if not inside and len(frame.anchors) > 1:
            continue
        if isinstance(value, Moment) and value.nominal.low and _spoken(frame, mention):
            return value.nominal.low
    return frame.sentence.zone.posted


def _cause(frame: Frame, k: int, world: World) -> Slot | None:
    """The kind of event named nearest to the figure in its sentence."""
    if not frame.anchors[k].dimension.startswith(("count", _MONEY)):
        return None
    verb = frame.governor(k)
    subject = frame.subject(verb)
    nearby = [*frame.right(k), *frame.left(k)]
    for how, tokens in (
        ("subject", frame.subtree(subject) if subject else []),
        ("segment", nearby),
        ("sentence", list(frame.tokens)),
    ):
        for token in tokens:
            cause = world.vocabulary.causes.get(token.lemma)
            if cause and token.pos != "VERB":
                return Slot(cause[0], how, cause[1])
    return None


def _reminder(frame: Frame, k: int, world: World) -> Slot | None:
    marks = world.vocabulary.reminders.find(frame.sentence.text)
    if marks and frame.sentence.start + marks[0].start < frame.anchors[k].start:
        return Slot(marks[0].value, "words", marks[0].rule)
    for word in frame.sentence.zone.label.lower().split():
        rule = world.vocabulary.reminder_labels.get(word.strip(":.,"))
        if rule:
            return Slot("label", "label", rule)
    return None


def _label(frame: Frame, k: int) -> Slot | None:
    label = _LABEL.match(frame.sentence.text)
    if label and label.end(1) <= frame.anchors[k].start - frame.sentence.start:
        return Slot(label.group(1).strip().lower(), "label")
    zone = frame.sentence.zone
    return Slot(zone.label.lower(), "heading") if zone.label else None


# --- circumstances ------------------------------------------------------------------------------


def _modality(frame: Frame, k: int, world: World) -> tuple[str, str]:
    words = world.vocabulary
    verbs = list(frame.predicates(k))
    for verb in verbs:
        if verb.lemma in words.modal_verbs:
            return words.modal_verbs[verb.lemma]
        for child in frame.children.get(verb.i, ()):
            if child.dep == "aux" and child.lower in words.modal_words:
                return words.modal_words[child.lower]
    for token in [*frame.left(k), *frame.right(k)[:4]]:
        if token.lower in words.modal_words and token.pos not in {"AUX", "PROPN"}:
            return words.modal_words[token.lower]
        if token.pos == "VERB" and token.lemma in words.modal_verbs:
            return words.modal_verbs[token.lemma]
    marks = words.modal_phrases.find(frame.segment_text(k)[1])
    if marks:
        return marks[0].value, marks[0].rule
    return ("planned", "") if _headline_future(frame, k) else ("done", "")


def _headline_future(frame: Frame, k: int) -> bool:
    """ "Firm to cut 900 jobs", "900 jobs to go": in headlines "to" stands for "will"."""
    if not frame.sentence.is_headline:
        return False
    verb, right = frame.governor(k), frame.right(k)
    tied = frame.children.get(verb.i, []) if verb is not None else []
    return any(t.lower == "to" and t.dep == "aux" for t in tied) or bool(
        right and right[0].lower == "to"
    )


def _polarity(frame: Frame, k: int, state: Slot | None) -> Literal["affirmed", "denied"]:
    """Denied where a negation belongs to the verb of which the figure is an argument, or to a word
    of the segment that gave the state."""
    anchor, verb = frame.anchor_token(k), frame.governor(k)
    given_by_words = state is not None and state.how in {"words after", "words before"}
    beside = {t.i for t in (*frame.left(k), *frame.right(k))} if given_by_words else set()
    for token in frame.tokens:
        if token.dep != "neg" and token.lower not in {"never", "not", "n't"}:
            continue
        denies = frame.tokens[token.head]
        argument = anchor is not None and verb == denies and anchor.head == denies.i
        by_predicate = state is not None and state.how == "predicate" and verb == denies
        if argument or by_predicate or (denies.i in beside and token.i in beside):
            return "denied"
    return "affirmed"


def _source(frame: Frame, k: int, world: World) -> str:
    """Who says so: the subject of a verb of speech, or "according to X"; the name for a pronoun."""
    according = _ACCORDING.search(frame.sentence.text)
    if according:
        return according.group(1).strip()
    for token in frame.tokens:
        subject = frame.subject(token) if token.lemma in _SPEECH and token.pos == "VERB" else None
        if subject is None or subject.i in set(frame.own(k)) or not _speaks(frame, subject):
            continue
        if subject.pos == "PRON":
            person = _person_before(frame, world) if subject.lower in {"he", "she"} else None
            return person.value if person else ""
        return _speaker(frame, subject, world)
    return ""


def _speaker(frame: Frame, subject: Token, world: World) -> str:
    """A person's name as written, if the subject has one; else its noun with what goes before."""
    phrase = frame.subtree(subject)
    for start, end, name in world.names_between(frame.sentence.start, frame.sentence.end):
        if name in world.people and any(start <= t.start and t.end <= end for t in phrase):
            return frame.text(start, end)
    tokens = [t for t in phrase if subject.i - 6 < t.i <= subject.i]
    return frame.text(tokens[0].start, tokens[-1].end)
