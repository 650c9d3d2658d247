"""Pages out of WARC files (ISO 28500), compressed by record or not at all, damaged or whole.

Every record comes back as exactly one Page, Rejected or Skipped; damage as a Rejected more. A file
that is compressed as one member can only be read by the split that holds its first byte, and one
whose pages are themselves stored WARC files may show their records at a split or after damage.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from fastwarc import ArchiveIterator

from schemas.page import Page, Rejected, Skipped
from sources.readers.gzip_members import Gap, Member, members
from sources.readers.uncompressed_warc import is_plain_warc, read_plain
from sources.readers.warc_records import Outcome, read_record

MAX_PAGE_BYTES = 16 << 20


def read_warc(
    stream: BinaryIO,
    name: str,
    start: int = 0,
    end: int | None = None,
    max_page_bytes: int = MAX_PAGE_BYTES,
) -> Iterator[Page | Rejected | Skipped]:
    """The records that start in the bytes [start, end) of a seekable WARC file, in order.

    `name` becomes their `input`; their position is the byte offset of the record, in a compressed
    file that of its gzip member. An empty file yields nothing.
    """
    if is_plain_warc(stream):
        yield from read_plain(stream, name, start, end, max_page_bytes)
        return
    for found in members(stream, start, end):
        if isinstance(found, Gap):
            yield _gap(found, name)
        else:
            yield from _read_member(found, name, max_page_bytes)


def _read_member(member: Member, name: str, max_page_bytes: int) -> Iterator[Outcome]:
    """The member's records; the last one waits until the member's checksum is known."""
    held: Outcome | None = None
    for outcome in _member_records(member, name, max_page_bytes):
        if held is not None:
            yield held
        held = outcome
    member.drain()
    if member.damage is not None or held is None:
        held = _damaged(member, name, held)
    yield held


def _member_records(member: Member, name: str, max_page_bytes: int) -> Iterator[Outcome]:
    records = ArchiveIterator(member, parse_http=False)
    try:
        for record in records:
            yield read_record(record, name, member.offset, max_page_bytes)
    except (OSError, ValueError) as error:
        yield Rejected(name, member.offset, None, "read", "corrupt", str(error))


def _damaged(member: Member, name: str, held: Outcome | None) -> Rejected:
    reason = member.damage or "corrupt"
    message = f"the gzip member at byte {member.offset} is {reason}"
    lost = Rejected(name, member.offset, None, "read", reason, message)
    if held is None:
        return lost
    fetched_at = None if isinstance(held, Skipped) else held.fetched_at
    return replace(lost, url=held.url, fetched_at=fetched_at)


def _gap(gap: Gap, name: str) -> Rejected:
    reason = "not-a-warc" if gap == Gap(0, None) else "corrupt"
    size = "all" if gap.size_bytes is None else str(gap.size_bytes)
    message = f"{size} bytes from byte {gap.offset} on hold no WARC record"
    return Rejected(name, gap.offset, None, "read", reason, message)
