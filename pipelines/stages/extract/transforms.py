"""Splits become staged articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import AsList, PCollection, TaggedOutput

from pipelines.config.settings import Settings
from pipelines.engine.stage import Stage
from pipelines.exchange.partitions import MIN_PARTS
from pipelines.exchange.staged_parts import staged_whole
from pipelines.exchange.work_folder import Summary, Work, summary_from_json
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

SPLITS_PER_PART = 64


class Extracted(NamedTuple):
    """What came of the input's splits; articles and rejected inputs wait in the work folder."""

    keys: PCollection
    """Of the splits, and of what their revisits became (str)."""
    texts: PCollection
    """Which texts outlets have: batches of OUTLET_TEXTS by part of the outlet (int, bytes)."""
    counts: PCollection
    """Articles of each split (int)."""
    summaries: PCollection
    """Of each split (bytes, from Summary.to_json)."""
    n_articles: PCollection
    """Articles of all splits (one int)."""
    n_rejected: PCollection
    """Rejected inputs of all splits (one int)."""


@dataclass
class ExtractArticles(Stage):
    """Splits become staged articles and rejected inputs."""

    splits: Sequence[Split]
    settings: Settings
    work: Work
    binding: str
    """What a split's key says besides its files: settings of extraction, and code."""
    window: Window | None
    archives: tuple[str, ...] | None
    """The input's WACZ files; None where no file of it can hold revisits."""

    def expand(self, pipeline: beam.Pipeline) -> Extracted:
        """Stages all splits."""
        settings, work, n_splits = self.settings, self.work, len(self.splits)
        # keyed by place, largest first: the embedded runner deals keys out to workers in turn
        staged = (
            pipeline
            | "List splits" >> beam.Create(list(enumerate(self.splits)))
            | "Spread splits" >> beam.GroupByKey()
            | "Take splits" >> beam.FlatMap(lambda part: part[1])
            | "Extract splits"
            >> beam.ParDo(
                ExtractSplits(settings, work, n_splits, self.binding, self.window)
            ).with_outputs("wanted", main="main")
        )
        reading = ReadRevisits(settings, work, n_splits, text_parts(n_splits), self.archives or ())
        lists = () if self.archives is None else self._payloads(pipeline, staged)
        read = staged.main | "Read revisits" >> beam.ParDo(reading, *lists).with_outputs(
            "texts", "counts", "summaries", main="main"
        )
        n_articles = (
            read.summaries
            | "Read counts" >> beam.Map(lambda summary: summary_from_json(summary).articles)
            | "Count articles" >> beam.CombineGlobally(sum)
        )
        n_rejected = (
            read.summaries
            | "Read rejected"
            >> beam.Map(lambda summary: sum(summary_from_json(summary).rejected.values()))
            | "Add up rejected" >> beam.CombineGlobally(sum)
        )
        return Extracted(read.main, read.texts, read.counts, read.summaries, n_articles, n_rejected)

    def _payloads(self, pipeline: beam.Pipeline, staged: PCollection) -> tuple[AsList, ...]:
        """Where the payloads stand that revisits refer to: in the run's splits and its history."""
        find, wanted = FindPayloads(self.work), AsList(staged.wanted)
        of_run = staged.main | "Find payloads" >> beam.ParDo(find, wanted)
        if not self.work.history_splits:
            return (AsList(of_run),)
        of_history = (
            pipeline
            | "List days" >> beam.Create(sorted(self.work.history_splits))
            | "Find kept payloads" >> beam.ParDo(find, wanted)
        )
        return AsList(of_run), AsList(of_history)


def text_parts(splits: int) -> int:
    """Parts of the exchange by which samples are chosen, before anybody has counted the texts."""
    return max(MIN_PARTS, splits // SPLITS_PER_PART)


@dataclass
class ReadsPages(beam.DoFn):
    """Reads pages in one process for all splits of a bundle: its start takes 1.4 s of CPU."""

    settings: Settings
    work: Work
    n_splits: int
    """Of the run, which share its budgets."""

    def setup(self) -> None:
        """Its process starts with the first page."""
        limits = limits_of(self.settings, self.n_splits)
        self._isolated = IsolatedReader(limits, self.settings.addresses)

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
        self, key: str, of_run: Sequence[Payload] = (), of_history: Sequence[Payload] = ()
    ) -> Iterator[Any]:
        """One split."""
        summary = self.work.finished(key) or Summary()
        yield from self._told(key, summary)
        if summary.revisits:
            read = articles_of_revisits(
                self.work,
                key,
                of_run,
                of_history,
                self.archives,
                self._isolated,
                self.settings,
            )
            summary_of_revisits = stage_revisits(key, read, self.work, self._isolated)
            yield from self._told(self.work.revisits_key(key), summary_of_revisits)

    def _told(self, key: str, summary: Summary) -> Iterator[Any]:
        yield TaggedOutput("summaries", summary.to_json())
        known = known_texts(self.work.staged(key, KNOWN_COLUMNS))
        staged_whole(self.work, KNOWN, key, known)
        yield TaggedOutput("counts", known.num_rows)
        columns = column(known, "outlet"), column(known, "text")
        for part in hash_batches(*columns, self.partitions).items():
            yield TaggedOutput("texts", part)
        yield key
