"""Records of a WARC file that is not compressed.

A record's beginning can only be known from the one before it, so every split walks from the start
of the file and leaves out what is not its own; blocks it does not want are passed over unread.
"""

from collections.abc import Iterator
from io import UnsupportedOperation
from typing import BinaryIO

from fastwarc import ArchiveIterator

from schemas.page import Rejected
from sources.readers.warc_records import Outcome, read_record

_WARC = b"WARC/"
_NEXT_WARC = b"\nWARC/1."
_BLANK_LINE = b"\r\n\r\n"
_CHUNK_BYTES = 1 << 16


class _From:
    """A file from an offset on; fastwarc reads it and asks how far it has come."""

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self._stream = stream
        self._next = offset
        self._start = offset

    def read(self, size: int = -1) -> bytes:
        self._stream.seek(self._next)
        piece = self._stream.read(_CHUNK_BYTES if size < 0 else size)
        self._next += len(piece)
        return piece

    def tell(self) -> int:
        return self._next - self._start

    def seek(self, offset: int, whence: int = 0) -> int:
        raise UnsupportedOperation("read from one end to the other")

    def close(self) -> None:
        """Leaves the file open; whoever opened it closes it."""


def is_plain_warc(stream: BinaryIO) -> bool:
    """True where the file begins with a WARC record that is not compressed."""
    stream.seek(0)
    return stream.read(len(_WARC)) == _WARC


def read_plain(
    stream: BinaryIO, name: str, start: int, end: int | None, max_page_bytes: int
) -> Iterator[Outcome]:
    """The records that start in the bytes [start, end); after damage it goes on at the next."""
    offset: int | None = 0
    while offset is not None and (end is None or offset < end):
        resume_at: int | None = None
        for outcome, damaged_at in _walk(stream, name, offset, start, max_page_bytes):
            if end is not None and outcome.position >= end:
                return
            if outcome.position >= start:
                yield outcome
            resume_at = damaged_at
        offset = None if resume_at is None else _next_plain(stream, resume_at)


def _walk(
    stream: BinaryIO, name: str, offset: int, start: int, max_page_bytes: int
) -> Iterator[tuple[Outcome, int | None]]:
    """Records up to the first damage; that one comes with the offset from which to look further."""
    records = ArchiveIterator(_From(stream, offset), parse_http=False)
    good: tuple[int, int] | None = None
    try:
        for record in records:
            position = offset + record.stream_pos
            good = position, record.content_length
            # Before the split a limit of 0 bytes reads no page.
            limit = max_page_bytes if position >= start else 0
            outcome = read_record(record, name, position, limit)
            if isinstance(outcome, Rejected) and outcome.reason == "wrong-length":
                yield outcome, position + 1
                return
            yield outcome, None
    except (OSError, ValueError) as error:
        after = offset if good is None else _end_of_record(stream, *good)
        yield Rejected(name, after, None, "read", "corrupt", str(error)), after + 1


def _end_of_record(stream: BinaryIO, position: int, content_length: int) -> int:
    """The offset behind the record at `position`, and behind the empty lines that close it."""
    stream.seek(position)
    header = stream.read(_CHUNK_BYTES)
    end = position + max(0, header.find(_BLANK_LINE)) + len(_BLANK_LINE) + content_length
    stream.seek(end)
    return end + (len(_BLANK_LINE) if stream.read(len(_BLANK_LINE)) == _BLANK_LINE else 0)


def _next_plain(stream: BinaryIO, offset: int) -> int | None:
    """The next place that looks like the beginning of a record, None where there is none."""
    while True:
        stream.seek(offset)
        block = stream.read(_CHUNK_BYTES)
        found = block.find(_NEXT_WARC)
        if found >= 0:
            return offset + found + 1
        if len(block) < len(_NEXT_WARC):
            return None
        offset += len(block) - len(_NEXT_WARC) + 1
