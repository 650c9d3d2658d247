"""Finds a published run and reads its tables."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import UsageError
from pipelines.storage import filesystem, staged_tables

_AT_ONCE = 2_048
"""Rows that are decoded at once."""


def find_run(folder: str) -> str:
    """The path of the run: `folder` itself, or the latest below it.

    Raises:
        UsageError: there is no run.
    """
    for path in (folder, filesystem.join(folder, "latest")):
        if filesystem.exists(filesystem.join(path, "run.json")):
            return path
    pointer = filesystem.join(folder, "latest.json")
    if filesystem.exists(pointer):
        run_id = json.loads(filesystem.read_bytes(pointer))["run_id"]
        return filesystem.join(folder, "runs", f"run={run_id}")
    raise UsageError(f"{folder} holds no published run; name a run=... folder or its output folder")


def manifest_of(path: str) -> dict[str, Any]:
    """What run.json says."""
    manifest: dict[str, Any] = json.loads(filesystem.read_bytes(filesystem.join(path, "run.json")))
    return manifest


def read(path: str, table: str, columns: Sequence[str] | None = None) -> pa.Table:
    """All rows of a published table."""
    names = list(columns) if columns else None
    files = filesystem.list_files(filesystem.join(path, table), "*.parquet")
    return pa.concat_tables([staged_tables.read_table(path, names) for path in files])


def read_rows(
    path: str, table: str, wanted: pc.Expression | None, columns: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """The rows of a published table that fulfil a condition; other row groups are not decoded.

    Batch by batch: a file of articles at once is 90 MB, of which the condition keeps little.

    Args:
        path: of the run.
        table: its name.
        wanted: the condition; all rows without one.
        columns: those of the condition and any others; all of the table without them.
    """
    rows: list[dict[str, Any]] = []
    for file in filesystem.list_files(filesystem.join(path, table), "*.parquet"):
        with filesystem.opened(file) as stream:
            for batch in _batches(stream, columns, _AT_ONCE, wanted):
                rows_read = pa.Table.from_batches([batch])
                rows += (rows_read if wanted is None else rows_read.filter(wanted)).to_pylist()
    return rows


def batches(path: str, table: str, columns: Sequence[str], size: int) -> Iterator[pa.RecordBatch]:
    """The rows of a published table in batches of at most `size`."""
    for file in filesystem.list_files(filesystem.join(path, table), "*.parquet"):
        with filesystem.opened(file) as stream:
            yield from _batches(stream, columns, size)


def _batches(
    stream: BinaryIO,
    columns: Sequence[str] | None,
    size: int,
    wanted: pc.Expression | None = None,
) -> Iterator[pa.RecordBatch]:
    """The rows of all row groups of a file in which some may fulfil the condition."""
    parquet, groups = staged_tables.row_groups(stream, wanted)
    names = list(columns) if columns else None
    yield from parquet.iter_batches(batch_size=size, row_groups=groups, columns=names)
