"""A split's files become records, each record an article, rejected or skipped: nothing is lost."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from pipelines.config.settings import Settings
from pipelines.stages.extract.inputs import InputFile, Split
from pipelines.storage import filesystem
from pipelines.window import Window
from schemas.article import Article
from schemas.page import Page, Rejected, Revisit, Skipped, TextRow
from sources.extraction.extract import extract_article
from sources.extraction.isolated_reader import IsolatedReader
from sources.extraction.text_rows import article_from_row, articles_from_rows
from sources.limits import Limits
from sources.readers.single_files import read_html_file, read_text_file
from sources.readers.wacz import read_wacz
from sources.readers.warc import read_warc
from sources.tables.column_mappings import MAPPINGS
from sources.tables.csv_rows import read_csv
from sources.tables.json_rows import read_json
from sources.tables.parquet_rows import read_parquet
from sources.tables.text_stream import unpacked
from sources.url_rules import SHIPPED, AddressRules

_ROWS_AT_ONCE = 256
_CHARS_AT_ONCE = 4_000_000
_LONG_CHARS = 100_000
"""From where on a text is read in a process that can be killed; a long report has 50,000."""
_LEAST_TEXT_CHARS = 128 << 20
_TEXT_TIMES = 200
"""Characters of text that a split may hold, and so many times its size where that is more: cells
that share one long text are stored once, and a file of kilobytes then holds gigabytes."""
OUTSIDE = "outside-window"
"""Why a page is skipped that counts for a day that its run does not publish."""
Result = Article | Rejected | Skipped | Revisit
Record = Page | TextRow | Rejected | Skipped | Revisit


def read_split(split: Split, settings: Settings) -> Iterator[Record]:
    """Everything that stands in the split, in order; a file that cannot be read is rejected.

    So is, row by row, what is more text than a split of its size can hold.
    """
    left = max(_LEAST_TEXT_CHARS, _TEXT_TIMES * split.size_bytes())
    for file in split.files:
        for record in _opened(file, split, settings):
            if isinstance(record, TextRow):
                left -= len(record.text)
            yield record if left >= 0 or not isinstance(record, TextRow) else _more(record)


def _opened(file: InputFile, split: Split, settings: Settings) -> Iterator[Record]:
    try:
        with filesystem.opened(file.path) as stream:
            yield from read_stream(stream, file, split, settings)
    except OSError as error:
        yield _unreadable(file, split.start, error)


def read_stream(
    stream: BinaryIO, file: InputFile, split: Split, settings: Settings
) -> Iterator[Record]:
    """What stands in the split's part of an open file; where it cannot be read on, that ends it."""
    position = split.start
    try:
        for record in _read_file(stream, file, split, settings):
            position = record.position
            yield record
    except (OSError, EOFError, ValueError, zlib.error) as error:
        yield _unreadable(file, position, error)


def _unreadable(file: InputFile, position: int, error: Exception) -> Rejected:
    message = f"{type(error).__name__}: {error}"[:500]
    return Rejected(file.path, position, None, "read", "unreadable", message, records=0)


def _more(row: TextRow) -> Rejected:
    message = "its file holds more text than is read of a file of its size"
    return Rejected(row.input, row.position, row.url, "read", "too-large", message)


def results(
    split: Split, settings: Settings, isolated: IsolatedReader, window: Window | None = None
) -> Iterator[Result]:
    """What becomes of every record of the split; with a window, what counts for it.

    Pages are read by `isolated`, those fetched on other days not at all.
    """
    records = read_split(split, settings)
    if window is None:
        yield from _results(records, split, settings, isolated)
        return
    inside = (record if _is_inside(record, window) else _outside(record) for record in records)
    for result in _results(inside, split, settings, isolated):
        yield result if _is_inside(result, window) else _outside(result)


def _is_inside(record: Record | Article, window: Window) -> bool:
    """Whether it counts for the window; of a row that is not known before it is an article."""
    match record:
        case TextRow() | Skipped():
            return True
        case Article():
            return window.holds(window.day_of(record.fetched_at, record.published_at))
        case _:
            return window.holds(window.day_of(record.fetched_at, None))


def _outside(record: Record | Article) -> Skipped:
    return Skipped(record.input, record.position, record.url, OUTSIDE)


def _results(
    records: Iterator[Record], split: Split, settings: Settings, isolated: IsolatedReader
) -> Iterator[Result]:
    limits = limits_of(settings)
    isolated.begin(split.share())
    rows: list[TextRow] = []
    chars = 0
    for record in records:
        match record:
            case Page():
                yield from isolated.send(record)
            case TextRow() if len(record.text) > _LONG_CHARS:
                yield from isolated.send(record)
            case TextRow():
                rows.append(record)
                chars += len(record.text)
            case _:
                yield record
        if len(rows) == _ROWS_AT_ONCE or chars > _CHARS_AT_ONCE:
            yield from articles_from_rows(rows, limits, settings.addresses)
            rows, chars = [], 0
    yield from articles_from_rows(rows, limits, settings.addresses)
    yield from isolated.drain()


def article_from(
    record: Record, limits: Limits, addresses: AddressRules = SHIPPED
) -> Article | Rejected | Skipped:
    """What becomes of one record, in this process; never raises, whatever the record holds."""
    if isinstance(record, Rejected | Skipped):
        return record
    if isinstance(record, Revisit):
        return Skipped(record.input, record.position, record.url, "revisit")
    if isinstance(record, Page):
        return extract_article(record, limits, addresses)
    try:
        return article_from_row(record, limits, addresses)
    except Exception as error:  # noqa: BLE001 - one bad row must never stop a run
        message = f"{type(error).__name__}: {error}"[:500]
        return Rejected(record.input, record.position, record.url, "extract", "error", message)


def limits_of(settings: Settings, n_splits: int = 1) -> Limits:
    """The bounds that extraction needs, of a split in a run that has so many."""
    extract = settings.extract
    share_s = max(2 * extract.timeout_s, extract.slow_run_s / max(1, n_splits))
    return replace(extract, slow_file_s=min(extract.slow_file_s, share_s))


def _read_file(
    stream: BinaryIO, file: InputFile, split: Split, settings: Settings
) -> Iterator[Record]:
    columns = {**MAPPINGS[settings.input.mapping], **settings.input.columns}
    encoding, always = settings.input.encoding, file.constants()
    match file.format:
        case "warc":
            limit = settings.extract.max_page_bytes
            yield from read_warc(stream, file.path, split.start, split.end, limit)
        case "wacz":
            yield from read_wacz(stream, file.path, settings.extract.max_page_bytes)
        case "html":
            yield read_html_file(unpacked(stream, file.size_bytes), file.path)
        case "jsonl":
            text = unpacked(stream, file.size_bytes)
            yield from read_json(text, file.path, columns, encoding, always)
        case "csv":
            text = unpacked(stream, file.size_bytes)
            delimiter = settings.input.delimiter
            yield from read_csv(text, file.path, columns, encoding, delimiter, always)
        case "parquet":
            yield from read_parquet(stream, file.path, columns, split.start, split.end, always)
        case _:
            yield read_text_file(unpacked(stream, file.size_bytes), file.path)
