"""Files that are one page or one text each."""

from datetime import datetime
from typing import BinaryIO

from schemas.page import Page, TextRow
from sources.page.decoding import decoded
from sources.readers.warc import MAX_PAGE_BYTES


def read_html_file(stream: BinaryIO, name: str, fetched_at: datetime | None = None) -> Page:
    """The file as a page without an address; extraction looks for the one it declares.

    One byte more than `MAX_PAGE_BYTES` is read at most, enough for extraction to refuse it.
    """
    return Page(
        input=name,
        position=0,
        url=None,
        body=stream.read(MAX_PAGE_BYTES + 1),
        fetched_at=fetched_at,
    )


def read_text_file(stream: BinaryIO, name: str) -> TextRow:
    """The file as a text; its first line is taken for the title when the article is made."""
    body = stream.read(MAX_PAGE_BYTES + 1)
    text = decoded(body, charset=None).text
    flags = ("text-undecodable",) if "\ufffd" in text else ()
    return TextRow(input=name, position=0, text=text, flags=flags)
