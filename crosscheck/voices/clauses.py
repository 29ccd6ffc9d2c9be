"""Which words of a parsed sentence a speaker answers for, and by which verb or phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crosscheck.language import Token
from crosscheck.voices.speakers import Speaker, Speakers, Tree
from crosscheck.voices.vocabulary import Speech

_SUBJECTS = ("nsubj", "csubj")
_CLAUSES = ("ccomp", "xcomp")
_INHERITING = frozenset({"conj", "advcl", "xcomp", "pcomp", "acl", "dep"})
_BESIDE = frozenset({"conj", "advcl", "parataxis"})
_OWN = frozenset({"aux", "neg", "mark", "dative", "agent"})
_WHEN = frozenset({"before", "after", "when", "while", "since", "until", "as"})
_CUTS = frozenset({",", ";", ":", "(", ")", "–", "—", "."})


@dataclass(frozen=True, slots=True)
class Tag:
    """A verb of speech with its speaker, and with ``via``, who hands it on ("was quoted by X as
    saying"). ``speaks`` is False if it answers for a quotation only; one that ``weighs`` has a
    figure for its object."""

    verb: Token
    speaker: Speaker
    rule: str
    subject: int
    speaks: bool
    weighs: bool
    via: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Offsets of the words that a speaker answers for; ``outer`` lies around the others."""

    start: int
    end: int
    speaker: Speaker
    rule: str


def tags(tree: Tree, speakers: Speakers, words: Speech) -> list[Tag]:
    """The verbs of speech of a sentence that have a speaker. ``speaks`` is False for a verb that
    answers for a quotation only. Who speaks in a quotation is not whom a pronoun outside means."""
    found = []
    for verb in tree.tokens:
        roles = words.roles(verb.lemma) if verb.pos == "VERB" else {}
        tag = _tag(tree, verb, roles, speakers, words) if roles else None
        if tag is not None:
            found.append(tag)
            if not speakers.quoted(verb.start) and tag.speaks:
                speakers.last = tag.speaker
    return found


def _tag(
    tree: Tree, verb: Token, roles: dict[str, str], speakers: Speakers, words: Speech
) -> Tag | None:
    passive = tree.of(verb, "auxpass") is not None
    if passive:
        about = tree.of(verb, "nsubjpass")
        agent = tree.of(verb, "agent") if about is None or about.lower == "it" else None
        head = tree.of(agent, "pobj") if agent is not None else None
        rule = next((r for role, r in roles.items() if role != "quoting"), "")
    else:
        head, rule = _subject(tree, verb), next(iter(roles.values()))
    if head is None:
        return _quoted(tree, verb, speakers, words)
    speaker = speakers.at(tree, head) if rule else None
    if speaker is None:
        return _quoted(tree, verb, speakers, words)
    return Tag(verb, speaker, rule, head.i, _speaks(tree, verb, roles), "estimating" in roles)


def _quoted(tree: Tree, verb: Token, speakers: Speakers, words: Speech) -> Tag | None:
    """ "Bolt was quoted by the radio as saying": the subject of the passive speaks."""
    above = verb
    for _ in range(3):
        above = tree.tokens[above.head]
        rule = words.roles(above.lemma).get("quoting", "") if above.pos == "VERB" else ""
        if rule and above.i != verb.i and tree.of(above, "auxpass") is not None:
            subject, agent = tree.of(above, "nsubjpass"), tree.of(above, "agent")
            speaker = speakers.at(tree, subject) if subject is not None else None
            by = tree.of(agent, "pobj") if agent is not None else None
            if speaker is None or subject is None:
                return None
            via = speakers.at(tree, by) if by is not None else None
            return Tag(verb, speaker, rule, subject.i, True, False, via)
    return None


def _subject(tree: Tree, verb: Token) -> Token | None:
    """The subject of a verb, or of the verb with which it goes."""
    at = verb
    for _ in range(4):
        own = tree.of(at, *_SUBJECTS)
        if own is not None:
            return own if own.lower not in {"who", "which", "that"} else _antecedent(tree, at)
        if at.dep == "relcl":
            return tree.tokens[at.head]
        if at.dep not in _INHERITING or at.head == at.i:
            return None
        at = tree.tokens[at.head]
        if at.pos == "ADP" and at.head != at.i:
            at = tree.tokens[at.head]
        if at.pos not in {"VERB", "AUX"} or tree.of(at, "auxpass") is not None:
            return None
    return None


def _antecedent(tree: Tree, verb: Token) -> Token | None:
    return tree.tokens[verb.head] if verb.dep == "relcl" else None


def _speaks(tree: Tree, verb: Token, roles: dict[str, str]) -> bool:
    """Whether the verb merely says so: "reported that", but not "reported a profit of"; "put the
    damage at 30 million", but not "put in an appearance"."""
    if "saying" in roles:
        return True
    if "reporting" in roles and tree.of(verb, "ccomp") is not None:
        return True
    if "estimating" not in roles:
        return False
    return any(t.pos == "NUM" and t.i > verb.i for t in tree.subtree(verb))


def stretches(tree: Tree, found: Sequence[Tag]) -> Iterator[Stretch]:
    """The words for which the speakers of a sentence answer, as the parse has it."""
    by_verb = {tag.verb.i: tag for tag in found}
    for tag in found:
        if tag.speaks:
            inside = [t for t in tree.tokens if _answers(tree, tag, t, by_verb)]
            for start, end in _runs(inside):
                if tag.via is not None:
                    yield Stretch(start, end, tag.via, tag.rule)
                yield Stretch(start, end, tag.speaker, tag.rule)


def _answers(tree: Tree, tag: Tag, token: Token, by_verb: dict[int, Tag]) -> bool:
    """Whether a token depends on the verb by another way than its subject, and not on a verb of
    speech that merely stands beside it ("police said A, but the union said B")."""
    verb, at = tag.verb, token
    spoken = False
    for _ in range(len(tree.tokens)):
        if at.i == verb.i:
            return token.i != verb.i
        other = by_verb.get(at.i)
        spoken = spoken or (other is not None and other.speaks and other.subject != tag.subject)
        if at.i == tag.subject and at.head == verb.i:
            return False
        if at.head == at.i:
            break
        above = tree.tokens[at.head]
        if above.i == verb.i and (
            at.dep in _OWN or (spoken and at.dep in _BESIDE) or _is_aside(tree, tag, at)
        ):
            return False
        at = above
    return verb.dep == "parataxis" and _beside(tree, verb, token)


def _is_aside(tree: Tree, tag: Tag, token: Token) -> bool:
    """When, where or to whom it was said, beside a clause that holds what was said."""
    if tag.weighs or tree.of(tag.verb, "ccomp") is None:
        return False
    mark = tree.of(token, "mark", "advmod") if token.dep == "advcl" else None
    return (mark is not None and mark.lower in _WHEN) or token.dep in {
        "prep",
        "npadvmod",
        "advmod",
        "dobj",
    }


def _beside(tree: Tree, verb: Token, token: Token) -> bool:
    """ "Ten, officials say, died": a verb of speech set into what it says."""
    own = {t.i for t in tree.subtree(verb)}
    return tree.of(verb, "ccomp") is None and token.i not in own


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The offsets of tokens that follow each other; mere punctuation is left out."""
    for _, group in groupby(enumerate(tokens), key=lambda item: item[1].i - item[0]):
        run = [token for _, token in group]
        if any(token.text.isalnum() for token in run):
            yield run[0].start, run[-1].end


def sourced(tree: Tree, speakers: Speakers, words: Speech) -> Iterator[tuple[str, Stretch]]:
    """ "According to X" and "citing X", each with its role: the whole sentence is X's word."""
    sentence = tree.sentence
    for match in words.phrases.finditer(sentence.text):
        phrase = " ".join(match.group().lower().split())
        role, rule = words.phrase_of[phrase]
        speaker, end = _after(tree, speakers, sentence.start + match.end())
        if speaker is None:
            continue
        start = sentence.start + match.start()
        if sentence.start < start:
            yield role, Stretch(sentence.start, start, speaker, rule)
        if end < sentence.end:
            yield role, Stretch(end, sentence.end, speaker, rule)


def _after(tree: Tree, speakers: Speakers, offset: int) -> tuple[Speaker | None, int]:
    """The source named from an offset on and where its name ends."""
    phrase: list[Token] = []
    for token in tree.tokens:
        if token.start < offset:
            continue
        if (token.text in _CUTS or token.pos in {"VERB", "AUX"}) and phrase:
            break
        if token.pos == "PRON" and phrase:
            break
        phrase.append(token)
    if not phrase:
        return None, offset
    inside = {t.i for t in phrase}
    heads = [t for t in phrase if t.head not in inside and t.pos not in {"X", "DET"}]
    head = heads[0] if heads else phrase[-1]
    return speakers.at(tree, head), phrase[-1].end
