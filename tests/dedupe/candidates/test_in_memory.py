import itertools
import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe.candidates.in_memory import candidates
from dedupe.candidates.keys import CandidateRules
from dedupe.candidates.lsh import candidate_pairs
from dedupe.candidates.shingle_samples import candidates_of_counts, counted_candidates, sampled
from dedupe.candidates.union_find import IncrementalUnionFind, compacted, components
from schemas.ragged import ragged

ROWS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=40)
EDGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


def columns(rows: list[tuple[int, int]]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    table = np.array(rows, np.uint64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def naive_pairs(rows: list[tuple[int, int]]) -> list[list[int]]:
    buckets: dict[int, set[int]] = {}
    for key, article in rows:
        buckets.setdefault(key, set()).add(article)
    pairs_found = {
        pair for bucket in buckets.values() for pair in itertools.combinations(sorted(bucket), 2)
    }
    return sorted(map(list, pairs_found))


@given(ROWS)
def test_small_buckets_give_all_their_pairs(rows: list[tuple[int, int]]) -> None:
    assert candidate_pairs(*columns(rows), cap=10).tolist() == naive_pairs(rows)


@given(ROWS, st.randoms(), st.integers(1, 5))
def test_the_order_of_rows_does_not_show(
    rows: list[tuple[int, int]], chance: random.Random, cap: int
) -> None:
    shuffled = sorted(rows, key=lambda _: chance.random())
    candidates, again = (candidate_pairs(*columns(side), cap=cap) for side in (rows, shuffled))
    assert candidates.tolist() == again.tolist()


@given(ROWS, st.integers(1, 5))
def test_large_buckets_stay_connected(rows: list[tuple[int, int]], cap: int) -> None:
    everything = np.array(naive_pairs(rows), np.uint64).reshape(-1, 2)
    capped = components(candidate_pairs(*columns(rows), cap=cap))
    assert capped.labels.tolist() == components(everything).labels.tolist()


def test_two_thousand_copies_cost_thousands_of_pairs() -> None:
    articles = np.arange(2000, dtype=np.uint64)
    assert len(candidate_pairs(np.zeros(2000, np.uint64), articles)) < 4000


def test_samples_are_about_one_in_n_and_the_same_in_every_text() -> None:
    values = np.random.default_rng(2).choice(2**32, 8000, replace=False).astype(np.uint32)
    samples = sampled(ragged([np.sort(values), np.sort(values[:4000])], np.uint32), one_in=8)
    assert abs(len(samples[0]) - 1000) < 100
    assert set(samples[1].tolist()) == set(samples[0].tolist()) & set(values[:4000].tolist())


@given(ROWS, st.integers(1, 3))
def test_counts_sum_over_partitions(rows: list[tuple[int, int]], minimum: int) -> None:
    values, articles = columns(rows)
    parts = [
        counted_candidates(values[values % 3 == p].astype(np.uint32), articles[values % 3 == p])
        for p in range(3)
    ]
    pairs = np.concatenate([pairs for pairs, _ in parts])
    candidates = candidates_of_counts(pairs, np.concatenate([c for _, c in parts]), minimum)
    whole, counts = counted_candidates(values.astype(np.uint32), articles)
    assert candidates.tolist() == whole[counts >= minimum].tolist()


@given(EDGES)
def test_components_are_those_of_a_graph_search(edges: list[tuple[int, int]]) -> None:
    labelled = components(np.array(edges, np.uint64).reshape(-1, 2))
    members = {node: {node} for edge in edges for node in edge}
    for left, right in edges:
        joined = members[left] | members[right]
        members.update(dict.fromkeys(joined, joined))
    assert labelled.articles.tolist() == sorted(members)
    assert labelled.labels.tolist() == [min(members[node]) for node in sorted(members)]


@given(EDGES, st.integers(0, 40))
def test_edges_may_be_compacted_and_merged_in_any_grouping(
    edges: list[tuple[int, int]], cut: int
) -> None:
    table = np.array(edges, np.uint64).reshape(-1, 2)
    loops = np.repeat(np.unique(table)[:, None], 2, axis=1)  # compacting forgets lonely articles
    merged = np.concatenate([compacted(table[cut:]), compacted(table[:cut]), loops])
    assert components(merged).labels.tolist() == components(table).labels.tolist()


def test_edges_that_joining_makes_no_fewer_are_joined_as_often_as_they_double() -> None:
    batches = np.arange(20_000, dtype=np.uint64).reshape(1000, 10, 2)
    joined = IncrementalUnionFind(compact_at=10)
    assert sum(joined.add(batch) for batch in batches) == 10
    assert len(joined.components().articles) == 20_000


@given(EDGES, st.integers(1, 5), st.integers(1, 9))
def test_components_of_batches_are_those_of_all_edges(
    edges: list[tuple[int, int]], size: int, compact_at: int
) -> None:
    table, joined = np.array(edges, np.uint64).reshape(-1, 2), IncrementalUnionFind(compact_at)
    for first in range(0, len(table), size):
        joined.add(table[first : first + size])
    labelled, wanted = joined.components(), components(table)
    # an edge from an article to itself is no tie, and may be dropped
    labels = dict(zip(labelled.articles.tolist(), labelled.labels.tolist(), strict=True))
    wanted_labels = dict(zip(wanted.articles.tolist(), wanted.labels.tolist(), strict=True))
    assert {article: labels.get(article, article) for article in wanted_labels} == wanted_labels


def test_one_band_still_finds_copies_too_short_for_samples() -> None:
    text = ragged([np.arange(9, dtype=np.uint32)] * 5, np.uint32)
    rules = CandidateRules(bands=1, sample_one_in=1 << 30)
    assert len(candidates(text, rules)) == 10
