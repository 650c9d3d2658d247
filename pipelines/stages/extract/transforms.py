"""Splits become staged articles."""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from pipelines.config.settings import Settings
from pipelines.exchange.progress import EVERY_S, Count, tell
from pipelines.exchange.staged_parts import staged_whole
from pipelines.exchange.work_folder import Summary, Work
from pipelines.stages.boilerplate.samples import KNOWN, hash_batches, known_texts
from pipelines.stages.extract.inputs import Split
from pipelines.stages.extract.poisoned_splits import (
    POISONED,
    is_outside,
    is_suspect,
    mark,
    poisoned,
    survives,
)
from pipelines.stages.extract.read_split import limits_of, results
from pipelines.storage import filesystem, staged_tables
from pipelines.storage.arrow import column
from pipelines.window import Window
from schemas.article import Article
from schemas.page import Rejected, Skipped
from schemas.staged_articles import article_table, rejected_table
from sources.extraction.isolated_reader import IsolatedReader

DAMAGED = {
    *("bad-csv", "bad-json", "bad-parquet", "bad-wacz"),
    *("corrupt", "not-a-warc", "truncated", "unreadable", "wrong-length", POISONED),
}
"""Why an input is rejected where its file is at fault; what else is rejected is a page."""


@dataclass
class ExtractSplits(beam.DoFn):
    """Stages each split once; gives its key, and tagged which texts its outlets have."""

    settings: Settings
    work: Work
    binding: str
    partitions: int
    window: Window | None

    def setup(self) -> None:
        """One process reads the pages of all splits of a bundle: its start takes 1.4 s of CPU."""
        self._isolated = IsolatedReader(limits_of(self.settings))

    def finish_bundle(self) -> None:
        """Ends that process, so that other stages have its memory; the next page starts another."""
        self._isolated.close()

    def teardown(self) -> None:
        """Ends it where a bundle failed, or was stopped: then in another thread than reads."""
        self._isolated.abandon()

    def process(self, split: Split) -> Iterator[Any]:
        """One split, which is skipped over where an earlier attempt finished it."""
        key = split.key(self.binding)
        summary = stage_split(split, key, self.settings, self.work, self._isolated, self.window)
        yield TaggedOutput("summaries", summary.to_json())
        known = known_texts(self.work.staged(key, ["host", "outlet", "text"]))
        staged_whole(self.work, KNOWN, key, known)
        yield TaggedOutput("counts", known.num_rows)
        told = column(known, "outlet"), column(known, "text")
        for part in hash_batches(*told, self.partitions).items():
            yield TaggedOutput("texts", part)
        yield key


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
    nobody foresaw, or without its process's end, is rejected whole.
    """
    if (finished := work.finished(key)) is not None:
        return finished
    if not is_suspect(work, key):
        mark(work, key)
        return _stage_read(split, key, settings, work, isolated, window)
    if survives(_stage_alone, split, key, settings, work, window):
        return work.finished(key) or Summary()
    return _stage_results(key, poisoned(split), work)


def _stage_alone(
    split: Split, key: str, settings: Settings, work: Work, window: Window | None
) -> None:
    with IsolatedReader(limits_of(settings)) as isolated:
        _stage_read(split, key, settings, work, isolated, window)


def _stage_read(
    split: Split,
    key: str,
    settings: Settings,
    work: Work,
    isolated: IsolatedReader,
    window: Window | None,
) -> Summary:
    try:
        return _stage_results(key, results(split, settings, isolated, window), work)
    except Exception as error:
        isolated.close()  # or pages that wait would count as the next split's
        if is_outside(error):
            raise
        logging.getLogger("copytrail").warning("split %s is given up", key, exc_info=True)
        return _stage_results(key, poisoned(split), work)


def _stage_results(key: str, read: Iterable[Article | Rejected | Skipped], work: Work) -> Summary:
    articles: list[Article] = []
    rejected: list[Rejected] = []
    skipped: Counter[str] = Counter()
    told = time.monotonic()
    for number, result in enumerate(read, 1):
        match result:
            case Article() as article:
                articles.append(article)
            case Rejected() as one:
                rejected.append(one)
            case one:
                skipped[one.reason] += 1
        if time.monotonic() - told > EVERY_S:
            told = time.monotonic()
            tell(work.progress(), "extract", key, Count(number, len(rejected), is_done=False))
    rejected.sort(key=lambda one: (one.input, one.position))
    articles.sort(key=lambda one: (one.article_id, one.input, one.position))
    staged_tables.write_table(work.articles(key), article_table(articles))
    staged_tables.write_table(work.rejected(key), rejected_table(rejected))
    summary = _summary(articles, rejected, skipped)
    for path in (work.articles(key), work.rejected(key)):
        filesystem.sync(path)
    filesystem.write_durably(work.summary(key), summary.to_json())
    tell(work.progress(), "extract", key, Count(summary.pages, len(rejected), is_done=True))
    return summary


def _summary(
    articles: Sequence[Article], rejected: Sequence[Rejected], skipped: Counter[str]
) -> Summary:
    newest = max((one.fetched_at for one in articles if one.fetched_at), default=None)
    reasons = Counter(f"{one.stage}/{one.reason}" for one in rejected)
    return Summary(
        articles=len(articles),
        rejected=dict(sorted(reasons.items())),
        skipped=dict(sorted(skipped.items())),
        warnings=tuple(sorted({_damage(one) for one in rejected if one.reason in DAMAGED})),
        newest_fetch=newest.strftime("%Y-%m-%dT%H%M%SZ") if newest else "",
    )


def _damage(rejected: Rejected) -> str:
    """One line for each file and kind, in whatever splits it shows; the table has every place."""
    return f"{rejected.input} is damaged ({rejected.reason}); what could be read of it was"
