"""What one WARC record is to us: a page, a rejected one, or nothing that was meant to be a page."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fastwarc import WarcRecord, WarcRecordType

from schemas.page import Page, Rejected, Skipped
from sources.readers.http_body import TooLargeError, decoded_body
from sources.urls import canonical_url, public_url

_PAGE_TYPES = WarcRecordType.response | WarcRecordType.resource
_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/html", "text/xhtml")
_MAX_MESSAGE_URL = 2_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands, and what its WARC headers say."""

    input: str
    position: int
    url: str | None
    fetched_at: datetime | None
    size_bytes: int


Outcome = Page | Rejected | Skipped


def read_record(record: WarcRecord, name: str, position: int, max_page_bytes: int) -> Outcome:
    """What the record is; its block is read to the end, so that a short one is noticed."""
    origin = _origin(record, name, position)
    if not record.record_type & _PAGE_TYPES:
        return _skipped(record, origin, "record-type")
    if not record.is_http and record.record_type & WarcRecordType.response:
        return _skipped(record, origin, "record-type")
    if record.is_http:
        record.parse_http()
        status = record.http_headers.status_code or 0
        if not 200 <= status < 300:
            return _skipped(record, origin, f"status-{status}" if status else "status-none")
    return _page(record, origin, max_page_bytes)


def rejected(origin: Origin, reason: str, message: str) -> Rejected:
    """The record as one that became no page."""
    return Rejected(
        origin.input, origin.position, origin.url, "read", reason, message, origin.fetched_at
    )


def _page(record: WarcRecord, origin: Origin, max_page_bytes: int) -> Outcome:
    media_type, charset = _media_type(record)
    if media_type not in _HTML_TYPES:
        return _skipped(record, origin, "media-type")
    if origin.url is None or canonical_url(origin.url) is None:
        return _skipped(record, origin, "bad-address")
    size = record.content_length
    if size > max_page_bytes:
        record.consume()
        return rejected(origin, "too-large", f"{size} bytes, at most {max_page_bytes} are read")
    body = record.reader.read(size) if size else b""
    if len(body) < size:
        return _short(origin, size - len(body))
    transfer, content = _header(record, "Transfer-Encoding"), _header(record, "Content-Encoding")
    try:
        body = decoded_body(body, transfer, content, max_page_bytes)
    except TooLargeError:
        message = f"more than {max_page_bytes} bytes after {content} is undone"
        return rejected(origin, "too-large", message)
    return Page(
        origin.input, origin.position, origin.url, body, media_type, charset, origin.fetched_at
    )


def _skipped(record: WarcRecord, origin: Origin, reason: str) -> Rejected | Skipped:
    left = record.content_length
    lost = left - record.consume()
    if lost > 0:
        return _short(origin, lost)
    if reason == "bad-address":
        shown = repr(origin.url)[:_MAX_MESSAGE_URL]
        return rejected(origin, reason, f"{shown} is no http or https address")
    return Skipped(origin.input, origin.position, origin.url, reason)


def _short(origin: Origin, missing: int) -> Rejected:
    message = f"{missing} bytes fewer than the record's Content-Length says"
    return rejected(origin, "wrong-length", message)


def _origin(record: WarcRecord, name: str, position: int) -> Origin:
    raw = record.headers.get("WARC-Target-URI")
    # Wget before 1.20 wrote the address in angle brackets.
    url = public_url(raw.strip().removeprefix("<").removesuffix(">")) if raw else None
    fetched_at = _warc_date(record.headers.get("WARC-Date") or "")
    return Origin(name, position, url, fetched_at, record.content_length)


def _warc_date(written: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        return None
    if parsed.tzinfo is None:
        return parsed.replace(tzinfo=UTC)
    try:
        return parsed.astimezone(UTC)
    except OverflowError:
        return None


def _media_type(record: WarcRecord) -> tuple[str, str | None]:
    """The media type in lower case and the charset; a page without a type is taken for HTML."""
    written = _header(record, "Content-Type")
    if not written and record.is_http:
        return "text/html", None
    media_type, *parameters = written.lower().split(";")[:8]
    named = (one.partition("=") for one in parameters)
    charsets = [value.strip(" \t\"'") for key, _, value in named if key.strip() == "charset"]
    return media_type.strip(), (charsets[0] or None) if charsets else None


def _header(record: WarcRecord, name: str) -> str:
    headers = record.http_headers if record.is_http else record.headers
    return headers.get(name) or ""
