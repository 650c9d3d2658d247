"""Arrow tables and arrays as bytes: the form in which they cross an exchange.

A RecordBatch pickled by Beam's fallback coder costs the same but is not deterministic.
"""

from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.ragged import Ragged


def table_from(records: Sequence[Any], schema: pa.Schema) -> pa.Table:
    """Records (frozen dataclasses with the schema's fields) or dicts as rows."""
    is_dict = bool(records) and isinstance(records[0], dict)
    values_of = (itemgetter if is_dict else attrgetter)(*schema.names)
    # all fields of a record at once: a third of the time of a call for each field
    values = list(zip(*map(values_of, records), strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(values, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def to_bytes(table: pa.Table) -> bytes:
    """The table as an Arrow IPC stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def from_bytes(content: bytes) -> pa.Table:
    """The table that to_bytes wrote."""
    with pa.ipc.open_stream(content) as reader:
        return reader.read_all()


def joined(batches: list[bytes], schema: pa.Schema) -> pa.Table:
    """All rows of all batches; no batch gives no rows."""
    tables = [from_bytes(batch) for batch in batches]
    return pa.concat_tables([schema.empty_table(), *tables])


def rows_of(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows one after the other; few of them are in memory as Python objects at once."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def column(table: pa.Table, name: str) -> NDArray[Any]:
    """A numeric column without nulls as a numpy array, shape (rows,)."""
    values: NDArray[Any] = table.column(name).to_numpy()
    return values


def ragged_column(table: pa.Table, name: str) -> Ragged:
    """A list column without nulls as a Ragged of its rows."""
    chunk = table.column(name).combine_chunks()
    if isinstance(chunk, pa.ChunkedArray):  # pyarrow keeps zero chunks chunked
        chunk = pa.array([], chunk.type)
    offsets = chunk.offsets.to_numpy().astype(np.int64)
    values = chunk.values.to_numpy()[offsets[0] : offsets[-1]]
    return Ragged(values, offsets - offsets[0])


def list_array(lists: Ragged) -> pa.Array:
    """A Ragged as an Arrow list array."""
    return pa.ListArray.from_arrays(lists.offsets.astype(np.int32), pa.array(lists.values))


def split_rows(table: pa.Table, parts: NDArray[np.int64]) -> dict[int, pa.Table]:
    """The rows by the part each belongs to; `parts` has shape (rows,)."""
    order = np.argsort(parts, kind="stable")
    numbers, starts = np.unique(parts[order], return_index=True)
    ends = np.append(starts, len(parts))[1:]
    ordered = table.take(order)
    return {
        int(number): ordered.slice(int(start), int(end - start))
        for number, start, end in zip(numbers, starts, ends, strict=True)
    }
