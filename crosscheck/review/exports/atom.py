"""An Atom feed (RFC 4287) of findings that are new or have come back to the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import uuid5

from lxml import etree

from crosscheck.model import DISAGREEING, Finding
from crosscheck.report import safe, view
from crosscheck.review import snapshot
from crosscheck.review.exports.material import Material
from crosscheck.review.states import Entry
from crosscheck.review.store import Filed

NAMESPACE = "http://www.w3.org/2005/Atom"
LIMIT = 100  # entries
FINDING = "/findings/{number}"  # a finding's place on the page
_NEVER = "1970-01-01T00:00:00+00:00"
_WORDS = {"appeared": "New", "changed": "New", "returned": "Back", "reopened": "Open again"}


@dataclass(frozen=True, slots=True)
class _News:
    filed: Filed
    entry: Entry
    finding: Finding  # as the entry tells it


def render(material: Material, base_url: str = "") -> bytes:
    """The feed, newest first. An entry tells the finding as it was at that moment and keeps its
    ``urn:uuid`` wherever the store lies, so that a reader shows it once."""
    news = list(islice(_news(material), LIMIT))
    feed = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    _add(feed, "id", material.id.urn)
    _add(feed, "title", "crosscheck: new and reopened findings")
    _add(feed, "updated", news[0].entry.at if news else _NEVER)
    _add(_add(feed, "author"), "name", "crosscheck")
    _add(feed, "generator", "crosscheck")
    if base_url:
        _add(feed, "link", rel="alternate", href=f"{base_url.rstrip('/')}/")
    for one in news:
        _entry(feed, one, material, base_url)
    made = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return bytes(made)


def _news(material: Material) -> Iterator[_News]:
    for filed, entry in reversed(list(material.entries())):
        if entry.action in _WORDS and entry.after.get("verdict") in DISAGREEING:
            quiet = entry.before.get("verdict") not in DISAGREEING
            if entry.action != "changed" or quiet:
                yield _News(filed, entry, snapshot.finding(filed.id, entry.after))


def _entry(feed: etree._Element, news: _News, material: Material, base_url: str) -> None:
    filed, entry, finding = news.filed, news.entry, news.finding
    made = _add(feed, "entry")
    _add(made, "id", uuid5(material.id, f"{filed.id} {entry.seq}").urn)
    topic, held = safe.short(finding.topic, 120), " / ".join(view.values(finding))
    _add(made, "title", f"{_WORDS[entry.action]}: {topic} ({held})")
    _add(made, "updated", entry.at)
    _add(made, "published", entry.at)
    if base_url:
        place = FINDING.format(number=filed.number)
        _add(made, "link", rel="alternate", href=f"{base_url.rstrip('/')}{place}")
    for scheme in ("kind", "verdict", "severity"):
        _add(made, "category", term=getattr(finding, scheme), scheme=f"urn:crosscheck:{scheme}")
    verdict = f"{view.WORDS[finding.verdict]}, {finding.severity}"
    _add(made, "summary", f"{verdict}: {safe.short(finding.why, 400)}")
    _add(made, "content", "\n".join(_positions(finding, material)))


def _positions(finding: Finding, material: Material) -> Iterator[str]:
    for side in view.sides(finding, material.names):
        for holder in side.holders:
            for claim in holder.claims:
                said = view.said_by(claim)
                source = f", according to {safe.short(said, 80)}" if said else ""
                text = safe.short(claim.mention.text, view.QUOTE_LIMIT)
                yield f"{side.dated}: {holder.label}, “{text}”{source}"
    if finding.advice:
        yield safe.short(finding.advice, 400)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    plain = {key: safe.xml(value) for key, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", plain)
    if text:
        child.text = safe.xml(text)
    return child
