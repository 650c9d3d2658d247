from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from schemas.page import TextRow
from sources.tables.parquet_rows import read_parquet
from sources.tables.table_rows import row_maker

COLUMNS = {"text": "text|body", "url": "url|meta.url", "published_at": "date", "outlet": "outlet"}
WORDS = st.sampled_from(["", "None", "nan", " The Post ", "https://quay.example/a", "mailto:a@b"])
CELLS = (
    st.none() | WORDS | st.integers() | st.floats() | st.booleans() | st.lists(WORDS, max_size=2)
)


@given(st.dictionaries(st.sampled_from(["text", "body", "url", "meta", "date", "outlet"]), CELLS))
def test_any_row_is_a_text_or_rejected(row: dict[str, Any]) -> None:
    outcomes = row_maker("a.jsonl", COLUMNS)(1, row, True)
    assert outcomes.position == 1
    if isinstance(outcomes, TextRow):
        assert isinstance(outcomes.text, str)


@given(st.lists(st.tuples(st.none() | WORDS, st.none() | st.dates()), min_size=1, max_size=4))
def test_parquet_gives_what_its_rows_give_one_by_one(rows: list[tuple[Any, Any]]) -> None:
    table = pa.table(
        {
            "text": pa.array([text for text, _ in rows], pa.string()),
            "date": pa.array([date for _, date in rows], pa.date32()),
        }
    )
    sink = BytesIO()
    pq.write_table(table, sink)
    make = row_maker("a.parquet", COLUMNS)
    alone = [make(number, row, True) for number, row in enumerate(table.to_pylist(), 1)]
    assert list(read_parquet(BytesIO(sink.getvalue()), "a.parquet", COLUMNS)) == alone


def test_a_column_that_is_there_twice_counts_once() -> None:
    batch = pa.table([pa.array(["one"]), pa.array(["two"])], names=["text"] * 2)
    sink = BytesIO()
    pq.write_table(batch, sink)
    [row] = read_parquet(BytesIO(sink.getvalue()), "a.parquet", {"text": "text"})
    assert isinstance(row, TextRow)
    assert row.text == "two"
