"""The forms in which a run's tables can be written for other tools."""

from collections.abc import Callable, Mapping

from pipelines.export.to_csv import export_csv
from pipelines.export.to_delta import export_delta
from pipelines.export.to_duckdb import export_duckdb

FORMATS: Mapping[str, Callable[[str, str | None], str]] = {
    "csv": export_csv,
    "duckdb": export_duckdb,
    "delta": export_delta,
}


def export_run(output: str, run_id: str | None, kind: str) -> str:
    """Writes the run in a form of FORMATS; gives the path of what was written."""
    return FORMATS[kind](output, run_id)
