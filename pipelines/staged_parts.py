"""Rows that cross an exchange by way of files: elements say only where each part's rows stand.

The embedded engine keeps what is exchanged in the driver's memory and copies it through gRPC; keys
and shingles were 3 kB a text, three times over. A split's file holds a batch for each part.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines import storage
from pipelines.batches import split_rows
from pipelines.staging import Work


def staged_parts(
    work: Work, name: str, key: str, rows: pa.Table, parts: NDArray[np.int64]
) -> Iterator[tuple[int, bytes]]:
    """Each part of the rows and where it is staged, for read_parts.

    Args:
        work: the run's folders.
        name: what the rows are; one file of each name for a split.
        key: of the split.
        rows: of the split.
        parts: the part of each row.
    """
    by_part = split_rows(rows, parts)
    storage.write_batches(work.exchanged(name, key), list(by_part.values()), rows.schema)
    for batch, part in enumerate(by_part):
        yield part, place_of(key, batch).encode()


def read_parts(work: Work, name: str, places: Iterable[bytes], schema: pa.Schema) -> pa.Table:
    """The rows at some places; no place gives no rows."""
    tables = [read_part(work, name, place.decode()) for place in sorted(places)]
    return pa.concat_tables([schema.empty_table(), *tables])


def place_of(key: str, batch: int) -> str:
    """What says where a batch of a split's file is."""
    return f"{key}:{batch}"


def read_part(work: Work, name: str, place: str) -> pa.Table:
    """The rows at one place."""
    key, _, batch = place.rpartition(":")
    return storage.read_batch(work.exchanged(name, key), int(batch))
