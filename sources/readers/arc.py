"""Pages out of ARC files (the Internet Archive's format before WARC), compressed or not.

https://archive.org/web/researcher/ArcFileFormat.php: each record is one line with address, IP
address, 14-digit time, media type and length, and then so many bytes. Read whole by one split.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from schemas.page import Rejected
from sources.readers.byte_stream import ByteStream, file_stream
from sources.readers.warc_records import Outcome, page_outcome
from sources.readers.warc_stream import WARC, RawRecord

FIRST = b"filedesc:"
_GZIP = b"\x1f\x8b"
_CHUNK_BYTES = 1 << 16
_MAX_LINE_BYTES = 1 << 16
_LINE_BYTES = 1 << 12
"""Of a line as most are."""
_LINE = re.compile(rb"(\S+) (\S+) (\d{8,17}) (\S*) ?(?:\S+ )*?(\d{1,18})\r?\n")
"""Of either version: the second has a result code, a checksum and an offset before the length."""
_START = rb"[a-z][a-z0-9+.-]{1,15}:\S+ \S+ \d{14} "
_STARTS, _NEXT = re.compile(_START), re.compile(rb"\n(?=" + _START + rb")")
_WHOLE_FILE = 1 << 62
_HEAD_ROOM_BYTES = 2 << 20


def is_arc(head: bytes) -> bool:
    """Whether a file that begins with these bytes, and not as WARC files do, is an ARC file.

    By the line of any record: the first may be damaged.
    """
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, _CHUNK_BYTES)
        except zlib.error:
            return False
    is_told = head.startswith(FIRST) or _STARTS.match(head) or _NEXT.search(head)
    return bool(is_told) and not head.startswith(WARC)


def read_arc(file: BinaryIO, name: str, max_page_bytes: int) -> Iterator[Outcome]:
    """The file's records as those of a WARC file; positions are bytes of what is decompressed."""
    file.seek(0)
    is_packed = file.read(len(_GZIP)) == _GZIP
    damage: list[str] = []
    stream = ByteStream(_Inflated(file, damage).read) if is_packed else file_stream(file)
    while True:
        stream.skip_any(b"\r\n")
        if not stream.holds(1):
            break
        yield _next(stream, name, max_page_bytes)
    if damage:
        yield Rejected(name, stream.position, None, "read", damage[0], damage[0], records=0)


def _next(stream: ByteStream, name: str, max_page_bytes: int) -> Outcome:
    position = stream.position
    line = _LINE.match(stream.peek(_MAX_LINE_BYTES))
    if line is None:
        size = stream.skip(1) + _to_next(stream)
        message = f"{size} bytes from byte {position} on hold no ARC record"
        return Rejected(name, position, None, "read", "corrupt", message, records=0)
    url, _, time, media_type, length = (part.decode("latin-1") for part in line.groups())
    stream.skip(line.end())
    size = int(length)
    is_http = url.startswith("http")
    fields = {
        "warc-type": "response" if is_http else "warcinfo",
        "warc-target-uri": url,
        "warc-date": time,
        "content-type": "application/http; msgtype=response" if is_http else media_type,
    }
    if size <= max_page_bytes + _HEAD_ROOM_BYTES and _is_block(stream, size):
        record = RawRecord(position, fields, stream.take(size), size)
        return page_outcome(record, name, position, max_page_bytes)
    there = _to_next(stream, size)
    if there == size > max_page_bytes + _HEAD_ROOM_BYTES:
        message = f"{size} bytes, at most {max_page_bytes} are read"
        record = RawRecord(position, fields, b"", size, "too-large", message)
    else:
        there += _to_next(stream) if there == size else 0
        message = f"the record holds {there} bytes, its line says {size}"
        record = RawRecord(position, fields, b"", there, "wrong-length", message)
    return page_outcome(record, name, position, max_page_bytes)


def _is_block(stream: ByteStream, size: int) -> bool:
    """Whether a block of this size may stand here: a line end follows it, or the end of the file.

    Line ends stand within pages too, so where no record's line follows, none may stand inside.
    """
    if not stream.holds(size) or stream.at(size, 1) not in (b"", b"\n", b"\r"):
        return False
    following = stream.at(size, _LINE_BYTES).lstrip(b"\r\n")
    return not following or _STARTS.match(following) is not None or _next_within(stream, size) < 0


def _to_next(stream: ByteStream, most: int = _WHOLE_FILE) -> int:
    """Goes to the next line that a record seems to begin with, or so far; bytes passed over."""
    passed = 0
    if _STARTS.match(stream.peek(_LINE_BYTES)):
        return 0
    while passed < most and stream.holds(1):
        step = min(_CHUNK_BYTES, most - passed)
        if (start := _next_within(stream, step)) >= 0:
            return passed + stream.skip(start)
        passed += stream.skip(step)
    return passed


def _next_within(stream: ByteStream, end: int) -> int:
    """The first offset up to `end`, but 0, at which a record's line seems to begin; -1: nowhere."""
    for at in range(0, end, _CHUNK_BYTES):
        line = _NEXT.search(stream.at(at, 2 * _CHUNK_BYTES))
        if line is not None:
            return at + line.end() if at + line.end() <= end else -1
    return -1


class _Inflated:
    """A file's gzip members as one row of bytes; damage ends it and is told in a list."""

    def __init__(self, file: BinaryIO, damage: list[str]) -> None:
        self._file, self._damage = file, damage
        self._inflate = zlib.decompressobj(wbits=31)
        self._waiting = b""
        file.seek(0)

    def read(self, size: int) -> bytes:
        """The next bytes of all members, one after the other."""
        while not self._damage:
            if self._inflate.eof:
                self._waiting = self._inflate.unused_data or self._file.read(_CHUNK_BYTES)
                if not self._waiting.strip(b"\0"):
                    return b""
                self._inflate = zlib.decompressobj(wbits=31)
            fed = self._waiting or self._file.read(_CHUNK_BYTES)
            if not fed:
                self._damage.append("truncated")
                return b""
            try:
                piece = self._inflate.decompress(fed, size)
            except zlib.error:
                self._damage.append("corrupt")
                return b""
            self._waiting = self._inflate.unconsumed_tail
            if piece:
                return piece
        return b""
