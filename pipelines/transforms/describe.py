"""Verified components become rows of tables and edges between sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from pipelines.batches import from_bytes, joined, rows_of, to_bytes
from pipelines.cluster_texts import staged_texts
from pipelines.describe import Described, describe, member_records
from pipelines.host_sources import HostSources
from pipelines.of_window import of_window, reached
from pipelines.settings import Settings, SourceSettings
from pipelines.source_table import source_table
from pipelines.staging import Work, run_id_of, summary_from_json, total
from pipelines.table_files import table_of
from schemas.exchange import EDGES
from sources.copy_edges import edge_rows

TAGS = tuple(field.name for field in fields(Described))


@dataclass
class DescribeClusters(beam.DoFn):
    """Tagged rows of duplicate_pairs and the tables of clusters, and assignments and edges."""

    settings: SourceSettings
    work: Work
    since: date | None
    """First day of the run's window, if it has one."""

    def process(self, element: tuple[bytes, bytes], hosts: bytes) -> Iterator[Any]:
        """The members and pairs of some components."""
        members, pairs = (from_bytes(one) for one in element)
        known = HostSources.from_bytes(hosts)
        texts = partial(staged_texts, self.work)
        if self.since is not None:
            members, pairs = reached(members, pairs, self.since)
        found = describe(members, pairs, known, self.settings.min_gap_s, texts)
        if self.since is not None:
            found = of_window(found, members, member_records(members, known), self.since)
        for tag in TAGS:
            yield TaggedOutput(tag, to_bytes(getattr(found, tag)))


@dataclass
class MeasureSources(beam.DoFn):
    """The rows of sources and of copy_edges: one worker, for there are as many as outlets."""

    settings: Settings
    run_id: str | None
    taken_run_ids: tuple[str, ...]

    def process(
        self,
        _: object,
        tallies: Sequence[tuple[bytes, bytes]],
        edges: Sequence[bytes],
        rejected: Sequence[bytes],
        summaries: Sequence[bytes],
        hosts: bytes,
    ) -> Iterator[Any]:
        """Once for the run."""
        known = HostSources.from_bytes(hosts)
        rules = self.settings.sources
        min_n = rules.min_n
        weights = self.settings.practice_weights if rules.practice_index else None
        order = [("from_source", "ascending"), ("to_source", "ascending")]
        carried = joined(list(edges), EDGES).sort_by(order)
        sources = source_table(tallies, known, rejected, rows_of(carried), min_n, weights)
        distinct = {row["source_id"]: row["n_distinct_articles"] for row in sources}
        summary = total([summary_from_json(one) for one in summaries])
        run_id = run_id_of(self.run_id, summary, self.taken_run_ids)
        later = {"ext_ratings": None, "rating_conflicts": None}
        rows = [row | {"run_id": run_id} | later for row in sources]
        yield TaggedOutput("sources", (0, to_bytes(table_of("sources", rows))))
        edges_table = table_of("copy_edges", edge_rows(rows_of(carried), distinct, min_n))
        yield TaggedOutput("copy_edges", (0, to_bytes(edges_table)))
