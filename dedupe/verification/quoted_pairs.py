"""Pairs of texts that share only what both quote: a speech, a statement, an interview.

They tell of one event, and neither need know of the other. A copy that quotes shares text outside
of its quotations too: what decides is how much of the shared text, and of the rest, that is. A
passage counts as quoted if either text sets it in marks: pages lose them, or set it off otherwise.
"""

import numpy as np
from numpy.typing import NDArray

from dedupe.text.features import TextFeatures
from dedupe.verification.similarity import Overlaps, overlaps
from schemas.ragged import concatenate

NARRATED = 1 / 3
"""Copies share text of their own in this proportion to all they share, or to all that the one with
less of it has. Of seven pairs read one by one, quotations have at most .22 and .28 (in a text that
lost half of its marks), copies at least .66 and .37."""


def only_quoted(
    both: Overlaps, texts: TextFeatures, pairs: NDArray[np.int64], is_related: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Returns which related pairs share nothing of note outside of quotations, shape (p,).

    Args:
        both: the shingles that each pair shares.
        texts: the texts of the pairs.
        pairs: indices of two texts each, shape (p, 2).
        is_related: pairs that share enough to be copies or excerpts.
    """
    quoted = texts.quoted.lengths()[pairs].sum(axis=1)
    is_open = is_related & (both.shared - quoted < NARRATED * both.shared) & (both.jaccard() < 1)
    rows = np.flatnonzero(is_open)
    narrated = outside_of_quotations(both.take(rows), texts, pairs[rows])
    is_quoted = np.zeros(len(pairs), np.bool_)
    is_quoted[rows] = (narrated.shared < NARRATED * both.shared[rows]) & (
        narrated.containment() < NARRATED
    )
    return is_quoted


def outside_of_quotations(
    both: Overlaps, texts: TextFeatures, pairs: NDArray[np.int64]
) -> Overlaps:
    """Returns the overlaps of what neither text of a pair sets in quotation marks."""
    lists, n = concatenate([texts.shingles, texts.quoted]), len(texts)
    left, right = pairs[:, 0], pairs[:, 1]
    sides = ((n + left, n + right), (left, n + right), (n + left, right))
    in_both, by_right, by_left = (overlaps(lists, np.stack(side, axis=1)).shared for side in sides)
    lengths = texts.quoted.lengths()
    return Overlaps(
        both.shared - by_right - by_left + in_both,
        both.left - lengths[left] - by_right + in_both,
        both.right - lengths[right] - by_left + in_both,
    )
