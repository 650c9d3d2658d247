"""Pages out of WARC files (ISO 28500), compressed by record or not at all, damaged or whole.

Every record comes back as exactly one Page, TextRow, Revisit, Rejected or Skipped; damage between
them as a Rejected more, which stands for no record. A file that is compressed as one member, or by
zstd, can only be read by the split that holds its first byte, and one whose pages are themselves
stored WARC files may show their records at a split or after damage.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Set
from io import BytesIO
from typing import BinaryIO

from fastwarc import stream_io

from schemas.page import Page, Rejected, Revisit
from sources.readers.arc import FIRST, is_arc, read_arc
from sources.readers.byte_stream import ByteStream, file_stream
from sources.readers.gzip_members import Chain, Gap, chains
from sources.readers.warc_records import Outcome, outcome_of
from sources.readers.warc_stream import Junk, RawRecord, raw_records

MAX_PAGE_BYTES = 16 << 20
_GZIP = b"\x1f\x8b"
_ZSTD = (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + n, 0x2A, 0x4D, 0x18]) for n in range(16)))
"""A frame, and those that are passed over, one of which may hold a dictionary (RFC 8878)."""
_PLAIN_START = re.compile(rb"(?:\A|\n)WARC/\d\.\d")
_HEAD_BYTES = 1 << 16
_HTTP_ROOM_BYTES = 2 << 20
"""By which a block may be larger than a page: the headers before it."""


def read_warc(
    stream: BinaryIO,
    name: str,
    start: int = 0,
    end: int | None = None,
    max_page_bytes: int = MAX_PAGE_BYTES,
) -> Iterator[Outcome]:
    """The records that start in the bytes [start, end) of a seekable WARC file, in order.

    `name` becomes their `input`; their position is the byte offset of the record, in a compressed
    file that of its gzip member. An empty file yields nothing.
    """
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    if _is_plain(head):
        yield from _read_plain(stream, name, start, end, max_page_bytes)
    elif head.startswith(_ZSTD):
        if start == 0:
            yield from _read_zstd(stream, name, max_page_bytes)
    elif is_arc(head):
        if start == 0:
            yield from read_arc(stream, name, max_page_bytes)
    else:
        yield from _read_gzip(stream, name, start, end, max_page_bytes)


def read_payloads(
    stream: BinaryIO,
    name: str,
    wanted: Mapping[int, Set[str]],
    max_page_bytes: int = MAX_PAGE_BYTES,
) -> Iterator[Page]:
    """The pages of a file that have one of some payloads, each payload once, by their position.

    Args:
        stream: a seekable WARC file.
        name: of the file, as read_warc had it.
        wanted: digests of payloads, by the position that read_warc gave to their page.
        max_page_bytes: as read_warc had it.
    """
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    is_plain = _is_plain(head)
    if not is_plain and head.startswith(_ZSTD):
        yield from _wanted(_read_zstd(stream, name, max_page_bytes), wanted)
        return
    for position in sorted(wanted):
        if is_plain:
            records = raw_records(file_stream(stream, position), max_page_bytes + _HTTP_ROOM_BYTES)
            first = next(records, None)
            there: Iterable[Outcome] = (
                [outcome_of(first, name, position, max_page_bytes)]
                if isinstance(first, RawRecord)
                else []
            )
        else:
            there = _read_chain(Chain(stream, position), name, max_page_bytes)
        yield from _wanted(there, {position: wanted[position]})


def _is_plain(head: bytes) -> bool:
    """Whether a file that begins so is not packed, whatever damage its first bytes look like."""
    if head.startswith(FIRST) or not _PLAIN_START.search(head):
        return False
    try:
        if head.startswith(_GZIP):
            return not zlib.decompressobj(wbits=31).decompress(head, 1)
        return not (head.startswith(_ZSTD) and stream_io.ZstdReader(BytesIO(head)).read(1))
    except (zlib.error, OSError, ValueError):
        return True


def _wanted(outcomes: Iterable[Outcome], wanted: Mapping[int, Set[str]]) -> Iterator[Page]:
    """The pages at these positions that have these payloads; ends when all were there."""
    missing = {(position, digest) for position, digests in wanted.items() for digest in digests}
    for outcome in outcomes:
        if isinstance(outcome, Page):
            place = outcome.position, outcome.payload_digest or ""
            if place in missing:
                missing.remove(place)
                yield outcome
                if not missing:
                    return


def _read_plain(
    file: BinaryIO, name: str, start: int, end: int | None, max_page_bytes: int
) -> Iterator[Outcome]:
    """The records of a file that is not compressed.

    A record's beginning can only be known from the one before it, so every split walks from the
    start of the file and leaves out what is not its own.
    """
    for record in raw_records(file_stream(file), max_page_bytes + _HTTP_ROOM_BYTES, start):
        if end is not None and record.position >= end:
            return
        if record.position >= start:
            if isinstance(record, Junk):
                yield _junk(record, name, record.position)
            else:
                yield outcome_of(record, name, record.position, max_page_bytes)


def _read_zstd(file: BinaryIO, name: str, max_page_bytes: int) -> Iterator[Outcome]:
    """The records of a file compressed by zstd; positions are bytes of what comes out."""
    file.seek(0)
    reader = stream_io.ZstdReader(file)
    damage = ""

    def read(size: int) -> bytes:
        nonlocal damage
        try:
            return bytes(reader.read(size))
        except (OSError, ValueError) as error:
            damage = str(error) or type(error).__name__
            return b""

    stream = ByteStream(read)
    for record in raw_records(stream, max_page_bytes + _HTTP_ROOM_BYTES):
        if isinstance(record, Junk):
            yield _junk(record, name, record.position)
        else:
            yield outcome_of(record, name, record.position, max_page_bytes)
    if damage:
        yield Rejected(name, stream.position, None, "read", "corrupt", damage[:500], records=0)


def _read_gzip(
    file: BinaryIO, name: str, start: int, end: int | None, max_page_bytes: int
) -> Iterator[Outcome]:
    for part in chains(file, start, end):
        if isinstance(part, Gap):
            yield _gap(part, name)
        else:
            yield from _read_chain(part, name, max_page_bytes)


def _read_chain(chain: Chain, name: str, max_page_bytes: int) -> Iterator[Outcome]:
    """The records of a row of members; the last one waits until all checksums are known."""
    held: Outcome | None = None
    stream = ByteStream(chain.read)
    held_to = 0
    for record in raw_records(stream, max_page_bytes + _HTTP_ROOM_BYTES):
        if held is not None:
            yield held
        position, held_to = chain.offset_at(record.position), stream.position
        if isinstance(record, Junk):
            held = _junk(record, name, position)
        else:
            held = outcome_of(record, name, position, max_page_bytes)
    chain.drain()
    if chain.damage is None and held is not None:
        yield held
    elif held is not None and 0 < held_to <= chain.damaged_from:  # whole before the damage
        yield held
        yield _damaged(chain, name, None)
    else:
        yield _damaged(chain, name, held)


def _damaged(chain: Chain, name: str, held: Outcome | None) -> Rejected:
    """The record that the damage took, or the damage alone."""
    reason = chain.damage or "corrupt"
    message = f"the gzip member at byte {chain.damaged_at} is {reason}"
    if held is None:
        return Rejected(name, chain.damaged_at, None, "read", reason, message, records=0)
    records = held.records if isinstance(held, Rejected) else 1
    fetched_at = held.fetched_at if isinstance(held, Page | Rejected | Revisit) else None
    place = name, held.position, held.url
    return Rejected(*place, "read", reason, message, fetched_at, records)


def _junk(junk: Junk, name: str, position: int) -> Rejected:
    reason = "not-a-warc" if junk.position == 0 and junk.is_to_end else "corrupt"
    message = f"{junk.size} bytes from byte {position} on hold no WARC record"
    return Rejected(name, position, None, "read", reason, message, records=0)


def _gap(gap: Gap, name: str) -> Rejected:
    reason = "not-a-warc" if gap == Gap(0, None) else "corrupt"
    size = "all" if gap.size_bytes is None else str(gap.size_bytes)
    message = f"{size} bytes from byte {gap.offset} on hold no WARC record"
    return Rejected(name, gap.offset, None, "read", reason, message, records=0)
