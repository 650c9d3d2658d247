"""What two outlets share is added up in one part, whichever of them was first."""

from collections import Counter

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stages.tables.transforms import edge_parts

outlets = st.text("abcdef", min_size=1, max_size=3)
ends = st.lists(st.tuples(outlets, outlets), min_size=1)


def edges(pairs: list[tuple[str, str]]) -> pa.Table:
    return pa.table(list(map(list, zip(*pairs, strict=True))), names=["from_source", "to_source"])


@given(ends, st.integers(1, 50))
def test_edges_of_two_outlets_go_to_one_part_both_ways_round(
    told: list[tuple[str, str]], into: int
) -> None:
    turned = [(right, left) for left, right in told]
    parts = edge_parts(edges(told), into).tolist()
    assert parts == edge_parts(edges(turned), into).tolist()
    assert all(0 <= part < into for part in parts)


def test_parts_hold_about_as_many_pairs_of_outlets() -> None:
    told = [(f"{left}.example", f"{right}.example") for left in range(40) for right in range(40)]
    sizes = Counter(edge_parts(edges(told), 4).tolist())
    assert sorted(sizes) == [0, 1, 2, 3]
    assert max(sizes.values()) < 1.3 * np.mean(list(sizes.values()))
