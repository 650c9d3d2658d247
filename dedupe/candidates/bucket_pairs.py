"""Pairs of articles that stand under the same key, in time and room linear in large buckets."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.factorize import factorize
from schemas.ragged import starts_of_runs


def linked_pairs(
    keys: NDArray[np.generic], articles: NDArray[np.uint64], cap: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Distinct pairs (p, 2) under one key, and under how many keys each pair was found, (p,).

    A bucket of up to `cap` articles gives all its pairs. In a larger one each article is linked
    with the bucket's smallest article and with the one before it, which keeps it connected:
    2,000 copies give 4,000 pairs a bucket instead of two million.
    """
    keys, places, names = _sorted_buckets(keys, articles)
    starts = np.flatnonzero(starts_of_runs(keys))
    sizes = np.diff(np.append(starts, len(keys)))
    start, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
    place = np.arange(len(keys)) - start
    is_large = size > cap
    counts = np.where(is_large, np.minimum(place, 2), place)
    right = np.repeat(np.arange(len(keys)), counts)
    step = np.arange(len(right)) - np.repeat(np.cumsum(counts) - counts, counts)
    # Step 0 is the head; in a large bucket step 1 is the neighbour, else steps run through all.
    left = np.where(is_large[right] & (step == 1), right - 1, start[right] + step)
    # as places among the names, ascending as they are: one number a pair sorts ten times as fast
    packed = places[left].astype(np.uint64) << np.uint64(32) | places[right].astype(np.uint64)
    packed.sort()
    firsts = np.flatnonzero(starts_of_runs(packed))
    distinct_pairs = packed[firsts]
    pairs = np.stack(
        [names[distinct_pairs >> np.uint64(32)], names[distinct_pairs & np.uint64(0xFFFFFFFF)]],
        axis=1,
    )
    return pairs, np.diff(np.append(firsts, len(packed)))


def counted_pairs(
    pairs: NDArray[np.uint64], counts: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The distinct rows of `pairs` in ascending order, each with the sum of its counts (or 1s)."""
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    ordered = pairs[order]
    is_first = starts_of_runs(ordered[:, 0], ordered[:, 1])
    starts = np.flatnonzero(is_first)
    weights = np.ones(len(pairs), np.int64) if counts is None else counts[order]
    sums = np.add.reduceat(weights, starts) if starts.size else np.empty(0, np.int64)
    return ordered[starts], sums


def _sorted_buckets(
    keys: NDArray[np.generic], articles: NDArray[np.uint64]
) -> tuple[NDArray[np.generic], NDArray[np.int32], NDArray[np.uint64]]:
    """Keys and their articles ascending, less those that stand alone, and the articles' names."""
    shared = _may_be_shared(keys)
    names, places = factorize(articles[shared])
    keys = keys[shared]
    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    distinct = starts_of_runs(keys, places)
    return keys[distinct], places[distinct], names


def _may_be_shared(keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Which keys may stand there more than once; sorting the others would be most of the work.

    By the last bits of each, keys being hashes; with eight places a key some 12 % too many.
    """
    width = 1 << int(8 * len(keys)).bit_length()
    places = (keys & np.array(width - 1, keys.dtype)).astype(np.int64)
    is_met: NDArray[np.bool_] = np.bincount(places)[places] > 1
    return is_met
