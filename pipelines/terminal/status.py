"""What a person sees of an output folder: its runs, what waits, and whether all is whole."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from pipelines.errors import UsageError
from pipelines.maintenance.audit import audit
from pipelines.maintenance.status import RunStatus, Status
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.storage import filesystem
from pipelines.terminal.run import counts_line, grid, inputs_lines, plain

SHOWN_RUNS = 20


def show_status(status: Status, console: Console) -> None:
    """Shows the folder: the newest runs, what waits and why, the lock, the rest."""
    runs = list(status.published)
    console.print(plain(f"{len(runs)} published runs in {status.folder}", 400), soft_wrap=True)
    if runs:
        console.print(_runs(runs[-SHOWN_RUNS:]))
    for run in status.waiting:
        console.print(plain(f"waits: run {run.run_id}, {counts_line(run.counts)}", 400))
    for run in (*runs[-1:], *status.waiting):
        console.print(plain(f"last checks of {run.run_id}: {_checks(run)}", 4000), soft_wrap=True)
    for line in inputs_lines(runs[-1].inputs) if runs else ():
        console.print(plain(f"{runs[-1].run_id}: {line}", 400), soft_wrap=True)
    for line in status.damaged:
        console.print(plain(line, 400), style="red", soft_wrap=True)
    lock = f"held by {status.holder}" if status.holder else "free"
    console.print(plain(f"lock: {lock}", 400), soft_wrap=True)
    console.print(plain(f"history: {_history(status)}", 400))
    staged = f"{status.n_staged_splits} finished splits, {_size(status.staged_bytes)}"
    console.print(plain(f"staged by unfinished starts: {staged}", 400))


def show_audit(folder: str, console: Console) -> bool:
    """Shows what is wrong with each run below `folder`, or with that run; whether nothing is.

    Raises:
        UsageError: there is no run.
    """
    is_run = filesystem.exists(filesystem.join(folder, "run.json"))
    output = Output(folder)
    ids = () if is_run else publish.published_ids(output)
    runs = [folder] if is_run else [output.run(run_id) for run_id in ids]
    if not runs:
        raise UsageError(f"{folder} holds no published run; name a run=... or its output folder")
    faults = [fault for run in runs for fault in audit(run)]
    for fault in faults:
        console.print(plain(f"{fault.run}: {fault.message}", 4000), style="red", soft_wrap=True)
    wrong = len({fault.run for fault in faults})
    console.print(f"{len(runs) - wrong} of {len(runs)} runs are what their run.json says")
    return not faults


def _runs(runs: Sequence[RunStatus]) -> Table:
    shown = grid("run", "published", "articles", "rejected", "warnings", "size")
    for run in runs:
        shown.add_row(
            plain(run.run_id + (" <- latest" if run.is_latest else ""), 110),
            f"{run.written_at:%Y-%m-%d %H:%M}",
            str(run.counts.get("articles", "?")),
            str(run.counts.get("rejected", "?")),
            str(run.n_warnings),
            _size(run.size_bytes),
        )
    return shown


def _history(status: Status) -> str:
    days = status.history_days
    if not days:
        return "none"
    return f"{len(days)} days, {days[0]} to {days[-1]}, {_size(status.history_bytes)}"


def _checks(run: RunStatus) -> str:
    return "; ".join(run.breaches) or "all as usual"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB"
