"""Rows of JSON Lines, CSV and Parquet files whose text somebody extracted before us.

Every line or row that is not blank comes back as one TextRow or one Rejected; memory is bounded by
the longest line that is read, `MAX_LINE_BYTES`, or one batch of Parquet rows.
"""

import csv
import itertools
import json
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.page import Rejected, TextRow
from sources.readers.column_mappings import Columns
from sources.readers.table_rows import RowMaker, batch_maker, row_maker

MAX_LINE_BYTES = 32 << 20
_BOM = b"\xef\xbb\xbf"
_BATCH_ROWS = 512
_DELIMITERS = ",;\t|"


def read_jsonl(stream: BinaryIO, name: str, columns: Columns) -> Iterator[TextRow | Rejected]:
    """The objects of a file with one JSON object a line; position is the 1-based line."""
    make = row_maker(name, columns)
    for number, line in _lines(stream):
        if line is None:
            yield _too_long(name, number)
        elif line.strip():
            yield _json_row(line, name, number, make)


def read_csv(stream: BinaryIO, name: str, columns: Columns) -> Iterator[TextRow | Rejected]:
    """The rows of a CSV file with a header line; position is the line the row begins at.

    The delimiter is the commonest of comma, semicolon, tab and bar in the header.
    """
    lines = _CsvLines(stream)
    # The limit is the process's, not the reader's; ours is the same at every call.
    csv.field_size_limit(MAX_LINE_BYTES)
    header_line = next(lines, "")
    delimiter = max(_DELIMITERS, key=header_line.count)
    try:
        header = next(csv.reader([header_line], delimiter=delimiter), [])
    except csv.Error as error:
        yield Rejected(name, 1, None, "read", "bad-csv", f"no header line: {error}")
        return
    make = row_maker(name, columns)
    for position, row in _csv_rows(lines, delimiter):
        if isinstance(row, str):
            yield Rejected(name, position, None, "read", "bad-csv", row)
        elif len(row) != len(header):
            message = f"{len(row)} fields, the header has {len(header)}"
            yield Rejected(name, position, None, "read", "bad-csv", message)
        else:
            yield make(position, dict(zip(header, row, strict=True)))


def read_parquet(
    stream: BinaryIO, name: str, columns: Columns, start: int = 0, end: int | None = None
) -> Iterator[TextRow | Rejected]:
    """The rows [start, end) of a Parquet file, counted from 0; position is the 1-based row."""
    make = batch_maker(name, columns)
    position = start + 1
    try:
        file = pq.ParquetFile(stream)
        wanted = _wanted(file.schema_arrow, columns)
        for batch in _range(file, wanted, start, end):
            yield from make(position, batch)
            position += batch.num_rows
    except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError) as error:
        yield Rejected(name, position, None, "read", "bad-parquet", str(error)[:500])


def _range(
    file: pq.ParquetFile, columns: list[str], start: int, end: int | None
) -> Iterator[pa.RecordBatch]:
    """Batches of the rows [start, end); only the row groups that hold any of them are decoded."""
    sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    last = sum(sizes) if end is None else min(end, sum(sizes))
    firsts = list(itertools.accumulate([0, *sizes]))
    ends = firsts[1:]
    groups = [one for one in range(len(sizes)) if start < ends[one] and firsts[one] < last]
    at = firsts[groups[0]] if groups else 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS, row_groups=groups, columns=columns):
        kept = batch.slice(max(0, start - at), max(0, last - max(at, start)))
        at += batch.num_rows
        if kept.num_rows:
            yield kept


def _json_row(line: bytes, name: str, number: int, make: RowMaker) -> TextRow | Rejected:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejected(name, number, None, "read", "bad-json", str(error)[:500])
    if not isinstance(row, dict):
        message = f"a JSON {type(row).__name__}, not an object"
        return Rejected(name, number, None, "read", "bad-json", message)
    return make(number, row)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines, None for one that is longer than the limit."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
        yield number, None


class _CsvLines:
    """Decoded lines for csv.reader, which also counts them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = _lines(stream)
        self.number = 0

    def __iter__(self) -> "_CsvLines":
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        return "" if line is None else line.decode("utf-8", "replace")


def _csv_rows(lines: _CsvLines, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Rows with the line they begin at; a text in the place of a row says what is wrong with it."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        begins_at = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield begins_at, str(error)
            continue
        if row:
            yield begins_at, row


def _wanted(schema: pa.Schema, columns: Columns) -> list[str]:
    names = {one.partition(".")[0] for names in columns.values() for one in names.split("|")}
    names |= {one for names in columns.values() for one in names.split("|")}
    return [name for name in schema.names if name in names]


def _too_long(name: str, number: int) -> Rejected:
    message = f"longer than {MAX_LINE_BYTES} bytes"
    return Rejected(name, number, None, "read", "too-large", message)
