"""The HTML page and its pictures, by their structure; a browser looks at it elsewhere."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as parser
from report_builder import (
    KILOMETRE,
    TOPICS,
    about,
    at_least,
    between,
    exact,
    fire,
    more_than,
    on,
    said,
)

from crosscheck.model import Article, Finding, Position, Report, Zone
from crosscheck.report import render
from crosscheck.report.passages import LIMIT, Back, Passage, marked
from crosscheck.report.picture import Picture, pictures
from crosscheck.report.view import sides
from crosscheck.values.interval import Interval
from crosscheck.values.moments import Moment, TimeOfDay
from crosscheck.values.units import Unit

SVG = "{http://www.w3.org/2000/svg}"


def page(report: Report) -> Any:
    return parser.document_fromstring(render(report, "html").encode())


@pytest.fixture(scope="module")
def fire_page() -> Any:
    return page(fire(12))


def one_article(text: str, topic: str = "topic", url: str = "") -> Report:
    """A report of one finding in one article, which quotes the whole of it."""
    claim = said("a", text, text)
    finding = Finding("f", "quote", topic, "conflict", "high", topic, (Position(text, (claim,)),))
    return Report((Article("a", text, text, text, text, url=url),), (finding,))


# What a page is


def test_every_id_is_unique_and_every_link_has_a_target(fire_page: Any) -> None:
    ids = Counter(fire_page.xpath("//@id"))
    assert [id for id, number in ids.items() if number > 1] == []
    targets = {link[1:] for link in fire_page.xpath("//a/@href") if link.startswith("#")}
    assert targets
    assert targets <= set(ids)


def test_every_claim_links_to_its_passage(fire_page: Any) -> None:
    report = fire(12)
    for finding in report.findings:
        section = fire_page.get_element_by_id(f"finding-{finding.id}")
        links = section.xpath(".//a[@class='said']")
        assert len(links) == sum(len(position.claims) for position in finding.positions)
        for link in links:
            mark = fire_page.get_element_by_id(link.get("href")[1:])
            assert mark.tag == "mark"
            assert mark.text_content().startswith(link.find(".//b").text)
    assert {link.get("href") for link in fire_page.xpath("//a[@class='back']")} >= {
        f"#finding-{finding.id}" for finding in report.findings
    }


def test_the_matrix_has_scoped_headers_and_a_cell_for_each_account(fire_page: Any) -> None:
    table = fire_page.xpath("//table")[0]
    assert len(table.xpath(".//thead//th[@scope='col']")) == 13
    for row in table.xpath(".//tbody/tr"):
        assert len(row.xpath("./th[@scope='row']")) == 1
        assert len(row.xpath("./td")) == 12
        assert all(cell.text_content().strip() for cell in row.xpath("./td"))


def test_positions_are_told_apart_without_colour(fire_page: Any) -> None:
    section = fire_page.get_element_by_id("finding-q-hurt")
    letters = [badge.text for badge in section.xpath(".//p[@class='position']/span[1]")]
    assert letters == ["A", "B", "C", "·"]
    assert "conflict" in section.xpath(".//p[@class='tags']")[0].text_content()


def test_agreement_is_folded_away(fire_page: Any) -> None:
    folded = fire_page.xpath("//details[not(@open)]//article[contains(@class,'finding')]/@id")
    assert set(folded) == {"finding-q-smoke", "finding-q-stalls"}


def test_differing_letters_are_marked(fire_page: Any) -> None:
    section = fire_page.get_element_by_id("finding-q-chief")
    assert [u.text_content() for u in section.xpath(".//strong//u")] == ["h", "ts", "g"]


def test_events_have_matrices_of_their_own() -> None:
    report = fire(5)
    first, *others = report.events
    events = {first: "another fire", **dict.fromkeys(others, "the fire")}
    told = page(replace(report, events=events))
    assert told.xpath("//h3[@class='event']/bdi/text()") == ["another fire", "the fire"]


def test_an_event_named_after_an_article_has_its_title() -> None:
    report = fire(5)
    first, second, *_ = report.articles
    events = {**dict.fromkeys(report.events, first.id), second.id: second.id}
    titles = page(replace(report, events=events)).xpath("//h3[@class='event']/bdi/text()")
    assert titles == [first.title, second.title]


# Safety


def test_the_policy_allows_only_the_style_and_script_of_the_page(fire_page: Any) -> None:
    policy = fire_page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    source = render(fire(12), "html")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("report", [fire(2), fire(12)])
def test_nothing_is_fetched_and_no_handler_is_inline(report: Report) -> None:
    told = page(report)
    assert told.xpath("//link | //img | //iframe | //object | //embed | //base") == []
    assert told.xpath("//@src | //@srcset | //@style") == []
    names = {str(name) for e in told.iter() for name in e.attrib}
    assert not any(name.startswith("on") for name in names)
    assert "url(" not in render(report, "html")
    assert "@import" not in render(report, "html")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</script></style><img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)> ' onmouseover='x",
        "{{ 7 * 7 }} {% include 'x' %} ${7*7}",
        "<!-- --> ]]> &amp; &#x3c;b&#x3e;",
    ],
)
def test_markup_in_articles_stays_text(text: str) -> None:
    told = page(one_article(text, text))
    assert len(told.xpath("//script")) == 1
    assert told.xpath("//img | //*[@onload] | //*[@onerror] | //*[@onmouseover]") == []
    assert told.xpath("//div[@class='text']")[0].text_content().strip().startswith(text)
    assert told.xpath("//h3/bdi")[0].text_content() == text


def test_direction_overrides_are_shown_and_isolated() -> None:
    source = render(one_article("Minister \u202eykstneraM\u202c said \x1b[31m"), "html")
    assert not re.search("[\u202a-\u202e\x1b]", source)
    told = parser.document_fromstring(source)
    shown = told.xpath("//div[@class='text']//span[@class='ctl']/text()")
    assert shown == ["U+202E", "U+202C", "U+001B"]
    assert all(
        "Minister" not in (e.text or "")
        for e in told.xpath("//h3 | //p | //strong | //li | //td | //th")
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x", "x", "http://["])
def test_only_web_addresses_become_links(url: str) -> None:
    assert page(one_article("text", url=url)).xpath("//a[@rel]") == []


@given(st.text(min_size=1, max_size=80), st.text(max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_text_makes_a_page_that_can_be_parsed_and_written(text: str, topic: str) -> None:
    source = render(one_article(text, topic), "html")
    told = parser.document_fromstring(source.encode())
    assert len(told.xpath("//main")) == 1
    assert len(told.xpath("//article[@class='account']")) == 1
    assert len(told.xpath("//script")) == 1


def test_a_huge_line_is_cut_in_view_but_its_passages_are_there() -> None:
    text = "word " * 2_000_000 + "39 countries" + " word" * 1000
    start = text.index("39")
    claim = said("a", text, "39")
    claim = replace(
        claim, mention=replace(claim.mention, start=start, end=start + 12, text="39 countries")
    )
    finding = Finding("f", "quantity", "t", "agree", "low", "w", (Position("39", (claim,)),))
    source = render(Report((Article("a", text),), (finding,)), "html")
    assert len(source) < 150_000
    told = parser.document_fromstring(source)
    assert told.get_element_by_id(f"a1-{start}-{start + 12}").text == "39 countries"
    assert len(told.xpath("//span[@class='gap']")) == 2


def test_claims_that_cannot_be_marked_link_to_their_article_or_nowhere() -> None:
    lost = replace(said("a", "text", "x"), mention=replace(said("a", "t", "x").mention, end=99))
    finding = Finding(
        "f", "quote", "t", "conflict", "low", "w",
        (Position("x", (lost,)), Position("y", (said("gone", "text", "y"),))), ((0, 1),),
    )  # fmt: skip
    told = page(Report((Article("a", "text"),), (finding,)))
    assert told.xpath("//a[@class='said']/@href") == ["#a1"]
    assert len(told.xpath("//span[@class='said']")) == 1


# Passages


def passage(start: int, end: int) -> Passage:
    back = Back(1, "#f", "Finding 1")
    return Passage(start, end, f"m-{start}-{end}", "c1", (back,))


@given(
    st.text(alphabet="ab<&\n é", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12)), max_size=6),
    st.integers(0, 40),
)
@settings(max_examples=150, deadline=None)
def test_passages_may_overlap_in_any_way(
    text: str, spans: list[tuple[int, int]], fold: int
) -> None:
    text = f"x{text}x"
    wanted = {passage(s, min(s + n, len(text))) for s, n in spans if s < len(text)}
    zones = (
        Zone(0, min(fold, len(text)), "headline"),
        Zone(min(fold, len(text)), len(text), "body"),
    )
    article = Article("a", text, zones=tuple(z for z in zones if z.end > z.start))
    root = etree.fromstring(f"<r>{marked(article, list(wanted))}</r>")
    for link in root.iter("a"):
        link.text = ""
    assert "".join(root.itertext()).replace("\n", "") == text.replace("\n", "")
    assert sorted(root.xpath("//mark/@id")) == sorted(p.id for p in wanted)
    assert len(root.xpath("//a")) == len(wanted)


def test_a_passage_inside_another_keeps_both_whole() -> None:
    source = marked(Article("a", "at least 19 people died"), [passage(0, 18), passage(9, 11)])
    root = etree.fromstring(f"<r>{source}</r>")
    for link in root.xpath("//a"):
        link.text = ""
    assert ["".join(mark.itertext()) for mark in root.xpath("//mark")] == [
        "at least 19 people",
        "19",
    ]


def test_text_between_zones_is_not_lost() -> None:
    article = Article("a", "Head\nmiddle\nend", zones=(Zone(0, 4, "headline"), Zone(12, 15, "x<y")))
    root = etree.fromstring(f"<r>{marked(article, [])}</r>")
    assert [div.get("class") for div in root] == ["zone z-headline", "zone z-body", "zone z-xy"]
    assert "middle" in root[1].text


def test_a_text_just_below_the_limit_is_whole() -> None:
    text = "y" * LIMIT
    assert text in marked(Article("a", text), [])


# Pictures


def draw(
    *values: Any, kind: Any = "quantity", disagree: Sequence[tuple[int, int]] = ((0, 1),)
) -> list[Picture]:
    """The pictures of a finding with one claim a value."""
    claims = [replace(said(f"a{n}", "x", str(n)), value=v, kind=kind) for n, v in enumerate(values)]
    positions = tuple(Position(f"value {n}", (claim,)) for n, claim in enumerate(claims))
    finding = Finding("f", kind, "t", "conflict", "low", "w", positions, tuple(disagree))
    return pictures("p", "topic", sides(finding, {}), {})


def drawn(*values: Any, **more: Any) -> Any:
    (picture,) = draw(*values, **more)
    return etree.fromstring(picture.svg)


def test_a_dot_a_hollow_dot_an_arrow_and_a_band() -> None:
    root = drawn(exact(64), more_than(50), at_least(70), about(60, 6))
    assert len(root.xpath("//circle[@class='hollow']")) == 1
    assert len(root.xpath("//circle[@class='dot']")) == 3
    assert len(root.xpath("//path[@class='arrow']")) == 2
    assert len(root.xpath("//rect[@class='band']")) == 1


def test_values_lie_in_their_order_on_the_line() -> None:
    root = drawn(exact(30), exact(10), exact(20))
    xs = [float(dot.get("cx")) for dot in root.xpath("//circle[@class='dot']")]
    assert xs[1] < xs[2] < xs[0]
    assert xs[2] - xs[1] == pytest.approx(xs[0] - xs[2], abs=0.2)


def test_the_description_says_what_is_drawn() -> None:
    root = drawn(exact(64), more_than(50), disagree=())
    assert root.get("role") == "img"
    labelled = root.get("aria-labelledby").split()
    assert [e.get("id") for e in (root.find("title"), root.find("desc"))] == labelled
    assert root.find("desc").text == "value 0: 64; value 1: above 50, no upper end"


@pytest.mark.parametrize(
    ("values", "log"), [((30, 35), False), ((1, 80), False), ((30, 9_000), True)]
)
def test_the_line_is_squeezed_where_values_lie_far_apart(values: list[int], log: bool) -> None:
    (picture,) = draw(*map(exact, values))
    assert ("ten times" in picture.caption) is log


def test_different_units_are_drawn_in_one() -> None:
    mile = Unit("mile", "length", "mi", ("mile",))
    (picture,) = draw(exact(10, KILOMETRE), exact(10, mile))
    assert picture.caption == "Number line, all converted to one unit"
    xs = [float(x) for x in etree.fromstring(picture.svg).xpath("//circle[@class='dot']/@cx")]
    assert xs[0] < xs[1]


def test_the_caption_names_the_unit() -> None:
    assert draw(exact(1, KILOMETRE), exact(2, KILOMETRE))[0].caption == "Number line, kilometre"
    assert draw(exact(1), exact(2))[0].caption == "Number line"


def test_days_are_bars_on_a_line_of_time() -> None:
    (picture,) = draw(on(5), on(6), kind="date")
    root = etree.fromstring(picture.svg)
    assert picture.caption == "Line of time"
    first, second = root.xpath("//rect[@class='solid']")
    assert float(first.get("x")) + float(first.get("width")) == pytest.approx(
        float(second.get("x")), abs=0.2
    )
    assert {"5 May", "6 May"} <= {t.text for t in root.xpath("//text[@class='tick']")}


def test_clock_times_are_read_as_such() -> None:
    morning, noon = (TimeOfDay(Interval.point(m), m) for m in (570, 720))
    (picture,) = draw(morning, noon, kind="date")
    assert picture.caption == "Time of day"
    assert "09:30" in picture.svg


@pytest.mark.parametrize("values", [(None, None), (exact(1),), (exact(1), None), (object(), "x")])
def test_what_has_no_place_on_a_line_is_not_drawn(values: tuple[Any, ...]) -> None:
    assert draw(*values) == []


def test_an_update_is_also_drawn_over_time() -> None:
    section = page(fire(5)).get_element_by_id("finding-q-dead")
    assert [caption.text for caption in section.xpath(".//figcaption")] == [
        "Number line",
        "When each stood",
    ]
    last = section.xpath(".//figure")[1]
    xs = [float(x) for x in last.xpath(".//circle[@class='dot']/@cx")]
    assert xs == sorted(xs)


moments = st.datetimes(datetime(1, 1, 1), datetime(9990, 1, 1))
figures = st.integers(-(10**15), 10**15).map(exact)
bounds = st.integers(0, 10**9).flatmap(
    lambda n: st.sampled_from([more_than(n), at_least(n), about(n, 1 + n // 10), between(n, 2 * n)])
)
days = moments.map(lambda at: Moment(Interval(at, at + timedelta(days=1)), "day"))


@given(
    st.one_of(
        st.lists(st.one_of(figures, bounds), min_size=2, max_size=20),
        st.lists(days, min_size=2, max_size=20),
    )
)
@settings(max_examples=150, deadline=None)
def test_no_mark_or_label_leaves_the_picture_or_covers_another(values: list[Any]) -> None:
    for picture in draw(*values, kind="date" if isinstance(values[0], Moment) else "quantity"):
        root = etree.fromstring(picture.svg)
        width, height = (float(n) for n in root.get("viewBox").split()[2:])
        for name in ("x", "cx"):
            assert all(-0.1 <= float(x) <= width for x in root.xpath(f"//@{name}"))
        assert all(0 <= float(y) <= height for y in root.xpath("//@y | //@cy"))
        labels = [float(y) for y in root.xpath("//text[@class='value']/@y")]
        assert all(b - a >= 20 for a, b in itertools.pairwise(labels))
        ticks = root.xpath("//text[@class='tick']")
        ends = [(float(t.get("x")), len(t.text) * 3.0) for t in ticks]
        assert all(x + half <= y - more for (x, half), (y, more) in itertools.pairwise(ends))


def test_a_figure_too_large_to_draw_is_left_out() -> None:
    huge = replace(
        exact(1),
        stated=Interval.point(Fraction(10) ** 400),
        bounds=Interval.point(Fraction(10) ** 400),
    )
    assert draw(huge, exact(1)) == []


def test_the_sample_has_every_kind_of_position() -> None:
    """Guards the fixture: a picture of each sort is looked at above."""
    kinds = {topic.kind for topic in TOPICS.values()}
    assert kinds == {"quantity", "name", "role", "date"}


# The style sheet


def palettes() -> dict[str, dict[str, str]]:
    """The colours of each block of the style sheet that sets ``--page``."""
    style = parser.document_fromstring(render(fire(2), "html")).xpath("//style/text()")[0]
    blocks = re.findall(r"([^{}]+)\{([^{}]*--page:[^{}]*)\}", style)
    assert len(blocks) == 4
    return {
        name: dict(re.findall(r"--(\w+):\s*(#[0-9a-f]+)", body))
        for name, (_, body) in zip(("light", "auto", "dark", "print"), blocks, strict=True)
    }


def contrast(a: str, b: str) -> float:
    """The ratio of WCAG 2.2, 1.4.3."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", ["light", "auto", "dark", "print"])
def test_every_text_can_be_read_on_its_ground(name: str) -> None:
    colours = palettes()[name]
    pairs = [(ink, ground) for ink in ("ink", "soft", "link") for ground in ("page", "sheet")]
    pairs += [(verdict, "sheet") for verdict in ("conflict", "update", "variant", "fine")]
    pairs += [("ink", f"t{n}") for n in range(7)] + [("on", f"c{n}") for n in range(7)]
    assert {(a, b): c for a, b in pairs if (c := contrast(colours[a], colours[b])) < 4.5} == {}


def test_both_ways_into_the_dark_theme_are_the_same() -> None:
    found = palettes()
    assert found["auto"] == found["dark"]
    assert set(found["light"]) == set(found["dark"])
