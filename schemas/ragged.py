"""Lists of different lengths as two flat arrays, the form in which shingles move."""

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """`n` lists in one array: list i is `values[offsets[i]:offsets[i + 1]]`."""

    values: NDArray[Any]
    offsets: NDArray[np.int64]
    """n + 1 ascending positions, the first 0, the last len(values)."""

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> NDArray[Any]:
        return self.values[self.offsets[index] : self.offsets[index + 1]]

    def lengths(self) -> NDArray[np.int64]:
        """The length of each list, shape (n,)."""
        return np.diff(self.offsets)

    def owners(self) -> NDArray[np.int64]:
        """The list each value belongs to, shape (len(values),)."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.lengths())

    def take(self, indices: NDArray[np.int64]) -> "Ragged":
        """The lists at `indices`, in that order.

        >>> pair = Ragged(np.array([1, 2, 3]), np.array([0, 2, 3]))
        >>> pair.take(np.array([1, 0])).values.tolist()
        [3, 1, 2]
        """
        return Ragged(self.values[self.places(indices)], _offsets(self.lengths()[indices]))

    def places(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where in `values` the values of the lists at `indices` stand, in that order."""
        lengths = self.lengths()[indices]
        offsets = _offsets(lengths)
        starts = np.repeat(self.offsets[:-1][indices] - offsets[:-1], lengths)
        places: NDArray[np.int64] = starts + np.arange(offsets[-1])
        return places

    def between(self, first: int, last: int) -> "Ragged":
        """The lists [first, last), their values where they stand."""
        offsets = self.offsets[first : last + 1]
        return Ragged(self.values[offsets[0] : offsets[-1]], offsets - offsets[0])

    def blocks(self, size: int) -> list[tuple[int, int]]:
        """Bounds [first, last) of consecutive lists, each time some `size` values, and all lists.

        >>> Ragged(np.arange(5), np.array([0, 2, 4, 5])).blocks(4)
        [(0, 2), (2, 3)]
        """
        bounds = np.arange(size, len(self.values) + size, size)
        cuts = np.searchsorted(self.offsets, bounds).clip(max=len(self)).tolist()
        return list(itertools.pairwise(sorted({0, *cuts, len(self)})))

    def keep(self, mask: NDArray[np.bool_]) -> "Ragged":
        """The same n lists with only the values where `mask` (shape of values) holds."""
        places = np.flatnonzero(mask)
        return Ragged(self.values[places], np.searchsorted(places, self.offsets))


def starts_of_runs(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Returns for each row whether it begins a run: differs in any column from the row before.

    Args:
        columns: at least one, of one length; equal rows stand beside each other where runs are to
            be groups.

    >>> starts_of_runs(np.array([3, 3, 7]), np.array([1, 2, 2])).tolist()
    [True, True, True]
    """
    is_start = np.zeros(len(columns[0]), np.bool_)
    is_start[:1] = True
    for column in columns:
        is_start[1:] |= column[1:] != column[:-1]
    return is_start


def places_in(ascending: NDArray[Any], values: NDArray[Any]) -> NDArray[np.int64]:
    """Returns the first place of each value in an ascending array, of the shape of the values.

    For a value that the array lacks it is the place of another: where that can be, compare
    `ascending[places]` with the values. In an empty array all are -1.

    >>> places_in(np.array([2, 5, 5, 9]), np.array([9, 5, 7, 11])).tolist()
    [3, 1, 3, 3]
    """
    places: NDArray[np.int64] = np.searchsorted(ascending, values)
    return np.minimum(places, len(ascending) - 1)


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def ragged(lists: list[NDArray[Any]], dtype: Any) -> Ragged:
    """The lists as one Ragged; an empty list of lists has length 0."""
    lengths = np.array([len(values) for values in lists], dtype=np.int64)
    values = np.concatenate(lists).astype(dtype, copy=False) if lists else np.empty(0, dtype)
    return Ragged(values, _offsets(lengths))


def concatenate(parts: list[Ragged]) -> Ragged:
    """All lists of all parts, in order; `parts` is not empty."""
    lengths = np.concatenate([part.lengths() for part in parts])
    return Ragged(np.concatenate([part.values for part in parts]), _offsets(lengths))
