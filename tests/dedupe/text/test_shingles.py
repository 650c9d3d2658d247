import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.text.shingles import distinct, placed_shingles, shingle_hashes
from dedupe.text.words import read_words
from schemas.ragged import Ragged, ragged

WORDS = st.lists(st.sampled_from("abcdef"), max_size=30).map(" ".join)


def naive(text: str, size: int) -> int:
    words = text.split()
    return len({tuple(words[i : i + size]) for i in range(len(words) - size + 1)})


@given(st.lists(WORDS, max_size=5), st.integers(1, 6))
def test_there_are_as_many_shingles_as_distinct_runs_of_words(texts: list[str], size: int) -> None:
    lengths = shingle_hashes(texts, size).lengths().tolist()
    assert lengths == [naive(text, size) for text in texts]


@given(st.lists(WORDS, max_size=5))
def test_each_list_is_ascending_without_repeats(texts: list[str]) -> None:
    hashes = shingle_hashes(texts, 3)
    assert all((np.diff(hashes[i].astype(np.int64)) > 0).all() for i in range(len(texts)))


def test_no_shingle_crosses_two_texts() -> None:
    assert shingle_hashes(["a b", "c d"], 3).lengths().tolist() == [0, 0]


def test_the_order_of_words_matters() -> None:
    left, right = (shingle_hashes([text], 3)[0].tolist() for text in ("a b c", "c b a"))
    assert left != right


def test_placed_shingles_keep_their_places() -> None:
    placed = placed_shingles(read_words(["a b c a b c", "x", "a b c"]).hashes, 3)
    assert placed.lengths().tolist() == [4, 0, 1]
    assert placed[0][0] == placed[0][3] == placed[2][0]


@given(st.lists(st.lists(st.integers(0, 2**32 - 1)), max_size=8))
def test_distinct_gives_each_lists_set(lists: list[list[int]]) -> None:
    distinct_lists = distinct(ragged([np.array(values, np.uint32) for values in lists], np.uint32))
    assert [distinct_lists[i].tolist() for i in range(len(lists))] == [
        sorted(set(values)) for values in lists
    ]


def test_distinct_crosses_its_blocks_of_work() -> None:
    values = np.arange(100_000, dtype=np.uint32) % 1000
    distinct_lists = distinct(Ragged(values, np.arange(0, 100_001, 20_000)))
    assert distinct_lists.lengths().tolist() == [1000] * 5
