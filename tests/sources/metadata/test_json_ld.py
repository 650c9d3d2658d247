"""JSON-LD describes many things; only what it says of the page's own story counts."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.metadata.json_ld import read_json_ld
from tests.sources.makers import FETCHED_AT, extracted, html

OWN = {
    "@type": "NewsArticle",
    "url": "https://www.example.com/a",
    "headline": "Bridge stays open",
    "datePublished": "2026-03-02T08:00:00Z",
    "author": {"@type": "Person", "name": "Ann Lee"},
}
OTHER = {
    "@type": "NewsArticle",
    "url": "https://www.example.com/b",
    "headline": "Ferry sinks at its berth",
    "datePublished": "2026-03-01T08:00:00Z",
    "dateModified": "2026-03-03T08:00:00Z",
    "author": {"@type": "Person", "name": "Bo Ek"},
    "articleSection": "Ferries",
}
TITLES = ("Bridge stays open | Harbour Post",)


def _read(*objects: object) -> tuple[str | None, tuple[str, ...], str | None, str | None]:
    blocks = [json.dumps(value) for value in objects]
    data = read_json_ld(blocks, ["https://www.example.com/a"], TITLES)
    return data.published, data.people, data.modified, data.section


@pytest.mark.parametrize(
    "objects",
    [
        [OWN, OTHER],
        [OTHER, OWN],
        [[OTHER, OWN]],
        [{"@graph": [OTHER, OWN]}],
        [{"@type": "WebPage", "mainEntity": OWN, "relatedLink": [OTHER]}],
        [OTHER, {**OWN, "url": None, "mainEntityOfPage": {"@id": "https://www.example.com/a"}}],
        [OTHER, {**OWN, "url": None}],
    ],
)
def test_fields_of_another_story_are_never_mixed_in(objects: list[object]) -> None:
    assert _read(*objects) == ("2026-03-02T08:00:00Z", ("Ann Lee",), None, None)


def test_an_article_that_is_another_pages_says_nothing() -> None:
    assert _read(OTHER) == (None, (), None, None)


@pytest.mark.parametrize(
    "broken",
    [
        "<!-- {} -->",
        "//<![CDATA[\n{}\n//]]>",
        "/* by hand */ {} // end",
        "[{},]",
    ],
)
def test_json_that_is_broken_around_is_repaired_and_flagged(broken: str) -> None:
    block = broken.replace("{}", json.dumps(OWN))
    page = html(head=f'<script type="application/ld+json">{block}</script>')
    article = extracted(page)
    assert article.authors == ("Ann Lee",)
    assert "json-ld-repaired" in article.flags


@pytest.mark.parametrize("quotes", ['the "old" bridge', 'a "bridge", they said'])
def test_a_quotation_mark_that_closes_nothing_cuts_no_headline(quotes: str) -> None:
    block = json.dumps({**OWN, "headline": "X"}).replace('"X"', f'"{quotes}"')
    data = read_json_ld([block], ["https://www.example.com/a"], ())
    assert data.is_repaired
    assert data.headline in (quotes, None)


def test_what_cannot_be_made_json_says_nothing_and_is_flagged() -> None:
    data = read_json_ld(["{'author': Ann Lee"], ["https://www.example.com/a"], TITLES)
    assert data.is_repaired
    assert data.people == ()


def test_a_change_is_never_the_publication() -> None:
    changed = {**OWN, "dateModified": "2026-03-04T09:00:00Z"}
    del changed["datePublished"]
    page = html(head=f'<script type="application/ld+json">{json.dumps(changed)}</script>')
    article = extracted(page)
    assert article.published_at is None
    assert article.modified_at == datetime(2026, 3, 4, 9, tzinfo=UTC)


moments = st.datetimes(datetime(2026, 2, 1), datetime(2026, 4, 1), timezones=st.just(UTC))


@settings(max_examples=40, deadline=None)
@given(moments, moments)
def test_published_comes_before_modified_and_both_before_the_fetch(
    published: datetime, modified: datetime
) -> None:
    data = {
        **OWN,
        "datePublished": published.isoformat(),
        "dateModified": modified.isoformat(),
    }
    page = html(head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    article = extracted(page)
    latest = FETCHED_AT + timedelta(days=1)
    if article.published_at is not None:
        assert article.published_at <= latest
    if article.modified_at is not None:
        assert article.modified_at <= latest
        assert article.published_at is None or article.published_at <= article.modified_at


@pytest.mark.parametrize("name", ["https://www.example.com/", "www.example.com", "/news"])
def test_an_address_is_no_outlets_name(name: str) -> None:
    head = f'<meta property="og:site_name" content="{name}">'
    assert extracted(html(head=head)).outlet is None
    both = f'{head}<meta name="application-name" content="Harbour Post">'
    assert extracted(html(head=both)).outlet == "Harbour Post"


def test_a_date_in_javascripts_form_is_read() -> None:
    written = "Mon Mar 02 2026 09:30:00 GMT+0200 (Central European Summer Time)"
    head = f'<meta property="article:published_time" content="{written}">'
    article = extracted(html(head=head))
    assert article.published_at == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert article.published_zone == "+02:00"
