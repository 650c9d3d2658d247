"""An outlet over the runs of a folder: its shares in each, with their intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.output.read_run import read_rows
from pipelines.report.measures import Measure, measures
from pipelines.window import window_of

RUNS = 120
"""The newest runs that are read: 10 ms each."""


def newest_manifests(folder: str, most: int) -> list[dict[str, Any]]:
    """The manifests of the newest runs, the newest first: by their window, or when published."""
    manifests = publish.in_order(Output(folder))
    manifests.sort(key=_last_day)  # stable: those without a window stay in the order of publishing
    return manifests[::-1][:most]


def _last_day(manifest: Mapping[str, Any]) -> str:
    window = manifest.get("window")
    return window_of(window["days"]).last.isoformat() if window else ""


def outlet_history(folder: str, source_id: str) -> dict[str, Any] | None:
    """The shares of an outlet in each of the newest runs that has it, the oldest run first.

    A rate is null where the run gives none, its count being below `sources.min_n`; nothing is
    summed over runs: windows may overlap, and an article then counts in two.

    Args:
        folder: the output folder.
        source_id: of the outlet.

    Returns:
        None where no run has it.
    """
    manifests = newest_manifests(folder, RUNS + 1)
    shares = [measure for measure in measures() if measure.kind == "share"]
    columns = [name for measure in shares for name in measure.columns]
    runs = []
    for manifest in manifests[:RUNS]:
        path = Output(folder).run(manifest["run_id"])
        wanted = pc.field("source_id") == source_id
        kept_columns = ["source_id", "n_articles", "window_start", *columns]
        for row in read_rows(path, "sources", wanted, kept_columns):
            runs.append(_run(manifest, row, shares))
    if not runs:
        return None
    counted = {name for run in runs for name, values in run["shares"].items() if values[1]}
    return {
        "source_id": source_id,
        "measures": [
            {"name": measure.name, "description": measure.description, "of": measure.of}
            for measure in shares
            if measure.name in counted
        ],
        "runs": runs[::-1],
        "is_cut": len(manifests) > RUNS,
    }


def _run(
    manifest: Mapping[str, Any], row: Mapping[str, Any], shares: Sequence[Measure]
) -> dict[str, Any]:
    window = manifest.get("window")
    start = row["window_start"]
    return {
        "run": manifest["run_id"],
        "days": window["days"] if window else (f"{start:%Y-%m-%d}" if start else None),
        "articles": row["n_articles"],
        "min_n": manifest["settings"]["sources"]["min_n"],
        "shares": {measure.name: [row.get(name) for name in measure.columns] for measure in shares},
    }
