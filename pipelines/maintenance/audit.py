"""Whether published runs are what their manifests say: files, schemas, counts, ids that meet."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.output.publish import files_beside
from pipelines.output.read_run import manifest_of, read
from pipelines.run.checks import sum_breaches
from pipelines.storage import filesystem
from schemas.tables import TABLES

REFERENCES = (
    ("articles", "source_id", "sources", "source_id"),
    ("articles", "cluster_id", "clusters", "cluster_id"),
    ("duplicate_pairs", "left_id", "articles", "article_id"),
    ("duplicate_pairs", "right_id", "articles", "article_id"),
    ("clusters", "representative_id", "articles", "article_id"),
    ("clusters", "earliest_article_id", "articles", "article_id"),
    ("cluster_timeline", "article_id", "articles", "article_id"),
    ("cluster_timeline", "cluster_id", "clusters", "cluster_id"),
    ("cluster_timeline", "source_id", "sources", "source_id"),
    ("cluster_disagreements", "cluster_id", "clusters", "cluster_id"),
)
"""Columns whose values must be those of another table: table, column, other table, its column."""
_NEEDED = {"fingerprint", "run_id", "schema_version", "tables", "counts"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the manifest says."""

    run: str
    """The folder of the run."""
    message: str


def audit(path: str) -> list[Fault]:
    """The faults of one published run; none where it is whole."""
    try:
        manifest = manifest_of(path)
        missing = _NEEDED - manifest.keys()
    except (OSError, ValueError, AttributeError) as error:
        return [Fault(path, f"run.json cannot be read: {error}")]
    if missing:
        return [Fault(path, f"run.json lacks {', '.join(sorted(missing))}")]
    faults = [*_strangers(path, manifest), *_files(path, manifest), *_beside(path, manifest)]
    if not faults:  # what is damaged cannot be counted
        faults += [*_sums(manifest), *_references(path, manifest)]
    return [Fault(path, fault) for fault in faults]


def _strangers(path: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Files of tables that the manifest does not know: readers of *.parquet would read them."""
    for table, record in manifest["tables"].items():
        known = {file["name"] for file in record["files"]}
        for file in filesystem.list_files(filesystem.join(path, table)):
            if (name := file.rsplit("/", 1)[-1]) not in known:
                yield f"{table}/{name} is not in run.json"


def _files(path: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    for table, record in manifest["tables"].items():
        for file in record["files"]:
            yield from _file(path, table, file, manifest["schema_version"])


def _beside(path: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    """The page and the description beside the tables, of runs that have them."""
    for record in files_beside(manifest):
        yield from _content(path, record["name"], record)[1]


def _file(path: str, table: str, record: Mapping[str, Any], version: str) -> Iterator[str]:
    name = f"{table}/{record['name']}"
    content, faults = _content(path, name, record)
    if content is None:
        yield from faults
        return
    file = pq.ParquetFile(pa.BufferReader(content))
    if file.metadata.num_rows != record["rows"]:
        yield f"{name} has {file.metadata.num_rows} rows, run.json says {record['rows']}"
    version_found = (file.schema_arrow.metadata or {}).get(b"schema_version", b"none").decode()
    if version_found != version:
        yield f"{name} has schema version {version_found}, run.json says {version}"


def _content(path: str, name: str, record: Mapping[str, Any]) -> tuple[bytes | None, list[str]]:
    """What the file of a run holds; None, and why, where it is not what the manifest tells."""
    try:
        content = filesystem.read_bytes(filesystem.join(path, *name.split("/")))
    except (OSError, ValueError):
        return None, [f"{name} is missing"]
    if hashlib.sha256(content).hexdigest() != record["sha256"]:
        return None, [f"{name} has changed since it was published: another SHA-256"]
    return content, []


def _sums(manifest: Mapping[str, Any]) -> Iterator[str]:
    rows = {name: manifest["tables"][name]["rows"] for name in ("articles", "rejected")}
    yield from (breach.message for breach in sum_breaches(manifest["counts"], rows))


def _references(path: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Ids without the row they name; a run of another version may lack tables and columns.

    Clusters of a run with a window hold articles of days before it, which are rows of other runs.
    """
    tables = manifest["tables"]
    whole = REFERENCES if not manifest.get("window") else REFERENCES[:2]
    for table, column, other, key in whole:
        if table in tables and other in tables and column in TABLES[table].names:
            lost = _lost(read(path, table, [column]), read(path, other, [key]))
            if lost:
                yield f"{table}.{column}: {lost} values are no {key} of {other}"


def _lost(named: pa.Table, known: pa.Table) -> int:
    values = pc.unique(named.column(0).combine_chunks()).drop_null()
    is_known = pc.is_in(values, value_set=known.column(0).combine_chunks())
    return int(pc.sum(pc.invert(is_known)).as_py() or 0)
