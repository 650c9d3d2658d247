"""Bit mixers: bijections that make structured integers look random, and their row-wise use.

Finalisers of MurmurHash3 (Appleby) and SplitMix64 (Steele, Lea, Flood 2014).
"""

import numpy as np
from numpy.typing import NDArray

from schemas.ragged import Ragged

BLOCK = 1 << 16
"""Shingles looked at together: their arrays (512 kB) stay near the processor."""


def mix32(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """MurmurHash3's 32-bit finaliser of each value, as datasketch applies before permuting."""
    mixed = values ^ (values >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def mix64(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser of each value; 0 does not stay 0.

    >>> mix64(np.array([0, 1], np.uint64)).tolist()
    [16294208416658607535, 10451216379200822465]
    """
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def sequence_hashes(words: Ragged) -> NDArray[np.uint64]:
    """One hash of each text's words in their order, shape (n,); 0 words have a hash too."""
    starts = np.repeat(words.offsets[:-1], words.lengths())
    places = mix64((np.arange(len(words.values)) - starts).astype(np.uint64))
    return _sums(mix64(words.values ^ places), words)


def set_hashes(shingles: Ragged) -> NDArray[np.uint64]:
    """One hash of each text's set of shingles, shape (n,)."""
    parts = (shingles.between(*bounds) for bounds in shingles.blocks(BLOCK))
    sums = [_sums(mix64(part.values.astype(np.uint64)), part) for part in parts]
    return np.concatenate([np.empty(0, np.uint64), *sums])


def _sums(values: NDArray[np.uint64], lists: Ragged) -> NDArray[np.uint64]:
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)])
    totals = sums[lists.offsets[1:]] - sums[lists.offsets[:-1]]
    return mix64(totals ^ mix64(lists.lengths().astype(np.uint64)))
