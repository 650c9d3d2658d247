"""Candidate pairs of a set of texts: by bands of signatures, and by sampled shingles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.lsh import band_keys, candidate_pairs
from dedupe.candidates.minhash import signatures
from dedupe.candidates.shingle_samples import candidates_of_counts, counted_candidates, sampled
from schemas.ragged import Ragged


@dataclass(frozen=True, slots=True)
class CandidateRules:
    """How pairs worth verifying are found."""

    shingle_words: int = 5
    """Words of a shingle."""
    minimum_shingles: int = 8
    """Texts of fewer distinct shingles are matched exactly or not at all."""
    permutations: int = 128
    """Values of a signature; the error of an estimate is at most 0.5 / sqrt of this."""
    seed: int = 1
    """Of the permutations, as in datasketch."""
    bands: int = 32
    rows: int = 4
    """Texts of Jaccard s share a band with probability 1 - (1 - s**rows)**bands."""
    bucket_cap: int = 32
    """Texts under one key from which on they are linked by head and neighbour only."""
    sample_one_in: int = 8
    """Sampled shingles: one in so many, by hash."""
    shared_samples: int = 3
    """Samples that a pair must share."""


def matchable(shingles: Ragged, rules: CandidateRules) -> NDArray[np.int64]:
    """The texts long enough to be compared by their shingles, ascending."""
    return np.flatnonzero(shingles.lengths() >= rules.minimum_shingles)


def candidates(shingles: Ragged, rules: CandidateRules) -> NDArray[np.int64]:
    """All candidate pairs of n texts in one process, shape (p, 2), left < right, ascending."""
    texts = matchable(shingles, rules)
    long = shingles.take(texts)
    places = np.concatenate([_by_bands(long, rules), _by_samples(long, rules)])
    return np.unique(texts[places.astype(np.int64)], axis=0)


def _by_bands(shingles: Ragged, rules: CandidateRules) -> NDArray[np.uint64]:
    values = signatures(shingles, rules.permutations, rules.seed)
    keys = band_keys(values, rules.bands, rules.rows)
    owners = np.repeat(np.arange(len(shingles), dtype=np.uint64), rules.bands)
    return candidate_pairs(keys.ravel(), owners, rules.bucket_cap)


def _by_samples(shingles: Ragged, rules: CandidateRules) -> NDArray[np.uint64]:
    samples = sampled(shingles, rules.sample_one_in)
    owners = samples.owners().astype(np.uint64)
    pairs, counts = counted_candidates(samples.values, owners, rules.bucket_cap)
    return candidates_of_counts(pairs, counts, rules.shared_samples)
