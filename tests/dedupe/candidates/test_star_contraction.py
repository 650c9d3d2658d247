"""Components in rounds: the same as a union-find's, whatever the parts and rounds."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates.star_contraction import (
    Edges,
    both_ways,
    large_star,
    resolve_stars,
    small_star,
)
from dedupe.candidates.union_find import Components, components

pairs = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=80)


def in_parts(edges: Edges, parts: int) -> list[Edges]:
    """Edges by their first article, as an exchange deals them out."""
    return [edges[edges[:, 0] % np.uint64(parts) == np.uint64(part)] for part in range(parts)]


def joined(edges_of_parts: list[Edges]) -> Edges:
    return np.concatenate(edges_of_parts) if edges_of_parts else np.empty((0, 2), np.uint64)


def in_rounds(edges: Edges, parts: int, rounds: int) -> tuple[Components, int]:
    """What the graph does, without Beam; and how many edges were left to one worker."""
    for _ in range(rounds):
        large = joined([large_star(part) for part in in_parts(both_ways(edges), parts)])
        edges = joined([small_star(part) for part in in_parts(large, parts)])
    flat = [resolve_stars(part) for part in in_parts(both_ways(edges), parts)]
    left = joined([part.open_edges for part in flat])
    labelled = [part.components(components(left)) for part in flat]
    articles = np.concatenate([part.articles for part in labelled])
    labels = np.concatenate([part.labels for part in labelled])
    order = np.argsort(articles)
    return Components(articles[order], labels[order]), len(left)


@given(pairs, st.integers(1, 5), st.integers(0, 4))
def test_any_number_of_rounds_finds_what_a_union_find_finds(
    drawn: list[tuple[int, int]], parts: int, rounds: int
) -> None:
    edges = np.array([pair for pair in drawn if pair[0] != pair[1]], np.uint64).reshape(-1, 2)
    labelled, _ = in_rounds(edges, parts, rounds)
    wanted = components(edges)
    assert labelled.articles.tolist() == wanted.articles.tolist()
    assert labelled.labels.tolist() == wanted.labels.tolist()


@given(st.permutations(range(1, 30)), st.integers(1, 3))
def test_enough_rounds_leave_nothing_to_one_worker(names: list[int], parts: int) -> None:
    chain = np.array(list(itertools.pairwise(names)), np.uint64)
    assert in_rounds(chain, parts, 10)[1] == 0


def test_each_round_leaves_less_of_a_chain_open() -> None:
    names = np.random.default_rng(1).permutation(np.arange(1, 20_001, dtype=np.uint64))
    chain = np.stack([names[:-1], names[1:]], axis=1)
    left = [in_rounds(chain, 4, rounds)[1] for rounds in range(4)]
    assert all(after < 0.6 * before for before, after in itertools.pairwise(left))


def test_clusters_as_buckets_link_them_are_stars_after_three_rounds() -> None:
    chance = np.random.default_rng(2)
    made = []
    for size in [5, 40, 2_000, 2_000]:
        names = chance.integers(1, 1 << 60, size, dtype=np.uint64)
        for _ in range(8):  # bands: head and neighbour in the order of ids, of most of them
            present = np.sort(names[chance.random(size) < 0.8])
            made += [
                np.stack([present[:-1], present[1:]], 1),
                np.stack([present[:-1] * 0 + present[0], present[:-1]], 1),
            ]
    edges = np.concatenate(made)
    assert in_rounds(edges, 4, 3)[1] == 0
