"""Exact similarity of pairs: shared values, Jaccard, containment either way (Broder 1997)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import set_hashes
from schemas.ragged import Ragged

MANY_PAIRS = 3
"""From so many pairs a set on, mirrors and reprints are compared once: of 50,000 made texts 141,000
of 363,000 pairs. Finding them costs what two pairs a set do."""
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
BLOCK = 1 << 16
"""Values compared at once."""
LONG = 400
"""Values of both sets from which on a pair is compared by itself, in the processor's nearest cache:
8 us a pair of 400 shingles each, where blocks take 14; of 40 facts it would be 4 and 2."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """How many values the two sets of each pair hold, and share; all of shape (p,)."""

    shared: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> "Overlaps":
        """The pairs where `kept` (shape (p,)) holds, or at these places."""
        return Overlaps(self.shared[rows], self.left[rows], self.right[rows])

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
    return Overlaps(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def overlaps(sets: Ragged, pairs: NDArray[np.int64]) -> Overlaps:
    """The overlap of each pair of sets.

    Args:
        sets: each list ascending without repeats.
        pairs: indices of two lists each, shape (p, 2).
    """
    lengths = sets.lengths()
    left, right = lengths[pairs[:, 0]], lengths[pairs[:, 1]]
    if len(pairs) < MANY_PAIRS * len(sets):
        return Overlaps(_counted(sets, pairs), left, right)
    same = np.sort(first_equal(sets)[pairs], axis=1).astype(np.uint64)
    keys, place = np.unique(same[:, 0] << _HALF | same[:, 1], return_inverse=True)
    distinct = np.stack([keys >> _HALF, keys & _LOW], axis=1).astype(np.int64)
    return Overlaps(_counted(sets, distinct)[place], left, right)


def first_equal(sets: Ragged) -> NDArray[np.int64]:
    """For each set the first one that holds the same values, shape (n,).

    >>> first_equal(Ragged(np.array([7, 9, 7, 9, 7]), np.array([0, 2, 4, 5]))).tolist()
    [0, 0, 2]
    """
    _, first, place = np.unique(set_hashes(sets), return_index=True, return_inverse=True)
    firsts_of, lengths = np.arange(len(sets)), sets.lengths()
    firsts = first[place]
    doubtful = np.flatnonzero((firsts != firsts_of) & (lengths == lengths[firsts]))
    part, other = sets.take(doubtful), sets.take(firsts[doubtful])
    firsts_of[doubtful] = firsts[doubtful]
    # hashes only say where to look
    unlike = doubtful[np.unique(part.owners()[part.values != other.values])]
    firsts_of[unlike] = unlike
    return firsts_of


def _counted(sets: Ragged, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many values each pair shares."""
    sizes = sets.lengths()[pairs].sum(axis=1)
    is_long = sizes >= LONG
    counts = np.empty(len(pairs), np.int64)
    counts[is_long] = [_shared_by(sets[a], sets[b]) for a, b in pairs[is_long].tolist()]
    counts[~is_long] = _by_blocks(sets, pairs[~is_long], sizes[~is_long])
    return counts


def _shared_by(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> int:
    values = np.concatenate([left, right])
    values.sort(kind="stable")  # two ascending runs, which it merges
    return int(np.count_nonzero(values[1:] == values[:-1]))


def _by_blocks(
    sets: Ragged, pairs: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    cuts = np.flatnonzero(np.diff((np.cumsum(sizes) - sizes) // BLOCK)) + 1
    return np.concatenate([_shared(sets, block) for block in np.split(pairs, cuts)])


def _shared(sets: Ragged, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    keys = np.concatenate([_keys(sets.take(pairs[:, side])) for side in (0, 1)])
    # Two ascending runs, which a stable sort merges; an unstable one takes three times as long.
    keys.sort(kind="stable")
    twice = keys[1:][keys[1:] == keys[:-1]]
    return np.bincount((twice >> np.uint64(32)).astype(np.int64), minlength=len(pairs))


def _keys(lists: Ragged) -> NDArray[np.uint64]:
    keys: NDArray[np.uint64] = (lists.owners().astype(np.uint64) << np.uint64(32)) | lists.values
    return keys
