"""Hosts become sources: paths are counted, evidence is added up, mirrors are folded into one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from pipelines.batches import joined, to_bytes
from pipelines.evidence import evidence_of
from pipelines.host_sources import find_mirrors, host_counts
from pipelines.table_files import table_of
from schemas.exchange import HOST_COUNTS, PATHS
from sources.mirrors import MirrorRules


class CountPaths(beam.DoFn):
    """How many different paths each host has."""

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """All hosts of one part."""
        rows = joined(list(part[1]), PATHS).group_by(["host", "path"], use_threads=False)
        counted = (
            rows.aggregate([]).group_by("host", use_threads=False).aggregate([("path", "count")])
        )
        yield to_bytes(counted.select(["host", "path_count"]).rename_columns(HOST_COUNTS.names))


@dataclass
class FindMirrors(beam.DoFn):
    """The source of every host; tagged: the rows of mirror_groups and mirror_evidence."""

    rules: MirrorRules

    def process(
        self, _: object, counts: Sequence[bytes], evidence: Sequence[bytes]
    ) -> Iterator[Any]:
        """Once for the run: there are as many rows as pairs of hosts with evidence."""
        paths = host_counts(counts)
        facts, groups, sources = find_mirrors(evidence_of(evidence), paths, self.rules)
        yield TaggedOutput("mirror_groups", (0, to_bytes(table_of("mirror_groups", groups))))
        yield TaggedOutput("mirror_evidence", (0, to_bytes(table_of("mirror_evidence", facts))))
        yield sources.to_bytes()
