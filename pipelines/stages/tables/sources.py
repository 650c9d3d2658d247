"""What all articles, edges and rejected pages of a run add up to, as the rows of sources."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipelines.stages.outlets.host_sources import HostSources
from pipelines.storage.arrow import from_bytes, joined, to_bytes
from schemas.exchange import REJECTED_SEEN
from schemas.measures import COUNTED, SUMS, VALUES
from sources.measures.partners import partners
from sources.measures.practice_columns import with_practice
from sources.measures.practice_index import PracticeWeights
from sources.measures.source_measures import Surroundings, source_rows
from sources.measures.source_totals import Tally, added_up
from sources.outlets.outlets import Source


def source_table(
    tallies: Iterable[tuple[bytes, bytes]],
    hosts: HostSources,
    rejected: Sequence[bytes],
    sums: Iterable[Mapping[str, Any]],
    min_n: int,
    weights: PracticeWeights | None,
) -> list[dict[str, Any]]:
    """The rows of sources, sorted by source_id, without their run_id.

    `sums` are of edges (schema EDGE_SUMS). Without weights rows have no index of practice.
    """
    seen = joined(list(rejected), REJECTED_SEEN)
    articles = [Tally(from_bytes(sums), from_bytes(values)) for sums, values in tallies]
    tally = added_up([*articles, rejected_tally(seen, hosts)])
    known = hosts.known()
    names = tally.sums.column("source_id").to_pylist()
    identified = {name: known.get(name, Source(name, "input")) for name in names}
    around = Surroundings(identified, rejected_by_source(seen, hosts), partners(sums))
    agencies = {name for name, source in identified.items() if source.agency}
    return with_practice(source_rows(tally, around, min_n), agencies, weights)


def tally_bytes(tally: Tally) -> tuple[bytes, bytes]:
    """A tally as it crosses to the worker that measures sources."""
    return to_bytes(tally.sums), to_bytes(tally.values)


def rejected_by_source(rejected: pa.Table, hosts: HostSources) -> dict[str, int]:
    """Rejected pages (schema REJECTED_SEEN) by source."""
    counts: Counter[str] = Counter()
    for row, name in _with_source(rejected, hosts):
        counts[name] += row["pages"]
    return dict(counts)


def rejected_tally(rejected: pa.Table, hosts: HostSources) -> Tally:
    """What rejected pages add to a source: no article, but a host, and times of fetches.

    So an outlet of which nothing could be read has a row of its own.
    """
    pages = list(_with_source(rejected, hosts))
    nothing = dict.fromkeys(("n_articles", *COUNTED), 0)
    windows = ("window_start", "first_at"), ("window_end", "last_at")
    sums = [
        nothing | {"source_id": name} | {ours: row[theirs] for ours, theirs in windows}
        for row, name in pages
    ]
    values = [
        {"source_id": name, "name": "host", "value": row["host"], "n": 0} for row, name in pages
    ]
    return Tally(
        pa.Table.from_pylist(sums, schema=SUMS), pa.Table.from_pylist(values, schema=VALUES)
    )


def _with_source(rejected: pa.Table, hosts: HostSources) -> Iterator[tuple[Mapping[str, Any], str]]:
    for row in rejected.to_pylist():
        if (source := hosts.of(row["host"], None, row["on"])) is not None:
            yield row, source.source_id
