"""Small makers of pages, rows and WARC files for the tests of reading and extraction."""

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from schemas.article import Article
from schemas.member import Member
from schemas.page import Page, Rejected, Revisit, Skipped, TextRow
from sources.extraction.extract import extract_article
from sources.extraction.text_rows import article_from_row
from sources.limits import Limits
from sources.readers.warc import read_warc

LIMITS = Limits()
FETCHED_AT = datetime(2026, 3, 5, 10, tzinfo=UTC)
PARAGRAPHS = (
    "The council of the small town voted on Tuesday evening to keep the old bridge open.",
    "Mayor Ines Aldane said that more than two hundred residents had written to the council.",
    "Masons will number each stone of the northern arch, wash it and put it back in its place.",
    "A second vote, on a cycle path beside the bridge, was put off until the autumn.",
)
Outcome = Page | TextRow | Rejected | Skipped | Revisit


def html(
    paragraphs: Sequence[str] = PARAGRAPHS, *, head: str = "", title: str = "Bridge stays open"
) -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    top = f"<meta charset=utf-8><title>{title}</title>{head}"
    return f"<html lang=en><head>{top}</head><body><h1>{title}</h1>{story}</body></html>"


def page(body: str | bytes, **changes: object) -> Page:
    data = body.encode() if isinstance(body, str) else body
    fields: dict[str, object] = {"url": "https://www.example.com/a", "fetched_at": FETCHED_AT}
    return Page(input="pages.warc.gz", position=0, body=data, **{**fields, **changes})  # type: ignore[arg-type]


def extracted(body: str | bytes, **changes: object) -> Article:
    article = extract_article(page(body, **changes), LIMITS)
    assert isinstance(article, Article), article
    return article


def refused(body: str | bytes, limits: Limits = LIMITS) -> Rejected:
    rejected = extract_article(page(body), limits)
    assert isinstance(rejected, Rejected), rejected
    return rejected


def from_text(text: str, title: str | None = "Bridge stays open", **fields: object) -> Article:
    row = TextRow(input="rows.jsonl", position=1, text=text, title=title, **fields)  # type: ignore[arg-type]
    article = article_from_row(row, LIMITS)
    assert isinstance(article, Article), article
    return article


def warc_record(
    body: bytes,
    *,
    url: str = "https://www.example.com/a",
    kind: str = "response",
    status: str = "200 OK",
    headers: Sequence[str] = ("Content-Type: text/html",),
    length_error: int = 0,
) -> bytes:
    http = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Date: 2026-03-05T10:00:00Z",
        f"WARC-Target-URI: {url}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http) + length_error}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + http + b"\r\n\r\n"


def member(record: bytes) -> bytes:
    return gzip.compress(record, mtime=0)


def read(data: bytes, start: int = 0, end: int | None = None, **limits: int) -> list[Outcome]:
    return list(read_warc(BytesIO(data), "file.warc", start, end, **limits))


def kinds(outcomes: Sequence[Outcome]) -> list[str]:
    """`page`, `text`, `revisit-of`, or the reason why it is none of them."""
    return [_kind(outcome) for outcome in outcomes]


def _kind(outcome: Outcome) -> str:
    if isinstance(outcome, TextRow):
        return "text"
    if isinstance(outcome, Revisit):
        return "revisit-of"
    return "page" if isinstance(outcome, Page) else outcome.reason


def story_member(
    name: str, claimed_at: datetime | None, fetched_at: datetime | None, kind: str | None
) -> Member:
    """An article of a source of its own that is known by its times alone."""
    return Member(
        article_id=name,
        source_id=name,
        mirror_group_id=None,
        host=f"{name}.example",
        outlet=None,
        language="en",
        text_key=1,
        path_key=1,
        title_key=1,
        claimed_at=claimed_at,
        is_weakly_dated=kind not in ("moment", None),
        fetched_at=fetched_at,
        wire_credits=(),
        outlet_credits=(),
        claim_kind=kind,
    )
