"""Published articles that share text with given ones, by which round-ups are known."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from pipelines.output.read_run import read_rows

LIMIT = 64
"""Others that are looked at: they are compared each with each."""


def partners(path: str, names: Sequence[str], columns: Sequence[str]) -> list[Mapping[str, Any]]:
    """Other articles that the run found to share text with one of these, at most LIMIT, by id."""
    wanted = pc.field("left_id").isin(names) | pc.field("right_id").isin(names)
    pairs = read_rows(path, "duplicate_pairs", wanted, ["left_id", "right_id"])
    others = sorted({name for row in pairs for name in row.values()} - set(names))[:LIMIT]
    return articles_named(path, others, columns) if others else []


def articles_named(
    path: str, names: Sequence[str], columns: Sequence[str]
) -> list[Mapping[str, Any]]:
    """The articles with these ids, by id."""
    rows = read_rows(path, "articles", pc.field("article_id").isin(names), columns)
    return sorted(rows, key=lambda row: str(row["article_id"]))
