"""Input and output in an S3-compatible object store: moto's server, started here.

Whole runs are marked slow: Beam makes a client for each request, a tenth of a second of CPU each.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq
import pytest
from apache_beam.io.filesystems import FileSystems
from pyarrow.fs import S3FileSystem

from pipelines.config.settings import load_settings
from pipelines.engine.runner import engine
from pipelines.output.publish import Output, published_ids
from pipelines.run.execute import execute
from pipelines.run.outcome import Outcome
from pipelines.run.request import Request
from pipelines.storage import filesystem, staged_tables
from pipelines.window import window_of
from schemas.tables import TABLES
from tests.runs.inputs.object_store import object_store
from tests.runs.makers import page_rows, rows_file, run, story


@pytest.fixture(scope="module")
def options() -> Iterator[tuple[str, ...]]:
    """What the command is given behind `--` to reach the server."""
    with object_store() as address:
        yield (f"--s3_endpoint_url={address}",)


@pytest.fixture(scope="module")
def bucket(options: tuple[str, ...]) -> Any:
    """A bucket of the server."""
    address = options[0].partition("=")[2]
    bucket = boto3.resource("s3", endpoint_url=address).Bucket("desk")
    bucket.create()
    FileSystems.set_options(engine("embedded", 1, options)[1])
    return bucket


@pytest.fixture(scope="module")
def request_of(sample: list[Path], options: tuple[str, ...]) -> Callable[[str, str], Request]:
    """A run in two worker processes, of two files from one place into another."""
    settings = load_settings(None, ["run.workers=2", "run.partitions=2"])

    def made(source: str, target: str) -> Request:
        inputs = tuple(f"{source}/{path.name}" for path in sample[:2])
        return Request(inputs, target, settings, beam_options=options)

    return made


@pytest.fixture(scope="module")
def stored_run(
    bucket: Any, sample: list[Path], request_of: Callable[[str, str], Request]
) -> Outcome:
    """The files read from the bucket and published into it."""
    for path in sample[:2]:
        bucket.upload_file(str(path), f"crawl/{path.name}")
    return execute(request_of("s3://desk/crawl", "s3://desk/out"))


def content(bucket: Any, key: str) -> bytes:
    """One object."""
    read: bytes = bucket.Object(key).get()["Body"].read()
    return read


def rows(content: bytes) -> list[dict[str, Any]]:
    """A table's rows without where they were read."""
    table = pq.ParquetFile(pa.BufferReader(content)).read()
    names = [name for name in table.column_names if name != "input"]
    as_rows: list[dict[str, Any]] = table.select(names).to_pylist()
    return as_rows


@pytest.mark.slow
def test_a_bucket_gets_the_tables_that_a_disk_gets(
    bucket: Any, stored_run: Outcome, request_of: Callable[[str, str], Request], tmp_path: Path
) -> None:
    stored = {
        stored.key.rpartition("/run=")[2].partition("/")[2]: rows(content(bucket, stored.key))
        for stored in bucket.objects.filter(Prefix="out/runs/run=")
        if stored.key.endswith(".parquet")
    }
    local = execute(request_of("s3://desk/crawl", str(tmp_path)))
    paths = sorted(Path(local.path).rglob("*.parquet"))
    local_rows = {
        path.relative_to(local.path).as_posix(): rows(path.read_bytes()) for path in paths
    }
    assert stored == local_rows
    assert stored["articles/part-00000.parquet"]
    assert {name.split("/")[0] for name in stored} == set(TABLES)


@pytest.mark.slow
def test_latest_json_names_the_run_and_nothing_else_is_left(
    bucket: Any, stored_run: Outcome
) -> None:
    assert json.loads(content(bucket, "out/latest.json")) == {"run_id": stored_run.run_id}
    keys = {stored.key for stored in bucket.objects.filter(Prefix="out/")} - {"out/latest.json"}
    assert all(key.startswith(f"out/runs/run={stored_run.run_id}/") for key in keys)


@pytest.mark.slow
def test_a_second_start_finds_the_run_in_the_bucket(
    stored_run: Outcome, request_of: Callable[[str, str], Request]
) -> None:
    again = execute(request_of("s3://desk/crawl", "s3://desk/out"))
    assert (again.is_new, again.run_id) == (False, stored_run.run_id)


def test_a_half_renamed_run_is_no_run_and_is_cleared_by_the_next_rename(bucket: Any) -> None:
    output = Output("s3://desk/half")
    for key, expected in (
        ("runs/run=a/old", b"left"),
        ("runs/.s/x", b"x"),
        ("runs/.s/run.json", b"{}"),
    ):
        bucket.put_object(Key=f"half/{key}", Body=expected)
    assert published_ids(output) == ()
    filesystem.rename_folder(
        output.staged("")[: -len(".staged-")] + ".s", output.run("a"), "run.json"
    )
    keys = {stored.key for stored in bucket.objects.filter(Prefix="half/")}
    assert keys == {"half/runs/run=a/x", "half/runs/run=a/run.json"}
    assert published_ids(output) == ("a",)


@pytest.mark.slow
def test_a_window_finds_copies_of_a_day_whose_articles_the_bucket_holds(
    bucket: Any, options: tuple[str, ...], tmp_path: Path
) -> None:
    days = {"2026-03-02": ("first", 1), "2026-03-03": ("second", 1)}
    for day, (host, number) in days.items():
        path = rows_file(tmp_path, day, page_rows(day, (host, story(number)), (host, story(9))))
        bucket.upload_file(str(path), f"days/{day}.jsonl")
        last = run(
            [f"s3://desk/days/{day}.jsonl"],
            "s3://desk/windows",  # type: ignore[arg-type]  # an address in place of a folder
            "run.partitions=1",
            window=window_of(day),
            beam_options=options,
            work=str(tmp_path / "work"),
        )
    assert last.manifest["window"] == {"days": "2026-03-03", "history": ["2026-03-02"]}
    assert last.manifest["tables"]["cluster_timeline"]["rows"] > 2


def test_pyarrow_reads_a_published_table_by_its_own_file_system(
    bucket: Any, options: tuple[str, ...]
) -> None:
    articles = pa.table({"article_id": ["a", "b"]})
    staged_tables.write_table("s3://desk/readers/run=a/articles/part-00000.parquet", articles)
    store = S3FileSystem(endpoint_override=options[0].partition("://")[2], scheme="http")
    articles_read = pyarrow.dataset.dataset("desk/readers/run=a/articles", filesystem=store)
    assert articles_read.to_table().column("article_id").to_pylist() == ["a", "b"]
