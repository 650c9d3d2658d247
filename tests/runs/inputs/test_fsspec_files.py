"""Stores that Beam has no file system for, by way of fsspec: s3fs, against moto's server."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import duckdb
import fsspec
import pandas
import pyarrow as pa
import pytest
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from pipelines.config.settings import load_settings
from pipelines.errors import UsageError
from pipelines.output.publish import Output, published_ids
from pipelines.run.execute import execute
from pipelines.run.outcome import Outcome
from pipelines.run.request import Request
from pipelines.stages.extract.inputs import find_files
from pipelines.storage import filesystem, staged_tables
from tests.runs.inputs.object_store import object_store


@pytest.fixture(scope="module")
def bucket() -> Iterator[Any]:
    """A bucket of a server that the environment leads to, as s3fs and boto3 read it."""
    with object_store() as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", address)
        bucket = boto3.resource("s3").Bucket("shelf")
        bucket.create()
        yield bucket
        fsspec.filesystem("s3a").clear_instance_cache()


def test_an_object_is_written_found_read_copied_and_deleted(bucket: Any) -> None:
    filesystem.write_bytes("s3a://shelf/some/one", b"told")
    assert bucket.Object("some/one").get()["Body"].read() == b"told"
    assert filesystem.exists("s3a://shelf/some/one")
    FileSystems.copy(["s3a://shelf/some/one"], ["s3a://shelf/other/one"])
    assert filesystem.read_bytes("s3a://shelf/other/one") == b"told"
    filesystem.delete("s3a://shelf/some")
    assert [stored.key for stored in bucket.objects.all()] == ["other/one"]


def test_a_folder_is_no_object_and_what_is_missing_is_none(bucket: Any) -> None:
    bucket.put_object(Key="folder/inside", Body=b"x")
    assert not filesystem.exists("s3a://shelf/folder")
    assert not filesystem.exists("s3a://shelf/nothing")
    assert filesystem.list_files("s3a://shelf/nothing") == []
    filesystem.delete("s3a://shelf/nothing")


def test_what_another_process_wrote_is_listed_at_once(bucket: Any) -> None:
    assert filesystem.list_files("s3a://shelf/listed") == []
    bucket.put_object(Key="listed/a", Body=b"x")
    assert filesystem.list_files("s3a://shelf/listed") == ["s3a://shelf/listed/a"]
    bucket.put_object(Key="listed/b", Body=b"x")
    assert len(filesystem.list_files("s3a://shelf/listed")) == 2


def test_what_is_not_written_to_its_end_is_no_object(bucket: Any) -> None:
    with (
        pytest.raises(TypeError),
        FileSystems.create(
            "s3a://shelf/broken", compression_type=CompressionTypes.UNCOMPRESSED
        ) as stream,
    ):
        stream.writelines([b"half", "no bytes"])
    assert not filesystem.exists("s3a://shelf/broken")


def test_a_half_renamed_run_is_no_run_and_is_cleared_by_the_next_rename(bucket: Any) -> None:
    output = Output("s3a://shelf/half")
    for key in ("runs/run=a/old", "runs/.s/x", "runs/.s/run.json"):
        bucket.put_object(Key=f"half/{key}", Body=b"{}")
    assert published_ids(output) == ()
    filesystem.rename_folder("s3a://shelf/half/runs/.s", output.run("a"), "run.json")
    keys = {stored.key for stored in bucket.objects.filter(Prefix="half/")}
    assert keys == {"half/runs/run=a/x", "half/runs/run=a/run.json"}
    assert published_ids(output) == ("a",)


def test_inputs_are_found_by_pattern_and_by_folder_with_size_and_time(bucket: Any) -> None:
    for name in ("a.jsonl", "b.jsonl", "deep/c.jsonl"):
        bucket.put_object(Key=f"in/{name}", Body=b"{}\n")
    by_pattern = find_files(["s3a://shelf/in/*.jsonl"]).files
    assert [listed.path for listed in by_pattern] == [
        f"s3a://shelf/in/{name}.jsonl" for name in "ab"
    ]
    assert {listed.size_bytes for listed in by_pattern} == {3}
    assert min(listed.modified_s for listed in by_pattern) > 1e9
    assert len(find_files(["s3a://shelf/in"]).files) == 3


def test_a_store_whose_package_is_missing_is_a_usage_error_that_names_it() -> None:
    with pytest.raises(UsageError, match="pip install fsspec ossfs"):
        find_files(["oss://shelf/in/*.jsonl"])


@pytest.fixture(scope="module")
def published(bucket: Any, sample: list[Path]) -> Outcome:
    """Two files of the sample, in two worker processes, out of the bucket and into it."""
    for path in sample[:2]:
        bucket.upload_file(str(path), f"crawl/{path.name}")
    return execute(request_of(sample, "s3a://shelf/out"))


def test_pandas_and_duckdb_read_a_published_table_by_fsspec(bucket: Any) -> None:
    articles = pa.table({"article_id": ["a", "b"]})
    staged_tables.write_table("s3a://shelf/readers/run=a/articles/part-00000.parquet", articles)
    store = fsspec.filesystem("s3", use_listings_cache=False)
    with duckdb.connect() as connection:
        connection.register_filesystem(store)
        query = "SELECT article_id FROM 's3://shelf/readers/run=a/articles/*.parquet'"
        answer = connection.execute(query).fetchall()
    assert answer == [("a",), ("b",)]
    frame = pandas.read_parquet("s3://shelf/readers/run=a/articles/part-00000.parquet")
    assert frame["article_id"].tolist() == ["a", "b"]


@pytest.mark.slow
def test_a_bucket_gets_the_bytes_that_a_disk_gets(
    bucket: Any, published: Outcome, sample: list[Path], tmp_path: Path
) -> None:
    local = execute(request_of(sample, str(tmp_path)))
    paths = sorted(Path(local.path).rglob("*.parquet"))
    prefix = f"out/runs/run={published.run_id}"
    stored = {
        path: bucket.Object(f"{prefix}/{path.relative_to(local.path)}").get()["Body"].read()
        for path in paths
    }
    assert (
        json.loads(filesystem.read_bytes("s3a://shelf/out/latest.json"))["run_id"] == local.run_id
    )
    assert stored == {path: path.read_bytes() for path in paths}
    with duckdb.connect() as connection:
        connection.register_filesystem(fsspec.filesystem("s3", use_listings_cache=False))
        query = f"SELECT count(*) FROM 's3://shelf/{prefix}/articles/*.parquet'"
        answer = connection.execute(query).fetchall()
    assert answer == [(local.manifest["tables"]["articles"]["rows"],)]


def request_of(sample: list[Path], output: str) -> Request:
    """A run of the two files that stand in the bucket."""
    inputs = tuple(f"s3a://shelf/crawl/{path.name}" for path in sample[:2])
    return Request(inputs, output, load_settings(None, ["run.workers=2", "run.partitions=2"]))
