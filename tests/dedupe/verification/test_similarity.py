import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.hashing import sequence_hashes, set_hashes
from dedupe.text.shingles import shingle_hashes
from dedupe.text.words import read_words
from dedupe.verification.similarity import LONG, first_equal, overlaps
from schemas.ragged import Ragged, ragged
from tests.dedupe.makers import all_pairs

SETS = st.lists(st.sets(st.integers(0, 40)), min_size=2, max_size=6)


def sets_of(sets: list[set[int]]) -> Ragged:
    return ragged([np.array(sorted(members), np.uint32) for members in sets], np.uint32)


@given(SETS)
def test_overlaps_are_those_of_the_sets(sets: list[set[int]]) -> None:
    pairs = all_pairs(len(sets))
    shared_counts = overlaps(sets_of(sets), pairs)
    assert shared_counts.shared.tolist() == [len(sets[i] & sets[j]) for i, j in pairs.tolist()]
    unions = [len(sets[i] | sets[j]) for i, j in pairs.tolist()]
    assert shared_counts.jaccard().tolist() == pytest.approx(
        shared_counts.shared / np.maximum(unions, 1)
    )


@given(SETS)
def test_reprints_are_compared_once_and_say_the_same(sets: list[set[int]]) -> None:
    many = sets_of(sets * 4)
    assert first_equal(many).tolist() == [sets.index(members) for members in sets] * 4
    pairs = all_pairs(len(many))
    shared = [len(sets[i % len(sets)] & sets[j % len(sets)]) for i, j in pairs.tolist()]
    assert overlaps(many, pairs).shared.tolist() == shared


def test_sets_of_one_hash_are_equal_only_where_their_values_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "dedupe.verification.similarity.set_hashes", lambda sets: np.zeros(len(sets))
    )
    assert first_equal(sets_of([{1, 2}, {1, 3}, {1}, {1, 2}])).tolist() == [0, 1, 2, 0]


@given(SETS)
def test_similarity_is_symmetric(sets: list[set[int]]) -> None:
    pairs = all_pairs(len(sets))
    forward, other = overlaps(sets_of(sets), pairs), overlaps(sets_of(sets), pairs[:, ::-1])
    assert forward.jaccard().tolist() == other.jaccard().tolist()
    assert forward.containment_left().tolist() == other.containment_right().tolist()


def test_blocks_of_work_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(4)
    sets = sets_of([set(random.integers(0, 99, size).tolist()) for size in (0, 5, 70, 0, 30, 90)])
    whole = overlaps(sets, all_pairs(6)).shared.tolist()
    monkeypatch.setattr("dedupe.verification.similarity.BLOCK", 20)
    assert overlaps(sets, all_pairs(6)).shared.tolist() == whole


def test_long_sets_share_what_short_ones_share() -> None:
    random = np.random.default_rng(5)
    sets = [set(random.integers(0, 900, size).tolist()) for size in (0, 3, LONG // 4, 700, 900)]
    pairs = all_pairs(len(sets))
    shared = [len(sets[i] & sets[j]) for i, j in pairs.tolist()]
    assert overlaps(sets_of(sets), pairs).shared.tolist() == shared


def test_no_pairs_have_no_overlaps() -> None:
    assert overlaps(sets_of([{1}]), np.empty((0, 2), np.int64)).shared.tolist() == []


def test_sequence_hashes_tell_order_and_set_hashes_do_not() -> None:
    words = read_words(["a b c", "c b a", "A, b c!", "", ""]).hashes
    hashes = sequence_hashes(words)
    assert hashes[0] == hashes[2] != hashes[1]
    assert hashes[3] == hashes[4] != hashes[0]
    moved = set_hashes(shingle_hashes(["a b c d. e f g h", "e f g h a b c d"], 1))
    assert moved[0] == moved[1]
