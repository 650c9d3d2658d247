"""Addresses by host, as they cross to where each host's are counted, and what they come to."""

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.exchange.partitions import part_of
from schemas.exchange import HOSTS_SEEN, PATHS
from sources.outlets.outlets import common_name
from sources.outlets.usual_days import usual_since
from sources.text.keys import key_of

NO_PATH = pa.scalar(0, pa.uint64())


def paths(rows: pa.Table, on: pa.ChunkedArray, outlet: pa.ChunkedArray) -> pa.Table:
    """What is counted of each article that has a host (PATHS); the path of a front page is null.

    Args:
        rows: with the columns host and path_key.
        on: the day of each.
        outlet: the name that each gives its outlet.
    """
    path = rows["path_key"]
    path = pc.if_else(pc.equal(path, NO_PATH), pa.scalar(None, pa.uint64()), path)
    rows_of_paths = pa.table([rows["host"], path, on, outlet], schema=PATHS)
    return rows_of_paths.filter(pc.is_valid(rows_of_paths["host"]))


def host_parts(rows: pa.Table, partitions: int) -> NDArray[np.int64]:
    """The part of each row's host.

    Args:
        rows: any table with a column `host`, of which none is null.
        partitions: how many parts there are.
    """
    hosts = rows.column("host").combine_chunks().dictionary_encode()
    keys = np.array([key_of(host) for host in hosts.dictionary.to_pylist()], np.uint64)
    parts: NDArray[np.int64] = part_of(keys, partitions)[hosts.indices.to_numpy()]
    return parts


def day_looked_up(members: pa.Table) -> pa.ChunkedArray:
    """The day of each article by which its host is looked up: claimed, else fetched."""
    return pc.coalesce(members["claimed_at"], members["fetched_at"]).cast(pa.date32())


def counted_hosts(rows: pa.Table) -> pa.Table:
    """How many paths each host has, which days and which name (schema HOSTS_SEEN).

    Args:
        rows: schema PATHS, all of each host.
    """
    grouped = rows.group_by("host", use_threads=False)
    counted = grouped.aggregate([("path", "count_distinct"), ("on", "min"), ("on", "max")])
    usual, names_given = _usual_days(rows), _names(rows)
    hosts = counted.column("host").to_pylist()
    since = pa.array([usual.get(host) for host in hosts], pa.date32())
    outlets = pa.array([names_given.get(host) for host in hosts], pa.string())
    names = ["host", "path_count_distinct", "on_min", "on_max"]
    columns = [*counted.select(names).columns, since, outlets]
    return pa.table(columns, names=HOSTS_SEEN.names).cast(HOSTS_SEEN)


def _usual_days(rows: pa.Table) -> dict[str, date | None]:
    """For each host the day since when nearly all of its pages are, None where nothing is odd."""
    dated = rows.filter(pc.is_valid(rows["on"])).sort_by("on")
    days = dated.group_by("host", use_threads=False).aggregate([("on", "list")])
    pairs = zip(days["host"].to_pylist(), days["on_list"].to_pylist(), strict=True)
    return {host: usual_since(on) for host, on in pairs}


def _names(rows: pa.Table) -> dict[str, str | None]:
    """For each host the name that most of its pages give their outlet."""
    named = rows.filter(pc.is_valid(rows["outlet"]))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    grouped = named.group_by(["host", "outlet"], use_threads=False).aggregate([([], "count_all")])
    for row in grouped.to_pylist():
        counts[row["host"]][row["outlet"]] = row["count_all"]
    return {host: common_name(names) for host, names in counts.items()}
