"""Samples of each outlet's texts become its boilerplate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from dedupe.recurring import RecurrenceRules, recurring
from pipelines.batches import joined, to_bytes
from pipelines.outlet_samples import (
    SCHEMAS,
    boilerplate_table,
    merged_samples,
    outlet_parts,
    sample_batches,
    sampled_bounds,
)
from pipelines.settings import Settings
from pipelines.staged_parts import read_parts, staged_parts
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

    def process(self, key: str, bounds: Sequence[bytes], into: int) -> Iterator[TaggedOutput]:
        """One split."""
        columns = ["host", "outlet", "text"]
        articles = self.work.staged(key, columns)
        known = joined(list(bounds), OUTLET_TEXTS)
        for kind, rows in sample_batches(articles, known, self.settings).items():
            for part in staged_parts(self.work, kind, key, rows, outlet_parts(rows, into)):
                yield TaggedOutput(kind, part)


@dataclass
class FindBoilerplate(beam.DoFn):
    """The lines, or the shingles, that recur over an outlet's different texts."""

    kind: str
    rules: RecurrenceRules
    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All outlets of one part."""
        table = read_parts(self.work, self.kind, part[1], SCHEMAS[self.kind])
        sample = merged_samples(table, self.rules.sample_texts)
        yield to_bytes(boilerplate_table(recurring(sample, self.rules)))
