"""Whether a published run is what its manifest says: rows in, faults out."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.maintenance.audit import audit
from tests.pipelines.published import articles, published, row, sources


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A whole run of two articles, which share a cluster."""
    clustered = articles(1, 2, cluster_id="c1")
    cluster = row("clusters", cluster_id="c1", representative_id=clustered[0]["article_id"])
    tables = {"articles": clustered, "sources": sources(a=2), "clusters": [cluster]}
    return Path(published(tmp_path, "one-day", tables))


def faults(path: Path) -> list[str]:
    return [fault.message for fault in audit(str(path))]


def test_a_whole_run_has_no_fault(path: Path) -> None:
    assert faults(path) == []


def test_a_file_that_the_manifest_does_not_know_is_a_fault(path: Path) -> None:
    (path / "articles" / "part-00007.parquet").write_bytes(b"")
    assert faults(path) == ["articles/part-00007.parquet is not in run.json"]


def test_a_file_that_is_gone_or_another_is_a_fault_and_nothing_is_counted_then(path: Path) -> None:
    (path / "sources" / "part-00000.parquet").unlink()
    with (path / "articles" / "part-00000.parquet").open("ab") as file:
        file.write(b"more")
    assert faults(path) == [
        "articles/part-00000.parquet has changed since it was published: another SHA-256",
        "sources/part-00000.parquet is missing",
    ]


def test_rows_and_a_version_that_the_manifest_says_otherwise_are_faults(path: Path) -> None:
    manifest = json.loads((path / "run.json").read_text())
    manifest["tables"]["articles"]["files"][0]["rows"] = 3
    manifest["schema_version"] = "0.1"
    (path / "run.json").write_text(json.dumps(manifest))
    assert faults(path)[0] == "articles/part-00000.parquet has 2 rows, run.json says 3"
    assert sum("run.json says 0.1" in fault for fault in faults(path)) == len(manifest["tables"])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "run.json cannot be read"),
        ("[]", "run.json cannot be read"),
        ('{"run_id": "x"}', "run.json lacks counts, fingerprint, schema_version, tables"),
    ],
)
def test_a_manifest_that_says_too_little_is_the_only_fault(
    path: Path, content: str, fault: str
) -> None:
    (path / "run.json").write_text(content)
    assert len(faults(path)) == 1
    assert faults(path)[0].startswith(fault)


def test_ids_that_name_no_row_are_counted_by_their_column(tmp_path: Path) -> None:
    tables = {"articles": articles(1, 2, cluster_id="c1"), "sources": sources(b=2)}
    path = Path(published(tmp_path, "torn", tables))
    assert faults(path) == [
        "articles.source_id: 1 values are no source_id of sources",
        "articles.cluster_id: 1 values are no cluster_id of clusters",
    ]


def test_clusters_of_a_window_may_name_articles_of_earlier_runs(tmp_path: Path) -> None:
    cluster = row("clusters", cluster_id="c1", representative_id="f" * 16)
    tables = {"clusters": [cluster]}
    assert len(faults(Path(published(tmp_path, "whole", tables)))) > 0
    window = {"days": "2026-03-02", "history": []}
    assert faults(Path(published(tmp_path, "of-a-day", tables, window=window))) == []


def test_counts_that_are_not_the_rows_are_a_fault(tmp_path: Path) -> None:
    counts = {"pages": 5, "articles": 2, "rejected": 0, "skipped": 0}
    tables = {"articles": articles(1, 2), "sources": sources(a=2)}
    path = Path(published(tmp_path, "uncounted", tables, counts=counts))
    assert pq.ParquetFile(path / "articles" / "part-00000.parquet").metadata.num_rows == 2
    assert len(faults(path)) == 1
    assert "5 pages" in faults(path)[0]
