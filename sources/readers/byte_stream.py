"""Bytes that are read from one end to the other, with a look ahead of any size."""

from collections.abc import Callable, Iterable
from io import UnsupportedOperation
from typing import BinaryIO

_CHUNK_BYTES = 1 << 16
_COMPACT_BYTES = 1 << 20


class ByteStream:
    """A source of bytes of which the next ones can be seen before they are taken.

    What is looked at again is not read again, so that a reader may look as far ahead as a record
    claims to reach, find that the claim is wrong, and go on where the next record begins.
    """

    def __init__(
        self, read: Callable[[int], bytes], seek: Callable[[int], int] | None = None
    ) -> None:
        """Reads by `read(size)`, which returns b"" at the end.

        Args:
            read: returns at most that many of the next bytes.
            seek: moves the source to a position, where it can be moved; returns where it is then.
        """
        self._read, self._seek = read, seek
        self._held = bytearray()
        self._taken = 0
        self._before = 0
        self._is_at_end = False

    @property
    def position(self) -> int:
        """How many bytes were taken or passed over."""
        return self._before + self._taken

    @property
    def can_seek(self) -> bool:
        """Whether bytes can be passed over unread."""
        return self._seek is not None

    def peek(self, size: int) -> bytes:
        """The next `size` bytes; fewer where the end comes first."""
        return self.at(0, size)

    def at(self, offset: int, size: int) -> bytes:
        """The `size` bytes that begin `offset` bytes from here; fewer where the end comes first."""
        self._fill(offset + size)
        start = self._taken + offset
        return bytes(self._held[start : start + size])

    def holds(self, size: int) -> bool:
        """Whether so many bytes are left."""
        self._fill(size)
        return len(self._held) - self._taken >= size

    def find(self, pattern: bytes, start: int, end: int) -> int:
        """Where the pattern begins in the next bytes [start, end), which are read; -1: nowhere."""
        self._fill(end)
        place = self._held.find(pattern, self._taken + start, self._taken + end)
        return place - self._taken if place >= 0 else -1

    def take(self, size: int) -> bytes:
        """The next `size` bytes, which are gone then; fewer where the end comes first."""
        taken = self.peek(size)
        self._drop(len(taken))
        return taken

    def skip(self, size: int) -> int:
        """Passes over bytes; how many there were, `size` at most."""
        left = size
        while left and self.holds(1):
            size_here = min(left, len(self._held) - self._taken)
            self._drop(size_here)
            left -= size_here
        return size - left

    def move(self, position: int) -> None:
        """Goes to a position of a source that can seek; beyond its end there is nothing to read.

        Raises:
            UnsupportedOperation: the source cannot.
        """
        if self._seek is None:
            raise UnsupportedOperation("these bytes are read from one end to the other")
        inside = position - self._before
        if 0 <= inside <= len(self._held):
            self._taken = inside
            return
        self._seek(position)
        self._held.clear()
        self._before, self._taken, self._is_at_end = position, 0, False

    def skip_any(self, characters: bytes) -> None:
        """Passes over whatever of these bytes stands next."""
        while self.holds(1) and self._held[self._taken] in characters:
            self._drop(1)

    def _fill(self, size: int) -> None:
        while len(self._held) - self._taken < size and not self._is_at_end:
            piece = self._read(_CHUNK_BYTES)
            self._held += piece
            self._is_at_end = not piece

    def _drop(self, size: int) -> None:
        self._taken += size
        if self._taken >= _COMPACT_BYTES or self._taken == len(self._held):
            del self._held[: self._taken]
            self._before += self._taken
            self._taken = 0


def file_stream(file: BinaryIO, offset: int = 0) -> ByteStream:
    """The bytes of a seekable file from an offset on, at which its positions begin with 0.

    Others may move the file between two reads, so its place is kept here.
    """
    at = offset

    def read(size: int) -> bytes:
        nonlocal at
        file.seek(at)
        piece = file.read(size)
        at += len(piece)
        return piece

    def seek(position: int) -> int:
        nonlocal at
        at = offset + position
        return position

    return ByteStream(read, seek)


def piece_stream(pieces: Iterable[bytes]) -> ByteStream:
    """The bytes of pieces of any size, one after the other."""
    following = iter(pieces)
    return ByteStream(lambda _: next((piece for piece in following if piece), b""))
