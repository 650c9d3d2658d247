"""Rows of Parquet files, cell by cell: a cell that Python cannot hold costs its own field."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.page import Rejected, TextRow
from sources.tables.column_mappings import Columns
from sources.tables.table_rows import UNREADABLE, field_paths, row_maker

_BATCH_ROWS = 512
_MAX_GROUP_BYTES = 1 << 30
"""Of the columns that are read of a row group, as the footer tells."""
_FAULTS = (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError, ValueError)
_DICTIONARY = frozenset(("RLE_DICTIONARY", "PLAIN_DICTIONARY"))


def read_parquet(
    stream: BinaryIO,
    name: str,
    columns: Columns,
    start: int = 0,
    end: int | None = None,
    constants: Mapping[str, str] | None = None,
) -> Iterator[TextRow | Rejected]:
    """The rows [start, end) of a Parquet file, counted from 0; position is the 1-based row.

    Args:
        stream: the file.
        name: of the file.
        columns: which of our fields is which of its columns.
        start: the first row.
        end: one past the last; None: to the end.
        constants: what the file's folder says of all its rows.
    """
    make = row_maker(name, columns, constants)
    rows = 0 if end is None else end - start
    try:
        footer = pq.ParquetFile(stream, pre_buffer=False)
        names = _wanted(footer.schema_arrow.names, columns)
        groups = list(_groups(footer, start, end))
        rows = sum(len(inside) for _, _, inside in groups)
        file = pq.ParquetFile(stream, read_dictionary=_packed(footer, names))
    except _FAULTS as error:
        yield _damaged(name, start, error, rows)
        return
    for group, first, inside in groups:
        position = inside.start
        try:
            _check_size(footer, group, names)
            for at, batch in _batches(file, group, names, first, inside):
                lists = [_cells(batch.column(number)) for number in range(batch.num_columns)]
                cells = zip(*lists, strict=True) if lists else [()] * batch.num_rows
                for position, row in enumerate(cells, at + 1):
                    yield make(position, dict(zip(batch.schema.names, row, strict=True)), True)
            if position < inside.stop:  # its pages may hold fewer rows than its footer says
                raise ValueError("the row group ends before its last row")
        except _FAULTS as error:
            yield _damaged(name, position, error, inside.stop - position)
    held = sum(len(inside) for _, _, inside in groups)
    claimed = footer.metadata.num_rows
    if lost := len(range(start, claimed if end is None else min(claimed, end))) - held:
        contradiction = ValueError(f"the footer tells of {claimed} rows, its row groups of others")
        yield _damaged(name, start + held, contradiction, max(0, lost))


def _damaged(name: str, position: int, error: Exception, rows: int) -> Rejected:
    """What stands for the rows from a position on that cannot be decoded."""
    message = f"{rows} rows: {type(error).__name__}: {error}"[:500]
    return Rejected(name, position + 1, None, "read", "bad-parquet", message, records=rows)


def _groups(file: pq.ParquetFile, start: int, end: int | None) -> Iterator[tuple[int, int, range]]:
    """The row groups that hold rows of [start, end): number, first row, and which rows."""
    first = 0
    for group in range(file.num_row_groups):
        after = first + max(0, file.metadata.row_group(group).num_rows)
        inside = range(max(first, start), after if end is None else min(after, end))
        if inside:
            yield group, first, inside
        first = after


def _batches(
    file: pq.ParquetFile, group: int, names: list[str], first: int, inside: range
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Batches of a row group, each with the number of its first row; others' rows are left out."""
    at = first
    for batch in file.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group], columns=names):
        begin, stop = max(at, inside.start), min(at + batch.num_rows, inside.stop)
        if begin < stop:
            yield begin, batch.slice(begin - at, stop - begin)
        at += batch.num_rows


def _check_size(file: pq.ParquetFile, group: int, names: Sequence[str]) -> None:
    """Nothing where the columns of a row group can be held.

    Raises:
        ValueError: the group is too large.
    """
    size = sum(chunk.total_uncompressed_size for chunk in _column_chunks(file, group, names))
    if size > _MAX_GROUP_BYTES:
        raise ValueError(
            f"row group {group} unpacks to {size} bytes, at most {_MAX_GROUP_BYTES} are read"
        )


def _column_chunks(
    file: pq.ParquetFile, group: int, names: Sequence[str]
) -> Iterator[pq.ColumnChunkMetaData]:
    """What the footer says of the columns of these names in a row group.

    Where that contradicts itself, asking for it ends the process (pyarrow 25: nothing catches what
    C++ throws), but a reader that is to read no rows of these columns raises the same as an error.

    Raises:
        OSError: it contradicts itself.
    """
    paths = [file.schema.column(place).path for place in range(len(file.schema))]
    wanted = [
        place for place, path in enumerate(paths) if {path, path.partition(".")[0]} & set(names)
    ]
    if wanted:  # of no columns it divides by how many rows it is to read
        next(file.reader.iter_batches(0, row_groups=[group], column_indices=wanted), None)
    row_group = file.metadata.row_group(group)
    return (row_group.column(place) for place in wanted)


def _packed(file: pq.ParquetFile, names: Sequence[str]) -> list[str]:
    """The flat columns that are stored as dictionaries, which are left as they are.

    A cell of megabytes that a thousand rows share is then held once.
    """
    if not file.num_row_groups:
        return []
    flat = {
        chunk.path_in_schema
        for chunk in _column_chunks(file, 0, names)
        if _DICTIONARY & set(chunk.encodings)
    }
    return [name for name in names if name in flat]


def _wanted(present: Sequence[str], columns: Columns) -> list[str]:
    """The file's columns that any field may stand in, each once."""
    paths = {path for names in field_paths(columns).values() for path in names}
    names = {path.partition(".")[0] for path in paths} | paths
    columns_read = [name for name in present if name in names or name.strip().casefold() in names]
    return list(dict.fromkeys(columns_read))


def _cells(column: pa.Array) -> Sequence[Any]:
    """The column's cells as Python has them; UNREADABLE where it has none for one."""
    if isinstance(column, pa.DictionaryArray):
        used = column.indices.unique().drop_null()
        values = dict(zip(used.to_pylist(), _cells(column.dictionary.take(used)), strict=True))
        return [None if at is None else values[at] for at in column.indices.to_pylist()]
    if pa.types.is_timestamp(column.type):
        column = _in_microseconds(column)
    try:
        cells: list[Any] = column.to_pylist()
    except (*_FAULTS, TypeError):
        cells = [_cell(cell) for cell in column]
    return cells


def _in_microseconds(column: pa.Array) -> pa.Array:
    """Times of any unit and zone as Python holds them; a zone's name changes no moment."""
    zone = "UTC" if column.type.tz else None
    try:
        return column.cast(pa.timestamp(column.type.unit, zone)).cast(
            pa.timestamp("us", zone), safe=False
        )
    except _FAULTS:
        return column


def _cell(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except (*_FAULTS, TypeError):
        return UNREADABLE
