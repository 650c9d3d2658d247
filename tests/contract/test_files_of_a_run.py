"""The readers' contract: the files of a run, and what four readers make of them."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipelines.output.table_files import write_part
from pipelines.run.outcome import Outcome
from schemas.tables import SCHEMA_VERSION, TABLES
from tests.runs.makers import jsonl, run, story


def files(outcome: Outcome, name: str) -> list[Path]:
    return sorted(Path(outcome.path, name).iterdir())


def kinds(kind: pa.DataType) -> list[pa.DataType]:
    """The type and all types inside it."""
    if pa.types.is_map(kind):
        return [kind, *kinds(kind.key_type), *kinds(kind.item_type)]
    if pa.types.is_struct(kind):
        return [kind, *(inner for field in kind for inner in kinds(field.type))]
    if pa.types.is_list(kind):
        return [kind, *kinds(kind.value_type)]
    return [kind]


def sql(query: str) -> duckdb.DuckDBPyRelation:
    relation = duckdb.sql(query)
    assert relation is not None
    return relation


def by_duckdb(folder: Path) -> tuple[int, list[str]]:
    answer = sql(f"FROM read_parquet('{folder}/*.parquet', hive_partitioning=false)")
    return len(answer.fetchall()), list(answer.columns)


def by_polars(folder: Path) -> tuple[int, list[str]]:
    frame = pl.read_parquet(folder / "*.parquet")
    return frame.height, frame.columns


def by_pandas(folder: Path) -> tuple[int, list[str]]:
    frame = pd.read_parquet(folder)
    return len(frame), list(frame.columns)


def by_pyarrow(folder: Path) -> tuple[int, list[str]]:
    dataset_table = ds.dataset(folder, format="parquet").to_table()
    return dataset_table.num_rows, dataset_table.column_names


READERS: Mapping[str, Callable[[Path], tuple[int, list[str]]]] = {
    "duckdb": by_duckdb,
    "polars": by_polars,
    "pandas": by_pandas,
    "pyarrow": by_pyarrow,
}


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_reads_all_rows_and_columns(sample_run: Outcome, reader: str) -> None:
    read = {name: READERS[reader](Path(sample_run.path, name)) for name in TABLES}
    assert read == {
        name: (sample_run.manifest["tables"][name]["rows"], TABLES[name].names) for name in TABLES
    }


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_reads_a_table_without_rows(tmp_path: Path, reader: str) -> None:
    name = "cluster_disagreements"
    write_part(str(tmp_path), name, 0, TABLES[name].empty_table())
    assert READERS[reader](tmp_path / name) == (0, TABLES[name].names)


def test_duckdb_sees_times_with_their_zone(sample_run: Outcome) -> None:
    answer = sql(f"SELECT published_at FROM '{sample_run.path}/articles/*.parquet'")
    assert [str(kind) for kind in answer.types] == ["TIMESTAMP WITH TIME ZONE"]


def test_polars_sees_times_in_microseconds_of_utc(sample_run: Outcome) -> None:
    frame = pl.read_parquet(Path(sample_run.path, "articles", "*.parquet"))
    assert frame.schema["published_at"] == pl.Datetime("us", "UTC")


def test_pandas_sees_times_in_utc(sample_run: Outcome) -> None:
    frame = pd.read_parquet(Path(sample_run.path, "articles"))
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"


def test_all_runs_are_one_table_with_the_run_as_a_column(sample_run: Outcome) -> None:
    pattern = Path(sample_run.path).parent / "*" / "articles" / "*.parquet"
    answer = sql(
        f"SELECT run, count(*) FROM read_parquet('{pattern}', hive_partitioning=true, "
        "hive_types_autocast=false) GROUP BY run"
    )
    assert answer.fetchall() == [(sample_run.run_id, 127)]


def test_latest_is_the_run(sample_run: Outcome) -> None:
    output = Path(sample_run.path).parents[1]
    assert (output / "latest").resolve() == Path(sample_run.path).resolve()
    assert json.loads((output / "latest.json").read_text()) == {"run_id": sample_run.run_id}


def test_a_table_folder_holds_parquet_and_nothing_else(sample_run: Outcome) -> None:
    held = {name: [file.name for file in files(sample_run, name)] for name in TABLES}
    assert held == {
        name: [f"part-{number:05d}.parquet" for number in range(max(1, len(names)))]
        for name, names in held.items()
    }


def published_schemas(outcome: Outcome) -> Iterator[tuple[str, pa.Schema]]:
    """The table's name and the schema of each file of a run."""
    return ((name, pq.read_schema(file)) for name in TABLES for file in files(outcome, name))


def test_files_have_exactly_the_documented_schema(sample_run: Outcome) -> None:
    schemas = published_schemas(sample_run)
    assert [name for name, schema in schemas if not schema.equals(TABLES[name])] == []


def is_hard_to_read(kind: pa.DataType) -> bool:
    """Whether some reader stumbles over values of the type."""
    return bool(
        kind == pa.uint64()
        or pa.types.is_list_view(kind)
        or (pa.types.is_struct(kind) and kind.num_fields == 0)
        or (pa.types.is_timestamp(kind) and kind != pa.timestamp("us", "UTC"))
    )


def test_no_column_has_a_type_that_a_reader_stumbles_over() -> None:
    columns = [(name, field) for name, schema in TABLES.items() for field in schema]
    assert [
        (name, field.name)
        for name, field in columns
        if any(map(is_hard_to_read, kinds(field.type)))
    ] == []


def test_no_name_of_a_column_holds_a_dot() -> None:
    assert [
        (name, column)
        for name, schema in TABLES.items()
        for column in schema.names
        if "." in column
    ] == []


def test_every_column_says_what_it_is(sample_run: Outcome) -> None:
    assert [
        (name, field.name)
        for name, schema in published_schemas(sample_run)
        for field in schema
        if not (field.metadata or {}).get(b"description")
    ] == []


def test_a_file_names_its_table_and_the_version_of_the_schema(sample_run: Outcome) -> None:
    for name, schema in published_schemas(sample_run):
        named = schema.metadata[b"table"], schema.metadata[b"schema_version"]
        assert named == (name.encode(), SCHEMA_VERSION.encode())


def test_rows_stand_in_the_order_of_the_first_column(sample_run: Outcome) -> None:
    unsorted = []
    for name in TABLES:
        for file in files(sample_run, name):
            keys = pq.ParquetFile(file).read().column(0).to_pylist()
            if keys != sorted(keys):
                unsorted.append(name)
    assert unsorted == []


def test_columns_are_compressed_with_zstd(sample_run: Outcome) -> None:
    compressions = {
        (name, metadata.row_group(group).column(0).compression)
        for name in TABLES
        for metadata in (pq.ParquetFile(file).metadata for file in files(sample_run, name))
        for group in range(metadata.num_row_groups)
    }
    assert {(name, how) for name, how in compressions if how != "ZSTD"} == set()
    assert compressions


def test_the_manifest_names_every_file_with_its_digest(sample_run: Outcome) -> None:
    root = Path(sample_run.path)
    stated = {
        f"{name}/{file['name']}": file["sha256"]
        for name, described_table in sample_run.manifest["tables"].items()
        for file in described_table["files"]
    }
    counted = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*.parquet")
    }
    assert stated == counted


def test_a_run_holds_its_tables_its_manifest_its_page_and_nothing_else(sample_run: Outcome) -> None:
    names = {path.name for path in Path(sample_run.path).iterdir()}
    assert names == {*TABLES, "run.json", "report.html", "datapackage.json"}


def test_nothing_unpublished_stays_behind(sample_run: Outcome) -> None:
    output = Path(sample_run.path).parents[1]
    files_left = [path for path in output.rglob("*") if path.is_file() and ".work" in path.parts]
    assert files_left == []
    assert [path.name for path in (output / "runs").iterdir()] == [f"run={sample_run.run_id}"]


def test_the_articles_of_many_files_are_sorted_throughout(tmp_path: Path) -> None:
    rows = [
        {"text": story(number // 2), "url": f"https://h{number}.example/a"}
        for number in range(2100)
    ]
    outcome = run(
        [jsonl(tmp_path / "rows.jsonl", rows)], tmp_path / "out", "run.rows_per_file=1000"
    )
    ids: list[Any] = []
    for file in files(outcome, "articles"):
        ids.extend(pq.ParquetFile(file).read(["article_id"]).column(0).to_pylist())
    assert len(files(outcome, "articles")) == 3
    assert (ids, len(ids)) == (sorted(set(ids)), 2100)
