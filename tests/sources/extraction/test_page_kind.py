"""What kind of page it is, and whether it shows a whole story."""

import pytest

from tests.sources.makers import PARAGRAPHS, extracted, html

CARD = "<div class=card><h3><a href='/{0}'>Headline {0} of the day</a></h3><p>{1}</p></div>"
CARDS = "".join(CARD.format(number, PARAGRAPHS[number % 3]) for number in range(9))


def kinds(page: str, url: str = "https://a.example/news/bridge") -> list[str]:
    flags = extracted(page, url=url).flags
    return [flag for flag in flags if flag.startswith("no-article-")]


def test_a_story_is_an_article_whatever_stands_below_it() -> None:
    assert kinds(html().replace("</body>", f"<aside>{CARDS}</aside></body>")) == []


def test_the_root_of_a_host_is_its_front_page() -> None:
    assert kinds(html(), url="https://a.example/") == ["no-article-front"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ('<meta property="og:type" content="profile">', "author"),
        ('<meta property="og:type" content="video.other">', "video"),
        ('<script type="application/ld+json">{"@type": "CollectionPage"}</script>', "section"),
    ],
)
def test_a_page_is_what_it_declares(head: str, kind: str) -> None:
    assert kinds(html(head=head)) == [f"no-article-{kind}"]


def test_a_page_that_declares_an_article_is_one() -> None:
    head = '<meta property="og:type" content="video.other">'
    head += '<meta property="article:published_time" content="2026-03-02T10:00:00Z">'
    assert kinds(html(head=head)) == []


def test_the_beginning_of_a_story_that_is_sold_is_a_stub_without_the_offer() -> None:
    offer = "To continue reading this article, please sign in or take out a subscription."
    article = extracted(html([*PARAGRAPHS[:3], offer]))
    assert "stub" in article.flags
    assert "subscription" not in article.text


def test_a_whole_story_with_an_offer_below_is_no_stub() -> None:
    assert "stub" not in extracted(html([*PARAGRAPHS, "Subscribe to our newsletter."])).flags


def test_a_text_that_stands_twice_is_read_once() -> None:
    text = extracted(html([*PARAGRAPHS, *PARAGRAPHS])).text
    assert [text.count(paragraph) for paragraph in PARAGRAPHS] == [1] * len(PARAGRAPHS)
