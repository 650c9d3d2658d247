"""Samples of each outlet's texts become its boilerplate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import TaggedOutput
from numpy.typing import NDArray

from dedupe.recurring import RecurrenceRules, recurring
from pipelines.batches import column, joined, to_bytes
from pipelines.outlet_samples import (
    KNOWN,
    SCHEMAS,
    boilerplate_table,
    merged_samples,
    outlet_parts,
    sampled_bounds,
    sampled_rows,
    samples_of,
)
from pipelines.settings import Settings
from pipelines.staged_parts import place_of, read_part, read_parts, staged_parts
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
        known = read_part(self.work, KNOWN, place_of(key, 0))
        told = column(known, "outlet"), column(known, "text")
        yield from sent_samples(self.work, key, *told, bounds, self.settings, into)


def sent_samples(
    work: Work,
    key: str,
    outlets: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    bounds: Sequence[bytes],
    settings: Settings,
    into: int,
) -> Iterator[TaggedOutput]:
    """The samples of a split, or a part of the history, tagged, by part of the outlet.

    Args:
        work: the run's folders.
        key: of the split.
        outlets: of its articles.
        hashes: of their texts, of which only those are read that a sample holds.
        bounds: of every outlet, from ChooseSamples.
        settings: of the run.
        into: parts.
    """
    rows = sampled_rows(outlets, hashes, joined(list(bounds), OUTLET_TEXTS))
    texts = work.staged(key, ["text"]).column("text").take(rows).to_pylist() if rows.size else []
    for kind, some in samples_of(texts, outlets[rows], hashes[rows], settings).items():
        for part in staged_parts(work, kind, key, some, outlet_parts(some, into)):
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
