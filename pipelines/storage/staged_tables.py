"""Arrow tables as staged files."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipelines.storage.filesystem import is_local, opened, write_bytes


def write_table(path: str, table: pa.Table, rows: int = 4096) -> None:
    """Stages an Arrow table as Parquet; lz4 because it is read again soon and thrown away."""
    sink = pa.BufferOutputStream()
    # dictionaries of shingles and texts would be longer than these: 12 us a text in vain
    pq.write_table(table, sink, compression="lz4", row_group_size=rows, use_dictionary=False)
    write_bytes(path, sink.getvalue())


def write_batches(path: str, tables: Sequence[pa.Table], schema: pa.Schema) -> None:
    """Stages tables of one schema as the batches of one Arrow file, for read_batch.

    zstd: of texts and pairs it leaves .57 to .75 of what lz4 does, for 2 us a text.
    """
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=1))
    with pa.ipc.new_file(sink, schema, options=options) as writer:
        for table in tables:
            writer.write_batch(_one_batch(table))
    write_bytes(path, sink.getvalue())


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)


def read_batch(path: str, number: int) -> pa.Table:
    """One of the tables that write_batches staged; nothing else is read."""
    if is_local(path):  # a part reads a batch of every split: 60 us, by way of Beam 250
        with pa.OSFile(path) as file, pa.ipc.open_file(file) as batches:
            return pa.Table.from_batches([batches.get_batch(number)])
    with opened(path) as stream, pa.ipc.open_file(pa.PythonFile(stream, mode="r")) as file:
        return pa.Table.from_batches([file.get_batch(number)])


def read_table(path: str, columns: list[str] | None = None) -> pa.Table:
    """A staged Parquet file, whole or some of its columns."""
    with opened(path) as stream:
        return pq.read_table(pa.PythonFile(stream, mode="r"), columns=columns, use_threads=False)


def read_batches(path: str, size: int, columns: list[str] | None = None) -> Iterator[pa.Table]:
    """The rows of a staged Parquet file, at most `size` at a time."""
    with opened(path) as stream:
        file = pq.ParquetFile(pa.PythonFile(stream, mode="r"))
        for batch in file.iter_batches(batch_size=size, columns=columns, use_threads=False):
            yield pa.Table.from_batches([batch])


def read_range(path: str, column: str, first: str, last: str) -> pa.Table:
    """The rows of a staged file whose value of a column lies in [first, last].

    Only row groups whose statistics meet the range are read: few of a file that is sorted by it.
    """
    value = pc.field(column)
    with opened(path) as stream:
        file, groups = row_groups(stream, (value >= first) & (value <= last))
        table = file.read_row_groups(groups, use_threads=False)
    values = table.column(column)
    return table.filter(pc.and_(pc.greater_equal(values, first), pc.less_equal(values, last)))


def row_groups(
    stream: BinaryIO, wanted: pc.Expression | None
) -> tuple[pq.ParquetFile, Sequence[int]]:
    """A Parquet file, its footer read once, and its row groups that may fulfil a condition.

    Args:
        stream: the file's bytes, open for as long as the file is read.
        wanted: the condition, held against the statistics of each group; None wants all of them.
    """
    source = pa.PythonFile(stream, mode="r")
    fragment = ds.ParquetFileFormat().make_fragment(source)
    chosen = fragment if wanted is None else fragment.subset(wanted)
    file = pq.ParquetFile(source, metadata=fragment.metadata)
    return file, [group.id for group in chosen.row_groups]
