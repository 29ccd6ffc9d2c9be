"""Reading: what becomes an article, where its zones lie, and what cannot be read."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.model import Article
from crosscheck.read import article_from_text, read_paths
from crosscheck.read.files import UnreadableError, decode
from crosscheck.rulebook import load

RULES = load()
ROLES = {"headline", "standfirst", "body", "list", "caption", "meta", "furniture"}
DAM = "A dam broke above Olten on Monday, the canton said."


def read(text: str, path: str = "", **given: object) -> Article:
    return article_from_text(text, id="a", path=path, rules=RULES, **given)  # type: ignore[arg-type]


def roles(article: Article) -> list[tuple[str, str]]:
    return [(zone.role, article.text[zone.start : zone.end]) for zone in article.zones]


def role_of(article: Article, passage: str) -> str:
    at = article.text.index(passage)
    return next(zone.role for zone in article.zones if zone.start <= at < zone.end)


# -- plain text: zones

PORTAL = f"""THE OLTEN MIRROR - News, Sport, Weather
Home | Region | Sport
-- ADVERTISEMENT --

Dam bursts above Olten: 14 dead

The lower town is under water; engineers had warned of cracks
Rita Halder, Jo Venn
Updated 3 May 2031 at 18:20
FACEBOOK  TWITTER  EMAIL

{DAM}

READ ALSO: Ten dams that will not last

Warnings nobody heard

The wall was 42 metres high. It was built in 1954.

In numbers
14 dead
30 missing

More on this:
How the wall was built
Storm of 2029 cost 300 million francs

"We had no time," said Olaf Brun, who lost his house.

Past failures in the region:
- 1978, Visp: 9 dead
- 1991, Lund: 31 dead

The canton has promised 2 million francs in aid.

Tags: Olten, dam
Most read
1. Goats elected in Visp, 12 seats
2. Tram crash: 9 hurt

Imprint | Contact
"""


@pytest.mark.parametrize(
    ("passage", "role"),
    [
        ("THE OLTEN MIRROR", "furniture"),
        ("Home | Region", "furniture"),
        ("-- ADVERTISEMENT", "furniture"),
        ("Dam bursts above", "headline"),
        ("The lower town", "standfirst"),
        ("Rita Halder", "meta"),
        ("Updated 3 May", "meta"),
        ("FACEBOOK", "furniture"),
        ("A dam broke", "body"),
        ("READ ALSO", "furniture"),
        ("Warnings nobody", "headline"),
        ("The wall was 42", "body"),
        ("In numbers", "headline"),
        ("14 dead\n", "headline"),  # first of all in the headline
        ("30 missing", "list"),
        ("More on this", "furniture"),
        ("How the wall was", "furniture"),
        ("Storm of 2029", "furniture"),
        ("We had no time", "body"),
        ("Past failures", "headline"),
        ("1978, Visp", "list"),
        ("The canton has promised", "body"),
        ("Tags:", "furniture"),
        ("Goats elected", "furniture"),
        ("Imprint", "furniture"),
    ],
)
def test_the_parts_of_a_portal_page(passage: str, role: str) -> None:
    assert role_of(read(PORTAL), passage) == role


def test_the_masthead_of_a_portal_page() -> None:
    article = read(PORTAL)
    assert article.title == "Dam bursts above Olten: 14 dead"
    assert article.outlet == "THE OLTEN MIRROR"
    assert (article.published, article.dated) == (at(18, 20), "time")


def test_labels_of_lists_and_sections() -> None:
    article = read(PORTAL)
    labels = {article.text[z.start : z.end]: z.label for z in article.zones}
    assert labels["30 missing"] == "In numbers"
    assert labels["1978, Visp: 9 dead"] == "Past failures in the region"
    assert labels["The wall was 42 metres high. It was built in 1954."] == "Warnings nobody heard"
    assert labels["The canton has promised 2 million francs in aid."] == ""


@pytest.mark.parametrize(
    "text", [DAM, "More than 30 people were killed", "39 countries met", "No."]
)
def test_a_lone_line_is_text(text: str) -> None:
    assert roles(read(text)) == [("body", text)]


def test_a_section_of_full_sentences_with_bullets_is_text() -> None:
    text = (
        f"{DAM}\n\nBackground:\n\n"
        "  • In 1978 a dam broke above Visp and nine people died in the night, the canton says.\n"
        "  • In 1991 engineers found cracks in the wall above Olten and wrote a long report.\n"
    )
    article = read(text)
    last = article.zones[-1]
    assert (last.role, last.label) == ("body", "Background")
    assert article.text[last.start :].startswith("In 1991")


@pytest.mark.parametrize(
    "foot",
    [
        "19:40\nLund loses 30 roofs in storm\n19:38\nTwelve goats elected to council\n",
        "RECENT NEWS\n19:40\nLund loses 30 roofs.\n19:38\nTwelve goats elected.\n",
        "Storm takes thirty roofs in Lund\nWhy twelve goats won in Visp\nTram shuts bridge\n",
        "Support The Olten Mirror on Patreon!\n\nOltenDams\nWhy twelve goats won in Visp\n",
        "Rita Halder is a reporter at the Olten Mirror. She has won 3 prizes.\n",
        "Original Author: Rita Halder\n\nLatest news\n\nview all\n",
        "Related:\n* 60 roofs lost in Lund\n* Sunday storm: up to 4 inches of rain\n",
    ],
)
def test_what_stands_below_the_text_is_furniture(foot: str) -> None:
    article = read(f"Dam above Olten breaks in the night\n\n{DAM}\n\n{foot}")
    assert [role for role, _ in roles(article)[:2]] == ["headline", "body"]
    assert {role for role, _ in roles(article)[2:]} == {"furniture"}


@pytest.mark.parametrize(
    "foot",
    [
        "FACTBOX\n- Built: 1954\n- Height: 42 metres\n",
        "KEY POINTS\n\n* The army sent 200 soldiers\n* The power is out in 4,000 homes\n",
        "OTHER DAMS IN THE CANTON\n1931: the wall at Visp, 12 metres\n1950: Lund, 30 metres\n",
        "Owners of the wall:\n\nThe canton: 60%\nThe town: 40%\n",
    ],
)
def test_lists_of_the_article_itself_stay(foot: str) -> None:
    article = read(f"Dam above Olten breaks in the night\n\n{DAM}\n\n{foot}")
    kept = [(z.role, z.label) for z in article.zones[3:]]
    label = foot.split("\n")[0].rstrip(":")
    assert kept == [("list", label)] * 2


def test_readers_comments_are_furniture_to_the_end() -> None:
    text = "\n\n".join([DAM, *(f"It was {n} metres high, he said." for n in range(3))])
    article = read(f"{text}\n\nComments (2)\n\nI was there and saw 500 dead in the water.\n")
    assert role_of(article, "I was there") == "furniture"
    assert role_of(article, "It was 2 metres") == "body"


def test_a_sentence_about_advertisements_is_text() -> None:
    text = f"{DAM}\n\nAdvertisement makes up 40 percent of the income of the paper, it said.\n"
    assert role_of(read(text), "Advertisement makes") == "body"


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The ferry that sank off Kyra on Tuesday carried 212 people, its\n"
        "owner said, and had been inspected in the spring without any\n"
        "finding. Nine bodies were recovered by nightfall and about 20\n"
        "people were still missing.\n\n"
        "Rescue work went on with the help of two helicopters and was to\n"
        "end at dawn.\n"
    )
    assert [role for role, _ in roles(read(text))] == ["body", "body"]


def test_offsets_count_the_characters_of_the_text_with_its_line_ends() -> None:
    text = (
        f"Dam above Olten breaks in the night\r\n\r\n{DAM}\r\nForty houses stood in the water.\r\n"
    )
    article = read(text)
    assert article.text == text
    assert roles(article)[1:] == [("body", DAM), ("body", "Forty houses stood in the water.")]


def test_a_headline_below_a_browser_title() -> None:
    text = f"Dam above Olten breaks - Olten Mirror - Region\n\nDam above Olten breaks\n\n{DAM}\n"
    article = read(text)
    assert article.title == "Dam above Olten breaks"
    assert [role for role, _ in roles(article)] == ["furniture", "headline", "body"]


def test_a_caption_that_stands_twice() -> None:
    seen = "Soldiers look for 30 missing people in Olten on Sunday."
    article = read(f"Dam above Olten breaks in the night\n\n{seen}\n{seen}\n\n{DAM}\n")
    assert [role for role, _ in roles(article)] == ["headline", "caption", "caption", "body"]


# -- plain text: masthead


def at(hour: int, minute: int) -> datetime:
    return datetime(2031, 5, 3, hour, minute)


@pytest.mark.parametrize(
    ("line", "published", "dated"),
    [
        ("date 2031-05-03", datetime(2031, 5, 3), "day"),
        ("Published: 03.05.2031, 19:32 | Updated: 04.05.2031, 22:05", at(19, 32), "time"),
        ("Updated: 04.05.2031, 22:05 | Published: 03.05.2031, 19:32", at(19, 32), "time"),
        ("POSTED 4:12 PM, MAY 3, 2031, UPDATED AT 9:47 PM", at(16, 12), "time"),
        ("3 May 2031, 11:40 (Bern) | Region | 4 comments", at(11, 40), "time"),
        ("Rita HalderSaturday, 3 May 2031, 17:28", at(17, 28), "time"),
        ("Sat 3 May 2031, 21:15 | Last update: 21:58 | Share this", at(21, 15), "time"),
        ("Posted 12:05 a.m. ET May 3, 2031", at(0, 5), "time"),
        ("Olten Mirror, 3 May 2031", datetime(2031, 5, 3), "day"),
        ("May 3, 2031 8:14 pm (Updated: May 4, 1:02 am) • 3 min read", at(20, 14), "time"),
        ("13/05/2031", datetime(2031, 5, 13), "day"),
        ("5/13/2031", datetime(2031, 5, 13), "day"),
        ("4/5/2031", None, ""),  # two readings
        ("By Rita Halder", None, ""),
    ],
)  # fmt: skip
def test_the_moment_of_publication(line: str, published: datetime | None, dated: str) -> None:
    article = read(f"Dam above Olten breaks in the night\n\n{line}\n\n{DAM}\n")
    assert (article.published, article.dated) == (published, dated)
    assert [role for role, text in roles(article) if text == DAM] == ["body"]


def test_a_date_before_the_headline_in_one_line() -> None:
    article = read(f" date 2031-05-03 Dam above Olten breaks in the night\n{DAM}\n")
    assert roles(article)[:2] == [
        ("meta", "date 2031-05-03"),
        ("headline", "Dam above Olten breaks in the night"),
    ]


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [
        ("OLTEN, May 3 (Wire Q) -", "Wire Q"),
        ("OLTEN, Norland (AP) —", "AP"),
        ("NEW OLTEN --", ""),
        ("OLTEN/VISP, 3 May (Wire Q) –", "Wire Q"),
        ("Olten (dpa) -", "dpa"),
        ("May 3 (Wire Q) -", "Wire Q"),
        ("OLTEN, May 3. /WIREQ/.", "WIREQ"),
        ("OLTEN:", ""),
    ],
)
def test_datelines_are_cut_off_the_text(dateline: str, outlet: str) -> None:
    article = read(f"Dam above Olten breaks in the night\n\n{dateline} {DAM}\n")
    assert roles(article)[1:] == [("meta", dateline), ("body", DAM)]
    assert article.outlet == outlet


@pytest.mark.parametrize("opening", ["BREAKING: ", "UPDATE - ", "On May 3 - ", "Olten - "])
def test_what_only_looks_like_a_dateline_stays(opening: str) -> None:
    article = read(f"Dam above Olten breaks in the night\n\n{opening}{DAM}\n")
    assert roles(article)[1:] == [("body", opening + DAM)]


@pytest.mark.parametrize(
    ("path", "outlet"),
    [
        ("01-wire-q.txt", "Wire Q"),
        ("olten_mirror_2.txt", "Olten Mirror"),
        ("000_1659ea3d90fc.txt", ""),
        ("article.txt", ""),
        ("", ""),
    ],
)
def test_an_outlet_from_the_name_of_the_file(path: str, outlet: str) -> None:
    assert read(f"Dam above Olten breaks in the night\n\n{DAM}\n", path).outlet == outlet


def test_what_is_given_overrides_what_the_page_says() -> None:
    at = datetime(2030, 1, 1)
    article = read(PORTAL, outlet="Wire Q", title="Dam", published=at, url="https://example.org/1")
    assert (article.outlet, article.title, article.published) == ("Wire Q", "Dam", at)
    assert (article.dated, article.url) == ("day", "https://example.org/1")


def test_a_missing_year_is_told_by_dates_near() -> None:
    text = f"Dam above Olten breaks in the night\n\nOLTEN, Dec 30 (Wire Q) - {DAM}\n"
    assert read(text).published is None
    assert read(text, near=[datetime(2031, 1, 2)]).published == datetime(2030, 12, 30)
    assert read(text, near=[datetime(2031, 6, 1)]).published == datetime(2030, 12, 30)
    assert read(text.replace("Dec 30", "Feb 29"), near=[datetime(2031, 3, 1)]).published is None


def test_one_look_back_does_not_tell_the_year() -> None:
    text = f"Dam above Olten breaks in the night\n\nOLTEN, July 5 (Wire Q) - {DAM}\n"
    near = [datetime(2030, 7, 7), datetime(2030, 7, 8), datetime(2031, 7, 5)]
    assert read(text, near=near).published == datetime(2030, 7, 5)


# -- live pages


def posts(article: Article) -> dict[str, datetime | None]:
    return {
        article.text[zone.start : zone.end]: zone.posted
        for zone in article.zones
        if zone.role in ("body", "headline", "list")
    }


def test_posts_with_weekdays_in_a_range_of_days_newest_first() -> None:
    article = read(
        "LIVE: Olten after the flood, 2-3 May 2031\n\n"
        "Fri 20.15 - Clashes at the wall\nThe police have taken 63 people away.\n\n"
        "Sat 16.45 - Toll revised\nThe toll goes up to 158, the canton says.\n\n"
        "Thu 09.05 - Search goes on\nGood morning from the wall.\n".replace("Thu", "Fri")
    )
    by = posts(article)
    assert by["Clashes at the wall"] == datetime(2031, 5, 2, 20, 15)
    assert by["The toll goes up to 158, the canton says."] == datetime(2031, 5, 3, 16, 45)
    assert by["LIVE: Olten after the flood, 2-3 May 2031"] is None
    assert role_of(article, "Sat 16.45") == "meta"
    assert (article.published, article.dated) == (at(16, 45), "time")


@pytest.mark.parametrize("newest_first", [False, True])
def test_posts_with_clock_times_alone_run_over_midnight(newest_first: bool) -> None:
    entries = [
        ("22:15", "The wall has broken, says the fire brigade."),
        ("23:50", "The power is out in 4,000 homes."),
        ("00:20", "The army sends 200 soldiers to Olten."),
        ("06:05", "The toll rises to 14, the mayor says."),
    ]
    shown = entries[::-1] if newest_first else entries
    day = "4 May 2031" if newest_first else "3 May 2031"
    text = f"Flood: live updates\n\n{day}\n\n" + "\n\n".join(f"{at}\n{what}" for at, what in shown)
    by = posts(read(text))
    first = datetime(2031, 5, 3)
    assert by[entries[0][1]] == first.replace(hour=22, minute=15)
    assert by[entries[1][1]] == first.replace(hour=23, minute=50)
    assert by[entries[2][1]] == first.replace(day=4, minute=20)
    assert by[entries[3][1]] == first.replace(day=4, hour=6, minute=5)


@pytest.mark.parametrize(
    "stamp", ["SAT 3, 17:05", "[17:05]", "5.05pm BST", "3 May, 17:05:", "17h05 -"]
)
def test_forms_of_stamps(stamp: str) -> None:
    lines = "\n".join(f"{stamp} It has rained for {n} hours, they say." for n in range(3))
    by = posts(read(f"Flood: as it happened\n\nSaturday 3 May 2031\n\n{lines}\n"))
    assert by["It has rained for 2 hours, they say."] == datetime(2031, 5, 3, 17, 5)


def test_a_sentence_that_opens_with_the_days_dates_the_posts_below_it() -> None:
    article = read(
        "Dam: live\n\nSaturday 3 May and Sunday 4 May 2031. Local time. Oldest posts first, so "
        "read from the top of this page to its end.\n\n"
        "Sat 08:10\nFour people are dead, the governor says.\n\n"
        "Sat 13:30\nThe death toll is now seven.\n\nSun 09:00\nThe toll went up to nine.\n"
    )
    by = posts(article)
    assert by["Four people are dead, the governor says."] == datetime(2031, 5, 3, 8, 10)
    assert by["The toll went up to nine."] == datetime(2031, 5, 4, 9)


def test_times_inside_an_article_are_no_live_page() -> None:
    article = read(
        f"Dam above Olten breaks in the night\n\n{DAM}\n\nIt was the third in nine years.\n\n"
        "TIMELINE\n18:20 - the first alarm rings\n18:43 - the second alarm rings\n"
    )
    assert all(zone.posted is None for zone in article.zones)
    assert article.zones[-1].label == "TIMELINE"


def test_a_live_page_without_a_year_takes_it_from_the_other_articles(tmp_path: Path) -> None:
    live = (
        "Flood: live\n\n2-3 May\n\nSat 16.45\nThe toll goes up to 158.\n\n"
        "Fri 20.15\nThe police have taken 63 people away.\n"
    )
    (tmp_path / "live.txt").write_text(live)
    (tmp_path / "wire.txt").write_text(f"date 2031-05-04\n\n{DAM}\n")
    (articles, _) = read_paths([tmp_path], RULES)
    assert articles[0].published == datetime(2031, 5, 3, 16, 45)
    assert read(live).published is None
    assert all(zone.posted is None for zone in read(live).zones)


# -- HTML

PAGE = f"""<!doctype html><html><head><title>How it broke | Olten Mirror</title>
<meta property="article:published_time" content="2031-05-03T20:15:00+02:00">
<link rel="canonical" href="https://example.org/dam"><script>var a = "9 dead";</script></head><body>
<header><nav><a href="/">Home</a></nav></header><main>
<h1>Dam bursts above Olten</h1><p class="dek">Engineers had warned for years</p>
<article><p class="byline">By Rita Halder</p>
<p>{DAM} The wall, built in 1954, was <b>42 metres</b> high.</p>
<figure><img src="a.jpg"><figcaption>The wall on Sunday.</figcaption></figure>
Loose text says that 30 are missing.<br><br>More loose text follows here.
<p>&ldquo;We had no time,&rdquo; said Olaf Brun, who lost&nbsp;his house in the flood on Monday.</p>
<div class="related-stories"><p>Nine dead in avalanche above Visp</p></div>
<p hidden>Hidden 77 people.</p><ul><li><a href="/x">Storm takes 30 roofs</a></li></ul>
<h2>The toll</h2><ul><li>Olten: 14</li><li>Visp: 2</li></ul>
<aside><h3>Elsewhere</h3><p>Two hundred killed in 1911</p></aside>
<aside class="factbox"><p>The river is 288 kilometres long, and it has flooded before.</p></aside>
<table><tr><th>Soldiers</th><td>200</td></tr></table></article></main>
<footer><p>&copy; 2031 Olten Mirror</p></footer></body></html>"""


@pytest.mark.parametrize(
    ("passage", "role"),
    [
        ("Dam bursts above Olten", "headline"),
        ("Engineers had warned for years", "standfirst"),
        ("By Rita Halder", "meta"),
        (f"{DAM} The wall, built in 1954, was 42 metres high.", "body"),
        ("The wall on Sunday.", "caption"),
        ("Loose text says that 30 are missing.", "body"),
        ("More loose text follows here.", "body"),
        ("“We had no time,” said Olaf Brun, who lost his house in the flood on Monday.", "body"),
        ("Nine dead in avalanche", "furniture"),
        ("Storm takes 30 roofs", "furniture"),
        ("The toll", "headline"),
        ("Olten: 14", "list"),
        ("Two hundred killed", "furniture"),
        ("The river is 288 kilometres long", "body"),
        ("Soldiers | 200", "list"),
    ],
)
def test_the_parts_of_an_html_page(passage: str, role: str) -> None:
    assert role_of(read(PAGE, "a.html"), passage) == role


@pytest.mark.parametrize("lost", ["9 dead", "Hidden 77", "Home", "©"])
def test_what_is_no_part_of_the_page_as_seen_is_not_in_the_text(lost: str) -> None:
    assert lost not in read(PAGE, "a.html").text


def test_the_metadata_of_an_html_page() -> None:
    article = read(PAGE, "a.html")
    assert (article.title, article.outlet) == ("Dam bursts above Olten", "Olten Mirror")
    assert article.published == datetime(2031, 5, 3, 20, 15, tzinfo=timezone(timedelta(hours=2)))
    assert (article.dated, article.url) == ("time", "https://example.org/dam")


def test_linked_data_and_a_headline_that_the_body_lacks() -> None:
    data = {
        "@graph": [
            {"@type": "Organization", "name": "No"},
            {
                "@type": ["NewsArticle"],
                "headline": "Dam bursts above Olten",
                "datePublished": "2031-05-03",
                "publisher": {"name": "Olten Mirror"},
            },
        ]
    }
    page = f"""<html><head><script type="application/ld+json">{{broken</script>
    <script type="application/ld+json">{json.dumps(data)}</script></head>
    <body><div><p>{DAM}</p><p>Nobody had heard the warnings, the mayor said on Tuesday evening.</p>
    <p>It was the third flood in nine years, and the worst of all, people there say.</p></div>"""
    article = read(page, "a.html")
    assert (article.title, article.outlet) == ("Dam bursts above Olten", "Olten Mirror")
    assert (article.published, article.dated) == (datetime(2031, 5, 3), "day")
    assert roles(article)[0] == ("headline", "Dam bursts above Olten")
    assert role_of(article, DAM) == "body"


def test_posts_of_an_html_page_carry_the_moment_in_its_markup() -> None:
    post = '<article><time datetime="2031-05-0{}T20:31:00Z">20:31</time><p>{} {}</p></article>'
    body = "".join(post.format(day, DAM, f"The toll was {day}.") for day in (5, 4, 3))
    article = read(f"<html><body><main><h1>Flood: live updates</h1>{body}</main></body>", "a.html")
    by = posts(article)
    assert by[f"{DAM} The toll was 4."] == datetime(2031, 5, 4, 20, 31, tzinfo=UTC)
    assert article.published == datetime(2031, 5, 5, 20, 31, tzinfo=UTC)


@pytest.mark.parametrize("page", ["<html></html>", "<p></p>", "<script>1</script>"])
def test_a_page_without_text_is_named(page: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page)
    articles, unread = read_paths([tmp_path], RULES)
    assert (articles, len(unread)) == ((), 1)
    assert unread[0].why


# -- Markdown

MARKDOWN = f"""---
title: "Dam bursts above Olten"
date: 2031-05-03 18:30
outlet: Olten Mirror
---

# Dam bursts above Olten

*By Rita Halder*

{DAM} It was the worst flood in the valley since the wall was
built in 1954.

![wall](wall.jpg)

## The toll

- Olten: 14
- Visp: 2

| Town | Dead |
|---|---|
| Lund | 3 |

> "We had no time," said Olaf Brun, who lost his house.

[Nine dead in avalanche](https://example.org/x)
"""


def test_markdown_keeps_its_text_and_its_zones_leave_the_markup_out() -> None:
    article = read(MARKDOWN, "a.md")
    assert article.text == MARKDOWN
    assert [pair for pair in roles(article) if pair[0] != "meta"] == [
        ("headline", "Dam bursts above Olten"),
        ("body", f"{DAM} It was the worst flood in the valley since the wall was\nbuilt in 1954."),
        ("furniture", "![wall](wall.jpg)"),
        ("headline", "The toll"),
        ("list", "Olten: 14"),
        ("list", "Visp: 2"),
        ("list", "| Town | Dead |"),
        ("list", "| Lund | 3 |"),
        ("body", '"We had no time," said Olaf Brun, who lost his house.'),
        ("furniture", "[Nine dead in avalanche](https://example.org/x)"),
    ]
    assert ("meta", "By Rita Halder") in roles(article)
    assert article.published == datetime(2031, 5, 3, 18, 30)
    assert (article.outlet, article.dated) == ("Olten Mirror", "time")


# -- JSON lines


def test_a_corpus_of_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text(
        '{"id": "x", "text": "One died.", "outlet": "W", "published": "2031-05-03T10:00:00Z"}\n'
        "{broken\n\n"
        '{"id": "x", "text": "Two died.", "title": "Two", "url": "u"}\n'
        '{"id": 7, "text": "\\ud800"}\n{"text": "Three died."}\n[1]\n{"id": "y"}\n'
        '{"id": "z", "text": " "}\n'
    )
    articles, unread = read_paths([file], RULES)
    by = {article.id: article for article in articles}
    assert sorted(by) == ["corpus#6", "corpus#7", "corpus#x", "corpus#x~2"]
    assert (by["corpus#x"].outlet, by["corpus#x"].dated) == ("W", "time")
    assert by["corpus#x"].published == datetime(2031, 5, 3, 10, tzinfo=UTC)
    assert (by["corpus#x~2"].title, by["corpus#x~2"].url) == ("Two", "u")
    assert by["corpus#7"].text == "\ufffd"
    assert [item.why.split(":")[0] for item in unread] == ["line 2", "line 7", "line 8", "line 9"]


# -- files


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\r\n\t", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a text"),
        ("binary.txt", bytes(range(256)) * 20, "not a text"),
        ("table.csv", b"a,b", ".csv"),
        ("gold.json", b"{}", ".json"),
    ],
)
def test_files_that_cannot_be_read_are_named(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(DAM)
    articles, unread = read_paths([tmp_path / name, tmp_path / "good.txt"], RULES)
    assert [article.id for article in articles] == ["good"]
    assert [Path(item.path).name for item in unread] == [name]
    assert why in unread[0].why


def test_folders_are_searched_and_other_files_in_them_passed_over(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "a/y.md", "a/.hidden.txt", ".git/z.txt", "a/gold.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(DAM)
    (tmp_path / "a" / "y.txt").write_text(DAM)
    seen: list[tuple[int, int]] = []
    articles, unread = read_paths([tmp_path], RULES, lambda done, of: seen.append((done, of)))
    assert [a.id for a in articles] == ["a/x", "b/x", "y.md", "y.txt"]
    assert (unread, seen) == ((), [(1, 4), (2, 4), (3, 4), (4, 4)])


def test_the_order_of_the_paths_changes_nothing(tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/x.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"OLTEN, May 3 (Wire Q) - {DAM}\n")
    (tmp_path / "d.txt").write_text(f"date 2031-05-04\n\n{DAM}\n")
    paths = [tmp_path / "c.txt", tmp_path / "a", tmp_path / "b", tmp_path / "d.txt"]
    assert read_paths(paths, RULES) == read_paths([*paths[::-1], paths[0]], RULES)


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    _, unread = read_paths([tmp_path / "none.txt"], RULES)
    assert "no such file" in unread[0].why


QUOTE = "Der Müller said “no” – 12 dead in Zürich.\n"


@pytest.mark.parametrize(
    "raw",
    [
        QUOTE.encode(),
        b"\xef\xbb\xbf" + QUOTE.encode(),
        QUOTE.encode("utf-16"),
        QUOTE.encode("utf-16-le"),
        QUOTE.encode("utf-16-be"),
        QUOTE.encode("utf-32"),
        QUOTE.encode("cp1252"),
    ],
)
def test_encodings(raw: bytes) -> None:
    assert decode(raw) == QUOTE


def test_an_encoding_declared_by_the_page() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Владимир</p></body></html>'
    assert decode(page.encode("cp1251"), is_html=True) == page


def test_an_encoding_that_nothing_tells() -> None:
    text = "Президент України Володимир Зеленський подякував партнерам за підтримку. " * 20
    assert decode(text.encode("cp1251")) == text


def test_a_damaged_file_is_read_with_marks_for_what_is_lost() -> None:
    raw = (QUOTE * 400).encode()
    assert decode(raw[:100] + b"\xff" + raw[100:]).count("\ufffd") == 1


# -- invariants

_PIECES = st.sampled_from(
    [
        DAM, "Most read", "READ ALSO: Goats", "19:40", "Sat 16.45 - Title", "KEY POINTS", "- item",
        "Home | World", "Comments (3)", "OLTEN, May 3 (Wire Q) - It broke.", "Tags: a",
        "Background:", "LIVE: flood, 2-3 May 2031", "By Rita Halder", "3 May 2031, 11:40", "", "  ",
        "Norland: 140", "# Head", "| a | b |", "---", "Storm takes 30 roofs",
        "1. Goats", "What now?",
    ]
)  # fmt: skip
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=14).map("\n".join),
    st.lists(_PIECES, max_size=8).map("\r\n\r\n".join),
    st.text(max_size=300),
)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(["", "a.txt", "a.md"]))
def test_zones_cover_the_text_in_order_and_apart(text: str, path: str) -> None:
    article = read(text, path)
    assert article.text == text
    at = 0
    for zone in article.zones:
        assert at <= zone.start < zone.end <= len(text)
        assert zone.role in ROLES
        passage = text[zone.start : zone.end]
        assert passage.strip() == passage
        at = zone.end
    assert read(text, path) == article


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("\n".join))
def test_no_word_of_a_plain_text_is_outside_the_zones(text: str) -> None:
    article = read(text)
    covered = set().union(*(range(zone.start, zone.end) for zone in article.zones), set())
    assert not [text[i] for i in range(len(text)) if text[i].isalpha() and i not in covered]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</article>", "<article>", "<h1>", "<li>", "<td>", "<time>",
             "<aside>", "<a href=x>", "<br>", DAM, "Most read", "&nbsp;", "<!--", "<script>"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_broken_html_is_read_or_named(page: str) -> None:
    with suppress(UnreadableError):
        article = read(page, "a.html")
        assert all(article.text[zone.start : zone.end].strip() for zone in article.zones)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    with suppress(UnreadableError):
        assert isinstance(decode(raw), str)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 400_000,
        "x" * 2_000_000,
        ". " * 1_000_000,
        "Storm takes 30 roofs\n" * 5_000,
        f"{DAM}\n" + "Norland: 140\n" * 5_000,
        "( " * 1_000_000,
    ],
)
def test_hostile_texts_are_read_in_seconds(text: str) -> None:
    begun = time.process_time()
    assert read(text).zones
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("name", ["flood.txt", "flood.md", "flood.html"])
def test_a_collection_is_refused_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("<p>The dam burst on Monday.</p>\n\n" * 100_000)
    (tmp_path / "short.txt").write_text("Dam bursts\n\nThe dam burst on Monday.\n")
    articles, unread = read_paths([tmp_path], load())
    assert [article.id for article in articles] == ["short"]
    assert [(Path(one.path).name, "split it" in one.why) for one in unread] == [(name, True)]


def test_a_long_record_is_refused_by_its_line(tmp_path: Path) -> None:
    texts = ["The dam burst on Monday. " * 100_000, "The dam burst on Monday."]
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)]
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    articles, unread = read_paths([tmp_path], load())
    assert [article.id for article in articles] == ["all#1"]
    assert unread[0].why.startswith("line 1: 2,500,000 characters")


def test_a_byline_of_an_unknown_shape_that_passes_for_furniture_dates_the_page() -> None:
    page = (
        "MIRROR O\nNEWS | CINEMA | FOOTBALL | WEATHER\nWin a month in Locarno! Enter here\n"
        "Advertisement: River cruises from 399 francs\n\n"
        "NOBODY AT THE GATES: Engineer 'was asleep in a chalet' as the water came\n\n"
        "By Mirror O reporters on Alpen | 3 May 2031, 06:10 | 341 comments\n\n"
        f"{DAM} Fourteen people are dead and 29 are missing, and the engineer is at home.\n\n"
        "The wall was 42 metres high. It was built in 1954, and nobody had looked at it since.\n"
    )
    assert read(page).published == datetime(2031, 5, 3, 6, 10)
