"""The keys under which texts meet: bands of their signatures, and sampled shingles."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from dedupe.candidates.lsh import band_keys
from dedupe.candidates.minhash import signatures
from dedupe.candidates.shingle_samples import sampled
from schemas.ragged import Ragged
from schemas.setting import Count, Setting


@dataclass(frozen=True, slots=True)
class CandidateRules:
    """How pairs worth verifying are found; every candidate is then compared exactly."""

    shingle_words: Annotated[int, Setting(2, 16)] = 5
    """Words in a shingle. Shorter ones find more and confuse more; datasketch LSH with connected
    components reached pair F1 .843 with 5 and .838 with 3 on the project's test crawl."""
    permutations: int = 128
    """Values of a signature; the error of an estimate is at most 0.5 / sqrt of this. The same as
    datasketch's default, so that signatures can be compared."""
    seed: int = 1
    """Of the permutations; datasketch's default, for the same reason."""
    bands: int = 32
    """Two texts of similarity s share a band with probability 1 - (1 - s^band_rows)^bands: for
    32 x 4 that is .23 at .3, .56 at .4, .87 at .5. With 8 to 24 bands nothing changes: sampled
    shingles find the same pairs."""
    band_rows: int = 4
    """Values in a band; bands x band_rows must not exceed permutations. At 2 F1 rises by .14
    points, at 3 by none."""
    sample_one_in: Count = 8
    """One shingle in so many is sampled, to find texts that share only a part: fewer cost more and
    find more. On a made corpus this found 278 of 279 round-ups, banding at a threshold of .7
    none."""
    min_shared_samples: Count = 3
    """Sampled shingles that a candidate pair shares: with one in 8 about 24 shingles, a
    paragraph."""
    min_shingles: int = 8
    """Texts with fewer match exactly or not at all, because two or three say nothing. At 4 and 16
    nothing changes."""
    bucket: int = 32
    """Articles under one key; larger buckets are linked by heads and neighbours. All pairs of a
    cluster of 2,000 would be two million. At 128 nothing changes, at 8 F1 falls by .29 points."""


@dataclass(frozen=True, slots=True, eq=False)
class MatchKeys:
    """Of n texts."""

    bands: Ragged
    """uint64; none of a text that is too short to compare."""
    samples: Ragged
    """uint32, some of its shingles."""


def match_keys(shingles: Ragged, rules: CandidateRules) -> MatchKeys:
    """Returns the keys of texts with these shingles, ascending and distinct lists of uint32."""
    is_long = shingles.lengths() >= rules.min_shingles
    signed = signatures(shingles.take(np.flatnonzero(is_long)), rules.permutations, rules.seed)
    keys = band_keys(signed, rules.bands, rules.band_rows)
    ends = np.cumsum(np.where(is_long, rules.bands, 0))
    bands = Ragged(keys.ravel(), np.concatenate([np.zeros(1, np.int64), ends]))
    return MatchKeys(bands, sampled(shingles, rules.sample_one_in))
