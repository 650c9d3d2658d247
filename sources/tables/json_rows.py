"""Rows of JSON files: one object a line, an array of objects, or objects one after the other."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from schemas.page import Rejected, TextRow
from sources.tables.column_mappings import Columns
from sources.tables.table_rows import RowMaker, row_maker
from sources.tables.text_stream import MAX_LINE_BYTES, decoded_line, numbered_lines, utf8_text

_CHUNK_BYTES = 1 << 16
_BETWEEN_LINES = " \t\r\n\x1e"
"""The last before each object of a JSON text sequence (RFC 7464)."""
_BETWEEN = " \t\r\n,\x1e\ufeff"
_GAP = re.compile(f"[{_BETWEEN_LINES}]*")
_MAX_BROKEN = 100
"""Places of one array that are no JSON, before the rest of it is left."""


def read_json(
    stream: BinaryIO,
    name: str,
    columns: Columns,
    encoding: str = "auto",
    constants: Mapping[str, str] | None = None,
) -> Iterator[TextRow | Rejected]:
    """The objects of a JSON file, by their line; those of an array by their number from 1 on.

    So also those that take several lines, as tools write them for people.

    Args:
        stream: the bytes, unpacked.
        name: of the file.
        columns: which of our fields is which of its keys.
        encoding: of the text; auto: as detected.
        constants: what the file's folder says of all its rows.
    """
    text = utf8_text(stream, encoding)
    make = row_maker(name, columns, constants)
    head = text.peek(_CHUNK_BYTES)[:_CHUNK_BYTES]  # type: ignore[attr-defined]  # is buffered
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"[") or begins.partition(b"\n")[0].strip() == b"{":
        yield from _elements(text, name, make)
        return
    for number, line in numbered_lines(text):
        if line is None:
            message = f"longer than {MAX_LINE_BYTES} bytes"
            yield Rejected(name, number, None, "read", "too-large", message)
        elif line.strip(b" \t\r\n\x1e"):
            yield from _of_line(line, name, number, make)


def _of_line(line: bytes, name: str, number: int, make: RowMaker) -> Iterator[TextRow | Rejected]:
    """The objects of a line: one, or several where files were joined without a line end."""
    written, is_utf8 = decoded_line(line)
    written, at = written.strip(_BETWEEN_LINES), 0
    while at < len(written):
        try:
            value, end = _DECODER.raw_decode(written, at)
            at = _GAP.match(written, end).end()  # type: ignore[union-attr]  # it may be empty
            if at < len(written) and written[at] != "{":
                raise ValueError(f"Extra data: char {at}")
        except (ValueError, RecursionError) as error:
            yield Rejected(name, number, None, "read", "bad-json", str(error)[:500])
            return
        yield _row(value, name, number, make, is_utf8)


def _row(
    value: object, name: str, number: int, make: RowMaker, is_utf8: bool
) -> TextRow | Rejected:
    if not isinstance(value, dict):
        message = f"a JSON {type(value).__name__}, not an object"
        return Rejected(name, number, None, "read", "bad-json", message)
    return make(number, value, is_utf8)


def _nothing(constant: str) -> None:
    """NaN and the infinities, which Python writes and JSON does not know, are no value."""


_DECODER = json.JSONDecoder(parse_constant=_nothing)


def _elements(stream: BinaryIO, name: str, make: RowMaker) -> Iterator[TextRow | Rejected]:
    """The elements of an array, and of what follows it, in pieces of bounded size."""
    pieces = _Text(stream)
    pieces.skip(_BETWEEN)
    if pieces.held.startswith("["):
        pieces.take(1)
    pieces.skip(_BETWEEN + "]")
    number = 0
    broken = 0
    while pieces.fill():
        number += 1
        try:
            value = _decoded(pieces)
        except (ValueError, RecursionError) as error:
            yield Rejected(name, number, None, "read", "bad-json", str(error)[:500])
            broken += 1
            if broken > _MAX_BROKEN or not pieces.skip_line():
                return
            pieces.skip(_BETWEEN + "]")
            continue
        yield _row(value, name, number, make, pieces.is_utf8)
        pieces.skip(_BETWEEN + "]")


def _decoded(pieces: "_Text") -> Any:
    """The next value, of which more text is read until it is whole."""
    while True:
        try:
            value, end = _DECODER.raw_decode(pieces.held)
            if end < len(pieces.held) or pieces.is_done:
                pieces.take(end)
                return value
        except ValueError:
            if pieces.is_done or len(pieces.held) > MAX_LINE_BYTES:
                raise
        pieces.grow()


class _Text:
    """The text that is held of a stream; it grows by doubling, so that reading stays linear."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""
        self.held = ""
        self.is_done = False
        self.is_utf8 = True

    def fill(self) -> bool:
        """Whether anything is left."""
        if not self.held and not self.is_done:
            self.grow()
        return bool(self.held)

    def grow(self) -> None:
        """Reads as much again as is held."""
        piece = self._stream.read(max(_CHUNK_BYTES, len(self.held)))
        self.is_done = not piece
        whole = self._rest + piece
        # a character may be cut in two: its bytes wait for the rest of it
        cut = len(whole) if self.is_done else _whole_characters(whole)
        text, is_utf8 = decoded_line(whole[:cut])
        self.is_utf8 = self.is_utf8 and is_utf8
        self.held, self._rest = self.held + text, whole[cut:]

    def take(self, size: int) -> None:
        """Lets characters go."""
        self.held = self.held[size:]

    def skip(self, characters: str) -> None:
        """Passes over whatever of these characters stands next."""
        while self.fill():
            self.held = self.held.lstrip(characters)
            if self.held:
                return

    def skip_line(self) -> bool:
        """Goes behind the next line end; whether there is one."""
        while (end := self.held.find("\n")) < 0:
            if self.is_done:
                return False
            self.held = ""
            self.grow()
        self.take(end + 1)
        return True


def _whole_characters(data: bytes) -> int:
    """How many bytes of UTF-8 hold whole characters; the last may be cut."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if back < size else len(data)
    return len(data)
