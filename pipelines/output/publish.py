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

from pipelines.output.table_files import write_part
from pipelines.storage import filesystem
from pipelines.window import Window, window_of
from schemas.tables import TABLES


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that holds the published runs."""

    folder: str

    @property
    def runs(self) -> str:
        """Where the runs are."""
        return filesystem.join(self.folder, "runs")

    def staged(self, fingerprint: str) -> str:
        """Where the tables of a run wait; a dot-folder, so no glob over runs/* finds it."""
        return filesystem.join(self.runs, f".staged-{fingerprint}")

    def run(self, run_id: str) -> str:
        """The published run."""
        return filesystem.join(self.runs, f"run={run_id}")


def published_with(output: Output, fingerprint: str) -> str | None:
    """The id of the published run that was made of the same inputs and settings, if there is.

    Not one whose inputs changed under its hands: they have to be read anew.
    """
    manifests = [
        manifest
        for manifest in in_order(output)
        if manifest["fingerprint"] == fingerprint and not manifest.get("changed")
    ]
    return str(manifests[0]["run_id"]) if manifests else None


def in_order(output: Output) -> list[dict[str, Any]]:
    """The manifests of all published runs in the order of publishing; damaged ones are left out."""
    folders = filesystem.list_folders(output.runs, "run=*")
    manifests = [manifest for manifest in map(_manifest, folders) if manifest is not None]
    return sorted(
        manifests,
        key=lambda manifest: (_published_at(output, manifest["run_id"]), manifest["run_id"]),
    )


def told_damaged(output: Output) -> list[str]:
    """A warning for each published run whose manifest is missing or damaged."""
    folders = filesystem.list_folders(output.runs, "run=*")
    way_out = f"see `copytrail verify {output.folder}`"
    return [
        f"{folder} is damaged and was left out; {way_out}"
        for folder in folders
        if _manifest(folder) is None
    ]


def published_ids(output: Output) -> tuple[str, ...]:
    """The ids of all published runs."""
    folders = filesystem.list_folders(output.runs, "run=*")
    return tuple(folder.rpartition("run=")[2] for folder in folders if _is_whole(folder))


def windows(output: Output) -> dict[str, Window]:
    """The windows of the published runs that have one, by run id, in the order of publishing."""
    return {
        manifest["run_id"]: window_of(manifest["window"]["days"])
        for manifest in in_order(output)
        if manifest.get("window")
    }


def add_missing_parts(folder: str) -> None:
    """Gives every table at least one file: a table without rows is there with 0 rows."""
    for name, schema in TABLES.items():
        if not filesystem.list_files(filesystem.join(folder, name), "*.parquet"):
            filesystem.make_folder(filesystem.join(folder, name))
            write_part(folder, name, 0, schema.empty_table())


def described_tables(folder: str) -> dict[str, Any]:
    """Rows and files of each table, each file with its size and SHA-256, for run.json."""
    return {name: _described(filesystem.join(folder, name)) for name in TABLES}


def keep_staged(output: Output, fingerprint: str, manifest: Mapping[str, Any]) -> None:
    """Completes the staged tables by their manifest, which says that nothing is missing.

    So it is written last, and when the tables are safe from a power cut.
    """
    staged = output.staged(fingerprint)
    filesystem.sync_tree(staged)
    content = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    filesystem.write_durably(
        filesystem.join(staged, "run.json"), content.encode("utf-8", "replace")
    )


def staged_manifest(output: Output, fingerprint: str) -> dict[str, Any] | None:
    """The manifest of a whole run that waits unpublished, if there is one."""
    return _manifest(output.staged(fingerprint))


def waiting(output: Output) -> list[dict[str, Any]]:
    """The manifests of all whole runs that wait unpublished, in the order they were made."""
    folders = filesystem.list_folders(output.runs, ".staged-*")
    by_folder = {folder: _manifest(folder) for folder in folders}
    in_time = sorted(folders, key=lambda folder: (_written_at(folder), folder))
    return [manifest for folder in in_time if (manifest := by_folder[folder]) is not None]


def publish(output: Output, fingerprint: str, manifest: Mapping[str, Any]) -> str:
    """Publishes the staged tables with this manifest; returns the path of the run."""
    staged, run = output.staged(fingerprint), output.run(str(manifest["run_id"]))
    keep_staged(output, fingerprint, manifest)
    filesystem.rename_folder(staged, run, last="run.json")
    filesystem.sync_folder(output.runs)
    point_latest_again(output, str(manifest["run_id"]))
    return run


def point_latest(output: Output, run_id: str) -> None:
    """Makes OUT/latest name the run: a symlink where links exist, latest.json everywhere."""
    content = json.dumps({"run_id": run_id}) + "\n"
    filesystem.write_durably(filesystem.join(output.folder, "latest.json"), content.encode())
    if filesystem.is_local(output.folder):
        link = Path(output.folder) / "latest"
        fresh = link.with_name(f".latest-{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("runs") / f"run={run_id}")
        fresh.replace(link)
        filesystem.sync_folder(output.folder)


def point_latest_again(output: Output, run_id: str) -> None:
    """Makes OUT/latest name the run, unless it names one of a later day, or published later.

    A start that was killed between publishing and pointing leaves the run for the next start to
    point at; a start for an older day must not turn the newest day's readers back to it.
    """
    if not _is_older(output, run_id, named_latest(output)):
        point_latest(output, run_id)


def _is_older(output: Output, run_id: str, latest: str) -> bool:
    """Whether a run is of an earlier day than another, or of no other day and published before."""
    published = _published_at(output, run_id) < _published_at(output, latest)
    manifests = [_manifest(output.run(name)) or {} for name in (run_id, latest)]
    days = [
        window_of(manifest["window"]["days"]).last
        for manifest in manifests
        if manifest.get("window")
    ]
    if len(days) == len(manifests) and days[0] != days[1]:
        return days[0] < days[1]
    return published


def file_faults(path: str, manifest: Mapping[str, Any]) -> list[str]:
    """What is wrong with the files of a published run: each that is missing or has changed."""
    named = [
        (f"{table}/{file['name']}", file["sha256"])
        for table, record in manifest["tables"].items()
        for file in record["files"]
    ]
    named += [(file["name"], file["sha256"]) for file in files_beside(manifest)]
    return [fault for name, digest in named if (fault := _file_fault(path, name, digest))]


def write_beside(folder: str, name: str, content: bytes) -> dict[str, Any]:
    """Writes a file beside the tables in `folder`; what the manifest says of it."""
    filesystem.write_durably(filesystem.join(folder, name), content)
    digest = hashlib.sha256(content).hexdigest()
    return {"name": name, "bytes": len(content), "sha256": digest}


def files_beside(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the manifest says of the files beside the tables; older runs have fewer of them."""
    return [manifest[name] for name in ("report", "package") if name in manifest]


def _file_fault(path: str, name: str, digest: str) -> str | None:
    try:
        content = filesystem.read_bytes(filesystem.join(path, *name.split("/")))
    except (OSError, ValueError):
        return f"{name} is missing"
    if hashlib.sha256(content).hexdigest() != digest:
        return f"{name} has changed since it was published: another SHA-256"
    return None


def set_aside(output: Output, run_id: str) -> str:
    """Moves a published run to a dot-folder, where no reader finds it; returns its path."""
    hidden = filesystem.join(output.runs, f".damaged-run={run_id}")
    filesystem.delete(hidden)
    filesystem.rename_folder(output.run(run_id), hidden, last="run.json")
    filesystem.sync_folder(output.runs)
    return hidden


def named_latest(output: Output) -> str:
    """The id that latest.json holds; empty where it is missing or damaged."""
    path = filesystem.join(output.folder, "latest.json")
    try:
        return (
            str(json.loads(filesystem.read_bytes(path))["run_id"])
            if filesystem.exists(path)
            else ""
        )
    except (ValueError, KeyError, TypeError):
        return ""  # damaged: whatever is published goes before it


def _published_at(output: Output, run_id: str) -> int:
    return _written_at(output.run(run_id))


def _written_at(folder: str) -> int:
    """When the manifest of the run in this folder was written, ns; 0 where that is not known."""
    manifest = Path(folder) / "run.json"
    is_known = filesystem.is_local(folder) and manifest.exists()
    return manifest.stat().st_mtime_ns if is_known else 0


def _manifest(folder: str) -> dict[str, Any] | None:
    """What the run's run.json says; None where it is missing or damaged."""
    path = filesystem.join(folder, "run.json")
    try:
        manifest = json.loads(filesystem.read_bytes(path)) if filesystem.exists(path) else None
    except (OSError, ValueError):
        return None
    if not isinstance(manifest, dict) or not {"run_id", "fingerprint"} <= manifest.keys():
        return None
    return manifest if folder.endswith(_ends(manifest)) else None


def _ends(manifest: Mapping[str, Any]) -> tuple[str, str]:
    """How the path of its folder ends; a run that was renamed by hand is not what it says."""
    return f"run={manifest['run_id']}", f".staged-{manifest['fingerprint']}"


def _is_whole(folder: str) -> bool:
    """Whether a run is all there: in an object store its manifest comes last."""
    return filesystem.is_local(folder) or filesystem.exists(filesystem.join(folder, "run.json"))


def _described(folder: str) -> dict[str, Any]:
    files = [_file(path) for path in filesystem.list_files(folder, "*.parquet")]
    return {"rows": sum(file["rows"] for file in files), "files": files}


def _file(path: str) -> dict[str, Any]:
    content = filesystem.read_bytes(path)
    rows = pq.ParquetFile(pa.BufferReader(content)).metadata.num_rows
    digest = hashlib.sha256(content).hexdigest()
    name = path.rsplit("/", 1)[-1]
    return {"name": name, "rows": rows, "bytes": len(content), "sha256": digest}
