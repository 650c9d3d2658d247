"""What becomes of a split is staged: articles, rejected inputs, revisits, and their counts."""

import itertools
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Generic, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.config.settings import Settings
from pipelines.exchange.progress import EVERY_S, Count, tell
from pipelines.exchange.work_folder import Summary, Work
from pipelines.stages.extract.inputs import InputFile, Split, has_changed
from pipelines.stages.extract.outside_count import outside_count
from pipelines.stages.extract.poisoned_splits import (
    POISONED,
    is_outside,
    is_suspect,
    mark,
    poisoned,
    survives,
)
from pipelines.stages.extract.read_split import Result, results
from pipelines.stages.extract.revisits import (
    REVISITS,
    rejected_revisit,
    revisit_table,
    staged_revisits,
)
from pipelines.storage import filesystem, staged_tables
from pipelines.window import Window
from schemas.article import Article
from schemas.page import Rejected, Revisit
from schemas.staged_articles import article_table, rejected_table
from schemas.tables import REJECTED
from sources.extraction.isolated_reader import IsolatedReader

Row = TypeVar("Row", Rejected, Revisit)
CHANGED = "changed"
"""Why a file is rejected that is not what it was when it was listed."""
_ROWS_HELD = 2_000
DAMAGED = {
    *("bad-csv", "bad-json", "bad-parquet", "bad-wacz"),
    *("corrupt", "not-a-warc", "truncated", "unreadable", "wrong-length", POISONED, CHANGED),
}
"""Why an input is rejected where its file is at fault; what else is rejected is a page."""


def stage_split(
    split: Split,
    key: str,
    settings: Settings,
    work: Work,
    isolated: IsolatedReader,
    window: Window | None = None,
) -> Summary:
    """Extracts the split and stages what came of it; the summary, written last, says it is done.

    With a window, what counts for another day is skipped. What cannot be read without an error that
    nobody foresaw, or without its process's end, is rejected whole; so is what takes all memory in
    a process of its own too.
    """
    if (finished := work.finished(key)) is not None:
        return finished
    if not is_suspect(work, key):
        mark(work, key)
        with suppress(MemoryError):
            return _stage_read(split, key, settings, work, isolated, window)
    if survives(_stage_alone, split, key, settings, work, window):
        return work.finished(key) or Summary()
    return _stage_results(key, split, poisoned(split), work)


def stage_revisits(
    key: str, read: Iterable[Result], work: Work, isolated: IsolatedReader
) -> Summary:
    """Stages what the revisits of a split become; an error that nobody foresaw rejects them all."""
    own = work.revisits_key(key)
    if (finished := work.finished(own)) is not None:
        return finished
    try:
        return _stage_results(own, Split(()), read, work)
    except Exception as error:
        isolated.close()
        if is_outside(error):
            raise
        logging.getLogger("copytrail").warning("revisits of %s are given up", key, exc_info=True)
        message = f"{type(error).__name__}: {error}"[:500]
        revisits = staged_revisits(work, key)
        lost = (rejected_revisit(revisit, POISONED, message) for revisit in revisits)
        return _stage_results(own, Split(()), lost, work)


def _stage_alone(
    split: Split, key: str, settings: Settings, work: Work, window: Window | None
) -> None:
    with IsolatedReader(settings.extract) as isolated:
        _stage_read(split, key, settings, work, isolated, window)


def _stage_read(
    split: Split,
    key: str,
    settings: Settings,
    work: Work,
    isolated: IsolatedReader,
    window: Window | None,
) -> Summary:
    """Stages what can be read of the split, and of no file that is not as it was listed."""
    try:
        changed = [file for file in split.files if has_changed(file)]
        if not changed:
            staged = _stage_tables(key, split, results(split, settings, isolated, window), work)
            changed = [file for file in split.files if has_changed(file)]
        if changed:
            rest = replace(split, files=tuple(file for file in split.files if file not in changed))
            read = results(rest, settings, isolated, window)
            read = itertools.chain(map(_changed, changed), read)
            staged = _stage_tables(key, split, read, work)
        there = {
            file.path: None if file in changed else _outside_count(file, split)
            for file in split.files
        }
    except Exception as error:
        isolated.close()  # or pages that wait would count as the next split's
        if is_outside(error):
            raise
        logging.getLogger("copytrail").warning("split %s is given up", key, exc_info=True)
        return _stage_results(key, split, poisoned(split), work)
    gone = tuple(sorted(file.path for file in changed))
    return _finish(key, replace(staged, there=there, changed=gone), work)


def _changed(file: InputFile) -> Rejected:
    message = "the file is not what it was when the run began; the next start reads it anew"
    return Rejected(file.path, 0, None, "read", CHANGED, message, records=0)


def _outside_count(file: InputFile, split: Split) -> int | None:
    """What stands in the split's part of the file; an object store's are not read twice."""
    if not filesystem.is_local(file.path):
        return None
    try:
        with filesystem.opened(file.path) as stream:
            return outside_count(stream, file.format, split.start, split.end)
    except OSError:  # it may be gone by now, and a count must cost nobody
        return None


def _stage_results(key: str, split: Split, read: Iterable[Result], work: Work) -> Summary:
    return _finish(key, _stage_tables(key, split, read, work), work)


def _stage_tables(key: str, split: Split, read: Iterable[Result], work: Work) -> Summary:
    """Stages the tables; gives what they sum up to, which is not yet said."""
    articles: list[Article] = []
    rejected = RejectedRows()
    revisits = StreamedRows(REVISITS, revisit_table)
    skipped: Counter[str] = Counter()
    records: Counter[str] = Counter()
    shown_s = time.monotonic()
    for number, result in enumerate(read, 1):
        if isinstance(result, Revisit):
            revisits.add(result)
            continue
        records[result.input] += result.records if isinstance(result, Rejected) else 1
        match result:
            case Article():
                articles.append(result)
            case Rejected():
                rejected.add(result)
            case _:
                skipped[result.reason] += 1
        if time.monotonic() - shown_s > EVERY_S:
            shown_s = time.monotonic()
            share = split.share_read(result.input, result.position)
            count = Count(number, rejected.rows.total, share=share, is_done=False)
            tell(work.progress(), "extract", key, count)
    articles.sort(key=lambda article: (article.article_id, article.input, article.position))
    staged_tables.write_table(work.articles(key), article_table(articles))
    filesystem.write_bytes(work.rejected(key), rejected.rows.to_parquet())
    if revisits.total:
        filesystem.write_bytes(work.revisits(key), revisits.to_parquet())
    newest = max((article.fetched_at for article in articles if article.fetched_at), default=None)
    return Summary(
        articles=len(articles),
        rejected=dict(sorted(rejected.reasons.items())),
        skipped=dict(sorted(skipped.items())),
        warnings=tuple(sorted(rejected.warnings)),
        newest_fetch=newest.strftime("%Y-%m-%dT%H%M%SZ") if newest else "",
        records=dict(sorted(records.items())),
        revisits=revisits.total,
    )


def _finish(key: str, summary: Summary, work: Work) -> Summary:
    """Says, durably, that the split is done."""
    for path in (work.articles(key), work.rejected(key)):
        filesystem.sync(path)
    filesystem.write_durably(work.summary(key), summary.to_json())
    n_rejected = sum(summary.rejected.values())
    tell(work.progress(), "extract", key, Count(summary.pages, n_rejected, is_done=True))
    return summary


class StreamedRows(Generic[Row]):
    """Rows, by the million too, of which only the last thousands are held as they are."""

    def __init__(self, schema: pa.Schema, as_table: Callable[[Sequence[Row]], pa.Table]) -> None:
        """Makes tables of the schema by `as_table`."""
        self.total = 0
        self._as_table: Callable[[Sequence[Row]], pa.Table] = as_table
        self._held: list[Row] = []
        self._sink = pa.BufferOutputStream()
        self._writer = pq.ParquetWriter(self._sink, schema, compression="lz4")

    def add(self, row: Row) -> None:
        """Takes one in."""
        self.total += 1
        self._held.append(row)
        if len(self._held) == _ROWS_HELD:
            self._write()

    def to_parquet(self) -> bytes:
        """All of them as a Parquet file; nothing can be added then."""
        self._write()
        self._writer.close()
        content: bytes = self._sink.getvalue().to_pybytes()
        return content

    def _write(self) -> None:
        self._held.sort(key=lambda row: (row.input, row.position))
        self._writer.write_table(self._as_table(self._held))
        self._held = []


class RejectedRows:
    """Rejected inputs of a split, and what is to be told of them."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()
        self.warnings: set[str] = set()
        self.rows = StreamedRows(REJECTED, rejected_table)

    def add(self, rejected: Rejected) -> None:
        """Takes one in."""
        self.reasons[f"{rejected.stage}/{rejected.reason}"] += 1
        if rejected.reason in DAMAGED:
            self.warnings.add(_damage(rejected))
        self.rows.add(rejected)


def _damage(rejected: Rejected) -> str:
    """One line for each file and kind, in whatever splits it shows; the table has every place."""
    if rejected.reason == CHANGED:
        return f"{rejected.input} changed while the run was under way; nothing of it is published"
    return f"{rejected.input} is damaged ({rejected.reason}); what could be read of it was"
