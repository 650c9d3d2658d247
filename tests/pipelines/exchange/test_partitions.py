import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.exchange.article_keys import id_keys, key_ids
from pipelines.exchange.partitions import part_of, part_range

keys = st.integers(0, 2**64 - 1)
counts = st.integers(1, 5000)


def parts_of(values: list[int], parts: int) -> list[int]:
    numbers: list[int] = part_of(np.array(values, np.uint64), parts).tolist()
    return numbers


@given(keys, counts)
def test_an_id_lies_in_the_range_of_its_part(key: int, parts: int) -> None:
    first, last = part_range(parts_of([key], parts)[0], parts)
    assert first <= f"{key:016x}" <= last


@given(counts)
def test_ranges_follow_each_other_without_gap_or_overlap(parts: int) -> None:
    ranges = [part_range(part, parts) for part in range(parts)]
    ends = [int(last, 16) for _, last in ranges]
    assert [int(first, 16) for first, _ in ranges] == [0, *(end + 1 for end in ends[:-1])]
    assert ends[-1] == 2**64 - 1


@given(st.lists(keys), counts)
def test_parts_are_in_the_order_of_keys(values: list[int], parts: int) -> None:
    parts_read = parts_of(sorted(values), parts)
    assert parts_read == sorted(parts_read)


@given(keys, counts)
def test_every_key_has_one_of_the_parts(key: int, parts: int) -> None:
    assert 0 <= parts_of([key], parts)[0] < parts


@pytest.mark.parametrize("parts", [1, 3, 64, 2**20])
def test_the_last_key_belongs_to_the_last_part(parts: int) -> None:
    assert parts_of([2**64 - 1], parts) == [parts - 1]


@given(st.lists(keys))
def test_keys_survive_as_ids(values: list[int]) -> None:
    array = np.array(values, np.uint64)
    assert id_keys(key_ids(array)).tolist() == values
