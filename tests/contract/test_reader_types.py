"""Every column of every table arrives with the type that docs/analysis/loading.md promises."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from pipelines.run.outcome import Outcome
from schemas.tables import TABLES

# run in an environment of its own: pyspark is 300 MB, and pins an older Python
SPARK = """
import json, sys
from pathlib import Path
from pyspark.sql import SparkSession

built = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
built = built.config("spark.driver.host", "127.0.0.1")
spark = built.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
told = {}
for folder in sorted(one for one in Path(sys.argv[1]).iterdir() if one.is_dir()):
    rows = spark.read.parquet(str(folder))
    told[folder.name] = {"rows": rows.count(), "types": dict(rows.dtypes)}
print(json.dumps(told))
"""
TIME = pa.timestamp("us", tz="UTC")


def duckdb_type(kind: pa.DataType) -> str:
    if pa.types.is_map(kind):
        return f"MAP({duckdb_type(kind.key_type)}, {duckdb_type(kind.item_type)})"
    if pa.types.is_list(kind):
        return duckdb_type(kind.value_type) + "[]"
    if pa.types.is_struct(kind):
        # names that are words of SQL stand in quotation marks, which is no part of the type
        return f"STRUCT({', '.join(f'{one.name} {duckdb_type(one.type)}' for one in kind)})"
    names = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE"}
    names |= {pa.bool_(): "BOOLEAN", TIME: "TIMESTAMP WITH TIME ZONE", pa.date32(): "DATE"}
    return names[kind]


def polars_type(kind: pa.DataType) -> pl.DataType:
    if pa.types.is_map(kind):
        return pl.Map(polars_type(kind.key_type), polars_type(kind.item_type))
    if pa.types.is_list(kind):
        return pl.List(polars_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pl.Struct({field.name: polars_type(field.type) for field in kind})
    names: dict[pa.DataType, pl.DataType] = {
        pa.string(): pl.String(),
        pa.int64(): pl.Int64(),
        pa.float64(): pl.Float64(),
        pa.bool_(): pl.Boolean(),
        pa.date32(): pl.Date(),
        TIME: pl.Datetime("us", "UTC"),
    }
    return names[kind]


def spark_type(kind: pa.DataType) -> str:
    if pa.types.is_map(kind):
        return f"map<{spark_type(kind.key_type)},{spark_type(kind.item_type)}>"
    if pa.types.is_list(kind):
        return f"array<{spark_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{','.join(f'{one.name}:{spark_type(one.type)}' for one in kind)}>"
    names = {pa.string(): "string", pa.int64(): "bigint", pa.float64(): "double"}
    return (names | {pa.bool_(): "boolean", TIME: "timestamp", pa.date32(): "date"})[kind]


def by_duckdb(folder: Path) -> dict[str, str]:
    # a path below run=... has a column `run` more by itself
    rows = f"read_parquet('{folder}/*.parquet', hive_partitioning = false)"
    described_columns = duckdb.execute(f"DESCRIBE FROM {rows}").fetchall()
    return {column[0]: column[1].replace('"', "") for column in described_columns}


def by_polars(folder: Path) -> dict[str, Any]:
    return dict(pl.scan_parquet(folder / "*.parquet").collect_schema())


def by_pyarrow(folder: Path) -> dict[str, Any]:
    schema = ds.dataset(folder, format="parquet").schema
    return dict(zip(schema.names, schema.types, strict=True))


READERS: Mapping[str, tuple[Callable[[Path], Any], Callable[[pa.DataType], Any]]] = {
    "duckdb": (by_duckdb, duckdb_type),
    "polars": (by_polars, polars_type),
    "pyarrow": (by_pyarrow, lambda kind: kind),
}


@pytest.mark.parametrize("reader", READERS)
def test_every_column_has_the_promised_type(reader: str, sample_run: Outcome) -> None:
    read, expected = READERS[reader]
    assert {name: read(Path(sample_run.path, name)) for name in TABLES} == {
        name: {field.name: expected(field.type) for field in schema}
        for name, schema in TABLES.items()
    }


def is_kept_by_pandas(kind: pa.DataType, column: "pd.Series[Any]") -> bool:
    """Whether the column is of the type that pandas has for values like these."""
    if kind == TIME:
        return str(column.dtype) == "datetime64[us, UTC]"
    if kind == pa.float64():
        return bool(pd.api.types.is_float_dtype(column))
    if kind == pa.int64():
        return bool(pd.api.types.is_numeric_dtype(column))
    return kind != pa.string() or not pd.api.types.is_numeric_dtype(column)


def test_pandas_keeps_texts_times_and_figures(sample_run: Outcome) -> None:
    frames = {name: pd.read_parquet(Path(sample_run.path, name)) for name in TABLES}
    assert [
        (name, field.name, str(frames[name][field.name].dtype))
        for name, schema in TABLES.items()
        for field in schema
        if not is_kept_by_pandas(field.type, frames[name][field.name])
    ] == []


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("java") and shutil.which("uv")), reason="needs Java and uv")
def test_spark_reads_every_table(sample_run: Outcome) -> None:
    command = ["uv", "run", "--no-project", "--python", "3.11", "--with", "pyspark==3.5.5"]
    done = subprocess.run(
        [*command, "python", "-c", SPARK, sample_run.path],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    document = json.loads(done.stdout.splitlines()[-1])
    assert document == {
        name: {
            "rows": sample_run.manifest["tables"][name]["rows"],
            "types": {field.name: spark_type(field.type) for field in schema},
        }
        for name, schema in TABLES.items()
    }
