"""Runs that a check held back: they wait, whole and unpublished, for somebody to decide."""

from dataclasses import replace
from typing import Any

from pipelines.errors import UsageError
from pipelines.history.history import History
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.run.outcome import Outcome, publish_held
from pipelines.storage import filesystem
from pipelines.storage.lock import locked


def publish_run(folder: str, run_id: str) -> Outcome:
    """Publishes the run of this name that waits in the output folder; raises UsageError."""
    output = Output(folder)
    _find(output, run_id)
    with locked(folder) as note:
        outcome = publish_held(output, _find(output, run_id))
        History(output).recover()
    return replace(outcome, notes=(*outcome.notes, note)) if note else outcome


def discard_run(folder: str, run_id: str) -> str:
    """Deletes the run of this name that waits; returns where it was. Raises UsageError."""
    output = Output(folder)
    _find(output, run_id)
    with locked(folder):
        path = output.staged(_find(output, run_id)["fingerprint"])
        filesystem.delete(path)
    return path


def _find(output: Output, run_id: str) -> dict[str, Any]:
    """The manifest of the run of this name that was made last.

    Raises:
        UsageError: none of this name waits.
    """
    waiting = publish.waiting(output)
    matching = [manifest for manifest in waiting if manifest["run_id"] == run_id]
    if not matching:
        names = ", ".join(manifest["run_id"] for manifest in waiting) or "none"
        raise UsageError(f"no run {run_id} waits in {output.folder}; waiting: {names}")
    return matching[-1]
