"""WARC files in a WACZ archive (Web Archive Collection Zipped): a zip with `archive/*.warc.gz`.

They are stored in it without a second compression, so that reading one is reading the zip. One that
is compressed all the same is read too, at the price of decompressing what it skips back over.
"""

import lzma
import struct
import zlib
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from schemas.page import Page, Rejected
from sources.readers.warc import MAX_PAGE_BYTES, read_payloads, read_warc
from sources.readers.warc_records import Outcome

_FOLDER = "archive/"
_DAMAGE = (
    *(BadZipFile, EOFError, OSError, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError),
)
"""All that zipfile raises on damage, a wrong length (EOFError) and encryption included."""
_SUFFIXES = (".warc", ".warc.gz")


def read_wacz(
    stream: BinaryIO, name: str, max_page_bytes: int = MAX_PAGE_BYTES
) -> Iterator[Outcome]:
    """The records of all its WARC files, in the order of their names; `input` names file and part.

    What is no zip, or holds no WARC file, is rejected once; a damaged part costs no other part.
    """
    try:
        with ZipFile(stream) as archive:
            parts = [part for part in sorted(archive.namelist()) if _is_warc(part)]
            if not parts:
                yield Rejected(name, 0, None, "read", "bad-wacz", "no archive/*.warc.gz in it")
            for part in parts:
                yield from _read_part(archive, part, f"{name}/{part}", max_page_bytes)
    except _DAMAGE as error:
        yield _rejected(name, error)


def read_wacz_payloads(
    stream: BinaryIO,
    name: str,
    wanted: Mapping[str, Mapping[int, Set[str]]],
    max_page_bytes: int = MAX_PAGE_BYTES,
) -> Iterator[Page]:
    """What read_payloads gives of its WARC files, whose `wanted` stand by their whole names."""
    try:
        with ZipFile(stream) as archive:
            for inside, places in sorted(wanted.items()):
                part = inside.removeprefix(f"{name}/")
                with suppress(*_DAMAGE, KeyError), archive.open(part) as warc:
                    file = cast(BinaryIO, warc)
                    yield from read_payloads(file, inside, places, max_page_bytes)
    except _DAMAGE:
        return


def _read_part(archive: ZipFile, part: str, name: str, max_page_bytes: int) -> Iterator[Outcome]:
    """The records of one WARC file; where the zip is damaged in it, a Rejected ends them."""
    try:
        with archive.open(part) as warc:
            yield from read_warc(cast(BinaryIO, warc), name, max_page_bytes=max_page_bytes)
    except _DAMAGE as error:
        yield _rejected(name, error)


def _rejected(name: str, error: Exception) -> Rejected:
    message = str(error) or f"damaged ({type(error).__name__})"
    return Rejected(name, 0, None, "read", "bad-wacz", message[:500])


def _is_warc(part: str) -> bool:
    return part.startswith(_FOLDER) and part.endswith(_SUFFIXES)
