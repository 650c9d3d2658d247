"""The headline is what a page's sources agree on, without the name of its outlet."""

import pytest

from sources.metadata.headline import choose_headline
from tests.sources.makers import extracted, html

STORY = "Old bridge stays open to walkers"


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " · ", "_", ": "])
def test_a_site_name_that_nothing_declares_is_known_by_the_heading(separator: str) -> None:
    suffixed = f"{STORY}{separator}Harbour Post"
    sources = [("og", suffixed), ("h1", STORY), ("title", suffixed)]
    assert choose_headline(sources, [])[0] == STORY


def test_a_logo_that_is_the_first_heading_is_no_headline() -> None:
    sources = [("h1", "Harbour Post"), ("title", f"Harbour Post: {STORY}"), ("heading", STORY)]
    assert choose_headline(sources, []) == (STORY, "title")


def test_an_outlet_is_known_by_its_host_where_only_a_title_names_it() -> None:
    sources = [("title", f"Harbour Post - {STORY}")]
    assert choose_headline(sources, [], "www.harbourpost.example") == (STORY, "title")


def test_a_dash_inside_of_a_headline_stays() -> None:
    headline = "Bridge - a love story"
    sources = [("og", headline), ("h1", headline), ("title", f"{headline} | Harbour Post")]
    assert choose_headline(sources, ["Harbour Post"])[0] == headline


def test_a_page_that_bears_its_outlets_name_alone_keeps_it() -> None:
    assert choose_headline([("h1", "Harbour Post")], ["Harbour Post"])[0] == "Harbour Post"


def _title(heading: str, declared: str = f"{STORY} | Harbour Post") -> str | None:
    page = html(title=declared).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    start, end = page.index("<h2>"), page.index("</h2>") + len("</h2>")
    return extracted(page[:start] + heading + page[end:]).title


@pytest.mark.parametrize(
    "heading",
    [
        f'<h1><span class="kicker">Harbour</span> {STORY}</h1>',
        f'<h1><span class="article__overline">Harbour</span><span>: </span>{STORY}</h1>',
        f"<h1><small>Series</small><br>{STORY}</h1>",
        f'<h1><span class="date">27.01.2022</span>{STORY}</h1>',
        f'<h1>{STORY}<span class="visually-hidden"> | Harbour Post</span></h1>',
        f'<h1><span class="x1">Harbour</span> <span class="headline">{STORY}</span></h1>',
        f'<h1><span class="x1">What nothing declares</span> {STORY}</h1>',
        f'<h1><span class="x1">{STORY}</span> <span class="x2">And a line below it</span></h1>',
    ],
)
def test_labels_in_the_element_of_a_headline_are_no_part_of_it(heading: str) -> None:
    assert _title(heading) == STORY


def test_what_is_declared_with_it_stays_part_of_a_headline() -> None:
    whole = f"Harbour: {STORY}"
    heading = f'<h1><span class="x1">Harbour</span>: <span class="x2">{STORY}</span></h1>'
    assert _title(heading, f"{whole} | Harbour Post") == whole


@pytest.mark.parametrize(
    "link", ['<a href="/">', '<a href="https://harbourpost.example/">', '<a rel="home" href="/x">']
)
def test_a_heading_that_leads_home_is_the_outlets_name(link: str) -> None:
    logo = f"<h1>{link}News of the harbour</a></h1>"
    assert _title(f"{logo}<h2>{STORY}</h2>", f"{STORY} - News of the harbour") == STORY
    assert _title(f"{logo}<h1>{STORY}</h1>", f"{STORY} - News of the harbour") == STORY


def test_a_headline_in_front_of_a_long_title_is_no_logo() -> None:
    declared = "Bridge closed - The harbour, the town and all of their news since 1870"
    assert _title("<h1>Bridge closed</h1>", declared) == "Bridge closed"


def test_how_a_word_is_said_is_no_part_of_a_headline() -> None:
    heading = "<h1><ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>が開く</h1>"
    assert _title(heading, "橋が開く") == "橋が開く"
