"""Who carries whom: the edges with most articles, and what is shared without a known direction."""

from collections.abc import Mapping
from typing import Any

from pipelines.output.read_run import read
from pipelines.report.limits import Limits

COLUMNS = ("from_source", "to_source", "n_articles", "n_credited", "n_excerpt", "n_undetermined")


def network(path: str, limits: Limits) -> dict[str, Any]:
    """Part c of the page."""
    table = read(path, "copy_edges", [*COLUMNS, "median_lag_s", "component_id"])
    rows = sorted(table.to_pylist(), key=_by_size)
    return {
        "n": len(rows),
        "n_undetermined_only": sum(row["n_articles"] == 0 for row in rows),
        "edges": [_edge(row) for row in rows[: limits.edges]],
    }


def _by_size(row: Mapping[str, Any]) -> tuple[int, str, str]:
    return (-row["n_articles"] - row["n_undetermined"], row["from_source"], row["to_source"])


def _edge(row: Mapping[str, Any]) -> list[Any]:
    lag = row["median_lag_s"]
    return [*(row[name] for name in COLUMNS), None if lag is None else round(lag)]
