"""Deletes published runs by age, and what unfinished starts staged as long ago."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.storage import filesystem
from pipelines.storage.lock import locked

DAY_S = 86_400
_KEEP = re.compile(r"(\d{1,5})d")


def prune(folder: str, keep: str) -> list[str]:
    """Deletes what is older than `keep` ("90d"); returns the paths.

    A published run vanishes at once: it is renamed to a dot-folder, which no reader's pattern
    finds, and deleted there. The run that `latest` names stays, however old it is, and so does
    what is damaged: somebody has to look at it.

    Runs within the days that the last run with a window looked back on stay, too: a day of the
    history whose file is lost is made of them.

    Raises:
        UsageError: `keep` is no number of days or too few, or there is no such folder.
        LockedError: a run works on it.
    """
    match = _KEEP.fullmatch(keep)
    if not match:
        raise UsageError(f"--keep takes a number of days such as 90d, got {keep!r}")
    if not filesystem.is_local(folder) or not (Path(folder) / "runs").is_dir():
        raise UsageError(f"{folder} is no output folder on this machine: it has no folder runs")
    before_s = time.time() - int(match[1]) * DAY_S
    _check_history(Output(folder), int(match[1]))
    with locked(folder):
        return [str(path) for path in _deleted(Path(folder), before_s)]


def _check_history(output: Output, keep: int) -> None:
    windowed = [manifest for manifest in publish.in_order(output) if "window" in manifest]
    if not windowed:
        return
    days = windowed[-1]["settings"]["match"]["history_days"]
    if keep < days:
        raise UsageError(
            f"--keep must not be shorter than the history that runs look back on, "
            f"match.history_days = {days}, got {keep}d; write --keep {days}d or more"
        )


def _deleted(folder: Path, before_s: float) -> Iterator[Path]:
    output = Output(str(folder))
    latest = {(folder / "latest").resolve().name, f"run={publish.named_latest(output)}"}
    for manifest in publish.in_order(output):
        run = Path(output.run(manifest["run_id"]))
        if run.name not in latest and (run / "run.json").stat().st_mtime < before_s:
            yield _removed(run)
    for path in (folder / ".work" / "extracted").glob("*"):
        if path.stat().st_mtime < before_s:
            filesystem.delete_local(path)
            yield path


def _removed(run: Path) -> Path:
    hidden = run.with_name(f".pruned-{run.name}")
    filesystem.delete_local(hidden)  # what a start that was killed left of it
    run.rename(hidden)
    filesystem.sync_folder(str(run.parent))
    filesystem.delete_local(hidden)
    return run
