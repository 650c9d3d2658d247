"""Lines and shingles of the history's sampled texts, kept so that few texts are read again.

Which texts an outlet's sample holds changes a little every day. Kept are those of the smallest
hashes, which stay in samples longest, as far as the room that a day has for them goes.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.exchange.work_folder import Work
from pipelines.history.derived_file import derived_content, derived_tables
from pipelines.stages.boilerplate.samples import sample_values
from pipelines.storage import filesystem
from pipelines.storage.arrow import column, list_array, ragged_column
from schemas.history import SAMPLED
from schemas.ragged import Ragged, concatenate, places_in

ROOM = 300
"""Bytes for each article of a day, be it sampled or not; a sampled one of 400 words takes 1.3 kB,
and the whole state is to stay under 1.5 kB an article."""
_SHINGLE_BYTES = 3.3  # as differences; shingles are hashes
_RENEWED_AT = 8
"""The file is written again when more than one in so many of what it is to hold are missing."""


def kept_values(
    work: Work, key: str, rows: NDArray[np.int64], hashes: NDArray[np.uint64], shingle_words: int
) -> dict[str, Ragged]:
    """The lines and shingles of some texts of a part of the history, as of sample_values.

    Args:
        work: the run's folders.
        key: of the part.
        rows: of its articles, those whose texts are asked for, ascending.
        hashes: of the texts of all its articles.
        shingle_words: of a shingle.
    """
    table = _read(work, key)
    known = column(table, "row")
    is_known = np.isin(rows, known)
    values = {name: ragged_column(table, name) for name in ("lines", "shingles")}
    missing = rows[~is_known]
    if missing.size:
        texts = work.staged(key, ["text"]).column("text").take(missing).to_pylist()
        read = sample_values(texts, shingle_words)
        values = {name: concatenate([lists, read[name]]) for name, lists in values.items()}
    of = np.concatenate([known, missing])
    order = np.argsort(of, kind="stable")
    places = order[places_in(of[order], rows)]
    sampled = {name: lists.take(places) for name, lists in values.items()}
    saved = _kept(sampled, hashes[rows], ROOM * len(hashes))
    if np.count_nonzero(~is_known[saved]) * _RENEWED_AT > len(saved):
        _write(work, key, rows[saved], {name: lists.take(saved) for name, lists in sampled.items()})
    return sampled


def _kept(
    values: dict[str, Ragged], hashes: NDArray[np.uint64], room_bytes: int
) -> NDArray[np.int64]:
    """Which of the texts there is room for, the smallest hashes first; ascending."""
    sizes = _SHINGLE_BYTES * values["shingles"].lengths() + 8 * values["lines"].lengths()
    order = np.argsort(hashes, kind="stable")
    return np.sort(order[np.cumsum(sizes[order]) <= room_bytes])


def _read(work: Work, key: str) -> pa.Table:
    split = work.history_splits[key]
    path = filesystem.join(work.history, split.samples_name)
    tables = derived_tables(path, f"samples {split.made_of}")
    return tables[0] if tables else SAMPLED.empty_table()


def _write(work: Work, key: str, rows: NDArray[np.int64], values: dict[str, Ragged]) -> None:
    split = work.history_splits[key]
    columns = [pa.array(rows.astype(np.int32)), *(list_array(lists) for lists in values.values())]
    table = pa.table(columns, schema=SAMPLED)
    content = derived_content(f"samples {split.made_of}", [table])
    filesystem.write_bytes(work.derived(split.samples_name), content)
