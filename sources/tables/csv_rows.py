"""Rows of CSV files as spreadsheets, databases and scripts write them.

Quotes are read strictly: where one never closes, or closes in the middle of a field, its row is
rejected with the lines it takes, and reading goes on at the next line that is a row.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from schemas.page import Rejected, TextRow
from sources.tables.column_mappings import Columns
from sources.tables.table_rows import row_maker
from sources.tables.text_stream import MAX_LINE_BYTES, decoded_line, numbered_lines, utf8_text

_DELIMITERS = ",;\t|"
_MAX_FIELD_CHARS = 16 << 20
_LEAST_FIELD_CHARS = 1 << 16
"""To which the bound falls with every quote that never closes: else each costs the whole file."""
_SAMPLE_BYTES = 1 << 16
_RETURN = re.compile(r"\r(?!\n)")
_MAX_HEADER_LINES = 50


@dataclass(frozen=True, slots=True)
class _Broken:
    """Lines that are no row."""

    first: int
    why: str


def read_csv(
    stream: BinaryIO,
    name: str,
    columns: Columns,
    encoding: str = "auto",
    delimiter: str = "auto",
    constants: Mapping[str, str] | None = None,
) -> Iterator[TextRow | Rejected]:
    """The rows of a CSV file with a header; position is the line that a row begins at.

    Args:
        stream: the bytes, unpacked.
        name: of the file.
        columns: which of our fields is which of its columns; capitals and blanks do not count.
        encoding: of the text; auto: as detected.
        delimiter: auto: what a first line `sep=` says, else the commonest of comma, semicolon, tab
            and bar in the header.
        constants: what the file's folder says of all its rows.
    """
    text = utf8_text(stream, encoding)
    sample = text.peek(_SAMPLE_BYTES)[:_SAMPLE_BYTES]  # type: ignore[attr-defined]  # is buffered
    lines = _Lines(text)
    first, delimiter = _first_line(lines, delimiter)
    options: dict[str, Any] = {"delimiter": delimiter, "strict": True, "skipinitialspace": True}
    if b'\\"' in sample and b'""' not in sample.replace(b',""', b""):
        options |= {"escapechar": "\\", "doublequote": False}  # as MySQL and Hive write it
    lines.give_back(first)
    # The limit is the process's, not the reader's; ours is set at every call.
    csv.field_size_limit(_MAX_FIELD_CHARS)
    try:
        header = next(csv.reader(lines, **options), [])
    except csv.Error as error:
        yield Rejected(name, 1, None, "read", "bad-csv", f"no header line: {error}", records=0)
        return
    make = row_maker(name, columns, constants)
    for position, row, is_utf8 in _rows(lines, options, len(header)):
        if isinstance(row, str):
            yield Rejected(name, position, None, "read", "bad-csv", row)
        else:
            cells = dict(zip([title.strip() for title in header], row, strict=True))
            yield make(position, cells, is_utf8)


def _first_line(lines: "_Lines", delimiter: str) -> tuple[list[str], str]:
    """The line of the header and the delimiter; what stands above it is passed over."""
    for line in lines:
        if line.lower().startswith("sep=") and len(line.strip()) == 5:
            delimiter = line.strip()[4] if delimiter == "auto" else delimiter
        elif line.strip() and not line.startswith("#"):
            commonest = max(_DELIMITERS, key=line.count) if delimiter == "auto" else delimiter
            return [line], commonest
    return [], "," if delimiter == "auto" else delimiter


class _Lines:
    """Decoded lines for csv.reader, which are counted, and can be given back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = numbered_lines(stream)
        self._waiting: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []
        self.too_long: list[int] = []
        self.is_utf8 = True

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._waiting:
            line = self._waiting.popleft()
        else:
            number, raw = next(self._lines)
            line, is_utf8 = ("\n", True) if raw is None else decoded_line(raw)
            self.is_utf8 = self.is_utf8 and is_utf8
            if raw is None:
                self.too_long.append(number)
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self, lines: Sequence[str]) -> None:
        """Puts lines that were taken last before all others."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)


def _rows(
    lines: _Lines, options: Mapping[str, Any], n_fields: int
) -> Iterator[tuple[int, list[str] | str, bool]]:
    """Rows with the line they begin at; a text in the place of a row says what is wrong there."""
    reader = csv.reader(lines, **options)
    broken: _Broken | None = None
    limit = _MAX_FIELD_CHARS
    while True:
        begins_at, lines.taken, lines.is_utf8 = lines.number + 1, [], True
        csv.field_size_limit(limit)
        fault: str | None = None
        while lines.too_long:
            yield lines.too_long.pop(0), f"the line is longer than {MAX_LINE_BYTES} bytes", True
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            row, fault = [], f"a quote that does not close as it should: {error}"
        if fault is None and not row:
            continue
        if fault is None and len(row) != n_fields:
            fault = f"{len(row)} fields, the header has {n_fields}"
        if fault is None:
            if broken is not None:
                yield broken.first, _told(broken, begins_at), True
                broken = None
            limit = min(2 * limit, _MAX_FIELD_CHARS)
            yield begins_at, row, lines.is_utf8
            continue
        if len(at_returns := _at_returns(lines.taken[0])) > 1:
            lines.give_back([*at_returns, *lines.taken[1:]])
            lines.number = begins_at - 1
            reader = csv.reader(lines, **options)
            limit = max(limit // 2, _LEAST_FIELD_CHARS)
        elif len(lines.taken) > 1:  # whatever it swallowed is looked at again
            lines.give_back(lines.taken[1:])
            reader = csv.reader(lines, **options)
            limit = max(limit // 2, _LEAST_FIELD_CHARS)
            broken = broken or _Broken(begins_at, fault)
        elif broken is None:
            yield begins_at, fault, True
            reader = csv.reader(lines, **options)
    while lines.too_long:
        yield lines.too_long.pop(0), f"the line is longer than {MAX_LINE_BYTES} bytes", True
    if broken is not None:
        yield broken.first, _told(broken, lines.number + 1), True


def _at_returns(line: str) -> list[str]:
    """The line cut where a carriage return stands alone, as in a file of two that were joined."""
    *first, last = _RETURN.split(line)
    return [*(f"{piece}\n" for piece in first), last]


def _told(broken: _Broken, end: int) -> str:
    return f"lines {broken.first} to {end - 1} are no row: {broken.why}"
