"""Links that say the same of the same two texts again: copies of a round-up hold its excerpts."""

import numpy as np
from numpy.typing import NDArray

from dedupe.relations import Relation, Verified
from dedupe.union_find import labels_of


def repeated_excerpts(found: Verified, ranks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The excerpt pairs, shape (p,), that another pair of the same two texts stands for.

    A round-up and its mirror are one text, and so are a story and its reprints: of all the pairs
    between the two, the one of the smallest ranks is told, whatever the order of the pairs.

    Args:
        found: the verified pairs of some whole components.
        ranks: of each text, say its time in microseconds; ties fall to the smaller text number.
    """
    is_same = np.isin(found.relations, [Relation.EXACT, Relation.MIRROR])
    labels = labels_of(found.pairs[is_same], len(ranks))
    rows = np.flatnonzero(found.relations == Relation.EXCERPT)
    order = np.lexsort((np.arange(len(ranks)), ranks))
    place = np.empty(len(ranks), np.int64)
    place[order] = np.arange(len(ranks))
    sides = _by_label(found.pairs[rows], labels)
    keys = labels[sides]
    ordered = np.lexsort((place[sides[:, 1]], place[sides[:, 0]], keys[:, 1], keys[:, 0]))
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = (keys[ordered][1:] != keys[ordered][:-1]).any(axis=1)
    repeated = np.zeros(len(found.pairs), np.bool_)
    repeated[rows[ordered[~is_first]]] = True
    return repeated


def _by_label(pairs: NDArray[np.int64], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each pair with the text of the smaller label first."""
    is_turned = labels[pairs[:, 0]] > labels[pairs[:, 1]]
    return np.where(is_turned[:, None], pairs[:, ::-1], pairs)
