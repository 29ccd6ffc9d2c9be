"""Places that belong to somebody for good: head office, home country, birthplace, home town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosscheck.language import Token
from crosscheck.rulebook import Rule
from crosscheck.slots.frames import Frame
from crosscheck.slots.lexicon import lexicon
from crosscheck.slots.place_phrases import Reader, Told
from crosscheck.slots.place_words import place_words
from crosscheck.values.places import Place

_IN = frozenset({"in", "at", "near"})
_PUT = frozenset(
    {"be", "lie", "sit", "remain", "stay", "place", "locate", "situate", "have", "keep"}
)
_BETWEEN = 3
_FIXED = frozenset({"building", "dwelling", "place", "object"})


@dataclass(frozen=True, slots=True)
class Standing:
    """``relation`` is what the place is to ``bearer``, a token (None: not said whose)."""

    relation: str
    told: Told
    bearer: Token | None
    rule: str


def standing(frame: Frame, reader: Reader) -> Iterator[Standing]:
    """The standing relations that a sentence tells."""
    yield from _base(frame, reader)
    yield from _based(frame, reader)
    yield from _country(frame, reader)
    yield from _born(frame, reader)
    yield from _home(frame, reader)
    yield from _lives(frame, reader)
    yield from _flag(frame, reader)
    yield from _site(frame, reader)
    yield from _centre(frame, reader)


# --- head office --------------------------------------------------------------------------------


def _base(frame: Frame, reader: Reader) -> Iterator[Standing]:
    rule = place_words(reader.rules).base
    for noun in frame.tokens:
        if noun.pos not in {"NOUN", "PROPN"} or not _is_base(frame, noun, rule):
            continue
        modifiers = {
            t.lower for t in frame.children.get(noun.i, ()) if t.dep in {"amod", "compound"}
        }
        if modifiers & set(rule.strings("other")) or any(reader.map.country(m) for m in modifiers):
            continue
        before = _own_town(frame, noun, reader)
        if before is not None:
            yield Standing("base", before, None, rule.id)
            continue
        verb = frame.tokens[noun.head]
        subject = noun.dep in {"nsubj", "nsubjpass"} and verb.lemma in _PUT
        held = noun.dep in {"dobj", "attr"} and verb.lemma in _PUT
        near = [noun, *([verb] if subject or held else [])]
        told = _first(frame, near, reader)
        if told is not None:
            owner = _owner(frame, noun) or (frame.subject(verb) if held else None)
            yield Standing("base", told, owner, rule.id)


def _is_base(frame: Frame, noun: Token, rule: Rule) -> bool:
    before = frame.tokens[noun.i - 1] if noun.i else noun
    phrase = f"{before.lower} {noun.lemma}"
    listed = set(rule.strings("words"))
    return noun.lower in listed or noun.lemma in listed or phrase in listed


def _own_town(frame: Frame, noun: Token, reader: Reader) -> Told | None:
    """ "Its Helsinki headquarters"."""
    i = noun.i - (2 if frame.tokens[noun.i - 1].lower == "head" else 1)
    return _name_up_to(frame, i, reader) if i > 0 and frame.tokens[i].pos == "PROPN" else None


def _owner(frame: Frame, noun: Token) -> Token | None:
    """Whose: "Halvard's head office", "the head office of Halvard", "police headquarters"."""
    for child in frame.children.get(noun.i, ()):
        if child.dep == "poss" and child.lower not in {"its", "their", "his", "her"}:
            return child
        if child.dep == "prep" and child.lower == "of":
            inner = frame.children.get(child.i, ())
            return next((t for t in inner if t.dep == "pobj"), None)
        if child.dep == "compound" and child.lower not in {"head", "world", "company", "main"}:
            return child
    return None


def _based(frame: Frame, reader: Reader) -> Iterator[Standing]:
    """ "Halvard, based in Helsinki", "the Helsinki-based Halvard"."""
    rule = place_words(reader.rules).base
    for verb in frame.tokens:
        if verb.lemma not in rule.strings("verbs") or verb.tag not in {"VBN", "VBD", "JJ"}:
            continue
        bearer = frame.tokens[verb.head] if verb.dep in {"acl", "amod"} else frame.subject(verb)
        if verb.dep == "amod" and verb.i > 1 and frame.tokens[verb.i - 1].text == "-":
            told = _before_hyphen(frame, verb, reader)
        else:
            told = _first(frame, [verb], reader)
        if told is not None and bearer is not None and bearer.i != verb.i:
            yield Standing("base", told, bearer, rule.id)


def _before_hyphen(frame: Frame, token: Token, reader: Reader) -> Told | None:
    """The place in "Helsinki-based"; only a name that the gazetteer knows."""
    return _name_up_to(frame, token.i - 2, reader)


def _name_up_to(frame: Frame, last: int, reader: Reader) -> Told | None:
    """The longest run of capitalised words up to a token that the gazetteer knows."""
    for first in range(max(0, last - 2), last + 1):
        if frame.tokens[first].tag == "DT":
            continue
        start, end = frame.tokens[first].start, frame.tokens[last].end
        text = frame.text(start, end)
        sites = reader.map.sites(text) if text[:1].isupper() else ()
        if sites:
            return Told(Place(reader.map.key(text), text, sites), start, end)
    return None


def _first(frame: Frame, heads: list[Token], reader: Reader) -> Told | None:
    for head in heads:
        for prep in frame.children.get(head.i, ()):
            if prep.dep == "prep" and prep.lower in _IN:
                told = reader.under(frame, prep)
                if told is not None:
                    return told
    return None


# --- home country -------------------------------------------------------------------------------


def _country(frame: Frame, reader: Reader) -> Iterator[Standing]:
    rules = place_words(reader.rules).countries
    for token in frame.tokens:
        if token.tag == "DT" or not token.text[:1].isupper() or _in_compound(frame, token):
            continue
        run = [token]
        if not reader.map.country(token.text) and token.i + 1 < len(frame.tokens):
            run.append(frame.tokens[token.i + 1])  # "North Korean"
        text = frame.text(run[0].start, run[-1].end)
        sites = reader.map.country(text)
        if not sites or (len(run) == 2 and not run[1].text[:1].isupper()):
            continue
        noun = _noun_behind(frame, run[-1].i + 1)
        rule = next((r for r in rules if noun and noun.lower in r.strings("nouns")), None)
        bearer = _beside(frame, run[0], noun) if noun and rule else None
        if rule is None or bearer is None or _is_other(frame, run[0], rule):
            continue
        place = Place(reader.map.key(text), text, sites)
        yield Standing("country", Told(place, run[0].start, run[-1].end), bearer, rule.id)


def _in_compound(frame: Frame, token: Token) -> bool:
    beside = frame.text(
        max(frame.sentence.start, token.start - 1), min(token.end + 1, frame.sentence.end)
    )
    return beside[:1] in {"-", "–"} or beside[-1:] in {"-", "–"}


def _noun_behind(frame: Frame, first: int) -> Token | None:
    """The last of the common nouns that follow: "Bolivian charter airline"."""
    found = None
    for token in frame.tokens[first : first + _BETWEEN]:
        if token.pos not in {"NOUN", "ADJ"} or token.text[:1].isupper():
            break
        found = token if token.pos == "NOUN" else found
    return found


def _beside(frame: Frame, first: Token, noun: Token) -> Token | None:
    """The name right behind the noun, or the one to which it is in apposition."""
    behind = frame.tokens[noun.i + 1 : noun.i + 3]
    if behind and behind[0].text == ",":
        behind = behind[1:]
    if behind and behind[0].pos == "PROPN":
        return behind[0]
    before = frame.tokens[max(0, first.i - 3) : first.i]
    words = [t.lower for t in before]
    if len(before) == 3 and words[2] in {"a", "an", "the"} and words[1] in {",", "is", "was"}:
        return before[0] if before[0].pos == "PROPN" else None
    return None


def _is_other(frame: Frame, first: Token, rule: Rule) -> bool:
    return first.i > 0 and frame.tokens[first.i - 1].lower in rule.strings("other")


# --- birth and home -----------------------------------------------------------------------------


def _born(frame: Frame, reader: Reader) -> Iterator[Standing]:
    rule = place_words(reader.rules).born
    for token in frame.tokens:
        if token.lower == "born" and token.tag in {"VBN", "VBD", "JJ"}:
            bearer = frame.tokens[token.head] if token.dep in {"acl", "amod"} else None
            hyphen = token.i > 1 and frame.tokens[token.i - 1].text == "-"
            told = (
                _before_hyphen(frame, token, reader) if hyphen else _first(frame, [token], reader)
            )
        elif token.lemma in rule.strings("nouns") and token.pos == "NOUN":
            told, bearer = _native(frame, token, reader), frame.tokens[token.head]
            if token.dep not in {"appos", "attr"}:
                continue
        else:
            continue
        bearer = bearer if bearer is not None and bearer.pos in {"NOUN", "PROPN"} else None
        bearer = bearer or frame.subject(
            token if token.lower == "born" else frame.tokens[token.head]
        )
        if told is not None and bearer is not None:
            yield Standing("born", told, bearer, rule.id)


def _native(frame: Frame, noun: Token, reader: Reader) -> Told | None:
    """ "A native of Utrecht"."""
    for prep in frame.children.get(noun.i, ()):
        if prep.dep == "prep" and prep.lower == "of":
            return reader.under(frame, prep)
    return None


def _home(frame: Frame, reader: Reader) -> Iterator[Standing]:
    """ "Jan Bakker, 34, from Utrecht", "Jan Bakker, a 34-year-old teacher from Utrecht"."""
    rule = place_words(reader.rules).home
    for prep in frame.tokens:
        if prep.dep != "prep" or prep.lower not in rule.strings("words"):
            continue
        head = frame.tokens[prep.head]
        name = frame.tokens[head.head] if head.dep == "appos" else head
        between = frame.tokens[name.i + 1 : prep.i]
        aged = any(t.tag == "CD" and t.text.isdigit() for t in between[:4])
        if name.pos == "PROPN" and between and between[0].text == "," and aged:
            told = reader.under(frame, prep)
            if told is not None:
                yield Standing("home", told, name, rule.id)


def _lives(frame: Frame, reader: Reader) -> Iterator[Standing]:
    rule = place_words(reader.rules).home
    for verb in frame.tokens:
        if verb.pos == "VERB" and verb.lemma in rule.strings("verbs"):
            told, subject = _first(frame, [verb], reader), frame.subject(verb)
            if told is not None and subject is not None:
                yield Standing("home", told, subject, rule.id)


# --- flags and buildings ------------------------------------------------------------------------


def _flag(frame: Frame, reader: Reader) -> Iterator[Standing]:
    """ "The Panama-flagged Aurelia", "the Aurelia is registered in Panama"."""
    rule = place_words(reader.rules).flag
    for token in frame.tokens[2:]:
        hyphen = frame.tokens[token.i - 1].text == "-"
        if not hyphen and token.lemma in rule.strings("verbs") and token.tag == "VBN":
            subject, told = frame.subject(token), _first(frame, [token], reader)
            if subject is not None and told is not None:
                yield Standing("flag", told, subject, rule.id)
            continue
        if token.lower in rule.strings("words") and hyphen:
            told = _before_hyphen(frame, token, reader)
            head = frame.tokens[token.head]
            noun = head if head.pos in {"NOUN", "PROPN"} else _noun_behind(frame, token.i + 1)
            name = next(
                (t for t in frame.tokens[token.i + 1 : token.i + 4] if t.pos == "PROPN"), None
            )
            if told is not None and (name or noun) is not None:
                yield Standing("flag", told, name or noun, rule.id)


def _site(frame: Frame, reader: Reader) -> Iterator[Standing]:
    """ "The Bellmont Hotel in Zurich", "the Bellmont Hotel is in Zurich", "the Arvos cave, in the
    province of Halden"."""
    rule = place_words(reader.rules).site
    for noun in frame.tokens:
        name = _name_of_site(frame, noun, reader)
        if name is None:
            continue
        verb = frame.tokens[noun.head]
        said = noun.dep in {"nsubj", "nsubjpass"} and verb.lemma in rule.strings("verbs")
        beside = [t for t in frame.children.get(noun.i, ()) if t.dep == "appos"]
        told = _first(frame, [noun, *beside, *([verb] if said else [])], reader)
        told = told or _behind_comma(frame, max(noun.i, name.i), reader)
        if told is not None and not told.start <= name.start < told.end:
            yield Standing("site", told, name, rule.id)


def _behind_comma(frame: Frame, last: int, reader: Reader) -> Told | None:
    """ "The Arvos cave, in the province of Halden,": what the parser ties to the verb."""
    while last + 1 < len(frame.tokens) and frame.tokens[last + 1].pos == "PROPN":
        last += 1
    after = frame.tokens[last + 1 : last + 3]
    if len(after) < 2 or after[0].text != "," or after[1].lower not in _IN:
        return None
    return reader.under(frame, after[1])


def _name_of_site(frame: Frame, noun: Token, reader: Reader) -> Token | None:
    """The name of what stands or lies somewhere: of a building itself, or beside its noun."""
    if noun.pos == "PROPN":
        return noun if _is_building(noun, reader) else None
    if noun.tag != "NN" or lexicon(reader.rules).noun_class(noun.lemma) not in _FIXED:
        return None
    for child in frame.children.get(noun.i, ()):
        before = child.dep == "compound" and child.i == noun.i - 1
        behind = child.dep == "appos" and child.i == noun.i + 1
        if child.pos == "PROPN" and (before or behind) and not reader.is_person(child):
            return child
    return None


def _centre(frame: Frame, reader: Reader) -> Iterator[Standing]:
    """ "The epicentre was near Osaka"."""
    rule = place_words(reader.rules).centre
    for noun in frame.tokens:
        if noun.lemma not in rule.strings("nouns"):
            continue
        verb = frame.tokens[noun.head]
        said = noun.dep in {"nsubj", "nsubjpass"} and verb.lemma in rule.strings("verbs")
        told = _first(frame, [noun, *([verb] if said else [])], reader)
        if told is not None:
            yield Standing("centre", told, noun, rule.id)


def _is_building(name: Token, reader: Reader) -> bool:
    noun = lexicon(reader.rules).noun_class(name.lower)
    return noun in {"building", "dwelling"} and name.i > 0
