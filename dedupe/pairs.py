"""Pairs of articles that stand under the same key, in time and room linear in large buckets."""

import numpy as np
from numpy.typing import NDArray


def linked_pairs(
    keys: NDArray[np.generic], articles: NDArray[np.uint64], cap: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Distinct pairs (p, 2) under one key, and under how many keys each pair was found, (p,).

    A bucket of up to `cap` articles gives all its pairs. In a larger one each article is linked
    with the bucket's smallest article and with the one before it, which keeps it connected:
    2,000 copies give 4,000 pairs a bucket instead of two million.
    """
    keys, articles = _sorted_buckets(keys, articles)
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
    sizes = np.diff(np.append(starts, len(keys)))
    start, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
    place = np.arange(len(keys)) - start
    is_large = size > cap
    counts = np.where(is_large, np.minimum(place, 2), place)
    right = np.repeat(np.arange(len(keys)), counts)
    step = np.arange(len(right)) - np.repeat(np.cumsum(counts) - counts, counts)
    # Step 0 is the head; in a large bucket step 1 is the neighbour, else steps run through all.
    left = np.where(is_large[right] & (step == 1), right - 1, start[right] + step)
    return counted_pairs(np.stack([articles[left], articles[right]], axis=1))


def counted_pairs(
    pairs: NDArray[np.uint64], counts: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The distinct rows of `pairs` in ascending order, each with the sum of its counts (or 1s)."""
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    ordered = pairs[order]
    is_first = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])[: len(pairs)]
    starts = np.flatnonzero(is_first)
    weights = np.ones(len(pairs), np.int64) if counts is None else counts[order]
    sums = np.add.reduceat(weights, starts) if starts.size else np.empty(0, np.int64)
    return ordered[starts], sums


def _sorted_buckets(
    keys: NDArray[np.generic], articles: NDArray[np.uint64]
) -> tuple[NDArray[np.generic], NDArray[np.uint64]]:
    order = np.lexsort((articles, keys))
    keys, articles = keys[order], articles[order]
    is_new = (keys[1:] != keys[:-1]) | (articles[1:] != articles[:-1])
    distinct = np.concatenate([[True], is_new])[: len(keys)]
    return keys[distinct], articles[distinct]
