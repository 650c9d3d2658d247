import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.page import Rejected, TextRow
from sources.tables import text_stream
from sources.tables.column_mappings import DEFAULT, MAPPINGS
from sources.tables.csv_rows import read_csv
from sources.tables.json_rows import read_json
from sources.tables.parquet_rows import read_parquet
from sources.tables.table_rows import row_maker

Outcome = TextRow | Rejected


def jsonl(*lines: str) -> list[Outcome]:
    return list(read_json(BytesIO("\n".join(lines).encode()), "in.jsonl", DEFAULT))


def csv(text: str) -> list[Outcome]:
    return list(read_csv(BytesIO(text.encode()), "in.csv", DEFAULT))


def parquet(table: pa.Table) -> list[Outcome]:
    sink = BytesIO()
    pq.write_table(table, sink)
    return list(read_parquet(BytesIO(sink.getvalue()), "in.parquet", DEFAULT))


def only(outcomes: list[Outcome]) -> TextRow:
    [row] = outcomes
    assert isinstance(row, TextRow), row
    return row


def test_broken_lines_are_rejected_with_their_number() -> None:
    outcomes = jsonl(
        '{"text": "a"}', "no JSON", "", "[1]", '{"url": "https://a.com"}', '{"text": 7}'
    )
    reasons = [(outcome.position, getattr(outcome, "reason", "row")) for outcome in outcomes]
    assert reasons == [
        (1, "row"),
        (2, "bad-json"),
        (4, "bad-json"),
        (5, "missing-text"),
        (6, "wrong-type"),
    ]


def test_lines_that_were_joined_are_read_each() -> None:
    outcomes = jsonl('{"text": "a"}{"text": "b"} {"text": "} {"}\r{"text": "d"}', '{"text": "e"}')
    texts = [outcome.text for outcome in outcomes if isinstance(outcome, TextRow)]
    assert texts == ["a", "b", "} {", "d", "e"]
    outcomes = jsonl('{"text": "a"}{"text": "b"', '{"text": "a"} b')
    reasons = [(outcome.position, getattr(outcome, "reason", "row")) for outcome in outcomes]
    assert reasons == [(1, "row"), (1, "bad-json"), (2, "bad-json")]


def test_a_return_that_ends_a_line_ends_a_row_too() -> None:
    lines = 'url,text\n,"a\rb"\n\r,c\n,d\r,e\n,"f'
    outcomes = csv(lines)
    texts = [outcome.text for outcome in outcomes if isinstance(outcome, TextRow)]
    assert texts == ["a\rb", "c", "d", "e"]
    assert [outcome.position for outcome in outcomes] == [2, 4, 5, 6, 7]


def test_json_nested_without_end_is_a_broken_line() -> None:
    assert isinstance(jsonl("[" * 100_000)[0], Rejected)


def test_a_line_over_the_limit_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_stream, "MAX_LINE_BYTES", 50)
    outcomes = jsonl(json.dumps({"text": "x" * 200}), '{"text": "short"}')
    assert [getattr(outcome, "reason", "row") for outcome in outcomes] == ["too-large", "row"]


def test_an_address_that_is_none_is_rejected() -> None:
    [outcomes] = jsonl('{"text": "a", "url": "javascript:alert(1)"}')
    assert isinstance(outcomes, Rejected)
    assert outcomes.reason == "bad-address"


def test_csv_rows_begin_at_their_line_and_may_span_several() -> None:
    outcomes = csv('url,text\nhttps://a.com,"one\ntwo"\nhttps://b.com,three\nbroken\n')
    assert [outcome.position for outcome in outcomes] == [2, 4, 5]
    assert isinstance(outcomes[2], Rejected)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_takes_its_delimiter_from_the_header(delimiter: str) -> None:
    row = only(csv(f"title{delimiter}text\nHead{delimiter}words\n"))
    assert (row.title, row.text) == ("Head", "words")


def test_parquet_lists_times_and_structs_become_fields() -> None:
    row = only(
        parquet(
            pa.table(
                {
                    "text": ["words"],
                    "authors": [["Ann Lee", "Bo Ek"]],
                    "published_at": pa.array([1_770_000_000_000_000], pa.timestamp("us", "UTC")),
                }
            )
        )
    )
    assert row.authors == ("Ann Lee", "Bo Ek")
    assert row.published_at == "2026-02-02T02:40:00+00:00"


def test_a_broken_parquet_file_is_rejected() -> None:
    [outcomes] = read_parquet(BytesIO(b"PAR1 no PAR1"), "in.parquet", DEFAULT)
    assert isinstance(outcomes, Rejected)


@pytest.mark.parametrize(
    ("mapping", "row"),
    [
        ("news-please", {"maintext": "words", "url": "https://a.com", "title": "Head"}),
        (
            "fundus",
            {"plaintext": "words", "html": {"responded_url": "https://a.com"}, "title": "Head"},
        ),
        ("mediacloud", {"text_content": "words", "url": "https://a.com", "article_title": "Head"}),
        ("dolma", {"text": "words", "metadata": {"url": "https://a.com", "title": "Head"}}),
        ("datatrove", {"text": "words", "metadata": {"url": "https://a.com", "title": "Head"}}),
        ("default", {"content": "words", "link": "https://a.com", "headline": "Head"}),
    ],
)
def test_other_tools_rows_are_understood(mapping: str, row: dict[str, object]) -> None:
    line = BytesIO(json.dumps(row).encode())
    outcomes = only(list(read_json(line, "in.jsonl", MAPPINGS[mapping])))
    assert (outcomes.text, outcomes.url, outcomes.title) == ("words", "https://a.com", "Head")


def test_a_mapping_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match="headline"):
        row_maker("in.csv", {"text": "text", "headline": "h"})


@pytest.mark.parametrize("reader", [read_json, read_csv, read_parquet])
@given(data=st.binary(max_size=300))
def test_no_bytes_make_a_reader_raise(
    reader: Callable[[BinaryIO, str, object], Iterator[Outcome]], data: bytes
) -> None:
    list(reader(BytesIO(data), "in", DEFAULT))


def test_the_broken_file_is_read_as_its_truth_says(shared: Path) -> None:
    with (shared / "hostile/broken.jsonl").open("rb") as stream:
        outcomes = list(read_json(stream, "broken.jsonl", DEFAULT))
    assert [outcome.position for outcome in outcomes] == [1, 2, 3, 4, 6, 7]
    assert [outcome.position for outcome in outcomes if isinstance(outcome, Rejected)] == [
        2,
        3,
        4,
        6,
    ]
