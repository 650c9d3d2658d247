"""Samples of each outlet's texts become its boilerplate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam
import pyarrow as pa
from apache_beam.pvalue import AsList, AsSingleton, PCollection, TaggedOutput

from dedupe.text.boilerplate import BoilerplateRules, recurring
from pipelines.config.settings import Settings
from pipelines.engine.stage import Stage
from pipelines.exchange.staged_parts import place_of, read_part, read_parts, staged_parts
from pipelines.exchange.work_folder import Work
from pipelines.stages.boilerplate.samples import (
    KNOWN,
    SCHEMAS,
    boilerplate_table,
    merged_samples,
    outlet_parts,
    sample_values,
    sampled_bounds,
    sampled_rows,
    samples_of,
)
from pipelines.storage.arrow import column, joined, to_bytes
from schemas.exchange import OUTLET_TEXTS


class InputTexts(NamedTuple):
    """The splits of a run, those of its history too, and which texts their outlets have."""

    keys: PCollection
    """Of the splits (str)."""
    texts: PCollection
    """Batches of OUTLET_TEXTS by part of the outlet (int, bytes)."""
    parts: PCollection
    """Of an exchange of so many texts (one int)."""


class RecurringParts(NamedTuple):
    """Outlets' boilerplate, in batches (bytes): whole lines, and shingles of what lines leave."""

    lines: PCollection
    shingles: PCollection


@dataclass
class LearnBoilerplate(Stage):
    """Samples of each outlet's texts become its boilerplate."""

    rules: BoilerplateRules
    work: Work
    sample: beam.DoFn
    """SampleOutlets, or what takes its place where splits of the history are among the keys."""

    def expand(self, input_texts: InputTexts) -> RecurringParts:
        """Finds the boilerplate of all outlets."""
        bounds = (
            input_texts.texts
            | "Group texts" >> beam.GroupByKey()
            | "Choose samples" >> beam.ParDo(ChooseSamples(self.rules))
        )
        samples = input_texts.keys | "Sample outlets" >> beam.ParDo(
            self.sample, AsList(bounds), AsSingleton(input_texts.parts)
        ).with_outputs("lines", "shingles")
        lines, shingles = (
            samples[kind]
            | f"Group {kind}" >> beam.GroupByKey()
            | f"Find boilerplate {kind}" >> beam.ParDo(FindBoilerplate(kind, self.rules, self.work))
            for kind in ("lines", "shingles")
        )
        return RecurringParts(lines, shingles)


@dataclass
class ChooseSamples(beam.DoFn):
    """Which of each outlet's texts are sampled, before any of them is read for it."""

    rules: BoilerplateRules

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
        outlets, hashes = column(known, "outlet"), column(known, "text")
        rows = sampled_rows(outlets, hashes, joined(list(bounds), OUTLET_TEXTS))
        texts: list[str] = []
        if rows.size:
            texts = self.work.staged(key, ["text"]).column("text").take(rows).to_pylist()
        values = sample_values(texts, self.settings.match.shingle_words)
        sample_texts = self.settings.boilerplate.sample_texts
        samples = samples_of(outlets[rows], hashes[rows], values, sample_texts)
        yield from sent_samples(self.work, key, samples, into)


def sent_samples(
    work: Work, key: str, samples: Mapping[str, pa.Table], into: int
) -> Iterator[TaggedOutput]:
    """The samples of a split, or a part of the history, tagged, by part of the outlet."""
    for kind, rows in samples.items():
        for part in staged_parts(work, kind, key, rows, outlet_parts(rows, into)):
            yield TaggedOutput(kind, part)


@dataclass
class FindBoilerplate(beam.DoFn):
    """The lines, or the shingles, that recur over an outlet's different texts."""

    kind: str
    rules: BoilerplateRules
    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All outlets of one part."""
        table = read_parts(self.work, self.kind, part[1], SCHEMAS[self.kind])
        sample = merged_samples(table, self.rules.sample_texts)
        yield to_bytes(boilerplate_table(recurring(sample, self.rules)))
