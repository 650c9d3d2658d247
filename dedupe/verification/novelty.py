"""What share of each text is new: stands in no earlier text of those it is tied to by copying.

"Earlier" is in the order of given times, and of texts closer in time than a gap neither is.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.union_find import component_labels
from schemas.measures import NEW
from schemas.ragged import Ragged, starts_of_runs

BLOCK = 1 << 16
"""Shingles looked at together, where a group has no more: some 40 bytes each. With a million of
them a text takes 30 us instead of 17, for the kernel maps every array anew."""
UNKNOWN = -1


def novel_ppm(
    shingles: Ragged, pairs: NDArray[np.int64], times: NDArray[np.int64], gap: int
) -> NDArray[np.int64]:
    """Millionths of each text's shingles that stand in no earlier text, shape (n,).

    NEW where a text is in no pair. UNKNOWN where it is and has no time, or no shingle. Integers, so
    that sums over texts do not depend on their order.

    Args:
        shingles: of each text, distinct.
        pairs: texts of which one holds a passage of the other, indices, shape (p, 2); a text is
            compared with all that any chain of pairs ties it to.
        times: of each text; below 0 where nobody knows.
        gap: a text is earlier than another by at least so much, in units of `times`.
    """
    groups = component_labels(pairs, len(shingles))
    novel = np.full(len(shingles), NEW)
    novel[np.unique(pairs)] = UNKNOWN
    sizes = shingles.lengths()
    dated = np.flatnonzero((novel == UNKNOWN) & (times >= 0) & (sizes > 0))
    order = dated[np.lexsort((times[dated], groups[dated]))]
    for texts_of_block in _blocks(order, groups, sizes):
        lists = shingles.take(texts_of_block)
        seen = _seen(lists, groups[texts_of_block], times[texts_of_block], gap)
        novel[texts_of_block] = (sizes[texts_of_block] - seen) * NEW // sizes[texts_of_block]
    return novel


def _blocks(
    order: NDArray[np.int64], groups: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[NDArray[np.int64]]:
    """The ordered texts in blocks of whole groups."""
    if not order.size:
        return
    starts = np.flatnonzero(starts_of_runs(groups[order]))
    before = np.cumsum(sizes[order])[starts] - sizes[order][starts]
    cuts = starts[1:][np.diff(before // BLOCK) > 0]
    yield from np.split(order, cuts)


def _seen(
    lists: Ragged, groups: NDArray[np.int64], times: NDArray[np.int64], gap: int
) -> NDArray[np.int64]:
    """How many shingles of each text an earlier one of its group has; texts by group and time."""
    owners = lists.owners()
    ranks = np.cumsum(np.diff(groups, prepend=groups[0]) != 0).astype(np.uint64)
    keys = ranks[owners] << np.uint64(32) | lists.values
    # ascending runs, one a text, that a stable sort merges; the first of equals is the earliest
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    is_first = starts_of_runs(ordered)
    own = times[owners[order]]
    earliest = own[is_first][np.cumsum(is_first) - 1]
    seen_counts = np.bincount(owners[order][own - earliest >= gap], minlength=len(lists))
    return seen_counts.astype(np.int64)
