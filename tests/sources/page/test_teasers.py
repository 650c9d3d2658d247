"""Boxes that lead to other stories go by their structure, whatever they are called."""

import pytest
from lxml.html import HtmlElement, document_fromstring

from schemas.article import Article
from schemas.page import Page
from sources.extraction.isolated_reader import IsolatedReader
from sources.limits import Limits
from sources.page.paragraphs import paragraph_blocks
from sources.page.teasers import drop_later_stories, drop_teasers, keep_entries
from tests.sources.makers import extracted

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


def test_headlines_in_boxes_without_names_are_of_one_story() -> None:
    box = "<div><div><h1>{}</h1></div><p>{}</p></div>"
    tree = page(box.format("Bridge", LONG * 8) + box.format("Arch", "stones " * 99))
    assert "stones" in kept(tree, drop_later_stories)


def test_sections_of_one_story_may_have_headlines_of_their_own() -> None:
    section = "<section class=s><h1>{}</h1><p>{}</p></section>"
    tree = page(section.format("Bridge", LONG * 8) + section.format("Arch", "stones " * 99))
    assert "stones" in kept(tree, drop_later_stories)


ROW = (
    "<article class=card><h3>Ferries {}</h3><p>Two of the boats stay in the harbour.</p></article>"
)
FIRST = f"<article class=story><h1>Bridge</h1><p>{LONG * 8}</p></article>"


@pytest.mark.parametrize("is_above", [True, False])
def test_a_row_of_articles_beside_the_one_with_the_headline_is_of_other_stories(
    *, is_above: bool
) -> None:
    row = f"<section>{''.join(map(ROW.format, range(5)))}</section>"
    story = kept(page(row + FIRST if is_above else FIRST + row), drop_later_stories)
    assert "boats" not in story
    assert "old bridge" in story


@pytest.mark.parametrize(
    "body",
    [
        FIRST + ROW.format(1) + ROW.format(2),
        f"<h1>Bridge</h1><p>{LONG * 8}</p>{ROW * 5}",
        FIRST.replace(LONG * 8, LONG) + ROW * 5,
        FIRST.replace("</article>", f"{ROW * 5}</article>"),
        FIRST + "<article><p>The boats stay in the harbour, all of them.</p></article>" * 5,
    ],
)
def test_parts_of_a_story_that_are_articles_stay_with_it(body: str) -> None:
    assert "boats" in kept(page(body), drop_later_stories)


@pytest.mark.parametrize(
    ("href", "stays"),
    [
        ("/live/storm?post=4", True),
        ("/live/storm/4", True),
        ("https://a.example/live/storm/4#top", True),
        ("/live/storms", False),
        ("https://b.example/live/storm/4", False),
        ("http://[", False),
    ],
)
def test_a_live_blogs_headings_that_lead_to_its_own_entries_are_no_links(
    href: str, *, stays: bool
) -> None:
    tree = page(f'<h3><a href="{href}">Ferries stop</a></h3>')
    keep_entries(tree, "https://a.example/live/storm")
    assert (next(tree.iter("a"), None) is None) is stays


def test_entries_of_a_live_blog_that_link_to_themselves_are_its_text() -> None:
    entries = "".join(
        f"<div><h3><a href='/live/storm/{n}'>Update number {n}</a></h3><p>{n}. {LONG}</p></div>"
        for n in range(8)
    )
    data = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    body = (
        f"<html><head>{data}</head><body><article><h1>Storm</h1>{entries}</article></body></html>"
    )
    blog = extracted(body, url="https://a.example/live/storm").text
    assert all(f"Update number {n}" in blog and f"{n}. The council" in blog for n in range(8))


def test_an_archive_of_thousands_of_links_is_read_within_the_time_of_a_page() -> None:
    links = "".join(f"<h3><a href='/{n}'>Headline {n} of the year</a></h3>" for n in range(4000))
    html = f"<html><h1>The year</h1><article>{f'<p>{LONG}</p>' * 8}</article><div>{links}</div>"
    archive = Page("crawl.warc.gz", 1, "https://a.example/", html.encode())
    with IsolatedReader(Limits()) as reader:
        (result,) = [*reader.send(archive), *reader.drain()]
    assert isinstance(result, Article)


STORY = (
    "青河市议会周二晚间投票决定，在工程师修复北拱期间，旧石桥继续向行人和公交车开放。",
    "市长陈若兰说，议会收到两百多封居民来信，几乎所有来信都希望不要关闭通往集市的唯一道路。",
    "修复工程将于下周开始，预计持续四个月，石匠会给每块石头编号、清洗后放回原处。",
)
OTHERS = (
    "港务局宣布渡轮班次从周六起每半小时一班，潜水员仍在寻找松脱的系泊设备，商户表示欢迎。",
    "市图书馆将在秋季重新开放，读者可以借阅三万册新书，儿童阅览室的面积扩大了一倍以上。",
    "北山小学的学生在河边种下两百棵柳树，老师说这些树能够保护堤岸不被春天的洪水冲毁。",
    "气象台预计周末有大雨，沿河居民应当把车辆停到高处，市政部门已经准备好沙袋和水泵。",
    "老城区的面包店迎来一百周年，店主把第一天的配方印在纸袋上，许多顾客排队到街角。",
    "足球队在主场以三比一取胜，年轻的守门员扑出两个点球，教练称赞他冷静而且勇敢。",
)
ROWS = {
    "headings": '<div class=k><h4><a href="/{0}">{1}</a></h4><p>{2}</p></div>',
    "list items": '<li><a href="/{0}">{1}</a><p>{2}</p></li>',
    "paragraphs in links": '<li><a href="/{0}"><b>{1}</b><p>{2}</p></a></li>',
    "titles of their own": "<div class=k><p><a href='/{0}'>{1}</a></p><p>{2}</p></div>",
}
STORIES = {
    "paragraphs": "".join(f"<p>{line}</p>" for line in STORY),
    "divisions": "".join(f"<div>{line}</div>" for line in STORY),
}


@pytest.mark.parametrize("around", ["</div><div>", ""], ids=["beside", "below"])
@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("written", STORIES)
def test_a_short_chinese_story_is_told_without_the_boxes_of_others(
    written: str, row: str, around: str
) -> None:
    """The boxes hold twice the story's text, and a Chinese story few characters."""
    boxes = "".join(ROWS[row].format(n, text[:16], text) for n, text in enumerate(OTHERS))
    story = f"<h1>旧桥继续开放</h1><div class=c>{STORIES[written]}</div>"
    body = f"<div><div>{story}{around}<section><h3>相关新闻</h3>{boxes}</section></div></div>"
    title = "<html lang=zh><head><title>旧桥继续开放</title></head>"
    assert extracted(f"{title}<body>{body}</body></html>").text.split("\n") == list(STORY)


def test_a_round_up_of_linked_stories_stays_whole() -> None:
    boxes = f"<div class=item>{TEASER}</div>" * 12
    tree = page(f"<h1>The week</h1><div><p>{LONG * 3}</p>{boxes}<p>{LONG}</p></div>")
    assert kept(tree).count("boats") == 12


def test_one_link_that_opens_a_box_is_a_label() -> None:
    label = f"<div class=c><a href='/harbour'>Harbour</a><p>{LONG}</p></div>"
    assert LONG.strip() in kept(page(f"<div><h1>Bridge</h1><p>{LONG * 4}</p>{label}</div>"))
