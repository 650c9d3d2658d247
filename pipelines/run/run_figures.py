"""Reads the figures of staged and published runs, and says what the checks make of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.config.sections import CheckSettings
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.output.read_run import batches, read
from pipelines.run.checks import (
    Breach,
    OutletFigures,
    RunFigures,
    cluster_breaches,
    is_held,
    outlet_breaches,
    sum_breaches,
    told_outlets,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found."""

    held: tuple[Breach, ...]
    """Breaches that hold the run back."""
    warned: tuple[Breach, ...]
    record: Mapping[str, Any]
    """For run.json."""


def check(
    output: Output, staged: str, manifest: Mapping[str, Any], rules: CheckSettings
) -> Checked:
    """Checks the run whose tables wait in `staged` against those published last."""
    before = figures_before(output, str(manifest["fingerprint"]), rules.runs)
    now = figures(staged, str(manifest["run_id"]))
    tables, counts = manifest["tables"], manifest["counts"]
    rows = {name: tables[name]["rows"] for name in ("articles", "rejected")}
    largest = _largest(read(staged, "articles", ["cluster_id"]))
    breaches = [
        *sum_breaches(counts, rows),
        *cluster_breaches(largest, rows["articles"], rules),
        *outlet_breaches(now, before, rules),
    ]
    record = {
        "settings": asdict(rules),
        "against": [run.run_id for run in before],
        "largest_cluster": largest,
        "outlets": told_outlets(now, before, rules),
        "breaches": [asdict(breach) | {"holds": is_held(breach, rules)} for breach in breaches],
    }
    held = [breach for breach in breaches if is_held(breach, rules)]
    return Checked(tuple(held), tuple(breach for breach in breaches if breach not in held), record)


def figures_before(output: Output, fingerprint: str, runs: int) -> list[RunFigures]:
    """Figures of the runs published last, newest first; the same pages made anew prove nothing."""
    known = [
        manifest for manifest in publish.in_order(output) if manifest["fingerprint"] != fingerprint
    ]
    before: list[RunFigures] = []
    for manifest in reversed(known):
        try:
            before.append(figures(output.run(manifest["run_id"]), manifest["run_id"]))
        except (OSError, ValueError, KeyError, pa.ArrowException):
            continue  # a damaged run has no say; `copytrail verify` tells of it
        if len(before) == runs:
            break
    return before


def figures(path: str, run_id: str) -> RunFigures:
    """What the tables of a run say of each outlet."""
    dated = _dated(path)
    rows = read(path, "sources", ["source_id", "n_pages", "n_articles"]).to_pylist()
    outlets = {
        row["source_id"]: OutletFigures(row["n_pages"], row["n_articles"], dated[row["source_id"]])
        for row in rows
    }
    return RunFigures(run_id, outlets)


def _dated(path: str) -> Counter[str]:
    """How many articles of each source have a date; not from sources, which counts pages alone."""
    dated: Counter[str] = Counter()
    for batch in batches(path, "articles", ["source_id", "published_at"], size=100_000):
        articles = (
            pa.Table.from_batches([batch])
            .group_by("source_id")
            .aggregate([("published_at", "count")])
        )
        for source_id, n in zip(*(column.to_pylist() for column in articles.columns), strict=True):
            dated[source_id] += n
    return dated


def _largest(articles: pa.Table) -> int:
    """Articles of the run in one cluster; its members from before the run's window do not count."""
    counts = pc.value_counts(articles.column("cluster_id").drop_null())
    return pc.max(counts.field("counts")).as_py() or 0
