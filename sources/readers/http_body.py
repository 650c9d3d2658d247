"""The body of an HTTP response as the server meant it: chunks joined, compression undone."""

import re
import zlib
from io import BytesIO

from fastwarc import stream_io

_GZIP = b"\x1f\x8b"
_HEX = re.compile(rb"[0-9A-Fa-f]{1,8}")
_CHUNK_LINE_BYTES = 300


class TooLargeError(ValueError):
    """The body is larger than the limit once its compression is undone."""


def decoded_body(body: bytes, transfer: str, content: str, limit_bytes: int) -> bytes:
    """The body without the encodings its headers name, where they were really applied.

    CC-NEWS before 2019 and other archives kept the headers and stored what had been decoded, so a
    body that does not have the encoding's form is returned as it is.

    Raises:
        TooLargeError: more than `limit_bytes` would come out.
    """
    if "chunked" in transfer.lower() and _is_chunked(body):
        body = _joined(body)
    for encoding in reversed([part.strip() for part in content.lower().split(",")[:3]]):
        body = _decoded(body, encoding, limit_bytes)
    if len(body) > limit_bytes:
        raise TooLargeError
    return body


def _decoded(body: bytes, encoding: str, limit_bytes: int) -> bytes:
    if encoding in ("gzip", "x-gzip") and body.startswith(_GZIP):
        return _inflated(body, 31, limit_bytes)
    if encoding == "deflate" and not body.lstrip().startswith(b"<"):
        return _inflated(body, 15, limit_bytes) or _inflated(body, -15, limit_bytes) or body
    if encoding in ("br", "zstd") and not body.lstrip().startswith(b"<"):
        return _by_fastwarc(body, encoding, limit_bytes)
    return body


def _inflated(body: bytes, wbits: int, limit_bytes: int) -> bytes:
    """What comes out before the first error; a page whose last bytes are lost is still a page."""
    inflate = zlib.decompressobj(wbits=wbits)
    pieces: list[bytes] = []
    size = 0
    try:
        while body and not inflate.eof and size <= limit_bytes:
            pieces.append(inflate.decompress(body, 1 << 16))
            size += len(pieces[-1])
            body = inflate.unconsumed_tail
    except zlib.error:
        pass
    if size > limit_bytes:
        raise TooLargeError
    return b"".join(pieces)


def _by_fastwarc(body: bytes, encoding: str, limit_bytes: int) -> bytes:
    made = stream_io.BrotliReader if encoding == "br" else stream_io.ZstdReader
    reader = made(BytesIO(body))
    pieces: list[bytes] = []
    size = 0
    try:
        while size <= limit_bytes and (piece := reader.read(1 << 16)):
            pieces.append(piece)
            size += len(piece)
    except (OSError, ValueError):
        pass
    if size > limit_bytes:
        raise TooLargeError
    return b"".join(pieces) or body


def _joined(body: bytes) -> bytes:
    """The chunks of RFC 9112, section 7.1, up to the first that is broken."""
    pieces: list[bytes] = []
    at = 0
    while (line_end := body.find(b"\r\n", at, at + _CHUNK_LINE_BYTES)) >= 0:
        size = _chunk_size(body[at:line_end])
        if not size:
            break
        pieces.append(body[line_end + 2 : line_end + 2 + size])
        at = line_end + 2 + size + 2
    return b"".join(pieces) or body


def _chunk_size(line: bytes) -> int | None:
    written = line.partition(b";")[0].strip()
    return int(written, 16) if _HEX.fullmatch(written) else None


def _is_chunked(body: bytes) -> bool:
    line_end = body.find(b"\r\n", 0, _CHUNK_LINE_BYTES)
    return line_end > 0 and _chunk_size(body[:line_end]) is not None
