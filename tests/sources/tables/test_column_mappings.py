"""Rows in the very shape that other tools write, and the articles that they become."""

import json
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import pytest

from schemas.article import Article
from schemas.page import Rejected, TextRow
from sources.extraction.text_rows import article_from_row
from sources.tables.column_mappings import MAPPINGS
from sources.tables.csv_rows import read_csv
from sources.tables.json_rows import read_json
from tests.sources.makers import LIMITS, PARAGRAPHS

TEXT = "\n".join(PARAGRAPHS)
TITLED = f"Bridge stays open\n{TEXT}"
"""As it is where there is no field for a title."""
URL = "https://www.example.com/bridge"
DATED = datetime(2026, 3, 4, 8, 5, tzinfo=UTC)
FETCHED = datetime(2026, 3, 5, 10, tzinfo=UTC)

NEWS_PLEASE = {
    "authors": ["Ann Lee"],
    "date_download": "2026-03-05 10:00:00+00:00",
    "date_modify": "None",
    "date_publish": "2026-03-04 08:05:00",
    "description": None,
    "filename": None,
    "image_url": None,
    "language": "en",
    "localpath": None,
    "maintext": TEXT,
    "source_domain": "www.example.com",
    "text": None,
    "title": "Bridge stays open",
    "title_page": None,
    "title_rss": None,
    "url": URL,
}
FUNDUS = {
    "title": "Bridge stays open",
    "body": {
        "summary": [PARAGRAPHS[0]],
        "sections": [
            {"headline": [], "paragraphs": [PARAGRAPHS[1], PARAGRAPHS[2]]},
            {"headline": ["What is left"], "paragraphs": [PARAGRAPHS[3]]},
        ],
    },
    "authors": ["Ann Lee"],
    "publishing_date": "2026-03-04 09:05:00+01:00",
    "topics": ["Bridges", "Council"],
    "free_access": True,
    "images": [],
}
MEDIA_CLOUD = {
    "id": "0f3c9f6d6b5f4b1e9a7c",
    "indexed_date": "2026-03-05 10:00:00",
    "language": "en",
    "media_name": "example.com",
    "media_url": "example.com",
    "publish_date": "2026-03-04",
    "text": TEXT,
    "title": "Bridge stays open",
    "url": URL,
}
# mcmetadata.extract with its other metadata, less the dates' types
MEDIA_CLOUD_EXTRACTED = {
    "original_url": "https://feeds.example.net/~r/harbour/abc123",
    "url": URL,
    "normalized_url": "http://example.com/bridge",
    "canonical_domain": "example.com",
    "publication_date": "2026-03-04 00:00:00",
    "language": "en",
    "full_language": "en-GB",
    "text_extraction_method": "trafilatura",
    "article_title": "Bridge stays open",
    "normalized_article_title": "bridge stays open",
    "text_content": TEXT,
    "is_homepage": False,
    "is_shortened": False,
    "version": "0.9.5",
    "other": {"raw_title": "Bridge stays open", "authors": ["Ann Lee"]},
    "indexed_date": "2026-03-05T10:00:00",
}
# stories/list of API 2.0 with `text`
MEDIA_CLOUD_2 = {
    "stories_id": 27456565,
    "media_id": 1144,
    "media_name": "The Harbour Post",
    "media_url": "http://example.com/",
    "url": URL,
    "guid": "http://example.com/?p=1",
    "title": "Bridge stays open",
    "publish_date": "2026-03-04 08:05:00",
    "collect_date": "2026-03-05 10:00:00",
    "language": "en",
    "ap_syndicated": False,
    "story_text": TEXT,
}
# a row of the site's CSV, whose columns are sorted
MEDIA_CLOUD_CSV = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    f"0f3c,2026-03-05 10:00:00,en,example.com,example.com,2026-03-04,Bridge stays open,{URL}\n"
)
DOLMA = {
    "id": "sha1:4PQZ",
    "text": TITLED,
    "source": "news-crawl",
    "created": "2026-03-05T10:00:00.000Z",
    "added": "2026-06-01T00:00:00.000Z",
    "version": "v0",
    "metadata": {
        "warc_url": URL,
        "url": "example.com/bridge",
        "warc_date": "2026-03-01T00:00:00.000Z",
        "warc_filename": "a.warc.gz",
        "content_type": "text/html",
        "uncompressed_offset": 4711,
    },
    "attributes": {"cld2__cld2__en": [[0, 340, 0.99]]},
}
DATATROVE = {
    "text": TITLED,
    "id": "<urn:uuid:6d9f1e2c-0b1f-4f5a-9a39-d1f9c3d53a10>",
    "metadata": {
        "url": URL,
        "date": "2026-03-05T10:00:00Z",
        "file_path": "/in/a.warc.gz",
        "language": "en",
        "language_score": 0.98,
    },
}
EXPANDED = {"text": TITLED, "id": "1", "url": URL, "date": "2026-03-05T10:00:00Z"}
WRITTEN = (
    ("news-please", NEWS_PLEASE),
    ("mediacloud", MEDIA_CLOUD),
    ("mediacloud", MEDIA_CLOUD_EXTRACTED),
    ("mediacloud", MEDIA_CLOUD_2),
    ("dolma", DOLMA),
    ("datatrove", DATATROVE),
    ("datatrove", EXPANDED),
    ("default", NEWS_PLEASE),
)


def article(mapping: str, row: object) -> Article:
    [outcome] = read_json(BytesIO(json.dumps(row).encode()), "in.jsonl", MAPPINGS[mapping])
    assert isinstance(outcome, TextRow), outcome
    made = article_from_row(outcome, LIMITS)
    assert isinstance(made, Article), made
    return made


@pytest.mark.parametrize(("mapping", "row"), WRITTEN)
def test_text_address_and_fetch_come_out_of_each_tools_rows(mapping: str, row: object) -> None:
    article_read = article(mapping, row)
    assert (article_read.text, article_read.url, article_read.fetched_at) == (TEXT, URL, FETCHED)


def test_news_please_gives_a_time_without_zone_and_no_date_where_it_writes_none() -> None:
    article_read = article("news-please", NEWS_PLEASE)
    assert (article_read.published_at, article_read.published_zone) == (DATED, None)
    assert article_read.modified_at is None
    assert "date-without-zone" in article_read.flags
    assert not [flag for flag in article_read.flags if "implausible" in flag]


def test_the_sections_of_a_fundus_body_become_its_text_in_order() -> None:
    article_read = article("fundus", FUNDUS)
    assert article_read.text.split("\n") == [*PARAGRAPHS[:3], "What is left", PARAGRAPHS[3]]
    assert (article_read.published_at, article_read.published_zone) == (DATED, "+01:00")
    assert article_read.section == "Bridges"


def test_a_fundus_row_with_plain_text_and_an_address_is_taken_as_it_is() -> None:
    row = {**FUNDUS, "plaintext": TEXT, "url": URL, "publisher": "The Harbour Post", "lang": "en"}
    assert (article("fundus", row).text, article("fundus", row).url) == (TEXT, URL)


def test_media_cloud_dates_are_days() -> None:
    article_read = article("mediacloud", MEDIA_CLOUD)
    assert article_read.published_at is not None
    assert article_read.published_at.date() == DATED.date()
    assert "date-day-only" in article_read.flags


def test_what_media_cloud_extracts_names_outlet_and_authors() -> None:
    extracted, older = map(partial(article, "mediacloud"), (MEDIA_CLOUD_EXTRACTED, MEDIA_CLOUD_2))
    assert (extracted.outlet, extracted.authors) == ("example.com", ("Ann Lee",))
    assert (older.outlet, older.published_at) == ("The Harbour Post", DATED)


def test_a_list_of_stories_without_their_texts_is_rejected_row_by_row() -> None:
    stream = BytesIO(MEDIA_CLOUD_CSV.encode())
    [outcome] = read_csv(stream, "stories.csv", MAPPINGS["mediacloud"])
    assert isinstance(outcome, Rejected)
    assert (outcome.reason, outcome.url) == ("missing-text", URL)


def test_when_dolma_created_a_document_is_no_claim_of_publication() -> None:
    assert article("dolma", DOLMA).published_at is None
