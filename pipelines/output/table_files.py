"""Writes the parts of published tables: the layout rules of schemas/tables.py in one place."""

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.storage import filesystem
from pipelines.storage.arrow import table_from
from schemas.tables import SCHEMA_VERSION, TABLES

ROW_GROUP = 100_000


def part_name(part: int) -> str:
    """The file name of a part; parts in name order are in key order."""
    return f"part-{part:05d}.parquet"


def table_of(name: str, rows: list[Any]) -> pa.Table:
    """Records (frozen dataclasses with the table's fields) or dicts as rows of the table `name`."""
    return table_from(rows, TABLES[name])


def in_order(name: str, table: pa.Table) -> pa.Table:
    """The rows sorted by every column that can be a key, so that equal content is equal bytes."""
    flat = [
        (field.name, "ascending")
        for field in TABLES[name]
        if not pa.types.is_nested(field.type) and not pa.types.is_floating(field.type)
    ]
    return table.sort_by(flat[:6])


def write_part(folder: str, name: str, part: int, table: pa.Table) -> None:
    """Writes one part of the table `name` below `folder`; its rows stay in the order given."""
    schema = TABLES[name]
    metadata = {"schema_version": SCHEMA_VERSION, "table": name}
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.cast(schema).replace_schema_metadata(metadata),
        sink,
        compression="zstd",
        row_group_size=ROW_GROUP,
        write_page_index=True,
        coerce_timestamps="us",
        sorting_columns=[pq.SortingColumn(0)],
    )
    filesystem.write_bytes(filesystem.join(folder, name, part_name(part)), sink.getvalue())
