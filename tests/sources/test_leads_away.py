"""Boxes that lead to other stories go by their structure, whatever they are called."""

from lxml.html import HtmlElement, document_fromstring

from schemas.article import Article
from schemas.page import Page
from sources.blocks import paragraph_blocks
from sources.isolation import IsolatedReader
from sources.leads_away import drop_later_stories, drop_teasers
from sources.limits import Limits

LONG = "The council voted on Tuesday evening to keep the old bridge open to walkers. "
TEASER = "<h3><a href='/x'>Ferries</a></h3><p>Two of the three boats stay in the harbour now.</p>"


def page(body: str) -> HtmlElement:
    return document_fromstring(f"<html><body>{body}</body></html>")


def kept(tree: HtmlElement, drop: object = drop_teasers) -> str:
    assert callable(drop)
    drop(tree, {block.element: block.weight for block in paragraph_blocks(tree)})
    return " ".join(tree.text_content().split())


def test_a_box_whose_heading_is_a_link_leads_away() -> None:
    tree = page(f"<div><h1>Bridge</h1><p>{LONG * 4}</p><div class=q7>{TEASER}</div></div>")
    assert "boats" not in kept(tree)
    assert "Ferries" not in kept(tree)


def test_a_heading_that_links_to_a_place_on_the_page_does_not() -> None:
    post = TEASER.replace("/x", "#p1")
    assert "boats" in kept(page(f"<div><h1>Live</h1><p>{LONG * 4}</p><div>{post}</div></div>"))


def test_a_page_that_is_a_list_of_linked_stories_stays_whole() -> None:
    tree = page(f"<h1>Today</h1><p>Three stories.</p>{f'<div>{TEASER}</div>' * 6}")
    assert kept(tree).count("boats") == 6


def test_a_linked_heading_of_a_section_stays_in_its_story() -> None:
    tree = page(f"<div><h1>Bridge</h1><p>{LONG * 4}</p>{TEASER}<p>{LONG * 4}</p></div>")
    assert "boats" in kept(tree)


def test_the_next_story_of_an_endless_page_is_another_story() -> None:
    story = "<article class=story><h1>{}</h1><p>{}</p></article>"
    tree = page(story.format("Bridge", LONG * 8) + story.format("Ferries", "boats " * 99))
    assert "boats" not in kept(tree, drop_later_stories)


def test_sections_of_one_story_may_have_headlines_of_their_own() -> None:
    section = "<section class=s><h1>{}</h1><p>{}</p></section>"
    tree = page(section.format("Bridge", LONG * 8) + section.format("Arch", "stones " * 99))
    assert "stones" in kept(tree, drop_later_stories)


def test_an_archive_of_thousands_of_links_is_read_within_the_time_of_a_page() -> None:
    links = "".join(f"<h3><a href='/{n}'>Headline {n} of the year</a></h3>" for n in range(4000))
    html = f"<html><h1>The year</h1><article>{f'<p>{LONG}</p>' * 8}</article><div>{links}</div>"
    archive = Page("crawl.warc.gz", 1, "https://a.example/", html.encode())
    with IsolatedReader(Limits()) as reader:
        (result,) = [*reader.send(archive), *reader.drain()]
    assert isinstance(result, Article)
