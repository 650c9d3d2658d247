from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.verification import novelty
from dedupe.verification.novelty import UNKNOWN, novel_ppm
from schemas.measures import NEW
from schemas.ragged import ragged

GAP = 10
Text = tuple[set[int], int]


def novelties(texts: Sequence[Text], *pairs: tuple[int, int]) -> list[int]:
    """Millionths of texts given as shingles and time."""
    lists = [np.array(sorted(shingles), np.uint32) for shingles, _ in texts]
    times = np.array([time for _, time in texts], np.int64)
    edges = np.array(pairs, np.int64).reshape(-1, 2)
    return list(map(int, novel_ppm(ragged(lists, np.uint32), edges, times, GAP)))


def test_a_text_without_a_pair_is_new_whatever_it_is() -> None:
    assert novelties([({1, 2}, 0), ({1, 2}, 50), (set(), UNKNOWN)]) == [NEW] * 3


def test_a_later_text_is_new_by_what_no_earlier_one_holds() -> None:
    assert novelties([({1, 2}, 0), ({2, 3, 4, 5}, 50)], (0, 1)) == [NEW, 750_000]


def test_what_several_earlier_texts_hold_together_is_not_new() -> None:
    texts = [({1, 2}, 0), ({3, 4}, 0), ({1, 2, 3, 4}, 50)]
    assert novelties(texts, (0, 2), (1, 2)) == [NEW, NEW, 0]


def test_texts_closer_in_time_than_the_gap_take_nothing_from_each_other() -> None:
    assert novelties([({1}, 0), ({1}, GAP - 1)], (0, 1)) == [NEW, NEW]
    assert novelties([({1}, 0), ({1}, GAP)], (0, 1)) == [NEW, 0]


def test_a_text_of_no_known_time_is_neither_earlier_nor_judged() -> None:
    assert novelties([({1}, UNKNOWN), ({1}, 50)], (0, 1)) == [UNKNOWN, NEW]


def test_a_text_without_shingles_is_not_judged() -> None:
    assert novelties([({1}, 0), (set(), 50)], (0, 1)) == [NEW, UNKNOWN]


def test_texts_that_no_chain_of_pairs_ties_take_nothing_from_each_other() -> None:
    texts = [({1}, 0), ({1}, 50), ({1}, 60), ({1}, 99)]
    assert novelties(texts, (0, 1), (2, 3)) == [NEW, 0, NEW, 0]


texts = st.lists(st.tuples(st.sets(st.integers(0, 9)), st.integers(-1, 40)), min_size=1, max_size=9)


@given(texts, st.data())
def test_blocks_and_order_change_nothing(given_: list[Text], data: Any) -> None:
    places = st.integers(0, len(given_) - 1)
    pairs = data.draw(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1])))
    order = data.draw(st.permutations(range(len(given_))))
    place = {at: new for new, at in enumerate(order)}
    expected = novelties(given_, *pairs)
    assert expected == one_by_one(given_, pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(novelty, "BLOCK", 3)
        mixed = novelties([given_[at] for at in order], *((place[a], place[b]) for a, b in pairs))
    assert [mixed[place[at]] for at in range(len(given_))] == expected


def one_by_one(given_: Sequence[Text], pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The definition, text by text."""
    tied = {at: {at} for at in range(len(given_))}
    for _ in given_:
        for a, b in pairs:
            tied[a] = tied[b] = tied[a] | tied[b]
    expected = []
    for at, (shingles, time) in enumerate(given_):
        others = [given_[place] for place in tied[at] if place != at]
        earlier = [text for text, when in others if when >= 0 and time - when >= GAP]
        left = shingles.difference(*earlier)
        is_known = time >= 0 and shingles
        ppm = len(left) * NEW // len(shingles) if is_known else UNKNOWN
        expected.append(ppm if others else NEW)
    return expected
