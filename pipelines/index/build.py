"""Keeps the index of an output folder up to date: OUT/index, one folder a published run.

A run's folder is made beside the others and renamed when it is whole, and never changes: it is
there with its index.json, or not there. What belongs to no published run goes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.config.settings import settings_of_run
from pipelines.errors import UsageError
from pipelines.index.part import PART_ROWS, write_part
from pipelines.index.run_index import PAIRS, VERSION, contents
from pipelines.index.run_rows import BATCH_ROWS, run_rows
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.output.read_run import batches, manifest_of
from pipelines.storage import filesystem
from pipelines.storage.lock import locked

NONE: Mapping[str, Any] = {"parts": [], "files": []}


@dataclass(frozen=True, slots=True)
class IndexUpdate:
    """What a call of `update_index` did."""

    made: tuple[str, ...]
    """Ids of runs that are in the index now and were not before."""
    damaged: tuple[str, ...]
    """Of these, the ones whose files had changed since they were written."""
    removed: tuple[str, ...]
    """Ids of runs that are no longer published."""
    articles: int
    """In the whole index; one that stands in several runs counts in each."""
    size: int
    """Bytes of the whole index."""


def index_folder(output: str) -> Path:
    """Where the index of an output folder stands."""
    return Path(output) / "index"


def update_index(output: str) -> IndexUpdate:
    """Brings the index of an output folder up to its published runs; returns what was done.

    Every file is read and held against its digest; a run whose files differ is indexed anew.

    Raises:
        UsageError: there is no published run, or the folder is not on this machine.
        LockedError: a run works on it.
    """
    if not filesystem.is_local(output):
        raise UsageError(f"an index stands on a local disk, got {output}; copy the runs to one")
    if not publish.published_ids(Output(output)):
        raise UsageError(f"{output} holds no published run; `copytrail run` makes one")
    with locked(output):
        return update_locked(output)


def update_locked(output: str) -> IndexUpdate:
    """As `update_index`, for who holds the lock of the folder already."""
    folder = index_folder(output)
    folder.mkdir(exist_ok=True)
    for left_over in folder.glob(".unfinished-*"):
        filesystem.delete_local(left_over)
    manifests = {manifest["run_id"]: manifest for manifest in publish.in_order(Output(output))}
    removed = [path for path in run_folders(folder) if _run_id(path) not in manifests]
    for path in removed:
        filesystem.delete_local(path)
    damaged, made = [], []
    for run_id, manifest in manifests.items():
        path = folder / f"run={run_id}"
        if path.exists() and _is_whole(path, manifest):
            continue
        if path.exists():
            damaged.append(run_id)
        _make(path, Output(output).run(run_id), manifest)
        made.append(run_id)
    described = [contents(path) or NONE for path in run_folders(folder)]
    return IndexUpdate(
        tuple(made),
        tuple(damaged),
        tuple(map(_run_id, removed)),
        sum(part["articles"] for described_run in described for part in described_run["parts"]),
        sum(file["bytes"] for described_run in described for file in described_run["files"]),
    )


def run_folders(folder: Path) -> list[Path]:
    """The folders of runs in an index, by name."""
    return sorted(folder.glob("run=*"))


def _run_id(path: Path) -> str:
    return path.name.removeprefix("run=")


def _is_whole(path: Path, manifest: Mapping[str, Any]) -> bool:
    content = contents(path)
    if content is None or content["fingerprint"] != manifest["fingerprint"]:
        return False
    return all(
        (path / file["name"]).is_file() and _digest(path / file["name"]) == file["sha256"]
        for file in content["files"]
    )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _make(path: Path, run: str, manifest: Mapping[str, Any]) -> None:
    unfinished = path.with_name(f".unfinished-{uuid4().hex}")
    unfinished.mkdir()
    rules = settings_of_run(manifest_of(run)["settings"])
    rows = run_rows(run)
    parts: list[dict[str, Any]] = []
    first = 0
    while (head := list(islice(rows, 1))) or not parts:
        name = f"part-{len(parts):05d}"
        (unfinished / name).mkdir()
        part_rows = chain(head, islice(rows, PART_ROWS // BATCH_ROWS - 1))
        count = write_part(unfinished / name, first, part_rows, rules)
        parts.append({"name": name, "articles": count})
        first += count
    np.save(unfinished / PAIRS, _numbered_pairs(run))
    content = {
        "version": VERSION,
        "fingerprint": manifest["fingerprint"],
        "parts": parts,
        "files": _files(unfinished),
    }
    filesystem.write_durably(
        str(unfinished / "index.json"), json.dumps(content, indent=1, sort_keys=True).encode()
    )
    filesystem.sync_tree(str(unfinished))
    filesystem.delete_local(path)
    unfinished.rename(path)
    filesystem.sync_folder(str(path.parent))


def _numbered_pairs(run: str) -> NDArray[np.uint32]:
    """The published pairs, as numbers of articles in the order of the table, both ways."""
    columns = ("left_id", "right_id")
    pairs = pa.Table.from_batches(
        list(batches(run, "duplicate_pairs", columns, BATCH_ROWS)),
        schema=pa.schema([(name, pa.string()) for name in columns]),
    )
    names = pa.concat_arrays(
        [batch.column(0) for batch in batches(run, "articles", ("article_id",), BATCH_ROWS)]
        or [pa.array([], pa.string())]
    )
    left, right = (
        pc.index_in(pairs.column(name), names).drop_null().to_numpy().astype(np.uint32)
        for name in columns
    )
    both = np.stack([np.concatenate([left, right]), np.concatenate([right, left])], axis=1)
    return both[np.lexsort((both[:, 1], both[:, 0]))]


def _files(folder: Path) -> list[dict[str, Any]]:
    return [
        {
            "name": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": _digest(path),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
