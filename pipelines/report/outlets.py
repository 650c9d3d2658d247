"""The outlets: their measures, what ties or tells apart their hosts, and who carries whom."""

from collections.abc import Mapping, Set
from dataclasses import asdict
from typing import Any

import pyarrow.compute as pc

from pipelines.output.read_run import read, read_rows
from pipelines.report.limits import ReportLimits, short
from pipelines.report.measures import Measure, measures, why_absent
from schemas.tables import SOURCES

LISTED = 12
"""Entries of a list that are shown."""


def outlets(path: str, limits: ReportLimits, min_n: int) -> dict[str, Any]:
    """Part b of the page: those with most articles, by the number of articles.

    Args:
        path: of the run.
        limits: how much of it is shown.
        min_n: articles from which on rates are given.
    """
    table = read(path, "sources")
    rows = sorted(table.to_pylist(), key=lambda row: (-row["n_articles"], row["source_id"]))
    known = [measure for measure in measures(table.schema) if measure.kind]
    return {
        "n": len(rows),
        "measures": _listed_measures(known),
        "rows": [_row(row, known, limits, min_n) for row in rows[: limits.outlets]],
    }


def outlet(path: str, source_id: str, limits: ReportLimits, min_n: int) -> dict[str, Any] | None:
    """The parts of the page on one outlet; None where the run has none of this id.

    Args:
        path: of the run.
        source_id: of the outlet.
        limits: how much of it is shown.
        min_n: articles from which on rates are given.
    """
    rows = read_rows(path, "sources", pc.field("source_id") == source_id)
    if not rows:
        return None
    known = [measure for measure in measures() if measure.kind]
    row = dict.fromkeys(SOURCES.names) | rows[0]  # a run of an earlier version has fewer columns
    shown = [_row(row, known, limits, min_n)]
    wanted = (pc.field("from_source") == source_id) | (pc.field("to_source") == source_id)
    edges = read_rows(path, "copy_edges", wanted, [*EDGE, "median_lag_s"])
    edges.sort(key=_edge_order)
    return {
        "outlets": {"n": 1, "measures": _listed_measures(known), "rows": shown},
        "mirrors": mirrors(path, limits, frozenset(rows[0]["hosts"])),
        "network": {"edges": [_edge(row) for row in edges[: limits.edges]]},
    }


def _listed_measures(known: list[Measure]) -> list[dict[str, Any]]:
    return [asdict(measure) | {"columns": list(measure.columns)} for measure in known]


def mirrors(path: str, limits: ReportLimits, hosts: Set[str] | None = None) -> dict[str, Any]:
    """Groups of hosts and the evidence for them, the most frequent kinds of evidence first.

    Args:
        path: of the run.
        limits: how much of it is shown.
        hosts: of which alone; None: of all.
    """
    groups = read(path, "mirror_groups").to_pylist()
    evidence = read(path, "mirror_evidence").to_pylist()
    if hosts is not None:
        groups = [row for row in groups if not hosts.isdisjoint(row["hosts"])]
        evidence = [row for row in evidence if row["host_a"] in hosts or row["host_b"] in hosts]
    groups = groups[: limits.groups]
    evidence.sort(key=lambda row: (-row["n_observed"], row["host_a"], row["host_b"], row["kind"]))
    return {
        "groups": [_group(row, limits) for row in groups],
        "evidence": [_evidence(row, limits) for row in evidence[: limits.evidence]],
    }


EDGE = ("from_source", "to_source", "n_articles", "n_credited", "n_excerpt", "n_undetermined")


def network(path: str, limits: ReportLimits) -> dict[str, Any]:
    """Part c of the page: who carries whom, and what is shared without a known direction."""
    rows = read(path, "copy_edges", [*EDGE, "median_lag_s"]).to_pylist()
    rows.sort(key=_edge_order)
    return {
        "n": len(rows),
        "n_undetermined_only": sum(row["n_articles"] == 0 for row in rows),
        "edges": [_edge(row) for row in rows[: limits.edges]],
    }


def _edge_order(row: Mapping[str, Any]) -> tuple[int, str, str]:
    return (-row["n_articles"] - row["n_undetermined"], row["from_source"], row["to_source"])


def _edge(row: Mapping[str, Any]) -> list[Any]:
    lag = row["median_lag_s"]
    return [*(row[name] for name in EDGE), None if lag is None else round(lag)]


def _row(
    row: Mapping[str, Any], known: list[Measure], limits: ReportLimits, min_n: int
) -> dict[str, Any]:
    absent = {place: why_absent(measure, row, min_n) for place, measure in enumerate(known)}
    return {
        "id": row["source_id"],
        "name": short(row["source_name"], 120),
        "hosts": row["hosts"][: limits.groups],
        "group": row["mirror_group_id"],
        "looks": _looks(row["lookalike_of"]),
        "values": [_value(row, measure, limits) for measure in known],
        "absent": {place: why for place, why in absent.items() if why},
    }


def _value(row: Mapping[str, Any], measure: Measure, limits: ReportLimits) -> Any:
    values = [row[name] for name in measure.columns]
    if measure.kind == "share":
        return [*values[:2], *(_rounded(bound) for bound in values[2:])]
    if measure.kind == "interval":
        return [_rounded(value) for value in values]
    if measure.kind == "list":
        return None if values[0] is None else _listed(values[0], limits.chars)
    if measure.kind == "text":
        value = values[0]
        return (
            value if value is None or isinstance(value, bool) else short(str(value), limits.chars)
        )
    return _rounded(values[0]) if measure.kind == "number" else values[0]


def _listed(values: Any, chars: int) -> list[str]:
    """The first entries as text: a struct's fields with their names, a map's as pairs."""
    entries = values.items() if isinstance(values, dict) else values
    return [str(short(_entry(entry), chars)) for entry in list(entries)[:LISTED]]


def _entry(value: Any) -> str:
    if isinstance(value, dict):
        parts = [f"{name} {_entry(inner)}" for name, inner in value.items() if inner is not None]
        return ", ".join(parts)
    if isinstance(value, (list, tuple)):
        return " ".join(_entry(entry) for entry in value)
    return str(value)


def _looks(entries: list[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    return None if entries is None else [dict(entry) for entry in entries[:LISTED]]


def _group(row: Mapping[str, Any], limits: ReportLimits) -> dict[str, Any]:
    group = {"id": row["group_id"], "class": row["confidence_class"]}
    return group | {"hosts": row["hosts"][: limits.groups], "rule": short(row["rule"], 900)}


def _evidence(row: Mapping[str, Any], limits: ReportLimits) -> list[Any]:
    names = ("host_a", "host_b", "kind", "n_observed", "n_checked")
    return [*(row[name] for name in names), short(row["snippet"], limits.chars)]


def _rounded(number: float | int | None) -> float | int | None:
    return round(number, 3) if isinstance(number, float) else number
