"""Draws a cluster's timeline with its reasons, and its disagreements, for a terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from pipelines.explain.cluster import ExplainedCluster
from pipelines.terminal.run import grid, plain

MOST_ROWS = 200
"""Articles that are drawn; the tables have the rest."""


def show_cluster(told: ExplainedCluster, console: Console) -> None:
    """Shows who stands where in time and why, then every value on which versions differ."""
    row = told.cluster
    console.print(plain(f"cluster {row['cluster_id']}", 100), style="bold")
    line = f"{row['n_articles']} articles of {row['n_sources']} sources"
    first = row["earliest_article_id"] or "undetermined"
    console.print(plain(f"{line}, earliest observed: {first}", 200))
    for one in told.timeline[:MOST_ROWS]:
        when = f"{one['claimed_at']:%Y-%m-%d %H:%M}" if one["claimed_at"] else "no claim"
        seen = f"{one['first_seen_at']:%Y-%m-%d %H:%M}" if one["first_seen_at"] else "unknown"
        head = f"{when}  {one['role']}  {one['source_id']}  {one['article_id']}  seen {seen}"
        console.print(plain(head, 300), style="bold" if one["role"] == "earliest_observed" else "")
        console.print(plain(f"    {_title(told, one)}", 160))
        origin = f"; carries {one['from_source']}" if one["from_source"] else ""
        console.print(plain(f"    because: {one['reason']}{origin}", 400))
        for passage in told.credits.get(one["article_id"], ())[:3]:
            console.print(plain(f"    credit read from: {passage}", 160))
    if (left := len(told.timeline) - MOST_ROWS) > 0:
        console.print(f"and {left} more in cluster_timeline")
    _show_disagreements(told, console)


def _title(told: ExplainedCluster, row: Mapping[str, Any]) -> str:
    if row["article_id"] not in told.titles and row.get("day"):
        return f"published before: its row of articles is in the run of {row['day']}"
    return told.titles.get(row["article_id"]) or "no title"


def _show_disagreements(told: ExplainedCluster, console: Console) -> None:
    if not told.disagreements:
        console.print("no number, date or quotation was found on which its versions differ")
        return
    shown = grid("fact", "value", "voices", "articles", "since", "in time order", "context")
    last = None
    for one in told.disagreements:
        since = one["first_claimed_at"]
        shown.add_row(
            one["kind"] if one["fact_id"] != last else "",
            plain(one["value"], 60),
            str(one["n_independent"]),
            str(one["n_versions"]),
            f"{since:%Y-%m-%d %H:%M}" if since else "unknown",
            {True: "yes", False: "no", None: "unknown"}[one["time_ordered"]],
            plain(one["context"], 90),
        )
        last = one["fact_id"]
    console.print(shown)
    console.print("no value is called the right one; copies count as one voice", style="italic")
