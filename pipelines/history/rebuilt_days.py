"""A day of the history whose file is lost, out of the published run that holds the day.

Published texts lack what their outlets repeat from page to page, so that boilerplate cannot be
learnt from such a day; everything else is as it was.
"""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from pipelines.output.publish import Output
from pipelines.output.read_run import read
from pipelines.window import Window, by_day
from schemas.staged_articles import STAGED_ARTICLES


def run_with(day: date, published: Mapping[str, Window]) -> str | None:
    """The last of the published runs (in the order of publishing) whose window holds the day."""
    runs = [run for run, window in published.items() if window.holds(day)]
    return runs[-1] if runs else None


def published_day(output: Output, run_id: str, window: Window, day: date) -> pa.Table:
    """The articles of the day that the run published, as staged ones."""
    table = _as_staged(read(output.run(run_id), "articles"))
    return next((rows for at, rows in by_day(table, window) if at == day), table.slice(0, 0))


def _as_staged(published: pa.Table) -> pa.Table:
    """The columns of staged articles; null where the run is of a version that had them not."""
    columns = [
        published.column(field.name).cast(field.type)
        if field.name in published.column_names
        else pa.nulls(published.num_rows, field.type)
        for field in STAGED_ARTICLES
    ]
    return pa.table(columns, schema=STAGED_ARTICLES)
