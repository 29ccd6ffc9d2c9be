"""HTML pages as text with the roles of its blocks, and what their metadata say.

The article is looked for in ``<article>`` and ``<main>`` with a pass of its own that keeps every
paragraph, the headline and the standfirst, and keeps asides as furniture; where a page has neither,
trafilatura finds the main content. Nothing is fetched and no script is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crosscheck.read.book import Book
from crosscheck.read.lines import Line
from crosscheck.read.masthead import Known
from crosscheck.read.metadata import known_of
from crosscheck.read.stamps import moment

_DROPPED = frozenset(
    "script style noscript template svg math form button iframe select input textarea object embed "
    "video audio canvas dialog head map".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul br".split()
)
_HINTS = {
    "h1": "headline",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "crosshead"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    "p": "text",
    "blockquote": "text",
    "tr": "row",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class _Block:
    """A block of text of the page: what it is, by which rule, and how much of it is a link."""

    tag: str
    hint: str
    rule: str
    inside: bool
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    moment: datetime | None = None

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split()).removesuffix(" |")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The page as read: its text, paragraphs set apart by blank lines, and the lines in it."""

    text: str
    lines: tuple[Line, ...]
    known: Known
    rules: frozenset[str] = frozenset()


def read_html(source: str, book: Book) -> HtmlPage:
    """Reads a page.

    Raises:
        ValueError: nothing in it can be parsed as HTML.
    """
    tree = _parse(source)
    known, suffix = known_of(tree, book)
    container, rule = _container(tree, book)
    if container is None:
        blocks = _by_trafilatura(tree, book)
    else:
        blocks = _of_container(list(_blocks(tree, container, book)))
    blocks = [block for block in blocks if block.text]
    _mark_links(blocks, book)
    _put_headline(blocks, known.title)
    text, lines = _laid_out(blocks)
    title = next((b.text for b in blocks if b.hint == "headline"), known.title)
    known = Known(title, known.outlet, known.published, known.dated, known.url)
    return HtmlPage(text, lines, known, frozenset({rule, suffix} - {""}))


def _parse(source: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    raw = source.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = lxml_html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, AssertionError) as error:
        raise ValueError(f"not HTML: {error}") from error
    return tree


# -- the article


def _container(tree: Any, book: Book) -> tuple[Any, str]:
    """The innermost ``article`` or ``main`` that holds nearly all of the paragraphs, or None, and
    the rule by which it was found."""
    found = tree.xpath("//article | //main | //*[@role='main'] | //*[@itemprop='articleBody']")
    wide = _widest([(element, _paragraph_size(element)) for element in found], book)
    if wide:
        broad = [e for e in wide if e.get("itemprop") != "articleBody"]
        return (broad or wide)[-1], "page.container"
    rule, pattern = next(item for item in book.markup if item[0].string("role") == "container")
    named = [e for e in tree.iter("div", "section", "td") if pattern.search(_names(e))]
    wide = _widest([(element, _text_size(element)) for element in named], book)
    return (wide[-1], rule.id) if wide else (None, "")


def _widest(sized: list[tuple[Any, int]], book: Book) -> list[Any]:
    """The elements that hold nearly as much as the one that holds most."""
    best = max((size for _, size in sized), default=0)
    if best < book.size("container", "characters"):
        return []
    return [element for element, size in sized if size >= book.size("container", "share") * best]


def _paragraph_size(element: Any) -> int:
    paragraphs = element.iter("p")
    return sum(len("".join(p.itertext()).strip()) for p in paragraphs if not _is_beside(p, element))


def _text_size(element: Any) -> int:
    loose = [c.tail or "" for c in element.iter() if c is not element and c.tag in ("br", "p")]
    own = len((element.text or "").strip()) + sum(len(text.strip()) for text in loose)
    return own + _paragraph_size(element)


def _is_beside(element: Any, top: Any) -> bool:
    for above in element.iterancestors():
        if above is top:
            return False
        if above.tag in ("nav", "aside", "footer"):
            return True
    return False


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _blocks(tree: Any, container: Any, book: Book) -> Iterator[_Block]:
    """The blocks of the page in their order; iterative, since pages nest deeply."""
    from lxml import etree

    walk = _Walk(container, book)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        done = walk.step(element, event == "start")
        if done is not None:
            yield done
    yield walk.now


class _Walk:
    """Where a walk over the page stands: the block being filled, and what encloses it."""

    def __init__(self, container: Any, book: Book) -> None:
        self.container, self.book = container, book
        self.now = _Block("body", "", "", False)
        self.roles: list[tuple[str, str, str]] = [("", "", "")]
        self.dropped = self.links = self.inside = 0

    def step(self, element: Any, starts: bool) -> _Block | None:
        """Takes the start or the end of an element in; the block that is full by that, if any."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _DROPPED or _is_hidden(element):
            self.dropped += 1 if starts else -1
            self._add("" if starts else element.tail)
            return None
        if self.dropped:
            return None
        done = self._enter_or_leave(element, tag, starts)
        if starts and tag == "time" and element.get("datetime"):
            self.now.moment = moment(element.get("datetime"))
        self._add(element.text if starts else element.tail)
        return done

    def _enter_or_leave(self, element: Any, tag: str, starts: bool) -> _Block | None:
        step = 1 if starts else -1
        self.inside += step if element is self.container else 0
        self.links += step if tag == "a" else 0
        if starts:
            self.roles.append(_role(element, tag, self.roles[-1], self.book))
        else:
            self.roles.pop()
        role = self.roles[-1]
        if tag in ("td", "th") and role[1] == "row":
            self.now.parts.append("" if starts or not self.now.text else " | ")
            return None
        if tag not in _BLOCKS and role[1:] == (self.now.hint, self.now.rule):
            return None
        done = self.now
        self.now = _Block(*role, self.inside > 0 or element is self.container)
        return done

    def _add(self, text: str | None) -> None:
        if text and not self.dropped:
            self.now.parts.append(text)
            self.now.linked += len(text.strip()) if self.links else 0


def _is_hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _role(element: Any, tag: str, above: tuple[str, str, str], book: Book) -> tuple[str, str, str]:
    """Tag, hint and rule for what stands in an element; furniture stays so all the way down."""
    if above[1] == "furniture" or tag in ("html", "body", "br"):
        return (tag, above[1], above[2])
    role, rule = _named_role(element, tag, book)
    if role == "content":
        return (tag, "", rule)
    rule = rule or (above[2] if above[1] in ("", "item", "crosshead", "text", "row") else "")
    if role in ("furniture", "standfirst", "meta", "caption") and tag not in (
        "article",
        "main",
        "h1",
    ):
        return (tag, role, rule)
    hint = _HINTS.get(tag, "")
    if tag == "tr" and element.find(".//p") is not None:
        hint = ""  # a table that lays out the page
    kept = above[1] in ("standfirst", "meta", "caption", "headline", "crosshead", "item", "row")
    if hint and not (kept and hint == "text"):
        return (tag, hint, rule)
    return (tag, above[1], above[2])


def _named_role(element: Any, tag: str, book: Book) -> tuple[str, str]:
    names = _names(element)
    for rule, pattern in book.markup:
        role = rule.string("role")
        if role == "container":
            continue
        if tag in rule.strings("tags") or (names.strip() and pattern.search(names)):
            return role, rule.id
    return "", ""


def _of_container(blocks: list[_Block]) -> list[_Block]:
    """The blocks of the article, and what stands between a headline above it and its start."""
    first = next((i for i, block in enumerate(blocks) if block.inside and block.text), len(blocks))
    inside = [block for block in blocks[first:] if block.inside]
    if any(block.hint == "headline" for block in inside):
        return inside
    above = [i for i, b in enumerate(blocks[:first]) if b.hint == "headline" and b.text]
    return [*blocks[above[-1] : first], *inside] if above else inside


def _by_trafilatura(tree: Any, book: Book) -> list[_Block]:
    """The blocks between the first and the last that trafilatura takes for main content, and what
    stands between a headline above them and the first."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    blocks = [b for b in _blocks(tree, tree, book) if b.text]
    found = bare_extraction(
        deepcopy(tree), favor_recall=True, include_comments=False, with_metadata=False
    )
    main = _squeezed(getattr(found, "text", None) or "")
    kept = [i for i, b in enumerate(blocks) if len(b.text) > 24 and _squeezed(b.text) in main]
    if not kept:
        return blocks
    above = [i for i, b in enumerate(blocks[: kept[0]]) if b.hint == "headline"]
    return blocks[above[-1] if above else kept[0] : kept[-1] + 1]


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _mark_links(blocks: Iterable[_Block], book: Book) -> None:
    """Blocks that are links as a whole are teasers, unless they are sentences."""
    share = book.size("links", "share")
    for block in blocks:
        text = block.text
        teaser = block.hint in ("item", "crosshead", "text", "") and text[-1:] != "."
        if teaser and block.linked >= share * len(text.replace(" ", "")):
            block.hint, block.rule = "furniture", "page.links"


def _put_headline(blocks: list[_Block], title: str) -> None:
    """A page without a first heading still has the headline of its metadata."""
    heads = [block for block in blocks if block.hint == "headline"]
    for block in heads[1:]:
        block.hint = "headline" if block.text == heads[0].text else "crosshead"
    if heads or not title:
        return
    same = next((block for block in blocks[:8] if block.text == title), None)
    if same is not None:
        same.hint = "headline"
    elif blocks and len(title.split()) > 2:
        blocks.insert(0, _Block("h1", "headline", "", True, [title]))


def _laid_out(blocks: Iterable[_Block]) -> tuple[str, tuple[Line, ...]]:
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    previous = ""
    for block in blocks:
        text = block.text
        close = block.hint == previous and block.hint in ("item", "row")
        gap = "" if not parts else "\n" if close else "\n\n"
        at += len(gap)
        rule = block.rule
        lines.append(
            Line(at, at + len(text), text, not close, False, block.hint, block.moment, rule)
        )
        parts += [gap, text]
        at += len(text)
        previous = block.hint
    return "".join(parts) + ("\n" if parts else ""), tuple(lines)
