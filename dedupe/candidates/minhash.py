"""MinHash signatures (Broder 1997), value for value those of datasketch 2.0 (`affine32`).

Measured on one core, 400 shingles x 128 permutations: this loop over permutations, each a pass
over many texts, 68,000 texts/s; a loop over texts 20,000. Compiled by numba 170,000, which would
win a hundredth of a run (docs/design/matching.md): not a dependency.
"""

import functools

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import mix32
from schemas.ragged import Ragged

EMPTY = np.uint32(0xFFFFFFFF)
"""Every value of the signature of a text without shingles."""
BLOCK = 1 << 17
"""Shingles permuted at once: 512 kB and as much again for the result."""


def signatures(shingles: Ragged, permutations: int = 128, seed: int = 1) -> NDArray[np.uint32]:
    """The MinHash values of each text, shape (n, permutations).

    Args:
        shingles: of each of n texts, 32-bit hashes in any order; EMPTY stands for a text of none.
        permutations: how many values each signature has.
        seed: of the permutations; signatures of two seeds do not compare.

    >>> signatures(Ragged(np.array([7, 9], np.uint32), np.array([0, 2, 2])), 2).tolist()[1]
    [4294967295, 4294967295]
    """
    minima = np.full((len(shingles), permutations), EMPTY, np.uint32)
    filled = np.flatnonzero(shingles.lengths())
    starts = shingles.offsets[filled]  # lists without shingles take no room between the others
    cuts = np.searchsorted(starts, np.arange(BLOCK, len(shingles.values), BLOCK))
    for rows in np.split(np.arange(len(filled)), cuts):
        if rows.size:
            first, last = starts[rows[0]], shingles.offsets[filled[rows[-1]] + 1]
            values = mix32(shingles.values[first:last].astype(np.uint32, copy=False))
            minima[filled[rows]] = _minima(values, starts[rows] - first, permutations, seed)
    return minima


def _minima(
    values: NDArray[np.uint32], starts: NDArray[np.int64], permutations: int, seed: int
) -> NDArray[np.uint32]:
    factors, terms = _permutations(permutations, seed)
    permuted = np.empty_like(values)
    minima = np.empty((permutations, len(starts)), np.uint32)
    for number in range(permutations):
        np.multiply(values, factors[number], out=permuted)
        np.add(permuted, terms[number], out=permuted)
        np.minimum.reduceat(permuted, starts, out=minima[number])
    return minima.T


@functools.lru_cache(maxsize=4)
def _permutations(count: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """datasketch's own draw, in its order: odd factors, then terms."""
    random = np.random.RandomState(seed)
    factors = random.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, random.randint(0, 1 << 32, count, dtype=np.uint32)
