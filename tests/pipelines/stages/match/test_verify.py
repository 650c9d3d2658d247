"""Which components are verified together never shows."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe.candidates.bucket_pairs import linked_pairs
from dedupe.candidates.union_find import components
from dedupe.hashing import mix64
from pipelines.exchange.partitions import TEXTS_PER_PART, mixed_parts, pair_parts, parts_for
from pipelines.stages.match.verify import all_pairs

ARTICLES = 24
edges = st.lists(st.tuples(st.integers(1, ARTICLES), st.integers(1, ARTICLES)), min_size=1)
paths = st.lists(st.integers(0, 3), min_size=ARTICLES, max_size=ARTICLES)


def pairs_among(
    articles: NDArray[np.uint64], candidates: NDArray[np.uint64], paths: list[int]
) -> set[tuple[int, int]]:
    columns = {"article": articles, "path_key": np.array(paths, np.uint64)[articles - 1]}
    members = pa.table({name: pa.array(values, pa.uint64()) for name, values in columns.items()})
    inside = candidates[np.isin(candidates, articles).all(axis=1)]
    return {(int(left), int(right)) for left, right in all_pairs(members, inside, cap=4)}


@given(edges, paths)
def test_pairs_of_a_component_are_the_same_whatever_is_verified_with_it(
    ends: list[tuple[int, int]], paths: list[int]
) -> None:
    candidates = np.unique(np.sort(np.array(ends, np.uint64), axis=1), axis=0)
    labelled = components(candidates)
    apart = [
        pairs_among(labelled.articles[labelled.labels == label], candidates, paths)
        for label in np.unique(labelled.labels)
    ]
    assert pairs_among(labelled.articles, candidates, paths) == set().union(*apart)


def test_versions_under_one_path_are_paired_within_their_component() -> None:
    chain = np.array([[1, 2], [2, 3], [5, 6]], np.uint64)
    articles = np.array([1, 2, 3, 5, 6], np.uint64)
    paths = [7, 0, 7, 0, 7, 0] + [0] * (ARTICLES - 6)
    assert pairs_among(articles, chain, paths) == {(1, 2), (1, 3), (2, 3), (5, 6)}


def test_parts_hold_about_as_many_components_whatever_the_labels_are() -> None:
    smallest = np.arange(10_000, dtype=np.uint64)
    sizes = np.bincount(mixed_parts(smallest, 8), minlength=8)
    assert sizes.min() > 1_000


def test_parts_hold_about_as_many_pairs_though_thousands_are_linked_to_head_and_neighbour() -> None:
    articles = mix64(np.arange(1, 10_000, dtype=np.uint64))
    pairs, _ = linked_pairs(np.zeros_like(articles), articles, 32)
    sizes = np.bincount(pair_parts(pairs, 8), minlength=8)
    assert sizes.max() < 1.2 * sizes.mean()


@given(st.integers(0, 10**10))
def test_no_part_stands_for_more_texts_as_texts_become_more(texts: int) -> None:
    assert texts / parts_for(texts) <= TEXTS_PER_PART
