"""What all edges between two sources add up to, and the rows of copy_edges made of that.

Edges grow with the articles, sums with the pairs of sources: only sums come together in one place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any

from sources.disjoint_sets import DisjointSets
from sources.measures.source_measures import share_columns
from sources.stories.copy_edges import WIRE

EXAMPLES = 5
Edge = Mapping[str, Any]
"""A row of the schema EDGES."""
Pair = tuple[str, str]


def edge_sums(edges: Iterable[Edge]) -> list[dict[str, Any]]:
    """What the edges of some pairs of sources add up to (schema EDGE_SUMS), sorted by sources.

    Args:
        edges: all of these pairs, both ways round, those of one way one after the other.
    """
    sums: dict[Pair, dict[str, Any]] = {}
    shared: dict[Pair, set[Pair]] = defaultdict(set)
    for pair, group in groupby(edges, itemgetter("from_source", "to_source")):
        pair_edges = list(group)
        sums[pair] = _sum(pair, pair_edges)
        shared[_unordered(*pair)].update(
            _unordered(*edge["example"].split()) for edge in pair_edges
        )
    return [sums[pair] | {"n_shared": len(shared[_unordered(*pair)])} for pair in sorted(sums)]


def edge_rows(
    sums: Iterable[Edge], articles: Mapping[str, int], min_n: int
) -> list[dict[str, Any]]:
    """The rows of copy_edges, sorted by sources.

    Args:
        sums: rows of the schema EDGE_SUMS.
        articles: distinct articles by source, which the shares are of.
        min_n: shares of fewer have no rate and no interval.
    """
    rows = {(edge["from_source"], edge["to_source"]): _row(edge, articles, min_n) for edge in sums}
    component_of = components(rows)
    return [rows[pair] | {"component_id": component_of.get(pair[1])} for pair in sorted(rows)]


def components(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The component of outlets that share text each source is in, named after its smallest source.

    An agency ties nobody: two outlets that carry its copy need not know each other.
    """
    tied = DisjointSets()
    for left, right in pairs:
        if not left.startswith(WIRE):
            tied.join(left, right)
    return {source: name for name, sources in tied.sets().items() for source in sources}


def _unordered(left: str, right: str) -> Pair:
    return min(left, right), max(left, right)


def _sum(pair: Pair, edges: Sequence[Edge]) -> dict[str, Any]:
    directed = [edge for edge in edges if edge["kind"] != "undetermined"]
    lags = [edge["lag_s"] for edge in directed if edge["lag_s"] is not None]
    return {
        "from_source": pair[0],
        "to_source": pair[1],
        "n_articles": len(directed),
        "n_credited": sum(edge["is_credited"] for edge in directed),
        "n_excerpt": sum(edge["kind"] == "excerpt" for edge in directed),
        "n_undetermined": len(edges) - len(directed),
        "median_lag_s": median(lags) if lags else None,
        "example_pairs": sorted({edge["example"] for edge in edges})[:EXAMPLES],
        "n_carried": len({edge["example"].split()[1] for edge in directed}),
    }


def _row(edge: Edge, articles: Mapping[str, int], min_n: int) -> dict[str, Any]:
    row = {name: edge[name] for name in edge if name not in ("n_carried", "n_shared")}
    carried_n = edge["n_carried"]
    of = max(articles.get(edge["to_source"], 0), carried_n)
    return row | share_columns("share", carried_n, of, min_n)
