"""Rows that cross an exchange by way of files: elements say only where each part's rows stand.

The embedded engine keeps whatever was exchanged in the driver's memory until the run ends, and
copies it through gRPC. A file of a split, or of a part, holds a batch for each part it goes to.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.exchange.work_folder import Work
from pipelines.storage import staged_tables
from pipelines.storage.arrow import split_rows

CLUSTERED_ROWS, VERIFIED_ROWS = "clustered", "verified"
"""Names of what is staged of verified components."""


def staged_parts(
    work: Work, name: str, key: str, rows: pa.Table, parts: NDArray[np.int64]
) -> Iterator[tuple[int, bytes]]:
    """Each part of the rows and where it is staged, for read_parts.

    Args:
        work: the run's folders.
        name: what the rows are; one file of each name for a split.
        key: of the split, or whatever else the rows were made of.
        rows: of the split.
        parts: the part of each row.
    """
    by_part = split_rows(rows, parts)
    staged_tables.write_batches(work.exchanged(name, key), list(by_part.values()), rows.schema)
    for batch, part in enumerate(by_part):
        yield part, place_of(key, batch).encode()


def staged_whole(work: Work, name: str, key: str, rows: pa.Table) -> bytes:
    """Where all of the rows are staged, for read_part and read_parts."""
    staged_tables.write_batches(work.exchanged(name, key), [rows], rows.schema)
    return place_of(key, 0).encode()


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
    return staged_tables.read_batch(work.exchanged(name, key), int(batch))
