"""A split's files become records, each record an article, rejected or skipped: nothing is lost."""

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from pipelines.config.settings import Settings
from pipelines.stages.extract.inputs import InputFile, Split
from pipelines.storage import filesystem
from pipelines.window import Window
from schemas.article import Article
from schemas.page import Page, Rejected, Skipped, TextRow
from sources.extraction.extract import extract_article
from sources.extraction.isolated_reader import IsolatedReader
from sources.extraction.text_rows import article_from_row, articles_from_rows
from sources.limits import Limits
from sources.readers.column_mappings import MAPPINGS
from sources.readers.single_files import read_html_file, read_text_file
from sources.readers.text_tables import read_csv, read_jsonl, read_parquet
from sources.readers.wacz import read_wacz
from sources.readers.warc import read_warc

_ROWS_AT_ONCE = 256
OUTSIDE = "outside-window"
"""Why a page is skipped that counts for a day that its run does not publish."""
Record = Page | TextRow | Rejected | Skipped


def read_split(split: Split, settings: Settings) -> Iterator[Record]:
    """Everything that stands in the split, in order; a file that cannot be read is rejected."""
    for file in split.files:
        try:
            with filesystem.opened(file.path) as stream:
                yield from _read_file(_plain(stream, file), file, split, settings)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            message = f"{type(error).__name__}: {error}"[:500]
            yield Rejected(file.path, split.start, None, "read", "unreadable", message)


def results(
    split: Split, settings: Settings, isolated: IsolatedReader, window: Window | None = None
) -> Iterator[Article | Rejected | Skipped]:
    """What becomes of every record of the split; with a window, what counts for it.

    Pages are read by `isolated`, those fetched on other days not at all.
    """
    records = read_split(split, settings)
    if window is None:
        yield from _results(records, settings, isolated)
        return
    inside = (one if _is_inside(one, window) else _outside(one) for one in records)
    for result in _results(inside, settings, isolated):
        yield result if _is_inside(result, window) else _outside(result)


def _is_inside(one: Record | Article, window: Window) -> bool:
    """Whether it counts for the window; of a row that is not known before it is an article."""
    match one:
        case TextRow() | Skipped():
            return True
        case Article():
            return window.holds(window.day_of(one.fetched_at, one.published_at))
        case _:
            return window.holds(window.day_of(one.fetched_at, None))


def _outside(one: Record | Article) -> Skipped:
    return Skipped(one.input, one.position, one.url, OUTSIDE)


def _results(
    records: Iterator[Record], settings: Settings, isolated: IsolatedReader
) -> Iterator[Article | Rejected | Skipped]:
    limits = limits_of(settings)
    rows: list[TextRow] = []
    for record in records:
        match record:
            case Page():
                yield from isolated.send(record)
            case TextRow():
                rows.append(record)
            case _:
                yield record
        if len(rows) == _ROWS_AT_ONCE:
            yield from articles_from_rows(rows, limits)
            rows = []
    yield from articles_from_rows(rows, limits)
    yield from isolated.drain()


def article_from(record: Record, limits: Limits) -> Article | Rejected | Skipped:
    """What becomes of one record, in this process; never raises, whatever the record holds."""
    if isinstance(record, Rejected | Skipped):
        return record
    if isinstance(record, Page):
        return extract_article(record, limits)
    try:
        return article_from_row(record, limits)
    except Exception as error:  # noqa: BLE001 - one bad row must never stop a run
        message = f"{type(error).__name__}: {error}"[:500]
        return Rejected(record.input, record.position, record.url, "extract", "error", message)


def limits_of(settings: Settings) -> Limits:
    """The bounds that extraction needs."""
    return Limits(**settings.extract.model_dump())


def _plain(stream: BinaryIO, file: InputFile) -> BinaryIO:
    """The stream decompressed, for the formats whose readers do not do it themselves."""
    if file.format != "warc" and file.path.endswith(".gz"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    return stream


def _read_file(
    stream: BinaryIO, file: InputFile, split: Split, settings: Settings
) -> Iterator[Record]:
    columns = {**MAPPINGS[settings.input.mapping], **settings.input.columns}
    match file.format:
        case "warc":
            limit = settings.extract.max_page_bytes
            yield from read_warc(stream, file.path, split.start, split.end, limit)
        case "wacz":
            yield from read_wacz(stream, file.path, settings.extract.max_page_bytes)
        case "html":
            yield read_html_file(stream, file.path)
        case "jsonl":
            yield from read_jsonl(stream, file.path, columns)
        case "csv":
            yield from read_csv(stream, file.path, columns)
        case "parquet":
            yield from read_parquet(stream, file.path, columns, split.start, split.end)
        case _:
            yield read_text_file(stream, file.path)
