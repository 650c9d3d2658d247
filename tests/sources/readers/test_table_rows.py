from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from sources.readers.table_rows import batch_maker, row_maker

COLUMNS = {
    "text": "text|body",
    "url": "url|meta.url|links.0",
    "outlet": "outlet|source",
    "authors": "authors",
    "published_at": "date",
}
WORDS = st.sampled_from(["", "None", "nan", " The Post ", "https://quay.example/a", "mailto:a@b"])
CELLS = st.none() | WORDS
KINDS: Mapping[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("text", "body", "url", "outlet", "source"), CELLS),
    "authors": st.none() | st.lists(WORDS, max_size=2),
    "date": st.none() | st.dates(),
    "meta": st.none() | st.fixed_dictionaries({"url": CELLS}),
    "meta.url": CELLS,
    "other": CELLS,
}


@st.composite
def tables(draw: st.DrawFn) -> pa.RecordBatch:
    names = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, unique=True))
    rows = draw(st.integers(1, 4))
    values = [draw(st.lists(KINDS[name], min_size=rows, max_size=rows)) for name in names]
    return pa.RecordBatch.from_arrays([pa.array(one) for one in values], names=names)


@given(tables())
def test_a_batch_gives_what_its_rows_give_one_by_one(batch: pa.RecordBatch) -> None:
    make = row_maker("a.parquet", COLUMNS)
    alone = [make(number, row) for number, row in enumerate(batch.to_pylist(), 7)]
    assert list(batch_maker("a.parquet", COLUMNS)(7, batch)) == alone


def test_a_column_that_is_there_twice_is_read_as_rows_have_it() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["one"]), pa.array(["two"])], names=["text"] * 2)
    (row,) = batch_maker("a.parquet", {"text": "text"})(1, batch)
    assert row == row_maker("a.parquet", {"text": "text"})(1, {"text": "two"})
