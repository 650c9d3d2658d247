"""Verified components become rows of tables and edges between sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa
from apache_beam.pvalue import TaggedOutput
from numpy.typing import NDArray

from dedupe.verification.relations import Thresholds
from pipelines.config.settings import Settings
from pipelines.exchange.partitions import part_of
from pipelines.exchange.staged_parts import (
    CLUSTERED_ROWS,
    VERIFIED_ROWS,
    read_part,
    read_parts,
    staged_parts,
    staged_whole,
)
from pipelines.exchange.work_folder import Work, run_id_of, summary_from_json, total
from pipelines.output.table_files import table_of
from pipelines.stages.match.member_texts import staged_texts
from pipelines.stages.outlets.host_sources import HostSources
from pipelines.stages.tables.clusters import Described, describe, member_records, related
from pipelines.stages.tables.sources import source_table
from pipelines.stages.tables.window import of_window, reached
from pipelines.stages.tables.writers import ASSIGNED, LIGHT, part_count, sent_rows
from pipelines.storage.arrow import rows_of, to_bytes
from schemas.exchange import EDGE_SUMS, EDGES
from sources.measures.copy_edge_totals import edge_rows, edge_sums
from sources.stories.sightings import TimeRules
from sources.text.keys import key_of

TAGS = tuple(field.name for field in fields(Described))
KEY_OF = {
    "duplicate_pairs": "left_id",
    "clusters": "cluster_id",
    "cluster_timeline": "cluster_id",
    "cluster_disagreements": "cluster_id",
    "cluster_changes": "former_id",
    ASSIGNED: "article_id",
}
"""The column of ids that says which file of a table a row belongs to."""
_EDGES, _SUMS = "edges", "edge-sums"


@dataclass
class DescribeClusters(beam.DoFn):
    """Tagged rows of duplicate_pairs and the tables of clusters, and assignments and edges."""

    times: TimeRules
    """Claims closer than this are a tie, seconds."""
    thresholds: Thresholds
    rows_per_file: int
    work: Work
    since: date | None
    """First day of the run's window, if it has one."""

    def process(
        self, element: tuple[int, bytes, bytes], hosts: bytes, articles: int
    ) -> Iterator[Any]:
        """The members and pairs of a part's components."""
        members = read_part(self.work, CLUSTERED_ROWS, element[1].decode())
        pairs = read_part(self.work, VERIFIED_ROWS, element[2].decode())
        if self.since is None:
            members, pairs = related(members, pairs)
        else:
            members, pairs = reached(members, pairs, self.since)
        records = member_records(members, HostSources.from_bytes(hosts))
        rules = (self.times, self.thresholds)
        found = describe(members, records, pairs, *rules, partial(staged_texts, self.work))
        if self.since is not None:
            found = of_window(found, members, records, self.since)
        key = str(element[0])
        for tag, column in KEY_OF.items():
            per_file = self.rows_per_file * (1 if tag == ASSIGNED else LIGHT)
            rows = getattr(found, tag)
            for sent in sent_rows(self.work, tag, key, rows, column, per_file, articles):
                yield TaggedOutput(tag, sent)
        into = part_count(articles, self.rows_per_file)
        parts = edge_parts(found.edges, into)
        for sent in staged_parts(self.work, _EDGES, key, found.edges, parts):
            yield TaggedOutput(_EDGES, sent)


def edge_parts(edges: pa.Table, into: int) -> NDArray[np.int64]:
    """The part of each edge's pair of sources, the same both ways round."""
    ends = (edges.column(name).to_pylist() for name in ("from_source", "to_source"))
    pairs = [(min(pair), max(pair)) for pair in zip(*ends, strict=True)]
    keys = {pair: key_of(" ".join(pair)) for pair in set(pairs)}
    return part_of(np.array([keys[pair] for pair in pairs], np.uint64), into)


@dataclass
class SumEdges(beam.DoFn):
    """What the edges of a part's pairs of sources add up to."""

    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All edges of these pairs."""
        order = [("from_source", "ascending"), ("to_source", "ascending")]
        edges = read_parts(self.work, _EDGES, part[1], EDGES).sort_by(order)
        sums = pa.Table.from_pylist(edge_sums(rows_of(edges)), schema=EDGE_SUMS)
        yield staged_whole(self.work, _SUMS, str(part[0]), sums)


@dataclass
class MeasureSources(beam.DoFn):
    """The rows of sources and of copy_edges: one worker, for there are as many as outlets."""

    settings: Settings
    work: Work
    run_id: str | None
    taken_run_ids: tuple[str, ...]

    def process(
        self,
        _: object,
        tallies: Sequence[tuple[bytes, bytes]],
        sums: Sequence[bytes],
        rejected: Sequence[bytes],
        summaries: Sequence[bytes],
        hosts: bytes,
    ) -> Iterator[Any]:
        """Once for the run."""
        known = HostSources.from_bytes(hosts)
        rules = self.settings.sources
        min_n = rules.min_n
        weights = self.settings.practice_weights if rules.practice_index else None
        edges = read_parts(self.work, _SUMS, sums, EDGE_SUMS)
        sources = source_table(tallies, known, rejected, rows_of(edges), min_n, weights)
        distinct = {row["source_id"]: row["n_distinct_articles"] for row in sources}
        summary = total([summary_from_json(one) for one in summaries])
        run_id = run_id_of(self.run_id, summary, self.taken_run_ids)
        later = {"ext_ratings": None, "rating_conflicts": None}
        rows = [row | {"run_id": run_id} | later for row in sources]
        yield TaggedOutput("sources", (0, to_bytes(table_of("sources", rows))))
        edges_table = table_of("copy_edges", edge_rows(rows_of(edges), distinct, min_n))
        yield TaggedOutput("copy_edges", (0, to_bytes(edges_table)))
