"""Addresses by host, as they cross to where each host's are counted."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.exchange.partitions import part_of
from schemas.exchange import PATHS
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
