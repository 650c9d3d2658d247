from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article, Snippet
from schemas.page import Rejected
from schemas.staged_articles import STAGED_ARTICLES, article_records, article_table, rejected_table
from schemas.tables import PURPOSE, REJECTED, TABLES

texts = st.text(st.characters(exclude_categories=["Cs"]))
names = st.lists(texts).map(tuple)
moments = st.none() | st.datetimes(
    datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)
)


def article(**changes: Any) -> Article:
    fields: dict[str, Any] = dict.fromkeys(Article.__slots__)
    fields |= {"article_id": "0" * 16, "input": "a.warc.gz", "position": 0, "text": "A story."}
    fields |= {"word_count": 2, "snippets": (), "flags": ()}
    for name in ("wire_credits", "outlet_credits", "photo_credits", "captions", "corrections"):
        fields[name] = ()
    fields["policy_links"] = ()
    return Article(**fields | {"authors": (), "announced_hosts": ()} | changes)


@given(
    st.lists(
        st.builds(
            article,
            title=st.none() | texts,
            authors=names,
            text=texts,
            published_at=moments,
            position=st.integers(0, 2**63 - 1),
            snippets=st.lists(st.builds(Snippet, texts, texts, texts)).map(tuple),
        )
    )
)
def test_articles_come_back_as_they_were_staged(articles: list[Article]) -> None:
    assert article_records(article_table(articles)) == articles


def test_no_article_is_a_table_without_rows() -> None:
    table = article_table([])
    assert (table.num_rows, table.schema) == (0, STAGED_ARTICLES)


@pytest.mark.parametrize("field", ["title", "text", "url", "input", "outlet"])
def test_a_lone_surrogate_becomes_a_replacement_character(field: str) -> None:
    (record,) = article_records(article_table([article(**{field: "a \ud800 b"})]))
    assert getattr(record, field) == "a \ufffd b"


def test_a_lone_surrogate_inside_a_list_is_replaced_too() -> None:
    odd = article(authors=("\udc00",), snippets=(Snippet("caption", "\ud800", "x"),))
    (record,) = article_records(article_table([odd]))
    assert (record.authors, record.snippets[0].value) == (("\ufffd",), "\ufffd")


def test_a_rejected_input_may_have_any_name() -> None:
    odd = Rejected("\udcff.txt", 0, "https://a.example/\ud800", "read", "unreadable", "\udfff")
    table = rejected_table([odd])
    assert table.schema == REJECTED
    assert table.column("input").to_pylist() == ["\ufffd.txt"]


def test_every_table_says_what_a_row_is() -> None:
    assert set(PURPOSE) == set(TABLES)
