"""Exact similarity of pairs: shared values, Jaccard, containment either way (Broder 1997)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.ragged import Ragged

BLOCK = 1 << 16
"""Values compared at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """How many values the two sets of each pair hold, and share; all of shape (p,)."""

    shared: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]

    def take(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> "Overlaps":
        """The pairs where `kept` (shape (p,)) holds, or at these places."""
        return Overlaps(self.shared[kept], self.left[kept], self.right[kept])

    def jaccard(self) -> NDArray[np.float64]:
        """Shared out of all values of both; 0 for two empty sets."""
        union = np.maximum(self.left + self.right - self.shared, 1)
        shares: NDArray[np.float64] = self.shared / union
        return shares

    def containment_left(self) -> NDArray[np.float64]:
        """The share of the left set that the right one holds."""
        return self.shared / np.maximum(self.left, 1)

    def containment_right(self) -> NDArray[np.float64]:
        """The share of the right set that the left one holds."""
        return self.shared / np.maximum(self.right, 1)

    def containment(self) -> NDArray[np.float64]:
        """The share of the smaller set that the larger one holds."""
        return self.shared / np.maximum(np.minimum(self.left, self.right), 1)

    def size_ratio(self) -> NDArray[np.float64]:
        """The smaller size out of the larger."""
        return np.minimum(self.left, self.right) / np.maximum(np.maximum(self.left, self.right), 1)


def concatenated_overlaps(parts: Sequence[Overlaps]) -> Overlaps:
    """The pairs of all parts (at least one), in order."""
    names = ("shared", "left", "right")
    return Overlaps(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))


def overlaps(sets: Ragged, pairs: NDArray[np.int64]) -> Overlaps:
    """The overlap of each pair of sets.

    Args:
        sets: each list ascending without repeats.
        pairs: indices of two lists each, shape (p, 2).
    """
    lengths = sets.lengths()
    left, right = lengths[pairs[:, 0]], lengths[pairs[:, 1]]
    before = np.cumsum(left + right) - (left + right)
    cuts = np.flatnonzero(np.diff(before // BLOCK)) + 1
    blocks = np.split(pairs, cuts)
    shared = np.concatenate([_shared(sets, block) for block in blocks])
    return Overlaps(shared, left, right)


def _shared(sets: Ragged, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    keys = np.concatenate([_keys(sets.take(pairs[:, side])) for side in (0, 1)])
    # Two ascending runs, which a stable sort merges: 11 us a pair of 400 shingles; searching the
    # one in the other takes 16 us, an unstable sort 35 us.
    keys.sort(kind="stable")
    twice = keys[1:][keys[1:] == keys[:-1]]
    return np.bincount((twice >> np.uint64(32)).astype(np.int64), minlength=len(pairs))


def _keys(lists: Ragged) -> NDArray[np.uint64]:
    keys: NDArray[np.uint64] = (lists.owners().astype(np.uint64) << np.uint64(32)) | lists.values
    return keys
