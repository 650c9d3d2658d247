"""Some ten minutes of hostile bytes: no reader crashes, hangs, or loses what it was given.

`pytest -m slow tests/sources/extraction/test_fuzz.py`; seeded, so that a failure can be had again.
A stage must come back within a second of CPU time for what hypothesis makes, which is small.
"""

import json
from collections.abc import Callable
from io import BytesIO
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.page import Rejected, TextRow
from sources.extraction.extract import extract_article
from sources.extraction.text_rows import article_from_row
from sources.page.decoding import decoded
from sources.readers.wacz import read_wacz
from sources.tables.column_mappings import MAPPINGS
from sources.tables.json_rows import read_json
from tests.cpu_time import within
from tests.sources.makers import LIMITS, html, member, page, read, warc_record
from tests.sources.readers.test_wacz import wacz

pytestmark = pytest.mark.slow
Result = TypeVar("Result")
FUZZ = settings(max_examples=18_000, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div class='byline author caption paywall'>", "<br>", "<script", "<!--"),
        *("-->", "<svg>", "</", "<h1>", "<time datetime='", "<meta property='article:author'"),
        *('<script type="application/ld+json">', '{"@type":"NewsArticle","author":', "[[[", "}}"),
        *(
            "By Ann Lee | ",
            "(AP) - ",
            "Photo: ",
            "also available at ",
            "example.net",
            "\u200c\u202e",
        ),
        *(
            "&#0;",
            "&amp;",
            "\x00",
            "\ud7ff",
            "\uffff",
            "2026-03-04T",
            "<article>",
            "<li><a href=//>",
            "<ul><li class=k><a href='/x'>Ferries</a><p>",
            "<h3><a href='/x'>Two boats</a></h3>",
            "<span class=author><a href='#c'>",
            "旧石桥继续向行人和公交车开放，货车须绕行下游新桥。",
        ),
        "The council of the small town voted on Tuesday evening to keep the old bridge open. ",
    ]
)
MARKUP = st.lists(PIECES | st.text(max_size=20), max_size=60).map("".join)
GOOD = b"".join(
    member(warc_record(html().encode(), url=f"https://a.example/{n}")) for n in range(4)
)


def timed(work: Callable[[], Result]) -> Result:
    """What the work gives, which takes less than a second of CPU time."""
    return within(1, work)


@seed(1)
@FUZZ
@given(st.binary(max_size=4_000), st.sampled_from([None, "utf-8", "gbk", "utf-16", "x", "hex"]))
def test_any_bytes_are_decoded(body: bytes, charset: str | None) -> None:
    text = timed(lambda: decoded(body, charset)).text
    assert "\0" not in text


@seed(2)
@FUZZ
@given(MARKUP)
def test_any_markup_is_an_article_or_rejected(markup: str) -> None:
    result = timed(lambda: extract_article(page(markup.encode("utf-8", "replace")), LIMITS))
    assert isinstance(result, Article | Rejected)
    assert getattr(result, "reason", "") != "error", result


@seed(3)
@FUZZ
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=40)), max_size=4),
    st.integers(0, len(GOOD)),
)
def test_damage_anywhere_in_a_file_is_survived(hits: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(GOOD[:end])
    for at, put in hits:
        data[at : at + len(put)] = put
    whole = timed(lambda: read(bytes(data)))
    half = len(data) // 2
    split = [*read(bytes(data), 0, half), *read(bytes(data), half)] if data else []
    pages = [outcome.position for outcome in whole if not isinstance(outcome, Rejected)]
    assert pages == [part.position for part in split if not isinstance(part, Rejected)]


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.sampled_from(
        ["2026-03-04T09:05:00+01:00", "0000-00-00", "NewsArticle", "https://[", "None"]
    )
)
KEYS = st.sampled_from(
    [
        *("@type", "@graph", "@id", "author", "name", "headline", "datePublished", "publisher"),
        *("sourceOrganization", "isBasedOn", "creditText", "articleBody", "inLanguage", "url"),
        *("text", "body", "sections", "summary", "paragraphs", "metadata", "authors", "maintext"),
    ]
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


@seed(4)
@FUZZ
@given(VALUES)
def test_any_metadata_is_read_or_left(value: object) -> None:
    head = f'<script type="application/ld+json">{json.dumps(value)}</script>'
    result = timed(lambda: extract_article(page(html(head=head).encode()), LIMITS))
    assert isinstance(result, Article), result


@seed(5)
@FUZZ
@given(st.sampled_from(sorted(MAPPINGS)), st.dictionaries(KEYS, VALUES, max_size=8))
def test_any_row_of_any_tool_is_an_article_or_rejected(name: str, row: object) -> None:
    [outcome] = read_json(BytesIO(json.dumps(row).encode()), "in.jsonl", MAPPINGS[name])
    if isinstance(outcome, TextRow):
        result = timed(lambda: article_from_row(outcome, LIMITS))
        assert getattr(result, "reason", "") != "error", result


@seed(6)
@FUZZ
@given(st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=40)), max_size=4))
def test_damage_anywhere_in_an_archive_is_survived(hits: list[tuple[int, bytes]]) -> None:
    data = bytearray(wacz({"datapackage.json": b"{}", "archive/a.warc.gz": GOOD}).getvalue())
    for at, put in hits:
        data[at : at + len(put)] = put
    assert timed(lambda: list(read_wacz(BytesIO(bytes(data)), "a.wacz")))
