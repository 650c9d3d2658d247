"""The keys under which texts meet: bands of their signatures, and sampled shingles."""

from dataclasses import dataclass

import numpy as np

from dedupe.candidates.lsh import band_keys
from dedupe.candidates.minhash import signatures
from dedupe.candidates.shingle_samples import sampled
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


@dataclass(frozen=True, slots=True, eq=False)
class MatchKeys:
    """Of n texts."""

    bands: Ragged
    """uint64; none of a text that is too short to compare."""
    samples: Ragged
    """uint32, some of its shingles."""


def match_keys(shingles: Ragged, rules: CandidateRules) -> MatchKeys:
    """Returns the keys of texts with these shingles, ascending and distinct lists of uint32."""
    is_long = shingles.lengths() >= rules.minimum_shingles
    signed = signatures(shingles.take(np.flatnonzero(is_long)), rules.permutations, rules.seed)
    keys = band_keys(signed, rules.bands, rules.rows)
    ends = np.cumsum(np.where(is_long, rules.bands, 0))
    bands = Ragged(keys.ravel(), np.concatenate([np.zeros(1, np.int64), ends]))
    return MatchKeys(bands, sampled(shingles, rules.sample_one_in))
