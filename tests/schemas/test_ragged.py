import itertools

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipelines.storage.arrow import list_array, ragged_column
from schemas.ragged import Ragged, concatenate, places_in, ragged, starts_of_runs

Lists = list[list[int]]
lists = st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=6), max_size=6)


def made(values: Lists) -> Ragged:
    return ragged([np.array(value, np.uint32) for value in values], np.uint32)


def lines_of(ragged_lists: Ragged) -> Lists:
    return [ragged_lists[at].tolist() for at in range(len(ragged_lists))]


@given(lists)
def test_lists_come_back(values: Lists) -> None:
    assert lines_of(made(values)) == values


@given(lists)
def test_every_value_knows_its_list(values: Lists) -> None:
    owners = made(values).owners().tolist()
    assert owners == [at for at, listed in enumerate(values) for _ in listed]


@given(lists, st.data())
def test_lists_are_taken_in_the_order_asked_for(values: Lists, data: st.DataObject) -> None:
    places = st.lists(st.integers(0, len(values) - 1)) if values else st.just([])
    wanted = data.draw(places)
    taken = made(values).take(np.array(wanted, np.int64))
    assert lines_of(taken) == [values[at] for at in wanted]


@given(lists, st.integers(1, 9))
def test_blocks_hold_all_lists_in_order(values: Lists, size: int) -> None:
    whole = made(values)
    bounds = whole.blocks(size)
    assert [listed for bound in bounds for listed in lines_of(whole.between(*bound))] == values
    assert all(first < last for first, last in bounds)


@given(lists, st.integers(1, 9))
def test_a_block_is_not_larger_than_asked_for_by_more_than_one_list(
    values: Lists, size: int
) -> None:
    whole = made(values)
    for first, last in whole.blocks(size):
        assert len(whole.between(first, last - 1).values) <= size


@given(lists, st.integers(0, 2**32))
def test_values_are_kept_where_the_mask_holds(values: Lists, least: int) -> None:
    whole = made(values)
    large = whole.keep(whole.values >= least)
    assert lines_of(large) == [[number for number in value if number >= least] for value in values]


@given(st.lists(lists, min_size=1))
def test_parts_are_joined_in_order(parts: list[Lists]) -> None:
    assert lines_of(concatenate([made(part) for part in parts])) == [
        listed for part in parts for listed in part
    ]


@given(lists, st.integers(0, 3))
def test_lists_survive_a_table_and_a_slice_of_it(values: Lists, start: int) -> None:
    table = pa.table({"x": list_array(made(values))}).slice(start)
    assert lines_of(ragged_column(table, "x")) == values[start:]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2))))
def test_a_run_begins_wherever_a_row_differs_from_the_one_before(
    rows: list[tuple[int, int]],
) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 2)
    groups = [len(list(group)) for _, group in itertools.groupby(rows)]
    starts = np.flatnonzero(starts_of_runs(columns[:, 0], columns[:, 1]))
    assert starts.tolist() == [sum(groups[:place]) for place in range(len(groups))]


@given(st.lists(st.integers(0, 9), min_size=1), st.lists(st.integers(-1, 10)))
def test_a_value_stands_at_its_first_place_or_at_one_that_holds_another(
    held: list[int], wanted: list[int]
) -> None:
    ascending = np.array(sorted(held))
    places = places_in(ascending, np.array(wanted, np.int64)).tolist()
    for value, place in zip(wanted, places, strict=True):
        if value in held:
            assert place == ascending.tolist().index(value)
        else:
            assert ascending[place] != value


def test_nothing_stands_in_an_empty_array() -> None:
    assert places_in(np.empty(0, np.uint64), np.array([3], np.uint64)).tolist() == [-1]
