"""Shingles: the sets of k consecutive words by which texts are compared (Broder 1997)."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedupe.mixing import mix64
from dedupe.words import read_words
from schemas.ragged import Ragged, concatenate

BLOCK = 1 << 15
"""Words shingled at once: sorting them (256 kB) stays within the processor's cache."""
_BASE = np.uint64(0xD6E8FEB86659FD93)


def shingle_hashes(texts: Sequence[str], size: int) -> Ragged:
    """For each text its distinct shingles of `size` words as ascending uint32 hashes.

    A text of fewer words has none. The same on every platform and in every process.

    >>> shingle_hashes(["The cat sat", "the CAT  sat down"], size=3).lengths().tolist()
    [1, 2]
    """
    return shingles_of_words(read_words(texts).hashes, size)


def shingles_of_words(words: Ragged, size: int) -> Ragged:
    """As shingle_hashes, from the word hashes that `read_words` gives."""
    bounds = np.arange(0, len(words.values) + BLOCK, BLOCK)
    cuts = np.unique(np.append(np.searchsorted(words.offsets, bounds, "left"), len(words)))
    cuts = np.minimum(cuts, len(words))
    parts = [_of_block(words, a, b, size) for a, b in itertools.pairwise(cuts.tolist())]
    return concatenate(parts or [_of_block(words, 0, 0, size)])


def _of_block(words: Ragged, first: int, last: int, size: int) -> Ragged:
    values = words.values[words.offsets[first] : words.offsets[last]]
    count = max(0, len(values) - size + 1)
    sums = np.zeros(count, np.uint64)
    for place in range(size):
        sums *= _BASE
        sums += values[place : place + count]
    lengths = np.diff(words.offsets[first : last + 1])
    owners = np.repeat(np.arange(last - first, dtype=np.uint64) << np.uint64(32), lengths)
    keys = (mix64(sums) >> np.uint64(32)) | owners[:count]
    return distinct_values(keys[owners[:count] == owners[size - 1 :]], last - first)


def distinct_values(keys: NDArray[np.uint64], n: int) -> Ragged:
    """n ascending lists from keys whose high half is the list, whose low half the value."""
    keys.sort()
    if keys.size:
        keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    bounds = np.arange(n + 1, dtype=np.uint64) << np.uint64(32)
    return Ragged(keys.astype(np.uint32), np.searchsorted(keys, bounds).astype(np.int64))
