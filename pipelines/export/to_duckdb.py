"""Writes a published run as one DuckDB file: tables with the meaning of every column, and views."""

from typing import Any
from uuid import uuid4

from pipelines.errors import UsageError
from pipelines.export.run_folder import exported_run
from pipelines.output.read_run import batches
from schemas.tables import PURPOSE, TABLES

BATCH = 20_000
NAME = "copytrail.duckdb"
# what analysts join most often, so that nobody has to find out how
VIEWS = {
    "stories": (
        "a cluster with its headline and the outlet observed first",
        "SELECT c.*, a.title, a.url, e.source_id AS earliest_source_id "
        "FROM clusters c LEFT JOIN articles a ON a.article_id = c.representative_id "
        "LEFT JOIN articles e ON e.article_id = c.earliest_article_id",
    ),
    "copies": (
        "an article of a cluster with its text's origin, headline and address",
        "SELECT t.*, a.title, a.url, a.host, a.language, a.word_count "
        "FROM cluster_timeline t JOIN articles a USING (cluster_id, article_id)",
    ),
    "credits": (
        "one credit of an article: who is named, and whether an agency or an outlet",
        "SELECT article_id, source_id, cluster_id, 'wire' AS kind, unnest(wire_credits) AS name "
        "FROM articles UNION ALL SELECT article_id, source_id, cluster_id, 'outlet', "
        "unnest(outlet_credits) FROM articles",
    ),
    "hosts": (
        "one host of an outlet",
        "SELECT source_id, unnest(hosts) AS host, mirror_group_id FROM sources",
    ),
    "unclear_edges": (
        "pairs of outlets that share text of which nobody can say who had it first",
        "SELECT * FROM copy_edges WHERE n_undetermined > 0",
    ),
}


MACROS = {
    "wilson_lo": ("lower end of the Wilson 95 % interval of k of n", "-"),
    "wilson_hi": ("upper end of the Wilson 95 % interval of k of n", "+"),
}
_Z = "1.959963984540054"
_WILSON = (
    f"CREATE MACRO {{name}}(k, n) AS CASE WHEN n > 0 THEN "
    f"((k + {_Z} * {_Z} / 2) {{sign}} {_Z} * sqrt(k * (n - k) / n + {_Z} * {_Z} / 4)) "
    f"/ (n + {_Z} * {_Z}) END"
)
"""As sources/intervals.py has it, at any n: what the tables give from `min_n` articles on."""


def export_duckdb(output: str, run_id: str | None) -> str:
    """Writes OUTPUT/export/run=ID/copytrail.duckdb and returns its path.

    Raises:
        UsageError: there is no such run, the output is not on this machine's disk, or DuckDB is
            not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            "--format duckdb needs the package duckdb; pip install '.[duckdb]', or "
            "uv sync --extra duckdb"
        ) from error
    path, folder = exported_run(output, run_id)
    unfinished = folder / f".{uuid4().hex}.duckdb"
    try:
        with duckdb.connect(str(unfinished)) as database:
            for table in TABLES:
                _write(database, path, table)
            for name, (meaning, query) in VIEWS.items():
                database.execute(f"CREATE VIEW {name} AS {query}")
                database.execute(f"COMMENT ON VIEW {name} IS {_quoted(meaning)}")
            for name, (meaning, sign) in MACROS.items():
                database.execute(_WILSON.format(name=name, sign=sign))
                database.execute(f"COMMENT ON MACRO {name} IS {_quoted(meaning)}")
        return str(unfinished.replace(folder / NAME))
    finally:
        unfinished.unlink(missing_ok=True)


def _write(database: Any, path: str, table: str) -> None:
    schema = TABLES[table]
    database.register("rows", schema.empty_table())
    database.execute(f"CREATE TABLE {table} AS FROM rows")
    for batch in batches(path, table, schema.names, BATCH):
        database.register("rows", batch)
        database.execute(f"INSERT INTO {table} FROM rows")
    database.unregister("rows")
    database.execute(f"COMMENT ON TABLE {table} IS {_quoted('a row is ' + PURPOSE[table])}")
    for field in schema:
        metadata = {key.decode(): value.decode() for key, value in field.metadata.items()}
        meaning = metadata["description"] + (f" ({metadata['unit']})" if "unit" in metadata else "")
        database.execute(f'COMMENT ON COLUMN {table}."{field.name}" IS {_quoted(meaning)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
