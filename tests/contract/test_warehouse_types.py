"""Every column keeps the documented rules of BigQuery and Athena, of which there is none to try.

BigQuery: https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet and
https://cloud.google.com/bigquery/docs/schemas. Athena:
https://docs.aws.amazon.com/athena/latest/ug/data-types.html and .../tables-databases-columns-names.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from schemas.tables import TABLES

LOADING = Path(__file__).parents[2] / "docs" / "analysis" / "loading.md"
ATHENA = {
    pa.string(): "string",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.timestamp("us", tz="UTC"): "timestamp",
    pa.date32(): "date",
}
RESERVED_BY_BIGQUERY = (
    "_table_",
    "_file_",
    "_partition",
    "_row_timestamp",
    "__root__",
    "_colident",
)


def fields_within(field: pa.Field) -> Iterator[pa.Field]:
    yield field
    for n in range(field.type.num_fields):
        yield from fields_within(field.type.field(n))


def depth(kind: pa.DataType) -> int:
    return 1 + max((depth(kind.field(n).type) for n in range(kind.num_fields)), default=0)


def athena_type(kind: pa.DataType) -> str:
    if pa.types.is_map(kind):
        return f"map<{athena_type(kind.key_type)},{athena_type(kind.item_type)}>"
    if pa.types.is_list(kind):
        return f"array<{athena_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{','.join(f'{one.name}:{athena_type(one.type)}' for one in kind)}>"
    return ATHENA[kind]


@pytest.mark.parametrize("name", TABLES)
def test_bigquery_loads_every_column(name: str) -> None:
    schema = TABLES[name]
    assert len(schema) <= 10_000
    for column in schema:
        assert depth(column.type) <= 15
        for field in fields_within(column):
            assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,299}", field.name), field
            assert not field.name.lower().startswith(RESERVED_BY_BIGQUERY), field
            # an array of arrays is no type of BigQuery; a list in a struct of a list is
            assert not (
                pa.types.is_list(field.type)
                and pa.types.is_nested(field.type.value_type)
                and pa.types.is_list(field.type.value_type)
            ), field


@pytest.mark.parametrize("name", TABLES)
def test_athena_has_a_type_and_a_plain_name_for_every_column(name: str) -> None:
    for column in TABLES[name]:
        assert athena_type(column.type)
        for field in fields_within(column):
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,254}", field.name), field


def test_the_statement_for_athena_in_the_docs_has_the_columns_of_the_table() -> None:
    statement = re.search(r"EXTERNAL TABLE clusters \((.*?)\n\)", LOADING.read_text(), re.DOTALL)
    assert statement is not None
    columns = dict(part.split(maxsplit=1) for part in statement[1].replace("\n", " ").split(", "))
    assert columns == {column.name: athena_type(column.type) for column in TABLES["clusters"]}
