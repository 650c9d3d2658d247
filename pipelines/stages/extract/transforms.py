"""Splits become staged articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from pipelines.config.settings import Settings
from pipelines.exchange.staged_parts import staged_whole
from pipelines.exchange.work_folder import Summary, Work
from pipelines.stages.boilerplate.samples import KNOWN, KNOWN_COLUMNS, hash_batches, known_texts
from pipelines.stages.extract.inputs import Split
from pipelines.stages.extract.read_split import limits_of
from pipelines.stages.extract.revisits import (
    Payload,
    articles_of_revisits,
    payloads_of,
    wanted_digests,
)
from pipelines.stages.extract.staged_split import stage_revisits, stage_split
from pipelines.storage.arrow import column
from pipelines.window import Window
from sources.extraction.isolated_reader import IsolatedReader


@dataclass
class ReadsPages(beam.DoFn):
    """Reads pages in one process for all splits of a bundle: its start takes 1.4 s of CPU."""

    settings: Settings
    work: Work
    n_splits: int
    """Of the run, which share its budgets."""

    def setup(self) -> None:
        """Its process starts with the first page."""
        self._isolated = IsolatedReader(limits_of(self.settings, self.n_splits))

    def finish_bundle(self) -> None:
        """Ends that process, so that other stages have its memory; the next page starts another."""
        self._isolated.close()

    def teardown(self) -> None:
        """Ends it where a bundle failed, or was stopped: then in another thread than reads."""
        self._isolated.abandon()


@dataclass
class ExtractSplits(ReadsPages):
    """Stages each split once; gives its key, and tagged the payloads that its revisits name."""

    binding: str
    window: Window | None

    def process(self, split: Split) -> Iterator[Any]:
        """One split, which is skipped over where an earlier attempt finished it."""
        key = split.key(self.binding)
        summary = stage_split(split, key, self.settings, self.work, self._isolated, self.window)
        if summary.revisits:
            for digest in wanted_digests(self.work, key):
                yield TaggedOutput("wanted", digest)
        yield key


@dataclass
class FindPayloads(beam.DoFn):
    """Of the wanted payloads those that articles of a split were read from."""

    work: Work

    def process(self, key: str, wanted: Sequence[str]) -> Iterator[Payload]:
        """Those of one split, or of a part of the history."""
        if wanted:
            yield from payloads_of(self.work, key, wanted)


@dataclass
class ReadRevisits(ReadsPages):
    """Gives the key of each split and of what its revisits became; tagged, their outlets' texts."""

    partitions: int
    archives: tuple[str, ...]

    def process(
        self, key: str, found: Sequence[Payload] = (), kept: Sequence[Payload] = ()
    ) -> Iterator[Any]:
        """One split."""
        summary = self.work.finished(key) or Summary()
        yield from self._told(key, summary)
        if summary.revisits:
            read = articles_of_revisits(
                self.work,
                key,
                found,
                kept,
                self.archives,
                self._isolated,
                self.settings.extract.max_page_bytes,
            )
            told = stage_revisits(key, read, self.work, self._isolated)
            yield from self._told(self.work.revisits_key(key), told)

    def _told(self, key: str, summary: Summary) -> Iterator[Any]:
        yield TaggedOutput("summaries", summary.to_json())
        known = known_texts(self.work.staged(key, KNOWN_COLUMNS))
        staged_whole(self.work, KNOWN, key, known)
        yield TaggedOutput("counts", known.num_rows)
        columns = column(known, "outlet"), column(known, "text")
        for part in hash_batches(*columns, self.partitions).items():
            yield TaggedOutput("texts", part)
        yield key
