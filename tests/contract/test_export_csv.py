"""Tables as CSV files: every row, and nothing in a cell that a spreadsheet would run."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.errors import UsageError
from pipelines.export.to_csv import cells, export_csv
from pipelines.run.outcome import Outcome
from schemas.tables import TABLES


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_begins_like_a_formula_stays_text(start: str) -> None:
    assert cells(pa.array([f"{start}cmd|'/c calc'!A1"])).to_pylist() == [
        f"'{start}cmd|'/c calc'!A1"
    ]


def test_numbers_below_zero_stay_numbers() -> None:
    assert cells(pa.array([-5])).to_pylist() == [-5]


def test_a_list_is_json_and_an_unknown_list_is_unknown() -> None:
    column = pa.array([["=AP", "dpa"], [], None], pa.list_(pa.string()))
    assert cells(column).to_pylist() == ['["=AP", "dpa"]', "[]", None]


def test_every_table_is_written_with_all_its_rows_and_columns(sample_run: Outcome) -> None:
    output = str(Path(sample_run.path).parent.parent)
    folder = Path(export_csv(output, sample_run.run_id))
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{path}.csv" for path in TABLES
    )
    for name, schema in TABLES.items():
        with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            head, *rows = csv.reader(file)
        assert head == schema.names
        assert len(rows) == sample_run.manifest["tables"][name]["rows"]


def test_an_unknown_run_is_wrong_usage(sample_run: Outcome) -> None:
    with pytest.raises(UsageError, match="holds no published run"):
        export_csv(str(Path(sample_run.path).parent.parent), "nobody")
