"""Finds a published run and reads its tables."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines import storage
from pipelines.errors import UsageError


def find_run(folder: str) -> str:
    """The path of the run: `folder` itself, or the latest below it.

    Raises:
        UsageError: there is no run.
    """
    for path in (folder, storage.join(folder, "latest")):
        if storage.exists(storage.join(path, "run.json")):
            return path
    pointer = storage.join(folder, "latest.json")
    if storage.exists(pointer):
        run_id = json.loads(storage.read_bytes(pointer))["run_id"]
        return storage.join(folder, "runs", f"run={run_id}")
    raise UsageError(f"{folder} holds no published run; name a run=... folder or its output folder")


def manifest_of(path: str) -> dict[str, Any]:
    """What run.json says."""
    manifest: dict[str, Any] = json.loads(storage.read_bytes(storage.join(path, "run.json")))
    return manifest


def read(path: str, table: str, columns: Sequence[str] | None = None) -> pa.Table:
    """All rows of a published table."""
    names = list(columns) if columns else None
    files = storage.list_files(storage.join(path, table), "*.parquet")
    return pa.concat_tables([storage.read_table(one, names) for one in files])


def read_rows(
    path: str, table: str, wanted: pc.Expression | None, columns: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """The rows of a published table that fulfil a condition; other row groups are not decoded."""
    rows: list[dict[str, Any]] = []
    for file in storage.list_files(storage.join(path, table), "*.parquet"):
        with storage.opened(file) as stream:
            source = pa.PythonFile(stream, mode="r")
            names = list(columns) if columns else None
            rows += pq.read_table(source, filters=wanted, columns=names).to_pylist()
    return rows


def batches(path: str, table: str, columns: Sequence[str], size: int) -> Iterator[pa.RecordBatch]:
    """The rows of a published table in batches of at most `size`."""
    for file in storage.list_files(storage.join(path, table), "*.parquet"):
        with storage.opened(file) as stream:
            parquet = pq.ParquetFile(pa.PythonFile(stream, mode="r"))
            yield from parquet.iter_batches(batch_size=size, columns=list(columns))
