"""Staged articles give the samples of lines and shingles by which boilerplate is found."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.text.boilerplate import Boilerplate, OutletSample, largest_kept, merged, outlet_sample
from dedupe.text.shingles import shingle_hashes
from pipelines.exchange.article_keys import boilerplate_outlets, text_hashes
from pipelines.exchange.partitions import part_of
from pipelines.storage.arrow import column, joined, list_array, ragged_column, split_rows, to_bytes
from schemas.exchange import BOILERPLATE, LINE_SAMPLES, OUTLET_TEXTS, SHINGLE_SAMPLES
from schemas.ragged import Ragged, starts_of_runs
from sources.text.line_hashes import line_hashes

KNOWN = "known-texts"
"""The name under which known_texts of a split are staged."""
KNOWN_COLUMNS = ["host", "outlet", "text", "page_kind_source"]
"""What known_texts asks of staged articles."""
SCHEMAS = {"lines": LINE_SAMPLES, "shingles": SHINGLE_SAMPLES}


def known_texts(articles: pa.Table) -> pa.Table:
    """The outlet of each article, 0 where there is none, and a hash of its text as extracted."""
    columns = boilerplate_outlets(articles), text_hashes(articles.column("text"))
    return pa.table([pa.array(values) for values in columns], schema=OUTLET_TEXTS)


def hash_batches(
    outlets: NDArray[np.int64], hashes: NDArray[np.uint64], partitions: int
) -> dict[int, bytes]:
    """The hashes of texts with their outlets, by part of the outlet."""
    known = outlets != 0  # text of no known outlet has no boilerplate to find
    table = pa.table([pa.array(outlets[known]), pa.array(hashes[known])], schema=OUTLET_TEXTS)
    return _bytes_by_part(table, partitions)


def sampled_bounds(batches: list[bytes], texts: int) -> pa.Table:
    """The outlets of some batches of texts, each with the largest text hash of its sample."""
    table = joined(batches, OUTLET_TEXTS)
    bounds = largest_kept(column(table, "outlet"), column(table, "text"), texts)
    return pa.table([pa.array(values) for values in bounds], schema=OUTLET_TEXTS)


def sampled_rows(
    outlets: NDArray[np.int64], hashes: NDArray[np.uint64], bounds: pa.Table
) -> NDArray[np.int64]:
    """Which of these texts are in the sample of their outlet.

    Args:
        outlets: the outlet's key of each text; 0 is of no outlet and in no sample.
        hashes: of the texts, by which they are drawn.
        bounds: for each outlet (`outlet`) the largest hash in its sample (`text`).

    Returns places of texts, ascending.
    """
    order = np.argsort(column(bounds, "outlet"))
    if not order.size:
        return order
    ordered, largest = (column(bounds, name)[order] for name in ("outlet", "text"))
    places = np.searchsorted(ordered, outlets) % len(ordered)
    return np.flatnonzero((outlets != 0) & (hashes <= largest[places]))


def sample_values(texts: Sequence[str], shingle_words: int) -> dict[str, Ragged]:
    """The distinct lines and shingles of each text."""
    return {
        "lines": _distinct(line_hashes(texts)),
        "shingles": shingle_hashes(texts, shingle_words),
    }


def samples_of(
    outlets: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    values: Mapping[str, Ragged],
    sample_texts: int,
) -> dict[str, pa.Table]:
    """For lines and for shingles the samples of these texts (SCHEMAS).

    Args:
        outlets: the outlet's key of each text.
        hashes: of the texts, by which they are drawn: those with the smallest are the sample.
        values: by kind (`lines`, `shingles`) the distinct values of each text.
        sample_texts: how many texts of an outlet are kept.
    """
    return {
        kind: _table(outlet_sample(outlets, hashes, lists, sample_texts), kind)
        for kind, lists in values.items()
    }


def outlet_parts(table: pa.Table, partitions: int) -> NDArray[np.int64]:
    """The part of each row's outlet."""
    return part_of(column(table, "outlet").view(np.uint64), partitions)


def merged_samples(table: pa.Table, texts: int) -> OutletSample:
    """All samples of some outlets as one."""
    sample = OutletSample(
        column(table, "outlet"), column(table, "text"), ragged_column(table, "values")
    )
    return merged([sample], texts)


def boilerplate_table(boilerplate: Boilerplate) -> pa.Table:
    """Boilerplate as a batch."""
    values = boilerplate.values.astype(np.uint64)
    columns = [pa.array(array) for array in (boilerplate.outlets, values, boilerplate.carriers)]
    return pa.table(columns, schema=BOILERPLATE)


def boilerplate_of(batches: list[bytes], dtype: type[np.unsignedinteger]) -> Boilerplate:
    """All boilerplate found, ascending by outlet and value."""
    table = joined(batches, BOILERPLATE)
    outlets, values = column(table, "outlet"), column(table, "value").astype(dtype)
    order = np.lexsort((values, outlets))
    return Boilerplate(outlets[order], values[order], column(table, "carrier")[order])


def _distinct(lists: Ragged) -> Ragged:
    """Each list ascending without repeats."""
    owners = lists.owners()
    order = np.lexsort((lists.values, owners))
    values, owners = lists.values[order], owners[order]
    return Ragged(values, lists.offsets).keep(starts_of_runs(owners, values))


def _table(sample: OutletSample, kind: str) -> pa.Table:
    columns = [
        pa.array(sample.outlets),
        pa.array(sample.text_hashes),
        list_array(sample.values),
    ]
    return pa.table(columns, schema=SCHEMAS[kind])


def _bytes_by_part(table: pa.Table, partitions: int) -> dict[int, bytes]:
    """Rows by part of their outlet."""
    parts = outlet_parts(table, partitions)
    return {number: to_bytes(rows) for number, rows in split_rows(table, parts).items()}
