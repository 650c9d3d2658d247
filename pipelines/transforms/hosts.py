"""Hosts become sources: paths are counted, evidence is added up, mirrors are folded into one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.pvalue import TaggedOutput

from pipelines.batches import joined, to_bytes
from pipelines.evidence import evidence_of
from pipelines.host_sources import find_mirrors, hosts_seen
from pipelines.staged_parts import read_parts
from pipelines.staging import Work
from pipelines.table_files import table_of
from schemas.exchange import HOSTS_SEEN, PATHS, REJECTED_SEEN
from sources.mirror_rules import MirrorRules
from sources.registry import Registry


@dataclass
class CountPaths(beam.DoFn):
    """How many different paths each host has, and its first and last day."""

    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All hosts of one part."""
        rows = read_parts(self.work, "paths", part[1], PATHS).group_by("host", use_threads=False)
        counted = rows.aggregate([("path", "count_distinct"), ("on", "min"), ("on", "max")])
        names = ["host", "path_count_distinct", "on_min", "on_max"]
        yield to_bytes(counted.select(names).rename_columns(HOSTS_SEEN.names))


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
    columns = [rows.column("host"), paths, rows.column("on"), rows.column("on")]
    return to_bytes(pa.table(columns, schema=HOSTS_SEEN))
