from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from schemas.page import Rejected, TextRow
from sources.plain import read_text_file
from sources.texts import article_from_row
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


def test_the_seed_page_is_read_as_a_reader_would(shared: Path) -> None:
    [path] = (shared / "seed").glob("*.txt")
    with path.open("rb") as stream:
        article = article_from_row(read_text_file(stream, path.name), LIMITS)
    assert isinstance(article, Article)
    assert article.title is not None
    assert article.title.startswith("Russia says")
    assert article.photo_credits == ("AFP",)
    assert article.wire_credits == ()
    assert "caption-without-shared-name" in article.flags
    assert article.captions[0].endswith("(AFP photo)")
    assert article.announced_hosts == ("presstv.ir", "presstv.co.uk")
    assert "SHARE THIS" not in article.text
    assert "alternate addresses" not in article.text
    assert len(article.text.split("\n")) == 13
