"""Of all dates on a page the story's own counts."""

import pytest

from sources.metadata.written_dates import dates_in
from tests.sources.makers import PARAGRAPHS, extracted, html


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Published 5 March 2026, 10:42 UTC", "2026-03-05T10:42:00+00:00"),
        ("March 5, 2026 at 10:42 p.m.", "2026-03-05T22:42:00+00:00"),
        ("Veröffentlicht am 5. März 2026, 10:42 Uhr MEZ", "2026-03-05T09:42:00+00:00"),
        ("05.03.2026, 10.42 Uhr", "2026-03-05T10:42:00+00:00"),
        ("Publié le 5 mars 2026 à 10h42", "2026-03-05T10:42:00+00:00"),
        ("5 de marzo de 2026 - 10:42", "2026-03-05T10:42:00+00:00"),
        ("5 марта 2026, 10:42 MSK", "2026-03-05T07:42:00+00:00"),
        ("2026年3月5日 10:42", "2026-03-05T10:42:00+00:00"),
        ("2026년 3월 5일 10:42 KST", "2026-03-05T01:42:00+00:00"),
    ],
)
def test_dates_are_read_in_the_words_of_many_languages(written: str, moment: str) -> None:
    date = dates_in(written)[0].date
    assert (date.moment.isoformat(), date.has_time) == (moment, True)


@pytest.mark.parametrize("written", ["3/4/2026", "31 February 2026", "By Ann Lee", "In 2026"])
def test_what_is_no_clear_day_is_no_date(written: str) -> None:
    assert dates_in(written) == []


def published(above: str = "", below: str = "", behind: str = "", head: str = "") -> str | None:
    page = html(head=head).replace("</h1>", f"</h1>{below}").replace("<h1>", f"{above}<h1>")
    moment = extracted(page.replace("</body>", f"{behind}</body>")).published_at
    return None if moment is None else moment.date().isoformat()


def test_an_update_is_not_the_day_of_publication() -> None:
    lines = "<p class=date>Updated 3 March 2026, 08:00 UTC</p><p class=date>2 March 2026</p>"
    assert published(below=lines) == "2026-03-02"


def test_dates_in_lists_of_other_stories_do_not_count() -> None:
    others = "<aside><ul><li><span class=date>1 January 2020</span></li></ul></aside>"
    assert published(above=others) is None


@pytest.mark.parametrize(
    "wrapper",
    ["<div class=comments>{}</div>", "<div class=teaser>{}</div>", "<header>{}</header>"],
)
def test_one_date_moved_out_of_the_story_is_no_date_of_it(wrapper: str) -> None:
    date = '<time datetime="2026-03-01T10:00:00Z">1 March</time>'
    assert published(below=date) == "2026-03-01"
    assert published(above=wrapper.format(date)) != "2026-03-01"
    assert published(behind=wrapper.format(date)) != "2026-03-01"


def test_the_declared_day_beats_a_more_precise_comment() -> None:
    head = '<meta property="article:published_time" content="2026-03-02 22:10:00">'
    comment = '<div class=comments><time datetime="2026-03-04T08:00:00Z">4 March</time></div>'
    assert published(head=head, behind=comment) == "2026-03-02"


def test_a_moment_in_utc_takes_the_zone_of_the_clock_that_readers_see() -> None:
    head = '<meta property="article:published_time" content="2026-03-02T23:10:00Z">'
    page = html(head=head).replace("</h1>", "</h1><p class=date>3 March 2026, 00:10</p>")
    article = extracted(page)
    assert article.published_zone == "+01:00"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-03-02T23:10:00+00:00"


def test_the_newest_entry_of_a_live_blog_does_not_date_it() -> None:
    data = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    entries = "".join(
        f"<div><time datetime='2026-03-0{n}T10:00:00Z'>{n} March</time><p>{n}. {words}</p></div>"
        for n, words in zip((4, 3, 2), PARAGRAPHS, strict=False)
    )
    assert published(head=data, below=entries) is None
    own = "<time datetime='2026-03-01T10:00:00Z'>1 March</time>"
    assert published(head=data, below=f"<p>{own}</p>{entries}") == "2026-03-01"
    assert published(below=entries) == "2026-03-04"
