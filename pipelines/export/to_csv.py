"""Writes a published run as CSV files that a spreadsheet opens without running anything in them."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from pipelines.export.run_folder import exported_run
from pipelines.output.read_run import batches
from schemas.tables import TABLES

# what spreadsheets take for the start of a formula, full-width signs too
# (https://owasp.org/www-community/attacks/CSV_Injection)
FORMULA = "^([=+\\-@\t\r\n＝＋－＠])"
BATCH = 4096


def export_csv(output: str, run_id: str | None) -> str:
    """Writes each table of a run to OUTPUT/export/run=ID/csv and returns that folder.

    Raises:
        UsageError: there is no such run, or the output is not on this machine's disk.
    """
    path, folder = exported_run(output, run_id)
    target = folder / "csv"
    target.mkdir(exist_ok=True)
    for table in TABLES:
        _write(path, table, target / f"{table}.csv")
    return str(target)


def cells(column: pa.Array) -> pa.Array:
    """The column as a spreadsheet may see it: lists as JSON, no text that begins like a formula.

    >>> cells(pa.array(["=1+1", "story", None])).to_pylist()
    ["'=1+1", 'story', None]
    """
    if pa.types.is_nested(column.type):
        encoded = [None if value is None else _json(value) for value in column.to_pylist()]
        return pa.array(encoded, pa.string())
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_string(column.type):
        return pc.replace_substring_regex(column, FORMULA, r"'\1")
    return column


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _write(path: str, table: str, target: Path) -> None:
    """Null is an empty cell and an empty text is `""`; the file stands whole or not at all."""
    names = TABLES[table].names
    empty = [cells(pa.array([], field.type)) for field in TABLES[table]]
    schema = pa.schema(
        [pa.field(name, field.type) for name, field in zip(names, empty, strict=True)]
    )
    unfinished = target.with_suffix(".tmp")
    with pyarrow.csv.CSVWriter(unfinished, schema) as writer:
        for batch in batches(path, table, names, BATCH):
            shown = [cells(batch.column(name)) for name in names]
            writer.write(pa.record_batch(shown, schema=schema))
    unfinished.replace(target)
