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


def show_status(found: Status, console: Console) -> None:
    """Shows the folder: the newest runs, what waits and why, the lock, the rest."""
    runs = list(found.published)
    console.print(plain(f"{len(runs)} published runs in {found.folder}", 400), soft_wrap=True)
    if runs:
        console.print(_runs(runs[-SHOWN_RUNS:]))
    for one in found.waiting:
        console.print(plain(f"waits: run {one.run_id}, {counts_line(one.counts)}", 400))
    for one in (*runs[-1:], *found.waiting):
        console.print(plain(f"last checks of {one.run_id}: {_checks(one)}", 4000), soft_wrap=True)
    for line in inputs_lines(runs[-1].inputs) if runs else ():
        console.print(plain(f"{runs[-1].run_id}: {line}", 400), soft_wrap=True)
    for line in found.damaged:
        console.print(plain(line, 400), style="red", soft_wrap=True)
    lock = f"held by {found.holder}" if found.holder else "free"
    console.print(plain(f"lock: {lock}", 400), soft_wrap=True)
    console.print(plain(f"history: {_history(found)}", 400))
    staged = f"{found.n_staged_splits} finished splits, {_size(found.staged_bytes)}"
    console.print(plain(f"staged by unfinished starts: {staged}", 400))


def show_audit(folder: str, console: Console) -> bool:
    """Shows what is wrong with each run below `folder`, or with that run; whether nothing is.

    Raises:
        UsageError: there is no run.
    """
    is_run = filesystem.exists(filesystem.join(folder, "run.json"))
    output = Output(folder)
    ids = () if is_run else publish.published_ids(output)
    runs = [folder] if is_run else [output.run(one) for one in ids]
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
    for one in runs:
        shown.add_row(
            plain(one.run_id + (" <- latest" if one.is_latest else ""), 110),
            f"{one.written_at:%Y-%m-%d %H:%M}",
            str(one.counts.get("articles", "?")),
            str(one.counts.get("rejected", "?")),
            str(one.n_warnings),
            _size(one.size_bytes),
        )
    return shown


def _history(found: Status) -> str:
    days = found.history_days
    if not days:
        return "none"
    return f"{len(days)} days, {days[0]} to {days[-1]}, {_size(found.history_bytes)}"


def _checks(run: RunStatus) -> str:
    return "; ".join(run.breaches) or "all as usual"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB"
