"""Rows of a published table by a condition."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipelines.output.read_run import batches, read_rows

ROWS = 10_000
"""More than are decoded at once, in four row groups and two files."""


@pytest.fixture
def run(tmp_path: Path) -> str:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, first in enumerate(range(0, ROWS, ROWS // 2)):
        names = [f"{number:08d}" for number in range(first, first + ROWS // 2)]
        table = pa.table({"article_id": names, "title": [f"title {name}" for name in names]})
        path = folder / f"part-{number:05d}.parquet"
        pq.write_table(table, path, row_group_size=ROWS // 4)
    return str(tmp_path)


def test_the_rows_that_fulfil_a_condition_come_from_all_files_in_order(run: str) -> None:
    wanted = [f"{number:08d}" for number in (3, 2_499, 2_500, 7_777, ROWS - 1)]
    rows = read_rows(run, "articles", pc.field("article_id").isin([*wanted, "not there"]))
    assert rows == [{"article_id": name, "title": f"title {name}"} for name in wanted]


def test_without_a_condition_all_rows_are_read(run: str) -> None:
    rows = read_rows(run, "articles", None, ["article_id"])
    assert [row["article_id"] for row in rows] == [f"{number:08d}" for number in range(ROWS)]


def test_row_groups_that_cannot_fulfil_the_condition_are_not_decoded(
    run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[int] = []
    plain = pq.ParquetFile.iter_batches

    def told(self: pq.ParquetFile, *, row_groups: list[int], **how: object) -> object:
        decoded.extend(row_groups)
        return plain(self, row_groups=row_groups, **how)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", told)
    assert read_rows(run, "articles", pc.field("article_id") == "00002600")
    assert decoded == [1]


def test_batches_are_of_at_most_the_size_that_was_asked_for(run: str) -> None:
    read_batches = list(batches(run, "articles", ["title"], 1_000))
    assert sum(batch.num_rows for batch in read_batches) == ROWS
    assert max(batch.num_rows for batch in read_batches) <= 1_000
