"""Candidate components: which articles are tied by any chain of candidate pairs.

Labels are hooked to the smallest neighbour and halved until they are still (Shiloach and Vishkin
1982), in array operations. Edges that come batch by batch are `compacted` now and then to one edge
an article, and labelled once at the end.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.factorize import factorize

Places = TypeVar("Places", np.int32, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The component of every article that has an edge."""

    articles: NDArray[np.uint64]
    """Ascending, shape (n,)."""
    labels: NDArray[np.uint64]
    """The smallest article of each article's component, shape (n,)."""


def components(edges: NDArray[np.uint64]) -> Components:
    """The components of a graph given by its edges, shape (e, 2), in any order and direction.

    >>> components(np.array([[5, 3], [9, 7], [3, 4]], np.uint64)).labels.tolist()
    [3, 3, 3, 7, 7]
    """
    articles, places = factorize(edges)
    return Components(articles, articles[component_labels(places.reshape(-1, 2), len(articles))])


def compacted(edges: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """At most one edge an article, (label, article), that say the same as `edges`."""
    joined = components(edges)
    is_member = joined.articles != joined.labels
    return np.stack([joined.labels[is_member], joined.articles[is_member]], axis=1)


class IncrementalUnionFind:
    """Edges that come batch by batch, held as few that say the same."""

    def __init__(self, compact_at: int = 2_000_000) -> None:
        self._batches: list[NDArray[np.uint64]] = [np.empty((0, 2), np.uint64)]
        self._held, self._least, self._until = 0, compact_at, compact_at

    def add(self, edges: NDArray[np.uint64]) -> bool:
        """Takes a batch (e, 2); whether all were compacted for it.

        That is when they have doubled: of 50 million random pairs ten million edges are left, which
        each batch would join again.
        """
        self._batches.append(edges)
        self._held += len(edges)
        if self._held < self._until:
            return False
        edges = np.concatenate(self._batches)
        self._batches.clear()  # or all would be there twice
        self._batches.append(compacted(edges))
        self._held = len(self._batches[0])
        self._until = max(self._least, 2 * self._held)
        return True

    def components(self) -> Components:
        """The components of all edges."""
        edges = np.concatenate(self._batches)
        self._batches[:] = [edges]  # or all would be there twice
        return components(edges)


def component_labels(edges: NDArray[Places], n: int) -> NDArray[Places]:
    """For nodes 0 to n - 1 the smallest node of each one's component."""
    labels = np.arange(n, dtype=edges.dtype)
    left, right = edges[:, 0], edges[:, 1]
    while left.size:
        a, b = labels[left], labels[right]
        np.minimum.at(labels, np.maximum(a, b), np.minimum(a, b))
        labels = _flattened(labels)
        is_open = labels[left] != labels[right]
        left, right = left[is_open], right[is_open]
    return labels


def _flattened(labels: NDArray[Places]) -> NDArray[Places]:
    while True:
        halved = labels[labels]
        if np.array_equal(halved, labels):
            return labels
        labels = halved
