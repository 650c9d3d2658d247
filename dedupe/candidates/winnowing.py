"""Fingerprints by winnowing: few of a text's shingles, and some of every passage.

Schleimer, Wilkerson and Aiken 2003. Of each window of consecutive shingles the smallest hash is
taken, so that two texts with a common run of `window` shingles have a fingerprint in common,
whatever stands around it. Sampling by hash alone (dedupe.candidates.shingle_samples) gives no such
promise: of a passage of 30 words one in eight of 26 shingles is in the sample, and (7/8)^26 = .03
of such passages have none there.
"""

import numpy as np

from dedupe.text.shingles import distinct
from schemas.ragged import Ragged

WINDOW = 8
"""Shingles in a window. With five words a shingle a common run of 12 words is always found; a text
has some 2 / (WINDOW + 1) of its shingles as fingerprints, which is what an index of them costs."""


def fingerprints(placed: Ragged, window: int = WINDOW) -> Ragged:
    """Returns for each text its fingerprints, ascending and distinct.

    A text with fewer shingles than `window` has its smallest one, a text without any none.

    Args:
        placed: the shingles of each text in their order (`placed_shingles`), uint32.
        window: shingles, at least 1.

    >>> text = Ragged(np.array([9, 4, 7, 8, 6, 5], np.uint32), np.array([0, 6]))
    >>> fingerprints(text, 3).values.tolist()
    [4, 5, 6]
    """
    values = placed.values
    if not values.size:
        return placed
    lengths = placed.lengths()
    minima = values.copy()
    for shift in range(1, min(window, len(values))):
        np.minimum(minima[:-shift], values[shift:], out=minima[:-shift])
    # a window starts at each shingle that has window - 1 of its own text behind it
    behind = np.repeat(placed.offsets[1:], lengths) - np.arange(len(values))
    is_window = behind >= window
    short = np.flatnonzero((lengths > 0) & (lengths < window))
    firsts = placed.offsets[:-1][short]
    for text, first in zip(short.tolist(), firsts.tolist(), strict=True):
        minima[first] = placed[text].min()
    is_window[firsts] = True
    return distinct(Ragged(minima, placed.offsets).keep(is_window))
