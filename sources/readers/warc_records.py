"""What one WARC record is to us: a page, a text, a rejected one, or nothing meant to be either."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.page import Page, Rejected, Revisit, Skipped, TextRow
from sources.readers.http_body import TooLargeError, decoded_body
from sources.readers.http_head import MAX_HEAD_BYTES, HttpHead, LongHeadError, response_head
from sources.readers.warc_stream import RawRecord
from sources.urls import canonical_url, public_url

_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/html", "text/xhtml")
_MAX_MESSAGE_URL = 2_000
_FOURTEEN_DIGITS = "%Y%m%d%H%M%S"
"""As CDX files and addresses of archives write a time."""
_DAY_CHARS = len("2026-03-02")
_MAX_DIGEST_CHARS = 200
"""SHA-512 in hexadecimal digits has 128."""

Outcome = Page | TextRow | Rejected | Skipped | Revisit


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands, and what its header says."""

    input: str
    position: int
    url: str | None
    fetched_at: datetime | None
    is_page: bool = True
    """Whether the address is one of http or https, as browsers take it."""
    flags: tuple[str, ...] = ()
    payload_digest: str | None = None


def outcome_of(record: RawRecord, name: str, position: int, max_page_bytes: int) -> Outcome:
    """What the record is.

    Args:
        record: as it was read.
        name: of its file.
        position: at which it is told, in bytes of the file as stored.
        max_page_bytes: of a page, once its encodings are undone.
    """
    if record.fields.get("warc-type", "").lower() == "revisit":
        return _revisit(record, _origin(record.fields, name, position))
    return page_outcome(record, name, position, max_page_bytes)


def page_outcome(record: RawRecord, name: str, position: int, max_page_bytes: int) -> Outcome:
    """What a record is that refers to no other."""
    kind = record.fields.get("warc-type", "").lower()
    origin = _origin(record.fields, name, position)
    is_page = kind in ("response", "resource", "conversion")
    if record.fault == "wrong-length" or (record.fault and is_page):
        return rejected(origin, record.fault, record.message)
    if not is_page:
        return _skipped(origin, "record-type")
    if kind == "conversion":
        return _converted(record, origin)
    head = None
    if kind == "response" or _is_http(record.fields):
        try:
            head = response_head(record.block)
        except LongHeadError as error:
            return rejected(origin, "long-header", str(error))
        if head is None:
            return _skipped(origin, "status-none" if _is_http(record.fields) else "record-type")
        if not 200 <= head.status < 300:
            return _skipped(origin, f"status-{head.status}")
    return _page(record, head, origin, max_page_bytes)


def rejected(origin: Origin, reason: str, message: str) -> Rejected:
    """The record as one that became no page."""
    place = origin.input, origin.position, origin.url
    return Rejected(*place, "read", reason, message, origin.fetched_at)


def _page(record: RawRecord, head: HttpHead | None, origin: Origin, max_page_bytes: int) -> Outcome:
    written = head.content_types if head else (record.fields.get("content-type", ""),)
    types = [_media_type(value) for value in written]
    html = next((value for value in types if value[0] in _HTML_TYPES), None)
    if html is None and (types or head is None):
        return _skipped(origin, "media-type")
    media_type, charset = html or (_HTML_TYPES[0], None)  # without a type it is taken for a page
    if origin.url is None or not origin.is_page:
        return _bad_address(origin)
    body = record.block[head.size :] if head else record.block
    transfer = head.last("transfer-encoding") if head else ""
    content = ",".join(head.fields.get("content-encoding", ())) if head else ""
    if len(body) > max_page_bytes:
        message = f"{len(body)} bytes, at most {max_page_bytes} are read"
        return rejected(origin, "too-large", message)
    try:
        body = decoded_body(body, transfer, content, max_page_bytes)
    except TooLargeError:
        message = f"more than {max_page_bytes} bytes after {content} is undone"
        return rejected(origin, "too-large", message)
    place = origin.input, origin.position, origin.url
    said = origin.fetched_at, origin.flags, origin.payload_digest
    return Page(*place, body, media_type, charset, *said)


def _converted(record: RawRecord, origin: Origin) -> Outcome:
    """The text that somebody made of a page, as Common Crawl's WET files hold it."""
    media_type, _ = _media_type(record.fields.get("content-type", "text/plain"))
    if media_type != "text/plain":
        return _skipped(origin, "media-type")
    if origin.url is None or not origin.is_page:
        return _bad_address(origin)
    text = record.block.decode("utf-8", "replace")
    return TextRow(
        input=origin.input,
        position=origin.position,
        text=text,
        url=origin.url,
        fetched_at=origin.fetched_at.isoformat() if origin.fetched_at else None,
        flags=(*origin.flags, *(("text-undecodable",) if "\ufffd" in text else ())),
    )


def _revisit(record: RawRecord, origin: Origin) -> Outcome:
    """What a record that refers to another is; of a page that was not modified it is none."""
    head = None if record.fault else response_head(record.block[:MAX_HEAD_BYTES])
    if head is not None and not 200 <= head.status < 300:
        return _skipped(origin, f"status-{head.status}")
    types = [_media_type(value)[0] for value in head.content_types] if head else []
    if types and not set(types) & set(_HTML_TYPES):
        return _skipped(origin, "media-type")
    digest = origin.payload_digest
    if not digest or "not-modified" in record.fields.get("warc-profile", ""):
        return _skipped(origin, "revisit")
    if origin.url is None or not origin.is_page:
        return _bad_address(origin)
    place = origin.input, origin.position, origin.url
    return Revisit(*place, digest, origin.fetched_at, origin.flags)


def _is_http(fields: Mapping[str, str]) -> bool:
    return fields.get("content-type", "").lower().startswith("application/http")


def _skipped(origin: Origin, reason: str) -> Skipped:
    return Skipped(origin.input, origin.position, origin.url, reason)


def _bad_address(origin: Origin) -> Rejected:
    shown = repr(origin.url)[:_MAX_MESSAGE_URL]
    return rejected(origin, "bad-address", f"{shown} is no http or https address")


def _origin(fields: Mapping[str, str], name: str, position: int) -> Origin:
    raw = fields.get("warc-target-uri")
    # Wget before 1.20 wrote the address in angle brackets.
    url = raw.strip().removeprefix("<").removesuffix(">") if raw else None
    is_page = url is not None and canonical_url(url) is not None
    written = fields.get("warc-date", "")
    fetched_at = warc_date(written)
    flags: tuple[str, ...] = ()
    if written and fetched_at is None:
        flags = ("fetched-at-unread",)
    elif len(written) == _DAY_CHARS:
        flags = ("fetched-at-day-only",)
    shown = public_url(url) if url else None
    digest = _digest(fields.get("warc-payload-digest", ""))
    return Origin(name, position, shown, fetched_at, is_page, flags, digest)


def _digest(written: str) -> str | None:
    """The digest with its algorithm in lower case; None where none is named.

    >>> _digest("SHA1:2FAB ")
    'sha1:2FAB'
    """
    algorithm, colon, value = written.strip().partition(":")
    digest = f"{algorithm.lower()}{colon}{value.strip()}"
    return digest if 0 < len(digest) <= _MAX_DIGEST_CHARS else None


def warc_date(written: str) -> datetime | None:
    """The time in UTC; None where it is none, or less than a day is given.

    >>> warc_date("20260302093000") == warc_date("2026-03-02T09:30:00Z")
    True
    """
    try:
        if len(written) == 14 and written.isdigit():
            return datetime.strptime(written, _FOURTEEN_DIGITS).replace(tzinfo=UTC)
        parsed = datetime.fromisoformat(written)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _media_type(written: str) -> tuple[str, str | None]:
    """The media type in lower case and the charset."""
    media_type, *parameters = written.lower().split(";")[:8]
    named = (value.partition("=") for value in parameters)
    charsets = [value.strip(" \t\"'") for key, _, value in named if key.strip() == "charset"]
    return media_type.strip(), (charsets[0] or None) if charsets else None
