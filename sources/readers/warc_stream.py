"""The records of a WARC stream (ISO 28500), each with what is wrong with it; nothing stops it.

A record costs itself alone: where its length is missing or wrong, or its header never ends, reading
goes on where the next record begins.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sources.readers.byte_stream import ByteStream

WARC = b"WARC/"
MAX_HEADER_BYTES = 1 << 20
"""Of a record's own fields, which hold an address and digests."""
_VERSION = re.compile(rb"WARC/\d{1,2}\.\d{1,3}[ \t]*\r?\n")
_HEADER_END = re.compile(rb"\n(?:\r?\n|(?=WARC/\d{1,2}\.\d{1,3}[ \t]*\r?\n))")
"""An empty line; or another record, whose first line is no field of this one: it is cut short."""
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LINE_START = b"\nWARC/"
_FIRST_LOOK_BYTES = 4_096
_SEPARATORS = b"\r\n"
_CLOSING = b"\r\n\r\n"
_PADDING = b"\r\n\0"
_LENGTH = re.compile(r"\d{1,18}")
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as it stands in the file."""

    position: int
    """Of its first byte in the stream."""
    fields: Mapping[str, str]
    """Of its header, by names in lower case; of a field that stands twice the first value."""
    block: bytes
    """What it holds; nothing where that is `too-large`."""
    size: int
    """Bytes of the block, as far as they are there."""
    fault: str | None = None
    """`wrong-length`, where the block does not end where its header says, or `too-large`."""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Junk:
    """Bytes between records that belong to none."""

    position: int
    size: int
    is_to_end: bool
    """Whether no record follows."""


def raw_records(
    stream: ByteStream, max_block_bytes: int, start: int = 0
) -> Iterator[RawRecord | Junk]:
    """All records of the stream and the junk between them, in order.

    Args:
        stream: begins with a record.
        max_block_bytes: a larger block is passed over.
        start: records before this position are passed over, unread where the stream can seek.
    """
    while True:
        stream.skip_any(_PADDING)
        if not stream.holds(1):
            return
        position = stream.position
        header = _header(stream)
        if header is None:
            yield _junk(stream)
        elif position < start and _passes_over(stream, header):
            continue
        else:
            yield _record(stream, header, max_block_bytes)


def _header(stream: ByteStream) -> tuple[int, dict[str, str]] | None:
    """Bytes of the header, its empty line included, and its fields; None: no header stands here."""
    size = _FIRST_LOOK_BYTES
    while True:
        looked_at = stream.peek(size)
        if _VERSION.match(looked_at) is None:
            return None
        if (end := _HEADER_END.search(looked_at)) is not None:
            fields = _first_values(looked_at[: end.start()])
            if end.end() == end.start() + 1:
                fields.pop("content-length", None)  # of a block that is not there
            return end.end(), fields
        if len(looked_at) < size or size >= MAX_HEADER_BYTES:
            return None
        size *= 4


def header_lines(header: bytes) -> Iterator[tuple[str, str]]:
    """The fields of a header, names in lower case, in order; its first line is none.

    Lines end by CR LF, LF or CR. One that begins with a blank goes on the one before it, and one
    without a colon says nothing.
    """
    lines: list[bytes] = []
    for line in _LINE_END.split(header)[1:]:
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += b" " + line.strip()
        else:
            lines.append(line)
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            yield _text(name).lower(), _text(value)


def _first_values(header: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in header_lines(header):
        fields.setdefault(name, value)
    return fields


def _text(value: bytes) -> str:
    value = value.strip()
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _passes_over(stream: ByteStream, header: tuple[int, dict[str, str]]) -> bool:
    """Whether the stream could be moved behind a record that is as long as it says."""
    length = _length(header[1])
    if length is None or not stream.can_seek:
        return False
    before = stream.position
    stream.move(before + header[0] + length)
    if _is_followed(stream, 0) and _is_inside(stream, before + header[0] + length):
        return True
    stream.move(before)
    return False


def _record(
    stream: ByteStream, header: tuple[int, dict[str, str]], max_block_bytes: int
) -> RawRecord:
    position, (size, fields) = stream.position, header
    stream.skip(size)
    length = _length(fields)
    if length is None:
        there = _to_next_start(stream)
        return _wrong_length(position, fields, there, "its header gives no Content-Length")
    if length > max_block_bytes:
        return _large(stream, position, fields, length, max_block_bytes)
    if stream.holds(length) and _is_block(stream, length):
        return RawRecord(position, fields, stream.take(length), length)
    there = _to_next_start(stream)
    return _wrong_length(position, fields, there, f"its header says {length}")


def _large(
    stream: ByteStream, position: int, fields: Mapping[str, str], length: int, most: int
) -> RawRecord:
    """Passes over a block that is larger than wanted: it ends where it says, or at a record."""
    message = f"{length} bytes, at most {most} are read"
    before = stream.position
    if stream.can_seek:
        stream.move(before + length)
        if _is_followed(stream, 0) and _is_inside(stream, before + length):
            return RawRecord(position, fields, b"", length, "too-large", message)
        stream.move(before)
    there = _to_next_start(stream, 0 if stream.can_seek else length)
    if there != length:
        return _wrong_length(position, fields, there, f"its header says {length}")
    return RawRecord(position, fields, b"", length, "too-large", message)


def _is_inside(stream: ByteStream, position: int) -> bool:
    """Whether the stream, which was moved to a position, is that long."""
    if stream.holds(1):
        return True
    stream.move(position - 1)
    return stream.skip(1) == 1


def _wrong_length(position: int, fields: Mapping[str, str], there: int, why: str) -> RawRecord:
    message = f"the record holds {there} bytes, {why}"
    return RawRecord(position, fields, b"", there, "wrong-length", message)


def _length(fields: Mapping[str, str]) -> int | None:
    written = fields.get("content-length", "")
    return int(written) if _LENGTH.fullmatch(written) else None


def _is_block(stream: ByteStream, length: int) -> bool:
    """Whether a block of this length may stand here: a record or the end follows it.

    Or at least the empty lines behind a block; but these stand behind the header of the next record
    too, so there no record may begin inside.
    """
    if _is_followed(stream, length):
        return True
    return stream.at(length, 4) == _CLOSING and _start_within(stream, length) < 0


def _is_followed(stream: ByteStream, offset: int) -> bool:
    """Whether another record, or the end, comes at this offset, behind whatever empty lines."""
    rest = stream.at(offset, 16).lstrip(_SEPARATORS)
    return not rest or rest.startswith(WARC)


def _start_within(stream: ByteStream, end: int) -> int:
    """The first offset up to `end` at which a line begins as a record does; -1: nowhere."""
    place = stream.find(_LINE_START, 0, end + len(_LINE_START) - 1)
    while place >= 0 and not _is_start(stream, place + 1):
        place = stream.find(_LINE_START, place + 1, end + len(_LINE_START) - 1)
    return place + 1 if place >= 0 else -1


def _to_next_start(stream: ByteStream, up_to: int = 0) -> int:
    """Goes to where the next line begins as a record does; how many bytes were passed over.

    Args:
        stream: is moved there, or to its end.
        up_to: so many bytes at most, where it is not 0.
    """
    if _is_start(stream, 0):
        return 0
    passed = 0
    while stream.holds(1):
        most = min(_CHUNK_BYTES, up_to - passed) if up_to else _CHUNK_BYTES
        if most == 0:
            break
        if (start := _start_within(stream, most)) >= 0:
            return passed + stream.skip(start)
        passed += stream.skip(most)
    return passed


def _is_start(stream: ByteStream, offset: int) -> bool:
    return _VERSION.match(stream.at(offset, 16)) is not None


def _junk(stream: ByteStream) -> Junk:
    position = stream.position
    size = stream.skip(1) + _to_next_start(stream)
    return Junk(position, size, not stream.holds(1))
