"""The articles of a published run as rows of the index."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.index.part import COLUMNS
from pipelines.output.read_run import batches

BATCH_ROWS = 2_000
_CREDITS = {"wire_credits": "wire", "outlet_credits": "outlet"}


def article_columns() -> list[str]:
    """The columns of the table articles that a row of the index is made of."""
    return [*(name for name in COLUMNS if name != "credit"), "text", *_CREDITS]


def with_credit(row: Mapping[str, Any], credits: Mapping[str, str]) -> dict[str, Any]:
    """The row with `credit` as cluster_timeline writes it, or else the first that the page shows.

    Args:
        row: with article_columns().
        credits: of articles in clusters, by article_id.
    """
    shown = [f"{kind}:{name}" for column, kind in _CREDITS.items() for name in row[column]]
    return {**row, "credit": credits.get(row["article_id"], shown[0] if shown else None)}


def run_rows(run: str) -> Iterator[list[dict[str, Any]]]:
    """Yields the articles of a run in batches of BATCH_ROWS, with COLUMNS and `text`."""
    credits = credits_of(run)
    for batch in batches(run, "articles", article_columns(), BATCH_ROWS):
        yield [with_credit(row, credits) for row in batch.to_pylist()]


def credits_of(run: str) -> dict[str, str]:
    """The credit of each article in a cluster that has one, by article_id."""
    return {
        row["article_id"]: row["credit"]
        for batch in batches(run, "cluster_timeline", ("article_id", "credit"), BATCH_ROWS)
        for row in batch.to_pylist()
        if row["credit"]
    }
