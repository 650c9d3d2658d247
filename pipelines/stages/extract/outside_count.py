"""How many records stand in a file, counted by means that know nothing of our readers.

What a run says it read is compared with it, by file: a record that a reader lost without a word is
told all the same. Counting is cheap: a gzip member is inflated only where its size does not show
that it holds one record.
"""

import gzip
import itertools
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq

_MAGIC = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{]|[\]}]|,|[^\s,:"\[\]{}]+|\S', re.DOTALL)
"""Of JSON: a string, a bracket, a comma, a name or number, or what is none of them."""
_RECORD = re.compile(rb"(?:\A|(?<=\n))WARC/\d\.\d+[ \t]*\r?\n(?:[^\r\n]+\r?\n)+\r?\n")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
_BESIDE_QUOTES = (*(bytes([byte]) for byte in b',;\t|" \r'), b"")
"""Before a quote that opens a field, and behind one that closes it."""
_SEVERAL = re.compile(rb"\}[ \t\r\x1e]*\{")
_RETURN = re.compile(rb"\r(?!\n)")
_LINE = re.compile(rb"[^\n]+")
_CHUNK_BYTES = 1 << 16
_HEAD_BYTES = 1 << 14
_MOST_BYTES = 1 << 28
"""Of a member, a file of text or an array: what holds more is not counted."""
_CLOSING_BYTES = 8
"""The empty lines behind a block: four bytes, of some writers none or more."""


def outside_count(
    stream: BinaryIO, file_format: str, start: int = 0, end: int | None = None
) -> int | None:
    """The records that begin in [start, end) of a file; None where they are not counted.

    Args:
        stream: the file as it is stored.
        file_format: as inputs name it.
        start: first byte (warc) or row (parquet).
        end: one past the last; None: to the end.
    """
    try:
        match file_format:
            case "warc":
                return _warc(stream, start, end)
            case "wacz":
                return _wacz(stream)
            case "jsonl":
                return _json(stream)
            case "csv":
                return _csv(stream)
            case "parquet":
                rows: int = pq.ParquetFile(pa.PythonFile(stream, mode="r")).metadata.num_rows
                return max(0, (rows if end is None else min(rows, end)) - start)
            case _:
                return 1
    except Exception:  # noqa: BLE001 - zipfile alone has ten kinds, and a count must cost nobody
        return None  # its reader tells what is wrong with it


def _warc(stream: BinaryIO, start: int, end: int | None) -> int | None:
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    if head.startswith(b"WARC/"):
        return _plain(stream, start, end)
    if head.startswith(_ZSTD):
        return _records(_content(stream)) if start == 0 else 0
    if not head.startswith(_MAGIC) or not _inflated_head(head).startswith(b"WARC/"):
        return None
    members = itertools.takewhile(
        lambda member: _is_before(member[0], end), _members(stream, start)
    )
    return sum(records for _, records in members)


def _is_before(offset: int, end: int | None) -> bool:
    return end is None or offset < end


def _plain(stream: BinaryIO, start: int, end: int | None) -> int:
    """Records of a file that is not packed: from header to header, by the lengths they give."""
    offset, count = 0, 0
    while _is_before(offset, end):
        stream.seek(offset)
        head = stream.read(_HEAD_BYTES)
        record = _RECORD.match(head)
        length = _LENGTH.search(record[0]) if record else None
        if record is not None and length is not None:
            after = offset + record.end() + int(length[1])
            stream.seek(after)
            rest = stream.read(_CLOSING_BYTES)
            if rest.startswith(b"\r\n\r\n") or rest.lstrip(b"\r\n").startswith(b"WARC") or not rest:
                count += offset >= start
                offset = after + len(rest) - len(rest.lstrip(b"\r\n"))
                continue
        if record is not None:
            count += offset >= start
        following = _next_plain(stream, offset + 1)
        if following is None:
            break
        offset = following
    return count


def _next_plain(stream: BinaryIO, offset: int) -> int | None:
    """Where the next line begins as a record does."""
    while True:
        stream.seek(offset)
        block = stream.read(_CHUNK_BYTES)
        place = block.find(b"\nWARC/")
        if place >= 0:
            return offset + place + 1
        if len(block) < _CHUNK_BYTES:
            return None
        offset += len(block) - len(b"\nWARC/") + 1


def _members(stream: BinaryIO, start: int) -> Iterator[tuple[int, int]]:
    """Offset and records of each gzip member that begins with a record."""
    offset = _next_member(stream, start)
    while offset is not None:
        following = _next_member(stream, offset + 1)
        stream.seek(offset)
        head = _inflated_head(stream.read(_HEAD_BYTES))
        if _is_one_record(stream, head, following):
            yield offset, 1
        else:
            content, after = _inflated(stream, offset)
            yield offset, _records(content)
            following = _next_member(stream, after)
        offset = following


def _next_member(stream: BinaryIO, offset: int) -> int | None:
    """The next offset at which a gzip member begins that holds the beginning of a record."""
    while True:
        stream.seek(offset)
        block = stream.read(_CHUNK_BYTES)
        place = block.find(_MAGIC)
        while place >= 0:
            stream.seek(offset + place)
            if _inflated_head(stream.read(512)).startswith(b"WARC/"):
                return offset + place
            place = block.find(_MAGIC, place + 1)
        if len(block) < _CHUNK_BYTES:
            return None
        offset += len(block) - len(_MAGIC) + 1


def _inflated_head(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _HEAD_BYTES)
    except zlib.error:
        return b""


def _is_one_record(stream: BinaryIO, head: bytes, following: int | None) -> bool:
    """Whether a member's size, which its last four bytes tell, is that of its first record."""
    record = _RECORD.match(head)
    length = _LENGTH.search(record[0]) if record else None
    if record is None or length is None or following is None:
        return False
    stream.seek(following - 4)
    size = int.from_bytes(stream.read(4), "little")
    return size == (record.end() + int(length[1]) + 4) % (1 << 32)


def _inflated(stream: BinaryIO, offset: int) -> tuple[bytes, int]:
    """What a member holds, with those behind it that begin with no record, and where it ends."""
    pieces: list[bytes] = []
    size = 0
    while size <= _MOST_BYTES:
        content, after = _one_inflated(stream, offset)
        pieces.append(content)
        size += len(content)
        stream.seek(after)
        head = stream.read(512)
        begins = _inflated_head(head)
        if after == offset or not begins or begins.startswith(b"WARC/"):
            return b"".join(pieces), max(after, offset + 1)
        offset = after
    raise ValueError("too large to be counted")


def _one_inflated(stream: BinaryIO, offset: int) -> tuple[bytes, int]:
    inflate = zlib.decompressobj(wbits=31)
    pieces: list[bytes] = []
    size = 0
    stream.seek(offset)
    while not inflate.eof and (fed := stream.read(_CHUNK_BYTES)):
        try:
            while fed and not inflate.eof:
                pieces.append(inflate.decompress(fed, 1 << 22))
                size += len(pieces[-1])
                if size > _MOST_BYTES:
                    raise ValueError("too large to be counted")
                fed = inflate.unconsumed_tail
        except zlib.error:
            return b"".join(pieces), offset
    if not inflate.eof:
        return b"".join(pieces), offset
    return b"".join(pieces), stream.tell() - len(inflate.unused_data)


def _records(content: bytes) -> int:
    """Record headers that do not stand within the block of another record."""
    count, at = 0, 0
    while (record := _RECORD.search(content, at)) is not None:
        count += 1
        at = record.end()
        length = _LENGTH.search(record[0])
        if length is not None:
            after = at + int(length[1])
            rest = content[after : after + _CLOSING_BYTES]
            is_closed = rest.startswith(b"\r\n\r\n") or rest.lstrip(b"\r\n").startswith(b"WARC")
            if after <= len(content) and (is_closed or not rest):
                at = after
    return count


def _wacz(stream: BinaryIO) -> int | None:
    counts: list[int | None] = []
    with ZipFile(stream) as archive:
        for part in archive.namelist():
            if part.startswith("archive/") and part.endswith((".warc", ".warc.gz")):
                with archive.open(part) as inside:
                    counts.append(_warc(inside, 0, None))  # type: ignore[arg-type]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _content(stream: BinaryIO) -> bytes:
    """What the file holds, unpacked."""
    stream.seek(0)
    head = stream.read(len(_ZSTD))
    stream.seek(0)
    source: BinaryIO | pa.CompressedInputStream = stream
    if head.startswith(_MAGIC[:2]):
        source = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    elif head == _ZSTD:
        source = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
    content: bytes = source.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError("too large to be counted")
    return content


def _text(stream: BinaryIO) -> bytes:
    """The file's text in a code of which ASCII is a part."""
    content = _content(stream)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16").encode("utf-8", "replace")
    if content.count(0) * 4 > len(content):
        raise ValueError("not counted: UTF-16 without a mark")
    return content.removeprefix(b"\xef\xbb\xbf")


def _json(stream: BinaryIO) -> int | None:
    """Lines that are not blank; of an array, or of objects of several lines, its elements."""
    content = _text(stream)
    begins = content.lstrip()
    if begins.startswith(b"[") or begins.partition(b"\n")[0].strip() == b"{":
        return _elements(content, 1 if begins.startswith(b"[") else 0)
    if b"\r" in content and b"\n" not in content:
        return None
    total = 0
    for line in _lines(content):
        count = _elements(line, 0) if _SEVERAL.search(line) else 1
        if count is None:
            return None
        total += count if line.strip(b" \t\r\x1e") else 0
    return total


def _lines(content: bytes) -> Iterator[bytes]:
    """The lines that are not empty, one after the other: a list of a million takes 90 MB."""
    return (match[0] for match in _LINE.finditer(content))


def _elements(content: bytes, depth: int) -> int | None:
    """Values within so many brackets; None where brackets do not fit, or more follows an array."""
    level, count, is_next = 0, 0, True
    for match in _TOKEN.finditer(content):
        token = match[0]
        if token in b"]}":
            level -= 1
            is_next = level == depth == 0
            if level < 0:
                return None
        elif token == b",":
            is_next = is_next or level == depth
        else:
            if level < depth and count:
                return None
            if level == depth and is_next:
                count, is_next = count + 1, False
            if token in b"[{":
                level += 1
                is_next = is_next or (level == depth == 1)
            elif token == b'"' or (depth == 0 and level == 0):
                return None
    return count if level == 0 else None


def _csv(stream: BinaryIO) -> int | None:
    """Lines that begin outside of quotes, less the header; None where quotes are escaped or odd."""
    content = _text(stream)
    if b'\\"' in content or content.count(b'"') % 2 or _RETURN.search(content):
        return None
    rows, is_open = 0, False
    for line in _lines(content):
        is_row = not is_open and bool(line.strip(b"\r\n"))
        if is_row and (rows or not line.startswith((b"#", b"sep=", b"SEP="))):
            rows += 1
        quote = line.find(b'"')
        beside = line[quote + 1 :][:1] if is_open else line[:quote][-1:]
        if quote >= 0 and beside not in _BESIDE_QUOTES:
            return None
        is_open ^= line.count(b'"') % 2 == 1
    return max(0, rows - 1)
