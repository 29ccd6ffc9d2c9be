"""Who was where, and how: presence as one parsed sentence tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crosscheck.language import Token
from crosscheck.slots.frames import Frame
from crosscheck.slots.gatherings import Scene, Target, of_sort, sort_of, spoken_of, targets_of
from crosscheck.slots.participants import Participant, participants
from crosscheck.slots.presence_words import Presiding, mode_of_way
from crosscheck.slots.telling import Told, main_verb, match, told_by

_LISTENING = "screen"
_REMOTE = "remotely"
_SAID = frozenset({"dobj", "ccomp"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_CLOSING = frozenset({"and", "but", "because", "since", "as", "when", "though", "either"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody at something; ``way`` is the rule of a word beside the verb that says how, and
    ``denied`` tells that just this did not happen. ``start`` and ``end`` cover the telling words
    and the name, where it stands near, ``at`` is the offset of the verb or noun."""

    who: Participant
    target: Target
    mode: str
    way: str
    modality: str
    denied: bool
    start: int
    end: int
    at: int
    rules: tuple[str, ...]


def sightings(frame: Frame, scene: Scene) -> Iterator[Sighting]:
    """All that a sentence tells of presence, in the order of the text."""
    if frame.sentence.text.rstrip().endswith("?"):
        return
    read: set[tuple[int, str]] = set()
    for token in frame.tokens:
        if token.tag.startswith("V"):
            yield from _of_verb(frame, token, scene, read)
        elif token.lower in scene.words.nouns:
            yield from _of_noun(frame, token, scene)


def _of_verb(
    frame: Frame, token: Token, scene: Scene, read: set[tuple[int, str]]
) -> Iterator[Sighting]:
    """The longest phrase that fits; one for each that it may be about (``who``). ``read`` are the
    words that have told something already."""
    for phrase in scene.words.verbs.get(token.lemma, ()):
        used = match(frame, token, phrase.words)
        if used is None:
            continue
        verb = main_verb(frame, used)
        party = "subject" if phrase.who == "agent" and not _passive(frame, verb) else phrase.who
        if any((t.i, party) in read for t in used):
            continue
        ways = _ways(frame, verb, phrase, scene)
        if phrase.needs and not ways:
            continue
        afar = any(mode_of_way(scene.world.rules, rule) == _REMOTE for _, rule, _ in ways)
        if not phrase.needs and "..." in phrase.words and (afar or _from_afar(frame, verb, scene)):
            continue
        targets = _targets(frame, verb, used, phrase, scene)
        told = told_by(frame, verb, scene) if targets else None
        if told is None or not _fits(frame, verb, used, phrase, told, scene):
            continue
        if phrase.modality:
            told = replace(told, modality=phrase.modality)
        found = [
            seen
            for target in targets
            for seen in _sighted(frame, verb, used, phrase, target, ways, told, scene)
        ]
        if found:
            read |= {(t.i, party) for t in used}
            yield from found


def _fits(
    frame: Frame, verb: Token, used: Sequence[Token], phrase: Presiding, told: Told, scene: Scene
) -> bool:
    """Whether what a rule asks of negation and object is there."""
    ended = "elsewhere" in phrase.at or _ends(frame, used[-1])
    if phrase.denied and not (told.denied and ended):
        return False
    if phrase.who == "object" and phrase.of:
        subject = frame.subject(verb)
        beside = frame.children.get(subject.i, ()) if subject is not None else ()
        return any(t.lower in phrase.of for t in beside)
    if not phrase.thing:
        return True
    things = [t for t in frame.children.get(verb.i, ()) if t.dep == "dobj"]
    classes = {scene.world.lexicon.noun_class(t.lemma) for t in things if t.pos == "NOUN"}
    return phrase.thing in classes


def _ends(frame: Frame, token: Token) -> bool:
    """Whether the clause ends with a word: "did not go", but not "did not go far"."""
    after = frame.tokens[token.i + 1 : token.i + 2]
    return not after or after[0].lower in _CLOSING or not after[0].text[0].isalnum()


def _targets(
    frame: Frame, verb: Token, used: Sequence[Token], phrase: Presiding, scene: Scene
) -> list[Target]:
    if phrase.who == "object":
        subject = frame.subject(verb)
        own = subject and sort_of(frame, verb, subject, phrase.at, scene)
        if own:
            return [own]
    return targets_of(frame, verb, used, phrase, scene)


def _sighted(
    frame: Frame, verb: Token, used: Sequence[Token], phrase: Presiding, target: Target,
    ways: Sequence[tuple[str, str, int]], told: Told, scene: Scene,
) -> Iterator[Sighting]:  # fmt: skip
    mode, way = phrase.mode, ""
    end = max(t.end for t in used)
    spot = _spot(frame, verb, target, scene)
    if phrase.needs or mode not in {"absent", "represented"}:
        for _, rule, stop in ways:
            mode, way, end = mode_of_way(scene.world.rules, rule), rule, max(end, stop)
        if not ways and spot:
            mode = mode_of_way(scene.world.rules, spot)
    rules = tuple(filter(None, (phrase.rule, way or spot, target.rule, target.idle, *told.rules)))
    for head in _heads(frame, verb, used, phrase):
        for who in participants(frame, verb, head, scene):
            if target.token is None or not who.start <= target.token.start < who.end:
                bounds = _bounds(frame, verb, used, who, target, end)
                told_by_all = (*rules, *_envoys(who, scene))
                yield Sighting(
                    who, target, mode, way, told.modality, told.denied, *bounds, verb.start,
                    told_by_all,
                )  # fmt: skip


def _envoys(who: Participant, scene: Scene) -> tuple[str, ...]:
    return tuple(sorted(set(scene.words.envoys.values()))) if who.how == "envoy" else ()


def _of_noun(frame: Frame, noun: Token, scene: Scene) -> Iterator[Sighting]:
    """ "The absence of Anna Bolt from the summit"."""
    phrase = scene.words.nouns[noun.lower]
    owners = _owners_of(frame, noun)
    plain = Told(False, "done", ())
    for target in targets_of(frame, noun, (noun,), phrase, scene) if owners else ():
        for seen in _sighted(frame, noun, (noun,), phrase, target, (), plain, scene):
            if seen.who.name in scene.world.people:
                yield seen


def _seen(frame: Frame, scene: Scene) -> Iterator[Sighting]:
    """What somebody does before others, at the gathering of which the text has just spoken."""
    for verb in frame.tokens:
        for phrase in scene.words.seen.get(verb.lemma, ()) if verb.tag.startswith("V") else ():
            used = match(frame, verb, phrase.words)
            target = spoken_of(frame, verb, scene) if used else None
            if used is None or target is None or not target.how.startswith("sentence"):
                continue
            told = told_by(frame, verb, scene)
            if told is not None and not told.denied and told.modality == "done":
                yield from _sighted(frame, verb, used, phrase, target, (), told, scene)
                break


def _arrived(frame: Frame, scene: Scene) -> Iterator[Sighting]:
    """ "Visited on Monday", "flew in from Halden": nothing says where to."""
    for verb in frame.tokens:
        for phrase in scene.words.arrivals.get(verb.lemma, ()) if verb.tag.startswith("V") else ():
            used = match(frame, verb, phrase.words)
            if used is None or any(t.dep in _SAID for t in frame.children.get(verb.i, ())):
                continue
            told = told_by(frame, verb, scene)
            if told is not None and not told.denied and told.modality == "done":
                target = Target("place", "", "unsaid")
                yield from _sighted(frame, verb, used, phrase, target, (), told, scene)
                break


def _posted(frame: Frame, scene: Scene) -> Iterator[Sighting]:
    """ "And Anna Bolt, in the front row": a name with no verb but a place where people are at a
    gathering."""
    for prep in frame.tokens:
        phrase = scene.words.deeds.get(prep.lower)
        name = frame.tokens[prep.head]
        beside = [name, *(t for t in frame.children.get(name.i, ()) if t.dep == "appos")]
        named = any(t.pos == "PROPN" for t in beside)
        if phrase is None or prep.dep != "prep" or name.pos not in _NOMINAL or not named:
            continue
        for token in frame.children.get(prep.i, ()):
            found = (
                of_sort(frame, token, frozenset({"place"}), scene) if token.dep == "pobj" else None
            )
            if found is None or not scene.words.gatherings.where(found.value):
                continue
            at = spoken_of(frame, prep, scene)
            target = replace(found, during=at.value)
            for who in participants(frame, name, name, scene):
                yield Sighting(
                    who, target, phrase.mode, "", "done", False, who.start, token.end,
                    prep.start, (phrase.rule,),
                )  # fmt: skip


def deeds(frame: Frame, scene: Scene) -> Iterator[Sighting]:
    """Whoever does anything somewhere is there: read only where that is asked for."""
    yield from _seen(frame, scene)
    yield from _posted(frame, scene)
    yield from _arrived(frame, scene)
    for prep in frame.tokens:
        phrase = scene.words.deeds.get(prep.lower)
        if phrase is None or prep.dep != "prep":
            continue
        verb = next((t for t in frame.ancestors(prep) if t.tag.startswith("V")), None)
        if verb is None:
            continue
        loose = prep.head != verb.i  # "greeted the guests at the ceremony"
        told = None if verb.lemma in scene.world.lexicon.speech else told_by(frame, verb, scene)
        if told is None or told.denied or told.modality != "done":
            continue
        for token in frame.children.get(prep.i, ()):
            target = of_sort(frame, token, phrase.at, scene) if token.dep == "pobj" else None
            if target is not None and not (loose and target.sort != "gathering"):
                yield from _sighted(frame, verb, (verb, prep), phrase, target, (), told, scene)


# --- who ------------------------------------------------------------------------------


def _heads(frame: Frame, verb: Token, used: Sequence[Token], phrase: Presiding) -> list[Token]:
    """The tokens of those who are there."""
    own = {t.i for t in used}
    children = frame.children.get(verb.i, ())
    if not verb.tag.startswith("V"):
        return _owners_of(frame, verb)
    if phrase.who == "owner":
        return _owners(frame, frame.subject(verb), phrase)
    if phrase.who == "object":
        tied = [t for t in children if t.dep == ("attr" if phrase.of else "dobj")]
        inner = frame.children.get(used[-1].i, ()) if len(used) > 1 else ()
        return tied or [t for t in inner if t.dep == "pobj"]
    passive = _passive(frame, verb)
    if passive and used[-1].dep == "prep" and phrase.words[0] == used[-1].lower:
        subject = frame.subject(verb)  # a deed: whatever is done to them, they are there
        return [subject] if subject is not None else [frame.tokens[verb.head]]
    if passive and (phrase.words[0] != "be" or phrase.who == "agent"):
        agents = [t for t in frame.tokens[verb.i :] if t.lower == "by" and _belongs(frame, t, verb)]
        return [t for a in agents for t in frame.children.get(a.i, ()) if t.dep == "pobj"]
    if len(used) > 1 and used[1].i < verb.i:
        after = [t for t in children if t.dep in {"nsubj", "attr", "dobj"} and t.i > verb.i]
        return after[:1]
    subject = frame.subject(verb)
    if subject is None or subject.i in own:
        return []
    return [frame.tokens[subject.head] if subject.dep == "appos" else subject]


def _passive(frame: Frame, verb: Token) -> bool:
    children = frame.children.get(verb.i, ())
    return any(t.dep in {"nsubjpass", "auxpass"} for t in children) or (
        verb.dep == "acl" and verb.tag == "VBN"
    )


def _owners(frame: Frame, seat: Token | None, phrase: Presiding) -> list[Token]:
    """ "Anna Bolt's chair", "the chair of Anna Bolt"."""
    return _owners_of(frame, seat) if seat is not None and seat.lemma in phrase.of else []


def _owners_of(frame: Frame, noun: Token) -> list[Token]:
    children = frame.children.get(noun.i, ())
    found = [t for t in children if t.dep == "poss"]
    for prep in children:
        if prep.dep == "prep" and prep.lower in {"of", "for"}:
            found += [t for t in frame.children.get(prep.i, ()) if t.dep == "pobj"]
    return found


# --- how ----------------------------------------------------------------------------------------


def _ways(frame: Frame, verb: Token, phrase: Presiding, scene: Scene) -> list[tuple[str, str, int]]:
    """Value, rule and end of each word beside the verb that says how, of those that the phrase
    needs; whoever merely listens is meant only where it does."""
    offset, found = frame.sentence.start, []
    for hit in scene.words.ways.find(frame.sentence.text):
        inside = [t for t in frame.tokens if offset + hit.start <= t.start < offset + hit.end]
        wanted = hit.value in phrase.needs if phrase.needs else hit.value != _LISTENING
        if wanted and inside and _belongs(frame, inside[0], verb):
            found.append((hit.value, hit.rule, offset + hit.end))
    return found or list(_spots(frame, verb, phrase, scene))


def _from_afar(frame: Frame, verb: Token, scene: Scene) -> bool:
    """Whether somebody only watches on a screen: "followed the match from his hotel"."""
    hits = scene.words.ways.find(frame.sentence.text)
    return any(
        hit.value == _LISTENING and frame.sentence.start + hit.start > verb.start for hit in hits
    )


def _belongs(frame: Frame, token: Token, verb: Token) -> bool:
    """Whether a word stands in the clause of a verb: no other verb is nearer."""
    above = next((t for t in frame.ancestors(token) if t.tag.startswith("V")), None)
    if above == verb:
        return True
    low, high = sorted((token.i, verb.i))
    between = frame.tokens[low + 1 : high]
    return not any(t.tag.startswith("V") or t.text in {",", ";", ":"} for t in between)


def _spots(
    frame: Frame, verb: Token, phrase: Presiding, scene: Scene
) -> Iterator[tuple[str, str, int]]:
    """Like ``_ways``, for people who are addressed: "spoke to the workers in the canteen"."""
    addressed = phrase.needs and "people" in phrase.at
    for prep in frame.children.get(verb.i, ()) if addressed else ():
        rule = scene.words.spots.get(prep.lower, "")
        places = [t for t in frame.children.get(prep.i, ()) if t.dep == "pobj"] if rule else []
        for token in places:
            if of_sort(frame, token, frozenset({"place"}), scene):
                yield "in-person", rule, token.end


def _spot(frame: Frame, verb: Token, target: Target, scene: Scene) -> str:
    """The rule by which a place right behind the verb says that somebody was there."""
    if target.token is None or target.token.i > verb.i or verb.i + 1 >= len(frame.tokens):
        return ""
    after = frame.tokens[verb.i + 1]
    rule = scene.words.spots.get(after.lower, "")
    places = [t for t in frame.children.get(after.i, ()) if t.dep == "pobj"] if rule else []
    found = [of_sort(frame, t, frozenset({"place"}), scene) for t in places]
    return rule if any(found) else ""


def _bounds(
    frame: Frame, verb: Token, used: Sequence[Token], who: Participant, target: Target, end: int
) -> tuple[int, int]:
    """From the name to the last of the telling words, or the telling words alone."""
    helpers = [
        t for t in frame.children.get(verb.i, ()) if t.dep in {"aux", "neg", "auxpass"}
    ]  # fmt: skip
    start = min(t.start for t in (*used, *helpers, verb))
    end = max(end, verb.end)
    if target.token is not None:
        near = 0 <= target.token.start - end < 60 or 0 <= start - target.token.end < 40
        if near:
            start, end = min(start, target.token.start), max(end, target.token.end)
    whole = min(start, who.start), max(end, who.end)
    return whole if whole[1] - whole[0] <= 160 else (start, end)
