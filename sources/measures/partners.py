"""With which other sources each shares copies, and how many, whichever way they went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sources.stories.copy_edges import WIRE

TOP = 5
"""Partners a row of sources names; all of them stand in copy_edges."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another source with copies of the same texts."""

    source_id: str
    n_articles: int


def partners(sums: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Partner, ...]]:
    """The partners of each source, those it shares most articles with first; agencies are none.

    Sums are rows of the schema EDGE_SUMS; those of both ways say the same of what is shared.
    """
    shared: dict[str, dict[str, int]] = defaultdict(dict)
    for edge in sums:
        left, right = edge["from_source"], edge["to_source"]
        if not left.startswith(WIRE):
            shared[left][right] = shared[right][left] = edge["n_shared"]
    return {source: _sorted(others) for source, others in shared.items()}


def _sorted(others: Mapping[str, int]) -> tuple[Partner, ...]:
    ordered = sorted(others.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(Partner(name, n) for name, n in ordered)
