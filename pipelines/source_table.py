"""All facts, edges and rejected pages of a run as the rows of the table sources."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipelines.batches import joined
from pipelines.host_sources import HostSources
from schemas.exchange import REJECTED_SEEN
from sources.measures import source_rows, tally
from sources.outlets import Source


def source_table(
    facts: pa.Table,
    hosts: HostSources,
    rejected: Mapping[str, int],
    edges: Iterable[Mapping[str, Any]],
    min_n: int,
) -> list[dict[str, Any]]:
    """The rows of sources, sorted by source_id, without their run_id."""
    told = tally(facts)
    known = hosts.known()
    names = set(facts.column("source_id").unique().to_pylist())
    identified = {name: known.get(name, Source(name, "input")) for name in names}
    rows = source_rows(told, identified, rejected, partners(edges), min_n)
    named = {name: one.name for name, one in identified.items() if one.name}
    return [row | {"source_name": named.get(row["source_id"], row["source_name"])} for row in rows]


def partners(edges: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """With how many other sources each shares copies, whichever way; agencies are not counted."""
    found: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        ends = (edge["from_source"], edge["to_source"])
        if not ends[0].startswith("wire:"):
            found[ends[0]].add(ends[1])
            found[ends[1]].add(ends[0])
    return {source: len(others) for source, others in found.items()}


def rejected_by_source(batches: Sequence[bytes], hosts: HostSources) -> dict[str, int]:
    """Rejected pages by source; those without a host are nobody's."""
    table = joined(list(batches), REJECTED_SEEN)
    counts: Counter[str] = Counter()
    for host, day, n in zip(*(column.to_pylist() for column in table.columns), strict=True):
        if (source := hosts.of(host, None, day)) is not None:
            counts[source.source_id] += n
    return dict(counts)
