"""Verified components become rows of tables and edges between sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import apache_beam as beam
import numpy as np
import pyarrow as pa
from apache_beam.pvalue import AsList, AsSingleton, PCollection, TaggedOutput
from numpy.typing import NDArray

from dedupe.verification.relations import Thresholds
from pipelines.config.rules import time_rules
from pipelines.config.settings import Settings
from pipelines.engine.stage import Stage
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
from pipelines.stages.outlets.transforms import (
    CountSharedTexts,
    IdentifiedOutlets,
    TellLookalikes,
    TellRatings,
)
from pipelines.stages.tables.clusters import Described, describe, member_records, related
from pipelines.stages.tables.sources import source_table
from pipelines.stages.tables.window import of_window, reached
from pipelines.stages.tables.writers import (
    ASSIGNED,
    LIGHT,
    SendRejected,
    WriteArticles,
    WriteTable,
    WriteWhole,
    list_parts,
    part_count,
    sent_rows,
)
from pipelines.storage.arrow import rows_of, to_bytes
from schemas.exchange import EDGE_SUMS, EDGES
from schemas.tables import TABLES
from sources.measures.copy_edge_totals import edge_rows, edge_sums
from sources.outlets.registry import Registry
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


@dataclass(frozen=True, slots=True)
class Publication:
    """What all tables are written with."""

    settings: Settings
    work: Work
    folder: str
    """That the tables are written to."""
    since: date | None
    """First day of the run's window, if it has one."""
    run_id: str | None
    taken_run_ids: tuple[str, ...]


class StoryRows(NamedTuple):
    """What clusters say of articles and of outlets."""

    assignments: PCollection
    """Where ASSIGNMENTS are staged, by part of the table articles (int, bytes)."""
    edges: PCollection
    """Where EDGES are staged, by part of the pair of outlets (int, bytes)."""


@dataclass
class TabulateClusters(Stage):
    """Writes duplicate_pairs and the tables of clusters."""

    publication: Publication
    hosts: PCollection
    """The source of every host, in one element (bytes)."""
    n_articles: PCollection
    """Of the run (one int)."""

    def expand(self, clusters: PCollection) -> StoryRows:
        """Describes all clusters."""
        settings, work = self.publication.settings, self.publication.work
        describe_clusters = DescribeClusters(
            time_rules(settings.sources),
            settings.copies,
            settings.run.rows_per_file,
            work,
            self.publication.since,
        )
        described = clusters | "Describe clusters" >> beam.ParDo(
            describe_clusters, AsSingleton(self.hosts), AsSingleton(self.n_articles)
        ).with_outputs(*TAGS)
        for name in (name for name in KEY_OF if name in TABLES):
            _ = (
                described[name]
                | f"Group {name}" >> beam.GroupByKey()
                | f"Write {name}" >> beam.ParDo(WriteTable(name, self.publication.folder, work))
            )
        return StoryRows(described.assignments, described.edges)


@dataclass
class TabulateArticles(Stage):
    """Writes articles; gives what they add up to for their outlets (bytes, bytes)."""

    publication: Publication
    keys: PCollection
    """Of the splits (str)."""
    hosts: PCollection
    """The source of every host, in one element (bytes)."""
    n_articles: PCollection
    """Of the run (one int)."""

    def expand(self, assignments: PCollection) -> PCollection:
        """Writes all articles, those without an assignment too."""
        settings, work = self.publication.settings, self.publication.work
        parts = self.n_articles | "List parts" >> beam.FlatMap(
            list_parts, settings.run.rows_per_file
        )
        return (
            (assignments, parts)
            | "Parts" >> beam.Flatten()
            | "Group assignments" >> beam.GroupByKey()
            | "Write articles"
            >> beam.ParDo(
                WriteArticles(settings, work, self.publication.folder),
                AsSingleton(self.n_articles),
                AsList(self.keys),
                AsSingleton(self.hosts),
            )
        )


class OutletFacts(NamedTuple):
    """What a run knows of outlets."""

    tallies: PCollection
    """What articles add up to, of each part of them (bytes, bytes)."""
    edges: PCollection
    """Where EDGES are staged, by part of the pair of outlets (int, bytes)."""
    rejected: PCollection
    """Rejected pages by host and day (bytes, REJECTED_SEEN)."""
    summaries: PCollection
    """Of each split (bytes)."""
    clustered: PCollection
    """A part, and where members of clusters are staged, those verified earlier too."""


@dataclass
class TabulateSources(Stage):
    """Writes sources, copy_edges and the tables of mirrors."""

    publication: Publication
    outlets: IdentifiedOutlets
    ratings: bytes | None
    registry: Registry

    def expand(self, facts: OutletFacts) -> None:
        """Measures all outlets."""
        settings, work = self.publication.settings, self.publication.work
        hosts, names = AsSingleton(self.outlets.hosts), AsSingleton(self.outlets.names)
        sums = (
            facts.edges
            | "Group edges" >> beam.GroupByKey()
            | "Sum edges" >> beam.ParDo(SumEdges(work))
        )
        run_ids = self.publication.run_id, self.publication.taken_run_ids
        measured = (
            facts.tallies.pipeline
            | "Once" >> beam.Create([None])
            | "Measure sources"
            >> beam.ParDo(
                MeasureSources(settings, work, *run_ids),
                AsList(facts.tallies),
                AsList(sums),
                AsList(facts.rejected),
                AsList(facts.summaries),
                hosts,
            ).with_outputs("sources", "copy_edges")
        )
        shared = facts.clustered | "Count shared texts" >> beam.ParDo(CountSharedTexts(work), names)
        sources = (
            measured.sources
            | "Tell look-alikes" >> beam.ParDo(TellLookalikes(), names, AsList(shared), hosts)
            | "Tell ratings" >> beam.ParDo(TellRatings(self.ratings, self.registry))
        )
        tables = {
            "sources": sources,
            "copy_edges": measured.copy_edges,
            "mirror_groups": self.outlets.mirror_groups,
            "mirror_evidence": self.outlets.mirror_evidence,
        }
        for name, rows in tables.items():
            write = WriteWhole(name, self.publication.folder, work)
            _ = rows | f"Write {name}" >> beam.ParDo(write)


@dataclass
class TabulateRejected(Stage):
    """Writes rejected."""

    publication: Publication
    n_rejected: PCollection
    """Of the run (one int)."""

    def expand(self, keys: PCollection) -> None:
        """Writes the rejected inputs of all splits."""
        work, per_file = self.publication.work, self.publication.settings.run.rows_per_file
        _ = (
            keys
            | "Send rejected"
            >> beam.ParDo(SendRejected(work, per_file * LIGHT), AsSingleton(self.n_rejected))
            | "Group rejected" >> beam.GroupByKey()
            | "Write rejected" >> beam.ParDo(WriteTable("rejected", self.publication.folder, work))
        )


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
        described = describe(members, records, pairs, *rules, partial(staged_texts, self.work))
        if self.since is not None:
            described = of_window(described, members, records, self.since)
        key = str(element[0])
        for tag, column in KEY_OF.items():
            per_file = self.rows_per_file * (1 if tag == ASSIGNED else LIGHT)
            rows = getattr(described, tag)
            for sent in sent_rows(self.work, tag, key, rows, column, per_file, articles):
                yield TaggedOutput(tag, sent)
        into = part_count(articles, self.rows_per_file)
        parts = edge_parts(described.edges, into)
        for sent in staged_parts(self.work, _EDGES, key, described.edges, parts):
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
        summary = total([summary_from_json(content) for content in summaries])
        run_id = run_id_of(self.run_id, summary, self.taken_run_ids)
        later = {"ext_ratings": None, "rating_conflicts": None}
        rows = [row | {"run_id": run_id} | later for row in sources]
        yield TaggedOutput("sources", (0, to_bytes(table_of("sources", rows))))
        edges_table = table_of("copy_edges", edge_rows(rows_of(edges), distinct, min_n))
        yield TaggedOutput("copy_edges", (0, to_bytes(edges_table)))
