"""Banding: texts that agree on a slice of their signatures become candidate pairs.

Indyk and Motwani 1998; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3. Two
texts of Jaccard similarity s share a key with probability 1 - (1 - s**rows)**bands.
"""

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.bucket_pairs import linked_pairs
from dedupe.hashing import mix64


def band_keys(signatures: NDArray[np.uint32], bands: int = 32, rows: int = 4) -> NDArray[np.uint64]:
    """The key of each band of each text, shape (n, bands); equal bands have equal keys.

    Keys of different bands differ, so that all bands can share one key space.

    Raises:
        ValueError: the signatures have fewer than bands * rows values.
    """
    if bands * rows > signatures.shape[1]:
        raise ValueError(
            f"bands * rows must not exceed the signature's {signatures.shape[1]} values, "
            f"got {bands} * {rows}; write fewer bands or more permutations"
        )
    keys = np.broadcast_to(np.arange(bands, dtype=np.uint64), (len(signatures), bands)).copy()
    for row in range(rows):
        keys = mix64(keys + signatures[:, row : bands * rows : rows])
    return keys


def candidate_pairs(
    keys: NDArray[np.uint64], articles: NDArray[np.uint64], cap: int = 32
) -> NDArray[np.uint64]:
    """Distinct pairs of articles sharing a key, shape (p, 2), left < right, ascending.

    Args:
        keys: one partition of the key space, shape (m,); the order does not matter.
        articles: the article of each key, shape (m,).
        cap: a bucket of more articles is linked by its heads and neighbours, not by all pairs.
    """
    pairs, _ = linked_pairs(keys, articles, cap)
    return pairs
