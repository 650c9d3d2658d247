"""Sampled shingles: find texts of which only a part is shared (excerpts, round-ups).

Keeping the shingles whose hash falls under a bound keeps the same ones in every text (Manber 1994,
"modulo sampling"), so that shared samples count shared shingles whatever the texts' sizes.
Signatures miss these: a round-up of three openings shares a tenth of its union with each story.
"""

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.bucket_pairs import counted_pairs, linked_pairs
from dedupe.hashing import mix32
from schemas.ragged import Ragged


def sampled(shingles: Ragged, one_in: int = 8) -> Ragged:
    """The shingles of each text kept in the sample: about one in `one_in` of them."""
    # Mixed once more, else the sample would be the smallest values, which signatures favour.
    is_kept = mix32(shingles.values ^ np.uint32(0x5BD1E995)) <= np.uint32(0xFFFFFFFF // one_in)
    return shingles.keep(is_kept)


def counted_candidates(
    values: NDArray[np.uint32], articles: NDArray[np.uint64], cap: int = 32
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Pairs sharing samples within one partition of the values: pairs (p, 2) and counts (p,).

    Each value must be whole within one partition. A value found in more than `cap` texts (a stock
    phrase, or a story with many near-copies) links each text with two of the others only.
    """
    return linked_pairs(values, articles, cap)


def candidates_of_counts(
    pairs: NDArray[np.uint64], counts: NDArray[np.int64], minimum: int = 3
) -> NDArray[np.uint64]:
    """The pairs whose counts over all partitions sum to `minimum` or more, shape (p, 2).

    Call it where all counts of a pair meet: partition the counted pairs by pair in between.
    """
    distinct, sums = counted_pairs(pairs, counts)
    return distinct[sums >= minimum]
