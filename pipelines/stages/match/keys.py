"""Keys as rows: bands, the text itself and sampled shingles, each with its article."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.exchange import KEYS
from schemas.ragged import Ragged


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
