"""The keys under which articles meet: bands of signatures, the text itself, sampled shingles."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.candidates.lsh import band_keys
from dedupe.candidates.minhash import signatures
from dedupe.candidates.shingle_samples import sampled
from pipelines.config.settings import MatchSettings
from schemas.exchange import KEYS
from schemas.ragged import Ragged


@dataclass(frozen=True, slots=True, eq=False)
class MatchKeys:
    """Of n articles."""

    bands: Ragged
    """uint64; none of a text that is too short to compare."""
    samples: Ragged
    """uint32, some of its shingles."""


def match_keys(shingles: Ragged, match: MatchSettings) -> MatchKeys:
    """The keys of articles with these shingles."""
    is_long = shingles.lengths() >= match.min_shingles
    signed = signatures(shingles.take(np.flatnonzero(is_long)), match.permutations, match.seed)
    keys = band_keys(signed, match.bands, match.band_rows)
    ends = np.cumsum(np.where(is_long, match.bands, 0))
    bands = Ragged(keys.ravel(), np.concatenate([np.zeros(1, np.int64), ends]))
    return MatchKeys(bands, sampled(shingles, match.sample_one_in))


def band_rows(
    bands: Ragged, text_keys: NDArray[np.uint64], articles: NDArray[np.uint64]
) -> pa.Table:
    """Each band key with its article (schema KEYS), and a key of every text.

    The text itself is one more band: exact copies are found however short they are.
    """
    keys = np.concatenate([bands.values, text_keys])
    owners = np.concatenate([articles[bands.owners()], articles])
    return pa.table([pa.array(keys), pa.array(owners)], schema=KEYS)


def sample_rows(samples: Ragged, articles: NDArray[np.uint64]) -> pa.Table:
    """Each sampled shingle with its article (schema KEYS)."""
    # spread over 64 bits, so that parts of the key space are even
    keys = samples.values.astype(np.uint64) << np.uint64(32) | samples.values
    return pa.table([pa.array(keys), pa.array(articles[samples.owners()])], schema=KEYS)
