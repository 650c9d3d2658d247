"""A file of tables that were derived from others and can be derived again.

A line that names the form, a line of facts (JSON) with what the tables were made of, the tables as
Parquet one after the other, and the SHA-256 of all of it. What is damaged, or was made of anything
else, is as if it were not there.
"""

import hashlib
import json
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.storage import filesystem

_MAGIC = b"copytrail derived 1\n"
_DIGEST = 32
HASHES = ("article", "text", "path_key", "text_key", "content", "bands", "samples", "lines")
"""Columns that no compression makes smaller, by the name of their leaf's first part."""
ASCENDING = ("shingles",)
"""Hashes in ascending order: their differences are a fifth smaller."""


def derived_content(made_of: str, tables: Sequence[pa.Table]) -> bytes:
    """The whole file: the same bytes for the same tables."""
    parts = [_parquet(table) for table in tables]
    header = {"made_of": made_of, "sizes": [len(part) for part in parts]}
    content = b"".join([_MAGIC, json.dumps(header, sort_keys=True).encode(), b"\n", *parts])
    return content + hashlib.sha256(content).digest()


def derived_tables(
    path: str, made_of: str, columns: Sequence[str] | None = None
) -> list[pa.Table] | None:
    """The tables of the file; None where it is missing, damaged, or was made of something else.

    With `columns` only these of the first table, and no other table.
    """
    try:
        content = filesystem.read_bytes(path) if filesystem.exists(path) else b""
        return _tables(content, made_of, columns)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def _tables(content: bytes, made_of: str, columns: Sequence[str] | None) -> list[pa.Table] | None:
    view = memoryview(content)
    body = view[: max(0, len(content) - _DIGEST)]
    if content[: len(_MAGIC)] != _MAGIC or hashlib.sha256(body).digest() != view[-_DIGEST:]:
        return None
    end = content.index(b"\n", len(_MAGIC))
    header = json.loads(content[len(_MAGIC) : end])
    if header["made_of"] != made_of:
        return None
    tables, start = [], end + 1
    for size in header["sizes"][: 1 if columns else None]:
        file = pq.ParquetFile(pa.BufferReader(body[start : start + size]))
        tables.append(file.read(columns, use_threads=False))
        start += size
    return tables


def _parquet(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    plain = {name for name in table.column_names if name in (*HASHES, *ASCENDING)}
    pq.write_table(
        table,
        sink,
        compression={
            _leaf(field): "NONE" if field.name in plain else "ZSTD" for field in table.schema
        },
        use_dictionary=[_leaf(field) for field in table.schema if field.name not in plain],
        column_encoding={
            _leaf(field): "DELTA_BINARY_PACKED" for field in table.schema if field.name in ASCENDING
        },
        write_statistics=False,
    )
    return sink.getvalue()


def _leaf(field: pa.Field) -> str:
    return f"{field.name}.list.element" if pa.types.is_list(field.type) else str(field.name)
