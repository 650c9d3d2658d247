"""Keys as rows: bands, texts and samples, each beside its article."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stages.match.keys import band_rows, sample_rows
from pipelines.storage.arrow import column
from schemas.exchange import KEYS
from schemas.ragged import Ragged

ARTICLES = np.array([11, 22, 33], np.uint64)
TEXTS = np.array([7, 7, 8], np.uint64)


def test_each_band_and_each_text_is_a_key_of_its_article() -> None:
    bands = Ragged(np.array([1, 2, 3], np.uint64), np.array([0, 2, 2, 3]))
    rows = band_rows(bands, TEXTS, ARTICLES)
    assert rows.schema == KEYS
    assert sorted(zip(*(rows[name].to_pylist() for name in KEYS.names), strict=True)) == [
        *((1, 11), (2, 11), (3, 33)),
        *((7, 11), (7, 22), (8, 33)),
    ]


def test_texts_without_bands_meet_by_their_text_alone() -> None:
    none = Ragged(np.empty(0, np.uint64), np.zeros(4, np.int64))
    assert band_rows(none, TEXTS, ARTICLES).num_rows == len(ARTICLES)


@given(st.lists(st.integers(0, 2**32 - 1), unique=True, max_size=20))
def test_samples_stay_different_and_are_spread_over_all_of_the_key_space(
    samples: list[int],
) -> None:
    owned = Ragged(np.array(samples, np.uint32), np.array([0, len(samples)]))
    rows = sample_rows(owned, ARTICLES[:1])
    keys = column(rows, "key")
    assert rows.schema == KEYS
    assert len(np.unique(keys)) == len(samples)
    assert (keys >> np.uint64(32)).tolist() == samples
    assert set(column(rows, "article").tolist()) <= {11}
