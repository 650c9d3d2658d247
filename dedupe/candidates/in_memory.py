"""Candidate pairs of a set of texts in one process: what a run finds in parts of the key space."""

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.keys import CandidateRules, match_keys
from dedupe.candidates.lsh import candidate_pairs
from dedupe.candidates.shingle_samples import candidates_of_counts, counted_candidates
from schemas.ragged import Ragged


def candidates(shingles: Ragged, rules: CandidateRules) -> NDArray[np.int64]:
    """Returns all candidate pairs of n texts, shape (p, 2), left < right, ascending."""
    keys = match_keys(shingles, rules)
    bands, samples = (part.owners().astype(np.uint64) for part in (keys.bands, keys.samples))
    by_bands = candidate_pairs(keys.bands.values, bands, rules.bucket)
    pairs, counts = counted_candidates(keys.samples.values, samples, rules.bucket)
    by_samples = candidates_of_counts(pairs, counts, rules.min_shared_samples)
    return np.unique(np.concatenate([by_bands, by_samples]).astype(np.int64), axis=0)
