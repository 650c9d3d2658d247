from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from schemas.page import Rejected, TextRow
from sources.extraction.text_rows import article_from_row
from sources.readers.single_files import read_text_file
from tests.sources.makers import LIMITS, PARAGRAPHS, from_text

TEXT = "\n\n".join(PARAGRAPHS)


def test_the_first_line_is_the_title_where_none_is_given() -> None:
    article = from_text(f"Bridge stays open\n\n{TEXT}", title=None)
    assert (article.title, article.title_source) == ("Bridge stays open", "first-line")
    assert article.text == "\n".join(PARAGRAPHS)


def test_a_repeated_headline_is_no_paragraph() -> None:
    assert from_text(f"Bridge stays open\n{TEXT}").text == "\n".join(PARAGRAPHS)


def test_what_a_row_lacks_is_none() -> None:
    article = from_text(TEXT)
    assert (article.url, article.host, article.outlet, article.published_at) == (None,) * 4


def test_rows_without_address_differ_by_their_position() -> None:
    rows = [TextRow("a.jsonl", position, TEXT, title="x") for position in (1, 2)]
    ids = {getattr(article_from_row(row, LIMITS), "article_id", None) for row in rows}
    assert len(ids) == 2


def test_a_rows_dates_are_read_with_their_zone() -> None:
    article = from_text(TEXT, published_at="2026-03-04T09:00:00+01:00")
    assert article.published_zone == "+01:00"


def test_a_byline_is_split_into_people() -> None:
    assert from_text(TEXT, authors=("By Ann Lee and Bo Ek",)).authors == ("Ann Lee", "Bo Ek")


def test_a_short_row_is_no_article() -> None:
    rejected = article_from_row(TextRow("a.jsonl", 7, "x" * 20), LIMITS)
    assert isinstance(rejected, Rejected)
    assert (rejected.reason, rejected.position) == ("too-short", 7)


@given(st.text(max_size=300), st.none() | st.text(max_size=30))
def test_no_text_makes_it_raise(text: str, date: str | None) -> None:
    article_from_row(TextRow("a.jsonl", 1, text, published_at=date), LIMITS)


@given(st.lists(st.text(max_size=80), max_size=8))
def test_extracting_clean_text_again_changes_nothing(lines: list[str]) -> None:
    article = from_text("\n".join([TEXT, *lines]))
    assert from_text(article.text).text == article.text


@pytest.fixture(scope="module")
def seed(shared: Path) -> tuple[Article, list[str]]:
    """The seed page as an article, and its lines."""
    [path] = (shared / "seed").glob("*.txt")
    with path.open("rb") as stream:
        article = article_from_row(read_text_file(stream, path.name), LIMITS)
    assert isinstance(article, Article)
    lines = (" ".join(line.split()) for line in path.read_text("utf-8").splitlines())
    return article, [line for line in lines if line]


def test_the_seed_pages_first_line_is_its_headline(seed: tuple[Article, list[str]]) -> None:
    article, lines = seed
    assert (article.title, article.title_source) == (lines[0], "first-line")


def test_the_seed_pages_captions_name_other_people(seed: tuple[Article, list[str]]) -> None:
    article, lines = seed
    assert article.captions == tuple(lines[1:3])
    assert article.flags == ("caption-without-shared-name",)


def test_the_seed_pages_photo_is_afps_and_its_text_nobodys(
    seed: tuple[Article, list[str]],
) -> None:
    article, lines = seed
    assert (article.photo_credits, article.wire_credits) == (("AFP",), ())
    assert [snippet.snippet for snippet in article.snippets if snippet.kind == "photo_credit"] == [
        lines[1]
    ]


def test_the_seed_pages_other_addresses_are_announced(seed: tuple[Article, list[str]]) -> None:
    article, lines = seed
    assert article.announced_hosts == ("presstv.ir", "presstv.co.uk")
    snippets = [snippet.snippet for snippet in article.snippets if snippet.kind == "announced_host"]
    # each with the sentence that announces it
    assert snippets == [f"{lines[-4]} {line}" for line in lines[-3:-1]]


def test_the_seed_pages_body_is_kept_to_the_letter_and_nothing_else(
    seed: tuple[Article, list[str]],
) -> None:
    article, lines = seed
    assert lines[-1] == "SHARE THIS ARTICLE"
    assert [snippet.value for snippet in article.snippets if snippet.kind == "share_line"] == lines[
        -1:
    ]
    assert article.text.split("\n") == lines[3:-4]
    assert len(lines[3:-4]) == 13
