"""Reads pages with one extractor, body and metadata together: `extractors.py NAME PAGES RESULTS`.

Runs in the peers' environment, and for copytrail in the project's own. PAGES and RESULTS are
pickles of the benchmark's own making: addresses and bytes in, results and CPU seconds out.
"""

import importlib
import logging
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Result = tuple[str, str, list[str], str]
Reader = Callable[[str, bytes], Result]


def trafilatura(**options: bool) -> Reader:
    """trafilatura with some of its options."""
    bare_extraction: Any = importlib.import_module("trafilatura").bare_extraction

    def read(url: str, body: bytes) -> Result:
        extracted = bare_extraction(body, url=url, with_metadata=True, **options)
        if extracted is None:
            return "", "", [], ""
        authors = [part.strip() for part in (extracted.author or "").split(";") if part.strip()]
        return extracted.text or "", extracted.title or "", authors, extracted.date or ""

    return read


def resiliparse() -> Reader:
    """resiliparse's main content and title; it reads no authors and dates."""
    html: Any = importlib.import_module("resiliparse.parse.html")
    text: Any = importlib.import_module("resiliparse.extract.html2text")

    def read(url: str, body: bytes) -> Result:
        tree = html.HTMLTree.parse(body.decode("utf-8", "replace"))
        return text.extract_plain_text(tree, main_content=True), tree.title or "", [], ""

    return read


def readability() -> Reader:
    """readability-lxml's summary as text."""
    document: Any = importlib.import_module("readability").Document
    html: Any = importlib.import_module("lxml.html")

    def read(url: str, body: bytes) -> Result:
        page = document(body.decode("utf-8", "replace"))
        summary = html.fromstring(page.summary(html_partial=True))
        return " ".join(summary.itertext()), page.short_title(), [], ""

    return read


def newspaper() -> Reader:
    """newspaper4k without its keywords and summaries."""
    article: Any = importlib.import_module("newspaper").Article

    def read(url: str, body: bytes) -> Result:
        page = article(url or "https://www.example.com/a", fetch_images=False)
        page.download(input_html=body.decode("utf-8", "replace"))
        page.parse()
        day = page.publish_date.isoformat()[:10] if page.publish_date else ""
        return page.text, page.title or "", list(page.authors), day

    return read


def copytrail() -> Reader:
    """This project's own, with all that it finds besides."""
    extract: Any = importlib.import_module("sources.extraction.extract").extract_article
    page_of: Any = importlib.import_module("schemas.page").Page
    limits: Any = importlib.import_module("sources.limits").Limits()

    def read(url: str, body: bytes) -> Result:
        extracted = extract(page_of("benchmark", 0, url or None, body), limits)
        if not hasattr(extracted, "text"):
            return "", "", [], ""
        day = extracted.published_at.isoformat()[:10] if extracted.published_at else ""
        return extracted.text, extracted.title or "", list(extracted.authors), day

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "copytrail": copytrail,
    "trafilatura": trafilatura,
    "trafilatura fast": lambda: trafilatura(fast=True),
    "trafilatura precision": lambda: trafilatura(favor_precision=True),
    "resiliparse": resiliparse,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def main() -> None:
    """Reads all pages; a page on which the extractor fails is read as empty."""
    name, pages, results = sys.argv[1:4]
    logging.disable(logging.CRITICAL)
    read = READERS[name]()
    taken: list[tuple[Result, float]] = []
    document = pickle.loads(Path(pages).read_bytes())
    for url, body in [
        document[0],
        *document,
    ]:  # the first once more: imports and tables are not the page's
        start = time.process_time()
        try:
            result = read(url, body)
        except Exception:  # noqa: BLE001 - a peer's fault on one page is its score on that page
            result = ("", "", [], "")
        taken.append((result, time.process_time() - start))
    Path(results).write_bytes(pickle.dumps(taken[1:]))


if __name__ == "__main__":
    main()
