"""Candidate components: which articles are tied by any chain of candidate pairs.

Labels are hooked to the smallest neighbour and halved until they are still (Shiloach and Vishkin
1982), in array operations. Built for a combiner: edges are accumulated, `compacted` now and
then to one edge an article, concatenated to merge, and labelled once at the end.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
    articles, places = np.unique(edges, return_inverse=True)
    places = places.reshape(-1, 2)
    return Components(articles, articles[labels_of(places, len(articles))])


def compacted(edges: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """At most one edge an article, (label, article), that say the same as `edges`."""
    found = components(edges)
    is_member = found.articles != found.labels
    return np.stack([found.labels[is_member], found.articles[is_member]], axis=1)


def labels_of(edges: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """For nodes 0 to n - 1 the smallest node of each one's component."""
    labels = np.arange(n)
    left, right = edges[:, 0], edges[:, 1]
    while left.size:
        a, b = labels[left], labels[right]
        np.minimum.at(labels, np.maximum(a, b), np.minimum(a, b))
        labels = _flattened(labels)
        is_open = labels[left] != labels[right]
        left, right = left[is_open], right[is_open]
    return labels


def _flattened(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    while True:
        halved = labels[labels]
        if np.array_equal(halved, labels):
            return labels
        labels = halved
