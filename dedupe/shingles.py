"""Shingles: the sets of k consecutive words by which texts are compared (Broder 1997)."""

import itertools
from collections.abc import Sequence

import numpy as np

from dedupe.mixing import mix64
from dedupe.words import read_words
from schemas.ragged import Ragged, concatenate

BLOCK = 1 << 15
"""Shingles sorted at once: their keys (256 kB) stay within the processor's cache."""
_BASE = np.uint64(0xD6E8FEB86659FD93)


def shingle_hashes(texts: Sequence[str], size: int) -> Ragged:
    """For each text its distinct shingles of `size` words as ascending uint32 hashes.

    A text of fewer words has none. The same on every platform and in every process.

    >>> shingle_hashes(["The cat sat", "the CAT  sat down"], size=3).lengths().tolist()
    [1, 2]
    """
    return distinct(placed_shingles(read_words(texts).hashes, size))


def placed_shingles(words: Ragged, size: int) -> Ragged:
    """The shingle that starts at each word of each text but its last `size` - 1, as uint32."""
    count = max(0, len(words.values) - size + 1)
    sums = np.zeros(count, np.uint64)
    for place in range(size):
        sums *= _BASE
        sums += words.values[place : place + count]
    lengths = np.maximum(words.lengths() - (size - 1), 0)
    hashes = (mix64(sums) >> np.uint64(32)).astype(np.uint32)
    return Ragged(hashes, words.offsets).first(lengths)


def distinct(lists: Ragged) -> Ragged:
    """Each list of 32-bit values in ascending order without repeats."""
    bounds = np.arange(BLOCK, len(lists.values) + BLOCK, BLOCK)
    cuts = [0, *np.unique(np.searchsorted(lists.offsets, bounds).clip(max=len(lists))).tolist()]
    parts = [_distinct_block(lists, a, b) for a, b in itertools.pairwise(cuts)]
    return concatenate(parts or [lists])


def _distinct_block(lists: Ragged, first: int, last: int) -> Ragged:
    offsets = lists.offsets[first : last + 1]
    owners = np.repeat(np.arange(last - first, dtype=np.uint64), np.diff(offsets))
    keys = (owners << np.uint64(32)) | lists.values[offsets[0] : offsets[-1]]
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)]]
    bounds = np.arange(last - first + 1, dtype=np.uint64) << np.uint64(32)
    return Ragged(keys.astype(np.uint32), np.searchsorted(keys, bounds).astype(np.int64))
