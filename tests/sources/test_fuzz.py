"""Ten minutes of hostile bytes: no reader crashes, hangs, or loses what it was given.

`pytest -m slow tests/sources/test_fuzz.py`; seeded, so that a failure can be had again. A stage
must come back within a second of CPU time for what hypothesis makes, which is small.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.page import Rejected
from sources.decoding import decoded
from sources.extract import extract_article
from tests.sources.makers import LIMITS, html, member, page, read, warc_record

pytestmark = pytest.mark.slow
Result = TypeVar("Result")
FUZZ = settings(max_examples=6_000, deadline=None, suppress_health_check=list(HealthCheck))
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
        ),
        "The council of the small town voted on Tuesday evening to keep the old bridge open. ",
    ]
)
MARKUP = st.lists(PIECES | st.text(max_size=20), max_size=60).map("".join)
GOOD = b"".join(
    member(warc_record(html().encode(), url=f"https://a.example/{n}")) for n in range(4)
)


def timed(work: Callable[[], Result]) -> Result:
    """What the work gives.

    Raises:
        AssertionError: it took a second of CPU time.
    """
    start = time.process_time()
    result = work()
    assert time.process_time() - start < 1
    return result


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
    pages = [one.position for one in whole if not isinstance(one, Rejected)]
    assert pages == [one.position for one in split if not isinstance(one, Rejected)]
