import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates.winnowing import WINDOW, fingerprints
from schemas.ragged import Ragged, ragged

TEXTS = st.lists(st.lists(st.integers(0, 60), max_size=40), min_size=1, max_size=6)


def placed(texts: list[list[int]]) -> Ragged:
    return ragged([np.array(text, np.uint32) for text in texts], np.uint32)


def by_definition(text: list[int], window: int) -> list[int]:
    starts = range(max(1, len(text) - window + 1)) if text else range(0)
    return sorted({min(text[start : start + window]) for start in starts})


@given(TEXTS, st.integers(1, 12))
def test_a_fingerprint_is_the_smallest_of_a_window(texts: list[list[int]], window: int) -> None:
    lists = fingerprints(placed(texts), window)
    assert [lists[place].tolist() for place in range(len(lists))] == [
        by_definition(text, window) for text in texts
    ]


@given(TEXTS, st.lists(st.integers(0, 60), min_size=WINDOW, max_size=20), st.integers(0, 40))
def test_texts_with_a_common_run_have_a_common_fingerprint(
    texts: list[list[int]], passage: list[int], place: int
) -> None:
    around = [*texts[0][:place], *passage, *texts[0][place:]]
    lists = fingerprints(placed([around, passage]))
    assert set(lists[1].tolist()) <= set(lists[0].tolist())


def test_few_shingles_become_fingerprints() -> None:
    random = np.random.default_rng(1)
    values = random.integers(0, 2**32, 20_000, dtype=np.uint32)
    count = len(fingerprints(Ragged(values, np.array([0, len(values)]))).values)
    assert abs(count / len(values) - 2 / (WINDOW + 1)) < 0.02
