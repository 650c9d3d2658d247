"""Hosts become sources: paths are counted, evidence is added up, mirrors are folded into one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
import pyarrow as pa
from apache_beam.pvalue import AsList, PCollection, TaggedOutput

from pipelines.config.ratings_file import ratings_of
from pipelines.engine.stage import Stage
from pipelines.exchange.staged_parts import CLUSTERED_ROWS, read_part, read_parts
from pipelines.exchange.work_folder import Work
from pipelines.output.table_files import table_of
from pipelines.stages.outlets.evidence import evidence_of
from pipelines.stages.outlets.host_paths import counted_hosts
from pipelines.stages.outlets.host_sources import HostSources, find_mirrors, hosts_seen
from pipelines.stages.outlets.lookalikes import likenesses_of, shared_by_pair, shared_texts
from pipelines.storage.arrow import from_bytes, joined, to_bytes
from schemas.exchange import HOSTS_SEEN, PATHS, REJECTED_SEEN
from sources.lookalikes.lookalikes import lookalikes
from sources.mirrors.rules import MirrorRules
from sources.outlets.ratings import Ratings, conflict_rows, rating_rows
from sources.outlets.registry import Registry


class HostFacts(NamedTuple):
    """What a run sees of hosts."""

    paths: PCollection
    """Where PATHS are staged, by part of the host (int, bytes)."""
    rejected: PCollection
    """Rejected pages by host and day (bytes, REJECTED_SEEN)."""
    evidence: PCollection
    """What texts and pairs of them tell of other hosts (bytes, EVIDENCE)."""


class IdentifiedOutlets(NamedTuple):
    """Which outlet each host is, and why."""

    hosts: PCollection
    """The source of every host, in one element (bytes, from HostSources.to_bytes)."""
    names: PCollection
    """Names that resemble each other, in one element (bytes)."""
    mirror_groups: PCollection
    """The table of that name, in one element (0, bytes)."""
    mirror_evidence: PCollection
    """The table of that name, in one element (0, bytes)."""


@dataclass
class IdentifyOutlets(Stage):
    """Hosts become outlets: what is seen of each is added up, and mirrors are folded into one."""

    rules: MirrorRules
    registry: Registry
    work: Work

    def expand(self, facts: HostFacts) -> IdentifiedOutlets:
        """Identifies the outlets of all hosts."""
        counts = (
            facts.paths
            | "Group paths" >> beam.GroupByKey()
            | "Count paths" >> beam.ParDo(CountPaths(self.work))
        )
        mirrors = (
            facts.paths.pipeline
            | "Once" >> beam.Create([None])
            | "Find mirrors"
            >> beam.ParDo(
                FindMirrors(self.rules, self.registry),
                AsList(counts),
                AsList(facts.rejected),
                AsList(facts.evidence),
            ).with_outputs("mirror_groups", "mirror_evidence", "names", main="main")
        )
        return IdentifiedOutlets(
            mirrors.main, mirrors.names, mirrors.mirror_groups, mirrors.mirror_evidence
        )


@dataclass
class CountPaths(beam.DoFn):
    """How many different paths each host has, and its first and last day."""

    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All hosts of one part."""
        yield to_bytes(counted_hosts(read_parts(self.work, "paths", part[1], PATHS)))


@dataclass
class FindMirrors(beam.DoFn):
    """The source of every host; tagged: mirror_groups, mirror_evidence, resembling names."""

    rules: MirrorRules
    registry: Registry

    def process(
        self,
        _: object,
        counts: Sequence[bytes],
        rejected: Sequence[bytes],
        evidence: Sequence[bytes],
    ) -> Iterator[Any]:
        """Once for the run: there are as many rows as pairs of hosts with evidence."""
        hosts = hosts_seen([*counts, seen_in_rejected(rejected)])
        observed = evidence_of(evidence)
        facts, groups, sources, names = find_mirrors(observed, hosts, self.rules, self.registry)
        yield TaggedOutput("mirror_groups", (0, to_bytes(table_of("mirror_groups", groups))))
        yield TaggedOutput("mirror_evidence", (0, to_bytes(table_of("mirror_evidence", facts))))
        yield TaggedOutput("names", names)
        yield sources.to_bytes()


def seen_in_rejected(batches: Sequence[bytes]) -> bytes:
    """The hosts and days of rejected pages, which have no path that counts."""
    rows = joined(list(batches), REJECTED_SEEN)
    paths = pa.array([0] * rows.num_rows, pa.int64())
    days = rows.column("on")
    unknown = [pa.nulls(rows.num_rows, kind) for kind in (pa.date32(), pa.string())]
    columns = [rows.column("host"), paths, days, days, *unknown]
    return to_bytes(pa.table(columns, schema=HOSTS_SEEN))


@dataclass
class CountSharedTexts(beam.DoFn):
    """In how many clusters of some components each pair of resembling names shares a text."""

    work: Work

    def process(self, element: tuple[int, bytes, bytes], names: bytes) -> Iterator[bytes]:
        """The members and pairs of a part's components."""
        if likenesses := likenesses_of(names):
            members = read_part(self.work, CLUSTERED_ROWS, element[1].decode())
            yield to_bytes(shared_texts(members, likenesses))


@dataclass
class TellLookalikes(beam.DoFn):
    """The rows of sources with their look-alikes: one worker, for there are as many as outlets."""

    def process(
        self, part: tuple[int, bytes], names: bytes, shared: Sequence[bytes], hosts: bytes
    ) -> Iterator[tuple[int, bytes]]:
        """One part of sources."""
        known = HostSources.from_bytes(hosts)
        names_of = lookalikes(likenesses_of(names), shared_by_pair(shared), known.by_host)
        rows = [
            row | {"lookalike_of": names_of.get(row["source_id"], []) if row["hosts"] else None}
            for row in from_bytes(part[1]).to_pylist()
        ]
        yield part[0], to_bytes(table_of("sources", rows))


@dataclass
class TellRatings(beam.DoFn):
    """The rows of sources with ext_ratings and rating_conflicts; without ratings as they are."""

    ratings: bytes | None
    registry: Registry

    def process(self, part: tuple[int, bytes]) -> Iterator[tuple[int, bytes]]:
        """One part of sources."""
        if self.ratings is None:
            yield part
            return
        known = Ratings(ratings_of(self.ratings))
        rows = []
        for row in from_bytes(part[1]).to_pylist():
            is_registered = row["identity_basis"] == "registry"
            ratings = known.of(row["source_id"], is_registered, row["hosts"], self.registry)
            columns = {
                "ext_ratings": rating_rows(ratings),
                "rating_conflicts": conflict_rows(ratings),
            }
            rows.append(row | columns if row["hosts"] else row)
        yield part[0], to_bytes(table_of("sources", rows))
