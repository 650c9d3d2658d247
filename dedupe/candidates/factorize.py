"""Articles as places among those that occur, so that arrays of them are small and dense."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def factorize(articles: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The distinct articles, ascending, and for each one given its place among them.

    As np.unique has them, by a hash table: of four million of 60,000 articles in a sixth of the
    time that sorting them all takes.

    >>> [one.tolist() for one in factorize(np.array([7, 3, 7], np.uint64))]
    [[3, 7], [1, 0, 1]]
    """
    encoded = pa.array(articles.ravel()).dictionary_encode()
    distinct_values = encoded.dictionary.to_numpy()
    order = np.argsort(distinct_values)
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return distinct_values[order], places[encoded.indices.to_numpy()]
