"""Staged articles lose their outlets' boilerplate and become members with keys to match by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
import numpy as np
import pyarrow as pa
from apache_beam.pvalue import AsList, AsSingleton, PCollection, TaggedOutput

from dedupe.candidates.keys import match_keys
from pipelines.config.settings import Settings
from pipelines.engine.stage import Stage
from pipelines.exchange.article_keys import text_hashes
from pipelines.exchange.partitions import part_of
from pipelines.exchange.progress import Count, tell
from pipelines.exchange.staged_parts import staged_parts
from pipelines.exchange.work_folder import Work
from pipelines.stages.boilerplate.removal import clean_articles, with_registered_agencies
from pipelines.stages.boilerplate.samples import boilerplate_of
from pipelines.stages.boilerplate.transforms import RecurringParts
from pipelines.stages.match.keys import band_rows, sample_rows
from pipelines.stages.match.members import key_shingles, member_table
from pipelines.stages.match.prepared_days import contents_table
from pipelines.stages.outlets.evidence import announcing, evidence_bytes
from pipelines.stages.outlets.host_paths import day_looked_up, host_parts, paths
from pipelines.storage import staged_tables
from pipelines.storage.arrow import column, to_bytes
from pipelines.window import Window, days_of
from sources.mirrors.announcements import announcements
from sources.outlets.registry import Registry


class Cleaned(NamedTuple):
    """What came of all splits; clean articles and members wait in the work folder."""

    keys: PCollection
    """Of the splits (str)."""
    bands: PCollection
    """Where KEYS of signatures' bands are staged, by part of the key (int, bytes)."""
    samples: PCollection
    """The same of sampled shingles."""
    paths: PCollection
    """Where PATHS are staged, by part of the host (int, bytes)."""
    evidence: PCollection
    """What texts tell of other hosts (bytes, EVIDENCE)."""
    contents: PCollection
    """What the articles of a run with a window hold (bytes, CONTENTS)."""


@dataclass
class CleanArticles(Stage):
    """Articles lose their outlets' boilerplate and become members with keys to match by."""

    clean: beam.DoFn
    """CleanSplits, or what takes its place where splits of the history are among the keys."""
    boilerplate: RecurringParts
    parts: PCollection
    """Of an exchange of so many texts (one int)."""

    def expand(self, keys: PCollection) -> Cleaned:
        """Cleans all splits."""
        boilerplate = map(AsList, self.boilerplate)
        cleaned = keys | "Clean splits" >> beam.ParDo(
            self.clean, *boilerplate, AsSingleton(self.parts)
        ).with_outputs("bands", "samples", "paths", "evidence", "contents", main="main")
        return Cleaned(
            cleaned.main,
            cleaned.bands,
            cleaned.samples,
            cleaned.paths,
            cleaned.evidence,
            cleaned.contents,
        )


@dataclass
class CleanSplits(beam.DoFn):
    """Stages each split's clean articles and members; gives its key, and tagged what to join."""

    settings: Settings
    work: Work
    registry: Registry
    window: Window | None

    def process(
        self, key: str, lines: Sequence[bytes], shingles: Sequence[bytes], into: int
    ) -> Iterator[Any]:
        """One split, with all boilerplate that was found."""
        table = self.work.staged(key)
        cleaned, repeated = clean_articles(table, boilerplate_of(list(lines), np.uint64))
        articles = with_registered_agencies(cleaned, self.registry)
        # every part of the table articles reads the row groups that meet its range of ids
        staged_tables.write_table(self.work.clean(key), articles, rows=512)
        words = self.settings.match.shingle_words
        recurring = boilerplate_of(list(shingles), np.uint32)
        days = None if self.window is None else days_of(articles, self.window)
        hashes = text_hashes(table.column("text"))
        members = member_table(articles, recurring, words, key, repeated, hashes, days)
        staged_tables.write_table(self.work.members(key), members)
        for tag, rows in self._keys(members):
            parts = part_of(column(rows, "key"), into)
            for part in staged_parts(self.work, tag, key, rows, parts):
                yield TaggedOutput(tag, part)
        seen = paths(members, day_looked_up(members), members["outlet"])
        for part in staged_parts(self.work, "paths", key, seen, host_parts(seen, into)):
            yield TaggedOutput("paths", part)
        yield TaggedOutput("evidence", evidence_bytes(announcements(announcing(articles))))
        if self.window is not None:
            yield TaggedOutput("contents", to_bytes(contents_table(members, is_new=True)))
        tell(self.work.progress(), "clean", key, Count(articles.num_rows, 0, is_done=True))
        yield key

    def _keys(self, members: pa.Table) -> Iterator[tuple[str, pa.Table]]:
        keys = match_keys(key_shingles(members), self.settings.match)
        articles = column(members, "article")
        yield "bands", band_rows(keys.bands, column(members, "text_key"), articles)
        yield "samples", sample_rows(keys.samples, articles)
