"""What kind of page it is, and whether it shows a whole story."""

import pytest

from schemas.article import LEFT_OUT
from tests.sources.makers import PARAGRAPHS, extracted, html, refused

CARD = "<div class=card><h3><a href='/{0}'>Headline {0} of the day</a></h3><p>{1}</p></div>"
CARDS = "".join(CARD.format(number, PARAGRAPHS[number % 3]) for number in range(9))


def kinds(page: str, url: str = "https://a.example/news/bridge") -> list[str]:
    flags = extracted(page, url=url).flags
    return [flag for flag in flags if flag.startswith("no-article-")]


def test_a_story_is_an_article_whatever_stands_below_it() -> None:
    day = "<p>Monday, 2 March 2026</p>"
    assert kinds(html().replace("</body>", f"{day}<aside>{CARDS}</aside></body>")) == []


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


def test_boxes_that_lead_to_other_pages_are_rejected_with_how_little_there_is_besides() -> None:
    rejected = refused(f"<html><body><h1>Harbour</h1>{CARDS}</body></html>")
    assert (rejected.stage, rejected.reason) == ("text", "no-article-other")
    assert rejected.message.endswith("words beside its teasers, 40 make an article")


def test_boxes_below_an_introduction_are_a_section_that_is_matched_with_nothing() -> None:
    intro = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    cards = "".join(CARD.format(number, f"{number} {PARAGRAPHS[0]}") for number in range(9))
    article = extracted(f"<html><body><h1>Harbour</h1><div>{intro}</div>{cards}</body></html>")
    if article.page_kind_source in LEFT_OUT:
        assert article.page_kind == "other"
    else:
        assert "Headline 3" not in article.text


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<meta property="og:type" content="profile">', "https://a.example/ann"),
        ('<meta property="og:type" content="video.other">', "https://a.example/film"),
        ('<meta property="og:type" content="site:list">', "https://a.example/list"),
        ('<meta name="generator" content="MediaWiki 1.41">', "https://a.example/page"),
        (
            '<script type="application/ld+json">{"@type": "CollectionPage"}</script>',
            "https://a.example/a",
        ),
        (
            '<script type="application/ld+json">{"@type": "SearchResultsPage"}</script>',
            "https://a.example/a",
        ),
        ("", "https://a.example/"),
        ("", "https://a.example/tag/bridge/7"),
        ("", "https://a.example/search/bridge"),
    ],
)
def test_no_claim_of_a_page_leaves_its_story_out_of_matching(head: str, url: str) -> None:
    article = extracted(html(head=head), url=url)
    assert article.page_kind != "article"
    assert article.page_kind_source in ("address", "declared")


def test_a_story_among_boxes_of_other_stories_is_not_left_out_by_their_number() -> None:
    boxes = CARDS * 5
    for page in (
        html().replace("</body>", f"{boxes}</body>"),
        html().replace("<h1>", f"{boxes}<h1>"),
    ):
        article = extracted(page)
        assert article.page_kind_source not in LEFT_OUT
        assert PARAGRAPHS[0] in article.text


def test_a_text_that_is_a_dialogue_is_a_wall() -> None:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = extracted(f"<html><body><div role=dialog>{words}</div></body></html>")
    assert (article.page_kind, article.page_kind_source) == ("wall", "wall")


def test_entries_with_a_time_each_are_a_live_blog_which_is_a_story() -> None:
    entries = "".join(
        f"<div><time datetime='2026-03-02T1{number}:00Z'>1{number}:00</time>"
        f"<p>{number}. {PARAGRAPHS[number % 4]}</p></div>"
        for number in range(8)
    )
    article = extracted(f"<html><body><article><h1>Storm</h1>{entries}</article></body></html>")
    assert (article.page_kind, article.page_kind_source) == ("live_blog", "entries")
    assert not any(flag.startswith("no-article") for flag in article.flags)
    declared = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    assert extracted(html(head=declared)).page_kind == "live_blog"


def test_a_page_without_a_day_a_name_or_a_claim_is_flagged_and_still_matched() -> None:
    article = extracted(html(), url="https://a.example/services", fetched_at=None)
    assert (article.page_kind, article.page_kind_source) == ("other", "undated")
    dated = html([*PARAGRAPHS, "Published on 2 March 2026"])
    assert extracted(dated, url="https://a.example/services").page_kind == "article"


def test_lines_that_are_no_sentences_are_no_story() -> None:
    lines = [f"<li>Steel screw M{number} with washer, zinc</li>" for number in range(30)]
    article = extracted(f"<html><body><h1>Screws</h1><ul>{''.join(lines)}</ul></body></html>")
    assert (article.page_kind, article.page_kind_source) == ("other", "no-prose")


def test_a_film_with_a_date_is_a_film() -> None:
    head = '<meta property="og:type" content="video.other">'
    head += '<meta itemprop="datePublished" content="2026-03-02">'
    assert extracted(html(head=head)).page_kind == "video"


def test_a_page_whose_card_is_a_player_is_a_film_unless_it_says_that_it_is_an_article() -> None:
    card = '<meta name="twitter:card" content="player">'
    assert kinds(html(head=card)) == ["no-article-video"]
    article = '<meta property="og:type" content="article">'
    assert kinds(html(head=card + article)) == []


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        ("single single-product postid-12", "other"),
        ("single single-club_events postid-12", "other"),
        ("single single-attachment postid-12 attachmentid-12", "gallery"),
        ("page-template-default page page-id-12", "other"),
    ],
)
def test_a_page_is_what_the_system_that_made_it_calls_it(classes: str, kind: str) -> None:
    head = '<meta property="og:type" content="article">'
    page = html(head=head).replace("<body>", f'<body class="{classes}">')
    article = extracted(page, url="https://a.example/news/bridge")
    assert (article.page_kind, article.page_kind_source) == (kind, "declared")


@pytest.mark.parametrize(
    "classes",
    [
        "single single-post postid-12 single-format-standard",
        "single single-article postid-12",
        "single-event color-red",  # of no system that is known
        "no-page-id-12 page-ids",
    ],
)
def test_posts_of_any_type_and_other_names_are_no_claim(classes: str) -> None:
    head = '<meta property="og:type" content="article">'
    assert kinds(html(head=head).replace("<body>", f'<body class="{classes}">')) == []


@pytest.mark.parametrize("day", ["2 March 2026", "March <b>2</b>, 2026", "02.03.2026"])
def test_a_standing_page_that_shows_a_day_or_declares_a_story_is_an_article(day: str) -> None:
    body = '<body class="page page-id-12">'
    dated = html().replace("<body>", body).replace("</h1>", f"</h1><p>{day}</p>")
    assert kinds(dated) == []
    beside = f"<aside><h3>Latest</h3><p>{day}</p></aside></body>"
    assert kinds(html().replace("<body>", body).replace("</body>", beside)) == ["no-article-other"]
    story = '<script type="application/ld+json">%s</script>'
    data = '{"@type": "NewsArticle", "datePublished": "2026-03-02"}'
    assert kinds(html(head=story % data).replace("<body>", body)) == []


def test_a_text_in_a_field_to_write_in_is_no_story() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    field = "\n".join(PARAGRAPHS)
    text = f"<p>2 March 2026</p>{text}"
    page = f"<html><body><h1>Paste</h1><div>{text}</div><textarea>{field}</textarea></body></html>"
    article = extracted(page)
    assert (article.page_kind, article.page_kind_source) == ("other", "field")
    answer = f"{PARAGRAPHS[0]} I do not agree."
    assert kinds(page.replace(field, answer)) == []


def test_a_text_that_stands_among_comments_is_no_story() -> None:
    remarks = "".join(
        f"<div class=comment><p>{number}. {PARAGRAPHS[number % 4]}</p></div>" for number in range(9)
    )
    line = "A picture of the bridge in the rain, taken on 2 March 2026 from the north bank."
    page = f"<html><body><h1>Rain</h1><p>{line}</p><div id=comments>{remarks}</div></body></html>"
    article = extracted(page)
    assert (article.page_kind, article.page_kind_source) == ("other", "comments")
    story = "".join(f"<p>{paragraph} Indeed.</p>" for paragraph in PARAGRAPHS * 2)
    assert kinds(page.replace(line, f"{line}{story}")) == []


def test_a_short_story_that_is_sold_and_whole_is_no_stub() -> None:
    data = '{"@type": "NewsArticle", "headline": "Bridge stays open", "isAccessibleForFree": false}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert "stub" not in extracted(html(head=head)).flags
    broken = [*PARAGRAPHS[:3], "A second vote, on a cycle path beside the ..."]
    assert "stub" in extracted(html(broken, head=head)).flags
    assert "stub" not in extracted(html(broken)).flags


def test_a_text_that_breaks_off_in_front_of_a_wall_is_a_stub() -> None:
    broken = html([*PARAGRAPHS[:3], "A second vote, on a cycle path beside the ..."])
    wall = "<div class=paywall><p>Every Thursday the whole paper for four coins a month.</p></div>"
    assert "stub" in extracted(broken.replace("</body>", f"{wall}</body>")).flags


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
