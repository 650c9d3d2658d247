"""Samples of each outlet's texts become its boilerplate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from dedupe.recurring import RecurrenceRules, recurring
from pipelines.batches import joined, to_bytes
from pipelines.outlet_samples import (
    boilerplate_table,
    merged_samples,
    sample_batches,
    sampled_bounds,
)
from pipelines.settings import Settings
from pipelines.staging import Work
from schemas.exchange import OUTLET_TEXTS


@dataclass
class ChooseSamples(beam.DoFn):
    """Which of each outlet's texts are sampled, before any of them is read for it."""

    rules: RecurrenceRules

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All outlets of one part."""
        yield to_bytes(sampled_bounds(list(part[1]), self.rules.sample_texts))


@dataclass
class SampleOutlets(beam.DoFn):
    """The lines and shingles of a split's sampled texts, tagged, by part of the outlet."""

    settings: Settings
    work: Work
    partitions: int

    def process(self, key: str, bounds: Sequence[bytes]) -> Iterator[TaggedOutput]:
        """One split."""
        columns = ["host", "outlet", "text"]
        articles = self.work.staged(key, columns)
        known = joined(list(bounds), OUTLET_TEXTS)
        found = sample_batches(articles, known, self.settings, self.partitions)
        for kind, parts in found.items():
            for part in parts.items():
                yield TaggedOutput(kind, part)


@dataclass
class FindBoilerplate(beam.DoFn):
    """The lines, or the shingles, that recur over an outlet's different texts."""

    kind: str
    rules: RecurrenceRules

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All outlets of one part."""
        sample = merged_samples(list(part[1]), self.kind, self.rules.sample_texts)
        yield to_bytes(boilerplate_table(recurring(sample, self.rules)))
