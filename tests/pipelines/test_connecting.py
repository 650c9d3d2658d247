"""Candidate pairs joined by one combiner, batch after batch."""

import numpy as np

from pipelines.batches import column, from_bytes, to_bytes
from pipelines.transforms.match import ConnectPairs, pairs_table


class EarlyConnectPairs(ConnectPairs):
    """Joins from ten edges on."""

    COMPACT_AT = 10


def batches(number: int) -> list[bytes]:
    """Ten pairs each, no article in two of them: joining makes them no fewer."""
    pairs = np.arange(20 * number, dtype=np.uint64).reshape(number, 10, 2)
    return [to_bytes(pairs_table(some)) for some in pairs]


def test_edges_that_joining_makes_no_fewer_are_joined_as_often_as_they_double() -> None:
    combiner, joined = EarlyConnectPairs(), 0
    edges = combiner.create_accumulator()
    for batch in batches(1000):
        edges = combiner.add_input(edges, batch)
        joined += len(edges) == 1
    assert 1 < joined <= 12


def test_the_components_are_those_of_all_batches_whatever_was_joined_meanwhile() -> None:
    combiner, chain = EarlyConnectPairs(), np.arange(100, dtype=np.uint64)
    steps = np.stack([chain[:-1], chain[1:]], axis=1)
    edges = combiner.create_accumulator()
    for batch in (*batches(3), to_bytes(pairs_table(steps))):
        edges = combiner.add_input(edges, batch)
    table = from_bytes(combiner.extract_output(combiner.merge_accumulators([edges, []])))
    assert column(table, "article").tolist() == chain.tolist()
    assert set(column(table, "label").tolist()) == {0}
