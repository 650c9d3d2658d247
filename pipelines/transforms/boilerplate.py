"""Samples of each outlet's texts become its boilerplate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam

from dedupe.recurring import RecurrenceRules, recurring
from pipelines.batches import to_bytes
from pipelines.outlet_samples import boilerplate_table, merged_samples


@dataclass
class FindBoilerplate(beam.DoFn):
    """The lines, or the shingles, that recur over an outlet's different texts."""

    kind: str
    rules: RecurrenceRules

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All outlets of one part."""
        sample = merged_samples(list(part[1]), self.kind, self.rules.sample_texts)
        yield to_bytes(boilerplate_table(recurring(sample, self.rules)))
