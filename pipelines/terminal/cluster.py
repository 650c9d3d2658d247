"""Draws a cluster's timeline with its reasons, and its disagreements, for a terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from pipelines.explain.cluster import ExplainedCluster
from pipelines.terminal.run import grid, plain, show_line

MOST_ROWS = 200
"""Articles that are drawn; the tables have the rest."""


def show_cluster(explained: ExplainedCluster, console: Console) -> None:
    """Shows who stands where in time and why, then every value on which versions differ."""
    row = explained.cluster
    console.print(plain(f"cluster {row['cluster_id']}", 100), style="bold")
    line = f"{row['n_articles']} articles of {row['n_sources']} sources"
    first = row["earliest_article_id"] or "undetermined"
    console.print(plain(f"{line}, earliest observed: {first}", 200))
    for entry in explained.timeline[:MOST_ROWS]:
        when = f"{entry['claimed_at']:%Y-%m-%d %H:%M}" if entry["claimed_at"] else "no claim"
        seen = f"{entry['first_seen_at']:%Y-%m-%d %H:%M}" if entry["first_seen_at"] else "unknown"
        head = f"{when}  {entry['role']}  {entry['source_id']}  {entry['article_id']}"
        show_line(head, console, "bold" if entry["role"] == "earliest_observed" else "")
        show_line(f"    {_title(explained, entry)}", console)
        console.print(plain(f"    fetched first: {seen}", 160))
        origin = f"; carries {entry['from_source']}" if entry["from_source"] else ""
        console.print(plain(f"    because: {entry['reason']}{origin}", 400))
        for passage in explained.credits.get(entry["article_id"], ())[:3]:
            console.print(plain(f"    credit read from: {passage}", 160))
    if (left := len(explained.timeline) - MOST_ROWS) > 0:
        console.print(f"and {left} more in cluster_timeline")
    _show_disagreements(explained, console)


def _title(explained: ExplainedCluster, row: Mapping[str, Any]) -> str:
    if row["article_id"] not in explained.titles and row.get("day"):
        return f"published before: its row of articles is in the run of {row['day']}"
    return explained.titles.get(row["article_id"]) or "no title"


def _show_disagreements(explained: ExplainedCluster, console: Console) -> None:
    if not explained.disagreements:
        console.print("no number, date or quotation was found on which its versions differ")
        return
    shown = grid("fact", "value", "voices", "articles", "since", "in time order", "context")
    last = None
    for fact in explained.disagreements:
        since = fact["first_claimed_at"]
        shown.add_row(
            fact["kind"] if fact["fact_id"] != last else "",
            plain(fact["value"], 60),
            str(fact["n_independent"]),
            str(fact["n_versions"]),
            f"{since:%Y-%m-%d %H:%M}" if since else "unknown",
            {True: "yes", False: "no", None: "unknown"}[fact["time_ordered"]],
            plain(fact["context"], 90),
        )
        last = fact["fact_id"]
    console.print(shown)
    console.print("no value is called the right one; copies count as one voice", style="italic")
