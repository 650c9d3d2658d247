"""The gzip members of a file: where they start, what they hold, and where the damage is.

RFC 1952 lets a file be a row of members. A WARC writer makes one for each record, so that a reader
may begin at any of them, and begin again after damage.
"""

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAGIC = b"\x1f\x8b\x08"
_CHUNK_BYTES = 1 << 16
_FIRST_BYTES = 512
"""Enough compressed bytes to tell whether a member begins with a WARC record."""
_WARC = b"WARC/"


class GzipMember:
    """One gzip member as a readable stream of what it holds; never raises on damage."""

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self.offset = offset
        self.damage: str | None = None
        self.end: int | None = None
        """Offset of the byte after the member; None while it is being read, and after damage."""
        self._stream = stream
        self._next = offset
        self._inflate = zlib.decompressobj(wbits=31)
        self._waiting = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size` of them; b"" at the end and at damage."""
        wanted = _CHUNK_BYTES if size < 0 else size
        while self.end is None and self.damage is None:
            piece = self._inflated(wanted)
            if piece:
                return piece
        return b""

    def drain(self) -> None:
        """Reads to the member's end, so that `end` or `damage` is known."""
        while self.read(_CHUNK_BYTES):
            pass

    def _inflated(self, wanted: int) -> bytes:
        fed = self._waiting or self._fetch()
        if not fed:
            self.damage = "truncated"
            return b""
        try:
            piece = self._inflate.decompress(fed, wanted)
        except zlib.error:
            self.damage = "corrupt"
            return b""
        self._waiting = self._inflate.unconsumed_tail
        if self._inflate.eof:
            self.end = self._next - len(self._inflate.unused_data)
        return piece

    def _fetch(self) -> bytes:
        # Others may move the file between two reads, so the place is kept here.
        self._stream.seek(self._next)
        fed = self._stream.read(_CHUNK_BYTES)
        self._next += len(fed)
        return fed


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes between members that belong to none."""

    offset: int
    size_bytes: int | None
    """None where they reach to the end of the file."""


def starts_record(stream: BinaryIO, offset: int) -> bool:
    """True where a gzip member begins at `offset` and holds the beginning of a WARC record."""
    stream.seek(offset)
    head = stream.read(_FIRST_BYTES)
    if not head.startswith(MAGIC):
        return False
    try:
        return zlib.decompressobj(wbits=31).decompress(head, len(_WARC)) == _WARC
    except zlib.error:
        return False


def next_record(stream: BinaryIO, offset: int) -> int | None:
    """The first offset from `offset` on at which a record's member starts, or None."""
    while True:
        stream.seek(offset)
        block = stream.read(_CHUNK_BYTES)
        for place in _finds(block):
            if starts_record(stream, offset + place):
                return offset + place
        if len(block) < len(MAGIC):
            return None
        offset += len(block) - len(MAGIC) + 1


class Chain:
    """A member that begins with a record, and those behind it that go on with what it holds.

    Some writers cut by size and not by record: then a record stands in two members.
    """

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self.offset = offset
        self._stream = stream
        self._member = GzipMember(stream, offset)
        self._size = 0
        self._starts = [0]
        self._offsets = [offset]

    @property
    def damage(self) -> str | None:
        """What is wrong with its last member, `corrupt` or `truncated`."""
        return self._member.damage

    @property
    def damaged_at(self) -> int:
        """The offset of its last member."""
        return self._offsets[-1]

    @property
    def damaged_from(self) -> int:
        """How many bytes the members before the last one hold."""
        return self._starts[-1]

    @property
    def end(self) -> int | None:
        """Offset of the byte after its last member; None where that is damaged."""
        return self._member.end

    def read(self, size: int) -> bytes:
        """The next bytes; b"" at the end and at damage."""
        while not (piece := self._member.read(size)):
            end = self._member.end
            if end is None or not _goes_on(self._stream, end):
                return b""
            self._member = GzipMember(self._stream, end)
            self._starts.append(self._size)
            self._offsets.append(end)
        self._size += len(piece)
        return piece

    def offset_at(self, position: int) -> int:
        """The offset of the member that holds the byte at a position of what was read."""
        return self._offsets[bisect_right(self._starts, position) - 1]

    def drain(self) -> None:
        """Reads to the end, so that `end` or `damage` is known."""
        while self.read(_CHUNK_BYTES):
            pass


def chains(stream: BinaryIO, start: int, end: int | None) -> Iterator[Chain | Gap]:
    """The chains that start in [start, end), in order, and the gaps behind each of them.

    The caller reads each chain before it takes the next. A gap belongs to the chain before it, so
    that splits report it once; a gap that opens the file belongs to the split that does.
    """
    offset: int | None = start
    if start or not starts_record(stream, 0):
        offset = next_record(stream, start)
        if start == 0 and _size_from(stream, 0):
            yield Gap(0, offset)
    while offset is not None and (end is None or offset < end):
        chain = Chain(stream, offset)
        yield chain
        chain.drain()
        if chain.end is None:
            offset = next_record(stream, chain.damaged_at + 1)
            continue
        offset = chain.end
        if not starts_record(stream, offset):
            place = next_record(stream, offset)
            if place is not None or not _is_padding(stream, offset):
                yield Gap(offset, None if place is None else place - offset)
            offset = place


def _goes_on(stream: BinaryIO, offset: int) -> bool:
    """True where a gzip member begins at `offset` that holds no beginning of a record."""
    stream.seek(offset)
    head = stream.read(_FIRST_BYTES)
    if not head.startswith(MAGIC):
        return False
    try:
        first = zlib.decompressobj(wbits=31).decompress(head, len(_WARC))
    except zlib.error:
        return False
    return bool(first) and first != _WARC


def _finds(block: bytes) -> Iterator[int]:
    place = block.find(MAGIC)
    while place >= 0:
        yield place
        place = block.find(MAGIC, place + 1)


def _size_from(stream: BinaryIO, offset: int) -> int:
    stream.seek(offset)
    return len(stream.read(1))


def _is_padding(stream: BinaryIO, offset: int) -> bool:
    """True where nothing but zeros follows, as tapes and some writers leave behind."""
    stream.seek(offset)
    while block := stream.read(_CHUNK_BYTES):
        if block.strip(b"\0"):
            return False
    return True
