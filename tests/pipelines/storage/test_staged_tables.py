from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.storage.staged_tables import read_range, row_groups, write_table

GROUP = 4
"""Rows of a row group in these files."""


def staged(folder: Path, ids: Sequence[str]) -> str:
    path = str(folder / "articles.parquet")
    table = pa.table({"article_id": pa.array(ids, pa.string()), "row": range(len(ids))})
    write_table(path, table, rows=GROUP)
    return path


@given(ids=st.lists(st.text("abc", max_size=3), max_size=30), ends=st.tuples(*[st.text("abc")] * 2))
def test_a_range_holds_all_rows_whose_value_lies_in_it(
    ids: list[str], ends: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = staged(tmp_path_factory.mktemp("staged"), sorted(ids))
    values = read_range(path, "article_id", *ends).column("article_id").to_pylist()
    assert values == [value for value in sorted(ids) if ends[0] <= value <= ends[1]]


def test_row_groups_that_cannot_fulfil_the_condition_are_left_out(tmp_path: Path) -> None:
    path = staged(tmp_path, [f"{number:02}" for number in range(4 * GROUP)])
    with Path(path).open("rb") as stream:
        assert row_groups(stream, pc.field("article_id") >= "09")[1] == [2, 3]
        assert row_groups(stream, pc.field("article_id") == "99")[1] == []
        assert row_groups(stream, None)[1] == [0, 1, 2, 3]


def test_a_file_without_rows_has_no_row_in_any_range(tmp_path: Path) -> None:
    assert read_range(staged(tmp_path, []), "article_id", "a", "z").num_rows == 0
