"""Values as compressed text that a page can carry and a browser unpacks by itself."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa


def packed(content: object) -> str:
    """The value as JSON, gzip and base64: the same for the same value.

    Arrow's own zlib, because Python's differs between builds and this must be the same bytes.
    """
    squeezed = pa.Codec("gzip", compression_level=9).compress(as_json(content), asbytes=True)
    return base64.b64encode(squeezed).decode("ascii")


def as_json(content: object) -> bytes:
    """The value as JSON, times in seconds since 1970."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def chunks(parts: Iterable[tuple[str, Any]], size_bytes: int) -> Iterator[dict[str, Any]]:
    """The named parts in order, put together until they have about `size_bytes` as JSON."""
    chunk: dict[str, Any] = {}
    weight = 0
    for name, part in parts:
        size = len(json.dumps(part, ensure_ascii=False, default=_plain).encode())
        if chunk and weight + size > size_bytes:
            yield chunk
            chunk, weight = {}, 0
        chunk[name] = part
        weight += size
    if chunk:
        yield chunk


def seconds(moment: datetime | None) -> int | None:
    """A time as seconds since 1970, which is what the page counts in."""
    return None if moment is None else int(moment.timestamp())


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return seconds(value)
    raise TypeError(f"{type(value).__name__} has no place in the page")
