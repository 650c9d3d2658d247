from dataclasses import asdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sources.measures.copy_edge_totals import components, edge_rows, edge_sums
from sources.stories.copy_edges import Carried


def edge(kind: str = "copy", lag_s: int | None = 60, example: str = "1 2") -> dict[str, Any]:
    return {
        "from_source": "a",
        "to_source": "b",
        "kind": kind,
        "is_credited": 1,
        "lag_s": lag_s,
        "example": example,
    }


def rows(*edges: dict[str, Any], articles: int = 40) -> list[dict[str, Any]]:
    return edge_rows(edge_sums(edges), {"b": articles}, 30)


def test_what_was_shared_both_ways_round_counts_once() -> None:
    back = edge("undetermined", None, "2 1") | {"from_source": "b", "to_source": "a"}
    assert [row["n_shared"] for row in edge_sums([edge(), edge(example="1 3"), back])] == [2, 2]


EDGES = st.builds(
    Carried,
    *(st.sampled_from("abc"),) * 2,
    st.sampled_from(["copy", "excerpt", "undetermined"]),
    st.integers(0, 1),
    st.none() | st.integers(0, 99),
    st.sampled_from(["1 2", "2 1", "1 3"]),
)


@given(st.lists(EDGES))
def test_each_edge_counts_in_one_sum(edges: list[Carried]) -> None:
    as_dicts = [
        asdict(edge_row)
        for edge_row in sorted(
            edges, key=lambda edge_row: (edge_row.from_source, edge_row.to_source)
        )
    ]
    sums = edge_sums(as_dicts)
    assert sum(edge_sum["n_articles"] + edge_sum["n_undetermined"] for edge_sum in sums) == len(
        edges
    )
    for edge_sum in sums:
        pair = {edge_sum["from_source"], edge_sum["to_source"]}
        alone = [edge for edge in as_dicts if {edge["from_source"], edge["to_source"]} == pair]
        assert edge_sum in edge_sums(alone)


def test_outlets_tied_by_shared_text_are_one_component_and_agencies_tie_nobody() -> None:
    pairs = [("a", "b"), ("c", "b"), ("wire:AFP", "b"), ("wire:AFP", "d"), ("e", "f")]
    assert components(pairs) == {"a": "a", "b": "a", "c": "a", "e": "e", "f": "e"}


def test_edges_of_two_sources_are_one_row() -> None:
    (row,) = rows(edge(), edge(lag_s=120, example="1 3"))
    assert (row["n_articles"], row["median_lag_s"], row["share_k"]) == (2, 90, 2)


def test_undetermined_edges_are_counted_apart() -> None:
    (row,) = rows(edge(), edge("undetermined", None, "1 3"))
    assert (row["n_articles"], row["n_undetermined"]) == (1, 1)


def test_a_share_of_few_articles_has_no_rate() -> None:
    (row,) = rows(edge(), articles=29)
    assert (row["share_n"], row["share_rate"]) == (29, None)


def test_examples_are_five_at_most() -> None:
    (row,) = rows(*(edge(example=f"1 {n}") for n in range(9)))
    assert len(row["example_pairs"]) == 5
