"""Revisit records: pages that a crawler met again and did not store again.

They are the verbatim copies, of a mirror say. Each becomes a page with the body of the record that
it refers to by the digest of its payload, where that stands in the same file.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from schemas.page import Page, Rejected
from sources.readers.byte_stream import ByteStream, file_stream
from sources.readers.gzip_members import Chain, Gap, chains
from sources.readers.warc_records import Outcome, Revisit, outcome_of
from sources.readers.warc_stream import RawRecord, raw_records

MISSING = "revisit-target-missing"
_MOST_FILES = 4
_MOST_TARGETS = 1_000_000
_DIGEST = "warc-payload-digest"
_indexes: OrderedDict[tuple[str, int], dict[str, int]] = OrderedDict()
"""Where the payloads of the files stand that this process read last: a file's splits share it."""


def resolved(
    outcomes: Iterable[Outcome | Revisit],
    file: BinaryIO,
    name: str,
    max_block_bytes: int,
    is_packed: bool,
) -> Iterator[Outcome]:
    """The outcomes, with a page in the place of each revisit; rejected where no target is found.

    Args:
        outcomes: of the records of a WARC file.
        file: the file, which may be moved between two outcomes.
        name: of the file.
        max_block_bytes: of a target's record.
        is_packed: whether the file is packed by gzip.
    """
    for outcome in outcomes:
        if isinstance(outcome, Revisit):
            yield _page(outcome, file, name, max_block_bytes, is_packed)
        else:
            yield outcome


def _page(
    revisit: Revisit, file: BinaryIO, name: str, max_block_bytes: int, is_packed: bool
) -> Outcome:
    offset = _index(file, name, is_packed).get(revisit.digest)
    for record in () if offset is None else _records_at(file, offset, max_block_bytes, is_packed):
        if record.fields.get(_DIGEST) == revisit.digest and not record.fault and record.block:
            target = outcome_of(record, name, revisit.position, max_block_bytes)
            if isinstance(target, Page):
                return replace(
                    target, url=revisit.url, fetched_at=revisit.fetched_at, flags=revisit.flags
                )
    place = revisit.input, revisit.position, revisit.url
    message = f"no page with the payload {revisit.digest[:100]} stands in the file"
    return Rejected(*place, "read", MISSING, message, revisit.fetched_at)


def _index(file: BinaryIO, name: str, is_packed: bool) -> dict[str, int]:
    """Where in the file the record of each payload stands: of its gzip member, if it is packed."""
    file.seek(0, 2)
    key = name, file.tell()
    if key not in _indexes:
        _indexes[key] = _payloads(file, is_packed)
        while len(_indexes) > _MOST_FILES:
            _indexes.popitem(last=False)
    return _indexes[key]


def _payloads(file: BinaryIO, is_packed: bool) -> dict[str, int]:
    places: dict[str, int] = {}
    for offset, record in _all_records(file, is_packed):
        digest = record.fields.get(_DIGEST)
        is_target = record.fields.get("warc-type", "").lower() in ("response", "resource")
        if digest and is_target and len(places) < _MOST_TARGETS:
            places.setdefault(digest, offset)
    return places


def _all_records(file: BinaryIO, is_packed: bool) -> Iterator[tuple[int, RawRecord]]:
    if not is_packed:
        for record in raw_records(file_stream(file), 0):
            if isinstance(record, RawRecord):
                yield record.position, record
        return
    for chain in chains(file, 0, None):
        if isinstance(chain, Gap):
            continue
        for record in raw_records(ByteStream(chain.read), 0):
            if isinstance(record, RawRecord):
                yield chain.offset_at(record.position), record


def _records_at(
    file: BinaryIO, offset: int, max_block_bytes: int, is_packed: bool
) -> Iterator[RawRecord]:
    """The records of the member at an offset; of a file that is not packed the one there."""
    if is_packed:
        stream = ByteStream(Chain(file, offset).read)
        records = raw_records(stream, max_block_bytes)
        yield from (record for record in records if isinstance(record, RawRecord))
        return
    first = next(raw_records(file_stream(file, offset), max_block_bytes), None)
    if isinstance(first, RawRecord):
        yield first
