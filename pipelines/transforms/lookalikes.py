"""Names that resemble each other: the texts they share are counted, and sources told of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import apache_beam as beam

from pipelines.batches import from_bytes, to_bytes
from pipelines.host_sources import HostSources
from pipelines.name_pairs import (
    likenesses_of,
    shared_by_pair,
    shared_texts,
)
from pipelines.staged_parts import read_part
from pipelines.staging import Work
from pipelines.table_files import table_of
from pipelines.transforms.match import CLUSTERED_ROWS
from sources.likenesses import lookalikes


@dataclass
class CountSharedTexts(beam.DoFn):
    """In how many clusters of some components each pair of resembling names shares a text."""

    work: Work

    def process(self, element: tuple[int, bytes, bytes], names: bytes) -> Iterator[bytes]:
        """The members and pairs of a part's components."""
        if found := likenesses_of(names):
            members = read_part(self.work, CLUSTERED_ROWS, element[1].decode())
            yield to_bytes(shared_texts(members, found))


@dataclass
class TellLookalikes(beam.DoFn):
    """The rows of sources with their look-alikes: one worker, for there are as many as outlets."""

    def process(
        self, part: tuple[int, bytes], names: bytes, shared: Sequence[bytes], hosts: bytes
    ) -> Iterator[tuple[int, bytes]]:
        """One part of sources."""
        known = HostSources.from_bytes(hosts)
        told = lookalikes(likenesses_of(names), shared_by_pair(shared), known.by_host)
        rows = [
            row | {"lookalike_of": told.get(row["source_id"], []) if row["hosts"] else None}
            for row in from_bytes(part[1]).to_pylist()
        ]
        yield part[0], to_bytes(table_of("sources", rows))
