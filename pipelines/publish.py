"""Turns staged tables into a published run by one atomic step.

A run is staged in a dot-folder beside the published ones, on the same filesystem, and renamed when
it is whole: a reader sees all of it or the run before it. A published run never changes again.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import storage
from pipelines.table_files import write_part
from schemas.tables import TABLES


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that holds the published runs."""

    folder: str

    @property
    def runs(self) -> str:
        """Where the runs are."""
        return storage.join(self.folder, "runs")

    def staged(self, fingerprint: str) -> str:
        """Where the tables of a run wait; a dot-folder, so no glob over runs/* finds it."""
        return storage.join(self.runs, f".staged-{fingerprint}")

    def run(self, run_id: str) -> str:
        """The published run."""
        return storage.join(self.runs, f"run={run_id}")


def published_with(output: Output, fingerprint: str) -> str | None:
    """The id of the published run that was made of the same inputs and settings, if there is."""
    for manifest in _manifests(output):
        if manifest.get("fingerprint") == fingerprint:
            return str(manifest["run_id"])
    return None


def published_ids(output: Output) -> tuple[str, ...]:
    """The ids of all published runs."""
    folders = storage.list_folders(output.runs, "run=*")
    return tuple(folder.rpartition("run=")[2] for folder in folders)


def add_missing_parts(folder: str) -> None:
    """Gives every table at least one file: a table without rows is there with 0 rows."""
    for name, schema in TABLES.items():
        if not storage.list_files(storage.join(folder, name), "*.parquet"):
            storage.make_folder(storage.join(folder, name))
            write_part(folder, name, 0, schema.empty_table())


def described_tables(folder: str) -> dict[str, Any]:
    """Rows and files of each table, each file with its size and SHA-256, for run.json."""
    return {name: _described(storage.join(folder, name)) for name in TABLES}


def publish(output: Output, fingerprint: str, manifest: Mapping[str, Any]) -> str:
    """Publishes the staged tables with this manifest; returns the path of the run."""
    staged, run = output.staged(fingerprint), output.run(str(manifest["run_id"]))
    content = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    storage.write_bytes(storage.join(staged, "run.json"), content.encode("utf-8", "replace"))
    storage.sync_tree(staged)
    storage.rename(staged, run)
    storage.sync_folder(output.runs)
    point_latest(output, str(manifest["run_id"]))
    return run


def point_latest(output: Output, run_id: str) -> None:
    """Makes OUT/latest name the run: a symlink where links exist, latest.json everywhere."""
    told = json.dumps({"run_id": run_id}) + "\n"
    storage.write_bytes(storage.join(output.folder, "latest.json"), told.encode())
    if storage.is_local(output.folder):
        link = Path(output.folder) / "latest"
        fresh = link.with_name(f".latest-{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("runs") / f"run={run_id}")
        fresh.replace(link)
        storage.sync_folder(output.folder)


def point_latest_again(output: Output, run_id: str) -> None:
    """Makes OUT/latest name a run found published, unless it names one published later.

    A start that was killed between publishing and pointing leaves the run for the next start to
    point at; a start for an older day must not turn the newest run's readers back to it.
    """
    if _published_at(output, run_id) >= _published_at(output, _named_latest(output)):
        point_latest(output, run_id)


def _named_latest(output: Output) -> str:
    path = storage.join(output.folder, "latest.json")
    return str(json.loads(storage.read_bytes(path))["run_id"]) if storage.exists(path) else ""


def _published_at(output: Output, run_id: str) -> int:
    """When the run's manifest was written, ns; 0 where that is not known."""
    manifest = Path(output.run(run_id)) / "run.json"
    is_known = storage.is_local(output.folder) and manifest.exists()
    return manifest.stat().st_mtime_ns if is_known else 0


def _manifests(output: Output) -> list[dict[str, Any]]:
    folders = storage.list_folders(output.runs, "run=*")
    paths = [storage.join(folder, "run.json") for folder in folders]
    return [json.loads(storage.read_bytes(path)) for path in paths if storage.exists(path)]


def _described(folder: str) -> dict[str, Any]:
    files = [_file(path) for path in storage.list_files(folder, "*.parquet")]
    return {"rows": sum(file["rows"] for file in files), "files": files}


def _file(path: str) -> dict[str, Any]:
    content = storage.read_bytes(path)
    rows = pq.ParquetFile(pa.BufferReader(content)).metadata.num_rows
    digest = hashlib.sha256(content).hexdigest()
    name = path.rsplit("/", 1)[-1]
    return {"name": name, "rows": rows, "bytes": len(content), "sha256": digest}
