"""The head of an HTTP response as archives keep it: status, fields, and where the body begins."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sources.readers.warc_stream import header_lines

MAX_HEAD_BYTES = 1 << 20
"""Cookies and policies make real ones of 100 kB; browsers take 256 kB."""
_STATUS = re.compile(rb"(?:HTTP/\d(?:\.\d)?|ICY)[ \t]+(\d{3})(?!\d)", re.IGNORECASE)
_END = re.compile(rb"\n\r?\n|\r\r")
_MAX_HEADS = 20
_MEDIA_TYPE = re.compile(r"[^\s/;,]+/[^\s/;,]+")


class LongHeadError(ValueError):
    """The head does not end within `MAX_HEAD_BYTES`."""


@dataclass(frozen=True, slots=True)
class HttpHead:
    """What a response says before its body."""

    status: int
    fields: Mapping[str, tuple[str, ...]]
    """Values by names in lower case, in order."""
    size: int
    """Bytes up to the body, answers before the final one included."""

    def last(self, name: str) -> str:
        """The last value of a field, "" where it is missing."""
        return self.fields.get(name, ("",))[-1]

    @property
    def content_types(self) -> tuple[str, ...]:
        """All values of Content-Type that name a media type; a response may have several."""
        return tuple(filter(_MEDIA_TYPE.match, self.fields.get("content-type", ())))


def response_head(block: bytes) -> HttpHead | None:
    """The head of the final answer; None where the block is no HTTP response.

    Answers before it (100 to 103, and a proxy's to CONNECT, which has no body) are passed over.

    Raises:
        LongHeadError: the head is longer than MAX_HEAD_BYTES.
    """
    head: HttpHead | None = None
    for _ in range(_MAX_HEADS):
        following = _head_at(block, head.size if head else 0)
        if following is None:
            return head
        head = following
        if not _may_precede(head):
            return head
    return head


def _may_precede(head: HttpHead) -> bool:
    """Whether another answer may follow in the place of a body."""
    is_interim = 100 <= head.status < 200
    return is_interim or (200 <= head.status < 300 and "content-type" not in head.fields)


def _head_at(block: bytes, start: int) -> HttpHead | None:
    status_line = _STATUS.match(block, start)
    if status_line is None:
        return None
    end = _END.search(block, status_line.end(), start + MAX_HEAD_BYTES)
    if end is None and len(block) - start > MAX_HEAD_BYTES:
        raise LongHeadError(f"the HTTP header is longer than {MAX_HEAD_BYTES} bytes")
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in header_lines(block[start : end.start() if end else len(block)]):
        fields[name] = (*fields.get(name, ()), value)
    return HttpHead(int(status_line[1]), fields, end.end() if end else len(block))
