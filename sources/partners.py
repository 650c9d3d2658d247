"""With which other sources each shares copies, and how many, whichever way they went."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TOP = 5
"""Partners a row of sources names; all of them stand in copy_edges."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another source with copies of the same texts."""

    source_id: str
    n_articles: int


def partners(edges: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Partner, ...]]:
    """The partners of each source, those it shares most articles with first; agencies are none.

    Edges are rows of the schema EDGES: one article carried, or one pair without a direction, which
    stands there both ways round and counts once.
    """
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in edges:
        left, right = sorted((edge["from_source"], edge["to_source"]))
        articles = " ".join(sorted(edge["example"].split()))
        if edge["from_source"].startswith("wire:") or articles in seen[left, right]:
            continue
        seen[left, right].add(articles)
        shared[left][right] += 1
        shared[right][left] += 1
    return {source: _sorted(others) for source, others in shared.items()}


def _sorted(others: Mapping[str, int]) -> tuple[Partner, ...]:
    ordered = sorted(others.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Partner(name, n) for name, n in ordered)
