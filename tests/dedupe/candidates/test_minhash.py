import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates.lsh import band_keys
from dedupe.candidates.minhash import EMPTY, signatures
from schemas.ragged import ragged

SETS = st.lists(st.sets(st.integers(0, 2**32 - 1), max_size=40), min_size=1, max_size=6)


def datasketch_values(values: set[int], permutations: int, seed: int) -> list[int]:
    sketch = MinHash(num_perm=permutations, seed=seed, hashfunc=int)
    sketch.update_batch(values)
    return [int(value) for value in sketch.hashvalues]


@given(SETS, st.integers(1, 64), st.integers(0, 2**32 - 1))
def test_values_equal_datasketchs(sets: list[set[int]], permutations: int, seed: int) -> None:
    shingles = ragged([np.array(sorted(members), np.uint32) for members in sets], np.uint32)
    minima = signatures(shingles, permutations, seed)
    assert minima.tolist() == [datasketch_values(members, permutations, seed) for members in sets]


def test_a_text_without_shingles_has_the_empty_signature() -> None:
    minima = signatures(ragged([np.array([], np.uint32)], np.uint32), 8)
    assert (minima == EMPTY).all()


def test_blocks_of_work_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    lists = [random.integers(0, 2**32, size, dtype=np.uint32) for size in (0, 5, 700, 0, 30, 1)]
    whole = signatures(ragged(lists, np.uint32), 16)
    monkeypatch.setattr("dedupe.candidates.minhash.BLOCK", 10)
    assert (signatures(ragged(lists, np.uint32), 16) == whole).all()


@pytest.mark.parametrize("jaccard", [0.1, 0.3, 0.5, 0.8])
def test_estimates_lie_within_the_theoretical_error(jaccard: float) -> None:
    # The mean of n estimates has standard error sqrt(J (1 - J) / (permutations * n)).
    n, size, permutations = 200, 400, 128
    shared = round(2 * size * jaccard / (1 + jaccard))
    exact = shared / (2 * size - shared)
    random = np.random.default_rng(7)
    pools = [random.choice(2**32, 2 * size, replace=False).astype(np.uint32) for _ in range(n)]
    left = signatures(ragged([pool[:size] for pool in pools], np.uint32), permutations)
    right = signatures(
        ragged([pool[size - shared : 2 * size - shared] for pool in pools], np.uint32), permutations
    )
    error = np.sqrt(exact * (1 - exact) / (permutations * n))
    assert abs((left == right).mean() - exact) < 4 * error


def test_keys_are_equal_where_bands_are() -> None:
    random = np.random.default_rng(1)
    row = random.integers(0, 2**32, (1, 12), dtype=np.uint32)
    other = row.copy()
    other[0, 5] += 1
    keys = band_keys(np.concatenate([row, other]), bands=3, rows=4)
    assert (keys[0] == keys[1]).tolist() == [True, False, True]


def test_the_same_values_in_different_bands_have_different_keys() -> None:
    keys = band_keys(np.zeros((1, 8), np.uint32), bands=2, rows=4)
    assert keys[0, 0] != keys[0, 1]


def test_too_many_bands_for_the_signature_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer bands or more permutations"):
        band_keys(np.zeros((1, 8), np.uint32), bands=3, rows=4)
