"""A file of text as UTF-8 lines: unpacked, decoded and bounded, whatever its name says."""

import codecs
import gzip
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

import pyarrow as pa

from sources.page.decoding import detected_encoding

MAX_LINE_BYTES = 32 << 20
MOST_UNPACKED = 256 << 20
"""Bytes that any file may unpack to; beyond it only so many times what is stored."""
MOST_TIMES = 200
"""Texts unpack to ten times their size, logs to fifty."""
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BOM = b"\xef\xbb\xbf"
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 1 << 18
_GUESSED_BYTES = 1 << 13
_HIGH_BYTES = bytes(range(128, 256))
_CHUNK_BYTES = 1 << 16


class UnpackedError(ValueError):
    """The file unpacks to more than is read of it."""


class _Raw(io.RawIOBase):
    """Bytes of a reading function as a file that can only be read."""

    def __init__(self) -> None:
        super().__init__()
        self._left = b""

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer; how many bytes of it."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        if not self._left:
            self._left = self._next()
        piece = self._left[: len(view)]
        view[: len(piece)] = piece
        self._left = self._left[len(piece) :]
        return len(piece)

    def _next(self) -> bytes:
        raise NotImplementedError


class _Unpacked(_Raw):
    """What a file unpacks to, up to a bound."""

    def __init__(self, stream: BinaryIO, stored_bytes: int, is_gzip: bool) -> None:
        super().__init__()
        self._reader = (
            gzip.GzipFile(fileobj=stream)
            if is_gzip
            else pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
        )
        self._most = max(MOST_UNPACKED, MOST_TIMES * stored_bytes)

    def _next(self) -> bytes:
        piece = bytes(self._reader.read(_CHUNK_BYTES))
        self._most -= len(piece)
        if self._most < 0:
            raise UnpackedError("the file unpacks to more than is read of a file of its size")
        return piece


class _Recoded(_Raw):
    """A text of another encoding, or with other line ends, as UTF-8 with line feeds."""

    def __init__(self, stream: BinaryIO, encoding: str, is_cr: bool) -> None:
        super().__init__()
        self._stream, self._is_cr = stream, is_cr
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._is_done = False

    def _next(self) -> bytes:
        while not self._is_done:
            piece = self._stream.read(_CHUNK_BYTES)
            self._is_done = not piece
            text = self._decoder.decode(piece, final=self._is_done)
            if text:
                text = text.replace("\r", "\n") if self._is_cr else text
                return text.encode("utf-8", "surrogatepass")
        return b""


def unpacked(stream: BinaryIO, stored_bytes: int) -> BinaryIO:
    """The file's bytes, unpacked where they are packed by gzip or zstd.

    Raises:
        UnpackedError: while it is read, when it unpacks to far more than is stored.
    """
    buffered = _buffered(stream)
    head = buffered.peek(4)[:4]
    if head.startswith((_GZIP, _ZSTD)):
        raw = _Unpacked(cast(BinaryIO, buffered), stored_bytes, head.startswith(_GZIP))
        return cast(BinaryIO, io.BufferedReader(raw, _CHUNK_BYTES))
    return cast(BinaryIO, buffered)


def utf8_text(stream: BinaryIO, encoding: str = "auto") -> BinaryIO:
    """The file's text as UTF-8, whose lines end by a line feed.

    Args:
        stream: the bytes, unpacked.
        encoding: by Python's name; auto: by the mark at the beginning, UTF-8 where the first bytes
            are UTF-8, else as detected.
    """
    buffered = _buffered(stream, _SAMPLE_BYTES)
    sample = buffered.peek(_SAMPLE_BYTES)[:_SAMPLE_BYTES]
    name = _detected(sample) if encoding == "auto" else encoding
    is_cr = b"\r" in sample and b"\n" not in sample
    if name == "utf-8" and not is_cr:
        return cast(BinaryIO, buffered)
    recoded = _Recoded(cast(BinaryIO, buffered), name, is_cr)
    return cast(BinaryIO, io.BufferedReader(recoded, _CHUNK_BYTES))


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their number from 1 on; None for one that is longer than the limit."""
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


def decoded_line(line: bytes) -> tuple[str, bool]:
    """The line as text, and whether all of its bytes are UTF-8."""
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace"), False


def _buffered(stream: BinaryIO, size: int = _CHUNK_BYTES) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, _Passed(stream)), size)


class _Passed(_Raw):
    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def _next(self) -> bytes:
        return self._stream.read(_CHUNK_BYTES)


def _detected(sample: bytes) -> str:
    """The encoding of a text that begins with these bytes; UTF-8 where it is in none."""
    for mark, name in _WIDE_MARKS:
        if sample.startswith(mark):
            if 0 in sample:  # or it is none: a table's commas and line ends have zeros
                return name
            sample = sample.removeprefix(mark)
    if sample.count(0) * 4 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    if len(sample) == _SAMPLE_BYTES:
        sample = sample.rstrip(_HIGH_BYTES) or sample  # its end may have cut a character
    # of no encoding at all: each line that is no UTF-8 is flagged
    return detected_encoding(sample) or _guessed(sample[:_GUESSED_BYTES]) or "utf-8"


def _guessed(sample: bytes) -> str | None:
    """By a detector that is slower, and knows what the other does not: Korean before UTF-8."""
    from charset_normalizer import from_bytes  # a tenth of a second, which few files need

    best = from_bytes(sample.rstrip(_HIGH_BYTES) or sample).best()
    return best.encoding if best and not best.encoding.startswith("utf") else None
