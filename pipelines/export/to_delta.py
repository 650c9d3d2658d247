"""Writes a published run as Delta tables, one folder for each, as lakehouses read them."""

import shutil
from pathlib import Path

import pyarrow as pa

from pipelines.errors import UsageError
from pipelines.export.run_folder import exported_run
from pipelines.output.read_run import batches
from schemas.tables import PURPOSE, TABLES

BATCH = 20_000


def export_delta(output: str, run_id: str | None) -> str:
    """Writes OUTPUT/export/run=ID/delta/<table> and returns that folder.

    Raises:
        UsageError: there is no such run, the output is not on this machine's disk, or deltalake is
            not installed.
    """
    try:
        from deltalake import write_deltalake
    except ImportError as error:
        raise UsageError(
            "--format delta needs the package deltalake; pip install '.[delta]', or "
            "uv sync --extra delta"
        ) from error
    path, folder = exported_run(output, run_id)
    unfinished, target = folder / ".delta.tmp", folder / "delta"
    shutil.rmtree(unfinished, ignore_errors=True)
    for table, schema in TABLES.items():
        rows = pa.RecordBatchReader.from_batches(schema, batches(path, table, schema.names, BATCH))
        write_deltalake(
            str(unfinished / table),
            rows,
            name=table,
            description=f"a row is {PURPOSE[table]}; run {run_id_of(folder)}",
        )
    shutil.rmtree(target, ignore_errors=True)
    return str(unfinished.replace(target))


def run_id_of(folder: Path) -> str:
    """The run of an export folder.

    >>> run_id_of(Path("out/export/run=2026-03-02"))
    '2026-03-02'
    """
    return folder.name.removeprefix("run=")
