"""Who carries whose text: one edge from the source observed first to each source that came later.

Members crediting the same agency are copies of the wire, not of each other: their edge comes from
`wire:AFP`. Where nobody can be called first the pair is counted as undetermined, both ways round.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any

from schemas.member import Member
from sources.measures import share_columns
from sources.timeline import TimelineRow

MOST_TIED = 20
"""Tied sources looked at in one cluster, so that a cluster of thousands stays linear."""
EXAMPLES = 5
WIRE = "wire:"


@dataclass(frozen=True, slots=True)
class Carried:
    """One article carried from one source to another; schema EDGES."""

    from_source: str
    to_source: str
    kind: str
    """copy, excerpt or undetermined."""
    is_credited: int
    lag_s: int | None
    example: str


def carried(rows: Sequence[TimelineRow]) -> list[Carried]:
    """The edges of one cluster, from its timeline."""
    earliest: dict[str, TimelineRow] = {}
    for row in rows:
        earliest.setdefault(row.source_id, row)
    edges = [
        _directed(row, earliest.get(row.from_source, rows[0]))
        for row in rows
        if row.from_source is not None
    ]
    return edges + _undetermined(rows)


def _directed(row: TimelineRow, origin: TimelineRow) -> Carried:
    """The edge to an article; `origin` is the earliest of the source, of a wire's copies that of
    the cluster.
    """
    claims = (origin.claimed_at, row.claimed_at)
    lag = claims[1] - claims[0] if origin is not row and claims[0] and claims[1] else None
    return Carried(
        row.from_source or "",
        row.source_id,
        "copy",
        int(row.credit is not None),
        None if lag is None else round(lag.total_seconds()),
        f"{origin.article_id} {row.article_id}",
    )


def excerpted(left: Member, right: Member, min_gap_s: int) -> Carried | None:
    """The edge of a passage that two sources share, from the earlier claim to the later.

    None within one source, and where a claim is weak or the claims are closer than min_gap_s.
    """
    if left.source_id == right.source_id or left.is_weakly_dated or right.is_weakly_dated:
        return None
    if left.claimed_at is None or right.claimed_at is None:
        return None
    first, later = sorted((left, right), key=lambda one: (one.claimed_at, one.article_id))
    lag = (right.claimed_at - left.claimed_at).total_seconds()
    if abs(lag) < min_gap_s:
        return None
    example = f"{first.article_id} {later.article_id}"
    credited = int(bool(later.wire_credits or later.outlet_credits))
    source, target = first.source_id, later.source_id
    return Carried(source, target, "excerpt", credited, round(abs(lag)), example)


def edge_rows(
    edges: Iterable[Mapping[str, Any]], articles: Mapping[str, int], min_n: int
) -> list[dict[str, Any]]:
    """The rows of copy_edges, sorted by sources.

    Args:
        edges: rows of the schema EDGES, those of one pair of sources one after the other.
        articles: distinct articles by source, which the shares are of.
        min_n: shares of fewer have no rate and no interval.
    """
    rows = {
        pair: _row(pair, list(some), articles, min_n)
        for pair, some in groupby(edges, itemgetter("from_source", "to_source"))
    }
    component_of = components(rows)
    return [rows[pair] | {"component_id": component_of.get(pair[1])} for pair in sorted(rows)]


def components(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The component of outlets that share text each source is in, named after its smallest source.

    An agency ties nobody: two outlets that carry its copy need not know each other.
    """
    home: dict[str, str] = {}
    for left, right in pairs:
        if not left.startswith(WIRE):
            a, b = _root(home, left), _root(home, right)
            home[max(a, b)] = min(a, b)
    return {source: _root(home, source) for source in sorted(home)}


def _root(home: dict[str, str], source: str) -> str:
    while (parent := home.setdefault(source, source)) != source:
        home[source] = home[parent]  # halving keeps paths short
        source = home[source]
    return source


def _undetermined(rows: Sequence[TimelineRow]) -> list[Carried]:
    """Edges both ways between those that may be first, and from each to whose origin is unknown."""
    if any(row.role == "earliest_observed" for row in rows):
        return []
    tied: dict[str, TimelineRow] = {}
    for row in rows:
        if row.role == "undetermined":
            tied.setdefault(row.source_id, row)
    return [
        Carried(
            head.source_id,
            row.source_id,
            "undetermined",
            int(row.credit is not None),
            None,
            f"{head.article_id} {row.article_id}",
        )
        for head in list(tied.values())[:MOST_TIED]
        for row in rows
        if row.role in ("copy", "undetermined")
        and row.from_source is None
        and row.source_id != head.source_id
    ]


def _row(
    pair: tuple[str, str], edges: list[Mapping[str, Any]], articles: Mapping[str, int], min_n: int
) -> dict[str, Any]:
    directed = [edge for edge in edges if edge["kind"] != "undetermined"]
    lags = [edge["lag_s"] for edge in directed if edge["lag_s"] is not None]
    row = {
        "from_source": pair[0],
        "to_source": pair[1],
        "n_articles": len(directed),
        "n_credited": sum(edge["is_credited"] for edge in directed),
        "n_excerpt": sum(edge["kind"] == "excerpt" for edge in directed),
        "n_undetermined": len(edges) - len(directed),
        "median_lag_s": median(lags) if lags else None,
        "example_pairs": sorted({edge["example"] for edge in edges})[:EXAMPLES],
    }
    carried_n = len({edge["example"].split()[1] for edge in directed})
    return row | share_columns("share", carried_n, max(articles.get(pair[1], 0), carried_n), min_n)
