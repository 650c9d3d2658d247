"""Shingles: the sets of k consecutive words by which texts are compared (Broder 1997)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import mix64
from dedupe.text.words import read_words
from schemas.ragged import Ragged, concatenate, starts_of_runs

BLOCK = 1 << 15
"""Shingles made or sorted at once: their keys (256 kB) stay within the processor's cache."""
_BASE = np.uint64(0xD6E8FEB86659FD93)


def shingle_hashes(texts: Sequence[str], size: int) -> Ragged:
    """For each text its distinct shingles of `size` words as ascending uint32 hashes.

    A text of fewer words has none. The same on every platform and in every process.

    >>> shingle_hashes(["The cat sat", "the CAT  sat down"], size=3).lengths().tolist()
    [1, 2]
    """
    words = read_words(texts).hashes
    parts = [placed_shingles(words.between(*bounds), size) for bounds in words.blocks(BLOCK)]
    return distinct(concatenate(parts or [placed_shingles(words, size)]))


def placed_shingles(words: Ragged, size: int) -> Ragged:
    """The shingle that starts at each word of each text but its last `size` - 1, as uint32."""
    count = max(0, len(words.values) - size + 1)
    sums = np.zeros(count, np.uint64)
    for place in range(size):
        sums *= _BASE
        sums += words.values[place : place + count]
    hashes = (mix64(sums) >> np.uint64(32)).astype(np.uint32)
    starts = shingle_starts(words, size)
    return Ragged(hashes[starts], np.searchsorted(starts, words.offsets))


def shingle_starts(words: Ragged, size: int) -> NDArray[np.int64]:
    """The places of the words at which the shingles start that placed_shingles gives."""
    is_start = np.ones(max(0, len(words.values) - size + 1), np.bool_)
    for back in range(1, size):
        # where a text is shorter, this is a word before it at which none starts either
        ends = words.offsets[1:] - back
        is_start[ends[(ends >= 0) & (ends < len(is_start))]] = False
    return np.flatnonzero(is_start)


def distinct(lists: Ragged) -> Ragged:
    """Each list of 32-bit values in ascending order without repeats."""
    parts = [_distinct_block(lists, *bounds) for bounds in lists.blocks(BLOCK)]
    return concatenate(parts or [lists])


def union_of_lists(left: Ragged, right: Ragged) -> Ragged:
    """Each list of 32-bit values, ascending without repeats, with those of the other; as many.

    Args:
        left: n lists, each ascending without repeats.
        right: n lists, in any order.
    """
    if not right.values.size:
        return left
    both = concatenate([left, right])
    places = np.stack([np.arange(len(left)), len(left) + np.arange(len(right))], axis=1).ravel()
    mixed = both.take(places)
    return distinct(Ragged(mixed.values, mixed.offsets[::2]))


def _distinct_block(lists: Ragged, first: int, last: int) -> Ragged:
    offsets = lists.offsets[first : last + 1]
    owners = np.repeat(np.arange(last - first, dtype=np.uint64), np.diff(offsets))
    keys = (owners << np.uint64(32)) | lists.values[offsets[0] : offsets[-1]]
    keys.sort()
    keys = keys[starts_of_runs(keys)]
    bounds = np.arange(last - first + 1, dtype=np.uint64) << np.uint64(32)
    return Ragged(keys.astype(np.uint32), np.searchsorted(keys, bounds).astype(np.int64))
