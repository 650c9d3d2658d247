"""A run as a DuckDB file and as Delta tables: every row and column, with what they mean."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from deltalake import DeltaTable

from pipelines.export.to_delta import export_delta
from pipelines.export.to_duckdb import VIEWS, export_duckdb
from pipelines.run.outcome import Outcome
from schemas.tables import TABLES
from sources.intervals import wilson
from tests.runs.makers import command, table


@pytest.fixture(scope="module")
def database(sample_run: Outcome) -> Path:
    return Path(export_duckdb(str(Path(sample_run.path).parent.parent), sample_run.run_id))


@pytest.fixture(scope="module")
def lake(sample_run: Outcome) -> Path:
    return Path(export_delta(str(Path(sample_run.path).parent.parent), None))


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return list(connection.execute(query).fetchall())


def test_the_database_has_every_row_of_a_table(sample_run: Outcome, database: Path) -> None:
    counts = {name: rows(database, f"SELECT count(*) FROM {name}") for name in TABLES}
    assert counts == {name: [(sample_run.manifest["tables"][name]["rows"],)] for name in TABLES}


def test_values_in_the_database_are_those_of_the_tables(
    sample_run: Outcome, database: Path
) -> None:
    query = "SELECT article_id, title, wire_credits, published_at::VARCHAR FROM articles"
    values = {row[0]: (row[1], row[2]) for row in rows(database, query)}
    articles = table(sample_run, "articles")
    assert values == {row["article_id"]: (row["title"], row["wire_credits"]) for row in articles}


def test_every_table_column_and_view_says_what_it_means(database: Path) -> None:
    for source in ("duckdb_tables()", "duckdb_views() WHERE NOT internal"):
        assert not [row for row in rows(database, f"SELECT comment FROM {source}") if not row[0]]
    query = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    stated = {(row[0], row[1]): str(row[2]) for row in rows(database, query)}
    for name, schema in TABLES.items():
        for field in schema:
            assert stated[name, field.name].startswith(field.metadata[b"description"].decode())


@pytest.mark.parametrize(("k", "n"), [(0, 6), (1, 6), (6, 6), (17, 30), (400, 1000)])
def test_intervals_in_the_database_are_those_of_the_tables(database: Path, k: int, n: int) -> None:
    (ends,) = rows(database, f"SELECT wilson_lo({k}, {n}), wilson_hi({k}, {n})")
    assert ends == pytest.approx(wilson(k, n), abs=1e-12)


def test_an_interval_of_nothing_is_null(database: Path) -> None:
    assert rows(database, "SELECT wilson_lo(0, 0), wilson_hi(0, 0)") == [(None, None)]


def test_every_view_has_rows(database: Path) -> None:
    assert [name for name in VIEWS if not rows(database, f"FROM {name} LIMIT 1")] == []


def test_an_export_made_again_takes_the_place_of_the_first(
    sample_run: Outcome, database: Path
) -> None:
    before = rows(database, "SELECT count(*) FROM stories")
    assert export_duckdb(str(Path(sample_run.path).parent.parent), None) == str(database)
    assert rows(database, "SELECT count(*) FROM stories") == before
    assert [path.name for path in database.parent.iterdir() if path.suffix == ".duckdb"] == [
        database.name
    ]


def test_the_lake_has_every_row_and_column_of_a_table(sample_run: Outcome, lake: Path) -> None:
    for name, schema in TABLES.items():
        exported = DeltaTable(str(lake / name)).to_pyarrow_table()
        assert exported.num_rows == sample_run.manifest["tables"][name]["rows"], name
        assert exported.schema.names == schema.names
        key = schema.names[0]
        keys = [str(row[key]) for row in table(sample_run, name)]
        assert sorted(map(str, exported.column(key).to_pylist())) == sorted(keys), name


def test_times_in_the_lake_keep_their_zone(lake: Path) -> None:
    schema = pa.schema(DeltaTable(str(lake / "articles")).schema().to_arrow())
    assert pa.schema(schema).field("published_at").type == pa.timestamp("us", tz="UTC")


@pytest.mark.parametrize("kind", ["csv", "duckdb", "delta"])
def test_the_command_prints_where_the_tables_are(
    kind: str, sample_run: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("export", Path(sample_run.path).parent.parent, "--format", kind) == 0
    assert Path(capsys.readouterr().out.strip()).exists()
