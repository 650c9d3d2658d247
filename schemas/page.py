"""What a reader takes out of an input: a page, a row of text, or the reason why it is neither."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A crawled page as bytes, with what the crawler wrote down about it."""

    input: str
    """The file it was read from, as the user named it."""
    position: int
    """Byte offset of a WARC record, 1-based line or row of a table, 0 where a file is one page."""
    url: str | None
    body: bytes
    media_type: str = "text/html"
    charset: str | None = None
    """The charset parameter of the HTTP Content-Type header."""
    fetched_at: datetime | None = None
    """UTC; None where the crawl does not say."""
    flags: tuple[str, ...] = ()
    """What the article is to be flagged with, such as fetched-at-unread."""
    payload_digest: str | None = None
    """As the crawler wrote it (WARC-Payload-Digest), by which later records refer to this one."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text that somebody extracted before us; None where the input has no such column."""

    input: str
    position: int
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: str | None = None
    """As the input writes it; sources.metadata.dates reads it."""
    modified_at: str | None = None
    fetched_at: str | None = None
    language: str | None = None
    section: str | None = None
    flags: tuple[str, ...] = ()
    """What the article is to be flagged with."""


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that a crawler met again and did not store again: the copy of one stored before."""

    input: str
    position: int
    url: str
    payload_digest: str
    """Of the body that it is a copy of."""
    fetched_at: datetime | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """One input that became no article, and why; a row of the table `rejected`."""

    input: str
    position: int
    url: str | None
    stage: str
    """read, decode, gate, extract or text."""
    reason: str
    """A short code with dashes, such as `too-short`."""
    message: str
    fetched_at: datetime | None = None
    records: int = 1
    """How many records of the input it stands for: 0 for damage between them."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One input that was never meant to be an article: an image, a redirect; counted by reason."""

    input: str
    position: int
    url: str | None
    reason: str
    """`status-404`, `media-type`, `record-type`, `repeated`; a code that is safe as a key."""
