"""Where what is made of a published run goes: beside the runs, which never change."""

from pathlib import Path

from pipelines.errors import UsageError
from pipelines.output.read_run import find_run, manifest_of
from pipelines.storage import filesystem


def exported_run(output: str, run_id: str | None) -> tuple[str, Path]:
    """The run's path, and the folder OUTPUT/export/run=ID, which is there afterwards.

    Raises:
        UsageError: there is no such run, or the output is not on this machine's disk.
    """
    if not filesystem.is_local(output):
        raise UsageError(f"this writes to a local disk, got {output}; copy the run here first")
    path = find_run(filesystem.join(output, "runs", f"run={run_id}") if run_id else output)
    folder = Path(output) / "export" / f"run={manifest_of(path)['run_id']}"
    folder.mkdir(parents=True, exist_ok=True)
    return path, folder
