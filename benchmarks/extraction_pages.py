"""Pages with what must come out of them: the made crawl, and real pages that a package ships."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from lxml.html import fromstring

from schemas.page import Page
from sources.readers.warc import read_warc
from sources.text.lines import word_count

CRAWL = Path(__file__).parents[2] / "shared" / "data" / "crawl"
READABILITY = "codeberg.org/readeck/go-readability/v2@v2.1.3"
_MIN_WORDS = 40
"""Below it no page is an article here, so that the toy pages of a test suite are left out."""
_BLOCKS = (
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "br",
    "blockquote",
    "pre",
    "td",
    "tr",
    "figure",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A page and its truth; None where the set does not know the field."""

    url: str
    body: bytes
    text: str
    title: str | None = None
    authors: tuple[str, ...] | None = None
    day: str | None = None


def crawl_pages(folder: Path = CRAWL) -> list[Known]:
    """The pages of the made crawl that its truth knows."""
    truth = {row["url"]: row for row in pq.read_table(folder / "truth.parquet").to_pylist()}
    known_pages: list[Known] = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            pages = [record for record in read_warc(stream, path.name) if isinstance(record, Page)]
        for page in pages:
            row = truth.get(page.url or "")
            if row:
                day = row["published_at"].date().isoformat()
                authors = tuple(row["authors"]) or None
                known = Known(row["url"], page.body, row["body"], row["title"], authors, day)
                known_pages.append(known)
    return known_pages


def readability_pages(cache: Path) -> list[Known]:
    """Real pages from the tests of Mozilla's Readability, with the bodies its authors expect.

    They come with a Go module of the same algorithm, so that readability is at home here.
    """
    (cache / "module").mkdir(parents=True, exist_ok=True)
    finished = subprocess.run(
        ["go", "mod", "download", "-json", READABILITY],
        cwd=cache / "module",
        env={**os.environ, "GOFLAGS": "-mod=mod", "GOMODCACHE": str(cache / "go")},
        check=True,
        capture_output=True,
    )
    folders = sorted(Path(json.loads(finished.stdout)["Dir"], "test-pages").iterdir())
    pages = [_readability_page(folder) for folder in folders if (folder / "expected.html").exists()]
    return [page for page in pages if word_count(page.text) >= _MIN_WORDS]


def _readability_page(folder: Path) -> Known:
    tree = fromstring((folder / "expected.html").read_text("utf-8") or "<p></p>")
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    return Known("", (folder / "source.html").read_bytes(), tree.text_content())
