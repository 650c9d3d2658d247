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

from pipelines import storage

_MAGIC = b"copytrail derived 1\n"
_DIGEST = 32
HASHES = ("article", "text", "path_key", "text_key", "content", "bands", "samples")
"""Columns that no compression makes smaller, by the name of their leaf's first part."""


def derived_content(made_of: str, tables: Sequence[pa.Table]) -> bytes:
    """The whole file: the same bytes for the same tables."""
    parts = [_parquet(table) for table in tables]
    told = {"made_of": made_of, "sizes": [len(one) for one in parts]}
    content = b"".join([_MAGIC, json.dumps(told, sort_keys=True).encode(), b"\n", *parts])
    return content + hashlib.sha256(content).digest()


def derived_tables(path: str, made_of: str) -> list[pa.Table] | None:
    """The tables of the file; None where it is missing, damaged, or was made of something else."""
    try:
        content = storage.read_bytes(path) if storage.exists(path) else b""
        return _tables(content, made_of)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def _tables(content: bytes, made_of: str) -> list[pa.Table] | None:
    view = memoryview(content)
    body = view[: max(0, len(content) - _DIGEST)]
    if content[: len(_MAGIC)] != _MAGIC or hashlib.sha256(body).digest() != view[-_DIGEST:]:
        return None
    end = content.index(b"\n", len(_MAGIC))
    told = json.loads(content[len(_MAGIC) : end])
    if told["made_of"] != made_of:
        return None
    found, start = [], end + 1
    for size in told["sizes"]:
        found.append(pq.read_table(pa.BufferReader(body[start : start + size]), use_threads=False))
        start += size
    return found


def _parquet(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    plain = {name for name in table.column_names if name in HASHES}
    pq.write_table(
        table,
        sink,
        compression={_leaf(one): "NONE" if one.name in plain else "ZSTD" for one in table.schema},
        use_dictionary=[_leaf(one) for one in table.schema if one.name not in plain],
        write_statistics=False,
    )
    return sink.getvalue()


def _leaf(field: pa.Field) -> str:
    return f"{field.name}.list.element" if pa.types.is_list(field.type) else str(field.name)
