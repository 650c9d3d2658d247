"""Addresses by host, as they cross to where each host's are counted, and what they come to."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.exchange.partitions import part_of
from schemas.exchange import HOSTS_SEEN, PATHS
from sources.outlets.usual_days import usual_since
from sources.text.keys import key_of

NO_PATH = pa.scalar(0, pa.uint64())


def paths(rows: pa.Table, on: pa.ChunkedArray) -> pa.Table:
    """Host, path and day of each article that has a host; the path of a front page is null.

    Args:
        rows: with the columns host and path_key.
        on: the day of each.
    """
    path = rows["path_key"]
    path = pc.if_else(pc.equal(path, NO_PATH), pa.scalar(None, pa.uint64()), path)
    found = pa.table([rows["host"], path, on], schema=PATHS)
    return found.filter(pc.is_valid(found["host"]))


def host_parts(rows: pa.Table, partitions: int) -> NDArray[np.int64]:
    """The part of each row's host."""
    hosts = rows.column("host").combine_chunks().dictionary_encode()
    keys = np.array([key_of(host) for host in hosts.dictionary.to_pylist()], np.uint64)
    parts: NDArray[np.int64] = part_of(keys, partitions)[hosts.indices.to_numpy()]
    return parts


def day_looked_up(members: pa.Table) -> pa.ChunkedArray:
    """The day of each article by which its host is looked up: claimed, else fetched."""
    return pc.coalesce(members["claimed_at"], members["fetched_at"]).cast(pa.date32())


def counted_hosts(rows: pa.Table) -> pa.Table:
    """How many paths each host has, and which days (schema HOSTS_SEEN).

    Args:
        rows: schema PATHS, all of each host.
    """
    grouped = rows.group_by("host", use_threads=False)
    counted = grouped.aggregate([("path", "count_distinct"), ("on", "min"), ("on", "max")])
    usual = _usual_days(rows)
    since = [usual.get(host) for host in counted.column("host").to_pylist()]
    names = ["host", "path_count_distinct", "on_min", "on_max"]
    columns = [*counted.select(names).columns, pa.array(since, pa.date32())]
    return pa.table(columns, names=HOSTS_SEEN.names).cast(HOSTS_SEEN)


def _usual_days(rows: pa.Table) -> dict[str, date | None]:
    """For each host the day since when nearly all of its pages are, None where nothing is odd."""
    dated = rows.filter(pc.is_valid(rows["on"])).sort_by("on")
    days = dated.group_by("host", use_threads=False).aggregate([("on", "list")])
    pairs = zip(days["host"].to_pylist(), days["on_list"].to_pylist(), strict=True)
    return {host: usual_since(on) for host, on in pairs}
