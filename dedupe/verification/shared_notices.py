"""Notices: what stands on the pages of many outlets beside stories of their own is nobody's story.

Consent texts, notices of agencies and funds, offers: pairs of such pages share all of the notice
and nothing else, and much of either is its own. Where a story is carried by many, some carry it
whole, or cut and edit it, so that what one lacks others have. An outlet's own notices are taken out
before texts are compared (dedupe.text.boilerplate); of one page an outlet only the others can tell.
"""

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.union_find import component_labels
from dedupe.verification.similarity import Overlaps
from schemas.ragged import Ragged, places_in, starts_of_runs

MANY_OUTLETS = 4
"""Outlets on whose pages a passage stands that may be a notice."""
SHOWING_OUTLETS, SAME_PAGE = 3, 0.9
"""Outlets that show the same page, by Jaccard similarity, where no page says when it was published
or by whom: a number of the request stands on each."""
OWN = 0.25
"""Share of either text that is its own."""
SMALL = 0.05
"""Share of a notice that may be missing on a page."""
WHOLE = 0.75
"""Share of a text from which on what it has in common with others is the text itself."""


def share_a_notice(
    shingles: Ragged,
    outlets: NDArray[np.int64],
    pairs: NDArray[np.int64],
    both: Overlaps,
    is_related: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Returns which related pairs share a notice and nothing else, shape (p,).

    Args:
        shingles: of each text.
        outlets: a number for the outlet of each text.
        pairs: indices of two texts each, shape (p, 2): all of a component.
        both: the shingles that each pair shares.
        is_related: pairs that share enough to be copies or excerpts.
    """
    left, right = both.containment_left(), both.containment_right()
    labels = component_labels(pairs[is_related], len(shingles))
    in_many = is_related & _is_crowded(labels, outlets, MANY_OUTLETS)[labels[pairs[:, 0]]]
    is_apart = outlets[pairs[:, 0]] != outlets[pairs[:, 1]]
    is_open = in_many & is_apart & (np.maximum(left, right) <= 1 - OWN)
    is_notice = np.zeros(len(pairs), np.bool_)
    if not is_open.any():
        return is_notice
    texts = np.flatnonzero(np.isin(labels, labels[pairs[is_open, 0]]))
    counts = _outlets_of_each(shingles.take(texts), labels[texts], outlets[texts])
    places = places_in(texts, pairs)
    has_whole = np.zeros(len(shingles), np.bool_)
    is_asked = in_many & (np.minimum(left, right) <= 1 - OWN) & (np.maximum(left, right) >= WHOLE)
    is_asked &= np.isin(pairs, pairs[is_open]).any(axis=1)

    def share_nothing_else(row: int) -> bool:
        (a, b), (in_a, in_b) = pairs[row].tolist(), places[row].tolist()
        return _share_a_frame_alone(shingles[a], counts[in_a], shingles[b], counts[in_b])

    for row in np.flatnonzero(is_asked & ~is_open).tolist():
        if share_nothing_else(row):
            has_whole[pairs[row, int(left[row] > right[row])]] = True
    for row in np.flatnonzero(is_open & ~has_whole[pairs].any(axis=1)).tolist():
        is_notice[row] = share_nothing_else(row)
    return is_notice


def are_nobodys_pages(
    outlets: NDArray[np.int64],
    pairs: NDArray[np.int64],
    both: Overlaps,
    is_related: NDArray[np.bool_],
    is_bare: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Returns which related pairs are one page that several outlets show in place of a story.

    Walls against robots, consent pages, pages that are not there: word for word the same at several
    outlets, and none of these pages says of itself when it was published or by whom. Of a story
    that is carried word for word some page does.

    Args:
        outlets: a number for the outlet of each text.
        pairs: indices of two texts each, shape (p, 2): all of a component.
        both: the shingles that each pair shares.
        is_related: pairs that share enough to be copies or excerpts.
        is_bare: for each text whether its page says neither.
    """
    is_same = is_related & (both.jaccard() >= SAME_PAGE)
    labels = component_labels(pairs[is_same], len(outlets))
    is_group = _is_crowded(labels, outlets, SHOWING_OUTLETS)
    is_group[labels[~is_bare]] = False
    is_nobodys: NDArray[np.bool_] = is_same & is_group[labels[pairs[:, 0]]]
    return is_nobodys


def _is_crowded(
    labels: NDArray[np.int64], outlets: NDArray[np.int64], least: int
) -> NDArray[np.bool_]:
    """For each label whether texts of so many outlets have it."""
    order = np.lexsort((outlets, labels))
    is_new = starts_of_runs(labels[order], outlets[order])
    counts = np.bincount(labels[order][is_new], minlength=len(labels))
    is_crowded: NDArray[np.bool_] = counts >= least
    return is_crowded


def _outlets_of_each(
    shingles: Ragged, labels: NDArray[np.int64], outlets: NDArray[np.int64]
) -> Ragged:
    """For each shingle of each text on how many outlets' pages of one label it stands."""
    owners = shingles.owners()
    keys = labels[owners].astype(np.uint64) << np.uint64(32) | shingles.values
    order = np.lexsort((outlets[owners], keys))
    keys, outlets_of = keys[order], outlets[owners][order]
    is_key, is_outlet = starts_of_runs(keys), starts_of_runs(keys, outlets_of)
    key_of = np.cumsum(is_key) - 1
    counts = np.empty(len(keys), np.int64)
    counts[order] = np.bincount(key_of, is_outlet)[key_of].astype(np.int64)
    return Ragged(counts, shingles.offsets)


def _share_a_frame_alone(
    left: NDArray[np.uint32],
    left_counts: NDArray[np.int64],
    right: NDArray[np.uint32],
    right_counts: NDArray[np.int64],
) -> bool:
    """Whether two texts share what many outlets have, all of it, and nothing else."""
    # both ascend: looked up and partitioned, a third of the time of intersect1d and median
    common = left_counts[right[places_in(right, left)] == left] if len(right) else left_counts[:0]
    usual = _median(common) if len(common) else 0.0
    if usual < MANY_OUTLETS:
        return False
    shared, in_left, in_right = (
        int(np.count_nonzero(counts >= usual / 2)) for counts in (common, left_counts, right_counts)
    )
    bound = SMALL * len(common)
    return len(common) - shared <= bound and in_left + in_right - 2 * shared <= 2 * bound


def _median(values: NDArray[np.int64]) -> float:
    middle = len(values) // 2
    if len(values) % 2:
        return float(np.partition(values, middle)[middle])
    return float(np.partition(values, [middle - 1, middle])[middle - 1 : middle + 1].sum()) / 2
