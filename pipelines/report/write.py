"""Writes the page of a run: with the run, and anew for one that is published."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.export.run_folder import exported_run
from pipelines.output.publish import write_beside
from pipelines.report.page import report_page
from pipelines.storage import filesystem


def with_page(folder: str, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Writes report.html beside the tables in `folder`; gives the manifest with its digest."""
    page = report_page(folder, manifest)
    return {**manifest, "report": write_beside(folder, "report.html", page)}


def rebuild(output: str, run_id: str | None) -> Path:
    """Writes OUTPUT/export/run=ID/report.html and returns its path.

    A published run never changes, and its manifest holds the digest of the page it came with; one
    that other code makes of the same tables is another file.

    Raises:
        UsageError: there is no such run, or the output is not on this machine's disk.
    """
    path, folder = exported_run(output, run_id)
    target = (folder / "report.html").resolve()
    filesystem.write_bytes(str(target), report_page(path))
    return target
