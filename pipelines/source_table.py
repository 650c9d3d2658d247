"""What all articles, edges and rejected pages of a run add up to, as the rows of sources."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.batches import from_bytes, joined, to_bytes
from pipelines.host_sources import HostSources
from schemas.exchange import REJECTED_SEEN
from sources.measures import Surroundings, source_rows
from sources.outlets import Source
from sources.partners import partners
from sources.tallies import Tally, added_up


def source_table(
    tallies: Iterable[tuple[bytes, bytes]],
    hosts: HostSources,
    rejected: Mapping[str, int],
    edges: Iterable[Mapping[str, Any]],
    min_n: int,
) -> list[dict[str, Any]]:
    """The rows of sources, sorted by source_id, without their run_id."""
    told = added_up([Tally(from_bytes(sums), from_bytes(values)) for sums, values in tallies])
    known = hosts.known()
    names = told.sums.column("source_id").to_pylist()
    identified = {name: known.get(name, Source(name, "input")) for name in names}
    return source_rows(told, Surroundings(identified, rejected, partners(edges)), min_n)


def tally_bytes(told: Tally) -> tuple[bytes, bytes]:
    """A tally as it crosses to the worker that measures sources."""
    return to_bytes(told.sums), to_bytes(told.values)


def rejected_by_source(batches: Sequence[bytes], hosts: HostSources) -> dict[str, int]:
    """Rejected pages by source; those without a host are nobody's."""
    table = joined(list(batches), REJECTED_SEEN)
    counts: Counter[str] = Counter()
    for host, day, n in zip(*(column.to_pylist() for column in table.columns), strict=True):
        if (source := hosts.of(host, None, day)) is not None:
            counts[source.source_id] += n
    return dict(counts)
