"""What the metadata of an HTML page say: ``meta`` elements, JSON-LD, the browser title."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from crosscheck.read.book import Book
from crosscheck.read.masthead import Dated, Known
from crosscheck.read.stamps import moment, prints_clock

_TIMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle BackgroundNewsArticle AnalysisNewsArticle "
    "BlogPosting LiveBlogPosting Report OpinionNewsArticle WebPage".split()
)


def known_of(tree: Any, book: Book) -> tuple[Known, str]:
    """What the page's metadata say, and the rule that read the outlet from its title, if so."""
    data, metas = list(_linked_data(tree)), _metas(tree)
    published, dated = _published(tree, metas, data)
    window = " ".join("".join(t.itertext()) for t in tree.xpath("//head/title")[:1]).strip()
    suffix = _title_outlet(window, book)
    title, site, url = _by_metadata(tree)
    headline = _first(item.get("headline") for item in data) or metas.get("og:title", "")
    links = tree.xpath("//link[@rel='canonical']/@href")
    url = _first([*links, metas.get("og:url")]) or url
    named = _publisher(data) or metas.get("og:site_name", "")
    outlet = named or suffix or site
    bare = window[: window.rfind(suffix)].rstrip(" |-–—·•»") if suffix else window
    rule = "page.title-suffix" if suffix and not named else ""
    return Known(_clean(headline or title or bare), _clean(outlet), published, dated, url), rule


def _by_metadata(tree: Any) -> tuple[str, str, str]:
    """Title, site and address as trafilatura reads them from the head of the page."""
    from copy import deepcopy

    from lxml import etree
    from trafilatura import extract_metadata

    page = etree.Element("html")
    page.extend(deepcopy(tree.xpath("/html/head")))
    try:
        found = extract_metadata(page)
    except (ValueError, TypeError, AttributeError):
        found = None
    if found is None:
        return "", "", ""
    return found.title or "", found.sitename or "", found.url or ""


def _metas(tree: Any) -> dict[str, str]:
    """The first value of each ``meta`` element, by its lower-case name."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _published(
    tree: Any, metas: dict[str, str], data: list[dict[str, Any]]
) -> tuple[datetime | None, Dated]:
    written = [metas[name] for name in _TIMES if name in metas]
    written += [str(item["datePublished"]) for item in data if item.get("datePublished")]
    written += tree.xpath("//*[@itemprop='datePublished']/@datetime")
    written += tree.xpath("//*[@itemprop='datePublished']/@content")
    for text in written:
        found = moment(text)
        if found is not None:
            return found, "time" if prints_clock(text) else "day"
    return None, ""


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The descriptions of articles in the page's JSON-LD; what is broken there is passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            todo: list[Any] = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while todo:
            item = todo.pop(0)
            if isinstance(item, list):
                todo = [*item, *todo]
            elif isinstance(item, dict):
                todo = [*todo, item.get("@graph")]
                kinds = item.get("@type")
                if set(kinds if isinstance(kinds, list) else [str(kinds)]) & _ARTICLES:
                    yield item


def _publisher(data: list[dict[str, Any]]) -> str:
    for item in data:
        publisher = item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name
    return ""


def _title_outlet(window: str, book: Book) -> str:
    _, patterns = book.outlets["page.title-suffix"]
    for pattern in patterns:
        match = pattern.fullmatch(window)
        if match and len(match["outlet"].split()) <= 4:
            return match["outlet"].strip()
    return ""


def _first(values: Iterable[Any]) -> str:
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def _clean(text: str) -> str:
    return " ".join(text.split())
