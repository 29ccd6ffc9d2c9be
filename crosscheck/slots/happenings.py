"""What a time expression dates: the event, which part of it, and whose.

The expression's governor in the parse decides. An event noun is the event itself ("the fire of
15 April"); with a verb that only says that it began, ended or took place, its subject or object is
("the fire broke out at 18:50"); else the verb names the event ("resigned on Monday").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crosscheck.language import Token
from crosscheck.slots.event_words import Event, Events
from crosscheck.slots.frames import Frame
from crosscheck.slots.vocabulary import Vocabulary

_CLIMB = 10
_REACH = 5
_NOMINAL = frozenset({"pobj", "dobj", "nsubj", "nsubjpass"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Happening:
    """An event read from a sentence.

    ``aspect`` is ``occur``, ``start`` or ``end``; ``core`` the event noun, if one names it;
    ``actor`` and ``thing`` are the tokens of subject and object as far as they matter; ``how``
    tells by what the event was found: noun, subject, verb, lasting, speech, or lemma for a verb
    that no rule lists.
    """

    event: str
    aspect: str
    noun: str
    who: str
    often: bool
    how: str
    rules: tuple[str, ...]
    verb: Token | None
    actor: Token | None = None
    thing: Token | None = None
    modality: str = "done"
    tense: str = ""
    denied: bool = False
    core: Token | None = None


def happening(
    frame: Frame, start: int, end: int, events: Events, since: bool = False
) -> Happening | None:
    """The event that the expression from ``start`` to ``end`` (offsets of the article) dates;
    ``since`` tells that something lasts from then on."""
    top = _top(frame, start, end)
    if top is None:
        return None
    governor = _governor(frame, top, events)
    if governor is None:
        return None
    if since and governor.lemma in events.lasting:
        subject = _referent(frame, _subject(frame, governor), governor)
        event = events.lasting[governor.lemma]
        return _happening(frame, governor, events, event, "occur", "lasting", (), subject)
    if _is_predicate(frame, governor):
        return _of_verb(frame, governor, events)
    return _of_noun(frame, governor, events)


def _top(frame: Frame, start: int, end: int) -> Token | None:
    """The token of the expression on which all its others hang."""
    inside = [t for t in frame.tokens if t.start < end and t.end > start and t.text.strip()]
    own = {t.i for t in inside}
    return next((t for t in inside if t.head not in own or t.head == t.i), None)


def _governor(frame: Frame, top: Token, events: Events) -> Token | None:
    """The verb or event noun above; an adverbial that hangs on a plain noun belongs to its verb."""
    if top.head == top.i:
        return _root_event(frame, top, events)
    token = frame.tokens[top.head]
    for _ in range(_CLIMB):
        if _is_predicate(frame, token):
            return token
        if _is_event(token, events) and not _is_goal(frame, token):
            return token
        if token.head == token.i:
            return _root_event(frame, token, events)
        token = frame.tokens[token.head]
    return None


def _is_predicate(frame: Frame, token: Token) -> bool:
    """A verb, or a word tagged otherwise that has a subject ("the dam burst")."""
    if token.pos in {"VERB", "AUX"}:
        return True
    return any(t.dep in {"nsubj", "nsubjpass"} for t in frame.children.get(token.i, ()))


def _is_goal(frame: Frame, noun: Token) -> bool:
    """'Called to a crash at eight' dates the call."""
    return noun.dep == "pobj" and frame.tokens[noun.head].lower in {"to", "at"}


def _root_event(frame: Frame, root: Token, events: Events) -> Token | None:
    """In a sentence without a verb, the event noun or participle that stands alone."""
    if _is_predicate(frame, root) or root.lemma in events.nouns:
        return root
    near = [t for t in frame.children.get(root.i, ()) if t.dep in {"acl", "relcl", "ROOT"}]
    return next((t for t in near if t.pos == "VERB"), None)


def _of_noun(frame: Frame, noun: Token, events: Events) -> Happening:
    event = events.nouns[noun.lemma]
    above = frame.tokens[noun.head]
    aspect, rule = "occur", ""
    if noun.dep in {"nsubj", "nsubjpass"} and above.pos in {"VERB", "AUX"}:
        aspect, rule = _aspect(frame, above, events) or ("occur", "")
    elif noun.dep == "pobj" and above.lower == "of":
        outer = frame.tokens[above.head]
        aspect, rule = events.aspects.get(outer.lemma, ("occur", ""))
    verb = above if above.pos in {"VERB", "AUX"} else None
    owner = owner_of(frame, noun)
    if owner is None and noun.dep == "dobj" and above.lemma in events.light:
        owner = _referent(frame, _subject(frame, above), above)  # "made an emergency landing"
    found = _happening(frame, verb, events, event, aspect, "noun", (rule,), owner)
    return replace(found, core=noun)


def owner_of(frame: Frame, noun: Token) -> Token | None:
    """Whose: "the resignation of Bolt", "Bolt's resignation"."""
    for child in frame.children.get(noun.i, ()):
        if child.dep == "poss":
            return child
        if child.lower == "of" and child.dep == "prep":
            inner = frame.children.get(child.i, ())
            return next((t for t in inner if t.dep == "pobj"), None)
    return None


def _of_verb(frame: Frame, verb: Token, events: Events) -> Happening | None:
    subject, thing, passive = _subject(frame, verb), _object(frame, verb), _passive(frame, verb)
    aspect = _aspect(frame, verb, events)
    noun = _event_noun(frame, verb, subject, thing, events)
    if noun is not None and (aspect or verb.lemma in events.light):
        part, rule = aspect or ("occur", "event.light")
        event = events.nouns[noun.lemma]
        before = subject is not None and noun.i <= subject.i
        owner = owner_of(frame, noun)
        if not before and (owner is None or owner.tag == "PRP$"):  # "cast his ballot"
            owner = _referent(frame, subject, verb)
        found_noun = _happening(frame, verb, events, event, part, "subject", (rule,), owner)
        return replace(found_noun, core=noun)
    subject, thing = _referent(frame, subject, verb), _referent(frame, thing, verb)
    match = _game(frame, verb, events)
    found = match or _listed(frame, verb, subject, events)
    if found is not None:
        patient = subject if passive or _suffers(frame, verb, thing) else thing
        actor = patient if found.who == "patient" else subject
        used = ("event.game",) if match else ()
        return _happening(frame, verb, events, found, "occur", "verb", used, actor, thing)
    if verb.lemma in events.speech:
        plain = Event("speech", "event.speech", "statement", "subject", True, frozenset())
        return _happening(frame, verb, events, plain, "occur", "speech", (), subject)
    return _unlisted(frame, verb, events, subject, thing, passive)


def _suffers(frame: Frame, verb: Token, thing: Token | None) -> bool:
    """Whether the subject of a verb without an object is what it happens to: "the mill closes"."""
    clauses = {"xcomp", "ccomp"}
    return thing is None and not any(t.dep in clauses for t in frame.children.get(verb.i, ()))


def _unlisted(
    frame: Frame, verb: Token, events: Events, subject: Token | None, thing: Token | None,
    passive: bool,
) -> Happening | None:  # fmt: skip
    if verb.lemma in {"be", "have", "do"}:
        return None
    state = events.words.state_of(verb.lemma, "VERB")
    name = f"state:{state.name}" if state else f"verb:{verb.lemma}"
    rule = state.rule if state else ""
    event = Event(name, rule, verb.lemma, "subject", True, frozenset())
    doer, done = (None, subject) if passive else (subject, thing)
    return _happening(frame, verb, events, event, "occur", "lemma", (), doer, done)


def _happening(
    frame: Frame,
    verb: Token | None,
    events: Events,
    event: Event,
    aspect: str,
    how: str,
    rules: Sequence[str],
    actor: Token | None,
    thing: Token | None = None,
) -> Happening:
    modality, modal_rule = verb_modality(frame, verb, events.modal)
    used = tuple(rule for rule in (event.rule, *rules, modal_rule) if rule)
    return Happening(
        event.name, aspect, event.noun, event.who, event.often, how, used, verb,
        actor, thing, modality, _tense(frame, verb, modality),
        _denied(frame, verb),
    )  # fmt: skip


def _event_noun(
    frame: Frame, verb: Token, subject: Token | None, thing: Token | None, events: Events
) -> Token | None:
    if subject is not None:
        subject = _above_relative(frame, subject, verb, events)
        if _is_event(subject, events):
            return subject
    if verb.lemma not in events.light:
        return None
    if thing is not None and _is_event(thing, events):
        return thing
    for prep in frame.children.get(verb.i, ()):
        if prep.dep == "prep" and prep.lower in {"in", "into", "to", "through"}:
            for inner in frame.children.get(prep.i, ()):
                if inner.dep == "pobj" and _is_event(inner, events):
                    return inner
    return None


def _above_relative(frame: Frame, subject: Token, verb: Token, events: Events) -> Token:
    """ "The elections to the council of Halden, which took place on Sunday": the nearest event
    in the chain of nouns before a relative pronoun."""
    if not _is_relative(subject) or verb.dep != "relcl":
        return subject
    for above in (frame.tokens[verb.head], *frame.ancestors(frame.tokens[verb.head])):
        if above.pos in {"VERB", "AUX"} or _is_event(above, events):
            return above
    return subject


def _is_relative(token: Token | None) -> bool:
    return token is not None and token.lower in _RELATIVE


def _is_event(token: Token, events: Events) -> bool:
    noun = token.pos in {"NOUN", "PROPN"} or (token.pos == "ADJ" and token.dep in _NOMINAL)
    return noun and token.lemma in events.nouns


def _aspect(frame: Frame, verb: Token, events: Events) -> tuple[str, str] | None:
    for rest, aspect, rule in events.aspect_phrases.get(verb.lemma, ()):
        if _follows(frame, verb, rest):
            return aspect, rule
    return events.aspects.get(verb.lemma)


def _listed(frame: Frame, verb: Token, subject: Token | None, events: Events) -> Event | None:
    for rest, event in events.phrases.get(verb.lemma, ()):
        if _follows(frame, verb, rest) and _fits(frame, event, subject, events):
            return event
    listed = events.verbs.get(verb.lemma, ())
    return next((event for event in listed if _fits(frame, event, subject, events)), None)


def _fits(frame: Frame, event: Event, subject: Token | None, events: Events) -> bool:
    """Whether the subject is a thing to which the event can happen; prices fall otherwise."""
    if not event.subjects:
        return True
    if subject is None:
        return False
    if subject.pos != "PROPN":
        return bool({subject.lemma, events.words.noun_class(subject.lemma)} & event.subjects)
    below = frame.subtree(subject)  # a model: "the Vulta 146, operated as flight VK 12"
    return any(t.tag == "CD" and t.head == subject.i for t in below) and any(
        {t.lemma, events.words.noun_class(t.lemma)} & event.subjects
        for t in below
        if t.pos == "NOUN"
    )


def _game(frame: Frame, verb: Token, events: Events) -> Event | None:
    """Teams that meet or play "in the final" have a match and no meeting."""
    if verb.lemma not in events.games:
        return None
    own = frame.children.get(verb.i, ())
    things = [t for t in own if t.dep in {"dobj", "prep"}]
    tied = [*own, *(t for thing in things for t in frame.children.get(thing.i, ()))]
    inner = [t for prep in tied if prep.dep == "prep" for t in frame.children.get(prep.i, ())]
    nouns = [events.nouns[t.lemma] for t in inner if _is_event(t, events)]
    return next((event for event in nouns if event.rule == "event.match"), None)


def _follows(frame: Frame, verb: Token, rest: str) -> bool:
    near = frame.tokens[verb.i + 1 : verb.i + 1 + _REACH]
    words = [t.lower for t in near]
    wanted = rest.split()
    for i in range(len(words) - len(wanted) + 1):
        if words[i : i + len(wanted)] == wanted and (not i or not _governs(frame, near[i])):
            return True
    return False


def _governs(frame: Frame, token: Token) -> bool:
    """Whether a word is no particle but a preposition with its noun: "went down off the coast"."""
    return any(t.dep == "pobj" for t in frame.children.get(token.i, ()))


def _subject(frame: Frame, verb: Token) -> Token | None:
    subject = frame.subject(verb)
    if subject is not None and subject.dep == "appos":
        subject = frame.tokens[subject.head]
    if subject is not None and subject.i < verb.i:
        subject = _end_of_phrase(frame, subject, verb)
    if subject is None and verb.dep in {"acl", "relcl"}:
        return frame.tokens[verb.head]
    return subject


def _end_of_phrase(frame: Frame, subject: Token, verb: Token) -> Token:
    """The noun that ends "the magnitude 6.1 quake", where the parser took one within it."""
    between = frame.tokens[subject.i + 1 : verb.i]
    whole = 0 < len(between) <= 3 and all(t.tag in {"CD", "NN", "JJ"} for t in between)
    return between[-1] if whole and between[-1].tag == "NN" else subject


def _referent(frame: Frame, token: Token | None, verb: Token | None) -> Token | None:
    """Whom a relative pronoun stands for."""
    if token is None or not _is_relative(token):
        return token
    for _ in range(4):
        if verb is None or verb.dep == "relcl":
            break
        verb = frame.tokens[verb.head] if verb.dep in {"conj", "xcomp"} else None
    return _bearer(frame, frame.tokens[verb.head], token.lower) if verb is not None else None


def _bearer(frame: Frame, noun: Token, pronoun: str) -> Token:
    """'Bolt, head of the council, who resigned': a council is no who, and the head is Bolt."""
    if pronoun != "who" or noun.pos == "PROPN":
        return noun
    for above in frame.ancestors(noun):
        if above.pos == "PROPN":
            return above
        if above.pos in {"VERB", "AUX"}:
            break
    return noun


def _object(frame: Frame, verb: Token) -> Token | None:
    children = frame.children.get(verb.i, ())
    return next((t for t in children if t.dep in {"dobj", "attr"}), None)


def _passive(frame: Frame, verb: Token) -> bool:
    children = frame.children.get(verb.i, ())
    return any(t.dep in {"auxpass", "nsubjpass"} for t in children) or (
        verb.dep == "acl" and verb.tag == "VBN"
    )


def _chain(frame: Frame, verb: Token) -> Iterator[Token]:
    """The verb and those that govern it as an infinitive or through coordination."""
    yield verb
    for above in frame.ancestors(verb):
        if verb.dep not in {"xcomp", "conj"}:
            return
        yield above
        verb = above


def verb_modality(frame: Frame, verb: Token | None, words: Vocabulary) -> tuple[str, str]:
    """Whether what a verb tells is done, planned or possible, and the rule that says so."""
    if verb is None:
        return "done", ""
    for i, link in enumerate(_chain(frame, verb)):
        for child in frame.children.get(link.i, ()):
            if child.text == "May" and child.i:
                continue  # the month
            if child.dep == "aux" and child.lower in {*words.modal_words, "should", "must"}:
                return words.modal_words.get(child.lower, ("planned", "modality.future"))
            if child.lower in words.modal_words and child.pos == "ADJ":
                return words.modal_words[child.lower]
        if i and (link.lemma in words.modal_verbs or link.lower in words.modal_words):
            return words.modal_verbs.get(link.lemma) or words.modal_words[link.lower]
    before = frame.tokens[max(0, verb.i - 3) : verb.i + 1]
    marks = words.modal_phrases.find(frame.text(before[0].start, before[-1].end))
    return (marks[0].value, marks[0].rule) if marks else ("done", "")


def _tense(frame: Frame, verb: Token | None, modality: str) -> str:
    if modality == "planned":
        return "future"
    return "past" if verb is not None and verb.tag in {"VBD", "VBN"} else ""


def _denied(frame: Frame, verb: Token | None) -> bool:
    children = frame.children.get(verb.i, ()) if verb is not None else ()
    return any(t.dep == "neg" or t.lower in {"never", "not", "n't"} for t in children)
