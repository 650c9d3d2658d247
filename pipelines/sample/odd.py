"""Pages that every crawl brings home and that are no articles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

# One transparent pixel: the smallest GIF that browsers draw.
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
)
# Deeper than any honest page, and than the 256 levels that libxml2 follows by itself.
LEVELS = 3000

SCRIPT_ONLY = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tide tables</title></head>'
    '<body><div id="root"></div><noscript>Please enable JavaScript.</noscript>'
    "<script>fetch('/api/tides').then(r => r.json()).then(render)</script></body></html>"
)
STUB = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Live blog</title></head>'
    "<body><article><h1>Live blog</h1><p>Subscribe to read on.</p></article></body></html>"
)
TOO_DEEP = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Thread</title></head><body>'
    + "<div>" * LEVELS
    + "<p>A reply to a reply, and so on to the bottom of the thread.</p>"
    + "</div>" * LEVELS
    + "</body></html>"
)


@dataclass(frozen=True, slots=True)
class OddPage:
    """One answer of a server that becomes no article."""

    kind: str
    fate: str
    """rejected or skipped."""
    url: str
    minute: int
    body: bytes
    status: str = "200 OK"
    media_type: str = "text/html; charset=utf-8"

    @property
    def fetched_at(self) -> datetime:
        """When the crawler asks for it, in the night after the first day."""
        return datetime(2026, 3, 3, 1, self.minute, tzinfo=UTC)


def odd_pages() -> Iterator[OddPage]:
    """Yield the pages that are skipped or rejected, one of each kind."""
    harbour, valley = "https://www.harbourpost.example", "https://valleycourier.example"
    missing = b"<html><head><title>404</title></head><body><h1>Not found</h1></body></html>"
    yield OddPage("not-found", "skipped", f"{harbour}/news/gone-0103", 1, missing, "404 Not Found")
    yield OddPage("image", "skipped", f"{harbour}/pixel.gif", 2, PIXEL, media_type="image/gif")
    yield OddPage("script-only", "rejected", f"{harbour}/tides", 3, SCRIPT_ONLY.encode())
    yield OddPage("stub", "rejected", f"{valley}/live.html", 4, STUB.encode())
    yield OddPage("too-deep", "rejected", f"{valley}/thread.html", 5, TOO_DEEP.encode())
